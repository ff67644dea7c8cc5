//! Runs durable jobs: claims what is due, hands each to its handler, keeps its lease, and records how it ended.

use crate::{
    App, Desk, Error, Result, WorkspaceId, bulk, clocks, consistency, conversations, customers, duplicates, intake,
    notifications, problems, rules, staffing,
};
use async_trait::async_trait;
use base::{
    db::{DbError, Engine, Work},
    queue::{self, Claimed, DeadLetter, JobError, JobId, NewJob},
};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// Runs the jobs of one kind. It may run the same job twice (a lost lease), so doing it twice equals once.
#[async_trait]
pub trait Handler: Send + Sync + 'static {
    /// Which jobs it runs.
    fn kind(&self) -> &'static str;

    /// Does it.
    ///
    /// # Errors
    /// [`JobError`] says whether to try again.
    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError>;
}

/// How a job that succeeded ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Its effects are committed; the job is still to be removed.
    Effects,
    /// It was removed in the same transaction as its effects.
    Removed,
}

/// The handlers of this crate's own jobs.
pub fn handlers() -> Vec<Arc<dyn Handler>> {
    vec![
        Arc::new(intake::ReceiveDelivery),
        Arc::new(conversations::SendMessage),
        Arc::new(conversations::IndexConversations),
        Arc::new(conversations::IndexAll),
        Arc::new(customers::organisations::WalkOrganisation),
        Arc::new(conversations::FollowCustomer),
        Arc::new(duplicates::MoveConversations),
        Arc::new(notifications::SendDigest),
        Arc::new(notifications::SendPush),
        Arc::new(conversations::WakeConversation),
        Arc::new(bulk::ChangeMany),
        Arc::new(problems::AnswerAll),
        Arc::new(clocks::SettleAll),
        Arc::new(rules::RunRules),
        Arc::new(rules::RunDueRules),
        Arc::new(rules::SendWebhook),
        Arc::new(rules::SimulateRule),
        Arc::new(staffing::CountPastArrivals),
        Arc::new(consistency::ReadPastCases),
    ]
}

/// Orders the next step of a walk through what there is already; nobody waits for it. A walk has one step at a time.
pub(crate) async fn order_step(desk: &mut Desk<'_>, kind: &'static str) -> Result<()> {
    let (payload, dedupe_key) = ("{}".to_owned(), Some(kind.to_owned()));
    desk.enqueue_behind(NewJob { kind, payload, run_at: desk.now(), dedupe_key }).await
}

/// One step of a walk, and the order for the next where the step says that there is more. Step, order and the end of the job are one unit, of whoever
/// still holds the job: nothing is done twice.
pub(crate) async fn take_step(
    app: &App,
    job: &Claimed,
    kind: &'static str,
    step: for<'b, 't> fn(&'b mut Desk<'t>) -> Work<'b, bool, Error>,
) -> Result<Done, JobError> {
    let (scope, held) = (WorkspaceId(job.workspace_id).as_system(), job.clone());
    app.write(scope, move |desk| {
        Box::pin(async move {
            if queue::finish(desk.tx(), &held).await? && step(desk).await? {
                order_step(desk, kind).await?;
            }
            Ok(())
        })
    })
    .await?;
    Ok(Done::Removed)
}

/// An error of an action inside a job: what is only away is tried again, and so is a defect, until attempts run out.
impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound | Error::Forbidden | Error::Invalid(_) => JobError::Fail(error.to_string()),
            other => JobError::Retry(other.to_string()),
        }
    }
}

/// How often the table is asked when nobody rings: other nodes' jobs, and jobs whose time has come.
const POLL: Duration = Duration::from_secs(1);

/// Works until `stop` is cancelled, then lets running jobs end for up to `grace`.
pub async fn work(
    app: App,
    handlers: Vec<Arc<dyn Handler>>,
    at_once: usize,
    stop: tokio_util::sync::CancellationToken,
    grace: Duration,
) {
    let handlers: Arc<HashMap<&'static str, Arc<dyn Handler>>> =
        Arc::new(handlers.into_iter().map(|handler| (handler.kind(), handler)).collect());
    let slots = Arc::new(Semaphore::new(at_once));
    // What nobody waits for leaves room, however long it takes.
    let behind = Arc::new(Semaphore::new((at_once - at_once.div_ceil(4)).max(1)));
    let wake = app.wake().jobs();
    while !stop.is_cancelled() {
        let free = slots.available_permits();
        let claimed = if free == 0 { Vec::new() } else { claim(&app, free, behind.available_permits()).await };
        let found = claimed.len();
        for job in claimed {
            let Ok(permit) = slots.clone().acquire_owned().await else { return };
            let second = if job.background { behind.clone().acquire_owned().await.ok() } else { None };
            let (app, handlers) = (app.clone(), handlers.clone());
            let wake = wake.clone();
            tokio::spawn(async move {
                run_one(&app, &handlers, job).await;
                drop((permit, second));
                wake.notify_one();
            });
        }
        if found == 0 || found == free {
            let wait = if found == 0 { POLL } else { Duration::from_millis(50) };
            tokio::select! {
                () = wake.notified() => {}
                () = tokio::time::sleep(wait) => {}
                () = stop.cancelled() => {}
            }
        }
    }
    let all = u32::try_from(at_once).unwrap_or(u32::MAX);
    if tokio::time::timeout(grace, slots.acquire_many(all)).await.is_err() {
        tracing::warn!("stopped with jobs still running; they are taken up again when their lease ends");
    }
}

/// Takes up at once what the node's last run left unfinished, rather than when its leases end. Only where no other node can
/// be at work: on SQLite; elsewhere it does nothing.
///
/// # Errors
/// The store's.
pub async fn take_up(app: &App) -> Result<()> {
    if app.db().engine() == Engine::Sqlite {
        let now = app.now();
        app.db().write::<_, DbError, _>(move |tx| Box::pin(async move { queue::release(tx, now).await })).await?;
    }
    Ok(())
}

/// Runs what is due now, one after another, until nothing is: for commands and tests. Returns how many ran.
pub async fn run_due(app: &App, handlers: Vec<Arc<dyn Handler>>) -> usize {
    let handlers: HashMap<&'static str, Arc<dyn Handler>> =
        handlers.into_iter().map(|handler| (handler.kind(), handler)).collect();
    let mut ran = 0;
    loop {
        let claimed = claim(app, 64, 64).await;
        if claimed.is_empty() {
            return ran;
        }
        ran += claimed.len();
        for job in claimed {
            run_one(app, &handlers, job).await;
        }
    }
}

async fn claim(app: &App, free: usize, behind: usize) -> Vec<Claimed> {
    let (now, limit, behind) = (app.now(), free.min(64) as i64, behind.min(64) as i64);
    let claimed = app
        .db()
        .write::<_, DbError, _>(move |tx| Box::pin(async move { queue::claim(tx, now, limit, behind).await }))
        .await;
    claimed.unwrap_or_else(|error| {
        tracing::warn!(%error, "jobs could not be claimed");
        Vec::new()
    })
}

async fn run_one(app: &App, handlers: &HashMap<&'static str, Arc<dyn Handler>>, job: Claimed) {
    let Some(handler) = handlers.get(job.kind.as_str()).cloned() else {
        settle(app, &job, Err(JobError::Fail(format!("no handler for jobs of kind {}", job.kind)))).await;
        return;
    };
    let running = {
        let (app, job) = (app.clone(), job.clone());
        tokio::spawn(async move { handler.run(&app, &job).await })
    };
    tokio::pin!(running);
    let third_of_lease = Duration::from_secs(queue::LEASE.as_secs().unsigned_abs() / 3);
    let result = loop {
        tokio::select! {
            ended = &mut running => break ended,
            () = tokio::time::sleep(third_of_lease) => extend(app, &job).await,
        }
    };
    let result = result.unwrap_or_else(|_| Err(JobError::Retry("the job panicked; see the log".into())));
    settle(app, &job, result).await;
}

async fn extend(app: &App, job: &Claimed) {
    let (now, held) = (app.now(), job.clone());
    let extended =
        app.db().write::<_, DbError, _>(move |tx| Box::pin(async move { queue::extend(tx, &held, now).await })).await;
    if !matches!(extended, Ok(true)) {
        tracing::warn!(job = %job.id, kind = %job.kind, "a job's lease could not be prolonged");
    }
}

async fn settle(app: &App, job: &Claimed, result: Result<Done, JobError>) {
    let (now, held) = (app.now(), job.clone());
    let spread = u16::from_le_bytes(base::random::bytes::<2>()) % 1000;
    let settled = match result {
        Ok(Done::Removed) => return,
        Ok(Done::Effects) => {
            app.db()
                .write::<_, DbError, _>(move |tx| Box::pin(async move { queue::finish(tx, &held).await.map(drop) }))
                .await
        }
        Err(error) => {
            tracing::warn!(job = %job.id, kind = %job.kind, attempt = job.attempts, %error, "a job failed");
            let error = Arc::new(error);
            app.db()
                .write::<_, DbError, _>(move |tx| {
                    Box::pin(async move { queue::fail(tx, &held, now, &error, spread).await })
                })
                .await
        }
    };
    if let Err(error) = settled {
        tracing::warn!(job = %job.id, %error, "a job's end could not be recorded; it will run again");
    }
}

/// Dead letters, newest first.
///
/// # Errors
/// The store's.
pub async fn dead_letters(
    app: &App,
    workspace: WorkspaceId,
    before: Option<JobId>,
    limit: i64,
) -> Result<Vec<DeadLetter>> {
    Ok(app
        .db()
        .read::<_, DbError, _>(move |tx| {
            Box::pin(async move { queue::dead_letters(tx, workspace.0, before, limit).await })
        })
        .await?)
}

/// Makes one dead letter due now, or all of them.
///
/// # Errors
/// [`Error::NotFound`] when it is gone.
pub async fn requeue(app: &App, workspace: WorkspaceId, id: Option<JobId>) -> Result<u64> {
    let count = app
        .write(workspace.as_system(), move |desk| {
            Box::pin(async move {
                let now = desk.now();
                desk.jobs_are_due();
                Ok(match id {
                    Some(id) => u64::from(queue::requeue(desk.tx(), workspace.0, id, now).await?),
                    None => queue::requeue_all(desk.tx(), workspace.0, now).await?,
                })
            })
        })
        .await?;
    if id.is_some() && count == 0 { Err(Error::NotFound) } else { Ok(count) }
}

/// Gives a dead letter up.
///
/// # Errors
/// [`Error::NotFound`] when it is gone.
pub async fn discard(app: &App, workspace: WorkspaceId, id: JobId) -> Result<()> {
    let discarded = app
        .db()
        .write::<_, DbError, _>(move |tx| Box::pin(async move { queue::discard(tx, workspace.0, id).await }))
        .await?;
    if discarded { Ok(()) } else { Err(Error::NotFound) }
}
