//! Icons: one sprite, drawn from Lucide (ISC, see `assets/icons/LICENSE`). An icon never speaks; its button does.

use maud::{Markup, html};

use crate::assets;

macro_rules! icons {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// One of the drawings in `assets/icons`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Icon { $($variant),* }

        /// Every icon, for the test that all of them are drawn.
        #[cfg(test)]
        pub(crate) const ALL: &[Icon] = &[$(Icon::$variant),*];

        impl Icon {
            /// The name of its file and of its symbol.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Icon::$variant => $name),* }
            }
        }
    };
}

icons! {
    Archive = "archive",
    Assign = "assign",
    Attach = "attach",
    Activity = "activity",
    Back = "back",
    Bell = "bell",
    Bold = "bold",
    Chart = "chart",
    Check = "check",
    Clock = "clock",
    Close = "close",
    Code = "code",
    Device = "device",
    Down = "down",
    Edit = "edit",
    Error = "error",
    File = "file",
    Flag = "flag",
    HandOver = "hand-over",
    Help = "help",
    Inbox = "inbox",
    Info = "info",
    Italic = "italic",
    Keyboard = "keyboard",
    Filter = "list-filter",
    Link = "link",
    Macro = "macro",
    Mail = "mail",
    More = "more",
    Ok = "ok",
    PanelContext = "panel-context",
    Pin = "pin",
    Plus = "plus",
    Problem = "problem",
    Refresh = "refresh",
    Reopen = "reopen",
    Requeue = "requeue",
    Resolve = "resolve",
    Search = "search",
    Settings = "settings",
    SignOut = "sign-out",
    Split = "split",
    Star = "star",
    Tag = "tag",
    Trash = "trash",
    Unread = "unread",
    Up = "up",
    User = "user",
    Users = "users",
    Waiting = "waiting",
    Warning = "warning",
}

/// An icon of the usual size.
pub(crate) fn icon(icon: Icon) -> Markup {
    drawing(icon, if turns(icon) { "icon turns" } else { "icon" })
}

/// An icon beside small text.
pub(crate) fn small_icon(icon: Icon) -> Markup {
    drawing(icon, if turns(icon) { "icon small turns" } else { "icon small" })
}

/// Whether it points along the line of writing, so that it is mirrored where lines start from the right.
fn turns(icon: Icon) -> bool {
    matches!(icon, Icon::Back | Icon::PanelContext | Icon::SignOut | Icon::Split | Icon::Help)
}

fn drawing(icon: Icon, class: &str) -> Markup {
    html! { svg class=(class) aria-hidden="true" { use href={ (assets::url("icons.svg")) "#" (icon.name()) } {} } }
}
