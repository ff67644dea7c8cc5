//! Brakes: how often something automatic may happen. Each is a count since a moment, in one row, whatever its history.

use crate::{Desk, Result};
use base::{params, row, statements};
use jiff::{SignedDuration, Timestamp};

statements! {
    COUNT = "insert into brake (workspace_id, key, since, count) values ($1, $2, $3, 1)
        on conflict (workspace_id, key) do update set count = case when brake.since <= $4 then 1 else brake.count + 1 end,
        since = case when brake.since <= $4 then $3 else brake.since end returning since, count";
    HOLDING = "select key, since, count from brake where workspace_id = $1 and key >= $2 and key < $3 and since > $4 order by key limit 100";
    RELEASE = "delete from brake where workspace_id = $1 and key = $2";
}

/// How often in how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// So often …
    pub times: i64,
    /// … within so long.
    pub within: SignedDuration,
}

row! {
    /// A brake as it stands.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Brake {
        /// What is counted, and of whom.
        pub key: String,
        /// Since when.
        pub since: Timestamp,
        /// How often.
        pub count: i64,
    }
}

/// Counts one more and says whether the limit lets it pass; if not, when it will again.
///
/// # Errors
/// The store's.
pub(crate) async fn pass(desk: &Desk<'_>, key: &str, limit: Limit) -> Result<Result<(), Timestamp>> {
    let now = desk.now();
    let params = params![desk.workspace(), key, now, now - limit.within];
    let (since, count): (Timestamp, i64) = desk.tx().one(COUNT, params).await?;
    Ok(if count <= limit.times { Ok(()) } else { Err(since + limit.within) })
}

/// The brakes whose key begins so, that have counted since.
///
/// # Errors
/// The store's.
pub async fn counted(desk: &mut Desk<'_>, beginning: &str, since: Timestamp) -> Result<Vec<Brake>> {
    let end = format!("{beginning}\u{10ffff}");
    Ok(desk.tx().rows(HOLDING, params![desk.workspace(), beginning, end, since]).await?)
}

/// Lets a brake count from nothing again.
///
/// # Errors
/// The store's.
pub async fn release(desk: &mut Desk<'_>, key: &str) -> Result<()> {
    desk.tx().exec(RELEASE, params![desk.workspace(), key]).await?;
    Ok(())
}
