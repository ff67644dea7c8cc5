//! A document's tokens as the engines keep them.

use super::Document;
use crate::text::compounds;

/// Words of a head, and of a body, beyond these are not searchable: a bound on what one document may cost.
const HEAD_PARTS: usize = 250;
const BODY_PARTS: usize = 8000;
const WHOLES: usize = 1000;
/// Where a body's positions begin (PostgreSQL counts to 16383), with a gap that no phrase spans.
const BODY_STARTS: usize = 2000;
/// Where the positions of marks begin.
const MARKS_START: usize = 12_000;
/// Longer words, and long runs of digits, are found only when they are typed to the end.
const WORD_BYTES: usize = 40;
const WORD_DIGITS: usize = 12;

#[derive(Debug, Default)]
struct Tokens {
    parts: Vec<String>,
    wholes: Vec<String>,
}

impl Tokens {
    fn of(text: &str, limit: usize) -> Self {
        let mut tokens = Self::default();
        for compound in compounds(text) {
            tokens.parts.extend(compound.parts.into_iter().map(|part| part.text));
            tokens.wholes.extend(compound.whole.filter(|_| tokens.wholes.len() < WHOLES));
            if tokens.parts.len() >= limit {
                tokens.parts.truncate(limit);
                break;
            }
        }
        tokens
    }

    fn joined(&self) -> String {
        let all: Vec<&str> = self.parts.iter().chain(&self.wholes).map(String::as_str).collect();
        all.join(" ")
    }
}

/// A document as tokens.
#[derive(Debug)]
pub(super) struct Indexed {
    head: Tokens,
    body: Tokens,
}

impl Indexed {
    pub(super) fn of(document: &Document<'_>) -> Self {
        Self { head: Tokens::of(document.head, HEAD_PARTS), body: Tokens::of(document.body, BODY_PARTS) }
    }

    /// Parts in their order, then the wholes, so that they don't part neighbours.
    pub(super) fn head(&self) -> String {
        self.head.joined()
    }

    pub(super) fn body(&self) -> String {
        self.body.joined()
    }

    /// A `tsvector` as text.
    pub(super) fn for_postgres(&self, marks: &str) -> String {
        use std::fmt::Write as _;
        let mut text = String::with_capacity(16 * (self.head.parts.len() + self.body.parts.len()));
        for (tokens, start) in [(&self.head, 1), (&self.body, BODY_STARTS)] {
            for (position, token) in tokens.parts.iter().chain(&tokens.wholes).enumerate() {
                _ = write!(text, "'{token}':{} ", start + position);
            }
        }
        for (position, mark) in marks.split(' ').enumerate() {
            _ = write!(text, "'{mark}':{} ", MARKS_START + position);
        }
        text
    }

    /// The words that a beginning may be completed to, each once, in one order (so that two who add the same words at once
    /// don't lock each other out).
    pub(super) fn words(&self) -> Vec<&str> {
        let all = [&self.head, &self.body].into_iter().flat_map(|tokens| tokens.parts.iter().chain(&tokens.wholes));
        let mut words: Vec<&str> = all.map(String::as_str).filter(|word| is_worth_completing(word)).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

fn is_worth_completing(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    (3..=WORD_BYTES).contains(&word.len()) && digits <= WORD_DIGITS
}
