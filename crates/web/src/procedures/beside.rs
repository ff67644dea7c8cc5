//! The procedure beside a conversation; live updates replace it.

use desk::procedures::{Cap, State};
use maud::{Markup, html};
use words::Words;

use super::shapes::{ProcedureShown, Progress, StepKind, StepShown};
use crate::components::pill::{Tone, pill};
use crate::components::time::Reader;
use crate::components::{Icon, icon, small_icon};
use crate::inbox::shapes::Thread;
use crate::inbox::thread::origin;
use crate::inbox::typed;

/// The section beside a conversation; nothing where the desk has no procedures.
pub(crate) fn beside(thread: &Thread, reader: &Reader) -> Markup {
    let w = reader.words;
    let choose = format!("/c/{}/procedure", thread.number);
    html! {
        section.section.procedure id="part-procedure" {
            @match &thread.procedure {
                ProcedureShown::CanBegin if thread.parent.is_none() => {
                    h3 { (w.procedures_procedure()) }
                    a.link href=(choose) { (w.procedures_begin_one()) }
                }
                ProcedureShown::Has(progress) => {
                    h3 { (w.procedures_procedure()) }
                    (head(thread, progress, reader))
                    ol.procedure-steps { @for step in &progress.steps { (line(thread, step, reader)) } }
                    @if !progress.whole { p.muted { (w.procedures_depends()) } }
                    (foot(thread, progress, reader))
                }
                _ => {}
            }
        }
    }
}

fn head(thread: &Thread, progress: &Progress, reader: &Reader) -> Markup {
    let w = reader.words;
    let count = if progress.whole {
        w.procedures_of(progress.done, progress.total)
    } else {
        w.procedures_of_at_most(progress.done, progress.total)
    };
    html! {
        p.procedure-name { strong dir="auto" { (progress.name) } " " span.muted { (w.procedures_version(progress.version)) } }
        p.procedure-progress {
            progress max=(progress.total) value=(progress.done) aria-label=(w.procedures_progress()) {}
            span { (count) }
            @match progress.state {
                State::Finished => { (pill(w.procedures_finished(), Tone::Ok)) }
                State::Overridden => { (pill(w.procedures_overridden(), Tone::Warn)) }
                _ => {}
            }
        }
        @if let Some((cap, most)) = progress.too_much { p.procedure-note { (small_icon(Icon::Warning)) span { (too_much(w, cap, most)) } } }
        @if let Some(newest) = progress.newest {
            form.procedure-note method="post" action={ "/c/" (thread.number) "/procedure/newest" } data-action="procedure-renewed" {
                (origin(thread))
                span { (w.procedures_is_newer(newest)) }
                button.button type="submit" { (w.procedures_go_on_with_newest()) }
            }
        }
    }
}

/// That there is more of something than there may be.
pub(crate) fn too_much(w: Words, cap: Cap, most: i32) -> String {
    match cap {
        Cap::Steps => w.procedures_too_many_steps(most),
        Cap::Messages => w.procedures_too_many_messages(most),
        Cap::Handoffs => w.procedures_too_many_handoffs(most),
    }
}

fn line(thread: &Thread, step: &StepShown, reader: &Reader) -> Markup {
    let w = reader.words;
    let here = format!("/c/{}/procedure/steps/{}", thread.number, step.key);
    html! {
        li.procedure-step id={ "step-" (step.key) } data-done[step.done.is_some()] aria-current=[step.next.then_some("step")] {
            @match &step.what {
                StepKind::Task => { (tick(thread, step, &here, reader)) }
                StepKind::Text => {
                    (tick(thread, step, &here, reader))
                    form method="post" action={ (here) "/text" } data-put-text {
                        (origin(thread))
                        button.button type="submit" aria-label={ (w.procedures_put_in()) ": " (step.title) } { (icon(Icon::Macro)) (w.procedures_put_in()) }
                    }
                }
                StepKind::Fact(field) => {
                    (mark(step, w))
                    @match field {
                        Some(field) => {
                            div.procedure-fact {
                                @if field.name != step.title { p.procedure-title dir="auto" { (step.title) (needed(step, w)) } }
                                (typed::field(field, thread, reader, "step-field"))
                            }
                        }
                        None => { p.procedure-title { (w.procedures_field_gone()) } }
                    }
                }
                StepKind::Decision { answers, given, may, who } => {
                    (mark(step, w))
                    form.procedure-decision method="post" action=(here) data-action="procedure-decided" data-undo-name="answer"
                        data-undo-value=(given.map(|given| given.to_string()).unwrap_or_default()) {
                        (origin(thread))
                        p.procedure-title dir="auto" { (step.title) (needed(step, w)) }
                        @if let Some(who) = who { p.muted { (w.procedures_decided_by(who)) } }
                        div.procedure-answers role="group" aria-label=(step.title) {
                            @for (at, answer) in answers.iter().enumerate() {
                                @let is_given = *given == Some(at);
                                // Pressing the answer that was given takes it back.
                                button.button type="submit" name="answer" value=(if is_given { String::new() } else { at.to_string() }) aria-pressed=(is_given) disabled[!may] dir="auto" {
                                    @if is_given { (icon(Icon::Check)) } (answer)
                                }
                            }
                        }
                    }
                }
            }
            @if !step.text.is_empty() {
                @if matches!(step.what, StepKind::Text) {
                    details.procedure-more { summary { (w.procedures_show_text()) } p dir="auto" { (step.text) } }
                } @else if step.done.is_none() { p.procedure-about dir="auto" { (step.text) } }
            }
            @if let Some((who, at)) = &step.done {
                p.muted.procedure-who {
                    @match who {
                        Some(who) => { span dir="auto" { (who) } ", " (reader.moment(*at)) }
                        None => { (w.procedures_known_already()) }
                    }
                }
            }
        }
    }
}

/// Before a step that is done in another way than by ticking it.
fn mark(step: &StepShown, w: Words) -> Markup {
    html! {
        span.procedure-mark {
            @if step.done.is_some() { (icon(Icon::Check)) span.visually-hidden { (w.procedures_is_done()) } }
            @else { (small_icon(if matches!(step.what, StepKind::Decision { .. }) { Icon::Split } else { Icon::Edit })) }
        }
    }
}

fn needed(step: &StepShown, w: Words) -> Markup {
    html! { @if step.required { span.required title=(w.fields_required_hint()) { " *" } } }
}

/// A box to tick, with its words.
fn tick(thread: &Thread, step: &StepShown, here: &str, reader: &Reader) -> Markup {
    let w = reader.words;
    let (to, back) = if step.done.is_some() { ("no", "yes") } else { ("yes", "no") };
    html! {
        form.procedure-tick method="post" action=(here) data-action=(if to == "yes" { "procedure-done" } else { "procedure-undone" }) data-undo-name="done" data-undo-value=(back) {
            (origin(thread))
            button type="submit" name="done" value=(to) role="checkbox" aria-checked=(step.done.is_some()) {
                span.procedure-box aria-hidden="true" { @if step.done.is_some() { (small_icon(Icon::Check)) } }
                span.procedure-title dir="auto" { (step.title) (needed(step, w)) }
            }
        }
    }
}

fn foot(thread: &Thread, progress: &Progress, reader: &Reader) -> Markup {
    let w = reader.words;
    html! {
        div.procedure-foot {
            @if progress.missing && progress.state == State::Going && !thread.resolved {
                a.link href={ "/c/" (thread.number) "/resolution" } { (w.procedures_resolve_anyway()) }
            }
            a.link href={ "/c/" (thread.number) "/procedure" } { (w.procedures_another_one()) }
            form method="post" action={ "/c/" (thread.number) "/procedure/removal" } data-action="procedure-off"
                data-undo-url={ "/c/" (thread.number) "/procedure" } data-undo-name="procedure" data-undo-value=(progress.id) {
                (origin(thread))
                button.link type="submit" { (w.procedures_take_off()) }
            }
        }
    }
}
