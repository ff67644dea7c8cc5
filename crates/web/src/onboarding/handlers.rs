//! The first steps of a new desk.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{conversations, onboarding};

use super::pages;
use crate::errors::Refusal;
use crate::inbox::actions::find;
use crate::visit::{Visit, back_to};

const HERE: &str = "/welcome";

/// `GET /welcome`
pub(crate) async fn show(visit: Visit) -> Result<Response, Refusal> {
    let progress = visit.read(|desk| Box::pin(async move { onboarding::progress(desk).await })).await?;
    if visit.wants("steps") {
        return Ok(pages::steps(visit.reader.words, &progress).into_response());
    }
    Ok(pages::page(&visit.screen().await?, &progress).into_response())
}

/// `POST /welcome/sample`
pub(crate) async fn sample(visit: Visit) -> Result<Response, Refusal> {
    let words = visit.reader.words;
    let text = words.welcome_sample_text().replace(" | ", "\n\n");
    onboarding::make_sample(visit.web.app(), visit.scope(), words.welcome_sample_subject(), &text).await?;
    Ok(Redirect::to("/inbox/open").into_response())
}

/// `POST /c/{number}/sample/deletion`
pub(crate) async fn delete_sample(visit: Visit, Path(number): Path<i64>) -> Result<Response, Refusal> {
    let id = find(&visit, number).await?.id;
    visit.write(move |desk| Box::pin(async move { conversations::take_sample_away(desk, id).await })).await?;
    Ok(back_to("/inbox/open", "sample-deleted"))
}

/// `POST /welcome/dismissal`
pub(crate) async fn dismiss(visit: Visit) -> Result<Response, Refusal> {
    visit.write(|desk| Box::pin(async move { onboarding::dismiss(desk, true).await })).await?;
    Ok(Redirect::to("/inbox/open").into_response())
}

/// `POST /welcome/return`
pub(crate) async fn bring_back(visit: Visit) -> Result<Response, Refusal> {
    visit.write(|desk| Box::pin(async move { onboarding::dismiss(desk, false).await })).await?;
    Ok(back_to(HERE, ""))
}
