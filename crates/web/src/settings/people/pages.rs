//! Agents: who may come in, and what they may do.

use maud::{Markup, html};

use super::super::frame::{Tab, crumb, panel, settings, sheet_head};
use crate::components::Icon;
use crate::components::avatar::{Size, avatar};
use crate::components::button;
use crate::components::field::{Filled, Text, general_errors, select};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};

/// One agent in the list.
#[derive(Clone, Debug)]
pub(crate) struct AgentShown {
    /// The id as text.
    pub(crate) id: String,
    /// The name.
    pub(crate) name: String,
    /// The address.
    pub(crate) email: String,
    /// `owner`, `admin` or `agent`.
    pub(crate) role: String,
    /// May sign in.
    pub(crate) active: bool,
    /// The viewer may change them.
    pub(crate) manageable: bool,
}

/// The list.
pub(crate) fn list(screen: &Screen, agents: &[AgentShown]) -> Markup {
    settings(
        screen,
        Tab::People,
        "People",
        html! {
            (sheet_head("People", "Everybody who answers customers here.", Some(html! { a.button href="/settings/people/invite" { (screen.reader.words.invite_title()) } (button::link_primary("/settings/people/new", "Add a person", Icon::Plus)) })))
            section.panel aria-label="People" {
                ul.rows {
                    @for agent in agents {
                        li {
                            (avatar(&agent.name, Size::Usual))
                            div.main {
                                @if agent.manageable { a.title href={ "/settings/people/" (agent.id) } { (name(agent, screen)) } }
                                @else { span.title { (name(agent, screen)) } }
                                span.detail { (agent.email) }
                            }
                            @if !agent.active { (pill("Deactivated", Tone::Bad)) }
                            (pill(role_words(&agent.role), if agent.role == "agent" { Tone::Quiet } else { Tone::Accent }))
                        }
                    }
                }
            }
        },
    )
}

/// A new agent.
pub(crate) fn new(screen: &Screen, filled: &Filled, roles: &[(String, String)]) -> Markup {
    settings(
        screen,
        Tab::People,
        "Add a person",
        html! {
            div { (crumb("/settings/people", "People")) (sheet_head("Add a person", "Tell them the password yourself; they can change it after signing in.", None)) }
            section.panel aria-label="Add a person" {
                form method="post" action="/settings/people" {
                    div.panel-body {
                        (general_errors(filled, &["name", "email", "password", "role"]))
                        div.columns {
                            (Text::new("name", "Name").hint("Customers see it on their answers.").required().autofocus().show(filled))
                            (Text::new("email", "E-mail address").kind("email").hint("For signing in.").required().show(filled))
                        }
                        div.columns {
                            (Text::new("password", "First password").kind("password").hint("At least 10 characters.").required().autocomplete("new-password").show(filled))
                            (select("role", "Role", roles, filled.value("role"), "Administrators change the settings of the desk."))
                        }
                    }
                    div.form-foot.panel-foot { (button::primary("Add")) a.button.quiet href="/settings/people" { "Cancel" } }
                }
            }
        },
    )
}

/// One agent.
pub(crate) fn edit(screen: &Screen, agent: &AgentShown, filled: &Filled, roles: &[(String, String)]) -> Markup {
    let base = format!("/settings/people/{}", agent.id);
    settings(
        screen,
        Tab::People,
        &agent.name,
        html! {
            div { (crumb("/settings/people", "People")) (sheet_head(&agent.name, &agent.email, (!agent.active).then(|| pill("Deactivated", Tone::Bad)))) }
            (panel("Name and role", "", html! {
                form method="post" action=(base) {
                    div.panel-body {
                        (general_errors(filled, &["name", "email", "role", "password"]))
                        div.columns {
                            (Text::new("name", "Name").required().show(filled))
                            (Text::new("email", "E-mail address").kind("email").required().show(filled))
                        }
                        (select("role", "Role", roles, filled.value("role"), "Administrators change the settings of the desk."))
                    }
                    div.form-foot.panel-foot { (button::primary("Save")) }
                }
            }))
            (panel("Reset password", "Signs them out everywhere.", html! {
                form method="post" action={ (base) "/password" } {
                    div.panel-body { (Text::new("password", "New password").kind("password").hint("At least 10 characters.").required().autocomplete("new-password").show(filled)) }
                    div.form-foot.panel-foot { (button::plain("Reset password")) }
                }
            }))
            (panel(screen.reader.words.invite_renew(), screen.reader.words.invite_renew_what(), html! {
                form.form-foot.panel-foot method="post" action={ (base) "/invitation" } { (button::plain(screen.reader.words.invite_make_link())) }
            }))
            @if agent.id != screen.me.id {
                @if agent.active {
                    (panel("Deactivate", "They are signed out and can no longer come in. What they wrote stays.", html! {
                        form.form-foot.panel-foot method="post" action={ (base) "/deactivation" } { (button::danger("Deactivate")) }
                    }))
                } @else {
                    (panel("Activate", "They can sign in again with their password.", html! {
                        form.form-foot.panel-foot method="post" action={ (base) "/activation" } { (button::plain("Activate")) }
                    }))
                }
            }
        },
    )
}

fn name(agent: &AgentShown, screen: &Screen) -> Markup {
    html! { span.cut dir="auto" { (agent.name) } @if agent.id == screen.me.id { span.muted { "you" } } }
}

/// A role in words.
pub(crate) fn role_words(role: &str) -> &str {
    match role {
        "owner" => "Owner",
        "admin" => "Administrator",
        _ => "Agent",
    }
}
