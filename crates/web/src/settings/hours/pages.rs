//! Business hours: the list, the form of one calendar, its own days and a month of it.

use desk::calendars::{Calendar, CalendarKept, OwnDay, WEEK_FIELDS, holidays};
use jiff::civil::Date;
use maud::{Markup, html};
use words::Words;

use super::super::frame::{Tab, crumb, panel, settings, sheet_head};
use super::month::{day_words, month, weekday_words};
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{Filled, Text, general_errors, notice, select};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::{Icon, icon, small_icon};

const BASE: &str = "/settings/hours";
/// What the forms of a calendar's page show beside their fields.
const SHOWN: &[&str] = &[
    "name",
    "zone",
    "country",
    "region",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "day",
    "until_day",
    "title",
    "hours",
    "file",
];

/// A calendar as its page shows it.
pub(crate) struct Shown<'a> {
    /// As it is kept.
    pub(crate) kept: &'a CalendarKept,
    /// Ready to count.
    pub(crate) calendar: &'a Calendar,
    /// The first day of the month that is shown.
    pub(crate) first: Date,
    /// Today, by the calendar's clock.
    pub(crate) today: Date,
}

/// All calendars.
pub(crate) fn list(screen: &Screen, calendars: &[CalendarKept]) -> Markup {
    let words = screen.reader.words;
    let add = button::link_primary("/settings/hours/new", words.hours_add(), Icon::Plus);
    settings(
        screen,
        Tab::Hours,
        words.hours_title(),
        html! {
            (sheet_head(words.hours_title(), words.hours_sentence(), Some(add)))
            section.panel aria-label=(words.hours_title()) {
                @if calendars.is_empty() { (empty(Icon::Clock, words.hours_none(), words.hours_none_why(), None)) }
                @else { ul.rows { @for kept in calendars { li { (line(kept, words)) } } } }
            }
        },
    )
}

fn line(kept: &CalendarKept, words: Words) -> Markup {
    html! {
        (icon(Icon::Clock))
        div.main {
            a.title href={ (BASE) "/" (kept.id) } {
                span.cut dir="auto" { (kept.name) }
                @if kept.is_default { (pill(words.fields_default(), Tone::Accent)) }
            }
            span.detail { (kept.zone) @if let Some(place) = place_words(kept, words) { " · " (place) } }
        }
        @if !kept.is_default {
            div.actions { (button::post(&format!("{BASE}/{}/default", kept.id), &[], button::plain(words.fields_make_default()))) }
        }
    }
}

/// Whose holidays it keeps: `Bayern, Germany`.
fn place_words(kept: &CalendarKept, words: Words) -> Option<String> {
    let country = holidays::countries(words.language().tag()).into_iter().find(|place| place.code == kept.country)?;
    let region = holidays::regions(&kept.country).into_iter().find(|place| place.code == kept.region);
    Some(region.map_or_else(|| country.name.to_owned(), |region| format!("{}, {}", region.name, country.name)))
}

/// The form of a new calendar.
pub(crate) fn new(screen: &Screen, filled: &Filled) -> Markup {
    let words = screen.reader.words;
    settings(
        screen,
        Tab::Hours,
        words.hours_add(),
        html! {
            div { (crumb(BASE, words.hours_title())) (sheet_head(words.hours_add(), words.hours_add_what(), None)) }
            (form(&format!("{BASE}/new"), filled, words))
        },
    )
}

/// One calendar.
pub(crate) fn edit(screen: &Screen, shown: &Shown<'_>, filled: &Filled) -> Markup {
    let words = screen.reader.words;
    let Shown { kept, calendar, first, today } = *shown;
    let here = format!("{BASE}/{}", kept.id);
    settings(
        screen,
        Tab::Hours,
        &kept.name,
        html! {
            div { (crumb(BASE, words.hours_title())) (sheet_head(&kept.name, "", None)) }
            @if !filled.value("brought").is_empty() { (notice(Icon::Info, "", filled.value("brought"))) }
            (month(calendar, !kept.country.is_empty(), first, today, &here, words))
            (form(&here, filled, words))
            (own_days(&here, calendar, today, filled, words))
            @if !kept.is_default {
                (panel(words.hours_delete(), words.hours_delete_what(), html! {
                    div.form-foot.panel-foot {
                        (button::post(&format!("{here}/default"), &[], button::plain(words.fields_make_default())))
                        (button::post(&format!("{here}/deletion"), &[], button::danger(words.hours_delete())))
                    }
                }))
            }
        },
    )
}

/// Name, zone, week, and whose holidays.
fn form(action: &str, filled: &Filled, words: Words) -> Markup {
    let code = |place: holidays::Place| (place.code.to_owned(), place.name.to_owned());
    let mut countries: Vec<(String, String)> =
        holidays::countries(words.language().tag()).into_iter().map(code).collect();
    countries.sort_by_key(|(_, name)| base::text::fold_line(name));
    countries.insert(0, (String::new(), words.hours_no_holidays().to_owned()));
    let mut regions: Vec<(String, String)> = holidays::regions(filled.value("country")).into_iter().map(code).collect();
    let has_regions = !regions.is_empty();
    regions.insert(0, (String::new(), words.hours_whole_country().to_owned()));
    html! {
        section.panel aria-label=(words.hours_week()) {
            form method="post" action=(action) {
                div.panel-body {
                    (general_errors(filled, SHOWN))
                    div.columns {
                        (Text::new("name", words.common_name()).required().placeholder(words.hours_example()).show(filled))
                        (Text::new("zone", words.hours_zone()).required().list("zones").show(filled))
                    }
                    datalist id="zones" { @for zone in jiff::tz::db().available() { option value=(zone.as_str()) {} } }
                    fieldset.field {
                        legend.label { (words.hours_week()) }
                        p.hint { (words.hours_week_hint()) }
                        div.columns {
                            @for (index, day) in WEEK_FIELDS.iter().enumerate() {
                                (Text::new(day, &weekday_words(words, index)).placeholder(words.hours_closed()).show(filled))
                            }
                        }
                    }
                    div.columns {
                        (select("country", words.hours_country(), &countries, filled.value("country"), words.hours_country_hint()))
                        @if has_regions { (select("region", words.hours_region(), &regions, filled.value("region"), "")) }
                    }
                }
                div.form-foot.panel-foot { (button::primary(words.common_save())) }
            }
        }
    }
}

fn own_days(here: &str, calendar: &Calendar, today: Date, filled: &Filled, words: Words) -> Markup {
    // Stretches of one name are one line; what is over is not shown.
    let coming: Vec<(Date, Date, &OwnDay)> =
        stretches(calendar).into_iter().filter(|(_, last, _)| *last >= today).collect();
    html! {
        section.panel aria-label=(words.hours_own()) {
            header {
                div.grow { h2 { (words.hours_own()) } p { (words.hours_own_what()) } }
                a.button href={ (here) "/days.ics" } download { (small_icon(Icon::File)) (words.hours_export()) }
            }
            @if !coming.is_empty() {
                ul.rows { @for (first, last, own) in &coming { li { (own_line(here, *first, *last, own, words)) } } }
            }
            form method="post" action={ (here) "/days" } {
                div.panel-body {
                    div.columns {
                        (Text::new("day", words.hours_day()).kind("date").required().show(filled))
                        (Text::new("until_day", words.hours_until_day()).kind("date").show(filled))
                        (Text::new("title", words.hours_why()).required().placeholder(words.hours_why_example()).show(filled))
                        (Text::new("hours", words.hours_hours()).placeholder(words.hours_closed()).show(filled))
                    }
                }
                div.form-foot.panel-foot { (button::plain(words.hours_add_day())) }
            }
            form method="post" action={ (here) "/days/import" } enctype="multipart/form-data" {
                div.panel-body {
                    div.field {
                        label for="file" { (words.hours_file()) }
                        input.input id="file" type="file" name="file" accept=".ics,text/calendar" required aria-describedby="file-hint";
                        @if let Some(wrong) = filled.error("file") { p.wrong role="alert" { (small_icon(Icon::Error)) (wrong) } }
                        p.hint id="file-hint" { (words.hours_file_hint()) }
                    }
                }
                div.form-foot.panel-foot { (button::plain(words.hours_import())) }
            }
        }
    }
}

fn own_line(here: &str, first: Date, last: Date, own: &OwnDay, words: Words) -> Markup {
    let hours = if own.hours.is_closed() { words.hours_closed().to_owned() } else { own.hours.to_string() };
    html! {
        div.main {
            span.title { span.cut dir="auto" { (own.name) } }
            span.detail { (day_words(words, first)) @if last > first { " – " (day_words(words, last)) } " · " bdi { (hours) } }
        }
        form method="post" action={ (here) "/days/removal" } {
            input type="hidden" name="day" value=(first);
            input type="hidden" name="until_day" value=(last);
            button.icon-button type="submit" aria-label=(words.hours_remove(&own.name)) title=(words.hours_remove(&own.name)) { (icon(Icon::Trash)) }
        }
    }
}

/// Own days that follow one another with the same name and hours, as their first and last day.
fn stretches(calendar: &Calendar) -> Vec<(Date, Date, &OwnDay)> {
    let mut found: Vec<(Date, Date, &OwnDay)> = Vec::new();
    for (day, own) in &calendar.days {
        match found.last_mut() {
            Some((_, last, before)) if last.tomorrow().ok() == Some(*day) && *before == own => *last = *day,
            _ => found.push((*day, *day, own)),
        }
    }
    found
}
