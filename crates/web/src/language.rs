//! Which language a page speaks: the one that its reader chose, else what their browser accepts, else the installation's.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use desk::people::Viewer;
use http::{HeaderMap, header};
use words::{Language, Words};

use crate::{Settings, Web};

/// Puts the [`Words`] of whoever asks beside the request, as a browser alone tells; `rights` puts those of an agent there later.
pub(crate) async fn of_browser(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let words = accepted(request.headers(), web.settings());
    request.extensions_mut().insert(words);
    next.run(request).await
}

/// The words of somebody who is signed in.
pub(crate) fn of_viewer(viewer: &Viewer, headers: &HeaderMap, settings: &Settings) -> Words {
    Language::of_tag(&viewer.preferences.language).map_or_else(|| accepted(headers, settings), Words::of)
}

/// The words that a browser asks for, else those of the installation.
fn accepted(headers: &HeaderMap, settings: &Settings) -> Words {
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Words::of(Language::accepted(header).unwrap_or(settings.default_language))
}
