//! Brings answers out. The outbox is the job table: an answer and its order to be sent are committed together.
//!
//! SMTP can't hand over exactly once: when the connection breaks after the message was given, nobody knows whether it was
//! taken. So the state `sending` is committed between "ready to hand over" and "handed over". An attempt that finds it there
//! was interrupted in that short window; it asks a person instead of sending twice. Everywhere else it is safe to go on.

use super::{
    Conversation, DeliveryState, Header, MessageId, MessageKind, reply_address::reply_address, rules::NextStep,
    senders, store,
};
use crate::{
    Actor, App, Desk, Error, Event, Result, Scope, WorkspaceId,
    brakes::{self, Limit},
    channel::{Outgoing, OutgoingFile, SendOutcome},
    domains,
    jobs::{Done, Handler},
    mailboxes::{self, Mailbox},
    reason::Reason,
};
use async_trait::async_trait;
use base::{
    blobs::BlobHash,
    mail::Address,
    queue::{self, Claimed, JobError, MAX_ATTEMPTS, NewJob},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

const KIND: &str = "send_message";

#[derive(Debug, Serialize, Deserialize)]
struct Order {
    message: MessageId,
}

/// Orders a message to be sent, now or at `leaves_at`, within the unit of work that wrote it.
pub(super) async fn order(desk: &mut Desk<'_>, message: MessageId, leaves_at: Option<Timestamp>) -> Result<()> {
    let payload = serde_json::to_string(&Order { message }).map_err(Error::internal)?;
    // An earlier order may have ended as a dead letter; this one takes its place.
    queue::discard_same(desk.tx(), desk.workspace().0, KIND, &payload).await?;
    let run_at = leaves_at.unwrap_or(desk.now());
    desk.enqueue(NewJob { kind: KIND, payload, run_at, dedupe_key: Some(message.to_string()) }).await
}

/// Takes the order to send it back. False when a worker has begun with it.
pub(super) async fn take_back(desk: &Desk<'_>, message: MessageId) -> Result<bool> {
    Ok(queue::take_back(desk.tx(), desk.workspace().0, KIND, &message.to_string()).await?.is_some())
}

/// Records how far a message has got. When it failed, the customer has no answer: they are waiting again.
pub(super) async fn record(
    desk: &mut Desk<'_>,
    message: MessageId,
    state: DeliveryState,
    note: Option<&str>,
) -> Result<()> {
    let (conversation, before) = store::lock_delivery(desk, message).await?;
    if before == state && state != DeliveryState::Deferred {
        return Ok(());
    }
    store::set_delivery(desk, message, state, note).await?;
    let sent = if state == DeliveryState::Sent { Some(store::message(desk, message).await?) } else { None };
    if let Some(sent) = sent.filter(|sent| Header::of(sent).scheduled) {
        let was = store::lock(desk, conversation).await?;
        let mut after = was.clone();
        let by = match sent.author() {
            Actor::Agent(agent) => Some(agent),
            _ => None,
        };
        after.answer_left(desk.now(), by);
        store::save(desk, &was, &after).await?;
    }
    if state == DeliveryState::Failed {
        let was = store::lock(desk, conversation).await?;
        let mut after = was.clone();
        if after.answer_was_lost(desk.now()) {
            desk.emit(Event::Reopened { conversation });
        }
        store::save(desk, &was, &after).await?;
    }
    desk.emit(Event::DeliveryChanged { conversation, message, state });
    Ok(())
}

/// Sends a message that failed, or whose fate is unknown, once more.
///
/// # Errors
/// [`Error::Conflict`] when it is neither; [`Error::NotFound`].
pub async fn send_again(desk: &mut Desk<'_>, message: MessageId) -> Result<()> {
    let (conversation, state) = store::lock_delivery(desk, message).await?;
    if !state.may_send_again() {
        return Err(Error::Conflict("it is not to be sent again"));
    }
    store::set_delivery(desk, message, DeliveryState::Queued, None).await?;
    desk.emit(Event::DeliveryChanged { conversation, message, state: DeliveryState::Queued });
    order(desk, message, None).await
}

/// Sends a message that was to leave later at once.
///
/// # Errors
/// [`Error::Conflict`] when it has left; [`Error::NotFound`].
pub async fn send_now(desk: &mut Desk<'_>, message: MessageId) -> Result<()> {
    let (conversation, _) = store::lock_delivery(desk, message).await?;
    if !take_back(desk, message).await? {
        return Err(Error::Conflict("left_already"));
    }
    store::set_leaves_at(desk, message, None).await?;
    desk.emit(Event::DeliveryChanged { conversation, message, state: DeliveryState::Queued });
    order(desk, message, None).await
}

/// Records that a message whose fate was unknown has arrived.
///
/// # Errors
/// [`Error::Conflict`] when its fate is known; [`Error::NotFound`].
pub async fn confirm_sent(desk: &mut Desk<'_>, message: MessageId) -> Result<()> {
    let (_, state) = store::lock_delivery(desk, message).await?;
    if state != DeliveryState::Unconfirmed {
        return Err(Error::Conflict("its delivery is not in doubt"));
    }
    record(desk, message, DeliveryState::Sent, Some(&Reason::ConfirmedByHand.kept())).await
}

/// Sends one message through its channel.
pub struct SendMessage;

#[async_trait]
impl Handler for SendMessage {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let order: Order = serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
        let scope = WorkspaceId(job.workspace_id).as_system();
        if !is_to_be_sent(app, scope, order.message).await? {
            return Ok(Done::Effects);
        }
        if let Some(later) = held_back(app, scope, order.message).await? {
            postpone(app, scope, order.message, later, job.clone()).await?;
            return Ok(Done::Removed);
        }
        let outcome = match prepare(app, scope, order.message).await {
            Ok((channel, outgoing)) => {
                let channel = app.channel(&channel).ok_or_else(|| JobError::Retry(format!("no channel {channel}")))?;
                let about_to = Box::pin(mark_sending(app, scope, order.message));
                channel.send(app, &outgoing, about_to).await
            }
            Err(Error::Unavailable(reason)) => SendOutcome::Deferred(reason.into()),
            Err(Error::Conflict("no_mailbox")) => SendOutcome::Refused(Reason::NoMailbox),
            Err(Error::Conflict("may_not_send_from")) => SendOutcome::Refused(Reason::MayNotSendFrom),
            Err(error) => SendOutcome::Refused(error.to_string().into()),
        };
        settle(app, scope, order.message, outcome, job.attempts >= MAX_ATTEMPTS).await
    }
}

/// When the mailbox's limit lets this message pass, if not now.
async fn held_back(app: &App, scope: Scope, id: MessageId) -> Result<Option<Timestamp>> {
    app.write(scope, move |desk| {
        Box::pin(async move {
            let message = store::message(desk, id).await?;
            let conversation = store::find(desk, message.conversation_id).await?;
            let mailbox = match sending_mailbox(desk, &conversation, &Header::of(&message)).await {
                // Why it cannot be sent is said when it is tried.
                Err(Error::Conflict(_)) => return Ok(None),
                found => found?,
            };
            let Some(per_hour) = mailbox.settings.per_hour else { return Ok(None) };
            let limit = Limit { times: i64::from(per_hour), within: SignedDuration::from_hours(1) };
            Ok(brakes::pass(desk, &format!("mailbox:{}", mailbox.id), limit).await?.err())
        })
    })
    .await
}

/// Orders it anew for `later` instead of this job: waiting for a limit is no failed attempt.
async fn postpone(app: &App, scope: Scope, id: MessageId, later: Timestamp, job: Claimed) -> Result<()> {
    app.write(scope, move |desk| {
        let job = job.clone();
        Box::pin(async move {
            if !queue::finish(desk.tx(), &job).await? {
                return Err(Error::Conflict("another worker has this job"));
            }
            record(desk, id, DeliveryState::Deferred, Some(&Reason::HourIsFull.kept())).await?;
            order(desk, id, Some(later)).await
        })
    })
    .await
}

async fn settle(
    app: &App,
    scope: Scope,
    message: MessageId,
    outcome: SendOutcome,
    last_attempt: bool,
) -> Result<Done, JobError> {
    let (state, note, error) = match outcome {
        SendOutcome::Sent(note) => (DeliveryState::Sent, note, None),
        SendOutcome::Refused(reason) => {
            (DeliveryState::Failed, reason.kept(), Some(JobError::Fail(reason.to_string())))
        }
        SendOutcome::Unknown(reason) => (DeliveryState::Unconfirmed, reason.kept(), None),
        SendOutcome::Deferred(reason) if last_attempt => {
            (DeliveryState::Failed, reason.kept(), Some(JobError::Fail(reason.to_string())))
        }
        SendOutcome::Deferred(reason) => {
            (DeliveryState::Deferred, reason.kept(), Some(JobError::Retry(reason.to_string())))
        }
    };
    app.write(scope, move |desk| Box::pin(async move { record(desk, message, state, Some(&note)).await })).await?;
    error.map_or(Ok(Done::Effects), Err)
}

/// Whether this attempt sends; settles what an interrupted one left.
async fn is_to_be_sent(app: &App, scope: Scope, message: MessageId) -> Result<bool> {
    app.write(scope, move |desk| {
        Box::pin(async move {
            let (_, state) = store::lock_delivery(desk, message).await?;
            Ok(match state.next_step() {
                NextStep::Send => true,
                NextStep::Nothing => false,
                NextStep::AskAPerson => {
                    record(desk, message, DeliveryState::Unconfirmed, Some(&Reason::Stopped.kept())).await?;
                    false
                }
            })
        })
    })
    .await
}

async fn mark_sending(app: &App, scope: Scope, message: MessageId) -> Result<()> {
    app.write(scope, move |desk| {
        Box::pin(async move {
            let (_, state) = store::lock_delivery(desk, message).await?;
            if state.next_step() != NextStep::Send {
                return Err(Error::Conflict("another attempt has it"));
            }
            store::set_delivery(desk, message, DeliveryState::Sending, None).await
        })
    })
    .await
}

/// The mailbox that a message leaves through: the conversation's, or the one whose address it is from, as after a merge. What no
/// mailbox may send leaves through none.
async fn sending_mailbox(desk: &mut Desk<'_>, conversation: &Conversation, header: &Header) -> Result<Mailbox> {
    let mailbox = senders::mailbox_of(desk, conversation).await?;
    let mailbox = mailbox.ok_or(Error::Conflict("no_mailbox"))?;
    let Some(from) = header.from.first().map(|person| person.address.as_str()) else { return Ok(mailbox) };
    if mailbox.may_send_from(from) {
        return Ok(mailbox);
    }
    let other = mailboxes::find_by_address(desk, from).await?;
    other.ok_or(Error::Conflict("may_not_send_from"))
}

/// Gathers everything that the channel needs.
async fn prepare(app: &App, scope: Scope, id: MessageId) -> Result<(String, Outgoing)> {
    let (message, conversation, files, mailbox) = app
        .read(scope, move |desk| {
            Box::pin(async move {
                let message = store::message(desk, id).await?;
                let conversation = store::find(desk, message.conversation_id).await?;
                let files = store::attachments(desk, id).await?;
                let mailbox = sending_mailbox(desk, &conversation, &Header::of(&message)).await?;
                Ok((message, conversation, files, mailbox.id))
            })
        })
        .await?;
    let mailbox = mailboxes::opened(app, scope, mailbox).await?;
    let mailbox = mailboxes::oauth::with_access(app, scope, &mailbox).await?;
    let mut attachments = Vec::new();
    for file in files {
        let blob = BlobHash(file.blob.as_slice().try_into().map_err(Error::internal)?);
        let bytes = app.blobs().get(blob).await.map_err(|error| Error::Unavailable(error.to_string()))?;
        attachments.push(OutgoingFile { name: file.name, content_type: file.content_type, bytes });
    }
    let header = Header::of(&message);
    let token = mailbox.settings.reply_tokens;
    let from = header.from.first().map_or_else(|| Address::new(Some(&mailbox.name), &mailbox.address), Address::from);
    let reply_to = token.then(|| reply_address(app.key(), scope.workspace, conversation.id, &from.address)).flatten();
    let signer = domains::signer(app, scope, &from.address).await?;
    let outgoing = Outgoing {
        message_id: id,
        reply_to: reply_to.map(|address| Address::new(from.name.as_deref(), &address)),
        signer,
        from,
        automatic: message.kind == MessageKind::Acknowledgement,
        to: header.to.iter().map(Address::from).collect(),
        cc: header.cc.iter().map(Address::from).collect(),
        subject: header.subject,
        rfc_message_id: message.rfc_message_id.ok_or(Error::Conflict("it has no Message-ID"))?,
        in_reply_to: header.in_reply_to,
        references: header.references,
        // The same at every attempt, also when it leaves later than it was written.
        date: message.leaves_at.unwrap_or(message.created_at),
        markdown: message.body,
        attachments,
        mailbox,
    };
    Ok((conversation.channel, outgoing))
}
