//! A mail in the desk's words.

use base::{
    blobs::BlobHash,
    mail::{self, Bounce, Kind, ParsedMail},
};
use desk::{
    channel::Envelope,
    conversations::{Header, Incoming, IncomingFile, Nature},
};
use sha2::{Digest, Sha256};

/// Reads a mail. Never fails: of bytes that are no mail, what is readable is shown.
pub fn read(raw: &[u8], envelope: &Envelope) -> Incoming {
    let mail = mail::parse(raw);
    let content_hash = content_hash(&mail);
    let nature = nature(&mail);
    let addresses = mail.to.iter().chain(&mail.cc).map(|to| to.address.clone());
    let sent_to =
        addresses.chain(mail.delivered_to.iter().cloned()).chain(envelope.to.iter().cloned()).take(500).collect();
    let from = mail.from.first().or(mail.reply_to.first()).cloned();
    let from = from.unwrap_or_else(|| mail::Address::new(None, sender_of(envelope)));
    let files = mail
        .attachments
        .iter()
        .enumerate()
        .map(|(index, file)| IncomingFile {
            name: file.name.clone().unwrap_or_else(|| name_for(&file.content_type, index + 1)),
            content_type: file.content_type.clone(),
            inline: file.inline,
            content_id: file.content_id.clone(),
            blob: BlobHash::of(&file.data),
            bytes: file.data.clone(),
        })
        .collect();
    // What is wrong with its date is said where the date is shown.
    let about_date = mail.doubt_about_date();
    let header = Header {
        date: mail.date.map(|date| date.to_string()),
        received: mail.received.map(|received| received.to_string()),
        language: mail.language.map(str::to_owned),
        invitation: mail.invitation,
        warnings: mail.warnings.into_iter().filter(|warning| Some(warning.as_str()) != about_date).collect(),
        ..Header::default()
    };
    let body = if mail.reply_text.trim().is_empty() { mail.text.clone() } else { mail.reply_text };
    let full_text = (mail.text.trim() != body.trim()).then_some(mail.text);
    Incoming {
        from,
        reply_to: mail.reply_to,
        to: mail.to,
        cc: mail.cc,
        subject: mail.subject,
        body: body.trim().to_owned(),
        full_text,
        html: mail.html,
        nature,
        rfc_message_id: mail.message_id,
        in_reply_to: mail.in_reply_to,
        references: mail.references,
        sent_to,
        wants_no_automatic_answer: mail.auto_submitted,
        files,
        header,
        content_hash,
        ours: envelope.ours,
        history: envelope.history,
    }
}

/// Who sent a mail that names nobody: the transport's sender, else a word that is no address and so gets no answer.
fn sender_of(envelope: &Envelope) -> &str {
    if envelope.from.is_empty() { "unknown sender" } else { &envelope.from }
}

/// A mailing list's mark is no reason to keep somebody waiting: a person may have written through it.
fn nature(mail: &ParsedMail) -> Nature {
    match (mail.kind, &mail.bounce) {
        (Kind::Message | Kind::List, _) => Nature::Person,
        (Kind::Bounce, Some(bounce)) => {
            let (original, recipients) = (bounce.original_message_id.clone(), bounce.recipients.clone());
            Nature::Bounce {
                original,
                hard: bounce.hard,
                nobody_there: nobody_there(bounce),
                reason: reason(bounce),
                recipients,
            }
        }
        (Kind::AutoReply | Kind::Complaint | Kind::Bounce, _) => Nature::Machine,
    }
}

/// By the status (RFC 3463): bad addresses, disabled mailboxes, hosts that do not exist. A refusal of policy (5.7) or of content
/// (5.6) says nothing of the address.
fn nobody_there(bounce: &Bounce) -> bool {
    let status = bounce.status.as_deref();
    let says_so = |status: &str| ["5.1.", "5.2.1", "5.4.4", "5.0."].iter().any(|begin| status.starts_with(begin));
    bounce.hard && status.is_none_or(says_so)
}

fn reason(bounce: &Bounce) -> String {
    let whom =
        if bounce.recipients.is_empty() { String::new() } else { format!(" to {}", bounce.recipients.join(", ")) };
    let status = bounce.status.as_deref().map(|status| format!(" ({status})")).unwrap_or_default();
    format!("could not be delivered{whom}{status}")
}

/// Tells a second copy of the same mail (two mailboxes, different Received lines) from another mail with the same id.
fn content_hash(mail: &ParsedMail) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    mail.from.iter().for_each(|from| add(&from.address));
    add(&mail.subject);
    add(&mail.date.map(|date| date.to_string()).unwrap_or_default());
    add(mail.text.trim_end());
    mail.attachments.iter().for_each(|file| add(&file.sha256));
    hash.finalize().into()
}

fn name_for(content_type: &str, number: usize) -> String {
    let extension = match content_type {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "application/pdf" => "pdf",
        "message/rfc822" => "eml",
        "text/plain" => "txt",
        "text/html" => "html",
        "text/calendar" => "ics",
        _ => "bin",
    };
    format!("attachment-{number}.{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "From: Ana <ana@shop.example>\r\nTo: help@desk.example\r\nSubject: Zip\r\n\
        Message-ID: <1@shop.example>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\nIt broke.\r\n";

    #[test]
    fn the_same_mail_by_two_ways_has_one_content_hash_and_another_mail_has_another() {
        let by_another_way = format!("Received: from a by b; Sun, 22 Nov 2026 10:00:05 +0000\r\n{MAIL}");
        let envelope = Envelope::default();
        let hash = |raw: &str| read(raw.as_bytes(), &envelope).content_hash;
        assert_eq!(hash(MAIL), hash(&by_another_way));
        assert_ne!(hash(MAIL), hash(&MAIL.replace("It broke", "It fits")));
    }

    #[test]
    fn bytes_that_are_no_mail_still_make_a_message_from_the_envelopes_sender() {
        let envelope = Envelope { from: "x@y.example".into(), ..Envelope::default() };
        let incoming = read(&[0, 159, 146, 150], &envelope);
        assert_eq!(incoming.from.address, "x@y.example");
    }
}
