//! Text cut into tokens, the same way for every engine and for text and queries alike: lower case, without accents;
//! scripts that do not part their words (Chinese, Japanese, Korean, Thai …) as overlapping pairs of characters, so that
//! one or two characters can be searched for; addresses and numbers whole and by part.
//!
//! Positions of a text's parts count up by one, so that neighbours stay neighbours: a phrase is a run of parts.

use std::{borrow::Cow, ops::Range};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A token is at most so many bytes long; what is longer is cut, in texts and in queries alike.
pub const MAX_TOKEN_BYTES: usize = 64;
/// A run of words without a space between them (an address, a link) is cut after so many parts.
const MAX_PARTS: usize = 24;
/// What may stand between two parts of one compound.
const JOINERS: &[char] = &['@', '.', '-', '_', '/', '+', ':', ',', '\'', '’', '&', '='];
/// Of those, what may stand within a token.
const KEPT_JOINERS: &[char] = &['@', '.', '-', '_', '/', '+', ':', ','];

/// One token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Folded: see [`fold`].
    pub text: String,
    /// The bytes of the source that it was made of.
    pub range: Range<usize>,
    /// Of a script without spaces: a pair of characters, or the last one of a run alone.
    pub is_pair: bool,
}

/// Words without a space between them: `refund`, `ana@shop.example`, `INV-2024-001`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compound {
    /// Its words, at least one.
    pub parts: Vec<Part>,
    /// The compound as one token, where it is an address or carries a number.
    pub whole: Option<String>,
}

/// Cuts a text into compounds, lazily.
pub fn compounds(text: &str) -> Compounds<'_> {
    Compounds { text, at: 0 }
}

/// The tokens of a text that fit into `limit` parts, in their order.
pub fn parts(text: &str, limit: usize) -> Vec<Part> {
    compounds(text).flat_map(|compound| compound.parts).take(limit).collect()
}

/// See [`compounds`].
#[derive(Debug, Clone)]
pub struct Compounds<'t> {
    text: &'t str,
    at: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Spaced,
    Unspaced,
}

impl Iterator for Compounds<'_> {
    type Item = Compound;

    fn next(&mut self) -> Option<Compound> {
        loop {
            let rest = &self.text[self.at..];
            let skipped = rest.find(|c| script(c).is_some())?;
            self.at += skipped;
            let compound = self.compound();
            if !compound.parts.is_empty() {
                return Some(compound);
            }
        }
    }
}

impl Compounds<'_> {
    /// Reads the compound that begins here; it may come out empty (a lone accent).
    fn compound(&mut self) -> Compound {
        let mut found = Compound { parts: Vec::new(), whole: None };
        let mut whole = Some(String::new());
        let mut joined = false;
        while let Some(kind) = self.text[self.at..].chars().next().and_then(script) {
            let run = self.run(kind);
            match kind {
                Script::Spaced => {
                    let text = cut(fold(&self.text[run.clone()])).into_owned();
                    if let Some(whole) = &mut whole {
                        whole.push_str(&text);
                    }
                    if !text.is_empty() {
                        found.parts.push(Part { text, range: run, is_pair: false });
                    }
                }
                Script::Unspaced => {
                    whole = None;
                    pairs(self.text, run, &mut found.parts);
                }
            }
            if found.parts.len() >= MAX_PARTS {
                whole = None;
                break;
            }
            let mut ahead = self.text[self.at..].chars();
            if let Some(joiner) = ahead.next().filter(|c| JOINERS.contains(c))
                && ahead.next().is_some_and(|c| script(c).is_some())
            {
                self.at += joiner.len_utf8();
                joined = true;
                match &mut whole {
                    Some(whole) if KEPT_JOINERS.contains(&joiner) => whole.push(joiner),
                    _ => whole = None,
                }
            }
        }
        let telling = |text: &String| text.contains(|c: char| c == '@' || c.is_numeric());
        found.whole =
            whole.filter(|text| joined && found.parts.len() > 1 && text.len() <= MAX_TOKEN_BYTES && telling(text));
        found
    }

    /// Takes the longest run of one kind of script from here.
    fn run(&mut self, kind: Script) -> Range<usize> {
        let rest = &self.text[self.at..];
        let end = rest.find(|c| script(c) != Some(kind) && !belongs_to_the_one_before(c)).unwrap_or(rest.len());
        let run = self.at..self.at + end;
        self.at = run.end;
        run
    }
}

/// Pairs of neighbouring characters, and the last one alone, so that each character begins a token.
fn pairs(text: &str, run: Range<usize>, parts: &mut Vec<Part>) {
    let mut units: Vec<(String, Range<usize>)> = Vec::new();
    let mut starts: Vec<usize> = text[run.clone()]
        .char_indices()
        .filter(|(offset, c)| *offset == 0 || !belongs_to_the_one_before(*c))
        .map(|(offset, _)| run.start + offset)
        .collect();
    starts.push(run.end);
    for range in starts.windows(2).map(|pair| pair[0]..pair[1]) {
        let folded = fold(&text[range.clone()]);
        if !folded.is_empty() {
            units.push((cut(folded).into_owned(), range));
        }
    }
    for index in 0..units.len() {
        let (first, start) = &units[index];
        let part = match units.get(index + 1) {
            Some((second, end)) => (cut(Cow::Owned(format!("{first}{second}"))).into_owned(), start.start..end.end),
            None => (first.clone(), start.clone()),
        };
        parts.push(Part { text: part.0, range: part.1, is_pair: true });
    }
}

/// Lower case, without accents, compatibility forms resolved (`Ａ` → `a`, `ﬁ` → `fi`), letters that carry a stroke or are
/// two in one written plainly (`ł` → `l`, `ß` → `ss`). Folding what is folded changes nothing.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Cow::Borrowed(word);
    }
    if word.is_ascii() {
        return Cow::Owned(word.to_ascii_lowercase());
    }
    let once = |text: &str| -> String {
        let mut plain = String::with_capacity(text.len());
        for c in text.nfkd().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase) {
            match plain_letters(c) {
                Some(letters) => plain.push_str(letters),
                None => plain.push(c),
            }
        }
        plain.nfkd().filter(|c| !is_accent(*c) && (c.is_alphanumeric() || is_combining_mark(*c))).nfc().collect()
    };
    let folded = once(word);
    let again = once(&folded);
    Cow::Owned(again)
}

/// The words of a line, folded, with one space between: for telling whether two names are the same, and for "contains" that means the same
/// on both engines.
pub fn fold_line(line: &str) -> String {
    line.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Cuts a token to [`MAX_TOKEN_BYTES`].
fn cut(token: Cow<'_, str>) -> Cow<'_, str> {
    let end = token.floor_char_boundary(MAX_TOKEN_BYTES);
    match token {
        whole if whole.len() <= end => whole,
        Cow::Borrowed(text) => Cow::Borrowed(&text[..end]),
        Cow::Owned(mut text) => {
            text.truncate(end);
            Cow::Owned(text)
        }
    }
}

fn script(c: char) -> Option<Script> {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric().then_some(Script::Spaced);
    }
    if !c.is_alphanumeric() && !is_combining_mark(c) {
        return None;
    }
    Some(if is_unspaced(c) && !c.is_numeric() { Script::Unspaced } else { Script::Spaced })
}

fn belongs_to_the_one_before(c: char) -> bool {
    is_combining_mark(c) || is_invisible(c) || matches!(c, '\u{FF9E}' | '\u{FF9F}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{640}')
}

/// Marks that readers leave out when they type: Latin, Greek and Cyrillic accents, Hebrew and Arabic points. Marks that
/// change the letter (Indic vowels, the Japanese voiced mark) stay.
fn is_accent(c: char) -> bool {
    is_invisible(c)
        || matches!(c,
            '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}' | '\u{5C2}'
            | '\u{5C4}' | '\u{5C5}' | '\u{5C7}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}'
            | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}'
            | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

fn plain_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ĸ' => "k",
        'ŋ' => "n",
        'ƶ' => "z",
        'ς' => "σ",
        'ӏ' => "i",
        'ـ' => "",
        _ => return None,
    })
}

fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{17FF}'
        | '\u{3005}'..='\u{3007}' | '\u{3031}'..='\u{3035}' | '\u{3041}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FFDC}' | '\u{1B000}'..='\u{1B16F}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        parts(text, 1000).into_iter().map(|part| part.text).collect()
    }

    fn wholes(text: &str) -> Vec<String> {
        compounds(text).filter_map(|compound| compound.whole).collect()
    }

    #[test]
    fn words_are_lower_case_and_without_accents() {
        let text = "Crème BRÛLÉE, Straße, Łódź, smørrebrød, İstanbul, Ὀδυσσεύς, Ёлка, ﬁne Ａ１";
        let expected =
            ["creme", "brulee", "strasse", "lodz", "smorrebrod", "istanbul", "οδυσσευσ", "елка", "fine", "a1"];
        assert_eq!(words(text), expected);
    }

    #[test]
    fn addresses_and_numbers_are_tokens_whole_and_by_part() {
        let text = "Ana@Shop.example about INV-2024-001, 1,299.00 € and #1042.";
        assert_eq!(wholes(text), ["ana@shop.example", "inv-2024-001", "1,299.00"]);
        let expected = ["ana", "shop", "example", "about", "inv", "2024", "001", "1", "299", "00", "and", "1042"];
        assert_eq!(words(text), expected);
    }

    #[test]
    fn joined_words_are_taken_apart() {
        assert_eq!(
            words("l'avion can’t e-mail AT&T a/b"),
            ["l", "avion", "can", "t", "e", "mail", "at", "t", "a", "b"]
        );
        assert_eq!(wholes("l'avion e-mail a/b www.example.com"), Vec::<String>::new());
    }

    #[test]
    fn scripts_without_spaces_become_pairs() {
        assert_eq!(words("東京都へ"), ["東京", "京都", "都へ", "へ"]);
        assert_eq!(words("ﾊﾞｽ"), ["バス", "ス"]);
        assert_eq!(words("환불 iPhone用"), ["환불", "불", "iphone", "用"]);
        assert_eq!(words("ที่นี่"), ["ที่นี่", "นี่"]);
    }

    #[test]
    fn other_scripts_keep_the_marks_that_make_their_letters() {
        assert_eq!(words("नमस्ते דּוּגְמָה مُحَمَّد"), ["नमस्ते", "דוגמה", "محمد"]);
    }

    #[test]
    fn a_text_of_one_endless_word_costs_bounded_tokens() {
        assert_eq!(words(&"x".repeat(100_000)), ["x".repeat(MAX_TOKEN_BYTES)]);
        assert!(compounds(&"a.".repeat(10_000)).all(|compound| compound.parts.len() <= MAX_PARTS));
    }

    proptest! {
        #[test]
        fn any_text_is_cut_into_tokens_that_lie_in_it_in_order(text in any::<String>()) {
            let mut last = 0;
            for part in parts(&text, usize::MAX) {
                prop_assert!(!part.text.is_empty() && part.text.len() <= MAX_TOKEN_BYTES);
                prop_assert!(part.text.chars().all(|c| c.is_alphanumeric() || is_combining_mark(c)), "{:?}", part.text);
                prop_assert!(part.range.start >= last && !text[part.range.clone()].is_empty());
                last = part.range.start;
            }
        }

        #[test]
        fn a_whole_is_free_of_spaces_and_quotes(text in "[a-z0-9@.,:/'\"# -]{0,60}") {
            for whole in compounds(&text).filter_map(|compound| compound.whole) {
                prop_assert!(whole.chars().all(|c| c.is_alphanumeric() || KEPT_JOINERS.contains(&c)), "{whole:?}");
            }
        }

        #[test]
        fn folding_twice_is_folding_once(word in "\\w{0,12}") {
            let once = fold(&word).into_owned();
            prop_assert_eq!(fold(&once).into_owned(), once);
        }

        #[test]
        fn a_word_is_found_however_its_accents_are_written(word in "[a-zA-ZÀ-ÖØ-öø-ÿĀ-ž]{1,20}") {
            let (composed, decomposed): (String, String) = (word.nfc().collect(), word.nfd().collect());
            prop_assert_eq!(words(&composed), words(&decomposed));
            prop_assert_eq!(words(&composed), words(&composed.to_lowercase()));
        }

        #[test]
        fn what_follows_does_not_change_the_tokens_before(text in any::<String>(), more in any::<String>()) {
            let both = words(&format!("{text} {more}"));
            prop_assert_eq!(&both[..words(&text).len()], &words(&text)[..]);
        }
    }
}
