//! Single keys on or off.

use axum::response::{IntoResponse, Response};
use desk::people::{self, Preferences};

use super::pages;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::visit::{Visit, back_to};

/// `GET /settings/keyboard`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    Ok(pages::page(&visit.screen().await?).into_response())
}

/// `POST /settings/keyboard`
pub(crate) async fn save(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let preferences = Preferences { shortcuts: fields.has("single"), ..visit.viewer.preferences.clone() };
    let name = visit.viewer.name.clone();
    visit.write(move |desk| Box::pin(async move { people::update_profile(desk, &name, &preferences).await })).await?;
    Ok(back_to("/settings/keyboard", "saved"))
}
