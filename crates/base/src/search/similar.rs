//! What may have been meant: for words that no document holds, words of the workspace that are one or two slips of the finger
//! away. Bounded: each word costs one look-up of all that is one slip away and one short walk through the words that begin alike.

use super::{Order, Page, Query, find, store};
use crate::db::{DbError, Tx};
use std::collections::HashMap;
use uuid::Uuid;

/// Shorter words are too near to too many.
const SHORTEST: usize = 4;
/// From this length on, two slips are forgiven.
const LONG: usize = 6;
const LONGEST: usize = 24;
/// So many words are looked into, and so many stand-ins of each tried.
const WORDS: usize = 3;
const TRIED: usize = 3;
/// A word with two slips is looked for among those that begin with so many of its characters.
const BEGINNING: usize = 3;
const WALKED: i64 = 3000;

/// The query with other words in place of those that no document holds, and the words replaced; none when there is nothing
/// like it that finds something.
///
/// # Errors
/// [`DbError`].
pub async fn suggest(tx: &Tx<'_>, workspace: Uuid, query: &Query) -> Result<Option<Suggestion>, DbError> {
    let words: Vec<String> = query.plain_words().filter(|word| may_be_mistyped(word)).map(str::to_owned).collect();
    if words.is_empty() {
        return Ok(None);
    }
    let known = store::known(tx, workspace, &words).await?;
    let mut meant: Vec<(String, Vec<String>)> = Vec::new();
    for word in words.into_iter().filter(|word| !known.contains(word)).take(WORDS) {
        let like = like(tx, workspace, &word).await?;
        if !like.is_empty() {
            meant.push((word, like));
        }
    }
    for choice in choices(&meant) {
        let other = query.replaced(|word| choice.get(word).map(|meant| (*meant).to_owned()));
        let page = find(tx, workspace, &other, Order::Newest, 1, None).await?;
        if page != Page::default() {
            let instead = choice.into_iter().map(|(word, meant)| (word.to_owned(), meant.to_owned())).collect();
            return Ok(Some(Suggestion { query: other, instead }));
        }
    }
    Ok(None)
}

/// What may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The query as it may have been meant.
    pub query: Query,
    /// By each word (folded, as [`crate::text`] does), the one in its place.
    pub instead: HashMap<String, String>,
}

/// The nearest for each first, then others for one at a time.
fn choices(meant: &[(String, Vec<String>)]) -> Vec<HashMap<&str, &str>> {
    let first: HashMap<&str, &str> =
        meant.iter().filter_map(|(word, like)| Some((word.as_str(), like.first()?.as_str()))).collect();
    if first.is_empty() {
        return Vec::new();
    }
    let mut all = vec![first.clone()];
    for (word, like) in meant {
        for other in like.iter().skip(1) {
            let mut choice = first.clone();
            choice.insert(word, other);
            all.push(choice);
        }
    }
    all
}

/// Known words like this one, the likeliest first.
async fn like(tx: &Tx<'_>, workspace: Uuid, word: &str) -> Result<Vec<String>, DbError> {
    let mut found = store::known(tx, workspace, &one_slip_away(word)).await?;
    let allowed = if word.chars().count() >= LONG { 2 } else { 1 };
    let beginning: String = word.chars().take(BEGINNING).collect();
    found.extend(store::words(tx, workspace, &beginning, WALKED).await?);
    let mut near: Vec<(usize, bool, usize, String)> = found
        .into_iter()
        .filter_map(|other| {
            let slips = slips(word, &other, allowed)?;
            let begins_alike = other.chars().next() == word.chars().next();
            Some((slips, !begins_alike, other.len().abs_diff(word.len()), other))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    Ok(near.into_iter().take(TRIED).map(|(_, _, _, other)| other).collect())
}

fn may_be_mistyped(word: &str) -> bool {
    let length = word.chars().count();
    (SHORTEST..=LONGEST).contains(&length) && !word.chars().any(char::is_numeric)
}

/// Everything that one missing, doubled, wrong or swapped letter makes of a word; only of letters that are typed so.
fn one_slip_away(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let alphabet = || ('a'..='z').chain(letters.iter().copied().filter(|c| !c.is_ascii()));
    let mut all = Vec::new();
    let mut spelled = |parts: &[&[char]]| all.push(parts.iter().flat_map(|part| part.iter()).collect::<String>());
    for at in 0..=letters.len() {
        let (before, after) = letters.split_at(at);
        for letter in alphabet() {
            spelled(&[before, &[letter], after]);
            if let [_, rest @ ..] = after {
                spelled(&[before, &[letter], rest]);
            }
        }
        if let [first, rest @ ..] = after {
            spelled(&[before, rest]);
            if let [second, rest @ ..] = rest {
                spelled(&[before, &[*second, *first], rest]);
            }
        }
    }
    all.retain(|other| other != word);
    all.sort_unstable();
    all.dedup();
    all
}

/// How many letters are missing, too many, wrong or swapped with their neighbour; none when more than allowed, or none at all.
fn slips(one: &str, other: &str, allowed: usize) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > allowed {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut best = (row[j] + usize::from(a != b)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                best = best.min(before[j - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|slips| (1..=allowed).contains(slips))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn slips_of_the_finger_are_counted() {
        for (one, other, count) in [
            ("refnud", "refund", Some(1)),
            ("refun", "refund", Some(1)),
            ("reffund", "refund", Some(1)),
            ("rifund", "refund", Some(1)),
            ("rifunt", "refund", Some(2)),
            ("delivery", "refund", None),
            ("same", "same", None),
        ] {
            assert_eq!(slips(one, other, 2), count, "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn all_that_is_one_slip_away_is_and_no_more(word in "[a-zé]{1,8}", other in "[a-zé]{1,8}") {
            let near = one_slip_away(&word);
            prop_assert!(near.iter().all(|near| slips(&word, near, 1) == Some(1)));
            prop_assert!(near.len() <= 80 * (word.chars().count() + 1));
            prop_assert_eq!(slips(&word, &other, 2), slips(&other, &word, 2));
            if slips(&word, &other, 1).is_some() && other.is_ascii() {
                prop_assert!(near.contains(&other));
            }
        }
    }
}
