//! Which type a conversation is of, and what its fields hold.

use super::{ConversationId, store};
use crate::{
    Desk, Error, Event, Result,
    fields::{self, FieldId, TypeId},
};

/// Says which type a conversation is of; none for the default.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn set_type(desk: &mut Desk<'_>, id: ConversationId, to: Option<TypeId>) -> Result<()> {
    if let Some(of) = to
        && !fields::types(desk).await?.iter().any(|known| known.id == of && known.archived_at.is_none())
    {
        return Err(Error::NotFound);
    }
    let before = store::lock(desk, id).await?;
    let mut after = before.clone();
    after.type_id = to;
    if before.type_id != to {
        store::save(desk, &before, &after).await?;
        desk.emit(Event::TypeSet { conversation: id, from: before.type_id, to });
    }
    Ok(())
}

/// Puts values into one of its fields; none to empty it.
///
/// # Errors
/// [`Error::Invalid`] when the field does not take them; [`Error::NotFound`].
pub async fn set_field(desk: &mut Desk<'_>, id: ConversationId, field: FieldId, given: &[String]) -> Result<()> {
    let conversation = store::lock(desk, id).await?;
    let state = (id.0, conversation.status as i16, conversation.last_activity_at);
    let (field, from, to) = fields::set(desk, state, field, given).await?;
    if from != to {
        desk.emit(Event::FieldSet { conversation: id, field: field.id, name: field.name, from, to });
    }
    Ok(())
}
