//! What a mail is threaded by: its ids are clean and each there once, and marks of answers never pile up.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &[u8]| {
    let mail = base::mail::parse(raw);
    let ids = mail.message_id.iter().chain(&mail.in_reply_to).chain(&mail.references);
    for id in ids {
        assert!(!id.is_empty() && !id.contains(['<', '>', '\n']) && !id.contains(char::is_whitespace));
    }
    let mut once = mail.references.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), mail.references.len());
    let base = base::mail::base_subject(&mail.subject);
    assert_eq!(base::mail::base_subject(&base), base);
    let reply = base::mail::reply_subject(&mail.subject);
    assert_eq!(base::mail::reply_subject(&reply), reply);
    assert_eq!(base::mail::base_subject(&reply), base);
});
