//! Hand-offs: giving a conversation to another person or team, with a brief, so that nobody asks the customer again.
//!
//! It moves at once, so that the receiver finds it among theirs and the waiting is theirs; until they accept, it says so on top.
//! Declined, it goes back to whose it was. Who takes it or answers meanwhile has accepted.

mod rules;
mod store;

pub use rules::{Brief, Receiver, State, Told, drawn_from, needs_brief};
pub use store::{Handoff, STATEMENTS};

use crate::{
    Actor, Desk, Error, Event, Happened, Result,
    conversations::{self, ConversationId, Status},
    people::{self, AgentId},
};
use base::{events, id_type};
use jiff::SignedDuration;

id_type! {
    /// A hand-off.
    HandoffId
}

/// Within this time, giving back what one has just taken is taking that back.
const SECOND_THOUGHTS: SignedDuration = SignedDuration::from_mins(10);

/// Makes an agent responsible, or nobody, without a brief: for what nobody has, for taking it oneself, and for putting it down.
///
/// # Errors
/// [`Error::Conflict`] `needs_brief` when somebody has it and it goes to a third person: that is a hand-off. As
/// [`conversations::assign`].
pub async fn assign(desk: &mut Desk<'_>, id: ConversationId, to: Option<AgentId>) -> Result<()> {
    let holder = conversations::find(desk, id).await?.assignee_id;
    if needs_brief(holder, to, desk.agent()?) && !takes_back(desk, id, to).await? {
        return Err(Error::Conflict("needs_brief"));
    }
    conversations::assign(desk, id, to).await
}

/// Whether the acting agent has just taken it from there.
async fn takes_back(desk: &Desk<'_>, id: ConversationId, to: Option<AgentId>) -> Result<bool> {
    let newest = events::newest_of_conversation(desk.tx(), desk.workspace().0, id.0, 50).await?;
    let last =
        newest.iter().filter_map(Happened::from_recorded).find(|one| matches!(one.event, Event::Assigned { .. }));
    Ok(last.is_some_and(|one| {
        let recent = desk.now().duration_since(one.at) <= SECOND_THOUGHTS;
        recent && one.actor == desk.actor() && matches!(one.event, Event::Assigned { from, .. } if from == to)
    }))
}

/// The brief that the thread gives by itself.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn brief_for(desk: &mut Desk<'_>, id: ConversationId) -> Result<Brief> {
    let thread = conversations::thread(desk, id, None, 100).await?;
    let told: Vec<Told> =
        thread.into_iter().map(|one| Told { kind: one.kind, author: one.author_name, text: one.body }).collect();
    Ok(drawn_from(&told))
}

/// Gives a conversation to somebody else.
///
/// # Errors
/// [`Error::Invalid`] when a part of the brief is missing, or when it goes to oneself; [`Error::Conflict`] when it is being handed
/// off already, or is settled.
pub async fn hand_off(desk: &mut Desk<'_>, id: ConversationId, to: Receiver, brief: Brief) -> Result<HandoffId> {
    let agent = desk.agent()?;
    let brief = brief.tidied();
    let mut problems = brief.problems();
    if to == Receiver::Agent(agent) {
        problems.push(crate::FieldError { field: "to", problem: "oneself" });
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let before = conversations::find(desk, id).await?;
    if before.status == Status::Resolved {
        return Err(Error::Conflict("resolved"));
    }
    if let Some(waiting) = store::pending(desk, id).await? {
        // Whoever was given it may hand it on: that accepts what was given to them.
        if !may_decide(desk, agent, &waiting).await? && waiting.from_agent != agent {
            return Err(Error::Conflict("handed_off_already"));
        }
        let state = if waiting.from_agent == agent { State::Withdrawn } else { State::Accepted };
        close(desk, &waiting, state, "").await?;
    }
    let handoff = Handoff {
        before_agent: before.assignee_id,
        before_team: before.team_id,
        asked: brief.asked,
        tried: brief.tried,
        promised: brief.promised,
        known: brief.known,
        ..Handoff::new(HandoffId(desk.new_id()), id, agent, to, desk.now())
    };
    store::insert(desk, &handoff).await?;
    match to {
        Receiver::Agent(receiver) => conversations::assign(desk, id, Some(receiver)).await?,
        Receiver::Team(team) => {
            conversations::assign_team(desk, id, Some(team)).await?;
            conversations::assign(desk, id, None).await?;
        }
    }
    desk.emit(Event::HandedOff { conversation: id, handoff: handoff.id });
    Ok(handoff.id)
}

/// Whether an agent may accept or decline it.
///
/// # Errors
/// The store's.
pub async fn may_decide(desk: &mut Desk<'_>, agent: AgentId, handoff: &Handoff) -> Result<bool> {
    let teams: Vec<_> = people::teams_of(desk, agent).await?.into_iter().map(|team| team.id).collect();
    Ok(handoff.receiver().is_some_and(|receiver| receiver.includes(agent, &teams)))
}

async fn close(desk: &mut Desk<'_>, handoff: &Handoff, state: State, reason: &str) -> Result<()> {
    let by = desk.agent().ok();
    if store::decide(desk, handoff.id, state, reason, by).await? == 0 {
        return Err(Error::Conflict("decided_already"));
    }
    desk.emit(Event::HandoffDecided { conversation: handoff.conversation_id, handoff: handoff.id, state });
    Ok(())
}

/// Accepts what was handed to the acting agent or their team; it is theirs then.
///
/// # Errors
/// [`Error::Forbidden`] when it was handed to others; [`Error::Conflict`] when it is decided.
pub async fn accept(desk: &mut Desk<'_>, id: HandoffId) -> Result<ConversationId> {
    let handoff = store::find(desk, id).await?;
    let agent = desk.agent()?;
    if !may_decide(desk, agent, &handoff).await? {
        return Err(Error::Forbidden);
    }
    close(desk, &handoff, State::Accepted, "").await?;
    conversations::assign(desk, handoff.conversation_id, Some(agent)).await?;
    Ok(handoff.conversation_id)
}

/// Declines what was handed to the acting agent or their team: it goes back to whose it was.
///
/// # Errors
/// [`Error::Invalid`] without a reason; [`Error::Forbidden`]; [`Error::Conflict`] when it is decided.
pub async fn decline(desk: &mut Desk<'_>, id: HandoffId, reason: &str) -> Result<ConversationId> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > 1_000 {
        return Err(Error::field("reason", if reason.is_empty() { "required" } else { "too_long" }));
    }
    let handoff = store::find(desk, id).await?;
    let agent = desk.agent()?;
    if !may_decide(desk, agent, &handoff).await? {
        return Err(Error::Forbidden);
    }
    close(desk, &handoff, State::Declined, reason).await?;
    give_back(desk, &handoff).await
}

/// Takes back what the acting agent has handed off, while nobody has accepted.
///
/// # Errors
/// [`Error::Forbidden`] when somebody else handed it off; [`Error::Conflict`] when it is decided.
pub async fn withdraw(desk: &mut Desk<'_>, id: HandoffId) -> Result<ConversationId> {
    let handoff = store::find(desk, id).await?;
    if handoff.from_agent != desk.agent()? {
        return Err(Error::Forbidden);
    }
    close(desk, &handoff, State::Withdrawn, "").await?;
    give_back(desk, &handoff).await
}

/// To whose it was; when they have left or it was nobody's, to who gave it.
async fn give_back(desk: &mut Desk<'_>, handoff: &Handoff) -> Result<ConversationId> {
    let id = handoff.conversation_id;
    conversations::assign_team(desk, id, handoff.before_team).await?;
    let to = handoff.before_agent.unwrap_or(handoff.from_agent);
    match conversations::assign(desk, id, Some(to)).await {
        Err(Error::Invalid(_)) => conversations::assign(desk, id, None).await?,
        other => other?,
    }
    Ok(id)
}

/// The hand-off of a conversation that waits for an answer.
///
/// # Errors
/// The store's.
pub async fn pending(desk: &mut Desk<'_>, id: ConversationId) -> Result<Option<Handoff>> {
    store::pending(desk, id).await
}

/// One hand-off.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(desk: &mut Desk<'_>, id: HandoffId) -> Result<Handoff> {
    store::find(desk, id).await
}

/// All hand-offs of a conversation, newest first.
///
/// # Errors
/// The store's.
pub async fn of_conversation(desk: &mut Desk<'_>, id: ConversationId) -> Result<Vec<Handoff>> {
    store::of_conversation(desk, id).await
}

/// Hears what happened: who takes a conversation or answers in it has accepted; when it goes elsewhere, the hand-off is over.
pub(crate) async fn hear(desk: &mut Desk<'_>, actor: Actor, event: &Event) -> Result<()> {
    let (conversation, to) = match event {
        Event::Assigned { conversation, to, .. } => (*conversation, Some(*to)),
        Event::ReplyWritten { conversation, .. } | Event::Resolved { conversation } => (*conversation, None),
        _ => return Ok(()),
    };
    let Some(handoff) = store::pending(desk, conversation).await? else { return Ok(()) };
    let theirs = match actor {
        Actor::Agent(agent) => agent != handoff.from_agent && may_decide(desk, agent, &handoff).await?,
        _ => false,
    };
    let state = match (event, to) {
        // The hand-off itself gave it to its receiver.
        (Event::Assigned { .. }, Some(to)) if goes_to(&handoff, to) && !theirs => return Ok(()),
        _ if theirs => State::Accepted,
        (Event::ReplyWritten { .. }, _) => return Ok(()),
        _ => State::Withdrawn,
    };
    close(desk, &handoff, state, "").await
}

fn goes_to(handoff: &Handoff, assignee: Option<AgentId>) -> bool {
    match handoff.receiver() {
        Some(Receiver::Agent(agent)) => assignee == Some(agent),
        Some(Receiver::Team(_)) => assignee.is_none(),
        None => false,
    }
}
