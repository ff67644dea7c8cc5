//! Showing, keeping and forgetting what is promised and planned.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use desk::calendars::WEEK_FIELDS;
use desk::people::{self, TeamId};
use desk::staffing::{self, Aim, Method, Week};
use desk::{Error, FieldError};
use http::StatusCode;
use serde::Deserialize;

use super::pages::{self, Shown};
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::visit::{Visit, back_to};

/// Whose.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    channel: String,
    #[serde(default)]
    team: String,
}

impl Asked {
    fn team(&self) -> Option<TeamId> {
        self.team.parse().ok()
    }

    fn address(&self) -> String {
        let team = self.team().map(|team| team.to_string()).unwrap_or_default();
        format!("/settings/staffing?channel={}&team={team}", self.channel)
    }
}

/// `GET /settings/staffing`
pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    page(&visit, asked, None, StatusCode::OK).await
}

/// `POST /settings/staffing`
pub(crate) async fn save(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let asked = whose(&visit, &fields).await?;
    let (aim, problems) = aim(&fields, Aim::of(&asked.channel));
    let (channel, team, week) = (asked.channel.clone(), asked.team(), WEEK_FIELDS.map(|day| fields.text(day)));
    let saved = if problems.is_empty() {
        visit
            .write(move |desk| Box::pin(async move { staffing::set_plan(desk, &channel, team, aim, week).await }))
            .await
    } else {
        Err(Refusal(Error::Invalid(problems)))
    };
    match saved {
        Ok(()) => Ok(back_to(&asked.address(), "saved")),
        Err(Refusal(Error::Invalid(problems))) => {
            let filled = fields.refused(visit.reader.words, &problems);
            page(&visit, asked, Some(filled), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /settings/staffing/removal`
pub(crate) async fn remove(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let asked = whose(&visit, &fields).await?;
    let (channel, team) = (asked.channel.clone(), asked.team());
    visit.write(move |desk| Box::pin(async move { staffing::remove_plan(desk, &channel, team).await })).await?;
    Ok(back_to(&asked.address(), "deleted"))
}

/// The channel and team of a form; a channel is one of those that there are.
async fn whose(visit: &Visit, fields: &Fields) -> Result<Asked, Refusal> {
    let channels = visit.read(|desk| Box::pin(async move { staffing::channels(desk).await })).await?;
    let channel =
        channels.into_iter().find(|channel| channel == fields.get("channel")).ok_or(Refusal(Error::NotFound))?;
    Ok(Asked { channel, team: fields.text("team") })
}

/// What a form promises; minutes of work may have a fraction.
fn aim(fields: &Fields, usual: Aim) -> (Aim, Vec<FieldError>) {
    let mut problems = Vec::new();
    let mut number = |field: &'static str, usual: u32| match fields.get(field).trim() {
        "" => usual,
        text => text.parse().unwrap_or_else(|_| {
            problems.push(FieldError { field, problem: "not_a_number" });
            usual
        }),
    };
    let mut aim = Aim {
        method: if fields.get("method") == "live" { Method::Live } else { Method::Backlog },
        at_once: number("at_once", usual.at_once),
        share: number("share", usual.share),
        within: number("within", usual.within),
        patience: number("patience", usual.patience),
        hours: number("hours", usual.hours),
        busy: number("busy", usual.busy),
        shrinkage: number("shrinkage", usual.shrinkage),
        handling: usual.handling,
    };
    match fields.get("handling").trim().replace(',', ".").parse::<f64>() {
        Ok(minutes) if minutes.is_finite() => aim.handling = (minutes * 60.0).round().clamp(0.0, 1e6) as u32,
        _ => problems.push(FieldError { field: "handling", problem: "not_a_number" }),
    }
    (aim, problems)
}

fn as_filled(aim: &Aim, week: &Week) -> Filled {
    let minutes = f64::from(aim.handling) / 60.0;
    let filled = Filled::default()
        .with("method", if aim.method == Method::Live { "live" } else { "backlog" })
        .with("handling", format!("{}", (minutes * 100.0).round() / 100.0))
        .with("at_once", aim.at_once.to_string())
        .with("share", aim.share.to_string())
        .with("within", aim.within.to_string())
        .with("patience", aim.patience.to_string())
        .with("hours", aim.hours.to_string())
        .with("busy", aim.busy.to_string())
        .with("shrinkage", aim.shrinkage.to_string());
    WEEK_FIELDS.iter().zip(week).fold(filled, |filled, (field, day)| filled.with(field, day.to_string()))
}

async fn page(visit: &Visit, asked: Asked, came_back: Option<Filled>, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let team = asked.team();
    let wanted = asked.channel.clone();
    let (channels, teams, channel, (aim, week, own)) = visit
        .read(move |desk| {
            Box::pin(async move {
                let channels = staffing::channels(desk).await?;
                let chosen = channels.iter().find(|channel| **channel == wanted).or(channels.first());
                let channel = chosen.cloned().unwrap_or_default();
                let teams = people::teams(desk).await?;
                let plan = staffing::plan_of(desk, &channel, team).await?;
                Ok((channels, teams, channel, plan))
            })
        })
        .await?;
    let filled = came_back.unwrap_or_default().or(as_filled(&aim, &week));
    let teams = teams.into_iter().map(|team| (team.id.to_string(), team.name)).collect();
    let team = team.map(|team| team.to_string()).unwrap_or_default();
    Ok((status, pages::form(&screen, &Shown { channels, teams, channel, team, own }, &filled)).into_response())
}
