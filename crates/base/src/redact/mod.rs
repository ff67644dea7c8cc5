//! Masks what must not lie about in a help desk: card numbers, secrets of well-known shapes, and what a workspace adds by patterns
//! of its own. Pure: text in, text and a count out; each pass over the text is linear.

mod bytes;
mod cards;
mod secrets;
#[cfg(test)]
mod tests;

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};

use crate::html;

/// Most patterns of one workspace, and the longest name and pattern in characters.
pub const MAX_PATTERNS: usize = 50;
const MAX_NAME: usize = 60;
const MAX_PATTERN: usize = 500;
/// Memory that one compiled pattern may take, in bytes; `\w{1000}` would take far more.
const MAX_COMPILED: usize = 512 * 1024;

/// What one mask uncovers at its edges may be a find of another pattern; more rounds than this no sensible pattern needs.
const MAX_ROUNDS: usize = 4;

/// Stands where a secret stood; a card number leaves its last four digits behind.
const MASK: &str = "••••••••";
const CARD_MASK: &str = "•••• ";
const BULLET: char = '•';

/// What is masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RedactionRules {
    /// Numbers of payment cards.
    pub cards: bool,
    /// Keys and tokens whose shape tells what they are, and private keys.
    pub secrets: bool,
    /// What the workspace adds.
    pub patterns: Vec<RedactionPattern>,
}

impl Default for RedactionRules {
    fn default() -> Self {
        Self { cards: true, secrets: true, patterns: Vec::new() }
    }
}

/// A pattern of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedactionPattern {
    /// What it finds, in the workspace's words: `membership number`.
    pub name: String,
    /// A regular expression of the `regex` crate: no look-around, no back-references.
    pub pattern: String,
}

/// Something that was masked, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// `card number`, `GitHub token`, …, or the name of a pattern.
    pub what: String,
    /// How many times.
    pub count: usize,
}

/// A pattern that cannot be used; says what to change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RedactionError {
    /// More than [`MAX_PATTERNS`].
    #[error("There are more than {MAX_PATTERNS} patterns. Remove some or join them with |.")]
    TooMany,
    /// It has no name, or an endless one.
    #[error("Give each pattern a name of 1 to {MAX_NAME} characters.")]
    Name,
    /// It is empty or endless.
    #[error("The pattern “{0}” must have 1 to {MAX_PATTERN} characters.")]
    Length(String),
    /// It is no regular expression.
    #[error("The pattern “{name}” cannot be read: {reason}.")]
    Unreadable {
        /// Whose.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// It would take too much memory.
    #[error("The pattern “{0}” is too large. Use smaller repetitions.")]
    TooLarge(String),
    /// It finds the empty text, and so everything.
    #[error("The pattern “{0}” also matches an empty text. Make at least one character required.")]
    MatchesNothing(String),
}

/// Finds and masks what [`RedactionRules`] name.
#[derive(Debug, Clone)]
pub struct Redactor {
    cards: bool,
    secrets: bool,
    patterns: Vec<(String, Regex)>,
}

/// A stretch of text to be masked.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Find<'r> {
    range: Range<usize>,
    what: &'r str,
    mask: String,
}

impl Redactor {
    /// Makes the rules ready for use.
    ///
    /// # Errors
    /// When one of the workspace's patterns cannot be used; the error names it.
    pub fn new(rules: &RedactionRules) -> Result<Self, RedactionError> {
        if rules.patterns.len() > MAX_PATTERNS {
            return Err(RedactionError::TooMany);
        }
        let patterns = rules.patterns.iter().map(compile).collect::<Result<_, _>>()?;
        Ok(Self { cards: rules.cards, secrets: rules.secrets, patterns })
    }

    /// True when nothing is ever masked.
    pub fn is_idle(&self) -> bool {
        !self.cards && !self.secrets && self.patterns.is_empty()
    }

    /// The text with what the rules find masked, and what that was. Nothing else changes; masking the result changes nothing.
    pub fn mask(&self, text: &str) -> (String, Vec<Redaction>) {
        let (mut text, mut counts) = (text.to_owned(), Vec::new());
        for _ in 0..MAX_ROUNDS {
            let finds = self.finds(&text);
            if finds.is_empty() {
                break;
            }
            let mut out = String::with_capacity(text.len());
            let mut at = 0;
            for find in &finds {
                out.push_str(&text[at..find.range.start]);
                out.push_str(&find.mask);
                at = find.range.end;
                count(&mut counts, find.what);
            }
            out.push_str(&text[at..]);
            text = out;
        }
        (text, counts)
    }

    /// The same for HTML that [`html::clean`] made: what is found may be split by tags; they all stay. Also looks into the
    /// addresses of links and pictures and into titles; what is found there is not counted.
    pub fn mask_html(&self, cleaned: &str) -> (String, Vec<Redaction>) {
        let (mut masked, mut counts) = (cleaned.to_owned(), Vec::new());
        for _ in 0..MAX_ROUNDS {
            let mut found = false;
            masked = html::replace_text(&masked, |text, is_visible| {
                let finds = self.finds(text);
                found |= !finds.is_empty();
                finds.iter().filter(|_| is_visible).for_each(|find| count(&mut counts, find.what));
                finds.into_iter().map(|find| (find.range, find.mask)).collect()
            });
            if !found {
                break;
            }
        }
        (masked, counts)
    }

    /// In the order of the text, not overlapping.
    fn finds(&self, text: &str) -> Vec<Find<'_>> {
        let masked = masked_before(text);
        let mut finds: Vec<Find<'_>> = Vec::new();
        let mut add = |range: Range<usize>, what| finds.push(Find { range, what, mask: MASK.to_owned() });
        for (name, pattern) in &self.patterns {
            // A pattern that finds a mask, such as `.`, must not go on for ever.
            let found = pattern.find_iter(text).map(|found| found.range());
            found.filter(|range| !range.is_empty() && !touches(&masked, range)).for_each(|range| add(range, name));
        }
        if self.secrets {
            secrets::find(text, &mut |range, what| add(range, what));
        }
        if self.cards {
            finds.extend(cards::find(text).into_iter().map(|(range, last)| Find {
                range,
                what: "card number",
                mask: format!("{CARD_MASK}{last}"),
            }));
        }
        merge(finds)
    }
}

/// Several counts as one: of each sort the most that was found in one of them. A mail's text and its HTML say the same twice.
pub fn most_of(counts: impl IntoIterator<Item = Redaction>) -> Vec<Redaction> {
    let mut most: Vec<Redaction> = Vec::new();
    for redaction in counts {
        match most.iter_mut().find(|other| other.what == redaction.what) {
            Some(other) => other.count = other.count.max(redaction.count),
            None => most.push(redaction),
        }
    }
    most
}

/// Joins what overlaps or touches. A find that covers the others keeps its mask.
fn merge(mut finds: Vec<Find<'_>>) -> Vec<Find<'_>> {
    finds.sort_by_key(|find| (find.range.start, std::cmp::Reverse(find.range.end)));
    let mut merged: Vec<Find<'_>> = Vec::new();
    for find in finds {
        match merged.last_mut() {
            Some(last) if find.range.end <= last.range.end => {}
            Some(last) if find.range.start <= last.range.end => {
                last.range.end = find.range.end;
                last.mask = MASK.to_owned();
            }
            _ => merged.push(find),
        }
    }
    merged
}

fn count(counts: &mut Vec<Redaction>, what: &str) {
    match counts.iter_mut().find(|redaction| redaction.what == what) {
        Some(redaction) => redaction.count += 1,
        None => counts.push(Redaction { what: what.to_owned(), count: 1 }),
    }
}

/// Where masks stand already, with the digits that they leave.
fn masked_before(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(CARD_MASK.trim_end()).map(|start| at + start) {
        let after = text[start..].trim_start_matches(BULLET);
        let digits = after.strip_prefix(' ').unwrap_or_default();
        let length = digits.bytes().take(4).take_while(u8::is_ascii_digit).count();
        at = text.len() - after.len() + if length == 4 { 5 } else { 0 };
        found.push(start..at);
    }
    found
}

fn touches(masked: &[Range<usize>], range: &Range<usize>) -> bool {
    let next = masked.partition_point(|other| other.end < range.start);
    masked.get(next).is_some_and(|other| other.start <= range.end)
}

fn compile(rule: &RedactionPattern) -> Result<(String, Regex), RedactionError> {
    let name = rule.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > MAX_NAME {
        return Err(RedactionError::Name);
    }
    if rule.pattern.is_empty() || rule.pattern.chars().count() > MAX_PATTERN {
        return Err(RedactionError::Length(name));
    }
    let compiled = RegexBuilder::new(&rule.pattern)
        .size_limit(MAX_COMPILED)
        .dfa_size_limit(2 * MAX_COMPILED)
        .nest_limit(50)
        .build();
    match compiled {
        Ok(pattern) if pattern.is_match("") => Err(RedactionError::MatchesNothing(name)),
        Ok(pattern) => Ok((name, pattern)),
        Err(regex::Error::CompiledTooBig(_)) => Err(RedactionError::TooLarge(name)),
        Err(error) => {
            // The library draws the pattern and points into it over several lines; its last line says what is wrong.
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default().trim().trim_start_matches("error: ").to_owned();
            Err(RedactionError::Unreadable { name, reason })
        }
    }
}
