//! The list of problems, the page of one, opening, changing and solving.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::Error;
use desk::bulk::{self, Change, Chosen};
use desk::problems::{self, Problem, ProblemForm, State};
use http::StatusCode;
use serde::Deserialize;

use super::load::{self, Wanted};
use super::pages;
use crate::components::field::Filled;
use crate::customers::handlers::page_of;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::actions::optional_id;
use crate::rights::url_encoded;
use crate::visit::{Visit, back_to};

/// What a page is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
    taken: Option<i64>,
    #[serde(default)]
    bulk: String,
}

/// `GET /problems`
pub(crate) async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (state, after) = (asked.state.parse().unwrap_or(State::Open), asked.after.parse().ok());
    let size = load::PAGE;
    let rows = visit
        .read(move |desk| Box::pin(async move { problems::list(desk, state, after, size as i64 + 1).await }))
        .await?;
    let next =
        |row: &Problem| format!("/problems?state={}&after={}", state.word(), url_encoded(&row.key().to_string()));
    let (rows, more) = page_of(rows, size, next);
    Ok(pages::list(&screen, state, &rows, more.as_deref()).into_response())
}

/// `GET /problems/new`
pub(crate) async fn new(visit: Visit) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    Ok(pages::new(&screen, &Filled::default()).into_response())
}

/// `POST /problems`
pub(crate) async fn create(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let title = fields.text("title");
    let opened = visit
        .write(move |desk| {
            Box::pin(async move {
                let id = problems::open(desk, &title, None).await?;
                Ok(problems::find(desk, id).await?.number)
            })
        })
        .await;
    match opened {
        Ok(number) => Ok(back_to(&format!("/problems/{number}"), "added")),
        Err(Refusal(Error::Invalid(wrong))) => {
            let screen = visit.screen().await?;
            let filled = fields.refused(visit.reader.words, &wrong);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, pages::new(&screen, &filled)).into_response())
        }
        Err(other) => Err(other),
    }
}

/// `GET /problems/{number}`
pub(crate) async fn show(
    visit: Visit,
    Path(number): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let say = visit.reader.words;
    let wanted = Wanted { after: asked.after.parse().ok(), taken: asked.taken, bulk: asked.bulk.parse().ok() };
    let shown = visit.read(move |desk| Box::pin(async move { load::shown(desk, say, number, wanted).await })).await?;
    Ok(pages::problem(&screen, &shown).into_response())
}

/// `GET /problems/{number}/edit`
pub(crate) async fn edit(visit: Visit, Path(number): Path<i64>) -> Result<Response, Refusal> {
    let problem = visit.read(move |desk| Box::pin(async move { problems::find_by_number(desk, number).await })).await?;
    let filled = Filled::default()
        .with("title", &problem.title)
        .with("known", &problem.known)
        .with("owner", problem.owner_id.map(|id| id.to_string()).unwrap_or_default());
    edit_page(&visit, number, &filled, StatusCode::OK).await
}

async fn edit_page(visit: &Visit, number: i64, filled: &Filled, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let say = visit.reader.words;
    let choices = visit.read(move |desk| Box::pin(async move { load::owners(desk, say).await })).await?;
    Ok((status, pages::edit(&screen, number, &choices, filled)).into_response())
}

/// `POST /problems/{number}/edit`
pub(crate) async fn save(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let form = ProblemForm {
        title: fields.text("title"),
        known: fields.text("known"),
        owner: optional_id(fields.get("owner"))?,
    };
    let saved = visit
        .write(move |desk| {
            Box::pin(async move {
                let id = problems::find_by_number(desk, number).await?.id;
                problems::edit(desk, id, form).await
            })
        })
        .await;
    match saved {
        Ok(()) => Ok(back_to(&format!("/problems/{number}"), "saved")),
        Err(Refusal(Error::Invalid(wrong))) => {
            let filled = fields.refused(visit.reader.words, &wrong);
            edit_page(&visit, number, &filled, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /problems/{number}/state`: `state` is `solved` or `open`.
pub(crate) async fn set_state(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let to: State = fields.get("state").parse().map_err(|()| Refusal(Error::field("state", "not_allowed")))?;
    visit
        .write(move |desk| {
            Box::pin(async move {
                let id = problems::find_by_number(desk, number).await?.id;
                match to {
                    State::Solved => problems::solve(desk, id).await,
                    State::Open => problems::reopen(desk, id).await,
                }
            })
        })
        .await?;
    let done = if to == State::Solved { "problem-solved" } else { "problem-reopened" };
    Ok(back_to(&format!("/problems/{number}"), done))
}

/// `POST /problems/{number}/resolution`: resolves its conversations, as many as at once can be; undone as one.
pub(crate) async fn resolve(visit: Visit, Path(number): Path<i64>) -> Result<Response, Refusal> {
    let bulk = visit
        .write(move |desk| {
            Box::pin(async move {
                let id = problems::find_by_number(desk, number).await?.id;
                let numbers = problems::unsettled(desk, id, load::AT_ONCE).await?;
                if numbers.is_empty() {
                    return Ok(None);
                }
                Ok(Some(bulk::change(desk, Chosen::These(numbers), Change::Resolve).await?))
            })
        })
        .await?;
    let told = bulk.map(|bulk| format!("?bulk={bulk}")).unwrap_or_default();
    Ok(back_to(&format!("/problems/{number}{told}"), ""))
}
