//! What is left of a text are lines of it, something is always left, and trimming never panics.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let own = base::mail::own_words(text);
    assert_eq!(own.text.trim().is_empty(), text.trim().is_empty());
    for line in own.text.lines() {
        assert!(text.contains(line));
    }
    base::mail::language_of(&own.text);
});
