//! One's own settings.

use axum::response::{IntoResponse, Response};
use desk::people::{self, Preferences};
use desk::{Error, FieldError};
use http::StatusCode;
use words::{Language, Words};

use super::pages::{self, SessionShown};
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::visit::{Visit, back_to};

const HERE: &str = "/settings/profile";

/// `GET /settings/profile`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    let own = own(&visit);
    page(&visit, own, Filled::default(), StatusCode::OK).await
}

/// `POST /settings/profile`
pub(crate) async fn save(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let theme = fields.get("theme");
    let zone = fields.get("time_zone").trim().to_owned();
    if !zone.is_empty() && jiff::tz::TimeZone::get(&zone).is_err() {
        let filled =
            fields.refused(visit.reader.words, &[]).wrong("time_zone", visit.reader.words.field_no_time_zone());
        return page(&visit, filled, Filled::default(), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let before = &visit.viewer.preferences;
    let preferences = Preferences {
        theme: if matches!(theme, "light" | "dark") { theme.to_owned() } else { "system".to_owned() },
        time_zone: zone,
        undo_seconds: fields.get("undo_seconds").parse().ok().filter(|s| *s <= 60).unwrap_or(before.undo_seconds),
        swipe: if fields.has("swipe") { fields.get("swipe") != "off" } else { before.swipe },
        language: Language::of_tag(fields.get("language")).map_or("", Language::tag).to_owned(),
        ..visit.viewer.preferences.clone()
    };
    let name = fields.text("name");
    let saved =
        visit.write(move |desk| Box::pin(async move { people::update_profile(desk, &name, &preferences).await })).await;
    match saved {
        Ok(()) => Ok(back_to(HERE, "saved")),
        Err(Refusal(Error::Invalid(problems))) => {
            page(
                &visit,
                fields.refused(visit.reader.words, &problems),
                Filled::default(),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
        Err(other) => Err(other),
    }
}

/// `POST /settings/password`
pub(crate) async fn change_password(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let changed =
        people::change_password(visit.web.app(), &visit.viewer, fields.get("current"), fields.get("password")).await;
    match changed {
        Ok(()) => Ok(back_to(HERE, "password")),
        Err(Error::Invalid(problems)) => {
            let own = own(&visit);
            page(&visit, own, refused_password(visit.reader.words, &problems), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Passwords never come back, only what was wrong with them.
fn refused_password(say: Words, problems: &[FieldError]) -> Filled {
    Fields::default().refused(say, problems)
}

fn own(visit: &Visit) -> Filled {
    let preferences = &visit.viewer.preferences;
    Filled::default()
        .with("name", &visit.viewer.name)
        .with("theme", &preferences.theme)
        .with("language", &preferences.language)
        .with("time_zone", &preferences.time_zone)
        .with("swipe", if preferences.swipe { "on" } else { "off" })
        .with("undo_seconds", preferences.undo_seconds.to_string())
}

async fn page(visit: &Visit, own: Filled, password: Filled, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let agent = visit.viewer.agent_id;
    let rows = visit.read(move |desk| Box::pin(async move { people::sessions(desk, agent).await })).await?;
    let sessions: Vec<SessionShown> = rows
        .into_iter()
        .map(|row| SessionShown {
            browser: browser_words(visit.reader.words, &row.user_agent),
            since: row.created_at,
            seen: row.last_seen_at,
            current: row.token_hash == visit.viewer.token_hash,
        })
        .collect();
    Ok((status, pages::page(&screen, &own, &password, &sessions)).into_response())
}

/// A browser's long name for itself, in two words that people know.
pub(crate) fn browser_words(say: Words, agent: &str) -> String {
    let find = |names: &[(&str, &'static str)], other| {
        names.iter().find(|(sign, _)| agent.contains(sign)).map_or(other, |(_, name)| *name)
    };
    let browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    match (find(&browsers, ""), find(&systems, "")) {
        ("", "") => say.profile_unknown_browser().to_owned(),
        (browser, "") => browser.to_owned(),
        ("", system) => system.to_owned(),
        (browser, system) => say.profile_browser_on(browser, system),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_named_as_people_know_them() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36";
        assert_eq!(browser_words(Words::default(), chrome), "Chrome on Linux");
        assert_eq!(browser_words(Words::default(), ""), "Unknown browser");
    }
}
