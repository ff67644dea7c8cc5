//! The frame of all reports: their list at the side, a wide sheet; and words that they share.

use axum::response::Response;
use maud::{Markup, html};
use words::Words;

use crate::components::page::{Area, Screen, desk};
use crate::components::{Icon, icon};
use crate::errors::Refusal;
use crate::visit::{Visit, back_to};

/// The reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    /// What was due and was met.
    Levels,
    /// People needed and planned.
    Staffing,
    /// Whether like cases are handled alike.
    Consistency,
}

/// `GET /reports`: the first of them.
pub(crate) async fn home(_visit: Visit) -> Result<Response, Refusal> {
    Ok(back_to("/reports/service-levels", ""))
}

/// A report.
pub(crate) fn frame(screen: &Screen, tab: Tab, title: &str, content: Markup) -> Markup {
    let words = screen.reader.words;
    let entries = [
        (Tab::Levels, "/reports/service-levels", Icon::Waiting, words.clocks_report()),
        (Tab::Staffing, "/reports/staffing", Icon::Clock, words.staffing_title()),
        (Tab::Consistency, "/reports/consistency", Icon::Users, words.consistency_title()),
    ];
    desk(
        screen,
        title,
        Area::Reports,
        html! {
            div.settings {
                nav.settings-nav aria-label=(words.reports_title()) {
                    // How single people do is for those who look after the desk.
                    @for (entry, href, picture, name) in entries.into_iter().filter(|(entry, ..)| screen.me.admin || *entry == Tab::Levels) {
                        a.view-link href=(href) aria-current=[(entry == tab).then_some("page")] { (icon(picture)) span { (name) } }
                    }
                }
                main.settings-main id="main" tabindex="-1" { div.sheet.wide { (content) } }
            }
        },
    )
}

/// What a channel is called; its own name where it is not one of ours.
pub(crate) fn channel_words(words: Words, channel: &str) -> String {
    match channel {
        "email" => words.reports_channel_email().to_owned(),
        "chat" => words.reports_channel_chat().to_owned(),
        "phone" => words.reports_channel_phone().to_owned(),
        other => other.to_owned(),
    }
}

/// A number with one digit behind the point, unless that is a zero.
pub(crate) fn short_number(words: Words, number: f64) -> String {
    let tenths = (number * 10.0).round().clamp(-1e15, 1e15) as i64;
    if tenths % 10 == 0 { words.number(tenths / 10) } else { words.tenths(tenths) }
}

/// A share of one in percent.
pub(crate) fn percent_words(words: Words, share: f64) -> String {
    let percent = share * 100.0;
    words.reports_percent(if percent < 10.0 {
        short_number(words, percent)
    } else {
        words.number(percent.round() as i64)
    })
}

/// A time in its largest unit: seconds, minutes, hours with one digit behind the point.
pub(crate) fn time_words(words: Words, seconds: i64) -> String {
    match seconds.max(0) {
        seconds @ 0..60 => words.common_seconds(seconds),
        seconds @ 60..3570 => words.common_minutes((seconds + 30) / 60),
        seconds => words.reports_hours(short_number(words, seconds as f64 / 3600.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_shares_are_said_shortly() {
        let words = Words::default();
        let said = [30, 90, 3569, 3600, 5400, 360_000].map(|seconds| time_words(words, seconds));
        assert_eq!(said, ["30 seconds", "2 minutes", "59 minutes", "1 h", "1.5 h", "100 h"]);
        assert_eq!(
            [0.0, 0.054, 0.126, 1.2].map(|share| percent_words(words, share)),
            ["0 %", "5.4 %", "13 %", "120 %"]
        );
        assert_eq!(channel_words(words, "carrier pigeon"), "carrier pigeon");
    }
}
