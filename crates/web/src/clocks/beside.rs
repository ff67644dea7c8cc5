//! The clocks of the open conversation, in the pane at its side.

use desk::clocks::{ClockShown, Outcome};
use jiff::SignedDuration;
use maud::{Markup, html};

use super::kind_words;
use crate::components::pill::{Tone, pill};
use crate::components::time::{Reader, duration_words};
use crate::inbox::shapes::Thread;

/// Each clock with what is left of its target.
pub(crate) fn beside(thread: &Thread, reader: &Reader) -> Markup {
    let words = reader.words;
    html! {
        section.section id="part-clocks" {
            @if !thread.clocks.is_empty() || thread.told.is_some() {
                h3 { a.link.plain href="/reports/service-levels" { (words.clocks_title()) } }
                dl.facts {
                    @for clock in &thread.clocks { dt { (kind_words(words, clock.kind)) } dd { (state(clock, reader)) } }
                    @if let Some((until, held)) = thread.told {
                        dt { (words.clocks_told()) }
                        dd {
                            (words.clocks_told_until(reader.moment_words(until))) " "
                            @match held { Some(true) => (pill(words.clocks_met(), Tone::Ok)), Some(false) => (pill(words.clocks_missed(), Tone::Bad)), None => {} }
                        }
                    }
                }
                @if thread.clocks.iter().any(|clock| clock.is_outside_hours) { p.hint { (words.clocks_closed_now()) } }
            }
        }
    }
}

/// What a clock says: how much is left, by how much it is late, or how it ended.
fn state(clock: &ClockShown, reader: &Reader) -> Markup {
    let words = reader.words;
    let time = |span: SignedDuration| duration_words(words, span.as_secs());
    match (clock.outcome, clock.breached_at, clock.due_at) {
        (Some(Outcome::Met), ..) => pill(words.clocks_met(), Tone::Ok),
        (Some(_), ..) => pill(words.clocks_missed(), Tone::Bad),
        (None, Some(at), _) => {
            let late = words.clocks_late_by(time(reader.now.duration_since(at)));
            html! { span title=(reader.moment_words(at)) { (pill(&late, Tone::Bad)) } }
        }
        (None, None, Some(due)) => {
            let left = words.clocks_due_in(time(due.duration_since(reader.now)));
            let tone = if clock.is_warned { Tone::Warn } else { Tone::Quiet };
            html! { span title=(reader.moment_words(due)) { (pill(&left, tone)) } }
        }
        (None, None, None) => {
            html! { span.muted { (words.clocks_paused(time(clock.target - clock.spent))) } }
        }
    }
}
