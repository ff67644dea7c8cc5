//! What is known already, and whether a draft asks for it. Words only: no model, no network, in well under five milliseconds.

use super::phrases::{
    ADDRESS_MARKS, AFTER, BOUGHT, MONTHS, NOT_ASKED, NUMBER_OF, REQUESTS, SIZES, STREET_ENDINGS, STREETS, THINGS,
};
use crate::{conversations::MessageId, customers::phone};
use base::text::fold;
use std::{ops::Range, sync::LazyLock};

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Number of an order.
    Order = 1,
    /// Postal address.
    Address = 2,
    /// Phone number.
    Phone = 3,
    /// Name.
    Name = 4,
    /// E-mail address.
    Email = 5,
    /// When something was bought, ordered or received.
    Date = 6,
    /// Number of a customer, an account or a contract.
    Account = 7,
    /// Screenshot or photo.
    Picture = 8,
    /// Product, model or serial number.
    Product = 9,
    /// Size.
    Size = 10,
}

impl Kind {
    /// All of them.
    pub const ALL: &[Kind] = &[
        Kind::Order,
        Kind::Address,
        Kind::Phone,
        Kind::Name,
        Kind::Email,
        Kind::Date,
        Kind::Account,
        Kind::Picture,
        Kind::Product,
        Kind::Size,
    ];

    /// Its word in the log and in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Order => "order",
            Kind::Address => "address",
            Kind::Phone => "phone",
            Kind::Name => "name",
            Kind::Email => "email",
            Kind::Date => "date",
            Kind::Account => "account",
            Kind::Picture => "picture",
            Kind::Product => "product",
            Kind::Size => "size",
        }
    }
}

/// Where something is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The customer said it in this message.
    Message(MessageId),
    /// It stands in the customer's record.
    Record,
}

/// Something that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub kind: Kind,
    /// As it was said.
    pub value: String,
    /// Where.
    pub place: Place,
}

/// A question in a draft whose answer is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is asked for, the answer and where it stands.
    pub fact: Fact,
    /// Where in the draft it is asked, in bytes.
    pub range: Range<usize>,
}

/// A message of the customer's.
#[derive(Debug, Clone)]
pub struct Told {
    /// Which.
    pub message: MessageId,
    /// What it says.
    pub text: String,
    /// Names of the pictures that came with it.
    pub pictures: Vec<String>,
}

/// What the customer's record holds.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Their name.
    pub name: Option<String>,
    /// Their usual address.
    pub email: Option<String>,
    /// Their phone number.
    pub phone: Option<String>,
    /// What is filled in for them, by the names of the fields.
    pub fields: Vec<(String, String)>,
}

/// More of one message is not looked through, in bytes.
const MOST_TEXT: usize = 8 * 1024;

struct Phrase {
    words: String,
    any_ending: bool,
    anywhere: bool,
}

impl Phrase {
    fn new(written: &str) -> Self {
        let any_ending = written.ends_with('*');
        let words = folded(written.trim_end_matches('*'));
        Self { anywhere: !words.is_ascii(), words: words.trim().to_owned(), any_ending }
    }

    /// Where it stands in a folded text, from `from` on.
    fn find(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let mut at = from;
        while let Some(found) = text.get(at..)?.find(&self.words) {
            let start = at + found;
            let end = start + self.words.len();
            let begins = self.anywhere || text[..start].ends_with(' ');
            let ends = self.anywhere || self.any_ending || text[end..].starts_with(' ');
            if begins && ends {
                return Some(start..end);
            }
            at = end;
        }
        None
    }

    fn last(&self, text: &str) -> Option<usize> {
        let (mut at, mut last) = (0, None);
        while let Some(found) = self.find(text, at) {
            (at, last) = (found.end, Some(found.start));
        }
        last
    }
}

fn phrases(written: &[&str]) -> Vec<Phrase> {
    written.iter().map(|one| Phrase::new(one)).collect()
}

struct Lexicon {
    requests: Vec<Phrase>,
    after: Vec<Phrase>,
    not_asked: Vec<Phrase>,
    things: Vec<(Kind, Vec<Phrase>)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    requests: phrases(REQUESTS),
    after: phrases(AFTER),
    not_asked: phrases(NOT_ASKED),
    things: THINGS
        .iter()
        .map(|(kind, names)| {
            let mut names = phrases(names);
            // Of two that begin alike the longer one is meant.
            names.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
            (*kind, names)
        })
        .collect(),
});

/// Requests that are some only when the sentence is a question.
fn needs_a_mark(phrase: &str) -> bool {
    const ASKING: &[&str] = &[
        "what",
        "which",
        "on what",
        "under what",
        "under which",
        "welche",
        "welcher",
        "welches",
        "welchem",
        "welchen",
        "wohin",
        "que",
        "quel",
        "quelle",
        "a que",
        "con que",
        "tiene",
        "puede",
        "puedes",
        "do you have",
        "do you know",
        "haben sie",
        "hatten sie",
        "hast du",
        "avez vous",
        "konnen sie",
        "kannst du",
        "pouvez vous",
        "peux tu",
        "where do",
        "where can",
        "wann haben",
        "wann hast",
        "wann wurde",
        "when did",
        "when was",
        "what is",
        "what are",
        "what was",
        "which is",
        "was ist",
        "wie ist",
    ];
    ASKING.contains(&phrase)
}

/// Lower case without accents, words parted by one space, a space at both ends; the apostrophe and the hyphen part words as well.
fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 2);
    plain.push(' ');
    let parts = |c: char| {
        c.is_whitespace() || c.is_ascii_punctuation() || "’‘“”„«»‹›‑–—…¿¡、。・「」！？：；（）؟،؛".contains(c)
    };
    for word in text.split(parts) {
        let word = fold(word);
        if !word.is_empty() {
            plain.push_str(&word);
            plain.push(' ');
        }
    }
    plain
}

/// The sentences of a draft with their places, quotations left out, and whether each asks.
fn sentences(draft: &str) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in draft.split_inclusive('\n') {
        let (begin, end) = (at, at + line.len());
        at = end;
        if line.trim_start().starts_with('>') {
            continue;
        }
        let mut start = begin;
        for (offset, c) in line.char_indices() {
            let place = begin + offset + c.len_utf8();
            let asks = matches!(c, '?' | '？' | '؟');
            // A full stop within an abbreviation or a number ends nothing.
            let stops = matches!(c, '!' | '。' | '！' | '…' | ';')
                || (c == '.' && draft[place..].starts_with([' ', '\n', '\r']));
            if asks || stops {
                found.push((start..place, asks));
                start = place;
            }
        }
        if start < end {
            found.push((start..end, false));
        }
    }
    found.retain(|(range, _)| !draft[range.clone()].trim().is_empty());
    found
}

/// How far what is asked for may stand from the words that ask, in bytes.
const NEAR: usize = 140;

/// What a sentence asks for.
fn asked_in(sentence: &str, asks: bool) -> Vec<Kind> {
    let text = folded(sentence);
    let lexicon = &*LEXICON;
    if lexicon.not_asked.iter().any(|phrase| phrase.find(&text, 0).is_some()) {
        return Vec::new();
    }
    let requests: Vec<usize> = lexicon
        .requests
        .iter()
        .filter(|phrase| asks || !needs_a_mark(&phrase.words))
        .filter_map(|phrase| phrase.find(&text, 0).map(|found| found.start))
        .collect();
    let after: Vec<usize> = lexicon.after.iter().filter_map(|phrase| phrase.last(&text)).collect();
    if requests.is_empty() && after.is_empty() {
        return Vec::new();
    }
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut kinds = Vec::new();
    for (kind, names) in &lexicon.things {
        for name in names {
            let mut at = 0;
            while let Some(found) = name.find(&text, at) {
                at = found.end;
                let free = !taken.iter().any(|other| other.start < found.end && found.start < other.end);
                let asked = requests.iter().any(|request| *request <= found.start && found.start - request <= NEAR)
                    || after.iter().any(|after| found.start < *after && after - found.start <= NEAR);
                if free {
                    if asked && !kinds.contains(kind) {
                        kinds.push(*kind);
                    }
                    taken.push(found);
                }
            }
        }
    }
    kinds
}

/// The questions of a draft whose answers are known, one of a kind.
pub fn asked_again(draft: &str, facts: &[Fact]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (range, asks) in sentences(draft) {
        let sentence = &draft[range.clone()];
        for kind in asked_in(sentence, asks) {
            let Some(fact) = facts.iter().find(|fact| fact.kind == kind) else { continue };
            // Who names the answer asks whether it is right.
            let names_it = fact.value.len() > 2 && sentence.contains(fact.value.as_str());
            if !names_it && !findings.iter().any(|finding| finding.fact.kind == kind) {
                findings.push(Finding { fact: fact.clone(), range: range.clone() });
            }
        }
    }
    findings
}

/// What is known from a customer's messages (newest last) and record, one of a kind: what was said last counts before what was said before,
/// and that before the record.
pub fn facts(messages: &[Told], record: &Record) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    let mut add = |kind, value: String, place| {
        let value = value.trim().to_owned();
        if !value.is_empty() && !facts.iter().any(|fact: &Fact| fact.kind == kind) {
            facts.push(Fact { kind, value, place });
        }
    };
    for told in messages.iter().rev() {
        let place = Place::Message(told.message);
        for (kind, value) in said(&told.text[..told.text.floor_char_boundary(MOST_TEXT)]) {
            add(kind, value, place);
        }
        if let Some(picture) = told.pictures.first() {
            add(Kind::Picture, picture.clone(), place);
        }
    }
    for (name, value) in &record.fields {
        if let Some(kind) = kind_of_field(name) {
            add(kind, value.clone(), Place::Record);
        }
    }
    for (kind, value) in [(Kind::Name, &record.name), (Kind::Email, &record.email), (Kind::Phone, &record.phone)] {
        if let Some(value) = value {
            add(kind, value.clone(), Place::Record);
        }
    }
    facts
}

/// What a field of this name holds.
fn kind_of_field(name: &str) -> Option<Kind> {
    let name = folded(name);
    let found = LEXICON.things.iter().find(|(_, names)| names.iter().any(|one| one.find(&name, 0).is_some()));
    found.map(|(kind, _)| *kind)
}

/// What a text says.
fn said(text: &str) -> Vec<(Kind, String)> {
    let mut found = Vec::new();
    for line in
        text.lines().map(plain_digits).filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('>'))
    {
        numbers(&line, &mut found);
        found.extend(address(&line).map(|value| (Kind::Address, value)));
        found.extend(date(&line).map(|value| (Kind::Date, value)));
        found.extend(size(&line).map(|value| (Kind::Size, value)));
        found.extend(email(&line).map(|value| (Kind::Email, value)));
    }
    found
}

/// Digits of every script as ours.
fn plain_digits(text: &str) -> String {
    let digit = |c: char, zero: char| char::from_digit(c as u32 - zero as u32, 10).unwrap_or(c);
    text.chars()
        .map(|c| match c {
            '\u{660}'..='\u{669}' => digit(c, '\u{660}'),
            '\u{6f0}'..='\u{6f9}' => digit(c, '\u{6f0}'),
            '\u{ff10}'..='\u{ff19}' => digit(c, '\u{ff10}'),
            '＋' => '+',
            '－' | '−' => '-',
            c => c,
        })
        .collect()
}

/// Numbers of orders, accounts, products and phones: what they are says the nearest word before them, or their form.
fn numbers(line: &str, found: &mut Vec<(Kind, String)>) {
    let bytes = line.as_bytes();
    let belongs = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'/' | b'.');
    let mut at = 0;
    while at < bytes.len() {
        if !(belongs(bytes[at]) || bytes[at] == b'+') {
            at += 1;
            continue;
        }
        if let Some((end, number)) = phone_at(line, at) {
            found.push((Kind::Phone, number));
            at = end;
            continue;
        }
        let start = at;
        at += 1;
        while at < bytes.len() && belongs(bytes[at]) {
            at += 1;
        }
        let token = line[start..at].trim_matches(['-', '_', '/', '.', '+']);
        let before = &line[..start];
        let marked = before.trim_end().ends_with(['#', '№', '＃']);
        let digits = token.bytes().filter(u8::is_ascii_digit).count();
        let priced = before.ends_with(['€', '$', '£', '¥', '@'])
            || line[at..].trim_start().starts_with(['€', '£', '¥', '円', '@', '%']);
        let is_year = token.len() == 4 && (token.starts_with("19") || token.starts_with("20"));
        if digits < 3 || token.len() > 24 || priced || is_date(token) || (is_year && !marked) {
            continue;
        }
        match (number_of(before), marked) {
            (Some(Kind::Phone), _) if digits >= 6 => found.push((Kind::Phone, token.to_owned())),
            (Some(Kind::Phone), _) => {}
            (Some(kind), _) => found.push((kind, token.to_owned())),
            (None, true) => found.push((Kind::Order, token.to_owned())),
            (None, false) => {}
        }
    }
}

/// What the nearest word before a number says that it is.
fn number_of(before: &str) -> Option<Kind> {
    let start = before.char_indices().rev().nth(39).map_or(0, |(at, _)| at);
    let text = folded(&before[start..]);
    static WORDS: LazyLock<Vec<(Kind, Vec<Phrase>)>> =
        LazyLock::new(|| NUMBER_OF.iter().map(|(kind, words)| (*kind, phrases(words))).collect());
    let places =
        WORDS.iter().flat_map(|(kind, words)| words.iter().filter_map(|word| Some((word.last(&text)?, *kind))));
    places.max_by_key(|(place, _)| *place).map(|(_, kind)| kind)
}

/// A phone number that begins here: with a plus or two zeros, or with one zero and long enough.
fn phone_at(line: &str, at: usize) -> Option<(usize, String)> {
    let rest = &line[at..];
    if at > 0 && line.as_bytes()[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '/' | '\u{a0}')))
        .unwrap_or(rest.len());
    let written = rest[..end].trim_end_matches([' ', '-', '(', '/', '\u{a0}']);
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    let international = written.starts_with('+') || written.starts_with("00");
    if !(international && digits >= 8 || written.starts_with('0') && digits >= 9) || is_date(written) {
        return None;
    }
    phone(written).map(|_| (at + written.len(), written.to_owned()))
}

/// Three numbers with the same sign between them.
fn is_date(token: &str) -> bool {
    ['-', '.', '/'].iter().any(|sign| {
        let parts: Vec<&str> = token.trim_end_matches('.').split(*sign).collect();
        let numbers = parts.iter().filter_map(|part| part.parse::<u32>().ok()).collect::<Vec<_>>();
        let small = numbers.iter().filter(|number| (1..=31).contains(*number)).count();
        parts.len() == numbers.len()
            && ((parts.len() == 3 && small >= 2) || (parts.len() == 2 && *sign != '-' && small == 2))
    })
}

/// A day beside a word of buying or receiving.
fn date(line: &str) -> Option<String> {
    static WORDS: LazyLock<(Vec<Phrase>, Vec<String>)> =
        LazyLock::new(|| (phrases(BOUGHT), MONTHS.iter().map(|month| fold(month).into_owned()).collect()));
    let text = folded(line);
    if !WORDS.0.iter().any(|word| word.find(&text, 0).is_some()) {
        return None;
    }
    if let Some((before, after)) = line.split_once('月') {
        let digits = |text: &str| text.chars().rev().take_while(char::is_ascii_digit).count();
        let day: String = after.chars().take_while(char::is_ascii_digit).collect();
        let month = before.len() - digits(before);
        if !day.is_empty() && month < before.len() {
            return Some(format!("{}月{day}日", &before[month..]));
        }
    }
    let words: Vec<&str> =
        line.split_whitespace().map(|word| word.trim_matches([',', ';', '(', ')', '!', '?'])).collect();
    if let Some(found) =
        words.iter().map(|word| word.trim_end_matches('.')).find(|word| is_date(word) && word.len() >= 4)
    {
        return Some(found.to_owned());
    }
    let day = |word: &str| {
        let number = word.trim_end_matches(['.', 't', 'h', 's', 'n', 'd', 'r', 'e']);
        number.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
    };
    let month = |word: &str| WORDS.1.iter().any(|month| *month == fold(word.trim_end_matches('.')));
    for (place, pair) in words.windows(2).enumerate() {
        if (day(pair[0]) && month(pair[1])) || (month(pair[0]) && day(pair[1])) {
            return Some(pair.join(" ").trim_end_matches('.').to_owned());
        }
        // 3 de marzo
        if day(pair[0]) && pair[1] == "de" && words.get(place + 2).is_some_and(|word| month(word)) {
            return words.get(place..place + 3).map(|words| words.join(" ").trim_end_matches('.').to_owned());
        }
    }
    None
}

/// A size beside its word.
fn size(line: &str) -> Option<String> {
    let is_size = |word: &str| {
        matches!(
            word.to_lowercase().as_str(),
            "xxs" | "xs" | "s" | "m" | "l" | "xl" | "xxl" | "xxxl" | "2xl" | "3xl" | "4xl"
        ) || (word.len() <= 5 && word.parse::<f32>().is_ok_and(|number| (1.0..300.0).contains(&number)))
    };
    if let Some((before, after)) = line.split_once("サイズ") {
        let latin = |c: &char| c.is_ascii_alphanumeric() || *c == '.';
        let behind: String =
            after.trim_start_matches(['は', 'が', ':', '：', ' ', '、']).chars().take_while(latin).collect();
        let mut ahead: Vec<char> = before.chars().rev().take_while(latin).collect();
        ahead.reverse();
        return [behind, ahead.into_iter().collect()].into_iter().find(|word| is_size(word));
    }
    let words: Vec<&str> = line
        .split_whitespace()
        .map(|word| word.trim_matches([',', ';', ':', '.', '(', ')', '!', '?', '"', '،']))
        .collect();
    let place = words.iter().position(|word| SIZES.iter().any(|size| fold(size) == fold(word)))?;
    words.iter().skip(place + 1).take(3).find(|word| is_size(word)).map(|word| (*word).to_owned())
}

/// A line that holds a street with a number.
fn address(line: &str) -> Option<String> {
    let line = line.trim();
    let line_has_digit = line.bytes().any(|c| c.is_ascii_digit());
    let short: String = line.chars().take(160).collect();
    if !line_has_digit {
        return None;
    }
    if ADDRESS_MARKS.iter().any(|mark| line.contains(mark)) {
        return Some(short);
    }
    let words: Vec<&str> =
        line.split_whitespace().map(|word| word.trim_matches([',', ';', ':', '(', ')', '!', '?'])).collect();
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 6;
    let street = |word: &str| {
        let plain = fold(word.trim_end_matches('.')).into_owned();
        let capital = word.starts_with(char::is_uppercase)
            || matches!(plain.as_str(), "rue" | "chemin" | "impasse" | "allee" | "quai" | "calle" | "avenida");
        capital
            && (STREETS.contains(&plain.as_str())
                || STREET_ENDINGS.iter().any(|ending| plain.len() > ending.len() + 2 && plain.ends_with(ending)))
    };
    let found = words.iter().enumerate().any(|(place, word)| {
        let near = |from: usize, to: usize| {
            words.get(from.min(words.len())..to.min(words.len())).unwrap_or_default().iter().any(is_number)
        };
        street(word) && (near(place.saturating_sub(4), place) || near(place + 1, place + 5))
    });
    found.then_some(short)
}

/// An address for mail.
fn email(line: &str) -> Option<String> {
    let words = line.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | '(' | ')' | '、' | '。'));
    words
        .map(|word| word.trim_matches(['.', ':', '"', '\'']))
        .find(|word| {
            word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
                && word.is_ascii()
        })
        .map(str::to_owned)
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
