//! What one must be to ask for a page. Every route names its right; this is where it is checked, so that no handler can forget.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use desk::people::{Role, Viewer, check_session};
use http::{Method, StatusCode};
use words::Words;

use crate::Web;
use crate::errors::Refusal;
use crate::language;
use crate::visit::is_fragment;

/// The cookie that holds the session's token.
pub(crate) const SESSION: &str = "session";

/// What one must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Right {
    /// Anybody.
    Public,
    /// Somebody who is signed in.
    Agent,
    /// An administrator or owner.
    Admin,
}

impl Right {
    /// Whether somebody of `role` may; none is a stranger.
    pub(crate) fn allows(self, role: Option<Role>) -> bool {
        match self {
            Right::Public => true,
            Right::Agent => role.is_some(),
            Right::Admin => role.is_some_and(|role| role >= Role::Admin),
        }
    }
}

/// Lets a request through to its handler, with the [`Viewer`] beside it, or refuses it.
pub(crate) async fn check(State((web, right)): State<(Web, Right)>, mut request: Request, next: Next) -> Response {
    let token = CookieJar::from_headers(request.headers()).get(SESSION).map(|cookie| cookie.value().to_owned());
    let viewer: Option<Viewer> = match token {
        Some(token) => match check_session(web.app(), &token).await {
            Ok(viewer) => viewer,
            Err(error) => return Refusal(error).into_response(),
        },
        None => None,
    };
    let words = viewer.as_ref().map(|viewer| language::of_viewer(viewer, request.headers(), web.settings()));
    if !right.allows(viewer.as_ref().map(|viewer| viewer.role)) {
        return match viewer {
            Some(_) => spoken(words, Refusal(desk::Error::Forbidden).into_response()),
            None => to_sign_in(&request),
        };
    }
    if let Some(viewer) = viewer {
        request.extensions_mut().insert(viewer);
    }
    if let Some(words) = words {
        request.extensions_mut().insert(words);
    }
    spoken(words, next.run(request).await)
}

/// Leaves the reader's words beside the answer, for refusals that are turned into a page outside of here.
fn spoken(words: Option<Words>, mut response: Response) -> Response {
    if let Some(words) = words {
        response.extensions_mut().insert(words);
    }
    response
}

/// A page leads to sign-in and from there back; what a script asks for is refused so that it can tell.
fn to_sign_in(request: &Request) -> Response {
    if is_fragment(request.headers()) || request.headers().contains_key(http::header::UPGRADE) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let wanted = request.uri().path_and_query().map_or("/", |wanted| wanted.as_str());
    if request.method() == Method::GET && wanted != "/" {
        let next: String = url_encoded(wanted);
        return Redirect::to(&format!("/sign-in?next={next}")).into_response();
    }
    Redirect::to("/sign-in").into_response()
}

/// A text as a value in an address.
pub(crate) fn url_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_right_includes_those_above_it() {
        assert!(Right::Public.allows(None));
        assert!(!Right::Agent.allows(None) && Right::Agent.allows(Some(Role::Agent)));
        assert!(!Right::Admin.allows(Some(Role::Agent)) && Right::Admin.allows(Some(Role::Owner)));
    }

    #[test]
    fn text_in_addresses_is_encoded() {
        assert_eq!(url_encoded("/c/5?in=mine&x=é"), "%2Fc%2F5%3Fin%3Dmine%26x%3D%C3%A9");
    }
}
