//! Staffing: what is asked for by the address, and the report.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use desk::people::{self, TeamId};
use desk::staffing::{self, Aim};
use serde::Deserialize;

use super::staffing_pages::{self, Shown};
use crate::errors::Refusal;
use crate::visit::Visit;

/// Which channel and team, and another target than the one kept.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    channel: String,
    #[serde(default)]
    team: String,
    #[serde(default)]
    hours: String,
    #[serde(default)]
    share: String,
    #[serde(default)]
    within: String,
}

impl Asked {
    /// The kept aim with what was asked for instead; what cannot be is brought to the nearest that can.
    fn instead(&self, aim: Aim) -> Aim {
        let number = |text: &str, kept: u32, least: u32, most: u32| {
            text.trim().parse::<u32>().map_or(kept, |number| number.clamp(least, most))
        };
        Aim {
            hours: number(&self.hours, aim.hours, 1, 200),
            share: number(&self.share, aim.share, 1, 99),
            within: number(&self.within, aim.within, 0, 86_400),
            ..aim
        }
    }
}

/// `GET /reports/staffing`
pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let team: Option<TeamId> = asked.team.parse().ok();
    let (outlook, channels, teams, channel) = visit
        .read(move |desk| {
            Box::pin(async move {
                let channels = staffing::channels(desk).await?;
                let chosen = channels.iter().find(|channel| **channel == asked.channel).or(channels.first());
                let channel = chosen.cloned().unwrap_or_default();
                let teams = people::teams(desk).await?;
                let outlook = staffing::outlook(desk, &channel, team, |aim| asked.instead(aim)).await?;
                Ok((outlook, channels, teams, channel))
            })
        })
        .await?;
    let teams = teams.into_iter().map(|team| (team.id.to_string(), team.name)).collect();
    let team = team.map(|team| team.to_string()).unwrap_or_default();
    Ok(staffing_pages::report(&screen, &Shown { outlook, channels, teams, channel, team }).into_response())
}
