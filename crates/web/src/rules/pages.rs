//! The list of rules, and the page on which one is put together.

use desk::macros::{OwnVariable, VARIABLES};
use desk::rules::{Cause, MOST_ACTIONS, Rule, RuleId, Since};
use maud::{Markup, html};
use words::Words;

use super::form::{Edited, KINDS, Row};
use super::words::{cause, kind, since, when, why};
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::notice;
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::time::Reader;
use crate::components::{Icon, icon, small_icon};
use crate::inbox::shapes::{Named, Urgency};
use crate::settings::frame::{Tab, crumb, panel, settings, sheet_head};
use crate::views::pages::{Offered, conditions};

const BASE: &str = "/settings/rules";

/// So many events are what most rules wait for.
const USUAL: usize = 8;

/// What can be chosen in the form.
pub(crate) struct Form<'a> {
    /// Agents, teams, tags, fields ….
    pub(crate) offered: &'a Offered,
    /// Macros that everybody uses.
    pub(crate) macros: &'a [Named],
    /// The variables of the desk's own fields.
    pub(crate) own: &'a [OwnVariable],
}

/// What is wrong with a part of a rule, in words.
pub(crate) fn wrong_words(w: Words, field: &str, problem: &str) -> &'static str {
    match (field, problem) {
        ("name", "too_long") => w.field_too_long(),
        ("name", _) => w.field_required(),
        ("when", _) => w.rules_wrong_when(),
        ("after", _) => w.rules_wrong_after(),
        ("filter", "nobody_looks") => w.rules_wrong_viewer(),
        ("filter", _) => w.views_too_much(),
        ("actions", "unknown_variable") => w.rules_wrong_variable(),
        ("actions", "not_an_https_address") => w.field_no_https(),
        ("actions", "not_understood") => w.snooze_not_understood(),
        ("actions", "not_allowed") => w.rules_wrong_choice(),
        ("actions", "too_many") => w.rules_wrong_many(),
        ("actions", "too_long") => w.field_too_long(),
        _ => w.rules_wrong_actions(),
    }
}

/// Examples that a rule can begin with.
const EXAMPLES: [&str; 3] = ["nudge", "close", "check-in"];

fn example_words(w: Words, example: &str) -> &'static str {
    match example {
        "nudge" => w.rules_like_nudge(),
        "close" => w.rules_like_close(),
        _ => w.rules_like_check_in(),
    }
}

/// A new rule as that example, or an empty one.
pub(crate) fn like(example: &str, w: Words) -> Edited {
    let timed = |since: Since, after: &str, kind: &str, text: &str| Edited {
        name: example_words(w, example).to_owned(),
        timed: true,
        causes: Vec::new(),
        since: since.word().to_owned(),
        after: after.to_owned(),
        rows: vec![Row { kind: kind.to_owned(), value: String::new(), text: text.to_owned() }],
        ..Edited::empty()
    };
    let greeted = |text: &str| format!("{{{{customer.greeting}}}}\n\n{text}");
    match example {
        "nudge" => timed(Since::Silence, "3", "message", &greeted(w.rules_like_nudge_text())),
        "close" => timed(Since::Silence, "7", "resolve", ""),
        "check-in" => timed(Since::Resolved, "14", "message", &greeted(w.rules_like_check_in_text())),
        _ => Edited::empty(),
    }
}

/// All rules in their order; `deleted` can be brought back.
pub(crate) fn list(screen: &Screen, all: &[Rule], deleted: Option<RuleId>) -> Markup {
    let w = screen.reader.words;
    let add = button::link_primary("/settings/rules/new", w.rules_new(), Icon::Plus);
    let content = html! {
        (sheet_head(w.rules_title(), w.rules_sentence(), Some(add)))
        @if let Some(id) = deleted {
            div.notice role="status" {
                (icon(Icon::Info)) p { (w.rules_deleted()) }
                form method="post" action={ (BASE) "/" (id) "/restoration" } { (button::plain(w.views_undo())) }
            }
        }
        section.panel aria-label=(w.rules_title()) {
            @if all.is_empty() { (empty(Icon::Rule, w.rules_none(), w.rules_none_why(), None)) }
            ol.rows { @for rule in all { li { (line(rule, &screen.reader)) } } }
        }
        (panel(w.rules_examples(), w.rules_examples_about(), html! {
            ul.rows.compact { @for example in EXAMPLES { li { (icon(Icon::Plus)) a.title href={ (BASE) "/new?like=" (example) } { (example_words(w, example)) } } } }
        }))
    };
    settings(screen, Tab::Rules, w.rules_title(), content)
}

fn state(rule: &Rule, w: Words) -> Markup {
    match (rule.enabled, &rule.off_why) {
        (true, _) => pill(w.rules_on(), Tone::Ok),
        (false, Some(_)) => pill(w.rules_failing(), Tone::Bad),
        (false, None) => pill(w.rules_off(), Tone::Quiet),
    }
}

fn line(rule: &Rule, reader: &Reader) -> Markup {
    let w = reader.words;
    let place = |way: &str, picture: Icon, label: String| {
        html! {
            form method="post" action={ (BASE) "/" (rule.id) "/place" } {
                button.icon-button type="submit" name="way" value=(way) aria-label=(label) title=(label) { (icon(picture)) }
            }
        }
    };
    let (turn, label) = if rule.enabled { ("no", w.rules_switch_off()) } else { ("yes", w.rules_switch_on()) };
    let action = format!("{BASE}/{}/switch", rule.id);
    html! {
        (icon(Icon::Rule))
        div.main {
            a.title href={ (BASE) "/" (rule.id) } { span.cut dir="auto" { (rule.name) } (state(rule, w)) }
            span.detail {
                @if let Ok(definition) = rule.definition() { (when(w, &definition.when)) }
                @if rule.fired > 0 { " · " (w.rules_acted(rule.fired)) @if let Some(at) = rule.fired_at { ", " (reader.age(at, "")) } }
            }
        }
        div.actions {
            (button::post(&action, &[("on", turn), ("from", "list")], html! { button.button type="submit" aria-label={ (label) ": " (rule.name) } { (label) } }))
            (place("up", Icon::Up, w.views_up(&rule.name)))
            (place("down", Icon::Down, w.views_down(&rule.name)))
        }
    }
}

/// A rule that is put together: a new one, or a known one with the secret of its webhooks.
pub(crate) fn edit(screen: &Screen, rule: Option<&(Rule, Option<String>)>, edited: &Edited, form: &Form<'_>) -> Markup {
    let reader = &screen.reader;
    let w = reader.words;
    let known = rule.map(|(rule, _)| rule);
    let title = known.map_or(w.rules_new(), |rule| rule.name.as_str());
    let action = known.map_or_else(|| format!("{BASE}/new"), |rule| format!("{BASE}/{}", rule.id));
    let wrong = |field: &str| edited.wrong.iter().find(|(of, _)| *of == field).map(|(_, words)| words.as_str());
    let content = html! {
        div { (crumb(BASE, w.rules_title())) (sheet_head(title, if known.is_none() { w.rules_new_about() } else { "" }, None)) }
        @if let Some(rule) = known { (standing(rule, reader)) }
        form.sheet id="view-form" method="post" data-conditions action=(action) {
            // Enter in a field does not save half a rule.
            button.visually-hidden type="submit" name="do" value="preview" tabindex="-1" aria-hidden="true" { (w.rules_reload()) }
            section.panel aria-label=(title) {
                div.panel-body {
                    div.field {
                        label for="name" { (w.rules_name()) }
                        input.input id="name" name="name" value=(edited.name) maxlength="80" autocomplete="off" autofocus[known.is_none()] dir="auto"
                            aria-invalid=[wrong("name").map(|_| "true")] aria-describedby=[wrong("name").map(|_| "name-wrong")];
                        @if let Some(wrong) = wrong("name") { p.wrong id="name-wrong" { (small_icon(Icon::Error)) (wrong) } }
                    }
                }
            }
            (panel(w.rules_when(), w.rules_when_about(), triggers(edited, wrong("when").or(wrong("after")), w)))
            (panel(w.rules_if(), w.rules_if_about(), html! {
                div.panel-body {
                    @if let Some(wrong) = wrong("filter") { (notice(Icon::Error, "bad", wrong)) }
                    (conditions(&edited.tree, form.offered, reader))
                }
            }))
            (panel(w.rules_then(), w.rules_then_about(), html! {
                div.panel-body {
                    @if let Some(wrong) = wrong("actions") { (notice(Icon::Error, "bad", wrong)) }
                    (actions(edited, form, reader))
                }
            }))
            div.form-foot {
                button.button.primary type="submit" name="do" value="save" { (w.common_save()) }
                a.button href=(BASE) { (w.common_cancel()) }
            }
        }
        @if let Some((rule, secret)) = rule {
            @if let Some(secret) = secret { (signing(rule, secret, w)) }
            (panel(w.rules_delete(), w.rules_delete_about(), html! {
                form.form-foot.panel-foot method="post" action={ (BASE) "/" (rule.id) "/deletion" } { (button::danger(w.rules_delete())) }
            }))
        }
    };
    settings(screen, Tab::Rules, title, content)
}

/// Whether it is on, how often it acted, and where its past is.
fn standing(rule: &Rule, reader: &Reader) -> Markup {
    let w = reader.words;
    let to = |page: &str| format!("{BASE}/{}/{page}", rule.id);
    let turn = |on: &str, label: Markup| button::post(&to("switch"), &[("on", on)], label);
    html! {
        @if let Some(said) = &rule.off_why {
            div.notice.bad role="alert" {
                (icon(Icon::Error)) p { (w.rules_off_why()) " " (why(w, said)) }
                (turn("yes", button::plain(w.rules_switch_on_again())))
            }
        }
        section.panel aria-label=(w.rules_state()) {
            div.panel-body.rule-standing {
                div.grow {
                    p { (state(rule, w)) " " (w.rules_version(rule.version.to_string())) @if rule.fired > 0 { " · " (w.rules_acted(rule.fired)) } }
                    @if !rule.enabled { p.hint { (w.rules_try_first()) } }
                }
                div.actions {
                    @if rule.enabled { (turn("no", button::plain(w.rules_switch_off()))) }
                    @else if rule.off_why.is_none() { (turn("yes", button::primary(w.rules_switch_on()))) }
                    a.button href=(to("simulation")) { (icon(Icon::Search)) (w.rules_simulation()) }
                    a.button href=(to("runs")) { (icon(Icon::Activity)) (w.rules_log()) }
                    a.button href=(to("versions")) { (icon(Icon::Clock)) (w.rules_versions()) }
                }
            }
        }
    }
}

fn triggers(edited: &Edited, wrong: Option<&str>, w: Words) -> Markup {
    let units = [("days", w.views_days()), ("hours", w.views_hours()), ("minutes", w.views_minutes())];
    let (usual, others) = Cause::ALL.split_at(USUAL);
    let chosen = |one: Cause| edited.causes.iter().any(|cause| cause == one.word());
    let tick = |one: Cause| {
        html! { label.choice { input type="checkbox" name="cause" value=(one.word()) checked[chosen(one)]; span { (cause(w, one)) } } }
    };
    html! {
        div.panel-body {
            @if let Some(wrong) = wrong { (notice(Icon::Error, "bad", wrong)) }
            fieldset.plain.rule-when {
                legend.visually-hidden { (w.rules_when()) }
                label.choice { input type="radio" name="when" value="events" checked[!edited.timed]; span { (w.rules_on_events()) } }
                div.rule-causes {
                    div.choices { @for one in usual { (tick(*one)) } }
                    details open[others.iter().any(|one| chosen(*one))] {
                        summary { (w.rules_more_events()) }
                        div.choices { @for one in others { (tick(*one)) } }
                    }
                }
                label.choice { input type="radio" name="when" value="time" checked[edited.timed]; span { (w.rules_on_time()) } }
                div.view-line.rule-time {
                    input.input name="after" value=(edited.after) inputmode="numeric" autocomplete="off" aria-label=(w.rules_how_long());
                    select.input name="unit" aria-label=(w.views_unit()) { @for (value, label) in units { option value=(value) selected[value == edited.unit] { (label) } } }
                    select.input name="since" aria-label=(w.rules_since()) { @for one in Since::ALL { option value=(one.word()) selected[one.word() == edited.since] { (since(w, *one)) } } }
                    label.choice { input type="checkbox" name="working" checked[edited.working]; span { (w.rules_working()) } }
                }
            }
        }
    }
}

/// What the rule does: a part of the page of its own, replaced when rows come and go.
pub(crate) fn actions(edited: &Edited, form: &Form<'_>, reader: &Reader) -> Markup {
    let w = reader.words;
    html! {
        fieldset.view-conditions id="view-actions" {
            legend.visually-hidden { (w.rules_then()) }
            ol.view-lines { @for (at, row) in edited.rows.iter().enumerate() { li { (action(at, row, form, reader)) } } }
            @if edited.rows.len() < MOST_ACTIONS {
                div.view-adders { button.button.quiet type="submit" name="do" value="act-add" { (icon(Icon::Plus)) (w.rules_add_action()) } }
            }
            @if edited.rows.iter().any(|row| row.kind == "message") {
                details.fold {
                    summary { (w.macros_variables()) }
                    p.hint { (w.macros_variables_about()) }
                    ul.variables {
                        @for variable in VARIABLES { li { code { "{{" (variable) "|…}}" } } }
                        @for own in form.own { li { code dir="auto" { "{{" (own.name) "|…}}" } " " span.muted dir="auto" { (own.field) } } }
                    }
                }
            }
        }
    }
}

fn action(at: usize, row: &Row, form: &Form<'_>, reader: &Reader) -> Markup {
    let w = reader.words;
    let remove = w.rules_remove_action();
    let pick = |label: &str, list: Vec<(String, String)>| {
        html! {
            select.input name={ "act-value." (at) } aria-label=(label) {
                @if !list.iter().any(|(value, _)| *value == row.value) { option value="" selected { (w.views_choose()) } }
                @for (value, words) in &list { option value=(value) selected[*value == row.value] { (words) } }
            }
        }
    };
    let named = |list: &[Named]| list.iter().map(|one| (one.id.clone(), one.name.clone())).collect::<Vec<_>>();
    let with = |value: &str, words: &str, list: Vec<(String, String)>| {
        let mut all = vec![(value.to_owned(), words.to_owned())];
        all.extend(list);
        all
    };
    let text = |example: &str| html! { input.input name={ "act-text." (at) } value=(row.text) aria-label=(kind(w, &row.kind)) placeholder=(example) autocomplete="off" dir="auto"; };
    let area = || html! { textarea.input name={ "act-text." (at) } aria-label=(kind(w, &row.kind)) rows="4" dir="auto" { (row.text) } };
    let agents = || named(&form.offered.choices.agents);
    let fields = || {
        let fields = form.offered.known.fields.iter().filter(|field| field.archived_at.is_none());
        fields.map(|field| (field.id.to_string(), field.name.clone())).collect::<Vec<_>>()
    };
    let urgencies = || Urgency::ALL.map(|urgency| (urgency.value().to_owned(), urgency.words(w).to_owned())).to_vec();
    let teams = || named(&form.offered.choices.teams);
    let input = match row.kind.as_str() {
        "assign" => pick(w.rules_who(), with("nobody", w.macros_assign_nobody(), agents())),
        "team" => pick(w.macros_team(), with("none", w.macros_team_none(), teams())),
        "priority" => pick(w.macros_priority(), urgencies()),
        "macro" => pick(w.rules_do_macro(), named(form.macros)),
        "ask" => pick(w.rules_who(), agents()),
        "field" => html! { (pick(w.rules_which_field(), fields())) (text("")) },
        "snooze" => text(w.rules_snooze_example()),
        "tag" | "untag" => text(""),
        "webhook" => text("https://"),
        _ => html! {},
    };
    let hint = |words: &str| html! { p.hint { (words) } };
    let below = match row.kind.as_str() {
        "note" => area(),
        "message" => html! { (area()) (hint(w.rules_message_about())) },
        "ask" => html! { (area()) (hint(w.rules_ask_about())) },
        "webhook" => hint(w.rules_webhook_about()),
        "macro" => hint(w.rules_macro_about()),
        _ => html! {},
    };
    html! {
        div.view-line {
            select.input name={ "act." (at) } aria-label=(w.rules_what()) data-redraws {
                @for one in KINDS { option value=(one) selected[one == row.kind] { (kind(w, one)) } }
            }
            (input)
            button.icon-button type="submit" name="do" value={ "act-remove:" (at) } aria-label=(remove) title=(remove) { (icon(Icon::Close)) }
        }
        (below)
    }
}

/// What its webhooks are signed with.
fn signing(rule: &Rule, secret: &str, w: Words) -> Markup {
    panel(
        w.rules_secret(),
        w.rules_secret_about(),
        html! {
            div.panel-body { details.fold { summary { (w.rules_secret_show()) } p { code.secret { (secret) } } } }
            form.form-foot.panel-foot method="post" action={ (BASE) "/" (rule.id) "/secret" } { (button::plain(w.rules_secret_new())) }
        },
    )
}
