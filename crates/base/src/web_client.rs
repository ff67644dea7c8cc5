//! Requests that tell other programs what happened: posted over TLS (or within this machine), signed, and never led elsewhere.

use crate::secret::Secret;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use reqwest::{Client, Url, header, redirect};
use sha2::Sha256;
use std::time::Duration;

/// For one request.
const PATIENCE: Duration = Duration::from_secs(15);

/// Why what was posted was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WebError {
    /// Trying again would not help.
    #[error("{0}")]
    Refused(String),
    /// Trying again may help.
    #[error("{0}")]
    Unavailable(String),
}

/// What a receiver checks to know who sent a body and when: HMAC-SHA-256 (RFC 2104) over the time, a full stop and the body.
pub fn signature(secret: &Secret<String>, at: Timestamp, body: &str) -> String {
    let at = at.as_second();
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()).expect("any length of key is taken");
    mac.update(format!("{at}.{body}").as_bytes());
    format!("t={at},v1={}", hex::encode(mac.finalize().into_bytes()))
}

/// Posts JSON to an address, with further headers.
///
/// # Errors
/// [`WebError`].
pub async fn post(address: &str, headers: &[(&'static str, String)], body: String) -> Result<(), WebError> {
    let refused = |error: &dyn std::fmt::Display| WebError::Refused(error.to_string());
    if !crate::oauth::is_protected(address) {
        return Err(WebError::Refused("the address does not begin with https://".into()));
    }
    let url = Url::parse(address).map_err(|error| refused(&error))?;
    let _already_there = rustls::crypto::ring::default_provider().install_default();
    // What is signed for one receiver goes to no other.
    let client = Client::builder().timeout(PATIENCE).redirect(redirect::Policy::none()).build();
    let client = client.map_err(|error| WebError::Unavailable(error.to_string()))?;
    let request =
        client.post(url).header(header::CONTENT_TYPE, "application/json").header(header::USER_AGENT, "Rapport");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
    let answer = request.body(body).send().await;
    let answer = answer.map_err(|error| WebError::Unavailable(error.without_url().to_string()))?;
    match answer.status().as_u16() {
        200..=299 => Ok(()),
        status @ (408 | 425 | 429 | 500..=599) => Err(WebError::Unavailable(format!("it answered {status}"))),
        status => Err(WebError::Refused(format!("it answered {status}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_of_the_time_and_the_body() {
        let secret = Secret::new("whsec".to_owned());
        let at = Timestamp::from_second(1_700_000_000).unwrap();
        let signed = signature(&secret, at, "{}");
        // printf '1700000000.{}' | openssl dgst -sha256 -hmac whsec
        assert!(signed.starts_with("t=1700000000,v1="), "{signed}");
        assert_eq!(signed.len(), "t=1700000000,v1=".len() + 64);
        assert_ne!(signed, signature(&secret, at, "{ }"));
        assert_ne!(signed, signature(&Secret::new("other".to_owned()), at, "{}"));
    }

    #[tokio::test]
    async fn nothing_is_posted_without_protection() {
        let posted = post("http://shop.example/hook", &[], "{}".into()).await;
        assert!(matches!(posted, Err(WebError::Refused(_))));
    }
}
