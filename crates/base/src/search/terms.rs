//! A query as the engines take it: each condition is a choice of phrases, beginnings of words written out from the words
//! that the workspace's documents hold. Both engines are asked for the same tokens, so both find the same.

use super::{
    query::{Clause, Query},
    store,
};
use crate::db::{DbError, Tx};
use uuid::Uuid;

/// So many of the words that begin as typed are looked at; the shortest of them are taken.
pub(super) const WORDS_READ: i64 = 1000;
const WORDS_TAKEN: usize = 48;
/// Fewer where they end a phrase, which costs more to find.
const PHRASES_TAKEN: usize = 12;

/// A query written out.
#[derive(Debug)]
pub(super) struct Terms {
    conditions: Vec<Condition>,
    /// All that was asked for in one row, in the order typed; where that is more than one word.
    in_a_row: Option<Vec<String>>,
}

#[derive(Debug)]
struct Condition {
    excluded: bool,
    /// Any of these phrases meets it.
    phrases: Vec<Vec<String>>,
}

/// Writes a query out.
pub(super) async fn write_out(tx: &Tx<'_>, workspace: Uuid, query: &Query) -> Result<Terms, DbError> {
    let mut conditions = Vec::with_capacity(query.clauses.len());
    for clause in &query.clauses {
        let phrases = phrases(tx, workspace, clause).await?;
        conditions.push(Condition { excluded: clause.excluded, phrases });
    }
    let in_a_row: Vec<String> = query.wanted().flat_map(|clause| clause.parts.iter().cloned()).collect();
    let several = query.wanted().nth(1).is_some();
    Ok(Terms { conditions, in_a_row: several.then_some(in_a_row) })
}

async fn phrases(tx: &Tx<'_>, workspace: Uuid, clause: &Clause) -> Result<Vec<Vec<String>>, DbError> {
    let mut phrases = Vec::new();
    if let Some(whole) = &clause.whole {
        phrases.push(vec![whole.clone()]);
        if clause.prefix {
            let words = store::words(tx, workspace, whole).await?;
            phrases.extend(shortest(words, WORDS_TAKEN).map(|word| vec![word]));
        }
        // An address is one thing; a number may be a part of a longer one.
        if whole.contains('@') {
            return Ok(phrases);
        }
    }
    phrases.push(clause.parts.clone());
    if let (true, Some((last, before))) = (clause.prefix, clause.parts.split_last()) {
        let words = store::words(tx, workspace, last).await?;
        let taken = if before.is_empty() { WORDS_TAKEN } else { PHRASES_TAKEN };
        phrases.extend(shortest(words, taken).map(|word| before.iter().cloned().chain([word]).collect()));
    }
    phrases.sort_unstable();
    phrases.dedup();
    Ok(phrases)
}

fn shortest(mut words: Vec<String>, count: usize) -> impl Iterator<Item = String> {
    words.sort_by_key(|word| word.chars().count());
    words.into_iter().take(count)
}

/// What of a document a condition is tested against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Any,
    Head,
}

impl Terms {
    /// FTS5: the documents of `scope` that meet all conditions.
    pub(super) fn for_sqlite(&self, scope: &str, field: Field) -> String {
        let written = |excluded: bool, joint: &str| -> String {
            let conditions = self.conditions.iter().filter(|c| c.excluded == excluded);
            let choices = conditions.map(|c| {
                let phrases: Vec<_> = c.phrases.iter().map(|phrase| format!("\"{}\"", phrase.join(" "))).collect();
                format!("({})", phrases.join(" OR "))
            });
            choices.collect::<Vec<_>>().join(joint)
        };
        let (wanted, unwanted) = (written(false, " AND "), written(true, " OR "));
        let column = if field == Field::Head { "head : " } else { "" };
        let wanted = format!("(\"{scope}\" AND {column}({wanted}))");
        if unwanted.is_empty() { wanted } else { format!("{wanted} NOT ({unwanted})") }
    }

    /// FTS5: the documents of `scope` that hold all the words in a row.
    pub(super) fn in_a_row_for_sqlite(&self, scope: &str) -> Option<String> {
        self.in_a_row.as_ref().map(|words| format!("\"{scope}\" AND \"{}\"", words.join(" ")))
    }

    /// A `tsquery`: the documents of any of `scopes` that meet all conditions.
    pub(super) fn for_postgres(&self, scopes: &[String], field: Field) -> String {
        let weight = if field == Field::Head { ":A" } else { "" };
        let mut written = scopes.iter().map(|scope| format!("'{scope}'")).collect::<Vec<_>>().join(" | ");
        if !written.is_empty() {
            written = format!("({written})");
        }
        for condition in &self.conditions {
            let unwanted = condition.excluded && field == Field::Head;
            if unwanted {
                continue;
            }
            let phrases: Vec<_> = condition.phrases.iter().map(|phrase| row(phrase, weight)).collect();
            let sign = if condition.excluded { "!" } else { "" };
            let joint = if written.is_empty() { "" } else { " & " };
            written.push_str(&format!("{joint}{sign}({})", phrases.join(" | ")));
        }
        written
    }

    /// A `tsquery`: documents that hold all the words in a row; empty (which nothing meets) where there is one word.
    pub(super) fn in_a_row_for_postgres(&self) -> String {
        self.in_a_row.as_ref().map(|words| row(words, "")).unwrap_or_default()
    }
}

fn row(words: &[String], weight: &str) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("'{word}'{weight}")).collect();
    format!("({})", quoted.join(" <-> "))
}
