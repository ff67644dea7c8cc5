//! Calling an answer back before it leaves: in the seconds after "Send", or until the moment that it was scheduled for.
//!
//! The order to send it is the fence: who deletes it before a worker has begun has the answer back, whole, as a draft; when it
//! has begun, it is too late. As long as nothing else has happened, the conversation is exactly what it was.

use super::{
    Conversation, ConversationId, Header, MessageId, Upload, UploadId, delivery, draft::put_before, rearrange::restore,
    store,
};
use crate::{Desk, Error, Event, Result, people::AgentId};
use base::search;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// An answer that leaves later than this was scheduled; sooner, it only waits for second thoughts.
const SECOND_THOUGHTS: SignedDuration = SignedDuration::from_secs(60);

#[derive(Debug, Serialize, Deserialize)]
struct Recall {
    before: Conversation,
    after: Conversation,
    participants: Vec<String>,
}

/// Whether an answer that leaves then is scheduled: until it has left, the customer waits.
pub(super) fn is_scheduled(now: Timestamp, leaves_at: Option<Timestamp>) -> bool {
    leaves_at.is_some_and(|at| at.duration_since(now) > SECOND_THOUGHTS)
}

/// Keeps what calling it back restores.
pub(super) async fn remember(
    desk: &Desk<'_>,
    message: MessageId,
    leaves_at: Timestamp,
    before: &Conversation,
    participants: Vec<String>,
) -> Result<()> {
    let after = store::find(desk, before.id).await?;
    let recall = Recall { before: before.clone(), after, participants };
    let json = serde_json::to_string(&recall).map_err(Error::internal)?;
    store::set_recall(desk, message, leaves_at, &json).await
}

/// Keeps what else was changed with an answer: calling it back restores that too.
pub(crate) async fn remember_changes(desk: &Desk<'_>, message: MessageId) -> Result<()> {
    let (leaves_at, kept, _) = store::recall(desk, message).await?;
    let (Some(leaves_at), Some(kept)) = (leaves_at, kept) else { return Ok(()) };
    let mut kept: Recall = serde_json::from_str(&kept).map_err(Error::internal)?;
    kept.after = store::find(desk, kept.before.id).await?;
    let json = serde_json::to_string(&kept).map_err(Error::internal)?;
    store::set_recall(desk, message, leaves_at, &json).await
}

/// Calls an answer back: it becomes its writer's draft again, with its files.
///
/// # Errors
/// [`Error::Conflict`] when it has left already; [`Error::NotFound`].
pub async fn recall(desk: &mut Desk<'_>, message: MessageId) -> Result<ConversationId> {
    let (id, _) = store::lock_delivery(desk, message).await?;
    let (_, kept, author) = store::recall(desk, message).await?;
    let (Some(kept), Some(author)) = (kept, author) else { return Err(Error::Conflict("left_already")) };
    if !delivery::take_back(desk, message).await? {
        return Err(Error::Conflict("left_already"));
    }
    let kept: Recall = serde_json::from_str(&kept).map_err(Error::internal)?;
    let now = store::lock(desk, id).await?;
    let answer = store::message(desk, message).await?;
    back_to_draft(desk, AgentId(author), id, message, &answer.body).await?;
    store::delete_message(desk, &answer).await?;
    search::remove(desk.tx(), desk.workspace().0, message.0).await?;
    for address in &kept.participants {
        store::remove_participant(desk, id, address).await?;
    }
    restore(desk, &now, &kept.before, &kept.after).await?;
    if now.assignee_id != kept.before.assignee_id && now == kept.after {
        desk.emit(Event::Assigned { conversation: id, from: now.assignee_id, to: kept.before.assignee_id });
    }
    desk.emit(Event::Recalled { conversation: id, message });
    Ok(id)
}

/// The customer wrote before a scheduled answer has left: it becomes a draft again, since it may not fit any more.
pub(super) async fn recall_scheduled(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<()> {
    for message in store::recallable(desk, conversation).await? {
        if Header::of(&store::message(desk, message).await?).scheduled {
            match recall(desk, message).await {
                Ok(_) | Err(Error::Conflict(_)) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}

/// The words before those of a newer draft, the files beside its.
async fn back_to_draft(
    desk: &Desk<'_>,
    author: AgentId,
    conversation: ConversationId,
    message: MessageId,
    body: &str,
) -> Result<()> {
    put_before(desk, author, conversation, body).await?;
    for file in store::attachments(desk, message).await? {
        let id = UploadId(desk.new_id());
        let upload = Upload { id, name: file.name, content_type: file.content_type, size: file.size, blob: file.blob };
        store::insert_upload(desk, author, conversation, &upload).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_second_thoughts_and_hours_are_a_schedule() {
        let now = Timestamp::UNIX_EPOCH;
        assert!(!is_scheduled(now, None));
        assert!(!is_scheduled(now, Some(now + SignedDuration::from_secs(30))));
        assert!(is_scheduled(now, Some(now + SignedDuration::from_hours(3))));
    }
}
