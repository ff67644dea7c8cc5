//! The open conversation: head with its properties, messages, the context beside it.

use maud::{Markup, html};

use super::composer::composer;
use super::list::subject_words;
use super::message::{entry, template};
use super::relations::{links, marks};
use super::shapes::{Choices, Entry, Named, Thread, Urgency};
use super::snooze::{snooze, state_words};
use super::typed::fields;
use crate::components::avatar::{Size, avatar};
use crate::components::button;
use crate::components::menu::{Place, menu, submit_item};
use crate::components::page::{Me, Screen};
use crate::components::pill::{Tone, pill, tag};
use crate::components::time::{Reader, duration_words};
use crate::components::{Icon, icon, small_icon};

/// The middle and the right of the page: the fragment that switching conversations fetches.
pub(crate) fn pane(thread: &Thread, choices: &Choices, screen: &Screen) -> Markup {
    html! {
        div.pane id="pane" data-title={ (subject_words(&thread.subject)) " · Rapport" } {
            section.thread id="main" tabindex="-1" aria-label="Conversation" data-conversation=(thread.number) {
                (head(thread, choices, screen))
                (notices(thread))
                div.strip role="status" { p.presence id="presence" {} }
                div.messages id="messages" tabindex="0" role="log" aria-live="polite" aria-relevant="additions" aria-label="Messages" {
                    div.messages-inner id="message-list" { (messages(thread, &screen.reader)) }
                }
                (composer(thread, &screen.reader))
            }
            (context(thread, &screen.reader))
            (template(&screen.me.name))
        }
    }
}

/// What is shown when no conversation is open.
pub(crate) fn nothing_open() -> Markup {
    html! {
        div.pane.alone id="pane" data-title="Inbox · Rapport" {
            div.nothing-open id="main" tabindex="-1" {
                div.empty {
                    (icon(Icon::Inbox))
                    h2 { "No conversation open" }
                    p { "Choose one from the list, or use the keyboard." }
                    dl.keys.needs-script {
                        dt { kbd { "j" } " " kbd { "k" } } dd { "next, previous" }
                        dt { kbd { "/" } } dd { "search" }
                        dt { kbd { "?" } } dd { "all shortcuts" }
                    }
                }
            }
        }
    }
}

/// The pane when the conversation does not exist or is not for the viewer.
pub(crate) fn missing() -> Markup {
    html! {
        div.pane.alone id="pane" data-title="Not found · Rapport" {
            section.thread.nothing-open id="main" tabindex="-1" aria-label="Conversation" {
                div.empty {
                    (icon(Icon::Error))
                    h1 { "There is no such conversation" }
                    p { "It may have been deleted, or the number may be wrong." }
                    a.link href="/inbox/open" { "Back to the inbox" }
                }
            }
        }
    }
}

/// The head of a thread, replaced piece by piece when something changes.
pub(crate) fn head(thread: &Thread, choices: &Choices, screen: &Screen) -> Markup {
    let (me, reader) = (&screen.me, &screen.reader);
    html! {
        header.thread-head {
            div.thread-title {
                a.icon-button.back href={ "/inbox/" (thread.slug) } aria-label="Back to the list" { (icon(Icon::Back)) }
                (title(thread))
                (state(thread, reader))
                button.icon-button.needs-script type="button" data-does="context" aria-label="Customer pane" title="Customer pane (])" aria-keyshortcuts="]" { (icon(Icon::PanelContext)) }
            }
            div.thread-actions {
                (assignee(thread, choices, me))
                (team(thread, choices))
                (priority(thread))
                (tags(thread, choices))
                div.end {
                    (marks(thread, reader))
                    (snooze(thread, reader))
                    (resolution(thread))
                }
            }
        }
    }
}

/// What the writer of an answer should know first.
pub(crate) fn notices(thread: &Thread) -> Markup {
    html! {
        div.notices id="part-notices" {
            @if let Some((address, reason)) = &thread.undeliverable {
                div.notice.bad {
                    (icon(Icon::Error))
                    p { "Mail to " (address) " came back: it " (reason) ". Nothing is sent there until it is allowed again." }
                    form method="post" action="/undeliverable/allow" {
                        input type="hidden" name="address" value=(address);
                        input type="hidden" name="back" value={ "/c/" (thread.number) };
                        button.button type="submit" { "Allow again" }
                    }
                }
            }
            @if let Some((message, subject)) = &thread.new_topic {
                div.notice {
                    (icon(Icon::Info))
                    p { "The last message has another subject: “" span dir="auto" { (subject) } "”." }
                    form method="post" action={ "/messages/" (message) "/split" } { button.button type="submit" { (icon(Icon::Split)) "Split it off" } }
                }
            }
        }
    }
}

/// The subject, which can be changed.
pub(crate) fn title(thread: &Thread) -> Markup {
    html! {
        div.title-group id="part-title" {
            h1 dir="auto" { (subject_words(&thread.subject)) }
            button.icon-button.tight type="button" popovertarget="rename-menu" aria-label="Change the subject" { (small_icon(Icon::Edit)) }
            (menu("rename-menu", "Change the subject", Place::End, html! {
                form.menu-form method="post" action={ "/c/" (thread.number) "/subject" } data-action="rename" {
                    (origin(thread))
                    label.label for="subject" { "Subject" }
                    input.input id="subject" name="subject" value=(thread.subject) autocomplete="off" autofocus maxlength="500";
                    (button::primary("Rename"))
                }
            }))
        }
    }
}

/// Open or resolved, the number, the channel.
pub(crate) fn state(thread: &Thread, reader: &Reader) -> Markup {
    html! {
        div.meta id="part-state" {
            @if thread.resolved { (pill("Resolved", Tone::Ok)) }
            @else if let Some(until) = state_words(thread, reader) { span title=(until) { (pill(reader.words.snooze_snoozed(), Tone::Quiet)) } span.muted.snoozed-until { (until) } }
            @else { (pill("Open", Tone::Accent)) }
            span.number { "#" (thread.number) } span.muted { "e-mail" }
        }
    }
}

/// Who has it: a menu of agents.
pub(crate) fn assignee(thread: &Thread, choices: &Choices, me: &Me) -> Markup {
    let chosen = thread.assignee.as_ref();
    let is = |id: &str| chosen.is_some_and(|agent| agent.id == id);
    html! {
        div id="part-assignee" {
            button.button.quiet type="button" popovertarget="assign-menu" data-does="assign" title="Assign (a)" aria-keyshortcuts="a"
                aria-label={ "Assign, now " (chosen.map_or("nobody", |agent| agent.name.as_str())) } {
                @match chosen {
                    Some(agent) => { (avatar(&agent.name, Size::Tiny)) span.cut { (agent.name) } },
                    None => { (icon(Icon::Assign)) span.unset { "Assign" } },
                }
            }
            (menu("assign-menu", "Assign to", Place::Start, html! {
                form method="post" action={ "/c/" (thread.number) "/assignment" } data-action="assign" data-undo-name="agent" data-undo-value=(chosen.map_or("", |agent| agent.id.as_str())) {
                    (origin(thread))
                    p.menu-head { "Assign to" }
                    button.menu-item type="submit" name="agent" value=(me.id) data-does="assign-me" aria-keyshortcuts="i" aria-current=[is(&me.id).then_some("true")] {
                        (avatar(&me.name, Size::Tiny)) "Me" (button::key("i"))
                    }
                    @for agent in choices.agents.iter().filter(|agent| agent.id != me.id) {
                        (submit_item("agent", &agent.id, html! { (avatar(&agent.name, Size::Tiny)) (agent.name) }, is(&agent.id)))
                    }
                    hr;
                    (submit_item("agent", "", html! { (icon(Icon::Close)) "Nobody" }, chosen.is_none()))
                }
            }))
        }
    }
}

/// Which team has it.
pub(crate) fn team(thread: &Thread, choices: &Choices) -> Markup {
    let chosen = thread.team.as_ref();
    let is = |team: &Named| chosen.is_some_and(|chosen| chosen.id == team.id);
    html! {
        div id="part-team" {
            @if !choices.teams.is_empty() {
                button.button.quiet type="button" popovertarget="team-menu" data-does="team" title="Team (t)" aria-keyshortcuts="t"
                    aria-label={ "Team, now " (chosen.map_or("none", |team| team.name.as_str())) } {
                    (icon(Icon::Users)) span.cut.unset[chosen.is_none()] { (chosen.map_or("Team", |team| team.name.as_str())) }
                }
                (menu("team-menu", "Team", Place::Start, html! {
                    form method="post" action={ "/c/" (thread.number) "/team" } data-action="team" data-undo-name="team" data-undo-value=(chosen.map_or("", |team| team.id.as_str())) {
                        (origin(thread))
                        p.menu-head { "Team" }
                        @for team in &choices.teams { (submit_item("team", &team.id, html! { (icon(Icon::Users)) (team.name) }, is(team))) }
                        hr;
                        (submit_item("team", "", html! { (icon(Icon::Close)) "No team" }, chosen.is_none()))
                    }
                }))
            }
        }
    }
}

/// How urgent it is.
pub(crate) fn priority(thread: &Thread) -> Markup {
    html! {
        div id="part-priority" {
            button.button.quiet type="button" popovertarget="priority-menu" data-does="priority" title="Priority (p)" aria-keyshortcuts="p" aria-label={ "Priority, now " (thread.urgency.words()) } {
                (icon(Icon::Flag)) span.unset[thread.urgency == Urgency::Normal] { (thread.urgency.words()) }
            }
            (menu("priority-menu", "Priority", Place::Start, html! {
                form method="post" action={ "/c/" (thread.number) "/priority" } data-action="priority" data-undo-name="priority" data-undo-value=(thread.urgency.value()) {
                    (origin(thread))
                    p.menu-head { "Priority" }
                    @for urgency in Urgency::ALL {
                        (submit_item("priority", urgency.value(), html! { (icon(Icon::Flag)) (urgency.words()) }, urgency == thread.urgency))
                    }
                }
            }))
        }
    }
}

/// The tags as the button shows them.
fn tags_words(tags: &[String]) -> String {
    match tags {
        [] => "none".to_owned(),
        [first @ .., _] if tags.len() > 3 => {
            format!("{} +{}", first.iter().take(3).cloned().collect::<Vec<_>>().join(" "), tags.len() - 3)
        }
        tags => tags.join(" "),
    }
}

/// Its tags, and the menu that changes them.
pub(crate) fn tags(thread: &Thread, choices: &Choices) -> Markup {
    html! {
        div id="part-tags" {
            button.button.quiet type="button" popovertarget="tag-menu" data-does="tag" title="Tags (l)" aria-keyshortcuts="l"
                aria-label={ "Tags, now " (tags_words(&thread.tags)) } {
                @if thread.tags.is_empty() { (icon(Icon::Tag)) span.unset { "Tags" } }
                @for name in thread.tags.iter().take(3) { (tag(name)) " " }
                @if thread.tags.len() > 3 { span.tag { "+" (thread.tags.len() - 3) } }
            }
            (menu("tag-menu", "Tags", Place::Start, html! {
                @if !thread.tags.is_empty() {
                    form.menu-chips method="post" action={ "/c/" (thread.number) "/tags/remove" } data-action="untag" {
                        (origin(thread))
                        @for name in &thread.tags {
                            button.chip type="submit" name="tag" value=(name) aria-label={ "Remove the tag " (name) } { (name) (small_icon(Icon::Close)) }
                        }
                    }
                }
                form.menu-form method="post" action={ "/c/" (thread.number) "/tags" } data-action="tag" {
                    (origin(thread))
                    label.label for="tag" { "Add a tag" }
                    input.input id="tag" name="tag" list="tag-list" autocomplete="off" autofocus required maxlength="60";
                    datalist id="tag-list" { @for name in &choices.tags { option value=(name) {} } }
                    (button::primary("Add"))
                }
            }))
        }
    }
}

/// The button that resolves or reopens, and the menu of the rest.
pub(crate) fn resolution(thread: &Thread) -> Markup {
    let (value, undo) = if thread.resolved { ("open", "resolved") } else { ("resolved", "open") };
    html! {
        div.resolution id="part-resolution" {
            button.icon-button type="button" popovertarget="more-menu" data-does="merge" aria-label="Merge or split" title="Merge or split (v)" aria-keyshortcuts="v" { (icon(Icon::More)) }
            (menu("more-menu", "Merge or split", Place::End, html! {
                form.menu-form method="post" action={ "/c/" (thread.number) "/merge" } {
                    label.label for="merge-into" { "Merge into conversation" }
                    input.input id="merge-into" name="number" inputmode="numeric" placeholder="Number" autocomplete="off" required autofocus list="merge-choices";
                    datalist id="merge-choices" { @for other in &thread.others { option value=(other.number) { (subject_words(&other.subject)) } } }
                    (button::primary("Merge"))
                }
                @if let Some(message) = &thread.last_topic {
                    hr;
                    form method="post" action={ "/messages/" (message) "/split" } {
                        button.menu-item type="submit" data-does="split" aria-keyshortcuts="Shift+X" { (icon(Icon::Split)) "Split off the last message" (button::key("X")) }
                    }
                }
            }))
            form method="post" action={ "/c/" (thread.number) "/unread" } data-action="unread" {
                (origin(thread))
                button.icon-button type="submit" data-does="unread" aria-label="Mark as unread" title="Mark as unread (u)" aria-keyshortcuts="u" { (icon(Icon::Unread)) }
            }
            form method="post" action={ "/c/" (thread.number) "/status" } data-action=(if thread.resolved { "reopen" } else { "resolve" }) data-undo-name="status" data-undo-value=(undo) {
                (origin(thread))
                @if thread.resolved {
                    button.button type="submit" name="status" value=(value) data-does="reopen" aria-keyshortcuts="Shift+E" { (icon(Icon::Reopen)) "Reopen" (button::key("E")) }
                } @else {
                    button.button type="submit" name="status" value=(value) data-does="resolve" aria-keyshortcuts="e" { (icon(Icon::Check)) "Resolve" (button::key("e")) }
                }
            }
        }
    }
}

/// The hidden value that leads back to the list the conversation was opened from.
pub(crate) fn origin(thread: &Thread) -> Markup {
    html! { input type="hidden" name="in" value=(thread.slug); }
}

/// All that was said and what happened, with a line at every new day.
pub(crate) fn messages(thread: &Thread, reader: &Reader) -> Markup {
    html! {
        @if let Some(older) = &thread.older { a.button.quiet.older href=(older) data-older { "Show earlier messages" } }
        @for (index, one) in thread.entries.iter().enumerate() {
            @let before = index.checked_sub(1).and_then(|index| thread.entries.get(index));
            @if !before.is_some_and(|before: &Entry| reader.same_day(before.at(), one.at())) { div.day { (reader.day(one.at())) } }
            @if thread.first_unread.as_deref() == Some(one.id()) { div.day.first-unread id="first-unread" { "New" } }
            (entry(one, reader))
        }
    }
}

/// The customer and what belongs to them.
pub(crate) fn context(thread: &Thread, reader: &Reader) -> Markup {
    html! {
        section.context id="context" aria-label="Customer" tabindex="-1" {
            button.icon-button.close-context.needs-script type="button" data-does="context" aria-label="Close the customer pane" { (icon(Icon::Close)) }
            div.card {
                (avatar(&thread.customer, Size::Large))
                h2 dir="auto" { (thread.customer) }
                @if thread.address != thread.customer { p { (thread.address) } }
            }
            (facts(thread, reader))
            (fields(thread, reader))
            (links(thread, reader))
            @if !thread.others.is_empty() {
                section.section {
                    h3 { "Other conversations" }
                    ul.others {
                        @for other in &thread.others {
                            li { a href={ "/c/" (other.number) } { span.cut dir="auto" { (subject_words(&other.subject)) } span.state { @if other.resolved { "Resolved" } @else { "Open" } } } }
                        }
                    }
                }
            }
        }
    }
}

/// What is known of the conversation.
pub(crate) fn facts(thread: &Thread, reader: &Reader) -> Markup {
    html! {
        section.section id="part-facts" {
            h3 { "Conversation" }
            dl.facts {
                dt { "Started" } dd { (reader.moment(thread.started)) }
                @if let Some(waiting) = thread.waiting {
                    dt { "Waiting" } dd { (pill(&duration_words(waiting.seconds(reader.now)), waiting.tone(reader.now))) }
                }
                dt { "Assigned to" } dd { (thread.assignee.as_ref().map_or("Nobody", |agent| agent.name.as_str())) }
                @if let Some(team) = &thread.team { dt { "Team" } dd { (team.name) } }
            }
        }
    }
}
