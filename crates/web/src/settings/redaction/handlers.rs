//! Showing and changing what is masked.

use axum::response::{IntoResponse, Response};
use base::redact::{RedactionPattern, RedactionRules};
use desk::redaction::{self, Original, RedactionSettings};
use http::StatusCode;

use super::pages;
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::visit::{Visit, back_to};

const HERE: &str = "/settings/redaction";

/// `GET /settings/redaction`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    let now = visit.read(|desk| Box::pin(async move { redaction::redaction(desk).await })).await?;
    Ok(pages::page(&visit.screen().await?, &filled(&now)).into_response())
}

/// `POST /settings/redaction`
pub(crate) async fn save(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let new = settings(&fields);
    let wrong = new
        .as_ref()
        .map_or_else(|line| Some(visit.reader.words.masking_wrong_line(line)), |new| redaction::why_not(&new.rules));
    match (new, wrong) {
        (Ok(new), None) => {
            visit
                .write(move |desk| {
                    let new = new.clone();
                    Box::pin(async move { redaction::set_redaction(desk, &new).await })
                })
                .await?;
            Ok(back_to(HERE, "saved"))
        }
        (_, wrong) => {
            let filled = fields.refused(visit.reader.words, &[]).wrong("patterns", wrong.unwrap_or_default());
            Ok((StatusCode::UNPROCESSABLE_ENTITY, pages::page(&visit.screen().await?, &filled)).into_response())
        }
    }
}

/// What the form says; the line that cannot be read when there is one.
fn settings(fields: &Fields) -> Result<RedactionSettings, String> {
    let text = fields.text("patterns");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let patterns = lines.map(|line| {
        let (name, pattern) = line.split_once(':').ok_or_else(|| line.to_owned())?;
        Ok(RedactionPattern { name: name.trim().to_owned(), pattern: pattern.trim().to_owned() })
    });
    Ok(RedactionSettings {
        rules: RedactionRules {
            cards: fields.has("cards"),
            secrets: fields.has("secrets"),
            patterns: patterns.collect::<Result<_, String>>()?,
        },
        original: if fields.get("original") == "dropped" { Original::Dropped } else { Original::Sealed },
    })
}

fn filled(now: &RedactionSettings) -> Filled {
    let on = |yes: bool| if yes { "on" } else { "" };
    let lines: Vec<String> = now.rules.patterns.iter().map(|one| format!("{}: {}", one.name, one.pattern)).collect();
    Filled::default()
        .with("cards", on(now.rules.cards))
        .with("secrets", on(now.rules.secrets))
        .with("patterns", lines.join("\n"))
        .with("original", if now.original == Original::Dropped { "dropped" } else { "sealed" })
}
