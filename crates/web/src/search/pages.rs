//! The page of search.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::components::empty::empty;
use crate::components::page::{Area, Screen, desk};
use crate::components::pill::{Tone, pill};
use crate::components::{Icon, icon};
use crate::inbox::list::subject_words;

/// One conversation that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Its number.
    pub(crate) number: i64,
    /// Its subject.
    pub(crate) subject: String,
    /// The customer.
    pub(crate) who: String,
    /// Where it was found, in parts: words, and whether they are what was searched for.
    pub(crate) excerpt: Vec<(String, bool)>,
    /// When something last happened in it.
    pub(crate) at: Timestamp,
    /// It is resolved.
    pub(crate) resolved: bool,
}

/// What a search brought.
#[derive(Clone, Debug, Default)]
pub(crate) struct Results {
    /// What was searched for.
    pub(crate) query: String,
    /// What was found, best first.
    pub(crate) found: Vec<Found>,
    /// Where the next ones are.
    pub(crate) more: Option<String>,
}

/// The page; before a search it is the field alone.
pub(crate) fn search(screen: &Screen, results: &Results) -> Markup {
    let say = screen.reader.words;
    let title = if results.query.trim().is_empty() {
        (say.search_title()).to_owned()
    } else {
        say.search_title_of(results.query.trim())
    };
    desk(
        screen,
        &title,
        Area::Search,
        html! {
            main.search-page id="main" tabindex="-1" {
                header.search-bar {
                    h1.visually-hidden { (say.search_title()) }
                    form action="/search" role="search" {
                        div.search-field {
                            (icon(Icon::Search))
                            input.input type="search" name="q" value=(results.query) aria-label=(say.search_conversations()) placeholder=(say.search_placeholder()) autocomplete="off" autofocus id="search-field";
                        }
                        button.button.primary type="submit" { (say.search_search()) }
                    }
                }
                div.results tabindex="-1" { div.results-inner { (body(screen, results)) } }
            }
        },
    )
}

fn body(screen: &Screen, results: &Results) -> Markup {
    let say = screen.reader.words;
    if results.query.trim().is_empty() {
        return empty(Icon::Search, say.search_everything(), say.search_everything_why(), None);
    }
    if results.found.is_empty() {
        return empty(
            Icon::Search,
            say.search_nothing(),
            say.search_nothing_why(),
            Some(html! { a.link href="/inbox/open" { (say.common_back_to_inbox()) } }),
        );
    }
    html! {
        ul aria-label=(say.search_found()) { @for found in &results.found { li { (result(screen, found)) } } }
        @if let Some(more) = &results.more { p.list-foot { a.button href=(more) { (say.common_show_more()) } } }
    }
}

fn result(screen: &Screen, found: &Found) -> Markup {
    let say = screen.reader.words;
    html! {
        a.result href={ "/c/" (found.number) } {
            span.line {
                span.subject.cut dir="auto" { (subject_words(say, &found.subject)) }
                @if found.resolved { (pill(say.common_resolved(), Tone::Quiet)) }
                span.grow {}
                (screen.reader.age(found.at, "row-age"))
            }
            span.line.secondary { span.cut dir="auto" { (found.who) } span.muted.number { "#" (found.number) } }
            @if !found.excerpt.is_empty() {
                span.excerpt dir="auto" { @for (words, hit) in &found.excerpt { @if *hit { mark { (words) } } @else { (words) } } }
            }
        }
    }
}
