//! From what is expected to who is needed: what is promised in a channel, the shifts that are planned, and the gap between them.
//! Decisions only.

use super::{
    backlog::{self, Inflow},
    erlang::{self, Load, Promise},
    forecast::{Day, Expected, Kind},
};
use crate::{
    Error, FieldError, Result,
    calendars::{Calendar, Hours, Reason, Span},
};
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, DateTime},
};
use serde::{Deserialize, Serialize};

/// The days that are looked ahead.
pub const DAYS: usize = 7;
/// Days beyond them that are reckoned with, so that the last days' work is not all due at the end of the week.
const DAYS_BEYOND: usize = 7;
/// Less work in an hour, three minutes of it, needs nobody of its own: it is done along with that of the hours beside it.
const LEAST_WORK: f64 = 0.05;
/// The most people of one shift.
const MOST_PEOPLE: u16 = 5000;
/// The most shifts of a day.
const MOST_SHIFTS: usize = 24;

/// How those who come are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// They are there and wait: calls, chats.
    Live,
    /// What they wrote waits: e-mail.
    Backlog,
}

/// What is promised in a channel, and what it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Aim {
    /// How those who come are served.
    pub method: Method,
    /// Mean seconds of work that one takes.
    pub handling: u32,
    /// How many one person looks after at once.
    pub at_once: u32,
    /// Of a hundred who call or chat, how many are to be answered in time.
    pub share: u32,
    /// In how many seconds.
    pub within: u32,
    /// Mean seconds until one who waits gives up; 0: they wait until they are answered.
    pub patience: u32,
    /// In how many business hours everything written is answered.
    pub hours: u32,
    /// The most of their time in which people are to be busy, in percent.
    pub busy: u32,
    /// Share of the time paid that is breaks, meetings, leave and illness, in percent.
    pub shrinkage: u32,
}

impl Default for Aim {
    fn default() -> Self {
        Self::of("email")
    }
}

impl Aim {
    /// What a channel is promised until somebody says otherwise.
    pub fn of(channel: &str) -> Self {
        let live = |handling, at_once, within| Self {
            method: Method::Live,
            handling,
            at_once,
            share: 80,
            within,
            patience: 120,
            hours: 8,
            busy: 85,
            shrinkage: 30,
        };
        match channel {
            "phone" | "voice" | "call" => live(300, 1, 20),
            "chat" | "messenger" => live(600, 2, 60),
            _ => Self { method: Method::Backlog, ..live(360, 1, 60) },
        }
    }

    /// Checks what people filled in.
    ///
    /// # Errors
    /// [`Error::Invalid`] by field: `too_small` or `too_great`.
    pub fn checked(self) -> Result<Self> {
        let bounds = [
            ("handling", self.handling, 1, 86_400),
            ("at_once", self.at_once, 1, 20),
            ("share", self.share, 1, 99),
            ("within", self.within, 0, 86_400),
            ("patience", self.patience, 0, 86_400),
            ("hours", self.hours, 1, 200),
            ("busy", self.busy, 10, 100),
            ("shrinkage", self.shrinkage, 0, 80),
        ];
        let wrong = |(field, value, least, most): (&'static str, u32, u32, u32)| match value {
            value if value < least => Some(FieldError { field, problem: "too_small" }),
            value if value > most => Some(FieldError { field, problem: "too_great" }),
            _ => None,
        };
        let problems: Vec<FieldError> = bounds.into_iter().filter_map(wrong).collect();
        if problems.is_empty() { Ok(self) } else { Err(Error::Invalid(problems)) }
    }

    fn promise(&self) -> Promise {
        Promise {
            share: f64::from(self.share) / 100.0,
            within: f64::from(self.within),
            patience: (self.patience > 0).then(|| f64::from(self.patience)),
            busy: f64::from(self.busy) / 100.0,
        }
    }

    fn shrunk(&self, working: f64) -> u32 {
        erlang::with_shrinkage(working, f64::from(self.shrinkage) / 100.0)
    }

    /// How many must be planned for an hour in which so many call or chat.
    fn live(&self, per_hour: f64) -> u32 {
        let load = Load { per_hour, handling: f64::from(self.handling) };
        self.shrunk(f64::from(erlang::servers_needed(load, &self.promise())) / f64::from(self.at_once.max(1)))
    }
}

/// People who work in a span of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// When, by the clock on the wall.
    pub span: Span,
    /// How many.
    pub people: u16,
}

/// Why a text is no shifts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoShifts {
    /// It is not hours with a number of people behind an equals sign.
    Unreadable,
    /// A shift ends before it begins.
    Backwards,
    /// More people or shifts than there is room for.
    TooMany,
}

/// The shifts of a day; where they lie over one another, their people add up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shifts(Vec<Shift>);

/// The shifts from Monday to Sunday.
pub type Week = [Shifts; 7];

impl Shifts {
    /// Reads `9-13 = 2, 12-18 = 3`: hours as [`Hours::parse`] reads them, and how many people behind an equals sign or a cross.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn parse(text: &str) -> std::result::Result<Self, NoShifts> {
        let mut shifts = Vec::new();
        for part in text.split([',', ';', '\u{060C}', '\u{3001}']).map(str::trim).filter(|part| !part.is_empty()) {
            let (hours, people) = part.rsplit_once(['=', '×', '＝', 'x']).ok_or(NoShifts::Unreadable)?;
            let hours = Hours::parse(hours).map_err(|why| match why {
                crate::calendars::NoHours::Backwards => NoShifts::Backwards,
                _ => NoShifts::Unreadable,
            })?;
            let [span] = hours.spans() else { return Err(NoShifts::Unreadable) };
            let people = number(people.trim()).ok_or(NoShifts::Unreadable)?;
            if people > u32::from(MOST_PEOPLE) || shifts.len() == MOST_SHIFTS {
                return Err(NoShifts::TooMany);
            }
            shifts.push(Shift { span: *span, people: people as u16 });
        }
        shifts.sort_by_key(|shift: &Shift| shift.span);
        Ok(Self(shifts))
    }

    /// Whether nobody is planned.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|shift| shift.people == 0)
    }

    /// How many people are there in an hour of the day, on average.
    pub fn people(&self, hour: usize) -> f64 {
        let (start, end) = (hour as u16 * 60, hour as u16 * 60 + 60);
        let there = |shift: &Shift| {
            let minutes = shift.span.end.min(end).saturating_sub(shift.span.start.max(start));
            f64::from(minutes) / 60.0 * f64::from(shift.people)
        };
        self.0.iter().map(there).sum()
    }
}

/// Digits of the West and of Arabic script.
fn number(text: &str) -> Option<u32> {
    let digit = |c: char| c.to_digit(10).or_else(|| ('٠'..='٩').contains(&c).then(|| c as u32 - '٠' as u32));
    if text.is_empty() || text.chars().count() > 5 {
        return None;
    }
    text.chars().try_fold(0, |sum, c| Some(sum * 10 + digit(c)?))
}

impl std::fmt::Display for Shifts {
    /// As [`Shifts::parse`] reads it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, Shift { span: Span { start, end }, people }) in self.0.iter().enumerate() {
            let comma = if place > 0 { ", " } else { "" };
            write!(f, "{comma}{:02}:{:02}\u{2013}{:02}:{:02} = {people}", start / 60, start % 60, end / 60, end % 60)?;
        }
        Ok(())
    }
}

/// The kind of a date in a calendar: off when it is closed although its weekday is not.
pub(super) fn kind_of(calendar: &Calendar, date: Date) -> Kind {
    let weekday = date.weekday().to_monday_zero_offset() as usize;
    let (hours, reason) = calendar.hours_on(date);
    let off = match reason {
        Reason::Week => false,
        Reason::Holiday(_) => true,
        Reason::Own(_) => hours.is_closed() && !calendar.week[weekday].is_closed(),
    };
    Kind { weekday, off }
}

/// The days from the first on which something came until before `today`, by the clock of the calendar. `counts` are hours of the
/// clock, in their order, with how many came.
pub(super) fn days_of(calendar: &Calendar, counts: &[(Timestamp, f64)], today: Date) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    let Some((first, _)) = counts.first() else { return days };
    let first = first.to_zoned(calendar.zone.clone()).date();
    for date in first.series(1.day()).take_while(|date| *date < today).take(800) {
        days.push(Day { kind: kind_of(calendar, date), hours: [0.0; 24] });
    }
    for (at, count) in counts {
        let wall = at.to_zoned(calendar.zone.clone());
        let day = (wall.date() - first).get_days();
        if let Some(day) = usize::try_from(day).ok().and_then(|day| days.get_mut(day)) {
            day.hours[wall.hour() as usize] += count;
        }
    }
    days
}

/// The kinds of `today` and the days after it, as far as [`plan`] asks for.
pub(super) fn ahead(calendar: &Calendar, today: Date) -> Vec<Kind> {
    today.series(1.day()).take(DAYS + DAYS_BEYOND).map(|date| kind_of(calendar, date)).collect()
}

/// An hour ahead: who comes, who is needed, who is planned.
#[derive(Debug, Clone, PartialEq)]
pub struct HourAhead {
    /// The hour of the day, 0 to 23.
    pub hour: usize,
    /// It is over, as far as today goes.
    pub over: bool,
    /// What is expected.
    pub expected: Expected,
    /// How much of it the desk is open, from 0 to 1.
    pub open: f64,
    /// How many people must be planned.
    pub needed: u32,
    /// How many people are planned, on average.
    pub planned: f64,
}

/// The gap between the people needed in an hour and those planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Nobody is needed and nobody planned.
    Nothing,
    /// So many are missing.
    Short(u32),
    /// It fits.
    Fits,
    /// So many more are planned than needed.
    Spare(u32),
}

impl HourAhead {
    /// The gap; a shift that is there for part of the hour only counts for that part.
    pub fn gap(&self) -> Gap {
        let (needed, planned) = (f64::from(self.needed), self.planned);
        if self.needed == 0 && planned < 0.01 {
            Gap::Nothing
        } else if needed - planned > 0.01 {
            Gap::Short((needed - planned - 0.01).ceil() as u32)
        } else if planned - needed >= 1.0 {
            Gap::Spare((planned - needed) as u32)
        } else {
            Gap::Fits
        }
    }
}

/// A day ahead.
#[derive(Debug, Clone, PartialEq)]
pub struct DayAhead {
    /// Which.
    pub date: Date,
    /// A public holiday, or a day off of the desk's own.
    pub off: bool,
    /// Its hours.
    pub hours: Vec<HourAhead>,
}

impl DayAhead {
    /// How many are expected in all.
    pub fn expected(&self) -> f64 {
        self.hours.iter().map(|hour| hour.expected.mean).sum()
    }

    /// How many hours of people are needed in all.
    pub fn needed(&self) -> u32 {
        self.hours.iter().filter(|hour| !hour.over).map(|hour| hour.needed).sum()
    }

    /// How many hours of people are planned in all.
    pub fn planned(&self) -> f64 {
        self.hours.iter().filter(|hour| !hour.over).map(|hour| hour.planned).sum()
    }

    /// In how many hours there are too few.
    pub fn short(&self) -> usize {
        self.hours.iter().filter(|hour| !hour.over && matches!(hour.gap(), Gap::Short(_))).count()
    }
}

/// Who is needed in the hours of the next days. `expected` begins with today's; `waiting` is how many wait for an answer already.
pub(super) fn plan(
    calendar: &Calendar,
    now: Timestamp,
    expected: &[[Expected; 24]],
    aim: &Aim,
    week: &Week,
    waiting: f64,
) -> Vec<DayAhead> {
    let clock = now.to_zoned(calendar.zone.clone()).datetime();
    let first = clock.date();
    let mut days: Vec<DayAhead> = first
        .series(1.day())
        .zip(expected)
        .map(|(date, hours)| {
            let kind = kind_of(calendar, date);
            let closed_for_once = calendar.hours_on(date).0.is_closed() && kind.off;
            let hours = hours.iter().enumerate().map(|(hour, expected)| HourAhead {
                hour,
                over: date == first && hour < clock.hour() as usize,
                expected: *expected,
                open: open_share(calendar, date, hour),
                needed: 0,
                planned: if closed_for_once { 0.0 } else { week[kind.weekday].people(hour) },
            });
            DayAhead { date, off: kind.off, hours: hours.collect() }
        })
        .collect();
    let needed: Vec<u32> = match aim.method {
        Method::Live => {
            let of = |hour: &HourAhead| if hour.open > 0.0 { aim.live(hour.expected.mean) } else { 0 };
            days.iter().flat_map(|day| &day.hours).map(of).collect()
        }
        Method::Backlog => keep_up(&days, clock, aim, waiting),
    };
    for (hour, needed) in days.iter_mut().flat_map(|day| &mut day.hours).zip(needed) {
        hour.needed = if hour.over { 0 } else { needed };
    }
    days.truncate(DAYS);
    days
}

/// Who is needed so that nothing written waits too long, from this moment on.
fn keep_up(days: &[DayAhead], clock: DateTime, aim: &Aim, waiting: f64) -> Vec<u32> {
    let each = f64::from(aim.handling) / 3600.0 / f64::from(aim.at_once.max(1));
    let left = 1.0 - f64::from(clock.minute() as u16) / 60.0;
    let inflow = |day: &DayAhead, hour: &HourAhead| {
        let part = match (day.date == clock.date(), hour.hour.cmp(&(clock.hour() as usize))) {
            (true, std::cmp::Ordering::Less) => 0.0,
            (true, std::cmp::Ordering::Equal) => left,
            _ => 1.0,
        };
        Inflow { work: hour.expected.mean * each * part, open: hour.open * part }
    };
    let hours: Vec<Inflow> = days.iter().flat_map(|day| day.hours.iter().map(move |hour| inflow(day, hour))).collect();
    let busy = f64::from(aim.busy) / 100.0;
    backlog::at_work(&hours, waiting * each, f64::from(aim.hours))
        .into_iter()
        .map(|people| if people < LEAST_WORK { 0 } else { aim.shrunk(people / busy) })
        .collect()
}

fn open_share(calendar: &Calendar, date: Date, hour: usize) -> f64 {
    let start = date.at(hour as i8, 0, 0, 0).to_zoned(calendar.zone.clone());
    let Ok(start) = start.map(|start| start.timestamp()) else { return 0.0 };
    let Ok(end) = start.checked_add(SignedDuration::from_hours(1)) else { return 0.0 };
    let (hours, _) = calendar.hours_on(date);
    if hours.is_closed() {
        return 0.0;
    }
    (calendar.open_between(start, end).as_secs_f64() / 3600.0).clamp(0.0, 1.0)
}

/// The hour of the clock in which a moment lies.
pub(super) fn hour_of(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second().div_euclid(3600) * 3600).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendars::OwnDay;
    use jiff::{civil::date, tz::TimeZone};
    use proptest::prelude::*;

    fn office() -> Calendar {
        let day = |text| Hours::parse(text).unwrap();
        Calendar {
            zone: TimeZone::get("Europe/Berlin").unwrap(),
            week: std::array::from_fn(|weekday| if weekday < 5 { day("9-17") } else { Hours::CLOSED }),
            ..Calendar::always()
        }
        .with_holidays_of("DE", "BE")
    }

    fn shifts(text: &str) -> Shifts {
        Shifts::parse(text).unwrap()
    }

    #[test]
    fn shifts_are_read_as_people_write_them() {
        let day = shifts("12-18 = 3, 9:00–13:00=2");
        assert_eq!(day.to_string(), "09:00–13:00 = 2, 12:00–18:00 = 3");
        assert_eq!([8, 9, 12, 13, 17, 18].map(|hour| day.people(hour)), [0.0, 2.0, 5.0, 3.0, 3.0, 0.0]);
        assert_eq!(shifts("9:30-10:15 x 2").people(9), 1.0);
        assert_eq!(shifts("").people(12), 0.0);
        assert_eq!(shifts("22-24 = ٣").people(23), 3.0);
        for (text, why) in [
            ("9-17", NoShifts::Unreadable),
            ("9-17 = many", NoShifts::Unreadable),
            ("= 3", NoShifts::Unreadable),
            ("17-9 = 2", NoShifts::Backwards),
            ("9-17 = 99999", NoShifts::TooMany),
        ] {
            assert_eq!(Shifts::parse(text), Err(why), "{text}");
        }
    }

    #[test]
    fn a_closed_day_is_off_and_a_weekend_is_a_weekend() {
        let mut calendar = office();
        assert_eq!(kind_of(&calendar, date(2026, 12, 25)), Kind { weekday: 4, off: true });
        assert_eq!(kind_of(&calendar, date(2026, 11, 28)), Kind { weekday: 5, off: false });
        calendar.days.insert(date(2026, 12, 25), OwnDay { name: "Rush".into(), hours: Hours::parse("9-12").unwrap() });
        calendar.days.insert(date(2026, 11, 30), OwnDay { name: "Outing".into(), hours: Hours::CLOSED });
        assert!(!kind_of(&calendar, date(2026, 12, 25)).off);
        assert!(kind_of(&calendar, date(2026, 11, 30)).off);
    }

    #[test]
    fn hours_of_the_clock_become_days_of_the_calendar() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        // Half past midnight in Berlin is the day before in UTC.
        let counts =
            [(at("2026-11-23T23:00:00Z"), 2.0), (at("2026-11-25T08:00:00Z"), 5.0), (at("2026-11-26T08:00:00Z"), 1.0)];
        let days = days_of(&office(), &counts, date(2026, 11, 26));
        assert_eq!(days.len(), 2);
        assert_eq!((days[0].kind.weekday, days[0].hours[0], days[1].hours[9]), (1, 2.0, 5.0));
        // On the day when clocks are put back, the hour that comes twice holds both.
        let counts = [(at("2026-10-25T00:00:00Z"), 1.0), (at("2026-10-25T01:00:00Z"), 1.0)];
        assert_eq!(days_of(&office(), &counts, date(2026, 10, 26))[0].hours[2], 2.0);
        assert_eq!(hour_of(at("2026-11-26T08:59:59.9Z")), at("2026-11-26T08:00:00Z"));
    }

    fn flat(mean: f64) -> Vec<[Expected; 24]> {
        vec![[Expected { mean, low: 0.0, high: mean }; 24]; DAYS + DAYS_BEYOND]
    }

    #[test]
    fn mail_of_the_night_is_answered_by_day_and_nobody_is_needed_at_night() {
        let monday = "2026-11-30T06:00:00Z".parse().unwrap();
        let aim = Aim { handling: 600, hours: 8, busy: 100, shrinkage: 0, ..Aim::of("email") };
        let week: Week = std::array::from_fn(|_| shifts("9-17 = 4"));
        let days = plan(&office(), monday, &flat(6.0), &aim, &week, 0.0);
        assert_eq!(days.len(), DAYS);
        let tuesday = &days[1];
        assert!(tuesday.hours.iter().all(|hour| (hour.needed > 0) == (9..17).contains(&hour.hour)));
        // An hour of work comes in each hour, three times as many hours as the desk is open: three people, and one of them is missing
        // nowhere, since four are planned.
        assert!(tuesday.hours[9..17].iter().all(|hour| hour.needed == 3 && hour.gap() == Gap::Spare(1)), "{tuesday:?}");
        assert_eq!(tuesday.short(), 0);
        let saturday = &days[5];
        assert_eq!((saturday.needed(), saturday.hours[10].gap()), (0, Gap::Spare(4)));
        // Two hundred who wait already make today harder.
        let more = plan(&office(), monday, &flat(6.0), &aim, &week, 200.0);
        assert!(more[0].needed() > days[0].needed() && more[0].short() > 0);
    }

    #[test]
    fn calls_need_what_erlang_says_while_the_desk_is_open() {
        let aim = Aim { handling: 180, within: 20, patience: 0, busy: 100, shrinkage: 30, ..Aim::of("phone") };
        let monday = "2026-11-30T09:30:00Z".parse().unwrap();
        let days = plan(&office(), monday, &flat(200.0), &aim, &Week::default(), 0.0);
        assert_eq!((days[0].hours[9].needed, days[0].hours[9].over), (0, true), "it is over");
        assert_eq!((days[0].hours[10].needed, days[0].hours[10].gap()), (20, Gap::Short(20)));
        assert_eq!((days[0].hours[17].needed, days[0].hours[17].gap()), (0, Gap::Nothing));
        let two = Aim { at_once: 2, ..aim };
        assert_eq!(plan(&office(), monday, &flat(200.0), &two, &Week::default(), 0.0)[0].hours[10].needed, 10);
    }

    #[test]
    fn nobody_is_planned_on_a_day_off() {
        let eve = "2026-12-24T06:00:00Z".parse().unwrap();
        let week: Week = std::array::from_fn(|_| shifts("9-17 = 4"));
        let days = plan(&office(), eve, &flat(1.0), &Aim::of("email"), &week, 0.0);
        assert!(days[1].off && days[1].planned() == 0.0 && days[1].needed() == 0);
        assert_eq!(days[0].hours[10].planned, 4.0);
    }

    #[test]
    fn what_is_promised_has_bounds() {
        assert!(Aim::of("email").checked().is_ok() && Aim::of("chat").checked().is_ok());
        let Err(Error::Invalid(wrong)) = Aim { share: 100, handling: 0, ..Aim::of("phone") }.checked() else {
            panic!()
        };
        assert_eq!(wrong.iter().map(|one| one.field).collect::<Vec<_>>(), ["handling", "share"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

        #[test]
        fn shifts_are_shown_as_they_are_read(spans in proptest::collection::vec((0_u16..1380, 1_u16..60, 0_u16..100), 0..6)) {
            let text: Vec<String> = spans.iter().map(|(from, long, people)| {
                let end = from + long;
                format!("{}:{:02}-{}:{:02} = {people}", from / 60, from % 60, end / 60, end % 60)
            }).collect();
            let read = shifts(&text.join(", "));
            prop_assert_eq!(Shifts::parse(&read.to_string()), Ok(read));
        }

        #[test]
        fn no_text_of_shifts_makes_it_stumble(text in ".{0,40}") {
            let _either_way = Shifts::parse(&text);
        }

        #[test]
        fn people_of_all_hours_are_the_minutes_of_all_shifts(spans in proptest::collection::vec((0_u16..1380, 1_u16..60, 0_u16..100), 0..6)) {
            let shifts = Shifts(spans.iter().map(|(start, long, people)| Shift { span: Span { start: *start, end: start + long }, people: *people }).collect());
            let hours: f64 = (0..24).map(|hour| shifts.people(hour)).sum();
            let minutes: f64 = spans.iter().map(|(_, long, people)| f64::from(*long) * f64::from(*people)).sum();
            prop_assert!((hours - minutes / 60.0).abs() < 1e-6);
        }
    }
}
