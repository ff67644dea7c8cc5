//! E-mail that stays on this machine: what the demonstration's agents answer is taken and goes nowhere.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use desk::{
    App, WorkspaceId,
    channel::{Channel, Envelope, Outgoing, PointOfNoReturn, SendOutcome},
    conversations::{Incoming, Verdicts},
    finding::{Finding, Subject},
    mailboxes::Mailbox,
};

/// Reads mail as e-mail is read. Sends only through mailboxes that somebody has given a server to send through, and never
/// to the made-up people of the demonstration, whose addresses end in `.example`.
pub(super) struct KeptHere {
    /// What sends for such mailboxes; none while the scripts are played.
    pub(super) real: Option<Arc<dyn Channel>>,
}

#[async_trait]
impl Channel for KeptHere {
    fn name(&self) -> &'static str {
        "email"
    }

    fn read(&self, raw: &[u8], envelope: &Envelope) -> Incoming {
        channels::email::read(raw, envelope)
    }

    async fn examine(&self, app: &App, mailbox: Option<&Mailbox>, raw: &Bytes, envelope: &Envelope) -> Verdicts {
        match &self.real {
            Some(real) => real.examine(app, mailbox, raw, envelope).await,
            None => Verdicts::default(),
        }
    }

    async fn diagnose(&self, app: &App, workspace: WorkspaceId, subject: &Subject) -> Vec<Finding> {
        match &self.real {
            Some(real) => real.diagnose(app, workspace, subject).await,
            None => Vec::new(),
        }
    }

    async fn send(&self, app: &App, order: &Outgoing, point_of_no_return: PointOfNoReturn<'_>) -> SendOutcome {
        let made_up = order.to.iter().chain(&order.cc).any(|to| is_made_up(&to.address));
        match &self.real {
            Some(real) if order.mailbox.settings.smtp.is_some() && !made_up => {
                real.send(app, order, point_of_no_return).await
            }
            _ => match point_of_no_return.await {
                Ok(()) => SendOutcome::Sent("kept on this machine: the demonstration sends nothing".into()),
                Err(error) => SendOutcome::Deferred(error.to_string().into()),
            },
        }
    }
}

/// Addresses under `.example` belong to nobody (RFC 2606).
fn is_made_up(address: &str) -> bool {
    address.trim().to_lowercase().ends_with(".example")
}
