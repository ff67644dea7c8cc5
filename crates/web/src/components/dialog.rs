//! Dialogs: the native element, closed by Escape, by its button, or by a press outside.

use maud::{Markup, html};
use words::Words;

use super::{Icon, icon};

/// A dialog with a title and a button that closes it.
pub(crate) fn dialog(say: Words, id: &str, title: &str, wide: bool, content: Markup) -> Markup {
    html! {
        dialog id=(id) class=[wide.then_some("wide")] aria-labelledby={ (id) "-title" } {
            div.dialog-head {
                h2 id={ (id) "-title" } { (title) }
                form method="dialog" { button.icon-button aria-label=(say.common_close()) { (icon(Icon::Close)) } }
            }
            div.dialog-body { (content) }
        }
    }
}
