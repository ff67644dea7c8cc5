//! Conversations with a draft that waits for the acting agent: for their review, or, approved, for them to send it. The reviews
//! themselves are an area of their own.

use super::ConversationId;
use crate::{Desk, Result};
use base::{params, statements};

/// The condition on a row `q` of reviews, the viewer being `$2`.
macro_rules! waits_for_viewer {
    () => {
        "q.state <= 2 and ((q.state = 2 and q.author_id = $2) or (q.state = 1 and q.author_id <> $2 and (q.to_agent = $2
            or (q.to_agent is null and q.to_team is null)
            or q.to_team in (select tm.team_id from team_member tm where tm.workspace_id = $1 and tm.agent_id = $2))))"
    };
}
pub(super) use waits_for_viewer;

statements! {
    WAITS = concat!("select 1 from review q where q.workspace_id = $1 and ", waits_for_viewer!(), " and q.conversation_id = $3");
    COUNT = concat!("select count(*) from (select 1 from review q join conversation c on c.workspace_id = q.workspace_id
        and c.id = q.conversation_id where q.workspace_id = $1 and ", waits_for_viewer!(), " and c.status < 4 limit 100) waiting");
}

/// Whether a conversation has a draft that waits for the acting agent.
///
/// # Errors
/// [`crate::Error::Forbidden`].
pub async fn waits_for_review(desk: &mut Desk<'_>, id: ConversationId) -> Result<bool> {
    let params = params![desk.workspace(), desk.agent()?, id];
    Ok(desk.tx().row::<(i32,)>(WAITS, params).await?.is_some())
}

/// In how many conversations one does, up to a hundred.
pub(super) async fn count(desk: &Desk<'_>) -> Result<i64> {
    let Ok(viewer) = desk.agent() else { return Ok(0) };
    Ok(desk.tx().one::<(i64,)>(COUNT, params![desk.workspace(), viewer]).await?.0)
}
