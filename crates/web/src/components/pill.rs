//! Small labels: a state in words on a soft ground, a tag.

use maud::{Markup, html};

/// What a pill's colour says; its words say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Nothing special.
    Quiet,
    /// Of interest now.
    Accent,
    /// Good.
    Ok,
    /// Needs a look.
    Warn,
    /// Went wrong.
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Tone::Quiet => "pill",
            Tone::Accent => "pill accent",
            Tone::Ok => "pill ok",
            Tone::Warn => "pill warn",
            Tone::Bad => "pill bad",
        }
    }
}

/// A state in words.
pub(crate) fn pill(words: &str, tone: Tone) -> Markup {
    html! { span class=(tone.class()) { (words) } }
}

/// One tag.
pub(crate) fn tag(name: &str) -> Markup {
    html! { span.tag dir="auto" { (name) } }
}
