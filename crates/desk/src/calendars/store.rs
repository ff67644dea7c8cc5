//! SQL and rows of calendars and their own days.

use super::{CalendarId, Hours, OwnDay};
use crate::{Desk, Error, Result, error::on_unique};
use base::{params, row, statements};
use jiff::civil::Date;
use std::collections::BTreeMap;

statements! {
    ALL = "select id, name, zone, country, region, week, is_default from calendar where workspace_id = $1 order by name, id limit 200";
    FIND = "select id, name, zone, country, region, week, is_default from calendar where workspace_id = $1 and id = $2";
    INSERT = "insert into calendar (workspace_id, id, name, zone, country, region, week, is_default, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    UPDATE = "update calendar set name = $3, zone = $4, country = $5, region = $6, week = $7 where workspace_id = $1 and id = $2";
    UNSET_DEFAULT = "update calendar set is_default = false where workspace_id = $1 and is_default and id <> $2";
    SET_DEFAULT = "update calendar set is_default = true where workspace_id = $1 and id = $2";
    DELETE = "delete from calendar where workspace_id = $1 and id = $2 and not is_default";
    DAYS = "select day, name, hours from calendar_day where workspace_id = $1 and calendar_id = $2 order by day limit 3000";
    PUT_DAY = "insert into calendar_day (workspace_id, calendar_id, day, name, hours) values ($1, $2, $3, $4, $5)
        on conflict (workspace_id, calendar_id, day) do update set name = excluded.name, hours = excluded.hours";
    REMOVE_STRETCH = "delete from calendar_day where workspace_id = $1 and calendar_id = $2 and day >= $3 and day <= $4";
    REMOVE_DAYS = "delete from calendar_day where workspace_id = $1 and calendar_id = $2";
}

row! {
    struct Row {
        id: CalendarId,
        name: String,
        zone: String,
        country: String,
        region: String,
        week: String,
        is_default: bool,
    }
}

/// A calendar as it is kept; [`super::calendar`] joins it with its days and holidays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarKept {
    /// Its id.
    pub id: CalendarId,
    /// Its name.
    pub name: String,
    /// IANA name of its time zone.
    pub zone: String,
    /// Whose public holidays it keeps; empty for none.
    pub country: String,
    /// The region of that country; empty for none.
    pub region: String,
    /// The hours from Monday to Sunday.
    pub week: [Hours; 7],
    /// Used wherever no other one is named.
    pub is_default: bool,
}

impl TryFrom<Row> for CalendarKept {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let Row { id, name, zone, country, region, week, is_default } = row;
        let week = serde_json::from_str(&week).map_err(Error::internal)?;
        Ok(Self { id, name, zone, country, region, week, is_default })
    }
}

/// The index of names.
const NAME_TAKEN: &str = "calendar_workspace_id_name_key";

pub(super) async fn all(desk: &Desk<'_>) -> Result<Vec<CalendarKept>> {
    let rows: Vec<Row> = desk.tx().rows(ALL, params![desk.workspace()]).await?;
    rows.into_iter().map(CalendarKept::try_from).collect()
}

pub(super) async fn find(desk: &Desk<'_>, id: CalendarId) -> Result<CalendarKept> {
    let row: Option<Row> = desk.tx().row(FIND, params![desk.workspace(), id]).await?;
    row.ok_or(Error::NotFound)?.try_into()
}

fn as_text<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

pub(super) async fn insert(desk: &Desk<'_>, calendar: &CalendarKept) -> Result<()> {
    let CalendarKept { id, name, zone, country, region, week, is_default } = calendar;
    let week = as_text(week)?;
    let params = params![desk.workspace(), *id, name, zone, country, region, &week, *is_default, desk.now()];
    on_unique(desk.tx().exec(INSERT, params).await, NAME_TAKEN, "name")?;
    Ok(())
}

pub(super) async fn update(desk: &Desk<'_>, calendar: &CalendarKept) -> Result<()> {
    let CalendarKept { id, name, zone, country, region, week, .. } = calendar;
    let week = as_text(week)?;
    let params = params![desk.workspace(), *id, name, zone, country, region, &week];
    on_unique(desk.tx().exec(UPDATE, params).await, NAME_TAKEN, "name")?;
    Ok(())
}

pub(super) async fn set_default(desk: &Desk<'_>, id: CalendarId) -> Result<u64> {
    desk.tx().exec(UNSET_DEFAULT, params![desk.workspace(), id]).await?;
    Ok(desk.tx().exec(SET_DEFAULT, params![desk.workspace(), id]).await?)
}

pub(super) async fn delete(desk: &Desk<'_>, id: CalendarId) -> Result<u64> {
    let gone = desk.tx().exec(DELETE, params![desk.workspace(), id]).await?;
    if gone > 0 {
        desk.tx().exec(REMOVE_DAYS, params![desk.workspace(), id]).await?;
    }
    Ok(gone)
}

pub(super) async fn days(desk: &Desk<'_>, id: CalendarId) -> Result<BTreeMap<Date, OwnDay>> {
    let rows: Vec<(String, String, String)> = desk.tx().rows(DAYS, params![desk.workspace(), id]).await?;
    let day = |(day, name, hours): (String, String, String)| {
        let hours = serde_json::from_str(&hours).map_err(Error::internal)?;
        Ok((day.parse().map_err(Error::internal)?, OwnDay { name, hours }))
    };
    rows.into_iter().map(day).collect()
}

pub(super) async fn put_day(desk: &Desk<'_>, id: CalendarId, day: Date, own: &OwnDay) -> Result<()> {
    let hours = as_text(&own.hours)?;
    desk.tx().exec(PUT_DAY, params![desk.workspace(), id, &day.to_string(), &own.name, &hours]).await?;
    Ok(())
}

pub(super) async fn remove_days(desk: &Desk<'_>, id: CalendarId, first: Date, last: Date) -> Result<u64> {
    let params = params![desk.workspace(), id, &first.to_string(), &last.to_string()];
    Ok(desk.tx().exec(REMOVE_STRETCH, params).await?)
}
