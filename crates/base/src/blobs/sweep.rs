//! Collecting blobs that no row names: mark and sweep, with a bin in between.
//!
//! A blob is stored before the row that names it commits, and storing a blob that is there already only looks. So a
//! sweep must not delete what it finds unnamed: a row may be about to name it. It moves the blob to the bin (`trash/`),
//! and only a later sweep, after the whole grace period, asks again and deletes. Whoever put the blob before it moved
//! has committed by then and it is brought back; whoever puts it after it moved does not find it and stores it anew.
//! `get` looks into the bin too, so a blob can be read at every moment. This holds with any number of processes.

use std::{collections::HashSet, future::Future};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, path::Path};

use super::{BlobError, BlobHash, Blobs, parsed, path, trash_path};

/// How many blobs are asked about at once.
const BATCH: usize = 500;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Blobs looked at.
    pub seen: u64,
    /// Unnamed blobs moved to the bin.
    pub binned: u64,
    /// Blobs of the bin that turned out to be named and were brought back.
    pub restored: u64,
    /// Blobs deleted for good.
    pub deleted: u64,
}

impl Blobs {
    /// Collects blobs that nobody names. Only what was last written before `older_than` is touched: the time between
    /// that and now is the grace period, and must be longer than any unit of work between storing a blob and committing
    /// its row (a day is generous). A blob goes after two sweeps that lie a grace period apart.
    ///
    /// `is_named` gets batches of hashes and answers with those that some row names.
    ///
    /// # Errors
    /// `Names` when `is_named` fails, `Store` when the place does. What was not yet judged stays as it is.
    pub async fn sweep<F, Answer>(&self, older_than: Timestamp, is_named: F) -> Result<Swept, BlobError>
    where
        F: FnMut(Vec<BlobHash>) -> Answer,
        Answer: Future<Output = anyhow::Result<HashSet<BlobHash>>>,
    {
        let swept = self.sweep_blobs(older_than, is_named).await?;
        self.clear_drafts(older_than).await?;
        Ok(swept)
    }

    pub(super) async fn sweep_blobs<F, Answer>(
        &self,
        older_than: Timestamp,
        mut is_named: F,
    ) -> Result<Swept, BlobError>
    where
        F: FnMut(Vec<BlobHash>) -> Answer,
        Answer: Future<Output = anyhow::Result<HashSet<BlobHash>>>,
    {
        let mut swept = Swept::default();
        let in_bin = parsed(self.store.list(Some(&Path::from("trash"))), |location| location.filename()?.parse().ok());
        // Taken as a whole before anything moves, so that this sweep does not judge what it has just binned.
        let in_bin: Vec<BlobHash> = in_bin
            .try_filter_map(|blob| async move { Ok((blob.last_modified < older_than).then_some(blob.hash)) })
            .try_collect()
            .await?;
        for batch in in_bin.chunks(BATCH) {
            let named = is_named(batch.to_vec()).await.map_err(BlobError::Names)?;
            for &hash in batch {
                if named.contains(&hash) {
                    self.restore(hash).await?;
                    swept.restored += 1;
                } else {
                    self.remove(&trash_path(hash)).await?;
                    swept.deleted += 1;
                }
            }
        }
        let mut batches = self.list().try_chunks(BATCH);
        while let Some(batch) = batches.next().await {
            let batch = batch.map_err(|error| error.1)?;
            swept.seen += batch.len() as u64;
            let old: Vec<BlobHash> =
                batch.iter().filter(|blob| blob.last_modified < older_than).map(|blob| blob.hash).collect();
            if old.is_empty() {
                continue;
            }
            let named = is_named(old.clone()).await.map_err(BlobError::Names)?;
            for hash in old.into_iter().filter(|hash| !named.contains(hash)) {
                swept.binned += u64::from(self.bin(hash).await?);
            }
        }
        Ok(swept)
    }

    /// Moves a blob to the bin. Its time there starts now: it is written anew, not renamed.
    async fn bin(&self, hash: BlobHash) -> Result<bool, BlobError> {
        let Some(bytes) = self.read(&path(hash)).await? else { return Ok(false) };
        self.write(&trash_path(hash), bytes).await?;
        self.remove(&path(hash)).await?;
        Ok(true)
    }

    /// Brings a blob back from the bin, when it is there.
    pub(super) async fn restore(&self, hash: BlobHash) -> Result<Option<Bytes>, BlobError> {
        let Some(bytes) = self.read(&trash_path(hash)).await? else {
            // It may have been brought back by someone else between two looks.
            return self.read(&path(hash)).await;
        };
        self.write(&path(hash), bytes.clone()).await?;
        self.remove(&trash_path(hash)).await?;
        Ok(Some(bytes))
    }

    async fn write(&self, at: &Path, bytes: Bytes) -> Result<(), BlobError> {
        self.store.put(at, PutPayload::from_bytes(bytes)).await?;
        Ok(())
    }

    /// A folder holds half-written files (`<name>#1`) where a process was killed while writing; nobody will finish
    /// those that are older than the grace period.
    async fn clear_drafts(&self, older_than: Timestamp) -> Result<(), BlobError> {
        let Some(folder) = self.folder.clone() else { return Ok(()) };
        let cleared = tokio::task::spawn_blocking(move || -> std::io::Result<()> {
            for fan in std::fs::read_dir(folder)? {
                let fan = fan?.path();
                if !fan.is_dir() {
                    continue;
                }
                for file in std::fs::read_dir(fan)? {
                    let file = file?;
                    if file.file_name().to_string_lossy().contains('#')
                        && Timestamp::try_from(file.metadata()?.modified()?).is_ok_and(|time| time < older_than)
                    {
                        std::fs::remove_file(file.path())?;
                    }
                }
            }
            Ok(())
        });
        match cleared.await.expect("clearing does not panic") {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(BlobError::Place(error.to_string())),
            _ => Ok(()),
        }
    }
}
