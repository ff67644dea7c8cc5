//! Any bytes are a mail, and what is read from them can be stored and shown.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &[u8]| {
    let mail = base::mail::parse(raw);
    assert!(!mail.warnings.iter().any(|warning| warning.contains("as it came")), "a parser panicked");
    let json = serde_json::to_string(&mail).expect("every mail is JSON");
    assert!(!json.contains("\\u0000"), "NUL cannot be stored");
    if let Some(html) = &mail.html {
        assert_eq!(&base::html::clean(html), html);
    }
});
