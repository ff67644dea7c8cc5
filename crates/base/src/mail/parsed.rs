//! What a mail turns out to be.

use bytes::Bytes;
use jiff::Timestamp;
use serde::Serialize;

/// A mail, read. Serialises to the object that `rapport inspect email` prints. No text in it contains NUL or other control
/// characters but line feeds and tabs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParsedMail {
    /// Who wrote it.
    pub from: Vec<Address>,
    /// Where the writer wants answers to go; empty means `from`.
    pub reply_to: Vec<Address>,
    /// Whom it was written to.
    pub to: Vec<Address>,
    /// Who else was meant to read it.
    pub cc: Vec<Address>,
    /// Decoded, on one line; empty when there is none.
    pub subject: String,
    /// The `Date` header, which is the writer's claim; `None` when absent or unreadable.
    pub date: Option<Timestamp>,
    /// Without angle brackets. `None` when absent, empty or contradictory: never identify a mail by a missing id.
    pub message_id: Option<String>,
    /// The first id of `In-Reply-To`, without angle brackets.
    pub in_reply_to: Option<String>,
    /// The ids of `References`, oldest first, without angle brackets.
    pub references: Vec<String>,
    /// The whole plain text; made from the HTML when the mail has no text part.
    pub text: String,
    /// Cleaned HTML (see [`html::clean`](crate::html::clean)); `None` when the mail is plain text only.
    pub html: Option<String>,
    /// What the writer wrote this time: `text` without quotations and signature. Text between quotations stays.
    pub reply_text: String,
    /// Files, pictures in the text, attached mails, reports: everything that is not the text itself.
    pub attachments: Vec<Attachment>,
    /// What sort of mail it is.
    pub kind: Kind,
    /// Set when `kind` is [`Kind::Bounce`].
    pub bounce: Option<Bounce>,
    /// The writer of the mail that was forwarded in this one by hand.
    pub forwarded_from: Option<Address>,
    /// What the receiving server found out about the sender. As trustworthy as that server.
    pub authentication: Authentication,
    /// What was odd, in plain words.
    pub warnings: Vec<String>,
    /// The first words of `reply_text` on one line, for lists; at most 200 characters.
    #[serde(skip)]
    pub preview: String,
    /// Addresses that servers noted as the real receiver (`Delivered-To`, `X-Original-To` and their like), in lower case.
    #[serde(skip)]
    pub delivered_to: Vec<String>,
    /// A program wrote it or asks for no automatic answers (RFC 3834): never answer it automatically. True for every kind but
    /// [`Kind::Message`], and for some messages too.
    #[serde(skip)]
    pub auto_submitted: bool,
}

/// A mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Address {
    /// The person's name, when it was given.
    pub name: Option<String>,
    /// `local@domain` as written; may be anything in a mail from outside.
    pub address: String,
}

impl Address {
    /// An address with a name or without.
    pub fn new(name: Option<&str>, address: &str) -> Self {
        Self { name: name.map(str::to_owned), address: address.to_owned() }
    }
}

/// A part of the mail that is not its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// File name as the writer gave it, without folders and control characters; may be missing.
    pub name: Option<String>,
    /// `type/subtype`, in lower case.
    pub content_type: String,
    /// Bytes after decoding.
    pub size: usize,
    /// Shown in the text rather than as a file beside it.
    pub inline: bool,
    /// Without angle brackets; what `cid:` addresses in the HTML name.
    pub content_id: Option<String>,
    /// SHA-256 of the decoded bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The decoded bytes.
    #[serde(skip)]
    pub data: Bytes,
}

/// What sort of mail it is. The first that applies, in this order: complaint, bounce, auto-reply, list, message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A person wrote it, as far as one can tell.
    Message,
    /// A program wrote it in response to something (RFC 3834): out-of-office, receipt, notification.
    AutoReply,
    /// A delivery report about a mail that did not arrive or is late (RFC 3464 and its forerunners).
    Bounce,
    /// An abuse report (RFC 5965).
    Complaint,
    /// Came through a mailing list or in bulk. Mailboxes that are themselves a group (as with Google Groups) mark every
    /// customer's mail so: a reason not to answer automatically, never a reason to drop it.
    List,
}

/// What a delivery report says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bounce {
    /// The addresses that did not get the mail.
    pub recipients: Vec<String>,
    /// Enhanced status code (RFC 3463) such as `5.1.1`.
    pub status: Option<String>,
    /// Permanent: sending again will not help.
    pub hard: bool,
    /// Message id of the mail that bounced, without angle brackets.
    pub original_message_id: Option<String>,
}

/// Verdicts of the receiving server (RFC 8601), in lower case: `pass`, `fail`, `softfail`, `none`, …
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Authentication {
    /// Whether the sending server may send for the envelope's domain.
    pub spf: Option<String>,
    /// Whether a signature of the mail is right.
    pub dkim: Option<String>,
    /// Whether one of the two speaks for the domain in `From`.
    pub dmarc: Option<String>,
    /// Whether the chain of forwarders is unbroken.
    pub arc: Option<String>,
}
