//! Failed work: jobs that were tried as often as they may be. An administrator tries again or gives up.

use jiff::Timestamp;
use maud::{Markup, html};

use super::super::frame::{Tab, settings, sheet_head};
use crate::components::empty::empty;
use crate::components::page::Screen;
use crate::components::{Icon, icon};

/// One job that failed for good.
#[derive(Clone, Debug)]
pub(crate) struct DeadJob {
    /// The id as text.
    pub(crate) id: String,
    /// What it was to do.
    pub(crate) kind: String,
    /// Why it failed the last time.
    pub(crate) reason: String,
    /// How often it was tried.
    pub(crate) attempts: u32,
    /// When it was given up.
    pub(crate) at: Timestamp,
}

/// The page.
pub(crate) fn page(screen: &Screen, jobs: &[DeadJob]) -> Markup {
    let again = (jobs.len() > 1).then(|| {
        html! { form method="post" action="/settings/jobs/requeue" { button.button type="submit" { (icon(Icon::Requeue)) "Try all again" } } }
    });
    settings(
        screen,
        Tab::Jobs,
        "Failed work",
        html! {
            (sheet_head("Failed work", "Work that was tried several times without success. Nothing of it is lost until you discard it.", again))
            section.panel aria-label="Failed work" {
                @if jobs.is_empty() { (empty(Icon::Ok, "Nothing has failed", "What cannot be done, such as mail that cannot be read or sent, appears here with the reason.", None)) }
                @else {
                    ul.rows {
                        @for job in jobs {
                            li {
                                (icon(Icon::Warning))
                                div.main {
                                    span.title { (kind_words(&job.kind)) }
                                    span.detail { (job.reason) }
                                    span.detail { "Tried " (times(job.attempts)) " · given up " (screen.reader.moment(job.at)) }
                                }
                                div.actions {
                                    form method="post" action={ "/settings/jobs/" (job.id) "/requeue" } { button.button type="submit" { (icon(Icon::Requeue)) "Try again" } }
                                    form method="post" action={ "/settings/jobs/" (job.id) "/discard" } { button.icon-button type="submit" aria-label={ "Discard: " (kind_words(&job.kind)) } title="Discard" { (icon(Icon::Trash)) } }
                                }
                            }
                        }
                    }
                }
            }
        },
    )
}

fn times(attempts: u32) -> String {
    if attempts == 1 { "once".to_owned() } else { format!("{attempts} times") }
}

/// A job's name as words: `send_answer` is "Send answer".
fn kind_words(kind: &str) -> String {
    let mut words = kind.replace(['_', '-', '.'], " ");
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    words
}
