//! When a desk is open: hours of the week in a time zone, public holidays, days of its own. Decisions only.
//!
//! A moment is open when the clock on the wall of the calendar's zone shows a minute of the hours of that date. Everything else
//! follows from this one sentence, also where clocks are put forward or back: an hour that does not exist is not worked, an
//! hour that comes twice is worked twice.

use super::holidays::{self, Holiday};
use jiff::{
    SignedDuration, Timestamp, ToSpan, Zoned,
    civil::{Date, Weekday},
    tz::{Offset, TimeZone},
};
use std::collections::BTreeMap;

/// Minutes of a day.
const DAY: u16 = 24 * 60;
/// The most spans of a day.
const MOST_SPANS: usize = 12;
/// How many days are looked through for the next open minute. A calendar without one for longer is never open.
const FARTHEST_DAYS: usize = 366 * 5;

/// A span of a day in minutes after midnight, by the clock on the wall: from `start` until before `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// Its first minute.
    pub start: u16,
    /// The minute after its last, at most 1440.
    pub end: u16,
}

/// The hours of a day: spans in their order that do not touch. Empty when closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Hours(Vec<Span>);

/// Why a text is no hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoHours {
    /// It is not times with a dash between them.
    Unreadable,
    /// A span ends before it begins. What goes on past midnight is written on both days.
    Backwards,
    /// More spans than a day has room for.
    TooMany,
}

impl Hours {
    /// Closed all day.
    pub const CLOSED: Self = Self(Vec::new());

    /// The spans.
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// Whether there are none.
    pub fn is_closed(&self) -> bool {
        self.0.is_empty()
    }

    /// How many minutes they are.
    pub fn minutes(&self) -> u16 {
        self.0.iter().map(|span| span.end - span.start).sum()
    }

    /// Reads `9:00-12:30, 13:30-18`: spans with a dash, between them commas; times with or without minutes, with a colon, a dot or
    /// an h, and am or pm. Empty is closed. Spans that touch become one.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn parse(text: &str) -> Result<Self, NoHours> {
        let mut spans = Vec::new();
        for part in text.split([',', ';', '\u{060C}', '\u{3001}']).map(str::trim).filter(|part| !part.is_empty()) {
            let dashes = ['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '~', '\u{301C}', '\u{FF5E}'];
            let (start, end) = part.split_once(dashes).ok_or(NoHours::Unreadable)?;
            let (start, end) = (minute_of(start)?, minute_of(end)?);
            // "18-0" goes on until midnight.
            let end = if end == 0 { DAY } else { end };
            if start >= end {
                return Err(NoHours::Backwards);
            }
            spans.push(Span { start, end });
        }
        if spans.len() > MOST_SPANS {
            return Err(NoHours::TooMany);
        }
        spans.sort();
        let mut joined: Vec<Span> = Vec::new();
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => joined.push(span),
            }
        }
        Ok(Self(joined))
    }
}

impl std::fmt::Display for Hours {
    /// As [`Hours::parse`] reads it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, Span { start, end }) in self.0.iter().enumerate() {
            let comma = if place > 0 { ", " } else { "" };
            write!(f, "{comma}{:02}:{:02}\u{2013}{:02}:{:02}", start / 60, start % 60, end / 60, end % 60)?;
        }
        Ok(())
    }
}

/// A time of the day in minutes: `9`, `09:30`, `9.30`, `9h30`, `5pm`, `5:30 p.m.`, `24:00`.
fn minute_of(text: &str) -> Result<u16, NoHours> {
    let digits = |c: char| c.to_digit(10).or_else(|| ('٠'..='٩').contains(&c).then(|| c as u32 - '٠' as u32));
    let text: String = text.trim().to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let (time, half) = match text.trim_end_matches('.').replace("p.m", "pm").replace("a.m", "am") {
        text if text.ends_with("am") => (text[..text.len() - 2].to_owned(), Some(0)),
        text if text.ends_with("pm") => (text[..text.len() - 2].to_owned(), Some(12)),
        text => (text.trim_end_matches("uhr").trim_end_matches('時').to_owned(), None),
    };
    let mut parts = time.splitn(2, [':', '.', 'h', '時']);
    let number = |part: &str| -> Result<u16, NoHours> {
        let value = part.chars().try_fold(0_u32, |sum, c| Some(sum * 10 + digits(c)?)).ok_or(NoHours::Unreadable)?;
        (1..=2).contains(&part.chars().count()).then_some(value as u16).ok_or(NoHours::Unreadable)
    };
    let hour = number(parts.next().unwrap_or_default())?;
    let minute = match parts.next() {
        None | Some("") => 0,
        Some(minute) => number(minute)?,
    };
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return Err(NoHours::Unreadable),
    };
    let total = hour * 60 + minute;
    (minute < 60 && total <= DAY).then_some(total).ok_or(NoHours::Unreadable)
}

/// A day that differs from its week, whatever the public holidays say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnDay {
    /// Why, as people call it.
    pub name: String,
    /// Its hours.
    pub hours: Hours,
}

/// When a desk is open.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The clock on the wall.
    pub zone: TimeZone,
    /// The hours from Monday to Sunday.
    pub week: [Hours; 7],
    /// Days on which it is closed by law or custom.
    pub holidays: BTreeMap<Date, Holiday>,
    /// Days of its own, which win over week and holidays.
    pub days: BTreeMap<Date, OwnDay>,
}

/// Why a date has the hours that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason<'a> {
    /// The week says so.
    Week,
    /// A public holiday.
    Holiday(&'a Holiday),
    /// A day of one's own.
    Own(&'a OwnDay),
}

impl Calendar {
    /// The calendar that is always open, in UTC.
    pub fn always() -> Self {
        let whole = || Hours(vec![Span { start: 0, end: DAY }]);
        Self {
            zone: TimeZone::UTC,
            week: std::array::from_fn(|_| whole()),
            holidays: BTreeMap::new(),
            days: BTreeMap::new(),
        }
    }

    /// The holidays of a country and region instead of those it has.
    #[must_use]
    pub fn with_holidays_of(self, country: &str, region: &str) -> Self {
        Self { holidays: holidays::of(country, region), ..self }
    }

    /// The hours of a date, and why.
    pub fn hours_on(&self, date: Date) -> (&Hours, Reason<'_>) {
        static CLOSED: Hours = Hours::CLOSED;
        if let Some(day) = self.days.get(&date) {
            return (&day.hours, Reason::Own(day));
        }
        if let Some(holiday) = self.holidays.get(&date) {
            return (&CLOSED, Reason::Holiday(holiday));
        }
        (&self.week[weekday_index(date.weekday())], Reason::Week)
    }

    /// Whether it is open at this moment.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let wall = at.to_zoned(self.zone.clone());
        let minute = wall.hour() as u16 * 60 + wall.minute() as u16;
        let (hours, _) = self.hours_on(wall.date());
        hours.spans().iter().any(|span| (span.start..span.end).contains(&minute))
    }

    /// The next moment at or after this one at which it is open; none when it is closed for years.
    pub fn next_open(&self, from: Timestamp) -> Option<Timestamp> {
        self.pieces(from).next().map(|(start, _)| start)
    }

    /// When it opens on the first date after today that has hours; where it is always open, at the midnight that ends today. None
    /// when it is closed for years.
    pub fn next_working_day(&self, now: Timestamp) -> Option<Timestamp> {
        let tomorrow = now.to_zoned(self.zone.clone()).date().tomorrow().ok()?;
        self.next_open(tomorrow.to_zoned(self.zone.clone()).ok()?.timestamp())
    }

    /// How much of the time between two moments it was open. Zero when `to` is not after `from`.
    pub fn open_between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        let mut sum = SignedDuration::ZERO;
        for (start, end) in self.pieces(from) {
            if start >= to {
                break;
            }
            sum += end.min(to).duration_since(start);
        }
        sum
    }

    /// The first moment at which it was open for this long since `from`; `from` itself when nothing is to pass. None when
    /// that never comes.
    pub fn after(&self, from: Timestamp, open: SignedDuration) -> Option<Timestamp> {
        if open <= SignedDuration::ZERO {
            return Some(from);
        }
        let mut left = open;
        for (start, end) in self.pieces(from) {
            let long = end.duration_since(start);
            if long >= left {
                return start.checked_add(left).ok();
            }
            left -= long;
        }
        None
    }

    /// The stretches of time after `from` in which it is open, in their order. Ends when it is closed for years.
    fn pieces(&self, from: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        let mut date = from.to_zoned(self.zone.clone()).date().yesterday().ok();
        let mut closed = 0_usize;
        std::iter::from_fn(move || {
            let today = date.filter(|_| closed < FARTHEST_DAYS)?;
            date = today.tomorrow().ok();
            let pieces = self.pieces_of(today);
            closed = if pieces.is_empty() { closed + 1 } else { 0 };
            Some(pieces)
        })
        .flatten()
        .filter(move |(_, end)| *end > from)
        .map(move |(start, end)| (start.max(from), end))
    }

    /// The stretches of one date. Within a stretch of the day whose distance to UTC is the same, the wall's clock runs evenly; a
    /// day has one such stretch, two when clocks change.
    fn pieces_of(&self, date: Date) -> Vec<(Timestamp, Timestamp)> {
        let (hours, _) = self.hours_on(date);
        if hours.is_closed() {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (start, end, offset) in even_stretches(date, &self.zone) {
            for span in hours.spans() {
                let of_wall = |minute: u16| {
                    let midnight = offset.to_timestamp(date.to_datetime(jiff::civil::Time::midnight())).ok()?;
                    midnight.checked_add(SignedDuration::from_mins(i64::from(minute))).ok()
                };
                if let (Some(from), Some(to)) = (of_wall(span.start), of_wall(span.end)) {
                    let (from, to) = (from.max(start), to.min(end));
                    if from < to {
                        found.push((from, to));
                    }
                }
            }
        }
        found.sort();
        found
    }
}

/// The stretches of a date between which the zone's distance to UTC changes.
fn even_stretches(date: Date, zone: &TimeZone) -> Vec<(Timestamp, Timestamp, Offset)> {
    let midnight = |date: Date| date.to_zoned(zone.clone()).ok().map(|zoned: Zoned| zoned.timestamp());
    let Some((begin, end)) = midnight(date).zip(date.checked_add(1.day()).ok().and_then(midnight)) else {
        return Vec::new();
    };
    let mut stretches = Vec::new();
    let mut at = begin;
    for change in zone.following(begin).take_while(|change| change.timestamp() < end) {
        if change.timestamp() > at {
            stretches.push((at, change.timestamp(), zone.to_offset(at)));
            at = change.timestamp();
        }
    }
    stretches.push((at, end, zone.to_offset(at)));
    stretches
}

/// Monday is 0.
pub(super) fn weekday_index(day: Weekday) -> usize {
    day.to_monday_zero_offset() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn hours(text: &str) -> Hours {
        Hours::parse(text).unwrap()
    }

    fn office(zone: &str) -> Calendar {
        let day = || hours("9-12:30, 13:30-18");
        let week = [day(), day(), day(), day(), hours("9-15"), Hours::CLOSED, Hours::CLOSED];
        Calendar { zone: TimeZone::get(zone).unwrap(), week, holidays: BTreeMap::new(), days: BTreeMap::new() }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (text, shown) in [
            ("9-17", "09:00–17:00"),
            ("9:00 – 12:30, 13.30-18h", "09:00–12:30, 13:30–18:00"),
            ("9am-5pm", "09:00–17:00"),
            ("9:30 a.m. - 12 p.m.", "09:30–12:00"),
            ("22-24", "22:00–24:00"),
            ("22:00-0:00", "22:00–24:00"),
            ("13-18, 9-13", "09:00–18:00"),
            ("9h30-12h", "09:30–12:00"),
            ("9 Uhr - 17 Uhr", "09:00–17:00"),
            ("9時~17時30", "09:00–17:30"),
            ("٩:٠٠-١٧:٠٠", "09:00–17:00"),
            ("", ""),
        ] {
            assert_eq!(hours(text).to_string(), shown, "{text}");
        }
    }

    #[test]
    fn what_is_no_hours_says_why() {
        for (text, why) in [
            ("nine to five", NoHours::Unreadable),
            ("9", NoHours::Unreadable),
            ("9-25", NoHours::Unreadable),
            ("9:60-10", NoHours::Unreadable),
            ("13pm-14pm", NoHours::Unreadable),
            ("17-9", NoHours::Backwards),
            ("9-9", NoHours::Backwards),
            ("0-1,2-3,4-5,6-7,8-9,10-11,12-13,14-15,16-17,18-19,20-21,22-23,23:30-24", NoHours::TooMany),
        ] {
            assert_eq!(Hours::parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn a_lunch_break_an_evening_and_a_weekend_do_not_count() {
        let berlin = office("Europe/Berlin");
        // Friday 14:30 in Berlin; half an hour is left of that day.
        let friday = at("2026-11-27T13:30:00Z");
        assert_eq!(berlin.after(friday, SignedDuration::from_mins(30)), Some(at("2026-11-27T14:00:00Z")));
        assert_eq!(berlin.after(friday, SignedDuration::from_mins(31)), Some(at("2026-11-30T08:01:00Z")));
        assert_eq!(berlin.open_between(friday, at("2026-11-30T08:01:00Z")), SignedDuration::from_mins(31));
        let noon = at("2026-11-30T12:00:00Z");
        assert!(!berlin.is_open(noon));
        assert_eq!(berlin.next_open(noon), Some(at("2026-11-30T12:30:00Z")));
    }

    #[test]
    fn a_holiday_is_closed_unless_a_day_of_ones_own_says_otherwise() {
        let mut berlin = office("Europe/Berlin").with_holidays_of("DE", "BE");
        let christmas = date(2026, 12, 25);
        assert!(berlin.hours_on(christmas).0.is_closed());
        assert!(matches!(berlin.hours_on(christmas).1, Reason::Holiday(holiday) if holiday.english == "Christmas Day"));
        berlin.days.insert(christmas, OwnDay { name: "Rush".into(), hours: hours("10-12") });
        assert_eq!(berlin.hours_on(christmas).0.minutes(), 120);
        berlin.days.insert(date(2026, 11, 30), OwnDay { name: "Outing".into(), hours: Hours::CLOSED });
        assert!(!berlin.is_open(at("2026-11-30T09:00:00Z")));
    }

    #[test]
    fn an_hour_that_comes_twice_is_worked_twice_and_one_that_does_not_exist_is_not() {
        let night = |text: &str| Calendar { week: std::array::from_fn(|_| hours(text)), ..office("Europe/Berlin") };
        let nights = night("1-4");
        let (autumn, spring) = (date(2026, 10, 25), date(2026, 3, 29));
        let day = |date: Date| date.to_zoned(nights.zone.clone()).unwrap().timestamp();
        let minutes = |date: Date| nights.open_between(day(date), day(date.tomorrow().unwrap())).as_mins();
        assert_eq!((minutes(autumn), minutes(spring)), (240, 120));
        // At half past two, which is skipped, nobody is there: the hour from 2 to 3 does not exist.
        assert_eq!(night("2-3").open_between(day(spring), day(spring.tomorrow().unwrap())), SignedDuration::ZERO);
    }

    #[test]
    fn the_next_working_day_begins_when_the_desk_opens() {
        let berlin = office("Europe/Berlin").with_holidays_of("DE", "BE");
        // A Wednesday before Christmas: Friday and Saturday are holidays, then comes a Sunday.
        assert_eq!(berlin.next_working_day(at("2026-12-23T10:00:00Z")), Some(at("2026-12-24T08:00:00Z")));
        assert_eq!(berlin.next_working_day(at("2026-12-24T03:00:00Z")), Some(at("2026-12-28T08:00:00Z")));
        assert_eq!(Calendar::always().next_working_day(at("2026-12-23T10:00:00Z")), Some(at("2026-12-24T00:00:00Z")));
    }

    #[test]
    fn a_desk_that_never_opens_says_so() {
        let never = Calendar { week: std::array::from_fn(|_| Hours::CLOSED), ..office("UTC") };
        let now = at("2026-11-26T12:00:00Z");
        assert_eq!(never.next_open(now), None);
        assert_eq!(never.after(now, SignedDuration::from_secs(1)), None);
        assert_eq!(never.after(now, SignedDuration::ZERO), Some(now));
        assert_eq!(never.open_between(now, at("2027-11-26T12:00:00Z")), SignedDuration::ZERO);
    }

    fn a_zone() -> impl Strategy<Value = TimeZone> {
        let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        proptest::sample::select(names).prop_map(|name| TimeZone::get(&name).unwrap())
    }

    fn some_hours() -> impl Strategy<Value = Hours> {
        proptest::collection::vec((0_u16..1440, 1_u16..600), 0..4).prop_map(|spans| {
            let text = |m: u16| format!("{}:{:02}", m / 60, m % 60);
            let spans: Vec<String> =
                spans.iter().map(|(from, long)| format!("{}-{}", text(*from), text((from + long).min(1440)))).collect();
            hours(&spans.join(","))
        })
    }

    prop_compose! {
        fn a_calendar()(
            zone in a_zone(),
            week in proptest::array::uniform7(some_hours()),
            own in proptest::collection::btree_map(0_i64..9, some_hours(), 0..4),
            closed in proptest::collection::btree_set(0_i64..9, 0..3),
            start in 1_704_067_200_i64..1_860_000_000,
        ) -> (Calendar, Timestamp) {
            let from = Timestamp::from_second(start).unwrap();
            let date = |after: i64| from.to_zoned(zone.clone()).date().checked_add(after.days()).unwrap();
            let days = own.into_iter().map(|(after, hours)| (date(after), OwnDay { name: String::new(), hours })).collect();
            let holiday = Holiday { name: "x", english: "x" };
            let holidays = closed.into_iter().map(|after| (date(after), holiday.clone())).collect();
            (Calendar { zone: zone.clone(), week, holidays, days }, from)
        }
    }

    /// Counts minute by minute with nothing but the clock on the wall.
    fn counted(calendar: &Calendar, from: Timestamp, minutes: i64) -> i64 {
        (0..minutes).filter(|m| calendar.is_open(from + SignedDuration::from_mins(*m))).count() as i64
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        #[test]
        fn open_time_is_what_a_minute_counter_counts_in_every_zone((calendar, from) in a_calendar(), minutes in 0_i64..8 * 1440) {
            let from = from.round(jiff::Unit::Minute).unwrap();
            let to = from + SignedDuration::from_mins(minutes);
            prop_assert_eq!(calendar.open_between(from, to).as_mins(), counted(&calendar, from, minutes));
        }

        #[test]
        fn what_is_due_after_some_open_time_is_due_when_that_much_was_open((calendar, from) in a_calendar(), open in 1_i64..200_000) {
            let open = SignedDuration::from_secs(open);
            if let Some(due) = calendar.after(from, open) {
                prop_assert_eq!(calendar.open_between(from, due), open);
                let before = due - SignedDuration::from_secs(1);
                prop_assert!(calendar.open_between(from, before) < open, "not the first such moment");
            }
        }

        #[test]
        fn open_time_adds_up((calendar, from) in a_calendar(), first in 0_i64..500_000, second in 0_i64..500_000) {
            let middle = from + SignedDuration::from_secs(first);
            let end = middle + SignedDuration::from_secs(second);
            prop_assert_eq!(calendar.open_between(from, middle) + calendar.open_between(middle, end), calendar.open_between(from, end));
        }

        #[test]
        fn the_next_opening_is_open_and_nothing_before_it_is((calendar, from) in a_calendar()) {
            let from = from.round(jiff::Unit::Minute).unwrap();
            if let Some(next) = calendar.next_open(from) {
                prop_assert!(calendar.is_open(next));
                prop_assert_eq!(calendar.open_between(from, next), SignedDuration::ZERO);
            }
        }

        #[test]
        fn hours_are_shown_as_they_are_read(hours in some_hours()) {
            prop_assert_eq!(Hours::parse(&hours.to_string()), Ok(hours));
        }

        #[test]
        fn no_text_of_hours_makes_it_stumble(text in ".{0,40}") {
            let _either_way = Hours::parse(&text);
        }
    }
}
