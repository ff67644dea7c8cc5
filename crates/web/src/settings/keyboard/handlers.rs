//! Single keys on or off.

use axum::response::{IntoResponse, Response};
use desk::people::{self, Preferences};
use http::StatusCode;

use super::keys::{self, Problem};
use super::pages;
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::visit::{Visit, back_to};

/// `GET /settings/keyboard`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    Ok(pages::page(&visit.screen().await?, &Filled::default()).into_response())
}

/// `POST /settings/keyboard`
pub(crate) async fn save(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let preferences = Preferences { shortcuts: fields.has("single"), ..visit.viewer.preferences.clone() };
    let name = visit.viewer.name.clone();
    visit.write(move |desk| Box::pin(async move { people::update_profile(desk, &name, &preferences).await })).await?;
    Ok(back_to("/settings/keyboard", "saved"))
}

/// `POST /settings/keyboard/keys`
pub(crate) async fn save_keys(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let keys = if fields.has("reset") {
        keys::Chosen::new()
    } else {
        match keys::checked(&fields.0) {
            Ok(keys) => keys,
            Err(problems) => {
                let words = visit.reader.words;
                let filled = problems.iter().fold(fields.refused(words, &[]), |filled, (command, problem)| {
                    let said = match problem {
                        Problem::NotAKey(typed) => words.keys_not_a_key(typed),
                        Problem::Taken(what) => words.keys_taken(keys::words_of(what, words)),
                    };
                    filled.wrong(command, said)
                });
                let page = pages::page(&visit.screen().await?, &filled);
                return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
            }
        }
    };
    let preferences = Preferences { keys, ..visit.viewer.preferences.clone() };
    let name = visit.viewer.name.clone();
    visit.write(move |desk| Box::pin(async move { people::update_profile(desk, &name, &preferences).await })).await?;
    Ok(back_to("/settings/keyboard", "saved"))
}
