//! Where a mail would go, asked of a store that is only read: for `rapport inspect email --store`.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail};
use base::{blobs::Blobs, clock::SystemClock, db::Db, secret::SecretKey};
use bytes::Bytes;
use channels::email::Email;
use desk::{
    App, Parts, WorkspaceId,
    channel::{Channel, Envelope},
    conversations::{self, Confidence, Sender, Threading},
    mailboxes::{self, Mailbox},
};
use serde::Serialize;
use tokio::runtime::Runtime;

use crate::config::{Config, Database, KeySource};

/// Where a mail would go, and why.
#[derive(Debug, Serialize)]
pub(super) struct Placed {
    /// The conversation's number; null for one of its own.
    conversation: Option<i64>,
    /// Its subject.
    subject: Option<String>,
    /// Why.
    why: Threading,
    /// How sure that is.
    confidence: Option<&'static str>,
    /// How far the sender that it names can be believed.
    sender: &'static str,
    /// Whether it counts as written by one of our own mailboxes.
    ours: bool,
    /// The same mail is there already.
    known: bool,
    /// It reports on a message of that conversation.
    report: bool,
    /// The mailbox that it was taken to have come to.
    mailbox: Option<String>,
}

/// A store that is asked and not changed.
pub(super) struct Guide {
    runtime: Runtime,
    app: App,
    workspace: WorkspaceId,
    mailboxes: Vec<Mailbox>,
    wanted: Option<String>,
}

impl Guide {
    /// Opens the named store, or that of the settings, as it is.
    ///
    /// # Errors
    /// When there is no such store or mailbox, or the store's schema is not this program's.
    pub(super) fn open(config: Config, store: Option<&str>, mailbox: Option<&str>) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let place = place(config, store)?;
        let (app, workspace, mailboxes) = runtime.block_on(look_in(place))?;
        let wanted = mailbox.map(|address| address.trim().to_lowercase());
        if let Some(wanted) = &wanted
            && !mailboxes.iter().any(|mailbox| mailbox.named_by(wanted).is_some())
        {
            bail!("there is no mailbox {wanted}");
        }
        Ok(Self { runtime, app, workspace, mailboxes, wanted })
    }

    /// Where this mail would go if it arrived now.
    ///
    /// # Errors
    /// The store's.
    pub(super) fn place(&mut self, raw: &[u8]) -> anyhow::Result<Placed> {
        let envelope = Envelope { to: self.wanted.iter().cloned().collect(), ..Envelope::default() };
        let mut incoming = Email.read(raw, &envelope);
        let mailbox = self.mailboxes.iter().find(|mailbox| match &self.wanted {
            Some(wanted) => mailbox.named_by(wanted).is_some(),
            None => incoming.sent_to.iter().any(|address| mailbox.named_by(address).is_some()),
        });
        let raw = Bytes::copy_from_slice(raw);
        let examined = Email.examine(&self.app, mailbox, &raw, &envelope);
        incoming.header.verdicts = self.runtime.block_on(examined);
        let answers = conversations::conversation_of(self.app.key(), self.workspace, &incoming.sent_to);
        let found = self.app.read(self.workspace.as_system(), move |desk| {
            let incoming = incoming.clone();
            Box::pin(async move { conversations::placement(desk, &incoming, answers).await })
        });
        let found = self.runtime.block_on(found)?;
        Ok(Placed {
            conversation: found.conversation.as_ref().map(|conversation| conversation.number),
            subject: found.conversation.map(|conversation| conversation.subject),
            confidence: found.why.confidence().map(|confidence| match confidence {
                Confidence::Certain => "certain",
                Confidence::High => "high",
                Confidence::Medium => "medium",
            }),
            why: found.why,
            sender: match found.sender {
                Sender::Believed => "believed",
                Sender::Doubted => "doubted",
                Sender::NotUs => "not_us",
            },
            ours: found.is_ours,
            known: found.is_known,
            report: found.is_report,
            mailbox: mailbox.map(|mailbox| mailbox.address.clone()),
        })
    }
}

/// Where a store is, and its key if it is there.
struct Place {
    database: Database,
    blobs: base::blobs::Place,
    key: Option<SecretKey>,
}

fn place(config: Config, store: Option<&str>) -> anyhow::Result<Place> {
    let Config { database, blobs, secret_key, .. } = config;
    let key = |path: &Path| path.exists().then(|| SecretKey::load_or_create(path)).transpose();
    let Some(store) = store else {
        let key = match secret_key {
            KeySource::Given(given) => Some(given),
            KeySource::File(path) => key(&path)?,
        };
        return Ok(Place { database, blobs, key });
    };
    if store.starts_with("postgres://") || store.starts_with("postgresql://") {
        let key = match secret_key {
            KeySource::Given(given) => Some(given),
            KeySource::File(path) => key(&path)?,
        };
        let database = Database::Postgres { url: store.to_owned().into(), connections: 2 };
        return Ok(Place { database, blobs, key });
    }
    let folder = PathBuf::from(store);
    let key = key(&folder.join("secret.key"))?;
    let blobs = base::blobs::Place::Folder(folder.join("blobs"));
    Ok(Place { database: Database::Sqlite(folder.join("rapport.db")), blobs, key })
}

async fn look_in(place: Place) -> anyhow::Result<(App, WorkspaceId, Vec<Mailbox>)> {
    let db = match &place.database {
        Database::Sqlite(file) => {
            if !file.is_file() {
                bail!("there is no store {}", file.display());
            }
            Db::open_sqlite(file).with_context(|| format!("opening the store {}", file.display()))?
        }
        Database::Postgres { url, connections } => {
            Db::open_postgres(url.reveal(), *connections).await.context("opening the PostgreSQL store")?
        }
    };
    if place.key.is_none() {
        eprintln!("rapport: the store's secret key is not here, so signed reply addresses cannot be told");
    }
    // Another key than the store's knows no address as signed, which is what is wanted then.
    let key = place.key.unwrap_or_else(|| SecretKey::from_bytes([0; 32]));
    let parts = Parts { db, blobs: Blobs::open(&place.blobs)?, clock: Arc::new(SystemClock), key };
    let app = App::look_in(parts).await?;
    let workspace = app.workspace().await?.context("nothing is set up in this store yet")?;
    let mailboxes =
        app.read(workspace.as_system(), |desk| Box::pin(async move { mailboxes::list(desk).await })).await?;
    Ok((app, workspace, mailboxes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Environment, Given};
    use testkit::app::TestApp;

    const ANSWER: &str = "From: ana@shop.example\r\nTo: help@desk.example\r\nSubject: Re: Zip\r\nIn-Reply-To: <1@shop.example>\r\n\
        Message-ID: <2@shop.example>\r\n\r\nStill";

    fn settings() -> Config {
        Config::load(&Given { file: None }, &Environment(std::collections::BTreeMap::new())).unwrap()
    }

    async fn placed(store: String, raws: Vec<String>) -> anyhow::Result<Vec<serde_json::Value>> {
        let asked = move || {
            let mut guide = Guide::open(settings(), Some(&store), None)?;
            raws.iter().map(|raw| Ok(serde_json::to_value(guide.place(raw.as_bytes())?)?)).collect()
        };
        tokio::task::spawn_blocking(asked).await.unwrap()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn where_a_mail_would_go_is_told_and_nothing_is_taken_in() {
        let t = TestApp::sqlite().await;
        t.deliver(
            "From: ana@shop.example\nTo: help@desk.example\nSubject: Zip\nMessage-ID: <1@shop.example>\n\nIt broke\n",
        )
        .await;
        let store = t.folder().display().to_string();
        let known =
            ANSWER.replace("In-Reply-To: <1@shop.example>\r\n", "").replace("Re: Zip", "Zip").replace("<2@", "<1@");
        let raws = vec![ANSWER.to_owned(), ANSWER.replace("ana@", "eve@"), known.replace("Still", "It broke")];
        let placed = placed(store, raws).await.unwrap();
        assert_eq!(
            (&placed[0]["conversation"], &placed[0]["confidence"]),
            (&1.into(), &"high".into()),
            "{}",
            placed[0]
        );
        assert_eq!(placed[0]["why"], serde_json::json!({ "by": "reference", "rfc_message_id": "1@shop.example" }));
        assert_eq!((&placed[0]["mailbox"], &placed[0]["sender"]), (&"help@desk.example".into(), &"believed".into()));
        assert_eq!(
            (&placed[1]["conversation"], &placed[1]["why"]["by"]),
            (&serde_json::Value::Null, &"stranger".into())
        );
        assert_eq!(placed[1]["why"]["number"], 1);
        assert_eq!((&placed[2]["known"], &placed[2]["conversation"]), (&true.into(), &1.into()), "{}", placed[2]);
        let count = t.app.read(t.system(), |desk| {
            Box::pin(async move { Ok(conversations::find_by_number(desk, 1).await?.message_count) })
        });
        assert_eq!(count.await.unwrap(), 1);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_store_that_is_not_there_is_said_to_be_so_and_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let refused = placed(folder.path().display().to_string(), vec![]).await.unwrap_err().to_string();
        assert!(refused.starts_with("there is no store "), "{refused}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
