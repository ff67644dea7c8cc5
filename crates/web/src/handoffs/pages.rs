//! The form of a hand-off, what the receiver sees on top of the conversation, and who held it how long.

use desk::handoffs::State;
use jiff::Timestamp;
use maud::{Markup, html};
use words::Words;

use crate::components::button;
use crate::components::field::{Filled, general_errors, text_area};
use crate::components::page::{Area, Screen, desk};
use crate::components::pill::{Tone, pill};
use crate::components::prose::paragraphs;
use crate::components::time::{Reader, duration_words};
use crate::components::{Icon, icon, small_icon};
use crate::inbox::list::subject_words;
use crate::inbox::shapes::{Choices, HandoffShown, Thread};
use crate::settings::frame::{crumb, panel, sheet_head};

/// What the form shows besides what is filled in.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// The conversation's number.
    pub(crate) number: i64,
    /// Its subject.
    pub(crate) subject: String,
    /// Who has it.
    pub(crate) holder: Option<String>,
    /// Who can get it.
    pub(crate) choices: Choices,
}

/// A time in which somebody held a conversation.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// Who; none for nobody.
    pub(crate) who: Option<String>,
    /// From when.
    pub(crate) since: Timestamp,
    /// Until when.
    pub(crate) until: Option<Timestamp>,
    /// How long the customer waited meanwhile, in seconds.
    pub(crate) waited: i64,
}

/// A hand-off that was.
#[derive(Clone, Debug)]
pub(crate) struct Past {
    /// Who gave it.
    pub(crate) from: String,
    /// To whom.
    pub(crate) to: String,
    /// How it ended.
    pub(crate) state: State,
    /// Why it was declined.
    pub(crate) reason: String,
    /// When it was asked for.
    pub(crate) at: Timestamp,
    /// The brief.
    pub(crate) brief: [String; 4],
}

/// The form.
pub(crate) fn form(screen: &Screen, form: &Form, filled: &Filled) -> Markup {
    let w = screen.reader.words;
    let chosen = filled.value("to");
    let me = &screen.me.id;
    let content = html! {
        main.settings-main id="main" tabindex="-1" { div.sheet {
            div { (crumb(&format!("/c/{}", form.number), subject_words(w, &form.subject))) (sheet_head(w.handoffs_title(), w.handoffs_about(), None)) }
            @if let Some(holder) = form.holder.as_ref().filter(|holder| **holder != screen.me.name) { div.notice { (icon(Icon::Info)) p { (w.handoffs_needed(holder)) } } }
            section.panel aria-label=(w.handoffs_title()) {
                form method="post" action={ "/c/" (form.number) "/hand-off" } {
                    div.panel-body {
                        (general_errors(filled, &["to", "asked", "tried", "promised", "known"]))
                        div.field {
                            label for="to" { (w.handoffs_to()) }
                            select.input id="to" name="to" required autofocus[chosen.is_empty()] aria-invalid=[filled.error("to").map(|_| "true")] aria-describedby=[filled.error("to").map(|_| "to-wrong")] {
                                option value="" { "" }
                                @if !form.choices.teams.is_empty() { optgroup label=(w.handoffs_teams()) { @for team in &form.choices.teams {
                                    @let value = format!("team-{}", team.id);
                                    option value=(value) selected[value == chosen] { (team.name) }
                                } } }
                                optgroup label=(w.handoffs_people()) { @for agent in form.choices.agents.iter().filter(|agent| agent.id != *me) {
                                    @let value = format!("agent-{}", agent.id);
                                    option value=(value) selected[value == chosen] { (agent.name) }
                                } }
                            }
                            @if let Some(wrong) = filled.error("to") { p.wrong id="to-wrong" { (small_icon(Icon::Error)) (wrong) } }
                        }
                        (text_area("asked", w.handoffs_asked(), "", filled))
                        (text_area("tried", w.handoffs_tried(), "", filled))
                        (text_area("promised", w.handoffs_promised(), w.handoffs_nothing_about(), filled))
                        (text_area("known", w.handoffs_known(), w.handoffs_nothing_about(), filled))
                    }
                    div.form-foot.panel-foot { (button::primary(w.handoffs_submit())) }
                }
            }
        } }
    };
    desk(screen, w.handoffs_title(), Area::Inbox, content)
}

fn brief(w: Words, parts: &[String; 4]) -> Markup {
    let labels = [w.handoffs_asked(), w.handoffs_tried(), w.handoffs_promised(), w.handoffs_known()];
    html! {
        dl.brief { @for (label, text) in labels.into_iter().zip(parts) { dt { (label) } dd dir="auto" { (paragraphs(text)) } } }
    }
}

/// On top of a conversation; live updates replace it.
pub(crate) fn on_top(thread: &Thread, reader: &Reader) -> Markup {
    html! {
        div.handed id="part-handoff" {
            @if let Some(handoff) = thread.handoff.as_ref().filter(|one| one.waits || one.declined.is_some() || thread.needs_brief) {
                (shown(thread, handoff, reader))
            }
        }
    }
}

fn shown(thread: &Thread, handoff: &HandoffShown, reader: &Reader) -> Markup {
    let w = reader.words;
    html! {
        details.notice.handoff open[handoff.may_decide] {
            summary {
                (icon(Icon::HandOver))
                span.grow dir="auto" {
                    @match &handoff.declined {
                        Some((who, reason)) => (w.handoffs_was_declined(who, reason)),
                        None => (w.handoffs_from_to(&handoff.from, &handoff.to)),
                    }
                }
                @if handoff.waits { (pill(w.handoffs_waits(), Tone::Warn)) }
                (reader.age(handoff.at, ""))
            }
            (brief(w, &handoff.brief))
            @if handoff.may_decide {
                div.handoff-answers {
                    form method="post" action={ "/hand-offs/" (handoff.id) "/acceptance" } data-action="accept" { (super::super::inbox::thread::origin(thread)) (button::primary(w.handoffs_accept())) }
                    form.decline method="post" action={ "/hand-offs/" (handoff.id) "/refusal" } data-action="decline" {
                        (super::super::inbox::thread::origin(thread))
                        input.input name="reason" required maxlength="1000" aria-label=(w.handoffs_reason()) placeholder=(w.handoffs_reason()) autocomplete="off";
                        (button::plain(w.handoffs_decline()))
                    }
                }
            }
            @if handoff.may_withdraw {
                form method="post" action={ "/hand-offs/" (handoff.id) "/withdrawal" } data-action="withdraw" { (super::super::inbox::thread::origin(thread)) (button::plain(w.handoffs_withdraw())) }
            }
        }
    }
}

/// Who held it how long, and all hand-offs.
pub(crate) fn holders(screen: &Screen, number: i64, subject: &str, held: &[Held], past: &[Past]) -> Markup {
    let w = screen.reader.words;
    let reader = &screen.reader;
    let content = html! {
        main.settings-main id="main" tabindex="-1" { div.sheet {
            div { (crumb(&format!("/c/{number}"), subject_words(w, subject))) (sheet_head(w.handoffs_held(), w.handoffs_held_about(), None)) }
            section.panel aria-label=(w.handoffs_held()) {
                div.table-scroll tabindex="0" {
                    table.table {
                        thead { tr { th scope="col" { (w.handoffs_holder()) } th scope="col" { (w.handoffs_held_from()) } th scope="col" { (w.handoffs_held_until()) } th.number scope="col" { (w.handoffs_waited()) } } }
                        tbody { @for one in held {
                            tr {
                                th scope="row" dir="auto" { (one.who.as_deref().unwrap_or(w.handoffs_nobody())) }
                                td { (reader.moment(one.since)) }
                                td { @match one.until { Some(until) => (reader.moment(until)), None => (w.handoffs_held_now()) } }
                                td.number { @if one.waited > 0 { (duration_words(w, one.waited)) } @else { "–" } }
                            }
                        } }
                    }
                }
            }
            @if !past.is_empty() {
                (panel(w.handoffs_history(), "", html! {
                    div.panel-body { @for one in past {
                        details.fold {
                            summary { span dir="auto" { (w.handoffs_from_to(&one.from, &one.to)) } (state(w, one.state)) (reader.age(one.at, "")) }
                            @if !one.reason.is_empty() { p dir="auto" { (w.handoffs_reason()) " " (one.reason) } }
                            (brief(w, &one.brief))
                        }
                    } }
                }))
            }
        } }
    };
    desk(screen, w.handoffs_held(), Area::Inbox, content)
}

fn state(w: Words, state: State) -> Markup {
    match state {
        State::Asked => pill(w.handoffs_waits(), Tone::Warn),
        State::Accepted => pill(w.handoffs_state_accepted(), Tone::Ok),
        State::Declined => pill(w.handoffs_state_declined(), Tone::Bad),
        State::Withdrawn => pill(w.handoffs_state_withdrawn(), Tone::Quiet),
    }
}
