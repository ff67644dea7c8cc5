//! How many mails a second are taken in durably, by the product's own way, beside what the drivers alone could do.

use crate::{
    corpus::{self, Corpus, Dice},
    house::{self, Store},
    raw::{self, Rows},
    report::Report,
    seed,
};
use anyhow::{Context, Result};
use base::{clock::Stopwatch, db::DbError, queue};
use bytes::Bytes;
use desk::{App, WorkspaceId, channel::Envelope, intake::Arrival, jobs, mailboxes::MailboxId};
use std::{path::Path, sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// Connections that deliver at once.
const CALLERS: usize = 64;
/// As many connections as the settings say by default.
const CONNECTIONS: usize = 16;

/// Takes `mails` in three times: acknowledged only, read only, both at once; then writes the same rows raw.
pub(crate) async fn run(
    store: &Store,
    folder: &Path,
    (mails, workers): (usize, usize),
    rows: Option<&Rows>,
    corpus: &Corpus,
    report: &mut Report,
) -> Result<Option<Rows>> {
    let group = &format!("intake on {}", store.engine());
    let app = house::open(store, &folder.join("blobs")).await?;
    let people = seed::set_up(&app).await?;
    let (workspace, mailbox) = (people.workspace, people.mailbox);
    let arrivals = Arc::new((0..2 * mails).map(|n| arrival(corpus, n as u64, mailbox)).collect::<Vec<_>>());

    let watch = Stopwatch::start();
    accept(&app, workspace, arrivals.clone(), 0..mails).await?;
    let alone = mails as f64 / watch.elapsed().as_secs_f64();
    report.figure(group, "acknowledged: durable in the journal, not read yet", alone, "mails/s");

    let stop = CancellationToken::new();
    let watch = Stopwatch::start();
    let working =
        tokio::spawn(jobs::work(app.clone(), jobs::handlers(), workers, stop.clone(), Duration::from_secs(5)));
    all_read(&app).await?;
    report.figure(group, "read into conversations", mails as f64 / watch.elapsed().as_secs_f64(), "mails/s");

    let watch = Stopwatch::start();
    accept(&app, workspace, arrivals.clone(), mails..2 * mails).await?;
    let acknowledged = watch.elapsed();
    all_read(&app).await?;
    let whole = mails as f64 / watch.elapsed().as_secs_f64();
    report.figure(group, "acknowledged while reading", mails as f64 / acknowledged.as_secs_f64(), "mails/s");
    report.figure(group, "all of it: acknowledged and read into conversations", whole, "mails/s");
    stop.cancel();
    working.await?;
    drop(app);
    let mut made = None;
    let mails_read: Vec<&Bytes> = arrivals.iter().take(mails).map(|arrival| &arrival.raw).collect();
    let (journal, all) = match store {
        Store::Postgres(url) => {
            let rows = rows.context("the rows written on SQLite")?;
            let mut limits = Vec::new();
            for rows in [&rows.journal(), rows] {
                let empty = raw_database(url).await?;
                house::open(&Store::Postgres(empty.clone()), &folder.join("raw-blobs")).await?;
                limits.push(raw::on_postgres(&empty, rows, CONNECTIONS).await?);
            }
            (limits[0], limits[1])
        }
        Store::Folder(data) => {
            // The writer's thread ends with the last handle.
            tokio::time::sleep(Duration::from_millis(300)).await;
            let rows = made.insert(Rows::read(&Store::file(data), workspace, mails)?);
            let mut limits = Vec::new();
            for (rows, name) in [(&rows.journal(), "raw-journal"), (&*rows, "raw")] {
                let place = folder.join(name);
                house::open(&Store::Folder(place.clone()), &folder.join("raw-blobs")).await?;
                tokio::time::sleep(Duration::from_millis(300)).await;
                let files = folder.join(format!("{name}-files"));
                limits.push(raw::on_sqlite(&Store::file(&place), rows, (&files, &mails_read))?);
            }
            (limits[0], limits[1])
        }
    };
    report.figure(
        group,
        "raw limit of what is acknowledged: the journal's rows and, on SQLite, a file a mail",
        journal,
        "mails/s",
    );
    report.figure(group, "raw limit of all rows", all, "mails/s");
    report.figure(group, "acknowledged by its raw limit", alone / journal * 100.0, "%");
    report.figure(group, "all of it by its raw limit", whole / all * 100.0, "%");
    Ok(made)
}

async fn accept(
    app: &App,
    workspace: WorkspaceId,
    arrivals: Arc<Vec<Arrival>>,
    which: std::ops::Range<usize>,
) -> Result<()> {
    let next = Arc::new(std::sync::atomic::AtomicUsize::new(which.start));
    let callers = (0..CALLERS).map(|_| {
        let (app, arrivals, next, end) = (app.clone(), arrivals.clone(), next.clone(), which.end);
        tokio::spawn(async move {
            loop {
                let index = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                if index >= end {
                    return Ok::<_, desk::Error>(());
                }
                app.accept(workspace, vec![arrivals[index].clone()], None).await?;
            }
        })
    });
    for caller in futures_util::future::join_all(callers).await {
        caller??;
    }
    Ok(())
}

/// Waits until no job is left.
async fn all_read(app: &App) -> Result<()> {
    loop {
        let next = app.db().read::<_, DbError, _>(|tx| Box::pin(async move { queue::next_due(tx).await })).await?;
        if next.is_none() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn arrival(corpus: &Corpus, number: u64, mailbox: MailboxId) -> Arrival {
    let mut dice = Dice::of(number ^ 0x5EED_0000);
    let customer = number / 2;
    let (name, address) = (corpus::name(customer), corpus::address(customer));
    let (words, length) = (3 + dice.below(5), 30 + dice.below(60));
    let subject = corpus.text(&mut dice, words).replace('\n', " ");
    let text = corpus.text(&mut dice, length).replace('\n', "\r\n");
    let raw = format!(
        "Received: from mail.example by desk.example; Sun, 22 Nov 2026 10:00:00 +0000\r\n\
         From: =?UTF-8?Q?{}?= <{address}>\r\nTo: Help <help@desk.example>\r\nSubject: {subject}\r\n\
         Message-ID: <{number}.bench@mail.example>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n\r\nKind regards\r\n{name}\r\n",
        name.bytes().map(|byte| format!("={byte:02X}")).collect::<String>()
    );
    Arrival {
        channel: "email",
        mailbox: Some(mailbox),
        source_key: format!("bench:{number}"),
        raw: Bytes::from(raw),
        envelope: Envelope { from: address, to: vec!["help@desk.example".into()], ..Envelope::default() },
        problem: None,
    }
}

/// An empty database beside the given one.
async fn raw_database(url: &str) -> Result<String> {
    let client = crate::sink::connect(url).await?;
    let (base, name) = url.rsplit_once('/').context("a database's name")?;
    client.batch_execute(&format!("drop database if exists {name}_raw")).await?;
    client.batch_execute(&format!("create database {name}_raw")).await?;
    Ok(format!("{base}/{name}_raw"))
}
