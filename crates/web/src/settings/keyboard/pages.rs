//! Single keys: on or off (WCAG 2.1.4).

use maud::{Markup, html};

use super::super::frame::{Tab, panel, settings, sheet_head};
use crate::components::button;
use crate::components::field::checkbox;
use crate::components::page::Screen;
use crate::inbox::shortcuts::{SHORTCUTS, shown};

/// The page.
pub(crate) fn page(screen: &Screen) -> Markup {
    settings(
        screen,
        Tab::Keyboard,
        "Keyboard",
        html! {
            (sheet_head("Keyboard", "Everything in the inbox can be done from the keyboard.", None))
            (panel("Single keys", "", html! {
                form method="post" action="/settings/keyboard" {
                    div.panel-body {
                        (checkbox("single", "on", "Single keys do something when no field has the cursor",
                            "Switch this off if you dictate, or if keys are pressed by accident. Keys with Ctrl or ⌘ go on working.", screen.shortcuts))
                    }
                    div.form-foot.panel-foot { (button::primary("Save")) }
                }
            }))
            @for (heading, shortcuts) in SHORTCUTS {
                (panel(heading, "", html! {
                    ul.rows.compact { @for shortcut in *shortcuts { li { span.main { (shortcut.words) } span.keys-cell { (shown(shortcut.keys)) } } } }
                }))
            }
        },
    )
}
