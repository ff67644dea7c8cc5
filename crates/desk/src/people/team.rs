//! Teams: groups of agents that conversations can be given to.

use super::{AgentId, Team, TeamId, store};
use crate::{Desk, Error, Event, Result, error::on_unique};
use uuid::Uuid;

const NAME_TAKEN: &str = "team_workspace_id_name_key";

fn checked(name: &str) -> Result<&str> {
    match name.trim() {
        "" => Err(Error::field("name", "required")),
        long if long.chars().count() > 80 => Err(Error::field("name", "too_long")),
        name => Ok(name),
    }
}

/// All teams by name.
///
/// # Errors
/// The store's.
pub async fn teams(desk: &mut Desk<'_>) -> Result<Vec<Team>> {
    if let Some(known) = desk.recall("teams", Uuid::nil()) {
        return Ok(known);
    }
    let found = store::teams(desk).await?;
    Ok(desk.remember("teams", Uuid::nil(), found))
}

/// The teams that an agent belongs to.
///
/// # Errors
/// The store's.
pub async fn teams_of(desk: &mut Desk<'_>, agent: AgentId) -> Result<Vec<Team>> {
    if let Some(known) = desk.recall("teams_of", agent.0) {
        return Ok(known);
    }
    let found = store::teams_of(desk, agent).await?;
    Ok(desk.remember("teams_of", agent.0, found))
}

/// Who belongs to which team.
///
/// # Errors
/// The store's.
pub async fn team_members(desk: &mut Desk<'_>) -> Result<Vec<(TeamId, AgentId)>> {
    store::team_members(desk).await
}

/// Makes a team.
///
/// # Errors
/// [`Error::Invalid`]: `name` is `required`, `too_long` or `taken`.
pub async fn create_team(desk: &mut Desk<'_>, name: &str) -> Result<TeamId> {
    let id = TeamId(desk.new_id());
    on_unique(store::insert_team(desk, id, checked(name)?).await, NAME_TAKEN, "name")?;
    desk.emit(Event::PeopleChanged);
    Ok(id)
}

/// Gives a team another name.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`].
pub async fn rename_team(desk: &mut Desk<'_>, id: TeamId, name: &str) -> Result<()> {
    let renamed = store::rename_team(desk, id, checked(name)?).await;
    if on_unique(renamed, NAME_TAKEN, "name")? == 0 {
        return Err(Error::NotFound);
    }
    desk.emit(Event::PeopleChanged);
    Ok(())
}

/// Says who belongs to a team.
///
/// # Errors
/// [`Error::NotFound`] when the team or one of the agents does not exist.
pub async fn set_team_members(desk: &mut Desk<'_>, id: TeamId, members: &[AgentId]) -> Result<()> {
    if !store::teams(desk).await?.iter().any(|team| team.id == id) {
        return Err(Error::NotFound);
    }
    let known = store::agents(desk).await?;
    if !members.iter().all(|member| known.iter().any(|agent| agent.id == *member)) {
        return Err(Error::NotFound);
    }
    store::set_members(desk, id, members).await?;
    desk.emit(Event::PeopleChanged);
    Ok(())
}

/// Removes a team that no conversation belongs to.
///
/// # Errors
/// [`Error::Conflict`] while conversations belong to it.
pub async fn delete_team(desk: &mut Desk<'_>, id: TeamId) -> Result<()> {
    if store::team_is_used(desk, id).await? {
        return Err(Error::Conflict("conversations belong to this team"));
    }
    if store::delete_team(desk, id).await? == 0 {
        return Err(Error::NotFound);
    }
    desk.emit(Event::PeopleChanged);
    Ok(())
}
