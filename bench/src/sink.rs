//! Rows in bulk past the product: prepared inserts in large transactions on SQLite, COPY on PostgreSQL.

use crate::house::Store;
use anyhow::{Context, Result};
use base::db::Value;
use bytes::Bytes;
use futures_util::SinkExt;
use rusqlite::Connection;
use std::{collections::BTreeMap, fmt::Write as _};
use tokio_postgres::{Client, NoTls};

/// A table and the columns that are filled, by commas.
pub(crate) type Table = (&'static str, &'static str);

/// Where rows go.
pub(crate) enum Sink {
    Sqlite(Box<Connection>),
    Postgres(Client, BTreeMap<Table, String>),
}

impl Sink {
    /// Opens a store that has its schema already.
    pub(crate) async fn open(store: &Store) -> Result<Self> {
        let folder = match store {
            Store::Postgres(url) => return Ok(Self::Postgres(connect(url).await?, BTreeMap::new())),
            Store::Folder(folder) => folder,
        };
        let connection = Connection::open(Store::file(folder))?;
        connection.execute_batch(
            "pragma journal_mode=wal; pragma synchronous=off; pragma cache_size=-400000; pragma wal_autocheckpoint=20000;
             pragma temp_store=memory; begin immediate;",
        )?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self::Sqlite(Box::new(connection)))
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, table: Table, values: &[Value]) -> Result<()> {
        match self {
            Self::Sqlite(connection) => {
                let marks = vec!["?"; values.len()].join(",");
                let sql = format!("insert into {} ({}) values ({marks})", table.0, table.1);
                connection.prepare_cached(&sql)?.execute(rusqlite::params_from_iter(values)).context(table.0)?;
            }
            Self::Postgres(_, buffers) => write_copy_row(buffers.entry(table).or_default(), values),
        }
        Ok(())
    }

    /// Commits what was added.
    pub(crate) async fn commit(&mut self) -> Result<()> {
        match self {
            Self::Sqlite(connection) => connection.execute_batch("commit; begin immediate")?,
            Self::Postgres(client, buffers) => {
                for ((table, columns), rows) in std::mem::take(buffers) {
                    let copy = client.copy_in::<_, Bytes>(&format!("copy {table} ({columns}) from stdin")).await?;
                    let mut copy = std::pin::pin!(copy);
                    copy.send(Bytes::from(rows)).await.context(table)?;
                    copy.close().await.context(table)?;
                }
            }
        }
        Ok(())
    }

    /// Runs statements.
    pub(crate) async fn run(&mut self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(connection) => Ok(connection.execute_batch(sql)?),
            Self::Postgres(client, _) => Ok(client.batch_execute(sql).await?),
        }
    }

    /// Drops all indexes of PostgreSQL that guard nothing; returns the statements that build them again.
    pub(crate) async fn drop_indexes(&mut self) -> Result<Vec<String>> {
        let Self::Postgres(client, _) = self else { return Ok(Vec::new()) };
        let indexes = "select indexname, indexdef from pg_indexes where schemaname = current_schema and indexdef not like 'CREATE UNIQUE%'";
        let mut dropped = Vec::new();
        for row in client.query(indexes, &[]).await? {
            client.batch_execute(&format!("drop index \"{}\"", row.get::<_, String>(0))).await?;
            dropped.push(row.get(1));
        }
        Ok(dropped)
    }

    /// Ends the work; the store is as if it had been running for long.
    pub(crate) async fn close(mut self) -> Result<()> {
        self.commit().await?;
        match self {
            Self::Sqlite(connection) => connection.execute_batch("commit; pragma wal_checkpoint(truncate)")?,
            Self::Postgres(client, _) => {
                client.batch_execute("vacuum analyze").await?;
                client.batch_execute("checkpoint").await?;
            }
        }
        Ok(())
    }
}

/// Connects to PostgreSQL.
pub(crate) async fn connect(url: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

fn write_copy_row(out: &mut String, values: &[Value]) {
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.push('\t');
        }
        match value {
            Value::Null => out.push_str("\\N"),
            Value::Bool(b) => out.push(if *b { 't' } else { 'f' }),
            Value::Int(n) => _ = write!(out, "{n}"),
            Value::Real(x) => _ = write!(out, "{x}"),
            Value::Uuid(id) => _ = write!(out, "{id}"),
            Value::Bytes(bytes) => {
                out.push_str("\\\\x");
                bytes.iter().for_each(|byte| _ = write!(out, "{byte:02x}"));
            }
            Value::Text(text) => {
                for c in text.chars() {
                    match c {
                        '\\' => out.push_str("\\\\"),
                        '\n' => out.push_str("\\n"),
                        '\r' => out.push_str("\\r"),
                        '\t' => out.push_str("\\t"),
                        c => out.push(c),
                    }
                }
            }
        }
    }
    out.push('\n');
}
