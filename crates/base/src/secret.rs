//! Secrets: values that no log, page or error may show, and the key that seals them before they reach the store.

use std::{fmt, fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::{Zeroize, Zeroizing};

/// A value that must not be shown: it has no `Display` and no `Serialize`, its `Debug` says nothing, and its memory is
/// wiped when it goes.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T: Zeroize = String>(T);

impl<T: Zeroize> Secret<T> {
    /// Takes a value into custody.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself, for the one call that needs it. The name is long enough to be seen in review.
    pub fn reveal(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<'de, T: Zeroize + serde::Deserialize<'de>> serde::Deserialize<'de> for Secret<T> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(from).map(Self)
    }
}

/// What a sealed value belongs to. It is bound into the seal, so that a sealed value copied into another row, another
/// workspace or another column does not open there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner<'a> {
    /// What the value is, in a few words that never change: `"mailbox password"`.
    pub purpose: &'a str,
    /// The workspace of the row.
    pub workspace: Uuid,
    /// The row.
    pub row: Uuid,
}

impl Owner<'_> {
    fn to_bytes(self) -> Vec<u8> {
        let mut bound = Vec::with_capacity(33 + self.purpose.len());
        bound.push(VERSION);
        bound.extend_from_slice(self.workspace.as_bytes());
        bound.extend_from_slice(self.row.as_bytes());
        bound.extend_from_slice(self.purpose.as_bytes());
        bound
    }
}

/// Why a secret could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The text is not a key.
    #[error("a secret key is 64 hexadecimal digits (32 bytes)")]
    NotAKey,
    /// The key's file could not be read or written.
    #[error("secret key file {path}: {source}")]
    File {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The sealed bytes were written in a format that this version does not know.
    #[error("sealed value of unknown format {0}: written by a newer version?")]
    UnknownFormat(u8),
    /// The bytes are damaged, belong to another row, or were sealed with another key.
    #[error("a sealed value does not open: it is damaged, was moved, or was sealed with another secret key")]
    DoesNotOpen,
}

/// First byte of every sealed value. 1 = XChaCha20-Poly1305: 24 bytes nonce, then ciphertext and tag.
const VERSION: u8 = 1;
const NONCE: usize = 24;

/// The key that seals what the store must hold but not show (mailbox passwords, tokens).
#[derive(Clone)]
pub struct SecretKey(Secret<[u8; 32]>);

impl fmt::Debug for SecretKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SecretKey(…)")
    }
}

impl SecretKey {
    /// A key made of these 32 bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Secret::new(bytes))
    }

    /// Reads a key from text: 64 hexadecimal digits, blanks around them allowed.
    ///
    /// # Errors
    /// `NotAKey` when it is anything else.
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let mut bytes = [0_u8; 32];
        hex::decode_to_slice(text.trim(), &mut bytes).map_err(|_| SecretError::NotAKey)?;
        Ok(Self::from_bytes(bytes))
    }

    /// Reads the key of this file.
    ///
    /// # Errors
    /// `File` when it cannot be read, `NotAKey` when it holds something else.
    pub fn load(path: &Path) -> Result<Self, SecretError> {
        let text = fs::read_to_string(path).map_err(|source| file_error(path, source))?;
        Self::parse(&Zeroizing::new(text))
    }

    /// Reads the key of this file; makes the file, readable by its owner alone, when there is none. Several processes
    /// that start at once agree on one key.
    ///
    /// # Errors
    /// `File` when it can be neither read nor made, `NotAKey` when it holds something else.
    pub fn load_or_create(path: &Path) -> Result<Self, SecretError> {
        if !path.exists() {
            create(path).map_err(|source| file_error(path, source))?;
        }
        Self::load(path)
    }

    /// Seals `plain` for `owner`. The same text sealed twice looks different.
    ///
    /// # Panics
    /// When `plain` is longer than 256 GiB, the cipher's limit.
    pub fn seal(&self, plain: &[u8], owner: Owner<'_>) -> Vec<u8> {
        let nonce = crate::random::bytes::<NONCE>();
        let payload = Payload { msg: plain, aad: &owner.to_bytes() };
        let closed = self.cipher().encrypt(XNonce::from_slice(&nonce), payload).expect("shorter than the limit");
        let mut sealed = Vec::with_capacity(1 + NONCE + closed.len());
        sealed.push(VERSION);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&closed);
        sealed
    }

    /// A code that only the holder of this key can make for these bytes and this purpose (HMAC-SHA-256, RFC 2104).
    pub fn sign(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(self.0.reveal()).expect("any length of key is taken");
        mac.update(&(purpose.len() as u64).to_be_bytes());
        mac.update(purpose.as_bytes());
        mac.update(bytes);
        mac.finalize().into_bytes().into()
    }

    /// Opens what [`seal`](Self::seal) made for the same owner.
    ///
    /// # Errors
    /// `UnknownFormat` and `DoesNotOpen`; nothing of the content is given then.
    pub fn open(&self, sealed: &[u8], owner: Owner<'_>) -> Result<Secret<Vec<u8>>, SecretError> {
        let (&version, rest) = sealed.split_first().ok_or(SecretError::DoesNotOpen)?;
        if version != VERSION {
            return Err(SecretError::UnknownFormat(version));
        }
        let (nonce, closed) = rest.split_at_checked(NONCE).ok_or(SecretError::DoesNotOpen)?;
        let payload = Payload { msg: closed, aad: &owner.to_bytes() };
        let plain = self.cipher().decrypt(XNonce::from_slice(nonce), payload).map_err(|_| SecretError::DoesNotOpen)?;
        Ok(Secret::new(plain))
    }

    /// Opens a sealed text; see [`open`](Self::open).
    ///
    /// # Errors
    /// As `open`, and `DoesNotOpen` when the content is not UTF-8.
    pub fn open_text(&self, sealed: &[u8], owner: Owner<'_>) -> Result<Secret<String>, SecretError> {
        let plain = self.open(sealed, owner)?;
        let text = std::str::from_utf8(plain.reveal()).map_err(|_| SecretError::DoesNotOpen)?;
        Ok(Secret::new(text.to_owned()))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.0.reveal().into())
    }
}

/// Writes a new key beside its place and links it in, so that the place never holds half a key and the first of several
/// processes wins.
fn create(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let key = Zeroizing::new(crate::random::bytes::<32>());
    let draft = path.with_extension(format!("new-{}", hex::encode(crate::random::bytes::<8>())));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    let text = Zeroizing::new(hex::encode(*key));
    file.write_all(text.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn file_error(path: &Path, source: std::io::Error) -> SecretError {
    SecretError::File { path: path.display().to_string(), source }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const OWNER: Owner<'_> =
        Owner { purpose: "mailbox password", workspace: Uuid::from_u128(1), row: Uuid::from_u128(2) };

    fn key() -> SecretKey {
        SecretKey::from_bytes([7; 32])
    }

    #[test]
    fn a_secret_is_not_shown() {
        let secret = Secret::new("hunter2".to_owned());
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert!(!format!("{:?}", key()).contains('7'));
    }

    #[test]
    fn what_is_sealed_opens_for_its_owner() {
        let sealed = key().seal("pass wörd".as_bytes(), OWNER);
        assert_eq!(key().open_text(&sealed, OWNER).unwrap().reveal(), "pass wörd");
        assert_ne!(sealed, key().seal("pass wörd".as_bytes(), OWNER), "the same text looks different each time");
    }

    #[test]
    fn a_seal_does_not_open_elsewhere() {
        let sealed = key().seal(b"x", OWNER);
        let strangers = [
            Owner { row: Uuid::from_u128(3), ..OWNER },
            Owner { workspace: Uuid::from_u128(3), ..OWNER },
            Owner { purpose: "token", ..OWNER },
        ];
        for stranger in strangers {
            assert!(matches!(key().open(&sealed, stranger), Err(SecretError::DoesNotOpen)));
        }
        assert!(SecretKey::from_bytes([8; 32]).open(&sealed, OWNER).is_err());
    }

    #[test]
    fn damage_at_any_byte_is_seen() {
        let sealed = key().seal(b"secret", OWNER);
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert!(key().open(&damaged, OWNER).is_err(), "byte {at}");
            assert!(key().open(&sealed[..at], OWNER).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn the_first_start_makes_a_private_key_file_and_the_next_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data/secret.key");
        let sealed = SecretKey::load_or_create(&path).unwrap().seal(b"x", OWNER);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(SecretKey::load_or_create(&path).unwrap().open(&sealed, OWNER).is_ok());
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no draft is left behind");
    }

    #[test]
    fn processes_that_start_together_agree_on_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        let start = || SecretKey::load_or_create(&path).unwrap().0.reveal().to_owned();
        let keys: Vec<_> = std::thread::scope(|threads| {
            let running: Vec<_> = (0..8).map(|_| threads.spawn(start)).collect();
            running.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(keys.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[test]
    fn a_file_with_something_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret.key");
        fs::write(&path, "password").unwrap();
        assert!(matches!(SecretKey::load_or_create(&path), Err(SecretError::NotAKey)));
    }
}
