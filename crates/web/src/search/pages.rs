//! The page of search: the field with its conditions, what was found, and what it can be narrowed by.

use desk::conversations::{COUNTED, Facets};
use desk::search::{Hint, Operator, Order};
use jiff::Timestamp;
use maud::{Markup, html};
use words::Words;

use super::handlers::address;
use crate::components::empty::empty;
use crate::components::field::notice;
use crate::components::page::{Area, Screen, desk};
use crate::components::pill::{Tone, pill, tag};
use crate::components::{Icon, icon, small_icon};
use crate::inbox::list::subject_words;
use crate::rights::url_encoded;

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
const EXAMPLES: [&str; 5] = [
    "is:open is:unassigned",
    "assignee:me after:7d",
    "from:ana@shop.example has:attachment",
    "subject:\"late delivery\" -tag:spam",
    "refund* on:2026-03",
];

/// The page; before a search it is the field with examples.
pub(crate) fn search(screen: &Screen, results: &Results) -> Markup {
    let words = screen.reader.words;
    let title = if results.query.trim().is_empty() {
        words.search_title().to_owned()
    } else {
        words.search_title_of(results.query.trim())
    };
    desk(
        screen,
        &title,
        Area::Search,
        html! {
            main.search-page id="main" tabindex="-1" {
                header.search-bar {
                    h1.visually-hidden { (words.search_title()) }
                    form action="/search" role="search" {
                        div.search-field {
                            (icon(Icon::Search))
                            input.input type="search" name="q" value=(results.query) aria-label=(words.search_conversations()) placeholder=(words.search_placeholder()) autocomplete="off" autofocus id="search-field" data-completions="/search/completions" spellcheck="false";
                            div.completions id="search-completions" role="listbox" aria-label=(words.search_conditions()) hidden {}
                        }
                        @if results.order == Order::Best { input type="hidden" name="sort" value="best"; }
                        button.button.primary type="submit" { (words.search_search()) }
                    }
                    (chips(words, results))
                }
                div.results tabindex="-1" { div.results-inner { (body(screen, results)) } }
            }
        },
    )
}

fn chips(words: Words, results: &Results) -> Markup {
    html! {
        @if !results.chips.is_empty() {
            ul.filter-chips aria-label=(words.search_of_this()) {
                @for chip in &results.chips {
                    li { a.filter-chip href=(chip.without) aria-label=(words.search_without(&chip.words)) { span.cut dir="auto" { (chip.words) } (small_icon(Icon::Close)) } }
                }
            }
        }
    }
}

fn body(screen: &Screen, results: &Results) -> Markup {
    let words = screen.reader.words;
    if results.query.trim().is_empty() {
        return start(words);
    }
    html! {
        @for hint in &results.hints { (notice(Icon::Info, "", &hint_words(words, hint))) }
        @if let Some(instead) = &results.instead {
            p.summary role="status" {
                (words.search_instead(results.query.trim())) " "
                a.link href=(address(instead, results.order)) { bdi { (instead.trim()) } }
            }
        }
        @if results.found.is_empty() { (nothing(words, results)) } @else {
            div.results-head {
                nav.sorts aria-label=(words.search_order()) {
                    (sort(results, Order::Newest, words.search_newest_first()))
                    (sort(results, Order::Best, words.search_best_first()))
                }
                @if !results.chips.is_empty() { a.link href={ "/views/new?q=" (url_encoded(&results.query)) } { (words.search_save_as_view()) } }
                @if results.narrow.is_none() && results.first {
                    a.link.narrow id="search-narrow" href={ (address(results.instead.as_deref().unwrap_or(&results.query), results.order)) "&narrow=1" } { (words.search_narrow()) }
                }
            }
            div id="search-facets" { @if let Some(narrow) = &results.narrow { (narrow) } }
            ul id="search-results" aria-label=(words.search_found()) { @for found in &results.found { li { (result(screen, found)) } } }
            @if let Some(more) = &results.more { p.list-foot { a.button id="search-more" href=(more) { (words.search_more()) } } }
        }
    }
}

fn sort(results: &Results, order: Order, words: &str) -> Markup {
    let query = results.instead.as_deref().unwrap_or(&results.query);
    html! { a.sort href=(address(query, order)) aria-current=[(results.order == order).then_some("true")] { (words) } }
}

/// Before a search: what can be typed.
fn start(words: Words) -> Markup {
    let meaning = [
        words.search_example_unassigned(),
        words.search_example_mine(),
        words.search_example_from(),
        words.search_example_subject(),
        words.search_example_month(),
    ];
    html! {
        (empty(Icon::Search, words.search_everything(), words.search_everything_why(), None))
        section.search-help aria-labelledby="search-examples" {
            h2 id="search-examples" { (words.search_narrow_with()) }
            dl {
                @for (example, meaning) in EXAMPLES.iter().zip(meaning) {
                    dt { a.link href=(address(example, Order::Newest)) { code { (example) } } }
                    dd { (meaning) }
                }
            }
            h2 { (words.search_all_conditions()) }
            ul.operators {
                @for (operator, word) in Operator::WORDS { li { code { (word) ":" } " " span.secondary { (operator_words(words, *operator)) } } }
            }
        }
    }
}

fn nothing(words: Words, results: &Results) -> Markup {
    if !results.first {
        return empty(
            Icon::Search,
            words.search_nothing_more(),
            words.search_these_were_all(),
            Some(html! { a.link href=(address(&results.query, results.order)) { (words.search_back_to_first()) } }),
        );
    }
    let sentence = if results.chips.is_empty() { words.search_nothing_why() } else { words.search_leave_out() };
    empty(
        Icon::Search,
        words.search_nothing(),
        sentence,
        Some(html! {
            div.drop-filters {
                @for chip in results.chips.iter().take(4) { a.button href=(chip.without) { (words.search_without(&chip.words)) } }
                a.link href="/inbox/open" { (words.search_back_to_inbox()) }
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
                span.subject.cut dir="auto" { @if has_subject { (marked(&found.subject)) } @else { (subject_words(screen.reader.words, "")) } }
                @if found.resolved { (pill(screen.reader.words.search_resolved(), Tone::Quiet)) }
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
pub(crate) fn facets(words: Words, typed: &str, order: Order, facets: &Facets) -> Markup {
    let narrowed = |condition: &str| address(&format!("{} {condition}", typed.trim_end()), order);
    let count = |count: usize| {
        if count >= COUNTED { "99+".to_owned() } else { format!("{count}{}", if facets.more { "+" } else { "" }) }
    };
    html! {
        // What all have in common narrows nothing.
        @if facets.groups.iter().any(|(_, group)| group.iter().any(|facet| facet.count < facets.counted)) {
            section.facets aria-label=(words.search_narrow()) {
                @for (operator, group) in &facets.groups {
                    @if group.iter().any(|facet| facet.count < facets.counted) {
                        div.facet {
                            h2 { (facet_heading(words, *operator)) }
                            ul {
                                @for facet in group {
                                    li { a.filter-chip href=(narrowed(&facet.condition)) { span.cut dir="auto" { (facet_name(words, *operator, &facet.name)) } span.count { (count(facet.count)) } } }
                                }
                            }
                        }
                    }
                }
                @if facets.more { p.muted { (words.search_counted(COUNTED)) } }
            }
        }
    }
}

fn facet_heading(words: Words, operator: Operator) -> &'static str {
    match operator {
        Operator::Is => words.search_state(),
        Operator::Assignee => words.search_responsible(),
        Operator::Tag => words.search_tag(),
        Operator::Channel => words.search_channel(),
        _ => words.search_year(),
    }
}

fn facet_name(words: Words, operator: Operator, name: &str) -> &str {
    match (operator, name) {
        (Operator::Is, "open") => words.search_open(),
        (Operator::Is, "snoozed") => words.search_snoozed(),
        (Operator::Is, "resolved") => words.search_resolved(),
        (Operator::Assignee, "nobody") => words.search_nobody(),
        (Operator::Channel, "email") => words.search_email(),
        _ => name,
    }
}

fn operator_words(words: Words, operator: Operator) -> &'static str {
    match operator {
        Operator::From => words.search_op_from(),
        Operator::To => words.search_op_to(),
        Operator::Subject => words.search_op_subject(),
        Operator::Customer => words.search_op_customer(),
        Operator::Tag => words.search_op_tag(),
        Operator::Assignee => words.search_op_assignee(),
        Operator::Team => words.search_op_team(),
        Operator::Is => words.search_op_is(),
        Operator::Has => words.search_op_has(),
        Operator::Before => words.search_op_before(),
        Operator::After => words.search_op_after(),
        Operator::On => words.search_op_on(),
        Operator::Priority => words.search_op_priority(),
        Operator::Mailbox => words.search_op_mailbox(),
        Operator::Channel => words.search_op_channel(),
        Operator::Number => words.search_op_number(),
    }
}

fn hint_words(words: Words, hint: &Hint) -> String {
    match hint {
        Hint::NoOperator(word) => words.search_no_operator(word),
        Hint::NoValue(operator) => words.search_no_value(operator.word(), operator_words(words, *operator)),
        Hint::NotUnderstood(operator, value) => {
            words.search_not_understood(value, operator.word(), operator_words(words, *operator))
        }
        Hint::Nobody(operator, name) => words.search_called_so(name, operator.word()),
        Hint::TooMuch => words.search_too_much().to_owned(),
    }
}
