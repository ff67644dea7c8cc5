//! Calendars: when the desk is open, in a time zone, with lunch breaks, public holidays and days of its own.
//!
//! Whatever counts working time asks a [`Calendar`]. One of them is the default, which is used wherever no other one is named; a
//! workspace without any is open at all times.

pub mod holidays;
mod rules;
mod store;

pub use rules::{Calendar, Hours, NoHours, OwnDay, Reason, Span};
pub use store::{CalendarKept, STATEMENTS};

use crate::{Desk, Error, Event, FieldError, Result};
use base::{calendar::DayOff, id_type};
use jiff::{
    civil::{Date, date},
    tz::TimeZone,
};
use uuid::Uuid;

id_type! {
    /// A calendar.
    CalendarId
}

/// The most calendars of a workspace.
const MOST: usize = 100;
/// The most days of its own that a calendar has.
const MOST_DAYS: usize = 2000;
/// The longest name, in characters.
const MOST_NAME: usize = 60;
/// The names of the hours' fields, from Monday to Sunday.
pub const WEEK_FIELDS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A calendar to be made or changed, as people fill it in.
#[derive(Debug, Clone, Default)]
pub struct CalendarForm {
    /// Its name.
    pub name: String,
    /// IANA name of its time zone.
    pub zone: String,
    /// ISO 3166-1 code of the country whose public holidays it keeps; empty for none.
    pub country: String,
    /// A region of that country; empty for none.
    pub region: String,
    /// The hours from Monday to Sunday, as [`Hours::parse`] reads them.
    pub week: [String; 7],
}

/// All calendars by name.
///
/// # Errors
/// The store's.
pub async fn all(desk: &mut Desk<'_>) -> Result<Vec<CalendarKept>> {
    store::all(desk).await
}

/// One calendar as it is kept.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(desk: &mut Desk<'_>, id: CalendarId) -> Result<CalendarKept> {
    store::find(desk, id).await
}

/// A calendar with its days and holidays, ready to count.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn calendar(desk: &mut Desk<'_>, id: CalendarId) -> Result<Calendar> {
    let kept = store::find(desk, id).await?;
    joined(desk, kept).await
}

/// The default calendar, ready to count; always open where a workspace has none.
///
/// # Errors
/// The store's.
pub async fn default_calendar(desk: &mut Desk<'_>) -> Result<Calendar> {
    if let Some(known) = desk.recall("default_calendar", Uuid::nil()) {
        return Ok(known);
    }
    let found = match store::all(desk).await?.into_iter().find(|kept| kept.is_default) {
        Some(kept) => joined(desk, kept).await?,
        None => Calendar::always(),
    };
    Ok(desk.remember("default_calendar", Uuid::nil(), found))
}

async fn joined(desk: &Desk<'_>, kept: CalendarKept) -> Result<Calendar> {
    let days = store::days(desk, kept.id).await?;
    // A zone that has gone from the data since is not worked around by guessing.
    let zone = TimeZone::get(&kept.zone).map_err(Error::internal)?;
    Ok(Calendar { zone, week: kept.week, holidays: holidays::of(&kept.country, &kept.region), days })
}

/// Makes a calendar; the first one is the default.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Conflict`] when there are too many.
pub async fn create(desk: &mut Desk<'_>, form: CalendarForm) -> Result<CalendarId> {
    let known = store::all(desk).await?;
    if known.len() >= MOST {
        return Err(Error::Conflict("too_many_calendars"));
    }
    let id = CalendarId(desk.new_id());
    let calendar = checked(form, id, known.is_empty())?;
    store::insert(desk, &calendar).await?;
    desk.emit(Event::CalendarsChanged);
    Ok(id)
}

/// Changes a calendar. Its own days stay.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::NotFound`].
pub async fn change(desk: &mut Desk<'_>, id: CalendarId, form: CalendarForm) -> Result<()> {
    let known = store::find(desk, id).await?;
    store::update(desk, &checked(form, id, known.is_default)?).await?;
    desk.emit(Event::CalendarsChanged);
    Ok(())
}

/// Makes a calendar the default.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn set_default(desk: &mut Desk<'_>, id: CalendarId) -> Result<()> {
    store::find(desk, id).await?;
    store::set_default(desk, id).await?;
    desk.emit(Event::CalendarsChanged);
    Ok(())
}

/// Deletes a calendar with its days. The default one stays.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when it is the default.
pub async fn delete(desk: &mut Desk<'_>, id: CalendarId) -> Result<()> {
    store::find(desk, id).await?;
    if store::delete(desk, id).await? == 0 {
        return Err(Error::Conflict("default_calendar"));
    }
    desk.emit(Event::CalendarsChanged);
    Ok(())
}

/// The own days of a calendar with hours, or closed, from one date to another (inclusive) as people fill them in.
///
/// # Errors
/// [`Error::Invalid`] when a date or the hours cannot be read, the span is backwards or too long, or there are too many days;
/// [`Error::NotFound`].
pub async fn put_days(
    desk: &mut Desk<'_>,
    id: CalendarId,
    from: &str,
    to: &str,
    name: &str,
    hours: &str,
) -> Result<()> {
    let name = tidy(name);
    let mut problems = Vec::new();
    let mut wrong = |field, problem| problems.push(FieldError { field, problem });
    let first: Option<Date> = from.trim().parse().ok();
    let last: Option<Date> = if to.trim().is_empty() { first } else { to.trim().parse().ok() };
    if first.is_none() {
        wrong("day", "not_a_date");
    }
    match (first, last) {
        (Some(_), None) => wrong("until_day", "not_a_date"),
        (Some(first), Some(last)) if last < first => wrong("until_day", "backwards"),
        (Some(first), Some(last)) if (last - first).get_days() > 366 => wrong("until_day", "too_long"),
        _ => {}
    }
    if name.is_empty() {
        wrong("title", "required");
    } else if name.chars().count() > MOST_NAME {
        wrong("title", "too_long");
    }
    let read = Hours::parse(hours);
    if let Err(why) = &read {
        wrong("hours", key_of(*why));
    }
    let (Some(first), Some(last), Ok(hours), true) = (first, last, read, problems.is_empty()) else {
        return Err(Error::Invalid(problems));
    };
    let days = first.series(jiff::ToSpan::days(1)).take_while(|day| *day <= last);
    put(desk, id, days.map(|day| (day, OwnDay { name: name.clone(), hours: hours.clone() })).collect()).await
}

/// Closes a calendar on the days off of an iCalendar file. Gives back how many days that are.
///
/// # Errors
/// [`Error::Invalid`] when there are too many; [`Error::NotFound`].
pub async fn bring_days(desk: &mut Desk<'_>, id: CalendarId, days_off: Vec<DayOff>) -> Result<usize> {
    let known_until = date(*holidays::YEARS.end(), 12, 31);
    let mut days = Vec::new();
    for off in days_off {
        let name = match tidy(&off.name) {
            name if name.is_empty() => off.first.to_string(),
            name => name.chars().take(MOST_NAME).collect(),
        };
        for day in off.days_until(known_until).take(MOST_DAYS + 1) {
            days.push((day, OwnDay { name: name.clone(), hours: Hours::CLOSED }));
        }
        if days.len() > MOST_DAYS {
            return Err(Error::field("file", "too_many_days"));
        }
    }
    let count = days.len();
    put(desk, id, days).await?;
    Ok(count)
}

async fn put(desk: &mut Desk<'_>, id: CalendarId, days: Vec<(Date, OwnDay)>) -> Result<()> {
    store::find(desk, id).await?;
    let known = store::days(desk, id).await?;
    let new = days.iter().filter(|(day, _)| !known.contains_key(day)).count();
    if known.len() + new > MOST_DAYS {
        return Err(Error::field("file", "too_many_days"));
    }
    for (day, own) in &days {
        store::put_day(desk, id, *day, own).await?;
    }
    desk.emit(Event::CalendarsChanged);
    Ok(())
}

/// Takes the own days from one date to another (inclusive) away: week and holidays count again.
///
/// # Errors
/// [`Error::NotFound`] when there are none.
pub async fn remove_days(desk: &mut Desk<'_>, id: CalendarId, first: Date, last: Date) -> Result<()> {
    if store::remove_days(desk, id, first, last).await? == 0 {
        return Err(Error::NotFound);
    }
    desk.emit(Event::CalendarsChanged);
    Ok(())
}

fn checked(form: CalendarForm, id: CalendarId, is_default: bool) -> Result<CalendarKept> {
    let mut problems = Vec::new();
    let mut wrong = |field, problem| problems.push(FieldError { field, problem });
    let name = tidy(&form.name);
    match name.chars().count() {
        0 => wrong("name", "required"),
        1..=MOST_NAME => {}
        _ => wrong("name", "too_long"),
    }
    let zone = form.zone.trim().to_owned();
    let canonical = TimeZone::get(&zone).ok().and_then(|zone| zone.iana_name().map(str::to_owned));
    if canonical.is_none() {
        wrong("zone", "not_a_time_zone");
    }
    let (country, region) = (form.country.trim().to_owned(), form.region.trim().to_owned());
    // A region that is left from another country goes without a word.
    let region = if holidays::is_known(&country, &region) { region } else { String::new() };
    if !country.is_empty() && !holidays::is_known(&country, "") {
        wrong("country", "not_allowed");
    }
    let mut week: [Hours; 7] = Default::default();
    for ((day, text), field) in week.iter_mut().zip(&form.week).zip(WEEK_FIELDS) {
        match Hours::parse(text) {
            Ok(hours) => *day = hours,
            Err(why) => wrong(field, key_of(why)),
        }
    }
    if week.iter().all(Hours::is_closed) && form.week.iter().all(|text| text.trim().is_empty()) {
        wrong("mon", "never_open");
    }
    match (problems.is_empty(), canonical) {
        (true, Some(zone)) => Ok(CalendarKept { id, name, zone, country, region, week, is_default }),
        _ => Err(Error::Invalid(problems)),
    }
}

fn key_of(why: NoHours) -> &'static str {
    match why {
        NoHours::Unreadable => "no_hours",
        NoHours::Backwards => "backwards",
        NoHours::TooMany => "too_many_spans",
    }
}

fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
