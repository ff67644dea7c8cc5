//! Single keys: on or off (WCAG 2.1.4).

use maud::{Markup, html};

use super::super::frame::{Tab, panel, settings, sheet_head};
use crate::components::button;
use crate::components::field::checkbox;
use crate::components::page::Screen;
use crate::inbox::shortcuts::{SHORTCUTS, shown};

/// The page.
pub(crate) fn page(screen: &Screen) -> Markup {
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
            @for (heading, shortcuts) in SHORTCUTS {
                (panel(heading(say), "", html! {
                    ul.rows.compact { @for shortcut in *shortcuts { li { span.main { ((shortcut.words)(say)) } span.keys-cell { (shown(shortcut.keys)) } } } }
                }))
            }
        },
    )
}
