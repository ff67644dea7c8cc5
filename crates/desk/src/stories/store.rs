//! SQL and rows of a story: files over all conversations of a customer.

use crate::{
    Desk, Result,
    conversations::{AttachmentId, ConversationId, MessageId, Order, PageKey},
    customers::CustomerId,
};
use base::{params, row, statements};
use jiff::Timestamp;

/// The most files that one round shows; further ones stand in their conversations.
const MOST: i64 = 500;

macro_rules! some_conversations {
    () => {
        "(select id, number, last_activity_at from conversation where workspace_id = $1 and customer_id = $2 and status < 4
        and (last_activity_at, id) < ($3, $4) order by last_activity_at desc, id desc limit $5)"
    };
}

statements! {
    CONVERSATIONS = concat!("select last_activity_at, id from ", some_conversations!(), " c order by last_activity_at desc, id desc");
    FILES = concat!("select a.id, a.name, a.content_type, a.size, m.id, m.author_name, m.created_at, c.number from ", some_conversations!(), " c
        join message m on m.workspace_id = $1 and m.conversation_id = c.id and m.attachment_count > 0
        join attachment a on a.workspace_id = $1 and a.message_id = m.id
        where a.is_inline = false order by c.last_activity_at desc, c.id desc, m.id desc, a.position limit $6");
}

row! {
    /// A file of one of a customer's conversations.
    #[derive(Debug, Clone)]
    pub struct File {
        /// Its id.
        pub id: AttachmentId,
        /// File name.
        pub name: String,
        /// MIME type as its sender claims.
        pub content_type: String,
        /// Bytes.
        pub size: i64,
        /// The message that it came or went with.
        pub message_id: MessageId,
        /// Who wrote that.
        pub author_name: String,
        /// When.
        pub created_at: Timestamp,
        /// The number of the conversation.
        pub number: i64,
    }
}

fn start(after: Option<PageKey>) -> PageKey {
    after.unwrap_or_else(|| PageKey::start(Order::Activity))
}

/// The last of the next conversations; none when there are no more behind it.
pub(super) async fn conversations_after(
    desk: &Desk<'_>,
    customer: CustomerId,
    after: Option<PageKey>,
    limit: i64,
) -> Result<Option<PageKey>> {
    let from = start(after);
    let params = params![desk.workspace(), customer, from.key, from.id, limit + 1];
    let rows: Vec<(Timestamp, ConversationId)> = desk.tx().rows(CONVERSATIONS, params).await?;
    let last = usize::try_from(limit).ok().and_then(|limit| limit.checked_sub(1));
    let more = rows.len() as i64 > limit;
    Ok(last
        .and_then(|last| rows.get(last))
        .filter(|_| more)
        .map(|(at, id)| PageKey { key: at.as_microsecond(), id: *id }))
}

pub(super) async fn files(
    desk: &Desk<'_>,
    customer: CustomerId,
    after: Option<PageKey>,
    limit: i64,
) -> Result<Vec<File>> {
    let from = start(after);
    Ok(desk.tx().rows(FILES, params![desk.workspace(), customer, from.key, from.id, limit, MOST]).await?)
}
