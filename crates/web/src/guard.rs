//! What holds for every answer: the content policy and its companions, and no change on behalf of a foreign page.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, Method, StatusCode};
use words::Words;

use crate::Web;

/// What our pages may load: only what is ours. Strangers' mail lives in frames with a policy of their own.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                      frame-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Set on every answer that does not set them itself.
static HEADERS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=()"),
];

/// Adds the headers that every answer carries.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in &HEADERS {
        if !response.headers().contains_key(name) {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    }
    response
}

/// Refuses changes and live connections that a page of another origin asks for. Cookies are `SameSite=Lax` besides.
pub(crate) async fn same_origin(State(web): State<Web>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let upgrade = request.headers().contains_key(header::UPGRADE);
    if (!safe || upgrade) && !is_own(request.headers(), web.settings().public_url.as_deref()) {
        let say = request.extensions().get::<Words>().copied().unwrap_or_default();
        return (StatusCode::FORBIDDEN, say.errors_another_site()).into_response();
    }
    next.run(request).await
}

/// Whether a page of ours, or the reader's own hand, asks. Browsers say so in `Sec-Fetch-Site`; older ones name the `Origin`.
fn is_own(headers: &HeaderMap, public_url: Option<&str>) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin").and_then(host_of) else { return false };
    text("host") == Some(origin) || public_url.and_then(host_of) == Some(origin)
}

/// Host and port of an address.
fn host_of(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("://")?;
    rest.split('/').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(headers: &[(&str, &str)]) -> bool {
        let map = headers
            .iter()
            .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap()))
            .collect();
        is_own(&map, Some("https://desk.example.com"))
    }

    #[test]
    fn what_the_browser_says_of_the_site_decides() {
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(own(&[("sec-fetch-site", "none")]));
        assert!(!own(&[("sec-fetch-site", "same-site"), ("origin", "http://a"), ("host", "a")]));
        assert!(!own(&[("sec-fetch-site", "cross-site")]));
    }

    #[test]
    fn without_it_the_origin_must_be_the_host_or_the_public_address() {
        assert!(own(&[("origin", "http://localhost:8080"), ("host", "localhost:8080")]));
        assert!(own(&[("origin", "https://desk.example.com"), ("host", "127.0.0.1:8080")]));
        assert!(!own(&[("origin", "https://evil.example"), ("host", "desk.example.com")]));
        assert!(!own(&[("origin", "null"), ("host", "desk.example.com")]));
        assert!(!own(&[("host", "desk.example.com")]));
    }
}
