//! What is done on a customer's page: addresses, organisation, notes, consent, merging.

use axum::extract::Path;
use axum::response::Response;
use desk::conversations::{self, ConversationId};
use desk::customers::consent::{self, NewEntry};
use desk::customers::{self, CustomerId, IdentityKind, OrganisationId, Written, notes};
use desk::duplicates::{self, MergeId};
use desk::{Desk, Error};
use http::StatusCode;
use jiff::civil::DateTime;

use super::form;
use super::handlers::{Asked, page};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::visit::{Visit, back_to};

type Work<'b, T> = base::db::Work<'b, T, Error>;

/// Does something with a customer and goes back to their page, or shows there what was wrong.
async fn does<F>(visit: &Visit, id: CustomerId, fields: &Fields, done: &str, body: F) -> Result<Response, Refusal>
where
    F: for<'b, 't> FnOnce(&'b mut Desk<'t>) -> Work<'b, ()> + Clone + Send + 'static,
{
    match visit.write(body).await {
        Ok(()) => Ok(back_to(&format!("/customers/{id}"), done)),
        Err(Refusal(Error::Invalid(problems))) => {
            let filled = form::refused(fields, &problems, visit.reader.words);
            page(visit, id, &Asked::default(), filled, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /customers/{id}/addresses`
pub(crate) async fn add_address(visit: Visit, Path(id): Path<CustomerId>, fields: Fields) -> Result<Response, Refusal> {
    let address = fields.text("address");
    let what = Written::of_word(fields.get("kind")).ok_or(Refusal(Error::NotFound))?;
    does(&visit, id, &fields, "added", move |desk| {
        Box::pin(async move { customers::add_identity(desk, id, what, &address).await })
    })
    .await
}

/// `POST /customers/{id}/addresses/removal`
pub(crate) async fn remove_address(
    visit: Visit,
    Path(id): Path<CustomerId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let address = fields.text("address");
    let kind = IdentityKind::ALL.iter().copied().find(|kind| kind.word() == fields.get("kind"));
    let kind = kind.ok_or(Refusal(Error::NotFound))?;
    does(&visit, id, &Fields::default(), "saved", move |desk| {
        Box::pin(async move { customers::remove_identity(desk, id, kind, &address).await })
    })
    .await
}

/// `POST /customers/{id}/organisation`
pub(crate) async fn set_organisation(
    visit: Visit,
    Path(id): Path<CustomerId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let organisation: Option<OrganisationId> = fields.get("organisation").parse().ok();
    does(&visit, id, &fields, "saved", move |desk| {
        Box::pin(async move { customers::set_organisation(desk, id, organisation).await })
    })
    .await
}

/// `POST /customers/{id}/notes`
pub(crate) async fn add_note(visit: Visit, Path(id): Path<CustomerId>, fields: Fields) -> Result<Response, Refusal> {
    let (body, pinned) = (fields.text("note"), fields.get("pinned") == "on");
    does(&visit, id, &fields, "added", move |desk| {
        Box::pin(async move { notes::add(desk, id, None, &body, pinned).await.map(drop) })
    })
    .await
}

/// `POST /customers/{id}/notes/change`
pub(crate) async fn change_note(visit: Visit, Path(id): Path<CustomerId>, fields: Fields) -> Result<Response, Refusal> {
    let note = fields.get("id").parse().map_err(|_| Refusal(Error::NotFound))?;
    let body = fields.text("note");
    does(&visit, id, &fields, "saved", move |desk| Box::pin(async move { notes::edit(desk, id, note, &body).await }))
        .await
}

/// `POST /customers/{id}/notes/pin`
pub(crate) async fn pin_note(visit: Visit, Path(id): Path<CustomerId>, fields: Fields) -> Result<Response, Refusal> {
    let note = fields.get("note").parse().map_err(|_| Refusal(Error::NotFound))?;
    let pinned = fields.get("pinned") == "on";
    does(&visit, id, &Fields::default(), "saved", move |desk| {
        Box::pin(async move { notes::pin(desk, id, note, pinned).await })
    })
    .await
}

/// `POST /customers/{id}/notes/deletion`
pub(crate) async fn delete_note(visit: Visit, Path(id): Path<CustomerId>, fields: Fields) -> Result<Response, Refusal> {
    let note: notes::NoteId = fields.get("note").parse().map_err(|_| Refusal(Error::NotFound))?;
    visit.write(move |desk| Box::pin(async move { notes::delete(desk, id, note).await })).await?;
    Ok(back_to(&format!("/customers/{id}?deleted={note}"), ""))
}

/// `POST /customers/{id}/notes/undo`
pub(crate) async fn bring_note_back(
    visit: Visit,
    Path(id): Path<CustomerId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let note = fields.get("note").parse().map_err(|_| Refusal(Error::NotFound))?;
    does(&visit, id, &Fields::default(), "undone", move |desk| {
        Box::pin(async move { notes::bring_back(desk, id, note).await })
    })
    .await
}

/// `POST /customers/{id}/consent`
pub(crate) async fn record_consent(
    visit: Visit,
    Path(id): Path<CustomerId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let zone = visit.reader.zone.clone();
    let at = fields.get("at").parse::<DateTime>().ok().and_then(|at| at.to_zoned(zone).ok()).map(|at| at.timestamp());
    let wrong = || Refusal(Error::field("purpose", "required"));
    let entry = NewEntry {
        purpose: fields.get("purpose").parse().map_err(|()| wrong())?,
        answer: fields.get("answer").parse().map_err(|()| wrong())?,
        source: fields.get("source").parse().map_err(|()| wrong())?,
        evidence: fields.text("evidence"),
        at,
    };
    does(&visit, id, &fields, "saved", move |desk| {
        Box::pin(async move { consent::record(desk, id, entry).await.map(drop) })
    })
    .await
}

/// `POST /customers/{id}/merge`: another customer, named by id, address or number of a conversation, comes into this one.
pub(crate) async fn merge(visit: Visit, Path(id): Path<CustomerId>, fields: Fields) -> Result<Response, Refusal> {
    let other = fields.text("other");
    does(&visit, id, &fields, "merged", move |desk| {
        Box::pin(async move {
            let from = match other.parse::<CustomerId>() {
                Ok(id) => Some(id),
                Err(_) => customers::find_by_address(desk, &other).await?.map(|found| found.id),
            };
            let from = from.filter(|from| *from != id).ok_or(Error::field("other", "unknown"))?;
            duplicates::merge(desk, from, id).await.map(drop)
        })
    })
    .await
}

/// `POST /customers/{id}/apart`: another customer is not the same person.
pub(crate) async fn tell_apart(visit: Visit, Path(id): Path<CustomerId>, fields: Fields) -> Result<Response, Refusal> {
    let other = fields.get("other").parse().map_err(|_| Refusal(Error::NotFound))?;
    does(&visit, id, &Fields::default(), "saved", move |desk| {
        Box::pin(async move { duplicates::tell_apart(desk, id, other).await })
    })
    .await
}

/// `POST /customers/merges/{id}/undo`
pub(crate) async fn undo_merge(visit: Visit, Path(id): Path<MergeId>) -> Result<Response, Refusal> {
    let from = visit.write(move |desk| Box::pin(async move { duplicates::undo(desk, id).await })).await?;
    Ok(back_to(&format!("/customers/{from}"), "undone"))
}

/// The customer of a conversation.
pub(crate) async fn customer_of(desk: &mut Desk<'_>, id: ConversationId) -> desk::Result<CustomerId> {
    Ok(conversations::find(desk, id).await?.customer_id)
}
