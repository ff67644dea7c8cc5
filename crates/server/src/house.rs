//! The rooms that the settings name, opened: data folder, store, blobs, key.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::Path,
    sync::Arc,
};

use anyhow::{Context, bail};
use base::{
    blobs::{Blobs, Place},
    clock::{Clock, SystemClock},
    db::Db,
    secret::SecretKey,
};
use desk::{App, Parts};

use crate::config::{Config, Database};

/// Everything that outlives a process.
#[derive(Debug, Clone)]
pub(crate) struct House {
    /// The store.
    pub(crate) db: Db,
    /// Raw mails and attachments.
    pub(crate) blobs: Blobs,
    /// Seals secrets in the store.
    pub(crate) key: SecretKey,
}

impl House {
    /// Opens everything; makes what is missing at the first start.
    ///
    /// # Errors
    /// What could not be opened and why.
    pub(crate) async fn open(config: &Config) -> anyhow::Result<Self> {
        make_private_folder(&config.data_dir)?;
        let key = config.secret_key.key()?;
        if let Place::Folder(folder) = &config.blobs {
            make_private_folder(folder)?;
        }
        let blobs = Blobs::open(&config.blobs)?;
        let db = match &config.database {
            Database::Sqlite(file) => {
                make_private_file(file)?;
                Db::open_sqlite(file).with_context(|| format!("opening the store {}", file.display()))?
            }
            Database::Postgres { url, connections } => {
                Db::open_postgres(url.reveal(), *connections).await.context("opening the PostgreSQL store")?
            }
        };
        Ok(Self { db, blobs, key })
    }

    /// The product at work in this house; the store's schema is brought forward.
    ///
    /// # Errors
    /// When the store does not answer or was made by a newer version.
    pub(crate) async fn start(self) -> anyhow::Result<App> {
        self.start_at(Arc::new(SystemClock)).await
    }

    /// As [`start`](Self::start), by another clock.
    pub(crate) async fn start_at(self, clock: Arc<dyn Clock>) -> anyhow::Result<App> {
        let Self { db, blobs, key } = self;
        Ok(App::start(Parts { db, blobs, clock, key }).await?)
    }
}

/// Held while a server works on a data folder; the system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Occupied(#[expect(dead_code, reason = "held for the lock alone")] File);

impl Occupied {
    /// Claims the folder for this process.
    ///
    /// # Errors
    /// When another server works on it.
    pub(crate) fn claim(data_dir: &Path) -> anyhow::Result<Self> {
        make_private_folder(data_dir)?;
        let path = data_dir.join("rapport.lock");
        let file = File::create(&path).with_context(|| path.display().to_string())?;
        if file.try_lock().is_err() {
            bail!("another Rapport is running on the data folder {}", data_dir.display());
        }
        Ok(Self(file))
    }
}

fn make_private_folder(folder: &Path) -> anyhow::Result<()> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.with_context(|| format!("making the folder {}", folder.display()))?;
    let probed = fs::metadata(folder).with_context(|| folder.display().to_string())?;
    if !probed.is_dir() {
        bail!("{} is not a folder", folder.display());
    }
    Ok(())
}

/// The store's other files take over the rights of this one.
fn make_private_file(file: &Path) -> anyhow::Result<()> {
    let made = OpenOptions::new().append(true).create(true).mode(0o600).open(file);
    made.with_context(|| format!("making the store {}", file.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_server_works_on_a_data_folder_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let first = Occupied::claim(&data).unwrap();
        let refused = Occupied::claim(&data).unwrap_err().to_string();
        assert!(refused.starts_with("another Rapport is running on the data folder"), "{refused}");
        drop(first);
        Occupied::claim(&data).unwrap();
    }
}
