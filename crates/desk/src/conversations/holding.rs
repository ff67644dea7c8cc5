//! Who holds a conversation, and how long the customer waits meanwhile: waiting is charged to whoever holds it at the time.

use super::{
    Conversation, ConversationId,
    rules::{Holder, Span, Turn},
};
use crate::{Desk, Result};
use base::{params, row, statements};
use jiff::Timestamp;
use uuid::Uuid;

statements! {
    OPEN = "select since, id, holder_kind, holder_id, waited, waiting_from from holding where workspace_id = $1 and conversation_id = $2 and until is null";
    ALL = "select since, until, holder_kind, holder_id, waited, waiting_from from holding where workspace_id = $1 and conversation_id = $2
        order by since, id limit 500";
    INSERT = "insert into holding (workspace_id, conversation_id, since, id, holder_kind, holder_id, until, waited, waiting_from)
        values ($1, $2, $3, $4, $5, $6, null, $7, $8)";
    UPDATE = "update holding set until = $5, waited = $6, waiting_from = $7 where workspace_id = $1 and conversation_id = $2 and since = $3 and id = $4";
}

row! {
    struct OpenRow {
        since: Timestamp,
        id: Uuid,
        holder_kind: i16,
        holder_id: Option<Uuid>,
        waited: i64,
        waiting_from: Option<Timestamp>,
    }
}

/// Charges the time up to now to whoever held it, when somebody else holds it from now on or the clock starts or stops.
pub(super) async fn account(desk: &Desk<'_>, before: &Conversation, after: &Conversation) -> Result<()> {
    let (was, is) = (Turn::of(before), Turn::of(after));
    if was == is {
        return Ok(());
    }
    let (w, now) = (desk.workspace(), desk.now());
    let known: Option<OpenRow> = desk.tx().row(OPEN, params![w, before.id]).await?;
    let (id, open) = match known {
        Some(row) => {
            let holder = Holder::from_columns(row.holder_kind, row.holder_id);
            let span =
                Span { holder, since: row.since, until: None, waited: row.waited, waiting_from: row.waiting_from };
            (row.id, span)
        }
        None => {
            let span = Span::first(before);
            let id = desk.new_id();
            insert(desk, before.id, id, &span).await?;
            (id, span)
        }
    };
    let (ended, next) = open.turned(is, now);
    let row = params![w, before.id, ended.since, id, ended.until, ended.waited, ended.waiting_from];
    desk.tx().exec(UPDATE, row).await?;
    if let Some(next) = next {
        insert(desk, before.id, desk.new_id(), &next).await?;
    }
    Ok(())
}

async fn insert(desk: &Desk<'_>, conversation: ConversationId, id: Uuid, span: &Span) -> Result<()> {
    let (kind, holder) = span.holder.to_columns();
    let w = desk.workspace();
    let row = params![w, conversation, span.since, id, kind, holder, span.waited, span.waiting_from];
    desk.tx().exec(INSERT, row).await?;
    Ok(())
}

/// Who held it from when until when, oldest first; of the last, the waiting time up to now.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub async fn holdings(desk: &mut Desk<'_>, id: ConversationId) -> Result<Vec<Span>> {
    let conversation = super::store::find(desk, id).await?;
    type Row = (Timestamp, Option<Timestamp>, i16, Option<Uuid>, i64, Option<Timestamp>);
    let rows: Vec<Row> = desk.tx().rows(ALL, params![desk.workspace(), id]).await?;
    let mut spans: Vec<Span> = rows
        .into_iter()
        .map(|(since, until, kind, holder, waited, waiting_from)| {
            let holder = Holder::from_columns(kind, holder);
            Span { holder, since, until, waited, waiting_from }
        })
        .collect();
    if spans.is_empty() {
        spans.push(Span::first(&conversation));
    }
    let now = desk.now();
    Ok(spans.into_iter().map(|span| if span.until.is_none() { span.up_to(now) } else { span }).collect())
}
