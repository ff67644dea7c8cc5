//! Service levels: the list in its order, and the form of one.

use desk::calendars::CalendarKept;
use desk::clocks::{Kind, Policy, PolicyId};
use desk::conversations::Priority;
use maud::{Markup, html};
use words::Words;

use super::super::frame::{Tab, crumb, settings, sheet_head};
use super::handlers::field_of;
use crate::clocks::kind_words;
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{Filled, Text, general_errors, notice, select};
use crate::components::page::Screen;
use crate::components::{Icon, icon, small_icon};
use crate::views::form::Node;
use crate::views::pages::{Offered, Preview, conditions, preview_part, priority_words};

const BASE: &str = "/settings/service-levels";
/// The shares of a target after which there can be a warning, in percent.
const WARNINGS: [i16; 5] = [50, 75, 80, 90, 100];

/// A level as its page shows it.
pub(crate) struct Shown<'a> {
    /// Its id; none for a new one.
    pub(crate) id: Option<PolicyId>,
    /// For which conversations.
    pub(crate) tree: &'a Node,
    /// What conditions can be about.
    pub(crate) offered: &'a Offered,
    /// Whose hours can be counted.
    pub(crate) calendars: &'a [CalendarKept],
    /// Open conversations for which it would hold.
    pub(crate) preview: &'a Preview,
}

/// Minutes as people write them: `1h 30m`.
pub(crate) fn minutes_text(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes}m"),
        (hours, 0) => format!("{hours}h"),
        (hours, minutes) => format!("{hours}h {minutes}m"),
    }
}

/// All levels that hold.
pub(crate) fn list(screen: &Screen, policies: &[Policy], stopped: Option<PolicyId>) -> Markup {
    let words = screen.reader.words;
    let add = button::link_primary("/settings/service-levels/new", words.clocks_add(), Icon::Plus);
    settings(
        screen,
        Tab::Levels,
        words.clocks_title(),
        html! {
            (sheet_head(words.clocks_title(), words.clocks_sentence(), Some(add)))
            @if let Some(id) = stopped {
                div.notice role="status" {
                    (icon(Icon::Info)) p { (words.clocks_stopped()) }
                    (button::post(&format!("{BASE}/{id}/restoration"), &[], button::plain(words.script_undo())))
                }
            }
            section.panel aria-label=(words.clocks_title()) {
                @if policies.is_empty() {
                    (empty(Icon::Waiting, words.clocks_none(), words.clocks_none_why(), Some(html! {
                        a.link href="/settings/service-levels/new?targets=usual" { (words.clocks_usual()) }
                    })))
                } @else { ol.rows { @for (at, policy) in policies.iter().enumerate() { li { (line(policy, at, policies.len(), words)) } } } }
            }
            p { a.link href="/reports/service-levels" { (words.clocks_report()) } }
        },
    )
}

fn line(policy: &Policy, at: usize, all: usize, words: Words) -> Markup {
    let place = |way: &str, picture: Icon, label: String| {
        html! {
            form method="post" action={ (BASE) "/" (policy.id) "/place" } {
                button.icon-button type="submit" name="way" value=(way) aria-label=(label) title=(label) { (icon(picture)) }
            }
        }
    };
    let said = Kind::ALL.iter().filter_map(|kind| {
        let mut minutes: Vec<i64> =
            Priority::ALL.iter().rev().filter_map(|priority| policy.targets.minutes(*kind, *priority)).collect();
        minutes.dedup();
        let texts: Vec<String> = minutes.into_iter().map(minutes_text).collect();
        (!texts.is_empty()).then(|| format!("{} {}", kind_words(words, *kind), texts.join(" / ")))
    });
    html! {
        (icon(Icon::Waiting))
        div.main {
            a.title href={ (BASE) "/" (policy.id) } { span.cut dir="auto" { (policy.name) } }
            span.detail { (said.collect::<Vec<_>>().join(" · ")) }
        }
        div.actions {
            @if at > 0 { (place("up", Icon::Up, words.clocks_up(&policy.name))) }
            @if at + 1 < all { (place("down", Icon::Down, words.clocks_down(&policy.name))) }
        }
    }
}

/// The form of a level.
pub(crate) fn edit(screen: &Screen, shown: &Shown<'_>, filled: &Filled) -> Markup {
    let words = screen.reader.words;
    let title = match shown.id {
        Some(_) => filled.value("name").to_owned(),
        None => words.clocks_add().to_owned(),
    };
    let action = shown.id.map_or_else(|| format!("{BASE}/new"), |id| format!("{BASE}/{id}"));
    settings(
        screen,
        Tab::Levels,
        &title,
        html! {
            div { (crumb(BASE, words.clocks_title())) (sheet_head(&title, words.clocks_add_what(), None)) }
            form method="post" action=(action) data-conditions {
                // Enter in a field looks ahead; it does not save half a level.
                button.visually-hidden type="submit" name="do" value="preview" tabindex="-1" aria-hidden="true" { (words.views_preview()) }
                section.panel aria-label=(title) {
                    div.panel-body { (fields(shown, filled, words)) }
                    div.panel-body {
                        h2 { (words.clocks_for()) }
                        p.hint { (words.clocks_for_hint()) }
                        @if let Some(wrong) = filled.error("filter") { (notice(Icon::Error, "bad", wrong)) }
                        (conditions(shown.tree, shown.offered, &screen.reader))
                    }
                    div.form-foot.panel-foot {
                        button.button.primary type="submit" name="do" value="save" { (words.common_save()) }
                        a.button href=(BASE) { (words.common_cancel()) }
                        button.button.without-script type="submit" name="do" value="preview" { (words.views_preview()) }
                    }
                }
            }
            (preview_part(shown.preview, &screen.reader))
            @if let Some(id) = shown.id {
                (super::super::frame::panel(words.clocks_archive(), words.clocks_archive_what(), html! {
                    div.form-foot.panel-foot { (button::post(&format!("{BASE}/{id}/archive"), &[], button::danger(words.clocks_archive()))) }
                }))
            }
        },
    )
}

/// Name, hours, warning and targets.
fn fields(shown: &Shown<'_>, filled: &Filled, words: Words) -> Markup {
    let mut calendars: Vec<(String, String)> =
        shown.calendars.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
    calendars.insert(0, (String::new(), words.clocks_default_hours().to_owned()));
    let warnings = WARNINGS.map(|percent| {
        let label = if percent == 100 { words.clocks_no_warning().to_owned() } else { format!("{percent} %") };
        (percent.to_string(), label)
    });
    let known: Vec<String> =
        Kind::ALL.iter().flat_map(|kind| Priority::ALL.iter().map(|priority| field_of(*kind, *priority))).collect();
    let mut places: Vec<&str> = known.iter().map(String::as_str).collect();
    places.extend(["name", "calendar", "warn", "filter"]);
    html! {
        (general_errors(filled, &places))
        div.columns {
            (Text::new("name", words.common_name()).required().placeholder(words.clocks_example()).show(filled))
            (select("calendar", words.clocks_hours(), &calendars, filled.value("calendar"), ""))
            (select("warn", words.clocks_warn(), &warnings, filled.value("warn"), ""))
        }
        fieldset.field {
            legend.label { (words.clocks_targets()) }
            p.hint { (words.clocks_targets_hint()) }
            div.table-scroll tabindex="0" role="group" aria-label=(words.clocks_targets()) {
                table.targets {
                    thead { tr { td {} @for priority in Priority::ALL.iter().rev() { th scope="col" { (priority_words(*priority, &words)) } } } }
                    tbody {
                        @for kind in Kind::ALL {
                            tr {
                                th scope="row" { (kind_words(words, *kind)) }
                                @for priority in Priority::ALL.iter().rev() { td { (target(*kind, *priority, filled, words)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn target(kind: Kind, priority: Priority, filled: &Filled, words: Words) -> Markup {
    let name = field_of(kind, priority);
    let label = format!("{}, {}", kind_words(words, kind), priority_words(priority, &words));
    let wrong = filled.error(&name);
    html! {
        input.input name=(name) value=(filled.value(&name)) aria-label=(label) autocomplete="off" dir="ltr" size="7"
            aria-invalid=[wrong.map(|_| "true")] title=[wrong];
        @if wrong.is_some() { span.wrong { (small_icon(Icon::Error)) } }
    }
}
