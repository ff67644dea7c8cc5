//! Trying failed work again, or giving it up.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use base::queue::JobId;
use desk::jobs;

use super::pages::{self, DeadJob};
use crate::errors::Refusal;
use crate::visit::{Visit, back_to};

const HERE: &str = "/settings/jobs";
/// How many are shown at once, newest first.
const SHOWN: i64 = 100;

/// `GET /settings/jobs`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let dead = jobs::dead_letters(visit.web.app(), visit.viewer.workspace, None, SHOWN).await?;
    let shown: Vec<DeadJob> = dead
        .into_iter()
        .map(|job| DeadJob {
            id: job.id.to_string(),
            kind: job.kind,
            reason: job.last_error,
            attempts: job.attempts.unsigned_abs(),
            at: job.created_at,
        })
        .collect();
    Ok(pages::page(&screen, &shown).into_response())
}

/// `POST /settings/jobs/requeue`: all of them.
pub(crate) async fn requeue_all(visit: Visit) -> Result<Response, Refusal> {
    jobs::requeue(visit.web.app(), visit.viewer.workspace, None).await?;
    Ok(back_to(HERE, "requeued"))
}

/// `POST /settings/jobs/{id}/requeue`
pub(crate) async fn requeue(visit: Visit, Path(id): Path<JobId>) -> Result<Response, Refusal> {
    jobs::requeue(visit.web.app(), visit.viewer.workspace, Some(id)).await?;
    Ok(back_to(HERE, "requeued"))
}

/// `POST /settings/jobs/{id}/discard`
pub(crate) async fn discard(visit: Visit, Path(id): Path<JobId>) -> Result<Response, Refusal> {
    jobs::discard(visit.web.app(), visit.viewer.workspace, id).await?;
    Ok(back_to(HERE, "discarded"))
}
