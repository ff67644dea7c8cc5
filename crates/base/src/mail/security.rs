//! Whether a mail is signed or encrypted end to end, and how. Nothing is verified or decrypted; every part is kept as it came.

use super::parsed::{Protection, Security};

/// Content types of the two families.
const SMIME: &[&str] = &["pkcs7-mime", "x-pkcs7-mime", "pkcs7-signature", "x-pkcs7-signature"];
const PGP: &[&str] = &["pgp-signature", "pgp-encrypted", "pgp-keys"];

/// What the content of an S/MIME block is, by the object identifier at its start (RFC 5652).
const SIGNED_DATA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
const ENVELOPED_DATA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03";
const AUTH_ENVELOPED_DATA: &[u8] = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17";

impl Security {
    /// `multipart/signed` or `multipart/encrypted` (RFC 1847), by the protocol it names.
    pub(super) fn see_multipart(&mut self, subtype: &str, protocol: Option<&str>) {
        let protection = protocol.and_then(family);
        match subtype {
            "signed" => self.signed = self.signed.or(protection),
            "encrypted" => self.encrypted = self.encrypted.or(protection).or(Some(Protection::Pgp)),
            _ => {}
        }
    }

    /// A part that is a signature or holds something encrypted.
    pub(super) fn see_part(&mut self, kind: &str, smime_type: Option<&str>, name: Option<&str>, data: &[u8]) {
        let subtype = kind.strip_prefix("application/").unwrap_or_default();
        match subtype {
            "pkcs7-mime" | "x-pkcs7-mime" => {}
            // The S/MIME message of a program that names no type.
            "octet-stream" if name.is_some_and(|name| name.to_lowercase().ends_with(".p7m")) => {}
            _ => {
                if let Some(family) = family(kind).filter(|_| subtype.ends_with("signature")) {
                    self.signed = self.signed.or(Some(family));
                }
                return;
            }
        }
        let start = &data[..data.len().min(64)];
        let has = |id: &[u8]| start.windows(id.len()).any(|window| window == id);
        match smime_type.map(str::to_ascii_lowercase).as_deref() {
            Some("signed-data" | "signed-receipt") => self.signed = Some(Protection::Smime),
            Some("enveloped-data" | "authenveloped-data") => self.encrypted = Some(Protection::Smime),
            _ if has(SIGNED_DATA) => self.signed = Some(Protection::Smime),
            Some("certs-only" | "compressed-data") => {}
            _ if has(ENVELOPED_DATA) || has(AUTH_ENVELOPED_DATA) => self.encrypted = Some(Protection::Smime),
            // RFC 8551: without a type it is most likely encrypted.
            _ => self.encrypted = Some(Protection::Smime),
        }
    }

    /// OpenPGP within the text itself (RFC 9580, section 6).
    pub(super) fn see_text(&mut self, text: &str) {
        let begins = |mark: &str| text.lines().any(|line| line.trim_end() == mark);
        if !text.contains("-----BEGIN PGP ") {
            return;
        }
        if begins("-----BEGIN PGP MESSAGE-----") {
            self.encrypted = self.encrypted.or(Some(Protection::Pgp));
        }
        if begins("-----BEGIN PGP SIGNED MESSAGE-----") {
            self.signed = self.signed.or(Some(Protection::Pgp));
        }
    }
}

fn family(kind: &str) -> Option<Protection> {
    let subtype = kind.trim().to_ascii_lowercase();
    let subtype = subtype.strip_prefix("application/")?;
    if SMIME.contains(&subtype) {
        return Some(Protection::Smime);
    }
    PGP.contains(&subtype).then_some(Protection::Pgp)
}
