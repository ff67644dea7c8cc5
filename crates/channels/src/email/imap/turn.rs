//! Whose turn it is to follow a mailbox, where several nodes share a store: one connection does, and following twice would only be work
//! for the mail server. Should two follow for a moment after all, nothing is taken twice.

use base::db::Engine;
use desk::{
    App, WorkspaceId,
    mailboxes::{self, MailboxId},
};
use jiff::SignedDuration;
use std::time::Duration;
use uuid::Uuid;

/// Who has not said for so long that it goes on is taken for dead.
const LEASE: SignedDuration = SignedDuration::from_secs(30);
/// How often it is said, and how often the others ask.
const AGAIN: Duration = Duration::from_secs(10);

/// A follower's claim to a mailbox.
#[derive(Clone)]
pub(super) struct Turn {
    app: App,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    holder: Uuid,
}

impl Turn {
    pub(super) fn new(app: &App, workspace: WorkspaceId, mailbox: MailboxId) -> Self {
        Self { app: app.clone(), workspace, mailbox, holder: app.new_id() }
    }

    /// Returns when it is our turn; at once where no other node can be.
    pub(super) async fn wait(&self) {
        while !self.claim().await {
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// Says again and again that we go on; returns when it is somebody else's turn, because we had not said so for too long.
    pub(super) async fn keep(&self) {
        loop {
            tokio::time::sleep(AGAIN).await;
            if !self.claim().await {
                return;
            }
        }
    }

    /// Lets another node go on.
    pub(super) async fn end(&self) {
        if self.is_shared()
            && let Err(error) =
                mailboxes::let_go(&self.app, self.workspace.as_system(), self.mailbox, self.holder).await
        {
            tracing::debug!(%error, "the others will notice by themselves that a mailbox is free");
        }
    }

    async fn claim(&self) -> bool {
        if !self.is_shared() {
            return true;
        }
        let scope = self.workspace.as_system();
        mailboxes::hold(&self.app, scope, self.mailbox, self.holder, LEASE).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "whose turn it is to follow a mailbox could not be found out");
            false
        })
    }

    fn is_shared(&self) -> bool {
        self.app.db().engine() == Engine::Postgres
    }
}
