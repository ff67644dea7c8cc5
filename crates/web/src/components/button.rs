//! What is pressed.

use maud::{Markup, html};

use super::{Icon, icon};

/// The one thing a form is for.
pub(crate) fn primary(label: &str) -> Markup {
    html! { button.button.primary type="submit" { (label) } }
}

/// A form's other button.
pub(crate) fn plain(label: &str) -> Markup {
    html! { button.button type="submit" { (label) } }
}

/// A button for what cannot be taken back easily.
pub(crate) fn danger(label: &str) -> Markup {
    html! { button.button.danger type="submit" { (label) } }
}

/// A link that looks like a button.
pub(crate) fn link_primary(href: &str, label: &str, picture: Icon) -> Markup {
    html! { a.button.primary href=(href) { (icon(picture)) (label) } }
}

/// A form of one button: posts to `action` with the given hidden values.
pub(crate) fn post(action: &str, values: &[(&str, &str)], button: Markup) -> Markup {
    html! {
        form method="post" action=(action) {
            @for (name, value) in values { input type="hidden" name=(name) value=(value); }
            (button)
        }
    }
}

/// The key that does the same, shown beside a label and kept from screen readers, who have `aria-keyshortcuts`.
pub(crate) fn key(keys: &str) -> Markup {
    html! { kbd aria-hidden="true" { (keys) } }
}
