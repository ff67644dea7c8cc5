//! Makes of a script's mail the bytes that a mail server would deliver (RFC 5322, MIME).

use std::fmt::Write;

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{Timestamp, tz::TimeZone};

use super::{files, story::Mail};

/// The mailbox that everybody writes to.
pub(super) const MAILBOX: &str = "help@lumenoak.example";

/// A mail's place in its conversation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// When it was written.
    pub(super) at: Timestamp,
    /// Its Message-ID, without brackets.
    pub(super) id: &'a str,
    /// The writer's own earlier mail, which this one goes on from.
    pub(super) answers: Option<&'a str>,
}

/// The raw mail.
pub(super) fn raw(mail: &Mail, place: Place<'_>) -> Vec<u8> {
    let date = jiff::fmt::rfc2822::to_string(&place.at.to_zoned(TimeZone::UTC)).unwrap_or_default();
    let sender = mail.headers.iter().find(|(name, _)| name == "From").map_or("", |(_, value)| value);
    let domain = sender.rsplit('@').next().unwrap_or_default().trim_end_matches('>');
    let mut head = format!("Received: from mail.{domain} by mx1.lumenoak.example with ESMTPS; {date}\n");
    for (name, value) in &mail.headers {
        let _written = writeln!(head, "{name}: {}", encoded(value));
    }
    let _written = writeln!(head, "To: Lumen & Oak <{MAILBOX}>\nDate: {date}\nMessage-ID: <{}>", place.id);
    if let Some(answers) = place.answers {
        let _written = writeln!(head, "In-Reply-To: <{answers}>\nReferences: <{answers}>");
    }
    head.push_str("MIME-Version: 1.0\n");
    let is_raw = mail.headers.iter().any(|(name, _)| name == "Content-Type");
    let body = if is_raw { format!("\n{}\n", mail.text.replace("{date}", &date)) } else { body(mail) };
    (head + &body).replace('\n', "\r\n").into_bytes()
}

/// Header and content of the body: text; text and HTML; either with files.
fn body(mail: &Mail) -> String {
    let text = part("text/plain; charset=utf-8", &mail.text);
    let (shown, attached): (Vec<_>, Vec<_>) = mail.files.iter().partition(|(.., content_id)| content_id.is_some());
    let content = match &mail.html {
        None => text,
        Some(html) => {
            let html = part("text/html; charset=utf-8", html);
            let html = if shown.is_empty() { html } else { multipart("related", "r", html, &shown) };
            format!("Content-Type: multipart/alternative; boundary=\"=_a\"\n\n--=_a\n{text}\n--=_a\n{html}\n--=_a--\n")
        }
    };
    if attached.is_empty() { content } else { multipart("mixed", "m", content, &attached) }
}

fn part(content_type: &str, text: &str) -> String {
    format!("Content-Type: {content_type}\nContent-Transfer-Encoding: 8bit\n\n{text}\n")
}

fn multipart(kind: &str, boundary: &str, first: String, rest: &[&(String, String, Option<String>)]) -> String {
    let mut whole = format!("Content-Type: multipart/{kind}; boundary=\"=_{boundary}\"\n\n--=_{boundary}\n{first}\n");
    for (name, content_type, content_id) in rest {
        let disposition = if content_id.is_some() { "inline" } else { "attachment" };
        let _written = write!(
            whole,
            "--=_{boundary}\nContent-Type: {content_type}; name=\"{name}\"\nContent-Transfer-Encoding: base64\n\
             Content-Disposition: {disposition}; filename=\"{name}\"\n"
        );
        if let Some(content_id) = content_id {
            let _written = writeln!(whole, "Content-ID: <{content_id}>");
        }
        let base64 = STANDARD.encode(files::content(name));
        for line in base64.as_bytes().chunks(76) {
            whole.push('\n');
            whole.push_str(std::str::from_utf8(line).unwrap_or_default());
        }
        whole.push('\n');
    }
    whole + &format!("--=_{boundary}--\n")
}

/// A header's value with encoded words (RFC 2047) where it is not ASCII; an address keeps its angle brackets.
fn encoded(value: &str) -> String {
    if value.is_ascii() {
        return value.to_owned();
    }
    match value.rsplit_once(" <") {
        Some((name, address)) if address.ends_with('>') => format!("{}\n <{address}", words(name.trim_matches('"'))),
        _ => words(value),
    }
}

fn words(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut piece = String::new();
    for letter in text.chars() {
        if piece.len() + letter.len_utf8() > 42 {
            words.push(std::mem::take(&mut piece));
        }
        piece.push(letter);
    }
    words.push(piece);
    let words: Vec<String> = words.iter().map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word))).collect();
    words.join("\n ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::story::{self, Action};

    #[test]
    fn every_mail_of_the_demonstration_is_read_as_it_was_meant() {
        let at = "2026-01-05T10:00:00Z".parse().unwrap();
        for story in story::all().unwrap() {
            for step in story.steps {
                let Action::Mail(mail) = step.action else { continue };
                let raw = raw(&mail, Place { at, id: "one@demo.example", answers: Some("zero@demo.example") });
                assert!(
                    raw.split(|byte| *byte == b'\n').all(|line| line.len() <= 999),
                    "{}: a line is too long",
                    story.name
                );
                let read = channels::email::read(&raw, &desk::channel::Envelope::default());
                let header =
                    |name: &str| mail.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
                assert_eq!(Some(read.subject.as_str()), header("Subject"), "{}", story.name);
                let from = header("From").unwrap();
                assert!(from.contains(&read.from.address), "{}: {from}", story.name);
                assert!(from.contains(read.from.name.as_deref().unwrap_or_default()), "{}: {from}", story.name);
                assert_eq!(read.rfc_message_id.as_deref(), Some("one@demo.example"), "{}", story.name);
                assert!(read.files.len() >= mail.files.len(), "{}: {:?}", story.name, read.files.len());
                assert!(!read.body.trim().is_empty(), "{}", story.name);
                assert_eq!(read.html.is_some(), mail.html.is_some(), "{}", story.name);
            }
        }
    }
}
