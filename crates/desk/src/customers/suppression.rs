//! Addresses that mail came back from for good: nothing is sent there until they write again or somebody allows it.

use crate::{Desk, Result};
use base::{params, row, statements};
use jiff::Timestamp;
use uuid::Uuid;

statements! {
    SUPPRESS = "insert into suppressed_address (workspace_id, address, reason, message_id, since) values ($1, $2, $3, $4, $5)
        on conflict (workspace_id, address) do update set reason = excluded.reason, message_id = excluded.message_id, since = excluded.since";
    FIND = "select address, reason, since from suppressed_address where workspace_id = $1 and address = $2";
    IN_CONVERSATION = "select s.address, s.reason, s.since from participant p
        join suppressed_address s on s.workspace_id = p.workspace_id and s.address = p.address
        where p.workspace_id = $1 and p.conversation_id = $2 order by s.address limit 1";
    LIST = "select address, reason, since from suppressed_address where workspace_id = $1 and address > $2 order by address limit $3";
    ALLOW = "delete from suppressed_address where workspace_id = $1 and address = $2";
}

row! {
    /// An address that nothing is sent to.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Suppressed {
        /// The address, in lower case.
        pub address: String,
        /// Why, in words.
        pub reason: String,
        /// Since when.
        pub since: Timestamp,
    }
}

/// Sends nothing to an address any more; `message` came back from it.
pub(crate) async fn suppress(desk: &Desk<'_>, address: &str, reason: &str, message: Uuid) -> Result<()> {
    let address = address.trim().to_lowercase();
    desk.tx().exec(SUPPRESS, params![desk.workspace(), address, reason, message, desk.now()]).await?;
    Ok(())
}

/// Why nothing is sent to an address, if so.
///
/// # Errors
/// The store's.
pub async fn suppressed(desk: &mut Desk<'_>, address: &str) -> Result<Option<Suppressed>> {
    Ok(desk.tx().row(FIND, params![desk.workspace(), address.trim().to_lowercase()]).await?)
}

/// The first suppressed address of those who take part in a conversation, in one query for all of them.
///
/// # Errors
/// The store's.
pub async fn suppressed_in(desk: &mut Desk<'_>, conversation: Uuid) -> Result<Option<Suppressed>> {
    Ok(desk.tx().row(IN_CONVERSATION, params![desk.workspace(), conversation]).await?)
}

/// The suppressed addresses, by address, from after `after`.
///
/// # Errors
/// The store's.
pub async fn suppressed_addresses(desk: &mut Desk<'_>, after: &str, limit: i64) -> Result<Vec<Suppressed>> {
    Ok(desk.tx().rows(LIST, params![desk.workspace(), after, limit]).await?)
}

/// Lets mail be sent to an address again. Nothing happens when it was let.
///
/// # Errors
/// The store's.
pub async fn allow(desk: &mut Desk<'_>, address: &str) -> Result<()> {
    desk.tx().exec(ALLOW, params![desk.workspace(), address.trim().to_lowercase()]).await?;
    Ok(())
}
