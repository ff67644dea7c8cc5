//! Clocks as pages show them: beside a conversation, and how many were met.

pub(crate) mod beside;
pub(crate) mod report;

use desk::clocks::Kind;
use words::Words;

/// What a clock counts towards, in words.
pub(crate) fn kind_words(words: Words, kind: Kind) -> &'static str {
    match kind {
        Kind::FirstResponse => words.clocks_first_response(),
        Kind::NextResponse => words.clocks_next_response(),
        Kind::Resolution => words.clocks_resolution(),
        Kind::Handoff => words.clocks_handoff(),
        Kind::Review => words.clocks_review(),
    }
}
