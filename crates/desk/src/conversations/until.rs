//! Until when something is put off, in the words of whoever puts it off: "tue 9am", "in 3 hours", "nächste Woche", "明日".
//! Decisions only. Words become tokens by a lexicon, and only the lexicon knows a language.

use super::lexicon::{self, Lexicon, MOST_WORDS, plain};
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
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
}

/// What words of time come to, in whichever language.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token {
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
    /// `am`, `pm`: whether it is the second half of the day.
    Half12(bool),
    /// What comes before a time of day: the number behind it is one.
    At,
    /// What makes the number before it a time of day.
    OClock,
    /// What makes the number before it a month.
    MonthMark,
    Date(Date),
    Later,
    Reply,
    Filler,
}

/// Which moment the words mean for somebody who speaks `language` and lives in `zone`; English is understood by everybody. None when
/// they are not understood, or it is not ahead.
pub fn snooze_until(text: &str, language: &str, now: Timestamp, zone: &TimeZone) -> Option<Until> {
    let own = lexicon::of(language);
    let english = lexicon::of("en")?;
    own.and_then(|own| meant(text, own, now, zone)).or_else(|| meant(text, english, now, zone))
}

/// As [`snooze_until`], for words whose writer's language is not known.
pub fn snooze_until_in_any(text: &str, now: Timestamp, zone: &TimeZone) -> Option<Until> {
    lexicon::all().find_map(|(_, lexicon)| meant(text, lexicon, now, zone))
}

fn meant(text: &str, lexicon: &Lexicon, now: Timestamp, zone: &TimeZone) -> Option<Until> {
    if text.len() > 200 {
        return None;
    }
    if let Ok(exact) = text.trim().parse::<Timestamp>() {
        return ahead(exact, now).map(Until::At);
    }
    let tokens = tokens(text, lexicon)?;
    if tokens.contains(&Token::Reply) {
        return tokens
            .iter()
            .all(|one| matches!(one, Token::Reply | Token::Filler | Token::At))
            .then_some(Until::Reply);
    }
    let wish = Wish::read(&tokens)?;
    ahead(wish.moment(&now.to_zoned(zone.clone()))?, now).map(Until::At)
}

fn ahead(moment: Timestamp, now: Timestamp) -> Option<Timestamp> {
    (moment > now && moment.duration_since(now) <= LONGEST).then_some(moment)
}

/// Digits and colons of other scripts as ours, small letters, without marks that only say how to write.
fn tidied(text: &str) -> String {
    let digit = |c: char, zero: char| char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c);
    let plain = |c: char| match c {
        '٠'..='٩' => Some(digit(c, '٠')),
        '۰'..='۹' => Some(digit(c, '۰')),
        '０'..='９' => Some(digit(c, '０')),
        '：' => Some(':'),
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2066}'..='\u{2069}' => None,
        other => Some(other),
    };
    text.chars().filter_map(plain).flat_map(char::to_lowercase).collect()
}

fn tokens(text: &str, lexicon: &Lexicon) -> Option<Vec<Token>> {
    let text = tidied(text);
    let parts = |c: char| c.is_whitespace() || ",،、，'’()（）".contains(c);
    let words: Vec<&str> = text.split(parts).map(|word| word.trim_end_matches('.')).filter(|w| !w.is_empty()).collect();
    let (mut tokens, mut rest) = (Vec::new(), words.as_slice());
    while !rest.is_empty() {
        let most = rest.len().min(MOST_WORDS);
        let phrase = (2..=most).rev().find_map(|count| {
            let phrase = rest[..count].iter().map(|word| plain(word)).collect::<Vec<_>>().join(" ");
            Some((count, lexicon.meaning(&phrase)?))
        });
        let used = match phrase {
            Some((count, meaning)) => {
                tokens.extend(meaning);
                count
            }
            None => {
                word(rest[0], lexicon, &mut tokens)?;
                1
            }
        };
        rest = &rest[used..];
    }
    Some(tokens)
}

/// What one word means: a known one, a number with what hangs on it, or several that are written without blanks.
fn word(word: &str, lexicon: &Lexicon, tokens: &mut Vec<Token>) -> Option<()> {
    let begins_with_digit = word.starts_with(|c: char| c.is_ascii_digit());
    if !begins_with_digit && let Some(meaning) = lexicon.meaning(&plain(word)) {
        tokens.extend(meaning);
        return Some(());
    }
    if begins_with_digit && let Some(token) = number(word, lexicon) {
        tokens.push(token);
        return Some(());
    }
    if !begins_with_digit && let Some(name) = lexicon.cut_short(&plain(word)) {
        tokens.push(name);
        return Some(());
    }
    if word.is_ascii() {
        return None;
    }
    let mut rest = word;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            // "9:30" may stand among other words.
            let with_colon = rest[digits..].strip_prefix(':').and_then(|minutes| minutes.get(..2));
            let used = if with_colon.is_some() { digits + 3 } else { digits };
            tokens.push(number(&rest[..used], lexicon)?);
            rest = &rest[used..];
            continue;
        }
        let (used, meaning) = lexicon.first_of(rest)?;
        tokens.extend(meaning);
        rest = &rest[used..];
    }
    Some(())
}

/// A word that begins with a number: `3`, `9am`, `2h`, `9:30`, `9h30`, `24th`, `2026-12-24`, `24.12.2026`.
fn number(word: &str, lexicon: &Lexicon) -> Option<Token> {
    if let Some(date) = date(word) {
        return Some(Token::Date(date));
    }
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = word.split_at(digits);
    let number: i64 = number.parse().ok().filter(|_| digits <= 4)?;
    match rest {
        "" | "st" | "nd" | "rd" | "th" | "er" | "º" => Some(Token::Number(number)),
        "am" | "pm" => half_day(number, 0, rest == "pm"),
        _ => match rest.strip_prefix([':', 'h']).filter(|minutes| minutes.starts_with(|c: char| c.is_ascii_digit())) {
            Some(minutes) => clock(number, minutes),
            None => match lexicon.meaning(&plain(rest))? {
                [Token::Unit(unit)] => Some(Token::Amount(number, *unit)),
                [Token::OClock] => clock(number, "00"),
                _ => None,
            },
        },
    }
}

/// A day in digits: year first with any sign between, or day first, as all our languages have it.
fn date(word: &str) -> Option<Date> {
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, second, first) };
    let short = |part: &str| Some(part).filter(|part| part.len() <= 2)?.parse::<i8>().ok();
    let year = Some(year).filter(|year| year.len() == 4)?.parse().ok()?;
    Date::new(year, short(month)?, short(day)?).ok()
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
    /// The time is only a part of the day by its name: an hour that follows says more.
    named: Option<i8>,
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
            [T::Half, T::Number(1), T::Unit(unit), ..] | [T::Number(1), T::Half, T::Unit(unit), ..] => {
                self.add_half(unit).map(|()| 3)
            }
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
            [T::At, T::Number(_), T::Unit(_) | T::Month(_) | T::MonthMark, ..] => Some(1),
            [T::At, T::Number(_) | T::Clock(..), ..] | [T::At, T::Half12(_), T::Number(_), ..] => {
                self.take_clock(&tokens[1..]).map(|used| used + 1)
            }
            [T::At, T::Amount(hour, Unit::Hour), ..] => self.set_time(i8::try_from(hour).ok()?, 0, 2),
            [T::At, ..] => Some(1),
            [T::Number(month), T::MonthMark, T::Number(day), T::Unit(Unit::Day), ..] => {
                self.set_day(Day::OfYear(i8::try_from(month).ok()?, i8::try_from(day).ok()?), 4)
            }
            [T::Clock(..), ..]
            | [T::Number(_), T::OClock | T::Half12(_) | T::Named(_), ..]
            | [T::Half12(_), T::Number(_) | T::Clock(..), ..] => self.take_clock(tokens),
            // After a day, hours are a time of it: "mardi 9h".
            [T::Amount(hour, Unit::Hour), ..] if self.day.is_some() && hour < 24 => {
                self.set_time(i8::try_from(hour).ok()?, 0, 1)
            }
            [T::Number(number), T::Unit(unit), ..] => self.add(number, unit, 2),
            [T::Amount(number, unit), ..] => self.add(number, unit, 1),
            [T::Next, T::Unit(Unit::Week), T::Weekday(day), ..] => self.set_day(Day::NextWeek(day), 3),
            [T::Next, T::Unit(Unit::Week), ..] => self.set_day(Day::NextWeek(Weekday::Monday), 2),
            [T::Next, T::Unit(Unit::Month), ..] => self.set_day(Day::NextMonth, 2),
            [T::Unit(Unit::Week), T::Next, T::Weekday(day), ..] => self.set_day(Day::NextWeek(day), 3),
            [T::Unit(Unit::Week), T::Next, ..] => self.set_day(Day::NextWeek(Weekday::Monday), 2),
            [T::Unit(Unit::Month), T::Next, ..] => self.set_day(Day::NextMonth, 2),
            [T::Weekend, T::Next, ..] => self.set_day(Day::NextWeek(Weekday::Saturday), 2),
            [T::Next, T::Unit(Unit::Day), ..] => self.set_day(Day::In(1), 2),
            [T::Next, T::Weekday(day), ..] => self.set_day(Day::NextWeek(day), 2),
            [T::Next, T::Weekend, ..] => self.set_day(Day::NextWeek(Weekday::Saturday), 2),
            [T::Weekday(day), T::Next, T::Unit(Unit::Week), ..] => self.set_day(Day::NextWeek(day), 3),
            [T::Weekday(day), T::Unit(Unit::Week), T::Next, ..] => self.set_day(Day::NextWeek(day), 3),
            [T::Weekday(day), T::Next, ..] => self.set_day(Day::NextWeek(day), 2),
            [T::Weekday(day), ..] => self.set_day(Day::Weekday(day), 1),
            [T::Weekend, ..] => self.set_day(Day::Weekday(Weekday::Saturday), 1),
            [T::Later, T::Today, ..] => self.set_later(2),
            [T::Later, ..] => self.set_later(1),
            [T::Today, ..] => self.set_day(Day::Today, 1),
            [T::Tonight, ..] => self.set_day(Day::Today, 1).and_then(|used| self.set_time(20, 0, used)),
            [T::Tomorrow, ..] => self.set_day(Day::In(1), 1),
            [T::AfterTomorrow, ..] => self.set_day(Day::In(2), 1),
            [T::Date(date), ..] => self.set_day(Day::Date(date), 1),
            [T::Named(hour), ..] => {
                let used = self.set_time(hour, 0, 1)?;
                self.named = Some(hour);
                Some(used)
            }
            _ => None,
        }
    }

    /// Takes a time of day: "9:30", "9 pm", "9 uhr 30", "午後9時半", "9:30 ص", "9 de la mañana".
    fn take_clock(&mut self, tokens: &[Token]) -> Option<usize> {
        use Token as T;
        let before = match tokens.first()? {
            T::Half12(is_pm) => Some(*is_pm),
            _ => None,
        };
        let mut used = usize::from(before.is_some());
        let (hour, minute) = match *tokens.get(used..)? {
            [T::Clock(hour, minute), T::OClock, ..] => {
                used += 2;
                (i64::from(hour), minute)
            }
            [T::Clock(hour, minute), ..] => {
                used += 1;
                (i64::from(hour), minute)
            }
            [T::Number(hour), T::OClock, T::Half, ..] => {
                used += 3;
                (hour, 30)
            }
            [T::Number(hour), T::OClock, T::Number(minute), T::Unit(Unit::Minute), ..] => {
                used += 4;
                (hour, i8::try_from(minute).ok()?)
            }
            [T::Number(hour), T::OClock, T::Number(minute), ..] => {
                used += 3;
                (hour, i8::try_from(minute).ok()?)
            }
            [T::Number(hour), T::OClock, ..] => {
                used += 2;
                (hour, 0)
            }
            [T::Number(hour), ..] => {
                used += 1;
                (hour, 0)
            }
            _ => return None,
        };
        let after = match tokens.get(used) {
            Some(T::Half12(is_pm)) if before.is_none() => Some(*is_pm),
            // "9 in the evening".
            Some(T::Named(named)) if (1..=12).contains(&hour) => Some(*named >= 12),
            _ => None,
        };
        used += usize::from(after.is_some());
        let is_named = matches!(tokens.get(used.saturating_sub(1)), Some(T::Named(_)));
        // "Tomorrow evening at 8."
        let named = self.named.take();
        if named.is_some() {
            self.time = None;
        }
        let by_name = named.filter(|_| (1..=12).contains(&hour) && !(is_named && hour == 12)).map(|named| named >= 12);
        match before.or(after).or(by_name) {
            // Noon is the twelfth hour of the afternoon; in the morning twelve is no hour.
            Some(is_pm) if !(is_named && hour == 12) => match half_day(hour, minute, is_pm)? {
                T::Clock(hour, minute) => self.set_time(hour, minute, used),
                _ => None,
            },
            _ => self.set_time(i8::try_from(hour).ok()?, minute, used),
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
        // "Tuesday, 1 December": the date says it all.
        if matches!((self.day, day), (Some(Day::Weekday(_)), Day::Date(_) | Day::OfYear(..))) {
            self.day = None;
        }
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
        understood_in("en", text)
    }

    fn understood_in(language: &str, text: &str) -> Option<String> {
        let now: Zoned = NOW.parse().unwrap();
        Some(match snooze_until(text, language, now.timestamp(), now.time_zone())? {
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
        let at = snooze_until("tomorrow 2:30", "en", now.timestamp(), now.time_zone());
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

    fn languages() -> impl Strategy<Value = &'static str> {
        proptest::sample::select(lexicon::all().map(|(tag, _)| tag).collect::<Vec<_>>())
    }

    fn words() -> impl Strategy<Value = String> {
        let known: Vec<String> = lexicon::all()
            .flat_map(|(_, lexicon)| lexicon.words())
            .chain(
                ["jan", "9am", "12:30", "3h", "31", "2027-02-28", "9999", "0", "9h30", "24.12.2026", "3時間後"]
                    .map(str::to_owned),
            )
            .collect();
        proptest::collection::vec(proptest::sample::select(known), 0..5).prop_map(|words| words.join(" "))
    }

    #[test]
    fn each_language_has_its_own_words_and_english_besides() {
        let cases = [
            ("de", "di 9 Uhr", "Tue 2026-12-01 09:00"),
            ("de", "in 2 Stunden", "Wed 2026-11-25 12:30"),
            ("de", "in einer halben Stunde", "Wed 2026-11-25 11:00"),
            ("de", "morgen", "Thu 2026-11-26 09:00"),
            ("de", "morgen früh um 8", "Thu 2026-11-26 08:00"),
            ("de", "übermorgen 14:30", "Fri 2026-11-27 14:30"),
            ("de", "nächste Woche", "Mon 2026-11-30 09:00"),
            ("de", "nächsten Freitag", "Fri 2026-12-04 09:00"),
            ("de", "heute Abend", "Wed 2026-11-25 18:00"),
            ("de", "am 24. Dezember um 18 Uhr", "Thu 2026-12-24 18:00"),
            ("de", "morgen Abend um 8", "Thu 2026-11-26 20:00"),
            ("de", "bis zur Antwort", "reply"),
            ("de", "tomorrow 5pm", "Thu 2026-11-26 17:00"),
            ("fr", "mardi 9h", "Tue 2026-12-01 09:00"),
            ("fr", "mardi à 9h30", "Tue 2026-12-01 09:30"),
            ("fr", "dans 2 heures", "Wed 2026-11-25 12:30"),
            ("fr", "dans une demi-heure", "Wed 2026-11-25 11:00"),
            ("fr", "demain", "Thu 2026-11-26 09:00"),
            ("fr", "demain après-midi", "Thu 2026-11-26 14:00"),
            ("fr", "après-demain", "Fri 2026-11-27 09:00"),
            ("fr", "la semaine prochaine", "Mon 2026-11-30 09:00"),
            ("fr", "lundi prochain", "Mon 2026-11-30 09:00"),
            ("fr", "ce soir", "Wed 2026-11-25 20:00"),
            ("fr", "jusqu’à la réponse", "reply"),
            ("es", "martes a las 9", "Tue 2026-12-01 09:00"),
            ("es", "en 2 horas", "Wed 2026-11-25 12:30"),
            ("es", "mañana", "Thu 2026-11-26 09:00"),
            ("es", "mañana por la mañana", "Thu 2026-11-26 09:00"),
            ("es", "mañana a las 3 de la tarde", "Thu 2026-11-26 15:00"),
            ("es", "pasado mañana", "Fri 2026-11-27 09:00"),
            ("es", "la próxima semana", "Mon 2026-11-30 09:00"),
            ("es", "la semana que viene", "Mon 2026-11-30 09:00"),
            ("es", "24 de diciembre", "Thu 2026-12-24 09:00"),
            ("es", "hasta que responda", "reply"),
            ("ja", "明日", "Thu 2026-11-26 09:00"),
            ("ja", "火曜日の9時", "Tue 2026-12-01 09:00"),
            ("ja", "明日の午後3時半", "Thu 2026-11-26 15:30"),
            ("ja", "2時間後", "Wed 2026-11-25 12:30"),
            ("ja", "３０分後", "Wed 2026-11-25 11:00"),
            ("ja", "来週", "Mon 2026-11-30 09:00"),
            ("ja", "来週金曜", "Fri 2026-12-04 09:00"),
            ("ja", "12月24日 18時", "Thu 2026-12-24 18:00"),
            ("ja", "返信まで", "reply"),
            ("ar", "غدًا", "Thu 2026-11-26 09:00"),
            ("ar", "غدا الساعة ٣ مساءً", "Thu 2026-11-26 15:00"),
            ("ar", "بعد ساعتين", "Wed 2026-11-25 12:30"),
            ("ar", "بعد 3 ساعات", "Wed 2026-11-25 13:30"),
            ("ar", "بعد غد", "Fri 2026-11-27 09:00"),
            ("ar", "الثلاثاء 9:00", "Tue 2026-12-01 09:00"),
            ("ar", "الأسبوع القادم", "Mon 2026-11-30 09:00"),
            ("ar", "حتى الرد", "reply"),
        ];
        for (language, text, meant) in cases {
            assert_eq!(understood_in(language, text).as_deref(), Some(meant), "{language}: {text}");
        }
        assert_eq!(understood_in("ja", "soon"), None);
        assert_eq!(understood_in("en", "morgen"), None, "only one's own language and English");
    }

    proptest! {
        #[test]
        fn whatever_is_understood_lies_ahead(text in prop_oneof![words(), any::<String>()], language in languages(), now in moments(), zone in zones()) {
            let understood = [snooze_until(&text, language, now, &zone), snooze_until_in_any(&text, now, &zone)];
            for until in understood.into_iter().flatten() {
                if let Until::At(at) = until {
                    prop_assert!(at > now && at.duration_since(now) <= LONGEST);
                }
            }
        }

        #[test]
        fn a_weekday_is_one_of_the_next_seven(day in 0_usize..7, now in moments(), zone in zones()) {
            let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
            let (name, weekday) = (names[day], Weekday::from_monday_zero_offset(i8::try_from(day).unwrap()).unwrap());
            let Some(Until::At(at)) = snooze_until(name, "en", now, &zone) else { panic!("{name}") };
            let (at, today) = (at.to_zoned(zone.clone()), now.to_zoned(zone).date());
            prop_assert_eq!(at.weekday(), weekday);
            let days = at.date().since(today).unwrap().get_days();
            // A zone may have left a whole day out.
            prop_assert!((1..=8).contains(&days), "{} days", days);
        }

        #[test]
        fn hours_are_hours_whatever_the_clocks_do(hours in 1_i64..500, now in moments(), zone in zones()) {
            let meant = Until::At(now + SignedDuration::from_hours(hours));
            prop_assert_eq!(snooze_until(&format!("in {hours} hours"), "en", now, &zone), Some(meant));
        }

        #[test]
        fn a_moment_written_out_is_that_moment(ahead in 1_i64..90_000_000, now in moments(), zone in zones()) {
            let at = now + SignedDuration::from_secs(ahead);
            prop_assert_eq!(snooze_until(&at.to_string(), "en", now, &zone), Some(Until::At(at)));
        }
    }
}
