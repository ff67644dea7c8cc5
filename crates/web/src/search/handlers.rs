//! Searching.

use std::ops::Range;

use axum::Json;
use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use desk::conversations::{self, Search, Status};
use desk::search::{Cursor, Order, without};
use serde::{Deserialize, Serialize};

use super::pages::{self, Chip, Found, Results};
use crate::errors::Refusal;
use crate::rights::url_encoded;
use crate::visit::Visit;

/// How many are shown at once.
const PAGE: usize = 20;
/// How many the palette offers.
const JUMPS: usize = 6;

/// What is searched for, in which order, and where the page goes on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    after: String,
    /// The page is to show what it can be narrowed by; scripts ask for that afterwards.
    #[serde(default)]
    narrow: String,
}

impl Asked {
    fn order(&self) -> Order {
        if self.sort == "best" { Order::Best } else { Order::Newest }
    }

    fn wanted(&self, visit: &Visit) -> Search {
        Search {
            // Not trimmed: a space after the last word says that the word is whole.
            typed: self.q.clone(),
            order: self.order(),
            zone: visit.reader.zone.clone(),
            after: self.after.parse::<Cursor>().ok(),
            limit: PAGE,
        }
    }
}

/// The address of a search.
pub(super) fn address(typed: &str, order: Order) -> String {
    let sort = if order == Order::Best { "&sort=best" } else { "" };
    format!("/search?q={}{sort}", url_encoded(typed))
}

/// `GET /search`
pub(crate) async fn search(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let wanted = asked.wanted(&visit);
    if visit.wants("facets") {
        return Ok(facets(&visit, wanted).await?.into_response());
    }
    let screen = visit.screen().await?;
    let order = asked.order();
    if asked.q.trim().is_empty() {
        return Ok(pages::search(&screen, &Results::default()).into_response());
    }
    let typed = wanted.typed.clone();
    let narrow = if asked.narrow.is_empty() { None } else { Some(facets(&visit, wanted.clone()).await?) };
    let answer = visit.read(move |desk| Box::pin(async move { conversations::search(desk, &wanted).await })).await?;
    let chips = answer.asked.conditions.iter().map(|condition| Chip {
        words: typed.get(condition.range.clone()).unwrap_or_default().to_owned(),
        without: address(&without(&typed, &condition.range), order),
    });
    let found = answer.found.into_iter().map(|one| Found {
        number: one.row.number,
        subject: marked(&one.row.subject, &one.in_subject),
        who: one.row.customer_name,
        excerpt: marked(&one.snippet.0, &one.snippet.1),
        tags: one.tags.into_iter().map(|tag| tag.name).collect(),
        at: one.row.last_activity_at,
        resolved: one.row.status == Status::Resolved,
    });
    let results = Results {
        found: found.collect(),
        chips: chips.collect(),
        hints: answer.asked.hints,
        more: answer.next.map(|cursor| format!("{}&after={cursor}", address(&typed, order))),
        instead: answer.instead,
        first: asked.after.is_empty(),
        narrow,
        order,
        query: typed,
    };
    Ok(pages::search(&screen, &results).into_response())
}

/// What the search can be narrowed by.
async fn facets(visit: &Visit, wanted: Search) -> Result<maud::Markup, Refusal> {
    let (typed, order) = (wanted.typed.clone(), wanted.order);
    let facets = visit.read(move |desk| Box::pin(async move { conversations::facets(desk, &wanted).await })).await?;
    Ok(pages::facets(visit.reader.words, &typed, order, &facets))
}

/// `GET /search/completions`: what may be typed next, for scripts.
pub(crate) async fn completions(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let typed = asked.q;
    let all = visit.read(move |desk| Box::pin(async move { conversations::completions(desk, &typed).await })).await?;
    Ok(Json(all).into_response())
}

/// One place to go to.
#[derive(Debug, Serialize)]
pub(crate) struct Place {
    words: String,
    group: String,
    href: String,
}

/// `GET /search/jump`: the conversations that what was typed most likely means, for the palette.
pub(crate) async fn jump(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let wanted = Search { limit: JUMPS, order: Order::Newest, ..asked.wanted(&visit) };
    let answer = visit.read(move |desk| Box::pin(async move { conversations::search(desk, &wanted).await })).await?;
    let places = answer.found.into_iter().take(JUMPS).map(|one| Place {
        words: format!("{} · {}", one.row.customer_name, one.row.subject),
        group: format!("#{}", one.row.number),
        href: format!("/c/{}", one.row.number),
    });
    Ok(Json(places.collect::<Vec<_>>()).into_response())
}

/// A text in parts: what was searched for, and what stands between.
fn marked(text: &str, hits: &[Range<usize>]) -> Vec<(String, bool)> {
    let mut parts = Vec::new();
    let mut end = 0;
    for hit in hits {
        parts.extend(text.get(end..hit.start).map(|between| (between.to_owned(), false)));
        parts.extend(text.get(hit.clone()).map(|words| (words.to_owned(), true)));
        end = hit.end;
    }
    parts.extend(text.get(end..).map(|rest| (rest.to_owned(), false)));
    parts
}
