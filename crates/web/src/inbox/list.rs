//! The list: views, head, rows.

use maud::{Markup, html};
use words::Words;

use super::bulk;
use super::pages::Views;
use super::shapes::{List, Row, Snoozed, Urgency, ViewEntry, Waiting};
use crate::components::avatar::{Size, avatar};
use crate::components::empty::empty;
use crate::components::page::Me;
use crate::components::pill::{Tone, tag};
use crate::components::time::Reader;
use crate::components::time::duration_words;
use crate::components::{Icon, icon, small_icon};

/// Most counts are small; beyond this the number no longer helps.
const COUNT_CAP: u64 = 99;

/// The views with their counts: a column on wide screens, a menu on others.
pub(crate) fn views(available: &Views, current: &str, reader: &Reader) -> Markup {
    let say = reader.words;
    let group = |heading: &str, entries: &[ViewEntry]| {
        html! {
            @if !entries.is_empty() {
                @if !heading.is_empty() { h2 { (heading) } }
                ul { @for entry in entries { li { (view_link(entry, current)) } } }
            }
        }
    };
    html! {
        nav.views.menu id="views" popover aria-label=(say.list_views()) {
            (group("", &available.standard))
            (group(reader.words.views_own(), &available.own))
            (group(reader.words.views_shared(), &available.shared))
            a.view-link.new-view href="/views/new" data-does="new-view" { (icon(Icon::Plus)) span.cut { (reader.words.views_new()) } }
            @if !available.own.is_empty() || !available.shared.is_empty() { a.view-link.new-view href="/views" { (icon(Icon::Edit)) span.cut { (reader.words.views_views()) } } }
            (group(say.list_teams(), &available.teams))
            (group(say.list_tags(), &available.tags))
        }
    }
}

fn view_link(entry: &ViewEntry, current: &str) -> Markup {
    let picture = match entry.slug.as_str() {
        "open" => Icon::Inbox,
        "mine" => Icon::User,
        "unassigned" => Icon::Mail,
        "neglected" => Icon::Waiting,
        "snoozed" => Icon::Clock,
        "resolved" => Icon::Resolve,
        "mentions" => Icon::Bell,
        "reviews" => Icon::Edit,
        slug if slug.starts_with("view-") => Icon::Filter,
        slug if slug.starts_with("team-") => Icon::Users,
        _ => Icon::Tag,
    };
    html! {
        a.view-link href={ "/inbox/" (entry.slug) } aria-current=[(entry.slug == current).then_some("page")] data-view=(entry.slug) {
            (icon(picture))
            span.cut dir="auto" { (entry.name) }
            @if let Some(count) = entry.count { (view_count(&entry.slug, count)) }
        }
    }
}

/// The id of the element that holds a view's count.
pub(crate) fn count_id(slug: &str) -> String {
    format!("count-{slug}")
}

/// A view's count; nothing when there is nothing.
pub(crate) fn view_count(slug: &str, count: u64) -> Markup {
    html! { span.count id=(count_id(slug)) { (count_words(count)) } }
}

/// A count as it is shown.
pub(crate) fn count_words(count: u64) -> String {
    match count {
        0 => String::new(),
        1..=COUNT_CAP => count.to_string(),
        _ => format!("{COUNT_CAP}+"),
    }
}

/// The pane of the list.
pub(crate) fn list_pane(list: &List, me: &Me, reader: &Reader) -> Markup {
    let say = reader.words;
    html! {
        section.list-pane aria-label=(say.list_conversations()) {
            header.pane-head {
                h1.title-group {
                    button.button.quiet.views-button type="button" popovertarget="views" data-does="views" aria-keyshortcuts="[" title=(say.list_views()) {
                        span.cut { (list.title) } (small_icon(Icon::Down))
                    }
                    span.cut.wide-title { (list.title) }
                }
                @if let Some(edit) = &list.edit { a.icon-button href=(edit) aria-label=(reader.words.views_edit()) title=(reader.words.views_edit()) { (icon(Icon::Edit)) } }
                a.icon-button href="/search" aria-label=(say.frame_search()) aria-keyshortcuts="/" data-does="search" { (icon(Icon::Search)) }
            }
            button.new-pill id="new-rows" type="button" aria-label=(say.list_show_new()) hidden { (small_icon(Icon::Up)) span {} }
            (bulk::status(list.bulk.as_ref(), reader))
            (rows(list, reader))
            (bulk::bar(&list.slug, &list.title, &list.choices, me, reader))
        }
    }
}

/// The rows with what stands below them; a fragment of its own.
pub(crate) fn rows(list: &List, reader: &Reader) -> Markup {
    let say = reader.words;
    html! {
        div.list id="list-scroll" tabindex="-1" {
            ol id="list" data-view=(list.slug) data-ascending[list.ascending] {
                @for row in &list.rows { (row_item(row, &list.slug, list.current == Some(row.number), reader)) }
            }
            div.list-end {
                // A view with few matches may have looked through all it may look through at once.
                @if list.rows.is_empty() && list.more.is_none() { (nothing(&list.slug, reader)) }
                @if let Some(more) = &list.more {
                    p.list-foot { a.button href=(more) data-more { @if list.rows.is_empty() { (reader.words.views_go_on()) } @else { (say.common_show_more()) } } }
                }
            }
        }
    }
}

/// One row. `slug` is the list it stands in.
pub(crate) fn row_item(row: &Row, slug: &str, current: bool, reader: &Reader) -> Markup {
    let say = reader.words;
    html! {
        li.row id={ "c-" (row.number) } data-sort=(row.sort) data-unread[row.unread] data-pinned[row.pinned] data-resolved[row.resolved] {
            label.row-check { input type="checkbox" name="number" value=(row.number) form="bulk-form" aria-label=(reader.words.bulk_select(&row.who)); }
            a.row-link href={ "/c/" (row.number) "?in=" (slug) } aria-current=[current.then_some("true")] title=(row.subject) {
                span.row-line {
                    @if row.unread { span.visually-hidden { (say.list_unread()) } }
                    span.row-who.cut dir="auto" { (row.who) }
                    @if row.pinned { span.row-pin title=(reader.words.relations_pinned()) { (icon(Icon::Pin)) span.visually-hidden { (reader.words.relations_pinned()) } } }
                    (urgency_mark(say, row.urgency))
                    @match (row.snoozed, row.waiting) {
                        (Some(snoozed), _) => (snooze_mark(snoozed, reader)),
                        (None, Some(waiting)) => (waiting_mark(reader, waiting)),
                        (None, None) => (reader.age(row.at, "row-age")),
                    }
                }
                span.row-line { span.row-subject.cut dir="auto" { (subject_words(say, &row.subject)) } }
                span.row-line {
                    span.row-preview.cut dir="auto" {
                        @if row.in_review { span.draft { (say.reviews_row()) } " · " }
                        @if row.draft { span.draft { (say.list_draft()) } " · " }
                        @if row.shows_preview { (row.preview) }
                    }
                    @for extra in row.extras.iter().take(3) { span.tag.extra dir="auto" { (extra) } }
                    @for name in row.tags.iter().take(2) { (tag(name)) }
                    @if row.tags.len() > 2 { span.tag { "+" (row.tags.len() - 2) } }
                    @if let Some(assignee) = &row.assignee {
                        span title=(say.list_assigned_to(&assignee.name)) {
                            span.visually-hidden { (say.list_assigned_to(&assignee.name)) }
                            (avatar(&assignee.name, Size::Tiny))
                        }
                    }
                }
            }
        }
    }
}

/// A subject, or what stands for a missing one.
pub(crate) fn subject_words(say: Words, subject: &str) -> &str {
    if subject.trim().is_empty() { say.common_no_subject() } else { subject }
}

fn urgency_mark(say: Words, urgency: Urgency) -> Markup {
    let class = match urgency {
        Urgency::Urgent => "row-mark late",
        Urgency::High => "row-mark soon",
        Urgency::Normal | Urgency::Low => return html! {},
    };
    html! { span class=(class) { (icon(Icon::Flag)) (urgency.words(say)) } }
}

fn waiting_mark(reader: &Reader, waiting: Waiting) -> Markup {
    let say = reader.words;
    let seconds = waiting.seconds(reader.now);
    let class = match waiting.tone(reader.now) {
        Tone::Bad => "row-mark late",
        Tone::Warn => "row-mark soon",
        _ => "row-mark waiting",
    };
    html! {
        span class=(class) title={ (say.list_waiting_for(duration_words(say, seconds))) ", " (say.clocks_waiting_due(reader.moment_words(waiting.due))) @if waiting.messages > 1 { ", " (say.clocks_wrote_again(waiting.messages)) } } {
            (icon(Icon::Waiting)) span.visually-hidden { (say.list_waiting()) " " } (reader.age(waiting.since, ""))
            @if waiting.messages > 1 {
                " " span aria-hidden="true" { (say.number(waiting.messages)) "×" }
                span.visually-hidden { ", " (say.clocks_wrote_again(waiting.messages)) }
            }
        }
    }
}

/// Until when a conversation is put off.
fn snooze_mark(snoozed: Snoozed, reader: &Reader) -> Markup {
    html! {
        span.row-mark.waiting {
            (icon(Icon::Clock))
            @match snoozed.until { Some(at) => (reader.moment(at)), None => (reader.words.snooze_until_reply()) }
        }
    }
}

fn nothing(slug: &str, reader: &Reader) -> Markup {
    let say = reader.words;
    let all = || Some(html! { a.link href="/inbox/open" { (say.list_all_open()) } });
    match slug {
        "open" => empty(Icon::Resolve, say.list_nothing_open(), say.list_nothing_open_why(), None),
        "mine" => empty(
            Icon::User,
            say.list_nothing_mine(),
            say.list_nothing_mine_why(),
            Some(html! { a.link href="/inbox/unassigned" { (say.list_unassigned_conversations()) } }),
        ),
        "unassigned" => empty(Icon::Resolve, say.list_nothing_unassigned(), say.list_nothing_unassigned_why(), all()),
        "neglected" => empty(Icon::Resolve, say.list_nothing_neglected(), say.list_nothing_neglected_why(), all()),
        "mentions" => {
            empty(Icon::Bell, say.notifications_mentions_none(), say.notifications_mentions_none_about(), all())
        }
        "reviews" => empty(Icon::Edit, say.reviews_none(), say.reviews_none_about(), all()),
        "snoozed" => empty(Icon::Clock, reader.words.snooze_nothing(), reader.words.snooze_nothing_why(), all()),
        "resolved" => empty(Icon::Archive, say.list_nothing_resolved(), say.list_nothing_resolved_why(), all()),
        slug if slug.starts_with("customer-") => {
            empty(Icon::User, say.list_nothing_of_customer(), say.list_nothing_of_customer_why(), all())
        }
        _ => empty(Icon::Inbox, say.list_nothing_here(), say.list_nothing_here_why(), all()),
    }
}
