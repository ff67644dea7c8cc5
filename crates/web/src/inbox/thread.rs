//! The open conversation: head with its properties, messages, the context beside it.

use maud::{Markup, html};
use words::Words;

use super::composer::{composer, macro_palette};
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
use crate::components::slots::{SLOTS, filled};
use crate::components::time::{Reader, duration_words};
use crate::components::{Icon, icon, small_icon};
use crate::customers::beside::sections;

/// The middle and the right of the page: the fragment that switching conversations fetches.
pub(crate) fn pane(thread: &Thread, choices: &Choices, screen: &Screen) -> Markup {
    let say = screen.reader.words;
    html! {
        div.pane id="pane" data-title={ (subject_words(say, &thread.subject)) " · Rapport" } {
            section.thread id="main" tabindex="-1" aria-label=(say.thread_conversation()) data-conversation=(thread.number) {
                (head(thread, choices, screen))
                (notices(say, thread))
                (crate::sides::pages::belongs_to(thread, &screen.reader))
                (crate::handoffs::pages::on_top(thread, &screen.reader))
                div.strip role="status" { p.presence id="presence" {} }
                div.messages id="messages" tabindex="0" role="log" aria-live="polite" aria-relevant="additions" aria-label=(say.thread_messages()) {
                    div.messages-all {
                        div.messages-inner id="message-list" { (messages(thread, &screen.reader)) }
                        (crate::reviews::pages::under(thread, &screen.reader))
                    }
                }
                (composer(thread, &screen.reader))
                (macro_palette(&screen.reader))
            }
            (context(thread, &screen.reader))
            (template(say, &screen.me.name))
        }
    }
}

/// What is shown when no conversation is open.
pub(crate) fn nothing_open(say: Words) -> Markup {
    html! {
        div.pane.alone id="pane" data-title={ (say.shortcuts_inbox()) " · Rapport" } {
            div.nothing-open id="main" tabindex="-1" {
                div.empty {
                    (icon(Icon::Inbox))
                    h2 { (say.thread_not_open()) }
                    p { (say.thread_choose_one()) }
                    dl.keys.needs-script {
                        dt { kbd { "j" } " " kbd { "k" } } dd { (say.thread_next_previous()) }
                        dt { kbd { "/" } } dd { (say.thread_search()) }
                        dt { kbd { "?" } } dd { (say.thread_all_shortcuts()) }
                    }
                }
            }
        }
    }
}

/// The pane when the conversation does not exist or is not for the viewer.
pub(crate) fn missing(say: Words) -> Markup {
    html! {
        div.pane.alone id="pane" data-title={ (say.thread_not_found()) " · Rapport" } {
            section.thread.nothing-open id="main" tabindex="-1" aria-label=(say.thread_conversation()) {
                div.empty {
                    (icon(Icon::Error))
                    h1 { (say.thread_none_such()) }
                    p { (say.thread_none_such_why()) }
                    a.link href="/inbox/open" { (say.common_back_to_inbox()) }
                }
            }
        }
    }
}

/// The head of a thread, replaced piece by piece when something changes.
pub(crate) fn head(thread: &Thread, choices: &Choices, screen: &Screen) -> Markup {
    let (me, reader, say) = (&screen.me, &screen.reader, screen.reader.words);
    html! {
        header.thread-head {
            div.thread-title {
                a.icon-button.back href={ "/inbox/" (thread.slug) } aria-label=(say.thread_back_to_list()) { (icon(Icon::Back)) }
                (title(say, thread))
                (state(thread, reader))
                button.icon-button.needs-script type="button" data-does="context" aria-label=(say.thread_customer_pane()) title=(say.thread_customer_pane_key()) aria-keyshortcuts="]" { (icon(Icon::PanelContext)) }
            }
            div.thread-actions {
                (assignee(say, thread, choices, me))
                (team(say, thread, choices))
                (priority(say, thread))
                (tags(say, thread, choices))
                div.end {
                    (marks(thread, reader))
                    // Nobody waits in a side conversation: it is neither put off nor settled.
                    @if thread.parent.is_none() {
                        (snooze(thread, reader))
                        (resolution(say, thread))
                    }
                }
            }
        }
    }
}

/// What the writer of an answer should know first.
pub(crate) fn notices(say: Words, thread: &Thread) -> Markup {
    html! {
        div.notices id="part-notices" {
            @if thread.sample {
                div.notice.sample {
                    (icon(Icon::Info))
                    p { (say.welcome_sample_about()) }
                    form method="post" action={ "/c/" (thread.number) "/sample/deletion" } { button.button type="submit" { (icon(Icon::Trash)) (say.welcome_sample_delete()) } }
                }
            }
            @if let Some((from, number)) = &thread.unverified {
                div.notice.warn {
                    (icon(Icon::Warning))
                    p {
                        (say.mail_unverified(from, number.to_string())) " "
                        a.link href={ "/c/" (number) } { "#" (number) }
                    }
                    form method="post" action={ "/c/" (thread.number) "/merge" } {
                        input type="hidden" name="number" value=(number);
                        button.button type="submit" data-does="merge-there" aria-keyshortcuts="Shift+V" { (say.mail_merge_into(number.to_string())) (button::key("V")) }
                    }
                }
            }
            @if let Some((address, reason)) = &thread.undeliverable {
                div.notice.bad {
                    (icon(Icon::Error))
                    p { (say.thread_came_back(address, reason)) }
                    form method="post" action="/undeliverable/allow" {
                        input type="hidden" name="address" value=(address);
                        input type="hidden" name="back" value={ "/c/" (thread.number) };
                        button.button type="submit" { (say.common_allow_again()) }
                    }
                }
            }
            @if let Some((message, subject)) = &thread.new_topic {
                div.notice {
                    (icon(Icon::Info))
                    p { (filled(&say.thread_another_subject(SLOTS[0]), &[html! { span dir="auto" { (subject) } }])) }
                    form method="post" action={ "/messages/" (message) "/split" } { button.button type="submit" { (icon(Icon::Split)) (say.thread_split_it_off()) } }
                }
            }
        }
    }
}

/// The subject, which can be changed.
pub(crate) fn title(say: Words, thread: &Thread) -> Markup {
    html! {
        div.title-group id="part-title" {
            h1 dir="auto" { (subject_words(say, &thread.subject)) }
            button.icon-button.tight type="button" popovertarget="rename-menu" aria-label=(say.thread_change_subject()) { (small_icon(Icon::Edit)) }
            (menu("rename-menu", say.thread_change_subject(), Place::End, html! {
                form.menu-form method="post" action={ "/c/" (thread.number) "/subject" } data-action="rename" {
                    (origin(thread))
                    label.label for="subject" { (say.thread_subject()) }
                    input.input id="subject" name="subject" value=(thread.subject) autocomplete="off" autofocus maxlength="500";
                    (button::primary(say.thread_rename()))
                }
            }))
        }
    }
}

/// Open or resolved, the number, the channel.
pub(crate) fn state(thread: &Thread, reader: &Reader) -> Markup {
    let say = reader.words;
    html! {
        div.meta id="part-state" {
            @if thread.parent.is_some() { (pill(say.sides_one(), Tone::Quiet)) }
            @else if thread.resolved { (pill(say.common_resolved(), Tone::Ok)) }
            @else if let Some(until) = state_words(thread, reader) { span title=(until) { (pill(reader.words.snooze_snoozed(), Tone::Quiet)) } span.muted.snoozed-until { (until) } }
            @else { (pill(say.common_open(), Tone::Accent)) }
            span.number { "#" (thread.number) } span.muted { (say.thread_by_email()) }
        }
    }
}

/// Who has it: a menu of agents.
pub(crate) fn assignee(say: Words, thread: &Thread, choices: &Choices, me: &Me) -> Markup {
    let chosen = thread.assignee.as_ref();
    let is = |id: &str| chosen.is_some_and(|agent| agent.id == id);
    html! {
        div id="part-assignee" {
            button.button.quiet type="button" popovertarget="assign-menu" data-does="assign" title=(say.thread_assign_key()) aria-keyshortcuts="a"
                aria-label=(say.thread_assign_now(chosen.map_or(say.thread_assigned_nobody(), |agent| agent.name.as_str()))) {
                @match chosen {
                    Some(agent) => { (avatar(&agent.name, Size::Tiny)) span.cut { (agent.name) } },
                    None => { (icon(Icon::Assign)) span.unset { (say.thread_assign()) } },
                }
            }
            (menu("assign-menu", say.thread_assign_to(), Place::Start, html! {
                form method="post" action={ "/c/" (thread.number) "/assignment" } data-action="assign" data-undo-name="agent" data-undo-value=(chosen.map_or("", |agent| agent.id.as_str())) {
                    (origin(thread))
                    p.menu-head { (say.thread_assign_to()) }
                    button.menu-item type="submit" name="agent" value=(me.id) data-does="assign-me" aria-keyshortcuts="i" aria-current=[is(&me.id).then_some("true")] {
                        (avatar(&me.name, Size::Tiny)) (say.thread_me()) (button::key("i"))
                    }
                    @for agent in choices.agents.iter().filter(|agent| agent.id != me.id) {
                        // What somebody has goes to a third person with a brief.
                        @if thread.needs_brief && !is(&agent.id) {
                            a.menu-item href={ "/c/" (thread.number) "/hand-off?to=agent-" (agent.id) } { (avatar(&agent.name, Size::Tiny)) (agent.name) span.check { (small_icon(Icon::HandOver)) } }
                        } @else {
                            (submit_item("agent", &agent.id, html! { (avatar(&agent.name, Size::Tiny)) (agent.name) }, is(&agent.id)))
                        }
                    }
                    hr;
                    (submit_item("agent", "", html! { (icon(Icon::Close)) (say.common_nobody()) }, chosen.is_none()))
                }
            }))
        }
    }
}

/// Which team has it.
pub(crate) fn team(say: Words, thread: &Thread, choices: &Choices) -> Markup {
    let chosen = thread.team.as_ref();
    let is = |team: &Named| chosen.is_some_and(|chosen| chosen.id == team.id);
    html! {
        div id="part-team" {
            @if !choices.teams.is_empty() {
                button.button.quiet type="button" popovertarget="team-menu" data-does="team" title=(say.thread_team_key()) aria-keyshortcuts="t"
                    aria-label=(say.thread_team_now(chosen.map_or(say.thread_team_none(), |team| team.name.as_str()))) {
                    (icon(Icon::Users)) span.cut.unset[chosen.is_none()] { (chosen.map_or(say.thread_team(), |team| team.name.as_str())) }
                }
                (menu("team-menu", say.thread_team(), Place::Start, html! {
                    form method="post" action={ "/c/" (thread.number) "/team" } data-action="team" data-undo-name="team" data-undo-value=(chosen.map_or("", |team| team.id.as_str())) {
                        (origin(thread))
                        p.menu-head { (say.thread_team()) }
                        @for team in &choices.teams { (submit_item("team", &team.id, html! { (icon(Icon::Users)) (team.name) }, is(team))) }
                        hr;
                        (submit_item("team", "", html! { (icon(Icon::Close)) (say.thread_no_team()) }, chosen.is_none()))
                    }
                }))
            }
        }
    }
}

/// How urgent it is.
pub(crate) fn priority(say: Words, thread: &Thread) -> Markup {
    html! {
        div id="part-priority" {
            button.button.quiet type="button" popovertarget="priority-menu" data-does="priority" title=(say.thread_priority_key()) aria-keyshortcuts="p" aria-label=(say.thread_priority_now(thread.urgency.words(say))) {
                (icon(Icon::Flag)) span.unset[thread.urgency == Urgency::Normal] { (thread.urgency.words(say)) }
            }
            (menu("priority-menu", say.thread_priority(), Place::Start, html! {
                form method="post" action={ "/c/" (thread.number) "/priority" } data-action="priority" data-undo-name="priority" data-undo-value=(thread.urgency.value()) {
                    (origin(thread))
                    p.menu-head { (say.thread_priority()) }
                    @for urgency in Urgency::ALL {
                        (submit_item("priority", urgency.value(), html! { (icon(Icon::Flag)) (urgency.words(say)) }, urgency == thread.urgency))
                    }
                }
            }))
        }
    }
}

/// The tags as the button shows them.
fn tags_words(say: Words, tags: &[String]) -> String {
    match tags {
        [] => say.thread_tags_none().to_owned(),
        [first @ .., _] if tags.len() > 3 => {
            format!("{} +{}", first.iter().take(3).cloned().collect::<Vec<_>>().join(" "), tags.len() - 3)
        }
        tags => tags.join(" "),
    }
}

/// Its tags, and the menu that changes them.
pub(crate) fn tags(say: Words, thread: &Thread, choices: &Choices) -> Markup {
    html! {
        div id="part-tags" {
            button.button.quiet type="button" popovertarget="tag-menu" data-does="tag" title=(say.thread_tags_key()) aria-keyshortcuts="l"
                aria-label=(say.thread_tags_now(tags_words(say, &thread.tags))) {
                @if thread.tags.is_empty() { (icon(Icon::Tag)) span.unset { (say.thread_tags()) } }
                @for name in thread.tags.iter().take(3) { (tag(name)) " " }
                @if thread.tags.len() > 3 { span.tag { "+" (thread.tags.len() - 3) } }
            }
            (menu("tag-menu", say.thread_tags(), Place::Start, html! {
                @if !thread.tags.is_empty() {
                    form.menu-chips method="post" action={ "/c/" (thread.number) "/tags/remove" } data-action="untag" {
                        (origin(thread))
                        @for name in &thread.tags {
                            button.chip type="submit" name="tag" value=(name) aria-label=(say.thread_remove_tag(name)) { (name) (small_icon(Icon::Close)) }
                        }
                    }
                }
                form.menu-form method="post" action={ "/c/" (thread.number) "/tags" } data-action="tag" {
                    (origin(thread))
                    label.label for="tag" { (say.thread_add_tag()) }
                    input.input id="tag" name="tag" list="tag-list" autocomplete="off" autofocus required maxlength="60";
                    datalist id="tag-list" { @for name in &choices.tags { option value=(name) {} } }
                    (button::primary(say.common_add()))
                }
            }))
        }
    }
}

/// The button that resolves or reopens, and the menu of the rest.
pub(crate) fn resolution(say: Words, thread: &Thread) -> Markup {
    let (action, value, undo) =
        if thread.resolved { ("reopen", "open", "resolved") } else { ("resolve", "resolved", "open") };
    html! {
        div.resolution id="part-resolution" {
            button.icon-button type="button" popovertarget="more-menu" data-does="merge" aria-label=(say.thread_merge_or_split()) title=(say.thread_merge_or_split_key()) aria-keyshortcuts="v" { (icon(Icon::More)) }
            (menu("more-menu", say.thread_merge_or_split(), Place::End, html! {
                form.menu-form method="post" action={ "/c/" (thread.number) "/merge" } {
                    label.label for="merge-into" { (say.thread_merge_into()) }
                    input.input id="merge-into" name="number" inputmode="numeric" placeholder=(say.common_number()) autocomplete="off" required autofocus list="merge-choices";
                    datalist id="merge-choices" { @for other in &thread.others { option value=(other.number) { (subject_words(say, &other.subject)) } } }
                    (button::primary(say.thread_merge()))
                }
                @if thread.parent.is_none() {
                    hr;
                    a.menu-item href={ "/c/" (thread.number) "/problem" } data-does="problem" aria-keyshortcuts="b" { (icon(Icon::Problem)) (say.problems_part_of()) (button::key("b")) }
                }
                @if let Some(message) = &thread.last_topic {
                    hr;
                    form method="post" action={ "/messages/" (message) "/split" } {
                        button.menu-item type="submit" data-does="split" aria-keyshortcuts="Shift+X" { (icon(Icon::Split)) (say.thread_split_last()) (button::key("X")) }
                    }
                }
            }))
            a.icon-button href={ "/c/" (thread.number) "/hand-off" } data-does="hand-over" aria-label=(say.handoffs_to_others()) title=(say.handoffs_to_others()) aria-keyshortcuts="Shift+A" { (icon(Icon::HandOver)) }
            form method="post" action={ "/c/" (thread.number) "/unread" } data-action="unread" {
                (origin(thread))
                button.icon-button type="submit" data-does="unread" aria-label=(say.thread_mark_unread()) title=(say.thread_mark_unread_key()) aria-keyshortcuts="u" { (icon(Icon::Unread)) }
            }
            form method="post" action={ "/c/" (thread.number) "/status" } data-action=(action) data-undo-name="status" data-undo-value=(undo) {
                (origin(thread))
                @if thread.resolved {
                    button.button type="submit" name="status" value=(value) data-does="reopen" aria-keyshortcuts="Shift+E" { (icon(Icon::Reopen)) (say.thread_reopen()) (button::key("E")) }
                } @else {
                    button.button type="submit" name="status" value=(value) data-does="resolve" aria-keyshortcuts="e" { (icon(Icon::Check)) (say.thread_resolve()) (button::key("e")) }
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
    let say = reader.words;
    html! {
        @if let Some(older) = &thread.older { a.button.quiet.older href=(older) data-older { (say.thread_show_earlier()) } }
        @for (index, one) in thread.entries.iter().enumerate() {
            @let before = index.checked_sub(1).and_then(|index| thread.entries.get(index));
            @if !before.is_some_and(|before: &Entry| reader.same_day(before.at(), one.at())) { div.day { (reader.day(one.at())) } }
            @if thread.first_unread.as_deref() == Some(one.id()) { div.day.first-unread id="first-unread" { (say.thread_new()) } }
            (entry(one, reader))
        }
    }
}

/// The customer and what belongs to them.
pub(crate) fn context(thread: &Thread, reader: &Reader) -> Markup {
    let say = reader.words;
    html! {
        section.context id="context" aria-label=(say.thread_customer()) tabindex="-1" {
            button.icon-button.close-context.needs-script type="button" data-does="context" aria-label=(say.thread_close_customer_pane()) { (icon(Icon::Close)) }
            div.card {
                (avatar(&thread.customer, Size::Large))
                h2 dir="auto" { (thread.customer) }
                @if thread.address != thread.customer { p { (thread.address) } }
            }
            (sections(&thread.beside, reader))
            (crate::clocks::beside::beside(thread, reader))
            (facts(thread, reader))
            (crate::sides::pages::beside(thread, reader))
            (crate::procedures::beside::beside(thread, reader))
            (crate::problems::choosing::beside(thread, reader))
            (crate::rules::why::beside(thread, reader))
            (fields(thread, reader))
            (links(thread, reader))
            @if !thread.others.is_empty() {
                section.section {
                    h3 { (say.thread_other_conversations()) }
                    ul.others {
                        @for other in &thread.others {
                            li { a href={ "/c/" (other.number) } { span.cut dir="auto" { (subject_words(say, &other.subject)) } span.state { @if other.resolved { (say.common_resolved()) } @else { (say.common_open()) } } } }
                        }
                    }
                }
            }
        }
    }
}

/// What is known of the conversation.
pub(crate) fn facts(thread: &Thread, reader: &Reader) -> Markup {
    let say = reader.words;
    html! {
        section.section id="part-facts" {
            h3 { (say.thread_conversation()) }
            dl.facts {
                dt { (say.thread_started()) } dd { (reader.moment(thread.started)) }
                @if let Some(waiting) = thread.waiting {
                    dt { (say.thread_waiting()) } dd { (pill(&duration_words(say, waiting.seconds(reader.now)), waiting.tone(reader.now))) }
                }
                dt { (say.thread_assigned_to()) } dd { (thread.assignee.as_ref().map_or(say.common_nobody(), |agent| agent.name.as_str())) }
                @if let Some(team) = &thread.team { dt { (say.thread_team()) } dd { (team.name) } }
            }
            a.link href={ "/c/" (thread.number) "/holders" } { (reader.words.handoffs_held()) }
        }
    }
}
