//! The page of search: the field with its conditions, what was found, and what it can be narrowed by.

use desk::conversations::{COUNTED, Facets};
use desk::search::{Hint, Operator, Order};
use jiff::Timestamp;
use maud::{Markup, html};

use super::handlers::address;
use crate::components::empty::empty;
use crate::components::field::notice;
use crate::components::page::{Area, Screen, desk};
use crate::components::pill::{Tone, pill, tag};
use crate::components::{Icon, icon, small_icon};
use crate::inbox::list::subject_words;

/// One conversation that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Its number.
    pub(crate) number: i64,
    /// Its subject, in parts: words, and whether they are what was searched for.
    pub(crate) subject: Vec<(String, bool)>,
    /// The customer.
    pub(crate) who: String,
    /// Where it was found, in parts as the subject.
    pub(crate) excerpt: Vec<(String, bool)>,
    /// Its tags.
    pub(crate) tags: Vec<String>,
    /// When something last happened in it.
    pub(crate) at: Timestamp,
    /// It is resolved.
    pub(crate) resolved: bool,
}

/// A condition of the search, with the search without it.
#[derive(Clone, Debug)]
pub(crate) struct Chip {
    /// As it was typed.
    pub(crate) words: String,
    /// The address of the search without it.
    pub(crate) without: String,
}

/// What a search brought.
#[derive(Clone, Debug, Default)]
pub(crate) struct Results {
    /// What was searched for.
    pub(crate) query: String,
    /// Its conditions.
    pub(crate) chips: Vec<Chip>,
    /// What was not understood.
    pub(crate) hints: Vec<Hint>,
    /// What was found.
    pub(crate) found: Vec<Found>,
    /// Where the next ones are.
    pub(crate) more: Option<String>,
    /// Nothing was found by what was typed; this was searched for.
    pub(crate) instead: Option<String>,
    /// This is the first page.
    pub(crate) first: bool,
    /// What it can be narrowed by, where that was asked for.
    pub(crate) narrow: Option<Markup>,
    /// What comes first.
    pub(crate) order: Order,
}

/// Examples that teach the conditions.
const EXAMPLES: &[(&str, &str)] = &[
    ("is:open is:unassigned", "Open, and nobody has taken it"),
    ("assignee:me after:7d", "Mine, written to in the last week"),
    ("from:ana@shop.example has:attachment", "Written by one customer, with a file"),
    ("subject:\"late delivery\" -tag:spam", "These words in the subject, without a tag"),
    ("refund* on:2026-03", "Words that begin so, in one month"),
];

/// The page; before a search it is the field with examples.
pub(crate) fn search(screen: &Screen, results: &Results) -> Markup {
    let title = if results.query.trim().is_empty() {
        "Search".to_owned()
    } else {
        format!("{} – Search", results.query.trim())
    };
    desk(
        screen,
        &title,
        Area::Search,
        html! {
            main.search-page id="main" tabindex="-1" {
                header.search-bar {
                    h1.visually-hidden { "Search" }
                    form action="/search" role="search" {
                        div.search-field {
                            (icon(Icon::Search))
                            input.input type="search" name="q" value=(results.query) aria-label="Search conversations" placeholder="Words, from:ana, is:open, tag:…" autocomplete="off" autofocus id="search-field" data-completions="/search/completions" spellcheck="false";
                            div.completions id="search-completions" role="listbox" aria-label="Conditions" hidden {}
                        }
                        @if results.order == Order::Best { input type="hidden" name="sort" value="best"; }
                        button.button.primary type="submit" { "Search" }
                    }
                    (chips(results))
                }
                div.results tabindex="-1" { div.results-inner { (body(screen, results)) } }
            }
        },
    )
}

fn chips(results: &Results) -> Markup {
    html! {
        @if !results.chips.is_empty() {
            ul.filter-chips aria-label="Conditions of this search" {
                @for chip in &results.chips {
                    li { a.filter-chip href=(chip.without) aria-label={ "Without " (chip.words) } { span.cut dir="auto" { (chip.words) } (small_icon(Icon::Close)) } }
                }
            }
        }
    }
}

fn body(screen: &Screen, results: &Results) -> Markup {
    if results.query.trim().is_empty() {
        return start();
    }
    html! {
        @for hint in &results.hints { (notice(Icon::Info, "", &hint_words(hint))) }
        @if let Some(instead) = &results.instead {
            p.summary role="status" {
                "Nothing holds “" span dir="auto" { (results.query.trim()) } "”. "
                @if results.found.is_empty() { "Did you mean " } @else { "These are for " }
                a.link href=(address(instead, results.order)) { bdi { (instead.trim()) } } "."
            }
        }
        @if results.found.is_empty() { (nothing(results)) } @else {
            div.results-head {
                nav.sorts aria-label="Order" {
                    (sort(results, Order::Newest, "Newest first"))
                    (sort(results, Order::Best, "Best match first"))
                }
                @if results.narrow.is_none() && results.first {
                    a.link.narrow id="search-narrow" href={ (address(&results.query, results.order)) "&narrow=1" } { "Narrow down" }
                }
            }
            div id="search-facets" { @if let Some(narrow) = &results.narrow { (narrow) } }
            ul id="search-results" aria-label="Conversations found" { @for found in &results.found { li { (result(screen, found)) } } }
            @if let Some(more) = &results.more { p.list-foot { a.button id="search-more" href=(more) { "Show more" } } }
        }
    }
}

fn sort(results: &Results, order: Order, words: &str) -> Markup {
    let query = results.instead.as_deref().unwrap_or(&results.query);
    html! { a.sort href=(address(query, order)) aria-current=[(results.order == order).then_some("true")] { (words) } }
}

/// Before a search: what can be typed.
fn start() -> Markup {
    html! {
        (empty(Icon::Search, "Search everything", "Customers, subjects and every message of all years. Accents and upper case do not matter, and slips of the finger are forgiven.", None))
        section.search-help aria-labelledby="search-examples" {
            h2 id="search-examples" { "Narrow a search with conditions" }
            dl {
                @for (example, words) in EXAMPLES {
                    dt { a.link href=(address(example, Order::Newest)) { code { (example) } } }
                    dd { (words) }
                }
            }
            h2 { "All conditions" }
            ul.operators {
                @for (operator, word) in Operator::WORDS { li { code { (word) ":" } " " span.secondary { (operator_words(*operator)) } } }
            }
        }
    }
}

fn nothing(results: &Results) -> Markup {
    if !results.first {
        return empty(
            Icon::Search,
            "Nothing more",
            "These were all.",
            Some(html! { a.link href=(address(&results.query, results.order)) { "Back to the first ones" } }),
        );
    }
    let sentence = if results.chips.is_empty() {
        "Try fewer words, or only the beginning of a word."
    } else {
        "Leave a condition out, or try fewer words."
    };
    empty(
        Icon::Search,
        "Nothing found",
        sentence,
        Some(html! {
            div.drop-filters {
                @for chip in results.chips.iter().take(4) { a.button href=(chip.without) { "Without " bdi { (chip.words) } } }
                a.link href="/inbox/open" { "Back to the inbox" }
            }
        }),
    )
}

fn marked(parts: &[(String, bool)]) -> Markup {
    html! { @for (words, hit) in parts { @if *hit { mark { (words) } } @else { (words) } } }
}

fn result(screen: &Screen, found: &Found) -> Markup {
    let has_subject = found.subject.iter().any(|(words, _)| !words.trim().is_empty());
    html! {
        a.result href={ "/c/" (found.number) } {
            span.line {
                span.subject.cut dir="auto" { @if has_subject { (marked(&found.subject)) } @else { (subject_words("")) } }
                @if found.resolved { (pill("Resolved", Tone::Quiet)) }
                span.grow {}
                (screen.reader.age(found.at, "row-age"))
            }
            span.line.secondary {
                span.cut dir="auto" { (found.who) } span.muted.number { "#" (found.number) }
                @for name in found.tags.iter().take(3) { (tag(name)) }
            }
            @if !found.excerpt.is_empty() { span.excerpt dir="auto" { (marked(&found.excerpt)) } }
        }
    }
}

/// What a search can be narrowed by, with counts of the newest found.
pub(crate) fn facets(typed: &str, order: Order, facets: &Facets) -> Markup {
    let narrowed = |condition: &str| address(&format!("{} {condition}", typed.trim_end()), order);
    let count = |count: usize| {
        if count >= COUNTED { "99+".to_owned() } else { format!("{count}{}", if facets.more { "+" } else { "" }) }
    };
    html! {
        @if facets.counted > 1 {
            section.facets aria-label="Narrow down" {
                @for (operator, group) in &facets.groups {
                    // What all have in common narrows nothing.
                    @if group.iter().any(|facet| facet.count < facets.counted) {
                        div.facet {
                            h2 { (facet_heading(*operator)) }
                            ul {
                                @for facet in group {
                                    li { a.filter-chip href=(narrowed(&facet.condition)) { span.cut dir="auto" { (facet_name(*operator, &facet.name)) } span.count { (count(facet.count)) } } }
                                }
                            }
                        }
                    }
                }
                @if facets.more { p.muted { "Counted among the newest " (COUNTED) " found." } }
            }
        }
    }
}

fn facet_heading(operator: Operator) -> &'static str {
    match operator {
        Operator::Is => "State",
        Operator::Assignee => "Responsible",
        Operator::Tag => "Tag",
        Operator::Channel => "Channel",
        _ => "Year",
    }
}

fn facet_name(operator: Operator, name: &str) -> &str {
    match (operator, name) {
        (Operator::Is, "open") => "Open",
        (Operator::Is, "resolved") => "Resolved",
        (Operator::Assignee, "nobody") => "Nobody",
        (Operator::Channel, "email") => "E-mail",
        _ => name,
    }
}

fn operator_words(operator: Operator) -> &'static str {
    match operator {
        Operator::From => "name or address of who wrote",
        Operator::To => "name or address of who it went to",
        Operator::Subject => "words of the subject",
        Operator::Customer => "the customer's name",
        Operator::Tag => "a tag",
        Operator::Assignee => "a colleague, me, or nobody",
        Operator::Team => "a team, or none",
        Operator::Is => "open, resolved, unread, unassigned",
        Operator::Has => "attachment",
        Operator::Before => "a day: 2026-03-05, yesterday, 7d, 1y",
        Operator::After => "that day or later",
        Operator::On => "a day, a month (2026-03), a year (2026)",
        Operator::Priority => "urgent, high, normal, low",
        Operator::Mailbox => "a mailbox's name or address",
        Operator::Channel => "email",
        Operator::Number => "a conversation's number",
    }
}

fn hint_words(hint: &Hint) -> String {
    match hint {
        Hint::NoOperator(word) => {
            format!("There is no condition “{word}:”, so these letters were searched for as they stand.")
        }
        Hint::NoValue(operator) => {
            format!("Say after “{}:” what it should be: {}.", operator.word(), operator_words(*operator))
        }
        Hint::NotUnderstood(operator, value) => {
            format!("“{value}” is not understood after “{}:”. It takes {}.", operator.word(), operator_words(*operator))
        }
        Hint::Nobody(operator, name) => format!("Nothing is called “{name}” that “{}:” could mean.", operator.word()),
        Hint::TooMuch => "This is more than a search can take. The end was left out.".to_owned(),
    }
}
