//! Until when something is put off, in the words of whoever puts it off: "tue 9am", "in 3 hours", "next week", "until reply".
//! Decisions only. Words become tokens by a lexicon, and only the lexicon knows a language.

use jiff::{
    SignedDuration, Timestamp, ToSpan, Zoned,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};

/// Until when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Until that moment, or until the customer writes.
    At(Timestamp),
    /// Until the customer writes.
    Reply,
}

/// Nobody puts anything off for longer.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 366 * 3);
/// When a working day begins, for days that are named without a time.
const MORNING: Time = Time::constant(9, 0, 0, 0);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    Number(i64),
    Half,
    Unit(Unit),
    Amount(i64, Unit),
    Weekday(Weekday),
    Month(i8),
    Today,
    Tonight,
    Tomorrow,
    AfterTomorrow,
    Next,
    Weekend,
    /// A time of day by its name.
    Named(i8),
    Clock(i8, i8),
    /// `am`, `pm` after a number.
    Half12(bool),
    Date(Date),
    Later,
    Reply,
    Filler,
}

/// The words of English; another language brings a list of its own.
const ENGLISH: &[(&str, Token)] = &[
    ("in", Token::Filler),
    ("at", Token::Filler),
    ("on", Token::Filler),
    ("for", Token::Filler),
    ("by", Token::Filler),
    ("the", Token::Filler),
    ("this", Token::Filler),
    ("until", Token::Filler),
    ("till", Token::Filler),
    ("they", Token::Filler),
    ("when", Token::Filler),
    ("and", Token::Filler),
    ("time", Token::Filler),
    ("from", Token::Filler),
    ("now", Token::Filler),
    ("of", Token::Filler),
    ("customer", Token::Filler),
    ("a", Token::Number(1)),
    ("an", Token::Number(1)),
    ("one", Token::Number(1)),
    ("two", Token::Number(2)),
    ("three", Token::Number(3)),
    ("four", Token::Number(4)),
    ("five", Token::Number(5)),
    ("six", Token::Number(6)),
    ("ten", Token::Number(10)),
    ("half", Token::Half),
    ("minute", Token::Unit(Unit::Minute)),
    ("minutes", Token::Unit(Unit::Minute)),
    ("min", Token::Unit(Unit::Minute)),
    ("mins", Token::Unit(Unit::Minute)),
    ("m", Token::Unit(Unit::Minute)),
    ("hour", Token::Unit(Unit::Hour)),
    ("hours", Token::Unit(Unit::Hour)),
    ("hr", Token::Unit(Unit::Hour)),
    ("hrs", Token::Unit(Unit::Hour)),
    ("h", Token::Unit(Unit::Hour)),
    ("day", Token::Unit(Unit::Day)),
    ("days", Token::Unit(Unit::Day)),
    ("d", Token::Unit(Unit::Day)),
    ("week", Token::Unit(Unit::Week)),
    ("weeks", Token::Unit(Unit::Week)),
    ("w", Token::Unit(Unit::Week)),
    ("month", Token::Unit(Unit::Month)),
    ("months", Token::Unit(Unit::Month)),
    ("today", Token::Today),
    ("tonight", Token::Tonight),
    ("tomorrow", Token::Tomorrow),
    ("tmrw", Token::Tomorrow),
    ("tmr", Token::Tomorrow),
    ("overmorrow", Token::AfterTomorrow),
    ("next", Token::Next),
    ("coming", Token::Filler),
    ("weekend", Token::Weekend),
    ("morning", Token::Named(9)),
    ("noon", Token::Named(12)),
    ("midday", Token::Named(12)),
    ("afternoon", Token::Named(14)),
    ("evening", Token::Named(18)),
    ("night", Token::Named(20)),
    ("later", Token::Later),
    ("reply", Token::Reply),
    ("replies", Token::Reply),
    ("answer", Token::Reply),
    ("writes", Token::Reply),
    ("am", Token::Half12(false)),
    ("pm", Token::Half12(true)),
];

const WEEKDAYS: &[(&str, Weekday)] = &[
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Which moment the words mean for somebody in `zone`; none when they are not understood, or it is not ahead.
pub fn snooze_until(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Until> {
    if text.len() > 100 {
        return None;
    }
    if let Ok(exact) = text.trim().parse::<Timestamp>() {
        return ahead(exact, now).map(Until::At);
    }
    let tokens = tokens(text)?;
    if tokens.contains(&Token::Reply) {
        return tokens.iter().all(|one| matches!(one, Token::Reply | Token::Filler)).then_some(Until::Reply);
    }
    let wish = Wish::read(&tokens)?;
    ahead(wish.moment(&now.to_zoned(zone.clone()))?, now).map(Until::At)
}

fn ahead(moment: Timestamp, now: Timestamp) -> Option<Timestamp> {
    (moment > now && moment.duration_since(now) <= LONGEST).then_some(moment)
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| c.is_whitespace() || c == ',').map(|word| word.trim_matches('.'));
    words.filter(|word| !word.is_empty()).map(token).collect()
}

fn token(word: &str) -> Option<Token> {
    if let Some((_, token)) = ENGLISH.iter().find(|(known, _)| *known == word) {
        return Some(*token);
    }
    // Names of days and months may be cut short.
    let is_short = |full: &str| word.len() >= 3 && full.starts_with(word);
    if let Some((_, weekday)) = WEEKDAYS.iter().find(|(full, _)| is_short(full)) {
        return Some(Token::Weekday(*weekday));
    }
    if let Some(month) = MONTHS.iter().position(|full| is_short(full) || (*full == "september" && word == "sept")) {
        return Some(Token::Month(i8::try_from(month + 1).ok()?));
    }
    if let Ok(date) = word.parse::<Date>() {
        return Some(Token::Date(date));
    }
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = word.split_at(digits);
    let number: i64 = number.parse().ok().filter(|_| digits <= 4)?;
    match rest {
        "" => Some(Token::Number(number)),
        "st" | "nd" | "rd" | "th" => Some(Token::Number(number)),
        "am" | "pm" => half_day(number, 0, rest == "pm"),
        _ => match rest.strip_prefix(':') {
            Some(minutes) => clock(number, minutes),
            None => match ENGLISH.iter().find(|(known, _)| *known == rest) {
                Some((_, Token::Unit(unit))) => Some(Token::Amount(number, *unit)),
                _ => None,
            },
        },
    }
}

fn clock(hour: i64, rest: &str) -> Option<Token> {
    let (minutes, half) = match rest.strip_suffix("am") {
        Some(minutes) => (minutes, Some(false)),
        None => rest.strip_suffix("pm").map_or((rest, None), |minutes| (minutes, Some(true))),
    };
    let minutes: i8 = minutes.parse().ok().filter(|m| (0..60).contains(m) && minutes.len() == 2)?;
    match half {
        Some(is_pm) => half_day(hour, minutes, is_pm),
        None => (0..24).contains(&hour).then_some(Token::Clock(i8::try_from(hour).ok()?, minutes)),
    }
}

fn half_day(hour: i64, minutes: i8, is_pm: bool) -> Option<Token> {
    let hour = i8::try_from(hour).ok().filter(|hour| (1..=12).contains(hour))?;
    Some(Token::Clock(hour % 12 + if is_pm { 12 } else { 0 }, minutes))
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Day {
    Today,
    In(i32),
    Weekday(Weekday),
    /// The weekday of the calendar's next week.
    NextWeek(Weekday),
    NextMonth,
    Date(Date),
    /// Day and month, of this year or the next.
    OfYear(i8, i8),
}

/// What the words ask for.
#[derive(Debug, Default)]
struct Wish {
    after: Vec<(i64, Unit)>,
    day: Option<Day>,
    time: Option<Time>,
    later: bool,
}

impl Wish {
    fn read(tokens: &[Token]) -> Option<Self> {
        let mut wish = Wish::default();
        let mut rest: Vec<Token> = tokens.iter().copied().filter(|token| *token != Token::Filler).collect();
        while !rest.is_empty() {
            let used = wish.take(&rest)?;
            rest.drain(..used);
        }
        let says_something = !wish.after.is_empty() || wish.day.is_some() || wish.time.is_some() || wish.later;
        (says_something && (wish.after.is_empty() || wish.day.is_none())).then_some(wish)
    }

    /// Takes the first words; returns how many.
    fn take(&mut self, tokens: &[Token]) -> Option<usize> {
        use Token as T;
        match *tokens {
            [T::Half, T::Number(1), T::Unit(unit), ..] => self.add_half(unit).map(|()| 3),
            [T::Half, T::Unit(unit), ..] => self.add_half(unit).map(|()| 2),
            [T::Number(day), T::Month(month), T::Number(year), ..] if year >= 1000 => {
                self.set_date(year, month, day, 3)
            }
            [T::Month(month), T::Number(day), T::Number(year), ..] if year >= 1000 => {
                self.set_date(year, month, day, 3)
            }
            [T::Number(day), T::Month(month), ..] | [T::Month(month), T::Number(day), ..] => {
                self.set_day(Day::OfYear(month, i8::try_from(day).ok()?), 2)
            }
            [T::Number(hour), T::Half12(is_pm), ..] => match half_day(hour, 0, is_pm)? {
                T::Clock(hour, minute) => self.set_time(hour, minute, 2),
                _ => None,
            },
            [T::Number(number), T::Unit(unit), ..] => self.add(number, unit, 2),
            [T::Amount(number, unit), ..] => self.add(number, unit, 1),
            [T::Next, T::Unit(Unit::Week), T::Weekday(day), ..] => self.set_day(Day::NextWeek(day), 3),
            [T::Next, T::Unit(Unit::Week), ..] => self.set_day(Day::NextWeek(Weekday::Monday), 2),
            [T::Next, T::Unit(Unit::Month), ..] => self.set_day(Day::NextMonth, 2),
            [T::Next, T::Unit(Unit::Day), ..] => self.set_day(Day::In(1), 2),
            [T::Next, T::Weekday(day), ..] => self.set_day(Day::NextWeek(day), 2),
            [T::Next, T::Weekend, ..] => self.set_day(Day::NextWeek(Weekday::Saturday), 2),
            [T::Weekday(day), T::Next, T::Unit(Unit::Week), ..] => self.set_day(Day::NextWeek(day), 3),
            [T::Weekday(day), ..] => self.set_day(Day::Weekday(day), 1),
            [T::Weekend, ..] => self.set_day(Day::Weekday(Weekday::Saturday), 1),
            [T::Later, T::Today, ..] => self.set_later(2),
            [T::Later, ..] => self.set_later(1),
            [T::Today, ..] => self.set_day(Day::Today, 1),
            [T::Tonight, ..] => self.set_day(Day::Today, 1).and_then(|used| self.set_time(20, 0, used)),
            [T::Tomorrow, ..] => self.set_day(Day::In(1), 1),
            [T::AfterTomorrow, ..] => self.set_day(Day::In(2), 1),
            [T::Date(date), ..] => self.set_day(Day::Date(date), 1),
            [T::Named(hour), ..] => self.set_time(hour, 0, 1),
            [T::Clock(hour, minute), ..] => self.set_time(hour, minute, 1),
            _ => None,
        }
    }

    fn add(&mut self, number: i64, unit: Unit, used: usize) -> Option<usize> {
        let is_new = !self.after.iter().any(|(_, known)| *known == unit);
        (number > 0 && is_new).then(|| self.after.push((number, unit))).map(|()| used)
    }

    fn add_half(&mut self, unit: Unit) -> Option<()> {
        let (number, unit) = match unit {
            Unit::Hour => (30, Unit::Minute),
            Unit::Day => (12, Unit::Hour),
            _ => return None,
        };
        self.add(number, unit, 0).map(drop)
    }

    fn set_date(&mut self, year: i64, month: i8, day: i64, used: usize) -> Option<usize> {
        let date = Date::new(i16::try_from(year).ok()?, month, i8::try_from(day).ok()?).ok()?;
        self.set_day(Day::Date(date), used)
    }

    fn set_day(&mut self, day: Day, used: usize) -> Option<usize> {
        self.day.is_none().then(|| self.day = Some(day)).map(|()| used)
    }

    fn set_time(&mut self, hour: i8, minute: i8, used: usize) -> Option<usize> {
        let time = Time::new(hour, minute, 0, 0).ok()?;
        self.time.is_none().then(|| self.time = Some(time)).map(|()| used)
    }

    fn set_later(&mut self, used: usize) -> Option<usize> {
        (!self.later).then(|| self.later = true).map(|()| used)
    }

    fn moment(&self, now: &Zoned) -> Option<Timestamp> {
        if self.later {
            let is_alone = self.after.is_empty() && self.day.is_none() && self.time.is_none();
            return now.timestamp().checked_add(SignedDuration::from_hours(3)).ok().filter(|_| is_alone);
        }
        if !self.after.is_empty() {
            return self.after_now(now);
        }
        let today = now.date();
        let time = self.time.unwrap_or(MORNING);
        let date = match self.day {
            None => return first_ahead(now, today, time),
            Some(Day::Today) => self.time.map(|_| today)?,
            Some(Day::In(days)) => today.checked_add(days.days()).ok()?,
            Some(Day::Weekday(day)) if day == today.weekday() && self.time.is_some() => {
                return at(now, today, time)
                    .filter(|moment| *moment > now.timestamp())
                    .or_else(|| at(now, today.checked_add(7.days()).ok()?, time));
            }
            Some(Day::Weekday(day)) => today.nth_weekday(1, day).ok()?,
            Some(Day::NextWeek(day)) => {
                let monday = today.nth_weekday(1, Weekday::Monday).ok()?;
                monday.checked_add(i32::from(day.to_monday_zero_offset()).days()).ok()?
            }
            Some(Day::NextMonth) => today.first_of_month().checked_add(1.month()).ok()?,
            Some(Day::Date(date)) => date,
            Some(Day::OfYear(month, day)) => {
                let this_year = Date::new(today.year(), month, day).ok();
                match this_year.filter(|date| *date > today) {
                    Some(date) => date,
                    None => Date::new(today.year().checked_add(1)?, month, day).ok()?,
                }
            }
        };
        at(now, date, time)
    }

    fn after_now(&self, now: &Zoned) -> Option<Timestamp> {
        let mut moment = now.clone();
        for (number, unit) in &self.after {
            let number = i32::try_from(*number).ok()?;
            let span = match unit {
                Unit::Minute => i64::from(number).minutes(),
                Unit::Hour if number < 100_000 => i64::from(number).hours(),
                Unit::Day if number < 2_000 => number.days(),
                Unit::Week if number < 300 => number.weeks(),
                Unit::Month if number < 60 => number.months(),
                _ => return None,
            };
            moment = moment.checked_add(span).ok()?;
        }
        match self.time {
            None => Some(moment.timestamp()),
            Some(time) => at(now, moment.date(), time),
        }
    }
}

/// That time today, or tomorrow when it is past.
fn first_ahead(now: &Zoned, today: Date, time: Time) -> Option<Timestamp> {
    let moment = at(now, today, time)?;
    if moment > now.timestamp() { Some(moment) } else { at(now, today.tomorrow().ok()?, time) }
}

/// A time that a change of clocks leaves out is the one as long after it.
fn at(now: &Zoned, date: Date, time: Time) -> Option<Timestamp> {
    Some(date.to_datetime(time).to_zoned(now.time_zone().clone()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A Wednesday.
    const NOW: &str = "2026-11-25T10:30:00+01:00[Europe/Berlin]";

    fn understood(text: &str) -> Option<String> {
        let now: Zoned = NOW.parse().unwrap();
        Some(match snooze_until(text, now.timestamp(), now.time_zone())? {
            Until::Reply => "reply".to_owned(),
            Until::At(at) => at.to_zoned(now.time_zone().clone()).strftime("%a %F %R").to_string(),
        })
    }

    #[test]
    fn natural_times_are_what_people_mean_by_them() {
        let cases = [
            ("tue 9am", "Tue 2026-12-01 09:00"),
            ("Tuesday", "Tue 2026-12-01 09:00"),
            ("wed 9am", "Wed 2026-12-02 09:00"),
            ("wed 11:15", "Wed 2026-11-25 11:15"),
            ("wednesday", "Wed 2026-12-02 09:00"),
            ("tomorrow", "Thu 2026-11-26 09:00"),
            ("tomorrow 5pm", "Thu 2026-11-26 17:00"),
            ("tomorrow morning", "Thu 2026-11-26 09:00"),
            ("tomorrow at 12 am", "Thu 2026-11-26 00:00"),
            ("in 3 hours", "Wed 2026-11-25 13:30"),
            ("3h", "Wed 2026-11-25 13:30"),
            ("1h 30m", "Wed 2026-11-25 12:00"),
            ("in an hour", "Wed 2026-11-25 11:30"),
            ("half an hour", "Wed 2026-11-25 11:00"),
            ("in 2 days", "Fri 2026-11-27 10:30"),
            ("in 2 days at 8:05", "Fri 2026-11-27 08:05"),
            ("2w", "Wed 2026-12-09 10:30"),
            ("next week", "Mon 2026-11-30 09:00"),
            ("next week friday", "Fri 2026-12-04 09:00"),
            ("next fri 16:00", "Fri 2026-12-04 16:00"),
            ("fri next week", "Fri 2026-12-04 09:00"),
            ("next month", "Tue 2026-12-01 09:00"),
            ("this evening", "Wed 2026-11-25 18:00"),
            ("tonight", "Wed 2026-11-25 20:00"),
            ("weekend", "Sat 2026-11-28 09:00"),
            ("noon", "Wed 2026-11-25 12:00"),
            ("9am", "Thu 2026-11-26 09:00"),
            ("later today", "Wed 2026-11-25 13:30"),
            ("2026-12-24 18:00", "Thu 2026-12-24 18:00"),
            ("24 dec", "Thu 2026-12-24 09:00"),
            ("dec 24th, 6pm", "Thu 2026-12-24 18:00"),
            ("3 March", "Wed 2027-03-03 09:00"),
            ("3 march 2028", "Fri 2028-03-03 09:00"),
            ("until reply", "reply"),
            ("until they reply", "reply"),
            ("2026-11-25T12:00:00Z", "Wed 2026-11-25 13:00"),
        ];
        for (text, meant) in cases {
            assert_eq!(understood(text).as_deref(), Some(meant), "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_or_not_ahead_is_nothing() {
        for text in [
            "",
            "soon",
            "yesterday",
            "2020-01-01",
            "today 9am",
            "25:00",
            "13pm",
            "in 0 hours",
            "99 feb",
            "tue wed",
            "9am 10am",
            "in 900 weeks",
            "-3 hours",
            "until",
            "reply tomorrow",
            "3",
            "next",
            "today",
        ] {
            assert_eq!(understood(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_that_a_change_of_clocks_leaves_out_is_the_one_after() {
        let now: Zoned = "2026-03-28T12:00:00+01:00[Europe/Berlin]".parse().unwrap();
        let at = snooze_until("tomorrow 2:30", now.timestamp(), now.time_zone());
        assert_eq!(at, Some(Until::At("2026-03-29T03:30:00+02:00".parse().unwrap())));
    }

    fn zones() -> impl Strategy<Value = TimeZone> {
        let names =
            ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe"];
        proptest::sample::select(names.to_vec()).prop_map(|name| TimeZone::get(name).unwrap())
    }

    fn moments() -> impl Strategy<Value = Timestamp> {
        (1_500_000_000_i64..2_000_000_000).prop_map(|second| Timestamp::from_second(second).unwrap())
    }

    fn words() -> impl Strategy<Value = String> {
        let known: Vec<String> = ENGLISH
            .iter()
            .map(|(word, _)| (*word).to_owned())
            .chain(WEEKDAYS.iter().map(|(word, _)| (*word).to_owned()))
            .chain(["jan", "9am", "12:30", "3h", "31", "2027-02-28", "9999", "0"].map(str::to_owned))
            .collect();
        proptest::collection::vec(proptest::sample::select(known), 0..5).prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn whatever_is_understood_lies_ahead(text in prop_oneof![words(), any::<String>()], now in moments(), zone in zones()) {
            if let Some(Until::At(at)) = snooze_until(&text, now, &zone) {
                prop_assert!(at > now && at.duration_since(now) <= LONGEST);
            }
        }

        #[test]
        fn a_weekday_is_one_of_the_next_seven(day in 0_usize..7, now in moments(), zone in zones()) {
            let (name, weekday) = WEEKDAYS[day];
            let Some(Until::At(at)) = snooze_until(name, now, &zone) else { panic!("{name}") };
            let (at, today) = (at.to_zoned(zone.clone()), now.to_zoned(zone).date());
            prop_assert_eq!(at.weekday(), weekday);
            let days = at.date().since(today).unwrap().get_days();
            // A zone may have left a whole day out.
            prop_assert!((1..=8).contains(&days), "{} days", days);
        }

        #[test]
        fn hours_are_hours_whatever_the_clocks_do(hours in 1_i64..500, now in moments(), zone in zones()) {
            let meant = Until::At(now + SignedDuration::from_hours(hours));
            prop_assert_eq!(snooze_until(&format!("in {hours} hours"), now, &zone), Some(meant));
        }

        #[test]
        fn a_moment_written_out_is_that_moment(ahead in 1_i64..90_000_000, now in moments(), zone in zones()) {
            let at = now + SignedDuration::from_secs(ahead);
            prop_assert_eq!(snooze_until(&at.to_string(), now, &zone), Some(Until::At(at)));
        }
    }
}
