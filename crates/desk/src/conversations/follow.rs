//! Who follows a conversation: they are told what happens in it.

use super::ConversationId;
use crate::{Desk, Event, Result, people::AgentId};
use base::{params, statements};

statements! {
    FOLLOW = "insert into follower (workspace_id, conversation_id, agent_id, since) values ($1, $2, $3, $4) on conflict do nothing";
    FOLLOWERS = "select agent_id from follower where workspace_id = $1 and conversation_id = $2 order by since, agent_id limit 200";
}

/// Who follows it, first come first.
///
/// # Errors
/// The store's.
pub async fn followers(desk: &mut Desk<'_>, id: ConversationId) -> Result<Vec<AgentId>> {
    let rows = desk.tx().rows::<(AgentId,)>(FOLLOWERS, params![desk.workspace(), id]).await?;
    Ok(rows.into_iter().map(|(agent,)| agent).collect())
}

/// Somebody is told from now on what happens in it.
pub(super) async fn follow_as(desk: &mut Desk<'_>, id: ConversationId, agent: AgentId) -> Result<()> {
    if desk.tx().exec(FOLLOW, params![desk.workspace(), id, agent, desk.now()]).await? == 1 {
        desk.emit(Event::Followed { conversation: id, agent });
    }
    Ok(())
}
