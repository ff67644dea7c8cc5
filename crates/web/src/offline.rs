//! The desk as an app of its own: its manifest, the service worker that keeps what was read, and the page for when there is nothing.

use axum::Extension;
use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use maud::html;
use serde_json::json;
use words::Words;

use crate::assets;
use crate::components::page::{brand, door};

/// `GET /manifest.webmanifest`: what an installed desk is called and how it looks.
pub(crate) async fn manifest(Extension(words): Extension<Words>) -> Response {
    let icon = |name: &str, sizes: &str, kind: &str, purpose: &str| json!({ "src": assets::url(name), "sizes": sizes, "type": kind, "purpose": purpose });
    let manifest = json!({
        "id": "/",
        "name": "Rapport",
        "short_name": "Rapport",
        "lang": words.tag(),
        "dir": words.direction().name(),
        "start_url": "/inbox/open",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#2f5bd0",
        "icons": [
            icon("favicon.svg", "any", "image/svg+xml", "any"),
            icon("images/icon-192.png", "192x192", "image/png", "any"),
            icon("images/icon-512.png", "512x512", "image/png", "any"),
        ],
        "shortcuts": [
            { "name": words.shortcuts_mine(), "url": "/inbox/mine" },
            { "name": words.shortcuts_search(), "url": "/search" },
        ],
    });
    let mut response = Json(manifest).into_response();
    let kind = HeaderValue::from_static("application/manifest+json");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

/// `GET /sw.js`. At the root, since a worker reaches no further up than where it lies; never cached, so that a new one is seen.
pub(crate) async fn worker() -> Response {
    let mut response = assets::text("sw.js").into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// `GET /offline`: for addresses that were not read while there was a network.
pub(crate) async fn page(Extension(words): Extension<Words>) -> Response {
    let page = door(
        words,
        words.offline_title(),
        html! {
            header { (brand()) h1 { (words.offline_title()) } p { (words.offline_what()) } }
            p { a.link href="/inbox/open" { (words.offline_inbox()) } }
        },
    );
    page.into_response()
}
