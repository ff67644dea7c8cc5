//! Rules: when something happens, or time passes, and conditions hold, something is done by itself.
//!
//! `running` hears what happened and lets one rule after the other look at it, `waiting` keeps whose time comes when, `acting` does what
//! rules do, `webhooks` tells other programs, `simulation` looks at what a rule would have done. Nothing of it happens in the unit of work
//! that a rule hears of: whoever writes waits for no rule.

mod acting;
mod jobs;
#[expect(clippy::module_inception, reason = "every area has its decisions in a file of that name")]
mod rules;
mod running;
mod simulation;
mod store;
mod waiting;
mod webhooks;

pub use jobs::{RunDueRules, RunRules, SimulateRule};
pub use rules::{
    Action, Budget, Cause, Definition, Did, MOST_ACTIONS, NewRule, Outcome, Progress, Since, Trigger, Wait,
};
pub(crate) use running::hear;
pub use simulation::{MOST_MONTHS, simulate};
pub(crate) use store::RuleOn;
pub use store::{Hit, Rule, Run, STATEMENTS, Simulation, Version};
pub use webhooks::{SendWebhook, new_secret, secret};

use crate::{Desk, Error, Event, FieldError, Result, conversations::ConversationId, fields, macros, people};
use base::id_type;
use jiff::Timestamp;

id_type! {
    /// A rule.
    RuleId
}
id_type! {
    /// One time that a rule acted, or failed to.
    RunId
}
id_type! {
    /// A look at what a rule would have done.
    SimulationId
}

/// The most rules of a workspace: each event is looked at by all of them.
const MOST: usize = 200;

/// All rules in their order.
///
/// # Errors
/// The store's.
pub async fn all(desk: &mut Desk<'_>) -> Result<Vec<Rule>> {
    store::all(desk).await
}

/// One rule.
///
/// # Errors
/// [`Error::NotFound`], also when it is deleted.
pub async fn find(desk: &mut Desk<'_>, id: RuleId) -> Result<Rule> {
    let rule = store::find(desk, id).await?;
    if rule.deleted_at.is_some() { Err(Error::NotFound) } else { Ok(rule) }
}

/// Makes a rule, after all others and switched off: it is looked at before it acts.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Conflict`] when there are too many.
pub async fn create(desk: &mut Desk<'_>, new: NewRule) -> Result<RuleId> {
    let by = desk.agent()?;
    let NewRule { name, definition } = checked(desk, new).await?;
    let known = store::all(desk).await?;
    if known.len() >= MOST {
        return Err(Error::Conflict("too_many_rules"));
    }
    let position = known.last().map_or(1, |last| last.position.saturating_add(1));
    let id = RuleId(desk.new_id());
    store::insert(desk, id, &name, position, &definition).await?;
    store::insert_version(desk, id, &name, 1, &definition, by).await?;
    desk.emit(Event::RulesChanged);
    Ok(id)
}

/// Changes a rule, which makes a version. What waits for its time already waits on.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::NotFound`].
pub async fn change(desk: &mut Desk<'_>, id: RuleId, new: NewRule) -> Result<()> {
    let by = desk.agent()?;
    let NewRule { name, definition } = checked(desk, new).await?;
    let before = locked(desk, id).await?;
    if before.name == name && before.definition().is_ok_and(|known| known == definition) {
        return Ok(());
    }
    let version = before.version.saturating_add(1);
    store::set_definition(desk, id, &name, version, &definition).await?;
    store::insert_version(desk, id, &name, version, &definition, by).await?;
    desk.emit(Event::RulesChanged);
    Ok(())
}

async fn locked(desk: &mut Desk<'_>, id: RuleId) -> Result<Rule> {
    let rule = store::lock(desk, id).await?;
    if rule.deleted_at.is_some() { Err(Error::NotFound) } else { Ok(rule) }
}

async fn checked(desk: &mut Desk<'_>, new: NewRule) -> Result<NewRule> {
    let new = new.tidied();
    let mut problems = new.problems(&macros::own_variables(desk).await?, desk.now());
    for action in &new.definition.actions {
        let is_known = match action {
            Action::Assign(Some(agent)) | Action::Ask(agent, _) => {
                people::agents(desk).await?.iter().any(|one| one.id == *agent && one.active)
            }
            Action::Team(Some(team)) => people::teams(desk).await?.iter().any(|one| one.id == *team),
            Action::Macro(id) => macros::find_shared(desk, *id).await.is_ok(),
            Action::SetField(id, values) => match fields::field(desk, *id).await {
                Ok(field) => field.archived_at.is_none() && field.limits.check(field.kind, values).is_ok(),
                Err(_) => false,
            },
            _ => true,
        };
        if !is_known {
            problems.push(FieldError { field: "actions", problem: "not_allowed" });
        }
    }
    if problems.is_empty() { Ok(new) } else { Err(Error::Invalid(problems)) }
}

/// Switches a rule on or off. What happened before it was switched on does not concern it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn switch(desk: &mut Desk<'_>, id: RuleId, on: bool) -> Result<()> {
    let rule = locked(desk, id).await?;
    if rule.enabled != on {
        store::set_enabled(desk, id, on.then(|| desk.now()), None).await?;
        desk.emit(Event::RulesChanged);
    }
    Ok(())
}

/// Deletes a rule; [`restore`] brings it back, switched off. What it did stays, and why.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn delete(desk: &mut Desk<'_>, id: RuleId) -> Result<()> {
    locked(desk, id).await?;
    store::set_deleted(desk, id, Some(desk.now())).await?;
    desk.emit(Event::RulesChanged);
    Ok(())
}

/// Brings a deleted rule back, switched off.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn restore(desk: &mut Desk<'_>, id: RuleId) -> Result<()> {
    store::lock(desk, id).await?;
    store::set_deleted(desk, id, None).await?;
    desk.emit(Event::RulesChanged);
    Ok(())
}

/// Moves a rule one place up or down.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn shift(desk: &mut Desk<'_>, id: RuleId, up: bool) -> Result<()> {
    let mut all = store::all(desk).await?;
    let at = all.iter().position(|one| one.id == id).ok_or(Error::NotFound)?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < all.len()) };
    let Some(to) = to else { return Ok(()) };
    all.swap(at, to);
    for (rule, place) in all.iter().zip(1..) {
        if rule.position != place {
            store::place(desk, rule.id, place).await?;
        }
    }
    desk.emit(Event::RulesChanged);
    Ok(())
}

/// The versions of a rule before `before`, newest first.
///
/// # Errors
/// The store's.
pub async fn versions(desk: &mut Desk<'_>, id: RuleId, before: Option<i32>, limit: i64) -> Result<Vec<Version>> {
    store::versions(desk, id, before, limit.clamp(1, 200)).await
}

/// One version of a rule.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn version(desk: &mut Desk<'_>, id: RuleId, version: i32) -> Result<Version> {
    store::version(desk, id, version).await
}

/// Puts a version back: it becomes the newest one.
///
/// # Errors
/// As [`change`].
pub async fn put_back(desk: &mut Desk<'_>, id: RuleId, version: i32) -> Result<()> {
    let old = store::version(desk, id, version).await?;
    let definition = old.definition()?;
    change(desk, id, NewRule { name: old.name, definition }).await
}

/// One run.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn run(desk: &mut Desk<'_>, id: RunId) -> Result<Run> {
    store::run(desk, id).await
}

/// The runs of a rule before `before`, newest first.
///
/// # Errors
/// The store's.
pub async fn runs(desk: &mut Desk<'_>, id: RuleId, before: Option<RunId>, limit: i64) -> Result<Vec<Run>> {
    store::runs_of_rule(desk, id, before, limit.clamp(1, 200)).await
}

/// What rules did with a conversation before `before`, newest first.
///
/// # Errors
/// The store's.
pub async fn runs_of(desk: &mut Desk<'_>, id: ConversationId, before: Option<RunId>, limit: i64) -> Result<Vec<Run>> {
    store::runs_of_conversation(desk, id, before, limit.clamp(1, 200)).await
}

/// The newest look at what a rule would have done.
///
/// # Errors
/// The store's.
pub async fn last_simulation(desk: &mut Desk<'_>, id: RuleId) -> Result<Option<Simulation>> {
    store::last_simulation(desk, id).await
}

/// The conversations that a rule would have acted on before `before`, newest first.
///
/// # Errors
/// The store's.
pub async fn hits(
    desk: &mut Desk<'_>,
    id: SimulationId,
    before: Option<(Timestamp, ConversationId)>,
    limit: i64,
) -> Result<Vec<Hit>> {
    store::hits(desk, id, before, limit.clamp(1, 200)).await
}
