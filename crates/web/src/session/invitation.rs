//! Coming in for the first time, by the link of an invitation.

use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use desk::Error;
use desk::people;
use http::{Extensions, HeaderMap, StatusCode};
use maud::{Markup, html};
use words::Words;

use super::handlers::{client, cookie};
use crate::Web;
use crate::components::button;
use crate::components::field::{Filled, Text, general_errors};
use crate::components::page::{brand, door};
use crate::errors::Refusal;
use crate::fields::Fields;

/// `GET /invitation/{token}`
pub(crate) async fn show(
    State(web): State<Web>,
    Extension(words): Extension<Words>,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    Ok(match people::invited(web.app(), &token).await? {
        Some(agent) => page(words, &token, &agent.name, &agent.email, &Filled::default()).into_response(),
        None => (StatusCode::GONE, not_good(words)).into_response(),
    })
}

/// `POST /invitation/{token}`: sets the password and signs in.
pub(crate) async fn accept(
    State(web): State<Web>,
    Extension(words): Extension<Words>,
    Path(token): Path<String>,
    headers: HeaderMap,
    extensions: Extensions,
    fields: Fields,
) -> Result<Response, Refusal> {
    let Some(agent) = people::invited(web.app(), &token).await? else {
        return Ok((StatusCode::GONE, not_good(words)).into_response());
    };
    match people::accept_invitation(web.app(), &token, fields.get("password")).await {
        Ok(email) => {
            let client = client(&web, &headers, &extensions);
            let session = people::sign_in(web.app(), &email, fields.get("password"), client).await?;
            Ok((CookieJar::new().add(cookie(&web, session)), Redirect::to("/inbox/open")).into_response())
        }
        Err(Error::Invalid(problems)) => {
            let page = page(words, &token, &agent.name, &agent.email, &fields.refused(words, &problems));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(Error::NotFound) => Ok((StatusCode::GONE, not_good(words)).into_response()),
        Err(other) => Err(other.into()),
    }
}

fn page(words: Words, token: &str, name: &str, email: &str, filled: &Filled) -> Markup {
    let title = words.invite_welcome(name);
    door(
        words,
        &title,
        html! {
            header { (brand()) h1 dir="auto" { (title) } p { (words.invite_set_password()) } }
            form.form method="post" action={ "/invitation/" (token) } {
                (general_errors(filled, &["password"]))
                input type="hidden" name="email" value=(email) autocomplete="username";
                (Text::new("password", words.invite_password()).kind("password").hint(words.invite_password_hint()).required().autofocus().autocomplete("new-password").show(filled))
                (button::primary(words.invite_come_in()))
            }
        },
    )
}

fn not_good(words: Words) -> Markup {
    door(
        words,
        words.invite_not_good(),
        html! {
            header { (brand()) h1 { (words.invite_not_good()) } p { (words.invite_not_good_what()) } }
            p { a.link href="/sign-in" { (words.invite_sign_in()) } }
        },
    )
}
