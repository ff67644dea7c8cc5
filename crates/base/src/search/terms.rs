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
const WORDS_TAKEN: usize = 24;
/// Fewer where they end a phrase, which costs more to find.
const PHRASES_TAKEN: usize = 8;

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

impl Terms {
    /// FTS5: the documents (of `scope`) that meet all conditions.
    pub(super) fn for_sqlite(&self, scope: Option<&str>) -> String {
        let choices = |excluded: bool, joint: &str| -> String {
            let conditions = self.conditions.iter().filter(|c| c.excluded == excluded);
            let choices = conditions.map(|c| {
                let phrases: Vec<_> = c.phrases.iter().map(|phrase| format!("\"{}\"", phrase.join(" "))).collect();
                format!("({})", phrases.join(" OR "))
            });
            choices.collect::<Vec<_>>().join(joint)
        };
        let (mut wanted, unwanted) = (choices(false, " AND "), choices(true, " OR "));
        if let Some(scope) = scope {
            wanted = format!("\"{scope}\" AND {wanted}");
        }
        if unwanted.is_empty() { wanted } else { format!("({wanted}) NOT ({unwanted})") }
    }

    /// `tsquery`s that must all be met: the first condition with all that is excluded, the second, and the rest.
    pub(super) fn for_postgres(&self) -> [Option<String>; 3] {
        let choice = |condition: &Condition| -> String {
            let phrases: Vec<_> =
                condition.phrases.iter().map(|phrase| format!("('{}')", phrase.join("' <-> '"))).collect();
            format!("({})", phrases.join(" | "))
        };
        let mut wanted = self.conditions.iter().filter(|condition| !condition.excluded).map(choice);
        let unwanted = self.conditions.iter().filter(|condition| condition.excluded);
        let first = wanted.next().map(|first| unwanted.fold(first, |written, c| format!("{written} & !{}", choice(c))));
        let second = wanted.next();
        let rest: Vec<String> = wanted.collect();
        [first, second, (!rest.is_empty()).then(|| rest.join(" & "))]
    }

    /// How well a head answers: 2 where all that was asked for stands in it, 3 where it stands in a row.
    pub(super) fn score(&self, head: &str) -> u8 {
        let tokens: Vec<&str> = head.split(' ').collect();
        let holds = |phrase: &[String]| tokens.windows(phrase.len()).any(|run| run == phrase);
        let mut wanted = self.conditions.iter().filter(|condition| !condition.excluded);
        if !wanted.all(|condition| condition.phrases.iter().any(|phrase| holds(phrase))) {
            return 0;
        }
        2 + u8::from(self.in_a_row.as_ref().is_some_and(|words| holds(words)))
    }
}
