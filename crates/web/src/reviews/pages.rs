//! The form that asks for a review, and the draft as it stands under the messages of its conversation.

use desk::reviews::{Change, State};
use maud::{Markup, html};
use words::Words;

use crate::components::button;
use crate::components::field::{Filled, general_errors, text_area};
use crate::components::page::{Area, Screen, desk};
use crate::components::pill::{Tone, pill};
use crate::components::prose::{cleaned, paragraphs};
use crate::components::time::Reader;
use crate::components::{Icon, icon, small_icon};
use crate::customers::beside::do_not_contact;
use crate::inbox::composer::{gaps, overtaken};
use crate::inbox::list::subject_words;
use crate::inbox::message::files;
use crate::inbox::shapes::{Choices, ReviewShown, ReviewWarning, Thread};
use crate::inbox::thread::origin;
use crate::settings::frame::{crumb, sheet_head};

/// What the form shows besides what is filled in.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// The conversation's number.
    pub(crate) number: i64,
    /// Its subject.
    pub(crate) subject: String,
    /// The draft as it is shown.
    pub(crate) draft: String,
    /// Who can be asked.
    pub(crate) choices: Choices,
}

/// The form.
pub(crate) fn form(screen: &Screen, form: &Form, filled: &Filled) -> Markup {
    let w = screen.reader.words;
    let chosen = filled.value("to");
    let me = &screen.me.id;
    let option = |kind: &str, id: &str, name: &str| {
        let value = format!("{kind}-{id}");
        html! { option value=(value) selected[value == chosen] { (name) } }
    };
    let content = html! {
        main.settings-main id="main" tabindex="-1" { div.sheet {
            div { (crumb(&format!("/c/{}", form.number), subject_words(w, &form.subject))) (sheet_head(w.reviews_title(), w.reviews_about(), None)) }
            section.panel aria-label=(w.reviews_title()) {
                form method="post" action={ "/c/" (form.number) "/review" } {
                    div.panel-body {
                        (general_errors(filled, &["to", "remark"]))
                        input type="hidden" name="seen" value=(filled.value("seen"));
                        div.field {
                            label for="to" { (w.reviews_of()) }
                            select.input id="to" name="to" autofocus aria-invalid=[filled.error("to").map(|_| "true")] aria-describedby=[filled.error("to").map(|_| "to-wrong")] {
                                option value="" { (w.reviews_anyone()) }
                                @if !form.choices.teams.is_empty() { optgroup label=(w.reviews_teams()) { @for team in &form.choices.teams { (option("team", &team.id, &team.name)) } } }
                                optgroup label=(w.reviews_people()) { @for agent in form.choices.agents.iter().filter(|agent| agent.id != *me) { (option("agent", &agent.id, &agent.name)) } }
                            }
                            @if let Some(wrong) = filled.error("to") { p.wrong id="to-wrong" { (small_icon(Icon::Error)) (wrong) } }
                        }
                        (text_area("remark", w.reviews_remark(), w.reviews_remark_about(), filled))
                        @if !form.draft.is_empty() {
                            div.field {
                                p.label { (w.reviews_draft()) }
                                div.review-text.message-body dir="auto" { (cleaned(&form.draft)) }
                            }
                        }
                    }
                    div.form-foot.panel-foot { @if !form.draft.is_empty() { (button::primary(w.reviews_submit())) } }
                }
            }
        } }
    };
    desk(screen, w.reviews_title(), Area::Inbox, content)
}

/// Under the messages; live updates replace it, except what somebody is writing in it.
pub(crate) fn under(thread: &Thread, reader: &Reader) -> Markup {
    html! {
        div.reviewing id="part-review" aria-live="off" {
            @if let Some(review) = &thread.review { (card(thread, review, reader)) }
        }
    }
}

fn card(thread: &Thread, review: &ReviewShown, reader: &Reader) -> Markup {
    let w = reader.words;
    let returned = review.state == State::Returned;
    html! {
        section.review aria-label=(title(review, w)) data-returned[returned] {
            header {
                (icon(Icon::Edit))
                h2.grow dir="auto" { (title(review, w)) }
                @if !returned { (pill(w.reviews_not_sent(), Tone::Warn)) }
                (reader.age(review.at, "muted"))
            }
            @if !review.remark.is_empty() && !returned { div.review-remark dir="auto" { strong { (review.by) } (paragraphs(&review.remark)) } }
            @if !review.answer.is_empty() { div.review-remark dir="auto" { @if let Some(by) = &review.decided_by { strong { (by) } } (paragraphs(&review.answer)) } }
            div.review-text.message-body dir="auto" { (cleaned(&review.html)) }
            (files(w, &review.files))
            @if !review.changes.is_empty() {
                details.fold.review-changes open[review.mine] { summary { (w.reviews_changes()) } (changes(&review.changes)) }
            }
            @if review.moved_on { p.delivery.odd { (icon(Icon::Warning)) (w.reviews_moved_on()) } }
            @if review.may_edit || review.may_send { (decision(thread, review, reader)) }
            @if review.may_withdraw { form.review-answers method="post" action={ "/reviews/" (review.id) "/withdrawal" } data-takes-text { (origin(thread)) (button::plain(w.reviews_withdraw())) } }
            @if review.may_note {
                div.review-answers {
                    @if !thread.draft.body.contains(&review.text) {
                        form method="post" action={ "/reviews/" (review.id) "/taking-up" } data-takes-text { (origin(thread)) (button::primary(w.reviews_take_up())) }
                    }
                    form method="post" action={ "/reviews/" (review.id) "/note" } data-action="review-noted" { (origin(thread)) (button::plain(w.reviews_note())) }
                }
            }
        }
    }
}

/// Whose draft it is and what it waits for.
fn title(review: &ReviewShown, w: Words) -> String {
    let decided_by = review.decided_by.as_deref().unwrap_or(w.common_somebody());
    match (review.state, &review.to) {
        (State::Returned, _) => w.reviews_returned_by(decided_by),
        (State::Approved, _) => w.reviews_approved_by(&review.by, decided_by),
        (_, Some(to)) => w.reviews_waits_for(&review.by, to),
        (_, None) => w.reviews_waits(&review.by),
    }
}

/// What changed, word by word: struck out and underlined.
fn changes(changes: &[Change]) -> Markup {
    html! {
        p.changes dir="auto" {
            @for change in changes {
                @match change {
                    Change::Same(text) => (text),
                    Change::Gone(text) => del { (text) },
                    Change::New(text) => ins { (text) },
                }
            }
        }
    }
}

/// The text to change and what can be decided, in one form: what is decided is decided of the text as it stands there.
fn decision(thread: &Thread, review: &ReviewShown, reader: &Reader) -> Markup {
    let w = reader.words;
    let to = |what: &str| format!("/reviews/{}/{what}", review.id);
    let stale = matches!(review.warning, Some(ReviewWarning::Stale { .. }));
    html! {
        form.review-form id="review-form" method="post" action=(to("sending")) data-keep {
            (origin(thread))
            input type="hidden" name="revision" value=(review.revision);
            div id="review-warning" role="alert" { @if let Some(warning) = &review.warning { (warned(thread, review, warning, reader)) } }
            @if review.may_edit {
                details.fold open[stale] {
                    summary { (icon(Icon::Edit)) (w.reviews_change_text()) }
                    textarea.input id="review-text" name="text" dir="auto" rows="6" aria-label=(w.reviews_text()) { (review.text) }
                    button.button type="submit" formaction=(to("text")) data-done="review-saved" { (w.reviews_save()) }
                }
            }
            @if !thread.senders.is_empty() && review.may_send {
                p.composer-from {
                    label for="review-from" { (w.mail_send_from()) }
                    select id="review-from" name="from" { @for sender in &thread.senders { option value=(sender) selected[*sender == thread.sender] { (sender) } } }
                }
            }
            div.review-answers {
                @if review.may_approve {
                    button.button.primary type="submit" data-done="review-approved-sent" { (w.reviews_approve_send()) }
                    button.button type="submit" formaction=(to("approval")) data-done="review-approved" { (w.reviews_approve()) }
                } @else if review.may_send {
                    button.button.primary type="submit" data-done="review-sent" { (w.reviews_send()) }
                }
            }
            @if review.may_approve {
                div.review-answers {
                    input.input.grow name="remark" maxlength="1000" aria-label=(w.reviews_what_to_change()) placeholder=(w.reviews_what_to_change()) autocomplete="off";
                    button.button type="submit" formaction=(to("return")) data-done="review-returned" { (w.reviews_return()) }
                }
            }
        }
    }
}

/// Why nothing was done, and what can be done about it.
pub(crate) fn warned(thread: &Thread, review: &ReviewShown, warning: &ReviewWarning, reader: &Reader) -> Markup {
    let w = reader.words;
    match warning {
        ReviewWarning::Overtaken(newer) => overtaken(w, newer),
        ReviewWarning::Gaps(names) => gaps(names, reader),
        ReviewWarning::Unwanted => do_not_contact(&thread.beside.name, w),
        ReviewWarning::Wrong(words) => html! { div.composer-warning { (icon(Icon::Error)) p.words { (words) } } },
        ReviewWarning::Stale { who, act } => html! {
            div.composer-warning {
                (icon(Icon::Warning))
                p.words { (w.reviews_stale(who)) }
                a.button href={ "/c/" (thread.number) "?in=" (thread.slug) } data-take-theirs { (w.reviews_take_theirs()) }
                button.button type="submit" name="over" value=(review.revision) formaction={ "/reviews/" (review.id) "/" (act) } { (w.reviews_keep_mine()) }
            }
        },
    }
}
