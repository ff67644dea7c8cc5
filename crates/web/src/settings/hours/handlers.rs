//! Making and changing calendars and their days; files of days off in and out.

use axum::extract::{Multipart, Path, Query};
use axum::response::{IntoResponse, Response};
use base::calendar::{DaysOff, read_days_off, write_days_off};
use desk::Error;
use desk::calendars::{self, Calendar, CalendarForm, CalendarId, CalendarKept, Hours, Reason, WEEK_FIELDS};
use http::{StatusCode, header};
use jiff::civil::Date;
use serde::Deserialize;

use super::{month, pages};
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::visit::{Visit, back_to};

const HERE: &str = "/settings/hours";

/// Which month is shown.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    month: Option<String>,
}

/// `GET /settings/hours`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let calendars = visit.read(|desk| Box::pin(async move { calendars::all(desk).await })).await?;
    Ok(pages::list(&screen, &calendars).into_response())
}

/// `GET /settings/hours/new`
pub(crate) async fn new(visit: Visit) -> Result<Response, Refusal> {
    let filled = WEEK_FIELDS.iter().take(5).fold(Filled::default(), |filled, day| filled.with(day, "09:00–17:00"));
    let zone = visit.reader.zone.iana_name().unwrap_or_default();
    new_page(&visit, filled.with("zone", zone), StatusCode::OK).await
}

/// `POST /settings/hours/new`
pub(crate) async fn create(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let form = form(&fields);
    match visit.write(move |desk| Box::pin(async move { calendars::create(desk, form).await })).await {
        Ok(id) => Ok(back_to(&format!("{HERE}/{id}"), "added")),
        Err(Refusal(Error::Invalid(problems))) => {
            new_page(&visit, fields.refused(visit.reader.words, &problems), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// `GET /settings/hours/{id}`: `month` is `2026-12`.
pub(crate) async fn show(
    visit: Visit,
    Path(id): Path<CalendarId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    edit_page(&visit, id, asked.month.as_deref(), None, StatusCode::OK).await
}

/// `POST /settings/hours/{id}`
pub(crate) async fn save(visit: Visit, Path(id): Path<CalendarId>, fields: Fields) -> Result<Response, Refusal> {
    let form = form(&fields);
    let saved = visit.write(move |desk| Box::pin(async move { calendars::change(desk, id, form).await })).await;
    answer(&visit, id, &fields, saved, "saved").await
}

/// `POST /settings/hours/{id}/default`
pub(crate) async fn set_default(visit: Visit, Path(id): Path<CalendarId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { calendars::set_default(desk, id).await })).await?;
    Ok(back_to(HERE, "saved"))
}

/// `POST /settings/hours/{id}/deletion`
pub(crate) async fn delete(visit: Visit, Path(id): Path<CalendarId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { calendars::delete(desk, id).await })).await?;
    Ok(back_to(HERE, "deleted"))
}

/// `POST /settings/hours/{id}/days`: `day`, `until_day`, `title`, `hours`.
pub(crate) async fn put_days(visit: Visit, Path(id): Path<CalendarId>, fields: Fields) -> Result<Response, Refusal> {
    let [from, to, title, hours] = ["day", "until_day", "title", "hours"].map(|name| fields.text(name));
    let put = visit
        .write(move |desk| Box::pin(async move { calendars::put_days(desk, id, &from, &to, &title, &hours).await }))
        .await;
    answer(&visit, id, &fields, put, "added").await
}

/// `POST /settings/hours/{id}/days/removal`: `day` to `until_day`.
pub(crate) async fn remove_days(visit: Visit, Path(id): Path<CalendarId>, fields: Fields) -> Result<Response, Refusal> {
    let date = |name| fields.get(name).parse().map_err(|_| Refusal(Error::field(name, "not_a_date")));
    let (first, last): (Date, Date) = (date("day")?, date("until_day")?);
    visit.write(move |desk| Box::pin(async move { calendars::remove_days(desk, id, first, last).await })).await?;
    Ok(back_to(&format!("{HERE}/{id}"), "deleted"))
}

/// `POST /settings/hours/{id}/days/import`: an iCalendar file.
pub(crate) async fn import(
    visit: Visit,
    Path(id): Path<CalendarId>,
    mut upload: Multipart,
) -> Result<Response, Refusal> {
    let too_large = |_| Refusal(Error::field("file", "too_large"));
    let mut read = None;
    while let Some(part) = upload.next_field().await.map_err(too_large)? {
        let bytes = part.bytes().await.map_err(too_large)?;
        read = read.or_else(|| read_days_off(&String::from_utf8_lossy(&bytes)));
    }
    let words = visit.reader.words;
    let Some(DaysOff { days, left_out }) = read else {
        let filled = Filled::default().wrong("file", words.hours_no_file());
        return edit_page(&visit, id, None, Some(filled), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let brought = visit.write(move |desk| {
        let days = days.clone();
        Box::pin(async move { calendars::bring_days(desk, id, days).await })
    });
    match brought.await {
        Ok(count) if left_out.is_empty() && count > 0 => Ok(back_to(&format!("{HERE}/{id}"), "added")),
        Ok(count) => {
            let names = left_out.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
            let said = if left_out.is_empty() {
                words.hours_file_empty().to_owned()
            } else {
                words.hours_left_out(count, left_out.len(), &names)
            };
            edit_page(&visit, id, None, Some(Filled::default().with("brought", said)), StatusCode::OK).await
        }
        Err(Refusal(Error::Invalid(problems))) => {
            let filled = Fields::default().refused(words, &problems);
            edit_page(&visit, id, None, Some(filled), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// `GET /settings/hours/{id}/days.ics`: public holidays and own days on which the desk is closed, from this year on.
pub(crate) async fn export(visit: Visit, Path(id): Path<CalendarId>) -> Result<Response, Refusal> {
    let (kept, calendar) = load(&visit, id).await?;
    let year = visit.reader.now.to_zoned(calendar.zone.clone()).year();
    let closed = calendar.holidays.keys().chain(calendar.days.keys()).filter(|day| day.year() >= year);
    let days: std::collections::BTreeMap<Date, String> = closed
        .filter_map(|day| match calendar.hours_on(*day) {
            (hours, _) if !hours.is_closed() => None,
            (_, Reason::Holiday(holiday)) => Some((*day, holiday.name.to_owned())),
            (_, Reason::Own(own)) => Some((*day, own.name.clone())),
            (_, Reason::Week) => None,
        })
        .collect();
    let file = write_days_off(&id.to_string(), &kept.name, days, visit.reader.now);
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"days.ics\""),
    ];
    Ok((headers, file).into_response())
}

async fn answer(
    visit: &Visit,
    id: CalendarId,
    fields: &Fields,
    done: Result<(), Refusal>,
    how: &str,
) -> Result<Response, Refusal> {
    match done {
        Ok(()) => Ok(back_to(&format!("{HERE}/{id}"), how)),
        Err(Refusal(Error::Invalid(problems))) => {
            let filled = fields.refused(visit.reader.words, &problems);
            edit_page(visit, id, None, Some(filled), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

async fn load(visit: &Visit, id: CalendarId) -> Result<(CalendarKept, Calendar), Refusal> {
    visit
        .read(move |desk| {
            Box::pin(async move { Ok((calendars::find(desk, id).await?, calendars::calendar(desk, id).await?)) })
        })
        .await
}

async fn new_page(visit: &Visit, filled: Filled, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    Ok((status, pages::new(&screen, &filled)).into_response())
}

/// What came back wins over what is kept, field by field, so that a form of days keeps the hours shown beside it.
async fn edit_page(
    visit: &Visit,
    id: CalendarId,
    asked: Option<&str>,
    came_back: Option<Filled>,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let (kept, calendar) = load(visit, id).await?;
    let screen = visit.screen().await?;
    let today = visit.reader.now.to_zoned(calendar.zone.clone()).date();
    let filled = came_back.unwrap_or_default().or(as_filled(&kept));
    let shown = pages::Shown { kept: &kept, calendar: &calendar, first: month::asked(asked, today), today };
    Ok((status, pages::edit(&screen, &shown, &filled)).into_response())
}

fn as_filled(kept: &CalendarKept) -> Filled {
    let CalendarKept { name, zone, country, region, week, .. } = kept;
    let filled =
        Filled::default().with("name", name).with("zone", zone).with("country", country).with("region", region);
    WEEK_FIELDS
        .iter()
        .zip(week)
        .fold(filled, |filled, (field, hours): (_, &Hours)| filled.with(field, hours.to_string()))
}

fn form(fields: &Fields) -> CalendarForm {
    CalendarForm {
        name: fields.text("name"),
        zone: fields.text("zone"),
        country: fields.text("country"),
        region: fields.text("region"),
        week: WEEK_FIELDS.map(|day| fields.text(day)),
    }
}
