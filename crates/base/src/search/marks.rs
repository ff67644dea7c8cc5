//! Marks: what a document is found by besides its words: in which field a word stands, what state it is in, on which day it
//! was written. A mark is a token that begins with `~` and holds a letter for its kind; no text can hold one, so that a
//! condition on a field is a look-up in the same index as the words.

use crate::text;
use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use uuid::Uuid;

/// Kinds that the index itself uses: a document's day, month and year (UTC).
const DAY: char = 'd';
const MONTH: char = 'm';
const YEAR: char = 'y';
/// More words of one field are not marked.
const FIELD_PARTS: usize = 60;
/// Nothing is older.
const FIRST_YEAR: i16 = 1990;

/// The marks of a document, in their order; words of a field stand in a row, so that phrases are found in it.
#[derive(Debug, Clone, Default)]
pub struct Marks(String);

impl Marks {
    /// Adds a value: a number, an id, a word of ours.
    pub fn value(&mut self, kind: char, value: impl AsRef<str>) -> &mut Self {
        self.push(kind, value.as_ref());
        self
    }

    /// Adds the words of a field.
    pub fn words(&mut self, kind: char, text: &str) -> &mut Self {
        let mut wholes = Vec::new();
        let mut left = FIELD_PARTS;
        for compound in text::compounds(text) {
            for part in compound.parts.iter().take(left) {
                self.push(kind, &part.text);
            }
            left = left.saturating_sub(compound.parts.len());
            wholes.extend(compound.whole);
            if left == 0 {
                break;
            }
        }
        for whole in wholes {
            self.push(kind, &whole);
        }
        self
    }

    fn push(&mut self, kind: char, value: &str) {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        self.0.push_str(&mark(kind, value));
    }

    /// With the marks of the day it was written on.
    pub(super) fn dated(&self, at: Timestamp) -> String {
        let date = at.to_zoned(TimeZone::UTC).date();
        let days = format!("{} {} {}", day(date), month(date), year(date.year()));
        if self.0.is_empty() { days } else { format!("{days} {}", self.0) }
    }
}

/// One mark as a token.
pub fn mark(kind: char, value: &str) -> String {
    format!("~{kind}:{value}")
}

/// An id, short enough for a mark: two that meet are told apart by the rows behind them.
pub fn short(id: Uuid) -> String {
    id.simple().to_string()[20..].to_owned()
}

fn day(date: Date) -> String {
    mark(DAY, &format!("{:04}{:02}{:02}", date.year(), date.month(), date.day()))
}

fn month(date: Date) -> String {
    mark(MONTH, &format!("{:04}{:02}", date.year(), date.month()))
}

fn year(year: i16) -> String {
    mark(YEAR, &format!("{year:04}"))
}

/// The fewest marks that all days from `from` up to and with the day of `to` have one of: whole years, whole months, days.
pub(super) fn days_between(from: Timestamp, to: Timestamp) -> Vec<String> {
    let date = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    let first = date(from).max(Date::constant(FIRST_YEAR, 1, 1));
    let last = date(to).min(Date::constant(FIRST_YEAR + 200, 12, 31));
    let mut marks = Vec::new();
    let mut at = first;
    while at <= last {
        let end_of_year = Date::constant(at.year(), 12, 31);
        let (token, end) = if at.month() == 1 && at.day() == 1 && end_of_year <= last {
            (year(at.year()), end_of_year)
        } else if at.day() == 1 && at.last_of_month() <= last {
            (month(at), at.last_of_month())
        } else {
            (day(at), at)
        };
        marks.push(token);
        let Ok(next) = end.checked_add(1.day()) else { break };
        at = next;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_stretch_of_days_is_written_as_years_months_and_days() {
        assert_eq!(
            days_between(at("2026-01-30T22:00:00Z"), at("2026-03-01T01:00:00Z")),
            ["~d:20260130", "~d:20260131", "~m:202602", "~d:20260301"]
        );
        assert_eq!(days_between(at("2024-01-01T00:00:00Z"), at("2025-12-31T23:00:00Z")), ["~y:2024", "~y:2025"]);
        assert!(days_between(at("2026-01-02T00:00:00Z"), at("2026-01-01T00:00:00Z")).is_empty());
        assert!(days_between(Timestamp::MIN, Timestamp::MAX).len() <= 201);
    }

    #[test]
    fn words_of_a_field_stand_in_a_row_with_addresses_whole_behind_them() {
        let mut marks = Marks::default();
        marks.words('f', "Ana López ana@shop.example").value('s', "1");
        assert_eq!(marks.0, "~f:ana ~f:lopez ~f:ana ~f:shop ~f:example ~f:ana@shop.example ~s:1");
    }

    proptest! {
        #[test]
        fn a_day_has_one_of_the_marks_exactly_when_it_lies_between(from in 0_i64..20_000, days in 0_i64..3000, asked in 0_i64..25_000) {
            let day_of = |n: i64| at("1995-01-01T12:00:00Z") + SignedDuration::from_hours(24 * n);
            let marks = days_between(day_of(from), day_of(from + days));
            let held = Marks::default().dated(day_of(asked));
            let met = held.split(' ').any(|token| marks.iter().any(|mark| mark == token));
            prop_assert_eq!(met, (from..=from + days).contains(&asked));
            prop_assert!(marks.len() <= 100);
        }
    }
}
