//! Where the mails of an mbox file begin and end. The file is read once, line by line, and never held in memory.
//!
//! There is no one mbox format: writers differ in what they quote, in how the separating line looks and whether an empty line stands
//! before it (RFC 4155 describes one of them). A line that begins with `From ` separates when it looks as a separator does and not as
//! somebody's sentence.

use base::mail;
use jiff::Timestamp;
use std::io::{self, BufRead};

/// Of a line, so much is looked at; mails in one endless line exist.
const PIECE: u64 = 16 * 1024;
/// Of a mail's header, so much is looked at.
const HEAD: usize = 128 * 1024;

/// One mail of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    /// Where it begins, after the separating line.
    pub(super) offset: u64,
    /// How long it is.
    pub(super) length: u64,
    /// Its date by its own header.
    pub(super) date: Option<Timestamp>,
    /// When it was delivered by the separating line.
    pub(super) delivered_at: Option<Timestamp>,
    /// A mail program has marked it as deleted; it is gone for its owner.
    pub(super) deleted: bool,
}

/// Gives every mail of the file to `found`, in order.
///
/// # Errors
/// When the file can't be read.
pub(super) fn spans(file: &mut impl BufRead, mut found: impl FnMut(Span)) -> io::Result<()> {
    let mut scan = Scan::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        if io::Read::take(&mut *file, PIECE).read_until(b'\n', &mut line)? == 0 {
            scan.end(&mut found);
            return Ok(());
        }
        scan.piece(&line, &mut found);
    }
}

/// A line that may separate, until the next one tells.
struct Candidate {
    offset: u64,
    after: u64,
    is_dated: bool,
    after_empty_line: bool,
    delivered_at: Option<Timestamp>,
    text: Vec<u8>,
}

#[derive(Default)]
struct Scan {
    position: u64,
    mail: Option<Mail>,
    candidate: Option<Candidate>,
    /// The last piece did not end its line.
    within_line: bool,
    /// Bytes of the empty line just before, when there is one.
    empty_line: Option<u64>,
}

struct Mail {
    offset: u64,
    delivered_at: Option<Timestamp>,
    head: Vec<u8>,
    head_ended: bool,
}

impl Scan {
    fn piece(&mut self, piece: &[u8], found: &mut impl FnMut(Span)) {
        let offset = self.position;
        self.position += piece.len() as u64;
        let begins_line = !std::mem::replace(&mut self.within_line, !piece.ends_with(b"\n"));
        if let Some(candidate) = self.candidate.take() {
            self.decide(candidate, piece, found);
        }
        if begins_line && piece.starts_with(b"From ") {
            let (is_dated, delivered_at) = separator_date(piece);
            let after_empty_line = offset == 0 || self.empty_line.is_some();
            let (after, text) = (self.position, piece.to_vec());
            self.candidate = Some(Candidate { offset, after, is_dated, after_empty_line, delivered_at, text });
            return;
        }
        self.body(offset, piece, begins_line);
    }

    /// Whether a line that begins with `From ` separates, seen with the line after it.
    fn decide(&mut self, candidate: Candidate, next: &[u8], found: &mut impl FnMut(Span)) {
        let before_header = is_header_line(next);
        let words = candidate.text.split(|byte| byte.is_ascii_whitespace()).filter(|word| !word.is_empty()).count();
        let separates = match (candidate.is_dated, candidate.after_empty_line) {
            (true, true) => true,
            (true, false) => before_header,
            (false, true) => before_header && words <= 2,
            (false, false) => false,
        };
        if !separates {
            return self.body(candidate.offset, &candidate.text, true);
        }
        self.finish(candidate.offset - self.empty_line.unwrap_or(0), found);
        self.empty_line = None;
        let Candidate { after, delivered_at, .. } = candidate;
        self.mail = Some(Mail { offset: after, delivered_at, head: Vec::new(), head_ended: false });
    }

    fn body(&mut self, offset: u64, piece: &[u8], begins_line: bool) {
        let is_empty = begins_line && matches!(piece, b"\n" | b"\r\n");
        self.empty_line = is_empty.then_some(piece.len() as u64);
        if self.mail.is_none() && !is_empty {
            // A file that does not begin with a separator: a single mail as it was saved, or a broken start; it is not lost.
            self.mail = Some(Mail { offset, delivered_at: None, head: Vec::new(), head_ended: false });
        }
        let Some(mail) = &mut self.mail else { return };
        if !mail.head_ended {
            mail.head_ended = is_empty || mail.head.len() + piece.len() > HEAD;
            mail.head.extend_from_slice(piece);
        }
    }

    fn end(&mut self, found: &mut impl FnMut(Span)) {
        if let Some(candidate) = self.candidate.take() {
            self.body(candidate.offset, &candidate.text, true);
        }
        self.finish(self.position, found);
    }

    fn finish(&mut self, end: u64, found: &mut impl FnMut(Span)) {
        let Some(Mail { offset, delivered_at, head, .. }) = self.mail.take() else { return };
        if end <= offset {
            return;
        }
        let (date, deleted) = (mail::parse(&head).date, is_marked_deleted(&head));
        found(Span { offset, length: end - offset, date, delivered_at, deleted });
    }
}

/// Takes back what the writer of an mbox did to lines that begin with `From `.
pub(super) fn unquoted(raw: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(raw.len());
    for line in raw.split_inclusive(|byte| *byte == b'\n') {
        let marks = line.iter().take_while(|byte| **byte == b'>').count();
        let is_quoted = marks > 0 && line[marks..].starts_with(b"From ");
        plain.extend_from_slice(&line[usize::from(is_quoted)..]);
    }
    plain
}

/// Whether the line carries a date as separators do, and which: `From ann@a.example Mon Nov 18 10:00:00 2024`, also with a time zone
/// before or after the year.
fn separator_date(line: &[u8]) -> (bool, Option<Timestamp>) {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let text = String::from_utf8_lossy(line);
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let months = |word: &&str| MONTHS.iter().position(|month| month.eq_ignore_ascii_case(word));
    let Some(at) = words.iter().position(|word| months(word).is_some()) else { return (false, None) };
    let Some(time) = words[at..].iter().position(|word| is_time(word)).map(|after| at + after) else {
        return (false, None);
    };
    let year =
        words[time..].iter().find_map(|word| word.parse::<i16>().ok().filter(|year| (1970..3000).contains(year)));
    let zone = words[time..].iter().find_map(|word| zone(word)).unwrap_or(0);
    let date = || {
        let month = i8::try_from(months(&words[at])? + 1).ok()?;
        let day = words[at + 1..time].first()?.parse().ok()?;
        let mut parts = words[time].split(':').map(str::parse::<i8>);
        let (hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
        let second = parts.next().and_then(Result::ok).unwrap_or(0).min(59);
        let moment = jiff::civil::DateTime::new(year?, month, day, hour, minute, second, 0).ok()?;
        let offset = jiff::tz::Offset::from_seconds(zone).ok()?;
        offset.to_timestamp(moment).ok()
    };
    (year.is_some(), date())
}

fn is_time(word: &str) -> bool {
    let parts: Vec<&str> = word.split(':').collect();
    matches!(parts.len(), 2 | 3) && parts.iter().all(|part| part.len() <= 2 && part.parse::<u8>().is_ok())
}

/// `+0130` in seconds.
fn zone(word: &str) -> Option<i32> {
    let sign = match word.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = word.get(1..).filter(|digits| digits.len() == 4)?;
    let number: i32 = digits.parse().ok()?;
    Some(sign * (number / 100 * 3600 + number % 100 * 60))
}

/// `Name: …`
fn is_header_line(line: &[u8]) -> bool {
    let name = line.iter().take_while(|byte| byte.is_ascii_graphic() && **byte != b':').count();
    name > 0 && line.get(name) == Some(&b':')
}

/// Thunderbird keeps deleted mails in the file until it is compacted: bit 3 of its status.
fn is_marked_deleted(head: &[u8]) -> bool {
    const NAME: &[u8] = b"x-mozilla-status:";
    let status = head.split(|byte| *byte == b'\n').find_map(|line| {
        let value = line.get(NAME.len()..)?;
        line[..NAME.len()].eq_ignore_ascii_case(NAME).then(|| String::from_utf8_lossy(value).trim().to_owned())
    });
    status.and_then(|status| u32::from_str_radix(&status, 16).ok()).is_some_and(|status| status & 0x8 != 0)
}

#[cfg(test)]
#[path = "mbox_tests.rs"]
mod tests;
