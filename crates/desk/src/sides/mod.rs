//! Side conversations: with another department or a supplier, beside a customer's conversation. Each is a conversation of its own, with its
//! own thread, participants and reply address, so that nothing of the one can reach the other: no text, no address, no reference. It
//! stands in no list; the conversation that it belongs to names it.

mod store;

pub use store::{STATEMENTS, Side};

use crate::{
    Actor, Desk, Error, Event, Result,
    conversations::{self, AttachmentId, ConversationId, MessageKind, NewReply, Person, Status, begin},
};

/// The most side conversations of one conversation.
const MOST: usize = 50;

/// A side conversation to be begun.
#[derive(Debug, Clone)]
pub struct NewSide {
    /// Beside which conversation.
    pub parent: ConversationId,
    /// To whom.
    pub to: Vec<Person>,
    /// On one line.
    pub subject: String,
    /// Text in Markdown.
    pub markdown: String,
    /// Files of the customer's conversation that go along: those that were chosen, no others.
    pub files: Vec<AttachmentId>,
    /// The id that the page gave it: the same id twice is one side conversation.
    pub client_id: uuid::Uuid,
}

/// Begins a side conversation and sends its first message.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Conflict`] when there is no mailbox to send from, or when it would be one of a side conversation.
pub async fn begin_side(desk: &mut Desk<'_>, new: NewSide) -> Result<ConversationId> {
    if let Some(known) = store::by_client_id(desk, new.parent, new.client_id).await? {
        return Ok(known);
    }
    let parent = conversations::find(desk, new.parent).await?;
    if matches!(parent.status, Status::Side | Status::Merged) {
        return Err(Error::Conflict("side"));
    }
    if store::of(desk, new.parent).await?.len() >= MOST {
        return Err(Error::field("to", "too_many"));
    }
    let Some(first) = new.to.first().cloned() else { return Err(Error::field("to", "required")) };
    conversations::check_recipients(&new.to)?;
    let beginning =
        begin::Beginning { subject: new.subject, to: first, mailbox: parent.mailbox_id, status: Status::Side };
    let side = begin::begin(desk, beginning).await?;
    let uploads = conversations::copy_files(desk, new.parent, &new.files, side.id).await?;
    store::insert(desk, side.id, new.parent, new.client_id).await?;
    let reply = NewReply {
        conversation: side.id,
        client_id: Some(new.client_id),
        markdown: new.markdown,
        from: None,
        to: Some(new.to),
        cc: Some(Vec::new()),
        uploads,
        seen: None,
        send_anyway: true,
        leaves_at: None,
    };
    conversations::reply(desk, reply).await?;
    desk.emit(Event::SideBegun { conversation: new.parent, side: side.id, number: side.number });
    Ok(side.id)
}

/// The side conversations of a conversation, oldest first.
///
/// # Errors
/// The store's.
pub async fn of(desk: &mut Desk<'_>, parent: ConversationId) -> Result<Vec<Side>> {
    store::of(desk, parent).await
}

/// The conversation that a side conversation belongs to.
///
/// # Errors
/// The store's.
pub async fn parent_of(desk: &mut Desk<'_>, side: ConversationId) -> Result<Option<ConversationId>> {
    store::parent_of(desk, side).await
}

/// Hears what happened: what a person answers in a side conversation is told where it belongs.
pub(crate) async fn hear(desk: &mut Desk<'_>, actor: Actor, event: &Event) -> Result<()> {
    let Event::MessageReceived { conversation, message } = event else { return Ok(()) };
    let (side, message) = (*conversation, *message);
    let Some(parent) = store::parent_of(desk, side).await? else { return Ok(()) };
    let answer = conversations::message(desk, message).await?;
    if answer.kind != MessageKind::Incoming {
        return Ok(());
    }
    let number = conversations::find(desk, side).await?.number;
    let with = answer.author_name;
    desk.emit_as(actor, Event::SideAnswered { conversation: parent, side, number, message, with });
    Ok(())
}
