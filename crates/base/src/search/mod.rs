//! Search over documents that belong to groups: written in the transaction of the change itself, found within it, the same
//! hits on both engines, since [`crate::text`] cuts texts and queries into the same tokens for both.
//!
//! It is bounded whatever is asked: of all matches only the newest few hundred are looked at, a window; those are put in order
//! here (by time, or first all that was asked for in the head, in a row before apart), and a group appears once, by its best
//! document. Further pages go through the window and then on to older ones. Matches that lie far apart are costly to find,
//! since engines walk through all that holds one of the words: then the window is [`SPARSE`] matches only.

mod highlight;
mod indexed;
mod marks;
mod query;
mod similar;
mod store;
mod terms;

pub use highlight::{highlight, snippet};
pub use marks::{Marks, mark, short};
pub use query::Query;
pub use similar::{Suggestion, suggest};
pub use store::{Entry, STATEMENTS};

use crate::db::{DbError, Tx};
use jiff::Timestamp;
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    fmt,
    str::FromStr,
};
use store::Candidate;
use terms::Terms;
use uuid::Uuid;

/// How many of the newest matches are ranked at once.
const WINDOW: usize = 250;
/// How many are, where they lie so far apart that finding more would take long.
const SPARSE: usize = 40;
/// So many documents from the newest of [`SPARSE`] matches to the last of them are far.
const FAR: i64 = 1 << 15;
/// How many windows one call goes through at most before it hands back what it has.
const WINDOWS: usize = 4;

/// What is made searchable.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// Its id, unique in the workspace.
    pub id: Uuid,
    /// What it belongs to; a search shows each group once.
    pub group: Uuid,
    /// When it was written.
    pub at: Timestamp,
    /// What weighs more: title, names, addresses, numbers.
    pub head: &'a str,
    /// The rest.
    pub body: &'a str,
    /// Fields and states it is found by.
    pub marks: &'a Marks,
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// What was written last.
    #[default]
    Newest,
    /// What answers best: all words in the head, in a row before apart; then what was written last.
    Best,
}

/// A group that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The group.
    pub group: Uuid,
    /// Its best document.
    pub id: Uuid,
    /// When that document was written.
    pub at: Timestamp,
    /// 2 where the head holds all that was asked for, 3 where it holds it in a row; what is equal is ordered by time.
    pub score: u8,
}

/// A page of hits, best first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// At most as many as asked for; may be fewer although there are further ones.
    pub hits: Vec<Hit>,
    /// Where to go on; none when this was all.
    pub next: Option<Cursor>,
}

/// A place between two pages. What is indexed after the first page was read does not appear on later ones; what was there
/// appears on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The newest match when the first page was read.
    top: i64,
    /// The window begins below this number.
    before: i64,
    /// So many of the window's groups were shown.
    skip: usize,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.top, self.before, self.skip)
    }
}

/// What was given is no [`Cursor`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a place in search results")]
pub struct NotACursor;

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let mut numbers = text.splitn(3, '.').map(str::parse::<i64>);
        let (Some(Ok(top)), Some(Ok(before)), Some(Ok(skip))) = (numbers.next(), numbers.next(), numbers.next()) else {
            return Err(NotACursor);
        };
        let skip = usize::try_from(skip).map_err(|_| NotACursor)?;
        // Numbers count from 1, and `before` is one above a match.
        if !(1..i64::MAX).contains(&before) || top < 1 || before - 1 > top {
            return Err(NotACursor);
        }
        Ok(Self { top, before, skip })
    }
}

/// Makes a document searchable, or changes what it is found by; doing it twice is doing it once.
///
/// # Errors
/// [`DbError`].
pub async fn index(tx: &Tx<'_>, workspace: Uuid, document: &Document<'_>) -> Result<(), DbError> {
    store::index(tx, workspace, document).await
}

/// Makes a document unfindable; nothing happens when it was.
///
/// # Errors
/// [`DbError`].
pub async fn remove(tx: &Tx<'_>, workspace: Uuid, document: Uuid) -> Result<(), DbError> {
    store::remove(tx, workspace, document).await
}

/// Finds up to `limit` groups in that order, from `after` on.
///
/// # Errors
/// [`DbError`].
pub async fn find(
    tx: &Tx<'_>,
    workspace: Uuid,
    query: &Query,
    order: Order,
    limit: usize,
    after: Option<Cursor>,
) -> Result<Page, DbError> {
    let mut page = Page::default();
    if query.is_empty() || limit == 0 {
        return Ok(page);
    }
    let terms = terms::write_out(tx, workspace, query).await?;
    let mut place = after.unwrap_or(Cursor { top: i64::MAX, before: i64::MAX, skip: 0 });
    for _ in 0..WINDOWS {
        let (window, is_last) = window(tx, workspace, &terms, place.before).await?;
        let (Some(first), Some(last)) = (window.first(), window.last()) else { return Ok(page) };
        if place.top == i64::MAX {
            (place.top, place.before) = (first.seq, first.seq + 1);
        }
        let oldest = last.seq;
        let seen = if place.before <= place.top {
            store::groups_matching(tx, workspace, &terms, &window, (place.before, place.top + 1)).await?
        } else {
            Vec::new()
        };
        let window: Vec<Candidate> = window.into_iter().filter(|one| query.is_within(one.at)).collect();
        let ranked = rank(window, &terms, order, &seen.into_iter().collect());
        let wanted = limit - page.hits.len();
        page.hits.extend(ranked.iter().skip(place.skip).take(wanted).cloned());
        if place.skip + wanted < ranked.len() {
            page.next = Some(Cursor { skip: place.skip + wanted, ..place });
            return Ok(page);
        }
        if is_last {
            return Ok(page);
        }
        place = Cursor { before: oldest, skip: 0, ..place };
        if page.hits.len() == limit {
            break;
        }
    }
    page.next = Some(place);
    Ok(page)
}

/// The newest matches before number `before`, and whether there are no others.
async fn window(tx: &Tx<'_>, workspace: Uuid, terms: &Terms, before: i64) -> Result<(Vec<Candidate>, bool), DbError> {
    let first = store::newest(tx, workspace, terms, before, SPARSE).await?;
    let (Some(newest), Some(oldest)) = (first.first(), first.last()) else { return Ok((first, true)) };
    if first.len() < SPARSE || newest.seq - oldest.seq > FAR {
        let is_last = first.len() < SPARSE;
        return Ok((first, is_last));
    }
    let all = store::newest(tx, workspace, terms, before, WINDOW).await?;
    let is_last = all.len() < WINDOW;
    Ok((all, is_last))
}

/// Each group's best document, best first, without the groups that stand on earlier windows.
fn rank(window: Vec<Candidate>, terms: &Terms, order: Order, seen: &HashSet<Uuid>) -> Vec<Hit> {
    // A group is shown by the document that answers best, whatever the order of groups.
    let place = |hit: &Hit, seq: i64| (hit.score, hit.at, seq);
    let mut newest: HashMap<Uuid, (Timestamp, i64)> = HashMap::new();
    let mut best: HashMap<Uuid, (Hit, i64)> = HashMap::new();
    for Candidate { document, group, at, seq, head } in window {
        if seen.contains(&group) {
            continue;
        }
        let hit = Hit { group, id: document, at, score: terms.score(&head) };
        let moment = newest.entry(group).or_insert((at, seq));
        *moment = (*moment).max((at, seq));
        match best.get(&group) {
            Some((other, number)) if place(other, *number) >= place(&hit, seq) => {}
            _ => drop(best.insert(group, (hit, seq))),
        }
    }
    let mut ranked: Vec<(Hit, i64)> = best.into_values().collect();
    match order {
        Order::Best => ranked.sort_unstable_by_key(|(hit, seq)| Reverse((hit.score, hit.at, *seq))),
        Order::Newest => ranked.sort_unstable_by_key(|(hit, _)| Reverse(newest.get(&hit.group).copied())),
    }
    ranked.into_iter().map(|(hit, _)| hit).collect()
}
