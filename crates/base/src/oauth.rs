//! Signing in at a provider on somebody's behalf: the authorization code grant of OAuth 2.0 (RFC 6749) with PKCE (RFC 7636), and
//! fresh access tokens from a refresh token. Three requests over the HTTP client that the house has anyway; the oauth2 crate
//! would bring a second one.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::{Client, Url, header, redirect};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{random, secret::Secret};

/// For one request.
const PATIENCE: Duration = Duration::from_secs(20);
/// A longer answer is none.
const MOST_BYTES: usize = 256 * 1024;
/// Where the provider does not say how long an access token lasts (RFC 6749, 5.1, recommends to say it).
const USUAL_LIFE: i64 = 3600;

/// A provider, and as whom we are known to it.
#[derive(Debug, Clone)]
pub struct Provider {
    /// Where people say yes.
    pub authorize_url: String,
    /// Where codes and refresh tokens become access tokens.
    pub token_url: String,
    /// Our name there.
    pub client_id: String,
    /// Our password there; providers may do without.
    pub client_secret: Option<Secret<String>>,
    /// What is asked for, apart by spaces.
    pub scope: String,
}

/// What a provider has given.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Opens the mailbox for a while.
    pub access: Secret<String>,
    /// Gets the next access token. None: the one that we have stays good.
    pub refresh: Option<Secret<String>>,
    /// For how many seconds the access token is good.
    pub seconds: i64,
}

/// Why a provider gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OauthError {
    /// It no longer accepts what we were given: somebody has to sign in again (RFC 6749, 5.2: `invalid_grant`).
    #[error("it does not accept the sign-in any more: {0}")]
    Revoked(String),
    /// It refuses us or the request.
    #[error("it refused: {0}")]
    Refused(String),
    /// It could not be reached, or made no sense. Trying again may help.
    #[error("it can't be asked now: {0}")]
    Unavailable(String),
    /// The address of the provider is none, or is not protected by TLS.
    #[error("{0} is no address that begins with https://")]
    NotAnAddress(String),
}

/// The proof that whoever brings the code is who asked for it: the secret, and what is told of it beforehand.
pub fn new_proof() -> (Secret<String>, String) {
    let verifier = URL_SAFE_NO_PAD.encode(random::bytes::<32>());
    let challenge = challenge(&verifier);
    (Secret::new(verifier), challenge)
}

/// What is told beforehand of a proof (method S256).
pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

/// Whether requests with secrets may go there: over TLS, or within this machine.
pub fn is_protected(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    url.host_str().is_some() && (url.scheme() == "https" || (url.scheme() == "http" && local))
}

impl Provider {
    /// Where to send somebody's browser so that they say yes. `hint` is the account that is meant.
    ///
    /// # Errors
    /// [`OauthError::NotAnAddress`].
    pub fn address(&self, redirect: &str, state: &str, challenge: &str, hint: &str) -> Result<String, OauthError> {
        let mut url = protected(&self.authorize_url)?;
        url.query_pairs_mut().extend_pairs([
            ("response_type", "code"),
            ("client_id", &self.client_id),
            ("redirect_uri", redirect),
            ("scope", &self.scope),
            ("state", state),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
            ("login_hint", hint),
            // Google gives a refresh token only when asked like this; others do not mind.
            ("access_type", "offline"),
            ("prompt", "consent"),
        ]);
        Ok(url.into())
    }

    /// Turns the code that the browser has brought into tokens.
    ///
    /// # Errors
    /// [`OauthError`].
    pub async fn exchange(&self, code: &str, redirect: &str, verifier: &str) -> Result<Tokens, OauthError> {
        let grant = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ];
        self.ask(&grant).await
    }

    /// A fresh access token.
    ///
    /// # Errors
    /// [`OauthError`].
    pub async fn refresh(&self, refresh: &str) -> Result<Tokens, OauthError> {
        self.ask(&[("grant_type", "refresh_token"), ("refresh_token", refresh), ("scope", &self.scope)]).await
    }

    async fn ask(&self, grant: &[(&str, &str)]) -> Result<Tokens, OauthError> {
        let url = protected(&self.token_url)?;
        let mut form = Url::parse("form:").map_err(|error| OauthError::Unavailable(error.to_string()))?;
        form.query_pairs_mut().extend_pairs(grant).append_pair("client_id", &self.client_id);
        if let Some(secret) = &self.client_secret {
            form.query_pairs_mut().append_pair("client_secret", secret.reveal());
        }
        let body = form.query().unwrap_or_default().to_owned();
        let unavailable = |error: reqwest::Error| OauthError::Unavailable(error.without_url().to_string());
        let request = client()?
            .post(url)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .body(body);
        let mut answer = request.send().await.map_err(unavailable)?;
        let status = answer.status();
        let mut bytes = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(unavailable)? {
            bytes.extend_from_slice(&piece);
            if bytes.len() > MOST_BYTES {
                return Err(OauthError::Unavailable("its answer is too long".into()));
            }
        }
        read(status.as_u16(), &bytes)
    }
}

fn protected(address: &str) -> Result<Url, OauthError> {
    let wrong = || OauthError::NotAnAddress(address.to_owned());
    if is_protected(address) { Url::parse(address).map_err(|_| wrong()) } else { Err(wrong()) }
}

fn client() -> Result<Client, OauthError> {
    let _already_there = rustls::crypto::ring::default_provider().install_default();
    // Nobody may send our secrets elsewhere.
    let client = Client::builder().timeout(PATIENCE).redirect(redirect::Policy::none()).build();
    client.map_err(|error| OauthError::Unavailable(error.to_string()))
}

/// Reads a token endpoint's answer (RFC 6749, 5.1 and 5.2).
fn read(status: u16, body: &[u8]) -> Result<Tokens, OauthError> {
    #[derive(Deserialize)]
    struct Granted {
        access_token: String,
        refresh_token: Option<String>,
        expires_in: Option<serde_json::Value>,
    }
    #[derive(Deserialize)]
    struct Refused {
        error: String,
        #[serde(default)]
        error_description: String,
    }
    if let (200..300, Ok(granted)) = (status, serde_json::from_slice::<Granted>(body)) {
        // Some write the number as text.
        let seconds = granted.expires_in.and_then(|value| value.as_i64().or_else(|| value.as_str()?.parse().ok()));
        return Ok(Tokens {
            access: Secret::new(granted.access_token),
            refresh: granted.refresh_token.filter(|token| !token.is_empty()).map(Secret::new),
            seconds: seconds.unwrap_or(USUAL_LIFE).clamp(0, 31 * 86_400),
        });
    }
    let Ok(Refused { error, error_description }) = serde_json::from_slice(body) else {
        return Err(OauthError::Unavailable(format!("its answer ({status}) makes no sense")));
    };
    let described: String = error_description.lines().next().unwrap_or_default().chars().take(300).collect();
    let words = if described.is_empty() { error.clone() } else { format!("{described} ({error})") };
    Err(match error.as_str() {
        "invalid_grant" | "interaction_required" => OauthError::Revoked(words),
        "temporarily_unavailable" | "server_error" => OauthError::Unavailable(words),
        _ if status >= 500 || status == 429 => OauthError::Unavailable(words),
        _ => OauthError::Refused(words),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_proof_is_told_as_the_standard_shows() {
        // RFC 7636, appendix B.
        let challenged = challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenged, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn secrets_go_over_tls_only_or_stay_on_this_machine() {
        for good in ["https://login.example/token", "http://127.0.0.1:8080/token", "http://localhost/x"] {
            assert!(is_protected(good), "{good}");
        }
        for bad in ["http://login.example/", "ftp://localhost/", "login.example", "", "https://", "javascript:alert(1)"]
        {
            assert!(!is_protected(bad), "{bad}");
        }
    }

    #[test]
    fn answers_are_read_as_providers_write_them() {
        let tokens =
            read(200, br#"{"access_token":"a","expires_in":"300","refresh_token":"","token_type":"Bearer"}"#).unwrap();
        assert_eq!((tokens.access.reveal().as_str(), tokens.refresh.is_none(), tokens.seconds), ("a", true, 300));
        let revoked = br#"{"error":"invalid_grant","error_description":"Token has been expired or revoked."}"#;
        assert!(matches!(read(400, revoked), Err(OauthError::Revoked(words)) if words.starts_with("Token has been")));
        assert!(matches!(read(401, br#"{"error":"invalid_client"}"#), Err(OauthError::Refused(_))));
        assert!(matches!(read(503, b"<html>"), Err(OauthError::Unavailable(_))));
    }

    proptest! {
        #[test]
        fn no_answer_makes_the_reader_stumble(status in 100_u16..600, body in proptest::collection::vec(any::<u8>(), 0..200)) {
            _ = read(status, &body);
        }
    }
}
