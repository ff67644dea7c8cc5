//! What SQLite's planner is told of the tables, so that its plans are those of a big store from the first day on.
//!
//! SQLite never gathers statistics by itself, and without any it takes every first column of an index to leave ten rows. With us that
//! column is the workspace, which leaves all of them: of two indexes it would choose the one that gives the order for free and walk
//! through a workspace's whole history. Statistics gathered once from a small store mislead in the same way. So they are written
//! down here instead, the same for every store, as SQLite's documentation suggests for plans that must not change
//! (<https://sqlite.org/lang_analyze.html>, "Fixed Results Of ANALYZE"; the format: <https://sqlite.org/fileformat2.html#stat1tab>).
//!
//! PostgreSQL gathers its own.

use crate::{
    db::{DbError, Engine, Tx},
    params,
};
use std::collections::BTreeMap;

/// Rows of a table, as the planner is told: a million.
const ROWS: u64 = 1_000_000;
/// Rows of an index that holds only what is in some state, such as what waits: that is little and passes.
const WAITING: u64 = 1_000;
/// How many values a column has of which nothing is said in [`FEW`]: an id of a conversation, a customer, a moment.
const MANY: u64 = 50_000;
/// Columns with few values, so that an index of them does not seem to say much.
const FEW: &[(&str, u64)] = &[
    ("workspace_id", 1),
    ("status", 4),
    ("state", 4),
    ("kind", 5),
    ("channel", 5),
    ("priority", 4),
    ("purpose", 5),
    ("audience", 3),
    ("is_default", 2),
    ("author_kind", 4),
    ("view", 10),
    ("language", 20),
    ("owner", 2),
    ("mailbox_id", 20),
    ("team_id", 20),
    ("type_id", 10),
    ("assignee_id", 50),
    ("agent_id", 50),
    ("field_id", 50),
    ("macro_id", 200),
    ("tag_id", 200),
];

const COLUMNS: &str =
    "select t.name, case when i.origin = 'pk' and t.sql like '%without rowid%' then t.name else i.name end,
        i.\"unique\", coalesce(x.sql like '% where stat%', false), c.name
    from sqlite_schema t join pragma_index_list(t.name) i join pragma_index_xinfo(i.name) c
        left join sqlite_schema x on x.type = 'index' and x.name = i.name
    where t.type = 'table' and c.key = 1 and c.name is not null order by t.name, i.name, c.seqno";
const FORGET: &str = "delete from sqlite_stat1";
const SAY: &str = "insert into sqlite_stat1 (tbl, idx, stat) values ($1, $2, $3)";

/// Tells the planner. Does nothing on PostgreSQL.
///
/// # Errors
/// The store's.
pub(crate) async fn tell(tx: &Tx<'_>) -> Result<(), DbError> {
    if tx.engine() == Engine::Postgres {
        return Ok(());
    }
    // Gathering them of one small table makes the table of statistics.
    tx.batch("analyze schema_version").await?;
    let mut indexes: BTreeMap<(String, String), (bool, u64, Vec<String>)> = BTreeMap::new();
    for (table, index, unique, waiting, column) in tx.rows::<(String, String, bool, bool, String)>(COLUMNS, &[]).await?
    {
        let rows = if waiting { WAITING } else { ROWS };
        indexes.entry((table, index)).or_insert((unique, rows, Vec::new())).2.push(column);
    }
    tx.exec(FORGET, &[]).await?;
    for ((table, index), (unique, rows, columns)) in indexes {
        if columns.first().is_some_and(|column| column == "workspace_id") {
            tx.exec(SAY, params![&table, &index, &statistics(&columns, unique, rows)]).await?;
        }
    }
    tx.batch("analyze sqlite_schema").await
}

/// Rows of the index, then how many rows are left by the index's first column, its first two, and so on.
fn statistics(columns: &[String], unique: bool, rows: u64) -> String {
    let mut left = rows;
    let mut said = vec![rows.to_string()];
    for (place, column) in columns.iter().enumerate() {
        let values = FEW.iter().find(|(few, _)| few == column).map_or(MANY, |(_, values)| *values);
        left = (left / values).max(1);
        if unique && place + 1 == columns.len() {
            left = 1;
        }
        said.push(left.to_string());
    }
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(columns: &[&str], unique: bool) -> String {
        statistics(&columns.iter().map(|column| (*column).to_owned()).collect::<Vec<_>>(), unique, ROWS)
    }

    #[test]
    fn a_workspace_selects_nothing_and_an_id_selects_much() {
        assert_eq!(said(&["workspace_id", "conversation_id", "id"], false), "1000000 1000000 20 1");
        assert_eq!(said(&["workspace_id", "status", "last_activity_at", "id"], false), "1000000 1000000 250000 5 1");
        assert_eq!(said(&["workspace_id", "kind"], true), "1000000 1000000 1");
    }

    #[test]
    fn what_waits_is_little() {
        let columns = ["workspace_id".to_owned(), "conversation_id".to_owned()];
        assert_eq!(statistics(&columns, true, WAITING), "1000 1000 1");
    }
}
