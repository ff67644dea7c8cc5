//! One version of a procedure: its steps, how often it began and ended, where it was left, and why it was overridden. Each figure leads to its
//! conversations.

use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::conversations::{self, ConversationId, FoundRow};
use desk::fields::{self, Field};
use desk::procedures::{self, Figure, Override, OverrideId, Procedure, ProcedureId, RunId, State, Version, left_at};
use desk::{Desk, Error};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;
use words::Words;

use super::super::frame::{Tab, crumb, panel, settings, sheet_head};
use super::pages::{BASE, title_of, version_steps};
use crate::components::empty::empty;
use crate::components::page::Screen;
use crate::components::{Icon, icon};
use crate::errors::Refusal;
use crate::inbox::list::subject_words;
use crate::inbox::load::{self, Names};
use crate::visit::Visit;

/// How many conversations a page lists.
const PAGE: usize = 50;
/// How a procedure is left before its end, in the order of the columns.
const LEFT: [State; 4] = [State::Resolved, State::Overridden, State::TakenOff, State::Replaced];

/// Where lists go on.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    before: Option<OverrideId>,
}

struct Shown {
    procedure: Procedure,
    version: Version,
    figures: Vec<Figure>,
    overrides: Vec<Override>,
    found: HashMap<ConversationId, FoundRow>,
    fields: Vec<Field>,
    names: Names,
}

async fn in_brief(
    desk: &mut Desk<'_>,
    ids: impl Iterator<Item = ConversationId>,
) -> desk::Result<HashMap<ConversationId, FoundRow>> {
    let mut ids: Vec<ConversationId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(conversations::in_brief(desk, &ids).await?.into_iter().map(|row| (row.id, row)).collect())
}

/// `GET /settings/procedures/{id}/versions/{number}`
pub(crate) async fn show(
    visit: Visit,
    Path((id, number)): Path<(ProcedureId, i32)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let say = visit.reader.words;
    let shown = visit
        .read(move |desk| {
            Box::pin(async move {
                let overrides = procedures::overrides(desk, (id, number), asked.before, PAGE as i64 + 1).await?;
                Ok(Shown {
                    procedure: procedures::find(desk, id).await?,
                    version: procedures::version(desk, id, number).await?,
                    figures: procedures::figures(desk, id, number).await?,
                    found: in_brief(desk, overrides.iter().map(|one| one.conversation_id)).await?,
                    overrides,
                    fields: fields::fields(desk).await?,
                    names: load::choices(desk, say).await?.1,
                })
            })
        })
        .await?;
    Ok(page(&screen, &shown).into_response())
}

/// What a state is called in figures.
fn state_words(state: State, w: Words) -> &'static str {
    match state {
        State::Going => w.procedures_state_going(),
        State::Finished => w.procedures_finished(),
        State::Resolved => w.procedures_state_resolved(),
        State::Overridden => w.procedures_overridden(),
        State::TakenOff => w.procedures_state_taken_off(),
        State::Replaced => w.procedures_state_replaced(),
        State::Merged => w.procedures_state_merged(),
    }
}

fn link(here: &str, state: State, step: i32, count: i64, w: Words) -> Markup {
    html! { a.link href={ (here) "/conversations?state=" (state.word()) "&step=" (step) } { (w.number(count)) } }
}

fn page(screen: &Screen, shown: &Shown) -> Markup {
    let (w, reader) = (screen.reader.words, &screen.reader);
    let Shown { procedure, version, figures, overrides, fields, names, .. } = shown;
    let here = format!("{BASE}/{}/versions/{}", procedure.id, version.number);
    let title = format!("{}: {}", procedure.name, w.procedures_version(version.number));
    let begun = figures.iter().find_map(|one| if let Figure::Begun(count) = one { Some(*count) } else { None });
    let overridden =
        figures.iter().find_map(|one| if let Figure::Overrides(count) = one { Some(*count) } else { None });
    let at_no_step = |state| {
        figures.iter().find_map(|one| match one {
            Figure::In(of, 0, count) if *of == state => Some(*count),
            _ => None,
        })
    };
    settings(
        screen,
        Tab::Procedures,
        &title,
        html! {
            div {
                (crumb(&format!("{BASE}/{}", procedure.id), &procedure.name))
                (sheet_head(&title, &w.procedures_made_by(names.agent(version.created_by).name, reader.day(version.created_at)), None))
            }
            (panel(w.procedures_figures(), w.procedures_figures_what(), html! {
                div.panel-body {
                    dl.facts.procedure-figures {
                        dt { (w.procedures_begun()) } dd { @match begun { Some(count) => { a.link href={ (here) "/conversations" } { (w.number(count)) } } None => { (w.number(0)) } } }
                        @for state in [State::Going, State::Finished] {
                            dt { (state_words(state, w)) } dd { @match at_no_step(state) { Some(count) => { (link(&here, state, 0, count, w)) } None => { (w.number(0)) } } }
                        }
                        dt { (w.procedures_overrides()) } dd { @match overridden { Some(count) => { a.link href="#overrides" { (w.number(count)) } } None => { (w.number(0)) } } }
                    }
                }
                @if figures.iter().any(|one| matches!(one, Figure::In(state, ..) if state.is_left())) { (left_table(&here, shown, w)) }
                @else { p.panel-body.secondary { (w.procedures_never_left()) } }
            }))
            section.panel id="overrides" aria-label=(w.procedures_overrides()) {
                header { div.grow { h2 { (w.procedures_overrides()) } p { (w.procedures_overrides_what()) } } }
                @if overrides.is_empty() { (empty(Icon::Check, w.procedures_no_overrides(), "", None)) }
                ul.rows { @for one in overrides.iter().take(PAGE) { (override_line(one, shown, screen)) } }
                @if overrides.len() > PAGE && let Some(last) = overrides.get(PAGE - 1) { div.panel-foot { a.button.quiet href={ (here) "?before=" (last.id) "#overrides" } { (w.notifications_earlier()) } } }
            }
            (version_steps(&version.steps, fields, names, w))
        },
    )
}

/// At which step how many left.
fn left_table(here: &str, shown: &Shown, w: Words) -> Markup {
    let steps = shown.version.steps.iter().map(|step| (step.key, title_of(step, &shown.fields)));
    let rows: Vec<(i32, String)> = steps.chain([(0, w.procedures_after_the_end().to_owned())]).collect();
    html! {
        div.table-scroll tabindex="0" {
            table.table {
                thead { tr { th scope="col" { (w.procedures_left_at()) } @for state in LEFT { th.number scope="col" { (state_words(state, w)) } } } }
                tbody { @for (key, title) in rows {
                    @let left = left_at(&shown.figures, key);
                    @if key != 0 || !left.is_empty() {
                        tr {
                            th scope="row" dir="auto" { (title) }
                            @for state in LEFT { td.number { @if let Some((_, count)) = left.iter().find(|(of, _)| *of == state) { (link(here, state, key, *count, w)) } } }
                        }
                    }
                } }
            }
        }
    }
}

fn override_line(one: &Override, shown: &Shown, screen: &Screen) -> Markup {
    let (w, reader) = (screen.reader.words, &screen.reader);
    let step = shown.version.steps.iter().find(|step| step.key == one.step);
    html! {
        li {
            (icon(Icon::Warning))
            div.main {
                span.title dir="auto" { (one.reason) }
                span.detail {
                    bdi { (shown.names.agent(one.agent_id).name) } ", " (reader.moment(one.at))
                    @if let Some(step) = step { " · " (w.procedures_at_step(title_of(step, &shown.fields))) }
                    @if let Some(found) = shown.found.get(&one.conversation_id) { " · " a.link href={ "/c/" (found.number) } dir="auto" { "#" (found.number) " " (subject_words(w, &found.subject)) } }
                }
            }
        }
    }
}

/// Of which conversations.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    state: String,
    #[serde(default)]
    step: i32,
    before: Option<RunId>,
}

struct Line {
    number: i64,
    subject: String,
    customer: String,
    at: Timestamp,
}

/// `GET /settings/procedures/{id}/versions/{number}/conversations`: `state` and `step`; all that began without.
pub(crate) async fn list(
    visit: Visit,
    Path((id, number)): Path<(ProcedureId, i32)>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let w = visit.reader.words;
    let state: Option<State> = match wanted.state.as_str() {
        "" => None,
        word => Some(word.parse().map_err(|()| Refusal(Error::NotFound))?),
    };
    let (step, before) = (wanted.step, wanted.before);
    let (procedure, title, lines, next) = visit
        .read(move |desk| {
            Box::pin(async move {
                let procedure = procedures::find(desk, id).await?;
                let version = procedures::version(desk, id, number).await?;
                let known = fields::fields(desk).await?;
                let of = state.map(|state| (state, step));
                let mut runs = procedures::runs(desk, (id, number), of, before, PAGE as i64 + 1).await?;
                let more = runs.len() > PAGE;
                runs.truncate(PAGE);
                let found = in_brief(desk, runs.iter().map(|run| run.conversation_id)).await?;
                let line = |run: &procedures::Run| {
                    let row = found.get(&run.conversation_id)?;
                    let (subject, customer) = (row.subject.clone(), row.customer_name.clone());
                    Some(Line { number: row.number, subject, customer, at: run.begun_at })
                };
                let lines: Vec<Line> = runs.iter().filter_map(line).collect();
                let at = version.steps.iter().find(|one| one.key == step).map(|one| title_of(one, &known));
                let what = state.map_or(w.procedures_begun(), |state| state_words(state, w));
                let title = at.map_or_else(|| what.to_owned(), |at| format!("{what}: {at}"));
                Ok((procedure, title, lines, runs.last().map(|last| last.id).filter(|_| more)))
            })
        })
        .await?;
    let here = format!("{BASE}/{id}/versions/{number}");
    let more = next.map(|next| format!("{here}/conversations?state={}&step={step}&before={next}", wanted.state));
    Ok(conversations_page(&screen, &procedure, (&here, &title), &lines, more.as_deref()).into_response())
}

fn conversations_page(
    screen: &Screen,
    procedure: &Procedure,
    (here, title): (&str, &str),
    lines: &[Line],
    more: Option<&str>,
) -> Markup {
    let (w, reader) = (screen.reader.words, &screen.reader);
    settings(
        screen,
        Tab::Procedures,
        title,
        html! {
            div { (crumb(here, &procedure.name)) (sheet_head(title, "", None)) }
            section.panel aria-label=(title) {
                @if lines.is_empty() { (empty(Icon::Inbox, w.views_nothing(), "", None)) }
                ul.rows { @for line in lines {
                    li {
                        div.main {
                            a.title href={ "/c/" (line.number) } { span.cut dir="auto" { "#" (line.number) " " (subject_words(w, &line.subject)) } }
                            span.detail dir="auto" { (line.customer) }
                        }
                        (reader.age(line.at, "detail"))
                    }
                } }
                @if let Some(more) = more { div.panel-foot { a.button.quiet href=(more) { (w.notifications_earlier()) } } }
            }
        },
    )
}
