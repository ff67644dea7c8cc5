//! The product opened on a store, as the server opens it.

use anyhow::Result;
use async_trait::async_trait;
use base::{
    blobs::{Blobs, Place},
    clock::SystemClock,
    db::Db,
    secret::SecretKey,
};
use desk::{
    App, Parts,
    channel::{Channel, Envelope, Outgoing, PointOfNoReturn, SendOutcome},
    conversations::Incoming,
};
use std::{
    convert::Infallible,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

/// The password of everybody in seeded stores.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Where a store is.
#[derive(Debug, Clone)]
pub(crate) enum Store {
    /// A data folder, as the server has it, with a SQLite store in it.
    Folder(PathBuf),
    /// The address of a PostgreSQL database.
    Postgres(String),
}

impl FromStr for Store {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
        Ok(if postgres { Self::Postgres(text.to_owned()) } else { Self::Folder(text.into()) })
    }
}

impl Store {
    /// The SQLite file of a data folder.
    pub(crate) fn file(folder: &Path) -> PathBuf {
        folder.join("rapport.db")
    }

    /// Its engine as figures are headed.
    pub(crate) fn engine(&self) -> &'static str {
        match self {
            Self::Folder(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }
}

/// Opens a store; what is no row goes to `blobs`.
pub(crate) async fn open(store: &Store, blobs: &Path) -> Result<App> {
    let db = match store {
        Store::Postgres(url) => Db::open_postgres(url, 16).await?,
        Store::Folder(folder) => {
            std::fs::create_dir_all(folder)?;
            Db::open_sqlite(&Store::file(folder))?
        }
    };
    std::fs::create_dir_all(blobs)?;
    let blobs = Blobs::open(&Place::Folder(blobs.to_owned()))?;
    let key = SecretKey::from_bytes([7; 32]);
    let app = App::start(Parts { db, blobs, clock: Arc::new(SystemClock), key }).await?;
    app.add_channel(Arc::new(Email));
    Ok(app)
}

/// Reads mail as the product does; nothing is sent.
struct Email;

#[async_trait]
impl Channel for Email {
    fn name(&self) -> &'static str {
        "email"
    }

    fn read(&self, raw: &[u8], envelope: &Envelope) -> Incoming {
        channels::email::read(raw, envelope)
    }

    async fn send(&self, _: &App, _: &Outgoing, _: PointOfNoReturn<'_>) -> SendOutcome {
        SendOutcome::Refused("the bench sends nothing".into())
    }
}
