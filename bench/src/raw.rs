//! The raw limit: the rows that the product wrote for each mail, written again with nothing but the driver, as durably, with
//! the same schema and indexes: on SQLite 64 mails a commit, on PostgreSQL one transaction a mail over as many connections
//! as the product has, its statements prepared and pipelined.

use anyhow::{Context, Result};
use base::{
    clock::Stopwatch,
    db::{Engine, Value},
    search::{Document, Entry, Marks},
};
use bytes::Bytes;
use desk::WorkspaceId;
use futures_util::future::try_join_all;
use jiff::Timestamp;
use rusqlite::{Connection, params_from_iter};
use std::{
    collections::HashMap,
    fs::{self, File},
    io::Write as _,
    path::Path,
    sync::Arc,
};
use tokio_postgres::types::{ToSql, Type};
use uuid::Uuid;

const BATCH: usize = 64;
/// Tables whose rows name their conversation, by the column that does.
const OF_CONVERSATION: &[(&str, &str)] = &[
    ("conversation", "id"),
    ("participant", "conversation_id"),
    ("message", "conversation_id"),
    ("message_reference", "conversation_id"),
    ("event", "conversation_id"),
];

type Row = (Arc<str>, Vec<Value>);
/// Message, conversation, moment, head and body, as search wants them.
type Known = (Uuid, Uuid, Timestamp, String, String);

/// The rows of each mail.
pub(crate) struct Rows {
    workspace: WorkspaceId,
    /// Statement and values.
    mails: Vec<Vec<Row>>,
    /// What search wants to know of each mail.
    documents: Vec<Known>,
}

impl Rows {
    /// Reads from the product's SQLite store what it wrote for its first `mails`.
    pub(crate) fn read(store: &Path, workspace: WorkspaceId, mails: usize) -> Result<Self> {
        let connection = Connection::open(store)?;
        let numbered = read_all(&connection, "conversation", "order by number")?;
        let ids: Vec<Value> = numbered.iter().take(mails).map(|(_, values)| values[1].clone()).collect();
        let places: HashMap<Vec<u8>, usize> = ids.iter().enumerate().map(|(at, id)| (bytes_of(id), at)).collect();
        let mut found: Vec<Vec<Row>> = vec![Vec::new(); ids.len()];
        let mut messages: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut customers: HashMap<Vec<u8>, usize> = HashMap::new();
        let mut documents = vec![None; ids.len()];
        for (table, column) in OF_CONVERSATION {
            let names = columns(&connection, table)?;
            let of = |row: &Row, name: &str| names.iter().position(|n| n == name).map(|at| row.1[at].clone());
            for row in read_all(&connection, table, "")? {
                let Some(&place) = of(&row, column).and_then(|id| places.get(&bytes_of(&id))) else { continue };
                if let ("conversation", Some(customer)) = (*table, of(&row, "customer_id")) {
                    customers.entry(bytes_of(&customer)).or_insert(place);
                }
                if let ("message", Some(id)) = (*table, of(&row, "id")) {
                    messages.insert(bytes_of(&id), place);
                    let text = |name| of(&row, name).map(|value| text_of(&value)).unwrap_or_default();
                    let at = of(&row, "created_at").map_or(0, |value| int_of(&value));
                    let head = format!("{}\n{}", text("author_name"), text("header").get(..60).unwrap_or_default());
                    let at = Timestamp::from_microsecond(at)?;
                    documents[place] = Some((uuid_of(&id)?, uuid_of(&ids[place])?, at, head, text("body")));
                }
                found[place].push(row);
            }
        }
        for (table, column, places) in [
            ("delivery", "message_id", &messages),
            ("customer", "id", &customers),
            ("customer_identity", "customer_id", &customers),
        ] {
            let at = columns(&connection, table)?.iter().position(|name| name == column).context("a column")?;
            for row in read_all(&connection, table, "")? {
                if let Some(&place) = places.get(&bytes_of(&row.1[at])) {
                    found[place].push(row);
                }
            }
        }
        let documents = documents.into_iter().collect::<Option<Vec<_>>>().context("a message for each conversation")?;
        Ok(Self { workspace, mails: found, documents })
    }

    /// Only what is written before a mail is acknowledged: its row of the journal and the order to read it.
    pub(crate) fn journal(&self) -> Self {
        let of_one = |rows: &Vec<Row>| -> Vec<Row> {
            let delivery = rows.iter().filter(|(sql, _)| sql.starts_with("insert into delivery"));
            delivery
                .flat_map(|(sql, values)| {
                    let (workspace, id) = (values[0].clone(), values[1].clone());
                    let payload = format!("{{\"delivery\":\"{}\"}}", uuid_of(&id).unwrap_or_default());
                    let (kind, zero) = (Value::from("receive_delivery"), Value::Int(0));
                    let due = Value::Int(1_795_000_000_000_000);
                    let job =
                        vec![workspace, id, kind, Value::Null, payload.into(), zero.clone(), due.clone(), zero, due];
                    [(sql.clone(), values.clone()), (JOB.into(), job)]
                })
                .collect()
        };
        Self { workspace: self.workspace, mails: self.mails.iter().map(of_one).collect(), documents: Vec::new() }
    }

    /// What search gets of a mail; none where only the journal is written.
    fn entry(&self, engine: Engine, index: usize) -> Option<(Entry, &Known)> {
        let document = self.documents.get(index)?;
        let (id, group, at, head, body) = document;
        let marks = Marks::default();
        let known = Document { id: *id, group: *group, at: *at, head, body, marks: &marks };
        Some((Entry::of(engine, self.workspace.0, index as i64 + 1, &known), document))
    }
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<String>> {
    let statement = connection.prepare(&format!("select * from {table} limit 0"))?;
    Ok(statement.column_names().map(str::to_owned).collect())
}

fn read_all(connection: &Connection, table: &str, order: &str) -> Result<Vec<Row>> {
    let names = columns(connection, table)?;
    let marks: Vec<String> = (1..=names.len()).map(|n| format!("${n}")).collect();
    let sql: Arc<str> = format!("insert into {table} ({}) values ({})", names.join(", "), marks.join(", ")).into();
    let mut statement = connection.prepare(&format!("select * from {table} {order}"))?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let values = (0..names.len()).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>()?;
        found.push((sql.clone(), values));
    }
    Ok(found)
}

fn bytes_of(value: &Value) -> Vec<u8> {
    match value {
        Value::Bytes(bytes) => bytes.clone(),
        _ => Vec::new(),
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        _ => String::new(),
    }
}

fn int_of(value: &Value) -> i64 {
    match value {
        Value::Int(n) => *n,
        _ => 0,
    }
}

fn uuid_of(value: &Value) -> Result<Uuid> {
    Ok(Uuid::from_slice(&bytes_of(value))?)
}

const COUNTERS: &[&str] = &[
    "insert into view_count (workspace_id, view, key, count) values ($1, 1, $1, 1)
        on conflict (workspace_id, view, key) do update set count = view_count.count + 1",
    "insert into view_count (workspace_id, view, key, count) values ($1, 3, $1, 1)
        on conflict (workspace_id, view, key) do update set count = view_count.count + 1",
    "insert into view_count (workspace_id, view, key, count) values ($1, 4, $1, 1)
        on conflict (workspace_id, view, key) do update set count = view_count.count + 1",
    "update workspace set event_seq = event_seq + 2, conversation_number = conversation_number + 1 where workspace_id = $1",
];
const ENTRY: &str = "insert into search_entry (workspace_id, document_id, group_id, at, seq, head, tokens)
    values ($1, $2, $3, $4, $5, $6, $7::text::tsvector)";
const WORDS: &str = "insert into search_word (workspace_id, word)
    select $1, word from unnest(string_to_array($2, ' ')) as word on conflict do nothing";
const JOB: &str = "insert into job (workspace_id, id, kind, dedupe_key, payload, state, run_at, attempts, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const WORKSPACE: &str = "insert into workspace (workspace_id, name, created_at, event_seq, conversation_number) values ($1, 'raw', 0, 0, 0)";

/// Mails a second through rusqlite, each also written to a synced file of its own before the commit.
pub(crate) fn on_sqlite(store: &Path, rows: &Rows, (folder, mails): (&Path, &[&Bytes])) -> Result<f64> {
    let connection = Connection::open(store)?;
    connection.execute_batch(
        "pragma journal_mode=wal; pragma synchronous=full; pragma cache_size=-16384; pragma temp_store=memory;
         pragma wal_autocheckpoint=4000;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    let workspace = Value::Bytes(rows.workspace.0.as_bytes().to_vec());
    let run = |sql: &str, values: &[Value]| -> Result<()> {
        connection.prepare_cached(&sql.replace('$', "?"))?.execute(params_from_iter(values))?;
        Ok(())
    };
    run(WORKSPACE, std::slice::from_ref(&workspace))?;
    fs::create_dir_all(folder)?;
    let watch = Stopwatch::start();
    for batch in (0..rows.mails.len()).step_by(BATCH) {
        let batch = batch..(batch + BATCH).min(rows.mails.len());
        write_files(folder, &mails[batch.clone()], batch.start)?;
        connection.execute_batch("begin immediate")?;
        for index in batch {
            for (sql, values) in &rows.mails[index] {
                run(sql, values)?;
            }
            let Some((entry, (id, group, at, ..))) = rows.entry(Engine::Sqlite, index) else { continue };
            let seq = index as i64 + 1;
            run(
                "insert into search_entry (seq, workspace_id, document_id, group_id, at, head) values ($1, $2, $3, $4, $5, $6)",
                &[seq.into(), workspace.clone(), (*id).into(), (*group).into(), at.into(), entry.head.as_str().into()],
            )?;
            run(
                "insert into search_index (rowid, scope, head, body) values ($1, $2, $3, $4)",
                &[seq.into(), entry.scope.into(), entry.head.into(), entry.body.into()],
            )?;
            for word in entry.words {
                run(
                    "insert into search_word (workspace_id, word) values ($1, $2) on conflict do nothing",
                    &[workspace.clone(), word.into()],
                )?;
            }
            for sql in COUNTERS {
                run(sql, std::slice::from_ref(&workspace))?;
            }
        }
        connection.execute_batch("commit")?;
    }
    Ok(rows.mails.len() as f64 / watch.elapsed().as_secs_f64())
}

/// Sixteen at a time, as the product does.
fn write_files(folder: &Path, mails: &[&Bytes], first: usize) -> Result<()> {
    std::thread::scope(|scope| {
        let writers: Vec<_> = mails
            .chunks(mails.len().div_ceil(16).max(1))
            .zip((first..).step_by(mails.len().div_ceil(16).max(1)))
            .map(|(mails, first)| {
                scope.spawn(move || -> Result<()> {
                    for (mail, number) in mails.iter().zip(first..) {
                        // Spread over folders by two levels, as the product's are by their hash.
                        let folder = folder.join(format!("{:02x}", number % 256));
                        fs::create_dir_all(&folder)?;
                        let mut file = File::create(folder.join(number.to_string()))?;
                        file.write_all(mail)?;
                        file.sync_all()?;
                        File::open(&folder)?.sync_all()?;
                    }
                    Ok(())
                })
            })
            .collect();
        writers.into_iter().try_for_each(|writer| writer.join().map_err(|_| anyhow::anyhow!("a writer panicked"))?)
    })
}

/// Mails a second through tokio-postgres.
pub(crate) async fn on_postgres(url: &str, rows: &Rows, connections: usize) -> Result<f64> {
    let workspace = Value::Uuid(rows.workspace.0);
    let mut clients = Vec::new();
    for _ in 0..connections {
        clients.push(crate::sink::connect(url).await?);
    }
    clients[0].execute(WORKSPACE, &[&workspace]).await?;
    let next = std::sync::atomic::AtomicUsize::new(0);
    let watch = Stopwatch::start();
    let writers = clients.into_iter().map(|mut client| {
        let (next, workspace) = (&next, &workspace);
        async move {
            let mut statements: HashMap<String, tokio_postgres::Statement> = HashMap::new();
            loop {
                let index = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                if index >= rows.mails.len() {
                    return Ok::<_, anyhow::Error>(());
                }
                let mut unit: Vec<(&str, Vec<Value>)> =
                    rows.mails[index].iter().map(|(sql, values)| (&**sql, values.clone())).collect();
                if let Some((entry, (id, group, at, ..))) = rows.entry(Engine::Postgres, index) {
                    let seq = index as i64 + 1;
                    let (workspace, id, group, at) = (workspace.clone(), (*id).into(), (*group).into(), at.into());
                    let row = vec![workspace, id, group, at, seq.into(), entry.head.into(), entry.tokens.into()];
                    unit.push((ENTRY, row));
                    unit.push((WORDS, vec![rows.workspace.0.into(), entry.words.join(" ").into()]));
                    unit.extend(COUNTERS.iter().map(|sql| (*sql, vec![rows.workspace.0.into()])));
                }
                for (sql, _) in &unit {
                    if !statements.contains_key(*sql) {
                        statements.insert((*sql).to_owned(), client.prepare(sql).await?);
                    }
                }
                let transaction = client.transaction().await?;
                try_join_all(unit.into_iter().map(|(sql, values)| {
                    let (statement, transaction) = (&statements[sql], &transaction);
                    async move {
                        let values: Vec<Value> =
                            values.into_iter().zip(statement.params()).map(|(value, ty)| fit(value, ty)).collect();
                        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
                        transaction.execute(statement, &values).await
                    }
                }))
                .await?;
                transaction.commit().await?;
            }
        }
    });
    try_join_all(writers).await?;
    Ok(rows.mails.len() as f64 / watch.elapsed().as_secs_f64())
}

/// SQLite keeps ids as bytes and truth as a number.
fn fit(value: Value, ty: &Type) -> Value {
    match value {
        Value::Bytes(bytes) if *ty == Type::UUID => Uuid::from_slice(&bytes).map_or(Value::Null, Value::Uuid),
        Value::Int(n) if *ty == Type::BOOL => Value::Bool(n != 0),
        other => other,
    }
}
