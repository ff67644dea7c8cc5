//! To the provider and back: somebody who manages a mailbox lets Rapport in.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::Error;
use desk::mailboxes::{self, MailboxId, oauth};
use http::StatusCode;
use serde::Deserialize;

use super::handlers::{filled, find, shown};
use super::pages;
use crate::errors::Refusal;
use crate::visit::{Visit, back_to};

/// What the provider adds to the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Brought {
    state: String,
    code: String,
    error: String,
    error_description: String,
}

/// `GET /settings/mailboxes/{id}/sign-in`: on to the provider. Changes nothing; a link, since a form may not lead elsewhere.
pub(crate) async fn begin(visit: Visit, Path(id): Path<MailboxId>) -> Result<Response, Refusal> {
    match oauth::begin(visit.web.app(), visit.scope(), id, &callback(&visit)).await {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(Error::Unavailable(why)) => page(&visit, id, &why).await,
        Err(other) => Err(other.into()),
    }
}

/// `GET /settings/mailboxes/oauth/callback`: back from the provider. One address for all mailboxes, since each has to be
/// registered there; which one is meant stands in the state, before what is sealed of it.
pub(crate) async fn complete(
    visit: Visit,
    axum::extract::Query(brought): axum::extract::Query<Brought>,
) -> Result<Response, Refusal> {
    let (id, state) = brought.state.split_once('.').unwrap_or_default();
    let Ok(id) = id.parse::<MailboxId>() else {
        return Err(Error::Conflict("this sign-in was not begun here").into());
    };
    if brought.code.is_empty() {
        let why = if brought.error_description.is_empty() { &brought.error } else { &brought.error_description };
        return page(&visit, id, &visit.reader.words.mailboxes_not_let_in(why)).await;
    }
    let app = visit.web.app();
    match mailboxes::oauth::complete(app, visit.scope(), id, &callback(&visit), state, &brought.code).await {
        Ok(()) => Ok(back_to(&format!("/settings/mailboxes/{id}"), "signed-in")),
        Err(Error::Unavailable(why)) => page(&visit, id, &visit.reader.words.mailboxes_sign_in_failed(&why)).await,
        Err(other) => Err(other.into()),
    }
}

fn callback(visit: &Visit) -> String {
    let house = visit.web.settings().public_url.as_deref().unwrap_or("http://localhost");
    format!("{}/settings/mailboxes/oauth/callback", house.trim_end_matches('/'))
}

/// The mailbox's page, saying what went wrong.
async fn page(visit: &Visit, id: MailboxId, why: &str) -> Result<Response, Refusal> {
    let mailbox = find(visit, id).await?;
    let filled = filled(&mailbox).wrong("", why);
    let page = pages::form(&visit.screen().await?, Some(&shown(visit.reader.words, &mailbox)), &filled);
    Ok((StatusCode::CONFLICT, page).into_response())
}
