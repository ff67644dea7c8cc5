//! The page of mail trouble.

use desk::customers::Suppressed;
use jiff::Timestamp;
use maud::{Markup, html};

use super::super::frame::{Tab, panel, settings, sheet_head};
use crate::components::empty::empty;
use crate::components::page::Screen;
use crate::components::slots::{SLOTS, filled};
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
    let say = screen.reader.words;
    let again = (trouble.unread.len() > 1).then(|| {
        html! { form method="post" action="/settings/quarantine/retry" { button.button type="submit" { (icon(Icon::Requeue)) (say.common_try_all_again()) } } }
    });
    settings(
        screen,
        Tab::Quarantine,
        say.settings_trouble(),
        html! {
            (sheet_head(say.settings_trouble(), say.trouble_what(), again))
            @for held in &trouble.held {
                div.notice.bad {
                    (icon(Icon::Warning))
                    p { (filled(&say.trouble_held_back(say.number(held.count), SLOTS[0]), &[screen.reader.moment(held.since)])) }
                    form method="post" action="/settings/brakes/release" { input type="hidden" name="key" value=(held.key); button.button type="submit" { (say.trouble_let_go()) } }
                }
            }
            section.panel aria-label=(say.trouble_unread()) {
                @if trouble.unread.is_empty() { (empty(Icon::Ok, say.trouble_none(), say.trouble_none_why(), None)) }
                @else {
                    ul.rows { @for one in &trouble.unread { li { (unread(screen, one)) } } }
                    @if let Some(older) = &trouble.older { p.more { a.link href=(older) { (say.trouble_older()) } } }
                }
            }
            (panel(say.trouble_unreachable(), say.trouble_unreachable_what(), html! {
                @if trouble.unreachable.is_empty() { p.panel-body.muted { (say.trouble_nothing()) } }
                @else {
                    ul.rows { @for one in &trouble.unreachable { li { (unreachable(screen, one)) } } }
                    @if let Some(further) = &trouble.further { p.more { a.link href=(further) { (say.trouble_more()) } } }
                }
            }))
        },
    )
}

fn unread(screen: &Screen, one: &Shown) -> Markup {
    let say = screen.reader.words;
    let from = if one.from.is_empty() { say.trouble_unknown_sender() } else { one.from.as_str() };
    html! {
        (icon(Icon::Warning))
        div.main {
            span.title.cut { (say.trouble_from(from)) }
            span.detail { (one.reason) }
            span.detail {
                (screen.reader.moment(one.at)) " · " (size_words(say, one.size))
                @if let Some(mailbox) = &one.mailbox { " · " (mailbox) }
                " · " a.link href={ "/settings/quarantine/" (one.id) "/raw" } download { (say.trouble_download()) }
            }
        }
        div.actions {
            form method="post" action={ "/settings/quarantine/" (one.id) "/retry" } { button.button type="submit" { (icon(Icon::Requeue)) (say.common_try_again()) } }
            form method="post" action={ "/settings/quarantine/" (one.id) "/discard" } { button.icon-button type="submit" aria-label=(say.trouble_put_aside_from(from)) title=(say.trouble_put_aside()) { (icon(Icon::Trash)) } }
        }
    }
}

fn unreachable(screen: &Screen, one: &Suppressed) -> Markup {
    let say = screen.reader.words;
    html! {
        (icon(Icon::Mail))
        div.main {
            span.title.cut { (one.address) }
            span.detail { (say.trouble_it(&one.reason)) " · " (screen.reader.moment(one.since)) }
        }
        div.actions {
            form method="post" action="/undeliverable/allow" { input type="hidden" name="address" value=(one.address); button.button type="submit" { (say.common_allow_again()) } }
        }
    }
}
