//! Cleaned HTML is stable and has no script.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|html: &str| {
    let cleaned = base::html::clean(html);
    assert_eq!(base::html::clean(&cleaned), cleaned);
    let lower = cleaned.to_lowercase();
    for bad in ["<script", "<style", "<iframe", "<svg", "<math", "<form", "<base", "<meta", "<link"] {
        assert!(!lower.contains(bad), "{cleaned}");
    }
    // Within tags only: a text may say it.
    for tag in lower.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        assert!(!tag.contains("href=\"javascript:"), "{cleaned}");
    }
    assert_eq!(base::html::clean(&base::html::show_remote_images(&cleaned)), cleaned);
    base::html::to_text(html);
});
