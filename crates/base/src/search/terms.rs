//! A query as the engines take it: each condition is a choice of phrases, beginnings of words written out from the words
//! that the workspace's documents hold. Both engines are asked for the same tokens, so both find the same.

use super::{
    marks::mark,
    query::{Choice, Clause, Query},
    store,
};
use crate::db::{DbError, Tx};
use uuid::Uuid;

/// So many of the words that begin as typed are looked at; the shortest of them are taken.
const WORDS_READ: i64 = 1000;
const WORDS_TAKEN: usize = 24;
/// Fewer where they end a phrase, which costs more to find.
const PHRASES_TAKEN: usize = 8;

/// A query written out.
#[derive(Debug)]
pub(super) struct Terms {
    conditions: Vec<Condition>,
    /// A choice without a choice: nothing meets it.
    never: bool,
    /// All that was asked for in one row, in the order typed; where that is more than one word.
    in_a_row: Option<Vec<String>>,
}

#[derive(Debug)]
struct Condition {
    excluded: bool,
    /// It is about words anywhere, not about marks.
    plain: bool,
    /// Any of these phrases meets it.
    phrases: Vec<Vec<String>>,
}

/// Writes a query out.
pub(super) async fn write_out(tx: &Tx<'_>, workspace: Uuid, query: &Query) -> Result<Terms, DbError> {
    let mut conditions = Vec::with_capacity(query.clauses.len());
    for clause in &query.clauses {
        let mut phrases = phrases(tx, workspace, clause).await?;
        if let Some(kind) = clause.field {
            phrases.iter_mut().flatten().for_each(|word| *word = mark(kind, word));
        }
        conditions.push(Condition { excluded: clause.excluded, plain: clause.field.is_none(), phrases });
    }
    let mut never = false;
    for Choice { excluded, any } in query.all_choices() {
        if any.is_empty() {
            never |= !excluded;
            continue;
        }
        let phrases = any.into_iter().map(|mark| vec![mark]).collect();
        conditions.push(Condition { excluded, plain: false, phrases });
    }
    let plain = || query.wanted().filter(|clause| clause.field.is_none());
    let in_a_row: Vec<String> = plain().flat_map(|clause| clause.parts.iter().cloned()).collect();
    let several = plain().nth(1).is_some();
    Ok(Terms { conditions, never, in_a_row: several.then_some(in_a_row) })
}

async fn phrases(tx: &Tx<'_>, workspace: Uuid, clause: &Clause) -> Result<Vec<Vec<String>>, DbError> {
    let mut phrases = Vec::new();
    if let Some(whole) = &clause.whole {
        phrases.push(vec![whole.clone()]);
        if clause.prefix {
            let words = store::words(tx, workspace, whole, WORDS_READ).await?;
            phrases.extend(shortest(words, WORDS_TAKEN).map(|word| vec![word]));
        }
        // An address is one thing; a number may be a part of a longer one.
        if whole.contains('@') {
            return Ok(phrases);
        }
    }
    phrases.push(clause.parts.clone());
    if let (true, Some((last, before))) = (clause.prefix, clause.parts.split_last()) {
        let words = store::words(tx, workspace, last, WORDS_READ).await?;
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
    /// Nothing can meet it.
    pub(super) fn is_never_met(&self) -> bool {
        self.never
    }

    /// Only says what must not be: then all documents of the workspace are asked for.
    pub(super) fn only_excludes(&self) -> bool {
        self.conditions.iter().all(|condition| condition.excluded)
    }

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
            let and = if wanted.is_empty() { "" } else { " AND " };
            wanted = format!("\"{scope}\"{and}{wanted}");
        }
        if unwanted.is_empty() { wanted } else { format!("({wanted}) NOT ({unwanted})") }
    }

    /// `tsquery`s that must all be met: the first condition with all that is excluded, the second, and the rest.
    pub(super) fn for_postgres(&self, scope: &str) -> [Option<String>; 3] {
        let choice = |condition: &Condition| -> String {
            let phrases: Vec<_> =
                condition.phrases.iter().map(|phrase| format!("('{}')", phrase.join("' <-> '"))).collect();
            format!("({})", phrases.join(" | "))
        };
        let mut wanted = self.conditions.iter().filter(|condition| !condition.excluded).map(choice);
        let unwanted = self.conditions.iter().filter(|condition| condition.excluded);
        let first = wanted.next().or_else(|| Some(format!("'{scope}'")));
        let first = first.map(|first| unwanted.fold(first, |written, c| format!("{written} & !{}", choice(c))));
        let second = wanted.next();
        let rest: Vec<String> = wanted.collect();
        [first, second, (!rest.is_empty()).then(|| rest.join(" & "))]
    }

    /// How well a head answers: 2 where all that was asked for stands in it, 3 where it stands in a row.
    pub(super) fn score(&self, head: &str) -> u8 {
        let tokens: Vec<&str> = head.split(' ').collect();
        let holds = |phrase: &[String]| tokens.windows(phrase.len()).any(|run| run == phrase);
        let mut wanted = self.conditions.iter().filter(|condition| !condition.excluded && condition.plain).peekable();
        if wanted.peek().is_none() || !wanted.all(|condition| condition.phrases.iter().any(|phrase| holds(phrase))) {
            return 0;
        }
        2 + u8::from(self.in_a_row.as_ref().is_some_and(|words| holds(words)))
    }
}
