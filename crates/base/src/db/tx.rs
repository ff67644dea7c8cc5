//! The handle with which a unit of work speaks to its engine.

use super::{DbError, Engine, FromValue, Value};
use send_wrapper::SendWrapper;
use std::borrow::Cow;
use tokio_postgres::types::ToSql;

/// One transaction. Its methods are async for PostgreSQL; on SQLite they are ready at once.
pub struct Tx<'a>(pub(super) Handle<'a>);

pub(super) enum Handle<'a> {
    /// Only ever touched on the thread that owns the connection; `SendWrapper` checks that.
    Sqlite(SendWrapper<&'a rusqlite::Connection>),
    Postgres(&'a deadpool_postgres::Transaction<'a>),
}

impl Tx<'_> {
    /// Which engine this is. Only search, queue and migrations may ask.
    pub fn engine(&self) -> Engine {
        match self.0 {
            Handle::Sqlite(_) => Engine::Sqlite,
            Handle::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a statement; returns the number of rows it changed.
    ///
    /// # Errors
    /// [`DbError`], by what the caller can do.
    pub async fn exec(&self, sql: &str, params: &[Value]) -> Result<u64, DbError> {
        match &self.0 {
            Handle::Sqlite(c) => {
                Ok(c.prepare_cached(&positional(sql))?.execute(rusqlite::params_from_iter(params))? as u64)
            }
            Handle::Postgres(t) => Ok(t.execute(&t.prepare_cached(sql).await?, &refs(params)).await?),
        }
    }

    /// Runs statements that don't depend on one another's results: one round trip on PostgreSQL.
    ///
    /// # Errors
    /// The first statement's that failed.
    pub async fn exec_all(&self, statements: &[(&str, Vec<Value>)]) -> Result<(), DbError> {
        if let Handle::Sqlite(_) = self.0 {
            for (sql, params) in statements {
                self.exec(sql, params).await?;
            }
        } else {
            futures_util::future::try_join_all(statements.iter().map(|(sql, params)| self.exec(sql, params))).await?;
        }
        Ok(())
    }

    /// As [`Tx::rows`], of a text that was put together for this once: its preparation is not kept.
    ///
    /// # Errors
    /// As [`Tx::rows`].
    pub async fn rows_once<R: FromRow>(&self, sql: &str, params: &[Value]) -> Result<Vec<R>, DbError> {
        let rows = match &self.0 {
            // SQLite's connections keep a few texts only, those used last.
            Handle::Sqlite(_) => self.untyped(sql, params).await?,
            Handle::Postgres(t) => read_all(&t.query(&t.prepare(sql).await?, &refs(params)).await?)?,
        };
        rows.into_iter().map(|mut row| R::from_row(&mut row)).collect()
    }

    /// Runs a query and returns all its rows.
    ///
    /// # Errors
    /// [`DbError`]; `Internal` when a column doesn't fit the type read from it.
    pub async fn rows<R: FromRow>(&self, sql: &str, params: &[Value]) -> Result<Vec<R>, DbError> {
        self.untyped(sql, params).await?.into_iter().map(|mut row| R::from_row(&mut row)).collect()
    }

    /// Runs a query that finds one row or none.
    ///
    /// # Errors
    /// As [`Tx::rows`].
    pub async fn row<R: FromRow>(&self, sql: &str, params: &[Value]) -> Result<Option<R>, DbError> {
        self.untyped(sql, params).await?.into_iter().next().map(|mut row| R::from_row(&mut row)).transpose()
    }

    /// Runs a query that always finds a row (an aggregate, `returning` of an insert).
    ///
    /// # Errors
    /// As [`Tx::rows`]; `Internal` when there is none.
    pub async fn one<R: FromRow>(&self, sql: &str, params: &[Value]) -> Result<R, DbError> {
        self.row(sql, params).await?.ok_or_else(|| DbError::Internal(format!("no row from: {sql}")))
    }

    /// Runs a script of several statements without parameters (migrations).
    ///
    /// # Errors
    /// [`DbError`] of the first statement that failed.
    pub async fn batch(&self, sql: &str) -> Result<(), DbError> {
        match &self.0 {
            Handle::Sqlite(c) => Ok(c.execute_batch(sql)?),
            Handle::Postgres(t) => Ok(t.batch_execute(sql).await?),
        }
    }

    /// Prepares a text without running it: tells whether the engine understands it.
    ///
    /// # Errors
    /// What the engine says of it.
    pub async fn check(&self, sql: &str) -> Result<(), DbError> {
        match &self.0 {
            Handle::Sqlite(c) => c.prepare(&positional(sql)).map(drop).map_err(Into::into),
            Handle::Postgres(t) => t.prepare(sql).await.map(drop).map_err(Into::into),
        }
    }

    /// The steps by which SQLite would run a text, in its own words; none on PostgreSQL, whose plans depend on what it holds.
    ///
    /// # Errors
    /// What the engine says of the text.
    pub async fn plan(&self, sql: &str) -> Result<Vec<String>, DbError> {
        match &self.0 {
            Handle::Sqlite(c) => {
                let mut statement = c.prepare(&format!("explain query plan {}", positional(sql)))?;
                let steps = statement.raw_query().mapped(|row| row.get("detail")).collect::<Result<_, _>>()?;
                Ok(steps)
            }
            Handle::Postgres(_) => Ok(Vec::new()),
        }
    }

    async fn untyped(&self, sql: &str, params: &[Value]) -> Result<Vec<Row>, DbError> {
        match &self.0 {
            Handle::Sqlite(c) => {
                let mut statement = c.prepare_cached(&positional(sql))?;
                let columns = statement.column_count();
                let mut rows = statement.query(rusqlite::params_from_iter(params))?;
                let mut found = Vec::new();
                while let Some(row) = rows.next()? {
                    let values = (0..columns).map(|i| row.get(i)).collect::<Result<Vec<Value>, _>>()?;
                    found.push(Row(values.into_iter()));
                }
                Ok(found)
            }
            Handle::Postgres(t) => read_all(&t.query(&t.prepare_cached(sql).await?, &refs(params)).await?),
        }
    }
}

fn read_all(rows: &[tokio_postgres::Row]) -> Result<Vec<Row>, DbError> {
    rows.iter()
        .map(|row| {
            let values = (0..row.len()).map(|i| Value::from_postgres(row, i)).collect::<Result<Vec<_>, _>>()?;
            Ok(Row(values.into_iter()))
        })
        .collect()
}

/// `$1` is a *named* parameter to SQLite, bound by first appearance; `?1` is positional.
fn positional(sql: &str) -> Cow<'_, str> {
    if sql.contains('$') { Cow::Owned(sql.replace('$', "?")) } else { Cow::Borrowed(sql) }
}

fn refs(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as _).collect()
}

/// One row, read from left to right.
pub struct Row(std::vec::IntoIter<Value>);

impl Row {
    /// The next column; `name` is for the error message only.
    ///
    /// # Errors
    /// [`DbError::Internal`] when there is no further column or its type doesn't fit.
    pub fn take<T: FromValue>(&mut self, name: &str) -> Result<T, DbError> {
        let value = self.0.next().ok_or_else(|| DbError::Internal(format!("the query has no column for {name}")))?;
        T::from_value(value).map_err(|error| DbError::Internal(format!("{name}: {error}")))
    }
}

/// A type that is read from a row, column by column.
pub trait FromRow: Sized {
    /// Reads one row.
    ///
    /// # Errors
    /// [`DbError::Internal`] when the columns don't fit.
    fn from_row(row: &mut Row) -> Result<Self, DbError>;
}

macro_rules! tuples {
    ($($($name:ident),+;)*) => { $(
        impl<$($name: FromValue),+> FromRow for ($($name,)+) {
            fn from_row(row: &mut Row) -> Result<Self, DbError> {
                Ok(($(row.take::<$name>(stringify!($name))?,)+))
            }
        }
    )* };
}
tuples! { A; A, B; A, B, C; A, B, C, D; A, B, C, D, F; A, B, C, D, F, G; A, B, C, D, F, G, H; }
