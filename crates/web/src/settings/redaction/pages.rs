//! The page of what is masked.

use maud::{Markup, html};

use super::super::frame::{Tab, panel, settings, sheet_head};
use crate::components::button;
use crate::components::field::{Filled, checkbox, select, text_area};
use crate::components::page::Screen;

/// The page.
pub(crate) fn page(screen: &Screen, filled: &Filled) -> Markup {
    let originals = [("sealed", "Keep it encrypted; administrators may open it"), ("dropped", "Do not keep it")]
        .map(|(value, words)| (value.to_owned(), words.to_owned()));
    let on = |name: &str| filled.value(name) == "on";
    settings(
        screen,
        Tab::Redaction,
        "Masking",
        html! {
            (sheet_head("Masking", "What customers should not have sent is masked when it arrives: in texts, in search and in lists. What has arrived before stays as it is, and so do attachments.", None))
            form.sheet method="post" action="/settings/redaction" {
                (panel("What is masked", "", html! { div.panel-body {
                    (checkbox("cards", "on", "Card numbers", "By their check digit; the last four digits stay.", on("cards")))
                    (checkbox("secrets", "on", "Keys and tokens", "Of well-known shapes, such as those of cloud providers and payment services, and private keys.", on("secrets")))
                    (text_area("patterns", "Your own patterns", "Membership number: \\bM-[0-9]{6}\\b", filled))
                    p.hint { "One a line: a name, a colon, and a regular expression." }
                } }))
                (panel("The original mail", "", html! { div.panel-body {
                    (select("original", "When something was masked", &originals, filled.value("original"), "The unmasked copy from the moment of arrival is collected by the clean-up of the following days."))
                } }))
                div.form-foot { (button::primary("Save")) }
            }
        },
    )
}
