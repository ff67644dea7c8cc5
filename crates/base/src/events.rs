//! The event log: what happened in a workspace, append-only, in the transaction of the change itself. It is the outbox that
//! live updates, and later rules, clocks, webhooks, audit and reports, read by cursor.
//!
//! No reader ever sees a later event before an earlier one. An identity column would not give that (its numbers are drawn
//! before the commit); the workspace's own counter does, since whoever has drawn from it holds its row until the commit.
//! To hold it briefly, events are written last in a unit of work.

use crate::{
    db::{DbError, Tx},
    params, row, statements,
};
use jiff::Timestamp;
use uuid::Uuid;

statements! {
    DRAW = "update workspace set event_seq = event_seq + $2 where workspace_id = $1 returning event_seq";
    APPEND = "insert into event (workspace_id, seq, at, kind, actor_kind, actor_id, conversation_id, data)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    AFTER = "select seq, at, kind, actor_kind, actor_id, conversation_id, data from event
        where workspace_id = $1 and seq > $2 order by seq limit $3";
    OF_CONVERSATION = "select seq, at, kind, actor_kind, actor_id, conversation_id, data from event
        where workspace_id = $1 and conversation_id = $2 order by seq desc limit $3";
    BEFORE = "select seq, at, kind, actor_kind, actor_id, conversation_id, data from event
        where workspace_id = $1 and seq < $2 order by seq desc limit $3";
    BEFORE_BY = "select seq, at, kind, actor_kind, actor_id, conversation_id, data from event
        where workspace_id = $1 and actor_id = $4 and seq < $2 order by seq desc limit $3";
    NEWEST = "select event_seq from workspace where workspace_id = $1";
}

/// An event to be appended.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// What happened, in the past tense: `conversation_resolved`.
    pub kind: &'static str,
    /// Who did it: the product's enum as a number, with the id where there is one.
    pub actor: (i16, Option<Uuid>),
    /// The conversation it happened to.
    pub conversation_id: Option<Uuid>,
    /// JSON, by kind.
    pub data: String,
}

row! {
    /// An event as it stands in the log.
    #[derive(Debug, Clone)]
    pub struct Recorded {
        /// Its place in the workspace's log, from 1, ascending; gaps do not occur.
        pub seq: i64,
        /// When it happened.
        pub at: Timestamp,
        /// What happened.
        pub kind: String,
        /// Who did it, as a number of the product's enum.
        pub actor_kind: i16,
        /// Who did it.
        pub actor_id: Option<Uuid>,
        /// The conversation it happened to.
        pub conversation_id: Option<Uuid>,
        /// JSON, by kind.
        pub data: String,
    }
}

/// Appends events in their order; call it last in a unit of work. Returns the number of the last one.
///
/// # Errors
/// [`DbError`]; `Internal` when there is no such workspace.
pub async fn append(tx: &Tx<'_>, workspace: Uuid, at: Timestamp, events: &[NewEvent]) -> Result<i64, DbError> {
    let count = events.len() as i64;
    let (last,): (i64,) = tx.one(DRAW, params![workspace, count]).await?;
    let rows: Vec<_> = (last - count + 1..)
        .zip(events)
        .map(|(seq, e)| {
            let (actor_kind, actor_id) = e.actor;
            let row = params![workspace, seq, at, e.kind, actor_kind, actor_id, e.conversation_id, e.data.as_str()];
            (APPEND, row.to_vec())
        })
        .collect();
    tx.exec_all(&rows).await?;
    Ok(last)
}

/// Up to `limit` events after `seq`, in their order.
///
/// # Errors
/// [`DbError`].
pub async fn after(tx: &Tx<'_>, workspace: Uuid, seq: i64, limit: i64) -> Result<Vec<Recorded>, DbError> {
    tx.rows(AFTER, params![workspace, seq, limit]).await
}

/// The newest `limit` events of one conversation, newest first.
///
/// # Errors
/// [`DbError`].
pub async fn newest_of_conversation(
    tx: &Tx<'_>,
    workspace: Uuid,
    conversation: Uuid,
    limit: i64,
) -> Result<Vec<Recorded>, DbError> {
    tx.rows(OF_CONVERSATION, params![workspace, conversation, limit]).await
}

/// The newest `limit` events before `seq`, newest first; only those of one actor, if one is named.
///
/// # Errors
/// [`DbError`].
pub async fn before(
    tx: &Tx<'_>,
    workspace: Uuid,
    seq: i64,
    limit: i64,
    actor: Option<Uuid>,
) -> Result<Vec<Recorded>, DbError> {
    match actor {
        Some(actor) => tx.rows(BEFORE_BY, params![workspace, seq, limit, actor]).await,
        None => tx.rows(BEFORE, params![workspace, seq, limit]).await,
    }
}

/// The number of the newest event.
///
/// # Errors
/// [`DbError`]; `Internal` when there is no such workspace.
pub async fn newest(tx: &Tx<'_>, workspace: Uuid) -> Result<i64, DbError> {
    Ok(tx.one::<(i64,)>(NEWEST, params![workspace]).await?.0)
}
