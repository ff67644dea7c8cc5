//! What a rule did, its versions, and what it would have done.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::Error;
use desk::conversations::ConversationId;
use desk::rules::{self, RuleId, Run, RunId};
use jiff::Timestamp;
use serde::Deserialize;

use super::{load, past_pages as pages};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::load as inbox;
use crate::visit::{Visit, back_to};

const PAGE: i64 = 50;

/// Where a page goes on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    before: Option<String>,
}

/// `GET /settings/rules/{id}/runs`
pub(crate) async fn runs(
    visit: Visit,
    Path(id): Path<RuleId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let before: Option<RunId> = wanted.before.and_then(|id| id.parse().ok());
    let (rule, mut runs) = visit
        .read(move |desk| {
            Box::pin(async move { Ok((rules::find(desk, id).await?, rules::runs(desk, id, before, PAGE + 1).await?)) })
        })
        .await?;
    let more = runs.len() as i64 > PAGE;
    runs.truncate(PAGE as usize);
    let context = load::context(&visit, runs.iter().flat_map(Run::held).collect()).await?;
    Ok(pages::runs(&screen, &rule, &runs, more, &context).into_response())
}

/// `GET /settings/rules/{id}/versions`
pub(crate) async fn versions(
    visit: Visit,
    Path(id): Path<RuleId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (before, say): (Option<i32>, _) = (wanted.before.and_then(|version| version.parse().ok()), visit.reader.words);
    let (rule, mut versions, names) = visit
        .read(move |desk| {
            Box::pin(async move {
                let versions = rules::versions(desk, id, before, PAGE + 1).await?;
                let (_, names) = inbox::choices(desk, say).await?;
                Ok((rules::find(desk, id).await?, versions, names))
            })
        })
        .await?;
    let more = versions.len() as i64 > PAGE;
    versions.truncate(PAGE as usize);
    let mut shown = Vec::new();
    for version in versions {
        shown.push((version.definition()?, names.agent(version.created_by).name, version));
    }
    let filters = shown.iter().map(|(definition, ..)| definition.filter.clone()).collect();
    let context = load::context(&visit, filters).await?;
    Ok(pages::versions(&screen, &rule, &shown, more, &context).into_response())
}

/// `POST /settings/rules/{id}/versions`: `version` is put back.
pub(crate) async fn put_back(visit: Visit, Path(id): Path<RuleId>, fields: Fields) -> Result<Response, Refusal> {
    let version = fields.get("version").parse().map_err(|_| Refusal(Error::NotFound))?;
    visit.write(move |desk| Box::pin(async move { rules::put_back(desk, id, version).await })).await?;
    Ok(back_to(&format!("/settings/rules/{id}/versions"), "rule-put-back"))
}

/// `GET /settings/rules/{id}/simulation`: `before` is `microseconds.conversation`.
pub(crate) async fn simulation(
    visit: Visit,
    Path(id): Path<RuleId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let before = wanted.before.as_deref().and_then(place);
    let (rule, last, mut hits) = visit
        .read(move |desk| {
            Box::pin(async move {
                let (rule, last) = (rules::find(desk, id).await?, rules::last_simulation(desk, id).await?);
                let hits = match &last {
                    Some(last) => rules::hits(desk, last.id, before, PAGE + 1).await?,
                    None => Vec::new(),
                };
                Ok((rule, last, hits))
            })
        })
        .await?;
    let more = hits.len() as i64 > PAGE;
    hits.truncate(PAGE as usize);
    Ok(pages::simulation(&screen, &rule, last.as_ref(), &hits, more).into_response())
}

fn place(text: &str) -> Option<(Timestamp, ConversationId)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_microsecond(at.parse().ok()?).ok()?, id.parse().ok()?))
}

/// `POST /settings/rules/{id}/simulation`: over the last `months`.
pub(crate) async fn simulate(visit: Visit, Path(id): Path<RuleId>, fields: Fields) -> Result<Response, Refusal> {
    let months = fields.get("months").parse().unwrap_or(1);
    match visit.write(move |desk| Box::pin(async move { rules::simulate(desk, id, months).await })).await {
        // It goes on already: its page says so.
        Ok(_) | Err(Refusal(Error::Conflict("simulated_already"))) => {
            Ok(back_to(&format!("/settings/rules/{id}/simulation"), ""))
        }
        Err(other) => Err(other),
    }
}
