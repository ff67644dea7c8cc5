//! Consistency: what is asked for by the address, the report, and the cases behind a figure.

use std::collections::HashMap;

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use desk::consistency::{self, By, Figure, Group, Like, Scope};
use desk::conversations::{self, Priority, TagId};
use desk::fields::{self, TypeId};
use desk::people::{self, TeamId};
use desk::{Desk, Error, staffing};
use serde::Deserialize;
use uuid::Uuid;

use super::consistency_pages::{self, Choices, Names};
use crate::errors::Refusal;
use crate::visit::Visit;

/// Cases on a page.
const PAGE: usize = 50;

/// What is compared, and which cases.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    pub(crate) by: String,
    #[serde(default)]
    pub(crate) days: String,
    #[serde(default, rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) tag: String,
    #[serde(default)]
    pub(crate) channel: String,
    #[serde(default)]
    pub(crate) priority: String,
    #[serde(default)]
    pub(crate) team: String,
    /// Of a list of cases: whose.
    #[serde(default)]
    pub(crate) group: String,
    #[serde(default)]
    pub(crate) figure: String,
    #[serde(default)]
    pub(crate) after: String,
}

impl Asked {
    pub(crate) fn by(&self) -> By {
        self.by.parse().unwrap_or(By::Agent)
    }

    /// The period in days: one of those that are offered.
    pub(crate) fn days(&self) -> i64 {
        if self.days == "90" { 90 } else { 30 }
    }

    fn scope(&self) -> Scope {
        let like = Like {
            type_id: self.kind.parse().ok().map(TypeId),
            default_type: None,
            channel: Some(self.channel.clone()).filter(|channel| !channel.is_empty()),
            priority: self.priority.parse::<Priority>().ok(),
            team: self.team.parse().ok().map(TeamId),
        };
        Scope { days: self.days(), like, tag: self.tag.parse().ok().map(TagId) }
    }

    /// The address of what is asked for, up to the group.
    pub(crate) fn address(&self, path: &str) -> String {
        let Asked { kind, tag, channel, priority, team, .. } = self;
        let (by, days) = (self.by().word(), self.days());
        let plain =
            |text: &str| text.chars().filter(|c| c.is_alphanumeric() || *c == '-' || *c == '_').collect::<String>();
        format!(
            "{path}?by={by}&days={days}&type={}&tag={}&channel={}&priority={}&team={}",
            plain(kind),
            plain(tag),
            plain(channel),
            plain(priority),
            plain(team)
        )
    }
}

/// What the pages need by name.
async fn names(desk: &mut Desk<'_>) -> desk::Result<(Names, Choices)> {
    let agents: HashMap<Uuid, String> =
        people::agents(desk).await?.into_iter().map(|agent| (agent.id.0, agent.name)).collect();
    let teams: Vec<(Uuid, String)> =
        people::teams(desk).await?.into_iter().map(|team| (team.id.0, team.name)).collect();
    let types = fields::types(desk).await?.into_iter().map(|kind| (kind.id.0, kind.name)).collect();
    let tags = conversations::tags(desk).await?.into_iter().map(|tag| (tag.id.0, tag.name)).collect();
    let channels = staffing::channels(desk).await?;
    let names = Names { agents, teams: teams.iter().cloned().collect() };
    Ok((names, Choices { teams, types, tags, channels }))
}

/// `GET /reports/consistency`
pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (scope, by) = (asked.scope(), asked.by());
    let (compared, (names, choices)) = visit
        .read(move |desk| {
            Box::pin(async move { Ok((consistency::compare(desk, scope, by).await?, names(desk).await?)) })
        })
        .await?;
    Ok(consistency_pages::report(&screen, &asked, &compared, &names, &choices).into_response())
}

/// `GET /reports/consistency/cases`: the conversations behind a figure.
pub(crate) async fn cases(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let group = Group::parse(asked.by(), &asked.group).ok_or(Refusal(Error::NotFound))?;
    let figure: Figure = asked.figure.parse().map_err(|()| Refusal(Error::NotFound))?;
    let (scope, wanted, after) = (asked.scope(), group.clone(), asked.after.parse().ok());
    let (page, (names, _)) = visit
        .read(move |desk| {
            Box::pin(async move {
                let page = consistency::cases(desk, scope, &wanted, figure, after, PAGE).await?;
                Ok((page, names(desk).await?))
            })
        })
        .await?;
    Ok(consistency_pages::cases(&screen, &asked, &group, figure, &page, &names).into_response())
}
