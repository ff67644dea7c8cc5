//! Notes about a customer: what every colleague should know who writes to them. Pinned ones stand beside each conversation.

use super::CustomerId;
use crate::{Desk, Error, Event, Result, people::AgentId};
use base::{id_type, params, row, statements};
use jiff::Timestamp;
use uuid::Uuid;

id_type! {
    /// A note about a customer.
    NoteId
}

statements! {
    INSERT = "insert into customer_note (workspace_id, customer_id, id, agent_id, body, pinned, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict do nothing";
    LIST = "select id, customer_id, agent_id, body, pinned, created_at, updated_at from customer_note where workspace_id = $1 and customer_id = $2
        and deleted_at is null and (created_at, id) < ($3, $4) order by created_at desc, id desc limit $5";
    PINNED = "select id, customer_id, agent_id, body, pinned, created_at, updated_at from customer_note where workspace_id = $1 and customer_id = $2
        and pinned and deleted_at is null order by id limit 20";
    EDIT = "update customer_note set body = $4, updated_at = $5 where workspace_id = $1 and customer_id = $2 and id = $3 and deleted_at is null";
    PIN = "update customer_note set pinned = $4 where workspace_id = $1 and customer_id = $2 and id = $3 and deleted_at is null";
    DELETE = "update customer_note set deleted_at = $4 where workspace_id = $1 and customer_id = $2 and id = $3 and deleted_at is null";
    BRING_BACK = "update customer_note set deleted_at = null where workspace_id = $1 and customer_id = $2 and id = $3";
    MOVE = "update customer_note set customer_id = $3 where workspace_id = $1 and customer_id = $2 returning id";
    MOVE_BACK = "update customer_note set customer_id = $3 where workspace_id = $1 and customer_id = $2 and id = $4";
}

row! {
    /// A note about a customer.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Note {
        /// Its id.
        pub id: NoteId,
        /// About whom.
        pub customer_id: CustomerId,
        /// Who wrote it.
        pub agent_id: AgentId,
        /// Markdown.
        pub body: String,
        /// It stands beside each conversation.
        pub pinned: bool,
        /// When it was written.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

fn checked(body: &str) -> Result<&str> {
    match body.trim() {
        "" => Err(Error::field("note", "required")),
        long if long.len() > 20_000 => Err(Error::field("note", "too_long")),
        body => Ok(body),
    }
}

/// Writes a note. The same id twice is one note.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`]; [`Error::Conflict`] when the customer was merged.
pub async fn add(
    desk: &mut Desk<'_>,
    customer: CustomerId,
    id: Option<NoteId>,
    body: &str,
    pinned: bool,
) -> Result<NoteId> {
    let body = checked(body)?;
    super::lock_living(desk, customer).await?;
    let id = id.unwrap_or(NoteId(desk.new_id()));
    let params = params![desk.workspace(), customer, id, desk.agent()?, body, pinned, desk.now()];
    if desk.tx().exec(INSERT, params).await? == 1 {
        desk.emit(Event::CustomerChanged { customer });
    }
    Ok(id)
}

async fn change(desk: &mut Desk<'_>, customer: CustomerId, changed: u64) -> Result<()> {
    if changed == 0 {
        return Err(Error::NotFound);
    }
    desk.emit(Event::CustomerChanged { customer });
    Ok(())
}

/// Changes what a note says.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`].
pub async fn edit(desk: &mut Desk<'_>, customer: CustomerId, id: NoteId, body: &str) -> Result<()> {
    let body = checked(body)?;
    let changed = desk.tx().exec(EDIT, params![desk.workspace(), customer, id, body, desk.now()]).await?;
    change(desk, customer, changed).await
}

/// Pins a note or takes the pin out.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn pin(desk: &mut Desk<'_>, customer: CustomerId, id: NoteId, pinned: bool) -> Result<()> {
    let changed = desk.tx().exec(PIN, params![desk.workspace(), customer, id, pinned]).await?;
    change(desk, customer, changed).await
}

/// Deletes a note; [`bring_back`] undoes it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn delete(desk: &mut Desk<'_>, customer: CustomerId, id: NoteId) -> Result<()> {
    let changed = desk.tx().exec(DELETE, params![desk.workspace(), customer, id, desk.now()]).await?;
    change(desk, customer, changed).await
}

/// Brings a deleted note back.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn bring_back(desk: &mut Desk<'_>, customer: CustomerId, id: NoteId) -> Result<()> {
    let changed = desk.tx().exec(BRING_BACK, params![desk.workspace(), customer, id]).await?;
    change(desk, customer, changed).await
}

/// Notes about a customer, newest first, from behind `after`.
///
/// # Errors
/// The store's.
pub async fn list(
    desk: &mut Desk<'_>,
    customer: CustomerId,
    after: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> Result<Vec<Note>> {
    let (at, id) = after.unwrap_or((Timestamp::MAX, Uuid::max()));
    Ok(desk.tx().rows(LIST, params![desk.workspace(), customer, at, id, limit]).await?)
}

/// The pinned notes about a customer, oldest first.
///
/// # Errors
/// The store's.
pub async fn pinned(desk: &mut Desk<'_>, customer: CustomerId) -> Result<Vec<Note>> {
    Ok(desk.tx().rows(PINNED, params![desk.workspace(), customer]).await?)
}

/// Gives all notes about one customer to another; returns which went.
pub(crate) async fn move_all(desk: &mut Desk<'_>, from: CustomerId, to: CustomerId) -> Result<Vec<NoteId>> {
    let moved = desk.tx().rows::<(NoteId,)>(MOVE, params![desk.workspace(), from, to]).await?;
    Ok(moved.into_iter().map(|(id,)| id).collect())
}

/// Gives these notes back.
pub(crate) async fn move_back(desk: &mut Desk<'_>, from: CustomerId, to: CustomerId, which: &[NoteId]) -> Result<()> {
    let statements: Vec<_> =
        which.iter().map(|id| (MOVE_BACK, params![desk.workspace(), from, to, *id].to_vec())).collect();
    Ok(desk.tx().exec_all(&statements).await?)
}
