//! People: owner, administrators and agents, their teams, how they sign in and out.
//!
//! Passwords are hashed with argon2id outside any unit of work; sessions are random tokens of which the store keeps only
//! a hash; failed sign-ins are throttled by address and by account, the same for accounts that don't exist.

mod invitation;
mod password;
pub mod roster;
mod rules;
mod session;
mod store;
mod team;

pub use invitation::{
    GOOD_FOR, Invited, accept_invitation, import, invitations, invite, invite_again, invited, invited_in, plan_import,
};
pub(crate) use rules::is_address;
pub use rules::{AgentChange, NewAgent, Preferences, Role, normalize_email};
pub use session::{Client, Viewer, check_session, prune_sessions, sessions, sign_in, sign_out, sign_out_everywhere};
pub use store::{Agent, STATEMENTS, SessionRow, Team};
pub use team::{create_team, delete_team, rename_team, set_team_members, team_members, teams, teams_of};

use crate::{App, Desk, Error, Event, Result, Scope, WorkspaceId, error::on_unique};
use base::id_type;
use uuid::Uuid;

id_type! {
    /// Somebody who works in the desk.
    AgentId
}
id_type! {
    /// A group of agents.
    TeamId
}

/// Creates the workspace and its owner at the first visit.
///
/// # Errors
/// [`Error::Conflict`] when there is an owner already, [`Error::Invalid`] when a field can't be taken.
pub async fn set_up(app: &App, workspace_name: &str, owner: NewAgent, password: &str) -> Result<AgentId> {
    let mut problems = owner.problems();
    problems.extend(rules::password_problem(password));
    if workspace_name.trim().is_empty() {
        problems.push(crate::FieldError { field: "workspace", problem: "required" });
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let hash = password::hash(app, password).await?;
    let workspace = match app.workspace().await? {
        Some(workspace) => workspace,
        None => app.create_workspace(workspace_name.trim()).await?,
    };
    let owner = NewAgent { role: Role::Owner, ..owner };
    app.write(workspace.as_system(), move |desk| {
        Box::pin(async move {
            if store::count_agents(desk).await? > 0 {
                return Err(Error::Conflict("there is an owner already"));
            }
            insert(desk, &owner, &hash).await
        })
    })
    .await
}

/// True until [`set_up`] has been done.
///
/// # Errors
/// The store's.
pub async fn needs_set_up(app: &App) -> Result<bool> {
    let Some(workspace) = app.workspace().await? else { return Ok(true) };
    app.read(workspace.as_system(), |desk| Box::pin(async move { Ok(store::count_agents(desk).await? == 0) })).await
}

/// Adds an agent with a first password.
///
/// # Errors
/// [`Error::Invalid`]; the field `email` is `taken` when somebody has it. [`Error::Forbidden`] by [`Role::may_manage`].
pub async fn add_agent(app: &App, scope: Scope, agent: NewAgent, password: &str) -> Result<AgentId> {
    let mut problems = agent.problems();
    problems.extend(rules::password_problem(password));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let hash = password::hash(app, password).await?;
    app.write(scope, move |desk| {
        Box::pin(async move {
            require_management_of(desk, agent.role).await?;
            insert(desk, &agent, &hash).await
        })
    })
    .await
}

async fn insert(desk: &mut Desk<'_>, agent: &NewAgent, password_hash: &str) -> Result<AgentId> {
    let id = AgentId(desk.new_id());
    let inserted = store::insert_agent(desk, id, agent, password_hash).await;
    on_unique(inserted, "agent_workspace_id_email_key", "email")?;
    desk.emit(Event::PeopleChanged);
    Ok(id)
}

/// Fails unless the actor may manage somebody of `role`. The system (command line, set-up) may.
async fn require_management_of(desk: &mut Desk<'_>, role: Role) -> Result<()> {
    let crate::Actor::Agent(id) = desk.actor() else { return Ok(()) };
    let actor = store::find_agent(desk, id).await?;
    if actor.active && actor.role.may_manage(role) { Ok(()) } else { Err(Error::Forbidden) }
}

/// All agents, active ones first, by name.
///
/// # Errors
/// The store's.
pub async fn agents(desk: &mut Desk<'_>) -> Result<Vec<Agent>> {
    if let Some(known) = desk.recall("agents", Uuid::nil()) {
        return Ok(known);
    }
    let found = store::agents(desk).await?;
    Ok(desk.remember("agents", Uuid::nil(), found))
}

/// One agent.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn agent(desk: &mut Desk<'_>, id: AgentId) -> Result<Agent> {
    store::find_agent(desk, id).await
}

/// Changes an agent's name, address, role or whether they are active. Who is deactivated is signed out everywhere.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Conflict`] when the workspace would be left without an active owner.
pub async fn update_agent(desk: &mut Desk<'_>, id: AgentId, change: AgentChange) -> Result<()> {
    let mut agent = store::find_agent(desk, id).await?;
    require_management_of(desk, agent.role).await?;
    if let Some(role) = change.role {
        require_management_of(desk, role).await?;
    }
    change.apply(&mut agent)?;
    on_unique(store::update_agent(desk, &agent).await, "agent_workspace_id_email_key", "email")?;
    if !agent.active {
        store::delete_sessions(desk, id, None).await?;
    }
    if store::count_active_owners(desk).await? == 0 {
        return Err(Error::Conflict("the workspace needs an active owner"));
    }
    desk.emit(Event::PeopleChanged);
    Ok(())
}

/// Changes one's own name and preferences.
///
/// # Errors
/// [`Error::Invalid`].
pub async fn update_profile(desk: &mut Desk<'_>, name: &str, preferences: &Preferences) -> Result<()> {
    let mut agent = store::find_agent(desk, desk.agent()?).await?;
    AgentChange { name: Some(name.to_owned()), ..AgentChange::default() }.apply(&mut agent)?;
    agent.preferences = serde_json::to_string(preferences).map_err(Error::internal)?;
    store::update_agent(desk, &agent).await?;
    desk.emit(Event::PeopleChanged);
    Ok(())
}

/// Changes one's own password after checking the present one; other sessions end.
///
/// # Errors
/// [`Error::Invalid`]: `current` is `wrong`, or `password` can't be taken.
pub async fn change_password(app: &App, viewer: &Viewer, current: &str, new: &str) -> Result<()> {
    if let Some(problem) = rules::password_problem(new) {
        return Err(Error::Invalid(vec![problem]));
    }
    let id = viewer.agent_id;
    let hash =
        app.read(viewer.scope(), move |desk| Box::pin(async move { store::password_hash(desk, id).await })).await?;
    if !password::verify(app, current, &hash).await? {
        return Err(Error::field("current", "wrong"));
    }
    store_password(app, viewer.scope(), id, new, Some(viewer.token_hash)).await
}

/// Gives an agent a new password, ending all their sessions.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`].
pub async fn reset_password(app: &App, scope: Scope, id: AgentId, new: &str) -> Result<()> {
    if let Some(problem) = rules::password_problem(new) {
        return Err(Error::Invalid(vec![problem]));
    }
    app.read(scope, move |desk| {
        Box::pin(async move {
            let role = store::find_agent(desk, id).await?.role;
            require_management_of(desk, role).await
        })
    })
    .await?;
    store_password(app, scope, id, new, None).await
}

async fn store_password(app: &App, scope: Scope, id: AgentId, new: &str, keep: Option<[u8; 32]>) -> Result<()> {
    let hash = password::hash(app, new).await?;
    app.write(scope, move |desk| {
        Box::pin(async move {
            store::set_password(desk, id, &hash).await?;
            store::delete_sessions(desk, id, keep).await
        })
    })
    .await
}

/// A password that nobody has to think of: 20 letters and digits without look-alikes, 99 bits of chance.
pub fn generate_password() -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789Z";
    base::random::bytes::<20>().iter().map(|byte| ALPHABET[usize::from(byte % 32)] as char).collect()
}

/// The agent with this address.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn agent_by_email(app: &App, workspace: WorkspaceId, email: &str) -> Result<Agent> {
    let email = normalize_email(email);
    app.read(workspace.as_system(), move |desk| {
        Box::pin(async move { store::find_by_email(desk, &email).await?.ok_or(Error::NotFound) })
    })
    .await
}
