//! Blobs: raw mails and attachments, stored once under the SHA-256 of their content, in a folder or an S3 bucket.
//!
//! A blob is durable before [`Blobs::put`] returns, so a row may name it right after. What no row names is collected by
//! [`Blobs::sweep`]; see there why it never takes a blob that a row is about to name.

mod hash;
mod place;
mod sweep;
#[cfg(test)]
mod tests;

use std::{path::PathBuf, sync::Arc};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream::BoxStream};
use jiff::Timestamp;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, path::Path};

pub use self::{
    hash::{BlobHash, NotAHash},
    place::{Place, S3},
    sweep::Swept,
};

/// Why a blob operation failed.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// Nothing is stored under this hash.
    #[error("blob {0} is missing from the blob store")]
    Missing(BlobHash),
    /// What is stored under this hash is something else.
    #[error("blob {expected} is damaged: its content has the hash {found}")]
    Damaged {
        /// The hash that was asked for.
        expected: BlobHash,
        /// The hash of what is there.
        found: BlobHash,
    },
    /// The place cannot be used as it is set.
    #[error("blob store: {0}")]
    Place(String),
    /// The folder or the server refused or failed; trying again later may help.
    #[error("blob store: {0}")]
    Store(#[from] object_store::Error),
    /// Whoever knows which blobs are named failed to answer; nothing was deleted on their word.
    #[error("asking which blobs are named: {0}")]
    Names(anyhow::Error),
}

/// A stored blob, as [`Blobs::list`] sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The hash of its content, which is its name.
    pub hash: BlobHash,
    /// Bytes.
    pub size: u64,
    /// When it was last written, by the store's clock.
    pub last_modified: Timestamp,
}

/// The blob store. Cheap to clone; all clones are one store.
#[derive(Clone, Debug)]
pub struct Blobs {
    store: Arc<dyn ObjectStore>,
    /// The folder, when it is one: for what only a folder needs.
    folder: Option<PathBuf>,
}

/// Contents longer than this are hashed beside the runtime, not on it.
const HASH_INLINE: usize = 256 * 1024;

impl Blobs {
    /// Stores `bytes` under their hash. When this returns they are on stable storage; when they were there already, it
    /// only looks. Doing it twice equals once.
    ///
    /// # Errors
    /// `Store` when the place does not take them.
    pub async fn put(&self, bytes: Bytes) -> Result<BlobHash, BlobError> {
        let hash = hash_of(&bytes).await;
        match self.store.head(&path(hash)).await {
            // A file of another length was damaged; writing it again heals it.
            Ok(meta) if meta.size == bytes.len() as u64 => return Ok(hash),
            Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        self.store.put(&path(hash), PutPayload::from_bytes(bytes)).await?;
        Ok(hash)
    }

    /// The content of a blob, checked against its hash.
    ///
    /// # Errors
    /// `Missing`, `Damaged`, or `Store` when the place does not answer.
    pub async fn get(&self, hash: BlobHash) -> Result<Bytes, BlobError> {
        let bytes = match self.read(&path(hash)).await? {
            Some(bytes) => bytes,
            None => self.restore(hash).await?.ok_or(BlobError::Missing(hash))?,
        };
        let found = hash_of(&bytes).await;
        if found != hash {
            return Err(BlobError::Damaged { expected: hash, found });
        }
        Ok(bytes)
    }

    /// Whether a blob of this hash can be got.
    ///
    /// # Errors
    /// `Store` when the place does not answer.
    pub async fn exists(&self, hash: BlobHash) -> Result<bool, BlobError> {
        Ok(self.is_at(&path(hash)).await? || self.is_at(&trash_path(hash)).await?)
    }

    /// Every blob, in no particular order. What stands in the folder or bucket under other names is passed over.
    pub fn list(&self) -> BoxStream<'static, Result<Stored, BlobError>> {
        parsed(self.store.list(None), |location| location.as_ref().parse().ok()).boxed()
    }

    /// Deletes a blob at once, whoever may name it. A blob that is not there is deleted already.
    ///
    /// # Errors
    /// `Store` when the place does not answer.
    pub async fn delete(&self, hash: BlobHash) -> Result<(), BlobError> {
        self.remove(&path(hash)).await?;
        self.remove(&trash_path(hash)).await
    }

    /// Whether the place answers and can be read: what a readiness check asks.
    ///
    /// # Errors
    /// `Store` when it does not.
    pub async fn check(&self) -> Result<(), BlobError> {
        if let Some(folder) = &self.folder {
            let found = tokio::fs::metadata(folder).await;
            return match found {
                Ok(meta) if meta.is_dir() => Ok(()),
                Ok(_) => Err(BlobError::Place(format!("{} is not a folder", folder.display()))),
                Err(error) => Err(BlobError::Place(format!("{}: {error}", folder.display()))),
            };
        }
        self.is_at(&path(BlobHash::of(b""))).await.map(drop)
    }

    async fn read(&self, at: &Path) -> Result<Option<Bytes>, BlobError> {
        match self.store.get(at).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn is_at(&self, at: &Path) -> Result<bool, BlobError> {
        match self.store.head(at).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    async fn remove(&self, at: &Path) -> Result<(), BlobError> {
        match self.store.delete(at).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Where a blob lies: `ab/cdef…`, so that no folder holds more than its share.
fn path(hash: BlobHash) -> Path {
    let name = hash.to_string();
    let (fan, rest) = name.split_at(2);
    Path::from_iter([fan, rest])
}

/// Where a blob lies between its two sweeps.
fn trash_path(hash: BlobHash) -> Path {
    Path::from_iter(["trash".into(), hash.to_string()])
}

async fn hash_of(bytes: &Bytes) -> BlobHash {
    if bytes.len() <= HASH_INLINE {
        return BlobHash::of(bytes);
    }
    let bytes = bytes.clone();
    tokio::task::spawn_blocking(move || BlobHash::of(&bytes)).await.expect("hashing does not panic")
}

/// Entries of a listing whose place names a hash.
fn parsed(
    entries: BoxStream<'static, object_store::Result<object_store::ObjectMeta>>,
    name: impl Fn(&Path) -> Option<BlobHash> + Send + 'static,
) -> impl Stream<Item = Result<Stored, BlobError>> + Send + 'static {
    entries.map_err(BlobError::from).try_filter_map(move |meta| {
        let stored = name(&meta.location).map(|hash| Stored {
            hash,
            size: meta.size,
            last_modified: Timestamp::from_microsecond(meta.last_modified.timestamp_micros())
                .unwrap_or(Timestamp::UNIX_EPOCH),
        });
        async move { Ok(stored) }
    })
}
