//! SQL and rows of side conversations: which belongs to which.

use crate::{Desk, Result, conversations::ConversationId, people::AgentId};
use base::{params, row, statements};
use jiff::Timestamp;
use uuid::Uuid;

statements! {
    INSERT = "insert into side (workspace_id, side_id, parent_id, client_id, agent_id, at) values ($1, $2, $3, $4, $5, $6)";
    OF = "select c.id, c.number, c.subject, c.customer_name, c.preview, c.message_count, c.last_activity_at
        from side s join conversation c on c.workspace_id = s.workspace_id and c.id = s.side_id
        where s.workspace_id = $1 and s.parent_id = $2 order by s.side_id limit 50";
    PARENT_OF = "select parent_id from side where workspace_id = $1 and side_id = $2";
    BY_CLIENT_ID = "select side_id from side where workspace_id = $1 and parent_id = $2 and client_id = $3";
}

row! {
    /// A side conversation as the customer's conversation names it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Side {
        /// Its id.
        pub id: ConversationId,
        /// Its number.
        pub number: i64,
        /// Its subject.
        pub subject: String,
        /// With whom.
        pub with: String,
        /// The first words of the last message.
        pub preview: String,
        /// Messages in it.
        pub message_count: i32,
        /// When something was last said.
        pub last_activity_at: Timestamp,
    }
}

pub(super) async fn insert(
    desk: &Desk<'_>,
    side: ConversationId,
    parent: ConversationId,
    client_id: Uuid,
) -> Result<()> {
    let agent: AgentId = desk.agent()?;
    desk.tx().exec(INSERT, params![desk.workspace(), side, parent, client_id, agent, desk.now()]).await?;
    Ok(())
}

pub(super) async fn of(desk: &Desk<'_>, parent: ConversationId) -> Result<Vec<Side>> {
    Ok(desk.tx().rows(OF, params![desk.workspace(), parent]).await?)
}

pub(super) async fn parent_of(desk: &Desk<'_>, side: ConversationId) -> Result<Option<ConversationId>> {
    let found: Option<(ConversationId,)> = desk.tx().row(PARENT_OF, params![desk.workspace(), side]).await?;
    Ok(found.map(|(id,)| id))
}

pub(super) async fn by_client_id(
    desk: &Desk<'_>,
    parent: ConversationId,
    client_id: Uuid,
) -> Result<Option<ConversationId>> {
    let found: Option<(ConversationId,)> =
        desk.tx().row(BY_CLIENT_ID, params![desk.workspace(), parent, client_id]).await?;
    Ok(found.map(|(id,)| id))
}
