//! The product opened on a store, as the server opens it.

use anyhow::{Context, Result};
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
use std::{path::Path, sync::Arc};

/// The password of everybody in seeded stores.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Opens a store: a PostgreSQL address, or the path of a SQLite file.
pub(crate) async fn open(database: &str, blobs: &Path) -> Result<App> {
    let db = if database.starts_with("postgres") {
        Db::open_postgres(database, 16).await?
    } else {
        let path = Path::new(database);
        std::fs::create_dir_all(path.parent().context("a folder")?)?;
        Db::open_sqlite(path)?
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
