//! A place with nothing in it: one sentence, one thing to do.

use maud::{Markup, html};

use super::{Icon, icon};

/// Says why there is nothing here and, in `action`, what to do about it.
pub(crate) fn empty(picture: Icon, title: &str, sentence: &str, action: Option<Markup>) -> Markup {
    html! {
        div.empty {
            (icon(picture))
            h2 { (title) }
            @if !sentence.is_empty() { p { (sentence) } }
            @if let Some(action) = action { (action) }
        }
    }
}
