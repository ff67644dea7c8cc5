//! Staffing: the week at a glance, each day by the hour, and how good the forecast has been.

use desk::staffing::{DayAhead, Errors, Gap, HourAhead, Method, Outlook};
use jiff::civil::Date;
use maud::{Markup, html};
use words::Words;

use super::chart;
use super::frame::{Tab, channel_words, frame, percent_words, short_number};
use crate::components::empty::empty;
use crate::components::field::{Filled, Text, notice, select};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::{Icon, small_icon};
use crate::settings::frame::{panel, sheet_head};

/// What the report shows.
pub(crate) struct Shown {
    pub(crate) outlook: Outlook,
    pub(crate) channels: Vec<String>,
    /// Teams with their ids.
    pub(crate) teams: Vec<(String, String)>,
    pub(crate) channel: String,
    /// The team that is looked at; empty for the whole desk.
    pub(crate) team: String,
}

/// The report.
pub(crate) fn report(screen: &Screen, shown: &Shown) -> Markup {
    let words = screen.reader.words;
    let Shown { outlook, channel, team, .. } = shown;
    let settings = format!("/settings/staffing?channel={channel}&team={team}");
    let change = html! { a.button href=(settings) { (small_icon(Icon::Edit)) (words.staffing_change()) } };
    frame(
        screen,
        Tab::Staffing,
        words.staffing_title(),
        html! {
            (sheet_head(words.staffing_title(), words.staffing_sentence(), Some(change)))
            (choices(shown, words))
            @if outlook.counting { (notice(Icon::Info, "", words.staffing_counting())) }
            @if outlook.days.is_empty() {
                section.panel aria-label=(words.staffing_week()) {
                    (empty(Icon::Chart, words.staffing_none(), &words.staffing_none_why(words.number(outlook.history as i64)), None))
                }
            } @else {
                @if !outlook.has_plan { (notice(Icon::Warning, "warn", words.staffing_no_plan())) }
                @if outlook.waiting > 0 { (notice(Icon::Waiting, "", &words.staffing_waiting(words.number(outlook.waiting)))) }
                (week(&outlook.days, words))
                @for day in &outlook.days { (one_day(day, day.date == outlook.today, words)) }
                (quality(outlook.errors.as_ref(), words))
            }
        },
    )
}

fn choices(shown: &Shown, words: Words) -> Markup {
    let channels: Vec<(String, String)> =
        shown.channels.iter().map(|channel| (channel.clone(), channel_words(words, channel))).collect();
    let mut teams = vec![(String::new(), words.reports_whole_desk().to_owned())];
    teams.extend(shown.teams.iter().cloned());
    let aim = &shown.outlook.aim;
    let filled = Filled::default()
        .with("hours", aim.hours.to_string())
        .with("share", aim.share.to_string())
        .with("within", aim.within.to_string());
    html! {
        section.panel aria-label=(words.reports_show()) {
            form.report-choices action="/reports/staffing" {
                (select("channel", words.reports_channel(), &channels, &shown.channel, ""))
                @if teams.len() > 1 { (select("team", words.reports_team(), &teams, &shown.team, "")) }
                @match aim.method {
                    Method::Backlog => { (Text::new("hours", words.staffing_hours()).kind("number").show(&filled)) }
                    Method::Live => {
                        (Text::new("share", words.staffing_share()).kind("number").show(&filled))
                        (Text::new("within", words.staffing_within()).kind("number").show(&filled))
                    }
                }
                button.button type="submit" { (words.reports_show()) }
                p.hint { (words.staffing_what_if()) }
            }
        }
    }
}

/// A day's name with its date.
fn day_words(words: Words, date: Date) -> String {
    date.to_zoned(jiff::tz::TimeZone::UTC).map_or_else(|_| date.to_string(), |at| words.weekday(&at))
}

fn week(days: &[DayAhead], words: Words) -> Markup {
    html! {
        section.panel aria-label=(words.staffing_week()) {
            header { div.grow { h2 { (words.staffing_week()) } } }
            div.table-scroll tabindex="0" {
                table.figures {
                    thead { tr {
                        th scope="col" { (words.staffing_day()) }
                        th.number scope="col" { (words.staffing_expected()) }
                        th.number scope="col" { (words.staffing_needed_hours()) }
                        th.number scope="col" { (words.staffing_planned_hours()) }
                        th.number scope="col" { (words.staffing_short_hours()) }
                    } }
                    tbody { @for day in days { tr {
                        th scope="row" { a.link href={ "#d-" (day.date) } { (day_words(words, day.date)) } @if day.off { " " (pill(words.staffing_off(), Tone::Quiet)) } }
                        td.number { (words.number(day.expected().round() as i64)) }
                        td.number { (words.number(day.needed())) }
                        td.number { (short_number(words, day.planned())) }
                        td.number { @if day.short() > 0 { (pill(&words.number(day.short() as i64), Tone::Bad)) } @else { "0" } }
                    } } }
                }
            }
        }
    }
}

/// An hour in which something is to be seen.
fn says_something(hour: &HourAhead) -> bool {
    hour.needed > 0 || hour.planned > 0.0 || hour.expected.mean >= 0.05
}

fn one_day(day: &DayAhead, is_first: bool, words: Words) -> Markup {
    let name = day_words(words, day.date);
    html! {
        section.panel id={ "d-" (day.date) } aria-label=(name) {
            header { div.grow { h2 { (name) } @if day.off { p { (words.staffing_off()) } } } }
            figure.chart-box { (chart::day(day, &words.staffing_chart(&name))) }
            @if is_first {
                ul.chart-legend {
                    li { span.key.expected aria-hidden="true" {} (words.staffing_legend_expected()) }
                    li { span.key.needed aria-hidden="true" {} (words.staffing_legend_people()) }
                    li { span.key.planned aria-hidden="true" {} (words.staffing_legend_planned()) }
                }
            }
            div.table-scroll tabindex="0" {
                table.figures.narrow {
                    thead { tr {
                        th scope="col" { (words.staffing_hour()) }
                        th.number scope="col" { (words.staffing_expected()) }
                        th.number scope="col" { (words.staffing_range()) }
                        th.number scope="col" { (words.staffing_needed()) }
                        th.number scope="col" { (words.staffing_planned()) }
                        th scope="col" { (words.staffing_gap()) }
                    } }
                    tbody { @for hour in day.hours.iter().filter(|hour| says_something(hour)) { (line(day.date, hour, words)) } }
                }
            }
        }
    }
}

fn line(date: Date, hour: &HourAhead, words: Words) -> Markup {
    let clock = date.at(hour.hour as i8, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
    html! {
        tr {
            th scope="row" { (clock.map_or_else(|_| hour.hour.to_string(), |at| words.clock(&at))) }
            td.number { (short_number(words, hour.expected.mean)) }
            td.number { bdi { (words.number(hour.expected.low as i64)) "–" (words.number(hour.expected.high as i64)) } }
            td.number { (words.number(hour.needed)) }
            td.number { (short_number(words, hour.planned)) }
            td { (gap(hour, words)) }
        }
    }
}

fn gap(hour: &HourAhead, words: Words) -> Markup {
    if hour.over {
        return html! { span.secondary { (words.staffing_over()) } };
    }
    match hour.gap() {
        Gap::Nothing => html! { span.secondary { (words.staffing_nobody_needed()) } },
        Gap::Short(count) => {
            html! { span.pill.bad { (small_icon(Icon::Warning)) (words.staffing_short(words.number(count))) } }
        }
        Gap::Fits => html! { span.pill.ok { (small_icon(Icon::Check)) (words.staffing_fits()) } },
        Gap::Spare(count) => {
            html! { span.pill { (small_icon(Icon::Plus)) (words.staffing_spare(words.number(count))) } }
        }
    }
}

fn quality(errors: Option<&Errors>, words: Words) -> Markup {
    let Some(errors) = errors else {
        return panel(words.staffing_quality(), words.staffing_quality_none(), html! {});
    };
    let share = |share: f64| percent_words(words, share);
    let bias = share(errors.bias.abs());
    panel(
        words.staffing_quality(),
        &words.staffing_quality_sentence(words.number(errors.weeks as i64)),
        html! {
            ul.plain-list {
                li { (words.staffing_quality_daily(share(errors.daily_wape), share(errors.naive_daily_wape))) }
                li { (words.staffing_quality_hourly(share(errors.wape), share(errors.naive_wape), short_number(words, errors.mae))) }
                li { (words.staffing_quality_mase(short_number(words, errors.mase))) }
                li { @if errors.bias >= 0.0 { (words.staffing_quality_many(bias)) } @else { (words.staffing_quality_few(bias)) } }
                li { (words.staffing_quality_range(share(errors.within_range))) }
            }
        },
    )
}
