//! A desk at work: store, blobs, workers and the e-mail channel, in a temporary folder.

use base::{
    blobs::{Blobs, Place},
    clock::SystemClock,
    db::{Db, DbError},
    secret::SecretKey,
};
use channels::email::{self, Email, Listeners};
use desk::{
    Actor, App, Parts, Result, Scope, WorkspaceId,
    conversations::{self, Conversation, ConversationId, Message, MessageKind, NewReply, View},
    jobs,
    mailboxes::{self, Mailbox, MailboxForm, MailboxId},
    people::{self, AgentId, NewAgent, Role},
};
use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};
use testkit::{mail::PASSWORD, wait};
use tokio_util::sync::CancellationToken;

/// A running desk.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) workspace: WorkspaceId,
    pub(crate) agent: AgentId,
    /// Where the listeners answer: SMTP, LMTP.
    pub(crate) listeners: Vec<SocketAddr>,
    stop: CancellationToken,
    tasks: Vec<tokio::task::JoinHandle<()>>,
    folder: Option<tempfile::TempDir>,
}

impl House {
    /// A new desk with one agent.
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = start(folder.path()).await;
        let mut house = Self::set_up(app, Some(folder)).await;
        house.work().await;
        house
    }

    async fn set_up(app: App, folder: Option<tempfile::TempDir>) -> Self {
        let new = NewAgent { email: "alex@shop.test".into(), name: "Alex".into(), role: Role::Owner };
        let agent = people::set_up(&app, "Shop", new, "correct horse battery").await.unwrap();
        let workspace = app.workspace().await.unwrap().unwrap();
        Self::idle(app, workspace, agent, folder)
    }

    fn idle(app: App, workspace: WorkspaceId, agent: AgentId, folder: Option<tempfile::TempDir>) -> Self {
        let (stop, tasks) = (CancellationToken::new(), vec![]);
        Self { app, workspace, agent, listeners: vec![], stop, tasks, folder }
    }

    pub(crate) async fn work(&mut self) {
        self.app.add_channel(Arc::new(Email));
        let loopback: SocketAddr = "127.0.0.1:0".parse().unwrap();
        let listeners = Listeners::bind(Some(loopback), Some(loopback), 1024 * 1024).await.unwrap();
        self.listeners = listeners.addresses();
        let (app, stop) = (self.app.clone(), self.stop.clone());
        self.tasks = vec![
            tokio::spawn(email::run(app.clone(), listeners, stop.clone())),
            tokio::spawn(jobs::work(app, jobs::handlers(), 4, stop, Duration::from_secs(5))),
        ];
    }

    /// Stops everything in good order, and starts again on the same folder.
    pub(crate) async fn restart(mut self) -> Self {
        self.stop.cancel();
        for task in self.tasks.drain(..) {
            task.await.unwrap();
        }
        let folder = self.folder.take().unwrap();
        let mut house = Self::idle(start(folder.path()).await, self.workspace, self.agent, Some(folder));
        house.work().await;
        house
    }

    /// Stops everything in good order; the folder is there as long as what is returned.
    pub(crate) async fn close(mut self) -> Option<tempfile::TempDir> {
        self.stop.cancel();
        for task in self.tasks.drain(..) {
            task.await.unwrap();
        }
        self.folder.take()
    }

    pub(crate) fn as_agent(&self) -> Scope {
        Scope { workspace: self.workspace, actor: Actor::Agent(self.agent) }
    }

    pub(crate) async fn create_mailbox(&self, form: MailboxForm) -> MailboxId {
        mailboxes::create(&self.app, self.as_agent(), form).await.unwrap()
    }

    pub(crate) async fn mailbox(&self, id: MailboxId) -> Mailbox {
        mailboxes::opened(&self.app, self.workspace.as_system(), id).await.unwrap()
    }

    /// Waits until the mailbox's health fits.
    pub(crate) async fn health(&self, id: MailboxId, fits: impl Fn(&mailboxes::Health) -> bool) -> mailboxes::Health {
        wait::eventually("the mailbox's health", wait::PATIENCE, async || {
            Some(self.mailbox(id).await.health).filter(|health| fits(health))
        })
        .await
    }

    /// Open conversations, newest first.
    pub(crate) async fn conversations(&self) -> Vec<(ConversationId, String)> {
        let list = self.app.read(self.as_agent(), |desk| {
            Box::pin(async move { conversations::list(desk, View::Open, None, 200).await })
        });
        list.await.unwrap().into_iter().map(|listed| (listed.row.id, listed.row.subject)).collect()
    }

    /// The subjects of all open conversations, sorted, once there are `count`.
    pub(crate) async fn subjects(&self, count: usize) -> Vec<String> {
        wait::eventually(&format!("{count} conversations"), wait::PATIENCE, async || {
            let mut subjects: Vec<_> = self.conversations().await.into_iter().map(|(_, subject)| subject).collect();
            subjects.sort();
            (subjects.len() >= count).then_some(subjects)
        })
        .await
    }

    pub(crate) async fn thread(&self, id: ConversationId) -> Vec<Message> {
        let thread = self.app.read(self.as_agent(), move |desk| {
            Box::pin(async move { conversations::thread(desk, id, None, 200).await })
        });
        thread.await.unwrap()
    }

    /// Answers as the agent.
    pub(crate) async fn answer(
        &self,
        conversation: ConversationId,
        markdown: &str,
    ) -> Result<conversations::MessageId> {
        let seen = self.thread(conversation).await.last().map(|message| message.id);
        let new = NewReply {
            conversation,
            client_id: None,
            markdown: markdown.to_owned(),
            from: None,
            to: None,
            cc: None,
            uploads: vec![],
            seen,
            send_anyway: false,
            leaves_at: None,
        };
        self.app
            .write(self.as_agent(), move |desk| Box::pin(async move { conversations::reply(desk, new).await }))
            .await
    }

    /// The answer in a conversation, once its delivery state fits.
    pub(crate) async fn delivery(
        &self,
        conversation: ConversationId,
        fits: impl Fn(conversations::DeliveryState) -> bool,
    ) -> Message {
        wait::eventually("the delivery", wait::PATIENCE, async || {
            let thread = self.thread(conversation).await;
            let answer = thread.into_iter().rev().find(|message| message.kind != MessageKind::Incoming)?;
            answer.delivery.is_some_and(&fits).then_some(answer)
        })
        .await
    }

    /// Arrivals that could not be taken in: what names them at their source, and the reason.
    pub(crate) async fn set_aside(&self) -> Vec<(String, String)> {
        let sql = "select source_key, error from delivery where state = 2 order by id";
        let rows = self.app.db().read::<_, DbError, _>(move |tx| Box::pin(async move { tx.rows(sql, &[]).await }));
        rows.await.unwrap()
    }

    /// Has everything tried again that is set aside.
    pub(crate) async fn try_again(&self) {
        desk::quarantine::retry_all(&self.app, self.as_agent()).await.unwrap();
    }

    /// One conversation as it stands.
    pub(crate) async fn conversation(&self, id: ConversationId) -> Conversation {
        let found =
            self.app.read(self.as_agent(), move |desk| Box::pin(async move { conversations::find(desk, id).await }));
        found.await.unwrap()
    }

    /// Waits until the conversation holds so many messages.
    pub(crate) async fn messages(&self, id: ConversationId, count: usize) -> Vec<Message> {
        wait::eventually(&format!("{count} messages"), wait::PATIENCE, async || {
            Some(self.thread(id).await).filter(|thread| thread.len() >= count)
        })
        .await
    }

    /// Another node on the same store: PostgreSQL at `url`.
    pub(crate) async fn node(url: &str, blobs: &Path) -> App {
        let parts = Parts {
            db: Db::open_postgres(url, 8).await.unwrap(),
            blobs: Blobs::open(&Place::Folder(blobs.to_owned())).unwrap(),
            clock: Arc::new(SystemClock),
            key: SecretKey::from_bytes([7; 32]),
        };
        App::start(parts).await.unwrap()
    }

    /// A new desk on two nodes, with one PostgreSQL store; the second is still to be put to work.
    pub(crate) async fn open_on_two_nodes() -> (Self, Self) {
        let folder = tempfile::tempdir().unwrap();
        let url = testkit::app::TestApp::postgres_url().await.unwrap();
        let (one, other) = (Self::node(&url, folder.path()).await, Self::node(&url, folder.path()).await);
        let mut first = Self::set_up(one, Some(folder)).await;
        let (workspace, agent) = (first.workspace, first.agent);
        let second = Self::idle(other, workspace, agent, None);
        first.work().await;
        (first, second)
    }

    /// Looks in on the mailbox's server every second when that can't tell of new mail itself.
    pub(crate) async fn poll_every_second(&self) {
        let sql = "update mailbox set settings = replace(settings, '\"poll_seconds\":30', '\"poll_seconds\":1')";
        let written = self.app.db().write::<_, DbError, _>(move |tx| Box::pin(async move { tx.exec(sql, &[]).await }));
        assert_eq!(written.await.unwrap(), 1);
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn start(folder: &Path) -> App {
    let parts = Parts {
        db: Db::open_sqlite_without_sync(&folder.join("rapport.db")).unwrap(),
        blobs: Blobs::open(&Place::Folder(folder.join("blobs"))).unwrap(),
        clock: Arc::new(SystemClock),
        key: SecretKey::from_bytes([7; 32]),
    };
    App::start(parts).await.unwrap()
}

/// `help@shop.test` with nothing but its name: mail comes through the listeners only.
pub(crate) fn form() -> MailboxForm {
    MailboxForm { name: "Shop help".into(), address: "help@shop.test".into(), ..MailboxForm::default() }
}

/// The same, fetched from an IMAP server on this machine.
pub(crate) fn fetched(port: u16, security: &str) -> MailboxForm {
    MailboxForm {
        imap_host: "127.0.0.1".into(),
        imap_port: port.to_string(),
        imap_security: security.into(),
        imap_password: PASSWORD.into(),
        ..form()
    }
}

/// A mail to `help@shop.test`.
pub(crate) fn mail(number: u32, subject: &str) -> Vec<u8> {
    format!(
        "From: Ann <ann@customer.test>\r\nTo: help@shop.test\r\nSubject: {subject}\r\nMessage-ID: <{number}@customer.test>\r\n\
        Date: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\nThis is mail number {number}.\r\n"
    )
    .into_bytes()
}
