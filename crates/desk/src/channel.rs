//! What a way in and out must do. Channels are handed in by the server; `desk` reaches them only through this trait.

use crate::{
    App, WorkspaceId,
    conversations::{History, Incoming, MessageId, Verdicts},
    domains::Signer,
    finding::{Finding, Subject},
    mailboxes::{Mailbox, MailboxId},
    reason::Reason,
};
use async_trait::async_trait;
use base::{mail::Address, queue::JobError};
use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A way in and out.
#[async_trait]
pub trait Channel: Send + Sync + 'static {
    /// Its name as stored with conversations and arrivals: `email`.
    fn name(&self) -> &'static str;

    /// Reads what arrived. Never fails: what can't be understood is shown as well as it can be.
    fn read(&self, raw: &[u8], envelope: &Envelope) -> Incoming;

    /// Finds out whether what arrived (in `mailbox`, without its secrets) comes from whom it says. May ask others, for a few
    /// seconds at most; what can't be found out is left out. Of what `raw` says of itself nothing is believed that its
    /// writer may have put there.
    async fn examine(&self, _app: &App, _mailbox: Option<&Mailbox>, _raw: &Bytes, _envelope: &Envelope) -> Verdicts {
        Verdicts::default()
    }

    /// Examines how a domain or a mailbox is set up; changes nothing.
    async fn diagnose(&self, _app: &App, _workspace: WorkspaceId, _subject: &Subject) -> Vec<Finding> {
        Vec::new()
    }

    /// Asks the source once more for what it would not give: `source_key` names it there. Changes nothing.
    ///
    /// # Errors
    /// [`JobError::Retry`] when it may be given later, [`JobError::Fail`] when it will not be; the reason, in words.
    async fn fetch_again(
        &self,
        _app: &App,
        _workspace: WorkspaceId,
        _mailbox: MailboxId,
        _source_key: &str,
    ) -> Result<Bytes, JobError> {
        Err(JobError::Fail("there is no way to ask for it again".into()))
    }

    /// Connects and does everything that can be done before the message is handed over, then calls `point_of_no_return` and
    /// hands it over. When that call fails, nothing is handed over.
    async fn send(&self, app: &App, order: &Outgoing, point_of_no_return: PointOfNoReturn<'_>) -> SendOutcome;
}

/// Called between "ready to hand over" and "handed over": commits that from now on the outcome may be unknown.
pub type PointOfNoReturn<'a> =
    std::pin::Pin<Box<dyn std::future::Future<Output = Result<(), crate::Error>> + Send + 'a>>;

/// What the transport said about an arrival.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// SMTP's MAIL FROM; empty for bounces and for IMAP.
    #[serde(default)]
    pub from: String,
    /// SMTP's RCPT TO, or the mailbox's own address.
    #[serde(default)]
    pub to: Vec<String>,
    /// It was found where the mailbox keeps what was sent from it: ours, whatever else it says.
    #[serde(default)]
    pub ours: bool,
    /// The source would not give it, and what is stored in its place says so: it is asked again before it is read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stand_in: bool,
    /// Set for old mail that is brought along: it is dated, and nothing is set in motion by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<History>,
    /// The server that handed it over, when it was a stranger's: whom to examine.
    #[serde(default)]
    pub client: Option<Client>,
}

/// A mail server of somebody else's, that handed mail over to us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Its address.
    pub ip: std::net::IpAddr,
    /// How it called itself (HELO).
    pub helo: String,
}

/// A message to be sent, complete.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Our id of it.
    pub message_id: MessageId,
    /// Through which mailbox, with its settings and opened secrets.
    pub mailbox: Mailbox,
    /// From whom, as shown.
    pub from: Address,
    /// Where answers are asked for, when elsewhere.
    pub reply_to: Option<Address>,
    /// No person wrote it (RFC 3834, section 5).
    pub automatic: bool,
    /// To whom.
    pub to: Vec<Address>,
    /// Copies to whom.
    pub cc: Vec<Address>,
    /// Subject line.
    pub subject: String,
    /// Message-ID, the same at every attempt.
    pub rfc_message_id: String,
    /// The message it answers.
    pub in_reply_to: Option<String>,
    /// The thread so far, oldest first.
    pub references: Vec<String>,
    /// When it was written.
    pub date: Timestamp,
    /// Its text, in Markdown.
    pub markdown: String,
    /// Its files.
    pub attachments: Vec<OutgoingFile>,
    /// What signs it, where its domain is signed for.
    pub signer: Option<Signer>,
}

/// A file that goes with a message.
#[derive(Debug, Clone)]
pub struct OutgoingFile {
    /// File name.
    pub name: String,
    /// MIME type.
    pub content_type: String,
    /// Content.
    pub bytes: Bytes,
}

/// What became of a message that was to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendOutcome {
    /// The next server took it; what it said.
    Sent(String),
    /// Not taken now; another attempt may succeed.
    Deferred(Reason),
    /// Refused for good.
    Refused(Reason),
    /// The connection broke after it was handed over: it may have been taken or not. It is not sent again by itself.
    Unknown(Reason),
}
