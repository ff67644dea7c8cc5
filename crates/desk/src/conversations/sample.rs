//! The sample that the keys are tried on: it came through no mailbox, what is answered to it never leaves, and it can be taken away and
//! brought back.

use super::{Conversation, ConversationId, Person, Status, store};
use crate::{Desk, Error, Event, Result, WorkspaceId};

/// Who writes it; a name that no mail can go to (RFC 6761, 6.4).
pub(crate) const WRITER: &str = "sample@rapport.invalid";
/// From which address it is answered.
pub(crate) const OURS: &str = "desk@rapport.invalid";

/// The Message-ID by which the sample is known.
pub(crate) fn message_id(workspace: WorkspaceId) -> String {
    format!("sample.{}@rapport.invalid", workspace.0.simple())
}

/// Whether an answer from there was written in the sample.
pub fn is_from_sample(from: Option<&Person>) -> bool {
    from.is_some_and(|from| from.address == OURS)
}

/// The sample, also while it is taken away; none when it was never made.
///
/// # Errors
/// The store's.
pub async fn sample(desk: &Desk<'_>) -> Result<Option<Conversation>> {
    let known = store::referenced(desk, &message_id(desk.workspace())).await?;
    let Some(known) = known.first() else { return Ok(None) };
    let found = store::find(desk, known.conversation_id).await?;
    Ok(Some(found).filter(|found| found.mailbox_id.is_none()))
}

/// Whether this is the sample.
///
/// # Errors
/// The store's.
pub async fn is_sample(desk: &Desk<'_>, conversation: &Conversation) -> Result<bool> {
    // All others but those of old mail came through a mailbox.
    if conversation.mailbox_id.is_some() {
        return Ok(false);
    }
    Ok(sample(desk).await?.is_some_and(|sample| sample.id == conversation.id))
}

/// What customers wrote never gets among what goes nowhere.
pub(super) async fn is_no_sample(desk: &Desk<'_>, conversation: &Conversation) -> Result<()> {
    if is_sample(desk, conversation).await? { Err(Error::Conflict("sample")) } else { Ok(()) }
}

/// Takes the sample away: it stands in no list any more. Nothing happens when it is gone.
///
/// # Errors
/// [`Error::NotFound`] when this is not the sample.
pub async fn take_sample_away(desk: &mut Desk<'_>, id: ConversationId) -> Result<()> {
    let before = store::lock(desk, id).await?;
    if !is_sample(desk, &before).await? {
        return Err(Error::NotFound);
    }
    if before.status != Status::Removed {
        let mut after = before.clone();
        after.remove();
        store::save(desk, &before, &after).await?;
        desk.emit(Event::SampleRemoved { conversation: id });
    }
    Ok(())
}

/// Brings the sample back. False when there is none that was taken away.
///
/// # Errors
/// The store's.
pub(crate) async fn bring_sample_back(desk: &mut Desk<'_>) -> Result<bool> {
    let Some(sample) = sample(desk).await?.filter(|sample| sample.status == Status::Removed) else { return Ok(false) };
    let before = store::lock(desk, sample.id).await?;
    let mut after = before.clone();
    after.bring_back();
    store::save(desk, &before, &after).await?;
    desk.emit(Event::SampleReturned { conversation: sample.id });
    Ok(true)
}
