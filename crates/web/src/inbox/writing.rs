//! Answers, notes, drafts and the files that go with them.

use axum::Json;
use axum::extract::{Multipart, Path};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use desk::Error;
use desk::conversations::{self, ConversationId, MessageId, MessageKind, NewReply, UploadId};
use desk::customers::{self, consent};
use desk::macros;
use desk::people::AgentId;
use desk::repetitions;
use http::StatusCode;
use jiff::civil::{DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::actions::{answer, find, to_message};
use super::composer::{gaps, overtaken, upload_item};
use super::{handlers, load, view};
use crate::customers::beside::do_not_contact;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::live::ops::conversation_ops;
use crate::visit::{Visit, back_to};

/// A form with files.
#[derive(Debug, Default)]
pub(crate) struct Parcel {
    /// What was filled in.
    pub(crate) fields: Fields,
    /// What was attached.
    pub(crate) files: Vec<Carried>,
}

#[derive(Debug)]
pub(crate) struct Carried {
    name: String,
    content_type: String,
    bytes: Bytes,
}

/// `POST /c/{number}/messages`: an answer or a note, by script or by plain form.
pub(crate) async fn send(visit: Visit, Path(number): Path<i64>, form: Multipart) -> Result<Response, Refusal> {
    let say = visit.reader.words;
    let parcel = read(form).await?;
    let conversation = find(&visit, number).await?;
    let written = write(&visit, conversation.id, &parcel).await;
    let fields = &parcel.fields;
    match written {
        Ok(()) => answer(&visit, number, fields).await,
        Err(Refusal(Error::Conflict("moved_on"))) => {
            let newer = newer_words(&visit, conversation.id, visit.viewer.agent_id).await?;
            refused(&visit, number, fields, StatusCode::CONFLICT, Why::Overtaken(newer)).await
        }
        Err(Refusal(Error::Invalid(problems))) if problems.iter().any(|problem| problem.problem == "gaps") => {
            let gaps = macros::gaps_in(fields.get("body")).join(", ");
            refused(&visit, number, fields, StatusCode::CONFLICT, Why::Gaps(gaps)).await
        }
        Err(Refusal(Error::Conflict("do_not_contact"))) => {
            refused(&visit, number, fields, StatusCode::CONFLICT, Why::Unwanted).await
        }
        Err(Refusal(Error::Conflict("no_mailbox"))) => {
            let words = say.composer_no_mailbox();
            refused(&visit, number, fields, StatusCode::UNPROCESSABLE_ENTITY, Why::Wrong(words.to_owned())).await
        }
        Err(Refusal(Error::Conflict("fields_missing"))) => {
            let words = super::typed::missing_words(&visit, number).await?;
            refused(&visit, number, fields, StatusCode::UNPROCESSABLE_ENTITY, Why::Wrong(words)).await
        }
        Err(Refusal(Error::Conflict("steps_missing"))) => {
            let words = crate::procedures::resolving::missing_words(&visit, number).await?;
            refused(&visit, number, fields, StatusCode::UNPROCESSABLE_ENTITY, Why::Wrong(words)).await
        }
        Err(Refusal(Error::Invalid(problems))) => {
            let words = problems.first().map_or(say.composer_cannot_be_sent(), |problem| {
                match (problem.field, problem.problem) {
                    ("body", "required") => say.composer_write_something(),
                    ("to", "suppressed") => say.composer_suppressed(),
                    ("from", _) => say.mail_send_from_refused(),
                    ("later", _) => say.composer_choose_ahead(),
                    ("to", _) => say.composer_nobody(),
                    ("file", "too_large") => say.composer_file_too_large(),
                    ("attachments", _) => say.composer_file_gone(),
                    _ => crate::fields::words(say, problem),
                }
            });
            refused(&visit, number, fields, StatusCode::UNPROCESSABLE_ENTITY, Why::Wrong(words.to_owned())).await
        }
        Err(other) => Err(other),
    }
}

/// Stores what was written and, if wished, resolves the conversation in the same unit of work.
async fn write(visit: &Visit, conversation: ConversationId, parcel: &Parcel) -> Result<(), Refusal> {
    if parcel.fields.get("kind") != "note" && parcel.fields.get("gaps") != "yes" {
        macros::check_gaps(parcel.fields.get("body"))?;
    }
    let mut uploads: Vec<UploadId> = parcel.fields.all("attachment").iter().filter_map(|id| id.parse().ok()).collect();
    for file in &parcel.files {
        uploads.push(add(visit, conversation, file).await?.id);
    }
    let fields = &parcel.fields;
    let (note, resolve) = (fields.get("kind") == "note", fields.get("then") == "resolve");
    let reply = NewReply {
        conversation,
        client_id: fields.get("client_id").parse().ok(),
        markdown: fields.text("body"),
        from: Some(fields.text("from")).filter(|from| !from.is_empty()),
        to: None,
        cc: None,
        uploads,
        seen: fields.get("seen").parse().ok(),
        send_anyway: fields.get("anyway") == "yes",
        leaves_at: leaves_at(visit, conversation, fields).await?,
    };
    let confirmed = fields.get("contact") == "yes";
    visit
        .write(move |desk| {
            Box::pin(async move {
                if note {
                    conversations::note(desk, conversation, reply.client_id, &reply.markdown, &reply.uploads).await?;
                } else {
                    let customer = conversations::find(desk, conversation).await?.customer_id;
                    consent::confirm_contact(desk, customer, confirmed).await?;
                    let (text, draft) = (reply.markdown.clone(), reply.client_id);
                    let is_new = match draft {
                        Some(draft) => !conversations::is_written(desk, conversation, draft).await?,
                        None => false,
                    };
                    conversations::reply(desk, reply).await?;
                    if let Some(draft) = draft.filter(|_| is_new) {
                        repetitions::sent(desk, conversation, draft, &text).await?;
                    }
                }
                if resolve {
                    conversations::resolve(desk, conversation).await?;
                }
                Ok(())
            })
        })
        .await
}

/// When an answer leaves: at the moment that its writer chose, else after the seconds for second thoughts.
pub(crate) async fn leaves_at(
    visit: &Visit,
    conversation: ConversationId,
    fields: &Fields,
) -> Result<Option<Timestamp>, Refusal> {
    let (now, zone) = (visit.reader.now, &visit.reader.zone);
    match fields.get("later") {
        "theirs" => {
            let preferences = visit
                .read(move |desk| {
                    Box::pin(async move {
                        let customer = conversations::find(desk, conversation).await?.customer_id;
                        Ok(customers::find(desk, customer).await?.preferences)
                    })
                })
                .await?;
            let next = customers::there(&preferences, now).map(|there| there.next);
            Ok(Some(next.filter(|next| *next > now).ok_or(Refusal(Error::field("later", "not_ahead")))?))
        }
        "" => {
            let seconds = i64::from(visit.viewer.preferences.undo_seconds);
            Ok((seconds > 0).then(|| now + SignedDuration::from_secs(seconds)))
        }
        word => match later(word, fields.get("at"), now, zone) {
            Some(at) => Ok(Some(at)),
            None => Err(Refusal(Error::field("later", "not_ahead"))),
        },
    }
}

/// The moment that a choice of the menu means to somebody in this time zone; none when it is no moment ahead within a year.
fn later(word: &str, at: &str, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let today = now.to_zoned(zone.clone());
    let morning = |day: jiff::Zoned| day.with().hour(9).minute(0).second(0).subsec_nanosecond(0).build().ok();
    let moment = match word {
        "hour" => return Some(now + SignedDuration::from_hours(1)),
        "tomorrow" => morning(today.tomorrow().ok()?)?,
        "monday" => morning(today.nth_weekday(1, Weekday::Monday).ok()?)?,
        "at" => at.parse::<DateTime>().ok()?.to_zoned(zone.clone()).ok()?,
        _ => return None,
    };
    let ahead = moment.timestamp().duration_since(now);
    (ahead > SignedDuration::ZERO && ahead < SignedDuration::from_hours(24 * 366)).then(|| moment.timestamp())
}

/// `POST /messages/{id}/recall`: an answer that has not left becomes a draft again.
pub(crate) async fn recall(visit: Visit, Path(id): Path<MessageId>) -> Result<Response, Refusal> {
    let number = visit
        .write(move |desk| {
            Box::pin(async move {
                let conversation = conversations::recall(desk, id).await?;
                Ok(conversations::find(desk, conversation).await?.number)
            })
        })
        .await?;
    Ok(back_to(&format!("/c/{number}"), "recalled"))
}

/// `POST /messages/{id}/send-now`: an answer that was to leave later leaves at once.
pub(crate) async fn send_now(visit: Visit, Path(id): Path<MessageId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { conversations::send_now(desk, id).await })).await?;
    to_message(&visit, id).await
}

/// Why nothing was sent.
enum Why {
    /// Somebody was faster.
    Overtaken(String),
    /// Variables that nobody has filled in.
    Gaps(String),
    /// The customer does not want to be contacted.
    Unwanted,
    /// Something is wrong with it.
    Wrong(String),
}

/// Nothing was sent: a script gets the reason and what is new; a plain form comes back filled in as it was.
async fn refused(
    visit: &Visit,
    number: i64,
    fields: &Fields,
    status: StatusCode,
    why: Why,
) -> Result<Response, Refusal> {
    let say = visit.reader.words;
    let from = view::parse(fields.get("in")).unwrap_or(conversations::View::Open);
    if visit.fragment.is_some() {
        return match why {
            Why::Overtaken(newer) => {
                let ops = conversation_ops(visit, number, Some(from)).await?;
                let warning = overtaken(say, &newer).into_string();
                Ok((status, Json(json!({ "warning": warning, "ops": ops.ops }))).into_response())
            }
            Why::Gaps(names) => {
                let warning = gaps(&names, &visit.reader).into_string();
                Ok((status, Json(json!({ "warning": warning }))).into_response())
            }
            Why::Unwanted => {
                let say = visit.reader.words;
                let thread =
                    visit.read(move |desk| Box::pin(async move { load::thread(desk, say, number, from).await }));
                let name = thread.await?.0.beside.name;
                let warning = do_not_contact(&name, visit.reader.words).into_string();
                Ok((status, Json(json!({ "warning": warning }))).into_response())
            }
            Why::Wrong(words) => Ok((status, words).into_response()),
        };
    }
    let (mut thread, choices) =
        visit.read(move |desk| Box::pin(async move { load::thread(desk, say, number, from).await })).await?;
    thread.draft.body = fields.text("body");
    thread.draft.note = fields.get("kind") == "note";
    thread.client_id = fields.text("client_id");
    match why {
        Why::Overtaken(newer) => thread.overtaken = Some(newer),
        Why::Gaps(names) => thread.gaps = Some(names),
        Why::Unwanted => thread.unwanted = true,
        Why::Wrong(words) => thread.wrong = Some(words),
    }
    handlers::page(visit, &thread, &choices, status).await
}

/// Who was faster, in words.
pub(crate) async fn newer_words(visit: &Visit, id: ConversationId, writer: AgentId) -> Result<String, Refusal> {
    let say = visit.reader.words;
    let newest =
        visit.read(move |desk| Box::pin(async move { conversations::thread(desk, id, None, 20).await })).await?;
    let by_others = newest.iter().rev().find(|message| message.author_id != Some(writer.0));
    Ok(by_others.map_or_else(
        || say.composer_somebody_wrote().to_owned(),
        |message| match message.kind {
            MessageKind::Outgoing | MessageKind::Acknowledgement => say.composer_replied(&message.author_name),
            MessageKind::Note => say.composer_left_a_note(&message.author_name),
            MessageKind::Incoming | MessageKind::Automatic => say.composer_wrote_again(&message.author_name),
        },
    ))
}

/// `POST /c/{number}/draft`
pub(crate) async fn save_draft(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let id = find(&visit, number).await?.id;
    let kind = if fields.get("kind") == "note" { MessageKind::Note } else { MessageKind::Outgoing };
    let body = fields.text("body");
    visit.write(move |desk| Box::pin(async move { conversations::save_draft(desk, id, kind, &body).await })).await?;
    Ok(after_draft(&visit, number))
}

/// `POST /c/{number}/draft/discard`
pub(crate) async fn discard_draft(visit: Visit, Path(number): Path<i64>) -> Result<Response, Refusal> {
    let id = find(&visit, number).await?.id;
    visit
        .write(move |desk| {
            Box::pin(async move {
                macros::leave_all_out(desk, id).await?;
                conversations::discard_draft(desk, id).await
            })
        })
        .await?;
    Ok(after_draft(&visit, number))
}

/// `POST /c/{number}/attachments`: one file for the draft.
pub(crate) async fn upload(visit: Visit, Path(number): Path<i64>, form: Multipart) -> Result<Response, Refusal> {
    let say = visit.reader.words;
    let parcel = read(form).await?;
    let file = parcel.files.first().ok_or(Refusal(Error::field("file", "empty")))?;
    let id = find(&visit, number).await?.id;
    let stored = add(&visit, id, file).await?;
    if visit.fragment.is_some() {
        return Ok(upload_item(say, number, &load::upload(&stored)).into_response());
    }
    Ok(after_draft(&visit, number))
}

/// `POST /c/{number}/attachments/{id}/removal`
pub(crate) async fn remove_upload(
    visit: Visit,
    Path((number, id)): Path<(i64, UploadId)>,
) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { conversations::remove_upload(desk, id).await })).await?;
    Ok(after_draft(&visit, number))
}

fn after_draft(visit: &Visit, number: i64) -> Response {
    match visit.fragment {
        Some(_) => StatusCode::NO_CONTENT.into_response(),
        None => back_to(&format!("/c/{number}"), ""),
    }
}

pub(crate) async fn add(visit: &Visit, id: ConversationId, file: &Carried) -> Result<conversations::Upload, Refusal> {
    let app = visit.web.app();
    let (name, kind) = (&file.name, &file.content_type);
    Ok(conversations::add_upload(app, &visit.viewer, id, name, kind, file.bytes.clone()).await?)
}

/// Takes a multipart form apart. A file input without a file sends an empty one without a name: that is none.
pub(crate) async fn read(mut form: Multipart) -> Result<Parcel, Refusal> {
    let unreadable = |_| Refusal(Error::field("file", "too_large"));
    let mut parcel = Parcel::default();
    while let Some(part) = form.next_field().await.map_err(unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file) => {
                let content_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
                let bytes = part.bytes().await.map_err(unreadable)?;
                if !(file.is_empty() && bytes.is_empty()) {
                    parcel.files.push(Carried { name: file, content_type, bytes });
                }
            }
            None => parcel.fields.0.push((name, part.text().await.map_err(unreadable)?)),
        }
    }
    Ok(parcel)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_means_the_writers_own_morning() {
        let zone = TimeZone::get("America/New_York").expect("a known zone");
        // A Saturday, 23:30 in New York, Sunday already in UTC.
        let now: Timestamp = "2026-03-08T04:30:00Z".parse().expect("a moment");
        let at = |word| later(word, "", now, &zone).map(|at| at.to_string());
        assert_eq!(at("tomorrow").as_deref(), Some("2026-03-08T13:00:00Z"), "the clocks go forward that night");
        assert_eq!(at("monday").as_deref(), Some("2026-03-09T13:00:00Z"));
        assert_eq!(at("hour").as_deref(), Some("2026-03-08T05:30:00Z"));
        let chosen = later("at", "2026-03-10T08:15", now, &zone).map(|at| at.to_string());
        assert_eq!(chosen.as_deref(), Some("2026-03-10T12:15:00Z"));
    }

    #[test]
    fn a_moment_that_has_passed_or_is_none_is_refused() {
        let now: Timestamp = "2026-03-08T04:30:00Z".parse().expect("a moment");
        for (word, at) in
            [("at", "2026-03-08T04:00"), ("at", "soon"), ("at", ""), ("at", "2099-01-01T00:00"), ("never", "")]
        {
            assert_eq!(later(word, at, now, &TimeZone::UTC), None, "{word} {at}");
        }
    }
}
