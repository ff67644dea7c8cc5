//! Single keys: on or off (WCAG 2.1.4).

use maud::{Markup, html};

use super::super::frame::{Tab, panel, settings, sheet_head};
use super::keys::keys_of;
use crate::components::Icon;
use crate::components::button;
use crate::components::field::{Filled, checkbox, notice};
use crate::components::page::Screen;
use crate::inbox::shortcuts::{SHORTCUTS, Shortcut, shown};

/// The page.
pub(crate) fn page(screen: &Screen, filled: &Filled) -> Markup {
    let problems = filled.general(&[]);
    let say = screen.reader.words;
    settings(
        screen,
        Tab::Keyboard,
        say.settings_keyboard(),
        html! {
            (sheet_head(say.settings_keyboard(), say.keyboard_what(), None))
            (panel(say.keyboard_single(), "", html! {
                form method="post" action="/settings/keyboard" {
                    div.panel-body {
                        (checkbox("single", "on", say.keyboard_single_do(),
                            say.keyboard_single_hint(), screen.shortcuts))
                    }
                    div.form-foot.panel-foot { (button::primary(say.common_save())) }
                }
            }))
            form.sheet method="post" action="/settings/keyboard/keys" {
                (sheet_head(say.keys_own(), say.keys_own_what(), None))
                @if !problems.is_empty() { (notice(Icon::Warning, "bad", &problems.join(" "))) }
                @for (heading, shortcuts) in SHORTCUTS {
                    (panel(heading(say), "", html! {
                        ul.rows.compact { @for shortcut in *shortcuts { li { (row(screen, filled, shortcut)) } } }
                    }))
                }
                div.form-foot {
                    (button::primary(say.keys_save()))
                    button.button.quiet type="submit" name="reset" value="all" { (say.keys_reset()) }
                }
            }
        },
    )
}

/// One command: its words, its keys as caps, and the field to change them.
fn row(screen: &Screen, filled: &Filled, shortcut: &Shortcut) -> Markup {
    let say = screen.reader.words;
    let id = format!("key-{}", shortcut.command);
    let wrong = filled.error(shortcut.command);
    let wrong_id = format!("{id}-wrong");
    let typed = filled.value(shortcut.command);
    let keys = if typed.is_empty() && wrong.is_none() { keys_of(shortcut, &screen.keys) } else { typed };
    html! {
        label.main for=(id) { ((shortcut.words)(say)) }
        span.keys-cell { (shown(keys_of(shortcut, &screen.keys))) }
        input.input.key-field id=(id) name=(shortcut.command) value=(keys) data-keymap placeholder=(say.keys_none()) maxlength="40" autocomplete="off" spellcheck="false" dir="ltr"
            aria-invalid=[wrong.map(|_| "true")] aria-describedby=[wrong.map(|_| wrong_id.as_str())];
        @if let Some(wrong) = wrong { p.error id=(wrong_id) { (wrong) } }
    }
}
