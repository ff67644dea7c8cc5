//! Doing the steps of a conversation's procedure, choosing one, and taking it off.

use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use desk::procedures::{self, Procedure, ProcedureId};
use desk::{Error, conversations};
use maud::{Markup, html};
use serde_json::json;

use crate::components::page::{Area, Screen, desk};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::actions::{answer, find};
use crate::inbox::view;
use crate::live::ops::conversation_ops;
use crate::macros::using::append;
use crate::visit::{Visit, back_to};

/// `GET /c/{number}/procedure`: the procedures to choose from.
pub(crate) async fn choose(visit: Visit, Path(number): Path<i64>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let id = find(&visit, number).await?.id;
    let (all, now) = visit
        .read(move |desk| {
            Box::pin(async move {
                let mut all = procedures::all(desk).await?;
                all.retain(|one| one.archived_at.is_none());
                let now = procedures::of_conversation(desk, id).await?.map(|shown| shown.procedure);
                Ok((all, now))
            })
        })
        .await?;
    Ok(choices(&screen, number, &all, now.as_ref()).into_response())
}

fn choices(screen: &Screen, number: i64, all: &[Procedure], now: Option<&Procedure>) -> Markup {
    let w = screen.reader.words;
    let content = html! {
        main.search-page id="main" tabindex="-1" {
            div.results { div.results-inner.stack {
                h1.summary { (w.procedures_choose()) }
                @if let Some(now) = now { p.summary { (w.procedures_replaces(&now.name)) } }
                @if all.is_empty() { p.summary role="status" { (w.procedures_none()) } }
                ul.rows {
                    @for one in all {
                        @let is_now = now.is_some_and(|now| now.id == one.id);
                        li {
                            div.main { span.title dir="auto" { (one.name) } span.detail { (w.procedures_version(one.version)) } }
                            @if is_now { span.detail { (w.procedures_is_this()) } }
                            @else { form method="post" action={ "/c/" (number) "/procedure" } { button.button type="submit" name="procedure" value=(one.id) aria-label={ (w.procedures_begin()) ": " (one.name) } { (w.procedures_begin()) } } }
                        }
                    }
                }
                div { a.button href={ "/c/" (number) } { (w.common_cancel()) } }
            } }
        }
    };
    desk(screen, w.procedures_choose(), Area::Inbox, content)
}

/// `POST /c/{number}/procedure`: begins `procedure`.
pub(crate) async fn begin(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let procedure: ProcedureId = fields.get("procedure").parse().map_err(|_| Refusal(Error::NotFound))?;
    let id = find(&visit, number).await?.id;
    visit.write(move |desk| Box::pin(async move { procedures::begin(desk, id, procedure).await })).await?;
    answer(&visit, number, &fields).await
}

/// `POST /c/{number}/procedure/removal`
pub(crate) async fn take_off(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let id = find(&visit, number).await?.id;
    visit.write(move |desk| Box::pin(async move { procedures::take_off(desk, id).await })).await?;
    answer(&visit, number, &fields).await
}

/// `POST /c/{number}/procedure/newest`
pub(crate) async fn renew(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let id = find(&visit, number).await?.id;
    visit.write(move |desk| Box::pin(async move { procedures::go_on_with_newest(desk, id).await })).await?;
    answer(&visit, number, &fields).await
}

/// `POST /c/{number}/procedure/steps/{key}`: `done` is `yes` or `no`; or `answer` is the place of an answer, empty to take it back.
pub(crate) async fn step(
    visit: Visit,
    Path((number, key)): Path<(i64, i32)>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let id = find(&visit, number).await?.id;
    if fields.has("answer") {
        let given = match fields.get("answer") {
            "" => None,
            place => Some(place.parse().map_err(|_| Refusal(Error::field("answer", "not_allowed")))?),
        };
        visit.write(move |desk| Box::pin(async move { procedures::decide(desk, id, key, given).await })).await?;
    } else {
        let done = fields.get("done") == "yes";
        visit.write(move |desk| Box::pin(async move { procedures::tick(desk, id, key, done).await })).await?;
    }
    answer(&visit, number, &fields).await
}

/// `POST /c/{number}/procedure/steps/{key}/text`: puts its words into the draft; a script gets them and puts them in itself.
pub(crate) async fn text(
    visit: Visit,
    Path((number, key)): Path<(i64, i32)>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let id = find(&visit, number).await?.id;
    let by_script = visit.fragment.is_some();
    let filled = visit
        .write(move |desk| {
            Box::pin(async move {
                let filled = procedures::text_of(desk, id, key).await?;
                if !by_script {
                    append(desk, id, &filled.text).await?;
                }
                Ok(filled)
            })
        })
        .await?;
    if !by_script {
        return Ok(back_to(&format!("/c/{number}"), ""));
    }
    let from = view::parse(fields.get("in")).unwrap_or(conversations::View::Open);
    let ops = conversation_ops(&visit, number, Some(from)).await?;
    Ok(Json(json!({ "text": filled.text, "ops": ops.ops })).into_response())
}
