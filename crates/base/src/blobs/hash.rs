//! The name of a blob: the SHA-256 of its content.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest, Sha256};

/// SHA-256 of a blob's content; 64 hexadecimal digits as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobHash(pub [u8; 32]);

/// The text is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a blob's hash is 64 hexadecimal digits")]
pub struct NotAHash;

impl BlobHash {
    /// The hash of this content.
    pub fn of(content: &[u8]) -> Self {
        Self(Sha256::digest(content).into())
    }

    /// The bytes of the hash, as a column holds them.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for BlobHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "BlobHash({self})")
    }
}

impl TryFrom<&[u8]> for BlobHash {
    type Error = NotAHash;

    fn try_from(bytes: &[u8]) -> Result<Self, NotAHash> {
        bytes.try_into().map(Self).map_err(|_| NotAHash)
    }
}

impl FromStr for BlobHash {
    type Err = NotAHash;

    /// Reads 64 lower-case digits, with or without the slash of the fan-out.
    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let digits = match text.as_bytes() {
            [a, b, b'/', rest @ ..] if rest.len() == 62 => [&[*a, *b], rest].concat(),
            whole => whole.to_vec(),
        };
        let mut bytes = [0_u8; 32];
        hex::decode_to_slice(&digits, &mut bytes).map_err(|_| NotAHash)?;
        if digits.iter().any(u8::is_ascii_uppercase) {
            return Err(NotAHash);
        }
        Ok(Self(bytes))
    }
}

impl Serialize for BlobHash {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for BlobHash {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn text_and_hash_are_one_to_one() {
        let hash = BlobHash::of(b"");
        assert_eq!(hash.to_string(), EMPTY);
        assert_eq!(EMPTY.parse(), Ok(hash));
        assert_eq!(format!("{}/{}", &EMPTY[..2], &EMPTY[2..]).parse(), Ok(hash));
        assert_eq!(serde_json::from_str::<BlobHash>(&serde_json::to_string(&hash).unwrap()).unwrap(), hash);
        for wrong in ["", "zz", &EMPTY[1..], &EMPTY.to_uppercase(), "e3/b0"] {
            assert_eq!(wrong.parse::<BlobHash>(), Err(NotAHash), "{wrong}");
        }
    }
}
