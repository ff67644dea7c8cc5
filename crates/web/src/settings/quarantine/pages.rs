//! The page of mail trouble.

use desk::customers::Suppressed;
use jiff::Timestamp;
use maud::{Markup, html};

use super::super::frame::{Tab, panel, settings, sheet_head};
use crate::components::empty::empty;
use crate::components::page::Screen;
use crate::components::{Icon, icon};
use crate::inbox::shapes::size_words;

/// Something that could not be read.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// The id as text.
    pub(crate) id: String,
    /// Who sent it, by its transport; may be empty.
    pub(crate) from: String,
    /// Where it arrived.
    pub(crate) mailbox: Option<String>,
    /// Bytes.
    pub(crate) size: u64,
    /// When it arrived.
    pub(crate) at: Timestamp,
    /// Why it could not be read.
    pub(crate) reason: String,
}

/// Automatic mail that is held back.
#[derive(Clone, Debug)]
pub(crate) struct HeldBack {
    /// The brake.
    pub(crate) key: String,
    /// How many were asked for.
    pub(crate) count: i64,
    /// Since when.
    pub(crate) since: Timestamp,
}

/// All that is wrong.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trouble {
    /// What could not be read, newest first.
    pub(crate) unread: Vec<Shown>,
    /// Where more of it is.
    pub(crate) older: Option<String>,
    /// Addresses that nothing is sent to.
    pub(crate) unreachable: Vec<Suppressed>,
    /// Where more of them are.
    pub(crate) further: Option<String>,
    /// Automatic mail that is held back.
    pub(crate) held: Vec<HeldBack>,
}

/// The page.
pub(crate) fn page(screen: &Screen, trouble: &Trouble) -> Markup {
    let again = (trouble.unread.len() > 1).then(|| {
        html! { form method="post" action="/settings/quarantine/retry" { button.button type="submit" { (icon(Icon::Requeue)) "Try all again" } } }
    });
    settings(
        screen,
        Tab::Quarantine,
        "Mail trouble",
        html! {
            (sheet_head("Mail trouble", "Mail that could not be read is kept as it came. It never delays other mail.", again))
            @for held in &trouble.held {
                div.notice.bad {
                    (icon(Icon::Warning))
                    p { "Automatic answers are held back: " (held.count) " were due since " (screen.reader.moment(held.since)) ". Perhaps two machines are answering each other." }
                    form method="post" action="/settings/brakes/release" { input type="hidden" name="key" value=(held.key); button.button type="submit" { "Let them go again" } }
                }
            }
            section.panel aria-label="Could not be read" {
                @if trouble.unread.is_empty() { (empty(Icon::Ok, "Everything that arrived was read", "What cannot be read appears here with the reason; nothing of it is lost.", None)) }
                @else {
                    ul.rows { @for one in &trouble.unread { li { (unread(screen, one)) } } }
                    @if let Some(older) = &trouble.older { p.more { a.link href=(older) { "Older" } } }
                }
            }
            (panel("Cannot be reached", "Mail to these addresses came back for good. Nothing is sent there until they write again or you allow it.", html! {
                @if trouble.unreachable.is_empty() { p.panel-body.muted { "None." } }
                @else {
                    ul.rows { @for one in &trouble.unreachable { li { (unreachable(screen, one)) } } }
                    @if let Some(further) = &trouble.further { p.more { a.link href=(further) { "More" } } }
                }
            }))
        },
    )
}

fn unread(screen: &Screen, one: &Shown) -> Markup {
    let from = if one.from.is_empty() { "an unknown sender" } else { one.from.as_str() };
    html! {
        (icon(Icon::Warning))
        div.main {
            span.title.cut { "From " (from) }
            span.detail { (one.reason) }
            span.detail {
                (screen.reader.moment(one.at)) " · " (size_words(one.size))
                @if let Some(mailbox) = &one.mailbox { " · " (mailbox) }
                " · " a.link href={ "/settings/quarantine/" (one.id) "/raw" } download { "Download" }
            }
        }
        div.actions {
            form method="post" action={ "/settings/quarantine/" (one.id) "/retry" } { button.button type="submit" { (icon(Icon::Requeue)) "Try again" } }
            form method="post" action={ "/settings/quarantine/" (one.id) "/discard" } { button.icon-button type="submit" aria-label={ "Put aside the mail from " (from) } title="Put aside" { (icon(Icon::Trash)) } }
        }
    }
}

fn unreachable(screen: &Screen, one: &Suppressed) -> Markup {
    html! {
        (icon(Icon::Mail))
        div.main {
            span.title.cut { (one.address) }
            span.detail { "It " (one.reason) " · " (screen.reader.moment(one.since)) }
        }
        div.actions {
            form method="post" action="/undeliverable/allow" { input type="hidden" name="address" value=(one.address); button.button type="submit" { "Allow again" } }
        }
    }
}
