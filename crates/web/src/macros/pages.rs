//! The settings of macros: the list by folders, and one macro with its preview.

use base::html::from_markdown;
use desk::customers::{Customer, CustomerId, greeting, name_parts};
use desk::macros::{OwnVariable, VARIABLES, Values, fill, first_name};
use maud::{Markup, html};
use uuid::Uuid;

use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{Filled, Text, general_errors, select, text_area};
use crate::components::page::Screen;
use crate::components::pill::tag;
use crate::components::prose::cleaned;
use crate::components::{Icon, icon};
use crate::inbox::shapes::{Choices, Urgency};
use crate::settings::frame::{Tab, crumb, panel, settings, sheet_head};

/// Whose a macro is.
#[derive(Clone, Debug)]
pub(crate) enum Whose {
    /// Everyone's.
    Everyone,
    /// That team's.
    Team(String),
    /// The viewer's own.
    Mine,
}

/// A macro in the list.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    /// Its id as text.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// Its folder; empty for none.
    pub(crate) folder: String,
    /// Whose it is.
    pub(crate) belongs: Whose,
    /// In which languages it has a text.
    pub(crate) languages: Vec<String>,
    /// It does something besides.
    pub(crate) acts: bool,
    /// Used, changed before sending, customer came back.
    pub(crate) figures: (i64, i64, i64),
}

/// What the form needs besides what is filled in.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// The macro's id; none for a new one.
    pub(crate) id: Option<String>,
    /// Its texts: their places, with their languages.
    pub(crate) rows: Vec<(usize, String)>,
    /// Teams that the viewer may make macros for: values with their names.
    pub(crate) teams: Vec<(String, String)>,
    /// Who and what can be chosen.
    pub(crate) choices: Choices,
    /// Folders in use.
    pub(crate) folders: Vec<String>,
    /// What the desk is called.
    pub(crate) desk: String,
    /// The variables of the desk's own fields.
    pub(crate) own_variables: Vec<OwnVariable>,
    /// The viewer may change it.
    pub(crate) may_change: bool,
}

/// All macros that the viewer may use, by folder.
pub(crate) fn list(screen: &Screen, macros: &[Listed], filled: &Filled) -> Markup {
    let w = screen.reader.words;
    let new = button::link_primary("/settings/macros/new", w.macros_new(), Icon::Plus);
    let mut folders: Vec<&str> = macros.iter().map(|one| one.folder.as_str()).collect();
    folders.dedup();
    let content = html! {
        (sheet_head(w.macros_title(), w.macros_about(), Some(new)))
        @if macros.is_empty() {
            section.panel aria-label=(w.macros_title()) { (empty(Icon::Macro, w.macros_none(), w.macros_none_about(), None)) }
        }
        @for folder in folders {
            (panel(if folder.is_empty() { w.macros_no_folder() } else { folder }, "", html! {
                ul.rows { @for one in macros.iter().filter(|one| one.folder == folder) { li { (row(screen, one)) } } }
            }))
        }
        @if screen.me.admin {
            (panel(w.macros_standard_language(), w.macros_standard_language_about(), html! {
                form method="post" action="/settings/macros/language" {
                    div.panel-body { (Text::new("language", w.macros_language()).hint(w.macros_language_about()).required().show(filled)) }
                    div.form-foot.panel-foot { (button::plain(w.common_save())) }
                }
            }))
        }
    };
    settings(screen, Tab::Macros, w.macros_title(), content)
}

fn row(screen: &Screen, one: &Listed) -> Markup {
    let w = screen.reader.words;
    let (used, edited, reopened) = one.figures;
    html! {
        (icon(Icon::Macro))
        div.main {
            a.title href={ "/settings/macros/" (one.id) } { span.cut dir="auto" { (one.name) } }
            span.detail {
                @if used == 0 { (w.macros_unused()) } @else { (w.macros_figures(used, edited, reopened)) }
            }
        }
        div.actions {
            @for language in &one.languages { (tag(language)) }
            @if one.languages.is_empty() { span.detail { (w.macros_acts_only()) } } @else if !one.acts { span.detail { (w.macros_snippet()) } }
            span.detail dir="auto" {
                @match &one.belongs {
                    Whose::Everyone => (w.macros_everyone()),
                    Whose::Team(name) => (w.macros_of_team(name)),
                    Whose::Mine => (w.macros_only_me()),
                }
            }
        }
    }
}

/// One macro, new or known.
pub(crate) fn form(screen: &Screen, form: &Form, filled: &Filled) -> Markup {
    let w = screen.reader.words;
    let name = Some(filled.value("name")).filter(|name| !name.is_empty());
    let title = name.unwrap_or_else(|| w.macros_new());
    let address = form.id.as_ref().map_or_else(|| "/settings/macros".to_owned(), |id| format!("/settings/macros/{id}"));
    let content = html! {
        div { (crumb("/settings/macros", w.macros_title())) (sheet_head(title, if form.may_change { "" } else { w.macros_read_only() }, None)) }
        form.sheet method="post" action=(address) {
            section.panel aria-label=(title) {
                fieldset.plain disabled[!form.may_change] {
                    div.panel-body {
                        (general_errors(filled, &["name", "folder", "snooze", "tags", "untags"]))
                        (Text::new("name", w.macros_name()).required().show(filled))
                        (Text::new("folder", w.macros_folder()).hint(w.macros_folder_about()).list("folders").show(filled))
                        datalist id="folders" { @for folder in &form.folders { option value=(folder) {} } }
                        (select("belongs", w.macros_for(), &belongs(screen, form), filled.value("belongs"), w.macros_for_about()))
                    }
                }
            }
            (panel(w.macros_texts(), w.macros_texts_about(), html! {
                fieldset.plain disabled[!form.may_change] { div.panel-body { (texts(screen, form, filled)) } }
            }))
            (panel(w.macros_actions(), w.macros_actions_about(), html! {
                fieldset.plain disabled[!form.may_change] { div.panel-body.two { (actions(screen, form, filled)) } }
            }))
            @if form.may_change {
                div.form-foot {
                    (button::primary(w.common_save()))
                    button.button type="submit" name="then" value="preview" { (w.macros_preview()) }
                }
            }
        }
        (preview(screen, form, filled))
        @if let (Some(_), true) = (&form.id, form.may_change) {
            (panel(w.macros_delete(), w.macros_delete_about(), html! {
                form.form-foot.panel-foot method="post" action={ (address) "/deletion" } { (button::danger(w.macros_delete())) }
            }))
        }
    };
    settings(screen, Tab::Macros, title, content)
}

fn belongs(screen: &Screen, form: &Form) -> Vec<(String, String)> {
    let w = screen.reader.words;
    let everyone = screen.me.admin || !form.may_change;
    let mut options = vec![("me".to_owned(), w.macros_only_me().to_owned())];
    options.extend(form.teams.iter().map(|(value, name)| (value.clone(), w.macros_of_team(name))));
    if everyone {
        options.insert(0, ("everyone".to_owned(), w.macros_everyone().to_owned()));
    }
    options
}

fn texts(screen: &Screen, form: &Form, filled: &Filled) -> Markup {
    let w = screen.reader.words;
    html! {
        @for (at, language) in form.rows.iter().filter(|(_, language)| !language.is_empty()) {
            input type="hidden" name={ "language-" (at) } value=(language);
            (text_area(&format!("text-{at}"), &w.macros_text_in(language), "", filled))
        }
        @let first = form.rows.iter().all(|(_, language)| language.is_empty());
        (Text::new("language", w.macros_language()).hint(w.macros_language_about()).show(filled))
        (text_area("text", if first { w.macros_texts() } else { w.macros_text_more() }, "", filled))
        details.fold {
            summary { (w.macros_variables()) }
            p.hint { (w.macros_variables_about()) }
            ul.variables {
                @for variable in VARIABLES { li { code { "{{" (variable) "|…}}" } } }
                @for own in &form.own_variables { li { code dir="auto" { "{{" (own.name) "|…}}" } " " span.muted dir="auto" { (own.field) } } }
            }
        }
    }
}

fn actions(screen: &Screen, form: &Form, filled: &Filled) -> Markup {
    let w = screen.reader.words;
    let leave = || (String::new(), w.macros_leave().to_owned());
    let named = |list: &[crate::inbox::shapes::Named]| {
        list.iter().map(|one| (one.id.clone(), one.name.clone())).collect::<Vec<_>>()
    };
    let fixed = |value: &str, words: &str| (value.to_owned(), words.to_owned());
    let mut agents = vec![leave(), fixed("me", w.macros_assign_me()), fixed("nobody", w.macros_assign_nobody())];
    agents.extend(named(&form.choices.agents));
    let mut teams = vec![leave(), fixed("none", w.macros_team_none())];
    teams.extend(named(&form.choices.teams));
    let mut priorities = vec![leave()];
    priorities.extend(Urgency::ALL.map(|urgency| fixed(urgency.value(), urgency.words(w))));
    let states = [leave(), fixed("resolved", w.macros_resolve()), fixed("open", w.macros_reopen())];
    html! {
        (select("assignee", w.macros_assign(), &agents, filled.value("assignee"), ""))
        (select("team", w.macros_team(), &teams, filled.value("team"), ""))
        (select("priority", w.macros_priority(), &priorities, filled.value("priority"), ""))
        (select("status", w.macros_status(), &states, filled.value("status"), ""))
        (Text::new("snooze", w.macros_snooze()).hint(w.macros_snooze_about()).show(filled))
        (Text::new("tags", w.macros_tags_add()).hint(w.macros_tags_about()).show(filled))
        (Text::new("untags", w.macros_tags_remove()).hint(w.macros_tags_about()).show(filled))
    }
}

/// Each text as it would be for an invented customer.
fn preview(screen: &Screen, form: &Form, filled: &Filled) -> Markup {
    let w = screen.reader.words;
    let values = Values::default()
        .with("customer.name", w.macros_sample_name())
        .with("customer.first_name", first_name(w.macros_sample_name()))
        .with("customer.last_name", name_parts(w.macros_sample_name()).1)
        .with("customer.greeting_name", first_name(w.macros_sample_name()))
        .with("customer.email", "ana@example.com")
        .with("agent.name", &screen.me.name)
        .with("agent.first_name", first_name(&screen.me.name))
        .with("conversation.number", "1042")
        .with("conversation.subject", w.macros_sample_subject())
        .with("team.name", w.macros_sample_team())
        .with("desk.name", &form.desk);
    let values = form.own_variables.iter().fold(values, |values, own| values.with(&own.name, &own.field));
    let sample = Customer::new(CustomerId(Uuid::nil()), w.macros_sample_name(), screen.reader.now);
    let filled_in = |language: &str, text: &str| {
        fill(text, &values.clone().with("customer.greeting", &greeting(&sample, language))).text
    };
    let texts = form.rows.iter().map(|(at, language)| (language, filled.value(&format!("text-{at}"))));
    let texts: Vec<_> = texts.filter(|(_, text)| !text.trim().is_empty()).collect();
    html! {
        @if !texts.is_empty() {
            (panel(w.macros_preview(), w.macros_preview_about(), html! {
                div.panel-body {
                    @for (language, text) in texts {
                        div.preview {
                            (tag(language))
                            div.message-body dir="auto" lang=(language) { (cleaned(&from_markdown(&filled_in(language, text)))) }
                        }
                    }
                }
            }))
        }
    }
}
