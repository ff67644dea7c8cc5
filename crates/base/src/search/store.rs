//! Search's tables on either engine: SQLite's FTS5, PostgreSQL's `tsvector` under GIN.
//!
//! Documents are numbered (`seq`) as they are first indexed, and newest means the highest number. FTS5 hands its matches out
//! from the highest number down and stops where told. GIN can only hand out all matches of a query, so there each document
//! also carries tokens that say in which stretch of numbers it lies, of six lengths, and a search asks for the newest
//! stretch first, then for longer ones. A common word costs no more than the stretch that holds enough of it.

use super::{Document, indexed::Indexed, terms::Terms};
use crate::{
    db::{DbError, Engine, Tx},
    params, row, statements,
};
use jiff::Timestamp;
use uuid::Uuid;

/// The lengths of the stretches, as powers of two.
const STRETCHES: [u32; 6] = [12, 14, 16, 18, 20, 22];
/// How much longer each is than the one before.
const GROWTH: usize = 4;

statements! {
    ENTRY_SQLITE = "select seq from search_entry where workspace_id = $1 and document_id = $2";
    INSERT_ENTRY_SQLITE = "insert into search_entry (workspace_id, document_id, group_id, at, head) values ($1, $2, $3, $4, $5)
        returning seq";
    UPDATE_ENTRY_SQLITE = "update search_entry set group_id = $2, at = $3, head = $4 where seq = $1";
    DELETE_ENTRY_SQLITE = "delete from search_entry where workspace_id = $1 and document_id = $2 returning seq";
    INSERT_INDEX_SQLITE = "insert into search_index (rowid, scope, head, body) values ($1, $2, $3, $4)";
    DELETE_INDEX_SQLITE = "delete from search_index where rowid = $1";
    UPSERT_POSTGRES = "insert into search_entry (workspace_id, document_id, group_id, at, seq, head, tokens)
        select $1, $2, $3, $4, seq, $5, ($6::text || format(' ''%1$s'' ''%1$s.0.%2$s'' ''%1$s.1.%3$s'' ''%1$s.2.%4$s''
            ''%1$s.3.%5$s'' ''%1$s.4.%6$s'' ''%1$s.5.%7$s''',
            $7::text, seq >> 12, seq >> 14, seq >> 16, seq >> 18, seq >> 20, seq >> 22))::tsvector
        from (select coalesce((select seq from search_entry where workspace_id = $1 and document_id = $2),
            nextval('search_entry_seq')) as seq) as number
        on conflict (workspace_id, document_id) do update set group_id = excluded.group_id, at = excluded.at,
            seq = excluded.seq, head = excluded.head, tokens = excluded.tokens";
    DELETE_POSTGRES = "delete from search_entry where workspace_id = $1 and document_id = $2";
    ADD_WORDS_SQLITE = "insert into search_word (workspace_id, word) select $1, value from json_each($2) where true
        on conflict (workspace_id, word) do nothing";
    ADD_WORDS_POSTGRES = "insert into search_word (workspace_id, word)
        select $1, word from unnest(string_to_array($2, ' ')) as word on conflict (workspace_id, word) do nothing";
    WORDS = "select word from search_word where workspace_id = $1 and word >= $2 and word < $3 order by word limit $4";
    KNOWN_SQLITE = "select word from search_word where workspace_id = $1 and word in (select value from json_each($2))";
    KNOWN_POSTGRES = "select word from search_word where workspace_id = $1 and word = any(string_to_array($2, ' '))";
    OTHER_WORKSPACES_SQLITE = "select exists (select 1 from search_entry where workspace_id < $1)
        or exists (select 1 from search_entry where workspace_id > $1)";
    CANDIDATES_SQLITE = "select document_id, group_id, at, seq, search_entry.head
        from search_index cross join search_entry on seq = search_index.rowid
        where search_index match $2 and search_index.rowid < $3 and workspace_id = $1
        order by search_index.rowid desc limit $4";
    GROUPS_SQLITE = "select distinct group_id from search_index cross join search_entry on seq = search_index.rowid
        where search_index match $2 and search_index.rowid >= $3 and search_index.rowid < $4 and workspace_id = $1";
    NEWEST_POSTGRES = "select last_value from search_entry_seq";
    // Conditions of their own let GIN leap from one to the next; within one tsquery it would walk through the rarest.
    CANDIDATES_POSTGRES = "select document_id, group_id, at, seq, head from search_entry where tokens @@ $2::text::tsquery
        and tokens @@ $3::text::tsquery and tokens @@ $4::text::tsquery and tokens @@ $5::text::tsquery
        and workspace_id = $1 and seq < $6 order by seq desc limit $7";
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
        /// Its head's tokens, by spaces.
        pub head: String,
    }
}

/// The token that all documents of a workspace carry; no text can hold it, since `~` is in no token.
fn scope(engine: Engine, workspace: Uuid) -> String {
    let hex = workspace.simple().to_string();
    match engine {
        Engine::Sqlite => format!("~{hex}"),
        // Kept short, since it stands seven times in each row; the row's own workspace decides.
        Engine::Postgres => format!("~{}", &hex[22..]),
    }
}

pub(super) async fn index(tx: &Tx<'_>, workspace: Uuid, document: &Document<'_>) -> Result<(), DbError> {
    let indexed = Indexed::of(document);
    let scope = scope(tx.engine(), workspace);
    let marks = document.marks.dated(document.at);
    let (id, group, at) = (document.id, document.group, document.at);
    if tx.engine() == Engine::Postgres {
        let entry = params![workspace, id, group, at, indexed.head(), indexed.for_postgres(&marks), scope].to_vec();
        let words = params![workspace, indexed.words().join(" ")].to_vec();
        return tx.exec_all(&[(UPSERT_POSTGRES, entry), (ADD_WORDS_POSTGRES, words)]).await;
    }
    let head = indexed.head();
    let seq = match tx.row::<(i64,)>(ENTRY_SQLITE, params![workspace, id]).await? {
        Some((seq,)) => {
            tx.exec(UPDATE_ENTRY_SQLITE, params![seq, group, at, &head]).await?;
            tx.exec(DELETE_INDEX_SQLITE, params![seq]).await?;
            seq
        }
        None => tx.one::<(i64,)>(INSERT_ENTRY_SQLITE, params![workspace, id, group, at, &head]).await?.0,
    };
    tx.exec(INSERT_INDEX_SQLITE, params![seq, format!("{scope} {marks}"), head, indexed.body()]).await?;
    // Tokens hold neither quotes nor backslashes.
    let words = format!("[\"{}\"]", indexed.words().join("\",\""));
    tx.exec(ADD_WORDS_SQLITE, params![workspace, words]).await?;
    Ok(())
}

/// A document's row for loading many past [`super::index`]: into an empty store, by those who know its tables (a bench).
#[derive(Debug)]
pub struct Entry {
    /// FTS5's first column: the workspace's token, and the marks.
    pub scope: String,
    /// FTS5's second column, and the entry's own.
    pub head: String,
    /// FTS5's third column.
    pub body: String,
    /// PostgreSQL's `tsvector`, as text.
    pub tokens: String,
    /// What belongs into the table of words.
    pub words: Vec<String>,
}

impl Entry {
    /// The row of document number `seq`.
    pub fn of(engine: Engine, workspace: Uuid, seq: i64, document: &Document<'_>) -> Self {
        let indexed = Indexed::of(document);
        let scope = scope(engine, workspace);
        let marks = document.marks.dated(document.at);
        let words = indexed.words().into_iter().map(str::to_owned).collect();
        let (body, tokens) = match engine {
            Engine::Sqlite => (indexed.body(), String::new()),
            Engine::Postgres => {
                let stretches =
                    STRETCHES.iter().zip(0..).map(|(bits, level)| format!("'{scope}.{level}.{}'", seq >> bits));
                let scopes = stretches.collect::<Vec<_>>().join(" ");
                (String::new(), format!("{}'{scope}' {scopes}", indexed.for_postgres(&marks)))
            }
        };
        let head = indexed.head();
        let scope = format!("{scope} {marks}");
        Self { scope, head, body, tokens, words }
    }
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
pub(super) async fn words(tx: &Tx<'_>, workspace: Uuid, prefix: &str, limit: i64) -> Result<Vec<String>, DbError> {
    let end = format!("{prefix}{}", char::MAX);
    let found = tx.rows::<(String,)>(WORDS, params![workspace, prefix, end, limit]).await?;
    Ok(found.into_iter().map(|(word,)| word).collect())
}

/// Those of `words` that a document holds, or held.
pub(super) async fn known(tx: &Tx<'_>, workspace: Uuid, words: &[String]) -> Result<Vec<String>, DbError> {
    // Tokens hold neither quotes nor backslashes nor spaces.
    let found = match tx.engine() {
        Engine::Sqlite => {
            let words = format!("[\"{}\"]", words.join("\",\""));
            tx.rows::<(String,)>(KNOWN_SQLITE, params![workspace, words]).await?
        }
        Engine::Postgres => tx.rows::<(String,)>(KNOWN_POSTGRES, params![workspace, words.join(" ")]).await?,
    };
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
    if terms.is_never_met() {
        return Ok(Vec::new());
    }
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
    let query = terms.for_sqlite(scope_sqlite(tx, workspace, terms).await?.as_deref());
    tx.rows(CANDIDATES_SQLITE, params![workspace, query, before, limit as i64]).await
}

/// The token is worth its cost only where there are documents of others; the entry's own workspace decides anyway.
async fn scope_sqlite(tx: &Tx<'_>, workspace: Uuid, terms: &Terms) -> Result<Option<String>, DbError> {
    if terms.only_excludes() {
        return Ok(Some(scope(Engine::Sqlite, workspace)));
    }
    let (others,): (bool,) = tx.one(OTHER_WORKSPACES_SQLITE, params![workspace]).await?;
    Ok(others.then(|| scope(Engine::Sqlite, workspace)))
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
    let [first, second, rest] = terms.for_postgres(&scope);
    let first = first.unwrap_or_default();
    let mut level = 0;
    loop {
        let within = match STRETCHES.get(level) {
            Some(bits) => {
                let last = (top - 1).max(0) >> bits;
                format!("'{scope}.{level}.{last}' | '{scope}.{level}.{}'", last - 1)
            }
            None => format!("'{scope}'"),
        };
        let or_this = |conditions: &Option<String>| conditions.clone().unwrap_or_else(|| within.clone());
        let (second, rest) = (or_this(&second), or_this(&rest));
        let params = params![workspace, &within, &first, second, rest, top, limit as i64];
        let found: Vec<Candidate> = tx.rows(CANDIDATES_POSTGRES, params).await?;
        // The longest stretch that reaches below the first number is everything, as the last level is.
        let is_everything = STRETCHES.get(level).is_none_or(|bits| (top - 1) >> bits <= 1);
        if found.len() >= limit || is_everything {
            return Ok(found);
        }
        // As many steps as the number found lets hope for.
        let mut hoped = found.len().max(1) * GROWTH;
        level += 1;
        while hoped * GROWTH <= limit && level < STRETCHES.len() {
            hoped *= GROWTH;
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
            let query = terms.for_sqlite(scope_sqlite(tx, workspace, terms).await?.as_deref());
            tx.rows(GROUPS_SQLITE, params![workspace, query, from, to]).await?
        }
        Engine::Postgres => {
            let groups: Vec<String> = candidates.iter().map(|candidate| candidate.group.to_string()).collect();
            let query = terms
                .for_postgres(&scope(tx.engine(), workspace))
                .into_iter()
                .flatten()
                .map(|part| format!("({part})"))
                .collect::<Vec<_>>();
            tx.rows(GROUPS_POSTGRES, params![workspace, groups.join(","), from, to, query.join(" & ")]).await?
        }
    };
    Ok(found.into_iter().map(|(group,)| group).collect())
}
