//! Words of time of each language that the desk speaks, from `times/LANGUAGE.txt`: what [`super::until`] makes tokens of. A language
//! more is a file more, and a line here.

use super::until::{Token, Unit};
use base::text;
use jiff::civil::Weekday;
use std::{collections::HashMap, sync::LazyLock};

/// The most words of a phrase.
pub(super) const MOST_WORDS: usize = 5;
/// A name of a day or a month may be cut short to so many letters.
const SHORTEST: usize = 3;

/// The words of one language.
pub(super) struct Lexicon {
    words: HashMap<String, Vec<Token>>,
    /// Days and months, which may be cut short.
    names: Vec<(String, Token)>,
    /// The longest word, in characters, for texts without blanks.
    longest: usize,
}

macro_rules! lexicons {
    ($($tag:literal),*) => {
        static LEXICONS: LazyLock<Vec<(&str, Lexicon)>> = LazyLock::new(|| {
            vec![$(($tag, Lexicon::read(include_str!(concat!("times/", $tag, ".txt"))))),*]
        });
    };
}
lexicons!("en", "de", "fr", "es", "ja", "ar");

/// Every language with its words.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static Lexicon)> {
    LEXICONS.iter().map(|(tag, lexicon)| (*tag, lexicon))
}

/// The words of a language, if we have them.
pub(super) fn of(language: &str) -> Option<&'static Lexicon> {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    all().find(|(tag, _)| tag.eq_ignore_ascii_case(primary)).map(|(_, lexicon)| lexicon)
}

/// A word without its accents, marks and hyphens, in small letters.
pub(super) fn plain(word: &str) -> String {
    text::fold(word).chars().filter(|c| c.is_alphanumeric()).collect()
}

impl Lexicon {
    fn read(file: &str) -> Self {
        let mut lexicon = Lexicon { words: HashMap::new(), names: Vec::new(), longest: 0 };
        for line in file.lines().filter(|line| !line.starts_with('#')) {
            let Some((meaning, words)) = line.split_once(':') else { continue };
            let tokens: Option<Vec<Token>> = meaning.split('+').map(token_of).collect();
            let Some(tokens) = tokens else { continue };
            for word in words.split_whitespace() {
                let key = word.split('_').map(plain).collect::<Vec<_>>().join(" ");
                lexicon.longest = lexicon.longest.max(key.chars().count());
                if let [token @ (Token::Weekday(_) | Token::Month(_))] = tokens.as_slice() {
                    lexicon.names.push((key.clone(), *token));
                }
                lexicon.words.entry(key).or_insert_with(|| tokens.clone());
            }
        }
        lexicon
    }

    /// What a word or phrase means, written plainly.
    pub(super) fn meaning(&self, phrase: &str) -> Option<&[Token]> {
        self.words.get(phrase).map(Vec::as_slice)
    }

    /// The day or month that a word is the beginning of.
    pub(super) fn cut_short(&self, word: &str) -> Option<Token> {
        let is_long_enough = word.chars().count() >= SHORTEST;
        self.names.iter().find(|(name, _)| is_long_enough && name.starts_with(word)).map(|(_, token)| *token)
    }

    /// The longest word that a text begins with, with its length in bytes: for scripts that write no blanks.
    pub(super) fn first_of(&self, text: &str) -> Option<(usize, &[Token])> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(self.longest);
        ends.collect::<Vec<_>>().into_iter().rev().find_map(|end| Some((end, self.meaning(&plain(&text[..end]))?)))
    }

    /// Every word, for tests.
    #[cfg(test)]
    pub(super) fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = self.words.keys().cloned().collect();
        words.sort_unstable();
        words
    }
}

/// A token by its name in the files; none for a name that there is not.
fn token_of(meaning: &str) -> Option<Token> {
    let parts: Vec<&str> = meaning.split_whitespace().collect();
    Some(match parts.as_slice() {
        ["filler"] => Token::Filler,
        ["at"] => Token::At,
        ["number", number] => Token::Number(number.parse().ok()?),
        ["half"] => Token::Half,
        ["unit", unit] => Token::Unit(unit_of(unit)?),
        ["amount", number, unit] => Token::Amount(number.parse().ok()?, unit_of(unit)?),
        ["weekday", day] => Token::Weekday(Weekday::from_monday_one_offset(day.parse().ok()?).ok()?),
        ["month", month] => Token::Month(month.parse().ok()?),
        ["monthmark"] => Token::MonthMark,
        ["today"] => Token::Today,
        ["tonight"] => Token::Tonight,
        ["tomorrow"] => Token::Tomorrow,
        ["aftertomorrow"] => Token::AfterTomorrow,
        ["next"] => Token::Next,
        ["weekend"] => Token::Weekend,
        ["named", hour] => Token::Named(hour.parse().ok()?),
        ["oclock"] => Token::OClock,
        ["later"] => Token::Later,
        ["reply"] => Token::Reply,
        ["am"] => Token::Half12(false),
        ["pm"] => Token::Half12(true),
        _ => return None,
    })
}

fn unit_of(name: &str) -> Option<Unit> {
    Some(match name {
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_language_means_something() {
        for file in [
            include_str!("times/en.txt"),
            include_str!("times/de.txt"),
            include_str!("times/fr.txt"),
            include_str!("times/es.txt"),
            include_str!("times/ja.txt"),
            include_str!("times/ar.txt"),
        ] {
            for line in file.lines().filter(|line| !line.starts_with('#')) {
                let (meaning, words) = line.split_once(':').unwrap_or_else(|| panic!("{line}"));
                assert!(meaning.split('+').all(|part| token_of(part).is_some()) && !words.trim().is_empty(), "{line}");
            }
        }
    }
}
