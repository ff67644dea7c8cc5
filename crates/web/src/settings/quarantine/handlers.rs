//! Trying again what could not be read, allowing addresses, letting go of brakes.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::intake::DeliveryId;
use desk::{brakes, conversations, customers, mailboxes, quarantine as kept};
use jiff::SignedDuration;
use serde::Deserialize;

use super::pages::{self, HeldBack, Shown, Trouble};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::bodies::download;
use crate::visit::{Visit, back_to};

const HERE: &str = "/settings/quarantine";
/// How many are shown at once.
const PAGE: usize = 50;

/// Where the lists go on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    before: Option<DeliveryId>,
    #[serde(default)]
    after: String,
}

/// `GET /settings/quarantine`
pub(crate) async fn list(visit: Visit, Query(wanted): Query<Wanted>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let now = visit.reader.now;
    let trouble = visit
        .read(move |desk| {
            let wanted = Wanted { before: wanted.before, after: wanted.after.clone() };
            Box::pin(async move {
                let limit = PAGE as i64 + 1;
                let mut unread = kept::list(desk, wanted.before, limit).await?;
                let older = unread.len() > PAGE;
                unread.truncate(PAGE);
                let mut unreachable = customers::suppressed_addresses(desk, &wanted.after, limit).await?;
                let further = unreachable.len() > PAGE;
                unreachable.truncate(PAGE);
                let names = mailboxes::list(desk).await?;
                let since = now - SignedDuration::from_mins(10);
                let held = brakes::counted(desk, conversations::ALL_AUTOMATIC, since).await?;
                Ok(Trouble {
                    older: unread.last().filter(|_| older).map(|last| format!("{HERE}?before={}", last.id)),
                    unread: unread
                        .into_iter()
                        .map(|one| Shown {
                            id: one.id.to_string(),
                            from: one.envelope().from,
                            mailbox: one
                                .mailbox
                                .and_then(|id| names.iter().find(|mailbox| mailbox.id == id))
                                .map(|mailbox| mailbox.address.clone()),
                            size: u64::try_from(one.size).unwrap_or(0),
                            at: one.received_at,
                            reason: one.reason,
                        })
                        .collect(),
                    further: unreachable
                        .last()
                        .filter(|_| further)
                        .map(|last| format!("{HERE}?after={}", crate::rights::url_encoded(&last.address))),
                    unreachable,
                    held: held
                        .into_iter()
                        .filter(|brake| brake.count > conversations::MOST_AUTOMATIC)
                        .map(|brake| HeldBack { count: brake.count, since: brake.since, key: brake.key })
                        .collect(),
                })
            })
        })
        .await?;
    Ok(pages::page(&screen, &trouble).into_response())
}

/// `POST /settings/quarantine/retry`: all of them.
pub(crate) async fn retry_all(visit: Visit) -> Result<Response, Refusal> {
    kept::retry_all(visit.web.app(), visit.scope()).await?;
    Ok(back_to(HERE, "requeued"))
}

/// `POST /settings/quarantine/{id}/retry`
pub(crate) async fn retry(visit: Visit, Path(id): Path<DeliveryId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { kept::retry(desk, id).await })).await?;
    Ok(back_to(HERE, "requeued"))
}

/// `POST /settings/quarantine/{id}/discard`
pub(crate) async fn discard(visit: Visit, Path(id): Path<DeliveryId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { kept::discard(desk, id).await })).await?;
    Ok(back_to(HERE, "discarded"))
}

/// `GET /settings/quarantine/{id}/raw`: the bytes as they came, only ever as a download.
pub(crate) async fn raw(visit: Visit, Path(id): Path<DeliveryId>) -> Result<Response, Refusal> {
    let bytes = kept::raw(visit.web.app(), visit.scope(), id).await?;
    Ok(download(bytes, "message/rfc822", &format!("{id}.eml"), false))
}

/// `POST /undeliverable/allow`: mail may be sent to `address` again.
pub(crate) async fn allow(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let address = fields.text("address");
    visit.write(move |desk| Box::pin(async move { customers::allow(desk, &address).await })).await?;
    let back = fields.get("back");
    // Only ever a place of ours.
    let number = back.strip_prefix("/c/").and_then(|number| number.parse::<i64>().ok());
    Ok(back_to(&number.map_or_else(|| HERE.to_owned(), |number| format!("/c/{number}")), "allowed"))
}

/// `POST /settings/brakes/release`: automatic mail may go out again.
pub(crate) async fn release(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let key = fields.text("key");
    visit.write(move |desk| Box::pin(async move { brakes::release(desk, &key).await })).await?;
    Ok(back_to(HERE, "saved"))
}
