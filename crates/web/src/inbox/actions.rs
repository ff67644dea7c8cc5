//! What can be done with a conversation besides writing: one handler for each, one action each.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use desk::conversations::{self, Conversation, ConversationId, MessageId, Priority};
use desk::handoffs;
use desk::people::{AgentId, TeamId};
use desk::{Error, Result};
use http::StatusCode;

use super::view;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::live::ops::conversation_ops;
use crate::visit::{Visit, back_to};

/// `POST /c/{number}/assignment`: `agent` is an id, or empty for nobody.
pub(crate) async fn assign(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let to: Option<AgentId> = optional_id(fields.get("agent"))?;
    let id = find(&visit, number).await?.id;
    let w = visit.reader.words;
    match visit.write(move |desk| Box::pin(async move { handoffs::assign(desk, id, to).await })).await {
        Ok(()) => answer(&visit, number, &fields).await,
        Err(Refusal(Error::Conflict("needs_brief"))) if visit.fragment.is_some() => {
            Ok((StatusCode::CONFLICT, w.handoffs_about()).into_response())
        }
        Err(Refusal(Error::Conflict("needs_brief"))) => {
            Ok(back_to(&format!("/c/{number}/hand-off?to=agent-{}", fields.get("agent")), ""))
        }
        Err(other) => Err(other),
    }
}

/// `POST /c/{number}/team`: `team` is an id, or empty for none.
pub(crate) async fn assign_team(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let to: Option<TeamId> = optional_id(fields.get("team"))?;
    let id = find(&visit, number).await?.id;
    visit.write(move |desk| Box::pin(async move { conversations::assign_team(desk, id, to).await })).await?;
    answer(&visit, number, &fields).await
}

/// `POST /c/{number}/status`: `status` is `open` or `resolved`.
pub(crate) async fn set_status(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let id = find(&visit, number).await?.id;
    match fields.get("status") {
        "resolved" => {
            let done = visit.write(move |desk| Box::pin(async move { conversations::resolve(desk, id).await })).await;
            if let Err(Refusal(Error::Conflict("fields_missing"))) = done {
                return super::typed::missing(&visit, number).await;
            }
            if let Err(Refusal(Error::Conflict("steps_missing"))) = done {
                return crate::procedures::resolving::refused(&visit, number).await;
            }
            done?;
        }
        "open" => visit.write(move |desk| Box::pin(async move { conversations::reopen(desk, id).await })).await?,
        _ => return Err(Refusal(Error::field("status", "not_allowed"))),
    }
    answer(&visit, number, &fields).await
}

/// `POST /c/{number}/priority`
pub(crate) async fn set_priority(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let to: Priority = fields.get("priority").parse().map_err(|()| Refusal(Error::field("priority", "not_allowed")))?;
    let id = find(&visit, number).await?.id;
    visit.write(move |desk| Box::pin(async move { conversations::set_priority(desk, id, to).await })).await?;
    answer(&visit, number, &fields).await
}

/// `POST /c/{number}/tags`
pub(crate) async fn add_tag(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let (id, name) = (find(&visit, number).await?.id, fields.text("tag"));
    visit.write(move |desk| Box::pin(async move { conversations::add_tag(desk, id, &name).await })).await?;
    answer(&visit, number, &fields).await
}

/// `POST /c/{number}/tags/remove`
pub(crate) async fn remove_tag(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let (id, name) = (find(&visit, number).await?.id, fields.text("tag"));
    visit.write(move |desk| Box::pin(async move { conversations::remove_tag(desk, id, &name).await })).await?;
    answer(&visit, number, &fields).await
}

/// `POST /c/{number}/subject`
pub(crate) async fn rename(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let (id, subject) = (find(&visit, number).await?.id, fields.text("subject"));
    visit.write(move |desk| Box::pin(async move { conversations::rename(desk, id, &subject).await })).await?;
    answer(&visit, number, &fields).await
}

/// `POST /c/{number}/unread`: unread again for the viewer, who goes back to the list.
pub(crate) async fn mark_unread(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let id = find(&visit, number).await?.id;
    visit.write(move |desk| Box::pin(async move { conversations::mark_unseen(desk, id).await })).await?;
    if visit.fragment.is_none() {
        let view = view::parse(fields.get("in")).unwrap_or(conversations::View::Open);
        return Ok(back_to(&format!("/inbox/{}", view::slug(view)), ""));
    }
    answer(&visit, number, &fields).await
}

/// `POST /messages/{id}/send-again`
pub(crate) async fn send_again(visit: Visit, Path(id): Path<MessageId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { conversations::send_again(desk, id).await })).await?;
    to_message(&visit, id).await
}

/// `POST /messages/{id}/confirm-sent`
pub(crate) async fn confirm_sent(visit: Visit, Path(id): Path<MessageId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { conversations::confirm_sent(desk, id).await })).await?;
    to_message(&visit, id).await
}

pub(crate) async fn to_message(visit: &Visit, id: MessageId) -> Result<Response, Refusal> {
    let number = visit
        .read(move |desk| {
            Box::pin(async move {
                let of: ConversationId = conversations::message(desk, id).await?.conversation_id;
                Ok(conversations::find(desk, of).await?.number)
            })
        })
        .await?;
    Ok(back_to(&format!("/c/{number}"), ""))
}

/// The conversation of that number.
pub(crate) async fn find(visit: &Visit, number: i64) -> Result<Conversation, Refusal> {
    visit.read(move |desk| Box::pin(async move { conversations::find_by_number(desk, number).await })).await
}

/// A script gets what has changed; a plain form goes back to the conversation.
pub(crate) async fn answer(visit: &Visit, number: i64, fields: &Fields) -> Result<Response, Refusal> {
    let from = view::parse(fields.get("in")).unwrap_or(conversations::View::Open);
    if visit.fragment.is_some() {
        return Ok(axum::Json(conversation_ops(visit, number, Some(from)).await?).into_response());
    }
    Ok(back_to(&format!("/c/{number}?in={}", view::slug(from)), ""))
}

/// An id from a form; none when it is empty.
pub(crate) fn optional_id<T: std::str::FromStr>(text: &str) -> Result<Option<T>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Refusal(Error::NotFound))
}
