//! The form of a hand-off, the answers to it, and the page of who held a conversation.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::Error;
use desk::conversations::{self, ConversationId};
use desk::handoffs::{self, Brief, HandoffId, Receiver};
use http::StatusCode;
use serde::Deserialize;

use super::load::{holder_words, receiver_words};
use super::pages::{self, Form, Held, Past};
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::actions::{answer, find};
use crate::inbox::load;
use crate::visit::{Visit, back_to};

/// What the form begins with.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    /// To whom: `agent-…` or `team-…`.
    #[serde(default)]
    to: String,
}

/// `GET /c/{number}/hand-off`
pub(crate) async fn form(
    visit: Visit,
    Path(number): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let id = find(&visit, number).await?.id;
    let brief = visit.read(move |desk| Box::pin(async move { handoffs::brief_for(desk, id).await })).await?;
    let filled = Filled::default()
        .with("to", wanted.to)
        .with("asked", brief.asked)
        .with("tried", brief.tried)
        .with("promised", brief.promised)
        .with("known", brief.known);
    form_page(&visit, number, filled, StatusCode::OK).await
}

async fn form_page(visit: &Visit, number: i64, filled: Filled, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let say = visit.reader.words;
    let (choices, conversation, holder) = visit
        .read(move |desk| {
            Box::pin(async move {
                let (choices, names) = load::choices(desk, say).await?;
                let conversation = conversations::find_by_number(desk, number).await?;
                let holder = conversation.assignee_id.map(|id| names.agent(id).name);
                Ok((choices, conversation, holder))
            })
        })
        .await?;
    let form = Form { number, subject: conversation.subject, holder, choices };
    Ok((status, pages::form(&screen, &form, &filled)).into_response())
}

/// `POST /c/{number}/hand-off`
pub(crate) async fn hand_off(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let w = visit.reader.words;
    let id = find(&visit, number).await?.id;
    let Some(to) = receiver(fields.get("to")) else {
        let filled = fields.refused(w, &[]).wrong("to", w.handoffs_choose());
        return form_page(&visit, number, filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let brief = Brief {
        asked: fields.text("asked"),
        tried: fields.text("tried"),
        promised: fields.text("promised"),
        known: fields.text("known"),
    };
    let done = visit.write(move |desk| Box::pin(async move { handoffs::hand_off(desk, id, to, brief).await })).await;
    let words = match done {
        Ok(_) => return Ok(back_to(&format!("/c/{number}"), "handed-over")),
        Err(Refusal(Error::Invalid(problems))) => {
            let mut filled = fields.refused(w, &problems);
            if problems.iter().any(|problem| problem.problem == "oneself") {
                filled = fields.refused(w, &[]).wrong("to", w.handoffs_oneself());
            }
            return form_page(&visit, number, filled, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
        Err(Refusal(Error::Conflict("resolved"))) => w.handoffs_resolved(),
        Err(Refusal(Error::Conflict("handed_off_already"))) => w.handoffs_already(),
        Err(other) => return Err(other),
    };
    form_page(&visit, number, fields.refused(w, &[]).wrong("", words), StatusCode::CONFLICT).await
}

fn receiver(word: &str) -> Option<Receiver> {
    let (kind, id) = word.split_once('-')?;
    match kind {
        "agent" => id.parse().ok().map(Receiver::Agent),
        "team" => id.parse().ok().map(Receiver::Team),
        _ => None,
    }
}

/// `POST /hand-offs/{id}/acceptance`
pub(crate) async fn accept(visit: Visit, Path(id): Path<HandoffId>, fields: Fields) -> Result<Response, Refusal> {
    let conversation = visit.write(move |desk| Box::pin(async move { handoffs::accept(desk, id).await })).await?;
    back(&visit, conversation, &fields).await
}

/// `POST /hand-offs/{id}/refusal`
pub(crate) async fn decline(visit: Visit, Path(id): Path<HandoffId>, fields: Fields) -> Result<Response, Refusal> {
    let reason = fields.text("reason");
    let conversation =
        visit.write(move |desk| Box::pin(async move { handoffs::decline(desk, id, &reason).await })).await?;
    back(&visit, conversation, &fields).await
}

/// `POST /hand-offs/{id}/withdrawal`
pub(crate) async fn withdraw(visit: Visit, Path(id): Path<HandoffId>, fields: Fields) -> Result<Response, Refusal> {
    let conversation = visit.write(move |desk| Box::pin(async move { handoffs::withdraw(desk, id).await })).await?;
    back(&visit, conversation, &fields).await
}

async fn back(visit: &Visit, id: ConversationId, fields: &Fields) -> Result<Response, Refusal> {
    let number = visit.read(move |desk| Box::pin(async move { conversations::find(desk, id).await })).await?.number;
    answer(visit, number, fields).await
}

/// `GET /c/{number}/holders`: who held it from when until when, and the hand-offs.
pub(crate) async fn holders(visit: Visit, Path(number): Path<i64>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let say = visit.reader.words;
    let (subject, held, past) = visit
        .read(move |desk| {
            Box::pin(async move {
                let conversation = conversations::find_by_number(desk, number).await?;
                let (_, names) = load::choices(desk, say).await?;
                let spans = conversations::holdings(desk, conversation.id).await?;
                let held: Vec<Held> = spans
                    .into_iter()
                    .map(|span| Held {
                        who: holder_words(span.holder, &names),
                        since: span.since,
                        until: span.until,
                        waited: span.waited / 1_000_000,
                    })
                    .collect();
                let past: Vec<Past> = handoffs::of_conversation(desk, conversation.id)
                    .await?
                    .into_iter()
                    .map(|one| Past {
                        from: names.agent(one.from_agent).name,
                        to: receiver_words(&one, &names),
                        state: one.state,
                        reason: one.reason.clone(),
                        at: one.asked_at,
                        brief: [one.asked.clone(), one.tried.clone(), one.promised.clone(), one.known.clone()],
                    })
                    .collect();
                Ok((conversation.subject, held, past))
            })
        })
        .await?;
    Ok(pages::holders(&screen, number, &subject, &held, &past).into_response())
}
