//! Whether the procedure of a conversation has steps that are to be done before it is resolved. Procedures are an area of their own, which
//! keeps count of them.

use super::ConversationId;
use crate::{Desk, Result};
use base::{params, statements};

statements! {
    MISSING = "select 1 from procedure_run where workspace_id = $1 and conversation_id = $2 and state <= 4 and state = 1 and missing > 0";
}

/// Whether such steps are missing.
pub(super) async fn are_missing(desk: &Desk<'_>, id: ConversationId) -> Result<bool> {
    Ok(desk.tx().row::<(i32,)>(MISSING, params![desk.workspace(), id]).await?.is_some())
}
