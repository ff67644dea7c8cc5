//! How conversations belong together: one is a duplicate of another, is caused by it, or is related to it.

use super::{ConversationId, Status, store};
use crate::{Desk, Error, Event, Result};
use base::{params, row, statements};

statements! {
    LINK = "insert into conversation_link (workspace_id, conversation_id, other_id, kind, agent_id, at) values ($1, $2, $3, $4, $5, $6)
        on conflict (workspace_id, conversation_id, other_id) do update set kind = excluded.kind";
    UNLINK = "delete from conversation_link where workspace_id = $1
        and ((conversation_id = $2 and other_id = $3) or (conversation_id = $3 and other_id = $2))";
    LINKS = "select l.kind, 0, c.number, c.subject, c.status from conversation_link l
        join conversation c on c.workspace_id = l.workspace_id and c.id = l.other_id
        where l.workspace_id = $1 and l.conversation_id = $2
        union all
        select l.kind, 1, c.number, c.subject, c.status from conversation_link l
        join conversation c on c.workspace_id = l.workspace_id and c.id = l.conversation_id
        where l.workspace_id = $1 and l.other_id = $2
        order by 3 limit 50";
}

kept_as_integer! {
    /// What one conversation is to another.
    LinkKind {
        /// The same matter told twice.
        DuplicateOf = 1 "duplicate_of",
        /// It would not be there without the other.
        CausedBy = 2 "caused_by",
        /// They have something to do with each other.
        Related = 3 "related",
    }
}

row! {
    /// Another conversation that belongs to one.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Link {
        /// What the one is to the other.
        pub kind: LinkKind,
        /// It is the other way round: the other was linked to this one.
        pub reversed: bool,
        /// The other's number.
        pub number: i64,
        /// The other's subject.
        pub subject: String,
        /// Whether the other still needs somebody.
        pub status: Status,
    }
}

/// Says what a conversation is to another. Both show it; saying something else of the same two replaces it.
///
/// # Errors
/// [`Error::Invalid`] when it is the same; [`Error::NotFound`].
pub async fn link(desk: &mut Desk<'_>, id: ConversationId, other: ConversationId, kind: LinkKind) -> Result<()> {
    if id == other {
        return Err(Error::field("number", "same"));
    }
    let agent = desk.agent()?;
    let (one, two) = (store::find(desk, id).await?, store::find(desk, other).await?);
    let workspace = desk.workspace();
    desk.tx().exec(UNLINK, params![workspace, id, other]).await?;
    desk.tx().exec(LINK, params![workspace, id, other, kind, agent, desk.now()]).await?;
    desk.emit(Event::Linked { conversation: id, other: two.number, link: kind, reversed: false });
    desk.emit(Event::Linked { conversation: other, other: one.number, link: kind, reversed: true });
    Ok(())
}

/// The two have nothing to do with each other.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn unlink(desk: &mut Desk<'_>, id: ConversationId, other: ConversationId) -> Result<()> {
    let (one, two) = (store::find(desk, id).await?, store::find(desk, other).await?);
    if desk.tx().exec(UNLINK, params![desk.workspace(), id, other]).await? > 0 {
        desk.emit(Event::Unlinked { conversation: id, other: two.number });
        desk.emit(Event::Unlinked { conversation: other, other: one.number });
    }
    Ok(())
}

/// The conversations that belong to one, by number.
///
/// # Errors
/// The store's.
pub async fn links(desk: &mut Desk<'_>, id: ConversationId) -> Result<Vec<Link>> {
    Ok(desk.tx().rows(LINKS, params![desk.workspace(), id]).await?)
}
