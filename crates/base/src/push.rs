//! Messages to browsers (web push, RFC 8030): encrypted for the browser that subscribed (RFC 8291, RFC 8188), signed so that its
//! push service knows who sends (VAPID, RFC 8292). The push service sees neither what is written nor to whom.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, Url, redirect};
use ring::{
    aead,
    agreement::{self, ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use sha2::Sha256;

use crate::{random, secret::Secret};

/// For one message.
const PATIENCE: Duration = Duration::from_secs(15);
/// The longest text of a message, in bytes; push services take 4096 with everything around it (RFC 8291, section 4).
pub const MOST_BYTES: usize = 2_000;
/// How long a push service keeps a message for a browser that is away, in seconds.
const KEEP: u32 = 24 * 3600;
/// How long a signature is good; at most a day (RFC 8292, section 2).
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(12);
/// The services that browsers use, by the end of their host's name: requests go nowhere else, whatever address a page gives us.
const SERVICES: &[&str] =
    &["fcm.googleapis.com", "push.services.mozilla.com", "web.push.apple.com", "notify.windows.com"];

/// The key that tells push services who sends.
pub struct Sender {
    keys: EcdsaKeyPair,
    contact: String,
}

/// A browser that takes messages.
#[derive(Debug, Clone, Copy)]
pub struct Browser<'a> {
    /// Where messages to it go.
    pub endpoint: &'a str,
    /// Its public key: 65 bytes, an uncompressed point.
    pub p256dh: &'a [u8],
    /// Its secret: 16 bytes.
    pub auth: &'a [u8],
}

/// Why a message did not go.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PushError {
    /// The browser takes messages no longer: forget it.
    #[error("the browser takes no messages any more")]
    Gone,
    /// The address or the keys are none.
    #[error("{0}")]
    Unusable(String),
    /// Trying again may help.
    #[error("the push service can't be asked now: {0}")]
    Unavailable(String),
}

fn unusable(words: &str) -> PushError {
    PushError::Unusable(words.to_owned())
}

/// A new key, as PKCS #8.
///
/// # Errors
/// [`PushError`] when there is no chance to draw from.
pub fn new_key() -> Result<Secret<Vec<u8>>, PushError> {
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
    Ok(Secret::new(key.map_err(|_| unusable("no key could be drawn"))?.as_ref().to_vec()))
}

/// Whether messages may go there: to a service that browsers use, over TLS, or to one that the operator has named.
pub fn is_service(endpoint: &str, named: &[String]) -> bool {
    let Ok(url) = Url::parse(endpoint) else { return false };
    let origin = url.origin().ascii_serialization();
    if named.iter().any(|one| one.trim_end_matches('/') == origin) {
        return true;
    }
    let host = url.host_str().unwrap_or_default().to_lowercase();
    let known =
        SERVICES.iter().any(|end| host == *end || host.strip_suffix(end).is_some_and(|rest| rest.ends_with('.')));
    url.scheme() == "https" && url.port().is_none() && known
}

impl Sender {
    /// Opens a key. `contact` is where push services write when something is wrong: `mailto:` or `https:`.
    ///
    /// # Errors
    /// [`PushError::Unusable`] when it is none.
    pub fn open(pkcs8: &[u8], contact: &str) -> Result<Self, PushError> {
        let keys = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8, &SystemRandom::new());
        let keys = keys.map_err(|_| unusable("the key for messages to browsers is none"))?;
        Ok(Self { keys, contact: contact.to_owned() })
    }

    /// The public key as browsers want it: base64url of an uncompressed point.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.keys.public_key().as_ref())
    }

    /// Says who sends, to one push service.
    fn authorization(&self, endpoint: &Url, now: Timestamp) -> Result<String, PushError> {
        let until = (now + GOOD_FOR).as_second();
        let claims = serde_json::json!({
            "aud": endpoint.origin().ascii_serialization(), "exp": until, "sub": self.contact,
        });
        let header = URL_SAFE_NO_PAD.encode(br#"{"typ":"JWT","alg":"ES256"}"#);
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let signature = self.keys.sign(&SystemRandom::new(), signed.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.map_err(|_| unusable("it could not be signed"))?.as_ref());
        Ok(format!("vapid t={signed}.{signature}, k={}", self.public_key()))
    }

    /// Sends a message. `topic` makes a newer message replace an older one that has not been delivered (RFC 8030, section 5.4).
    ///
    /// # Errors
    /// [`PushError`].
    pub async fn send(&self, browser: Browser<'_>, topic: &str, text: &[u8], now: Timestamp) -> Result<(), PushError> {
        let url = Url::parse(browser.endpoint).map_err(|_| unusable("the address is none"))?;
        let body = encrypt(browser.p256dh, browser.auth, text)?;
        let _already_there = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().timeout(PATIENCE).redirect(redirect::Policy::none()).build();
        let client = client.map_err(|error| PushError::Unavailable(error.to_string()))?;
        let request = client
            .post(url.clone())
            .header("authorization", self.authorization(&url, now)?)
            .header("content-encoding", "aes128gcm")
            .header("content-type", "application/octet-stream")
            .header("ttl", KEEP.to_string())
            .header("urgency", "normal")
            .header("topic", topic)
            .body(body);
        let answer = request.send().await.map_err(|error| PushError::Unavailable(error.without_url().to_string()))?;
        match answer.status().as_u16() {
            200..=299 => Ok(()),
            404 | 410 => Err(PushError::Gone),
            status @ (408 | 425 | 429 | 500..=599) => Err(PushError::Unavailable(format!("it answered {status}"))),
            status => Err(PushError::Unusable(format!("the push service answered {status}"))),
        }
    }
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> Result<[u8; 32], PushError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| unusable("a key is of no use"))?;
    parts.iter().for_each(|part| mac.update(part));
    Ok(mac.finalize().into_bytes().into())
}

/// Encrypts a text for one browser: one record of `aes128gcm` with our key for this message in its head.
///
/// # Errors
/// [`PushError::Unusable`] when the browser's keys are none, or the text is too long.
pub fn encrypt(p256dh: &[u8], auth: &[u8], text: &[u8]) -> Result<Vec<u8>, PushError> {
    if text.len() > MOST_BYTES {
        return Err(unusable("the message is too long"));
    }
    let chance = SystemRandom::new();
    let ours = EphemeralPrivateKey::generate(&ECDH_P256, &chance).map_err(|_| unusable("no key could be drawn"))?;
    let our_public = ours.compute_public_key().map_err(|_| unusable("no key could be drawn"))?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, p256dh);
    let extracted = agreement::agree_ephemeral(ours, &theirs, |shared| hmac(auth, &[shared]));
    let extracted = extracted.map_err(|_| unusable("the browser's key is none"))??;
    // RFC 8291, section 3.4; each output fits one block of the expansion, whose counter is 1.
    let material = hmac(&extracted, &[b"WebPush: info\0", p256dh, our_public.as_ref(), &[1]])?;
    let salt = random::bytes::<16>();
    let extracted = hmac(&salt, &[&material])?;
    let key = hmac(&extracted, &[b"Content-Encoding: aes128gcm\0", &[1]])?;
    let nonce = hmac(&extracted, &[b"Content-Encoding: nonce\0", &[1]])?;
    let key = aead::UnboundKey::new(&aead::AES_128_GCM, &key[..16]).map_err(|_| unusable("a key is of no use"))?;
    let nonce = aead::Nonce::try_assume_unique_for_key(&nonce[..12]).map_err(|_| unusable("a key is of no use"))?;
    // The delimiter of the last record.
    let mut record = [text, &[2]].concat();
    aead::LessSafeKey::new(key)
        .seal_in_place_append_tag(nonce, aead::Aad::empty(), &mut record)
        .map_err(|_| unusable("it could not be encrypted"))?;
    let head = [&salt[..], &4096_u32.to_be_bytes(), &[65], our_public.as_ref()].concat();
    Ok([head, record].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_go_to_push_services_only() {
        let named = ["http://127.0.0.1:4711".to_owned()];
        for good in [
            "https://fcm.googleapis.com/fcm/send/x",
            "https://updates.push.services.mozilla.com/wpush/v2/x",
            "https://web.push.apple.com/x",
            "http://127.0.0.1:4711/x",
        ] {
            assert!(is_service(good, &named), "{good}");
        }
        for bad in [
            "http://fcm.googleapis.com/x",
            "https://fcm.googleapis.com.evil.example/x",
            "https://evilfcm.googleapis.com/x",
            "https://fcm.googleapis.com:8443/x",
            "http://127.0.0.1:9200/x",
            "https://169.254.169.254/",
            "file:///etc/passwd",
            "",
        ] {
            assert!(!is_service(bad, &named), "{bad}");
        }
    }

    #[test]
    fn a_signature_says_for_whom_until_when_and_by_which_key() {
        let sender = Sender::open(new_key().unwrap().reveal(), "mailto:it@desk.example").unwrap();
        let now = Timestamp::UNIX_EPOCH;
        let url = Url::parse("https://web.push.apple.com/abc").unwrap();
        let words = sender.authorization(&url, now).unwrap();
        let (token, key) = words.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k=")).unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let point = URL_SAFE_NO_PAD.decode(key).unwrap();
        let public = ring::signature::UnparsedPublicKey::new(&ring::signature::ECDSA_P256_SHA256_FIXED, point);
        public.verify(signed.as_bytes(), &URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
        let claims = URL_SAFE_NO_PAD.decode(signed.split_once('.').unwrap().1).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["aud"], "https://web.push.apple.com");
        assert_eq!((claims["exp"].as_i64(), claims["sub"].as_str()), (Some(12 * 3600), Some("mailto:it@desk.example")));
    }

    #[test]
    fn keys_that_are_none_and_texts_that_are_too_long_are_refused() {
        assert!(matches!(encrypt(&[4; 65], &[0; 16], b"x"), Err(PushError::Unusable(_))));
        assert!(matches!(encrypt(&[], &[], &[0; MOST_BYTES + 1]), Err(PushError::Unusable(_))));
        assert!(Sender::open(b"no key", "").is_err());
    }
}
