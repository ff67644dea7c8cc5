//! What a field may hold. Decisions only.

use base::text;
use jiff::civil::Date;
use regex::RegexBuilder;
use serde::{Deserialize, Serialize};

kept_as_integer! {
    /// What a field holds.
    FieldKind {
        /// Words on one line.
        Text = 1 "text",
        /// A number.
        Number = 2 "number",
        /// A day.
        Date = 3 "date",
        /// One of several options.
        Choice = 4 "choice",
        /// Any of several options.
        Choices = 5 "choices",
        /// Yes, or nothing.
        Checkbox = 6 "checkbox",
        /// An address on the web.
        Url = 7 "url",
    }
}

/// The longest text that a field holds, in letters.
const MOST_TEXT: usize = 300;
/// The most options that a field offers.
const MOST_OPTIONS: usize = 200;
/// What a ticked box is kept as.
pub const YES: &str = "yes";

/// What narrows a field's values; which of it counts depends on the kind. Kept as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// The least number, the first day, the fewest letters.
    pub min: String,
    /// The greatest number, the last day, the most letters.
    pub max: String,
    /// A regular expression that the whole text has to match.
    pub pattern: String,
    /// What can be chosen.
    pub options: Vec<String>,
}

/// A value as it is kept: by what it is compared, what is shown, and its number where it has one.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Compared and found by this.
    pub key: String,
    /// Shown like this.
    pub value: String,
    /// Of numbers, and of days: since 1970.
    pub number: Option<f64>,
}

/// A day as a number, so that days are compared like numbers.
pub fn day_number(date: Date) -> f64 {
    f64::from(date.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days()))
}

fn number(text: &str) -> Option<f64> {
    let plain = text.trim().replace(['\u{a0}', ' '], "");
    let plain = if plain.contains('.') { plain } else { plain.replace(',', ".") };
    plain.parse::<f64>().ok().filter(|number| number.is_finite() && number.abs() < 1e15)
}

impl Limits {
    /// What cannot be taken of them, as the form's field and the problem.
    pub fn problem(&self, kind: FieldKind) -> Option<(&'static str, &'static str)> {
        let bound = |text: &str| text.is_empty() || bound(kind, text).is_some();
        if !bound(&self.min) {
            return Some(("min", "not_a_bound"));
        }
        if !bound(&self.max) {
            return Some(("max", "not_a_bound"));
        }
        if let (Some(min), Some(max)) = (self::bound(kind, &self.min), self::bound(kind, &self.max))
            && min > max
        {
            return Some(("max", "less_than_min"));
        }
        if kind == FieldKind::Text && !self.pattern.is_empty() && whole(&self.pattern).is_none() {
            return Some(("pattern", "not_a_pattern"));
        }
        if matches!(kind, FieldKind::Choice | FieldKind::Choices) {
            let mut seen = std::collections::BTreeSet::new();
            if self.options.is_empty() {
                return Some(("options", "required"));
            }
            if self.options.len() > MOST_OPTIONS || self.options.iter().any(|one| one.chars().count() > 100) {
                return Some(("options", "too_long"));
            }
            if !self.options.iter().all(|one| seen.insert(one)) {
                return Some(("options", "twice"));
            }
        }
        None
    }

    /// What is to be kept of what was filled in; nothing for an empty field.
    ///
    /// # Errors
    /// The key of the problem.
    pub fn check(&self, kind: FieldKind, given: &[String]) -> Result<Vec<Held>, &'static str> {
        let given: Vec<&str> = given.iter().map(|one| one.trim()).filter(|one| !one.is_empty()).collect();
        let Some(&first) = given.first() else { return Ok(Vec::new()) };
        if kind != FieldKind::Choices && given.len() > 1 {
            return Err("too_many");
        }
        let held = |key: String, value: &str, number| vec![Held { key, value: value.to_owned(), number }];
        Ok(match kind {
            FieldKind::Text => {
                self.check_text(first)?;
                let words = first.split_whitespace().collect::<Vec<_>>().join(" ");
                held(text::fold_line(&words), &words, None)
            }
            FieldKind::Number => {
                let number = number(first).ok_or("not_a_number")?;
                self.check_bounds(kind, number)?;
                let plain = format!("{}", number + 0.0);
                held(plain.clone(), &plain, Some(number + 0.0))
            }
            FieldKind::Date => {
                let date: Date = first.parse().map_err(|_| "not_a_date")?;
                self.check_bounds(kind, day_number(date))?;
                held(date.to_string(), &date.to_string(), Some(day_number(date)))
            }
            FieldKind::Choice | FieldKind::Choices => {
                let mut chosen: Vec<Held> = Vec::new();
                for option in &self.options {
                    if given.contains(&option.as_str()) {
                        chosen.extend(held(option.clone(), option, None));
                    }
                }
                if given.iter().any(|one| !self.options.iter().any(|option| option == one)) {
                    return Err("not_an_option");
                }
                chosen
            }
            FieldKind::Checkbox => held(YES.to_owned(), YES, None),
            FieldKind::Url => {
                let rest = first.strip_prefix("https://").or_else(|| first.strip_prefix("http://"));
                let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
                let is_host =
                    |host: &str| !host.is_empty() && !host.chars().any(|c| c.is_whitespace() || "\"<>@".contains(c));
                if !host.is_some_and(is_host) || first.chars().any(|c| c.is_whitespace() || c.is_control()) {
                    return Err("not_an_address_on_the_web");
                }
                if first.chars().count() > MOST_TEXT {
                    return Err("too_long");
                }
                held(first.to_lowercase(), first, None)
            }
        })
    }

    fn check_text(&self, text: &str) -> Result<(), &'static str> {
        let letters = text.chars().count();
        let bound = |text: &str| bound(FieldKind::Text, text);
        if letters > MOST_TEXT || bound(&self.max).is_some_and(|max| letters as f64 > max) {
            return Err("too_long");
        }
        if bound(&self.min).is_some_and(|min| (letters as f64) < min) {
            return Err("too_short");
        }
        if !self.pattern.is_empty() && !whole(&self.pattern).is_some_and(|pattern| pattern.is_match(text)) {
            return Err("no_match");
        }
        Ok(())
    }

    fn check_bounds(&self, kind: FieldKind, number: f64) -> Result<(), &'static str> {
        if bound(kind, &self.min).is_some_and(|min| number < min) {
            return Err("too_small");
        }
        if bound(kind, &self.max).is_some_and(|max| number > max) {
            return Err("too_great");
        }
        Ok(())
    }
}

/// A limit as a number; none when it is not set, or is none.
fn bound(kind: FieldKind, text: &str) -> Option<f64> {
    match kind {
        FieldKind::Date => text.trim().parse().ok().map(day_number),
        FieldKind::Text => text.trim().parse::<u16>().ok().map(f64::from),
        FieldKind::Number => number(text),
        _ => None,
    }
}

/// A pattern that has to match the whole text; regular expressions of this kind run in linear time, whatever they are.
fn whole(pattern: &str) -> Option<regex::Regex> {
    RegexBuilder::new(&format!("^(?:{pattern})$")).size_limit(100_000).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(limits: &Limits, kind: FieldKind, text: &str) -> Result<Option<String>, &'static str> {
        limits.check(kind, &[text.to_owned()]).map(|held| held.into_iter().next().map(|held| held.value))
    }

    #[test]
    fn numbers_and_days_stay_within_their_bounds() {
        let limits = Limits { min: "1".into(), max: "10,5".into(), ..Limits::default() };
        assert_eq!(check(&limits, FieldKind::Number, " 10,50 "), Ok(Some("10.5".into())));
        assert_eq!(check(&limits, FieldKind::Number, "0.9"), Err("too_small"));
        assert_eq!(check(&limits, FieldKind::Number, "11"), Err("too_great"));
        assert_eq!(check(&limits, FieldKind::Number, "ten"), Err("not_a_number"));
        assert_eq!(check(&limits, FieldKind::Number, "NaN"), Err("not_a_number"));
        let days = Limits { min: "2026-01-01".into(), ..Limits::default() };
        assert_eq!(check(&days, FieldKind::Date, "2026-02-28"), Ok(Some("2026-02-28".into())));
        assert_eq!(check(&days, FieldKind::Date, "2025-12-31"), Err("too_small"));
        assert_eq!(check(&days, FieldKind::Date, "2026-02-30"), Err("not_a_date"));
    }

    #[test]
    fn a_pattern_has_to_match_the_whole_text() {
        let limits = Limits { pattern: "[A-Z]{2}-\\d+".into(), max: "8".into(), ..Limits::default() };
        assert_eq!(check(&limits, FieldKind::Text, "AB-12"), Ok(Some("AB-12".into())));
        assert_eq!(check(&limits, FieldKind::Text, "xAB-12"), Err("no_match"));
        assert_eq!(check(&limits, FieldKind::Text, "AB-1234567"), Err("too_long"));
        assert_eq!(
            Limits { pattern: "(".into(), ..Limits::default() }.problem(FieldKind::Text),
            Some(("pattern", "not_a_pattern"))
        );
    }

    #[test]
    fn only_options_can_be_chosen_and_of_one_choice_only_one() {
        let limits = Limits { options: vec!["Red".into(), "Blue".into()], ..Limits::default() };
        let both = ["Blue".to_owned(), "Red".to_owned()];
        assert_eq!(limits.check(FieldKind::Choices, &both).unwrap().len(), 2);
        assert_eq!(limits.check(FieldKind::Choice, &both), Err("too_many"));
        assert_eq!(check(&limits, FieldKind::Choice, "Green"), Err("not_an_option"));
        assert_eq!(Limits::default().problem(FieldKind::Choice), Some(("options", "required")));
    }

    #[test]
    fn an_address_that_could_run_something_is_none() {
        for text in ["javascript:alert(1)", "http://", "https://a b.example", "//x.example", "data:text/html,x"] {
            assert_eq!(check(&Limits::default(), FieldKind::Url, text), Err("not_an_address_on_the_web"), "{text}");
        }
        assert!(check(&Limits::default(), FieldKind::Url, "https://shop.example/orders?id=1").is_ok());
    }

    proptest! {
        #[test]
        fn what_was_taken_is_taken_again_and_stays_the_same(text in any::<String>(), kind in proptest::sample::select(FieldKind::ALL.to_vec())) {
            let limits = Limits { options: vec!["a".into(), "b".into()], ..Limits::default() };
            if let Ok(held) = limits.check(kind, &[text]) {
                let again: Vec<String> = held.iter().map(|held| held.value.clone()).collect();
                prop_assert_eq!(limits.check(kind, &again), Ok(held.clone()));
                for held in &held {
                    prop_assert!(held.value.chars().count() <= MOST_TEXT);
                    prop_assert_eq!(held.number.is_some(), matches!(kind, FieldKind::Number | FieldKind::Date));
                }
            }
        }

        #[test]
        fn an_empty_field_holds_nothing(blank in "\\s{0,5}", kind in proptest::sample::select(FieldKind::ALL.to_vec())) {
            prop_assert_eq!(Limits::default().check(kind, &[blank]), Ok(Vec::new()));
        }
    }
}
