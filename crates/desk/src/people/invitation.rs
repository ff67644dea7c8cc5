//! Bringing people in without telling them a password: each gets a link that is good once, for a week, and sets their own. Whole
//! lists of people come in so (see [`super::roster`]).

use super::{
    AgentId, NewAgent, TeamId, insert, password, require_management_of,
    roster::{self, Column, Entry, Outcome, Table},
    rules, store,
};
use crate::{Actor, App, Desk, Error, Event, Result, Scope, WorkspaceId};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// How long a link is good.
pub const GOOD_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
/// What stands in place of a hash while there is no password: nothing hashes to it.
const NO_PASSWORD: &str = "!";

/// Somebody who was invited: their link's token is known now and never again.
#[derive(Debug, Clone)]
pub struct Invited {
    /// Who.
    pub agent: AgentId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What the link carries.
    pub token: String,
}

/// Adds somebody without a password and gives the token of their link.
///
/// # Errors
/// As [`super::add_agent`].
pub async fn invite(desk: &mut Desk<'_>, agent: &NewAgent) -> Result<Invited> {
    let problems = agent.problems();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    require_management_of(desk, agent.role).await?;
    let id = insert(desk, agent, NO_PASSWORD).await?;
    let token = renew(desk, id).await?;
    Ok(Invited { agent: id, name: agent.name.trim().to_owned(), email: super::normalize_email(&agent.email), token })
}

/// Gives somebody a fresh link; the one before is good no more. Their password, if they have one, stays until they use it.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`].
pub async fn invite_again(desk: &mut Desk<'_>, id: AgentId) -> Result<Invited> {
    let agent = store::find_agent(desk, id).await?;
    require_management_of(desk, agent.role).await?;
    let token = renew(desk, id).await?;
    Ok(Invited { agent: id, name: agent.name, email: agent.email, token })
}

async fn renew(desk: &mut Desk<'_>, id: AgentId) -> Result<String> {
    let secret = base::random::bytes::<32>();
    let hash: [u8; 32] = Sha256::digest(secret).into();
    store::set_invitation(desk, id, hash, desk.now() + GOOD_FOR).await?;
    let mut token = desk.workspace().0.as_bytes().to_vec();
    token.extend_from_slice(&secret);
    Ok(URL_SAFE_NO_PAD.encode(token))
}

fn parse(token: &str) -> Option<(WorkspaceId, [u8; 32])> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok().filter(|bytes| bytes.len() == 48)?;
    Some((WorkspaceId(Uuid::from_slice(&bytes[..16]).ok()?), Sha256::digest(&bytes[16..]).into()))
}

/// Whom a link invites; none when it was used, is too old, or never was.
///
/// # Errors
/// The store's.
pub async fn invited(app: &App, token: &str) -> Result<Option<super::Agent>> {
    let Some((workspace, hash)) = parse(token) else { return Ok(None) };
    app.read(workspace.as_system(), move |desk| Box::pin(async move { find(desk, hash).await })).await
}

/// As [`invited`], of links of this workspace alone.
///
/// # Errors
/// The store's.
pub async fn invited_in(app: &App, workspace: WorkspaceId, token: &str) -> Result<Option<super::Agent>> {
    match parse(token) {
        Some((of, _)) if of == workspace => invited(app, token).await,
        _ => Ok(None),
    }
}

async fn find(desk: &mut Desk<'_>, hash: [u8; 32]) -> Result<Option<super::Agent>> {
    let Some(id) = store::find_invitation(desk, hash, desk.now()).await? else { return Ok(None) };
    Ok(Some(store::find_agent(desk, id).await?).filter(|agent| agent.active))
}

/// Sets the password of whom the link invites; the link is good no more. Gives their address, for signing in.
///
/// # Errors
/// [`Error::NotFound`] when the link is not good; [`Error::Invalid`] when the password can't be taken.
pub async fn accept_invitation(app: &App, token: &str, new: &str) -> Result<String> {
    let (workspace, token_hash) = parse(token).ok_or(Error::NotFound)?;
    if let Some(problem) = rules::password_problem(new) {
        return Err(Error::Invalid(vec![problem]));
    }
    let hash = password::hash(app, new).await?;
    app.write(workspace.as_system(), move |desk| {
        Box::pin(async move {
            let agent = find(desk, token_hash).await?.ok_or(Error::NotFound)?;
            if store::delete_invitation(desk, token_hash).await? == 0 {
                return Err(Error::NotFound);
            }
            store::set_password(desk, agent.id, &hash).await?;
            store::delete_sessions(desk, agent.id, None).await?;
            Ok(agent.email)
        })
    })
    .await
}

/// Who has a link that is good still, and until when.
///
/// # Errors
/// The store's.
pub async fn invitations(desk: &mut Desk<'_>) -> Result<HashMap<AgentId, Timestamp>> {
    store::invitations(desk, desk.now()).await
}

/// What would become of a list of people.
///
/// # Errors
/// [`Error::Forbidden`] when it is not an agent who asks.
pub async fn plan_import(desk: &mut Desk<'_>, table: &Table, columns: &[Column]) -> Result<Vec<Entry>> {
    let mine = match desk.actor() {
        Actor::Agent(id) => store::find_agent(desk, id).await?.role,
        _ => return Err(Error::Forbidden),
    };
    let (agents, teams) = (store::agents(desk).await?, store::teams(desk).await?);
    let members: HashSet<_> = store::team_members(desk).await?.into_iter().collect();
    Ok(roster::plan(table, columns, (&agents, &teams, &members), mine))
}

/// Adds whom the list names and who is not here yet, makes teams that are missing, and puts everybody into theirs: all of it, or
/// nothing. Doing it again changes nothing: people are known by their address.
///
/// # Errors
/// As [`plan_import`].
pub async fn import(app: &App, scope: Scope, table: Table, columns: Vec<Column>) -> Result<Vec<Invited>> {
    app.write(scope, move |desk| {
        Box::pin(async move {
            let entries = plan_import(desk, &table, &columns).await?;
            let mut teams: HashMap<String, TeamId> =
                store::teams(desk).await?.into_iter().map(|team| (team.name.to_lowercase(), team.id)).collect();
            let mut invited = Vec::new();
            for entry in entries {
                let agent = match entry.outcome {
                    Outcome::Added => {
                        let new = NewAgent { email: entry.email, name: entry.name, role: entry.role };
                        let one = invite(desk, &new).await?;
                        let id = one.agent;
                        invited.push(one);
                        id
                    }
                    Outcome::Joins => match store::find_by_email(desk, &entry.email).await? {
                        Some(agent) => agent.id,
                        None => continue,
                    },
                    Outcome::Here | Outcome::Refused(_) => continue,
                };
                for name in entry.teams {
                    let team = match teams.get(&name.to_lowercase()) {
                        Some(team) => *team,
                        None => {
                            let team = super::create_team(desk, &name).await?;
                            teams.insert(name.to_lowercase(), team);
                            team
                        }
                    };
                    store::add_member(desk, team, agent).await?;
                }
            }
            desk.emit(Event::PeopleChanged);
            Ok(invited)
        })
    })
    .await
}
