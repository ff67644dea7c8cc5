//! Coming in and going out.

use std::net::{IpAddr, SocketAddr};

use axum::Extension;
use axum::extract::{ConnectInfo, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use desk::Error;
use desk::people::{self, Client, NewAgent, Role, Viewer};
use http::{Extensions, HeaderMap, StatusCode, header};
use serde::Deserialize;
use words::Words;

use super::pages;
use crate::Web;
use crate::components::field::Filled;
use crate::components::time::duration_words;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::rights::SESSION;
use crate::visit::Visit;

/// Where sign-in leads.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Next {
    #[serde(default)]
    next: String,
}

/// `GET /`
pub(crate) async fn home(State(web): State<Web>, extensions: Extensions) -> Result<Redirect, Refusal> {
    if people::needs_set_up(web.app()).await? {
        return Ok(Redirect::to("/setup"));
    }
    let signed_in = extensions.get::<Viewer>().is_some();
    Ok(Redirect::to(if signed_in { "/inbox/open" } else { "/sign-in" }))
}

/// `GET /setup`
pub(crate) async fn setup_form(
    State(web): State<Web>,
    Extension(words): Extension<Words>,
) -> Result<Response, Refusal> {
    if !people::needs_set_up(web.app()).await? {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    Ok(pages::setup(words, &Filled::default()).into_response())
}

/// `POST /setup`
pub(crate) async fn setup(
    State(web): State<Web>,
    Extension(words): Extension<Words>,
    headers: HeaderMap,
    extensions: Extensions,
    fields: Fields,
) -> Result<Response, Refusal> {
    let owner = NewAgent { email: fields.text("email"), name: fields.text("name"), role: Role::Owner };
    match people::set_up(web.app(), fields.get("workspace"), owner, fields.get("password")).await {
        Ok(_) => {}
        Err(Error::Invalid(problems)) => {
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, pages::setup(words, &fields.refused(words, &problems)))
                .into_response());
        }
        Err(error) => return Err(error.into()),
    }
    let client = client(&web, &headers, &extensions);
    let token = people::sign_in(web.app(), fields.get("email"), fields.get("password"), client).await?;
    Ok((CookieJar::new().add(cookie(&web, token)), Redirect::to("/welcome")).into_response())
}

/// `GET /sign-in`
pub(crate) async fn sign_in_form(
    State(web): State<Web>,
    Extension(words): Extension<Words>,
    Query(next): Query<Next>,
    extensions: Extensions,
) -> Result<Response, Refusal> {
    if people::needs_set_up(web.app()).await? {
        return Ok(Redirect::to("/setup").into_response());
    }
    if extensions.get::<Viewer>().is_some() {
        return Ok(Redirect::to(&own_address(&next.next)).into_response());
    }
    Ok(pages::sign_in(words, &Filled::default(), &next.next).into_response())
}

/// `POST /sign-in`
pub(crate) async fn sign_in(
    State(web): State<Web>,
    Extension(words): Extension<Words>,
    headers: HeaderMap,
    extensions: Extensions,
    fields: Fields,
) -> Result<Response, Refusal> {
    let client = client(&web, &headers, &extensions);
    let (status, filled) = match people::sign_in(web.app(), fields.get("email"), fields.get("password"), client).await {
        Ok(token) => {
            let next = own_address(fields.get("next"));
            return Ok((CookieJar::new().add(cookie(&web, token)), Redirect::to(&next)).into_response());
        }
        Err(Error::Invalid(problems)) => {
            let said = problems.first().map(|problem| crate::fields::words(words, problem)).unwrap_or_default();
            (StatusCode::UNPROCESSABLE_ENTITY, fields.refused(words, &[]).wrong("", said))
        }
        Err(Error::Throttled(seconds)) => {
            let said = words.door_too_many_attempts(duration_words(words, seconds));
            (StatusCode::TOO_MANY_REQUESTS, fields.refused(words, &[]).wrong("", said))
        }
        Err(error) => return Err(error.into()),
    };
    Ok((status, pages::sign_in(words, &filled, fields.get("next"))).into_response())
}

/// `POST /sign-out`
pub(crate) async fn sign_out(visit: Visit) -> Result<Response, Refusal> {
    people::sign_out(visit.web.app(), &visit.viewer).await?;
    Ok(gone(&visit.web))
}

/// `POST /sign-out/everywhere`
pub(crate) async fn sign_out_everywhere(visit: Visit) -> Result<Response, Refusal> {
    let agent = visit.viewer.agent_id;
    visit.write(move |desk| Box::pin(async move { people::sign_out_everywhere(desk, agent, None).await })).await?;
    Ok(gone(&visit.web))
}

fn gone(web: &Web) -> Response {
    let mut empty = cookie(web, String::new());
    empty.make_removal();
    (CookieJar::new().add(empty), Redirect::to("/sign-in")).into_response()
}

pub(super) fn cookie(web: &Web, token: String) -> Cookie<'static> {
    let mut cookie = Cookie::build((SESSION, token))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(web.settings().secure())
        .build();
    // The browser keeps it; how long it is worth anything, the store decides.
    cookie.make_permanent();
    cookie
}

/// Only addresses of our own are followed after sign-in.
fn own_address(next: &str) -> String {
    let own = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n', '\t']);
    if own { next.to_owned() } else { "/inbox/open".to_owned() }
}

/// Who is at the other end, for throttling and for the list of sessions.
pub(super) fn client(web: &Web, headers: &HeaderMap, extensions: &Extensions) -> Client {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let direct = extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
    // We speak no TLS ourselves: under an https address a proxy stands in front, near us, and tells whom it serves.
    let near = direct.is_some_and(|ip| match ip {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local(),
    });
    let forwarded: Option<IpAddr> = text("x-forwarded-for").rsplit(',').next().and_then(|ip| ip.trim().parse().ok());
    let ip = forwarded.filter(|_| near && web.settings().secure()).or(direct);
    Client {
        ip: ip.map(|ip| ip.to_string()).unwrap_or_default(),
        user_agent: text(header::USER_AGENT.as_str()).chars().take(300).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_in_never_leads_to_a_foreign_place() {
        assert_eq!(own_address("/c/5?in=mine"), "/c/5?in=mine");
        for foreign in
            ["//evil.example", "https://evil.example", "/\\evil.example", "", "javascript:alert(1)", "/\t/evil"]
        {
            assert_eq!(own_address(foreign), "/inbox/open", "{foreign:?}");
        }
    }
}
