//! `App`: the running product. Pages, API, channels and commands hold a clone of it and do everything through it.

use crate::{
    Actor, Desk, Error, Happened, Result, Scope, WorkspaceId, channel::Channel, listeners, notifications::Wording,
    schema,
};
use base::{
    blobs::Blobs,
    clock::Clock,
    db::{Db, DbError, Work},
    dns::Dns,
    events,
    id::Ids,
    migrate, params,
    secret::SecretKey,
    statements,
};
use parking_lot::RwLock;
use std::sync::Arc;
use tokio::sync::{Notify, watch};

statements! {
    WORKSPACES = "select workspace_id, name from workspace order by workspace_id";
    CREATE_WORKSPACE = "insert into workspace (workspace_id, name, created_at, event_seq, conversation_number)
        values ($1, $2, $3, 0, 0)";
    READY = "select count(*) from schema_version";
}

/// What an [`App`] is made of.
pub struct Parts {
    /// The store.
    pub db: Db,
    /// Raw mail and attachments.
    pub blobs: Blobs,
    /// The clock that everything is told the time by.
    pub clock: Arc<dyn Clock>,
    /// Encrypts secrets at rest.
    pub key: SecretKey,
}

/// The running product; clones share it.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    parts: Parts,
    ids: Ids,
    wake: Wake,
    channels: RwLock<Vec<Arc<dyn Channel>>>,
    dns: RwLock<Dns>,
    wording: RwLock<Option<Arc<dyn Wording>>>,
    push_services: RwLock<Vec<String>>,
    hashing: tokio::sync::Semaphore,
}

/// Tells those who wait that there is something new. Only a wake-up: the truth is in the tables, and a lost one costs the
/// listener's next poll.
#[derive(Clone)]
pub struct Wake {
    events: watch::Sender<u64>,
    jobs: Arc<Notify>,
    mailboxes: watch::Sender<u64>,
}

impl Wake {
    fn new() -> Self {
        Self { events: watch::Sender::new(0), jobs: Arc::default(), mailboxes: watch::Sender::new(0) }
    }

    /// Changes whenever events were committed on this node.
    pub fn events(&self) -> watch::Receiver<u64> {
        self.events.subscribe()
    }

    /// Notified when jobs became due on this node.
    pub fn jobs(&self) -> Arc<Notify> {
        self.jobs.clone()
    }

    /// Changes whenever a mailbox's settings changed on this node.
    pub fn mailboxes(&self) -> watch::Receiver<u64> {
        self.mailboxes.subscribe()
    }

    pub(crate) fn mailboxes_changed(&self) {
        self.mailboxes.send_modify(|n| *n += 1);
    }
}

impl App {
    /// Brings the store's schema forward and makes the product ready.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the store can't be used or was made by a newer version.
    pub async fn start(parts: Parts) -> Result<Self> {
        migrate::run(&parts.db, schema::MIGRATIONS).await?;
        Ok(Self::of(parts))
    }

    /// The product in a store that is only looked into: its schema stays as it is.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the store does not answer, or was made by another version.
    pub async fn look_in(parts: Parts) -> Result<Self> {
        migrate::is_current(&parts.db, schema::MIGRATIONS).await?;
        Ok(Self::of(parts))
    }

    fn of(parts: Parts) -> Self {
        let ids = Ids::new(parts.clock.clone());
        Self(Arc::new(Inner {
            parts,
            ids,
            wake: Wake::new(),
            channels: RwLock::default(),
            dns: RwLock::default(),
            wording: RwLock::default(),
            push_services: RwLock::default(),
            hashing: tokio::sync::Semaphore::new(2),
        }))
    }

    /// Runs one unit of work as `scope` and commits its changes, events and jobs together.
    ///
    /// # Errors
    /// The body's; nothing is changed then.
    pub async fn write<T, F>(&self, scope: Scope, body: F) -> Result<T>
    where
        F: for<'b, 't> FnOnce(&'b mut Desk<'t>) -> Work<'b, T, Error> + Clone + Send + 'static,
        T: Send + 'static,
    {
        let (now, ids, wording) = (self.now(), self.0.ids.clone(), self.wording());
        let (value, traces) = self
            .0
            .parts
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let mut desk = Desk::new(tx, scope, now, ids, wording);
                    let value = body(&mut desk).await?;
                    listeners::tell(&mut desk).await?;
                    let traces = desk.flush().await?;
                    Ok::<_, Error>((value, traces))
                })
            })
            .await?;
        if traces.newest_event.is_some() {
            self.0.wake.events.send_modify(|n| *n += 1);
        }
        if traces.jobs {
            self.0.wake.jobs.notify_one();
        }
        Ok(value)
    }

    /// Runs queries as `scope` on one consistent snapshot.
    ///
    /// # Errors
    /// The body's.
    pub async fn read<T, F>(&self, scope: Scope, body: F) -> Result<T>
    where
        F: for<'b, 't> FnOnce(&'b mut Desk<'t>) -> Work<'b, T, Error> + Clone + Send + 'static,
        T: Send + 'static,
    {
        let (now, ids, wording) = (self.now(), self.0.ids.clone(), self.wording());
        self.0
            .parts
            .db
            .read(move |tx| {
                Box::pin(async move {
                    let mut desk = Desk::new(tx, scope, now, ids, wording).reading();
                    body(&mut desk).await
                })
            })
            .await
    }

    /// Up to `limit` events of a workspace after `seq`, in their order, and the number to go on from.
    ///
    /// # Errors
    /// The store's.
    pub async fn events_after(&self, workspace: WorkspaceId, seq: i64, limit: i64) -> Result<(Vec<Happened>, i64)> {
        let rows =
            self.db().read(move |tx| Box::pin(async move { events::after(tx, workspace.0, seq, limit).await })).await?;
        let last = rows.last().map_or(seq, |row| row.seq);
        Ok((rows.iter().filter_map(Happened::from_recorded).collect(), last))
    }

    /// The number of a workspace's newest event.
    ///
    /// # Errors
    /// The store's.
    pub async fn newest_event(&self, workspace: WorkspaceId) -> Result<i64> {
        Ok(self.db().read(move |tx| Box::pin(async move { events::newest(tx, workspace.0).await })).await?)
    }

    /// The workspaces of this installation.
    ///
    /// # Errors
    /// The store's.
    pub async fn workspaces(&self) -> Result<Vec<(WorkspaceId, String)>> {
        Ok(self.db().read::<_, DbError, _>(|tx| Box::pin(async move { tx.rows(WORKSPACES, &[]).await })).await?)
    }

    /// The one workspace of this installation; none before the owner was created.
    ///
    /// # Errors
    /// The store's.
    pub async fn workspace(&self) -> Result<Option<WorkspaceId>> {
        Ok(self.workspaces().await?.first().map(|(id, _)| *id))
    }

    /// Creates a workspace.
    ///
    /// # Errors
    /// The store's.
    pub async fn create_workspace(&self, name: &str) -> Result<WorkspaceId> {
        let (id, now, name) = (WorkspaceId(self.0.ids.next()), self.now(), name.to_owned());
        self.db()
            .write::<_, DbError, _>(move |tx| {
                Box::pin(async move { tx.exec(CREATE_WORKSPACE, params![id, name.as_str(), now]).await })
            })
            .await?;
        Ok(id)
    }

    /// Asks the store for an answer: for readiness checks.
    ///
    /// # Errors
    /// The store's.
    pub async fn check(&self) -> Result<()> {
        self.db().read::<(i64,), DbError, _>(|tx| Box::pin(async move { tx.one(READY, &[]).await })).await?;
        self.db().write::<(), DbError, _>(|_| Box::pin(async move { Ok(()) })).await?;
        Ok(())
    }

    /// The present moment.
    pub fn now(&self) -> jiff::Timestamp {
        self.0.parts.clock.now()
    }

    /// A new time-ordered id.
    pub fn new_id(&self) -> uuid::Uuid {
        self.0.ids.next()
    }

    /// The store, for this crate and the test kit; everything else goes through [`App::write`] and [`App::read`].
    pub fn db(&self) -> &Db {
        &self.0.parts.db
    }

    /// Raw mail and attachments.
    pub fn blobs(&self) -> &Blobs {
        &self.0.parts.blobs
    }

    /// Encrypts secrets at rest.
    pub fn key(&self) -> &SecretKey {
        &self.0.parts.key
    }

    /// Tells those who wait that there is something new.
    pub fn wake(&self) -> &Wake {
        &self.0.wake
    }

    /// The way to the DNS; none until it was set.
    pub fn dns(&self) -> Dns {
        self.0.dns.read().clone()
    }

    /// Sets the way to the DNS; the server does this once at start.
    pub fn set_dns(&self, dns: Dns) {
        *self.0.dns.write() = dns;
    }

    /// Who finds the words of digests and messages to browsers; none until it was set.
    pub fn wording(&self) -> Option<Arc<dyn Wording>> {
        self.0.wording.read().clone()
    }

    /// Sets who finds the words; the pages do this once at start.
    pub fn set_wording(&self, wording: Arc<dyn Wording>) {
        *self.0.wording.write() = Some(wording);
    }

    /// Origins of push services that the operator has named, besides those that browsers use.
    pub fn push_services(&self) -> Vec<String> {
        self.0.push_services.read().clone()
    }

    /// Names further push services; the server does this once at start.
    pub fn set_push_services(&self, origins: Vec<String>) {
        *self.0.push_services.write() = origins;
    }

    /// Makes a way in and out known; the server does this once for each at start.
    pub fn add_channel(&self, channel: Arc<dyn Channel>) {
        self.0.channels.write().push(channel);
    }

    /// The channel of that name.
    pub fn channel(&self, name: &str) -> Option<Arc<dyn Channel>> {
        self.0.channels.read().iter().find(|channel| channel.name() == name).cloned()
    }

    /// At most so many passwords are hashed at once: each takes tens of megabytes.
    pub(crate) fn hashing(&self) -> &tokio::sync::Semaphore {
        &self.0.hashing
    }
}

impl WorkspaceId {
    /// The product itself at work in this workspace.
    pub fn as_system(self) -> Scope {
        Scope { workspace: self, actor: Actor::System }
    }
}
