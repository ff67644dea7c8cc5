//! Resolving although steps of the procedure are missing: which they are, and why it is right.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use desk::{Error, procedures};
use http::{HeaderName, HeaderValue, StatusCode};
use maud::{Markup, html};

use crate::components::button;
use crate::components::field::{Filled, general_errors, text_area};
use crate::components::page::{Area, Screen, desk};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::actions::find;
use crate::visit::{Visit, back_to};

/// Where a script that was refused can lead whoever pressed: beside the answer, an address.
const INSTEAD: HeaderName = HeaderName::from_static("x-instead");

/// `GET /c/{number}/resolution`
pub(crate) async fn form(visit: Visit, Path(number): Path<i64>) -> Result<Response, Refusal> {
    page(&visit, number, &Filled::default(), StatusCode::OK).await
}

async fn page(visit: &Visit, number: i64, filled: &Filled, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let steps = missing(visit, number).await?;
    Ok((status, reasons(&screen, number, &steps, filled)).into_response())
}

async fn missing(visit: &Visit, number: i64) -> Result<Vec<String>, Refusal> {
    let id = find(visit, number).await?.id;
    visit.read(move |desk| Box::pin(async move { procedures::missing(desk, id).await })).await
}

fn reasons(screen: &Screen, number: i64, steps: &[String], filled: &Filled) -> Markup {
    let w = screen.reader.words;
    let content = html! {
        main.desk-page id="main" tabindex="-1" {
            div.sheet.view-sheet {
                a.crumb href={ "/c/" (number) } { (crate::components::small_icon(crate::components::Icon::Back)) (w.fields_back()) }
                h1 { (w.procedures_steps_missing_title()) }
                section.panel aria-label=(w.procedures_steps_missing_title()) {
                    form method="post" action={ "/c/" (number) "/resolution" } {
                        div.panel-body {
                            (general_errors(filled, &["reason"]))
                            @if steps.is_empty() { p { (w.procedures_nothing_missing()) } }
                            @else {
                                p { (w.procedures_steps_missing_are()) }
                                ul.procedure-missing { @for step in steps { li dir="auto" { (step) } } }
                            }
                            (text_area("reason", w.procedures_reason(), w.procedures_reason_hint(), filled))
                        }
                        div.form-foot.panel-foot {
                            (button::primary(w.procedures_resolve_anyway_button()))
                            a.button href={ "/c/" (number) } { (w.common_cancel()) }
                        }
                    }
                }
            }
        }
    };
    desk(screen, w.procedures_steps_missing_title(), Area::Inbox, content)
}

/// `POST /c/{number}/resolution`: `reason` says why.
pub(crate) async fn resolve(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let (id, reason) = (find(&visit, number).await?.id, fields.text("reason"));
    let done =
        visit.write(move |desk| Box::pin(async move { procedures::resolve_anyway(desk, id, &reason).await })).await;
    match done {
        Ok(()) => Ok(back_to(&format!("/c/{number}"), "resolved")),
        Err(Refusal(Error::Invalid(wrong))) => {
            let filled = fields.refused(visit.reader.words, &wrong);
            page(&visit, number, &filled, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Refusal(Error::Conflict("fields_missing"))) => crate::inbox::typed::missing(&visit, number).await,
        Err(other) => Err(other),
    }
}

/// Which steps have to be done before the conversation can be resolved, in a sentence.
pub(crate) async fn missing_words(visit: &Visit, number: i64) -> Result<String, Refusal> {
    let steps = missing(visit, number).await?;
    Ok(visit.reader.words.procedures_steps_missing(steps.join(", ")))
}

/// Resolving was refused: a script is told which steps are missing and where a reason can be given, a plain form is led there.
pub(crate) async fn refused(visit: &Visit, number: i64) -> Result<Response, Refusal> {
    let there = format!("/c/{number}/resolution");
    if visit.fragment.is_none() {
        return Ok(back_to(&there, ""));
    }
    let sentence = missing_words(visit, number).await?;
    let mut response = (StatusCode::CONFLICT, sentence).into_response();
    if let Ok(there) = HeaderValue::from_str(&there) {
        response.headers_mut().insert(INSTEAD, there);
    }
    Ok(response)
}
