//! SQL and rows of procedures, their versions, and how far they have got in conversations.

use super::{Cap, For, Marks, OverrideId, ProcedureId, RunId, State, Step};
use crate::{Desk, Error, Result, conversations::ConversationId, error::on_unique, fields::TypeId, people::AgentId};
use base::{db::DbError, params, row, statements};
use jiff::Timestamp;

macro_rules! columns {
    () => {
        "id, name, type_id, conditions, version, last_key, most_steps, most_messages, most_handoffs, lead_id, tag, created_at, archived_at"
    };
}
macro_rules! run_columns {
    () => {
        "id, conversation_id, procedure_id, version, state, left_step, by_hand, missing, steps_taken, messages, handoffs,
        escalated_at, escalated_for, begun_by, begun_at, ended_at"
    };
}

statements! {
    ALL = concat!("select ", columns!(), " from procedure where workspace_id = $1 order by name, id limit 300");
    FIND = concat!("select ", columns!(), " from procedure where workspace_id = $1 and id = $2");
    // Takes the row on PostgreSQL until the commit.
    LOCK = concat!("update procedure set version = version where workspace_id = $1 and id = $2 returning ", columns!());
    INSERT = "insert into procedure (workspace_id, id, name, type_id, conditions, version, last_key, most_steps, most_messages, most_handoffs,
        lead_id, tag, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    UPDATE = "update procedure set name = $3, type_id = $4, conditions = $5, version = $6, last_key = $7, most_steps = $8, most_messages = $9,
        most_handoffs = $10, lead_id = $11, tag = $12 where workspace_id = $1 and id = $2";
    ARCHIVE = "update procedure set archived_at = $3 where workspace_id = $1 and id = $2";

    VERSION = "select number, steps, created_by, created_at from procedure_version where workspace_id = $1 and procedure_id = $2 and number = $3";
    VERSIONS = "select number, steps, created_by, created_at from procedure_version where workspace_id = $1 and procedure_id = $2
        and number < $3 order by number desc limit $4";
    INSERT_VERSION = "insert into procedure_version (workspace_id, procedure_id, number, steps, created_by, created_at)
        values ($1, $2, $3, $4, $5, $6)";

    CURRENT = concat!("select ", run_columns!(), " from procedure_run where workspace_id = $1 and conversation_id = $2 and state <= 4");
    // Takes the row on PostgreSQL until the commit.
    LOCK_CURRENT = concat!("update procedure_run set state = state where workspace_id = $1 and conversation_id = $2 and state <= 4
        returning ", run_columns!());
    LAST_OF = concat!("select ", run_columns!(), " from procedure_run where workspace_id = $1 and conversation_id = $2 and procedure_id = $3
        order by id desc limit 1");
    INSERT_RUN = "insert into procedure_run (workspace_id, id, conversation_id, procedure_id, version, state, left_step, by_hand, missing,
        steps_taken, messages, handoffs, begun_by, begun_at) values ($1, $2, $3, $4, $5, $6, 0, $7, 0, 0, 0, 0, $8, $9)";
    UPDATE_RUN = "update procedure_run set conversation_id = $3, version = $4, state = $5, left_step = $6, missing = $7, steps_taken = $8,
        messages = $9, handoffs = $10, escalated_at = $11, escalated_for = $12, ended_at = $13 where workspace_id = $1 and id = $2";
    BEGUN = concat!("select ", run_columns!(), " from procedure_run where workspace_id = $1 and procedure_id = $2 and version = $3 and id < $4
        order by id desc limit $5");
    IN_STATE = concat!("select ", run_columns!(), " from procedure_run where workspace_id = $1 and procedure_id = $2 and version = $3
        and state = $4 and left_step = $5 and id < $6 order by id desc limit $7");

    MARKS = "select step, answer, agent_id, at from procedure_mark where workspace_id = $1 and run_id = $2 order by step limit 500";
    PUT_MARK = "insert into procedure_mark (workspace_id, run_id, step, answer, agent_id, at) values ($1, $2, $3, $4, $5, $6)
        on conflict (workspace_id, run_id, step) do update set answer = excluded.answer, agent_id = excluded.agent_id, at = excluded.at";
    SET_ANSWER = "update procedure_mark set answer = $4 where workspace_id = $1 and run_id = $2 and step = $3";
    DELETE_MARK = "delete from procedure_mark where workspace_id = $1 and run_id = $2 and step = $3";

    INSERT_OVERRIDE = "insert into procedure_override (workspace_id, id, conversation_id, procedure_id, version, step, reason, agent_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    OVERRIDES = "select id, conversation_id, step, reason, agent_id, at from procedure_override where workspace_id = $1 and procedure_id = $2
        and version = $3 and id < $4 order by id desc limit $5";

    COUNTS = "select state, step, total from procedure_count where workspace_id = $1 and procedure_id = $2 and version = $3
        order by state, step limit 1000";
    ADD_TO_COUNT = "insert into procedure_count (workspace_id, procedure_id, version, state, step, total) values ($1, $2, $3, $4, $5, $6)
        on conflict (workspace_id, procedure_id, version, state, step) do update set total = procedure_count.total + excluded.total";
}

row! {
    struct ProcedureRow {
        id: ProcedureId,
        name: String,
        type_id: Option<TypeId>,
        conditions: String,
        version: i32,
        last_key: i32,
        most_steps: Option<i32>,
        most_messages: Option<i32>,
        most_handoffs: Option<i32>,
        lead_id: Option<AgentId>,
        tag: String,
        created_at: Timestamp,
        archived_at: Option<Timestamp>,
    }
}

/// A procedure without its steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Procedure {
    /// Its id.
    pub id: ProcedureId,
    /// What it is called.
    pub name: String,
    /// For which conversations it is.
    pub is_for: For,
    /// Its newest version.
    pub version: i32,
    /// The highest key that a step of any version had.
    pub last_key: i32,
    /// What is too much in one conversation, in the order of [`Cap::ALL`]; none for no limit.
    pub most: [Option<i32>; 3],
    /// Who is told of it; none for all administrators.
    pub lead_id: Option<AgentId>,
    /// The tag that such a conversation gets; empty for none.
    pub tag: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when it does not begin any more.
    pub archived_at: Option<Timestamp>,
}

impl From<ProcedureRow> for Procedure {
    fn from(row: ProcedureRow) -> Self {
        let ProcedureRow { id, name, version, last_key, lead_id, tag, created_at, archived_at, .. } = row;
        let conditions = serde_json::from_str(&row.conditions).ok();
        let is_for = For { type_id: row.type_id, conditions };
        let most = [row.most_steps, row.most_messages, row.most_handoffs];
        Self { id, name, is_for, version, last_key, most, lead_id, tag, created_at, archived_at }
    }
}

row! {
    struct VersionRow {
        number: i32,
        steps: String,
        created_by: AgentId,
        created_at: Timestamp,
    }
}

/// A version of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its number, from 1.
    pub number: i32,
    /// Its steps.
    pub steps: Vec<Step>,
    /// Who made it.
    pub created_by: AgentId,
    /// When.
    pub created_at: Timestamp,
}

impl From<VersionRow> for Version {
    fn from(row: VersionRow) -> Self {
        let VersionRow { number, steps, created_by, created_at } = row;
        Self { number, steps: serde_json::from_str(&steps).unwrap_or_default(), created_by, created_at }
    }
}

row! {
    /// A procedure in a conversation.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Run {
        /// Its id.
        pub id: RunId,
        /// In which conversation.
        pub conversation_id: ConversationId,
        /// Which procedure.
        pub procedure_id: ProcedureId,
        /// Which version of it.
        pub version: i32,
        /// How far it has got.
        pub state: State,
        /// The step at which it was left; 0 for none.
        pub left_step: i32,
        /// Somebody chose it.
        pub by_hand: bool,
        /// How many required steps on its way are not done.
        pub missing: i32,
        /// How many steps were done or taken back.
        pub steps_taken: i32,
        /// How many messages came and went since it began.
        pub messages: i32,
        /// How often the conversation was handed on since it began.
        pub handoffs: i32,
        /// When it became too much.
        pub escalated_at: Option<Timestamp>,
        /// Of what.
        pub escalated_for: Option<Cap>,
        /// Who began it; none where it began by itself.
        pub begun_by: Option<AgentId>,
        /// When.
        pub begun_at: Timestamp,
        /// When it ended.
        pub ended_at: Option<Timestamp>,
    }
}

row! {
    /// A step that is done.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Mark {
        /// Which.
        pub step: i32,
        /// Of decisions: which answer.
        pub answer: Option<i32>,
        /// Who; none where it was known already.
        pub agent_id: Option<AgentId>,
        /// When.
        pub at: Timestamp,
    }
}

row! {
    /// A conversation that was resolved although required steps were missing.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Override {
        /// Its id.
        pub id: OverrideId,
        /// Which.
        pub conversation_id: ConversationId,
        /// The first step that was missing.
        pub step: i32,
        /// Why.
        pub reason: String,
        /// By whom.
        pub agent_id: AgentId,
        /// When.
        pub at: Timestamp,
    }
}

/// `procedure`'s unique constraint, as both engines name it.
const NAME_TAKEN: &str = "procedure_workspace_id_name_key";

pub(super) async fn all(desk: &Desk<'_>) -> Result<Vec<Procedure>> {
    let rows = desk.tx().rows::<ProcedureRow>(ALL, params![desk.workspace()]).await?;
    Ok(rows.into_iter().map(Procedure::from).collect())
}

pub(super) async fn find(desk: &Desk<'_>, id: ProcedureId) -> Result<Procedure> {
    let row = desk.tx().row::<ProcedureRow>(FIND, params![desk.workspace(), id]).await?;
    row.map(Procedure::from).ok_or(Error::NotFound)
}

pub(super) async fn lock(desk: &Desk<'_>, id: ProcedureId) -> Result<Procedure> {
    let row = desk.tx().row::<ProcedureRow>(LOCK, params![desk.workspace(), id]).await?;
    row.map(Procedure::from).ok_or(Error::NotFound)
}

fn conditions(one: &Procedure) -> Result<String> {
    let kept = one.is_for.conditions.as_ref().map(serde_json::to_string).transpose();
    Ok(kept.map_err(Error::internal)?.unwrap_or_default())
}

pub(super) async fn insert(desk: &Desk<'_>, one: &Procedure) -> Result<()> {
    let [steps, messages, handoffs] = one.most;
    let row = params![
        desk.workspace(),
        one.id,
        &one.name,
        one.is_for.type_id,
        conditions(one)?,
        one.version,
        one.last_key,
        steps,
        messages,
        handoffs,
        one.lead_id,
        &one.tag,
        desk.agent()?,
        one.created_at
    ];
    on_unique(desk.tx().exec(INSERT, row).await, NAME_TAKEN, "name").map(drop)
}

pub(super) async fn update(desk: &Desk<'_>, one: &Procedure) -> Result<()> {
    let [steps, messages, handoffs] = one.most;
    let row = params![
        desk.workspace(),
        one.id,
        &one.name,
        one.is_for.type_id,
        conditions(one)?,
        one.version,
        one.last_key,
        steps,
        messages,
        handoffs,
        one.lead_id,
        &one.tag
    ];
    on_unique(desk.tx().exec(UPDATE, row).await, NAME_TAKEN, "name").map(drop)
}

pub(super) async fn archive(desk: &Desk<'_>, id: ProcedureId, at: Option<Timestamp>) -> Result<u64> {
    Ok(desk.tx().exec(ARCHIVE, params![desk.workspace(), id, at]).await?)
}

pub(super) async fn version(desk: &Desk<'_>, id: ProcedureId, number: i32) -> Result<Version> {
    let row = desk.tx().row::<VersionRow>(VERSION, params![desk.workspace(), id, number]).await?;
    row.map(Version::from).ok_or(Error::NotFound)
}

pub(super) async fn versions(desk: &Desk<'_>, id: ProcedureId, before: i32, limit: i64) -> Result<Vec<Version>> {
    let rows = desk.tx().rows::<VersionRow>(VERSIONS, params![desk.workspace(), id, before, limit]).await?;
    Ok(rows.into_iter().map(Version::from).collect())
}

pub(super) async fn insert_version(desk: &Desk<'_>, id: ProcedureId, number: i32, steps: &[Step]) -> Result<()> {
    let steps = serde_json::to_string(steps).map_err(Error::internal)?;
    let row = params![desk.workspace(), id, number, steps, desk.agent()?, desk.now()];
    desk.tx().exec(INSERT_VERSION, row).await?;
    Ok(())
}

pub(super) async fn current(desk: &Desk<'_>, conversation: ConversationId) -> Result<Option<Run>> {
    Ok(desk.tx().row(CURRENT, params![desk.workspace(), conversation]).await?)
}

pub(super) async fn lock_current(desk: &Desk<'_>, conversation: ConversationId) -> Result<Option<Run>> {
    Ok(desk.tx().row(LOCK_CURRENT, params![desk.workspace(), conversation]).await?)
}

pub(super) async fn last_of(
    desk: &Desk<'_>,
    conversation: ConversationId,
    procedure: ProcedureId,
) -> Result<Option<Run>> {
    Ok(desk.tx().row(LAST_OF, params![desk.workspace(), conversation, procedure]).await?)
}

pub(super) async fn insert_run(desk: &Desk<'_>, run: &Run) -> Result<()> {
    let row = params![
        desk.workspace(),
        run.id,
        run.conversation_id,
        run.procedure_id,
        run.version,
        run.state,
        run.by_hand,
        run.begun_by,
        run.begun_at
    ];
    on_second(desk.tx().exec(INSERT_RUN, row).await)
}

/// Two at the same time would be two procedures of one conversation.
fn on_second(result: std::result::Result<u64, DbError>) -> Result<()> {
    match result {
        Err(DbError::Unique(_)) => Err(Error::Conflict("procedure_changed")),
        other => Ok(other.map(drop)?),
    }
}

pub(super) async fn update_run(desk: &Desk<'_>, run: &Run) -> Result<()> {
    let row = params![
        desk.workspace(),
        run.id,
        run.conversation_id,
        run.version,
        run.state,
        run.left_step,
        run.missing,
        run.steps_taken,
        run.messages,
        run.handoffs,
        run.escalated_at,
        run.escalated_for,
        run.ended_at
    ];
    on_second(desk.tx().exec(UPDATE_RUN, row).await)
}

pub(super) async fn begun(
    desk: &Desk<'_>,
    (procedure, version): (ProcedureId, i32),
    before: RunId,
    limit: i64,
) -> Result<Vec<Run>> {
    Ok(desk.tx().rows(BEGUN, params![desk.workspace(), procedure, version, before, limit]).await?)
}

pub(super) async fn in_state(
    desk: &Desk<'_>,
    (procedure, version): (ProcedureId, i32),
    (state, step): (State, i32),
    before: RunId,
    limit: i64,
) -> Result<Vec<Run>> {
    let params = params![desk.workspace(), procedure, version, state, step, before, limit];
    Ok(desk.tx().rows(IN_STATE, params).await?)
}

pub(super) async fn marks(desk: &Desk<'_>, run: RunId) -> Result<Vec<Mark>> {
    Ok(desk.tx().rows(MARKS, params![desk.workspace(), run]).await?)
}

/// Marks as rules know them.
pub(super) fn as_marks(marks: &[Mark]) -> Marks {
    marks.iter().map(|mark| (mark.step, mark.answer)).collect()
}

pub(super) async fn put_mark(
    desk: &Desk<'_>,
    run: RunId,
    step: i32,
    answer: Option<i32>,
    by: Option<AgentId>,
) -> Result<()> {
    desk.tx().exec(PUT_MARK, params![desk.workspace(), run, step, answer, by, desk.now()]).await?;
    Ok(())
}

pub(super) async fn set_answer(desk: &Desk<'_>, run: RunId, step: i32, answer: Option<i32>) -> Result<()> {
    desk.tx().exec(SET_ANSWER, params![desk.workspace(), run, step, answer]).await?;
    Ok(())
}

pub(super) async fn delete_mark(desk: &Desk<'_>, run: RunId, step: i32) -> Result<u64> {
    Ok(desk.tx().exec(DELETE_MARK, params![desk.workspace(), run, step]).await?)
}

pub(super) async fn insert_override(desk: &Desk<'_>, run: &Run, step: i32, reason: &str) -> Result<()> {
    let row = params![
        desk.workspace(),
        OverrideId(desk.new_id()),
        run.conversation_id,
        run.procedure_id,
        run.version,
        step,
        reason,
        desk.agent()?,
        desk.now()
    ];
    desk.tx().exec(INSERT_OVERRIDE, row).await?;
    Ok(())
}

pub(super) async fn overrides(
    desk: &Desk<'_>,
    (procedure, version): (ProcedureId, i32),
    before: OverrideId,
    limit: i64,
) -> Result<Vec<Override>> {
    Ok(desk.tx().rows(OVERRIDES, params![desk.workspace(), procedure, version, before, limit]).await?)
}

pub(super) async fn counts(desk: &Desk<'_>, procedure: ProcedureId, version: i32) -> Result<Vec<(i16, i32, i64)>> {
    Ok(desk.tx().rows(COUNTS, params![desk.workspace(), procedure, version]).await?)
}

pub(super) async fn add_to_count(desk: &Desk<'_>, run: &Run, state: i16, step: i32, by: i64) -> Result<()> {
    let row = params![desk.workspace(), run.procedure_id, run.version, state, step, by];
    desk.tx().exec(ADD_TO_COUNT, row).await?;
    Ok(())
}
