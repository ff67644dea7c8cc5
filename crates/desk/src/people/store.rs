//! SQL and rows of people, sessions and teams.

use super::{AgentId, Client, NewAgent, Preferences, Role, TeamId, rules::normalize_email};
use crate::{Desk, Error, Result};
use base::{db::DbError, params, row, statements};
use jiff::Timestamp;
use std::collections::HashMap;

statements! {
    COUNT_AGENTS = "select count(*) from (select 1 from agent where workspace_id = $1 limit 1) as found";
    COUNT_ACTIVE_OWNERS = "select count(*) from agent where workspace_id = $1 and role = 3 and active = true";
    INSERT_AGENT = "insert into agent (workspace_id, id, email, name, role, password_hash, active, preferences, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, true, $7, $8, $8)";
    FIND_AGENT = "select id, email, name, role, active, preferences, created_at from agent where workspace_id = $1 and id = $2";
    FIND_BY_EMAIL = "select id, email, name, role, active, preferences, created_at from agent where workspace_id = $1 and email = $2";
    AGENTS = "select id, email, name, role, active, preferences, created_at from agent where workspace_id = $1
        order by active desc, name, id";
    UPDATE_AGENT = "update agent set email = $3, name = $4, role = $5, active = $6, preferences = $7, updated_at = $8
        where workspace_id = $1 and id = $2";
    PASSWORD_HASH = "select password_hash from agent where workspace_id = $1 and id = $2";
    SET_PASSWORD = "update agent set password_hash = $3, updated_at = $4 where workspace_id = $1 and id = $2";

    INSERT_SESSION = "insert into session (workspace_id, token_hash, agent_id, created_at, last_seen_at, expires_at, user_agent, ip)
        values ($1, $2, $3, $4, $4, $5, $6, $7)";
    FIND_SESSION = "select s.agent_id, s.last_seen_at, s.expires_at, a.email, a.name, a.role, a.active, a.preferences
        from session s join agent a on a.workspace_id = s.workspace_id and a.id = s.agent_id
        where s.workspace_id = $1 and s.token_hash = $2";
    TOUCH_SESSION = "update session set last_seen_at = $3, expires_at = $4 where workspace_id = $1 and token_hash = $2";
    SESSIONS = "select token_hash, created_at, last_seen_at, user_agent, ip from session
        where workspace_id = $1 and agent_id = $2 and expires_at > $3 order by created_at desc limit 100";
    DELETE_SESSION = "delete from session where workspace_id = $1 and token_hash = $2";
    DELETE_SESSIONS = "delete from session where workspace_id = $1 and agent_id = $2 and token_hash <> $3";
    PRUNE_SESSIONS = "delete from session where workspace_id = $1 and expires_at < $2";
    PRUNE_FAILURES = "delete from sign_in_throttle where workspace_id = $1 and since < $2";

    FAILURES = "select failures, since from sign_in_throttle where workspace_id = $1 and key = $2";
    ADD_FAILURE = "insert into sign_in_throttle (workspace_id, key, failures, since) values ($1, $2, 1, $3)
        on conflict (workspace_id, key) do update set
        failures = case when sign_in_throttle.since < $4 then 1 else sign_in_throttle.failures + 1 end, since = excluded.since";
    FORGET_FAILURES = "delete from sign_in_throttle where workspace_id = $1 and key = $2";

    // An agent has one link: a new one takes the place of the one before.
    FORGET_INVITATION = "delete from invitation where workspace_id = $1 and agent_id = $2";
    INSERT_INVITATION = "insert into invitation (workspace_id, token_hash, agent_id, created_at, expires_at) values ($1, $2, $3, $4, $5)";
    FIND_INVITATION = "select agent_id from invitation where workspace_id = $1 and token_hash = $2 and expires_at > $3";
    DELETE_INVITATION = "delete from invitation where workspace_id = $1 and token_hash = $2";
    INVITATIONS = "select agent_id, expires_at from invitation where workspace_id = $1 and expires_at > $2";
    PRUNE_INVITATIONS = "delete from invitation where workspace_id = $1 and expires_at < $2";

    TEAMS = "select id, name from team where workspace_id = $1 order by name, id";
    TEAMS_OF = "select t.id, t.name from team_member m join team t on t.workspace_id = m.workspace_id and t.id = m.team_id
        where m.workspace_id = $1 and m.agent_id = $2 order by t.name, t.id";
    TEAM_MEMBERS = "select team_id, agent_id from team_member where workspace_id = $1 order by team_id, agent_id";
    INSERT_TEAM = "insert into team (workspace_id, id, name, created_at) values ($1, $2, $3, $4)";
    RENAME_TEAM = "update team set name = $3 where workspace_id = $1 and id = $2";
    CLEAR_MEMBERS = "delete from team_member where workspace_id = $1 and team_id = $2";
    ADD_MEMBER = "insert into team_member (workspace_id, team_id, agent_id) values ($1, $2, $3) on conflict do nothing";
    DELETE_TEAM = "delete from team where workspace_id = $1 and id = $2";
    TEAM_IS_USED = "select 1 from conversation where workspace_id = $1 and team_id = $2 limit 1";
}

row! {
    /// Somebody who works in the desk.
    #[derive(Debug, Clone)]
    pub struct Agent {
        /// Their id.
        pub id: AgentId,
        /// Sign-in address.
        pub email: String,
        /// Name as customers and colleagues see it.
        pub name: String,
        /// What they may do.
        pub role: Role,
        /// Whether they may sign in.
        pub active: bool,
        /// JSON of [`Preferences`].
        pub preferences: String,
        /// Since when.
        pub created_at: Timestamp,
    }
}

impl Agent {
    /// How they want their desk.
    pub fn preferences(&self) -> super::Preferences {
        serde_json::from_str(&self.preferences).unwrap_or_default()
    }
}

row! {
    /// A group of agents.
    #[derive(Debug, Clone)]
    pub struct Team {
        /// Its id.
        pub id: TeamId,
        /// Its name.
        pub name: String,
    }
}

row! {
    /// Where somebody is signed in.
    #[derive(Debug, Clone)]
    pub struct SessionRow {
        /// Hash of its token; tells which one is the viewer's own.
        pub token_hash: Vec<u8>,
        /// Since when.
        pub created_at: Timestamp,
        /// When it was last used, to within some minutes.
        pub last_seen_at: Timestamp,
        /// What the browser calls itself.
        pub user_agent: String,
        /// Network address at sign-in.
        pub ip: String,
    }
}

row! {
    pub(super) struct FoundSession {
        pub(super) agent_id: AgentId,
        pub(super) last_seen_at: Timestamp,
        pub(super) expires_at: Timestamp,
        pub(super) email: String,
        pub(super) name: String,
        pub(super) role: Role,
        pub(super) active: bool,
        pub(super) preferences: String,
    }
}

pub(super) async fn count_agents(desk: &Desk<'_>) -> Result<i64> {
    Ok(desk.tx().one::<(i64,)>(COUNT_AGENTS, params![desk.workspace()]).await?.0)
}

pub(super) async fn count_active_owners(desk: &Desk<'_>) -> Result<i64> {
    Ok(desk.tx().one::<(i64,)>(COUNT_ACTIVE_OWNERS, params![desk.workspace()]).await?.0)
}

pub(super) async fn insert_agent(
    desk: &Desk<'_>,
    id: AgentId,
    agent: &NewAgent,
    password_hash: &str,
) -> Result<u64, DbError> {
    let email = normalize_email(&agent.email);
    let preferences = serde_json::to_string(&Preferences::default()).unwrap_or_default();
    let (workspace, now) = (desk.workspace(), desk.now());
    let name = agent.name.trim();
    desk.tx().exec(INSERT_AGENT, params![workspace, id, email, name, agent.role, password_hash, preferences, now]).await
}

pub(super) async fn find_agent(desk: &Desk<'_>, id: AgentId) -> Result<Agent> {
    desk.tx().row(FIND_AGENT, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn find_by_email(desk: &Desk<'_>, email: &str) -> Result<Option<Agent>> {
    Ok(desk.tx().row(FIND_BY_EMAIL, params![desk.workspace(), email]).await?)
}

pub(super) async fn agents(desk: &Desk<'_>) -> Result<Vec<Agent>> {
    Ok(desk.tx().rows(AGENTS, params![desk.workspace()]).await?)
}

pub(super) async fn update_agent(desk: &Desk<'_>, agent: &Agent) -> Result<u64, DbError> {
    let Agent { id, email, name, role, active, preferences, .. } = agent;
    desk.tx()
        .exec(UPDATE_AGENT, params![desk.workspace(), id, email, name, *role, *active, preferences, desk.now()])
        .await
}

pub(super) async fn password_hash(desk: &Desk<'_>, id: AgentId) -> Result<String> {
    let row = desk.tx().row::<(String,)>(PASSWORD_HASH, params![desk.workspace(), id]).await?;
    row.map(|(hash,)| hash).ok_or(Error::NotFound)
}

pub(super) async fn set_password(desk: &Desk<'_>, id: AgentId, hash: &str) -> Result<()> {
    match desk.tx().exec(SET_PASSWORD, params![desk.workspace(), id, hash, desk.now()]).await? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

pub(super) async fn insert_session(
    desk: &Desk<'_>,
    token_hash: [u8; 32],
    agent: AgentId,
    client: &Client,
    expires_at: Timestamp,
) -> Result<()> {
    let user_agent: String = client.user_agent.chars().take(300).collect();
    let (workspace, now, ip) = (desk.workspace(), desk.now(), client.ip.as_str());
    desk.tx().exec(INSERT_SESSION, params![workspace, &token_hash[..], agent, now, expires_at, user_agent, ip]).await?;
    Ok(())
}

pub(super) async fn find_session(desk: &Desk<'_>, token_hash: [u8; 32]) -> Result<Option<FoundSession>> {
    Ok(desk.tx().row(FIND_SESSION, params![desk.workspace(), &token_hash[..]]).await?)
}

pub(super) async fn touch_session(desk: &Desk<'_>, token_hash: [u8; 32], expires_at: Timestamp) -> Result<()> {
    desk.tx().exec(TOUCH_SESSION, params![desk.workspace(), &token_hash[..], desk.now(), expires_at]).await?;
    Ok(())
}

pub(super) async fn sessions(desk: &Desk<'_>, agent: AgentId) -> Result<Vec<SessionRow>> {
    Ok(desk.tx().rows(SESSIONS, params![desk.workspace(), agent, desk.now()]).await?)
}

pub(super) async fn delete_session(desk: &Desk<'_>, token_hash: [u8; 32]) -> Result<()> {
    desk.tx().exec(DELETE_SESSION, params![desk.workspace(), &token_hash[..]]).await?;
    Ok(())
}

pub(super) async fn delete_sessions(desk: &Desk<'_>, agent: AgentId, keep: Option<[u8; 32]>) -> Result<()> {
    let keep = keep.map_or(Vec::new(), |hash| hash.to_vec());
    desk.tx().exec(DELETE_SESSIONS, params![desk.workspace(), agent, keep]).await?;
    Ok(())
}

pub(super) async fn prune(desk: &Desk<'_>, expired_before: Timestamp, failed_before: Timestamp) -> Result<()> {
    desk.tx().exec(PRUNE_SESSIONS, params![desk.workspace(), expired_before]).await?;
    desk.tx().exec(PRUNE_FAILURES, params![desk.workspace(), failed_before]).await?;
    desk.tx().exec(PRUNE_INVITATIONS, params![desk.workspace(), expired_before]).await?;
    Ok(())
}

pub(super) async fn failures(desk: &Desk<'_>, key: &str) -> Result<Option<(i32, Timestamp)>> {
    Ok(desk.tx().row(FAILURES, params![desk.workspace(), key]).await?)
}

pub(super) async fn add_failure(desk: &Desk<'_>, key: &str) -> Result<()> {
    let forgotten = desk.now() - super::rules::FORGET_FAILURES_AFTER;
    desk.tx().exec(ADD_FAILURE, params![desk.workspace(), key, desk.now(), forgotten]).await?;
    Ok(())
}

pub(super) async fn forget_failures(desk: &Desk<'_>, key: &str) -> Result<()> {
    desk.tx().exec(FORGET_FAILURES, params![desk.workspace(), key]).await?;
    Ok(())
}

pub(super) async fn teams(desk: &Desk<'_>) -> Result<Vec<Team>> {
    Ok(desk.tx().rows(TEAMS, params![desk.workspace()]).await?)
}

pub(super) async fn teams_of(desk: &Desk<'_>, agent: AgentId) -> Result<Vec<Team>> {
    Ok(desk.tx().rows(TEAMS_OF, params![desk.workspace(), agent]).await?)
}

pub(super) async fn team_members(desk: &Desk<'_>) -> Result<Vec<(TeamId, AgentId)>> {
    Ok(desk.tx().rows(TEAM_MEMBERS, params![desk.workspace()]).await?)
}

pub(super) async fn insert_team(desk: &Desk<'_>, id: TeamId, name: &str) -> Result<u64, DbError> {
    desk.tx().exec(INSERT_TEAM, params![desk.workspace(), id, name, desk.now()]).await
}

pub(super) async fn rename_team(desk: &Desk<'_>, id: TeamId, name: &str) -> Result<u64, DbError> {
    desk.tx().exec(RENAME_TEAM, params![desk.workspace(), id, name]).await
}

pub(super) async fn set_members(desk: &Desk<'_>, id: TeamId, members: &[AgentId]) -> Result<()> {
    desk.tx().exec(CLEAR_MEMBERS, params![desk.workspace(), id]).await?;
    for member in members {
        desk.tx().exec(ADD_MEMBER, params![desk.workspace(), id, member]).await?;
    }
    Ok(())
}

pub(super) async fn add_member(desk: &Desk<'_>, team: TeamId, agent: AgentId) -> Result<()> {
    desk.tx().exec(ADD_MEMBER, params![desk.workspace(), team, agent]).await?;
    Ok(())
}

pub(super) async fn set_invitation(
    desk: &Desk<'_>,
    agent: AgentId,
    token_hash: [u8; 32],
    until: Timestamp,
) -> Result<()> {
    let insert = params![desk.workspace(), &token_hash[..], agent, desk.now(), until].to_vec();
    let forget = params![desk.workspace(), agent].to_vec();
    Ok(desk.tx().exec_all(&[(FORGET_INVITATION, forget), (INSERT_INVITATION, insert)]).await?)
}

pub(super) async fn find_invitation(desk: &Desk<'_>, token_hash: [u8; 32], now: Timestamp) -> Result<Option<AgentId>> {
    let found = desk.tx().row::<(AgentId,)>(FIND_INVITATION, params![desk.workspace(), &token_hash[..], now]).await?;
    Ok(found.map(|(id,)| id))
}

pub(super) async fn delete_invitation(desk: &Desk<'_>, token_hash: [u8; 32]) -> Result<u64> {
    Ok(desk.tx().exec(DELETE_INVITATION, params![desk.workspace(), &token_hash[..]]).await?)
}

pub(super) async fn invitations(desk: &Desk<'_>, now: Timestamp) -> Result<HashMap<AgentId, Timestamp>> {
    let rows: Vec<(AgentId, Timestamp)> = desk.tx().rows(INVITATIONS, params![desk.workspace(), now]).await?;
    Ok(rows.into_iter().collect())
}

pub(super) async fn delete_team(desk: &Desk<'_>, id: TeamId) -> Result<u64> {
    desk.tx().exec(CLEAR_MEMBERS, params![desk.workspace(), id]).await?;
    Ok(desk.tx().exec(DELETE_TEAM, params![desk.workspace(), id]).await?)
}

pub(super) async fn team_is_used(desk: &Desk<'_>, id: TeamId) -> Result<bool> {
    let used = desk.tx().row::<(i32,)>(TEAM_IS_USED, params![desk.workspace(), id]).await?;
    Ok(used.is_some())
}
