//! SQL and rows of merged customers.

use super::MergeId;
use crate::{Desk, Error, Result, conversations::ConversationId, customers::CustomerId, people::AgentId};
use base::{
    db::{DbError, FromValue, Value},
    params, row, statements,
};
use jiff::Timestamp;

statements! {
    LOCK = "update customer_merge set state = state where workspace_id = $1 and id = $2
        returning id, from_id, to_id, agent_id, at, before, moved, state";
    INSERT = "insert into customer_merge (workspace_id, id, from_id, to_id, agent_id, at, before, moved, state)
        values ($1, $2, $3, $4, $5, $6, $7, 0, 1)";
    SET_STATE = "update customer_merge set state = $3 where workspace_id = $1 and id = $2";
    COUNT_MOVED = "update customer_merge set moved = moved + $3 where workspace_id = $1 and id = $2";
    INTO = "select id, from_id, to_id, agent_id, at, before, moved, state from customer_merge where workspace_id = $1 and to_id = $2
        order by id desc limit 20";
    REMEMBER = "insert into customer_merge_conversation (workspace_id, merge_id, conversation_id, customer_name) values ($1, $2, $3, $4)
        on conflict do nothing";
    REMEMBERED = "select conversation_id, customer_name from customer_merge_conversation where workspace_id = $1 and merge_id = $2
        order by conversation_id limit $3";
    FORGET = "delete from customer_merge_conversation where workspace_id = $1 and merge_id = $2 and conversation_id = $3";
    TELL_APART = "insert into not_duplicate (workspace_id, one_id, other_id, agent_id, at) values ($1, $2, $3, $4, $5) on conflict do nothing";
    TOLD_APART = "select other_id from not_duplicate where workspace_id = $1 and one_id = $2 limit 200";
}

/// How far a merge has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its conversations are moving.
    Moving = 1,
    /// They have moved.
    Done = 2,
    /// They are moving back.
    MovingBack = 3,
    /// It was undone.
    Undone = 4,
}

impl From<State> for Value {
    fn from(state: State) -> Self {
        Value::Int(state as i64)
    }
}

impl FromValue for State {
    fn from_value(value: Value) -> std::result::Result<Self, DbError> {
        match i64::from_value(value)? {
            1 => Ok(State::Moving),
            2 => Ok(State::Done),
            3 => Ok(State::MovingBack),
            4 => Ok(State::Undone),
            other => Err(DbError::Internal(format!("{other} is no state of a merge"))),
        }
    }
}

row! {
    /// Two customers that became one.
    #[derive(Debug, Clone)]
    pub struct Merge {
        /// Its id.
        pub id: MergeId,
        /// Who turned out to be somebody else.
        pub from_id: CustomerId,
        /// Who they turned out to be.
        pub to_id: CustomerId,
        /// Who merged them.
        pub agent_id: AgentId,
        /// When.
        pub at: Timestamp,
        /// JSON: what undoing it takes.
        pub(super) before: String,
        /// Conversations that moved.
        pub moved: i32,
        /// How far it has got.
        pub state: State,
    }
}

pub(super) async fn lock(desk: &Desk<'_>, id: MergeId) -> Result<Merge> {
    desk.tx().row(LOCK, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn insert(
    desk: &Desk<'_>,
    id: MergeId,
    (from, to): (CustomerId, CustomerId),
    agent: AgentId,
    before: &str,
) -> Result<()> {
    desk.tx().exec(INSERT, params![desk.workspace(), id, from, to, agent, desk.now(), before]).await?;
    Ok(())
}

pub(super) async fn set_state(desk: &Desk<'_>, id: MergeId, state: State) -> Result<()> {
    desk.tx().exec(SET_STATE, params![desk.workspace(), id, state]).await?;
    Ok(())
}

pub(super) async fn count_moved(desk: &Desk<'_>, id: MergeId, moved: i32) -> Result<()> {
    desk.tx().exec(COUNT_MOVED, params![desk.workspace(), id, moved]).await?;
    Ok(())
}

pub(super) async fn of_customer(desk: &Desk<'_>, id: CustomerId) -> Result<Vec<Merge>> {
    Ok(desk.tx().rows(INTO, params![desk.workspace(), id]).await?)
}

pub(super) async fn remember(desk: &Desk<'_>, id: MergeId, conversation: ConversationId, name: &str) -> Result<()> {
    desk.tx().exec(REMEMBER, params![desk.workspace(), id, conversation, name]).await?;
    Ok(())
}

pub(super) async fn remembered(desk: &Desk<'_>, id: MergeId, limit: i64) -> Result<Vec<(ConversationId, String)>> {
    Ok(desk.tx().rows(REMEMBERED, params![desk.workspace(), id, limit]).await?)
}

pub(super) async fn forget(desk: &Desk<'_>, id: MergeId, conversation: ConversationId) -> Result<()> {
    desk.tx().exec(FORGET, params![desk.workspace(), id, conversation]).await?;
    Ok(())
}

pub(super) async fn tell_apart(desk: &Desk<'_>, one: CustomerId, other: CustomerId) -> Result<()> {
    let agent = desk.agent()?;
    for (one, other) in [(one, other), (other, one)] {
        desk.tx().exec(TELL_APART, params![desk.workspace(), one, other, agent, desk.now()]).await?;
    }
    Ok(())
}

pub(super) async fn told_apart(desk: &Desk<'_>, one: CustomerId) -> Result<Vec<CustomerId>> {
    let rows = desk.tx().rows::<(CustomerId,)>(TOLD_APART, params![desk.workspace(), one]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
