//! Agents: who may come in, and what they may do.

use maud::{Markup, html};
use words::Words;

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
    let say = screen.reader.words;
    settings(
        screen,
        Tab::People,
        say.settings_people(),
        html! {
            (sheet_head(say.settings_people(), say.people_what(), Some(html! { a.button href="/settings/people/invite" { (say.invite_title()) } (button::link_primary("/settings/people/new", say.people_add(), Icon::Plus)) })))
            section.panel aria-label=(say.settings_people()) {
                ul.rows {
                    @for agent in agents {
                        li {
                            (avatar(&agent.name, Size::Usual))
                            div.main {
                                @if agent.manageable { a.title href={ "/settings/people/" (agent.id) } { (name(agent, screen)) } }
                                @else { span.title { (name(agent, screen)) } }
                                span.detail { (agent.email) }
                            }
                            @if !agent.active { (pill(say.people_deactivated(), Tone::Bad)) }
                            (pill(role_words(say, &agent.role), if agent.role == "agent" { Tone::Quiet } else { Tone::Accent }))
                        }
                    }
                }
            }
        },
    )
}

/// A new agent.
pub(crate) fn new(screen: &Screen, filled: &Filled, roles: &[(String, String)]) -> Markup {
    let say = screen.reader.words;
    settings(
        screen,
        Tab::People,
        say.people_add(),
        html! {
            div { (crumb("/settings/people", say.settings_people())) (sheet_head(say.people_add(), say.people_tell_password(), None)) }
            section.panel aria-label=(say.people_add()) {
                form method="post" action="/settings/people" {
                    div.panel-body {
                        (general_errors(filled, &["name", "email", "password", "role"]))
                        div.columns {
                            (Text::new("name", say.common_name()).hint(say.people_name_hint()).required().autofocus().show(filled))
                            (Text::new("email", say.common_email()).kind("email").hint(say.people_email_hint()).required().show(filled))
                        }
                        div.columns {
                            (Text::new("password", say.people_first_password()).kind("password").hint(say.common_password_hint()).required().autocomplete("new-password").show(filled))
                            (select("role", say.people_role(), roles, filled.value("role"), say.people_role_hint()))
                        }
                    }
                    div.form-foot.panel-foot { (button::primary(say.common_add())) a.button.quiet href="/settings/people" { (say.common_cancel()) } }
                }
            }
        },
    )
}

/// One agent.
pub(crate) fn edit(screen: &Screen, agent: &AgentShown, filled: &Filled, roles: &[(String, String)]) -> Markup {
    let say = screen.reader.words;
    let base = format!("/settings/people/{}", agent.id);
    settings(
        screen,
        Tab::People,
        &agent.name,
        html! {
            div { (crumb("/settings/people", say.settings_people())) (sheet_head(&agent.name, &agent.email, (!agent.active).then(|| pill(say.people_deactivated(), Tone::Bad)))) }
            (panel(say.people_name_and_role(), "", html! {
                form method="post" action=(base) {
                    div.panel-body {
                        (general_errors(filled, &["name", "email", "role", "password"]))
                        div.columns {
                            (Text::new("name", say.common_name()).required().show(filled))
                            (Text::new("email", say.common_email()).kind("email").required().show(filled))
                        }
                        (select("role", say.people_role(), roles, filled.value("role"), say.people_role_hint()))
                    }
                    div.form-foot.panel-foot { (button::primary(say.common_save())) }
                }
            }))
            (panel(say.people_reset_password(), say.people_reset_what(), html! {
                form method="post" action={ (base) "/password" } {
                    div.panel-body { (Text::new("password", say.common_new_password()).kind("password").hint(say.common_password_hint()).required().autocomplete("new-password").show(filled)) }
                    div.form-foot.panel-foot { (button::plain(say.people_reset_password())) }
                }
            }))
            (panel(say.invite_renew(), say.invite_renew_what(), html! {
                form.form-foot.panel-foot method="post" action={ (base) "/invitation" } { (button::plain(say.invite_make_link())) }
            }))
            @if agent.id != screen.me.id {
                @if agent.active {
                    (panel(say.people_deactivate(), say.people_deactivate_what(), html! {
                        form.form-foot.panel-foot method="post" action={ (base) "/deactivation" } { (button::danger(say.people_deactivate())) }
                    }))
                } @else {
                    (panel(say.people_activate(), say.people_activate_what(), html! {
                        form.form-foot.panel-foot method="post" action={ (base) "/activation" } { (button::plain(say.people_activate())) }
                    }))
                }
            }
        },
    )
}

fn name(agent: &AgentShown, screen: &Screen) -> Markup {
    let say = screen.reader.words;
    html! { span.cut dir="auto" { (agent.name) } @if agent.id == screen.me.id { span.muted { (say.people_you()) } } }
}

/// A role in words.
pub(crate) fn role_words(say: Words, role: &str) -> &str {
    match role {
        "owner" => say.people_owner(),
        "admin" => say.people_administrator(),
        _ => say.people_agent(),
    }
}
