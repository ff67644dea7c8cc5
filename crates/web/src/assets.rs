//! The pages' own files, embedded: styles, scripts, icons. Cached for ever under a name that changes with them.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};

struct Asset {
    name: &'static str,
    content_type: &'static str,
    plain: &'static [u8],
    brotli: &'static [u8],
    gzip: &'static [u8],
}

static ASSETS: &[Asset] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The hash of all assets; part of every asset's address.
const HASH: &str = env!("ASSETS_HASH");

/// The address of one asset, as `app.css` or `js/live.js`.
pub(crate) fn url(name: &str) -> String {
    debug_assert!(ASSETS.iter().any(|asset| asset.name == name), "no asset is called {name}");
    format!("/assets/{HASH}/{name}")
}

/// The addresses of all script modules, for `modulepreload`.
pub(crate) fn modules() -> impl Iterator<Item = String> {
    ASSETS.iter().filter(|asset| asset.name.starts_with("js/")).map(|asset| url(asset.name))
}

/// An asset that is served from another address as well.
pub(crate) fn text(name: &str) -> &'static [u8] {
    ASSETS.iter().find(|asset| asset.name == name).map_or(&[], |asset| asset.plain)
}

/// `GET /assets/{hash}/{name}`. A page that was rendered before an update still gets the file of that name.
pub(crate) async fn serve(Path((_, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    respond(asset, &headers)
}

/// `GET /favicon.ico`, which browsers ask for unasked.
pub(crate) async fn favicon(headers: HeaderMap) -> Response {
    match ASSETS.iter().find(|asset| asset.name == "favicon.svg") {
        Some(asset) => respond(asset, &headers),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn respond(asset: &Asset, headers: &HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let accepts = |name: &str| accepted.split(',').any(|part| part.split(';').next().is_some_and(|n| n.trim() == name));
    let (encoding, bytes) = if accepts("br") {
        (Some("br"), asset.brotli)
    } else if accepts("gzip") {
        (Some("gzip"), asset.gzip)
    } else {
        (None, asset.plain)
    };
    let mut response = bytes.into_response();
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Writes the assets below `folder` as they are served.
#[cfg(test)]
pub(crate) fn write_to(folder: &std::path::Path) -> std::io::Result<()> {
    for asset in ASSETS {
        let path = folder.join(url(asset.name).trim_start_matches('/'));
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, asset.plain)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_named_in_the_code_is_in_the_sprite() {
        let sprite = ASSETS.iter().find(|asset| asset.name == "icons.svg").unwrap();
        let sprite = std::str::from_utf8(sprite.plain).unwrap();
        for icon in crate::components::icon::ALL {
            assert!(sprite.contains(&format!("id=\"{}\"", icon.name())), "{} is missing", icon.name());
        }
    }

    #[tokio::test]
    async fn an_asset_is_served_compressed_and_cached_for_ever() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip, br;q=1"));
        let response = serve(Path((HASH.to_owned(), "app.css".to_owned())), headers).await;
        assert_eq!(response.headers()[header::CONTENT_ENCODING], "br");
        assert!(response.headers()[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    }
}
