//! What a mail turns out to be.

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

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
    /// The `Date` header, which is the writer's claim; `None` when absent or unreadable. To order mails ask
    /// [`ParsedMail::written_at`].
    pub date: Option<Timestamp>,
    /// When the topmost server says that it took the mail (`Received`).
    pub received: Option<Timestamp>,
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
    /// The writer's signature, which `reply_text` leaves out.
    pub signature: Option<String>,
    /// In which language `reply_text` is written (ISO 639-1); `None` when that is not sure.
    pub language: Option<&'static str>,
    /// Files, pictures in the text, attached mails, reports: everything that is not the text itself.
    pub attachments: Vec<Attachment>,
    /// The invitation to a meeting that the mail carries, or an answer to one.
    pub invitation: Option<Invitation>,
    /// Whether it is signed or encrypted from end to end.
    pub security: Security,
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

/// Before it there was no mail of today's form; who claims an earlier date has a flat battery.
const FIRST_MAIL: Timestamp = Timestamp::constant(315_532_800, 0);
/// How far a date may lie from the one at which a server took the mail: clocks differ, and mail waits in out-boxes.
const LATER: SignedDuration = SignedDuration::from_hours(24);
const EARLIER: SignedDuration = SignedDuration::from_hours(24 * 7);

/// When a mail was written, for ordering: `claimed`, its own date, when that is believable, else the moment at which a server
/// `received` it, else `arrived`. Never later than `arrived`, so that a wrong clock puts no mail ahead of those that answer it.
pub fn written_at(claimed: Option<Timestamp>, received: Option<Timestamp>, arrived: Timestamp) -> Timestamp {
    let reference = reference(received, arrived);
    claimed.filter(|date| is_near(*date, reference)).unwrap_or(reference).min(arrived)
}

/// Whether a mail may have been written when it says: near the moment at which a server took it.
pub fn is_believable(claimed: Timestamp, received: Option<Timestamp>, arrived: Timestamp) -> bool {
    is_near(claimed, reference(received, arrived))
}

/// By which clock a date is judged: the server's that took the mail, unless that one is wrong itself.
fn reference(received: Option<Timestamp>, arrived: Timestamp) -> Timestamp {
    let latest = arrived.saturating_add(LATER).unwrap_or(arrived);
    received.filter(|received| (FIRST_MAIL..=latest).contains(received)).unwrap_or(arrived)
}

impl ParsedMail {
    /// When it was written, as far as that can be believed: see [`written_at`].
    pub fn written_at(&self, arrived: Timestamp) -> Timestamp {
        written_at(self.date, self.received, arrived)
    }

    /// What is wrong with the date, in plain words; it stands among the warnings, too.
    pub fn doubt_about_date(&self) -> Option<&'static str> {
        doubt_about_date(self.date?, self.received)
    }
}

pub(super) fn doubt_about_date(date: Timestamp, received: Option<Timestamp>) -> Option<&'static str> {
    match received {
        Some(received) if received >= FIRST_MAIL && !is_near(date, received) => {
            Some("the date is far from the one at which the mail was received")
        }
        _ if date < FIRST_MAIL => Some("the date lies before the first e-mails"),
        None if date > LAST_MAIL => Some("the date lies in a far future"),
        _ => None,
    }
}

/// Without any other clock, a date after 2090 is taken for a wrong one.
const LAST_MAIL: Timestamp = Timestamp::constant(3_786_912_000, 0);

fn is_near(date: Timestamp, reference: Timestamp) -> bool {
    let difference = date.duration_since(reference);
    difference <= LATER && -difference <= EARLIER && date >= FIRST_MAIL
}

/// An invitation to a meeting (iCalendar, RFC 5545), a change of one, or an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// In lower case: `request`, `cancel`, `reply`, `publish`, …
    pub method: Option<String>,
    /// What it is about.
    pub summary: Option<String>,
    /// When it begins.
    pub start: Option<Moment>,
    /// When it ends; for whole days the day after the last.
    pub end: Option<Moment>,
    /// Who invites.
    pub organizer: Option<Address>,
    /// Where.
    pub location: Option<String>,
    /// What identifies the meeting.
    pub uid: Option<String>,
    /// It comes again.
    pub repeats: bool,
    /// For an answer, in lower case: `accepted`, `declined`, `tentative`.
    pub answer: Option<String>,
}

/// A moment as an invitation gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// What clocks show there: `2026-11-22T10:00:00`, or `2026-11-22` for whole days.
    pub local: String,
    /// Where, in the program's words: `Europe/Berlin`, `W. Europe Standard Time`, `UTC`; `None`: wherever the reader is.
    pub zone: Option<String>,
    /// When that is, if the zone's rules are known.
    pub at: Option<Timestamp>,
}

/// Protection from end to end. The parts are kept as they came; nothing is verified or decrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Security {
    /// It carries a signature.
    pub signed: Option<Protection>,
    /// Its text cannot be read without a key.
    pub encrypted: Option<Protection>,
}

/// A way of protecting mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// S/MIME (RFC 8551).
    Smime,
    /// OpenPGP (RFC 3156, or within the text).
    Pgp,
}

impl Protection {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Smime => "S/MIME",
            Self::Pgp => "OpenPGP",
        }
    }
}

/// A mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// Verdicts that stand in a mail (RFC 8601), in lower case: `pass`, `fail`, `softfail`, `none`, … Whoever wrote the mail may
/// have written them too, unless `server` is one that removes such forgeries.
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
    /// The server that names itself as their author, in lower case; empty when it leaves its name out.
    #[serde(skip)]
    pub server: Option<String>,
    /// For which domains: of the envelope's sender, of the signature, of `From`.
    #[serde(skip)]
    pub domains: [Option<String>; 3],
}
