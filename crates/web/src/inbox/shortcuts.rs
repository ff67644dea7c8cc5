//! Every key and what it does: one list, from which the help page, the palette and the key bindings are made.

use maud::{Markup, html};

use crate::components::dialog::dialog;
use crate::settings::keyboard::keys::{Chosen, keys_of};

/// One command of the desk.
pub(crate) struct Shortcut {
    /// What scripts call it; a button that does the same carries it as `data-does`.
    pub(crate) command: &'static str,
    /// The keys, parted by commas where there are several; a sequence has a space.
    pub(crate) keys: &'static str,
    /// What it does.
    pub(crate) words: &'static str,
    /// Also works while writing.
    pub(crate) everywhere: bool,
}

const fn key(command: &'static str, keys: &'static str, words: &'static str) -> Shortcut {
    Shortcut { command, keys, words, everywhere: false }
}

const fn anywhere(command: &'static str, keys: &'static str, words: &'static str) -> Shortcut {
    Shortcut { command, keys, words, everywhere: true }
}

/// All commands, by heading.
pub(crate) const SHORTCUTS: &[(&str, &[Shortcut])] = &[
    (
        "Move",
        &[
            key("next", "j,ArrowDown", "Next conversation"),
            key("previous", "k,ArrowUp", "Previous conversation"),
            key("enter", "Enter", "Into the conversation"),
            anywhere("leave", "Escape", "Back to the list"),
            key("search", "/", "Search"),
            key("views", "[", "Views"),
            key("context", "]", "Customer pane"),
            key("customer", "o", "Customer"),
        ],
    ),
    (
        "Answer",
        &[
            key("reply", "r", "Reply"),
            key("note", "n", "Internal note"),
            anywhere("send", "Mod+Enter", "Send"),
            anywhere("send-resolve", "Mod+Shift+Enter", "Send and resolve"),
        ],
    ),
    (
        "Conversation",
        &[
            key("resolve", "e", "Resolve, go to next"),
            key("reopen", "Shift+E", "Reopen"),
            key("assign", "a", "Assign to…"),
            key("assign-me", "i", "Assign to me"),
            key("team", "t", "Team…"),
            key("tag", "l", "Tags…"),
            key("priority", "p", "Priority…"),
            key("unread", "u", "Mark as unread"),
            key("merge", "m", "Merge into…"),
            key("split", "x", "Split off the customer's last message"),
            key("undo", "z", "Undo the last change"),
        ],
    ),
    (
        "Go to",
        &[
            key("go-inbox", "g i", "Inbox"),
            key("go-mine", "g m", "Mine"),
            key("go-unassigned", "g u", "Unassigned"),
            key("go-neglected", "g n", "Neglected"),
            key("go-resolved", "g r", "Resolved"),
            key("go-settings", "g s", "Settings"),
            anywhere("palette", "Mod+K", "All commands"),
            key("help", "?", "This help"),
        ],
    ),
];

/// The page of keys; scripts read the bindings from it.
pub(crate) fn help_dialog(on: bool, chosen: &Chosen) -> Markup {
    let content = html! {
        @if !on {
            p.secondary { "Single keys are switched off in " a.link href="/settings/keyboard" { "Settings → Keyboard" } "; those with Ctrl or ⌘ still work." }
        }
        div.help-columns {
            @for (heading, shortcuts) in SHORTCUTS {
                section {
                    h3 { (heading) }
                    dl.keys {
                        @for shortcut in *shortcuts {
                            dt data-command=(shortcut.command) data-key=(keys_of(shortcut, chosen)) data-everywhere[shortcut.everywhere] data-changed[chosen.contains_key(shortcut.command)] { (shortcut.words) }
                            dd { (shown(keys_of(shortcut, chosen))) }
                        }
                    }
                }
            }
        }
    };
    dialog("help", "Keyboard shortcuts", true, content)
}

/// The keys as caps.
pub(crate) fn shown(keys: &str) -> Markup {
    html! {
        @for (number, one) in keys.split(',').filter(|keys| !keys.is_empty()).enumerate() {
            @if number > 0 { " " }
            @for (part, cap) in one.split([' ', '+']).enumerate() {
                @if part > 0 { " " }
                kbd { (cap_words(cap)) }
            }
        }
    }
}

fn cap_words(cap: &str) -> &str {
    match cap {
        "Mod" => "Ctrl",
        "ArrowDown" => "↓",
        "ArrowUp" => "↑",
        "Escape" => "Esc",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_key_does_two_things() {
        let mut seen = BTreeSet::new();
        for (_, shortcuts) in SHORTCUTS {
            for keys in shortcuts.iter().flat_map(|shortcut| shortcut.keys.split(',')) {
                assert!(seen.insert(keys), "{keys} is bound twice");
            }
        }
    }

    #[test]
    fn no_shortcut_uses_alt() {
        assert!(SHORTCUTS.iter().flat_map(|(_, list)| list.iter()).all(|shortcut| !shortcut.keys.contains("Alt")));
    }
}
