//! The checklist: what is done, what comes next, and how.

use desk::onboarding::{Progress, Step};
use maud::{Markup, html};
use words::Words;

use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::{Icon, button, icon};
use crate::settings::frame;

/// The page.
pub(crate) fn page(screen: &Screen, progress: &Progress) -> Markup {
    let words = screen.reader.words;
    frame::home(
        screen,
        words.welcome_title(),
        html! {
            (frame::sheet_head(words.welcome_title(), words.welcome_what(), None))
            div id="welcome-steps" aria-live="polite" data-waits[progress.waits_for_mail()] { (steps(words, progress)) }
            div.form-foot {
                a.button.primary href="/inbox/open" { (words.welcome_inbox()) }
                @if progress.dismissed { (button::post("/welcome/return", &[], button::plain(words.welcome_keep()))) }
                @else { (button::post("/welcome/dismissal", &[], html! { button.button.quiet type="submit" { (words.welcome_dismiss()) } })) }
            }
        },
    )
}

/// The steps; scripts fetch them again while a mail is waited for.
pub(crate) fn steps(words: Words, progress: &Progress) -> Markup {
    html! {
        section.panel aria-label=(words.welcome_title()) {
            ol.rows.steps {
                @for (step, done) in progress.steps() {
                    li {
                        (icon(if done { Icon::Ok } else { Icon::Clock }))
                        div.main { span.title { (title(words, step)) @if done { (pill(words.welcome_done(), Tone::Ok)) } } span.detail { (what(words, step, progress)) } }
                        div.actions { (action(words, step, done, progress)) }
                    }
                }
            }
        }
    }
}

fn title(words: Words, step: Step) -> &'static str {
    match step {
        Step::Mailbox => words.welcome_mailbox(),
        Step::Arrival => words.welcome_arrival(),
        Step::Answer => words.welcome_answer(),
        Step::Colleagues => words.welcome_colleagues(),
        Step::Keys => words.welcome_keys(),
    }
}

fn what(words: Words, step: Step, progress: &Progress) -> String {
    match step {
        Step::Mailbox => words.welcome_mailbox_what().to_owned(),
        Step::Arrival => match (progress.addresses.first(), progress.arrived) {
            (_, Some(number)) => words.welcome_arrived(number.to_string()),
            (Some(address), None) => words.welcome_write_to(address),
            (None, None) => words.welcome_arrival_what().to_owned(),
        },
        Step::Answer => words.welcome_answer_what().to_owned(),
        Step::Colleagues => words.welcome_colleagues_what().to_owned(),
        Step::Keys => words.welcome_keys_what().to_owned(),
    }
}

fn action(words: Words, step: Step, done: bool, progress: &Progress) -> Markup {
    match (step, done) {
        (Step::Mailbox, false) => html! {
            form.welcome-address action="/settings/mailboxes/new" {
                input.input type="email" name="address" required aria-label=(words.welcome_address()) autocomplete="off";
                button.button type="submit" { (words.welcome_connect()) }
            }
        },
        (Step::Mailbox, true) => html! { a.button.quiet href="/settings/mailboxes" { (words.welcome_look()) } },
        (Step::Arrival, false) if !progress.addresses.is_empty() => {
            html! { a.button.quiet href="/welcome" { (words.welcome_look_again()) } }
        }
        (Step::Answer, false) => match progress.arrived {
            Some(number) => html! { a.button href={ "/c/" (number) } { (words.welcome_open()) } },
            None => html! {},
        },
        (Step::Colleagues, false) => html! { a.button href="/settings/people/invite" { (words.invite_title()) } },
        (Step::Keys, true) if progress.sample_removed => {
            button::post("/welcome/sample", &[], button::plain(words.welcome_sample_again()))
        }
        (Step::Keys, false) => button::post("/welcome/sample", &[], button::plain(words.welcome_make_sample())),
        _ => html! {},
    }
}
