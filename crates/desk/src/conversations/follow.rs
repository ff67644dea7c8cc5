//! Who follows a conversation, and what an agent keeps on top of their lists.

use super::{ConversationId, store};
use crate::{Desk, Error, Event, Result, people::AgentId};
use base::{params, statements};

statements! {
    FOLLOW = "insert into follower (workspace_id, conversation_id, agent_id, since) values ($1, $2, $3, $4) on conflict do nothing";
    UNFOLLOW = "delete from follower where workspace_id = $1 and conversation_id = $2 and agent_id = $3";
    FOLLOWERS = "select agent_id from follower where workspace_id = $1 and conversation_id = $2 order by since, agent_id limit 200";
    FOLLOWS = "select 1 from follower where workspace_id = $1 and conversation_id = $2 and agent_id = $3";
    PINS = "select conversation_id from pin where workspace_id = $1 and agent_id = $2 limit 20";
    PIN = "insert into pin (workspace_id, agent_id, conversation_id, pinned_at) values ($1, $2, $3, $4) on conflict do nothing";
    UNPIN = "delete from pin where workspace_id = $1 and agent_id = $2 and conversation_id = $3";
}

/// So many conversations can be on top at once: more would be a list of its own.
pub const MOST_PINS: usize = 5;

/// The acting agent is told what happens in it.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`].
pub async fn follow(desk: &mut Desk<'_>, id: ConversationId) -> Result<()> {
    let agent = desk.agent()?;
    store::find(desk, id).await?;
    follow_as(desk, id, agent).await
}

/// Somebody is told from now on what happens in it.
pub(super) async fn follow_as(desk: &mut Desk<'_>, id: ConversationId, agent: AgentId) -> Result<()> {
    if desk.tx().exec(FOLLOW, params![desk.workspace(), id, agent, desk.now()]).await? == 1 {
        desk.emit(Event::Followed { conversation: id, agent });
    }
    Ok(())
}

/// The acting agent is not told any more.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn unfollow(desk: &mut Desk<'_>, id: ConversationId) -> Result<()> {
    let agent = desk.agent()?;
    if desk.tx().exec(UNFOLLOW, params![desk.workspace(), id, agent]).await? == 1 {
        desk.emit(Event::Unfollowed { conversation: id, agent });
    }
    Ok(())
}

/// Who follows it, first come first.
///
/// # Errors
/// The store's.
pub async fn followers(desk: &mut Desk<'_>, id: ConversationId) -> Result<Vec<AgentId>> {
    let rows = desk.tx().rows::<(AgentId,)>(FOLLOWERS, params![desk.workspace(), id]).await?;
    Ok(rows.into_iter().map(|(agent,)| agent).collect())
}

/// Whether the acting agent follows it.
pub(super) async fn follows(desk: &Desk<'_>, id: ConversationId) -> Result<bool> {
    let params = params![desk.workspace(), id, desk.agent()?];
    Ok(desk.tx().row::<(i32,)>(FOLLOWS, params).await?.is_some())
}

/// The acting agent keeps it on top of their lists.
///
/// # Errors
/// [`Error::Conflict`] when there are [`MOST_PINS`] already; [`Error::NotFound`], [`Error::Forbidden`].
pub async fn pin(desk: &mut Desk<'_>, id: ConversationId) -> Result<()> {
    let agent = desk.agent()?;
    store::lock(desk, id).await?;
    let pins = desk.tx().rows::<(ConversationId,)>(PINS, params![desk.workspace(), agent]).await?;
    if pins.iter().any(|(pinned,)| *pinned == id) {
        return Ok(());
    }
    if pins.len() >= MOST_PINS {
        return Err(Error::Conflict("too_many_pins"));
    }
    if desk.tx().exec(PIN, params![desk.workspace(), agent, id, desk.now()]).await? == 1 {
        desk.emit(Event::Pinned { conversation: id, agent });
    }
    Ok(())
}

/// The acting agent lets it go from the top of their lists.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn unpin(desk: &mut Desk<'_>, id: ConversationId) -> Result<()> {
    let agent = desk.agent()?;
    if desk.tx().exec(UNPIN, params![desk.workspace(), agent, id]).await? == 1 {
        desk.emit(Event::Unpinned { conversation: id, agent });
    }
    Ok(())
}

/// Which conversations the acting agent keeps on top.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn pins(desk: &mut Desk<'_>) -> Result<Vec<ConversationId>> {
    let rows = desk.tx().rows::<(ConversationId,)>(PINS, params![desk.workspace(), desk.agent()?]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
