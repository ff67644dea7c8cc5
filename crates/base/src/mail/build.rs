//! An [`OutgoingMail`] to bytes that any mail program reads.

use std::borrow::Cow;

use bytes::Bytes;
use jiff::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::HeaderType;
use mail_builder::headers::address::{Address as Mailbox, EmailAddress};
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mail_builder::mime::{BodyPart, MimePart};
use sha2::{Digest, Sha256};

use super::decode::{tidy_line, tidy_text};
use super::parsed::Address;
use crate::html;

/// References kept besides the first: the newest. Some servers refuse mails with very long headers.
const NEWEST_REFERENCES: usize = 20;
/// Longest id that fits on a line of RFC 5322 with room for its neighbours.
const MAX_ID: usize = 250;
const MAX_SUBJECT: usize = 1000;

/// A mail to be sent. The same mail always gives the same bytes.
#[derive(Debug, Clone)]
pub struct OutgoingMail {
    /// Who it comes from.
    pub from: Address,
    /// Where answers go when not to `from`.
    pub reply_to: Option<Address>,
    /// Whom it is written to.
    pub to: Vec<Address>,
    /// Who else reads it.
    pub cc: Vec<Address>,
    /// Any text; becomes one line.
    pub subject: String,
    /// Without angle brackets; see [`new_message_id`](super::new_message_id).
    pub message_id: String,
    /// Id of the mail that it answers, without angle brackets.
    pub in_reply_to: Option<String>,
    /// Ids of the conversation, oldest first, without angle brackets. The first and the newest 20 are written.
    pub references: Vec<String>,
    /// When it was written.
    pub date: Timestamp,
    /// The letter in Markdown; becomes text and HTML.
    pub body: String,
    /// The mail that it answers, quoted below.
    pub quoted: Option<QuotedMail>,
    /// Files, and pictures that the body shows (`![](cid:…)`).
    pub attachments: Vec<OutgoingAttachment>,
    /// Written by a program: asks other programs not to answer (RFC 3834).
    pub automatic: bool,
}

/// A mail quoted below an answer.
#[derive(Debug, Clone)]
pub struct QuotedMail {
    /// The line above it: `On 3 May 2026, Ann wrote:` in the reader's language.
    pub introduction: String,
    /// Its text.
    pub text: String,
    /// Its HTML, when it had one.
    pub html: Option<String>,
}

/// A file of an [`OutgoingMail`].
#[derive(Debug, Clone)]
pub struct OutgoingAttachment {
    /// File name.
    pub name: String,
    /// `type/subtype`; what is not of that form is sent as `application/octet-stream`.
    pub content_type: String,
    /// Set for pictures shown in the body: the id without angle brackets.
    pub content_id: Option<String>,
    /// The bytes.
    pub data: Bytes,
}

/// Writes the mail (RFC 5322, MIME). No field, whatever is in it, can add a header or a recipient: control characters become
/// spaces, addresses and ids lose what does not belong into them, ids that cannot be written are left out.
pub fn build(mail: &OutgoingMail) -> Vec<u8> {
    let mut message = MessageBuilder::new()
        .header("Date", Date::new(mail.date.as_second()))
        .header("From", addresses(std::slice::from_ref(&mail.from)));
    if let Some(reply_to) = &mail.reply_to {
        message = message.header("Reply-To", addresses(std::slice::from_ref(reply_to)));
    }
    for (name, list) in [("To", &mail.to), ("Cc", &mail.cc)] {
        if list.iter().any(|address| !mailbox(&address.address).is_empty()) {
            message = message.header(name, addresses(list));
        }
    }
    let id = message_id(&mail.message_id).unwrap_or_else(|| format!("{}@localhost", &fingerprint(mail, "id")[..32]));
    message = message
        .header("Subject", Text::new(tidy_line(&mail.subject, MAX_SUBJECT)))
        .header("Message-ID", MessageId::new(id));
    if let Some(answered) = mail.in_reply_to.as_deref().and_then(message_id) {
        message = message.header("In-Reply-To", MessageId::new(answered));
    }
    let references = references(mail);
    if !references.is_empty() {
        message = message.header("References", MessageId::new_list(references.into_iter()));
    }
    if mail.automatic {
        message = message
            .header("Auto-Submitted", Raw::new("auto-replied"))
            .header("X-Auto-Response-Suppress", Raw::new("All"));
    }
    let mut bytes = Vec::new();
    message.body(body(mail)).serialize(&mut bytes);
    bytes
}

fn body(mail: &OutgoingMail) -> MimePart<'_> {
    let letter = html::show_remote_images(&html::from_markdown(&mail.body));
    let mut text = html::to_text(&letter);
    let mut rich = letter;
    if let Some(quoted) = &mail.quoted {
        let introduction = tidy_line(&quoted.introduction, MAX_SUBJECT);
        text.push_str(&format!("\n\n{introduction}\n"));
        for line in tidy_text(&quoted.text).lines() {
            text.push_str(if line.starts_with('>') { ">" } else { "> " });
            text.push_str(line);
            text.push('\n');
        }
        let copy = quoted.html.as_deref().map_or_else(|| html::from_text(&quoted.text), html::clean);
        rich.push_str(&format!(
            "\n<p>{}</p>\n<blockquote style=\"margin:0 0 0 0.8ex;border-left:1px solid #ccc;padding-left:1ex\">\n{}\n</blockquote>",
            html::from_text(&introduction),
            html::show_remote_images(&copy),
        ));
    }
    let page = format!("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>\n{rich}\n</body></html>\n");
    let (pictures, files): (Vec<_>, Vec<_>) =
        mail.attachments.iter().partition(|attachment| attachment.content_id.as_deref().and_then(message_id).is_some());

    let page = MimePart::new("text/html", BodyPart::Text(page.into()));
    let page = if pictures.is_empty() {
        page
    } else {
        let parts = std::iter::once(page).chain(pictures.into_iter().map(part)).collect();
        multipart(mail, "multipart/related", parts)
    };
    let letter =
        multipart(mail, "multipart/alternative", vec![MimePart::new("text/plain", BodyPart::Text(text.into())), page]);
    if files.is_empty() {
        letter
    } else {
        multipart(mail, "multipart/mixed", std::iter::once(letter).chain(files.into_iter().map(part)).collect())
    }
}

/// The boundary comes from the mail itself, so that the same mail is always the same bytes.
fn multipart<'m>(mail: &OutgoingMail, kind: &'static str, parts: Vec<MimePart<'m>>) -> MimePart<'m> {
    let boundary = format!("=_{}", &fingerprint(mail, kind)[..40]);
    MimePart::new(ContentType::new(kind).attribute("boundary", boundary), BodyPart::Multipart(parts))
}

fn fingerprint(mail: &OutgoingMail, purpose: &str) -> String {
    let mut hash = Sha256::new();
    for piece in [purpose, &mail.message_id, &mail.subject, &mail.from.address, &mail.body, &mail.date.to_string()] {
        hash.update((piece.len() as u64).to_le_bytes());
        hash.update(piece);
    }
    hex::encode(hash.finalize())
}

fn part(attachment: &OutgoingAttachment) -> MimePart<'_> {
    let name = tidy_line(attachment.name.rsplit(['/', '\\']).next().unwrap_or_default(), 200);
    let name = if name.is_empty() { "file".to_owned() } else { name };
    let id = attachment.content_id.as_deref().and_then(message_id);
    let disposition = if id.is_some() { "inline" } else { "attachment" };
    // Always base64: a text file must arrive with the bytes it has, and a forwarded mail must not be read as part of this one.
    let mut part =
        MimePart::new(content_type(&attachment.content_type), BodyPart::Binary(Cow::Borrowed(&attachment.data)))
            .header("Content-Disposition", ContentType::new(disposition).attribute("filename", name));
    if let Some(id) = id {
        part = part.cid(id);
    }
    part
}

/// A content type, sanitised; types that would be taken apart or shown as the letter itself become a plain file.
fn content_type(kind: &str) -> ContentType<'static> {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_token = |s: &str| {
        !s.is_empty() && s.len() <= 100 && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
    };
    match kind.split_once('/') {
        Some((kind, subtype)) if is_token(kind) && is_token(subtype) && !matches!(kind, "multipart" | "message") => {
            // Written as octets, whatever the type: `text/` would make the builder change line ends.
            ContentType::new(format!("{kind}/{subtype}"))
        }
        _ => ContentType::new("application/octet-stream"),
    }
}

fn addresses(list: &[Address]) -> HeaderType<'static> {
    let list = list
        .iter()
        .map(|address| (tidy_line(address.name.as_deref().unwrap_or_default(), 200), mailbox(&address.address)))
        .filter(|(_, email)| !email.is_empty())
        .map(|(name, email)| {
            Mailbox::Address(EmailAddress { name: (!name.is_empty()).then_some(name.into()), email: email.into() })
        })
        .collect();
    HeaderType::Address(Mailbox::List(list))
}

/// `local@domain` without anything that could end it or begin another.
fn mailbox(address: &str) -> String {
    let is_allowed = |c: &char| !c.is_control() && !c.is_whitespace() && !"<>,;:()[]\\\"".contains(*c);
    let address: String = address.chars().filter(is_allowed).take(320).collect();
    if address.split('@').filter(|part| !part.is_empty()).count() == 2 && address.matches('@').count() == 1 {
        address
    } else {
        String::new()
    }
}

fn message_id(id: &str) -> Option<String> {
    let id = id.trim().trim_start_matches('<').trim_end_matches('>');
    let is_writable = !id.is_empty()
        && id != "@"
        && id.len() <= MAX_ID
        && id.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>'));
    is_writable.then(|| id.to_owned())
}

fn references(mail: &OutgoingMail) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for id in mail.references.iter().chain(&mail.in_reply_to).filter_map(|id| message_id(id)) {
        // The newest place counts: what is answered stands last.
        if ids.first() != Some(&id) {
            ids.retain(|other| *other != id);
            ids.push(id);
        }
    }
    if ids.len() > NEWEST_REFERENCES + 1 {
        ids.drain(1..ids.len() - NEWEST_REFERENCES);
    }
    ids
}
