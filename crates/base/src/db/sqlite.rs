//! SQLite: a single writer thread with group commit, and readers of their own.

use super::{DbError, Tx, Work, tx::Handle};
use crate::clock::Stopwatch;
use parking_lot::Mutex;
use rusqlite::{Connection, OpenFlags};
use send_wrapper::SendWrapper;
use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    pin::pin,
    sync::{Arc, mpsc},
    task::{Context, Poll, Waker},
    time::Duration,
};
use tokio::sync::{Semaphore, oneshot};

/// How many waiting units of work share one commit at most. More gains little: 64 → 512 saved 10 % in measurements.
pub(super) const BATCH: usize = 64;
/// How many units may wait for the writer before a further one is told that the store is overloaded.
const WAITING: usize = 4096;
const READERS: usize = 8;
const READ_LIMIT: Duration = Duration::from_secs(15);
/// A unit that holds the only writer for longer than this is logged.
const SLOW_UNIT: Duration = Duration::from_millis(50);
/// Earlier versions can corrupt a file when two connections write and checkpoint at once (fixed in 3.51.3).
const OLDEST_SAFE: i32 = 3_051_003;

/// Whether a commit waits for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Durability {
    /// Every commit is on the disk before it is answered.
    Full,
    /// For tests.
    Off,
}

type Unit = Box<dyn FnOnce(&Connection) -> Answer + Send>;
type Answer = Box<dyn FnOnce(Result<(), String>) + Send>;

#[derive(Clone)]
pub(super) struct Sqlite {
    writer: mpsc::SyncSender<Unit>,
    readers: Arc<Readers>,
}

struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
}

impl Sqlite {
    pub(super) fn open(path: &Path, durability: Durability) -> Result<Self, DbError> {
        let version = rusqlite::version_number();
        if version < OLDEST_SAFE {
            return Err(DbError::Internal(format!("SQLite {version} is older than 3.51.3 and may corrupt the store")));
        }
        let writer = Connection::open(path)?;
        writer.execute_batch(&format!(
            "pragma journal_mode=wal; pragma synchronous={}; pragma cache_size=-16384; pragma temp_store=memory;
             pragma busy_timeout=10000; pragma foreign_keys=on; pragma wal_autocheckpoint=4000;
             pragma journal_size_limit=67108864;",
            if durability == Durability::Full { "full" } else { "off" }
        ))?;
        writer.set_prepared_statement_cache_capacity(256);
        let (sender, units) = mpsc::sync_channel(WAITING);
        std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || write_loop(&writer, &units))
            .map_err(|error| DbError::Unavailable(error.to_string()))?;
        let readers =
            Readers { path: path.to_owned(), idle: Mutex::default(), permits: Arc::new(Semaphore::new(READERS)) };
        Ok(Self { writer: sender, readers: Arc::new(readers) })
    }

    pub(super) async fn write<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: for<'b> FnOnce(&'b Tx<'b>) -> Work<'b, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let unit: Unit = Box::new(move |connection| {
            let result = in_savepoint(connection, body);
            Box::new(move |committed| {
                let result = match committed {
                    Ok(()) => result,
                    Err(text) => result.and(Err(DbError::Unavailable(text).into())),
                };
                drop(answer.send(result));
            })
        });
        self.writer.try_send(unit).map_err(|error| {
            DbError::Unavailable(match error {
                mpsc::TrySendError::Full(_) => format!("{WAITING} changes are waiting already"),
                mpsc::TrySendError::Disconnected(_) => "the writer has stopped".into(),
            })
        })?;
        answered.await.map_err(|_| DbError::Unavailable("the writer has stopped".into()))?
    }

    pub(super) async fn read<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: for<'b> FnOnce(&'b Tx<'b>) -> Work<'b, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let readers = self.readers.clone();
        let permit = readers.permits.clone().acquire_owned().await;
        let permit = permit.map_err(|_| DbError::Unavailable("the readers have stopped".into()))?;
        let read = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let mut connection = readers.take()?;
            let watch = Stopwatch::start();
            connection.progress_handler(10_000, Some(move || watch.elapsed() > READ_LIMIT)).map_err(DbError::from)?;
            connection.prepare_cached("begin").and_then(|mut s| s.execute([])).map_err(DbError::from)?;
            let result = run(&connection, body);
            if connection.prepare_cached("commit").and_then(|mut s| s.execute([])).is_ok() {
                readers.idle.lock().push(connection);
            }
            result
        });
        read.await.map_err(|_| DbError::Internal("a query panicked".into()))?
    }
}

impl Readers {
    fn take(&self) -> Result<Connection, DbError> {
        if let Some(connection) = self.idle.lock().pop() {
            return Ok(connection);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.execute_batch("pragma cache_size=-8192; pragma temp_store=memory; pragma busy_timeout=10000;")?;
        connection.set_prepared_statement_cache_capacity(256);
        Ok(connection)
    }
}

fn write_loop(connection: &Connection, units: &mpsc::Receiver<Unit>) {
    while let Ok(first) = units.recv() {
        let begun = connection.prepare_cached("begin immediate").and_then(|mut s| s.execute([]));
        let mut answers = Vec::with_capacity(BATCH);
        let mut next = Some(first);
        if begun.is_ok() {
            while let Some(unit) = next.take() {
                answers.push(unit(connection));
                if answers.len() < BATCH {
                    next = units.try_recv().ok();
                }
            }
        }
        let outcome = begun.and_then(|_| connection.prepare_cached("commit").and_then(|mut s| s.execute([])));
        let outcome = outcome.map(drop).map_err(|error| error.to_string());
        if let Err(error) = &outcome {
            tracing::error!(%error, units = answers.len(), "a commit failed");
            if !connection.is_autocommit() {
                connection.execute_batch("rollback").ok();
            }
            // The unit that never ran is dropped; its caller hears that the writer could not take it.
            drop(next);
        }
        for answer in answers {
            answer(outcome.clone());
        }
    }
}

fn in_savepoint<T, E, F>(connection: &Connection, body: F) -> Result<T, E>
where
    F: for<'b> FnOnce(&'b Tx<'b>) -> Work<'b, T, E>,
    E: From<DbError>,
{
    let command = |sql: &str| connection.prepare_cached(sql).and_then(|mut s| s.execute([])).map_err(DbError::from);
    let watch = Stopwatch::start();
    command("savepoint unit")?;
    let result = run(connection, body);
    if result.is_err() {
        command("rollback to unit")?;
    }
    command("release unit")?;
    if watch.elapsed() > SLOW_UNIT {
        tracing::warn!(milliseconds = watch.elapsed().as_millis() as u64, "a unit of work held the writer for long");
    }
    result
}

/// Polls a body once: with SQLite every call on its [`Tx`] is ready, so a body that is not has waited for something else.
fn run<T, E, F>(connection: &Connection, body: F) -> Result<T, E>
where
    F: for<'b> FnOnce(&'b Tx<'b>) -> Work<'b, T, E>,
    E: From<DbError>,
{
    let polled = catch_unwind(AssertUnwindSafe(|| {
        let tx = Tx(Handle::Sqlite(SendWrapper::new(connection)));
        let future = pin!(body(&tx));
        match Future::poll(future, &mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => result,
            Poll::Pending => {
                Err(DbError::Internal("a unit of work waited for something other than its transaction".into()).into())
            }
        }
    }));
    polled.unwrap_or_else(|_| Err(DbError::Internal("a unit of work panicked".into()).into()))
}
