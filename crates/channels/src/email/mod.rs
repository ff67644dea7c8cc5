//! E-mail, in and out.
//!
//! In: [`run`] follows the IMAP folder of every mailbox that has one and listens for mail servers by SMTP and LMTP; whatever
//! comes is handed to the desk as it is, and acknowledged when the desk has stored it. Out: [`Email`] sends through the
//! mailbox's SMTP server and says what became of the message, without ever guessing.

mod doctor;
mod identity;
mod imap;
pub mod import;
mod listener;
mod patience;
mod read;
mod smtp;
mod tls;

pub use listener::{Certificate, Listeners};
pub use read::read;

use async_trait::async_trait;
use base::queue::JobError;
use bytes::Bytes;
use desk::{
    App, WorkspaceId,
    channel::{Channel, Envelope, Outgoing, PointOfNoReturn, SendOutcome},
    conversations::{Incoming, Verdicts},
    finding::{Finding, Subject},
    mailboxes::{Mailbox, MailboxId},
};
use tokio_util::sync::CancellationToken;

/// Stored with conversations and arrivals that came by e-mail.
const NAME: &str = "email";

/// The channel.
#[derive(Debug, Clone, Copy, Default)]
pub struct Email;

#[async_trait]
impl Channel for Email {
    fn name(&self) -> &'static str {
        NAME
    }

    fn read(&self, raw: &[u8], envelope: &Envelope) -> Incoming {
        read(raw, envelope)
    }

    async fn examine(&self, app: &App, mailbox: Option<&Mailbox>, raw: &Bytes, envelope: &Envelope) -> Verdicts {
        identity::examine(&app.dns(), mailbox, raw, envelope).await
    }

    async fn diagnose(&self, app: &App, workspace: WorkspaceId, subject: &Subject) -> Vec<Finding> {
        doctor::diagnose(app, workspace, subject).await
    }

    async fn fetch_again(
        &self,
        app: &App,
        workspace: WorkspaceId,
        mailbox: MailboxId,
        source_key: &str,
    ) -> Result<Bytes, JobError> {
        imap::fetch_again(app, workspace, mailbox, source_key).await
    }

    async fn send(&self, _app: &App, order: &Outgoing, point_of_no_return: PointOfNoReturn<'_>) -> SendOutcome {
        smtp::send(order, point_of_no_return).await
    }
}

/// Takes mail in until `stop`: follows all active mailboxes, as they are set up and changed, and serves `listeners`.
pub async fn run(app: App, listeners: Listeners, stop: CancellationToken) {
    tokio::join!(imap::follow_all(app.clone(), stop.clone()), listeners.serve(app, stop));
}
