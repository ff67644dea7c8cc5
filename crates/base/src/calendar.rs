//! Days off as calendars exchange them (iCalendar, RFC 5545): whole days with a name, read from a file or written to one.

use crate::mail::calendar::{self as ical, Line};
use jiff::{Timestamp, ToSpan, civil::Date};

/// The most lines of a file that are read.
const MOST_LINES: usize = 200_000;
/// The longest stretch that is taken for days off, in days.
const LONGEST: i32 = 92;

/// Days off that follow one another, once or every year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOff {
    /// What they are called.
    pub name: String,
    /// The first.
    pub first: Date,
    /// How many days.
    pub days: i32,
    /// The same dates of every year from then on, until this one if it is given.
    pub yearly: Option<Yearly>,
}

/// How long something comes back every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Yearly {
    /// The last date on which it may begin.
    pub until: Option<Date>,
}

impl DayOff {
    /// Its days in their order, up to and with `last` where it comes back.
    pub fn days_until(&self, last: Date) -> impl Iterator<Item = Date> {
        let until = match self.yearly {
            None => self.first,
            Some(yearly) => yearly.until.map_or(last, |until| until.min(last)),
        };
        let (first, days) = (self.first, self.days);
        // The 29th of February comes back in leap years only (RFC 5545, 3.3.10: dates that do not exist are skipped).
        let beginnings = (0..)
            .map_while(move |years| Date::new(first.year().checked_add(years)?, 1, 1).ok())
            .take_while(move |year| year.year() <= until.year())
            .filter_map(move |year| Date::new(year.year(), first.month(), first.day()).ok())
            .take_while(move |beginning| *beginning <= until || *beginning == first);
        beginnings.flat_map(move |beginning| beginning.series(1.day()).take(days.max(0) as usize))
    }
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DaysOff {
    /// Days off.
    pub days: Vec<DayOff>,
    /// Names of events that are none: with a time of the day, longer than three months, or that come back otherwise than yearly.
    pub left_out: Vec<String>,
}

/// Reads the whole-day events of a file; `None` when it is no calendar.
pub fn read_days_off(text: &str) -> Option<DaysOff> {
    let lines = ical::lines(text, MOST_LINES);
    let is = |line: &Line, name: &str, value: &str| line.name == name && line.value.trim().eq_ignore_ascii_case(value);
    if !lines.iter().any(|line| is(line, "BEGIN", "VCALENDAR")) {
        return None;
    }
    let mut found = DaysOff::default();
    let mut rest = lines.as_slice();
    while let Some(start) = rest.iter().position(|line| is(line, "BEGIN", "VEVENT")) {
        let event = &rest[start + 1..];
        let end = event.iter().position(|line| is(line, "END", "VEVENT")).unwrap_or(event.len());
        take(&event[..end], &mut found);
        rest = &event[end..];
    }
    Some(found)
}

fn take(event: &[Line], found: &mut DaysOff) {
    let field = |name: &str| event.iter().find(|line| line.name == name);
    if field("STATUS").is_some_and(|status| status.value.trim().eq_ignore_ascii_case("cancelled")) {
        return;
    }
    let name = field("SUMMARY").map(|line| ical::line_of(&line.value)).unwrap_or_default();
    let date = |name: &str| field(name).and_then(|line| whole_day(line.value.trim()));
    let Some(first) = date("DTSTART") else {
        found.left_out.push(name);
        return;
    };
    // The end is the day after the last (RFC 5545, 3.6.1); without one it is a single day.
    let days = date("DTEND").map_or(1, |end| (end - first).get_days().max(1));
    let yearly = match field("RRULE") {
        None => Some(None),
        Some(rule) => yearly(&rule.value).map(Some),
    };
    match yearly {
        Some(yearly) if days <= LONGEST => found.days.push(DayOff { name, first, days, yearly }),
        _ => found.left_out.push(name),
    }
}

fn whole_day(value: &str) -> Option<Date> {
    let value = value.get(..8).filter(|_| value.len() == 8)?;
    Date::strptime("%Y%m%d", value).ok()
}

/// `FREQ=YEARLY` with nothing that moves it to other dates.
fn yearly(rule: &str) -> Option<Yearly> {
    let mut until = None;
    for part in rule.split(';').filter(|part| !part.trim().is_empty()) {
        let (name, value) = part.split_once('=')?;
        match name.trim().to_ascii_uppercase().as_str() {
            "FREQ" if value.trim().eq_ignore_ascii_case("yearly") => {}
            "INTERVAL" if value.trim() == "1" => {}
            "WKST" | "BYMONTH" | "BYMONTHDAY" => {}
            "UNTIL" => until = Some(whole_day(value.trim().get(..8)?)?),
            _ => return None,
        }
    }
    Some(Yearly { until })
}

/// Writes days off as a file: whole days, one event each, at most one a date. `id` tells this calendar from others; `stamp` is when
/// it is written.
pub fn write_days_off(
    id: &str,
    name: &str,
    days: impl IntoIterator<Item = (Date, String)>,
    stamp: Timestamp,
) -> String {
    let stamp = stamp.strftime("%Y%m%dT%H%M%SZ").to_string();
    let mut out = String::new();
    let mut line = |text: &str| fold(text, &mut out);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Rapport//Calendar//EN");
    line(&format!("X-WR-CALNAME:{}", escaped(name)));
    for (day, title) in days {
        let next = day.tomorrow().unwrap_or(day);
        line("BEGIN:VEVENT");
        line(&format!("UID:{day}-{id}@rapport"));
        line(&format!("DTSTAMP:{stamp}"));
        line(&format!("DTSTART;VALUE=DATE:{}", day.strftime("%Y%m%d")));
        line(&format!("DTEND;VALUE=DATE:{}", next.strftime("%Y%m%d")));
        line(&format!("SUMMARY:{}", escaped(&title)));
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

fn escaped(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    escaped.split(['\r', '\n']).collect::<Vec<_>>().join("\\n")
}

/// A line of at most 75 octets, going on on the next ones (RFC 5545, 3.1).
fn fold(text: &str, out: &mut String) {
    let mut long = 0;
    for c in text.chars() {
        if long + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            long = 1;
        }
        out.push(c);
        long += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const FILE: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Company outing\\, all\r\n  of us\r\nDTSTART;VALUE=DATE:20260612\r\n\
        DTEND;VALUE=DATE:20260614\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Founders' day\r\nDTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY\r\n\
        END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Stand-up\r\nDTSTART:20260612T090000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n\
        SUMMARY:Moved\r\nDTSTART;VALUE=DATE:20260101\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    #[test]
    fn whole_days_are_read_and_the_rest_is_named() {
        let read = read_days_off(FILE).unwrap();
        assert_eq!(read.left_out, ["Stand-up"]);
        assert_eq!(read.days[0].name, "Company outing, all of us");
        let days: Vec<Date> = read.days[0].days_until(date(2036, 12, 31)).collect();
        assert_eq!(days, [date(2026, 6, 12), date(2026, 6, 13)]);
    }

    #[test]
    fn the_29th_of_february_comes_back_in_leap_years() {
        let read = read_days_off(FILE).unwrap();
        let days: Vec<Date> = read.days[1].days_until(date(2036, 12, 31)).collect();
        assert_eq!(days, [date(2024, 2, 29), date(2028, 2, 29), date(2032, 2, 29), date(2036, 2, 29)]);
    }

    #[test]
    fn what_is_no_calendar_is_none() {
        assert_eq!(read_days_off("Dear all,\nwe are closed on Monday."), None);
        assert_eq!(read_days_off("BEGIN:VCALENDAR\nEND:VCALENDAR"), Some(DaysOff::default()));
    }

    #[test]
    fn lines_are_folded_at_75_octets() {
        let written = write_days_off("1", "Büro", [(date(2026, 1, 1), "é".repeat(100))], Timestamp::UNIX_EPOCH);
        assert!(written.split("\r\n").all(|line| line.len() <= 75), "{written}");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(names in proptest::collection::vec("[^\\p{C}\\s]{1,60}", 0..8), start in 0_i32..4000) {
            let first = date(2024, 1, 1).checked_add(start.days()).unwrap();
            let days: Vec<(Date, String)> = first.series(3.days()).zip(names).collect();
            let read = read_days_off(&write_days_off("1", "x", days.clone(), Timestamp::UNIX_EPOCH)).unwrap();
            let read: Vec<(Date, String)> = read.days.into_iter().map(|day| (day.first, day.name)).collect();
            prop_assert_eq!(read, days);
        }

        #[test]
        fn no_file_makes_it_stumble(text in "(BEGIN:|END:|VCALENDAR|VEVENT|DTSTART|DTEND|RRULE:|FREQ=YEARLY|UNTIL=|2026|0101|;|:|=|\n|.){0,60}") {
            for day in read_days_off(&text).unwrap_or_default().days {
                let _terminates = day.days_until(date(2036, 12, 31)).count();
            }
        }
    }
}
