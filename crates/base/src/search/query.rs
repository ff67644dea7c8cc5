//! What a person typed into a search box, understood. Anything is valid: what means nothing is left out.

use super::marks;
use crate::text::{self, Part};
use jiff::Timestamp;

/// What is typed beyond this many bytes is not read.
const MAX_BYTES: usize = 1000;
/// Further words are not read.
const MAX_CLAUSES: usize = 16;

/// A search: words that must all occur (in any order), `"phrases"`, `word*` for a beginning, `-word` for what must not
/// occur. The last word counts as unfinished while nothing follows it, so that a search can run as one types.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    pub(super) clauses: Vec<Clause>,
    pub(super) choices: Vec<Choice>,
    between: Option<(Timestamp, Timestamp)>,
}

/// One of several marks, which a document must have, or must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub excluded: bool,
    pub any: Vec<String>,
}

/// One condition of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    /// It must not be met.
    pub excluded: bool,
    /// In the field of this kind; none is anywhere.
    pub field: Option<char>,
    /// The last part is only the beginning of a word.
    pub prefix: bool,
    /// Neighbours in this order; at least one.
    pub parts: Vec<String>,
    /// The same as one token, where it is an address or carries a number.
    pub whole: Option<String>,
    /// The last part is a character of a script without spaces, which begins a pair.
    pub ends_in_pair: bool,
}

impl Query {
    /// Understands what was typed.
    pub fn parse(typed: &str) -> Self {
        let mut rest = &typed[..typed.floor_char_boundary(MAX_BYTES)];
        let mut query = Self::default();
        while query.clauses.len() < MAX_CLAUSES {
            rest = rest.trim_start();
            if rest.is_empty() {
                break;
            }
            let excluded = rest.starts_with('-');
            rest = rest.strip_prefix('-').unwrap_or(rest);
            if let Some(quoted) = rest.strip_prefix(is_quote) {
                let end = quoted.find(is_quote).unwrap_or(quoted.len());
                query.push_phrase(&quoted[..end], excluded);
                rest = quoted[end..].strip_prefix(is_quote).unwrap_or("");
            } else {
                let end = rest.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                query.push_word(word, excluded, after.is_empty() && !excluded);
                rest = after;
            }
        }
        query.clauses.truncate(MAX_CLAUSES);
        query
    }

    /// True when nothing is asked for that could be found: nothing was typed, or only what must not occur.
    pub fn is_empty(&self) -> bool {
        self.clauses.iter().all(|clause| clause.excluded) && self.choices.is_empty() && self.between.is_none()
    }

    /// Asks for words in the field of that kind: `typed` is understood as in [`Query::parse`]; in a row where `in_a_row`.
    pub fn field(&mut self, kind: char, typed: &str, excluded: bool, in_a_row: bool) -> &mut Self {
        let mut found = Self::default();
        if in_a_row {
            found.push_phrase(typed, excluded);
        } else {
            found.push_word(typed, excluded, false);
        }
        let room = MAX_CLAUSES.saturating_sub(self.clauses.len());
        self.clauses.extend(found.clauses.into_iter().take(room).map(|clause| Clause { field: Some(kind), ..clause }));
        self
    }

    /// Asks for documents with one of these marks, or with none of them; without any it is never met.
    pub fn marked(&mut self, any: Vec<String>, excluded: bool) -> &mut Self {
        self.choices.push(Choice { excluded, any });
        self
    }

    /// Asks for documents written at `from` or later and before `to`.
    pub fn between(&mut self, from: Timestamp, to: Timestamp) -> &mut Self {
        let (from, to) = self.between.map_or((from, to), |(other, until)| (from.max(other), to.min(until)));
        self.between = Some((from, to));
        self
    }

    /// Whether a document of that moment meets [`Query::between`].
    pub(super) fn is_within(&self, at: Timestamp) -> bool {
        self.between.is_none_or(|(from, to)| (from..to).contains(&at))
    }

    /// All choices of marks, those of the days with them.
    pub(super) fn all_choices(&self) -> Vec<Choice> {
        let days = self.between.map(|(from, to)| Choice { excluded: false, any: marks::days_between(from, to) });
        self.choices.iter().cloned().chain(days).collect()
    }

    /// The words that are looked for anywhere, as typed into the index: for finding others that were meant.
    pub(super) fn plain_words(&self) -> impl Iterator<Item = &str> {
        let plain = self.wanted().filter(|clause| clause.field.is_none() && !clause.ends_in_pair);
        plain.flat_map(|clause| clause.parts.iter().map(String::as_str))
    }

    /// The same with other words: `with` says what stands in for a word.
    pub(super) fn replaced(&self, with: impl Fn(&str) -> Option<String>) -> Self {
        let mut other = self.clone();
        for clause in other.clauses.iter_mut().filter(|clause| !clause.excluded && clause.field.is_none()) {
            for part in &mut clause.parts {
                if let Some(word) = with(part) {
                    *part = word;
                    clause.whole = None;
                }
            }
        }
        other
    }

    /// The words that must occur.
    pub(super) fn wanted(&self) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(|clause| !clause.excluded)
    }

    fn push_phrase(&mut self, quoted: &str, excluded: bool) {
        if let Some(clause) = Clause::new(text::parts(quoted, 64), None, excluded, false) {
            self.clauses.push(clause);
        }
    }

    fn push_word(&mut self, word: &str, excluded: bool, unfinished: bool) {
        let stem = word.trim_end_matches('*');
        let prefix = unfinished || stem.len() < word.len();
        for compound in text::compounds(stem) {
            let to_the_end = compound.parts.last().is_some_and(|part| part.range.end == stem.len());
            self.clauses.extend(Clause::new(compound.parts, compound.whole, excluded, prefix && to_the_end));
        }
    }
}

impl Clause {
    fn new(mut parts: Vec<Part>, whole: Option<String>, excluded: bool, prefix: bool) -> Option<Self> {
        // The last character of a run stands alone in a text only where the run ends; here it is in the pair before.
        if let [.., pair, last] = &parts[..]
            && pair.is_pair
            && last.is_pair
            && pair.range.end == last.range.end
        {
            parts.pop();
        }
        let last = parts.last()?;
        let (is_pair, long_enough) = (last.is_pair, last.text.chars().nth(1).is_some());
        let is_lone = is_pair && is_single(last);
        let prefix = if is_pair { is_lone } else { prefix && long_enough };
        let parts = parts.into_iter().map(|part| part.text).collect();
        Some(Self { excluded, field: None, prefix, parts, whole, ends_in_pair: is_pair })
    }
}

/// Whether a part of a script without spaces is one character alone.
fn is_single(part: &Part) -> bool {
    part.is_pair && text::parts(&part.text, 2).len() == 1
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(typed: &str) -> Vec<String> {
        let show = |clause: &Clause| {
            let (sign, star) = (if clause.excluded { "-" } else { "" }, if clause.prefix { "*" } else { "" });
            let whole = clause.whole.as_ref().map(|whole| format!(" = {whole}")).unwrap_or_default();
            format!("{sign}{}{star}{whole}", clause.parts.join("+"))
        };
        Query::parse(typed).clauses.iter().map(show).collect()
    }

    #[test]
    fn words_phrases_beginnings_and_exclusions_are_understood() {
        assert_eq!(shown("Refund  \"Late delivery\" wro* -spam "), ["refund", "late+delivery", "wro*", "-spam"]);
        assert_eq!(shown("-\"out of office\" café „bald da“ x"), ["-out+of+office", "cafe", "bald+da", "x"]);
    }

    #[test]
    fn the_last_word_is_unfinished_until_something_follows_it() {
        assert_eq!(shown("late ref"), ["late", "ref*"]);
        assert_eq!(shown("late ref "), ["late", "ref"]);
        assert_eq!(shown("late ref."), ["late", "ref"]);
        assert_eq!(shown("late \"ref"), ["late", "ref"]);
    }

    #[test]
    fn addresses_and_numbers_are_looked_for_whole() {
        assert_eq!(shown("ana@shop.example "), ["ana+shop+example = ana@shop.example"]);
        assert_eq!(shown("#1042 INV-2024"), ["1042", "inv+2024* = inv-2024"]);
    }

    #[test]
    fn scripts_without_spaces_are_looked_for_as_pairs() {
        assert_eq!(shown("東京都"), ["東京+京都"]);
        assert_eq!(shown("東京 "), ["東京"]);
        assert_eq!(shown("東 "), ["東*"]);
    }

    #[test]
    fn what_means_nothing_asks_for_nothing() {
        for typed in ["", "  ", "-", "\"", "\"\"", "*", "-*", "- -", "!?", "-spam", "'; drop table --", "\u{301}"] {
            let query = Query::parse(typed);
            assert_eq!(query.is_empty(), typed != "'; drop table --", "{typed:?} gave {query:?}");
        }
    }

    proptest! {
        #[test]
        fn anything_can_be_typed(typed in any::<String>()) {
            let query = Query::parse(&typed);
            prop_assert!(query.clauses.len() <= MAX_CLAUSES);
            prop_assert!(query.clauses.iter().all(|clause| !clause.parts.is_empty()));
        }

        #[test]
        fn any_mixture_of_signs_can_be_typed(typed in "[-\"* a東é@1.]{0,40}") {
            prop_assert!(Query::parse(&typed).clauses.iter().all(|c| c.parts.iter().all(|part| !part.is_empty())));
        }
    }
}
