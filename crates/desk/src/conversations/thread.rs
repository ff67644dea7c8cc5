//! What a conversation's page shows.

use super::{Attachment, AttachmentId, Conversation, ConversationId, Message, MessageId, Tag, store};
use crate::{Desk, Happened, Result};
use base::events;
use jiff::Timestamp;

/// The texts of a message in all their forms.
#[derive(Debug, Clone)]
pub struct Bodies {
    /// Text without quotes.
    pub body: String,
    /// The whole text, when it is longer.
    pub full_text: Option<String>,
    /// Cleaned HTML.
    pub html: Option<String>,
}

/// One conversation.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub async fn find(desk: &mut Desk<'_>, id: ConversationId) -> Result<Conversation> {
    store::find(desk, id).await
}

/// The conversation that people call by this number.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub async fn find_by_number(desk: &mut Desk<'_>, number: i64) -> Result<Conversation> {
    store::find_by_number(desk, number).await
}

/// The newest `limit` messages before `before`, oldest first.
///
/// # Errors
/// The store's.
pub async fn thread(
    desk: &mut Desk<'_>,
    id: ConversationId,
    before: Option<MessageId>,
    limit: i64,
) -> Result<Vec<Message>> {
    store::messages(desk, id, before, limit.clamp(1, 200)).await
}

/// The files of these messages.
///
/// # Errors
/// The store's.
pub async fn thread_attachments(desk: &mut Desk<'_>, messages: &[Message]) -> Result<Vec<Attachment>> {
    let ids: Vec<_> = messages.iter().filter(|m| m.attachment_count > 0).map(|m| m.id).collect();
    store::attachments_of_these(desk, &ids).await
}

/// What else happened in the conversation since `since`: the newest `limit`, oldest first.
///
/// # Errors
/// The store's.
pub async fn history(desk: &mut Desk<'_>, id: ConversationId, limit: i64) -> Result<Vec<Happened>> {
    let mut rows = events::newest_of_conversation(desk.tx(), desk.workspace().0, id.0, limit.clamp(1, 500)).await?;
    rows.reverse();
    Ok(rows.iter().filter_map(Happened::from_recorded).collect())
}

/// One message.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub async fn message(desk: &mut Desk<'_>, id: MessageId) -> Result<Message> {
    store::message(desk, id).await
}

/// Whether a message with the id that a page gave it is there already.
///
/// # Errors
/// The store's.
pub async fn is_written(desk: &mut Desk<'_>, id: ConversationId, client_id: uuid::Uuid) -> Result<bool> {
    Ok(store::message_by_client_id(desk, id, client_id).await?.is_some())
}

/// A message's texts.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub async fn bodies(desk: &mut Desk<'_>, id: MessageId) -> Result<Bodies> {
    let (body, full_text, html) = store::bodies(desk, id).await?;
    Ok(Bodies { body, full_text, html })
}

/// One file.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub async fn attachment(desk: &mut Desk<'_>, id: AttachmentId) -> Result<Attachment> {
    store::attachment(desk, id).await
}

/// The tags of a conversation by name.
///
/// # Errors
/// The store's.
pub async fn tags_of(desk: &mut Desk<'_>, id: ConversationId) -> Result<Vec<Tag>> {
    store::tags_of(desk, id).await
}

/// Remembers that the acting agent has seen all of it.
///
/// # Errors
/// [`crate::Error::NotFound`], [`crate::Error::Forbidden`].
pub async fn mark_seen(desk: &mut Desk<'_>, id: ConversationId) -> Result<()> {
    let conversation = store::find(desk, id).await?;
    let at = desk.now().max(conversation.last_activity_at);
    store::mark_seen(desk, desk.agent()?, id, at).await
}

/// Puts back up to when the acting agent has seen it; none for not at all.
///
/// # Errors
/// [`crate::Error::Forbidden`].
pub async fn set_seen(desk: &mut Desk<'_>, id: ConversationId, at: Option<Timestamp>) -> Result<()> {
    match at {
        Some(at) => store::mark_seen(desk, desk.agent()?, id, at).await,
        None => store::mark_unseen(desk, desk.agent()?, id).await,
    }
}

/// Makes it unread again for the acting agent.
///
/// # Errors
/// [`crate::Error::Forbidden`].
pub async fn mark_unseen(desk: &mut Desk<'_>, id: ConversationId) -> Result<()> {
    store::mark_unseen(desk, desk.agent()?, id).await
}

/// Up to when the acting agent has seen it.
///
/// # Errors
/// [`crate::Error::Forbidden`].
pub async fn seen_at(desk: &mut Desk<'_>, id: ConversationId) -> Result<Option<Timestamp>> {
    store::seen_at(desk, desk.agent()?, id).await
}
