//! Drawing keys, looking records up, switching signing on and off.

use axum::response::{IntoResponse, Response};
use base::mail::dkim::Algorithm;
use desk::Error;
use desk::domains::{self, MailDomain, Published};
use http::StatusCode;

use super::pages;
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::visit::{Visit, back_to};

const HERE: &str = "/settings/domains";

/// `GET /settings/domains`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    page(&visit, None, Filled::default(), StatusCode::OK).await
}

/// `POST /settings/domains`: draws keys.
pub(crate) async fn add(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let algorithm = if fields.get("algorithm") == "ed25519" { Algorithm::Ed25519 } else { Algorithm::Rsa };
    match domains::add(visit.web.app(), visit.scope(), &fields.text("domain"), algorithm).await {
        Ok(_) => Ok(back_to(HERE, "added")),
        Err(Error::Invalid(problems)) => {
            page(&visit, None, fields.refused(visit.reader.words, &problems), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /settings/domains/check`: looks the record up and shows what was found.
pub(crate) async fn check(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let domain = find(&visit, fields.text("domain")).await?;
    let found = domains::published(visit.web.app(), &domain).await;
    page(&visit, Some((domain.domain, found)), Filled::default(), StatusCode::OK).await
}

/// `POST /settings/domains/activation`: `active` is `yes` or `no`. Signs only when the record is found.
pub(crate) async fn set_active(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let (app, name) = (visit.web.app(), fields.text("domain"));
    if fields.get("active") != "yes" {
        domains::deactivate(app, visit.scope(), &name).await?;
        return Ok(back_to(HERE, "deactivated"));
    }
    match domains::activate(app, visit.scope(), &name).await? {
        Published::Found => Ok(back_to(HERE, "activated")),
        other => page(&visit, Some((name, other)), Filled::default(), StatusCode::CONFLICT).await,
    }
}

/// `POST /settings/domains/removal`
pub(crate) async fn remove(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    domains::remove(visit.web.app(), visit.scope(), &fields.text("domain")).await?;
    Ok(back_to(HERE, "deleted"))
}

async fn find(visit: &Visit, name: String) -> Result<MailDomain, Refusal> {
    visit.read(move |desk| Box::pin(async move { domains::find(desk, &name).await })).await
}

async fn page(
    visit: &Visit,
    found: Option<(String, Published)>,
    filled: Filled,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let all = visit.read(|desk| Box::pin(async move { domains::list(desk).await })).await?;
    Ok((status, pages::list(&screen, &all, found.as_ref(), &filled)).into_response())
}
