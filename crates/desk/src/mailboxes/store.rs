//! SQL and rows of mailboxes.

use super::{Health, Mailbox, MailboxId, MailboxSecrets};
use crate::{Desk, Error, Result};
use base::{
    db::{DbError, Value},
    params, row, statements,
};
use jiff::Timestamp;
use uuid::Uuid;

statements! {
    ALL = "select id, name, address, active, settings, secrets, health from mailbox where workspace_id = $1 order by name, id";
    FIND = "select id, name, address, active, settings, secrets, health from mailbox where workspace_id = $1 and id = $2";
    FIND_BY_ADDRESS = "select m.id, m.name, m.address, m.active, m.settings, m.secrets, m.health from mailbox_address a
        join mailbox m on m.workspace_id = a.workspace_id and m.id = a.mailbox_id where a.workspace_id = $1 and a.address = $2";
    ADDRESSES = "select address from mailbox_address where workspace_id = $1";
    DROP_ADDRESSES = "delete from mailbox_address where workspace_id = $1 and mailbox_id = $2";
    ADD_ADDRESS = "insert into mailbox_address (workspace_id, address, mailbox_id) values ($1, $2, $3) on conflict do nothing";
    INSERT = "insert into mailbox (workspace_id, id, name, address, settings, secrets, active, health, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)";
    UPDATE = "update mailbox set name = $3, address = $4, settings = $5, secrets = $6, active = $7, health = $8, updated_at = $9
        where workspace_id = $1 and id = $2";
    SET_ACTIVE = "update mailbox set active = $3, updated_at = $4 where workspace_id = $1 and id = $2";
    SET_HEALTH = "update mailbox set health = $3 where workspace_id = $1 and id = $2";
    HOLD = "insert into lease (workspace_id, name, holder, until) values ($1, $2, $3, $4)
        on conflict (workspace_id, name) do update set holder = excluded.holder, until = excluded.until
        where lease.holder = excluded.holder or lease.until <= $5";
    LET_GO = "delete from lease where workspace_id = $1 and name = $2 and holder = $3";
    CURSOR = "select uid_validity, last_uid from mailbox_cursor where workspace_id = $1 and mailbox_id = $2 and folder = $3";
    SET_CURSOR = "insert into mailbox_cursor (workspace_id, mailbox_id, folder, uid_validity, last_uid, updated_at)
        values ($1, $2, $3, $4, $5, $6) on conflict (workspace_id, mailbox_id, folder) do update set
        uid_validity = excluded.uid_validity, last_uid = excluded.last_uid, updated_at = excluded.updated_at";
    TOKEN = "select tokens, good_until from mailbox_token where workspace_id = $1 and mailbox_id = $2";
    PUT_TOKEN = "insert into mailbox_token (workspace_id, mailbox_id, tokens, good_until, leased_until) values ($1, $2, $3, $4, 0)
        on conflict (workspace_id, mailbox_id) do update set tokens = excluded.tokens, good_until = excluded.good_until,
        leased_until = 0";
    CLAIM_TOKEN = "update mailbox_token set leased_until = $5 where workspace_id = $1 and mailbox_id = $2
        and good_until = $3 and leased_until < $4";
    RELEASE_TOKEN = "update mailbox_token set leased_until = 0 where workspace_id = $1 and mailbox_id = $2";
    EXPIRE_TOKEN = "update mailbox_token set good_until = 0 where workspace_id = $1 and mailbox_id = $2";
}

row! {
    #[derive(Debug, Clone)]
    pub(super) struct MailboxRow {
        id: MailboxId,
        name: String,
        address: String,
        active: bool,
        settings: String,
        pub(super) secrets: Option<Vec<u8>>,
        health: String,
    }
}

impl MailboxRow {
    /// The mailbox with its secrets left sealed.
    pub(super) fn closed(self) -> Mailbox {
        Mailbox {
            id: self.id,
            name: self.name,
            address: self.address,
            active: self.active,
            settings: serde_json::from_str(&self.settings).unwrap_or_default(),
            secrets: MailboxSecrets::default(),
            health: serde_json::from_str(&self.health).unwrap_or_default(),
        }
    }
}

row! {
    /// How far a folder has been read (RFC 9051, section 2.3.1.1).
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Cursor {
        /// The folder's UIDVALIDITY; when it changes, all UIDs are void.
        pub uid_validity: i64,
        /// The greatest UID taken.
        pub last_uid: i64,
    }
}

row! {
    /// The sign-in at a provider.
    pub(super) struct TokenRow {
        pub(super) tokens: Vec<u8>,
        pub(super) good_until: Timestamp,
    }
}

pub(super) async fn token(desk: &Desk<'_>, id: MailboxId) -> Result<Option<TokenRow>> {
    Ok(desk.tx().row(TOKEN, params![desk.workspace(), id]).await?)
}

pub(super) async fn put_token(desk: &Desk<'_>, id: MailboxId, tokens: &[u8], good_until: Timestamp) -> Result<()> {
    desk.tx().exec(PUT_TOKEN, params![desk.workspace(), id, tokens, good_until]).await?;
    Ok(())
}

/// Claims the right to refresh the token that is good until `seen`; 0 when another has it, or has done it.
pub(super) async fn claim_token(
    desk: &Desk<'_>,
    id: MailboxId,
    seen: Timestamp,
    now: Timestamp,
    until: Timestamp,
) -> Result<u64> {
    Ok(desk.tx().exec(CLAIM_TOKEN, params![desk.workspace(), id, seen, now, until]).await?)
}

pub(super) async fn release_token(desk: &Desk<'_>, id: MailboxId) -> Result<()> {
    desk.tx().exec(RELEASE_TOKEN, params![desk.workspace(), id]).await?;
    Ok(())
}

pub(super) async fn expire_token(desk: &Desk<'_>, id: MailboxId) -> Result<()> {
    desk.tx().exec(EXPIRE_TOKEN, params![desk.workspace(), id]).await?;
    Ok(())
}

pub(super) async fn all(desk: &Desk<'_>) -> Result<Vec<MailboxRow>> {
    Ok(desk.tx().rows(ALL, params![desk.workspace()]).await?)
}

pub(super) async fn find(desk: &Desk<'_>, id: MailboxId) -> Result<Option<MailboxRow>> {
    Ok(desk.tx().row(FIND, params![desk.workspace(), id]).await?)
}

pub(super) async fn find_by_address(desk: &Desk<'_>, address: &str) -> Result<Option<MailboxRow>> {
    Ok(desk.tx().row(FIND_BY_ADDRESS, params![desk.workspace(), address]).await?)
}

pub(super) async fn addresses(desk: &Desk<'_>) -> Result<Vec<String>> {
    let rows = desk.tx().rows::<(String,)>(ADDRESSES, params![desk.workspace()]).await?;
    Ok(rows.into_iter().map(|(address,)| address).collect())
}

fn columns(desk: &Desk<'_>, mailbox: &Mailbox, secrets: Option<Vec<u8>>) -> Vec<Value> {
    let Mailbox { id, name, address, active, settings, health, .. } = mailbox;
    let settings = serde_json::to_string(settings).unwrap_or_default();
    let health = serde_json::to_string(health).unwrap_or_default();
    params![desk.workspace(), id, name, address, settings, secrets, *active, health, desk.now()].to_vec()
}

pub(super) async fn insert(desk: &Desk<'_>, mailbox: &Mailbox, secrets: Option<Vec<u8>>) -> Result<u64, DbError> {
    desk.tx().exec(INSERT, &columns(desk, mailbox, secrets)).await
}

pub(super) async fn update(desk: &Desk<'_>, mailbox: &Mailbox, secrets: Option<Vec<u8>>) -> Result<u64, DbError> {
    desk.tx().exec(UPDATE, &columns(desk, mailbox, secrets)).await
}

/// Writes down which addresses a mailbox has; gives the first that another one has.
pub(super) async fn set_addresses(desk: &Desk<'_>, id: MailboxId, addresses: &[&str]) -> Result<Option<usize>> {
    desk.tx().exec(DROP_ADDRESSES, params![desk.workspace(), id]).await?;
    for (place, address) in addresses.iter().enumerate() {
        if desk.tx().exec(ADD_ADDRESS, params![desk.workspace(), *address, id]).await? == 0 {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

pub(super) async fn set_active(desk: &Desk<'_>, id: MailboxId, active: bool) -> Result<u64> {
    Ok(desk.tx().exec(SET_ACTIVE, params![desk.workspace(), id, active, desk.now()]).await?)
}

pub(super) async fn set_health(desk: &Desk<'_>, id: MailboxId, health: &Health) -> Result<()> {
    let health = serde_json::to_string(health).map_err(Error::internal)?;
    desk.tx().exec(SET_HEALTH, params![desk.workspace(), id, health]).await?;
    Ok(())
}

pub(super) async fn hold(desk: &Desk<'_>, id: MailboxId, holder: Uuid, until: Timestamp) -> Result<bool> {
    let params = params![desk.workspace(), lease(id), holder, until, desk.now()];
    Ok(desk.tx().exec(HOLD, params).await? == 1)
}

pub(super) async fn let_go(desk: &Desk<'_>, id: MailboxId, holder: Uuid) -> Result<()> {
    desk.tx().exec(LET_GO, params![desk.workspace(), lease(id), holder]).await?;
    Ok(())
}

fn lease(id: MailboxId) -> String {
    format!("mailbox:{id}")
}

pub(super) async fn cursor(desk: &Desk<'_>, id: MailboxId, folder: &str) -> Result<Option<Cursor>> {
    Ok(desk.tx().row(CURSOR, params![desk.workspace(), id, folder]).await?)
}

pub(super) async fn set_cursor(desk: &Desk<'_>, id: MailboxId, folder: &str, cursor: Cursor) -> Result<()> {
    let Cursor { uid_validity, last_uid } = cursor;
    desk.tx().exec(SET_CURSOR, params![desk.workspace(), id, folder, uid_validity, last_uid, desk.now()]).await?;
    Ok(())
}
