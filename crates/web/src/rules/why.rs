//! Why something happened by itself in a conversation: the rules that acted, with their version and the conditions that held.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::conversations::{self, ConversationId};
use desk::rules::{self, Outcome, Run, RunId};
use desk::{Desk, Result};
use maud::{Markup, html};
use serde::Deserialize;

use super::load;
use super::past_pages::run_entry;
use crate::components::empty::empty;
use crate::components::page::{Area, desk};
use crate::components::pill::{Tone, pill};
use crate::components::time::Reader;
use crate::components::{Icon, icon};
use crate::errors::Refusal;
use crate::inbox::list::subject_words;
use crate::inbox::shapes::{RanShown, Thread};
use crate::settings::frame::{crumb, sheet_head};
use crate::visit::Visit;

/// How many stand beside a conversation.
const BESIDE: i64 = 3;
/// How many a page shows.
const PAGE: i64 = 30;

/// What rules did with a conversation last.
pub(crate) async fn beside_of(desk: &mut Desk<'_>, id: ConversationId) -> Result<Vec<RanShown>> {
    let shown =
        |run: Run| RanShown { name: run.name, version: run.version, done: run.outcome == Outcome::Done, at: run.at };
    Ok(rules::runs_of(desk, id, None, BESIDE).await?.into_iter().map(shown).collect())
}

/// The part beside a conversation; empty where no rule has acted.
pub(crate) fn beside(thread: &Thread, reader: &Reader) -> Markup {
    let w = reader.words;
    html! {
        section.section id="part-rules" {
            @if !thread.ran.is_empty() {
                h3 { (w.rules_title()) }
                ul.others { @for one in &thread.ran {
                    li { a href={ "/c/" (thread.number) "/why" } {
                        span.cut dir="auto" title=(w.rules_version(one.version.to_string())) { (one.name) }
                        @if !one.done { (pill(w.rules_not_done(), Tone::Warn)) }
                        (reader.age(one.at, "state"))
                    } }
                } }
                a.link href={ "/c/" (thread.number) "/why" } { (w.rules_why()) }
            }
        }
    }
}

/// Where the page goes on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    before: Option<RunId>,
}

/// `GET /c/{number}/why`
pub(crate) async fn show(
    visit: Visit,
    Path(number): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let w = visit.reader.words;
    let (subject, mut runs) = visit
        .read(move |desk| {
            Box::pin(async move {
                let conversation = conversations::find_by_number(desk, number).await?;
                let runs = rules::runs_of(desk, conversation.id, wanted.before, PAGE + 1).await?;
                Ok((conversation.subject, runs))
            })
        })
        .await?;
    let more = runs.len() as i64 > PAGE;
    runs.truncate(PAGE as usize);
    let context = load::context(&visit, runs.iter().flat_map(Run::held).collect()).await?;
    let admin = screen.me.admin;
    let content = html! {
        main.settings-main id="main" tabindex="-1" { div.sheet {
            div { (crumb(&format!("/c/{number}"), subject_words(w, &subject))) (sheet_head(w.rules_why(), w.rules_why_about(), None)) }
            section.panel aria-label=(w.rules_why()) {
                @if runs.is_empty() { (empty(Icon::Rule, w.rules_why_none(), "", None)) }
                ul.rows { @for run in &runs { li { (run_entry(run, &context, admin, false)) } } }
                @if let Some(last) = runs.last().filter(|_| more) {
                    div.panel-foot { a.button.quiet href={ "/c/" (number) "/why?before=" (last.id) } { (icon(Icon::Down)) (w.rules_earlier()) } }
                }
            }
        } }
    };
    Ok(desk(&screen, w.rules_why(), Area::Inbox, content).into_response())
}
