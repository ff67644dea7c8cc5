//! The way in: raw bytes are stored and journalled before they are acknowledged; everything else is a job on them.

use crate::{
    App, Desk, Error, Result, Scope, WorkspaceId,
    channel::{Channel, Envelope},
    conversations::{self, Incoming, MessageId, RawMail, Verdicts},
    jobs::{Done, Handler},
    mailboxes::{self, Cursor, MailboxId},
    quarantine, redaction,
};
use async_trait::async_trait;
use base::{
    blobs::BlobHash,
    id_type, params,
    queue::{self, Claimed, JobError, MAX_ATTEMPTS, NewJob},
    row, statements,
};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};

id_type! {
    /// An arrival in the journal.
    DeliveryId
}

statements! {
    INSERT = "insert into delivery (workspace_id, id, channel, mailbox_id, source_key, blob, size, envelope, received_at, state)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0) on conflict do nothing";
    FIND_BY_KEY = "select id, state from delivery where workspace_id = $1 and source_key = $2";
    FIND = "select id, channel, mailbox_id, source_key, blob, envelope, received_at, state from delivery where workspace_id = $1 and id = $2";
    GIVEN = "update delivery set blob = $3, size = $4, envelope = $5 where workspace_id = $1 and id = $2";
    SEAL = "update delivery set blob = $3, raw_sealed = $4 where workspace_id = $1 and id = $2";
    DONE = "update delivery set state = 1, message_id = $3, error = null where workspace_id = $1 and id = $2";
    TAKEN = "select 1 from delivery where workspace_id = $1 and source_key = $2 and state in (0, 1) and received_at >= $3";
    EARLIER_UNREAD = "select 1 from delivery where workspace_id = $1 and state = 0 and id < $2 limit 1";
    NAMED_DELIVERY = "select 1 from delivery where workspace_id = $1 and blob = $2 limit 1";
    NAMED_ATTACHMENT = "select 1 from attachment where workspace_id = $1 and blob = $2 limit 1";
    NAMED_MESSAGE = "select 1 from message where workspace_id = $1 and raw_blob = $2 limit 1";
    NAMED_UPLOAD = "select 1 from upload where workspace_id = $1 and blob = $2 limit 1";
}

/// What arrived, before anybody looks into it.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// Through which channel.
    pub channel: &'static str,
    /// In which mailbox, where that is known.
    pub mailbox: Option<MailboxId>,
    /// Names this arrival at its source: the same key twice is one arrival. `imap:<mailbox>:<uidvalidity>:<uid>`.
    pub source_key: String,
    /// The bytes as they came.
    pub raw: Bytes,
    /// What the transport said.
    pub envelope: Envelope,
    /// Why there is nothing to be read: the source did not give it, and `raw` says so in its place. It is set aside in the journal.
    pub problem: Option<String>,
}

/// A mail from before, read: see [`App::bring_along`].
pub struct Prepared {
    channel: &'static str,
    mailbox: Option<MailboxId>,
    source_key: String,
    envelope: Envelope,
    size: i64,
    raw: Bytes,
    blob: BlobHash,
    incoming: Result<Incoming, String>,
}

/// How a mail from before was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BroughtAlong {
    /// It is in a conversation now.
    New,
    /// It was there already.
    Known,
    /// It could not be read, and why; it is set aside in the journal.
    SetAside(String),
}

/// How an arrival was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// It is stored, and will be read.
    New(DeliveryId),
    /// It was there already.
    Known(DeliveryId),
}

row! {
    struct Delivery {
        id: DeliveryId,
        channel: String,
        mailbox_id: Option<MailboxId>,
        source_key: String,
        blob: Vec<u8>,
        envelope: String,
        received_at: Timestamp,
        state: i16,
    }
}

const KIND: &str = "receive_delivery";
/// How often, and how long each time, an answer waits for the mail it answers, which arrived just before and is being read by another worker.
const WAITS_FOR_EARLIER: u32 = 100;
const WAIT_FOR_EARLIER: Duration = Duration::from_millis(10);

#[derive(Debug, Serialize, Deserialize)]
struct Order {
    delivery: DeliveryId,
}

/// Orders an arrival to be read.
pub(crate) async fn order(desk: &mut Desk<'_>, delivery: DeliveryId) -> Result<()> {
    let payload = serde_json::to_string(&Order { delivery }).map_err(Error::internal)?;
    let run_at = desk.now();
    desk.enqueue(NewJob { kind: KIND, payload, run_at, dedupe_key: None }).await
}

impl App {
    /// Takes arrivals in. When this returns, they are on the disk and will be read whatever happens; only then may the
    /// source be told so. `cursor` says how far the mailbox's folder has been read with them, in the same commit.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when they can't be stored: the source keeps them and tries again.
    pub async fn accept(
        &self,
        workspace: WorkspaceId,
        arrivals: Vec<Arrival>,
        cursor: Option<(MailboxId, String, Cursor)>,
    ) -> Result<Vec<Accepted>> {
        let stored: Vec<_> = stream::iter(arrivals)
            .map(|arrival| async move {
                let size = arrival.raw.len() as i64;
                let blob = self.blobs().put(arrival.raw.clone()).await;
                blob.map(|blob| (arrival, blob, size)).map_err(|error| Error::Unavailable(error.to_string()))
            })
            .buffered(16)
            .collect()
            .await;
        let mut rows = Vec::with_capacity(stored.len());
        for stored in stored {
            let (arrival, blob, size) = stored?;
            rows.push((arrival, blob, size));
        }
        self.write(workspace.as_system(), move |desk| {
            Box::pin(async move {
                let mut accepted = Vec::with_capacity(rows.len());
                for (arrival, blob, size) in rows {
                    let Arrival { channel, mailbox, source_key, envelope, problem, .. } = &arrival;
                    let (id, known) = journal(desk, channel, *mailbox, source_key, envelope, blob, size).await?;
                    if known.is_some() {
                        accepted.push(Accepted::Known(id));
                        continue;
                    }
                    if let Some(problem) = problem {
                        quarantine::put(desk, id, problem).await?;
                        accepted.push(Accepted::New(id));
                        continue;
                    }
                    order(desk, id).await?;
                    accepted.push(Accepted::New(id));
                }
                if let Some((mailbox, folder, cursor)) = cursor {
                    mailboxes::advance(desk, mailbox, &folder, cursor).await?;
                }
                Ok(accepted)
            })
        })
        .await
    }
}

impl App {
    /// Reads a mail from before, for [`App::bring_along`]; several may be read at once.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it can't be stored.
    pub async fn prepare(&self, arrival: Arrival) -> Result<Prepared> {
        let Arrival { channel, mailbox, source_key, raw, envelope, .. } = arrival;
        let size = raw.len() as i64;
        let blob = self.blobs().put(raw.clone()).await.map_err(|error| Error::Unavailable(error.to_string()))?;
        let incoming = match read(self, channel, raw.clone(), envelope.clone()).await {
            Ok(incoming) => Ok(incoming),
            Err(JobError::Fail(reason)) => Err(reason),
            Err(JobError::Retry(reason)) => return Err(Error::Unavailable(reason)),
        };
        Ok(Prepared { channel, mailbox, source_key, envelope, size, raw, blob, incoming })
    }

    /// Takes a mail from before into its conversation, now and beside the queue: mails are brought along in the order in which
    /// they were written, and the day's mail does not wait behind them.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the store is away; what is wrong with the mail itself is [`BroughtAlong::SetAside`].
    pub async fn bring_along(&self, workspace: WorkspaceId, mail: Prepared) -> Result<BroughtAlong> {
        let mail = Arc::new(mail);
        let taken = self.clone().bring_along_or_fail(workspace, mail.clone()).await;
        let reason = match taken {
            Err(error @ Error::Unavailable(_)) => return Err(error),
            Err(error) => error.to_string(),
            Ok(taken) => return Ok(taken),
        };
        let why = reason.clone();
        self.write(workspace.as_system(), move |desk| {
            Box::pin(async move {
                let (id, _) = mail.journal(desk).await?;
                quarantine::put(desk, id, &why).await
            })
        })
        .await?;
        Ok(BroughtAlong::SetAside(reason))
    }

    async fn bring_along_or_fail(&self, workspace: WorkspaceId, mail: Arc<Prepared>) -> Result<BroughtAlong> {
        let mut incoming = mail.incoming.clone().map_err(Error::internal)?;
        let scope = workspace.as_system();
        let original = redaction::on_arrival(self, scope, &mut incoming, &mail.raw, mail.blob).await?;
        let answers = conversations::conversation_of(self.key(), workspace, &incoming.sent_to);
        let incoming = Arc::new(incoming);
        self.write(workspace.as_system(), move |desk| {
            Box::pin(async move {
                let (id, known) = mail.journal(desk).await?;
                if known == Some(1) {
                    return Ok(BroughtAlong::Known);
                }
                let received =
                    conversations::receive(desk, mail.channel, mail.mailbox, original, &incoming, answers).await?;
                done(desk, id, received.message).await?;
                if original.blob != Some(mail.blob) {
                    seal_journal(desk, id, original).await?;
                }
                Ok(if received.duplicate { BroughtAlong::Known } else { BroughtAlong::New })
            })
        })
        .await
    }
}

impl Prepared {
    async fn journal(&self, desk: &Desk<'_>) -> Result<(DeliveryId, Option<i16>)> {
        let Self { channel, mailbox, source_key, envelope, size, blob, .. } = self;
        journal(desk, channel, *mailbox, source_key, envelope, *blob, *size).await
    }
}

/// Which of these arrivals have been stored as they came since `since`, so that their source need not keep them; those set aside
/// are not among them.
///
/// # Errors
/// The store's.
pub async fn taken(desk: &mut Desk<'_>, source_keys: &[String], since: Timestamp) -> Result<Vec<bool>> {
    let mut taken = Vec::with_capacity(source_keys.len());
    for key in source_keys {
        taken.push(desk.tx().row::<(i32,)>(TAKEN, params![desk.workspace(), key, since]).await?.is_some());
    }
    Ok(taken)
}

/// Writes an arrival down, unless it is there: then its state is given, too.
async fn journal(
    desk: &Desk<'_>,
    channel: &str,
    mailbox: Option<MailboxId>,
    source_key: &str,
    envelope: &Envelope,
    blob: BlobHash,
    size: i64,
) -> Result<(DeliveryId, Option<i16>)> {
    let (workspace, id) = (desk.workspace(), DeliveryId(desk.new_id()));
    let envelope = serde_json::to_string(envelope).map_err(Error::internal)?;
    let blob = &blob.as_bytes()[..];
    let params = params![workspace, id, channel, mailbox, source_key, blob, size, envelope, desk.now()];
    if desk.tx().exec(INSERT, params).await? == 1 {
        return Ok((id, None));
    }
    let (known, state) = desk.tx().one(FIND_BY_KEY, params![workspace, source_key]).await?;
    Ok((known, Some(state)))
}

/// Has an arrival read by its channel, and stores its files.
async fn read(app: &App, channel: &str, raw: Bytes, envelope: Envelope) -> Result<Incoming, JobError> {
    let channel = app.channel(channel).ok_or_else(|| JobError::Retry(format!("there is no channel {channel}")))?;
    let incoming = tokio::task::spawn_blocking(move || channel.read(&raw, &envelope))
        .await
        .map_err(|_| JobError::Fail("the message could not be read: reading it panicked".into()))?;
    for file in &incoming.files {
        app.blobs().put(file.bytes.clone()).await.map_err(|error| JobError::Retry(error.to_string()))?;
    }
    Ok(incoming)
}

/// Reads an arrival and takes it into a conversation.
pub struct ReceiveDelivery;

#[async_trait]
impl Handler for ReceiveDelivery {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let order: Order = serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
        let received = self.receive(app, job, &order).await;
        if let Err(error) = &received
            && (matches!(error, JobError::Fail(_)) || job.attempts >= MAX_ATTEMPTS)
        {
            let (scope, id, reason) = (WorkspaceId(job.workspace_id).as_system(), order.delivery, error.to_string());
            app.write(scope, move |desk| {
                let reason = reason.clone();
                Box::pin(async move { quarantine::put(desk, id, &reason).await })
            })
            .await?;
            // It is in the quarantine's hands now, which orders it anew; a dead letter beside it would be a second one.
            return Ok(Done::Effects);
        }
        received
    }
}

impl ReceiveDelivery {
    async fn receive(&self, app: &App, job: &Claimed, order: &Order) -> Result<Done, JobError> {
        let scope = WorkspaceId(job.workspace_id).as_system();
        let id = order.delivery;
        let delivery = app.read(scope, move |desk| Box::pin(async move { find(desk, id).await })).await?;
        if delivery.state == 1 {
            return Ok(Done::Effects);
        }
        let mut envelope: Envelope = serde_json::from_str(&delivery.envelope).unwrap_or_default();
        let channel = app.channel(&delivery.channel);
        let channel = channel.ok_or_else(|| JobError::Retry(format!("there is no channel {}", delivery.channel)))?;
        let (raw_blob, raw) = if envelope.stand_in {
            envelope.stand_in = false;
            fetch_again(app, scope, &delivery, channel.as_ref(), &envelope).await?
        } else {
            let blob = BlobHash(delivery.blob.as_slice().try_into().map_err(Error::internal)?);
            (blob, app.blobs().get(blob).await.map_err(|error| JobError::Retry(error.to_string()))?)
        };
        let verdicts = examine(app, scope, &delivery, channel.as_ref(), &raw, &envelope).await;
        let mut incoming = read(app, &delivery.channel, raw.clone(), envelope).await?;
        incoming.header.verdicts = verdicts;
        let original = redaction::on_arrival(app, scope, &mut incoming, &raw, raw_blob).await?;
        let answers = conversations::conversation_of(app.key(), scope.workspace, &incoming.sent_to);
        if answers.is_none() {
            wait_for_earlier(app, scope, id, &incoming).await?;
        }
        let held = job.clone();
        app.write(scope, move |desk| {
            Box::pin(async move {
                let (channel, mailbox) = (delivery.channel.as_str(), delivery.mailbox_id);
                let received = conversations::receive(desk, channel, mailbox, original, &incoming, answers).await?;
                done(desk, delivery.id, received.message).await?;
                if original.blob != Some(raw_blob) {
                    seal_journal(desk, delivery.id, original).await?;
                }
                if !queue::finish(desk.tx(), &held).await? {
                    return Err(Error::Conflict("another worker has this job"));
                }
                Ok(())
            })
        })
        .await?;
        Ok(Done::Removed)
    }
}

/// Has the source give what it would not give before, and journals that in the place of what stood in for it.
async fn fetch_again(
    app: &App,
    scope: Scope,
    delivery: &Delivery,
    channel: &dyn Channel,
    envelope: &Envelope,
) -> Result<(BlobHash, Bytes), JobError> {
    let Some(mailbox) = delivery.mailbox_id else {
        return Err(JobError::Fail("nobody knows in which mailbox it lies".into()));
    };
    let raw = channel.fetch_again(app, scope.workspace, mailbox, &delivery.source_key).await?;
    let blob = app.blobs().put(raw.clone()).await.map_err(|error| JobError::Retry(error.to_string()))?;
    let (id, size) = (delivery.id, raw.len() as i64);
    let envelope = serde_json::to_string(envelope).map_err(|error| JobError::Fail(error.to_string()))?;
    app.write(scope, move |desk| {
        let envelope = envelope.clone();
        Box::pin(async move {
            let params = params![desk.workspace(), id, &blob.as_bytes()[..], size, envelope];
            desk.tx().exec(GIVEN, params).await?;
            Ok::<_, Error>(())
        })
    })
    .await?;
    Ok((blob, raw))
}

/// Several workers read at once, so an answer may be read before the mail that it answers, when both arrive together (a mailbox that is
/// caught up with). It waits while it names a mail that nobody knows and an earlier arrival is unread: a second at most, so that no
/// bad mail holds up the next.
async fn wait_for_earlier(app: &App, scope: Scope, id: DeliveryId, incoming: &Incoming) -> Result<()> {
    let named = incoming.answered();
    if named.is_empty() {
        return Ok(());
    }
    for _ in 0..WAITS_FOR_EARLIER {
        let named = named.clone();
        let is_orphan = app
            .read(scope, move |desk| {
                Box::pin(async move {
                    let unread = desk.tx().row::<(i32,)>(EARLIER_UNREAD, params![desk.workspace(), id]).await?;
                    Ok(unread.is_some() && !conversations::knows_any(desk, &named).await?)
                })
            })
            .await?;
        if !is_orphan {
            return Ok(());
        }
        tokio::time::sleep(WAIT_FOR_EARLIER).await;
    }
    Ok(())
}

/// Whether it comes from whom it says. Never keeps it from being taken in.
async fn examine(
    app: &App,
    scope: Scope,
    delivery: &Delivery,
    channel: &dyn Channel,
    raw: &Bytes,
    envelope: &Envelope,
) -> Verdicts {
    let mut mailbox = None;
    if let Some(id) = delivery.mailbox_id {
        mailbox = app.read(scope, move |desk| Box::pin(async move { mailboxes::find(desk, id).await })).await.ok();
    }
    channel.examine(app, mailbox.as_ref(), raw, envelope).await
}

async fn find(desk: &Desk<'_>, id: DeliveryId) -> Result<Delivery> {
    desk.tx().row(FIND, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

/// The journal names the plain bytes no more.
async fn seal_journal(desk: &Desk<'_>, id: DeliveryId, original: RawMail) -> Result<()> {
    let blob = original.blob.map(|blob| blob.as_bytes().to_vec()).unwrap_or_default();
    desk.tx().exec(SEAL, params![desk.workspace(), id, blob, original.sealed]).await?;
    Ok(())
}

async fn done(desk: &Desk<'_>, id: DeliveryId, message: MessageId) -> Result<()> {
    desk.tx().exec(DONE, params![desk.workspace(), id, message]).await?;
    Ok(())
}

/// Which of these blobs are named by a row: for collecting the orphans.
///
/// # Errors
/// The store's.
pub async fn named_blobs(app: &App, hashes: Vec<BlobHash>) -> Result<Vec<BlobHash>> {
    let mut named = Vec::new();
    for (workspace, _) in app.workspaces().await? {
        let asked = hashes.clone();
        let scope: Scope = workspace.as_system();
        let found = app
            .read(scope, move |desk| {
                Box::pin(async move {
                    let mut found = Vec::new();
                    for hash in asked {
                        for sql in [NAMED_DELIVERY, NAMED_MESSAGE, NAMED_ATTACHMENT, NAMED_UPLOAD] {
                            let params = params![desk.workspace(), &hash.as_bytes()[..]];
                            if desk.tx().row::<(i32,)>(sql, params).await?.is_some() {
                                found.push(hash);
                                break;
                            }
                        }
                    }
                    Ok(found)
                })
            })
            .await?;
        named.extend(found);
    }
    Ok(named)
}
