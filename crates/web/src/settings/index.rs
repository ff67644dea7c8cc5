//! All pages of settings in one list: where one finds a setting by its name, by what it is for, or by another word for it.

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use words::Words;

use super::frame::{self, DESK, OWN, Page, Tab, sheet_head};
use crate::components::field::notice;
use crate::components::page::Screen;
use crate::components::{Icon, icon};
use crate::errors::Refusal;
use crate::visit::Visit;

/// One page of settings.
struct Entry {
    href: &'static str,
    icon: Icon,
    /// Of the desk, not of oneself.
    desk: bool,
    title: &'static str,
    what: &'static str,
    /// Other words for what is on it.
    other: &'static str,
}

/// The pages that the navigation lists, in its order, and what is found besides.
fn all(words: Words) -> Vec<Entry> {
    let page = |desk: bool| {
        move |(tab, href, icon, title): &'static Page| {
            let (what, other) = about(*tab, words);
            Entry { href, icon: *icon, desk, title: title(words), what, other }
        }
    };
    let mut entries: Vec<Entry> = OWN.iter().map(page(false)).chain(DESK.iter().map(page(true))).collect();
    let at = entries.iter().position(|entry| entry.href == "/settings/people").map_or(entries.len(), |at| at + 1);
    let (title, what, other) = (words.invite_title(), words.invite_what(), words.find_people_words());
    entries.insert(at, Entry { href: "/settings/people/invite", icon: Icon::Plus, desk: true, title, what, other });
    entries
}

/// What a page is for, and other words for what is on it.
fn about(tab: Tab, words: Words) -> (&'static str, &'static str) {
    match tab {
        Tab::Profile => (words.find_profile(), words.find_profile_words()),
        Tab::Keyboard => (words.find_keyboard(), words.find_keyboard_words()),
        Tab::Notifications => (words.find_notifications(), words.find_notifications_words()),
        Tab::Macros => (words.find_macros(), words.find_macros_words()),
        Tab::People => (words.find_people(), words.find_people_words()),
        Tab::Teams => (words.find_teams(), words.find_teams_words()),
        Tab::Hours => (words.hours_sentence(), words.hours_find()),
        Tab::Levels => (words.clocks_sentence(), words.clocks_find()),
        Tab::Rules => (words.rules_sentence(), words.rules_find()),
        Tab::Staffing => (words.staffing_settings_sentence(), words.staffing_find()),
        Tab::Fields => (words.find_fields(), words.find_fields_words()),
        Tab::Procedures => (words.procedures_sentence(), words.procedures_find()),
        Tab::Mailboxes => (words.find_mailboxes(), words.find_mailboxes_words()),
        Tab::Redaction => (words.find_masking(), words.find_masking_words()),
        Tab::Quarantine => (words.find_trouble(), words.find_trouble_words()),
        Tab::Domains => (words.find_domains(), words.find_domains_words()),
        Tab::Languages => (words.find_languages(), words.find_languages_words()),
        Tab::Jobs => (words.find_jobs(), words.find_jobs_words()),
    }
}

/// Whether each word typed begins a word of what the page is about.
fn fits(entry: &Entry, typed: &str) -> bool {
    let about = format!("{} {} {}", entry.title, entry.what, entry.other);
    let known: Vec<String> = base::text::parts(&about, 400).into_iter().map(|part| part.text).collect();
    base::text::parts(typed, 20).iter().all(|typed| known.iter().any(|word| word.starts_with(&typed.text)))
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
}

/// `GET /settings`
pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let first_steps = screen.first_steps.filter(|_| asked.q.is_empty());
    Ok(page(&screen, &asked.q, first_steps).into_response())
}

/// `first_steps` are those done, of how many, while the checklist is shown.
fn page(screen: &Screen, typed: &str, first_steps: Option<(usize, usize)>) -> Markup {
    let words = screen.reader.words;
    let mine: Vec<Entry> = all(words).into_iter().filter(|entry| screen.me.admin || !entry.desk).collect();
    let found = mine.iter().any(|entry| fits(entry, typed));
    let shown: Vec<&Entry> = mine.iter().filter(|entry| !found || fits(entry, typed)).collect();
    let group = |heading: &str, desk: bool| {
        html! {
            @if shown.iter().any(|entry| entry.desk == desk) {
                section.panel aria-label=(heading) {
                    header { h2 { (heading) } }
                    ul.rows {
                        @for entry in shown.iter().filter(|entry| entry.desk == desk) {
                            li { (icon(entry.icon)) div.main { a.title href=(entry.href) { (entry.title) } span.detail { (entry.what) } } }
                        }
                    }
                }
            }
        }
    };
    frame::home(
        screen,
        words.settings_title(),
        html! {
            (sheet_head(words.settings_title(), words.find_what(), None))
            form.settings-find action="/settings" role="search" {
                input.input type="search" name="q" value=(typed) aria-label=(words.find_settings()) placeholder=(words.find_settings()) autocomplete="off" autofocus id="settings-find";
                button.button type="submit" { (words.search_search()) }
            }
            @if let Some((done, all)) = first_steps {
                section.panel aria-label=(words.welcome_title()) { ul.rows { li { (icon(Icon::Flag)) div.main { a.title href="/welcome" { (words.welcome_title()) } span.detail { (words.welcome_of(done, all)) } } } } }
            }
            @if !found { (notice(Icon::Info, "", words.find_nothing())) }
            (group(words.settings_you(), false))
            (group(words.settings_desk(), true))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use words::Language;

    fn found(language: Language, typed: &str) -> Vec<&'static str> {
        all(Words::of(language)).iter().filter(|entry| fits(entry, typed)).map(|entry| entry.href).collect()
    }

    #[test]
    fn a_setting_is_found_by_other_words_for_it_in_every_language() {
        assert_eq!(found(Language::En, "dkim"), ["/settings/domains"]);
        assert_eq!(found(Language::En, "single key"), ["/settings/keyboard"]);
        assert_eq!(found(Language::En, "card num"), ["/settings/redaction"]);
        assert_eq!(found(Language::De, "passwort"), ["/settings/profile", "/settings/people/invite"]);
        assert_eq!(found(Language::Fr, "equipes"), found(Language::Fr, "Équipes"));
        assert!(found(Language::Ja, "招待").contains(&"/settings/people"));
        assert!(found(Language::En, "zebra").is_empty());
    }

    #[test]
    fn every_page_of_the_navigation_is_found_by_its_title_in_every_language() {
        for language in Language::ALL {
            let words = Words::of(*language);
            for (_, href, _, title) in OWN.iter().chain(DESK) {
                assert!(found(*language, title(words)).contains(href), "{href} by {} in {language:?}", title(words));
            }
        }
    }

    #[test]
    fn every_page_of_settings_says_what_it_is_for() {
        for language in Language::ALL {
            let entries = all(Words::of(*language));
            assert!(entries.iter().all(|entry| !entry.what.is_empty() && !entry.other.is_empty()));
        }
    }
}
