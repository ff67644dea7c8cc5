//! SQL of the first steps: what has come in lately.

use crate::{Desk, Result, conversations::Status, mailboxes::MailboxId};
use base::{params, statements};
use jiff::Timestamp;

statements! {
    NEWEST = "select number, mailbox_id, status, first_response_at from conversation where workspace_id = $1 order by number desc limit 20";
}

type Newest = (i64, Option<MailboxId>, Status, Option<Timestamp>);

/// The newest conversations: number, mailbox, state, and when they were first answered.
pub(super) async fn newest(desk: &Desk<'_>) -> Result<Vec<Newest>> {
    Ok(desk.tx().rows(NEWEST, params![desk.workspace()]).await?)
}
