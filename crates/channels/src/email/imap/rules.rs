//! What to fetch, decided without a server.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use std::time::Duration;

/// Mails fetched by one command, at most.
const BATCH: usize = 64;
/// Bytes fetched by one command, but for a single larger mail.
const BATCH_BYTES: u64 = 8 * 1024 * 1024;
/// Pauses between attempts to connect: the first, and the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// A mail in the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) uid: u32,
    pub(super) size: u32,
}

/// Where reading begins in a folder whose UIDs mean nothing to us yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begin {
    /// With the first mail.
    All,
    /// With what comes from now on.
    Now,
    /// With what came since this day (of the server's calendar).
    Since(jiff::civil::Date),
}

/// A folder is new when the mailbox was connected just now, or when its server numbered it anew (UIDVALIDITY, RFC 9051) or is
/// another one. In the latter case, what may have come since the last connection is fetched, with two days to spare for
/// calendars and clocks; the desk knows a mail that it has already.
pub(super) fn begin(import_existing: bool, connected_at: Option<Timestamp>) -> Begin {
    match connected_at {
        _ if import_existing => Begin::All,
        None => Begin::Now,
        Some(at) => {
            let day = at.saturating_sub(SignedDuration::from_hours(48)).unwrap_or(Timestamp::MIN);
            Begin::Since(day.to_zoned(TimeZone::UTC).date())
        }
    }
}

/// The next mails to fetch by one command, oldest first. `careful` fetches one at a time up to that UID.
pub(super) fn next_batch(listed: &[Listed], careful: u32) -> &[Listed] {
    let mut bytes = 0;
    let mut count = 0;
    for mail in listed {
        bytes += u64::from(mail.size);
        if count > 0 && (count == BATCH || bytes > BATCH_BYTES || listed[0].uid <= careful) {
            break;
        }
        count += 1;
    }
    &listed[..count]
}

/// A set of UIDs as a command names them: `7,9:12`.
pub(super) fn uid_set(mails: &[Listed]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for mail in mails {
        match ranges.last_mut() {
            Some((_, last)) if mail.uid == last.saturating_add(1) => *last = mail.uid,
            _ => ranges.push((mail.uid, mail.uid)),
        }
    }
    let text = |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first}:{last}") };
    ranges.iter().map(text).collect::<Vec<_>>().join(",")
}

/// How long to wait before the next attempt, after so many failed ones; `chance` (any byte) spreads it by a quarter, so that
/// many mailboxes of one server don't come back at once.
pub(super) fn pause(failed: u32, chance: u8) -> Duration {
    let whole = FIRST_PAUSE.saturating_mul(1 << failed.saturating_sub(1).min(16)).min(LONGEST_PAUSE);
    whole.mul_f64(0.75 + f64::from(chance) / 255.0 / 2.0)
}

/// A folder's name as IMAP4rev1 carries it: modified UTF-7 (RFC 3501, 5.1.3).
pub(super) fn folder_on_the_wire(name: &str) -> String {
    let mut wire = String::new();
    let mut foreign: Vec<u16> = Vec::new();
    let flush = |foreign: &mut Vec<u16>, wire: &mut String| {
        if !foreign.is_empty() {
            let bytes: Vec<u8> = foreign.drain(..).flat_map(u16::to_be_bytes).collect();
            wire.push_str(&format!("&{}-", STANDARD_NO_PAD.encode(bytes).replace('/', ",")));
        }
    };
    for character in name.chars() {
        if matches!(character, ' '..='~') {
            flush(&mut foreign, &mut wire);
            wire.push(character);
            if character == '&' {
                wire.push('-');
            }
        } else {
            foreign.extend_from_slice(character.encode_utf16(&mut [0; 2]));
        }
    }
    flush(&mut foreign, &mut wire);
    wire
}

/// Where a mail lies that was journalled under this source key: the place, its UIDVALIDITY, the UID.
pub(super) fn place_of<'k>(source_key: &'k str, mailbox: &str) -> Option<(&'k str, u32, u32)> {
    let rest = source_key.strip_prefix("imap:")?.strip_prefix(mailbox)?.strip_prefix(':')?;
    let (rest, uid) = rest.rsplit_once(':')?;
    let (place, validity) = rest.rsplit_once(':')?;
    Some((place, validity.parse().ok()?, uid.parse().ok()?))
}

/// Stands in the desk for a mail that the server won't give, so that nobody's words are overlooked.
pub(super) fn stand_in(address: &str, folder: &str, uid: u32, problem: &str) -> Vec<u8> {
    format!(
        "Subject: A mail that could not be fetched\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
        Content-Transfer-Encoding: 8bit\r\n\r\nA mail in the folder {folder} of {address} could not be fetched, although it \
        was tried several times. It is still there, as number {uid}: please look at it with a mail program.\r\n\r\n\
        The server's last answer: {problem}\r\n"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mails(sizes: &[(u32, u32)]) -> Vec<Listed> {
        sizes.iter().map(|&(uid, size)| Listed { uid, size }).collect()
    }

    #[test]
    fn a_source_key_says_where_its_mail_lies() {
        let key = "imap:m1:help@imap.shop.example/Post: neu:17:42";
        assert_eq!(place_of(key, "m1"), Some(("help@imap.shop.example/Post: neu", 17, 42)));
        for other in ["imap:m2:a@b/INBOX:1:2", "lmtp:m1:x", "imap:m1:INBOX", "imap:m1:a@b/INBOX:x:2"] {
            assert_eq!(place_of(other, "m1"), None, "{other}");
        }
    }

    #[test]
    fn a_new_mailbox_begins_with_what_comes_from_now_on_unless_told_otherwise() {
        assert_eq!(begin(false, None), Begin::Now);
        assert_eq!(begin(true, None), Begin::All);
    }

    #[test]
    fn a_folder_that_was_numbered_anew_begins_before_the_last_connection() {
        let connected = "2026-11-22T01:00:00Z".parse().unwrap();
        assert_eq!(begin(false, Some(connected)), Begin::Since(jiff::civil::date(2026, 11, 20)));
        assert_eq!(begin(true, Some(connected)), Begin::All);
    }

    #[test]
    fn a_batch_is_bounded_in_mails_and_bytes_and_never_empty() {
        let many: Vec<_> = (1..200).map(|uid| (uid, 10)).collect();
        assert_eq!(next_batch(&mails(&many), 0).len(), BATCH);
        let large = mails(&[(1, 50_000_000), (2, 10)]);
        assert_eq!(next_batch(&large, 0).len(), 1);
        let middling = mails(&[(1, 5_000_000), (2, 3_000_000), (3, 3_000_000)]);
        assert_eq!(next_batch(&middling, 0).len(), 2);
        assert!(next_batch(&[], 0).is_empty());
    }

    #[test]
    fn where_a_mail_made_trouble_each_is_fetched_by_itself() {
        let listed = mails(&[(7, 10), (8, 10), (9, 10)]);
        assert_eq!(next_batch(&listed, 8).len(), 1);
        assert_eq!(next_batch(&listed[1..], 8).len(), 1);
        assert_eq!(next_batch(&listed, 6).len(), 3);
    }

    #[test]
    fn a_set_of_uids_names_ranges() {
        assert_eq!(uid_set(&mails(&[(7, 1), (9, 1), (10, 1), (11, 1), (u32::MAX, 1)])), "7,9:11,4294967295");
    }

    #[test]
    fn pauses_grow_to_a_bound_and_are_spread() {
        assert_eq!(pause(1, 0), Duration::from_millis(750));
        assert_eq!(pause(1, 255), Duration::from_millis(1250));
        assert!(pause(4, 0) > pause(2, 255));
        assert!(pause(1000, 255) <= LONGEST_PAUSE.mul_f64(1.25));
    }

    #[test]
    fn folder_names_travel_in_modified_utf7() {
        assert_eq!(folder_on_the_wire("INBOX"), "INBOX");
        assert_eq!(folder_on_the_wire("~peter/mail/台北/日本語"), "~peter/mail/&U,BTFw-/&ZeVnLIqe-");
        assert_eq!(folder_on_the_wire("Q&A"), "Q&-A");
        assert_eq!(folder_on_the_wire("Entwürfe 😀"), "Entw&APw-rfe &2D3eAA-");
    }

    #[test]
    fn a_stand_in_is_a_mail_that_says_where_to_look() {
        let raw = stand_in("help@shop.example", "Anfragen/Ärger", 17, "NO [SERVERBUG]");
        let read = super::super::super::read(&raw, &desk::channel::Envelope::default());
        assert_eq!(read.subject, "A mail that could not be fetched");
        assert!(read.body.contains("folder Anfragen/Ärger of help@shop.example") && read.body.contains("number 17"));
    }
}
