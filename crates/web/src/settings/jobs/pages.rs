//! Failed work: jobs that were tried as often as they may be. An administrator tries again or gives up.

use jiff::Timestamp;
use maud::{Markup, html};
use words::Words;

use super::super::frame::{Tab, settings, sheet_head};
use crate::components::empty::empty;
use crate::components::page::Screen;
use crate::components::slots::{SLOTS, filled};
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
    let say = screen.reader.words;
    let again = (jobs.len() > 1).then(|| {
        html! { form method="post" action="/settings/jobs/requeue" { button.button type="submit" { (icon(Icon::Requeue)) (say.common_try_all_again()) } } }
    });
    settings(
        screen,
        Tab::Jobs,
        say.settings_jobs(),
        html! {
            (sheet_head(say.settings_jobs(), say.jobs_what(), again))
            section.panel aria-label=(say.settings_jobs()) {
                @if jobs.is_empty() { (empty(Icon::Ok, say.jobs_none(), say.jobs_none_why(), None)) }
                @else {
                    ul.rows {
                        @for job in jobs {
                            li {
                                (icon(Icon::Warning))
                                div.main {
                                    span.title { (kind_words(say, &job.kind)) }
                                    span.detail { (job.reason) }
                                    span.detail { (filled(&say.jobs_tried(job.attempts, SLOTS[0]), &[screen.reader.moment(job.at)])) }
                                }
                                div.actions {
                                    form method="post" action={ "/settings/jobs/" (job.id) "/requeue" } { button.button type="submit" { (icon(Icon::Requeue)) (say.common_try_again()) } }
                                    form method="post" action={ "/settings/jobs/" (job.id) "/discard" } { button.icon-button type="submit" aria-label=(say.jobs_discard(kind_words(say, &job.kind))) title=(say.common_discard()) { (icon(Icon::Trash)) } }
                                }
                            }
                        }
                    }
                }
            }
        },
    )
}

/// What a job was to do, in words; one that is not known here by its name: `send_answer` is "Send answer".
fn kind_words(say: Words, kind: &str) -> String {
    let known = match kind {
        "receive_delivery" => say.jobs_kind_receive_delivery(),
        "send_message" => say.jobs_kind_send_message(),
        "follow_customer" => say.jobs_kind_follow_customer(),
        "walk_organisation" => say.jobs_kind_walk_organisation(),
        "move_customers_conversations" => say.jobs_kind_move_conversations(),
        "sweep_blobs" => say.jobs_kind_sweep_blobs(),
        "prune_sessions" => say.jobs_kind_prune_sessions(),
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let mut words = kind.replace(['_', '-', '.'], " ");
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    words
}
