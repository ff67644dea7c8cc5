//! What happened in the desk lately, newest first, by everybody, one person or one team.

use std::collections::HashMap;

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use desk::conversations::{self, ConversationId, DeliveryState, FoundRow, Priority};
use desk::handoffs::State;
use desk::notifications::{self, Who};
use desk::{Actor, Event, Happened};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;
use words::Words;

use crate::components::empty::empty;
use crate::components::page::{Area, Screen, desk};
use crate::components::{Icon, icon};
use crate::errors::Refusal;
use crate::inbox::list::subject_words;
use crate::inbox::load::{self, Names};
use crate::inbox::shapes::Choices;
use crate::settings::frame::sheet_head;
use crate::visit::Visit;

const PAGE: i64 = 60;

/// Whose acts, and where the page goes on.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    who: String,
    before: Option<i64>,
}

struct Line {
    words: String,
    number: i64,
    subject: String,
    at: Timestamp,
}

/// `GET /activity`
pub(crate) async fn show(visit: Visit, Query(wanted): Query<Wanted>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let w = visit.reader.words;
    let who = match wanted.who.split_once('-') {
        Some(("agent", id)) => id.parse().map_or(Who::Everybody, Who::Agent),
        Some(("team", id)) => id.parse().map_or(Who::Everybody, Who::Team),
        _ => Who::Everybody,
    };
    let before = wanted.before;
    let (choices, lines, next) = visit
        .read(move |desk| {
            Box::pin(async move {
                let (choices, names) = load::choices(desk, w).await?;
                let (happened, next) = notifications::activity(desk, who, before, PAGE).await?;
                let mut ids: Vec<ConversationId> = happened.iter().filter_map(|one| one.event.conversation()).collect();
                ids.sort_unstable();
                ids.dedup();
                let found = conversations::in_brief(desk, &ids).await?;
                let found: HashMap<ConversationId, FoundRow> = found.into_iter().map(|row| (row.id, row)).collect();
                let lines: Vec<Line> = happened.iter().filter_map(|one| line(w, one, &found, &names)).collect();
                Ok((choices, lines, next))
            })
        })
        .await?;
    Ok(page(&screen, &choices, &wanted.who, &lines, next).into_response())
}

fn line(w: Words, one: &Happened, found: &HashMap<ConversationId, FoundRow>, names: &Names) -> Option<Line> {
    let about = found.get(&one.event.conversation()?)?;
    let who = match one.actor {
        Actor::Agent(id) => names.agent(id).name,
        Actor::Customer(_) => about.customer_name.clone(),
        Actor::System => "Rapport".to_owned(),
    };
    let words = words_of(w, one, &who, names)?;
    Some(Line { words, number: about.number, subject: about.subject.clone(), at: one.at })
}

fn words_of(w: Words, one: &Happened, who: &str, names: &Names) -> Option<String> {
    Some(match &one.event {
        Event::ConversationOpened { .. } => w.activity_opened(who),
        Event::MessageReceived { .. } => w.activity_wrote(who),
        Event::ReplyWritten { .. } => w.activity_answered(who),
        Event::NoteWritten { .. } => w.activity_noted(who),
        Event::Mentioned { agent, .. } => w.activity_mentioned(who, &names.agent(*agent).name),
        Event::DeliveryChanged { state: DeliveryState::Failed | DeliveryState::Unconfirmed, .. } => {
            w.activity_failed().to_owned()
        }
        Event::Assigned { to: Some(to), .. } if one.actor == Actor::Agent(*to) => w.thread_event_took(who),
        Event::Assigned { to: Some(to), .. } => w.thread_event_assigned(who, &names.agent(*to).name),
        Event::Assigned { to: None, .. } => w.thread_event_unassigned(who),
        Event::TeamAssigned { to: Some(to), .. } => w.thread_event_team(who, &names.team(*to).name),
        Event::TeamAssigned { to: None, .. } => w.thread_event_no_team(who),
        Event::Resolved { .. } => w.thread_event_resolved(who),
        Event::Reopened { .. } => w.thread_event_reopened(who),
        Event::PrioritySet { to, .. } => w.thread_event_priority(who, priority(w, *to)),
        Event::Tagged { tag, .. } => w.thread_event_tagged(who, tag),
        Event::Untagged { tag, .. } => w.thread_event_untagged(who, tag),
        Event::Renamed { to, .. } => w.thread_event_renamed(who, to),
        Event::SideBegun { .. } => w.sides_event_begun(who),
        Event::SideAnswered { with, .. } => w.sides_event_answered(with),
        Event::HandedOff { .. } => w.activity_handed_off(who),
        Event::HandoffDecided { state, .. } => match state {
            State::Accepted => w.activity_accepted(who),
            State::Declined => w.activity_declined(who),
            State::Withdrawn | State::Asked => w.activity_withdrawn(who),
        },
        Event::ReviewAsked { .. } | Event::ReviewDecided { .. } => return load::review_words(one, who, names),
        event => return load::procedure_words(event, who, w),
    })
}

fn priority(w: Words, priority: Priority) -> &'static str {
    match priority {
        Priority::Low => w.common_low(),
        Priority::Normal => w.common_normal(),
        Priority::High => w.common_high(),
        Priority::Urgent => w.common_urgent(),
    }
}

fn page(screen: &Screen, choices: &Choices, chosen: &str, lines: &[Line], next: Option<i64>) -> Markup {
    let w = screen.reader.words;
    let reader = &screen.reader;
    let option = |value: String, name: &str| html! { option value=(value) selected[value == chosen] { (name) } };
    let content = html! {
        main.settings-main id="main" tabindex="-1" { div.sheet {
            (sheet_head(w.activity_title(), w.activity_about(), Some(html! {
                form.filter method="get" action="/activity" {
                    label.visually-hidden for="who" { (w.activity_who()) }
                    select.input id="who" name="who" {
                        (option(String::new(), w.activity_everybody()))
                        @for team in &choices.teams { (option(format!("team-{}", team.id), &team.name)) }
                        @for agent in &choices.agents { (option(format!("agent-{}", agent.id), &agent.name)) }
                    }
                    button.button type="submit" { (w.activity_show()) }
                }
            })))
            section.panel aria-label=(w.activity_title()) {
                @if lines.is_empty() { (empty(Icon::Activity, w.activity_none(), "", None)) }
                ul.rows.compact { @for (at, line) in lines.iter().enumerate() {
                    @if !at.checked_sub(1).is_some_and(|before| reader.same_day(lines[before].at, line.at)) { li.day-line { (reader.day(line.at)) } }
                    li {
                        span.main dir="auto" { (line.words) }
                        a.link.cut href={ "/c/" (line.number) } dir="auto" { "#" (line.number) " " (subject_words(w, &line.subject)) }
                        span.detail { (reader.clock(line.at)) }
                    }
                } }
                @if let Some(next) = next { div.panel-foot { a.button.quiet href={ "/activity?who=" (chosen) "&before=" (next) } { (icon(Icon::Down)) (w.activity_more()) } } }
            }
        } }
    };
    desk(screen, w.activity_title(), Area::Notifications, content)
}
