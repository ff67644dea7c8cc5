//! Answers and notes that agents write.

use super::{
    AttachmentId, Conversation, ConversationId, DeliveryState, Header, MessageId, MessageKind, Person, UploadId,
    delivery,
    findable::{self, Said},
    recall::{self, is_scheduled},
    rules::moved_on,
    sample, senders,
    store::{self, Attachment, NewMessage},
};
use crate::{
    Actor, Desk, Error, Event, Result, customers, mailboxes,
    people::{self, AgentId},
};
use base::mail;
use jiff::Timestamp;
use uuid::Uuid;

/// The longest text that can be sent, in bytes.
const MOST_TEXT: usize = 200_000;
/// The most people that one answer can go to.
const MOST_RECIPIENTS: usize = 50;

/// An answer to be sent.
#[derive(Debug, Clone)]
pub struct NewReply {
    /// To which conversation.
    pub conversation: ConversationId,
    /// The id that the page gave it: the same id twice is one answer.
    pub client_id: Option<Uuid>,
    /// Text in Markdown.
    pub markdown: String,
    /// From which of the mailbox's addresses; none for the one that the customer wrote to.
    pub from: Option<String>,
    /// To whom; none for [`recipients`].
    pub to: Option<Vec<Person>>,
    /// Copies to whom; none for [`recipients`].
    pub cc: Option<Vec<Person>>,
    /// Files added to the draft.
    pub uploads: Vec<UploadId>,
    /// The last message that its writer had seen.
    pub seen: Option<MessageId>,
    /// Sends it although the conversation has moved on.
    pub send_anyway: bool,
    /// When it leaves; none for at once. Until then it can be called back ([`super::recall`]).
    pub leaves_at: Option<Timestamp>,
}

/// Who gets an answer unless the agent says otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recipients {
    /// To whom.
    pub to: Vec<Person>,
    /// Copies to whom.
    pub cc: Vec<Person>,
}

/// Who gets an answer by default: the writer of the last message from the customer's side, with those who had a copy of it; where they
/// never wrote, those whom we wrote to. What else is known of the customer does not matter: an answer goes where the conversation is.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn recipients(desk: &mut Desk<'_>, id: ConversationId) -> Result<Recipients> {
    let conversation = store::find(desk, id).await?;
    let own = mailboxes::own_addresses(desk).await?;
    let is_own = |person: &Person| own.contains(&person.address.trim().to_lowercase());
    let newest = store::messages(desk, id, None, 50).await?;
    let Some(last) = newest.iter().rev().find(|m| m.kind == MessageKind::Incoming) else {
        let others =
            |people: &[Person]| people.iter().filter(|person| !is_own(person)).take(20).cloned().collect::<Vec<_>>();
        for message in newest.iter().rev().filter(|message| message.kind != MessageKind::Note) {
            let header = Header::of(message);
            let (to, cc) = if message.kind.is_ours() { (header.to, header.cc) } else { (header.from, Vec::new()) };
            let to = others(&to);
            if !to.is_empty() {
                return Ok(Recipients { to, cc: others(&cc) });
            }
        }
        let addresses = customers::addresses(desk, conversation.customer_id).await?;
        let name = Some(conversation.customer_name).filter(|name| !addresses.contains(name));
        let to = addresses.into_iter().take(1).map(|address| Person { name: name.clone(), address }).collect();
        return Ok(Recipients { to, cc: Vec::new() });
    };
    let header = Header::of(last);
    let wanted = if header.reply_to.is_empty() { &header.from } else { &header.reply_to };
    let to: Vec<Person> = wanted.iter().filter(|person| !is_own(person)).take(5).cloned().collect();
    let to = if to.is_empty() { header.from.clone() } else { to };
    let mut cc: Vec<Person> = Vec::new();
    for person in header.to.iter().chain(&header.cc) {
        let same = |other: &&Person| other.address.eq_ignore_ascii_case(&person.address);
        if !is_own(person) && !to.iter().any(|p| same(&p)) && !cc.iter().any(|p| same(&p)) && cc.len() < 20 {
            cc.push(person.clone());
        }
    }
    Ok(Recipients { to, cc })
}

pub(super) fn checked_text(text: &str) -> Result<&str> {
    match text.trim() {
        "" => Err(Error::field("body", "required")),
        long if long.len() > MOST_TEXT => Err(Error::field("body", "too_long")),
        text => Ok(text),
    }
}

/// Whether a message can go to these people.
///
/// # Errors
/// [`Error::Invalid`].
pub(crate) fn check_recipients(to: &[Person]) -> Result<()> {
    checked_recipients(to, &[])
}

fn checked_recipients(to: &[Person], cc: &[Person]) -> Result<()> {
    if to.is_empty() {
        return Err(Error::field("to", "required"));
    }
    if to.len() + cc.len() > MOST_RECIPIENTS {
        return Err(Error::field("to", "too_many"));
    }
    for (field, people) in [("to", to), ("cc", cc)] {
        for person in people {
            let address = crate::people::normalize_email(&person.address);
            if !crate::people::is_address(&address) {
                return Err(Error::field(field, "not_an_address"));
            }
        }
    }
    Ok(())
}

/// Answers the customer: stores the answer, discards the draft and orders it to be sent.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Conflict`] when somebody else wrote meanwhile (unless `send_anyway`), or when there is no
/// mailbox to answer from.
pub async fn reply(desk: &mut Desk<'_>, new: NewReply) -> Result<MessageId> {
    let own = Reviewed { author: desk.agent()?, holder: desk.agent()?.0, approved_by: None };
    reply_reviewed(desk, new, own).await
}

/// Whose answer goes out when a colleague has reviewed it.
pub(crate) struct Reviewed {
    /// Who wrote it: it leaves in their name.
    pub(crate) author: AgentId,
    /// Where its words and files wait: the author's draft, or what was laid aside ([`super::draft::lay_aside`]).
    pub(crate) holder: Uuid,
    /// Who approved it, by name.
    pub(crate) approved_by: Option<String>,
}

/// As [`reply`], for an answer that waited for a review: it leaves in its author's name, whoever sends it.
///
/// # Errors
/// As [`reply`].
pub(crate) async fn reply_reviewed(desk: &mut Desk<'_>, new: NewReply, by: Reviewed) -> Result<MessageId> {
    let agent = people::agent(desk, by.author).await?;
    let (writer, holder) = (Actor::Agent(agent.id), AgentId(by.holder));
    if let Some(client_id) = new.client_id
        && let Some(sent) = store::message_by_client_id(desk, new.conversation, client_id).await?
    {
        return Ok(sent);
    }
    let text = checked_text(&new.markdown)?;
    let standard = recipients(desk, new.conversation).await?;
    let (to, cc) = (new.to.unwrap_or(standard.to), new.cc.unwrap_or(standard.cc));
    checked_recipients(&to, &cc)?;
    let addresses: Vec<&str> = to.iter().chain(&cc).map(|person| person.address.as_str()).collect();
    if customers::any_suppressed(desk, &addresses).await? {
        return Err(Error::field("to", "suppressed"));
    }
    let before = store::lock(desk, new.conversation).await?;
    let newest = store::newest_by_others(desk, before.id, agent.id).await?;
    if !new.send_anyway && moved_on(new.seen, newest) {
        return Err(Error::Conflict("moved_on"));
    }
    let is_sample = sample::is_sample(desk, &before).await?;
    let sender = if is_sample {
        Person { name: None, address: sample::OURS.to_owned() }
    } else {
        sender(desk, &before, new.from.as_deref()).await?
    };
    // What is answered to the sample goes nowhere, neither now nor later.
    let leaves_at = new.leaves_at.filter(|_| !is_sample);
    let from = sender.address.clone();
    let id = MessageId(desk.new_id());
    let domain = from.rsplit('@').next().unwrap_or("localhost");
    let rfc_message_id = mail::new_message_id(id.0, domain);
    let (in_reply_to, references) = thread_headers(desk, before.id).await?;
    let language = mail::language_of(text).map(str::to_owned);
    let header = Header {
        from: vec![sender],
        to,
        cc,
        // What begins a thread answers nothing.
        subject: if in_reply_to.is_some() { mail::reply_subject(&before.subject) } else { before.subject.clone() },
        in_reply_to,
        references,
        scheduled: is_scheduled(desk.now(), leaves_at),
        language,
        approved_by: by.approved_by,
        ..Header::default()
    };
    let mut conversation = before.clone();
    if header.scheduled {
        conversation.noted(desk.now());
    } else {
        conversation.answered(desk.now(), Some(agent.id), &super::preview_of(text));
    }
    let files = take_uploads(desk, holder, before.id, id, &new.uploads).await?;
    let mut statements = vec![
        store::insert_message(
            desk,
            NewMessage {
                conversation: before.id,
                id,
                kind: MessageKind::Outgoing,
                author: writer,
                author_name: &agent.name,
                body: text,
                full_text: None,
                html: None,
                header: header.to_json(),
                rfc_message_id: Some(&rfc_message_id),
                content_hash: None,
                raw_blob: None,
                raw_sealed: false,
                attachment_count: files.len(),
                created_at: desk.now(),
                delivery: (!is_sample).then_some(DeliveryState::Queued),
                client_id: new.client_id,
            },
        ),
        store::add_reference(desk, &rfc_message_id, id.0.as_bytes(), id, before.id),
    ];
    statements.extend(files.iter().enumerate().map(|(position, file)| store::insert_attachment(desk, position, file)));
    let mut joined: Vec<String> =
        header.to.iter().chain(&header.cc).map(|person| person.address.trim().to_lowercase()).collect();
    statements.extend(joined.iter().map(|address| store::add_participant(desk, before.id, address)));
    // Calling it back takes those away again who come in by it.
    let known = if leaves_at.is_some() { store::who_takes_part(desk, before.id, &joined).await? } else { vec![] };
    joined.retain(|address| !known.contains(address));
    desk.tx().exec_all(&statements).await?;
    store::discard_draft(desk, holder, before.id).await?;
    store::mark_seen(desk, desk.agent()?, before.id, desk.now()).await?;
    let to: Vec<_> = header.to.iter().chain(&header.cc).cloned().collect();
    let said = Said { id, at: desk.now(), author: &agent.name, address: &from, to: &to, files: files.len(), text };
    findable::index(desk, &conversation, &said).await?;
    if conversation.assignee_id != before.assignee_id {
        desk.emit_as(writer, Event::Assigned { conversation: before.id, from: None, to: conversation.assignee_id });
    }
    desk.emit_as(writer, Event::ReplyWritten { conversation: before.id, message: id });
    store::save(desk, &before, &conversation).await?;
    if is_sample {
        return Ok(id);
    }
    if let Some(leaves_at) = leaves_at {
        recall::remember(desk, id, leaves_at, &before, joined).await?;
    }
    delivery::order(desk, id, leaves_at).await?;
    Ok(id)
}

/// The address that an answer leaves from, with the mailbox's name: the one that was chosen, else the one that was written to.
async fn sender(desk: &mut Desk<'_>, conversation: &Conversation, chosen: Option<&str>) -> Result<Person> {
    let mailbox = senders::mailbox_of(desk, conversation).await?.ok_or(Error::Conflict("no_mailbox"))?;
    let address = match chosen {
        Some(from) if !mailbox.may_send_from(from) => return Err(Error::field("from", "not_allowed")),
        Some(from) => from.trim().to_lowercase(),
        None => senders::standard(desk, conversation.id, &mailbox).await?,
    };
    Ok(Person { name: Some(mailbox.name), address })
}

/// Whether somebody else than `writer` wrote to the customer, or the customer did, since `seen`.
pub(crate) async fn has_moved_on(
    desk: &Desk<'_>,
    id: ConversationId,
    seen: Option<MessageId>,
    writer: AgentId,
) -> Result<bool> {
    Ok(moved_on(seen, store::newest_by_others(desk, id, writer).await?))
}

/// In-Reply-To: the customer's last message, else the last of all. References: the first of the thread and the newest
/// twenty, oldest first (RFC 5322, section 3.6.4).
pub(super) async fn thread_headers(desk: &Desk<'_>, id: ConversationId) -> Result<(Option<String>, Vec<String>)> {
    let newest = store::thread_ids(desk, id).await?;
    let theirs = newest.iter().find(|(_, kind, _)| *kind == MessageKind::Incoming);
    let in_reply_to = theirs.or(newest.first()).map(|(rfc_id, ..)| rfc_id.clone());
    let mut references: Vec<String> = newest.into_iter().rev().map(|(rfc_id, ..)| rfc_id).collect();
    if references.len() > 20 {
        references.remove(0);
        if let Some(first) = store::first_thread_id(desk, id).await?
            && !references.contains(&first)
        {
            references.insert(0, first);
        }
    }
    // What it answers stands last (RFC 5322, section 3.6.4).
    if let Some(answered) = &in_reply_to {
        references.retain(|rfc_id| rfc_id != answered);
        references.push(answered.clone());
    }
    Ok((in_reply_to, references))
}

/// The draft's files as attachments of the message.
async fn take_uploads(
    desk: &Desk<'_>,
    agent: people::AgentId,
    conversation: ConversationId,
    message: MessageId,
    wanted: &[UploadId],
) -> Result<Vec<Attachment>> {
    let uploads = store::uploads(desk, agent, conversation).await?;
    if wanted.iter().any(|id| !uploads.iter().any(|upload| upload.id == *id)) {
        return Err(Error::field("attachments", "gone"));
    }
    Ok(uploads
        .into_iter()
        .filter(|upload| wanted.contains(&upload.id))
        .map(|upload| Attachment {
            id: AttachmentId(desk.new_id()),
            message_id: message,
            name: upload.name,
            content_type: upload.content_type,
            size: upload.size,
            is_inline: false,
            content_id: None,
            blob: upload.blob,
        })
        .collect())
}

/// Leaves a note for colleagues; it never leaves the desk.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`].
pub async fn note(
    desk: &mut Desk<'_>,
    conversation: ConversationId,
    client_id: Option<Uuid>,
    markdown: &str,
    uploads: &[UploadId],
) -> Result<MessageId> {
    let agent = people::agent(desk, desk.agent()?).await?;
    if let Some(client_id) = client_id
        && let Some(written) = store::message_by_client_id(desk, conversation, client_id).await?
    {
        return Ok(written);
    }
    let text = checked_text(markdown)?;
    let before = store::lock(desk, conversation).await?;
    let id = MessageId(desk.new_id());
    let files = take_uploads(desk, agent.id, conversation, id, uploads).await?;
    let mut statements = vec![store::insert_message(
        desk,
        NewMessage {
            conversation,
            id,
            kind: MessageKind::Note,
            author: Actor::Agent(agent.id),
            author_name: &agent.name,
            body: text,
            full_text: None,
            html: None,
            header: Header::default().to_json(),
            rfc_message_id: None,
            content_hash: None,
            raw_blob: None,
            raw_sealed: false,
            attachment_count: files.len(),
            created_at: desk.now(),
            delivery: None,
            client_id,
        },
    )];
    statements.extend(files.iter().enumerate().map(|(position, file)| store::insert_attachment(desk, position, file)));
    desk.tx().exec_all(&statements).await?;
    let mut after = before.clone();
    after.noted(desk.now());
    store::discard_draft(desk, agent.id, conversation).await?;
    store::mark_seen(desk, agent.id, conversation, desk.now()).await?;
    let files = files.len();
    let said = Said { id, at: desk.now(), author: &agent.name, address: "", to: &[], files, text };
    findable::index(desk, &after, &said).await?;
    desk.emit(Event::NoteWritten { conversation, message: id });
    store::save(desk, &before, &after).await?;
    super::mentions::record(desk, &after, id, text).await?;
    Ok(id)
}
