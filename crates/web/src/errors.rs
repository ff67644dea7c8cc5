//! What went wrong, as an answer: the one place where the product's errors become statuses and words.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use desk::Error;
use http::{HeaderValue, StatusCode, header};
use maud::{Markup, html};
use words::Words;

use crate::components::page::{brand, door};
use crate::fields;
use crate::visit::is_fragment;

/// A handler's "no": whatever the product says, turned into an answer.
#[derive(Debug)]
pub(crate) struct Refusal(pub(crate) Error);

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal(error)
    }
}

/// What a refusal says; rendered as a page or as short words by [`render`].
#[derive(Clone, Debug)]
struct Said {
    heading: &'static str,
    sentence: String,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, heading, sentence) = match self.0 {
            Error::NotFound => (
                StatusCode::NOT_FOUND,
                "There is nothing here",
                "The address may be wrong, or what was here has been deleted.".to_owned(),
            ),
            Error::Forbidden => (
                StatusCode::FORBIDDEN,
                "This is not for you",
                "Your role does not include this. An administrator of your desk can change that.".to_owned(),
            ),
            Error::Invalid(problems) => {
                let said = problems.first().map_or("What was sent cannot be taken.", fields::words);
                (StatusCode::UNPROCESSABLE_ENTITY, "This cannot be taken", said.to_owned())
            }
            Error::Conflict(what) => (StatusCode::CONFLICT, "This has changed meanwhile", conflict_words(what)),
            Error::Throttled(seconds) => (
                StatusCode::TOO_MANY_REQUESTS,
                "Too many attempts",
                format!("Please wait {}.", crate::components::time::duration_words(seconds)),
            ),
            Error::Unavailable(why) => {
                tracing::warn!(%why, "a page could not be served");
                (
                    StatusCode::SERVICE_UNAVAILABLE,
                    "This cannot be done just now",
                    "The server is busy or cannot reach its store. Try again in a moment.".to_owned(),
                )
            }
            other => {
                tracing::error!(error = %other, "a page broke");
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    "Something went wrong on our side",
                    "Nothing that you wrote was thrown away. Try again; if it happens again, tell the people who run this server what you did.".to_owned(),
                )
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Said { heading, sentence });
        response
    }
}

/// What stands in the way, and what to do, in a sentence.
fn conflict_words(what: &str) -> String {
    match what {
        "merged" => "This conversation has been merged into another one. Reload the page to go there.",
        "nothing_left" => "Nothing would be left in this conversation. Merge the whole conversation instead.",
        "too_many_messages" => "These are too many messages to be moved at once.",
        "undone_already" => "This has been undone already.",
        "moved_on" => "Somebody wrote in the meantime. Read that first.",
        "no_mailbox" => "There is no mailbox to answer from. Set one up in the settings.",
        "left_already" => "It has left already and cannot be called back.",
        other => return format!("It was not done: {other}."),
    }
    .to_owned()
}

/// Gives refusals their body: a page for people, one sentence for scripts.
pub(crate) async fn render(request: Request, next: Next) -> Response {
    let for_script = is_fragment(request.headers());
    let words = request.extensions().get::<Words>().copied().unwrap_or_default();
    let mut response = next.run(request).await;
    let Some(said) = response.extensions_mut().remove::<Said>() else { return response };
    let words = response.extensions().get::<Words>().copied().unwrap_or(words);
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let (kind, body) = if for_script {
        ("text/plain; charset=utf-8", said.sentence)
    } else {
        ("text/html; charset=utf-8", page(words, said.heading, &said.sentence).into_string())
    };
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    Response::from_parts(parts, body.into())
}

/// What answers every address that no route has.
pub(crate) async fn not_found() -> Refusal {
    Refusal(Error::NotFound)
}

/// A refusal as a page.
pub(crate) fn page(words: Words, heading: &str, sentence: &str) -> Markup {
    door(
        words,
        heading,
        html! {
            header { (brand()) h1 { (heading) } p { (sentence) } }
            p { a.button href="/" { "To the inbox" } }
        },
    )
}
