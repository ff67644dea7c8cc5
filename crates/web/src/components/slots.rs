//! Markup inside a sentence: the catalogues say where it stands, the page what it is.

use maud::{Markup, PreEscaped, Render, html};

/// What a message is filled with where markup shall stand: the first, the second. No text that people type holds these signs of the
/// private use area, and if it did, nothing but its own place would change.
pub(crate) const SLOTS: [&str; 2] = ["\u{E000}", "\u{E001}"];

/// The sentence with its slots filled; the rest is escaped.
pub(crate) fn filled(sentence: &str, markup: &[Markup]) -> Markup {
    let mut whole = sentence.render().into_string();
    for (slot, part) in SLOTS.iter().zip(markup) {
        whole = whole.replacen(slot, &part.0, 1);
    }
    html! { (PreEscaped(whole)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_stands_where_the_sentence_says_and_the_rest_is_escaped() {
        let sentence = format!("a < {} & {}", SLOTS[1], SLOTS[0]);
        let whole = filled(&sentence, &[html! { b { "x" } }, html! { i { "<y>" } }]);
        assert_eq!(whole.into_string(), "a &lt; <i>&lt;y&gt;</i> &amp; <b>x</b>");
    }
}
