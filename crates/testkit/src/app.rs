//! A fresh product on a fresh store, with a clock that stands still and a channel that sends into a list.

use anyhow::Result;
use async_trait::async_trait;
use base::{
    blobs::{Blobs, Place},
    clock::StillClock,
    db::Db,
    migrate,
    secret::SecretKey,
};
use bytes::Bytes;
use desk::{
    App, Parts, Scope, WorkspaceId,
    channel::{Channel, Envelope, Outgoing, PointOfNoReturn, SendOutcome},
    conversations::{ConversationId, Incoming, Verdicts},
    finding::{Finding, Subject},
    intake::{Accepted, Arrival},
    jobs,
    mailboxes::{self, Mailbox, MailboxForm, MailboxId},
    people::{self, Client, NewAgent, Role, Viewer},
    schema,
};
use parking_lot::Mutex;
use std::{collections::VecDeque, sync::Arc};
use tempfile::TempDir;

/// The password of everybody in tests.
pub const PASSWORD: &str = "correct horse battery";

/// A fresh product.
pub struct TestApp {
    /// The product.
    pub app: App,
    /// Its clock, standing at 2026-11-22 10:00 UTC.
    pub clock: StillClock,
    /// Its only channel.
    pub channel: Arc<TestChannel>,
    /// Its workspace, once set up.
    pub workspace: WorkspaceId,
    /// Its owner, signed in.
    pub owner: Viewer,
    /// Its mailbox, `help@desk.example`.
    pub mailbox: MailboxId,
    folder: TempDir,
}

/// Reads mail as the e-mail channel does, and keeps what it is to send.
#[derive(Default)]
pub struct TestChannel {
    /// What was handed over.
    pub sent: Mutex<Vec<Outgoing>>,
    /// What the next hand-overs end with; [`SendOutcome::Sent`] when it is empty.
    pub outcomes: Mutex<VecDeque<SendOutcome>>,
    /// Mail that holds this breaks its reader.
    pub unreadable: Mutex<Option<&'static str>>,
}

#[async_trait]
impl Channel for TestChannel {
    fn name(&self) -> &'static str {
        "email"
    }

    fn read(&self, raw: &[u8], envelope: &Envelope) -> Incoming {
        if let Some(word) = *self.unreadable.lock() {
            assert!(!String::from_utf8_lossy(raw).contains(word), "a reader that breaks on {word}");
        }
        channels::email::read(raw, envelope)
    }

    async fn examine(&self, app: &App, mailbox: Option<&Mailbox>, raw: &Bytes, envelope: &Envelope) -> Verdicts {
        channels::email::Email.examine(app, mailbox, raw, envelope).await
    }

    async fn diagnose(&self, app: &App, workspace: WorkspaceId, subject: &Subject) -> Vec<Finding> {
        channels::email::Email.diagnose(app, workspace, subject).await
    }

    async fn send(&self, _: &App, order: &Outgoing, about_to: PointOfNoReturn<'_>) -> SendOutcome {
        if let Err(error) = about_to.await {
            return SendOutcome::Deferred(error.to_string().into());
        }
        self.sent.lock().push(order.clone());
        self.outcomes.lock().pop_front().unwrap_or_else(|| SendOutcome::Sent("250 ok".into()))
    }
}

impl TestApp {
    /// On an embedded store in a temporary folder.
    ///
    /// # Panics
    /// When it can't be made.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let db = Db::open_sqlite_without_sync(&folder.path().join("rapport.db")).expect("a store");
        Self::on(db, folder).await.expect("a product")
    }

    /// On a database of its own in the test run's PostgreSQL.
    ///
    /// # Panics
    /// When it can't be made.
    pub async fn postgres() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = Self::postgres_url().await.expect("a database");
        let db = Db::open_postgres(&url, 8).await.expect("a store");
        Self::on(db, folder).await.expect("a product")
    }

    /// The address of a fresh database with the present schema.
    ///
    /// # Errors
    /// PostgreSQL's.
    pub async fn postgres_url() -> Result<String> {
        crate::postgres::fresh_database_from("desk", |url: String| async move {
            let db = Db::open_postgres(&url, 2).await?;
            migrate::run(&db, schema::MIGRATIONS).await?;
            Ok(())
        })
        .await
    }

    async fn on(db: Db, folder: TempDir) -> Result<Self> {
        let clock = StillClock::at("2026-11-22T10:00:00Z".parse()?);
        let blobs = Blobs::open(&Place::Folder(folder.path().join("blobs")))?;
        let key = SecretKey::from_bytes([7; 32]);
        let app = App::start(Parts { db, blobs, clock: Arc::new(clock.clone()), key }).await?;
        let channel = Arc::new(TestChannel::default());
        app.add_channel(channel.clone());
        let owner = NewAgent { email: "owner@desk.example".into(), name: "Olga Owner".into(), role: Role::Owner };
        people::set_up(&app, "Desk Ltd", owner, PASSWORD).await?;
        let workspace = app.workspace().await?.ok_or_else(|| anyhow::anyhow!("no workspace"))?;
        let owner = sign_in(&app, "owner@desk.example").await?;
        let form = MailboxForm { name: "Help".into(), address: "help@desk.example".into(), ..MailboxForm::default() };
        let mailbox = mailboxes::create(&app, workspace.as_system(), form).await?;
        Ok(Self { app, clock, channel, workspace, owner, mailbox, folder })
    }

    /// The folder that this product may write to.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The product itself at work.
    pub fn system(&self) -> Scope {
        self.workspace.as_system()
    }

    /// Adds somebody and signs them in; the address is made of the name's first word.
    ///
    /// # Panics
    /// When it can't be done.
    pub async fn sign_in_new(&self, name: &str, role: Role) -> Viewer {
        let first = name.split(' ').next().unwrap_or(name).to_lowercase();
        let email = format!("{first}@desk.example");
        let agent = NewAgent { email: email.clone(), name: name.into(), role };
        people::add_agent(&self.app, self.owner.scope(), agent, PASSWORD).await.expect("a new agent");
        sign_in(&self.app, &email).await.expect("a session")
    }

    /// Adds an agent and signs them in.
    ///
    /// # Panics
    /// When it can't be done.
    pub async fn agent(&self, name: &str) -> Viewer {
        self.sign_in_new(name, Role::Agent).await
    }

    /// Takes a raw mail in and reads it.
    ///
    /// # Panics
    /// When it can't be done.
    pub async fn deliver(&self, raw: &str) {
        self.accept(raw, &self.app.new_id().to_string()).await;
        self.run_jobs().await;
    }

    /// Takes a raw mail in under this source key, unread.
    ///
    /// # Panics
    /// When it can't be done.
    pub async fn accept(&self, raw: &str, source_key: &str) -> Accepted {
        let arrival = Arrival {
            channel: "email",
            mailbox: Some(self.mailbox),
            source_key: source_key.to_owned(),
            raw: raw.replace('\n', "\r\n").into_bytes().into(),
            envelope: Envelope::default(),
            problem: None,
        };
        let accepted = self.app.accept(self.workspace, vec![arrival], None).await.expect("accepted");
        accepted[0]
    }

    /// Runs all jobs that are due.
    pub async fn run_jobs(&self) -> usize {
        jobs::run_due(&self.app, jobs::handlers()).await
    }

    /// Takes in a mail from this address with this subject and text, and returns its conversation.
    ///
    /// # Panics
    /// When it can't be done.
    pub async fn mail_from(&self, address: &str, subject: &str, text: &str) -> ConversationId {
        let id = self.app.new_id();
        self.deliver(&format!(
            "From: {address}\nTo: help@desk.example\nSubject: {subject}\nMessage-ID: <{id}@customer.example>\n\
             Date: Sun, 22 Nov 2026 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
        ))
        .await;
        self.newest_conversation().await
    }

    /// The conversation with the greatest number.
    ///
    /// # Panics
    /// When there is none.
    pub async fn newest_conversation(&self) -> ConversationId {
        let found = self
            .app
            .read(self.system(), |desk| {
                Box::pin(async move {
                    let mut number = 1;
                    let mut newest = desk::conversations::find_by_number(desk, 1).await?;
                    while let Ok(next) = desk::conversations::find_by_number(desk, number + 1).await {
                        newest = next;
                        number += 1;
                    }
                    Ok(newest.id)
                })
            })
            .await;
        found.expect("a conversation")
    }
}

async fn sign_in(app: &App, email: &str) -> Result<Viewer> {
    let token = people::sign_in(app, email, PASSWORD, Client::default()).await?;
    people::check_session(app, &token).await?.ok_or_else(|| anyhow::anyhow!("no session"))
}

/// Declares tests that run on both engines: `async fn name(t: TestApp) { … }` becomes `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$meta:meta])* async fn $name:ident($t:ident: TestApp) $body:block)*) => { $(
        mod $name {
            #[allow(unused_imports, reason = "what the test's file imports, all of it or some")]
            use super::*;
            async fn run($t: $crate::app::TestApp) $body
            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                run($crate::app::TestApp::sqlite().await).await;
            }
            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                run($crate::app::TestApp::postgres().await).await;
            }
        }
    )* };
}
