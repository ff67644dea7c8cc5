//! A month of a calendar, day by day, so that one sees what hours and holidays come to.

use desk::calendars::{Calendar, Reason, holidays};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use words::{Language, Words};

use crate::components::field::notice;
use crate::components::{Icon, small_icon};

/// The month that an address asks for (`2026-12`), or the one of today.
pub(crate) fn asked(month: Option<&str>, today: Date) -> Date {
    let first = month.and_then(|month| format!("{month}-01").parse::<Date>().ok());
    first.filter(|date| (1900..=2200).contains(&date.year())).unwrap_or(today.first_of_month())
}

/// A day as words write it; a date has no time zone, so any will do.
pub(crate) fn day_words(words: Words, day: Date) -> String {
    day.to_zoned(TimeZone::UTC).map_or_else(|_| day.to_string(), |at| words.date(&at))
}

/// The name of a weekday, 0 for Monday.
pub(crate) fn weekday_words(words: Words, index: usize) -> String {
    // The fifth of January 2026 is a Monday.
    let monday = jiff::civil::date(2026, 1, 5);
    let day = monday.checked_add((index as i64).days()).unwrap_or(monday);
    day.to_zoned(TimeZone::UTC).map_or_else(|_| index.to_string(), |at| words.day_name(&at))
}

/// Why a day differs from its week, in the reader's words.
fn reason_words<'a>(words: Words, reason: &Reason<'a>) -> Option<&'a str> {
    match reason {
        Reason::Week => None,
        Reason::Holiday(holiday) => Some(if words.language() == Language::En { holiday.english } else { holiday.name }),
        Reason::Own(own) => Some(own.name.as_str()),
    }
}

/// The month that begins on `first`; `here` is the page's address.
pub(crate) fn month(
    calendar: &Calendar,
    has_holidays: bool,
    first: Date,
    today: Date,
    here: &str,
    words: Words,
) -> Markup {
    let days: Vec<Date> = first.series(1.day()).take(first.days_in_month() as usize).collect();
    let lead = first.weekday().to_monday_zero_offset() as usize;
    let mut cells: Vec<Option<Date>> = std::iter::repeat_n(None, lead).chain(days.iter().copied().map(Some)).collect();
    cells.resize(cells.len().next_multiple_of(7), None);
    let step = |months: i64| first.checked_add(months.months()).unwrap_or(first).strftime("%Y-%m").to_string();
    let title = first.to_zoned(TimeZone::UTC).map_or_else(|_| first.to_string(), |at| words.month_year(&at));
    let special: Vec<(Date, &str, String)> = days
        .iter()
        .filter_map(|day| {
            let (hours, reason) = calendar.hours_on(*day);
            let hours = if hours.is_closed() { words.hours_closed().to_owned() } else { hours.to_string() };
            Some((*day, reason_words(words, &reason)?, hours))
        })
        .collect();
    let minutes: i64 = days.iter().map(|day| i64::from(calendar.hours_on(*day).0.minutes())).sum();
    html! {
        section.panel aria-label=(words.hours_preview()) id="month" {
            header {
                div.grow { h2 { (title) } p { (words.hours_in_month(tenths(words, minutes))) } }
                div.actions {
                    a.button href={ (here) "?month=" (step(-1)) "#month" } rel="prev" { (words.hours_earlier()) }
                    a.button href={ (here) "?month=" (step(1)) "#month" } rel="next" { (words.hours_later()) }
                }
            }
            @if has_holidays && !holidays::YEARS.contains(&first.year()) {
                div.panel-body { (notice(Icon::Warning, "warn", &words.hours_unknown_year(holidays::YEARS.start().to_string(), holidays::YEARS.end().to_string()))) }
            }
            table.month {
                thead { tr { @for index in 0..7 { @let name = weekday_words(words, index); th scope="col" abbr=(name) { (short(&name)) } } } }
                tbody { @for week in cells.chunks(7) { tr { @for cell in week { (day_cell(calendar, *cell, today, words)) } } } }
            }
            @if !special.is_empty() {
                ul.rows { @for (day, why, hours) in special {
                    li { (small_icon(Icon::Star)) div.main { span.title { span.cut dir="auto" { (why) } } span.detail { (day_words(words, day)) " · " bdi { (hours) } } } }
                } }
            }
        }
    }
}

fn day_cell(calendar: &Calendar, day: Option<Date>, today: Date, words: Words) -> Markup {
    let Some(day) = day else { return html! { td {} } };
    let (hours, reason) = calendar.hours_on(day);
    let why = reason_words(words, &reason);
    let said = match (hours.is_closed(), why) {
        (true, None) => words.hours_closed().to_owned(),
        (true, Some(why)) => format!("{}: {why}", words.hours_closed()),
        (false, None) => hours.to_string(),
        (false, Some(why)) => format!("{hours}: {why}"),
    };
    html! {
        td data-closed[hours.is_closed()] data-special[why.is_some()] aria-current=[(day == today).then_some("date")] title=(said) {
            span.number { (words.number(i64::from(day.day()))) }
            @if hours.is_closed() { span.visually-hidden { (said) } } @else { span.long { (tenths(words, i64::from(hours.minutes()))) " " (words.hours_unit()) } }
        }
    }
}

/// Hours with a digit behind the point where it says something.
fn tenths(words: Words, minutes: i64) -> String {
    let tenths = (minutes * 10 + 30) / 60;
    if tenths % 10 == 0 { words.number(tenths / 10) } else { words.tenths(tenths) }
}

/// The beginning of a weekday's name, as narrow columns show it.
fn short(name: &str) -> String {
    // Arabic weekdays all begin with the article.
    let name = name.strip_prefix("ال").unwrap_or(name);
    name.chars().take(if name.is_ascii() || name.chars().any(|c| c.is_ascii_alphabetic()) { 2 } else { 3 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_address_that_names_no_month_shows_this_one() {
        let today = date(2026, 11, 26);
        for (asked_for, shown) in [
            (None, date(2026, 11, 1)),
            (Some("2026-12"), date(2026, 12, 1)),
            (Some("2026-13"), date(2026, 11, 1)),
            (Some("9999-12"), date(2026, 11, 1)),
            (Some("<script>"), date(2026, 11, 1)),
        ] {
            assert_eq!(asked(asked_for, today), shown, "{asked_for:?}");
        }
    }

    #[test]
    fn weekdays_are_named_in_the_readers_language() {
        assert_eq!(weekday_words(Words::of(Language::De), 0), "Montag");
        assert_eq!(weekday_words(Words::of(Language::Ja), 6), "日曜日");
    }

    #[test]
    fn hours_have_a_digit_behind_the_point_only_where_it_says_something() {
        let german = Words::of(Language::De);
        assert_eq!((tenths(german, 480), tenths(german, 450)), ("8".to_owned(), "7,5".to_owned()));
    }
}
