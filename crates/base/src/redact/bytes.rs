//! Masks texts that came as files, whatever their character set, and changes nothing else in them.

use super::{BULLET, Redaction, Redactor};

impl Redactor {
    /// A file of text with what the rules find masked, and what that was; `None` when nothing is found.
    pub fn mask_bytes(&self, bytes: &[u8]) -> Option<(Vec<u8>, Vec<Redaction>)> {
        if let Ok(text) = std::str::from_utf8(bytes) {
            let (text, found) = self.mask(text);
            return (!found.is_empty()).then(|| (text.into_bytes(), found));
        }
        let from: Option<fn([u8; 2]) -> u16> = match bytes {
            [0xff, 0xfe, ..] => Some(u16::from_le_bytes),
            [0xfe, 0xff, ..] => Some(u16::from_be_bytes),
            _ => None,
        };
        match from {
            Some(from) => self.mask_wide(bytes, from),
            None => self.mask_narrow(bytes),
        }
    }

    /// UTF-16, told by its first two bytes.
    fn mask_wide(&self, bytes: &[u8], from: fn([u8; 2]) -> u16) -> Option<(Vec<u8>, Vec<Redaction>)> {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| from(*pair)).collect();
        // Half a character stays half a character only where nothing is masked.
        let (text, found) = self.mask(&String::from_utf16_lossy(&units));
        if found.is_empty() {
            return None;
        }
        let is_little = bytes.first() == Some(&0xff);
        let back = |unit: u16| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        let mut masked: Vec<u8> = text.encode_utf16().flat_map(back).collect();
        masked.extend(rest);
        Some((masked, found))
    }

    /// Any character set in which digits and Latin letters are single bytes as in ASCII. It has no bullet for sure, so stars mask.
    fn mask_narrow(&self, bytes: &[u8]) -> Option<(Vec<u8>, Vec<Redaction>)> {
        let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        let (text, found) = self.mask(&text);
        if found.is_empty() {
            return None;
        }
        let back = |c: char| if c == BULLET { b'*' } else { u8::try_from(u32::from(c)).unwrap_or(b'?') };
        Some((text.chars().map(back).collect(), found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::RedactionRules;

    fn masked(bytes: &[u8]) -> Option<Vec<u8>> {
        Redactor::new(&RedactionRules::default()).unwrap().mask_bytes(bytes).map(|(bytes, _)| bytes)
    }

    #[test]
    fn a_card_number_is_masked_in_every_character_set_and_the_rest_stays() {
        let utf8 = masked("Müller;4111 1111 1111 1111;ok".as_bytes()).unwrap();
        assert_eq!(String::from_utf8(utf8).unwrap(), "Müller;•••• 1111;ok");
        let latin = masked(b"M\xfcller;4111 1111 1111 1111;ok").unwrap();
        assert_eq!(latin, b"M\xfcller;**** 1111;ok");
        let wide =
            |text: &str| -> Vec<u8> { format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect() };
        assert_eq!(masked(&wide("Müller;4111 1111 1111 1111")).unwrap(), wide("Müller;•••• 1111"));
        let big: Vec<u8> = "\u{feff}4111 1111 1111 1111".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(masked(&big).unwrap().starts_with(&[0xfe, 0xff]));
    }

    #[test]
    fn a_file_without_secrets_stays_as_it_is() {
        for bytes in [&b"hello"[..], b"M\xfcller", b"\xff\xfea", b"", b"\xff"] {
            assert_eq!(masked(bytes), None, "{bytes:?}");
        }
    }
}
