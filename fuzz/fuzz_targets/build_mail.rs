//! No text in any field adds a header, and what is built can be read.
#![no_main]

use base::mail::{Address, OutgoingAttachment, OutgoingMail, QuotedMail};
use libfuzzer_sys::fuzz_target;

const FIELDS: &[&str] = &[
    "Date", "From", "Reply-To", "To", "Cc", "Subject", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
    "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
];

fuzz_target!(|text: &str| {
    let mut pieces = text.split('|').cycle();
    let mut next = || pieces.next().unwrap_or_default().to_owned();
    let mail = OutgoingMail {
        from: Address { name: Some(next()), address: next() },
        reply_to: Some(Address { name: Some(next()), address: next() }),
        to: vec![Address { name: Some(next()), address: next() }],
        cc: vec![Address { name: Some(next()), address: next() }],
        subject: next(),
        message_id: next(),
        in_reply_to: Some(next()),
        references: vec![next(), next()],
        date: jiff::Timestamp::UNIX_EPOCH,
        body: next(),
        quoted: Some(QuotedMail { introduction: next(), text: next(), html: Some(next()) }),
        attachments: vec![OutgoingAttachment {
            name: next(),
            content_type: next(),
            content_id: Some(next()),
            data: text.as_bytes().to_vec().into(),
        }],
        automatic: text.len() % 2 == 0,
    };
    let raw = base::mail::build(&mail);
    let head = String::from_utf8_lossy(&raw);
    let head = head.split("\r\n\r\n").next().unwrap_or_default();
    assert!(!head.replace("\r\n", "").contains(['\r', '\n']), "{head}");
    for line in head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])) {
        assert!(FIELDS.contains(&line.split(':').next().unwrap_or_default()), "{head}");
    }
    let read = base::mail::parse(&raw);
    assert!(read.message_id.is_some());
    assert!(read.attachments.iter().any(|attachment| attachment.data == mail.attachments[0].data), "{head}");
});
