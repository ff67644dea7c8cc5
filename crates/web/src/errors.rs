//! What went wrong, as an answer: the one place where the product's errors become statuses and words.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use desk::{Error, FieldError};
use http::{HeaderValue, StatusCode, header};
use maud::{Markup, html};
use words::Words;

use crate::components::page::{brand, door};
use crate::components::time::duration_words;
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

/// What was refused and why; [`render`], which knows the reader's language, finds the words.
#[derive(Clone, Debug)]
enum Cause {
    NotFound,
    Forbidden,
    Invalid(Option<FieldError>),
    Conflict(String),
    Throttled(i64),
    Unavailable,
    Broken,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, cause) = match self.0 {
            Error::NotFound => (StatusCode::NOT_FOUND, Cause::NotFound),
            Error::Forbidden => (StatusCode::FORBIDDEN, Cause::Forbidden),
            Error::Invalid(problems) => (StatusCode::UNPROCESSABLE_ENTITY, Cause::Invalid(problems.into_iter().next())),
            Error::Conflict(what) => (StatusCode::CONFLICT, Cause::Conflict(what.to_owned())),
            Error::Throttled(seconds) => (StatusCode::TOO_MANY_REQUESTS, Cause::Throttled(seconds)),
            Error::Unavailable(why) => {
                tracing::warn!(%why, "a page could not be served");
                (StatusCode::SERVICE_UNAVAILABLE, Cause::Unavailable)
            }
            other => {
                tracing::error!(error = %other, "a page broke");
                (StatusCode::INTERNAL_SERVER_ERROR, Cause::Broken)
            }
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(cause);
        response
    }
}

impl Cause {
    /// A heading, and a sentence that says what to do.
    fn words(&self, say: Words) -> (&'static str, String) {
        match self {
            Cause::NotFound => (say.errors_not_found(), say.errors_not_found_why().to_owned()),
            Cause::Forbidden => (say.errors_forbidden(), say.errors_forbidden_why().to_owned()),
            Cause::Invalid(problem) => {
                let said = problem.as_ref().map_or(say.errors_invalid_why(), |problem| fields::words(say, problem));
                (say.errors_invalid(), said.to_owned())
            }
            Cause::Conflict(what) => (say.errors_conflict(), conflict_words(say, what)),
            Cause::Throttled(seconds) => {
                (say.errors_throttled(), say.errors_throttled_why(duration_words(say, *seconds)))
            }
            Cause::Unavailable => (say.errors_unavailable(), say.errors_unavailable_why().to_owned()),
            Cause::Broken => (say.errors_broken(), say.errors_broken_why().to_owned()),
        }
    }
}

/// What stands in the way, and what to do, in a sentence.
fn conflict_words(say: Words, what: &str) -> String {
    match what {
        "merged" => say.errors_merged(),
        "side" => say.errors_side(),
        "sample" => say.errors_sample(),
        "under_way" => say.problems_under_way(),
        "moving" => say.customers_still_moving(),
        "nothing_left" => say.errors_nothing_left(),
        "too_many_messages" => say.errors_too_many_messages(),
        "too_many_pins" => say.relations_too_many_pins(),
        "resolved" => say.snooze_resolved(),
        "fields_missing" => say.fields_missing_some(),
        "steps_missing" => say.procedures_steps_missing_some(),
        "no_procedure" | "off_the_way" | "procedure_changed" => say.procedures_moved_on(),
        "procedure_archived" => say.procedures_is_archived(),
        "default_type" => say.fields_default_stays(),
        "too_many_types" | "too_many_fields" | "too_many_views" | "too_many_procedures" => say.views_too_many(),
        "undone_already" => say.errors_undone_already(),
        "moved_on" => say.errors_moved_on(),
        "no_mailbox" => say.errors_no_mailbox(),
        "left_already" => say.errors_left_already(),
        other => return say.errors_other(other),
    }
    .to_owned()
}

/// Gives refusals their body: a page for people, one sentence for scripts.
pub(crate) async fn render(request: Request, next: Next) -> Response {
    let for_script = is_fragment(request.headers());
    let words = request.extensions().get::<Words>().copied().unwrap_or_default();
    let mut response = next.run(request).await;
    let Some(cause) = response.extensions_mut().remove::<Cause>() else { return response };
    let words = response.extensions().get::<Words>().copied().unwrap_or(words);
    let (heading, sentence) = cause.words(words);
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    let (kind, body) = if for_script {
        ("text/plain; charset=utf-8", sentence)
    } else {
        ("text/html; charset=utf-8", page(words, heading, &sentence).into_string())
    };
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    Response::from_parts(parts, body.into())
}

/// What answers every address that no route has.
pub(crate) async fn not_found() -> Refusal {
    Refusal(Error::NotFound)
}

/// A refusal as a page.
pub(crate) fn page(say: Words, heading: &str, sentence: &str) -> Markup {
    door(
        say,
        heading,
        html! {
            header { (brand()) h1 { (heading) } p { (sentence) } }
            p { a.button href="/" { (say.errors_to_the_inbox()) } }
        },
    )
}
