//! Where in a text the words of a query stand, and a short piece of it around them.

use super::query::{Clause, Query};
use crate::text::{Part, parts};
use std::ops::Range;

/// A text is looked through so far, counted in words.
const PARTS_READ: usize = 8000;
/// The field whose words are marked in texts as those that are looked for anywhere.
const SHOWN: char = 'j';

/// The bytes of `text` that `query` asks for, in their order, not overlapping.
pub fn highlight(text: &str, query: &Query) -> Vec<Range<usize>> {
    let parts = parts(text, PARTS_READ);
    let mut found: Vec<Range<usize>> = query
        .wanted()
        .filter(|clause| clause.field.is_none_or(|kind| kind == SHOWN))
        .flat_map(|clause| occurrences(text, &parts, clause))
        .collect();
    found.sort_unstable_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

fn occurrences(text: &str, parts: &[Part], clause: &Clause) -> Vec<Range<usize>> {
    let Some((last, before)) = clause.parts.split_last() else { return Vec::new() };
    let is_met = |run: &&[Part]| {
        run.iter().zip(before).all(|(part, word)| part.text == *word)
            && run.last().is_some_and(|part| {
                part.text == *last
                    || clause.prefix && part.text.starts_with(last.as_str()) && part.is_pair == clause.ends_in_pair
            })
    };
    let mut ranges = Vec::new();
    for run in parts.windows(clause.parts.len()).filter(is_met) {
        ranges.extend(run.iter().map(|part| part.range.clone()));
        // One character was asked for, and a pair that it begins was found.
        if let (true, Some(range), Some(part)) = (clause.ends_in_pair, ranges.last_mut(), run.last())
            && part.text != *last
        {
            range.end = range.start + text[range.clone()].chars().next().map_or(0, char::len_utf8);
        }
    }
    ranges
}

/// A piece of `text` of about `chars` characters around what `query` asks for, runs of spaces as one space, with `…` where
/// something was left out, and the bytes of the piece to highlight. Without a match it is the text's beginning.
pub fn snippet(text: &str, query: &Query, chars: usize) -> (String, Vec<Range<usize>>) {
    let found = highlight(text, query);
    let start = densest(&found, chars).map_or(0, |at| back(text, at, chars / 4));
    let mut piece = String::new();
    if !text[..start].trim().is_empty() {
        piece.push('…');
    }
    let mut taken = 0;
    let mut words = text[start..].split_whitespace();
    let mut left_out = false;
    for word in words.by_ref() {
        let length = word.chars().count() + 1;
        if taken > 0 && taken + length > chars {
            left_out = true;
            break;
        }
        if taken > 0 {
            piece.push(' ');
        }
        // A word longer than all there is room for (a link, a script without spaces) is cut.
        piece.extend(word.chars().take(chars));
        left_out |= length > chars + 1;
        taken += length;
        if left_out {
            break;
        }
    }
    if left_out {
        piece.push('…');
    }
    let ranges = highlight(&piece, query);
    (piece, ranges)
}

/// The match with the most matches within the following `chars` bytes; the first of those.
fn densest(found: &[Range<usize>], chars: usize) -> Option<usize> {
    let following = |index: usize| found[index..].iter().take_while(|r| r.end <= found[index].start + chars).count();
    let best = (0..found.len().min(500)).rev().max_by_key(|&index| following(index))?;
    Some(found[best].start)
}

/// The beginning of a word about `chars` characters before `at`; `at` itself where there is none that near.
fn back(text: &str, at: usize, chars: usize) -> usize {
    let Some((from, _)) = text[..at].char_indices().rev().take(chars).last() else { return at };
    if from == 0 {
        return 0;
    }
    let spaces = text[from..at].char_indices().find(|(_, c)| c.is_whitespace());
    spaces.map_or(at, |(offset, space)| from + offset + space.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(text: &str, typed: &str) -> String {
        mark(text, &highlight(text, &Query::parse(typed)))
    }

    fn mark(text: &str, ranges: &[Range<usize>]) -> String {
        let mut out = String::new();
        let mut at = 0;
        for range in ranges {
            out += &format!("{}[{}]", &text[at..range.start], &text[range.clone()]);
            at = range.end;
        }
        out + &text[at..]
    }

    #[test]
    fn the_words_asked_for_are_marked_in_the_text_as_it_is_written() {
        assert_eq!(marked("Crème brûlée, CREME!", "creme "), "[Crème] brûlée, [CREME]!");
        assert_eq!(marked("Refunds and refund", "refu"), "[Refunds] and [refund]");
        assert_eq!(marked("late and late delivery", "\"late delivery\""), "late and [late] [delivery]");
        assert_eq!(marked("Write to ana@shop.example.", "ana@sh"), "Write to [ana]@[shop].example.");
        assert_eq!(marked("nothing of it", "-nothing of "), "nothing [of] it");
    }

    #[test]
    fn characters_of_scripts_without_spaces_are_marked_alone() {
        assert_eq!(marked("東京都の京", "京 "), "東[京]都の[京]");
        assert_eq!(marked("東京都の京", "京都 "), "東[京都]の京");
        assert_eq!(marked("ﾊﾞｽで", "バス "), "[ﾊﾞｽ]で");
    }

    #[test]
    fn a_snippet_shows_the_matches_with_something_around_them() {
        let text = format!("{}the refund   of the\n\norder {}", "far away ".repeat(20), "and on ".repeat(20));
        let (piece, ranges) = snippet(&text, &Query::parse("refund order "), 40);
        assert_eq!(mark(&piece, &ranges), "…away the [refund] of the [order] and on and…");
        let (piece, ranges) = snippet("Short and whole.", &Query::parse("missing "), 40);
        assert_eq!((piece.as_str(), ranges.len()), ("Short and whole.", 0));
    }

    proptest! {
        #[test]
        fn marks_lie_on_characters_in_order_and_apart(text in any::<String>(), typed in any::<String>()) {
            for typed in [typed.as_str(), text.get(..text.floor_char_boundary(9)).unwrap_or("")] {
                let ranges = highlight(&text, &Query::parse(typed));
                prop_assert!(ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
                prop_assert!(ranges.iter().all(|range| text.get(range.clone()).is_some_and(|part| !part.is_empty())));
            }
        }

        #[test]
        fn a_snippet_is_short_and_its_marks_lie_in_it(text in "\\PC{0,300}", typed in "\\PC{0,20}", chars in 10..80_usize) {
            let (piece, ranges) = snippet(&text, &Query::parse(&typed), chars);
            prop_assert!(piece.chars().count() <= chars + 3, "{piece:?}");
            prop_assert!(ranges.iter().all(|range| piece.get(range.clone()).is_some()));
        }

        #[test]
        fn a_word_of_the_text_is_marked_when_it_is_typed(words in proptest::collection::vec("[a-zé]{2,8}", 1..10), pick in 0..10_usize) {
            let text = words.join(" ");
            let ranges = highlight(&text, &Query::parse(&words[pick % words.len()]));
            prop_assert!(!ranges.is_empty());
        }
    }
}
