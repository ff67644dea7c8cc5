//! Bytes to a [`ParsedMail`].

use super::language::language_of;
use super::parsed::{Address, Attachment, Authentication, Kind, ParsedMail, Security, doubt_about_date};
use super::parts;
use super::{authentication, decode, forward, headers, kind, reply};
use crate::html;

const MAX_SUBJECT: usize = 1000;
const PREVIEW: usize = 200;

/// Reads a mail. Never fails: from bytes that are no mail comes a [`ParsedMail`] that shows them as text and says so in
/// `warnings`. Takes time and memory in proportion to the input, whatever its structure.
pub fn parse(raw: &[u8]) -> ParsedMail {
    // A stranger's bytes must never stop the queue: should a parser below panic after all, the mail is shown as it came.
    std::panic::catch_unwind(|| read(raw)).unwrap_or_else(|_| unreadable(raw))
}

pub(super) fn read(raw: &[u8]) -> ParsedMail {
    let mut warnings = Vec::new();
    let converted: Vec<u8>;
    let raw = if !raw.contains(&b'\n') && raw.contains(&b'\r') {
        converted = raw.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect();
        &converted
    } else {
        raw
    };
    let (headers, body) = headers::split(raw);
    if raw.trim_ascii().is_empty() {
        warnings.push("the mail is empty".to_owned());
    } else if headers.is_empty() {
        warnings.push("there are no headers; all of it is shown as text".to_owned());
    }

    let from = headers.addresses("From");
    let subject = decode::tidy_line(&headers.text("Subject").unwrap_or_default(), MAX_SUBJECT);
    let date = headers.date("Date");
    if !headers.is_empty() {
        if from.is_empty() {
            warnings.push("nobody is named as the sender".to_owned());
        }
        if date.is_none() {
            warnings.push(if headers.has("Date") { "the date cannot be read" } else { "there is no date" }.to_owned());
        }
        for name in ["To", "Cc"] {
            if headers.has_more_addresses(name) {
                warnings.push(format!("there are very many addresses in {name}; only the first were read"));
            }
        }
    }
    let received = headers.received();
    warnings.extend(date.and_then(|date| doubt_about_date(date, received)).map(str::to_owned));
    let message_id = message_id(&headers, &mut warnings);

    let (mut blocks, mut content) = parts::read(&headers, body);
    if !blocks.iter().any(|block| block.text.is_some() || block.html.is_some()) {
        blocks.extend(content.packed.take());
    }
    let html = blocks.iter().any(|block| block.html.is_some()).then(|| html::clean(&parts::rich(&blocks)));
    let html = html.filter(|html| !html.is_empty());
    let mut text = decode::tidy_text(&parts::plain(&blocks));
    text.truncate(text.trim_end().len());
    let text = text.trim_start_matches('\n').to_owned();
    mark_inline(&mut content.attachments, html.as_deref());
    content.security.see_text(&text);
    if let Some(encrypted) = content.security.encrypted {
        content.warnings.push(format!("the mail is encrypted ({}); its text cannot be read", encrypted.name()));
    } else if content.security.signed.is_some() && blocks.is_empty() {
        content
            .warnings
            .push("the mail is signed as one block (S/MIME); its text lies in the attached file".to_owned());
    }

    let (kind, bounce) = kind::classify(&headers, &content, &from, &subject, &text);
    let forwarded_from = if kind == Kind::Bounce || kind == Kind::Complaint {
        None
    } else {
        forward::original_writer(&subject, &text, content.enclosed.as_deref())
    };
    // Marks in a server's report are no quotations.
    let is_report = matches!(kind, Kind::Bounce | Kind::Complaint);
    let own = if forwarded_from.is_some() || is_report { reply::Own::whole(&text) } else { reply::own_words(&text) };
    warnings.append(&mut content.warnings);
    ParsedMail {
        reply_to: headers.addresses("Reply-To"),
        to: headers.addresses("To"),
        cc: headers.addresses("Cc"),
        in_reply_to: headers.ids("In-Reply-To").into_iter().next(),
        references: headers.ids("References"),
        authentication: authentication::verdicts(&headers),
        preview: decode::tidy_line(&own.text, PREVIEW),
        language: language_of(&own.text),
        invitation: content.invitation,
        security: content.security,
        delivered_to: delivered_to(&headers),
        auto_submitted: kind::is_automatic(&headers, kind, &from),
        attachments: content.attachments,
        from,
        subject,
        date,
        received,
        message_id,
        text,
        html,
        reply_text: own.text,
        signature: own.signature,
        kind,
        bounce,
        forwarded_from,
        warnings,
    }
}

fn message_id(headers: &headers::Headers<'_>, warnings: &mut Vec<String>) -> Option<String> {
    let mut ids = headers.ids("Message-ID");
    match (ids.len(), headers.count("Message-ID")) {
        (0, 0) if headers.is_empty() => None,
        (0, 0) => {
            warnings.push("there is no message id".to_owned());
            None
        }
        (0, _) => {
            warnings.push("the message id is empty".to_owned());
            None
        }
        (1, 1) => ids.pop(),
        (1, _) => {
            warnings.push("the message id is given more than once".to_owned());
            ids.pop()
        }
        _ => {
            warnings.push("there are several message ids; none is used".to_owned());
            None
        }
    }
}

/// Pictures that the HTML shows are part of the text, whatever their disposition says.
fn mark_inline(attachments: &mut [Attachment], html: Option<&str>) {
    let Some(html) = html.filter(|html| html.contains("cid:")) else { return };
    let mut shown = std::collections::HashSet::new();
    html::resolve_cids(html, |id| {
        shown.insert(id.to_owned());
        None
    });
    for attachment in attachments {
        attachment.inline |= attachment.content_id.as_ref().is_some_and(|id| shown.contains(id));
    }
}

fn delivered_to(headers: &headers::Headers<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in
        ["Delivered-To", "X-Original-To", "X-Delivered-To", "Envelope-To", "X-Envelope-To", "Original-Recipient"]
    {
        for value in headers.raw(name).into_iter().take(20) {
            let value = value.strip_prefix("rfc822;").unwrap_or(&value);
            let address = value.trim().trim_matches(['<', '>']).to_lowercase();
            if address.contains('@') && !address.contains(' ') && address.len() <= 320 && !found.contains(&address) {
                found.push(address);
            }
        }
    }
    found
}

fn unreadable(raw: &[u8]) -> ParsedMail {
    let text = decode::tidy_text(&String::from_utf8_lossy(&raw[..raw.len().min(1024 * 1024)]));
    let nobody: Vec<Address> = Vec::new();
    ParsedMail {
        from: nobody.clone(),
        reply_to: nobody.clone(),
        to: nobody.clone(),
        cc: nobody,
        subject: String::new(),
        date: None,
        received: None,
        message_id: None,
        in_reply_to: None,
        references: Vec::new(),
        preview: decode::tidy_line(&text, PREVIEW),
        reply_text: text.clone(),
        text,
        html: None,
        signature: None,
        language: None,
        attachments: Vec::new(),
        invitation: None,
        security: Security::default(),
        kind: Kind::Message,
        bounce: None,
        forwarded_from: None,
        authentication: Authentication::default(),
        warnings: vec!["the mail could not be read; it is shown as it came".to_owned()],
        delivered_to: Vec::new(),
        auto_submitted: true,
    }
}
