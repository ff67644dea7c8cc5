//! Every key and what it does: one list, from which the help page, the palette and the key bindings are made.

use maud::{Markup, html};
use words::Words;

use crate::components::dialog::dialog;
use crate::components::slots::{SLOTS, filled};
use crate::settings::keyboard::keys::{Chosen, keys_of};

/// A message of the catalogues, in whichever language.
pub(crate) type Say = fn(Words) -> &'static str;

/// One command of the desk.
pub(crate) struct Shortcut {
    /// What scripts call it; a button that does the same carries it as `data-does`.
    pub(crate) command: &'static str,
    /// The keys, parted by commas where there are several; a sequence has a space.
    pub(crate) keys: &'static str,
    /// What it does.
    pub(crate) words: Say,
    /// Also works while writing.
    pub(crate) everywhere: bool,
}

const fn key(command: &'static str, keys: &'static str, words: Say) -> Shortcut {
    Shortcut { command, keys, words, everywhere: false }
}

const fn anywhere(command: &'static str, keys: &'static str, words: Say) -> Shortcut {
    Shortcut { command, keys, words, everywhere: true }
}

/// All commands, by heading.
pub(crate) const SHORTCUTS: &[(Say, &[Shortcut])] = &[
    (
        Words::shortcuts_move,
        &[
            key("next", "j,ArrowDown", Words::shortcuts_next),
            key("previous", "k,ArrowUp", Words::shortcuts_previous),
            key("enter", "Enter", Words::shortcuts_enter),
            anywhere("leave", "Escape", Words::shortcuts_leave),
            key("search", "/", Words::shortcuts_search),
            key("views", "[", Words::shortcuts_views),
            key("context", "]", Words::shortcuts_context),
            key("customer", "o", Words::shortcuts_customer),
        ],
    ),
    (
        Words::shortcuts_answer,
        &[
            key("reply", "r", Words::shortcuts_reply),
            key("note", "n", Words::shortcuts_note),
            key("macro", "m", Words::shortcuts_macro),
            key("ask-review", "Shift+R", Words::reviews_key),
            anywhere("send", "Mod+Enter", Words::shortcuts_send),
            anywhere("send-resolve", "Mod+Shift+Enter", Words::shortcuts_send_resolve),
        ],
    ),
    (
        Words::shortcuts_conversation,
        &[
            key("resolve", "e", Words::shortcuts_resolve),
            key("reopen", "Shift+E", Words::shortcuts_reopen),
            key("assign", "a", Words::shortcuts_assign),
            key("assign-me", "i", Words::shortcuts_assign_me),
            key("team", "t", Words::shortcuts_team),
            key("tag", "l", Words::shortcuts_tag),
            key("priority", "p", Words::shortcuts_priority),
            key("unread", "u", Words::shortcuts_unread),
            key("snooze", "h", Words::shortcuts_snooze),
            key("follow", "s", Words::shortcuts_follow),
            key("pin", "Shift+P", Words::shortcuts_pin),
            key("merge", "v", Words::shortcuts_merge),
            key("merge-there", "Shift+V", Words::mail_merge_there),
            key("hand-over", "Shift+A", Words::shortcuts_hand_over),
            key("problem", "b", Words::problems_part_of),
            key("split", "Shift+X", Words::shortcuts_split),
            key("undo", "z", Words::shortcuts_undo),
        ],
    ),
    (
        Words::shortcuts_many,
        &[
            key("select", "x", Words::shortcuts_select),
            key("select-next", "Shift+J", Words::shortcuts_select_next),
            key("select-previous", "Shift+K", Words::shortcuts_select_previous),
            key("select-all", "Mod+A", Words::shortcuts_select_all),
            key("select-none", "Shift+Escape", Words::shortcuts_select_none),
        ],
    ),
    (
        Words::shortcuts_go_to,
        &[
            key("go-inbox", "g i", Words::shortcuts_inbox),
            key("go-mine", "g m", Words::shortcuts_mine),
            key("go-unassigned", "g u", Words::shortcuts_unassigned),
            key("go-neglected", "g n", Words::shortcuts_neglected),
            key("go-snoozed", "g h", Words::shortcuts_snoozed),
            key("go-resolved", "g r", Words::shortcuts_resolved),
            key("go-notifications", "g o", Words::shortcuts_notifications),
            key("go-mentions", "g t", Words::shortcuts_mentions),
            key("go-reviews", "g w", Words::reviews_view),
            key("go-activity", "g a", Words::shortcuts_activity),
            key("go-customers", "g c", Words::customers_title),
            key("go-problems", "g p", Words::problems_title),
            key("go-reports", "g e", Words::reports_title),
            key("new-view", "g v", Words::shortcuts_new_view),
            key("go-settings", "g s", Words::shortcuts_settings),
            anywhere("palette", "Mod+K", Words::shortcuts_palette),
            key("help", "?", Words::shortcuts_help),
        ],
    ),
];

/// The page of keys; scripts read the bindings from it.
pub(crate) fn help_dialog(say: Words, on: bool, chosen: &Chosen) -> Markup {
    let content = html! {
        @if !on {
            p.secondary { (filled(&say.shortcuts_off(SLOTS[0]), &[html! { a.link href="/settings/keyboard" { (say.shortcuts_off_where()) } }])) }
        }
        div.help-columns {
            @for (heading, shortcuts) in SHORTCUTS {
                section {
                    h3 { (heading(say)) }
                    dl.keys {
                        @for shortcut in *shortcuts {
                            dt data-command=(shortcut.command) data-key=(keys_of(shortcut, chosen)) data-everywhere[shortcut.everywhere] data-changed[chosen.contains_key(shortcut.command)] { ((shortcut.words)(say)) }
                            dd { (shown(keys_of(shortcut, chosen))) }
                        }
                    }
                }
            }
        }
    };
    dialog(say, "help", say.shortcuts_title(), true, content)
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
