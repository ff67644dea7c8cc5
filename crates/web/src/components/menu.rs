//! Menus: a button and a popover of buttons. They open without any script; the script adds arrow keys.

use maud::{Markup, html};

use super::{Icon, icon, small_icon};

/// Where a menu opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Below, from the button's start.
    Start,
    /// Below, to the button's end.
    End,
    /// Above, to the button's end.
    Above,
}

impl Place {
    fn class(self) -> &'static str {
        match self {
            Place::Start => "menu",
            Place::End => "menu at-end",
            Place::Above => "menu above",
        }
    }
}

/// The panel of a menu; the button that opens it carries `popovertarget` with the same id.
pub(crate) fn menu(id: &str, label: &str, place: Place, content: Markup) -> Markup {
    html! { div class=(place.class()) id=(id) popover role="group" aria-label=(label) { (content) } }
}

/// One line of a menu that submits the form around it with `name=value`.
pub(crate) fn submit_item(name: &str, value: &str, face: Markup, chosen: bool) -> Markup {
    html! {
        button.menu-item type="submit" name=(name) value=(value) aria-current=[chosen.then_some("true")] {
            (face)
            @if chosen { span.check { (small_icon(Icon::Check)) } }
        }
    }
}

/// One line of a menu that leads somewhere.
pub(crate) fn link_item(href: &str, picture: Icon, label: &str, key: Option<&str>) -> Markup {
    html! {
        a.menu-item href=(href) {
            (icon(picture)) (label)
            @if let Some(key) = key { (super::button::key(key)) }
        }
    }
}
