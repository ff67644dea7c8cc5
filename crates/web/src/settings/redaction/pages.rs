//! The page of what is masked.

use maud::{Markup, html};

use super::super::frame::{Tab, panel, settings, sheet_head};
use crate::components::button;
use crate::components::field::{Filled, checkbox, select, text_area};
use crate::components::page::Screen;

/// The page.
pub(crate) fn page(screen: &Screen, filled: &Filled) -> Markup {
    let say = screen.reader.words;
    let originals = [("sealed", say.masking_sealed()), ("dropped", say.masking_dropped())]
        .map(|(value, words)| (value.to_owned(), words.to_owned()));
    let on = |name: &str| filled.value(name) == "on";
    settings(
        screen,
        Tab::Redaction,
        say.settings_masking(),
        html! {
            (sheet_head(say.settings_masking(), say.masking_what(), None))
            form.sheet method="post" action="/settings/redaction" {
                (panel(say.masking_masked(), "", html! { div.panel-body {
                    (checkbox("cards", "on", say.masking_cards(), say.masking_cards_hint(), on("cards")))
                    (checkbox("secrets", "on", say.masking_secrets(), say.masking_secrets_hint(), on("secrets")))
                    (text_area("patterns", say.masking_patterns(), say.masking_patterns_example(), filled))
                    p.hint { (say.masking_patterns_hint()) }
                } }))
                (panel(say.masking_original(), "", html! { div.panel-body {
                    (select("original", say.masking_when(), &originals, filled.value("original"), say.masking_when_hint()))
                } }))
                div.form-foot { (button::primary(say.common_save())) }
            }
        },
    )
}
