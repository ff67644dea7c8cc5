//! The list of notifications, marking them as read, and choosing what one is told.

use axum::Json;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use desk::Error;
use desk::conversations::{self, Mentionable};
use desk::notifications::{self, Kind, NotificationId, SubscriptionId, Ways};
use http::header;
use serde::Deserialize;
use serde_json::json;

use super::pages::{self, BrowserShown, Shown};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::visit::{Visit, back_to};

const PAGE: i64 = 50;

/// Where the list goes on.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    before: Option<NotificationId>,
}

/// `GET /notifications`
pub(crate) async fn list(visit: Visit, Query(wanted): Query<Wanted>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let before = wanted.before;
    let (mut found, lines) = visit
        .read(move |desk| {
            Box::pin(async move {
                let found = notifications::list(desk, before, PAGE + 1).await?;
                let lines = notifications::lines(desk, &found).await?;
                Ok((found, lines))
            })
        })
        .await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = found.get(page).and(found.get(page - 1)).map(|last| format!("/notifications?before={}", last.id));
    found.truncate(page);
    let shown: Vec<Shown> = found
        .iter()
        .zip(lines)
        .map(|(one, line)| Shown { id: one.id.to_string(), unread: one.read_at.is_none(), line })
        .collect();
    Ok(pages::list(&screen, &shown, more.as_deref()).into_response())
}

/// `GET /notifications/{id}`: it is read, and leads to its conversation.
pub(crate) async fn open(visit: Visit, Path(id): Path<NotificationId>) -> Result<Response, Refusal> {
    let found = visit.write(move |desk| Box::pin(async move { notifications::read(desk, id).await })).await?;
    Ok(Redirect::to(&format!("/c/{}", found.number)).into_response())
}

/// `POST /notifications/read`: all are.
pub(crate) async fn read_all(visit: Visit) -> Result<Response, Refusal> {
    visit.write(|desk| Box::pin(async move { notifications::read_all(desk).await })).await?;
    Ok(back_to("/notifications", ""))
}

/// `GET /settings/notifications`
pub(crate) async fn choices(visit: Visit) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let key = notifications::sender(visit.web.app(), visit.viewer.workspace).await?.public_key();
    let (ways, browsers) = visit
        .read(|desk| {
            Box::pin(async move { Ok((notifications::ways(desk).await?, notifications::browsers(desk).await?)) })
        })
        .await?;
    let browsers: Vec<BrowserShown> = browsers
        .into_iter()
        .map(|one| BrowserShown { id: one.id.to_string(), name: one.browser, since: one.created_at })
        .collect();
    Ok(pages::choices(&screen, &ways, &browsers, &key).into_response())
}

/// `POST /settings/notifications`
pub(crate) async fn choose(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let ways: Vec<(Kind, Ways)> = Kind::ALL
        .iter()
        .map(|kind| {
            let has = |way: &str| fields.has(&format!("{}-{way}", kind.word()));
            (*kind, Ways { in_app: has("app"), by_mail: has("mail"), by_push: has("push") })
        })
        .collect();
    visit.write(move |desk| Box::pin(async move { notifications::set_ways(desk, &ways).await })).await?;
    Ok(back_to("/settings/notifications", "saved"))
}

/// `POST /settings/notifications/browsers`: this browser takes messages from now on.
pub(crate) async fn add_browser(visit: Visit, headers: http::HeaderMap, fields: Fields) -> Result<Response, Refusal> {
    let bytes = |name: &str| {
        let text = fields.get(name);
        URL_SAFE_NO_PAD
            .decode(text)
            .or_else(|_| URL_SAFE.decode(text))
            .map_err(|_| Refusal(Error::field("key", "not_allowed")))
    };
    let (p256dh, auth) = (bytes("p256dh")?, bytes("auth")?);
    let browser = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let browser = crate::settings::profile::handlers::browser_words(visit.reader.words, browser);
    notifications::subscribe(visit.web.app(), &visit.viewer, fields.get("endpoint"), p256dh, auth, &browser).await?;
    Ok(back_to("/settings/notifications", "added"))
}

/// `POST /settings/notifications/browsers/{id}/removal`
pub(crate) async fn remove_browser(visit: Visit, Path(id): Path<SubscriptionId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { notifications::unsubscribe(desk, id).await })).await?;
    Ok(back_to("/settings/notifications", "deleted"))
}

/// `GET /mentionable`: whom a note can mention, for the script that completes names.
pub(crate) async fn mentionable(visit: Visit) -> Result<Response, Refusal> {
    let known = visit.read(|desk| Box::pin(async move { conversations::mentionable(desk).await })).await?;
    let known: Vec<_> = known
        .into_iter()
        .map(|(who, name)| json!({ "name": name, "team": matches!(who, Mentionable::Team(_)) }))
        .collect();
    Ok(Json(known).into_response())
}
