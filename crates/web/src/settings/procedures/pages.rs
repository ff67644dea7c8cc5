//! Procedures: the list, and the page on which one is put together.

use desk::fields::Field;
use desk::procedures::{MOST_ANSWERS, Procedure, Step, StepProblem, To, Version, What, Who};
use maud::{Markup, html};
use words::Words;

use super::super::frame::{Tab, crumb, panel, settings, sheet_head};
use super::form::{Draft, KINDS, LIMITS, Line};
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{Filled, Text, checkbox, general_errors, select};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::{Icon, icon, small_icon};
use crate::inbox::load::Names;
use crate::inbox::shapes::Named;
use crate::procedures::load::who_words;
use crate::views::pages::{Offered, conditions};

/// Where they are.
pub(crate) const BASE: &str = "/settings/procedures";
/// What the form shows beside its fields.
const SHOWN: &[&str] = &["name", "tag", "most_steps", "most_messages", "most_handoffs"];

/// All procedures.
pub(crate) fn list(screen: &Screen, all: &[Procedure], types: &[Named]) -> Markup {
    let w = screen.reader.words;
    let add = button::link_primary("/settings/procedures/new", w.procedures_add(), Icon::Plus);
    settings(
        screen,
        Tab::Procedures,
        w.procedures_title(),
        html! {
            (sheet_head(w.procedures_title(), w.procedures_sentence(), Some(add)))
            section.panel aria-label=(w.procedures_title()) {
                @if all.is_empty() { (empty(Icon::Check, w.procedures_none(), w.procedures_none_why(), None)) }
                @else { ul.rows { @for one in all { li { (line(one, types, w)) } } } }
            }
        },
    )
}

fn line(one: &Procedure, types: &[Named], w: Words) -> Markup {
    let of = types.iter().find(|of| one.is_for.type_id.is_some_and(|id| id.to_string() == of.id));
    html! {
        (icon(Icon::Check))
        div.main {
            a.title href={ (BASE) "/" (one.id) } {
                span.cut dir="auto" { (one.name) }
                @if one.archived_at.is_some() { (pill(w.fields_archived(), Tone::Quiet)) }
            }
            span.detail {
                (w.procedures_version(one.version)) " · "
                @match (of, &one.is_for.conditions) {
                    (Some(of), None) => { bdi { (of.name) } }
                    (Some(of), Some(_)) => { bdi { (of.name) } ", " (w.procedures_with_conditions()) }
                    (None, Some(_)) => { (w.procedures_with_conditions()) }
                    (None, None) => { (w.procedures_by_hand()) }
                }
            }
        }
        div.actions { a.button href={ (BASE) "/" (one.id) "/versions/" (one.version) } { (w.procedures_figures()) } }
    }
}

/// What a procedure's page shows besides its form.
pub(crate) struct Kept<'a> {
    /// As it is kept.
    pub(crate) procedure: &'a Procedure,
    /// Its newest versions, with who made them.
    pub(crate) versions: &'a [(Version, String)],
}

/// What can be chosen in the form.
pub(crate) struct Choosing<'a> {
    /// What conditions can be about, agents and teams.
    pub(crate) offered: &'a Offered,
    /// Everybody's names.
    pub(crate) names: &'a Names,
}

/// The form, with what is wrong with it.
pub(crate) struct Edited<'a> {
    /// As it is filled in.
    pub(crate) draft: &'a Draft,
    /// What is wrong with its fields.
    pub(crate) filled: &'a Filled,
    /// What is wrong with its steps.
    pub(crate) wrong: &'a [StepProblem],
}

/// The page; a new procedure when there is none yet.
pub(crate) fn edit(screen: &Screen, edited: &Edited<'_>, choosing: &Choosing<'_>, kept: Option<&Kept<'_>>) -> Markup {
    let w = screen.reader.words;
    let Edited { draft, filled, .. } = edited;
    let title = kept.map_or(w.procedures_add(), |kept| kept.procedure.name.as_str());
    let action = kept.map_or_else(|| format!("{BASE}/new"), |kept| format!("{BASE}/{}", kept.procedure.id));
    let any = (String::new(), w.procedures_any_type().to_owned());
    let named = |list: &[Named]| list.iter().map(|one| (one.id.clone(), one.name.clone())).collect::<Vec<_>>();
    let types: Vec<(String, String)> = std::iter::once(any).chain(named(&choosing.offered.types)).collect();
    let admins = (String::new(), w.procedures_all_admins().to_owned());
    let leads: Vec<(String, String)> = std::iter::once(admins).chain(named(&choosing.offered.choices.agents)).collect();
    let has_conditions = matches!(&draft.tree, crate::views::form::Node::Group { parts, .. } if !parts.is_empty());
    let has_limits = draft.most.iter().any(|most| !most.is_empty()) || !filled.general(&["name"]).is_empty();
    let limits = [w.procedures_most_steps(), w.procedures_most_messages(), w.procedures_most_handoffs()];
    settings(
        screen,
        Tab::Procedures,
        title,
        html! {
            div { (crumb(BASE, w.procedures_title())) (sheet_head(title, kept.map_or(w.procedures_add_what(), |_| w.procedures_edit_what()), None)) }
            form id="procedure-form" method="post" data-conditions action=(action) {
                // Enter in a field looks ahead; it does not save half a procedure.
                button.visually-hidden type="submit" name="do" value="preview" tabindex="-1" aria-hidden="true" { (w.views_preview()) }
                input type="hidden" name="seen" value=(draft.seen);
                section.panel aria-label=(title) {
                    div.panel-body {
                        (general_errors(filled, SHOWN))
                        div.columns {
                            (Text::new("name", w.common_name()).required().placeholder(w.procedures_example()).show(filled))
                            (select("type", w.procedures_for_type(), &types, &draft.type_id, w.procedures_for_type_hint()))
                        }
                        details open[has_conditions] {
                            summary { (w.procedures_conditions()) }
                            p.hint { (w.procedures_conditions_hint()) }
                            (conditions(&draft.tree, choosing.offered, &screen.reader))
                        }
                    }
                }
                (steps(edited, choosing, w))
                section.panel aria-label=(w.procedures_limits()) {
                    header { div.grow { h2 { (w.procedures_limits()) } p { (w.procedures_limits_what()) } } }
                    div.panel-body {
                        details open[has_limits] {
                            summary { (w.procedures_limits_set()) }
                            div.columns {
                                @for (name, label) in LIMITS.iter().zip(limits) { (Text::new(name, label).placeholder(w.procedures_no_limit()).show(filled)) }
                                (select("lead", w.procedures_lead(), &leads, &draft.lead, ""))
                                (Text::new("tag", w.procedures_tag()).hint(w.procedures_tag_hint()).show(filled))
                            }
                        }
                    }
                    div.form-foot.panel-foot {
                        button.button.primary type="submit" name="do" value="save" { (w.common_save()) }
                        a.button href=(BASE) { (w.common_cancel()) }
                        button.button.without-script type="submit" name="do" value="preview" { (w.views_preview()) }
                    }
                }
            }
            (preview(&draft.readable(), &choosing.offered.known.fields, choosing.names, w))
            @if let Some(kept) = kept { (versions(kept, screen)) (archive(kept.procedure, w)) }
        },
    )
}

/// The steps: a part of the page of its own, replaced when steps come, go and move.
pub(crate) fn steps(edited: &Edited<'_>, choosing: &Choosing<'_>, w: Words) -> Markup {
    let draft = edited.draft;
    html! {
        section.panel id="procedure-steps" aria-label=(w.procedures_steps()) {
            header { div.grow { h2 { (w.procedures_steps()) } p { (w.procedures_steps_what()) } } }
            input type="hidden" name="last_key" value=(draft.last_key);
            ol.step-forms {
                @for (at, line) in draft.steps.iter().enumerate() { (step(at, line, edited, choosing, w)) }
            }
            div.panel-foot.step-adders role="group" aria-label=(w.procedures_add_step()) {
                @for kind in KINDS {
                    button.button type="submit" name="do" value={ "step-add:" (kind) } formaction="#procedure-steps" { (icon(Icon::Plus)) (kind_words(kind, w)) }
                }
            }
        }
    }
}

/// What kind of step it is, in words.
fn kind_words(kind: &str, w: Words) -> &'static str {
    match kind {
        "fact" => w.procedures_kind_fact(),
        "decision" => w.procedures_kind_decision(),
        "text" => w.procedures_kind_text(),
        _ => w.procedures_kind_task(),
    }
}

fn step(at: usize, line: &Line, edited: &Edited<'_>, choosing: &Choosing<'_>, w: Words) -> Markup {
    let number = at + 1;
    let wrong = |of: &[&str]| {
        let found = edited.wrong.iter().find(|(place, what, _)| *place == at && of.contains(what));
        found.map(|(_, what, problem)| wrong_words(what, problem, w))
    };
    let id = |name: &str| format!("{name}.{at}");
    let move_button = |verb: &str, picture: Icon, label: String, off: bool| {
        html! { button.icon-button type="submit" name="do" value={ "step-" (verb) ":" (at) } formaction={ "#step-form-" (at) } aria-label=(label) title=(label) disabled[off] { (icon(picture)) } }
    };
    let (title, text) = match line.kind.as_str() {
        "fact" => (w.procedures_fact_title(), w.procedures_about()),
        "decision" => (w.procedures_decision_title(), w.procedures_about()),
        "text" => (w.procedures_text_title(), w.procedures_text_words()),
        _ => (w.procedures_task_title(), w.procedures_about()),
    };
    html! {
        li.step-form id={ "step-form-" (at) } {
            div.step-form-head {
                strong { (w.procedures_step_number(number)) } " " (pill(kind_words(&line.kind, w), Tone::Quiet))
                span.grow {}
                (move_button("up", Icon::Up, w.procedures_move_up(number), at == 0))
                (move_button("down", Icon::Down, w.procedures_move_down(number), number == edited.draft.steps.len()))
                (move_button("remove", Icon::Trash, w.procedures_remove_step(number), false))
            }
            input type="hidden" name=(id("kind")) value=(line.kind);
            input type="hidden" name=(id("key")) value=(line.key);
            @if line.kind == "fact" { (field_select(at, line, &choosing.offered.known.fields, wrong(&["field"]), w)) }
            div.field {
                label for=(id("title")) { (title) }
                input.input id=(id("title")) name=(id("title")) value=(line.title) data-step-key=(line.key) maxlength="200" autocomplete="off" dir="auto" aria-invalid=[wrong(&["title"]).map(|_| "true")] aria-describedby=[wrong(&["title"]).map(|_| id("title-wrong"))];
                @if let Some(words) = wrong(&["title", "key"]) { p.wrong id=(id("title-wrong")) { (small_icon(Icon::Error)) (words) } }
            }
            @if line.kind == "decision" { (answers(at, line, edited.draft, choosing, w)) }
            @if let Some(words) = wrong(&["answers", "to"]) { p.wrong role="alert" { (small_icon(Icon::Error)) (words) } }
            div.field {
                label for=(id("text")) { (text) }
                textarea.input id=(id("text")) name=(id("text")) rows=(if line.kind == "text" { "5" } else { "2" }) dir="auto" aria-invalid=[wrong(&["text"]).map(|_| "true")] { (line.text) }
                @if let Some(words) = wrong(&["text"]) { p.wrong { (small_icon(Icon::Error)) (words) } }
                @if line.kind == "text" { p.hint { (w.procedures_text_hint()) } }
            }
            @if line.kind == "decision" { p.hint { (w.procedures_decision_required()) } }
            @else { (checkbox(&id("required"), "yes", w.procedures_required(), "", line.required)) }
        }
    }
}

fn field_select(at: usize, line: &Line, fields: &[Field], wrong: Option<&str>, w: Words) -> Markup {
    let name = format!("field.{at}");
    html! {
        div.field {
            label for=(name) { (w.procedures_field()) }
            select.input id=(name) name=(name) aria-invalid=[wrong.map(|_| "true")] {
                option value="" { (w.views_choose()) }
                @for field in fields.iter().filter(|field| field.archived_at.is_none() || field.id.to_string() == line.field) {
                    option value=(field.id) selected[field.id.to_string() == line.field] { (field.name) }
                }
            }
            @if let Some(words) = wrong { p.wrong role="alert" { (small_icon(Icon::Error)) (words) } }
            p.hint { @if fields.is_empty() { a.link href="/settings/fields" { (w.procedures_no_fields()) } } @else { (w.procedures_field_hint()) } }
        }
    }
}

fn answers(at: usize, line: &Line, draft: &Draft, choosing: &Choosing<'_>, w: Words) -> Markup {
    // One row more than there are, so that one can be added.
    let rows = (line.answers.len() + 1).clamp(3, MOST_ANSWERS);
    let later = || draft.steps.iter().enumerate().skip(at + 1);
    let none = (String::new(), String::new());
    let who = format!("who.{at}");
    let teams = choosing.offered.choices.teams.iter().map(|team| (team.id.clone(), w.procedures_who_team(&team.name)));
    let deciders: Vec<(String, String)> = [
        ("anyone", w.procedures_who_anyone()),
        ("admin", w.procedures_who_admins()),
        ("owner", w.procedures_who_owners()),
    ]
    .map(|(value, words)| (value.to_owned(), words.to_owned()))
    .into_iter()
    .chain(teams)
    .collect();
    html! {
        fieldset.field {
            legend.label { (w.procedures_answers()) }
            p.hint { (w.procedures_answers_hint()) }
            @for place in 0..rows {
                @let (words, to) = line.answers.get(place).unwrap_or(&none);
                @let is_later = to.parse::<i32>().is_err() || later().any(|(_, step)| step.key.to_string() == *to);
                div.step-answer {
                    input.input name={ "answer." (at) "." (place) } value=(words) maxlength="200" autocomplete="off" dir="auto" aria-label=(w.procedures_answer_number(place + 1));
                    select.input name={ "to." (at) "." (place) } aria-label=(w.procedures_leads_to(place + 1)) {
                        @if !is_later { option value=(to) selected { (w.views_choose()) } }
                        option value="next" selected[to == "next"] { (w.procedures_to_next()) }
                        @for (number, step) in later().skip(1) { option value=(step.key) selected[step.key.to_string() == *to] data-step=(step.key) data-words=(w.procedures_to_step(number + 1, "{title}")) { (w.procedures_to_step(number + 1, &step.title)) } }
                        @if let Some((_, next)) = later().next() && next.key.to_string() == *to { option value=(next.key) selected { (w.procedures_to_next()) } }
                        option value="end" selected[to == "end"] { (w.procedures_to_end()) }
                    }
                }
            }
            (select(&who, w.procedures_who(), &deciders, &line.who, ""))
        }
    }
}

/// What is wrong with a step, in words.
fn wrong_words(what: &str, problem: &str, w: Words) -> &'static str {
    match (what, problem) {
        ("field", _) => w.procedures_wrong_field(),
        ("answers", "required") => w.procedures_wrong_answers(),
        ("answers", "twice") => w.procedures_wrong_twice(),
        ("to", _) => w.procedures_wrong_to(),
        (_, "required") => w.field_required(),
        (_, "too_long") => w.field_too_long(),
        _ => w.field_invalid(),
    }
}

/// The steps as agents see them: a part of the page of its own.
pub(crate) fn preview(steps: &[Step], fields: &[Field], names: &Names, w: Words) -> Markup {
    html! {
        section.panel id="procedure-preview" aria-label=(w.views_preview()) {
            header { h2 { (w.views_preview()) } }
            div.panel-body { (outline(steps, fields, names, w)) }
        }
    }
}

/// The steps in a list, with where their answers lead.
fn outline(steps: &[Step], fields: &[Field], names: &Names, w: Words) -> Markup {
    html! {
        ol.step-outline {
            @for step in steps {
                li {
                    span.procedure-title dir="auto" { (title_of(step, fields)) @if step.is_required() { span.required title=(w.fields_required_hint()) { " *" } } }
                    @match &step.what {
                        What::Task => {}
                        What::Fact(_) => { " " (pill(w.procedures_kind_fact(), Tone::Quiet)) }
                        What::Text => { " " (pill(w.procedures_kind_text(), Tone::Quiet)) }
                        What::Decision { answers, who } => {
                            " " (pill(w.procedures_kind_decision(), Tone::Accent))
                            @if let Some(who) = decider(*who, names, w) { " " span.muted { (w.procedures_decided_by(who)) } }
                            ul { @for answer in answers { li { bdi { (answer.text) } ": " (leads(steps, answer.to, fields, w)) } } }
                        }
                    }
                    @if !step.text.is_empty() { p.muted.step-words dir="auto" { (step.text) } }
                }
            }
        }
    }
}

fn decider(who: Who, names: &Names, w: Words) -> Option<String> {
    who_words(who, names, w)
}

/// What a step is called: a fact without a title by its field.
pub(crate) fn title_of(step: &Step, fields: &[Field]) -> String {
    match step.what {
        What::Fact(id) if step.title.is_empty() => {
            fields.iter().find(|field| field.id == id).map(|field| field.name.clone()).unwrap_or_default()
        }
        _ => step.title.clone(),
    }
}

fn leads(steps: &[Step], to: To, fields: &[Field], w: Words) -> String {
    match to {
        To::Next => w.procedures_to_next().to_owned(),
        To::End => w.procedures_to_end().to_owned(),
        To::Step(key) => {
            let at = steps.iter().position(|step| step.key == key);
            let step = at.and_then(|at| steps.get(at));
            step.map_or_else(String::new, |step| w.procedures_to_step(at.unwrap_or(0) + 1, title_of(step, fields)))
        }
    }
}

fn versions(kept: &Kept<'_>, screen: &Screen) -> Markup {
    let (w, reader) = (screen.reader.words, &screen.reader);
    panel(
        w.procedures_versions(),
        w.procedures_versions_what(),
        html! {
            ul.rows { @for (version, who) in kept.versions {
                li {
                    div.main {
                        a.title href={ (BASE) "/" (kept.procedure.id) "/versions/" (version.number) } { (w.procedures_version(version.number)) }
                        span.detail { bdi { (who) } ", " (reader.moment(version.created_at)) " · " (w.procedures_so_many_steps(version.steps.len())) }
                    }
                    @if version.number == kept.procedure.version { (pill(w.procedures_newest(), Tone::Accent)) }
                }
            } }
        },
    )
}

fn archive(procedure: &Procedure, w: Words) -> Markup {
    let archived = procedure.archived_at.is_some();
    let (label, to) = if archived { (w.fields_unarchive(), "no") } else { (w.fields_archive(), "yes") };
    panel(
        label,
        w.procedures_archive_hint(),
        html! {
            form.form-foot.panel-foot method="post" action={ (BASE) "/" (procedure.id) "/archive" } {
                input type="hidden" name="archived" value=(to);
                (button::plain(label))
            }
        },
    )
}

/// The steps of a version that is shown.
pub(crate) fn version_steps(steps: &[Step], fields: &[Field], names: &Names, w: Words) -> Markup {
    panel(w.procedures_steps(), "", html! { div.panel-body { (outline(steps, fields, names, w)) } })
}
