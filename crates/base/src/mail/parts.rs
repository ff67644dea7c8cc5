//! The MIME tree, walked once: its text, its files, its reports. Depth, parts and text are bounded; every byte is decoded once.

use bytes::Bytes;
use mail_parser::ContentType;
use sha2::{Digest, Sha256};

use super::flowed::unflow;
use super::headers::{self, Headers};
use super::media::{file_name, is_media_type, is_winmail, media_type};
use super::parsed::{Attachment, Invitation, Security};
use super::{calendar, decode, tnef};
use crate::html;

const MAX_DEPTH: usize = 20;
const MAX_PARTS: usize = 1000;
/// Longest text part that is read as text, in bytes before decoding.
const MAX_TEXT: usize = 4 * 1024 * 1024;
/// Longest calendar that is read, in bytes.
const MAX_CALENDAR: usize = 1024 * 1024;

/// A stretch of the letter: as text, as HTML or both.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) text: Option<String>,
    pub(super) html: Option<String>,
}

/// What the parts of a mail hold.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) attachments: Vec<Attachment>,
    /// `message/delivery-status` (RFC 3464).
    pub(super) delivery_status: Option<String>,
    /// `message/feedback-report` (RFC 5965).
    pub(super) feedback_report: Option<String>,
    /// `message/disposition-notification` (RFC 8098).
    pub(super) is_receipt: bool,
    /// Start of the first mail that lies in this one, or its headers.
    pub(super) enclosed: Option<Vec<u8>>,
    pub(super) invitation: Option<Invitation>,
    pub(super) security: Security,
    /// The letter that lay in a winmail.dat; for mails that have no other.
    pub(super) packed: Option<Block>,
    pub(super) warnings: Vec<String>,
    parts: usize,
}

/// What surrounds a part.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Parent {
    None,
    Alternative,
    Related,
    Digest,
    Other,
}

/// Walks the tree below a header block and its body; gives the letter in order.
pub(super) fn read(headers: &Headers<'_>, body: &[u8]) -> (Vec<Block>, Content) {
    let mut content = Content::default();
    let blocks = content.part(headers, body, Parent::None, 0, true);
    (blocks, content)
}

impl Content {
    fn warn(&mut self, warning: impl Into<String>) {
        let warning = warning.into();
        if self.warnings.len() < 20 && !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    fn part(&mut self, headers: &Headers<'_>, body: &[u8], parent: Parent, depth: usize, is_first: bool) -> Vec<Block> {
        self.parts += 1;
        let content_type = headers.content("Content-Type");
        let kind = media_type(content_type.as_ref(), parent);
        if let Some(subtype) = kind.strip_prefix("multipart/") {
            let boundary = content_type.as_ref().and_then(|c| c.attribute("boundary")).map(|b| b.trim_end().as_bytes());
            let boundary = boundary.filter(|b| !b.is_empty()).or_else(|| guess_boundary(body));
            let pieces = boundary.map(|boundary| split_parts(body, boundary)).unwrap_or_default();
            if pieces.is_empty() && depth == 0 && !body.trim_ascii().is_empty() {
                self.warn("the mail says it has parts, but they were not found; all of it is shown as text");
                return self.leaf(headers, None, "text/plain", body, parent, true);
            }
            if depth >= MAX_DEPTH {
                self.warn("parts are nested too deeply; the innermost were kept as one file");
                return self.leaf(headers, content_type.as_ref(), "application/octet-stream", body, parent, false);
            }
            let protocol = content_type.as_ref().and_then(|c| c.attribute("protocol"));
            self.security.see_multipart(subtype, protocol);
            return self.multipart(subtype, &pieces, depth, is_first);
        }
        self.leaf(headers, content_type.as_ref(), &kind, body, parent, is_first)
    }

    fn multipart(&mut self, subtype: &str, pieces: &[&[u8]], depth: usize, is_first: bool) -> Vec<Block> {
        let parent = match subtype {
            "alternative" => Parent::Alternative,
            "related" => Parent::Related,
            "digest" => Parent::Digest,
            _ => Parent::Other,
        };
        let mut children = Vec::new();
        for (number, piece) in pieces.iter().enumerate() {
            if self.parts >= MAX_PARTS {
                self.warn(format!("the mail has more than {MAX_PARTS} parts; the rest was left out"));
                break;
            }
            let (headers, body) = headers::split(piece);
            let is_first = is_first && number == 0;
            children.push(self.part(&headers, body, parent, depth + 1, is_first));
        }
        if parent == Parent::Alternative { choose(children) } else { children.into_iter().flatten().collect() }
    }

    fn leaf(
        &mut self,
        headers: &Headers<'_>,
        content_type: Option<&ContentType<'_>>,
        kind: &str,
        body: &[u8],
        parent: Parent,
        is_first: bool,
    ) -> Vec<Block> {
        let disposition = headers.content("Content-Disposition");
        let says = |word: &str| disposition.as_ref().is_some_and(|d| d.c_type.eq_ignore_ascii_case(word));
        let name = disposition
            .as_ref()
            .and_then(|d| d.attribute("filename"))
            .or_else(|| content_type.and_then(|c| c.attribute("name")))
            .and_then(file_name);
        let is_text = matches!(kind, "text/plain" | "text/html") && !says("attachment");
        if is_text && (name.is_none() || is_first) {
            return vec![self.text(headers, content_type, kind, body)];
        }
        if parent == Parent::Alternative && kind == "text/x-amp-html" {
            return Vec::new();
        }
        let data = self.decoded(headers, body);
        match kind {
            "message/delivery-status" | "message/global-delivery-status" => {
                self.delivery_status.get_or_insert_with(|| start_of(&data));
            }
            "message/feedback-report" => _ = self.feedback_report.get_or_insert_with(|| start_of(&data)),
            "message/disposition-notification" => self.is_receipt = true,
            "message/rfc822" | "message/global" | "text/rfc822-headers" | "message/global-headers" => {
                self.enclosed.get_or_insert_with(|| data[..data.len().min(256 * 1024)].to_vec());
            }
            "text/calendar" | "application/ics" if self.invitation.is_none() => {
                let attribute = |name: &str| content_type.and_then(|c| c.attribute(name));
                let (text, _) =
                    decode::text(&data[..data.len().min(MAX_CALENDAR)], attribute("charset").or(Some("utf-8")));
                self.invitation = calendar::read(&text, attribute("method"));
            }
            "application/ms-tnef" | "application/vnd.ms-tnef" if self.unpack(&data) => return Vec::new(),
            "application/octet-stream" if is_winmail(name.as_deref()) && self.unpack(&data) => return Vec::new(),
            _ => {}
        }
        let smime_type = content_type.and_then(|c| c.attribute("smime-type"));
        self.security.see_part(kind, smime_type, name.as_deref(), &data);
        let content_id = headers.raw("Content-ID").iter().flat_map(|value| headers::message_ids(value)).next();
        let inline = !says("attachment") && (says("inline") || (parent == Parent::Related && content_id.is_some()));
        self.attach(name, kind.to_owned(), inline, content_id, data);
        Vec::new()
    }

    fn attach(&mut self, name: Option<String>, kind: String, inline: bool, content_id: Option<String>, data: Vec<u8>) {
        self.attachments.push(Attachment {
            name,
            content_type: kind,
            size: data.len(),
            inline,
            content_id,
            sha256: hex::encode(Sha256::digest(&data)),
            data: Bytes::from(data),
        });
    }

    /// Takes the files and the letter out of a winmail.dat. False when it has to be kept as it is.
    fn unpack(&mut self, data: &[u8]) -> bool {
        let Some(packed) = tnef::unpack(data) else {
            self.warn("a winmail.dat cannot be read; it is kept as a file");
            return false;
        };
        for file in packed.files {
            let kind =
                file.content_type.map(|kind| kind.trim().to_ascii_lowercase()).filter(|kind| is_media_type(kind));
            let content_id = file.content_id.iter().flat_map(|id| headers::message_ids(id)).next();
            let name = file.name.as_deref().and_then(file_name);
            self.attach(
                name,
                kind.unwrap_or_else(|| "application/octet-stream".to_owned()),
                false,
                content_id,
                file.data,
            );
        }
        if packed.text.is_some() || packed.html.is_some() {
            let text = packed.text.map(|text| decode::tidy_text(&text));
            self.packed.get_or_insert(Block { text, html: packed.html });
        }
        if packed.is_damaged {
            self.warn("a winmail.dat is damaged; what could be read of it was taken out");
        }
        !packed.is_damaged
    }

    fn text(
        &mut self,
        headers: &Headers<'_>,
        content_type: Option<&ContentType<'_>>,
        kind: &str,
        body: &[u8],
    ) -> Block {
        let is_html = kind == "text/html";
        let limit = if is_html { html::MAX_HTML } else { MAX_TEXT };
        let data = self.decoded(headers, &body[..body.len().min(limit * 3 / 2)]);
        if body.len() > limit * 3 / 2 || data.len() > limit {
            self.warn("the text is very long; only its beginning was read");
        }
        let data = &data[..data.len().min(limit)];
        let charset = content_type.and_then(|c| c.attribute("charset")).map(str::to_owned);
        let charset = charset.or_else(|| if is_html { meta_charset(data) } else { None });
        let (text, is_right) = decode::text(data, charset.as_deref());
        if !is_right {
            let label = charset.as_deref().map_or("none".into(), |label| decode::tidy_line(label, 40));
            self.warn(format!("the text does not fit the charset it names ({label})"));
        }
        if is_html {
            return Block { text: None, html: Some(text).filter(|html| !html.trim().is_empty()) };
        }
        let is = |name: &str, value: &str| {
            content_type.and_then(|c| c.attribute(name)).is_some_and(|other| other.trim().eq_ignore_ascii_case(value))
        };
        let text = decode::tidy_text(&text);
        let text = if is("format", "flowed") { unflow(&text, is("delsp", "yes")) } else { text };
        Block { text: Some(text).filter(|text| !text.trim().is_empty()), html: None }
    }

    fn decoded(&mut self, headers: &Headers<'_>, body: &[u8]) -> Vec<u8> {
        match headers.keyword("Content-Transfer-Encoding").as_deref() {
            Some("base64") => match decode::base64(body) {
                Some((data, is_whole)) => {
                    if !is_whole {
                        self.warn("a part's base64 is damaged");
                    }
                    data
                }
                None => {
                    self.warn("a part says it is base64 and is not");
                    body.to_vec()
                }
            },
            Some("quoted-printable") => decode::quoted_printable(body),
            None | Some("7bit" | "8bit" | "binary" | "7-bit" | "8-bit") => body.to_vec(),
            Some(other) => {
                let other = decode::tidy_line(other, 40);
                self.warn(format!("unknown transfer encoding {other}"));
                body.to_vec()
            }
        }
    }
}

/// The parts between boundary lines (RFC 2046, 5.1.1). The last one may lack its end.
fn split_parts<'m>(body: &'m [u8], boundary: &[u8]) -> Vec<&'m [u8]> {
    let mut parts = Vec::new();
    let mut start: Option<usize> = None;
    let mut at = 0;
    while at < body.len() && parts.len() <= MAX_PARTS {
        let (line, after) = headers::split_line(&body[at..]);
        let next = body.len() - after.len();
        if let Some(rest) = line.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary)) {
            let rest = rest.trim_ascii_end();
            if rest.is_empty() || rest == b"--" {
                if let Some(start) = start {
                    parts.push(without_last_line_end(&body[start..at.max(start)]));
                }
                start = rest.is_empty().then_some(next);
                if rest == b"--" {
                    return parts;
                }
            }
        }
        at = next;
    }
    if let Some(start) = start.filter(|start| *start < body.len() && parts.len() <= MAX_PARTS) {
        parts.push(&body[start..]);
    }
    parts
}

/// The line end before a boundary belongs to the boundary.
fn without_last_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

/// For mails that forget to name their boundary: the first line that looks like one, if it comes again.
fn guess_boundary(body: &[u8]) -> Option<&[u8]> {
    let mut rest = body;
    for _ in 0..50 {
        let (line, after) = headers::split_line(rest);
        if let Some(boundary) = line.strip_prefix(b"--").map(<[u8]>::trim_ascii_end)
            && (4..=70).contains(&boundary.len())
            && !boundary.contains(&b' ')
        {
            return Some(boundary);
        }
        rest = after;
    }
    None
}

/// One letter of several versions: the first that is text, the last that is HTML.
fn choose(children: Vec<Vec<Block>>) -> Vec<Block> {
    let text =
        children.iter().find(|blocks| blocks.iter().any(|block| block.text.is_some())).map(|blocks| plain(blocks));
    let html =
        children.iter().rfind(|blocks| blocks.iter().any(|block| block.html.is_some())).map(|blocks| rich(blocks));
    if text.is_none() && html.is_none() { Vec::new() } else { vec![Block { text, html }] }
}

/// The blocks as text.
pub(super) fn plain(blocks: &[Block]) -> String {
    let texts: Vec<String> = blocks
        .iter()
        .filter_map(|block| match (&block.text, &block.html) {
            (Some(text), _) => Some(text.clone()),
            (None, Some(html)) => Some(html::to_text(html)),
            (None, None) => None,
        })
        .collect();
    texts.join("\n\n")
}

/// The blocks as HTML, not yet cleaned.
pub(super) fn rich(blocks: &[Block]) -> String {
    let htmls: Vec<String> = blocks
        .iter()
        .filter_map(|block| block.html.clone().or_else(|| block.text.as_deref().map(html::from_text)))
        .collect();
    htmls.join("\n")
}

fn meta_charset(html: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&html[..html.len().min(2048)]).to_ascii_lowercase();
    let after = &head[head.find("charset=")? + 8..];
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!label.is_empty() && label.len() <= 40).then_some(label)
}

fn start_of(data: &[u8]) -> String {
    decode::tidy_text(&String::from_utf8_lossy(&data[..data.len().min(256 * 1024)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boundary_that_begins_like_another_is_another() {
        let body = b"pre\r\n--ab\r\n\r\none\r\n--abc\r\ninside\r\n--ab  \r\n\r\ntwo\r\n--ab--\r\nepilogue";
        let parts = split_parts(body, b"ab");
        assert_eq!(parts, [&b"\r\none\r\n--abc\r\ninside"[..], &b"\r\ntwo"[..]]);
        assert_eq!(split_parts(b"--x\n\nopen end", b"x"), [&b"\nopen end"[..]]);
        assert!(split_parts(b"nothing", b"x").is_empty());
    }
}
