//! Durable jobs: one table, enqueued in the transaction of the change that wants them, run by any node, by one at a time.
//!
//! A worker claims a job by moving its `run_at` to the end of a lease; when the worker dies, the lease passes and the job
//! is due again. The number of attempts is the fence: who lost the lease can neither finish nor fail the job any more.
//! A job runs at least once, so its effects are idempotent; a finished job is deleted; one that failed for good is a *dead
//! letter* that a person requeues or discards.
//!
//! A job that nobody waits for is ordered [behind](enqueue_behind) the others: it runs when none of them is due.

use crate::{
    db::{DbError, Engine, Tx, Value},
    id_type, params, row, statements,
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

id_type! {
    /// A job.
    JobId
}

/// How often a job is tried before it becomes a dead letter: about two days with [`retry_after`]'s waits.
pub const MAX_ATTEMPTS: i32 = 15;
/// How long a worker may be silent before another takes over.
pub const LEASE: SignedDuration = SignedDuration::from_secs(120);

statements! {
    ENQUEUE = "insert into job (workspace_id, id, kind, dedupe_key, payload, state, run_at, attempts, created_at, background)
        values ($1, $2, $3, $4, $5, 0, $6, 0, $7, $8) on conflict do nothing";
    CLAIM_SQLITE = "update job set run_at = $2, attempts = attempts + 1 where (workspace_id, id) in
        (select workspace_id, id from job where state = 0 and background = $4 and run_at <= $1 order by run_at, id limit $3)
        returning workspace_id, id, kind, payload, attempts, background";
    CLAIM_POSTGRES = "update job set run_at = $2, attempts = attempts + 1 where (workspace_id, id) in
        (select workspace_id, id from job where state = 0 and background = $4 and run_at <= $1 order by run_at, id limit $3
        for update skip locked) returning workspace_id, id, kind, payload, attempts, background";
    EXTEND = "update job set run_at = $4 where workspace_id = $1 and id = $2 and attempts = $3 and state = 0";
    FINISH = "delete from job where workspace_id = $1 and id = $2 and attempts = $3 and state = 0";
    RETRY = "update job set run_at = $4, last_error = $5 where workspace_id = $1 and id = $2 and attempts = $3 and state = 0";
    BURY = "update job set state = 1, last_error = $4 where workspace_id = $1 and id = $2 and attempts = $3 and state = 0";
    NEXT_DUE = "select run_at from job where state = 0 and background = $1 order by run_at, id limit 1";
    DEAD_LETTERS = "select id, kind, payload, attempts, coalesce(last_error, ''), created_at from job
        where workspace_id = $1 and state = 1 and id < $2 order by id desc limit $3";
    REQUEUE = "update job set state = 0, attempts = 0, run_at = $3, dedupe_key = null where workspace_id = $1 and id = $2 and state = 1";
    REQUEUE_ALL = "update job set state = 0, attempts = 0, run_at = $2, dedupe_key = null where workspace_id = $1 and state = 1";
    // Both kinds are named so that the index of what is due is searched, not walked through.
    RELEASE = "update job set run_at = $1 where state = 0 and background in (false, true) and attempts > 0 and run_at > $1 and run_at <= $2";
    TAKE_BACK = "delete from job where workspace_id = $1 and kind = $2 and dedupe_key = $3 and state = 0 and attempts = 0 returning payload";
    DISCARD_SAME = "delete from job where workspace_id = $1 and kind = $2 and payload = $3 and state = 1";
    DISCARD = "delete from job where workspace_id = $1 and id = $2 and state = 1";
}

/// An order for a job.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// Which handler runs it.
    pub kind: &'static str,
    /// JSON for that handler.
    pub payload: String,
    /// When it is due.
    pub run_at: Timestamp,
    /// While a live job of this kind has the same key, a second one is not made.
    pub dedupe_key: Option<String>,
}

row! {
    /// A job in a worker's hands.
    #[derive(Debug, Clone)]
    pub struct Claimed {
        /// Whose it is.
        pub workspace_id: Uuid,
        /// Its id.
        pub id: JobId,
        /// Which handler runs it.
        pub kind: String,
        /// JSON for that handler.
        pub payload: String,
        /// Which attempt this is, from 1.
        pub attempts: i32,
        /// Nobody waits for it.
        pub background: bool,
    }
}

row! {
    /// A job that failed for good.
    #[derive(Debug, Clone)]
    pub struct DeadLetter {
        /// Its id.
        pub id: JobId,
        /// Which handler ran it.
        pub kind: String,
        /// JSON for that handler.
        pub payload: String,
        /// How often it was tried.
        pub attempts: i32,
        /// Why the last attempt failed.
        pub last_error: String,
        /// When it was ordered.
        pub created_at: Timestamp,
    }
}

/// What a job that did not succeed wants to happen next.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Try again later; after [`MAX_ATTEMPTS`] it becomes a dead letter.
    #[error("{0}")]
    Retry(String),
    /// No further attempt would help.
    #[error("{0}")]
    Fail(String),
}

/// The wait before the next attempt: 5 s, 10 s, 20 s … at most 6 h, spread by up to a tenth with `spread` in 0..1000.
pub fn retry_after(attempts: i32, spread: u16) -> SignedDuration {
    let exponent = attempts.clamp(1, 20) - 1;
    let millis = (5_000_i64 << exponent).min(6 * 3_600_000);
    SignedDuration::from_millis(millis + millis / 10 * i64::from(spread.min(1000)) / 1000)
}

/// Orders a job within the caller's unit of work.
///
/// # Errors
/// [`DbError`].
pub async fn enqueue(tx: &Tx<'_>, workspace: Uuid, id: Uuid, now: Timestamp, job: &NewJob) -> Result<(), DbError> {
    insert(tx, workspace, id, now, job, false).await
}

/// As [`enqueue`], of a job that nobody waits for: it runs when no other is due.
///
/// # Errors
/// [`DbError`].
pub async fn enqueue_behind(
    tx: &Tx<'_>,
    workspace: Uuid,
    id: Uuid,
    now: Timestamp,
    job: &NewJob,
) -> Result<(), DbError> {
    insert(tx, workspace, id, now, job, true).await
}

async fn insert(
    tx: &Tx<'_>,
    workspace: Uuid,
    id: Uuid,
    now: Timestamp,
    job: &NewJob,
    background: bool,
) -> Result<(), DbError> {
    let key = job.dedupe_key.as_deref();
    tx.exec(ENQUEUE, params![workspace, id, job.kind, key, job.payload.as_str(), job.run_at, now, background]).await?;
    Ok(())
}

/// Takes up to `limit` due jobs of all workspaces, soonest first, and up to `behind` of them that nobody waits for, when there are not
/// enough others; each is the caller's until [`LEASE`] passes.
///
/// # Errors
/// [`DbError`].
pub async fn claim(tx: &Tx<'_>, now: Timestamp, limit: i64, behind: i64) -> Result<Vec<Claimed>, DbError> {
    let sql = match tx.engine() {
        Engine::Sqlite => CLAIM_SQLITE,
        Engine::Postgres => CLAIM_POSTGRES,
    };
    let mut claimed: Vec<Claimed> = tx.rows(sql, params![now, now + LEASE, limit, false]).await?;
    let free = (limit - claimed.len() as i64).min(behind);
    if free > 0 {
        claimed.extend(tx.rows(sql, params![now, now + LEASE, free, true]).await?);
    }
    Ok(claimed)
}

/// Makes all jobs due whose worker may have died: those under a lease, and those that failed and were to be tried again as
/// soon. Only for who knows that no worker is alive.
///
/// # Errors
/// [`DbError`].
pub async fn release(tx: &Tx<'_>, now: Timestamp) -> Result<u64, DbError> {
    tx.exec(RELEASE, params![now, now + LEASE]).await
}

/// When the soonest job is due or its lease ends.
///
/// # Errors
/// [`DbError`].
pub async fn next_due(tx: &Tx<'_>) -> Result<Option<Timestamp>, DbError> {
    let mut soonest = None;
    for background in [false, true] {
        let next = tx.row::<(Timestamp,)>(NEXT_DUE, params![background]).await?.map(|(at,)| at);
        soonest = soonest.into_iter().chain(next).min();
    }
    Ok(soonest)
}

fn held(job: &Claimed) -> [Value; 3] {
    [job.workspace_id.into(), job.id.into(), job.attempts.into()]
}

async fn settle(tx: &Tx<'_>, sql: &str, job: &Claimed, more: &[Value]) -> Result<bool, DbError> {
    let params: Vec<Value> = held(job).into_iter().chain(more.iter().cloned()).collect();
    Ok(tx.exec(sql, &params).await? == 1)
}

/// Prolongs the lease of a job that is still running. False when it was lost.
///
/// # Errors
/// [`DbError`].
pub async fn extend(tx: &Tx<'_>, job: &Claimed, now: Timestamp) -> Result<bool, DbError> {
    settle(tx, EXTEND, job, params![now + LEASE]).await
}

/// Removes a job that is done. False when its lease was lost: then another worker has it, and the caller's unit of work
/// should be given up if it did something.
///
/// # Errors
/// [`DbError`].
pub async fn finish(tx: &Tx<'_>, job: &Claimed) -> Result<bool, DbError> {
    settle(tx, FINISH, job, &[]).await
}

/// Records a failure: the job is due again later, or becomes a dead letter.
///
/// # Errors
/// [`DbError`].
pub async fn fail(tx: &Tx<'_>, job: &Claimed, now: Timestamp, error: &JobError, spread: u16) -> Result<(), DbError> {
    let reason = Value::from(error.to_string());
    match error {
        JobError::Retry(_) if job.attempts < MAX_ATTEMPTS => {
            settle(tx, RETRY, job, &[(now + retry_after(job.attempts, spread)).into(), reason]).await?;
        }
        _ => {
            settle(tx, BURY, job, &[reason]).await?;
        }
    }
    Ok(())
}

/// Dead letters of a workspace, newest first, from before `before` (the last id of the previous page).
///
/// # Errors
/// [`DbError`].
pub async fn dead_letters(
    tx: &Tx<'_>,
    workspace: Uuid,
    before: Option<JobId>,
    limit: i64,
) -> Result<Vec<DeadLetter>, DbError> {
    let before = before.unwrap_or(JobId(Uuid::max()));
    tx.rows(DEAD_LETTERS, params![workspace, before, limit]).await
}

/// Makes a dead letter due now, with all its attempts before it. False when there is none of that id.
///
/// # Errors
/// [`DbError`].
pub async fn requeue(tx: &Tx<'_>, workspace: Uuid, id: JobId, now: Timestamp) -> Result<bool, DbError> {
    Ok(tx.exec(REQUEUE, params![workspace, id, now]).await? == 1)
}

/// Makes all dead letters of a workspace due now; returns how many there were.
///
/// # Errors
/// [`DbError`].
pub async fn requeue_all(tx: &Tx<'_>, workspace: Uuid, now: Timestamp) -> Result<u64, DbError> {
    tx.exec(REQUEUE_ALL, params![workspace, now]).await
}

/// Takes a job back that nobody has begun yet, by its key; gives its payload. None when it was begun, or is not there.
///
/// # Errors
/// [`DbError`].
pub async fn take_back(tx: &Tx<'_>, workspace: Uuid, kind: &str, dedupe_key: &str) -> Result<Option<String>, DbError> {
    Ok(tx.row::<(String,)>(TAKE_BACK, params![workspace, kind, dedupe_key]).await?.map(|(payload,)| payload))
}

/// Gives up the dead letters that wanted this very thing, since it is ordered anew.
///
/// # Errors
/// [`DbError`].
pub async fn discard_same(tx: &Tx<'_>, workspace: Uuid, kind: &str, payload: &str) -> Result<u64, DbError> {
    tx.exec(DISCARD_SAME, params![workspace, kind, payload]).await
}

/// Gives a dead letter up. False when there is none of that id.
///
/// # Errors
/// [`DbError`].
pub async fn discard(tx: &Tx<'_>, workspace: Uuid, id: JobId) -> Result<bool, DbError> {
    Ok(tx.exec(DISCARD, params![workspace, id]).await? == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn waits_between_attempts_grow_and_stay_bounded(attempts in 1..100_i32, spread in 0..1000_u16) {
            let wait = retry_after(attempts, spread);
            prop_assert!(wait >= SignedDuration::from_secs(5));
            prop_assert!(wait <= SignedDuration::from_mins(6 * 60 + 36));
            prop_assert!(retry_after(attempts + 1, 0) >= retry_after(attempts, 0));
        }
    }
}
