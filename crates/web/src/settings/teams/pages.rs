//! Teams: groups of agents that conversations can be given to.

use maud::{Markup, html};
use words::Words;

use super::super::frame::{Tab, crumb, panel, settings, sheet_head};
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{Filled, Text, checkbox, general_errors};
use crate::components::page::Screen;
use crate::components::{Icon, icon};
use crate::inbox::shapes::Named;

/// One team.
#[derive(Clone, Debug)]
pub(crate) struct TeamShown {
    /// The id as text.
    pub(crate) id: String,
    /// The name.
    pub(crate) name: String,
    /// Who belongs to it.
    pub(crate) members: Vec<Named>,
}

/// The list, and the form for a new one.
pub(crate) fn list(screen: &Screen, teams: &[TeamShown], filled: &Filled) -> Markup {
    let say = screen.reader.words;
    settings(
        screen,
        Tab::Teams,
        say.settings_teams(),
        html! {
            (sheet_head(say.settings_teams(), say.teams_what(), None))
            section.panel aria-label=(say.settings_teams()) {
                @if teams.is_empty() { (empty(Icon::Users, say.teams_none(), say.teams_none_why(), None)) }
                @else {
                    ul.rows {
                        @for team in teams {
                            li {
                                (icon(Icon::Users))
                                div.main {
                                    a.title href={ "/settings/teams/" (team.id) } { span.cut dir="auto" { (team.name) } }
                                    span.detail.cut { (members_words(say, &team.members)) }
                                }
                            }
                        }
                    }
                }
            }
            (panel(say.teams_add(), "", html! {
                form method="post" action="/settings/teams" {
                    div.panel-body { (general_errors(filled, &["name"])) (Text::new("name", say.common_name()).required().placeholder(say.teams_example()).show(filled)) }
                    div.form-foot.panel-foot { (button::primary(say.common_add())) }
                }
            }))
        },
    )
}

/// One team: its name and its members.
pub(crate) fn edit(screen: &Screen, team: &TeamShown, agents: &[Named], filled: &Filled) -> Markup {
    let say = screen.reader.words;
    let base = format!("/settings/teams/{}", team.id);
    settings(
        screen,
        Tab::Teams,
        &team.name,
        html! {
            div { (crumb("/settings/teams", say.settings_teams())) (sheet_head(&team.name, "", None)) }
            section.panel aria-label=(say.teams_team()) {
                form method="post" action=(base) {
                    div.panel-body {
                        (general_errors(filled, &["name"]))
                        (Text::new("name", say.common_name()).required().show(filled))
                        fieldset.field {
                            legend.label { (say.teams_members()) }
                            div.choices {
                                @for agent in agents {
                                    (checkbox("member", &agent.id, &agent.name, "", team.members.iter().any(|member| member.id == agent.id)))
                                }
                            }
                        }
                    }
                    div.form-foot.panel-foot { (button::primary(say.common_save())) }
                }
            }
            (panel(say.teams_delete(), say.teams_delete_what(), html! {
                form.form-foot.panel-foot method="post" action={ (base) "/deletion" } { (button::danger(say.teams_delete_team())) }
            }))
        },
    )
}

fn members_words(say: Words, members: &[Named]) -> String {
    match members {
        [] => say.teams_nobody_yet().to_owned(),
        members => members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", "),
    }
}
