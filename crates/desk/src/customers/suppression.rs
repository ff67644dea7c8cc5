//! Addresses that mail came back from for good: nothing is sent there until they write again or somebody allows it.

use crate::{Desk, Result};
use base::{db::Value, params, row, statements};
use jiff::Timestamp;
use uuid::Uuid;

statements! {
    SUPPRESS = "insert into suppressed_address (workspace_id, address, reason, message_id, since) values ($1, $2, $3, $4, $5)
        on conflict (workspace_id, address) do update set reason = excluded.reason, message_id = excluded.message_id, since = excluded.since";
    FIND = "select address, reason, since from suppressed_address where workspace_id = $1 and address = $2";
    IN_CONVERSATION = "select s.address, s.reason, s.since from participant p
        join suppressed_address s on s.workspace_id = p.workspace_id and s.address = p.address
        where p.workspace_id = $1 and p.conversation_id = $2 order by s.address limit 1";
    ANY_OF_50 = "select 1 from suppressed_address where workspace_id = $1 and address in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
        $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37,
        $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51) limit 1";
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

/// Whether nothing is sent to one of these addresses.
///
/// # Errors
/// The store's.
pub async fn any_suppressed(desk: &mut Desk<'_>, addresses: &[&str]) -> Result<bool> {
    for some in addresses.chunks(50) {
        let mut params = params![desk.workspace()].to_vec();
        let asked = some.iter().map(|address| address.trim().to_lowercase());
        // An empty address is nobody's.
        params.extend(asked.chain(std::iter::repeat(String::new())).take(50).map(Value::from));
        if desk.tx().row::<(i32,)>(ANY_OF_50, &params).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
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
