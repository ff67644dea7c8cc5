//! Teams: groups of agents that conversations can be given to.

use maud::{Markup, html};

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
    settings(
        screen,
        Tab::Teams,
        "Teams",
        html! {
            (sheet_head("Teams", "A conversation can be given to a team; each team has a view of its own.", None))
            section.panel aria-label="Teams" {
                @if teams.is_empty() { (empty(Icon::Users, "No teams yet", "Small desks do well without.", None)) }
                @else {
                    ul.rows {
                        @for team in teams {
                            li {
                                (icon(Icon::Users))
                                div.main {
                                    a.title href={ "/settings/teams/" (team.id) } { span.cut dir="auto" { (team.name) } }
                                    span.detail.cut { (members_words(&team.members)) }
                                }
                            }
                        }
                    }
                }
            }
            (panel("Add a team", "", html! {
                form method="post" action="/settings/teams" {
                    div.panel-body { (general_errors(filled, &["name"])) (Text::new("name", "Name").required().placeholder("Billing").show(filled)) }
                    div.form-foot.panel-foot { (button::primary("Add")) }
                }
            }))
        },
    )
}

/// One team: its name and its members.
pub(crate) fn edit(screen: &Screen, team: &TeamShown, agents: &[Named], filled: &Filled) -> Markup {
    let base = format!("/settings/teams/{}", team.id);
    settings(
        screen,
        Tab::Teams,
        &team.name,
        html! {
            div { (crumb("/settings/teams", "Teams")) (sheet_head(&team.name, "", None)) }
            section.panel aria-label="Team" {
                form method="post" action=(base) {
                    div.panel-body {
                        (general_errors(filled, &["name"]))
                        (Text::new("name", "Name").required().show(filled))
                        fieldset.field {
                            legend.label { "Members" }
                            div.choices {
                                @for agent in agents {
                                    (checkbox("member", &agent.id, &agent.name, "", team.members.iter().any(|member| member.id == agent.id)))
                                }
                            }
                        }
                    }
                    div.form-foot.panel-foot { (button::primary("Save")) }
                }
            }
            (panel("Delete", "Only a team that no conversation belongs to can be deleted.", html! {
                form.form-foot.panel-foot method="post" action={ (base) "/deletion" } { (button::danger("Delete team")) }
            }))
        },
    )
}

fn members_words(members: &[Named]) -> String {
    match members {
        [] => "Nobody yet".to_owned(),
        members => members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", "),
    }
}
