//! What follows by itself: where a procedure begins, how facts come in, what resolving and reopening mean for it, and what is counted.

use super::{
    ProcedureId, State, rules, running,
    store::{self, Run},
};
use crate::{
    Actor, Desk, Event, Result,
    conversations::{self, ConversationId, MessageKind, Status, views},
};

/// Hears what happened.
pub(crate) async fn hear(desk: &mut Desk<'_>, actor: Actor, event: &Event) -> Result<()> {
    match event {
        Event::ConversationOpened { conversation }
        | Event::Tagged { conversation, .. }
        | Event::Untagged { conversation, .. }
        | Event::PrioritySet { conversation, .. }
        | Event::TeamAssigned { conversation, .. } => attach(desk, *conversation, false).await,
        Event::TypeSet { conversation, .. } => attach(desk, *conversation, true).await,
        Event::FieldSet { conversation, field, .. } => {
            if let Some(run) = store::lock_current(desk, *conversation).await? {
                running::field_set(desk, actor, run, *field).await?;
            }
            attach(desk, *conversation, false).await
        }
        Event::MessageReceived { conversation, message } => {
            if let Some(run) = store::lock_current(desk, *conversation).await?
                && conversations::message(desk, *message).await?.kind == MessageKind::Incoming
            {
                counted(desk, Run { messages: run.messages + 1, ..run }).await?;
            }
            Ok(())
        }
        Event::ReplyWritten { conversation, .. } => {
            let Some(run) = store::lock_current(desk, *conversation).await? else { return Ok(()) };
            counted(desk, Run { messages: run.messages + 1, ..run }).await
        }
        Event::HandedOff { conversation, .. } => {
            let Some(run) = store::lock_current(desk, *conversation).await? else { return Ok(()) };
            counted(desk, Run { handoffs: run.handoffs + 1, ..run }).await
        }
        Event::Resolved { conversation } => resolved(desk, *conversation).await,
        Event::Reopened { conversation } => reopened(desk, *conversation).await,
        Event::MergedAway { conversation, into } => merged(desk, *conversation, *into).await,
        _ => Ok(()),
    }
}

async fn counted(desk: &mut Desk<'_>, run: Run) -> Result<()> {
    store::update_run(desk, &run).await?;
    running::check_caps(desk, run).await
}

/// Begins what fits a conversation. Only another type ends what began by itself: conditions say where to begin.
async fn attach(desk: &mut Desk<'_>, id: ConversationId, is_other_type: bool) -> Result<()> {
    let mut all = store::all(desk).await?;
    all.retain(|one| one.archived_at.is_none() && one.is_for.is_automatic());
    let current = store::current(desk, id).await?;
    if all.is_empty() && current.is_none() {
        return Ok(());
    }
    if current.as_ref().is_some_and(|run| run.by_hand || !is_other_type) {
        return Ok(());
    }
    let conversation = conversations::find(desk, id).await?;
    if !matches!(conversation.status, Status::Open | Status::Snoozed) {
        return Ok(());
    }
    let (facts, looking) = views::facts_for_nobody(desk, id).await?;
    let type_id = conversation.type_id.or(looking.default_type);
    all.retain(|one| one.is_for.fits(type_id, &facts, &looking));
    if let Some(run) = current {
        if all.iter().any(|one| one.id == run.procedure_id) {
            return Ok(());
        }
        running::leave(desk, run, State::Replaced).await?;
    }
    let Some(best) = rules::best(&all) else { return Ok(()) };
    // Somebody took it off: it does not come again by itself.
    if was_taken_off(desk, id, best).await? {
        return Ok(());
    }
    match all.iter().find(|one| one.id == best) {
        Some(procedure) => running::start(desk, id, procedure, false).await,
        None => Ok(()),
    }
}

async fn was_taken_off(desk: &Desk<'_>, id: ConversationId, procedure: ProcedureId) -> Result<bool> {
    let last = store::last_of(desk, id, procedure).await?;
    Ok(last.is_some_and(|last| last.state == State::TakenOff))
}

async fn resolved(desk: &mut Desk<'_>, id: ConversationId) -> Result<()> {
    match store::lock_current(desk, id).await? {
        Some(run) if run.state == State::Going => running::leave(desk, run, State::Resolved).await.map(drop),
        _ => Ok(()),
    }
}

async fn reopened(desk: &mut Desk<'_>, id: ConversationId) -> Result<()> {
    let left = |run: &Run| matches!(run.state, State::Resolved | State::Overridden);
    let Some(run) = store::lock_current(desk, id).await?.filter(left) else { return Ok(()) };
    let run = running::set_state(desk, run, State::Going, 0).await?;
    running::recount(desk, run).await.map(drop)
}

/// A procedure goes along with its conversation; where there is one already, that one counts.
async fn merged(desk: &mut Desk<'_>, from: ConversationId, into: i64) -> Result<()> {
    let Some(run) = store::lock_current(desk, from).await? else { return Ok(()) };
    let to = conversations::find_by_number(desk, into).await?.id;
    if store::current(desk, to).await?.is_some() {
        return running::leave(desk, run, State::Merged).await.map(drop);
    }
    store::update_run(desk, &Run { conversation_id: to, ..run }).await
}
