//! SQL and rows of what was asked again.

use super::rules::Kind;
use crate::{Desk, Result, conversations::ConversationId, people::AgentId};
use base::{
    db::{DbError, FromValue, Value},
    params, row, statements,
};
use jiff::Timestamp;
use uuid::Uuid;

statements! {
    INSERT = "insert into asked_again (workspace_id, conversation_id, draft_id, kind, agent_id, week, outcome, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing";
    COUNT = "insert into asked_again_week (workspace_id, week, agent_id, outcome, count) values ($1, $2, $3, $4, 1)
        on conflict (workspace_id, week, agent_id, outcome) do update set count = asked_again_week.count + 1";
    SHOWN = "select kind, week from asked_again where workspace_id = $1 and conversation_id = $2 and draft_id = $3 and outcome = 1";
    SETTLE = "update asked_again set outcome = $5 where workspace_id = $1 and conversation_id = $2 and draft_id = $3 and kind = $4";
    WEEKS = "select week, agent_id, outcome, count from asked_again_week where workspace_id = $1 and week >= $2 and week <= $3
        order by week desc, agent_id, outcome";
    CASES = "select a.draft_id, a.kind, a.outcome, a.at, c.number, c.subject, c.customer_name from asked_again a
        join conversation c on c.workspace_id = a.workspace_id and c.id = a.conversation_id
        where a.workspace_id = $1 and a.agent_id = $2 and a.week = $3 and (cast($4 as smallint) = 0 or a.outcome = cast($4 as smallint))
        and (a.at, a.draft_id, a.kind) < ($5, $6, $7) order by a.at desc, a.draft_id desc, a.kind desc limit $8";
}

/// What became of a question whose answer was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was shown to its writer.
    Shown = 1,
    /// It was taken out before sending.
    Heeded = 2,
    /// It was sent.
    SentAnyway = 3,
}

impl From<Outcome> for Value {
    fn from(outcome: Outcome) -> Self {
        Value::Int(outcome as i64)
    }
}

impl FromValue for Outcome {
    fn from_value(value: Value) -> std::result::Result<Self, DbError> {
        match i64::from_value(value)? {
            1 => Ok(Outcome::Shown),
            2 => Ok(Outcome::Heeded),
            3 => Ok(Outcome::SentAnyway),
            other => Err(DbError::Internal(format!("{other} is no outcome"))),
        }
    }
}

impl FromValue for Kind {
    fn from_value(value: Value) -> std::result::Result<Self, DbError> {
        let number = i64::from_value(value)?;
        let known = Kind::ALL.iter().find(|kind| **kind as i64 == number).copied();
        known.ok_or_else(|| DbError::Internal(format!("{number} is nothing that can be asked for")))
    }
}

row! {
    /// How often, of one agent in one week.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct WeekRow {
        /// Its Monday.
        pub week: Timestamp,
        /// Who.
        pub agent_id: AgentId,
        /// What became of it; `Shown` counts all.
        pub outcome: Outcome,
        /// How often.
        pub count: i64,
    }
}

row! {
    /// One question whose answer was known.
    #[derive(Debug, Clone)]
    pub struct Case {
        /// Of which draft.
        pub draft_id: Uuid,
        /// What was asked for.
        pub kind: Kind,
        /// What became of it.
        pub outcome: Outcome,
        /// When.
        pub at: Timestamp,
        /// The conversation's number.
        pub number: i64,
        /// Its subject.
        pub subject: String,
        /// Its customer's name.
        pub customer_name: String,
    }
}

/// Where a page of cases goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseKey(Timestamp, Uuid, i16);

impl Case {
    /// Where a page goes on behind it.
    pub fn key(&self) -> CaseKey {
        CaseKey(self.at, self.draft_id, self.kind as i16)
    }
}

impl std::fmt::Display for CaseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.0.as_microsecond(), self.1, self.2)
    }
}

impl std::str::FromStr for CaseKey {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let mut parts = text.split('.');
        let mut next = || parts.next().ok_or(());
        let at = Timestamp::from_microsecond(next()?.parse().map_err(drop)?).map_err(drop)?;
        Ok(Self(at, next()?.parse().map_err(drop)?, next()?.parse().map_err(drop)?))
    }
}

/// Remembers a question; false when it was known.
pub(super) async fn insert(
    desk: &Desk<'_>,
    conversation: ConversationId,
    draft: Uuid,
    kind: Kind,
    agent: AgentId,
    outcome: Outcome,
) -> Result<bool> {
    let (workspace, week, now) = (desk.workspace(), super::week_of(desk.now()), desk.now());
    let params = params![workspace, conversation, draft, kind as i16, agent, week, outcome, now];
    Ok(desk.tx().exec(INSERT, params).await? == 1)
}

pub(super) async fn count(desk: &Desk<'_>, agent: AgentId, week: Timestamp, outcome: Outcome) -> Result<()> {
    desk.tx().exec(COUNT, params![desk.workspace(), week, agent, outcome]).await?;
    Ok(())
}

/// What was shown of a draft and has not ended, with the week in which it was.
pub(super) async fn shown(desk: &Desk<'_>, conversation: ConversationId, draft: Uuid) -> Result<Vec<(i16, Timestamp)>> {
    Ok(desk.tx().rows(SHOWN, params![desk.workspace(), conversation, draft]).await?)
}

pub(super) async fn settle(
    desk: &Desk<'_>,
    conversation: ConversationId,
    draft: Uuid,
    kind: i16,
    outcome: Outcome,
) -> Result<()> {
    desk.tx().exec(SETTLE, params![desk.workspace(), conversation, draft, kind, outcome]).await?;
    Ok(())
}

pub(super) async fn weeks(desk: &Desk<'_>, first: Timestamp, last: Timestamp) -> Result<Vec<WeekRow>> {
    Ok(desk.tx().rows(WEEKS, params![desk.workspace(), first, last]).await?)
}

pub(super) async fn cases(
    desk: &Desk<'_>,
    agent: AgentId,
    week: Timestamp,
    outcome: Option<Outcome>,
    after: Option<CaseKey>,
    limit: i64,
) -> Result<Vec<Case>> {
    let CaseKey(at, id, kind) = after.unwrap_or(CaseKey(Timestamp::MAX, Uuid::max(), i16::MAX));
    let outcome = outcome.map_or(0, |outcome| outcome as i16);
    Ok(desk.tx().rows(CASES, params![desk.workspace(), agent, week, outcome, at, id, kind, limit]).await?)
}
