//! What arrived and could not be read: kept as it came, shown with the reason, tried again by hand or after an upgrade, or put
//! aside. It never delays what came after it.

use crate::{
    App, Desk, Error, Event, Result, Scope,
    channel::Envelope,
    intake::{DeliveryId, order},
    mailboxes::MailboxId,
};
use base::{blobs::BlobHash, params, row, statements};
use bytes::Bytes;
use jiff::Timestamp;

statements! {
    FAIL = "update delivery set state = 2, error = $3 where workspace_id = $1 and id = $2 and state = 0";
    LIST = "select id, mailbox_id, size, envelope, received_at, coalesce(error, '') from delivery
        where workspace_id = $1 and state = 2 and id < $2 order by id desc limit $3";
    ANY = "select 1 from delivery where workspace_id = $1 and state = 2 limit 1";
    RETRY = "update delivery set state = 0, error = null where workspace_id = $1 and id = $2 and state = 2";
    DISCARD = "update delivery set state = 3 where workspace_id = $1 and id = $2 and state = 2";
    BLOB = "select blob from delivery where workspace_id = $1 and id = $2 and state = 2";
}

row! {
    /// Something that could not be read.
    #[derive(Debug, Clone)]
    pub struct Quarantined {
        /// Its place in the journal.
        pub id: DeliveryId,
        /// In which mailbox it arrived, where that is known.
        pub mailbox: Option<MailboxId>,
        /// Bytes.
        pub size: i64,
        envelope: String,
        /// When it arrived.
        pub received_at: Timestamp,
        /// Why it could not be read, in words.
        pub reason: String,
    }
}

impl Quarantined {
    /// What the transport said about it.
    pub fn envelope(&self) -> Envelope {
        serde_json::from_str(&self.envelope).unwrap_or_default()
    }
}

/// Puts an arrival in quarantine.
pub(crate) async fn put(desk: &mut Desk<'_>, id: DeliveryId, reason: &str) -> Result<()> {
    if desk.tx().exec(FAIL, params![desk.workspace(), id, reason]).await? == 1 {
        desk.emit(Event::QuarantineChanged);
    }
    Ok(())
}

/// What is in quarantine, newest first, from before `before`.
///
/// # Errors
/// The store's.
pub async fn list(desk: &mut Desk<'_>, before: Option<DeliveryId>, limit: i64) -> Result<Vec<Quarantined>> {
    let before = before.unwrap_or(DeliveryId(uuid::Uuid::max()));
    Ok(desk.tx().rows(LIST, params![desk.workspace(), before, limit]).await?)
}

/// Whether anything is in quarantine.
///
/// # Errors
/// The store's.
pub async fn any(desk: &mut Desk<'_>) -> Result<bool> {
    Ok(desk.tx().row::<(i32,)>(ANY, params![desk.workspace()]).await?.is_some())
}

/// Has one arrival read again.
///
/// # Errors
/// [`Error::NotFound`] when it is not in quarantine.
pub async fn retry(desk: &mut Desk<'_>, id: DeliveryId) -> Result<()> {
    if desk.tx().exec(RETRY, params![desk.workspace(), id]).await? == 0 {
        return Err(Error::NotFound);
    }
    desk.emit(Event::QuarantineChanged);
    order(desk, id).await
}

/// Has everything in quarantine read again, a hundred at a time; returns how many.
///
/// # Errors
/// The store's.
pub async fn retry_all(app: &App, scope: Scope) -> Result<u64> {
    let (mut before, mut count) = (None, 0);
    loop {
        let (last, retried) = app
            .write(scope, move |desk| {
                Box::pin(async move {
                    let some = list(desk, before, 100).await?;
                    for one in &some {
                        retry(desk, one.id).await?;
                    }
                    Ok((some.last().map(|one| one.id), some.len() as u64))
                })
            })
            .await?;
        count += retried;
        match last {
            Some(last) => before = Some(last),
            None => return Ok(count),
        }
    }
}

/// Puts an arrival aside for good; its bytes stay in the journal.
///
/// # Errors
/// [`Error::NotFound`] when it is not in quarantine.
pub async fn discard(desk: &mut Desk<'_>, id: DeliveryId) -> Result<()> {
    if desk.tx().exec(DISCARD, params![desk.workspace(), id]).await? == 0 {
        return Err(Error::NotFound);
    }
    desk.emit(Event::QuarantineChanged);
    Ok(())
}

/// An arrival's bytes as they came.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Unavailable`] when the folder or bucket does not answer.
pub async fn raw(app: &App, scope: Scope, id: DeliveryId) -> Result<Bytes> {
    let (blob,): (Vec<u8>,) = app
        .read(scope, move |desk| {
            Box::pin(async move { desk.tx().row(BLOB, params![desk.workspace(), id]).await?.ok_or(Error::NotFound) })
        })
        .await?;
    let blob = BlobHash(blob.as_slice().try_into().map_err(Error::internal)?);
    app.blobs().get(blob).await.map_err(|error| Error::Unavailable(error.to_string()))
}
