//! Numbers of payment cards: by the ranges of their issuers, their length, their check digit (ISO/IEC 7812) and the groups in which
//! people write them. Phone numbers, IBANs and numbers within links and words are none.

use std::ops::Range;

use super::BULLET;

const LONGEST: usize = 19;

/// Words that stand right before a number without a space although it is a card's.
const CARD_WORDS: &[&str] =
    &["visa", "card", "mastercard", "amex", "maestro", "cc", "no", "nr", "karte", "carte", "tarjeta", "carta", "kort"];

/// First six digits from and to, and the lengths that occur with them. Visa's 13 digits are no longer issued, but are what the
/// bar codes of many goods look like.
const ISSUERS: &[(u32, u32, &[usize])] = &[
    (220_000, 220_599, &[16, 17, 18, 19]), // Mir, Borica
    (222_100, 272_099, &[16]),             // Mastercard
    (300_000, 305_999, &[14, 16]),         // Diners Club
    (309_500, 309_599, &[14, 16]),
    (340_000, 349_999, &[15]),             // American Express
    (352_800, 358_999, &[16, 17, 18, 19]), // JCB
    (360_000, 369_999, &[14, 16]),
    (370_000, 379_999, &[15]),
    (380_000, 399_999, &[14, 16]),
    (400_000, 499_999, &[16, 19]),         // Visa
    (500_000, 509_999, &[16, 18, 19]),     // Maestro, Dankort, Verve, RuPay
    (510_000, 559_999, &[16]),             // Mastercard
    (560_000, 589_999, &[16, 18, 19]),     // Maestro
    (600_000, 699_999, &[16, 17, 18, 19]), // Discover, UnionPay, Maestro, RuPay, Elo
    (810_000, 829_999, &[16]),             // UnionPay, RuPay
    (860_000, 860_099, &[16]),             // Uzcard
    (979_200, 979_299, &[16]),             // Troy
    (986_000, 986_099, &[16]),             // Humo
];

/// A run of digits, part of a number that is written in groups.
#[derive(Debug)]
struct Group {
    range: Range<usize>,
    digits: Vec<u8>,
    /// A line break stands before it.
    after_break: bool,
    /// Part of a word, a link, an account number or a mask.
    is_taken: bool,
}

/// The card numbers of a text, each with its last four digits, in order.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    if text.chars().filter_map(digit).nth(13).is_none() {
        return found;
    }
    let links = links(text);
    let mut at = 0;
    while let Some((start, _)) = next_digit(text, at) {
        let mut groups = run(text, start);
        at = groups.last().map_or(text.len(), |group| group.range.end);
        let before = &text[..start];
        take_phone(before, &mut groups);
        take_account(before, &mut groups);
        for group in &mut groups {
            let next = links.partition_point(|link| link.end <= group.range.start);
            let is_linked = links.get(next).is_some_and(|link| link.start <= group.range.start);
            group.is_taken |= is_linked && !text[..group.range.start].ends_with('=');
        }
        search(&mut groups, &mut found);
    }
    found
}

/// Goes over the groups of one run from the left; what a mask will leave of a number may begin another.
fn search(groups: &mut [Group], found: &mut Vec<(Range<usize>, String)>) {
    let mut first = 0;
    while first < groups.len() {
        let Some(last) = (first..groups.len().min(first + LONGEST)).rev().find(|last| is_card(groups, first, *last))
        else {
            first += 1;
            continue;
        };
        let digits: Vec<u8> = groups[first..=last].iter().flat_map(|group| group.digits.iter().copied()).collect();
        let tail = digits[digits.len() - 4..].to_vec();
        let words = tail.iter().map(|digit| char::from(b'0' + digit)).collect();
        found.push((groups[first].range.start..groups[last].range.end, words));
        groups[last].digits = tail;
        first = last.max(first + 1);
    }
}

fn is_card(groups: &[Group], first: usize, last: usize) -> bool {
    let window = &groups[first..=last];
    let length: usize = window.iter().map(|group| group.digits.len()).sum();
    if !(14..=LONGEST).contains(&length) || window.iter().any(|group| group.is_taken) {
        return false;
    }
    let lengths: Vec<usize> = window.iter().map(|group| group.digits.len()).collect();
    let breaks = window[1..].iter().filter(|group| group.after_break).count();
    let stands_alone = window.len() == groups.len() && breaks + 1 == window.len();
    if !is_written_so(&lengths) || (breaks > 1 && !stands_alone) {
        return false;
    }
    // Long numbers one below the other are a list.
    if breaks > 0 && lengths.iter().any(|length| *length > 6) {
        return false;
    }
    let digits: Vec<u8> = window.iter().flat_map(|group| group.digits.iter().copied()).collect();
    is_issued(&digits) && has_check_digit(&digits)
}

/// How people part the number of a card. Anything else is a table, a date or an amount.
fn is_written_so(lengths: &[usize]) -> bool {
    match lengths {
        [_] => true,
        [4, 4, 4, 2..=4] | [4, 4, 4, 4, 1..=3] | [4, 6, 4 | 5] => true,
        [8, 8] | [4, 12] | [12, 4] | [6, 10] | [6, 13] | [4, 4, 8] | [8, 4, 4] | [4, 8, 4] | [6, 6, 4] => true,
        [rest @ .., 1 | 2] => rest.iter().all(|length| *length == 2) || lengths.iter().all(|length| *length == 1),
        _ => false,
    }
}

fn is_issued(digits: &[u8]) -> bool {
    let first = digits[..6].iter().fold(0, |number, digit| number * 10 + u32::from(*digit));
    ISSUERS.iter().any(|(from, to, lengths)| (*from..=*to).contains(&first) && lengths.contains(&digits.len()))
}

/// Luhn's sum.
fn has_check_digit(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match u32::from(*digit) * (1 + place as u32 % 2) {
            twice @ 10.. => twice - 9,
            once => once,
        })
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|digit| *digit != digits[0])
}

/// The groups of digits from `start` on that only separators part.
fn run(text: &str, start: usize) -> Vec<Group> {
    let mut groups = Vec::new();
    let (mut at, mut after_break) = (start, false);
    loop {
        let mut digits = Vec::new();
        let mut end = at;
        for (offset, c) in text[at..].char_indices() {
            match digit(c) {
                Some(digit) => digits.push(digit),
                None if is_invisible(c) => continue,
                None => break,
            }
            end = at + offset + c.len_utf8();
        }
        let is_taken = is_part_of_word(text, at..end, digits.len());
        groups.push(Group { range: at..end, digits, after_break, is_taken });
        let Some((next, has_break)) = separator(&text[end..]) else { return groups };
        (at, after_break) = (end + next, has_break);
    }
}

/// The length of what parts two groups at the start of `text`, and whether a line ends in it.
fn separator(text: &str) -> Option<(usize, bool)> {
    let (mut marks, mut breaks) = (0, 0);
    for (at, c) in text.char_indices().take(48) {
        if at > 0 && digit(c).is_some() {
            return (marks <= 1 && breaks <= 1).then_some((at, breaks > 0));
        }
        match c {
            '\n' => breaks += 1,
            '-' | '.' | '/' | '|' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '·' => marks += 1,
            // Marks of a quotation.
            '>' if breaks > 0 => {}
            c if c.is_whitespace() || is_invisible(c) => {}
            _ => return None,
        }
    }
    None
}

/// Digits that go on as letters are something else's. Scripts without spaces do not count: 番号は4111….
fn is_part_of_word(text: &str, range: Range<usize>, length: usize) -> bool {
    let letters = |c: &char| c.is_ascii_alphanumeric() || *c == '_' || is_latin(*c);
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    if before == Some(BULLET) || after == Some(BULLET) {
        return true;
    }
    let is_whole = length >= 14;
    if after.as_ref().is_some_and(letters) && is_whole {
        return true;
    }
    match before {
        Some('#') => is_whole,
        // ORD-4111…: a number of somebody's own.
        Some('-') if is_whole => text[..range.start - 1].chars().next_back().as_ref().is_some_and(letters),
        Some(c) if letters(&c) => {
            let word = text[..range.start].chars().rev().take(12).take_while(letters).collect::<Vec<_>>();
            let word: String = word.into_iter().rev().collect::<String>().to_lowercase();
            !CARD_WORDS.contains(&word.as_str())
        }
        _ => false,
    }
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && c < '\u{250}'
}

/// `+49 …` with no more digits than a phone number has (E.164).
fn take_phone(before: &str, groups: &mut [Group]) {
    let before = before.trim_end_matches(['(', ' ']);
    let length: usize = groups.iter().map(|group| group.digits.len()).sum();
    if before.ends_with('+') && length <= 15 {
        groups.iter_mut().for_each(|group| group.is_taken = true);
    }
}

/// An IBAN (ISO 13616): two letters, two check digits, and the rest leaves 1 when divided by 97.
fn take_account(before: &str, groups: &mut [Group]) {
    let mut letters = before.chars().rev();
    let (Some(second), Some(first)) = (letters.next(), letters.next()) else { return };
    let is_country = first.is_ascii_uppercase() && second.is_ascii_uppercase();
    if !is_country || letters.next().is_some_and(char::is_alphanumeric) {
        return;
    }
    let value = |c: char| c as u32 - 'A' as u32 + 10;
    let mut digits: Vec<u8> = Vec::new();
    for last in 0..groups.len().min(10) {
        digits.extend(&groups[last].digits);
        if digits.len() > 32 {
            return;
        }
        let Some((check, account)) = digits.split_at_checked(2).filter(|_| digits.len() >= 13) else { continue };
        let step = |rest: u32, digit: &u8| (rest * 10 + u32::from(*digit)) % 97;
        let rest = account.iter().fold(0, step);
        let rest = [value(first), value(second)].iter().fold(rest, |rest, letter| (rest * 100 + letter) % 97);
        if check.iter().fold(rest, step) == 1 {
            groups[..=last].iter_mut().for_each(|group| group.is_taken = true);
            return;
        }
    }
}

/// Words that hold an address of the web, or a mask.
fn links(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split(char::is_whitespace) {
        if word.contains("://") || word.starts_with("www.") || word.contains(super::CARD_MASK.trim_end()) {
            found.push(start..start + word.len());
        }
        start += word.len() + text[start + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

fn next_digit(text: &str, from: usize) -> Option<(usize, u8)> {
    text[from..].char_indices().find_map(|(at, c)| digit(c).map(|digit| (from + at, digit)))
}

/// The value of a decimal digit, in the scripts that people write numbers in.
fn digit(c: char) -> Option<u8> {
    const ZEROS: [u32; 6] = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xff10];
    ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero).filter(|value| *value < 10)).map(|value| value as u8)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
