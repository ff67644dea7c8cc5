//! Search's tables on either engine: SQLite's FTS5, PostgreSQL's `tsvector` under GIN.
//!
//! Documents are numbered (`seq`) as they are first indexed, and newest means the highest number. FTS5 hands its matches out
//! from the highest number down and stops where told. GIN can only hand out all matches of a query, so there each document
//! also carries tokens that say in which stretch of numbers it lies, of four lengths, and a search asks for the newest
//! stretch first, then for longer ones. A common word costs no more than the stretch that holds enough of it.

use super::{
    Document,
    indexed::Indexed,
    terms::{Field, Terms, WORDS_READ},
};
use crate::{
    db::{DbError, Engine, Tx, Value},
    params, row, statements,
};
use jiff::Timestamp;
use uuid::Uuid;

/// The lengths of the stretches, as powers of two.
const STRETCHES: [u32; 4] = [12, 15, 18, 21];

statements! {
    ENTRY_SQLITE = "select seq from search_entry where workspace_id = $1 and document_id = $2";
    INSERT_ENTRY_SQLITE = "insert into search_entry (workspace_id, document_id, group_id, at) values ($1, $2, $3, $4)
        returning seq";
    UPDATE_ENTRY_SQLITE = "update search_entry set group_id = $2, at = $3 where seq = $1";
    DELETE_ENTRY_SQLITE = "delete from search_entry where workspace_id = $1 and document_id = $2 returning seq";
    INSERT_INDEX_SQLITE = "insert into search_index (rowid, scope, head, body) values ($1, $2, $3, $4)";
    DELETE_INDEX_SQLITE = "delete from search_index where rowid = $1";
    UPSERT_POSTGRES = "insert into search_entry (workspace_id, document_id, group_id, at, seq, tokens)
        select $1, $2, $3, $4, seq, ($5::text || format(' ''%s'' ''%s.0.%s'' ''%s.1.%s'' ''%s.2.%s'' ''%s.3.%s''',
            $6::text, $6::text, seq >> 12, $6::text, seq >> 15, $6::text, seq >> 18, $6::text, seq >> 21))::tsvector
        from (select coalesce((select seq from search_entry where workspace_id = $1 and document_id = $2),
            nextval('search_entry_seq')) as seq) as number
        on conflict (workspace_id, document_id) do update
            set group_id = excluded.group_id, at = excluded.at, seq = excluded.seq, tokens = excluded.tokens";
    DELETE_POSTGRES = "delete from search_entry where workspace_id = $1 and document_id = $2";
    ADD_WORDS_SQLITE = "insert into search_word (workspace_id, word) select $1, value from json_each($2) where true
        on conflict (workspace_id, word) do nothing";
    ADD_WORDS_POSTGRES = "insert into search_word (workspace_id, word)
        select $1, word from unnest(string_to_array($2, ' ')) as word on conflict (workspace_id, word) do nothing";
    WORDS = "select word from search_word where workspace_id = $1 and word >= $2 and word < $3 order by word limit $4";
    CANDIDATES_SQLITE = "select document_id, group_id, at, seq, false, false
        from search_index cross join search_entry on seq = search_index.rowid
        where search_index match $2 and search_index.rowid < $3 and workspace_id = $1
        order by search_index.rowid desc limit $4";
    MATCHING_SQLITE = "select rowid from search_index where search_index match $1 and rowid >= $2 and rowid < $3";
    GROUPS_SQLITE = "select distinct group_id from search_index cross join search_entry on seq = search_index.rowid
        where search_index match $2 and search_index.rowid >= $3 and search_index.rowid < $4 and workspace_id = $1";
    NEWEST_POSTGRES = "select last_value from search_entry_seq";
    CANDIDATES_POSTGRES = "select document_id, group_id, at, seq,
            tokens @@ $5::text::tsquery as in_head, tokens @@ $6::text::tsquery as in_a_row
        from (select document_id, group_id, at, seq, tokens from search_entry
            where tokens @@ $2::text::tsquery and workspace_id = $1 and seq < $3 order by seq desc limit $4) as newest
        order by seq desc";
    GROUPS_POSTGRES = "select distinct group_id from search_entry where workspace_id = $1
        and group_id = any(string_to_array($2, ',')::uuid[]) and seq >= $3 and seq < $4 and tokens @@ $5::text::tsquery";
}

row! {
    /// A document that meets the query.
    #[derive(Debug, Clone)]
    pub(super) struct Candidate {
        pub document: Uuid,
        pub group: Uuid,
        pub at: Timestamp,
        pub seq: i64,
        /// All that was asked for stands in its head.
        pub in_head: bool,
        /// All that was asked for stands in a row.
        pub in_a_row: bool,
    }
}

/// The token that all documents of a workspace carry; no text can hold it, since `~` is in no token.
fn scope(engine: Engine, workspace: Uuid) -> String {
    let hex = workspace.simple().to_string();
    match engine {
        Engine::Sqlite => format!("~{hex}"),
        // Kept short, since it stands five times in each row; the row's own workspace decides.
        Engine::Postgres => format!("~{}", &hex[22..]),
    }
}

pub(super) async fn index(tx: &Tx<'_>, workspace: Uuid, document: &Document<'_>) -> Result<(), DbError> {
    let indexed = Indexed::of(document);
    let scope = scope(tx.engine(), workspace);
    let (id, group, at) = (document.id, document.group, document.at);
    if tx.engine() == Engine::Postgres {
        let entry = params![workspace, id, group, at, indexed.for_postgres(), scope].to_vec();
        let words = params![workspace, indexed.words().join(" ")].to_vec();
        return tx.exec_all(&[(UPSERT_POSTGRES, entry), (ADD_WORDS_POSTGRES, words)]).await;
    }
    let seq = match tx.row::<(i64,)>(ENTRY_SQLITE, params![workspace, id]).await? {
        Some((seq,)) => {
            tx.exec(UPDATE_ENTRY_SQLITE, params![seq, group, at]).await?;
            tx.exec(DELETE_INDEX_SQLITE, params![seq]).await?;
            seq
        }
        None => tx.one::<(i64,)>(INSERT_ENTRY_SQLITE, params![workspace, id, group, at]).await?.0,
    };
    tx.exec(INSERT_INDEX_SQLITE, params![seq, scope, indexed.head(), indexed.body()]).await?;
    // Tokens hold neither quotes nor backslashes.
    let words = format!("[\"{}\"]", indexed.words().join("\",\""));
    tx.exec(ADD_WORDS_SQLITE, params![workspace, words]).await?;
    Ok(())
}

pub(super) async fn remove(tx: &Tx<'_>, workspace: Uuid, document: Uuid) -> Result<(), DbError> {
    if tx.engine() == Engine::Postgres {
        tx.exec(DELETE_POSTGRES, params![workspace, document]).await?;
    } else if let Some((seq,)) = tx.row::<(i64,)>(DELETE_ENTRY_SQLITE, params![workspace, document]).await? {
        tx.exec(DELETE_INDEX_SQLITE, params![seq]).await?;
    }
    Ok(())
}

/// Words of the workspace that begin so, in their order.
pub(super) async fn words(tx: &Tx<'_>, workspace: Uuid, prefix: &str) -> Result<Vec<String>, DbError> {
    let end = format!("{prefix}{}", char::MAX);
    let found = tx.rows::<(String,)>(WORDS, params![workspace, prefix, end, WORDS_READ]).await?;
    Ok(found.into_iter().map(|(word,)| word).collect())
}

/// The newest `limit` documents before number `before` that meet the query, newest first.
pub(super) async fn newest(
    tx: &Tx<'_>,
    workspace: Uuid,
    terms: &Terms,
    before: i64,
    limit: usize,
) -> Result<Vec<Candidate>, DbError> {
    match tx.engine() {
        Engine::Sqlite => newest_sqlite(tx, workspace, terms, before, limit).await,
        Engine::Postgres => newest_postgres(tx, workspace, terms, before, limit).await,
    }
}

async fn newest_sqlite(
    tx: &Tx<'_>,
    workspace: Uuid,
    terms: &Terms,
    before: i64,
    limit: usize,
) -> Result<Vec<Candidate>, DbError> {
    let scope = scope(tx.engine(), workspace);
    let matching = terms.for_sqlite(&scope, Field::Any);
    let mut found: Vec<Candidate> =
        tx.rows(CANDIDATES_SQLITE, params![workspace, matching, before, limit as i64]).await?;
    let (Some(first), Some(last)) = (found.first(), found.last()) else { return Ok(found) };
    let (from, to) = (last.seq, first.seq + 1);
    let among = async |query: String| -> Result<Vec<i64>, DbError> {
        let mut numbers: Vec<i64> =
            tx.rows::<(i64,)>(MATCHING_SQLITE, params![query, from, to]).await?.into_iter().map(|(seq,)| seq).collect();
        numbers.sort_unstable();
        Ok(numbers)
    };
    let in_head = among(terms.for_sqlite(&scope, Field::Head)).await?;
    let in_a_row = match terms.in_a_row_for_sqlite(&scope) {
        Some(query) => among(query).await?,
        None => Vec::new(),
    };
    for candidate in &mut found {
        candidate.in_head = in_head.binary_search(&candidate.seq).is_ok();
        candidate.in_a_row = in_a_row.binary_search(&candidate.seq).is_ok();
    }
    Ok(found)
}

async fn newest_postgres(
    tx: &Tx<'_>,
    workspace: Uuid,
    terms: &Terms,
    before: i64,
    limit: usize,
) -> Result<Vec<Candidate>, DbError> {
    let scope = scope(tx.engine(), workspace);
    let top = match before {
        i64::MAX => tx.one::<(i64,)>(NEWEST_POSTGRES, &[]).await?.0 + 1,
        before => before,
    };
    let mut level = 0;
    loop {
        let scopes = match STRETCHES.get(level) {
            Some(bits) => {
                let last = (top - 1).max(0) >> bits;
                vec![format!("{scope}.{level}.{last}"), format!("{scope}.{level}.{}", last - 1)]
            }
            None => vec![scope.clone()],
        };
        let params: Vec<Value> = params![
            workspace,
            terms.for_postgres(&scopes, Field::Any),
            top,
            limit as i64,
            terms.for_postgres(&[], Field::Head),
            terms.in_a_row_for_postgres()
        ]
        .to_vec();
        let found: Vec<Candidate> = tx.rows(CANDIDATES_POSTGRES, &params).await?;
        // The longest stretch that reaches below the first number is everything, as the last level is.
        let is_everything = STRETCHES.get(level).is_none_or(|bits| (top - 1) >> bits <= 1);
        if found.len() >= limit || is_everything {
            return Ok(found);
        }
        // Each stretch is eight times as long as the one before: as many steps as the number found lets hope for.
        let mut hoped = found.len().max(1) * 8;
        level += 1;
        while hoped * 8 <= limit && level < STRETCHES.len() {
            hoped *= 8;
            level += 1;
        }
    }
}

/// Of the groups of `candidates`, those with a document numbered `from..to` that meets the query.
pub(super) async fn groups_matching(
    tx: &Tx<'_>,
    workspace: Uuid,
    terms: &Terms,
    candidates: &[Candidate],
    (from, to): (i64, i64),
) -> Result<Vec<Uuid>, DbError> {
    let found: Vec<(Uuid,)> = match tx.engine() {
        Engine::Sqlite => {
            let query = terms.for_sqlite(&scope(tx.engine(), workspace), Field::Any);
            tx.rows(GROUPS_SQLITE, params![workspace, query, from, to]).await?
        }
        Engine::Postgres => {
            let groups: Vec<String> = candidates.iter().map(|candidate| candidate.group.to_string()).collect();
            let query = terms.for_postgres(&[], Field::Any);
            tx.rows(GROUPS_POSTGRES, params![workspace, groups.join(","), from, to, query]).await?
        }
    };
    Ok(found.into_iter().map(|(group,)| group).collect())
}
