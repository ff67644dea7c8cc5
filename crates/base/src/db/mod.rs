//! The store: one SQL text (`$1`, `$2` …) and one async body for each operation, on two engines.
//!
//! * **SQLite** (bundled): one writer thread; up to 64 waiting units of work share one durable commit, each in a
//!   savepoint of its own, and each is answered after that commit. Readers have connections of their own and never wait.
//! * **PostgreSQL**: one pooled connection and transaction for a unit of work, run again when the engine asks for it.
//!
//! A unit's body may await nothing but its [`Tx`], since on SQLite it holds the only writer; a body that waits for
//! something else fails with [`DbError::Internal`] and is rolled back.

mod error;
mod postgres;
mod sqlite;
mod tx;
mod value;

pub use error::DbError;
pub use tx::{FromRow, Row, Tx};
pub use value::{FromValue, Value};

use std::{future::Future, path::Path, pin::Pin};

/// What the body of a unit of work returns: `Box::pin(async move { … })`.
pub type Work<'b, T, E = DbError> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'b>>;

/// Which of the two engines is behind a [`Db`]. Only search, queue and migrations may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Embedded SQLite.
    Sqlite,
    /// A PostgreSQL server.
    Postgres,
}

/// A handle to the store; clones share it.
#[derive(Clone)]
pub struct Db(Inner);

#[derive(Clone)]
enum Inner {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

impl Db {
    /// Opens (or makes) the SQLite file at `path`.
    pub fn open_sqlite(path: &Path) -> Result<Self, DbError> {
        Ok(Self(Inner::Sqlite(sqlite::Sqlite::open(path, sqlite::Durability::Full)?)))
    }

    /// Opens a SQLite file that need not survive a power cut: for tests only.
    pub fn open_sqlite_without_sync(path: &Path) -> Result<Self, DbError> {
        Ok(Self(Inner::Sqlite(sqlite::Sqlite::open(path, sqlite::Durability::Off)?)))
    }

    /// Connects to the PostgreSQL server that `url` names; `connections` bounds the pool of each role (write, read).
    pub async fn open_postgres(url: &str, connections: usize) -> Result<Self, DbError> {
        Ok(Self(Inner::Postgres(postgres::Postgres::open(url, connections).await?)))
    }

    /// The engine behind this handle.
    pub fn engine(&self) -> Engine {
        match &self.0 {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs one unit of work and commits it durably before returning. An `Err` from the body rolls it back.
    ///
    /// # Errors
    /// The body's own, or a [`DbError`]: `Unavailable` when the queue is full or the server is away.
    pub async fn write<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: for<'b> FnOnce(&'b Tx<'b>) -> Work<'b, T, E> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + MayRetry + Send + 'static,
    {
        match &self.0 {
            Inner::Sqlite(db) => db.write(body).await,
            Inner::Postgres(db) => db.write(body).await,
        }
    }

    /// Runs queries on one consistent snapshot.
    ///
    /// # Errors
    /// The body's own, or a [`DbError`].
    pub async fn read<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: for<'b> FnOnce(&'b Tx<'b>) -> Work<'b, T, E> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + MayRetry + Send + 'static,
    {
        match &self.0 {
            Inner::Sqlite(db) => db.read(body).await,
            Inner::Postgres(db) => db.read(body).await,
        }
    }
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Db({:?})", self.engine())
    }
}

/// Tells whether running the same unit again may succeed (PostgreSQL's 40001 and 40P01).
pub trait MayRetry {
    /// True for serialization failures and deadlocks.
    fn may_retry(&self) -> bool;
}

impl MayRetry for DbError {
    fn may_retry(&self) -> bool {
        matches!(self, DbError::Retry)
    }
}

/// Lists values for `$1`, `$2` ….
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::db::Value::from($value)),*] };
}

/// Declares the SQL texts of one store as constants, and `STATEMENTS` with all of them, so that one test can prepare
/// every text on both engines.
#[macro_export]
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $sql;)*
        /// Every SQL text of this store with its name.
        pub const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

/// Declares a struct that is read from a row, its fields in the order of the query's columns.
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field_vis:vis $field:ident : $type:ty),* $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$field_meta])* $field_vis $field: $type),* }

        impl $crate::db::FromRow for $name {
            fn from_row(row: &mut $crate::db::Row) -> Result<Self, $crate::db::DbError> {
                Ok(Self { $($field: row.take(stringify!($field))?),* })
            }
        }
    };
}
