//! An invitation to a meeting as a card: what, when, where, who invites. It is shown, nothing more: nothing is entered or answered.

use base::mail::{Invitation, Moment};
use jiff::Zoned;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use words::Words;

use super::shapes::InvitationShown;
use crate::components::pill::{Tone, pill};
use crate::components::time::Reader;
use crate::components::{Icon, icon};

/// The card.
pub(crate) fn card(invitation: &InvitationShown, reader: &Reader) -> Markup {
    let (says, words) = (&invitation.says, reader.words);
    let (kind, tone) = kind(says, words);
    html! {
        section.invitation aria-label=(kind) {
            header {
                (icon(Icon::Clock))
                strong.what dir="auto" { (says.summary.as_deref().unwrap_or(words.mail_invite_untitled())) }
                (pill(kind, tone))
            }
            dl {
                @if let Some(when) = when(says, reader) { dt { (words.mail_invite_when()) } dd { (when) } }
                @if let Some(place) = &says.location { dt { (words.mail_invite_where()) } dd dir="auto" { (place) } }
                @if let Some(organizer) = &says.organizer {
                    dt { (words.mail_invite_organizer()) }
                    dd dir="auto" {
                        (organizer.name.as_deref().unwrap_or(&organizer.address))
                        @if organizer.name.is_some() && organizer.address.contains('@') { " " span.muted { (organizer.address) } }
                    }
                }
            }
            @if says.repeats { p.muted { (words.mail_invite_repeats()) } }
            p.foot {
                @if let Some(file) = &invitation.file { a.link href=(file.url) download=(file.name) { (words.mail_invite_download()) } " " }
                span.muted { (words.mail_invite_hint()) }
            }
        }
    }
}

fn kind(says: &Invitation, words: Words) -> (&'static str, Tone) {
    match (says.method.as_deref(), says.answer.as_deref()) {
        (Some("reply"), Some("accepted")) => (words.mail_invite_accepted(), Tone::Ok),
        (Some("reply"), Some("declined")) => (words.mail_invite_declined(), Tone::Bad),
        (Some("reply"), Some("tentative")) => (words.mail_invite_tentative(), Tone::Warn),
        (Some("reply"), _) => (words.mail_invite_reply(), Tone::Quiet),
        (Some("request"), _) => (words.mail_invite_request(), Tone::Accent),
        (Some("cancel"), _) => (words.mail_invite_cancel(), Tone::Bad),
        _ => (words.mail_invite_other(), Tone::Quiet),
    }
}

/// A moment as it is shown.
enum Shown {
    /// By the reader's own clock.
    Here(Zoned),
    /// By the clocks there, since nobody knows their rules.
    There(Zoned),
    /// A whole day, wherever one is.
    Day(Date),
}

fn shown(moment: &Moment, zone: &TimeZone) -> Option<Shown> {
    if let Some(at) = moment.at {
        return Some(Shown::Here(at.to_zoned(zone.clone())));
    }
    if let Ok(day) = moment.local.parse::<Date>()
        && !moment.local.contains('T')
    {
        return Some(Shown::Day(day));
    }
    let there = moment.local.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok()?;
    Some(Shown::There(there))
}

/// When it is, in the reader's zone where that can be told.
fn when(says: &Invitation, reader: &Reader) -> Option<String> {
    let words = reader.words;
    let start = shown(says.start.as_ref()?, &reader.zone)?;
    let end = says.end.as_ref().and_then(|end| shown(end, &reader.zone));
    let span = |start: String, end: Option<String>| match end {
        Some(end) => words.mail_invite_span(&start, &end),
        None => start,
    };
    let until = |start: &Zoned, end: &Zoned| match start.date() == end.date() {
        _ if start >= end => None,
        true => Some(words.clock(end)),
        false => Some(words.moment(end)),
    };
    Some(match (start, end) {
        (Shown::Here(start), Some(Shown::Here(end))) => span(words.moment(&start), until(&start, &end)),
        (Shown::Here(start), _) => words.moment(&start),
        (Shown::There(start), end) => {
            let end = if let Some(Shown::There(end)) = &end { until(&start, end) } else { None };
            let time = span(words.moment(&start), end);
            match says.start.as_ref().and_then(|start| start.zone.as_deref()) {
                Some(zone) => words.mail_invite_there(&time, zone),
                None => words.mail_invite_local(&time),
            }
        }
        (Shown::Day(first), end) => {
            // The end is the day after the last.
            let last =
                if let Some(Shown::Day(end)) = end { end.yesterday().ok().filter(|last| *last > first) } else { None };
            span(day(words, first)?, last.and_then(|last| day(words, last)))
        }
    })
}

fn day(words: Words, day: Date) -> Option<String> {
    Some(words.date(&day.to_zoned(TimeZone::UTC).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::words::Language;

    fn reader() -> Reader {
        let zone = TimeZone::get("America/New_York").unwrap();
        Reader { now: "2026-11-22T10:00:00Z".parse().unwrap(), zone, words: Words::of(Language::En) }
    }

    fn moment(local: &str, zone: Option<&str>, at: Option<&str>) -> Option<Moment> {
        Some(Moment { local: local.into(), zone: zone.map(str::to_owned), at: at.map(|at| at.parse().unwrap()) })
    }

    fn invitation(start: Option<Moment>, end: Option<Moment>) -> Invitation {
        Invitation {
            method: Some("request".into()),
            summary: None,
            start,
            end,
            organizer: None,
            location: None,
            uid: None,
            repeats: false,
            answer: None,
        }
    }

    #[test]
    fn a_meeting_is_shown_by_the_readers_own_clock() {
        let berlin = Some("Europe/Berlin");
        let start = moment("2026-11-24T15:00:00", berlin, Some("2026-11-24T14:00:00Z"));
        let end = moment("2026-11-24T16:30:00", berlin, Some("2026-11-24T15:30:00Z"));
        let text = when(&invitation(start.clone(), end), &reader()).unwrap();
        assert!(text.contains("9:00") && text.contains("10:30") && !text.contains("15:00"), "{text}");
        // One that ends before it begins has no end.
        let backwards = invitation(start.clone(), moment("x", berlin, Some("2026-11-24T13:00:00Z")));
        assert_eq!(when(&backwards, &reader()), when(&invitation(start, None), &reader()));
    }

    #[test]
    fn a_zone_that_nobody_knows_is_named_and_no_other_time_is_made_up() {
        let start = moment("2026-11-24T15:00:00", Some("Moon/Base"), None);
        let text = when(&invitation(start, None), &reader()).unwrap();
        assert!(text.contains("15:00") && text.ends_with("time in Moon/Base"), "{text}");
        let floating = moment("2026-11-24T15:00:00", None, None);
        assert!(when(&invitation(floating, None), &reader()).unwrap().ends_with("local time"));
    }

    #[test]
    fn whole_days_end_with_the_day_before_their_end() {
        let of = |end| when(&invitation(moment("2026-12-24", None, None), moment(end, None, None)), &reader()).unwrap();
        assert_eq!(of("2026-12-25"), reader().words.date(&"2026-12-24T00:00Z[UTC]".parse::<Zoned>().unwrap()));
        assert!(of("2026-12-27").contains("26") && !of("2026-12-27").contains("27"));
        assert_eq!(when(&invitation(moment("soon", None, None), None), &reader()), None);
    }
}
