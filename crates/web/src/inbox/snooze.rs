//! Putting a conversation off: the menu with what is usual and a field for anything else, which says what it understood.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::calendars;
use desk::conversations::{self, Until, snooze_until};
use desk::{Error, conversations::Status};
use jiff::Timestamp;
use maud::{Markup, html};
use serde::Deserialize;

use super::actions::{answer, find};
use super::shapes::{Snoozed, Thread};
use super::thread::origin;
use crate::components::button;
use crate::components::menu::{Place, menu};
use crate::components::time::Reader;
use crate::components::{Icon, icon};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::visit::Visit;

/// What stands for "until they reply" in forms.
pub(crate) const UNTIL_REPLY: &str = "until reply";

/// What stands for "until the next working day" in forms.
pub(crate) const NEXT_WORKING_DAY: &str = "next working day";

/// What is offered: the phrase that is sent, and its words. What lies behind now is left out.
pub(crate) fn usual(reader: &Reader) -> Vec<(&'static str, &'static str, Option<Timestamp>)> {
    let words = &reader.words;
    let offered = [
        ("in 3 hours", words.snooze_three_hours()),
        ("today 6pm", words.snooze_evening()),
        ("tomorrow", words.snooze_tomorrow()),
        ("next week", words.snooze_next_week()),
        (UNTIL_REPLY, words.snooze_until_reply()),
    ];
    let mean =
        |(phrase, label): (&'static str, &'static str)| match snooze_until(phrase, "en", reader.now, &reader.zone)? {
            Until::At(at) => Some((phrase, label, Some(at))),
            Until::Reply => Some((phrase, label, None)),
        };
    offered.into_iter().filter_map(mean).collect()
}

/// The button and its menu.
pub(crate) fn snooze(thread: &Thread, reader: &Reader) -> Markup {
    let words = &reader.words;
    let before = match thread.snoozed {
        None => String::new(),
        Some(Snoozed { until: None }) => UNTIL_REPLY.to_owned(),
        Some(Snoozed { until: Some(at) }) => at.to_string(),
    };
    html! {
        div id="part-snooze" {
            @if !thread.resolved {
                button.icon-button type="button" popovertarget="snooze-menu" data-does="snooze" aria-label=(words.snooze_snooze()) title={ (words.snooze_snooze()) " (h)" } aria-keyshortcuts="h" { (icon(Icon::Clock)) }
                (menu("snooze-menu", words.snooze_snooze(), Place::End, html! {
                    form method="post" action={ "/c/" (thread.number) "/snooze" } data-action="snooze" data-undo-name="until" data-undo-value=(before) {
                        (origin(thread))
                        (free_field("snooze-text", reader))
                        hr;
                        (choices("until", reader))
                        @if thread.snoozed.is_some() {
                            hr;
                            button.menu-item type="submit" name="wake" value="yes" { (icon(Icon::Reopen)) (words.snooze_wake()) }
                        }
                    }
                }))
            }
        }
    }
}

/// The buttons of what is usual, each with its moment.
pub(crate) fn choices(name: &str, reader: &Reader) -> Markup {
    html! {
        @for (phrase, label, at) in usual(reader) {
            button.menu-item type="submit" name=(name) value=(phrase) {
                span.grow { (label) }
                @if let Some(at) = at { span.menu-aside { (reader.moment(at)) } }
            }
        }
        button.menu-item type="submit" name=(name) value=(NEXT_WORKING_DAY) { span.grow { (reader.words.hours_next_working_day()) } }
    }
}

/// The field for anything else; what it means is said below it as one writes.
pub(crate) fn free_field(id: &str, reader: &Reader) -> Markup {
    let words = &reader.words;
    html! {
        div.menu-form {
            label.label for=(id) { (words.snooze_other()) }
            input.input id=(id) name="text" autocomplete="off" placeholder=(words.snooze_example()) maxlength="100" autofocus data-meaning={ (id) "-meaning" };
            p.hint.meaning id={ (id) "-meaning" } role="status" {}
            (button::primary(words.snooze_snooze()))
        }
    }
}

/// `POST /c/{number}/snooze`: `until` or `text` say until when; with neither it wakes.
pub(crate) async fn set(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let until = until(&visit, &fields, "until").await?;
    let id = find(&visit, number).await?.id;
    visit
        .write(move |desk| {
            Box::pin(async move {
                match until {
                    Some(until) => conversations::snooze(desk, id, until).await,
                    None => conversations::wake(desk, id).await,
                }
            })
        })
        .await?;
    answer(&visit, number, &fields).await
}

/// Until when a form asks to put off; none when it says nothing.
///
/// # Errors
/// When it is not understood.
pub(crate) async fn until(visit: &Visit, fields: &Fields, name: &str) -> Result<Option<Until>, Refusal> {
    let reader = &visit.reader;
    let said = [fields.get(name), fields.get("text")].into_iter().find(|text| !text.trim().is_empty());
    let Some(said) = said.filter(|_| !fields.has("wake")) else { return Ok(None) };
    if said == NEXT_WORKING_DAY {
        return next_working_day(visit).await.map(Some);
    }
    let understood = snooze_until(said, reader.words.tag(), reader.now, &reader.zone);
    understood.map(Some).ok_or(Refusal(Error::field("until", "not_understood")))
}

/// When the desk opens on a day after today, by its default hours.
async fn next_working_day(visit: &Visit) -> Result<Until, Refusal> {
    let now = visit.reader.now;
    let opens = visit.read(move |desk| {
        Box::pin(async move {
            let calendar = calendars::default_calendar(desk).await?;
            calendar.next_working_day(now).ok_or(Error::field("until", "not_understood"))
        })
    });
    Ok(Until::At(opens.await?))
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    text: String,
}

/// `GET /snooze`: what a text means, in words.
pub(crate) async fn meaning(visit: Visit, Query(asked): Query<Asked>) -> Response {
    let reader = &visit.reader;
    let words = &reader.words;
    match snooze_until(&asked.text, reader.words.tag(), reader.now, &reader.zone) {
        Some(Until::At(at)) => words.snooze_means(reader.moment_words(at)).into_response(),
        Some(Until::Reply) => words.snooze_until_reply().into_response(),
        None if asked.text.trim().is_empty() => String::new().into_response(),
        None => words.snooze_not_understood().into_response(),
    }
}

/// Until when a conversation is put off, beside its state.
pub(crate) fn state_words(thread: &Thread, reader: &Reader) -> Option<String> {
    thread.snoozed.map(|snoozed| match snoozed.until {
        Some(at) => reader.words.snooze_means(reader.moment_words(at)),
        None => reader.words.snooze_until_reply().to_owned(),
    })
}

/// How a conversation is put off, if it is.
pub(crate) fn snoozed(conversation: &conversations::Conversation) -> Option<Snoozed> {
    (conversation.status == Status::Snoozed).then_some(Snoozed { until: conversation.snoozed_until })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;
    use words::{Language, Words};

    proptest! {
        #[test]
        fn a_moment_as_it_is_shown_is_understood_in_every_language(minutes in 1_i64..1_000_000, language in 0..Language::ALL.len()) {
            let words = Words::of(Language::ALL[language]);
            let now: Timestamp = "2026-11-25T09:30:00Z".parse().unwrap();
            let zone = TimeZone::get("Asia/Kathmandu").unwrap();
            let at = now + SignedDuration::from_mins(minutes);
            let shown = Reader { now, zone: zone.clone(), words }.moment_words(at);
            prop_assert_eq!(snooze_until(&shown, words.tag(), now, &zone), Some(Until::At(at)), "{}", shown);
        }
    }
}
