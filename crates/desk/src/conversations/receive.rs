//! Takes in what a channel has read: who wrote it, where it belongs, and what that changes. One unit of work.

use super::{
    AttachmentId, Conversation, ConversationId, DeliveryState, Header, MessageId, MessageKind, Person, Priority,
    Status,
    findable::{self, Said},
    history::History,
    placing::{self, Writer},
    senders,
    store::{self, Attachment, NewMessage},
    threading::{Sender, Threading, answered_ids},
};
use crate::{
    Actor, Desk, Event, Result,
    customers::{self, Customer},
    mailboxes::{self, MailboxId, OwnAddresses},
};
use base::{
    blobs::BlobHash,
    db::{DbError, Value},
    mail::Address,
};
use bytes::Bytes;
use jiff::Timestamp;

/// People of one mail who are remembered as taking part; further ones of a mass mail are not.
const MOST_PARTICIPANTS: usize = 50;

/// What a channel has read, in every channel's words.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// Who wrote it.
    pub from: Address,
    /// Where answers are wanted, when elsewhere.
    pub reply_to: Vec<Address>,
    /// To whom it was written.
    pub to: Vec<Address>,
    /// Who else was meant to read it.
    pub cc: Vec<Address>,
    /// Subject on one line; may be empty.
    pub subject: String,
    /// What the writer wrote this time.
    pub body: String,
    /// The whole text, when it is longer.
    pub full_text: Option<String>,
    /// Cleaned HTML.
    pub html: Option<String>,
    /// Whether a person wrote it.
    pub nature: Nature,
    /// Message-ID, where there is a usable one.
    pub rfc_message_id: Option<String>,
    /// In-Reply-To.
    pub in_reply_to: Option<String>,
    /// References, oldest first.
    pub references: Vec<String>,
    /// All addresses that it was sent to, by its header and by its transport: one may be a signed reply address.
    pub sent_to: Vec<String>,
    /// A program wrote it, or wants no automatic answer (RFC 3834, section 2).
    pub wants_no_automatic_answer: bool,
    /// Files.
    pub files: Vec<IncomingFile>,
    /// Date, verdicts and warnings, as shown; the rest is filled in here.
    pub header: Header,
    /// Tells two mails with the same Message-ID apart.
    pub content_hash: [u8; 32],
    /// It was sent from one of our mailboxes by another program, and found there.
    pub ours: bool,
    /// Set for mail from before: it is dated, and nothing is set in motion by it.
    pub history: Option<History>,
}

impl Incoming {
    /// The Message-IDs that it may answer, most trusted first.
    pub fn answered(&self) -> Vec<String> {
        answered_ids(self.in_reply_to.as_deref(), &self.references).into_iter().map(str::to_owned).collect()
    }

    /// When it is taken to have been said.
    pub(super) fn at(&self, now: Timestamp) -> Timestamp {
        let claimed = self.header.date.as_ref().and_then(|date| date.parse().ok());
        self.history.map_or(now, |history| history.date(claimed, now))
    }
}

/// Who wrote it, man or machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nature {
    /// A person.
    Person,
    /// A program: nobody waits for an answer to it.
    Machine,
    /// A report that a message of ours did not arrive.
    Bounce {
        /// Our message's Message-ID.
        original: Option<String>,
        /// Whether sending again is useless.
        hard: bool,
        /// Whether there is nobody at the address: not so where a text or a sender was refused.
        nobody_there: bool,
        /// In words, for the agent.
        reason: String,
        /// The addresses that did not get it.
        recipients: Vec<String>,
    },
}

/// A file of what arrived; its bytes are stored before the unit of work begins.
#[derive(Debug, Clone)]
pub struct IncomingFile {
    /// File name.
    pub name: String,
    /// MIME type as claimed.
    pub content_type: String,
    /// Whether it is shown within the text.
    pub inline: bool,
    /// What `cid:` names.
    pub content_id: Option<String>,
    /// Name of the content.
    pub blob: BlobHash,
    /// The content.
    pub bytes: Bytes,
}

/// The stored original of what arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawMail {
    /// Its bytes; none when they were not to be kept.
    pub blob: Option<BlobHash>,
    /// They are sealed with the installation's key, since something in them was masked.
    pub sealed: bool,
}

/// Where an arrival went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// Its message.
    pub message: MessageId,
    /// The conversation.
    pub conversation: ConversationId,
    /// It was there already: the same mail by another way.
    pub duplicate: bool,
}

/// Takes in what arrived through `mailbox`; `raw` is the stored original, `answers` the conversation whose signed reply address
/// it was sent to.
///
/// # Errors
/// The store's.
pub async fn receive(
    desk: &mut Desk<'_>,
    channel: &str,
    mailbox: Option<MailboxId>,
    raw: RawMail,
    incoming: &Incoming,
    answers: Option<ConversationId>,
) -> Result<Received> {
    let own = mailboxes::own_addresses(desk).await?;
    let writer = placing::writer(incoming, &own);
    if let Some(known) = placing::already_here(desk, incoming, &writer).await? {
        let (message, conversation) = (known.message_id, known.conversation_id);
        return Ok(Received { message, conversation, duplicate: true });
    }
    let bounced = placing::bounced_message(desk, incoming).await?;
    let (place, why) = match bounced {
        Some((_, conversation)) => (Some(conversation), Threading::New),
        None => placing::place(desk, incoming, answers, &writer).await?,
    };
    let customer = match place {
        // Our own mail and delivery reports make nobody a customer.
        Some(_) if writer.is_us || bounced.is_some() => None,
        None if writer.is_us => Some(customers::identify(desk, addressee(incoming, &own)).await?),
        _ => Some(customers::identify(desk, writer.address).await?),
    };
    let at = incoming.at(desk.now());
    let through = match mailbox {
        Some(id) => Some(mailboxes::find(desk, id).await?),
        None => None,
    };
    let written_to =
        through.and_then(|mailbox| senders::written_to(&mailbox, &incoming.to, &incoming.cc, &incoming.sent_to));
    let arrival = Arrival { incoming, raw, own: &own, writer, why, customer, at, written_to };
    let received = match place {
        Some(conversation) => continue_conversation(desk, conversation, arrival).await?,
        None => open_conversation(desk, channel, mailbox, arrival).await?,
    };
    if incoming.history.is_some() {
        // What was true then says nothing about now.
        return Ok(received);
    }
    if let (Some((message, _)), Nature::Bounce { hard: true, nobody_there, reason, recipients, .. }) =
        (bounced, &incoming.nature)
    {
        super::delivery::record(desk, message, DeliveryState::Failed, Some(reason)).await?;
        if *nobody_there {
            suppress_recipients(desk, message, recipients, reason).await?;
        }
    }
    if incoming.nature == Nature::Person && !writer.is_us && writer.sender == Sender::Believed {
        // Who writes can be reached.
        customers::allow(desk, &writer.address.address).await?;
    }
    Ok(received)
}

/// Whether one of these Message-IDs belongs to a message.
///
/// # Errors
/// The store's.
pub(crate) async fn knows_any(desk: &Desk<'_>, rfc_message_ids: &[String]) -> Result<bool> {
    for id in rfc_message_ids {
        if !store::referenced(desk, id).await?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

struct Arrival<'a> {
    incoming: &'a Incoming,
    raw: RawMail,
    own: &'a OwnAddresses,
    writer: Writer<'a>,
    why: Threading,
    customer: Option<Customer>,
    at: Timestamp,
    written_to: Option<String>,
}

/// Sends nothing more to those whom a report names, as far as the message was written to them: anybody can write a report.
async fn suppress_recipients(
    desk: &mut Desk<'_>,
    message: MessageId,
    recipients: &[String],
    reason: &str,
) -> Result<()> {
    let header = Header::of(&store::message(desk, message).await?);
    for person in header.to.iter().chain(&header.cc) {
        if recipients.iter().any(|gone| gone.trim().eq_ignore_ascii_case(person.address.trim())) {
            customers::suppress(desk, &person.address, reason, message.0).await?;
        }
    }
    Ok(())
}

/// To whom we wrote: the first who is not ourselves.
fn addressee<'a>(incoming: &'a Incoming, own: &OwnAddresses) -> &'a Address {
    let is_own = |address: &Address| own.contains(&address.address.trim().to_lowercase());
    incoming.to.iter().chain(&incoming.cc).find(|address| !is_own(address)).unwrap_or(&incoming.from)
}

async fn open_conversation(
    desk: &mut Desk<'_>,
    channel: &str,
    mailbox: Option<MailboxId>,
    arrival: Arrival<'_>,
) -> Result<Received> {
    let customer = match &arrival.customer {
        Some(customer) => customer.clone(),
        None => customers::identify(desk, &arrival.incoming.from).await?,
    };
    let (at, history) = (arrival.at, arrival.incoming.history);
    let settled = history.is_some_and(|history| at < history.open_after);
    let mut conversation = Conversation {
        id: ConversationId(if history.is_some() { desk.new_id_at(at) } else { desk.new_id() }),
        number: desk.next_conversation_number().await?,
        subject: arrival.incoming.subject.chars().take(500).collect(),
        channel: channel.to_owned(),
        mailbox_id: mailbox,
        customer_id: customer.id,
        customer_name: customer.name.clone(),
        status: if settled { Status::Resolved } else { Status::Open },
        priority: Priority::Normal,
        assignee_id: None,
        team_id: None,
        preview: String::new(),
        message_count: 0,
        created_at: at,
        last_activity_at: at,
        waiting_since: None,
        respond_by: None,
        response_due: None,
        waiting_messages: 0,
        risk_at: None,
        first_response_at: None,
        resolved_at: settled.then_some(at),
        snoozed_until: None,
        type_id: None,
    };
    let preview = super::preview_of(&arrival.incoming.body);
    match (history, &arrival.incoming.nature) {
        (Some(history), _) => conversation.brought_along(at, &history, arrival.writer.is_us, &preview),
        (None, _) if arrival.writer.is_us => conversation.we_wrote_first(at, &preview),
        (None, Nature::Person) => {
            conversation.customer_wrote(at, &preview);
        }
        (None, _) => conversation.machine_wrote(at, &preview),
    }
    if history.is_none() {
        let who = if arrival.writer.is_us { Actor::System } else { Actor::Customer(customer.id) };
        desk.emit_as(who, Event::ConversationOpened { conversation: conversation.id });
    }
    let mut statements = vec![store::insert(desk, &conversation)];
    let message = store_message(desk, &conversation, &arrival, &mut statements).await?;
    store_once(desk, &statements).await?;
    store::count(desk, &conversation, 1);
    // Whoever is named by a forged mail has asked for nothing.
    if !arrival.writer.is_us && history.is_none() && arrival.writer.sender == Sender::Believed {
        let (to, from) = (&arrival.writer.address.address, arrival.written_to.as_deref());
        super::automatic::acknowledge(desk, &conversation, arrival.incoming, to, from).await?;
    }
    Ok(Received { message, conversation: conversation.id, duplicate: false })
}

async fn continue_conversation(desk: &mut Desk<'_>, id: ConversationId, arrival: Arrival<'_>) -> Result<Received> {
    let is_news = arrival.incoming.history.is_none() && !arrival.writer.is_us;
    if is_news && arrival.incoming.nature == Nature::Person {
        super::recall::recall_scheduled(desk, id).await?;
    }
    let before = store::lock(desk, id).await?;
    let mut conversation = before.clone();
    let (at, preview) = (arrival.at, super::preview_of(&arrival.incoming.body));
    match (arrival.incoming.history, &arrival.incoming.nature) {
        (Some(history), _) => conversation.brought_along(at, &history, arrival.writer.is_us, &preview),
        (None, _) if arrival.writer.is_us => conversation.answered(at, None, &preview),
        (None, Nature::Person) => {
            let who = arrival.customer.as_ref().map_or(desk.actor(), |customer| Actor::Customer(customer.id));
            if conversation.customer_wrote(at, &preview) {
                desk.emit_as(who, Event::Reopened { conversation: id });
            }
            if before.status == Status::Snoozed {
                desk.emit_as(who, Event::Woken { conversation: id });
            }
        }
        (None, Nature::Machine | Nature::Bounce { .. }) => conversation.machine_wrote(at, &preview),
    }
    let mut statements = Vec::new();
    let message = store_message(desk, &conversation, &arrival, &mut statements).await?;
    store_once(desk, &statements).await?;
    store::save(desk, &before, &conversation).await?;
    Ok(Received { message, conversation: id, duplicate: false })
}

/// Stores what was gathered. When somebody else took in the same mail at the same moment (two mailboxes, two workers), the unit
/// runs again and finds it here.
async fn store_once(desk: &Desk<'_>, statements: &[(&'static str, Vec<Value>)]) -> Result<()> {
    match desk.tx().exec_all(statements).await {
        Err(DbError::Unique(name)) if name.starts_with("message_reference") => Err(DbError::Retry.into()),
        other => Ok(other?),
    }
}

/// Gathers the statements that store the message with its files, references, participants and search entry.
async fn store_message(
    desk: &mut Desk<'_>,
    conversation: &Conversation,
    arrival: &Arrival<'_>,
    statements: &mut Vec<(&'static str, Vec<Value>)>,
) -> Result<MessageId> {
    let incoming = arrival.incoming;
    let id = MessageId(if incoming.history.is_some() { desk.new_id_at(arrival.at) } else { desk.new_id() });
    let kind = match incoming.nature {
        _ if arrival.writer.is_us => MessageKind::Outgoing,
        Nature::Person => MessageKind::Incoming,
        Nature::Machine | Nature::Bounce { .. } => MessageKind::Automatic,
    };
    let writer = arrival.customer.as_ref().filter(|_| !arrival.writer.is_us);
    let author = writer.map_or(Actor::System, |customer| Actor::Customer(customer.id));
    let author_name = match (writer, incoming.from.name.as_deref()) {
        (_, Some(name)) if !name.trim().is_empty() => name.trim(),
        (Some(customer), _) => &customer.name,
        _ => &incoming.from.address,
    };
    let people = |list: &[Address]| list.iter().take(100).map(Person::from).collect();
    let header = Header {
        from: vec![Person::from(&incoming.from)],
        reply_to: people(&incoming.reply_to),
        to: people(&incoming.to),
        cc: people(&incoming.cc),
        subject: incoming.subject.clone(),
        threading: Some(arrival.why.clone()),
        written_to: arrival.written_to.clone(),
        by_machine: incoming.wants_no_automatic_answer,
        ..incoming.header.clone()
    };
    statements.push(store::insert_message(
        desk,
        NewMessage {
            conversation: conversation.id,
            id,
            kind,
            author,
            author_name,
            body: &incoming.body,
            full_text: incoming.full_text.as_deref(),
            html: incoming.html.as_deref(),
            header: header.to_json(),
            rfc_message_id: incoming.rfc_message_id.as_deref(),
            content_hash: Some(incoming.content_hash.to_vec()),
            raw_blob: arrival.raw.blob.map(|blob| blob.as_bytes().to_vec()),
            raw_sealed: arrival.raw.sealed,
            attachment_count: incoming.files.len(),
            created_at: arrival.at,
            delivery: (kind == MessageKind::Outgoing).then_some(DeliveryState::Sent),
            client_id: None,
        },
    ));
    let reference = |rfc_id| store::add_reference(desk, rfc_id, &incoming.content_hash, id, conversation.id);
    statements.extend(incoming.rfc_message_id.as_deref().map(reference));
    for (position, file) in incoming.files.iter().enumerate().take(1000) {
        let file = Attachment {
            id: AttachmentId(desk.new_id()),
            message_id: id,
            name: file.name.clone(),
            content_type: file.content_type.clone(),
            size: file.bytes.len() as i64,
            is_inline: file.inline,
            content_id: file.content_id.clone(),
            blob: file.blob.as_bytes().to_vec(),
        };
        statements.push(store::insert_attachment(desk, position, &file));
    }
    // Those whom we wrote to take part as well as those who wrote to us. Who may be somebody else brings nobody along.
    if kind != MessageKind::Automatic {
        let brought = [&incoming.reply_to, &incoming.cc, &incoming.to].into_iter().flatten();
        let most = if arrival.writer.sender == Sender::Believed { usize::MAX } else { 0 };
        let everyone = std::iter::once(&incoming.from).chain(brought.take(most));
        let mut added: Vec<String> = Vec::new();
        for address in everyone.map(|person| person.address.trim().to_lowercase()) {
            if !address.is_empty() && !arrival.own.contains(&address) && !added.contains(&address) {
                statements.push(store::add_participant(desk, conversation.id, &address));
                added.push(address);
                if added.len() == MOST_PARTICIPANTS {
                    break;
                }
            }
        }
    }
    let text = incoming.full_text.as_deref().unwrap_or(&incoming.body);
    let to: Vec<_> = header.to.iter().chain(&header.cc).cloned().collect();
    let said = Said {
        id,
        at: arrival.at,
        author: author_name,
        address: &incoming.from.address,
        to: &to,
        files: incoming.files.len(),
        text,
    };
    findable::index(desk, conversation, &said).await?;
    let event = match kind {
        _ if incoming.history.is_some() => Event::MessageImported { conversation: conversation.id, message: id },
        MessageKind::Outgoing => Event::ReplyWritten { conversation: conversation.id, message: id },
        _ => Event::MessageReceived { conversation: conversation.id, message: id },
    };
    desk.emit_as(author, event);
    Ok(id)
}
