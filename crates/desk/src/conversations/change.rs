//! Who is responsible for a conversation, how much it matters, and whether it is settled.

use super::{Conversation, ConversationId, CountedView, Priority, Status, Tag, Until, findable, steps, store};
use crate::{
    Desk, Error, Event, Result, fields,
    people::{self, AgentId, TeamId},
};
use jiff::Timestamp;
use uuid::Uuid;

/// Loads and locks the conversation, lets `change` work on it, and saves what became of it.
async fn change(
    desk: &mut Desk<'_>,
    id: ConversationId,
    change: impl FnOnce(&mut Conversation) -> Option<Event> + Send,
) -> Result<()> {
    let before = store::lock(desk, id).await?;
    let mut after = before.clone();
    if let Some(event) = change(&mut after) {
        store::save(desk, &before, &after).await?;
        desk.emit(event);
    }
    Ok(())
}

/// Makes an agent responsible, or nobody.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the agent is not active.
pub async fn assign(desk: &mut Desk<'_>, id: ConversationId, to: Option<AgentId>) -> Result<()> {
    if let Some(agent) = to
        && !people::agent(desk, agent).await?.active
    {
        return Err(Error::field("assignee", "not_active"));
    }
    change(desk, id, |c| {
        let from = std::mem::replace(&mut c.assignee_id, to);
        (from != to).then_some(Event::Assigned { conversation: id, from, to })
    })
    .await
}

/// Makes a team responsible, or none.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn assign_team(desk: &mut Desk<'_>, id: ConversationId, to: Option<TeamId>) -> Result<()> {
    if let Some(team) = to
        && !people::teams(desk).await?.iter().any(|known| known.id == team)
    {
        return Err(Error::NotFound);
    }
    change(desk, id, |c| {
        let from = std::mem::replace(&mut c.team_id, to);
        (from != to).then_some(Event::TeamAssigned { conversation: id, from, to })
    })
    .await
}

/// Sets how much it matters.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn set_priority(desk: &mut Desk<'_>, id: ConversationId, to: Priority) -> Result<()> {
    change(desk, id, |c| {
        let from = c.priority;
        c.set_priority(to);
        (from != to).then_some(Event::PrioritySet { conversation: id, from, to })
    })
    .await
}

/// Settles the matter and lets everyone who cares know.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] `fields_missing` when fields are empty that have to be filled in first, `steps_missing` when
/// steps of its procedure have to be done first.
pub async fn resolve(desk: &mut Desk<'_>, id: ConversationId) -> Result<()> {
    let now = desk.now();
    let type_id = store::find(desk, id).await?.type_id;
    if !fields::missing(desk, type_id, id.0).await?.is_empty() {
        return Err(Error::Conflict("fields_missing"));
    }
    if steps::are_missing(desk, id).await? {
        return Err(Error::Conflict("steps_missing"));
    }
    change(desk, id, |c| c.resolve(now).then_some(Event::Resolved { conversation: id })).await
}

/// Puts the matter off until a moment, or until the customer writes; it wakes by itself then. Nothing is sent to anybody.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the moment is not ahead; [`Error::Conflict`] when the matter is settled.
pub async fn snooze(desk: &mut Desk<'_>, id: ConversationId, until: Until) -> Result<()> {
    let until = match until {
        Until::At(at) if at <= desk.now() => return Err(Error::field("until", "not_ahead")),
        Until::At(at) => Some(at),
        Until::Reply => None,
    };
    let before = store::lock(desk, id).await?;
    let mut after = before.clone();
    if !after.snooze(until) {
        let settled = before.status == Status::Resolved;
        return if settled { Err(Error::Conflict("resolved")) } else { Ok(()) };
    }
    store::save(desk, &before, &after).await?;
    desk.emit(Event::Snoozed { conversation: id, until });
    if let Some(until) = until {
        super::snooze::order(desk, id, until).await?;
    }
    Ok(())
}

/// The matter is not put off any more.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn wake(desk: &mut Desk<'_>, id: ConversationId) -> Result<()> {
    change(desk, id, |c| c.wake().then_some(Event::Woken { conversation: id })).await
}

/// The customer's clock says when they are owed an answer.
///
/// # Errors
/// [`Error::NotFound`].
pub(crate) async fn set_response_due(desk: &mut Desk<'_>, id: ConversationId, due: Option<Timestamp>) -> Result<()> {
    let before = store::lock_any(desk, id).await?;
    let mut after = before.clone();
    after.set_response_due(due);
    store::save(desk, &before, &after).await
}

/// Opens the matter again.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn reopen(desk: &mut Desk<'_>, id: ConversationId) -> Result<()> {
    change(desk, id, |c| c.reopen().then_some(Event::Reopened { conversation: id })).await
}

/// Gives it another subject.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when it is empty or too long.
pub async fn rename(desk: &mut Desk<'_>, id: ConversationId, subject: &str) -> Result<()> {
    let to = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    if to.is_empty() || to.chars().count() > 500 {
        return Err(Error::field("subject", if to.is_empty() { "required" } else { "too_long" }));
    }
    change(desk, id, |c| {
        let from = std::mem::replace(&mut c.subject, to.clone());
        (from != to).then_some(Event::Renamed { conversation: id, from, to })
    })
    .await
}

/// Puts a conversation back into the state that it was in, with an event for each thing that changes by that.
///
/// # Errors
/// The store's.
pub(crate) async fn put_back(desk: &mut Desk<'_>, now: &Conversation, was: &Conversation) -> Result<()> {
    let (id, mut after) = (now.id, was.clone());
    after.wake_if_due(desk.now());
    store::save(desk, now, &after).await?;
    if now.assignee_id != after.assignee_id {
        desk.emit(Event::Assigned { conversation: id, from: now.assignee_id, to: after.assignee_id });
    }
    if now.team_id != after.team_id {
        desk.emit(Event::TeamAssigned { conversation: id, from: now.team_id, to: after.team_id });
    }
    if now.priority != after.priority {
        desk.emit(Event::PrioritySet { conversation: id, from: now.priority, to: after.priority });
    }
    match (now.status, after.status) {
        (Status::Snoozed, Status::Snoozed) if now.snoozed_until == after.snoozed_until => {}
        (_, Status::Snoozed) => {
            desk.emit(Event::Snoozed { conversation: id, until: after.snoozed_until });
            if let Some(until) = after.snoozed_until {
                super::snooze::order(desk, id, until).await?;
            }
        }
        (Status::Snoozed, Status::Open) => desk.emit(Event::Woken { conversation: id }),
        (Status::Resolved, Status::Open) => desk.emit(Event::Reopened { conversation: id }),
        (Status::Open | Status::Snoozed, Status::Resolved) => desk.emit(Event::Resolved { conversation: id }),
        _ => {}
    }
    Ok(())
}

/// All tags of the workspace by name.
///
/// # Errors
/// The store's.
pub async fn tags(desk: &mut Desk<'_>) -> Result<Vec<Tag>> {
    if let Some(known) = desk.recall("tags", Uuid::nil()) {
        return Ok(known);
    }
    let found = store::tags(desk).await?;
    Ok(desk.remember("tags", Uuid::nil(), found))
}

fn checked_tag(name: &str) -> Result<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
        return Err(Error::field("tag", if name.is_empty() { "required" } else { "too_long" }));
    }
    Ok(name)
}

/// Puts a tag on it; a new word makes a new tag.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the word is empty or longer than 40 characters.
pub async fn add_tag(desk: &mut Desk<'_>, id: ConversationId, name: &str) -> Result<()> {
    put_tag(desk, id, name).await.map(drop)
}

/// As [`add_tag`]; returns whether it was not there before.
pub(crate) async fn put_tag(desk: &mut Desk<'_>, id: ConversationId, name: &str) -> Result<bool> {
    let name = checked_tag(name)?;
    let tag = store::tag_named(desk, &name).await?;
    let conversation = store::lock(desk, id).await?;
    if store::add_tag(desk, &conversation, tag).await? == 1 {
        if conversation.status == Status::Open {
            desk.count(CountedView::Tag as i16, tag.0, 1);
        }
        desk.emit(Event::Tagged { conversation: id, tag: name });
        findable::anew(desk, id);
        return Ok(true);
    }
    Ok(false)
}

/// Takes a tag off it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn remove_tag(desk: &mut Desk<'_>, id: ConversationId, name: &str) -> Result<()> {
    take_tag(desk, id, name).await.map(drop)
}

/// As [`remove_tag`]; returns whether it was there.
pub(crate) async fn take_tag(desk: &mut Desk<'_>, id: ConversationId, name: &str) -> Result<bool> {
    let name = checked_tag(name)?;
    let Some(tag) = store::tag_by_name(desk, &name).await? else { return Ok(false) };
    let conversation = store::lock(desk, id).await?;
    if store::remove_tag(desk, &conversation, tag).await? == 1 {
        if conversation.status == Status::Open {
            desk.count(CountedView::Tag as i16, tag.0, -1);
        }
        desk.emit(Event::Untagged { conversation: id, tag: name });
        findable::anew(desk, id);
        return Ok(true);
    }
    Ok(false)
}
