//! Asking for a review of a draft, and what is done with it.

use axum::Json;
use axum::extract::{Multipart, Path, Query};
use axum::response::{IntoResponse, Response};
use base::html::from_markdown;
use desk::Error;
use desk::conversations::{self, ConversationId, MessageId, MessageKind, UploadId};
use desk::customers::consent;
use desk::macros;
use desk::repetitions;
use desk::reviews::{self, Edit, ReviewId, Reviewer, Sending};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use super::pages::{self, Form, warned};
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::actions::{answer, find};
use crate::inbox::bodies::{blob_bytes, download, is_safe_picture};
use crate::inbox::shapes::ReviewWarning;
use crate::inbox::writing::{add, leaves_at, newer_words, read};
use crate::inbox::{handlers, load, view};
use crate::live::ops::conversation_ops;
use crate::visit::{Visit, back_to};

/// What the form begins with.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    /// The newest message that the author had before their eyes.
    #[serde(default)]
    seen: String,
}

/// `POST /c/{number}/review/draft`: the composer without scripts; what was written is kept, then the form is shown.
pub(crate) async fn keep_draft(visit: Visit, Path(number): Path<i64>, form: Multipart) -> Result<Response, Refusal> {
    let parcel = read(form).await?;
    let id = find(&visit, number).await?.id;
    for file in &parcel.files {
        add(&visit, id, file).await?;
    }
    let body = parcel.fields.text("body");
    visit
        .write(move |desk| {
            Box::pin(async move { conversations::save_draft(desk, id, MessageKind::Outgoing, &body).await })
        })
        .await?;
    let seen: Option<MessageId> = parcel.fields.get("seen").parse().ok();
    let seen = seen.map(|seen| format!("?seen={seen}")).unwrap_or_default();
    Ok(back_to(&format!("/c/{number}/review{seen}"), ""))
}

/// `GET /c/{number}/review`
pub(crate) async fn form(
    visit: Visit,
    Path(number): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    form_page(&visit, number, Filled::default().with("seen", wanted.seen), StatusCode::OK).await
}

async fn form_page(visit: &Visit, number: i64, filled: Filled, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let say = visit.reader.words;
    let (choices, subject, draft) = visit
        .read(move |desk| {
            Box::pin(async move {
                let conversation = conversations::find_by_number(desk, number).await?;
                let (choices, _) = load::choices(desk, say).await?;
                let draft = conversations::draft(desk, conversation.id).await?;
                Ok((choices, conversation.subject, draft))
            })
        })
        .await?;
    let body = draft.filter(|draft| draft.kind == MessageKind::Outgoing).map(|draft| draft.body).unwrap_or_default();
    let written = !body.trim().is_empty();
    let filled = if written { filled } else { filled.wrong("", say.reviews_no_draft()) };
    let draft = if written { from_markdown(&body) } else { String::new() };
    let form = Form { number, subject, draft, choices };
    Ok((status, pages::form(&screen, &form, &filled)).into_response())
}

/// `POST /c/{number}/review`
pub(crate) async fn ask(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let w = visit.reader.words;
    let id = find(&visit, number).await?.id;
    let Some(to) = reviewer(fields.get("to")) else {
        let filled = fields.refused(w, &[]).wrong("to", w.reviews_gone());
        return form_page(&visit, number, filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let (remark, seen) = (fields.text("remark"), fields.get("seen").parse().ok());
    let asked = visit.write(move |desk| Box::pin(async move { reviews::ask(desk, id, to, &remark, seen).await })).await;
    match asked {
        Ok(_) => Ok(back_to(&format!("/c/{number}"), "review-asked")),
        Err(Refusal(Error::Invalid(problems))) => {
            let mut filled = Filled::default().with("to", fields.get("to")).with("remark", fields.get("remark"));
            for problem in &problems {
                filled = match (problem.field, problem.problem) {
                    ("to", "oneself") => filled.wrong("to", w.reviews_oneself()),
                    ("to", _) => filled.wrong("to", w.reviews_gone()),
                    // The form says by itself that there is no draft.
                    ("body", _) => filled,
                    (field, _) => filled.wrong(field, crate::fields::words(w, problem)),
                };
            }
            form_page(&visit, number, filled, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Refusal(Error::Conflict("in_review_already"))) => {
            let filled = fields.refused(w, &[]).wrong("", w.reviews_already());
            form_page(&visit, number, filled, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

/// Of whom, by the form's word: empty for anyone.
fn reviewer(word: &str) -> Option<Reviewer> {
    if word.is_empty() {
        return Some(Reviewer::Anyone);
    }
    let (kind, id) = word.split_once('-')?;
    match kind {
        "agent" => id.parse().ok().map(Reviewer::Agent),
        "team" => id.parse().ok().map(Reviewer::Team),
        _ => None,
    }
}

/// The text as the form has it; none where it has none, since it cannot be changed any more.
fn edit_of(fields: &Fields) -> Option<Edit> {
    let text = fields.0.iter().find(|(name, _)| name == "text").map(|(_, text)| text.clone())?;
    // Who keeps their own text has seen the other one.
    let revision = Some(fields.get("over")).filter(|over| !over.is_empty()).unwrap_or(fields.get("revision"));
    Some(Edit { revision: revision.parse().unwrap_or(-1), text })
}

/// `POST /reviews/{id}/text`
pub(crate) async fn edit(visit: Visit, Path(id): Path<ReviewId>, fields: Fields) -> Result<Response, Refusal> {
    let Some(edit) = edit_of(&fields) else { return Err(Refusal(Error::field("text", "required"))) };
    let done = visit.write(move |desk| Box::pin(async move { reviews::edit(desk, id, &edit).await })).await;
    finish(&visit, id, &fields, "text", done.map(drop)).await
}

/// `POST /reviews/{id}/approval`
pub(crate) async fn approve(visit: Visit, Path(id): Path<ReviewId>, fields: Fields) -> Result<Response, Refusal> {
    let edit = edit_of(&fields);
    let done = visit.write(move |desk| Box::pin(async move { reviews::approve(desk, id, edit.as_ref()).await })).await;
    finish(&visit, id, &fields, "approval", done.map(drop)).await
}

/// `POST /reviews/{id}/return`
pub(crate) async fn give_back(visit: Visit, Path(id): Path<ReviewId>, fields: Fields) -> Result<Response, Refusal> {
    let (edit, remark) = (edit_of(&fields), fields.text("remark"));
    let done = visit
        .write(move |desk| Box::pin(async move { reviews::give_back(desk, id, edit.as_ref(), &remark).await }))
        .await;
    finish(&visit, id, &fields, "return", done.map(drop)).await
}

/// `POST /reviews/{id}/sending`: as any answer, with the seconds for second thoughts.
pub(crate) async fn send(visit: Visit, Path(id): Path<ReviewId>, fields: Fields) -> Result<Response, Refusal> {
    let done = send_it(&visit, id, &fields).await;
    finish(&visit, id, &fields, "sending", done).await
}

async fn send_it(visit: &Visit, id: ReviewId, fields: &Fields) -> Result<(), Refusal> {
    let known = visit.read(move |desk| Box::pin(async move { reviews::find(desk, id).await })).await?;
    let edit = edit_of(fields);
    if fields.get("gaps") != "yes" {
        macros::check_gaps(edit.as_ref().map_or(known.text.as_str(), |edit| edit.text.as_str()))?;
    }
    let how = Sending {
        from: Some(fields.text("from")).filter(|from| !from.is_empty()),
        send_anyway: fields.get("anyway") == "yes",
        leaves_at: leaves_at(visit, known.conversation_id, &Fields::default()).await?,
    };
    let confirmed = fields.get("contact") == "yes";
    visit
        .write(move |desk| {
            Box::pin(async move {
                let review = reviews::find(desk, id).await?;
                let conversation = review.conversation_id;
                let customer = conversations::find(desk, conversation).await?.customer_id;
                consent::confirm_contact(desk, customer, confirmed).await?;
                reviews::send(desk, id, edit.as_ref(), how).await?;
                if review.message.is_none() {
                    let text = reviews::find(desk, id).await?.text;
                    repetitions::sent_by(desk, review.author, conversation, id.0, &text).await?;
                }
                Ok(())
            })
        })
        .await
}

/// `POST /reviews/{id}/withdrawal`: the composer holds it again, so the page is shown anew.
pub(crate) async fn withdraw(visit: Visit, Path(id): Path<ReviewId>, fields: Fields) -> Result<Response, Refusal> {
    let done = visit.write(move |desk| Box::pin(async move { reviews::withdraw(desk, id).await })).await;
    if let Err(Refusal(Error::Conflict("decided_already"))) = done {
        return finish(&visit, id, &fields, "withdrawal", Err(Refusal(Error::Conflict("decided_already")))).await;
    }
    to_conversation(&visit, done?, "taken-back").await
}

/// `POST /reviews/{id}/taking-up`: the composer holds it again, so the page is shown anew.
pub(crate) async fn take_up(visit: Visit, Path(id): Path<ReviewId>) -> Result<Response, Refusal> {
    let conversation = visit.write(move |desk| Box::pin(async move { reviews::take_up(desk, id).await })).await?;
    to_conversation(&visit, conversation, "").await
}

/// `POST /reviews/{id}/note`: its author has seen that it was given back.
pub(crate) async fn note(visit: Visit, Path(id): Path<ReviewId>, fields: Fields) -> Result<Response, Refusal> {
    let conversation = visit.write(move |desk| Box::pin(async move { reviews::note(desk, id).await })).await?;
    let number = number_of(&visit, conversation).await?;
    answer(&visit, number, &fields).await
}

/// `GET /reviews/{id}/files/{file}`
pub(crate) async fn file(visit: Visit, Path((id, file)): Path<(ReviewId, UploadId)>) -> Result<Response, Refusal> {
    let file = visit.read(move |desk| Box::pin(async move { reviews::file(desk, id, file).await })).await?;
    let bytes = blob_bytes(&visit, &file.blob).await?;
    Ok(download(bytes, &file.content_type, &file.name, is_safe_picture(&file.content_type)))
}

async fn number_of(visit: &Visit, id: ConversationId) -> Result<i64, Refusal> {
    Ok(visit.read(move |desk| Box::pin(async move { conversations::find(desk, id).await })).await?.number)
}

async fn to_conversation(visit: &Visit, id: ConversationId, done: &str) -> Result<Response, Refusal> {
    Ok(back_to(&format!("/c/{}", number_of(visit, id).await?), done))
}

/// Answers what was done, or says why it was not and what can be done about it; nothing that was written is lost.
async fn finish(
    visit: &Visit,
    id: ReviewId,
    fields: &Fields,
    act: &'static str,
    done: Result<(), Refusal>,
) -> Result<Response, Refusal> {
    let w = visit.reader.words;
    let review = visit.read(move |desk| Box::pin(async move { reviews::find(desk, id).await })).await?;
    let conversation = review.conversation_id;
    let number = number_of(visit, conversation).await?;
    let wrong = |words: &str| ReviewWarning::Wrong(words.to_owned());
    let (status, warning) = match done {
        Ok(()) => return answer(visit, number, fields).await,
        Err(Refusal(Error::Conflict("moved_on"))) => {
            let newer = newer_words(visit, conversation, review.author).await?;
            (StatusCode::CONFLICT, ReviewWarning::Overtaken(newer))
        }
        Err(Refusal(Error::Conflict("do_not_contact"))) => (StatusCode::CONFLICT, ReviewWarning::Unwanted),
        Err(Refusal(Error::Conflict("text_changed"))) => {
            let who = review.edited_by.unwrap_or(review.author);
            let who = visit.read(move |desk| Box::pin(async move { desk::people::agent(desk, who).await })).await?.name;
            (StatusCode::CONFLICT, ReviewWarning::Stale { who, act })
        }
        Err(Refusal(Error::Conflict("decided_already"))) => (StatusCode::CONFLICT, wrong(w.reviews_decided())),
        Err(Refusal(Error::Conflict("no_mailbox"))) => {
            (StatusCode::UNPROCESSABLE_ENTITY, wrong(w.composer_no_mailbox()))
        }
        Err(Refusal(Error::Invalid(problems))) => {
            let problem = problems.first().map(|problem| (problem.field, problem.problem));
            match problem {
                Some(("body", "gaps")) => {
                    let text = edit_of(fields).map_or(review.text.clone(), |edit| edit.text);
                    (StatusCode::CONFLICT, ReviewWarning::Gaps(macros::gaps_in(&text).join(", ")))
                }
                other => {
                    let words = match other {
                        Some(("text", "required")) => w.reviews_text_needed(),
                        Some(("remark", "required")) => w.reviews_remark_needed(),
                        Some(("to", "suppressed")) => w.composer_suppressed(),
                        Some(("to", _)) => w.composer_nobody(),
                        Some(("from", _)) => w.mail_send_from_refused(),
                        _ => problems.first().map_or(w.composer_cannot_be_sent(), |one| crate::fields::words(w, one)),
                    };
                    (StatusCode::UNPROCESSABLE_ENTITY, wrong(words))
                }
            }
        }
        Err(other) => return Err(other),
    };
    refused(visit, number, fields, status, warning).await
}

/// A script gets the reason and what is new; a plain form comes back as it was filled in.
async fn refused(
    visit: &Visit,
    number: i64,
    fields: &Fields,
    status: StatusCode,
    warning: ReviewWarning,
) -> Result<Response, Refusal> {
    let say = visit.reader.words;
    let from = view::parse(fields.get("in")).unwrap_or(conversations::View::Open);
    let (mut thread, choices) =
        visit.read(move |desk| Box::pin(async move { load::thread(desk, say, number, from).await })).await?;
    if visit.fragment.is_some() {
        let ops = conversation_ops(visit, number, Some(from)).await?;
        let shown = match &thread.review {
            Some(review) => warned(&thread, review, &warning, &visit.reader).into_string(),
            None => String::new(),
        };
        let said = if shown.is_empty() { say.reviews_decided() } else { "" };
        return Ok((status, Json(json!({ "warning": shown, "said": said, "ops": ops.ops }))).into_response());
    }
    match (&mut thread.review, edit_of(fields)) {
        (Some(review), edit) => {
            if let Some(edit) = edit.filter(|_| review.may_edit) {
                review.text = edit.text;
            }
            review.warning = Some(warning);
        }
        (None, _) => thread.wrong = Some(say.reviews_decided().to_owned()),
    }
    handlers::page(visit, &thread, &choices, status).await
}
