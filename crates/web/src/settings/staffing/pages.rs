//! The form of what is promised in a channel and of the shifts of its week.

use desk::calendars::WEEK_FIELDS;
use maud::{Markup, html};
use words::Words;

use super::super::frame::{Tab, panel, settings, sheet_head};
use super::super::hours::month::weekday_words;
use crate::components::button;
use crate::components::field::{Filled, Text, general_errors, select};
use crate::components::page::Screen;
use crate::components::{Icon, small_icon};
use crate::reports::frame::channel_words;

const HERE: &str = "/settings/staffing";
/// What the form shows beside its fields.
const SHOWN: &[&str] = &[
    "handling",
    "at_once",
    "share",
    "within",
    "patience",
    "hours",
    "busy",
    "shrinkage",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Whose form it is.
pub(super) struct Shown {
    pub(super) channels: Vec<String>,
    /// Teams with their ids.
    pub(super) teams: Vec<(String, String)>,
    pub(super) channel: String,
    /// Empty for the whole desk.
    pub(super) team: String,
    /// It was filled in before.
    pub(super) own: bool,
}

/// The page.
pub(super) fn form(screen: &Screen, shown: &Shown, filled: &Filled) -> Markup {
    let words = screen.reader.words;
    let report = format!("/reports/staffing?channel={}&team={}", shown.channel, shown.team);
    let look = html! { a.button href=(report) { (small_icon(Icon::Chart)) (words.staffing_title()) } };
    settings(
        screen,
        Tab::Staffing,
        words.staffing_settings(),
        html! {
            (sheet_head(words.staffing_settings(), words.staffing_settings_sentence(), Some(look)))
            (choices(shown, words))
            section.panel aria-label=(words.staffing_settings()) {
                form method="post" action=(HERE) {
                    (whose(shown))
                    div.panel-body {
                        (general_errors(filled, SHOWN))
                        (targets(filled, words))
                        (shifts(filled, words))
                    }
                    div.form-foot.panel-foot { (button::primary(words.common_save())) }
                }
            }
            @if shown.own {
                (panel(words.staffing_remove(), words.staffing_remove_what(), html! {
                    form.form-foot.panel-foot method="post" action={ (HERE) "/removal" } { (whose(shown)) (button::danger(words.staffing_remove())) }
                }))
            }
        },
    )
}

fn whose(shown: &Shown) -> Markup {
    html! {
        input type="hidden" name="channel" value=(shown.channel);
        input type="hidden" name="team" value=(shown.team);
    }
}

/// Nothing is to be chosen where there is one channel and no team.
fn choices(shown: &Shown, words: Words) -> Markup {
    let channels: Vec<(String, String)> =
        shown.channels.iter().map(|channel| (channel.clone(), channel_words(words, channel))).collect();
    let mut teams = vec![(String::new(), words.reports_whole_desk().to_owned())];
    teams.extend(shown.teams.iter().cloned());
    if channels.len() < 2 && teams.len() < 2 {
        return html! {};
    }
    html! {
        section.panel aria-label=(words.reports_show()) {
            form.report-choices action=(HERE) {
                (select("channel", words.reports_channel(), &channels, &shown.channel, ""))
                @if teams.len() > 1 { (select("team", words.reports_team(), &teams, &shown.team, "")) }
                button.button type="submit" { (words.reports_show()) }
            }
        }
    }
}

fn targets(filled: &Filled, words: Words) -> Markup {
    let methods = [
        ("backlog".to_owned(), words.staffing_method_backlog().to_owned()),
        ("live".to_owned(), words.staffing_method_live().to_owned()),
    ];
    let number = |name, label| Text::new(name, label).kind("number").required();
    html! {
        fieldset.field {
            legend.label { (words.staffing_work()) }
            div.columns {
                (select("method", words.staffing_method(), &methods, filled.value("method"), ""))
                (Text::new("handling", words.staffing_handling()).required().show(filled))
                (number("at_once", words.staffing_at_once()).show(filled))
                (number("busy", words.staffing_busy()).hint(words.staffing_busy_hint()).show(filled))
                (number("shrinkage", words.staffing_shrinkage()).hint(words.staffing_shrinkage_hint()).show(filled))
            }
        }
        fieldset.field {
            legend.label { (words.staffing_written()) }
            div.columns { (number("hours", words.staffing_hours()).show(filled)) }
        }
        fieldset.field {
            legend.label { (words.staffing_calls()) }
            div.columns {
                (number("share", words.staffing_share()).show(filled))
                (number("within", words.staffing_within()).show(filled))
                (number("patience", words.staffing_patience()).hint(words.staffing_patience_hint()).show(filled))
            }
        }
    }
}

fn shifts(filled: &Filled, words: Words) -> Markup {
    html! {
        fieldset.field {
            legend.label { (words.staffing_shifts()) }
            p.hint { (words.staffing_shifts_hint()) }
            div.columns {
                @for (index, day) in WEEK_FIELDS.iter().enumerate() {
                    (Text::new(day, &weekday_words(words, index)).placeholder(words.staffing_nobody()).show(filled))
                }
            }
        }
    }
}
