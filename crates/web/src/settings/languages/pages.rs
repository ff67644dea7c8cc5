//! The page for translators: per language its files, and the messages that read as in English.

use maud::{Markup, html};
use words::{Catalogue, Language, Words};

use super::super::frame::{Tab, settings, sheet_head};
use crate::components::page::Screen;
use crate::components::{Icon, icon};

/// The page.
pub(crate) fn page(screen: &Screen) -> Markup {
    let say = screen.reader.words;
    settings(
        screen,
        Tab::Languages,
        say.settings_languages(),
        html! {
            (sheet_head(say.settings_languages(), say.languages_what(), None))
            p.secondary { (say.languages_complete()) }
            @for language in Language::ALL { (one(say, *language)) }
        },
    )
}

fn one(say: Words, language: Language) -> Markup {
    let catalogues = Words::of(language).catalogues();
    let messages: usize = catalogues.iter().map(|catalogue| catalogue.messages).sum();
    let same: usize = catalogues.iter().map(|catalogue| catalogue.same.len()).sum();
    html! {
        section.panel aria-label=(language.own_name()) {
            header {
                div.grow {
                    h2 lang=(language.tag()) { bdi { (language.own_name()) } }
                    p { (say.languages_messages(messages)) @if same > 0 { " · " (say.languages_same(same)) } }
                }
            }
            details.panel-body.fold {
                summary { (icon(Icon::File)) (say.languages_files(catalogues.len())) }
                ul.rows.compact { @for catalogue in catalogues { li { (file(say, language, catalogue)) } } }
            }
        }
    }
}

fn file(say: Words, language: Language, catalogue: &Catalogue) -> Markup {
    let name = format!("{}.ftl", catalogue.file);
    html! {
        div.main {
            a.title.link href={ "/settings/languages/" (language.tag()) "/" (name) } download aria-label=(say.languages_download(&name)) {
                span.cut dir="ltr" { (name) }
            }
            span.detail {
                (say.languages_messages(catalogue.messages))
                @if !catalogue.same.is_empty() {
                    " · " (say.languages_same(catalogue.same.len())) ": "
                    bdi dir="ltr" { (catalogue.same.join(", ")) }
                }
            }
        }
    }
}
