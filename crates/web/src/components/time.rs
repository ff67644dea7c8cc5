//! Times as people read them: in the reader's zone, with the exact moment kept for scripts and on hover.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use words::Words;

/// When and where something is read.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    /// The moment of rendering.
    pub(crate) now: Timestamp,
    /// The reader's zone.
    pub(crate) zone: TimeZone,
    /// In which words.
    pub(crate) words: Words,
}

impl Reader {
    /// How long ago, in the shortest words: `now`, `4m`, `3h`, `2d`, then the date. A script keeps it fresh.
    pub(crate) fn age(&self, at: Timestamp, class: &str) -> Markup {
        html! { time class=[(!class.is_empty()).then_some(class)] datetime=(at) title=(self.full(at)) data-age { (self.short_age(at)) } }
    }

    /// The time of day; the day stands on a line above.
    pub(crate) fn clock(&self, at: Timestamp) -> Markup {
        html! { time datetime=(at) title=(self.full(at)) { (self.words.clock(&self.zoned(at))) } }
    }

    /// The day and the time of day.
    pub(crate) fn moment(&self, at: Timestamp) -> Markup {
        html! { time datetime=(at) { (self.full(at)) } }
    }

    /// The same as plain words, within a sentence.
    pub(crate) fn moment_words(&self, at: Timestamp) -> String {
        self.full(at)
    }

    /// The day: `Today`, `Yesterday`, or its date.
    pub(crate) fn day(&self, at: Timestamp) -> String {
        let (day, today) = (self.zoned(at).date(), self.zoned(self.now).date());
        if day == today {
            self.words.common_today().to_owned()
        } else if today.yesterday().is_ok_and(|yesterday| day == yesterday) {
            self.words.common_yesterday().to_owned()
        } else if day.year() == today.year() {
            self.words.weekday(&self.zoned(at))
        } else {
            self.words.date(&self.zoned(at))
        }
    }

    /// Whether two moments lie on the same day of the reader's calendar.
    pub(crate) fn same_day(&self, a: Timestamp, b: Timestamp) -> bool {
        self.zoned(a).date() == self.zoned(b).date()
    }

    fn short_age(&self, at: Timestamp) -> String {
        let say = self.words;
        match self.now.as_second() - at.as_second() {
            ..60 => say.script_now().to_owned(),
            s @ 60..3_600 => say.script_minutes(say.number(s / 60)),
            s @ 3_600..86_400 => say.script_hours(say.number(s / 3_600)),
            s @ 86_400..604_800 => say.script_days(say.number(s / 86_400)),
            s if s < 300 * 86_400 => say.day_month(&self.zoned(at)),
            _ => say.month_year(&self.zoned(at)),
        }
    }

    fn full(&self, at: Timestamp) -> String {
        self.words.moment(&self.zoned(at))
    }

    fn zoned(&self, at: Timestamp) -> jiff::Zoned {
        at.to_zoned(self.zone.clone())
    }
}

/// How long ago in words for a sentence: `4 minutes`, `3 hours`, `2 days`.
pub(crate) fn duration_words(say: Words, seconds: i64) -> String {
    match seconds.max(0) {
        s @ 0..60 => say.common_seconds(s),
        s @ 60..3_600 => say.common_minutes(s / 60),
        s @ 3_600..86_400 => say.common_hours(s / 3_600),
        s => say.common_days(s / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader() -> Reader {
        Reader { now: "2026-11-22T10:00:00Z".parse().unwrap(), zone: TimeZone::UTC, words: Words::default() }
    }

    #[test]
    fn ages_grow_coarser() {
        let age = |at: &str| reader().short_age(at.parse().unwrap());
        assert_eq!(age("2026-11-22T09:59:30Z"), "now");
        assert_eq!(age("2026-11-22T09:56:00Z"), "4m");
        assert_eq!(age("2026-11-22T07:00:00Z"), "3h");
        assert_eq!(age("2026-11-20T10:00:00Z"), "2d");
        assert_eq!(age("2026-10-02T10:00:00Z"), "2 Oct");
    }

    #[test]
    fn days_have_names_when_near() {
        let day = |at: &str| reader().day(at.parse().unwrap());
        assert_eq!(day("2026-11-22T01:00:00Z"), "Today");
        assert_eq!(day("2026-11-21T23:00:00Z"), "Yesterday");
        assert_eq!(day("2026-11-09T23:00:00Z"), "Monday 9 November");
        assert_eq!(day("2025-11-09T23:00:00Z"), "9 November 2025");
    }

    #[test]
    fn one_is_not_plural() {
        assert_eq!(duration_words(Words::default(), 3_700), "1 hour");
        assert_eq!(duration_words(Words::default(), 200_000), "2 days");
    }
}
