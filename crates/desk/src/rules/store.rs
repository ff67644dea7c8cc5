//! SQL and rows of rules: what they are, what waits for them, what they did, what they would have done.

use super::{Budget, Cause, Definition, Did, Outcome, Progress, RuleId, RunId, SimulationId, Since};
use crate::{
    Desk, Error, Result,
    conversations::{ConversationId, Filter},
    people::AgentId,
};
use base::{params, row, statements};
use jiff::Timestamp;
use uuid::Uuid;

macro_rules! columns {
    () => {
        "id, name, enabled, enabled_at, position, version, definition, failures, recent, off_why, fired, fired_at, deleted_at"
    };
}

macro_rules! run_columns {
    () => {
        "r.id, r.rule_id, u.name, r.version, r.conversation_id, c.number, c.subject, r.cause, r.since, r.at, r.outcome, r.did, r.held, r.why
        from rule_run r join rule u on u.workspace_id = r.workspace_id and u.id = r.rule_id
        join conversation c on c.workspace_id = r.workspace_id and c.id = r.conversation_id"
    };
}

macro_rules! simulation_columns {
    () => {
        "id, rule_id, version, definition, from_at, reached_at, state, looked_at, fired, created_by, created_at from rule_simulation"
    };
}

statements! {
    ALL = concat!("select ", columns!(), " from rule where workspace_id = $1 and deleted_at is null order by position, id");
    ON = "select id, name, enabled_at, position, version, definition from rule
        where workspace_id = $1 and enabled = true and deleted_at is null order by position, id";
    FIND = concat!("select ", columns!(), " from rule where workspace_id = $1 and id = $2");
    // Takes the row on PostgreSQL until the commit.
    LOCK = concat!("update rule set name = name where workspace_id = $1 and id = $2 returning ", columns!());
    INSERT = "insert into rule (workspace_id, id, name, enabled, position, version, definition, failures, recent, fired)
        values ($1, $2, $3, false, $4, 1, $5, 0, '', 0)";
    SET_DEFINITION = "update rule set name = $3, version = $4, definition = $5 where workspace_id = $1 and id = $2";
    SET_ENABLED = "update rule set enabled = $3, enabled_at = $4, off_why = $5, failures = 0, recent = '' where workspace_id = $1 and id = $2";
    SET_DELETED = "update rule set deleted_at = $3, enabled = false where workspace_id = $1 and id = $2";
    PLACE = "update rule set position = $3 where workspace_id = $1 and id = $2";
    SET_BUDGET = "update rule set failures = $3, recent = $4 where workspace_id = $1 and id = $2";
    FIRED = "update rule set failures = $3, recent = $4, fired = fired + 1, fired_at = $5 where workspace_id = $1 and id = $2";
    SECRET = "select secret from rule where workspace_id = $1 and id = $2";
    SET_SECRET = "update rule set secret = $3 where workspace_id = $1 and id = $2";

    INSERT_VERSION = "insert into rule_version (workspace_id, rule_id, version, name, definition, created_by, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    VERSIONS = "select version, name, definition, created_by, created_at from rule_version
        where workspace_id = $1 and rule_id = $2 and version < $3 order by version desc limit $4";
    VERSION = "select version, name, definition, created_by, created_at from rule_version
        where workspace_id = $1 and rule_id = $2 and version = $3";

    INSERT_EVENT = "insert into rule_event (workspace_id, id, conversation_id, cause, at, chain, after_position, after_rule)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    EVENT = "select id, conversation_id, cause, chain, after_position, after_rule from rule_event where workspace_id = $1 and id = $2";
    ADVANCE = "update rule_event set after_position = $3, after_rule = $4 where workspace_id = $1 and id = $2";
    FORGET_EVENT = "delete from rule_event where workspace_id = $1 and id = $2";

    WAITING = "select rule_id, since_at from rule_due where workspace_id = $1 and conversation_id = $2";
    PUT_DUE = "insert into rule_due (workspace_id, conversation_id, rule_id, since_at, due_at, chain) values ($1, $2, $3, $4, $5, $6)
        on conflict (workspace_id, conversation_id, rule_id) do update
        set since_at = excluded.since_at, due_at = excluded.due_at, chain = excluded.chain";
    FORGET_DUE = "delete from rule_due where workspace_id = $1 and conversation_id = $2 and rule_id = $3";
    DUE = "select conversation_id, rule_id, due_at from rule_due where workspace_id = $1 and due_at <= $2
        order by due_at, conversation_id, rule_id limit $3";
    TAKE_DUE = "update rule_due set due_at = null where workspace_id = $1 and conversation_id = $2 and rule_id = $3 and due_at = $4
        returning since_at, chain";

    INSERT_RUN = "insert into rule_run (workspace_id, id, rule_id, version, conversation_id, cause_id, cause, since, at, outcome, did, held, why)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (workspace_id, rule_id, cause_id) do nothing";
    RAN = "select id from rule_run where workspace_id = $1 and rule_id = $2 and cause_id = $3";
    FAIL_RUN = "update rule_run set outcome = $3, why = $4 where workspace_id = $1 and id = $2";
    RUN = concat!("select ", run_columns!(), " where r.workspace_id = $1 and r.id = $2");
    RUNS_OF_RULE = concat!("select ", run_columns!(), " where r.workspace_id = $1 and r.rule_id = $2 and r.id < $3 order by r.id desc limit $4");
    RUNS_OF_CONVERSATION = concat!("select ", run_columns!(), " where r.workspace_id = $1 and r.conversation_id = $2 and r.id < $3
        order by r.id desc limit $4");

    INSERT_SIMULATION = "insert into rule_simulation (workspace_id, id, rule_id, version, definition, from_at, reached_at, state, looked_at, fired,
        created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, $7)";
    SIMULATION = concat!("select ", simulation_columns!(), " where workspace_id = $1 and id = $2");
    LAST_SIMULATION = concat!("select ", simulation_columns!(), " where workspace_id = $1 and rule_id = $2 order by id desc limit 1");
    GO_ON = "update rule_simulation set reached_at = $3, state = $4, looked_at = $5, fired = $6 where workspace_id = $1 and id = $2";
    FORGET_HITS = "delete from rule_simulation_hit where workspace_id = $1 and simulation_id = $2";
    INSERT_HIT = "insert into rule_simulation_hit (workspace_id, simulation_id, at, conversation_id) values ($1, $2, $3, $4) on conflict do nothing";
    HITS = "select h.at, h.conversation_id, c.number, c.subject, c.customer_name from rule_simulation_hit h
        join conversation c on c.workspace_id = h.workspace_id and c.id = h.conversation_id
        where h.workspace_id = $1 and h.simulation_id = $2 and (h.at, h.conversation_id) < ($3, $4)
        order by h.at desc, h.conversation_id desc limit $5";
}

row! {
    /// A rule as it stands.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Rule {
        /// Its id.
        pub id: RuleId,
        /// What it is called.
        pub name: String,
        /// Whether it acts.
        pub enabled: bool,
        /// Since when.
        pub enabled_at: Option<Timestamp>,
        /// Its place among the rules.
        pub position: i32,
        /// Its newest version.
        pub version: i32,
        definition: String,
        failures: i32,
        recent: String,
        /// Why it was switched off by itself.
        pub off_why: Option<String>,
        /// How often it has acted.
        pub fired: i64,
        /// When it last did.
        pub fired_at: Option<Timestamp>,
        /// Since when it is deleted.
        pub deleted_at: Option<Timestamp>,
    }
}

impl Rule {
    /// What it does, when, and to which conversations.
    ///
    /// # Errors
    /// [`Error::Internal`] when a newer version of the program wrote it.
    pub fn definition(&self) -> Result<Definition> {
        serde_json::from_str(&self.definition).map_err(Error::internal)
    }

    /// How it has done lately.
    pub fn budget(&self) -> Budget {
        Budget { failures: self.failures, recent: self.recent.clone() }
    }
}

/// A rule that is on, ready to decide.
#[derive(Debug, Clone)]
pub(crate) struct RuleOn {
    pub(super) id: RuleId,
    pub(super) name: String,
    pub(super) enabled_at: Timestamp,
    pub(super) position: i32,
    pub(super) version: i32,
    pub(super) definition: Definition,
}

row! {
    /// A version of a rule.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Version {
        /// Which.
        pub version: i32,
        /// What the rule was called.
        pub name: String,
        definition: String,
        /// Who made it.
        pub created_by: AgentId,
        /// When.
        pub created_at: Timestamp,
    }
}

impl Version {
    /// What the rule did.
    ///
    /// # Errors
    /// [`Error::Internal`] when a newer version of the program wrote it.
    pub fn definition(&self) -> Result<Definition> {
        serde_json::from_str(&self.definition).map_err(Error::internal)
    }
}

row! {
    /// What happened, as rules look at it one after the other.
    #[derive(Debug, Clone)]
    pub(super) struct Heard {
        pub(super) id: Uuid,
        pub(super) conversation_id: ConversationId,
        pub(super) cause: Cause,
        chain: String,
        pub(super) after_position: i32,
        pub(super) after_rule: RuleId,
    }
}

impl Heard {
    pub(super) fn chain(&self) -> Vec<RuleId> {
        chain_of(&self.chain)
    }
}

pub(super) fn chain_of(json: &str) -> Vec<RuleId> {
    serde_json::from_str(json).unwrap_or_default()
}

row! {
    /// A conversation whose time with a rule has come.
    #[derive(Debug, Clone, Copy)]
    pub(super) struct Due {
        pub(super) conversation_id: ConversationId,
        pub(super) rule_id: RuleId,
        pub(super) due_at: Timestamp,
    }
}

row! {
    /// What a rule did with a conversation, and why.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Run {
        /// Its id.
        pub id: RunId,
        /// Which rule.
        pub rule_id: RuleId,
        /// What it is called now.
        pub name: String,
        /// Which version of it.
        pub version: i32,
        /// With which conversation.
        pub conversation_id: ConversationId,
        /// Its number.
        pub number: i64,
        /// Its subject.
        pub subject: String,
        /// What had happened; none when time had passed.
        pub cause: Option<Cause>,
        /// From when time was counted.
        pub since: Option<Since>,
        /// When.
        pub at: Timestamp,
        /// What became of it.
        pub outcome: Outcome,
        did: String,
        held: String,
        /// Why it failed.
        pub why: String,
    }
}

impl Run {
    /// What it did.
    pub fn did(&self) -> Vec<Did> {
        serde_json::from_str(&self.did).unwrap_or_default()
    }

    /// The conditions that held.
    pub fn held(&self) -> Vec<Filter> {
        serde_json::from_str(&self.held).unwrap_or_default()
    }
}

/// A run to be kept.
pub(super) struct NewRun<'a> {
    pub(super) id: RunId,
    pub(super) rule: (RuleId, i32),
    pub(super) conversation: ConversationId,
    pub(super) cause_id: Uuid,
    pub(super) cause: std::result::Result<Cause, Since>,
    pub(super) outcome: Outcome,
    pub(super) did: &'a [Did],
    pub(super) held: &'a [Filter],
    pub(super) why: &'a str,
}

row! {
    /// What a rule would have done.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Simulation {
        /// Its id.
        pub id: SimulationId,
        /// Of which rule.
        pub rule_id: RuleId,
        /// Which version of it.
        pub version: i32,
        definition: String,
        /// From when on it looks.
        pub from_at: Timestamp,
        /// How far back it has looked.
        pub reached_at: Timestamp,
        /// How far it has got.
        pub state: Progress,
        /// At how many events it has looked.
        pub looked_at: i64,
        /// How often the rule would have acted.
        pub fired: i64,
        /// Who asked for it.
        pub created_by: AgentId,
        /// When.
        pub created_at: Timestamp,
    }
}

impl Simulation {
    /// What the rule does.
    ///
    /// # Errors
    /// [`Error::Internal`] when a newer version of the program wrote it.
    pub fn definition(&self) -> Result<Definition> {
        serde_json::from_str(&self.definition).map_err(Error::internal)
    }

    /// How much of the time is looked at, in percent.
    pub fn percent(&self) -> i64 {
        let all = self.created_at.as_second() - self.from_at.as_second();
        let done = self.created_at.as_second() - self.reached_at.as_second();
        (done * 100 / all.max(1)).clamp(0, 100)
    }
}

row! {
    /// A conversation that a rule would have acted on.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Hit {
        /// When.
        pub at: Timestamp,
        /// Which.
        pub conversation_id: ConversationId,
        /// Its number.
        pub number: i64,
        /// Its subject.
        pub subject: String,
        /// Whose it is.
        pub customer_name: String,
    }
}

fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

pub(super) async fn all(desk: &Desk<'_>) -> Result<Vec<Rule>> {
    Ok(desk.tx().rows(ALL, params![desk.workspace()]).await?)
}

pub(super) async fn on(desk: &Desk<'_>) -> Result<Vec<RuleOn>> {
    type Row = (RuleId, String, Option<Timestamp>, i32, i32, String);
    let rows: Vec<Row> = desk.tx().rows(ON, params![desk.workspace()]).await?;
    // What a newer version of the program wrote is none of ours to carry out.
    let read = |(id, name, enabled_at, position, version, definition): Row| {
        let definition = serde_json::from_str(&definition).ok()?;
        Some(RuleOn { id, name, enabled_at: enabled_at?, position, version, definition })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

pub(super) async fn find(desk: &Desk<'_>, id: RuleId) -> Result<Rule> {
    desk.tx().row(FIND, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn lock(desk: &Desk<'_>, id: RuleId) -> Result<Rule> {
    desk.tx().row(LOCK, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn insert(desk: &Desk<'_>, id: RuleId, name: &str, position: i32, of: &Definition) -> Result<()> {
    desk.tx().exec(INSERT, params![desk.workspace(), id, name, position, json(of)?]).await?;
    Ok(())
}

pub(super) async fn set_definition(
    desk: &Desk<'_>,
    id: RuleId,
    name: &str,
    version: i32,
    of: &Definition,
) -> Result<()> {
    desk.tx().exec(SET_DEFINITION, params![desk.workspace(), id, name, version, json(of)?]).await?;
    Ok(())
}

pub(super) async fn insert_version(
    desk: &Desk<'_>,
    id: RuleId,
    name: &str,
    version: i32,
    of: &Definition,
    by: AgentId,
) -> Result<()> {
    let row = params![desk.workspace(), id, version, name, json(of)?, by, desk.now()];
    desk.tx().exec(INSERT_VERSION, row).await?;
    Ok(())
}

pub(super) async fn set_enabled(
    desk: &Desk<'_>,
    id: RuleId,
    since: Option<Timestamp>,
    off_why: Option<&str>,
) -> Result<()> {
    desk.tx().exec(SET_ENABLED, params![desk.workspace(), id, since.is_some(), since, off_why]).await?;
    Ok(())
}

pub(super) async fn set_deleted(desk: &Desk<'_>, id: RuleId, at: Option<Timestamp>) -> Result<()> {
    desk.tx().exec(SET_DELETED, params![desk.workspace(), id, at]).await?;
    Ok(())
}

pub(super) async fn place(desk: &Desk<'_>, id: RuleId, position: i32) -> Result<()> {
    desk.tx().exec(PLACE, params![desk.workspace(), id, position]).await?;
    Ok(())
}

pub(super) async fn set_budget(desk: &Desk<'_>, id: RuleId, budget: &Budget, fired: bool) -> Result<()> {
    let (w, Budget { failures, recent }) = (desk.workspace(), budget);
    if fired {
        desk.tx().exec(FIRED, params![w, id, *failures, recent, desk.now()]).await?;
    } else {
        desk.tx().exec(SET_BUDGET, params![w, id, *failures, recent]).await?;
    }
    Ok(())
}

pub(super) async fn secret(desk: &Desk<'_>, id: RuleId) -> Result<Option<Vec<u8>>> {
    let row = desk.tx().row::<(Option<Vec<u8>>,)>(SECRET, params![desk.workspace(), id]).await?;
    Ok(row.ok_or(Error::NotFound)?.0)
}

pub(super) async fn set_secret(desk: &Desk<'_>, id: RuleId, sealed: Vec<u8>) -> Result<()> {
    desk.tx().exec(SET_SECRET, params![desk.workspace(), id, sealed]).await?;
    Ok(())
}

pub(super) async fn versions(desk: &Desk<'_>, id: RuleId, before: Option<i32>, limit: i64) -> Result<Vec<Version>> {
    let params = params![desk.workspace(), id, before.unwrap_or(i32::MAX), limit];
    Ok(desk.tx().rows(VERSIONS, params).await?)
}

pub(super) async fn version(desk: &Desk<'_>, id: RuleId, version: i32) -> Result<Version> {
    desk.tx().row(VERSION, params![desk.workspace(), id, version]).await?.ok_or(Error::NotFound)
}

pub(super) async fn insert_event(
    desk: &Desk<'_>,
    id: Uuid,
    conversation: ConversationId,
    cause: Cause,
    chain: &[RuleId],
) -> Result<()> {
    let row =
        params![desk.workspace(), id, conversation, cause, desk.now(), json(chain)?, i32::MIN, RuleId(Uuid::nil())];
    desk.tx().exec(INSERT_EVENT, row).await?;
    Ok(())
}

pub(super) async fn event(desk: &Desk<'_>, id: Uuid) -> Result<Option<Heard>> {
    Ok(desk.tx().row(EVENT, params![desk.workspace(), id]).await?)
}

pub(super) async fn advance(desk: &Desk<'_>, id: Uuid, position: i32, rule: RuleId) -> Result<u64> {
    Ok(desk.tx().exec(ADVANCE, params![desk.workspace(), id, position, rule]).await?)
}

pub(super) async fn forget_event(desk: &Desk<'_>, id: Uuid) -> Result<()> {
    desk.tx().exec(FORGET_EVENT, params![desk.workspace(), id]).await?;
    Ok(())
}

pub(super) async fn waiting(desk: &Desk<'_>, conversation: ConversationId) -> Result<Vec<(RuleId, Timestamp)>> {
    Ok(desk.tx().rows(WAITING, params![desk.workspace(), conversation]).await?)
}

pub(super) async fn put_due(
    desk: &Desk<'_>,
    conversation: ConversationId,
    rule: RuleId,
    since: Timestamp,
    due: Timestamp,
    chain: &[RuleId],
) -> Result<()> {
    desk.tx().exec(PUT_DUE, params![desk.workspace(), conversation, rule, since, due, json(chain)?]).await?;
    Ok(())
}

pub(super) async fn forget_due(desk: &Desk<'_>, conversation: ConversationId, rule: RuleId) -> Result<()> {
    desk.tx().exec(FORGET_DUE, params![desk.workspace(), conversation, rule]).await?;
    Ok(())
}

pub(super) async fn due(desk: &Desk<'_>, limit: i64) -> Result<Vec<Due>> {
    Ok(desk.tx().rows(DUE, params![desk.workspace(), desk.now(), limit]).await?)
}

/// Takes one that is due; none when somebody else has, or the customer wrote.
pub(super) async fn take_due(desk: &Desk<'_>, due: Due) -> Result<Option<(Timestamp, Vec<RuleId>)>> {
    let params = params![desk.workspace(), due.conversation_id, due.rule_id, due.due_at];
    let row: Option<(Timestamp, String)> = desk.tx().row(TAKE_DUE, params).await?;
    Ok(row.map(|(since, chain)| (since, chain_of(&chain))))
}

/// Keeps a run; false when the rule has run for that already.
pub(super) async fn insert_run(desk: &Desk<'_>, run: &NewRun<'_>) -> Result<bool> {
    let row = params![
        desk.workspace(),
        run.id,
        run.rule.0,
        run.rule.1,
        run.conversation,
        run.cause_id,
        run.cause.ok(),
        run.cause.err(),
        desk.now(),
        run.outcome,
        json(run.did)?,
        json(run.held)?,
        run.why
    ];
    Ok(desk.tx().exec(INSERT_RUN, row).await? == 1)
}

pub(super) async fn has_run(desk: &Desk<'_>, rule: RuleId, cause: Uuid) -> Result<bool> {
    Ok(desk.tx().row::<(RunId,)>(RAN, params![desk.workspace(), rule, cause]).await?.is_some())
}

pub(super) async fn fail_run(desk: &Desk<'_>, id: RunId, why: &str) -> Result<()> {
    desk.tx().exec(FAIL_RUN, params![desk.workspace(), id, Outcome::Failed, why]).await?;
    Ok(())
}

pub(super) async fn run(desk: &Desk<'_>, id: RunId) -> Result<Run> {
    desk.tx().row(RUN, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn runs_of_rule(desk: &Desk<'_>, rule: RuleId, before: Option<RunId>, limit: i64) -> Result<Vec<Run>> {
    let before = before.unwrap_or(RunId(Uuid::max()));
    Ok(desk.tx().rows(RUNS_OF_RULE, params![desk.workspace(), rule, before, limit]).await?)
}

pub(super) async fn runs_of_conversation(
    desk: &Desk<'_>,
    conversation: ConversationId,
    before: Option<RunId>,
    limit: i64,
) -> Result<Vec<Run>> {
    let before = before.unwrap_or(RunId(Uuid::max()));
    Ok(desk.tx().rows(RUNS_OF_CONVERSATION, params![desk.workspace(), conversation, before, limit]).await?)
}

pub(super) async fn insert_simulation(
    desk: &Desk<'_>,
    id: SimulationId,
    rule: &Rule,
    from: Timestamp,
    by: AgentId,
) -> Result<()> {
    let row =
        params![desk.workspace(), id, rule.id, rule.version, &rule.definition, from, desk.now(), Progress::Running, by];
    desk.tx().exec(INSERT_SIMULATION, row).await?;
    Ok(())
}

pub(super) async fn simulation(desk: &Desk<'_>, id: SimulationId) -> Result<Simulation> {
    desk.tx().row(SIMULATION, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn last_simulation(desk: &Desk<'_>, rule: RuleId) -> Result<Option<Simulation>> {
    Ok(desk.tx().row(LAST_SIMULATION, params![desk.workspace(), rule]).await?)
}

pub(super) async fn go_on(desk: &Desk<'_>, s: &Simulation) -> Result<()> {
    desk.tx().exec(GO_ON, params![desk.workspace(), s.id, s.reached_at, s.state, s.looked_at, s.fired]).await?;
    Ok(())
}

pub(super) async fn forget_hits(desk: &Desk<'_>, id: SimulationId) -> Result<()> {
    desk.tx().exec(FORGET_HITS, params![desk.workspace(), id]).await?;
    Ok(())
}

pub(super) async fn insert_hits(desk: &Desk<'_>, id: SimulationId, hits: &[(Timestamp, ConversationId)]) -> Result<()> {
    let rows: Vec<_> = hits
        .iter()
        .map(|(at, conversation)| (INSERT_HIT, params![desk.workspace(), id, *at, *conversation].to_vec()))
        .collect();
    Ok(desk.tx().exec_all(&rows).await?)
}

pub(super) async fn hits(
    desk: &Desk<'_>,
    id: SimulationId,
    before: Option<(Timestamp, ConversationId)>,
    limit: i64,
) -> Result<Vec<Hit>> {
    let (at, conversation) = before.unwrap_or((Timestamp::MAX, ConversationId(Uuid::max())));
    Ok(desk.tx().rows(HITS, params![desk.workspace(), id, at, conversation, limit]).await?)
}
