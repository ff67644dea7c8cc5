//! The page for translators, and the catalogues as files.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use desk::Error;
use words::{Language, Words};

use super::pages;
use crate::errors::Refusal;
use crate::inbox::bodies::download;
use crate::visit::Visit;

/// `GET /settings/languages`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    Ok(pages::page(&visit.screen().await?).into_response())
}

/// `GET /settings/languages/{tag}/{file}`
pub(crate) async fn catalogue(Path((tag, file)): Path<(String, String)>) -> Result<Response, Refusal> {
    let language = Language::ALL.iter().find(|language| language.tag() == tag).ok_or(Refusal(Error::NotFound))?;
    let wanted = file.strip_suffix(".ftl").ok_or(Refusal(Error::NotFound))?;
    let catalogues = Words::of(*language).catalogues();
    let found = catalogues.iter().find(|catalogue| catalogue.file == wanted).ok_or(Refusal(Error::NotFound))?;
    let bytes = Bytes::from_static(found.text.as_bytes());
    Ok(download(bytes, "text/plain; charset=utf-8", &format!("{tag}-{wanted}.ftl"), false))
}
