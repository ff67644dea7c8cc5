//! Masking twice is masking once, and masked HTML stays clean.
#![no_main]

use base::redact::{RedactionRules, Redactor};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    static REDACTOR: std::sync::OnceLock<Redactor> = std::sync::OnceLock::new();
    let redactor = REDACTOR.get_or_init(|| Redactor::new(&RedactionRules::default()).expect("the built-in rules are right"));
    let (masked, found) = redactor.mask(text);
    assert_eq!(found.is_empty(), masked == text);
    assert_eq!(redactor.mask(&masked), (masked, vec![]));
    let cleaned = base::html::clean(text);
    let (masked, _) = redactor.mask_html(&cleaned);
    assert_eq!(redactor.mask_html(&masked).0, masked);
    assert_eq!(masked.matches('<').count(), cleaned.matches('<').count());
});
