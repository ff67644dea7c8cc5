//! Numbers, dates and times as each language writes them, by the data of Unicode's CLDR that comes with `icu`.

use std::fmt::Display;

use icu_calendar::{Date, Gregorian};
use icu_datetime::input::{DateTime, Time};
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter, NoCalendarFormatter, fieldsets};
use icu_decimal::input::Decimal;
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::Locale;
use jiff::Zoned;

use crate::catalogue::Words;
use crate::language::Language;

type DateFormat<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

/// A language's ways to write dates and numbers. None only if the data that is built in lacked the locale, which a test rules out.
pub(crate) struct Formats {
    number: NumberFormat,
    clock: Option<NoCalendarFormatter<fieldsets::T>>,
    day_month: Option<DateFormat<fieldsets::MD>>,
    month_year: Option<DateFormat<fieldsets::YM>>,
    weekday: Option<DateFormat<fieldsets::MDE>>,
    day_name: Option<DateFormat<fieldsets::E>>,
    date: Option<DateFormat<fieldsets::YMD>>,
    moment: Option<DateFormat<fieldsets::YMDT>>,
}

/// The way to write numbers.
pub(crate) struct NumberFormat(Option<DecimalFormatter>);

impl NumberFormat {
    pub(crate) fn new(language: Language) -> NumberFormat {
        let locale = locale(language);
        NumberFormat(DecimalFormatter::try_new(DecimalFormatterPreferences::from(&locale), Default::default()).ok())
    }

    pub(crate) fn write(&self, number: i64) -> String {
        self.decimal(&Decimal::from(number))
    }

    fn decimal(&self, number: &Decimal) -> String {
        self.0.as_ref().map_or_else(|| number.to_string(), |format| format.format(number).to_string())
    }
}

impl Formats {
    pub(crate) fn new(language: Language) -> Formats {
        let way = DateTimeFormatterPreferences::from(&locale(language));
        let hours = fieldsets::YMD::medium().with_time_hm();
        Formats {
            number: NumberFormat::new(language),
            clock: NoCalendarFormatter::try_new(way, fieldsets::T::hm()).ok(),
            day_month: DateFormat::try_new(way, fieldsets::MD::medium()).ok(),
            month_year: DateFormat::try_new(way, fieldsets::YM::medium()).ok(),
            weekday: DateFormat::try_new(way, fieldsets::MDE::long()).ok(),
            day_name: DateFormat::try_new(way, fieldsets::E::long()).ok(),
            date: DateFormat::try_new(way, fieldsets::YMD::long()).ok(),
            moment: DateFormat::try_new(way, hours).ok(),
        }
    }
}

impl Words {
    /// A whole number: `1,234`, `1.234`.
    pub fn number(self, number: impl TryInto<i64>) -> String {
        self.formats().number.write(number.try_into().unwrap_or(i64::MAX))
    }

    /// A number with one digit behind the point, given in tenths: `12.5`, `12,5`.
    pub fn tenths(self, tenths: i64) -> String {
        let mut number = Decimal::from(tenths);
        number.multiply_pow10(-1);
        self.formats().number.decimal(&number)
    }

    /// The time of day: `16:09`.
    pub fn clock(self, at: &Zoned) -> String {
        said(self.formats().clock.as_ref().map(|format| format.format(&time(at))), at)
    }

    /// The day in a year that is clear: `2 Oct`.
    pub fn day_month(self, at: &Zoned) -> String {
        said(self.formats().day_month.as_ref().map(|format| format.format(&date(at))), at)
    }

    /// The month: `Oct 2026`.
    pub fn month_year(self, at: &Zoned) -> String {
        said(self.formats().month_year.as_ref().map(|format| format.format(&date(at))), at)
    }

    /// The day of this year, with its weekday: `Friday 2 October`.
    pub fn weekday(self, at: &Zoned) -> String {
        said(self.formats().weekday.as_ref().map(|format| format.format(&date(at))), at)
    }

    /// The day of the week: `Friday`.
    pub fn day_name(self, at: &Zoned) -> String {
        said(self.formats().day_name.as_ref().map(|format| format.format(&date(at))), at)
    }

    /// The day: `2 October 2026`.
    pub fn date(self, at: &Zoned) -> String {
        said(self.formats().date.as_ref().map(|format| format.format(&date(at))), at)
    }

    /// Day and time of day: `2 Oct 2026, 16:09`.
    pub fn moment(self, at: &Zoned) -> String {
        let whole = DateTime { date: date(at), time: time(at) };
        said(self.formats().moment.as_ref().map(|format| format.format(&whole)), at)
    }
}

/// The words; without a format the way that machines write.
fn said(words: Option<impl Display>, at: &Zoned) -> String {
    words.map_or_else(|| at.strftime("%Y-%m-%d %H:%M").to_string(), |words| words.to_string())
}

fn locale(language: Language) -> Locale {
    language.locale().parse().unwrap_or(Locale::UNKNOWN)
}

fn date(at: &Zoned) -> Date<Gregorian> {
    let month = at.month().unsigned_abs();
    let day = at.day().unsigned_abs();
    // Every date of jiff's is one of the Gregorian calendar's.
    Date::try_new_gregorian(at.year().into(), month, day).unwrap_or_else(|_| Date::from_rata_die(RATA_DIE, Gregorian))
}

/// The first day of the first year.
const RATA_DIE: icu_calendar::types::RataDie = icu_calendar::types::RataDie::new(1);

fn time(at: &Zoned) -> Time {
    let part = i8::unsigned_abs;
    Time::try_new(part(at.hour()), part(at.minute()), part(at.second()), 0).unwrap_or(Time::start_of_day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Zoned {
        text.parse::<jiff::Timestamp>().unwrap().to_zoned(jiff::tz::TimeZone::UTC)
    }

    #[test]
    fn dates_are_written_as_each_language_does() {
        let day = at("2026-10-02T09:05:00Z");
        let moments: Vec<String> = Language::ALL.iter().map(|language| Words::of(*language).moment(&day)).collect();
        assert_eq!(moments[0], "2 Oct 2026, 09:05");
        assert_eq!(moments[1], "02.10.2026, 09:05");
        assert_eq!(moments[2], "2 oct. 2026, 09:05");
        assert_eq!(moments[3], "2 oct 2026, 09:05");
        assert_eq!(moments[4], "2026/10/02 9:05");
        assert!(moments[5].contains("9:05 ص"), "{}", moments[5]);
        assert_eq!(Words::of(Language::De).weekday(&day), "Freitag, 2. Oktober");
        assert_eq!(Words::of(Language::Ja).date(&day), "2026年10月2日");
    }

    #[test]
    fn numbers_are_written_as_each_language_does() {
        let numbers: Vec<String> =
            Language::ALL.iter().map(|language| Words::of(*language).number(1_234_567)).collect();
        assert_eq!(numbers[..2], ["1,234,567", "1.234.567"]);
        assert_eq!(Words::of(Language::De).tenths(125), "12,5");
        assert_eq!(Words::of(Language::En).tenths(120), "12.0");
    }

    #[test]
    fn no_language_lacks_its_formats() {
        for language in Language::ALL {
            let formats = Formats::new(*language);
            assert!(formats.number.0.is_some() && formats.clock.is_some() && formats.moment.is_some());
            assert!(
                formats.day_month.is_some()
                    && formats.month_year.is_some()
                    && formats.weekday.is_some()
                    && formats.day_name.is_some()
                    && formats.date.is_some()
            );
        }
    }
}
