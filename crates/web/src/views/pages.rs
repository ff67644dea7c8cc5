//! The list of views, and the page on which one is put together.

use maud::{Markup, html};

use super::form::{Known, Line, Mode, Node, SUBJECTS, wants_unit, wants_value, ways};
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{notice, select};
use crate::components::page::{Area, Screen, desk};
use crate::components::time::Reader;
use crate::components::{Icon, icon, small_icon};
use crate::inbox::list::subject_words;
use crate::inbox::shapes::{Choices, Named, Row};
use desk::conversations::views::DEEPEST;
use desk::conversations::{Priority, Status};
use desk::fields::FieldKind;

/// Who and what can be chosen in conditions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Offered {
    /// Agents, teams.
    pub(crate) choices: Choices,
    /// Tags with their ids.
    pub(crate) tags: Vec<Named>,
    /// Problems with their ids.
    pub(crate) problems: Vec<Named>,
    /// Mailboxes.
    pub(crate) mailboxes: Vec<Named>,
    /// Types of conversations.
    pub(crate) types: Vec<Named>,
    /// The desk's fields.
    pub(crate) known: Known,
}

/// A view as it is put together.
#[derive(Clone, Debug)]
pub(crate) struct Edited {
    /// Its id; none for a new one.
    pub(crate) id: Option<String>,
    /// Its name.
    pub(crate) name: String,
    /// `me`, `everyone`, or a team's id.
    pub(crate) audience: String,
    /// Its order: `activity`, `created`, `risk`, `priority`.
    pub(crate) order: String,
    /// What its rows show.
    pub(crate) details: Vec<String>,
    /// Its conditions.
    pub(crate) tree: Node,
    /// What is wrong with it.
    pub(crate) wrong: Option<String>,
    /// What is wrong with its name.
    pub(crate) wrong_name: Option<String>,
}

/// What would be in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Preview {
    /// How many, in words.
    pub(crate) count: String,
    /// The first of them.
    pub(crate) rows: Vec<Row>,
    /// Some conditions are not filled in yet.
    pub(crate) incomplete: bool,
}

/// The orders, in the order of the menu.
pub(crate) fn orders(reader: &Reader) -> Vec<(String, String)> {
    let words = &reader.words;
    [
        ("activity", words.views_by_activity()),
        ("created", words.views_by_created()),
        ("risk", words.views_by_risk()),
        ("priority", words.views_by_priority()),
    ]
    .map(|(value, label)| (value.to_owned(), label.to_owned()))
    .to_vec()
}

/// What rows can show, with its words.
fn details(reader: &Reader, known: &Known) -> Vec<(String, String)> {
    let words = &reader.words;
    let plain = [
        ("preview", words.views_detail_preview()),
        ("tags", words.views_tag()),
        ("assignee", words.views_assignee()),
        ("team", words.views_team()),
        ("number", words.views_detail_number()),
        ("created", words.views_created()),
    ];
    let plain = plain.map(|(value, label)| (value.to_owned(), label.to_owned()));
    let fields = known.fields.iter().map(|field| (format!("field-{}", field.id), field.name.clone()));
    plain.into_iter().chain(fields).collect()
}

/// The page.
pub(crate) fn edit(screen: &Screen, edited: &Edited, offered: &Offered, preview: &Preview) -> Markup {
    let reader = &screen.reader;
    let words = &reader.words;
    let title = if edited.id.is_some() { words.views_edit() } else { words.views_new() };
    let action = edited.id.as_ref().map_or_else(|| "/views/new".to_owned(), |id| format!("/views/{id}"));
    let audiences: Vec<(String, String)> = [("me", words.views_for_me()), ("everyone", words.views_for_everyone())]
        .into_iter()
        .map(|(value, label)| (value.to_owned(), label.to_owned()))
        .chain(offered.choices.teams.iter().map(|team| (team.id.clone(), words.views_for_team(&team.name))))
        .collect();
    desk(
        screen,
        title,
        Area::Inbox,
        html! {
            main.desk-page id="main" tabindex="-1" {
                div.sheet.view-sheet {
                    a.crumb href="/views" { (small_icon(Icon::Back)) (words.views_views()) }
                    h1 { (title) }
                    form id="view-form" method="post" action=(action) {
                        // Enter in a field looks ahead; it does not save half a view.
                        button.visually-hidden type="submit" name="do" value="preview" tabindex="-1" aria-hidden="true" { (words.views_preview()) }
                        div.panel {
                            div.panel-body {
                                @if let Some(wrong) = &edited.wrong { (notice(Icon::Error, "bad", wrong)) }
                                div.view-head {
                                    div.field {
                                        label for="name" { (words.views_name()) }
                                        input.input id="name" name="name" value=(edited.name) maxlength="60" autocomplete="off" autofocus[edited.id.is_none()]
                                            aria-invalid=[edited.wrong_name.as_ref().map(|_| "true")] aria-describedby=[edited.wrong_name.as_ref().map(|_| "name-wrong")];
                                        @if let Some(wrong) = &edited.wrong_name { p.wrong id="name-wrong" { (small_icon(Icon::Error)) (wrong) } }
                                    }
                                    (select("audience", words.views_audience(), &audiences, &edited.audience, ""))
                                    (select("order", words.views_order(), &orders(reader), &edited.order, ""))
                                }
                                (conditions(edited, offered, reader))
                                details.view-details {
                                    summary { (words.views_details()) }
                                    div.choices {
                                        @for (value, label) in details(reader, &offered.known) {
                                            label.choice { input type="checkbox" name="detail" value=(value) checked[edited.details.contains(&value)]; span dir="auto" { (label) } }
                                        }
                                    }
                                }
                            }
                            div.form-foot.panel-foot {
                                button.button.primary type="submit" name="do" value="save" { (words.common_save()) }
                                a.button href=(edited.id.as_ref().map_or_else(|| "/inbox/open".to_owned(), |id| format!("/inbox/view-{id}"))) { (words.common_cancel()) }
                                button.button.without-script type="submit" name="do" value="preview" { (words.views_preview()) }
                            }
                        }
                    }
                    (preview_part(preview, reader))
                    @if let Some(id) = &edited.id {
                        form method="post" action={ "/views/" (id) "/deletion" } { (button::danger(words.views_delete())) }
                    }
                }
            }
        },
    )
}

/// The conditions: a part of the page of its own, replaced when rows come and go.
pub(crate) fn conditions(edited: &Edited, offered: &Offered, reader: &Reader) -> Markup {
    conditions_of(&edited.tree, offered, reader)
}

/// The same for whatever has conditions.
pub(crate) fn conditions_of(tree: &Node, offered: &Offered, reader: &Reader) -> Markup {
    html! {
        fieldset.view-conditions id="view-conditions" {
            legend.visually-hidden { (reader.words.views_conditions()) }
            (node(tree, "0", 1, offered, reader))
        }
    }
}

fn node(tree: &Node, path: &str, depth: usize, offered: &Offered, reader: &Reader) -> Markup {
    let words = &reader.words;
    match tree {
        Node::Line(filled) => line(filled, path, offered, reader),
        Node::Group { mode, parts } => html! {
            div.view-group role="group" aria-label=(words.views_group()) {
                div.view-group-head {
                    select.input name={ "mode." (path) } aria-label=(words.views_joined()) {
                        @for (value, label) in [(Mode::All, words.views_all()), (Mode::Any, words.views_any()), (Mode::None, words.views_none())] {
                            option value=(value.word()) selected[value == *mode] { (label) }
                        }
                    }
                    @if depth > 1 { (remove(path, words.views_remove_group())) }
                }
                ul.view-lines { @for (index, part) in parts.iter().enumerate() { li { (node(part, &format!("{path}.{index}"), depth + 1, offered, reader)) } } }
                div.view-adders {
                    button.button.quiet type="submit" name="do" value={ "add:" (path) } { (icon(Icon::Plus)) (words.views_add()) }
                    @if depth < DEEPEST { button.button.quiet type="submit" name="do" value={ "group:" (path) } { (icon(Icon::Plus)) (words.views_add_group()) } }
                }
            }
        },
    }
}

fn remove(path: &str, label: &str) -> Markup {
    html! { button.icon-button type="submit" name="do" value={ "remove:" (path) } aria-label=(label) title=(label) { (icon(Icon::Close)) } }
}

fn line(filled: &Line, path: &str, offered: &Offered, reader: &Reader) -> Markup {
    let words = &reader.words;
    let filled = filled.fitting(&offered.known);
    let options = |name: &str, label: &str, list: &[(String, String)], chosen: &str, redraws: bool| {
        html! {
            select.input name={ (name) "." (path) } aria-label=(label) data-redraws[redraws] {
                @for (value, label) in list { option value=(value) selected[value == chosen] { (label) } }
            }
        }
    };
    let subjects: Vec<(String, String)> = SUBJECTS
        .iter()
        .map(|what| ((*what).to_owned(), subject(what, reader).to_owned()))
        .chain(offered.known.fields.iter().map(|field| (format!("field-{}", field.id), field.name.clone())))
        .collect();
    let of_date = offered.known.field(&filled.what).is_some_and(|field| field.kind == FieldKind::Date);
    let ways: Vec<(String, String)> = ways(&filled.what, &offered.known)
        .iter()
        .map(|how| ((*how).to_owned(), way(how, of_date, reader).to_owned()))
        .collect();
    html! {
        div.view-line {
            (options("what", words.views_what(), &subjects, &filled.what, true))
            (options("how", words.views_how(), &ways, &filled.how, true))
            @if wants_value(&filled.how) { (value(&filled, path, offered, reader)) }
            @if wants_unit(&filled.how) {
                (options("unit", words.views_unit(), &[("days".to_owned(), words.views_days().to_owned()), ("hours".to_owned(), words.views_hours().to_owned()), ("minutes".to_owned(), words.views_minutes().to_owned())], &filled.unit, false))
            }
            (remove(path, words.views_remove()))
        }
    }
}

fn value(filled: &Line, path: &str, offered: &Offered, reader: &Reader) -> Markup {
    let words = &reader.words;
    let name = format!("value.{path}");
    let chosen = filled.value.as_str();
    let pick = |list: Vec<(String, String)>| {
        html! {
            select.input name=(name) aria-label=(words.views_value()) {
                @if !list.iter().any(|(value, _)| value == chosen) { option value=(chosen) selected { (words.views_choose()) } }
                @for (value, label) in &list { option value=(value) selected[value == chosen] { (label) } }
            }
        }
    };
    let named = |list: &[Named]| list.iter().map(|one| (one.id.clone(), one.name.clone())).collect::<Vec<_>>();
    let text = |kind: &str, mode: &str, placeholder: &str| {
        html! { input.input name=(name) type=(kind) inputmode=(mode) value=(chosen) aria-label=(words.views_value()) autocomplete="off" placeholder=[(!placeholder.is_empty()).then_some(placeholder)]; }
    };
    // A script fills the list with what begins like that.
    let completed = |what: &str, example: Option<&str>| {
        let list = format!("choices.{path}");
        let url = format!("/customers/choices?what={what}&q=");
        html! {
            input.input name=(name) value=(chosen) aria-label=(words.views_value()) autocomplete="off" list=(list) data-choices=(url) dir="auto"
                placeholder=[example];
            datalist id=(list) {}
        }
    };
    let fixed = |list: &[(&str, &str)]| {
        list.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned())).collect::<Vec<_>>()
    };
    if wants_unit(&filled.how) {
        return text("text", "numeric", "3");
    }
    match filled.what.as_str() {
        "status" => pick(
            [Status::Open, Status::Snoozed, Status::Resolved]
                .map(|status| (status.word().to_owned(), status_words(status, reader).to_owned()))
                .to_vec(),
        ),
        "priority" => pick(
            Priority::ALL
                .iter()
                .rev()
                .map(|priority| (priority.word().to_owned(), priority_words(*priority, reader).to_owned()))
                .collect(),
        ),
        "assignee" => {
            let mut list = fixed(&[("me", words.views_me()), ("nobody", words.views_nobody())]);
            list.extend(named(&offered.choices.agents));
            pick(list)
        }
        "team" => {
            let mut list = fixed(&[("none", words.views_no_team())]);
            list.extend(named(&offered.choices.teams));
            pick(list)
        }
        "tag" => {
            let mut list = fixed(&[("any", words.views_any_tag())]);
            list.extend(named(&offered.tags));
            pick(list)
        }
        "problem" => {
            let mut list = fixed(&[("any", words.problems_any())]);
            list.extend(named(&offered.problems));
            pick(list)
        }
        "channel" => pick(fixed(&[("email", words.views_email())])),
        "mailbox" => pick(named(&offered.mailboxes)),
        "type" => pick(named(&offered.types)),
        "customer" => completed("customer", Some(words.views_example_address())),
        "organisation" => completed("organisation", None),
        "messages" => text("text", "numeric", "10"),
        "created" | "activity" | "resolved" | "answered" => text("date", "text", ""),
        what => match offered.known.field(what) {
            Some(field) if matches!(field.kind, FieldKind::Choice | FieldKind::Choices) => {
                pick(field.limits.options.iter().map(|option| (option.clone(), option.clone())).collect())
            }
            Some(field) if field.kind == FieldKind::Date => text("date", "text", ""),
            Some(field) if field.kind == FieldKind::Number => text("text", "decimal", ""),
            _ => text("text", "text", ""),
        },
    }
}

fn subject(what: &str, reader: &Reader) -> &'static str {
    let words = &reader.words;
    match what {
        "status" => words.views_status(),
        "priority" => words.views_priority(),
        "assignee" => words.views_assignee(),
        "team" => words.views_team(),
        "tag" => words.views_tag(),
        "customer" => words.views_customer(),
        "organisation" => words.views_organisation(),
        "channel" => words.views_channel(),
        "mailbox" => words.views_mailbox(),
        "subject" => words.views_subject(),
        "waiting" => words.views_waiting(),
        "created" => words.views_created(),
        "activity" => words.views_activity(),
        "resolved" => words.views_resolved_at(),
        "answered" => words.views_answered(),
        "messages" => words.views_messages(),
        "type" => words.views_type(),
        "problem" => words.problems_problem(),
        "followed" => words.views_followed(),
        _ => words.views_pinned(),
    }
}

fn way(how: &str, of_date: bool, reader: &Reader) -> &'static str {
    let words = &reader.words;
    match how {
        "is-not" => words.views_is_not(),
        "at-least" => words.views_at_least(),
        "at-most" => words.views_at_most(),
        "contains" => words.views_contains(),
        "contains-not" => words.views_contains_not(),
        "yes" => words.views_yes(),
        "no" => words.views_no(),
        "longer" => words.views_longer(),
        "within" => words.views_within(),
        "over" => words.views_over(),
        "after" => words.views_from(),
        "before" if of_date => words.views_to(),
        "before" => words.views_before(),
        "filled" => words.views_filled(),
        "empty" => words.views_empty(),
        _ => words.views_is(),
    }
}

pub(crate) fn status_words(status: Status, reader: &Reader) -> &'static str {
    let words = &reader.words;
    match status {
        Status::Snoozed => words.views_snoozed(),
        Status::Resolved => words.views_resolved(),
        Status::Open | Status::Merged | Status::Side | Status::Removed => words.views_open(),
    }
}

fn priority_words(priority: Priority, reader: &Reader) -> &'static str {
    let words = &reader.words;
    match priority {
        Priority::Low => words.views_low(),
        Priority::Normal => words.views_normal(),
        Priority::High => words.views_high(),
        Priority::Urgent => words.views_urgent(),
    }
}

/// What would be in it: a part of the page of its own.
pub(crate) fn preview_part(preview: &Preview, reader: &Reader) -> Markup {
    let words = &reader.words;
    html! {
        section.panel.view-preview id="view-preview" aria-label=(words.views_preview()) {
            header { div.grow { h2 { (words.views_preview()) } p role="status" { (preview.count) } } }
            @if preview.incomplete { p.panel-note { (words.views_incomplete()) } }
            @if preview.rows.is_empty() { (empty(Icon::Inbox, words.views_nothing(), "", None)) }
            @else {
                ul.rows.compact {
                    @for row in &preview.rows {
                        li {
                            a.title href={ "/c/" (row.number) } { span.cut dir="auto" { (subject_words(reader.words, &row.subject)) } }
                            span.detail.cut dir="auto" { (row.who) }
                            (reader.age(row.at, "row-age"))
                        }
                    }
                }
            }
        }
    }
}

/// One view in the list of them.
#[derive(Clone, Debug)]
pub(crate) struct ViewShown {
    /// Its id.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// Who sees it, in words.
    pub(crate) audience: String,
    /// The viewer may change it.
    pub(crate) may_change: bool,
}

/// The list of views; `deleted` can be brought back.
pub(crate) fn list(screen: &Screen, own: &[ViewShown], shared: &[ViewShown], deleted: Option<&str>) -> Markup {
    let reader = &screen.reader;
    let words = &reader.words;
    let group = |heading: &str, views: &[ViewShown]| {
        html! {
            @if !views.is_empty() {
                section.panel aria-label=(heading) {
                    header { h2 { (heading) } }
                    ul.rows { @for view in views { li { (view_line(view, reader)) } } }
                }
            }
        }
    };
    desk(
        screen,
        words.views_views(),
        Area::Inbox,
        html! {
            main.desk-page id="main" tabindex="-1" {
                div.sheet.view-sheet {
                    header.sheet-head {
                        div.words { h1 { (words.views_views()) } p { (words.views_sentence()) } }
                        (button::link_primary("/views/new", words.views_new(), Icon::Plus))
                    }
                    @if let Some(id) = deleted {
                        div.notice role="status" {
                            (icon(Icon::Info)) p { (words.views_deleted()) }
                            form method="post" action={ "/views/" (id) "/restoration" } { (button::plain(words.views_undo())) }
                        }
                    }
                    @if own.is_empty() && shared.is_empty() { section.panel { (empty(Icon::Filter, words.views_none_yet(), words.views_none_yet_why(), None)) } }
                    (group(words.views_own(), own))
                    (group(words.views_shared(), shared))
                }
            }
        },
    )
}

fn view_line(view: &ViewShown, reader: &Reader) -> Markup {
    let words = &reader.words;
    let place = |way: &str, picture: Icon, label: String| {
        html! {
            form method="post" action={ "/views/" (view.id) "/place" } {
                button.icon-button type="submit" name="way" value=(way) aria-label=(label) title=(label) { (icon(picture)) }
            }
        }
    };
    html! {
        (icon(Icon::Filter))
        div.main {
            a.title href={ "/inbox/view-" (view.id) } { span.cut dir="auto" { (view.name) } }
            span.detail { (view.audience) }
        }
        @if view.may_change {
            div.actions {
                (place("up", Icon::Up, words.views_up(&view.name)))
                (place("down", Icon::Down, words.views_down(&view.name)))
                a.icon-button href={ "/views/" (view.id) } aria-label=(words.views_edit_one(&view.name)) title=(words.views_edit()) { (icon(Icon::Edit)) }
            }
        }
    }
}
