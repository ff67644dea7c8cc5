//! SQL and rows of cases: one row for each conversation that was answered.

use super::rules::CaseKey;
use crate::{
    Desk, Result,
    conversations::{ConversationId, MessageKind, Priority, Status, TagId},
    fields::TypeId,
    people::{AgentId, TeamId},
};
use base::{params, row, statements};
use jiff::Timestamp;
use uuid::Uuid;

macro_rules! columns {
    () => {
        "f.conversation_id, f.answered_at, f.hour, f.agent_id, f.team_id, f.channel, f.type_id, f.priority, f.response, f.resolved_at,
        f.resolution, f.reopened"
    };
}
macro_rules! newest_first {
    () => {
        " and f.answered_at >= $2 and (f.answered_at, f.conversation_id) < ($3, $4)
        order by f.answered_at desc, f.conversation_id desc limit $5"
    };
}

statements! {
    PUT = "insert into case_fact (workspace_id, conversation_id, answered_at, hour, agent_id, team_id, channel, type_id, priority, response,
        resolved_at, resolution, reopened) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        on conflict (workspace_id, conversation_id) do update set answered_at = excluded.answered_at, hour = excluded.hour,
        agent_id = excluded.agent_id, team_id = excluded.team_id, channel = excluded.channel, type_id = excluded.type_id,
        priority = excluded.priority, response = excluded.response, resolved_at = excluded.resolved_at,
        resolution = excluded.resolution, reopened = case_fact.reopened";
    REMOVE = "delete from case_fact where workspace_id = $1 and conversation_id = $2";
    IS_KNOWN = "select 1 from case_fact where workspace_id = $1 and conversation_id = $2";
    COUNT_REOPENED = "update case_fact set reopened = reopened + 1 where workspace_id = $1 and conversation_id = $2";
    SET_REOPENED = "update case_fact set reopened = $3 where workspace_id = $1 and conversation_id = $2";
    FACTS = concat!("select ", columns!(), " from case_fact f where f.workspace_id = $1", newest_first!());
    FACTS_TAGGED = concat!("select ", columns!(), " from case_fact f join conversation_tag ct on ct.workspace_id = f.workspace_id
        and ct.conversation_id = f.conversation_id and ct.tag_id = $6 where f.workspace_id = $1", newest_first!());
    ABOUT = "select number, subject, customer_name, status from conversation where workspace_id = $1 and id = $2";
    FIRST_MESSAGE = "select kind, created_at from message where workspace_id = $1 and conversation_id = $2 order by id limit 1";
    // Of many answers the first is near the beginning.
    FIRST_ANSWER = "select author_kind, author_id from message where workspace_id = $1 and conversation_id = $2 and kind = 2 order by id limit 1";
    AFTER_NUMBER = "select id, number from conversation where workspace_id = $1 and number > $2 order by number limit $3";
    PAST = "select after_number from case_past where workspace_id = $1 and not done";
    SET_PAST = "update case_past set after_number = $2, done = $3 where workspace_id = $1";
}

row! {
    /// A case: a conversation that a customer began and somebody answered.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Fact {
        /// Which conversation.
        pub conversation_id: ConversationId,
        /// When it was first answered.
        pub answered_at: Timestamp,
        /// In which hour of the day that was, by the clock of the default business hours.
        pub hour: i16,
        /// Who answered first.
        pub agent_id: Option<AgentId>,
        /// Which team is responsible.
        pub team_id: Option<TeamId>,
        /// How it came.
        pub channel: String,
        /// Its type; none for the default one.
        pub type_id: Option<TypeId>,
        /// How much it matters.
        pub priority: Priority,
        /// Seconds of business hours to the first answer.
        pub response: i64,
        /// When it was settled.
        pub resolved_at: Option<Timestamp>,
        /// Seconds of business hours until it was settled.
        pub resolution: Option<i64>,
        /// How often the customer wrote again after it was settled.
        pub reopened: i32,
    }
}

impl Fact {
    /// Where a page goes on behind it.
    pub fn key(&self) -> CaseKey {
        CaseKey(self.answered_at, self.conversation_id)
    }
}

pub(super) async fn put(desk: &Desk<'_>, fact: &Fact) -> Result<()> {
    let Fact { conversation_id, answered_at, hour, agent_id, team_id, channel, .. } = fact;
    let Fact { type_id, priority, response, resolved_at, resolution, reopened, .. } = fact;
    let params = params![
        desk.workspace(),
        *conversation_id,
        *answered_at,
        *hour,
        *agent_id,
        *team_id,
        channel,
        *type_id,
        *priority,
        *response,
        *resolved_at,
        *resolution,
        *reopened
    ];
    desk.tx().exec(PUT, params).await?;
    Ok(())
}

pub(super) async fn remove(desk: &Desk<'_>, id: ConversationId) -> Result<()> {
    desk.tx().exec(REMOVE, params![desk.workspace(), id]).await?;
    Ok(())
}

pub(super) async fn is_known(desk: &Desk<'_>, id: ConversationId) -> Result<bool> {
    Ok(desk.tx().row::<(i32,)>(IS_KNOWN, params![desk.workspace(), id]).await?.is_some())
}

pub(super) async fn count_reopened(desk: &Desk<'_>, id: ConversationId) -> Result<()> {
    desk.tx().exec(COUNT_REOPENED, params![desk.workspace(), id]).await?;
    Ok(())
}

pub(super) async fn set_reopened(desk: &Desk<'_>, id: ConversationId, count: i32) -> Result<()> {
    desk.tx().exec(SET_REOPENED, params![desk.workspace(), id, count]).await?;
    Ok(())
}

/// Cases that were first answered at or after `since`, latest first, behind `after`; only those with a tag, if one is named.
pub(super) async fn facts(
    desk: &Desk<'_>,
    since: Timestamp,
    tag: Option<TagId>,
    after: Option<CaseKey>,
    limit: i64,
) -> Result<Vec<Fact>> {
    let CaseKey(at, id) = after.unwrap_or(CaseKey(Timestamp::MAX, ConversationId(Uuid::max())));
    let workspace = desk.workspace();
    Ok(match tag {
        None => desk.tx().rows(FACTS, params![workspace, since, at, id, limit]).await?,
        Some(tag) => desk.tx().rows(FACTS_TAGGED, params![workspace, since, at, id, limit, tag]).await?,
    })
}

pub(super) async fn about(desk: &Desk<'_>, id: ConversationId) -> Result<Option<(i64, String, String, Status)>> {
    Ok(desk.tx().row(ABOUT, params![desk.workspace(), id]).await?)
}

/// What a conversation began with, and when.
pub(super) async fn first_message(desk: &Desk<'_>, id: ConversationId) -> Result<Option<(MessageKind, Timestamp)>> {
    Ok(desk.tx().row(FIRST_MESSAGE, params![desk.workspace(), id]).await?)
}

/// The agent who wrote the first answer.
pub(super) async fn first_answerer(desk: &Desk<'_>, id: ConversationId) -> Result<Option<AgentId>> {
    let found: Option<(i16, Option<Uuid>)> = desk.tx().row(FIRST_ANSWER, params![desk.workspace(), id]).await?;
    Ok(found.and_then(|(kind, author)| author.filter(|_| kind == 1)).map(AgentId))
}

pub(super) async fn after_number(desk: &Desk<'_>, number: i64, limit: i64) -> Result<Vec<(ConversationId, i64)>> {
    Ok(desk.tx().rows(AFTER_NUMBER, params![desk.workspace(), number, limit]).await?)
}

/// Up to which number the past was looked through; none when it was to its end.
pub(super) async fn past(desk: &Desk<'_>) -> Result<Option<i64>> {
    Ok(desk.tx().row::<(i64,)>(PAST, params![desk.workspace()]).await?.map(|(number,)| number))
}

pub(super) async fn set_past(desk: &Desk<'_>, number: i64, done: bool) -> Result<()> {
    desk.tx().exec(SET_PAST, params![desk.workspace(), number, done]).await?;
    Ok(())
}
