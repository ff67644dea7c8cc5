//! Searching.

use std::ops::Range;

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use desk::conversations::{self, Status};
use desk::search::Cursor;
use serde::Deserialize;

use super::pages::{self, Found, Results};
use crate::errors::Refusal;
use crate::rights::url_encoded;
use crate::visit::Visit;

/// How many are shown at once.
const PAGE: usize = 20;

/// What is searched for, and where the page goes on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
}

/// `GET /search`
pub(crate) async fn search(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    // Not trimmed: a space after the last word says that the word is whole.
    let query = asked.q;
    if query.trim().is_empty() {
        return Ok(pages::search(&screen, &Results::default()).into_response());
    }
    let (wanted, after) = (query.clone(), asked.after.parse::<Cursor>().ok());
    let (found, next) = visit
        .read(move |desk| Box::pin(async move { conversations::search(desk, &wanted, after, PAGE).await }))
        .await?;
    let found = found.into_iter().map(|one| Found {
        number: one.row.number,
        subject: one.row.subject,
        who: one.row.customer_name,
        excerpt: marked(&one.snippet.0, &one.snippet.1),
        at: one.row.last_activity_at,
        resolved: one.row.status == Status::Resolved,
    });
    let more = next.map(|cursor| format!("/search?q={}&after={}", url_encoded(&query), cursor));
    let results = Results { found: found.collect(), more, query };
    Ok(pages::search(&screen, &results).into_response())
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
