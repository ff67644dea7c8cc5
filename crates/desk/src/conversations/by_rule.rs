//! What rules write: notes, and messages to customers, which never go to machines. And since when a customer is silent.

use super::{
    Conversation, ConversationId, DeliveryState, Header, MessageId, MessageKind, Person, Trust, automatic, delivery,
    findable::{self, Said},
    mentions, sample, senders,
    store::{self, NewMessage},
    write,
};
use crate::{
    Actor, Desk, Error, Event, Result,
    brakes::{self, Limit},
    customers::{self, consent},
};
use base::mail;
use jiff::{SignedDuration, Timestamp};

/// So many messages of rules one person gets in a day: more is a loop, or a nuisance.
const PER_WRITER: Limit = Limit { times: 5, within: SignedDuration::from_hours(24) };
/// All of a workspace together, as for automatic answers.
const TOGETHER: Limit = Limit { times: super::MOST_AUTOMATIC, within: SignedDuration::from_mins(10) };
/// How many of the newest messages are asked who wrote last.
const LOOKED_AT: i64 = 50;

kept_as_integer! {
    /// Why a rule's message was not written.
    NotWritten {
        /// A machine wrote, or nobody reads what is sent there.
        Machine = 1 "machine",
        /// Nothing arrives at that address.
        Unreachable = 2 "unreachable",
        /// They do not want to be written to.
        NotWanted = 3 "not_wanted",
        /// It would be too many in a short time.
        TooMany = 4 "too_many",
        /// It is not known who wrote.
        Doubtful = 5 "doubtful",
        /// It is the sample.
        Sample = 6 "sample",
    }
}

/// Whom a message of a rule goes to, or why to nobody.
async fn receiver(
    desk: &mut Desk<'_>,
    conversation: &Conversation,
) -> Result<std::result::Result<Vec<Person>, NotWritten>> {
    if sample::is_sample(desk, conversation).await? {
        return Ok(Err(NotWritten::Sample));
    }
    let newest = store::messages(desk, conversation.id, None, LOOKED_AT).await?;
    let theirs = newest.iter().rev().find(|message| message.kind == MessageKind::Incoming);
    // Where only machines wrote there is nobody to write to; where we wrote first, there is.
    if theirs.is_none() && newest.iter().any(|message| message.kind == MessageKind::Automatic) {
        return Ok(Err(NotWritten::Machine));
    }
    if let Some(header) = theirs.map(Header::of) {
        if header.by_machine {
            return Ok(Err(NotWritten::Machine));
        }
        if matches!(header.trust(), Trust::Suspicious(_)) {
            return Ok(Err(NotWritten::Doubtful));
        }
    }
    let to = write::recipients(desk, conversation.id).await?.to;
    write::check_recipients(&to)?;
    if to.iter().any(|person| automatic::nobody_reads(&person.address)) {
        return Ok(Err(NotWritten::Machine));
    }
    let addresses: Vec<&str> = to.iter().map(|person| person.address.as_str()).collect();
    if customers::any_suppressed(desk, &addresses).await? {
        return Ok(Err(NotWritten::Unreachable));
    }
    if !consent::may(desk, conversation.customer_id, consent::Purpose::Service).await?
        || customers::find(desk, conversation.customer_id).await?.do_not_contact
    {
        return Ok(Err(NotWritten::NotWanted));
    }
    for address in addresses {
        let key = format!("rules:to:{}", address.trim().to_lowercase());
        if brakes::pass(desk, &key, PER_WRITER).await?.is_err() {
            return Ok(Err(NotWritten::TooMany));
        }
    }
    if brakes::pass(desk, super::ALL_AUTOMATIC, TOGETHER).await?.is_err() {
        return Ok(Err(NotWritten::TooMany));
    }
    Ok(Ok(to))
}

/// Writes to the customer in the mailbox's name. Nobody has answered by that: whoever waits, waits on.
///
/// # Errors
/// [`Error::Conflict`] `no_mailbox`; [`Error::Invalid`]; [`Error::NotFound`].
pub(crate) async fn write_by_rule(
    desk: &mut Desk<'_>,
    id: ConversationId,
    markdown: &str,
) -> Result<std::result::Result<MessageId, NotWritten>> {
    let text = write::checked_text(markdown)?;
    let before = store::lock(desk, id).await?;
    let to = match receiver(desk, &before).await? {
        Ok(to) => to,
        Err(why) => return Ok(Err(why)),
    };
    let mailbox = senders::mailbox_of(desk, &before).await?.filter(|mailbox| mailbox.active);
    let mailbox = mailbox.ok_or(Error::Conflict("no_mailbox"))?;
    let from = senders::standard(desk, id, &mailbox).await?;
    let message = MessageId(desk.new_id());
    let rfc_message_id = mail::new_message_id(message.0, from.rsplit('@').next().unwrap_or("localhost"));
    let (in_reply_to, references) = write::thread_headers(desk, id).await?;
    let header = Header {
        from: vec![Person { name: Some(mailbox.name.clone()), address: from.clone() }],
        subject: if in_reply_to.is_some() { mail::reply_subject(&before.subject) } else { before.subject.clone() },
        to,
        in_reply_to,
        references,
        language: mail::language_of(text).map(str::to_owned),
        ..Header::default()
    };
    let new = NewMessage {
        kind: MessageKind::Acknowledgement,
        header: header.to_json(),
        rfc_message_id: Some(&rfc_message_id),
        delivery: Some(DeliveryState::Queued),
        ..plain(desk, id, message, &mailbox.name, text)
    };
    let statements = [
        store::insert_message(desk, new),
        store::add_reference(desk, &rfc_message_id, message.0.as_bytes(), message, id),
    ];
    desk.tx().exec_all(&statements).await?;
    let mut after = before.clone();
    after.acknowledged();
    let said =
        Said { id: message, at: desk.now(), author: &mailbox.name, address: &from, to: &header.to, files: 0, text };
    findable::index(desk, &after, &said).await?;
    store::save(desk, &before, &after).await?;
    desk.emit(Event::Acknowledged { conversation: id, message });
    delivery::order(desk, message, None).await?;
    Ok(Ok(message))
}

/// Leaves a note for colleagues in a rule's name.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`].
pub(crate) async fn note_by_rule(desk: &mut Desk<'_>, id: ConversationId, rule: &str, text: &str) -> Result<MessageId> {
    let text = write::checked_text(text)?;
    let before = store::lock(desk, id).await?;
    let message = MessageId(desk.new_id());
    let row = store::insert_message(desk, plain(desk, id, message, rule, text));
    desk.tx().exec_all(&[row]).await?;
    let mut after = before.clone();
    after.noted(desk.now());
    let said = Said { id: message, at: desk.now(), author: rule, address: "", to: &[], files: 0, text };
    findable::index(desk, &after, &said).await?;
    desk.emit(Event::NoteWritten { conversation: id, message });
    store::save(desk, &before, &after).await?;
    mentions::record(desk, &after, message, text).await?;
    Ok(message)
}

fn plain<'a>(
    desk: &Desk<'_>,
    conversation: ConversationId,
    id: MessageId,
    author: &'a str,
    text: &'a str,
) -> NewMessage<'a> {
    NewMessage {
        conversation,
        id,
        kind: MessageKind::Note,
        author: Actor::System,
        author_name: author,
        body: text,
        full_text: None,
        html: None,
        header: Header::default().to_json(),
        rfc_message_id: None,
        content_hash: None,
        raw_blob: None,
        raw_sealed: false,
        attachment_count: 0,
        created_at: desk.now(),
        delivery: None,
        client_id: None,
    }
}

/// Since when it has been the customer's turn: when an agent last answered, if they have not written since. What rules wrote in between
/// does not count.
///
/// # Errors
/// The store's.
pub(crate) async fn silent_since(desk: &mut Desk<'_>, conversation: &Conversation) -> Result<Option<Timestamp>> {
    if conversation.waiting_since.is_some() || !conversation.status.is_listed() {
        return Ok(None);
    }
    let newest = store::messages(desk, conversation.id, None, LOOKED_AT).await?;
    let last = newest.iter().rev().find(|one| matches!(one.kind, MessageKind::Incoming | MessageKind::Outgoing));
    let ours = last.filter(|one| one.kind == MessageKind::Outgoing && one.delivery != Some(DeliveryState::Failed));
    Ok(ours.map(|one| one.leaves_at.map_or(one.created_at, |left| left.max(one.created_at))))
}
