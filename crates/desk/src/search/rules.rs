//! What a person types into the search field, understood: words, phrases and conditions (`from:ana is:open -tag:spam`). Anything
//! is valid; what looks like a condition and is none is searched for as words, with a hint.

use jiff::{ToSpan as _, civil::Date};
use std::ops::Range;

/// What is typed beyond this many bytes is not read.
const MOST_BYTES: usize = 1000;
/// Further conditions are not read.
const MOST_CONDITIONS: usize = 16;

/// What a condition is about; `WORDS` lists what may be typed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Who wrote the message.
    From,
    /// To whom it went.
    To,
    /// Words of the conversation's subject.
    Subject,
    /// Whose the conversation is.
    Customer,
    /// A tag of the conversation.
    Tag,
    /// Who is responsible: a name, an address, `me`, `nobody`.
    Assignee,
    /// Which team is.
    Team,
    /// A state.
    Is,
    /// What it carries.
    Has,
    /// Written before a day.
    Before,
    /// Written on a day or later.
    After,
    /// Written on a day.
    On,
    /// How much it matters.
    Priority,
    /// Where it came in: a mailbox's name or address.
    Mailbox,
    /// How it came in.
    Channel,
    /// The conversation's number.
    Number,
}

impl Operator {
    /// All of them, each with the word that it is written as.
    pub const WORDS: &[(Operator, &str)] = &[
        (Operator::From, "from"),
        (Operator::To, "to"),
        (Operator::Subject, "subject"),
        (Operator::Customer, "customer"),
        (Operator::Tag, "tag"),
        (Operator::Assignee, "assignee"),
        (Operator::Team, "team"),
        (Operator::Is, "is"),
        (Operator::Has, "has"),
        (Operator::Before, "before"),
        (Operator::After, "after"),
        (Operator::On, "on"),
        (Operator::Priority, "priority"),
        (Operator::Mailbox, "mailbox"),
        (Operator::Channel, "channel"),
        (Operator::Number, "number"),
    ];

    /// The word that it is written as.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(operator, _)| *operator == self).map_or("", |(_, word)| word)
    }

    fn of(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| known.eq_ignore_ascii_case(word)).map(|(operator, _)| *operator)
    }
}

/// What may follow `is:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It needs somebody.
    Open,
    /// It is put off.
    Snoozed,
    /// It is settled.
    Resolved,
    /// There is something in it that the reader has not seen.
    Unread,
    /// Nobody is responsible.
    Unassigned,
}

impl State {
    /// All of them, each with its word.
    pub const WORDS: &[(State, &str)] = &[
        (State::Open, "open"),
        (State::Snoozed, "snoozed"),
        (State::Resolved, "resolved"),
        (State::Unread, "unread"),
        (State::Unassigned, "unassigned"),
    ];
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// It must not be met.
    pub excluded: bool,
    /// What it asks for.
    pub asks: Asks,
    /// Where it stands in what was typed.
    pub range: Range<usize>,
}

/// What a condition asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// Words in a field, in a row where they were quoted.
    Words(Operator, String, bool),
    /// Something by its name: a tag, a person, a team, a mailbox, a priority, a channel.
    Named(Operator, String),
    /// A state.
    Is(State),
    /// Files.
    Attachment,
    /// A number.
    Number(i64),
    /// Days from the first up to the second, which is not one of them.
    Days(Option<Date>, Option<Date>),
}

/// What the reader should know about what they typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// There is no such operator; it was searched for as words.
    NoOperator(String),
    /// Nothing follows the operator yet.
    NoValue(Operator),
    /// That is not what this operator understands.
    NotUnderstood(Operator, String),
    /// There is nothing of that name.
    Nobody(Operator, String),
    /// There is more than is read.
    TooMuch,
}

/// A search, understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// What is left without the conditions: words, phrases, beginnings, exclusions.
    pub words: String,
    /// The conditions, in their order.
    pub conditions: Vec<Condition>,
    /// What was not understood.
    pub hints: Vec<Hint>,
}

/// Understands what was typed; `today` is the reader's day.
pub fn understand(typed: &str, today: Date) -> Asked {
    let end = typed.floor_char_boundary(MOST_BYTES);
    let mut asked = Asked::default();
    if end < typed.len() {
        asked.hints.push(Hint::TooMuch);
    }
    let typed = &typed[..end];
    let mut at = 0;
    while at < typed.len() {
        let rest = &typed[at..];
        let space = rest.len() - rest.trim_start().len();
        asked.words.push_str(&rest[..space]);
        at += space;
        let length = piece(&typed[at..]);
        let range = at..at + length;
        let text = &typed[range.clone()];
        at += length;
        match condition(text, today) {
            Read::Condition(excluded, asks) if asked.conditions.len() < MOST_CONDITIONS => {
                asked.conditions.push(Condition { excluded, asks, range });
            }
            Read::Condition(..) => asked.hints.push(Hint::TooMuch),
            Read::Nothing(hint) => asked.hints.push(hint),
            Read::Words(hint) => {
                asked.hints.extend(hint);
                asked.words.push_str(text);
            }
        }
    }
    asked.hints.dedup();
    asked.hints.truncate(4);
    asked
}

/// What was typed without the part in `range`, for leaving one condition out.
pub fn without(typed: &str, range: &Range<usize>) -> String {
    let (before, after) = (typed.get(..range.start).unwrap_or(typed), typed.get(range.end..).unwrap_or_default());
    format!("{} {}", before.trim_end(), after.trim_start()).trim().to_owned()
}

/// `operator:value` as it is typed, quoted where it has to be.
pub fn written(operator: Operator, value: &str) -> String {
    let value = value.replace('"', " ");
    if value.chars().any(char::is_whitespace) {
        format!("{}:\"{value}\"", operator.word())
    } else {
        format!("{}:{value}", operator.word())
    }
}

enum Read {
    Condition(bool, Asks),
    Nothing(Hint),
    Words(Option<Hint>),
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// How long the piece is that begins here: up to a space that stands outside quotes.
fn piece(text: &str) -> usize {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        if is_quote(c) {
            quoted = !quoted;
        }
        if c.is_whitespace() && !quoted {
            return at;
        }
    }
    text.len()
}

fn condition(text: &str, today: Date) -> Read {
    let (excluded, rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let Some((word, value)) = rest.split_once(':') else { return Read::Words(None) };
    let looks_like_one = (2..=12).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphabetic());
    let Some(operator) = Operator::of(word) else {
        let hint = looks_like_one && !value.is_empty() && !value.starts_with('/');
        return Read::Words(hint.then(|| Hint::NoOperator(word.to_lowercase())));
    };
    let quoted = value.starts_with(is_quote);
    let value = value.trim_matches(is_quote).trim();
    if value.is_empty() {
        return Read::Nothing(Hint::NoValue(operator));
    }
    match asks(operator, value, quoted, today) {
        Some(asks) => Read::Condition(excluded, asks),
        None => Read::Nothing(Hint::NotUnderstood(operator, value.to_owned())),
    }
}

fn asks(operator: Operator, value: &str, quoted: bool, today: Date) -> Option<Asks> {
    use Operator as O;
    Some(match operator {
        O::From | O::To | O::Subject | O::Customer => {
            if !value.chars().any(char::is_alphanumeric) {
                return None;
            }
            Asks::Words(operator, value.to_owned(), quoted)
        }
        O::Tag | O::Assignee | O::Team | O::Priority | O::Mailbox | O::Channel => {
            Asks::Named(operator, value.to_lowercase())
        }
        O::Is => {
            let known = State::WORDS.iter().find(|(_, word)| word.eq_ignore_ascii_case(value))?;
            Asks::Is(known.0)
        }
        O::Has => {
            let files =
                ["attachment", "attachments", "file", "files"].iter().any(|word| word.eq_ignore_ascii_case(value));
            if !files {
                return None;
            }
            Asks::Attachment
        }
        O::Number => Asks::Number(value.trim_start_matches('#').parse().ok().filter(|number| *number > 0)?),
        O::Before => Asks::Days(None, Some(days(value, today)?.0)),
        O::After => Asks::Days(Some(days(value, today)?.0), None),
        O::On => {
            let (first, end) = days(value, today)?;
            Asks::Days(Some(first), Some(end))
        }
    })
}

/// The days that a date means, the second not one of them: `2026`, `2026-03`, `2026-03-05`, `5.3.2026`, `today`, `yesterday`,
/// `7d`, `2w`, `3m`, `1y` (so long ago).
fn days(value: &str, today: Date) -> Option<(Date, Date)> {
    let value = value.to_ascii_lowercase();
    let one = |first: Date| Some((first, first.checked_add(1.day()).ok()?));
    match value.as_str() {
        "today" => return one(today),
        "yesterday" => return one(today.checked_sub(1.day()).ok()?),
        _ => {}
    }
    let unit = value.chars().next_back()?;
    if let Some(number) = value.strip_suffix(['d', 'w', 'm', 'y']) {
        let number: i32 = number.parse().ok().filter(|number| (0..=9999).contains(number))?;
        let ago = match unit {
            'd' => number.days(),
            'w' => number.weeks(),
            'm' => number.months(),
            _ => number.years(),
        };
        return one(today.checked_sub(ago).ok()?);
    }
    let numbers = |sign: char| value.split(sign).map(|part| part.parse::<i16>().ok()).collect::<Option<Vec<_>>>();
    let small = |number: i16| i8::try_from(number).ok();
    if value.contains('.') {
        let [day, month, year] = numbers('.')?[..] else { return None };
        return one(Date::new(year, small(month)?, small(day)?).ok()?);
    }
    match numbers('-')?[..] {
        [year] if (1900..=2200).contains(&year) => Some((Date::new(year, 1, 1).ok()?, Date::new(year + 1, 1, 1).ok()?)),
        [year, month] if (1900..=2200).contains(&year) => {
            let first = Date::new(year, small(month)?, 1).ok()?;
            Some((first, first.checked_add(1.month()).ok()?))
        }
        [year, month, day] if (1900..=2200).contains(&year) => one(Date::new(year, small(month)?, small(day)?).ok()?),
        _ => None,
    }
}

/// What may be typed next, for the piece at the end: whole pieces, the operator with them. `names` gives the names that an
/// operator knows of.
pub fn completions<'a>(typed: &str, names: impl Fn(Operator) -> Vec<&'a str>) -> Vec<String> {
    let mut at = 0;
    while let Some(space) = typed[at..].find(|c: char| !c.is_whitespace()) {
        at += space;
        let length = piece(&typed[at..]);
        if at + length == typed.len() {
            break;
        }
        at += length;
    }
    let last = typed[at..].trim_start();
    let (sign, rest) = last.strip_prefix('-').map_or(("", last), |rest| ("-", rest));
    let Some((word, value)) = rest.split_once(':') else {
        if rest.is_empty() {
            return Vec::new();
        }
        let begins = Operator::WORDS.iter().filter(|(_, word)| word.starts_with(&rest.to_ascii_lowercase()));
        return begins.map(|(_, word)| format!("{sign}{word}:")).collect();
    };
    let Some(operator) = Operator::of(word) else { return Vec::new() };
    let value = value.trim_matches(is_quote).to_lowercase();
    let fixed: &[&str] = match operator {
        Operator::Is => &["open", "snoozed", "resolved", "unread", "unassigned"],
        Operator::Has => &["attachment"],
        Operator::Assignee => &["me", "nobody"],
        Operator::Team => &["none"],
        Operator::Priority => &["urgent", "high", "normal", "low"],
        Operator::Before | Operator::After | Operator::On => &["today", "yesterday", "7d", "1m", "1y"],
        _ => &[],
    };
    let all = fixed.iter().copied().chain(names(operator));
    let fits = |name: &&str| {
        let name = name.to_lowercase();
        name != value && (name.starts_with(&value) || name.split_whitespace().any(|part| part.starts_with(&value)))
    };
    all.filter(fits).take(8).map(|name| format!("{sign}{}", written(operator, name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TODAY: Date = Date::constant(2026, 3, 31);

    fn read(typed: &str) -> (String, Vec<String>) {
        let asked = understand(typed, TODAY);
        let sign = |excluded| if excluded { "-" } else { "" };
        let show = |one: &Condition| format!("{}{:?}", sign(one.excluded), one.asks);
        (asked.words, asked.conditions.iter().map(show).collect())
    }

    fn hints(typed: &str) -> Vec<Hint> {
        understand(typed, TODAY).hints
    }

    #[test]
    fn conditions_are_told_from_words() {
        let (words, conditions) = read("refund from:ana -tag:\"very important\" \"late delivery\" is:open");
        assert_eq!(words, "refund   \"late delivery\" ");
        assert_eq!(conditions, ["Words(From, \"ana\", false)", "-Named(Tag, \"very important\")", "Is(Open)"]);
        assert_eq!(read("FROM:Ana").1, ["Words(From, \"Ana\", false)"]);
        assert_eq!(read("\"from:ana\""), ("\"from:ana\"".to_owned(), vec![]), "in quotes it is words");
    }

    #[test]
    fn what_is_no_condition_is_words_with_a_hint() {
        assert_eq!(read("form:ana").0, "form:ana");
        assert_eq!(hints("form:ana"), [Hint::NoOperator("form".to_owned())]);
        assert_eq!(hints("https://shop.example re: 12:30 a:b"), [], "links, subjects and times are no operators");
        assert_eq!(hints("from:"), [Hint::NoValue(Operator::From)]);
        assert_eq!(hints("is:lost"), [Hint::NotUnderstood(Operator::Is, "lost".to_owned())]);
        assert_eq!(hints("before:soon"), [Hint::NotUnderstood(Operator::Before, "soon".to_owned())]);
        assert_eq!(hints(&"x".repeat(2000)), [Hint::TooMuch]);
        assert_eq!(hints(&"is:open ".repeat(40)), [Hint::TooMuch]);
    }

    #[test]
    fn days_are_written_as_people_write_them() {
        let date = |year, month, day| Date::constant(year, month, day);
        for (value, first, end) in [
            ("2025", date(2025, 1, 1), date(2026, 1, 1)),
            ("2025-12", date(2025, 12, 1), date(2026, 1, 1)),
            ("2024-02-29", date(2024, 2, 29), date(2024, 3, 1)),
            ("29.2.2024", date(2024, 2, 29), date(2024, 3, 1)),
            ("today", TODAY, date(2026, 4, 1)),
            ("Yesterday", date(2026, 3, 30), TODAY),
            ("1m", date(2026, 2, 28), date(2026, 3, 1)),
            ("2w", date(2026, 3, 17), date(2026, 3, 18)),
        ] {
            assert_eq!(days(value, TODAY), Some((first, end)), "{value}");
        }
        for value in ["2025-13", "2025-02-30", "0", "99999y", "-", ".", "31", "d", "1.1", "2025-1-1-1"] {
            assert_eq!(days(value, TODAY), None, "{value}");
        }
    }

    #[test]
    fn the_last_piece_is_completed() {
        let names = |operator| if operator == Operator::Assignee { vec!["Ana López", "Bob"] } else { vec![] };
        assert_eq!(completions("refund ass", names), ["assignee:"]);
        assert_eq!(completions("t", names), ["to:", "tag:", "team:"]);
        assert_eq!(completions("assignee:l", names), ["assignee:\"Ana López\""]);
        assert_eq!(
            completions("-assignee:", names),
            ["-assignee:me", "-assignee:nobody", "-assignee:\"Ana López\"", "-assignee:Bob"]
        );
        assert_eq!(completions("is:re", names), ["is:resolved"]);
        assert!(completions("refund ", names).is_empty() && completions("", names).is_empty());
    }

    #[test]
    fn a_condition_can_be_left_out() {
        let typed = "refund is:open late";
        let asked = understand(typed, TODAY);
        assert_eq!(without(typed, &asked.conditions[0].range), "refund late");
    }

    fn typed() -> impl Strategy<Value = String> {
        let piece = proptest::sample::select(vec![
            "is:open",
            "-is:",
            "from:\"ana",
            "tag:vip",
            "before:2026-02",
            "on:7d",
            "#12",
            "\"",
            " ",
            "  ",
            "x",
            "number:9",
            "-",
            ":",
            "é",
            "has:attachment",
            "foo:bar",
            "assignee:me",
            "„",
            "customer:東",
        ]);
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn anything_can_be_typed(text in any::<String>()) {
            let asked = understand(&text, TODAY);
            prop_assert!(asked.conditions.iter().all(|one| text.get(one.range.clone()).is_some_and(|part| part.contains(':'))));
            completions(&text, |_| vec!["a b", "é"]);
        }

        #[test]
        fn any_mixture_can_be_typed_and_conditions_left_out_one_by_one(text in typed()) {
            let mut left = text.clone();
            for _ in 0..40 {
                let asked = understand(&left, TODAY);
                let Some(first) = asked.conditions.first() else { break };
                let fewer = without(&left, &first.range);
                prop_assert!(understand(&fewer, TODAY).conditions.len() <= asked.conditions.len());
                prop_assert!(fewer.len() < left.len());
                left = fewer;
            }
        }

        #[test]
        fn what_is_written_is_read_again(name in "[a-zé ]{1,20}") {
            prop_assume!(!name.trim().is_empty());
            let asked = understand(&written(Operator::Tag, &name), TODAY);
            prop_assert_eq!(&asked.conditions[0].asks, &Asks::Named(Operator::Tag, name.trim().to_lowercase()));
        }
    }
}
