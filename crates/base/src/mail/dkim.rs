//! Signing mail for a domain (DKIM, RFC 6376): keys, the record that publishes them, the signature. The cryptography is the
//! mail-auth library's.

use base64::{Engine, engine::general_purpose::STANDARD};
use mail_auth::{
    common::{
        crypto::{DkimKey, Ed25519Key, RsaKey, Sha256},
        headers::HeaderWriter,
    },
    dkim::{DkimSigner, generate::DkimKeyPair},
};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs1KeyDer};
use serde::{Deserialize, Serialize};

use crate::secret::Secret;

/// Fields that are signed, also where they are missing: nobody can add one afterwards without breaking the signature.
const SIGNED: [&str; 12] = [
    "From",
    "Reply-To",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
];

/// What comes before an RSA key of 2048 bits to make a SubjectPublicKeyInfo of it (RFC 5280, RFC 8017), which is what
/// receivers expect in the record.
const RSA_2048: [u8; 24] = [
    0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    0x03, 0x82, 0x01, 0x0f, 0x00,
];

/// How mail is signed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Algorithm {
    /// RSA with 2048 bits: every receiver understands it (RFC 8301).
    #[default]
    Rsa,
    /// Ed25519: short, but some receivers do not know it yet (RFC 8463).
    Ed25519,
}

/// Why there is no key or no signature.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct DkimError(String);

impl From<mail_auth::Error> for DkimError {
    fn from(error: mail_auth::Error) -> Self {
        Self(error.to_string())
    }
}

/// A new pair of keys: the private one (DER) and the public one as it stands in the record. Drawing an RSA key takes a second
/// or more.
///
/// # Errors
/// [`DkimError`] when the library can't.
pub fn new_key(algorithm: Algorithm) -> Result<(Secret<Vec<u8>>, String), DkimError> {
    let pair = match algorithm {
        Algorithm::Rsa => DkimKeyPair::generate_rsa(2048)?,
        Algorithm::Ed25519 => DkimKeyPair::generate_ed25519()?,
    };
    let (private, public) = pair.into_inner();
    let public = match algorithm {
        Algorithm::Rsa if public.len() == 270 => [&RSA_2048[..], &public].concat(),
        Algorithm::Rsa => return Err(DkimError("the new key has an unexpected length".into())),
        Algorithm::Ed25519 => public,
    };
    Ok((Secret::new(private), STANDARD.encode(public)))
}

/// The text of the record at `<selector>._domainkey.<domain>`.
pub fn record(algorithm: Algorithm, public_key: &str) -> String {
    let kind = match algorithm {
        Algorithm::Rsa => "rsa",
        Algorithm::Ed25519 => "ed25519",
    };
    format!("v=DKIM1; k={kind}; p={public_key}")
}

/// Whether a record publishes this key. Spaces, order and further tags do not matter (RFC 6376, 3.6.1).
pub fn publishes(record: &str, algorithm: Algorithm, public_key: &str) -> bool {
    let tag = |wanted: &str| {
        record.split(';').find_map(|tag| {
            let (name, value) = tag.split_once('=')?;
            (name.trim() == wanted).then(|| value.split_whitespace().collect::<String>())
        })
    };
    let kind = match tag("k").as_deref() {
        None | Some("rsa") => Algorithm::Rsa,
        Some("ed25519") => Algorithm::Ed25519,
        Some(_) => return false,
    };
    tag("v").is_none_or(|version| version == "DKIM1") && kind == algorithm && tag("p").as_deref() == Some(public_key)
}

/// The header field that signs `letter` for a domain; it is to stand before the others.
///
/// # Errors
/// [`DkimError`] when the key is none.
pub fn signature(
    letter: &[u8],
    domain: &str,
    selector: &str,
    algorithm: Algorithm,
    private_key: &[u8],
) -> Result<String, DkimError> {
    let key = match algorithm {
        Algorithm::Rsa => {
            let der = PrivateKeyDer::Pkcs1(PrivatePkcs1KeyDer::from(private_key));
            DkimKey::from(RsaKey::<Sha256>::from_key_der(der)?)
        }
        Algorithm::Ed25519 => DkimKey::from(Ed25519Key::from_pkcs8_der(private_key)?),
    };
    let signer = DkimSigner::from_key(key).domain(domain).selector(selector).headers(SIGNED);
    Ok(signer.sign(letter)?.to_header())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_record_is_recognised_however_it_was_typed() {
        let record = record(Algorithm::Rsa, "QUJD");
        assert_eq!(record, "v=DKIM1; k=rsa; p=QUJD");
        assert!(publishes(&record, Algorithm::Rsa, "QUJD"));
        assert!(publishes("p = QU JD ;v=DKIM1;t=s", Algorithm::Rsa, "QUJD"));
        for other in ["v=DKIM1; k=ed25519; p=QUJD", "v=DKIM1; p=", "v=DKIM2; p=QUJD", "p=QUJE", "", "v=spf1 -all"] {
            assert!(!publishes(other, Algorithm::Rsa, "QUJD"), "{other}");
        }
    }

    #[test]
    fn the_signature_names_domain_selector_and_the_fields_that_nobody_may_add() {
        let (private, _) = new_key(Algorithm::Ed25519).unwrap();
        let letter = b"From: a@shop.example\r\nSubject: x\r\n\r\nHello\r\n";
        let header = signature(letter, "shop.example", "rapport1", Algorithm::Ed25519, private.reveal()).unwrap();
        assert!(header.starts_with("DKIM-Signature:") && header.ends_with("\r\n"), "{header}");
        let flat: String = header.split_whitespace().collect();
        assert!(flat.contains("d=shop.example;") && flat.contains("s=rapport1;"), "{flat}");
        assert!(flat.to_lowercase().contains("reply-to"), "{flat}");
    }

    #[test]
    fn an_rsa_key_is_published_as_receivers_expect_it() {
        let (_, public) = new_key(Algorithm::Rsa).unwrap();
        assert!(public.starts_with("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"), "{public}");
    }

    proptest! {
        #[test]
        fn no_record_makes_the_reader_stumble(record in ".{0,200}") {
            publishes(&record, Algorithm::Rsa, "QUJD");
        }
    }
}
