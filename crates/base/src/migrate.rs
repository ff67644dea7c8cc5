//! Brings a store's schema forward at start. Safe when several nodes start together: one works, the others wait.
//!
//! One file serves both engines. Parts that differ stand under `--# sqlite` or `--# postgres` until the next
//! `--# both`; `/*sqlite: … */` within a line is read by SQLite only.

use crate::{
    db::{Db, DbError, Engine, Tx},
    params, plans,
};

/// One step of the schema; versions count from 1 without gaps.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Its place in the order.
    pub version: i64,
    /// A few words, kept in the store.
    pub name: &'static str,
    /// The script, with engine-specific parts marked.
    pub sql: &'static str,
}

const LOCK: &str = "select pg_advisory_xact_lock(7238101412)";
const LEDGER: &str = "create table if not exists schema_version (version bigint primary key, name text not null)";
const NEWEST: &str = "select coalesce(max(version), 0) from schema_version";
const RECORD: &str = "insert into schema_version (version, name) values ($1, $2)";

/// Applies what is missing and returns the number of steps applied.
///
/// # Errors
/// [`DbError::Unavailable`] when the store was made by a newer version of the program; nothing is changed then.
pub async fn run(db: &Db, migrations: &'static [Migration]) -> Result<usize, DbError> {
    db.write(move |tx| Box::pin(async move { apply(tx, migrations).await })).await
}

/// Whether the store has exactly these steps behind it; changes nothing.
///
/// # Errors
/// [`DbError::Unavailable`] when it has others.
pub async fn is_current(db: &Db, migrations: &'static [Migration]) -> Result<(), DbError> {
    let known = migrations.last().map_or(0, |m| m.version);
    let (newest,): (i64,) = db.read(move |tx| Box::pin(async move { tx.one(NEWEST, &[]).await })).await?;
    if newest == known {
        return Ok(());
    }
    Err(DbError::Unavailable(format!(
        "the store is at schema version {newest}, this program knows {known}: look into it with the program that serves it"
    )))
}

async fn apply(tx: &Tx<'_>, migrations: &[Migration]) -> Result<usize, DbError> {
    if tx.engine() == Engine::Postgres {
        tx.batch(LOCK).await?;
    }
    tx.batch(LEDGER).await?;
    let (newest,): (i64,) = tx.one(NEWEST, &[]).await?;
    let known = migrations.last().map_or(0, |m| m.version);
    if newest > known {
        return Err(DbError::Unavailable(format!(
            "the store is at schema version {newest}, this program knows {known}: start the newer program"
        )));
    }
    let mut applied = 0;
    for migration in migrations.iter().filter(|m| m.version > newest) {
        tx.batch(&script_for(tx.engine(), migration.sql)).await?;
        tx.exec(RECORD, params![migration.version, migration.name]).await?;
        applied += 1;
    }
    plans::tell(tx).await?;
    Ok(applied)
}

/// The part of a script that one engine runs.
fn script_for(engine: Engine, sql: &str) -> String {
    let (mine, other) = match engine {
        Engine::Sqlite => ("--# sqlite", "--# postgres"),
        Engine::Postgres => ("--# postgres", "--# sqlite"),
    };
    let mut taken = true;
    let mut script = String::with_capacity(sql.len());
    for line in sql.lines() {
        match line.trim() {
            marker if marker == mine || marker == "--# both" => taken = true,
            marker if marker == other => taken = false,
            _ if taken => {
                script.push_str(line);
                script.push('\n');
            }
            _ => {}
        }
    }
    if engine == Engine::Sqlite {
        while let Some(start) = script.find("/*sqlite:") {
            let Some(length) = script[start..].find("*/") else { break };
            script.replace_range(start + length..start + length + 2, "");
            script.replace_range(start..start + "/*sqlite:".len(), "");
        }
    }
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "create table a (x uuid) /*sqlite: without rowid*/;\n--# sqlite\nonly sqlite;\n--# postgres\nonly postgres;\n--# both\nend;\n";

    #[test]
    fn each_engine_reads_its_own_parts_of_a_script() {
        let sqlite = script_for(Engine::Sqlite, SCRIPT);
        assert_eq!(sqlite, "create table a (x uuid)  without rowid;\nonly sqlite;\nend;\n");
        let postgres = script_for(Engine::Postgres, SCRIPT);
        assert_eq!(postgres, "create table a (x uuid) /*sqlite: without rowid*/;\nonly postgres;\nend;\n");
    }
}
