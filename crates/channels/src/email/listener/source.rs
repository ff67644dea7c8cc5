//! Names an arrival by its content, so that a mail which is delivered again, because our acknowledgement got lost, is known.

use super::Protocol;
use desk::mailboxes::MailboxId;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The same bytes to the same mailbox are the same delivery when something in them is there only once: a Message-ID, or the
/// trace of a server that it came through. Of a mail without either, only its sender knows; it is taken as often as it comes,
/// under the `new` id.
pub(super) fn key(protocol: Protocol, mailbox: MailboxId, from: &str, raw: &[u8], new: Uuid) -> String {
    let name = match protocol {
        Protocol::Smtp => "smtp",
        Protocol::Lmtp => "lmtp",
    };
    if !has_header(raw, b"message-id:") && !has_header(raw, b"received:") {
        return format!("{name}:{mailbox}:{new}");
    }
    let mut hash = Sha256::new();
    hash.update((from.len() as u64).to_le_bytes());
    hash.update(from);
    hash.update(raw);
    let digest: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{name}:{mailbox}:{digest}")
}

/// How many servers the mail has come through.
pub(super) fn hops(raw: &[u8]) -> usize {
    headers(raw).filter(|line| starts_with(line, b"received:")).count()
}

fn has_header(raw: &[u8], name: &[u8]) -> bool {
    headers(raw).any(|line| starts_with(line, name))
}

fn starts_with(line: &[u8], name: &[u8]) -> bool {
    line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
}

fn headers(raw: &[u8]) -> impl Iterator<Item = &[u8]> {
    raw.split(|&byte| byte == b'\n').take_while(|line| !line.trim_ascii().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(from: &str, raw: &str, new: u128) -> String {
        key(Protocol::Lmtp, MailboxId(Uuid::nil()), from, raw.as_bytes(), Uuid::from_u128(new))
    }

    #[test]
    fn a_mail_that_is_delivered_again_has_the_same_key() {
        let mail = "Message-Id: <1@a.example>\r\n\r\nHello\r\n";
        assert_eq!(key_of("a@b.example", mail, 1), key_of("a@b.example", mail, 2));
        assert_ne!(key_of("a@b.example", mail, 1), key_of("c@b.example", mail, 1));
        assert_ne!(key_of("a@b.example", mail, 1), key_of("a@b.example", &format!("{mail}!"), 1));
    }

    #[test]
    fn mails_that_nothing_tells_apart_are_all_taken() {
        let mail = "Subject: disk full\r\n\r\nMessage-ID: is not a header down here\r\n";
        assert_ne!(key_of("a@b.example", mail, 1), key_of("a@b.example", mail, 2));
    }

    #[test]
    fn hops_are_counted_in_the_header_only() {
        assert_eq!(hops(b"Received: a\r\nRECEIVED: b\r\n\tby c\r\n\r\nReceived: d\r\n"), 2);
    }
}
