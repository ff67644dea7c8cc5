//! The header block: cut into fields leniently here, the fields' own grammar is mail-parser's.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use mail_parser::parsers::MessageStream;
use mail_parser::{ContentType, HeaderValue};

use super::decode;
use super::parsed::Address;

/// Longest header block and longest field that are read, in bytes.
const MAX_BLOCK: usize = 1024 * 1024;
const MAX_FIELD: usize = 64 * 1024;
const MAX_FIELDS: usize = 2000;
const MAX_ADDRESSES: usize = 10_000;
/// Longest list of addresses, in bytes: a mail to ten thousand people is read in full.
const MAX_ADDRESS_FIELD: usize = 768 * 1024;
const MAX_IDS: usize = 200;
/// Longest message id that is kept; RFC 5322 lines are no longer than 998.
const MAX_ID: usize = 900;

static DATES: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);

/// Fields in the order of the mail.
#[derive(Debug, Default)]
pub(super) struct Headers<'m> {
    fields: Vec<(&'m [u8], &'m [u8])>,
}

/// Splits a mail or a part into its fields and its body. Without anything that looks like a header all of it is body.
pub(super) fn split(raw: &[u8]) -> (Headers<'_>, &[u8]) {
    let mut headers = Headers::default();
    let mut rest = raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw);
    let mut started = false;
    let mut value_start: Option<usize> = None;
    let position = |rest: &[u8]| raw.len() - rest.len();
    while !rest.is_empty() {
        let (line, after) = split_line(rest);
        if line.is_empty() {
            rest = after;
            return (headers, rest);
        }
        if position(rest) > MAX_BLOCK || headers.fields.len() >= MAX_FIELDS {
            // The rest of the block is skipped, not shown as text.
            let end = find_blank_line(rest).unwrap_or(rest.len());
            return (headers, &rest[end..]);
        }
        if matches!(line[0], b' ' | b'\t') && value_start.is_some() {
            if let (Some(start), Some(field)) = (value_start, headers.fields.last_mut()) {
                field.1 = &raw[start..position(rest) + line.len()];
            }
        } else if let Some(colon) = name_end(line) {
            let start = position(rest) + colon + 1;
            headers.fields.push((line[..colon].trim_ascii(), &line[colon + 1..]));
            value_start = Some(start);
            started = true;
        } else if !started && (line.starts_with(b"From ") || line.starts_with(b">From ")) {
            // The separator of an mbox file.
        } else if !started || is_body_from_here(after) {
            return (headers, rest);
        } else {
            value_start = None;
        }
        rest = after;
    }
    (headers, rest)
}

/// After a line that is no header: true unless another header follows.
fn is_body_from_here(after: &[u8]) -> bool {
    let (next, _) = split_line(after);
    next.is_empty() || (name_end(next).is_none() && !next.starts_with(b" ") && !next.starts_with(b"\t"))
}

fn name_end(line: &[u8]) -> Option<usize> {
    let colon = line.iter().take(128).position(|byte| *byte == b':')?;
    let name = line[..colon].trim_ascii_end();
    (!name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic())).then_some(colon)
}

/// The first line without its end, and what comes after it.
pub(super) fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1);
    let (line, after) = bytes.split_at(end);
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    (line.strip_suffix(b"\r").unwrap_or(line), after)
}

fn find_blank_line(bytes: &[u8]) -> Option<usize> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let (line, after) = split_line(rest);
        if line.is_empty() {
            return Some(bytes.len() - after.len());
        }
        rest = after;
    }
    None
}

impl Headers<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// How often a field occurs.
    pub(super) fn count(&self, name: &str) -> usize {
        self.values(name).count()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    fn values<'h>(&'h self, name: &'h str) -> impl Iterator<Item = &'h [u8]> {
        self.fields
            .iter()
            .filter(move |(other, _)| other.eq_ignore_ascii_case(name.as_bytes()))
            .map(|(_, value)| *value)
    }

    /// The first field of that name that is not empty, unfolded and decoded, on one line.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.values(name).find_map(|value| {
            let value = prepare(value);
            let HeaderValue::Text(text) = MessageStream::new(&value).parse_unstructured() else { return None };
            Some(decode::tidy_line(&text, 2000)).filter(|text| !text.is_empty())
        })
    }

    /// Every field of that name on one line, nothing decoded.
    pub(super) fn raw(&self, name: &str) -> Vec<String> {
        self.values(name).map(|value| decode::tidy_line(&String::from_utf8_lossy(&prepare(value)), MAX_FIELD)).collect()
    }

    /// The first word of the first field of that name, in lower case: `auto-replied` of `Auto-Submitted: auto-replied; x`.
    pub(super) fn keyword(&self, name: &str) -> Option<String> {
        let value = self.raw(name).into_iter().next()?;
        let word = value.split([';', ' ', '(']).next().unwrap_or_default();
        (!word.is_empty()).then(|| word.to_ascii_lowercase())
    }

    /// All addresses of all fields of that name; entries that name nobody are left out.
    pub(super) fn addresses(&self, name: &str) -> Vec<Address> {
        let mut addresses = Vec::new();
        for value in self.values(name) {
            let value = prepare_up_to(value, MAX_ADDRESS_FIELD);
            let HeaderValue::Address(list) = MessageStream::new(&value).parse_address() else { continue };
            for found in list.iter() {
                if addresses.len() >= MAX_ADDRESSES {
                    return addresses;
                }
                addresses.extend(address(found.name.as_deref(), found.address.as_deref()));
            }
        }
        addresses
    }

    /// True when [`Self::addresses`] leaves some out.
    pub(super) fn has_more_addresses(&self, name: &str) -> bool {
        let commas = |value: &[u8]| value.iter().filter(|byte| **byte == b',').count();
        self.values(name).any(|value| value.len() > MAX_ADDRESS_FIELD)
            || self.values(name).map(|value| commas(value) + 1).sum::<usize>() > MAX_ADDRESSES
                && self.addresses(name).len() >= MAX_ADDRESSES
    }

    /// When the topmost server says that it took the mail: what stands behind the last semicolon of the first `Received`.
    pub(super) fn received(&self) -> Option<Timestamp> {
        let value = prepare(self.values("Received").next()?);
        let text = String::from_utf8_lossy(&value).into_owned();
        read_date(text.rsplit_once(';')?.1)
    }

    /// The message ids of all fields of that name, without angle brackets, each once; the first and the newest when there
    /// are too many.
    pub(super) fn ids(&self, name: &str) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for value in self.values(name) {
            ids.extend(message_ids(&String::from_utf8_lossy(&prepare(value))));
        }
        if ids.len() > MAX_IDS {
            ids.drain(1..ids.len() - (MAX_IDS - 1));
        }
        let mut seen = std::collections::HashSet::new();
        ids.retain(|id| seen.insert(id.clone()));
        ids
    }

    /// The first readable date of that name.
    pub(super) fn date(&self, name: &str) -> Option<Timestamp> {
        self.values(name).find_map(|value| read_date(&String::from_utf8_lossy(&prepare(value))))
    }

    /// A field of the shape `value; name=value`, such as `Content-Type`.
    pub(super) fn content(&self, name: &str) -> Option<ContentType<'static>> {
        self.values(name).find_map(|value| match MessageStream::new(&prepare(value)).parse_content_type() {
            HeaderValue::ContentType(content) => {
                Some(HeaderValue::ContentType(content).into_owned().into_content_type()?)
            }
            _ => None,
        })
    }
}

fn read_date(value: &str) -> Option<Timestamp> {
    let text = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Ok(date) = DATES.parse_timestamp(&text) {
        return Some(date);
    }
    // Not to the letter; mail-parser forgives more.
    let HeaderValue::DateTime(date) = MessageStream::new(format!("{value}\n").as_bytes()).parse_date() else {
        return None;
    };
    (date.is_valid() && date.year >= 1970).then(|| Timestamp::from_second(date.to_timestamp()).ok()).flatten()
}

/// The bytes that mail-parser reads: valid UTF-8, no NUL, a line end behind, encoded words that belong together joined.
fn prepare(value: &[u8]) -> Vec<u8> {
    prepare_up_to(value, MAX_FIELD)
}

fn prepare_up_to(value: &[u8], limit: usize) -> Vec<u8> {
    let value = &value[..value.len().min(limit)];
    let mut text: Cow<'_, str> = match std::str::from_utf8(value) {
        Ok(text) => text.into(),
        Err(error) if error.error_len().is_none() && value.len() == limit => String::from_utf8_lossy(value),
        Err(_) => decode::guess(value).into(),
    };
    if text.contains('\0') {
        text = text.replace('\0', "").into();
    }
    let mut bytes = if text.matches("=?").nth(1).is_some() {
        join_words(&text).into_bytes()
    } else {
        text.into_owned().into_bytes()
    };
    bytes.push(b'\n');
    bytes
}

/// Joins neighbouring encoded words (RFC 2047) of one charset into one word of UTF-8, because many programs split a character
/// between two of them.
fn join_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("=?") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((charset, mut bytes, mut length)) = encoded_word(rest) else {
            out.push_str("=?");
            rest = &rest[2..];
            continue;
        };
        let mut words = 1;
        loop {
            let gap = rest[length..].len() - rest[length..].trim_start().len();
            match encoded_word(&rest[length + gap..]) {
                Some((next, more, more_length)) if next.eq_ignore_ascii_case(charset) => {
                    bytes.extend(more);
                    length += gap + more_length;
                    words += 1;
                }
                _ => break,
            }
        }
        if words == 1 {
            out.push_str(&rest[..length]);
        } else {
            use base64::Engine as _;
            let (text, _) = decode::text(&bytes, Some(charset));
            out.extend(["=?utf-8?B?", &base64::engine::general_purpose::STANDARD.encode(text), "?="]);
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// `=?charset?B?…?=` at the start: the charset, the decoded bytes and the length of the word.
fn encoded_word(text: &str) -> Option<(&str, Vec<u8>, usize)> {
    let inner = text.strip_prefix("=?")?;
    let (charset, rest) = inner.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let (payload, _) = rest.split_once("?=")?;
    let charset = charset.split('*').next().unwrap_or(charset);
    if charset.is_empty() || charset.len() > 40 || payload.contains(['?', '\n']) {
        return None;
    }
    let bytes = match encoding {
        "B" | "b" => decode::base64(payload.as_bytes())?.0,
        "Q" | "q" => decode::quoted_printable(payload.replace('_', "=20").as_bytes()),
        _ => return None,
    };
    let length = text.len() - rest.len() + payload.len() + 2;
    Some((charset, bytes, length))
}

/// An address worth keeping, or nothing.
fn address(name: Option<&str>, address: Option<&str>) -> Option<Address> {
    let name = name.map(|name| decode::tidy_line(name, 300)).filter(|name| !name.is_empty());
    let address = decode::tidy_line(address.unwrap_or_default(), 400).replace(' ', "");
    let address = address.trim_matches(['<', '>', '\'', '"', ',', ';']).to_owned();
    if address.contains('@') {
        // A name that only repeats the address says nothing.
        let name = name.filter(|name| !name.trim_matches(['\'', '"']).eq_ignore_ascii_case(&address));
        return Some(Address { name, address });
    }
    // `From: someone@example.org (…)` and the like, where the address ended up as the name.
    let hidden =
        name.as_deref().unwrap_or_default().split([' ', '<', '>', ',', '"']).find(|word| word.contains('@'))?;
    Some(Address { name: None, address: hidden.to_owned() })
}

/// The ids in a header value: what stands in angle brackets, or bare words for programs that forget them.
pub(super) fn message_ids(value: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut rest = value;
    while let Some(start) = rest.find('<') {
        let inner = &rest[start + 1..];
        let Some(end) = inner.find(['>', '<']) else { break };
        ids.extend(message_id(&inner[..end]));
        rest = &inner[end..];
    }
    if !value.contains('<') {
        ids.extend(value.split_whitespace().filter(|word| word.contains('@')).filter_map(message_id));
        if ids.is_empty() && value.split_whitespace().count() == 1 {
            ids.extend(message_id(value));
        }
    }
    ids
}

fn message_id(id: &str) -> Option<String> {
    let id: String = id.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>')).collect();
    (!id.is_empty() && id.len() <= MAX_ID && id != "@").then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_block_ends_where_it_ends() {
        let (headers, body) = split(b"From x\r\nA: 1\r\n  2\r\nB:3\r\n\r\nbody\r\n");
        assert_eq!(
            (headers.raw("a"), headers.raw("b"), body),
            (vec!["1 2".into()], vec!["3".into()], &b"body\r\n"[..])
        );
        let (headers, body) = split(b"no headers here\nat all");
        assert!(headers.is_empty());
        assert_eq!(body, b"no headers here\nat all");
        let (headers, body) = split(b"A: 1\njunk\nB: 2\nHello there\nmore\n");
        assert_eq!((headers.raw("b"), body), (vec!["2".into()], &b"Hello there\nmore\n"[..]));
        assert_eq!(split(b"").1, b"");
        assert_eq!(split(b"\n\nx").1, b"\nx");
    }

    #[test]
    fn ids_are_found_with_and_without_brackets() {
        assert_eq!(message_ids("<a@b> <c@d>\t<a\r\n @b>"), ["a@b", "c@d", "a@b"]);
        assert_eq!(message_ids("a@b c@d words"), ["a@b", "c@d"]);
        assert_eq!(message_ids("<> < > <@>"), Vec::<String>::new());
        assert_eq!(message_ids("single"), ["single"]);
        assert_eq!(message_ids("<open@end"), Vec::<String>::new());
    }

    #[test]
    fn a_character_split_between_two_words_is_whole() {
        let (headers, _) =
            split(b"Subject: =?utf-8?B?w6Q=?= =?UTF-8?B?w7w=?= x =?utf-8?Q?a=C3?=\r\n =?utf-8?Q?=A4_b?=\r\n\r\n");
        assert_eq!(headers.text("subject").unwrap(), "äü x aä b");
    }
}
