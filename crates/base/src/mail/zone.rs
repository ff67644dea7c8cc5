//! The time zones that an invitation brings along (VTIMEZONE, RFC 5545, 3.6.5), as far as programs write them: an offset from a
//! moment on, or from the n-th weekday of a month on, every year.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::Offset;

use super::calendar::{Line, local};

/// Changes of offset.
pub(super) struct Zone(Vec<Change>);

struct Change {
    first: DateTime,
    /// Seconds east of Greenwich from then on.
    offset: i32,
    /// Month, which of its weekdays (from its end when negative), weekday.
    yearly: Option<Yearly>,
}

type Yearly = (i8, i8, Weekday);

/// A change that is still being read.
#[derive(Default)]
struct Draft {
    first: Option<DateTime>,
    offset: Option<i32>,
    yearly: Option<Yearly>,
}

/// The zones of a calendar by their names.
pub(super) fn read(lines: &[Line]) -> Vec<(String, Zone)> {
    let mut zones = Vec::new();
    let (mut name, mut changes) = (String::new(), Vec::new());
    let mut change: Option<Draft> = None;
    for line in lines.iter().take(2000) {
        let value = line.value.trim();
        match (line.name.as_str(), value) {
            ("BEGIN", "STANDARD" | "DAYLIGHT") => change = Some(Draft::default()),
            ("END", "STANDARD" | "DAYLIGHT") => {
                if let Some(Draft { first: Some(first), offset: Some(offset), yearly }) = change.take() {
                    changes.push(Change { first, offset, yearly });
                }
            }
            ("END", "VTIMEZONE") => zones.push((std::mem::take(&mut name), Zone(std::mem::take(&mut changes)))),
            ("TZID", _) => name = super::decode::tidy_line(value, 100),
            ("DTSTART", _) => {
                if let Some(change) = &mut change {
                    change.first = local(value).map(|(time, _)| time);
                }
            }
            ("TZOFFSETTO", _) => {
                if let Some(change) = &mut change {
                    change.offset = offset(value);
                }
            }
            ("RRULE", _) => {
                if let Some(change) = &mut change {
                    change.yearly = rule(value);
                }
            }
            _ => {}
        }
    }
    zones
}

impl Zone {
    /// The moment that a clock in this zone shows so. A time that the change of clocks leaves out or repeats is taken by the
    /// offset that begins with it.
    pub(super) fn instant(&self, local: DateTime) -> Option<Timestamp> {
        let last = |change: &Change| {
            [local.year(), local.year() - 1]
                .into_iter()
                .filter_map(|year| change.onset(year))
                .find(|onset| *onset <= local)
        };
        let latest =
            self.0.iter().filter_map(|change| Some((last(change)?, change.offset))).max_by_key(|(onset, _)| *onset);
        // Before the first change: the earliest known offset.
        let offset =
            latest.map(|(_, offset)| offset).or_else(|| self.0.iter().min_by_key(|c| c.first).map(|c| c.offset))?;
        Offset::from_seconds(offset).ok()?.to_timestamp(local).ok()
    }
}

impl Change {
    fn onset(&self, year: i16) -> Option<DateTime> {
        let Some((month, which, weekday)) = self.yearly else { return Some(self.first) };
        let day = Date::new(year, month, 1).ok()?.nth_weekday_of_month(which, weekday).ok()?;
        let onset = day.to_datetime(self.first.time());
        (onset >= self.first).then_some(onset)
    }
}

/// `+0130` or `-013045`.
fn offset(value: &str) -> Option<i32> {
    let (sign, digits) = match value.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let number = |range: std::ops::Range<usize>| -> Option<i32> { digits.get(range)?.parse().ok() };
    Some(sign * (number(0..2)? * 3600 + number(2..4)? * 60 + number(4..6).unwrap_or(0)))
}

/// `FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU`.
fn rule(value: &str) -> Option<Yearly> {
    let part = |name: &str| value.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    if part("FREQ")? != "YEARLY" {
        return None;
    }
    let day = part("BYDAY")?;
    let (which, weekday) = day.split_at_checked(day.len().checked_sub(2)?)?;
    let weekday = match weekday {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    };
    let which = which.parse().ok().filter(|which| *which != 0 && (-5..=5).contains(which))?;
    Some((part("BYMONTH")?.parse().ok()?, which, weekday))
}
