//! Asked again: the quiet lines at the composer, and the page of how often it happened.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::Desk;
use desk::conversations::ConversationId;
use desk::people::AgentId;
use desk::repetitions::{self, Case, Finding, Outcome, Place};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;
use words::Words;

use super::frame::{Tab, frame};
use super::handlers::{PAGE, agents, page_of};
use super::names;
use crate::components::empty::empty;
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::{Icon, icon, small_icon};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::actions::find;
use crate::inbox::list::subject_words;
use crate::settings::frame::{crumb, sheet_head};
use crate::visit::Visit;

/// `POST /c/{number}/asked`: what the draft asks for although it is known, and whether it is in another language than the customer's.
pub(crate) async fn check(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let id = find(&visit, number).await?.id;
    let (body, draft) = (fields.text("body"), fields.get("client_id").parse().ok());
    let text = body.clone();
    // Most drafts ask for nothing: only what is found is written down.
    let found = visit.read(move |desk| Box::pin(async move { repetitions::findings(desk, id, &text).await })).await?;
    if let Some(draft) = draft.filter(|_| !found.is_empty()) {
        let text = body.clone();
        visit.write(move |desk| Box::pin(async move { repetitions::notice(desk, id, draft, &text).await })).await?;
    }
    let theirs = visit.read(move |desk| Box::pin(async move { language_of(desk, id).await })).await?;
    Ok(lines(&found, &other_language(&body, theirs.as_deref()), visit.reader.words).into_response())
}

/// The language that a conversation's customer wants to be written to in.
async fn language_of(desk: &mut Desk<'_>, id: ConversationId) -> desk::Result<Option<String>> {
    let customer = super::parts::customer_of(desk, id).await?;
    let language = desk::customers::find(desk, customer).await?.preferences.language;
    Ok(Some(language).filter(|language| !language.is_empty()))
}

/// The language of a draft and the customer's, when they are others.
pub(crate) fn other_language(draft: &str, theirs: Option<&str>) -> Option<(String, String)> {
    let theirs = theirs?;
    let written = base::mail::language_of(draft)?;
    (written != theirs).then(|| (written.to_owned(), theirs.to_owned()))
}

/// The quiet lines at the composer.
pub(crate) fn lines(found: &[Finding], other: &Option<(String, String)>, words: Words) -> Markup {
    html! {
        @for finding in found {
            @let fact = &finding.fact;
            div.known-line data-kind=(fact.kind.word()) {
                (small_icon(Icon::Info))
                p.words { (words.customers_known(names::thing(fact.kind, words))) " " strong dir="auto" { (fact.value) } " " @match fact.place {
                    Place::Message(id) => { a.link href={ "#m-" (id) } data-known-place { (words.customers_known_message()) } }
                    Place::Record => { span.secondary { (words.customers_known_record()) } }
                } }
                button.button.needs-script type="button" data-insert=(fact.value) { (words.customers_insert()) }
                button.button.quiet.needs-script type="button" data-ask-anyway=(fact.kind.word()) { (words.customers_ask_anyway()) }
            }
        }
        @if let Some((written, theirs)) = other {
            div.known-line data-kind="language" {
                (small_icon(Icon::Info))
                p.words { (words.customers_other_language(names::language(theirs), names::language(written))) }
            }
        }
    }
}

/// Which weeks are shown.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    until: Option<Timestamp>,
}

/// `GET /customers/asked-again`
pub(crate) async fn weeks(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let until = asked.until.unwrap_or(visit.reader.now);
    let (rows, names) = visit
        .read(move |desk| Box::pin(async move { Ok((repetitions::weeks(desk, until).await?, agents(desk).await?)) }))
        .await?;
    let mut table: BTreeMap<(std::cmp::Reverse<Timestamp>, String, AgentId), [i64; 3]> = BTreeMap::new();
    for row in rows {
        let name = names.get(&row.agent_id).cloned().unwrap_or_default();
        let counts = table.entry((std::cmp::Reverse(row.week), name, row.agent_id)).or_default();
        counts[match row.outcome {
            Outcome::Shown => 0,
            Outcome::Heeded => 1,
            Outcome::SentAnyway => 2,
        }] = row.count;
    }
    let words = screen.reader.words;
    let cell = |week: Timestamp, agent: AgentId, outcome: &str, count: i64| {
        html! { td.number { @if count == 0 { "0" } @else { a.link href={ "/customers/asked-again/cases?agent=" (agent) "&week=" (week) "&outcome=" (outcome) } { (words.number(count)) } } } }
    };
    let page = frame(
        &screen,
        Tab::AskedAgain,
        words.customers_asked_again(),
        false,
        html! {
            (sheet_head(words.customers_asked_again(), words.customers_asked_again_hint(), None))
            section.panel aria-label=(words.customers_asked_again()) {
                @if table.is_empty() { (empty(Icon::Ok, words.customers_asked_none(), "", None)) }
                @else {
                    div.table-scroll tabindex="0" {
                        table.figures {
                            thead { tr {
                                th scope="col" { (words.customers_asked_week()) } th scope="col" { (words.customers_asked_agent()) }
                                th.number scope="col" { (words.customers_asked_noticed()) } th.number scope="col" { (words.customers_asked_heeded()) } th.number scope="col" { (words.customers_asked_sent()) }
                            } }
                            tbody {
                                @for ((week, name, agent), counts) in &table {
                                    tr {
                                        td { (words.date(&week.0.to_zoned(jiff::tz::TimeZone::UTC))) } th scope="row" dir="auto" { (name) }
                                        (cell(week.0, *agent, "", counts[0])) (cell(week.0, *agent, "heeded", counts[1])) (cell(week.0, *agent, "sent", counts[2]))
                                    }
                                }
                            }
                        }
                    }
                }
            }
            p.list-foot { a.button href={ "/customers/asked-again?until=" (repetitions::weeks_before(until)) } { (words.customers_earlier()) } }
        },
    );
    Ok(page.into_response())
}

/// Which number is opened.
#[derive(Debug, Deserialize)]
pub(crate) struct Number {
    agent: AgentId,
    week: Timestamp,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    after: String,
}

/// `GET /customers/asked-again/cases`: the conversations behind a number.
pub(crate) async fn cases(visit: Visit, Query(asked): Query<Number>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let outcome = match asked.outcome.as_str() {
        "heeded" => Some(Outcome::Heeded),
        "sent" => Some(Outcome::SentAnyway),
        _ => None,
    };
    let (agent, week, after) = (asked.agent, asked.week, asked.after.parse().ok());
    let rows = visit
        .read(move |desk| {
            Box::pin(async move { repetitions::cases(desk, agent, week, outcome, after, PAGE as i64 + 1).await })
        })
        .await?;
    let next = |case: &Case| {
        format!("/customers/asked-again/cases?agent={agent}&week={week}&outcome={}&after={}", asked.outcome, case.key())
    };
    let (rows, more) = page_of(rows, PAGE, next);
    Ok(cases_page(&screen, &rows, more.as_deref()).into_response())
}

fn cases_page(screen: &Screen, rows: &[Case], more: Option<&str>) -> Markup {
    let words = screen.reader.words;
    frame(
        screen,
        Tab::AskedAgain,
        words.customers_asked_again(),
        false,
        html! {
            div { (crumb("/customers/asked-again", words.customers_asked_again())) (sheet_head(words.customers_asked_cases(), "", None)) }
            section.panel aria-label=(words.customers_asked_cases()) {
                @if rows.is_empty() { (empty(Icon::Ok, words.customers_asked_none(), "", None)) }
                ul.rows {
                    @for case in rows {
                        li {
                            (icon(Icon::Requeue))
                            div.main {
                                a.title href={ "/c/" (case.number) } { span.cut dir="auto" { (subject_words(words, &case.subject)) } }
                                span.detail dir="auto" { (case.customer_name) " · " (names::thing(case.kind, words)) }
                            }
                            (pill(match case.outcome { Outcome::Shown => words.customers_asked_noticed(), Outcome::Heeded => words.customers_asked_heeded(), Outcome::SentAnyway => words.customers_asked_sent() },
                                if case.outcome == Outcome::SentAnyway { Tone::Warn } else { Tone::Quiet }))
                            (screen.reader.age(case.at, "detail"))
                        }
                    }
                }
            }
            @if let Some(more) = more { p.list-foot { a.button href=(more) { (words.customers_earlier()) } } }
        },
    )
}
