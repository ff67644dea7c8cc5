//! Beginning a side conversation.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use desk::Error;
use desk::conversations::{self, Person};
use desk::sides::{self, NewSide};
use http::StatusCode;

use super::pages::{self, FileChoice, Form};
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::actions::find;
use crate::visit::{Visit, back_to};

/// The newest messages whose files can go along.
const NEWEST: i64 = 200;

/// `GET /c/{number}/sides/new`
pub(crate) async fn form(visit: Visit, Path(number): Path<i64>) -> Result<Response, Refusal> {
    let filled = Filled::default().with("client_id", visit.web.app().new_id().to_string());
    form_page(&visit, number, filled, &[], StatusCode::OK).await
}

async fn form_page(
    visit: &Visit,
    number: i64,
    filled: Filled,
    chosen: &[String],
    status: StatusCode,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let conversation = find(visit, number).await?;
    let id = conversation.id;
    let files = visit
        .read(move |desk| {
            Box::pin(async move {
                let thread = conversations::thread(desk, id, None, NEWEST).await?;
                conversations::thread_attachments(desk, &thread).await
            })
        })
        .await?;
    let files = files
        .into_iter()
        .map(|file| FileChoice {
            chosen: chosen.contains(&file.id.to_string()),
            id: file.id.to_string(),
            name: file.name,
        })
        .collect();
    let form = Form { number, subject: conversation.subject, files };
    Ok((status, pages::form(&screen, &form, &filled)).into_response())
}

/// `POST /c/{number}/sides`
pub(crate) async fn begin(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let w = visit.reader.words;
    let parent = find(&visit, number).await?.id;
    let addresses = fields.get("to").split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let chosen: Vec<String> = fields.all("file").into_iter().map(str::to_owned).collect();
    let new = NewSide {
        parent,
        to: addresses.map(|address| Person { name: None, address: address.to_owned() }).collect(),
        subject: fields.text("subject"),
        markdown: fields.text("body"),
        files: chosen.iter().filter_map(|id| id.parse().ok()).collect(),
        client_id: fields.get("client_id").parse().map_err(|_| Refusal(Error::NotFound))?,
    };
    let begun = visit
        .write(move |desk| {
            Box::pin(async move {
                let side = sides::begin_side(desk, new).await?;
                Ok(conversations::find(desk, side).await?.number)
            })
        })
        .await;
    match begun {
        Ok(side) => Ok(back_to(&format!("/c/{side}"), "")),
        Err(Refusal(Error::Invalid(problems))) => {
            let filled = fields.refused(w, &problems);
            form_page(&visit, number, filled, &chosen, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Refusal(Error::Conflict("no_mailbox"))) => {
            let filled = fields.refused(w, &[]).wrong("", w.sides_no_mailbox());
            form_page(&visit, number, filled, &chosen, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}
