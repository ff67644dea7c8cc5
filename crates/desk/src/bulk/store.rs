//! SQL and rows of changes to many conversations.

use super::{Bulk, BulkId, Change, State, rules::Before};
use crate::{Desk, Error, Result, conversations::ConversationId, people::AgentId};
use base::{params, row, statements};
use jiff::Timestamp;

macro_rules! bulk_columns {
    () => {
        "id, agent_id, change, view, cursor, state, total, changed, passed_over, restored, left_alone, created_at"
    };
}

statements! {
    INSERT = concat!("insert into bulk (workspace_id, ", bulk_columns!(), ") values ($1, $2, $3, $4, $5, null, $6, $7, 0, 0, 0, 0, $8)");
    FIND = concat!("select ", bulk_columns!(), " from bulk where workspace_id = $1 and id = $2");
    // Takes the row on PostgreSQL, so that one worker goes on with it at a time.
    LOCK = concat!("update bulk set state = state where workspace_id = $1 and id = $2 returning ", bulk_columns!());
    NEWEST_OF = concat!("select ", bulk_columns!(), " from bulk where workspace_id = $1 and agent_id = $2 order by id desc limit 1");
    UPDATE = "update bulk set cursor = $3, state = $4, changed = $5, passed_over = $6, restored = $7, left_alone = $8
        where workspace_id = $1 and id = $2";
    INSERT_ITEM = "insert into bulk_item (workspace_id, bulk_id, conversation_id, before) values ($1, $2, $3, $4) on conflict do nothing";
    ITEMS = "select conversation_id, before from bulk_item where workspace_id = $1 and bulk_id = $2 order by conversation_id limit $3";
    DELETE_ITEM = "delete from bulk_item where workspace_id = $1 and bulk_id = $2 and conversation_id = $3";
    OLD = "select id from bulk where workspace_id = $1 and id < $2 order by id limit 20";
    DELETE_ITEMS = "delete from bulk_item where workspace_id = $1 and bulk_id = $2";
    DELETE = "delete from bulk where workspace_id = $1 and id = $2";
}

row! {
    struct BulkRow {
        id: BulkId,
        agent_id: AgentId,
        change: String,
        view: Option<String>,
        cursor: Option<String>,
        state: State,
        total: i64,
        changed: i64,
        passed_over: i64,
        restored: i64,
        left_alone: i64,
        created_at: Timestamp,
    }
}

impl BulkRow {
    fn bulk(self) -> Result<Bulk> {
        let change: Change = serde_json::from_str(&self.change).map_err(Error::internal)?;
        let BulkRow {
            id,
            agent_id,
            view,
            cursor,
            state,
            total,
            changed,
            passed_over,
            restored,
            left_alone,
            created_at,
            ..
        } = self;
        Ok(Bulk {
            id,
            agent_id,
            change,
            view,
            cursor,
            state,
            total,
            changed,
            passed_over,
            restored,
            left_alone,
            created_at,
        })
    }
}

pub(super) async fn insert(desk: &Desk<'_>, bulk: &Bulk) -> Result<()> {
    let change = serde_json::to_string(&bulk.change).map_err(Error::internal)?;
    let Bulk { id, agent_id, view, state, total, created_at, .. } = bulk;
    let params = params![desk.workspace(), id, agent_id, change, view.as_deref(), *state, *total, created_at];
    desk.tx().exec(INSERT, params).await?;
    Ok(())
}

pub(super) async fn find(desk: &Desk<'_>, id: BulkId) -> Result<Bulk> {
    desk.tx().row::<BulkRow>(FIND, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)?.bulk()
}

pub(super) async fn lock(desk: &Desk<'_>, id: BulkId) -> Result<Bulk> {
    desk.tx().row::<BulkRow>(LOCK, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)?.bulk()
}

pub(super) async fn newest_of(desk: &Desk<'_>, agent: AgentId) -> Result<Option<Bulk>> {
    let row = desk.tx().row::<BulkRow>(NEWEST_OF, params![desk.workspace(), agent]).await?;
    row.map(BulkRow::bulk).transpose()
}

pub(super) async fn update(desk: &Desk<'_>, bulk: &Bulk) -> Result<()> {
    let Bulk { id, cursor, state, changed, passed_over, restored, left_alone, .. } = bulk;
    let params =
        params![desk.workspace(), id, cursor.as_deref(), *state, *changed, *passed_over, *restored, *left_alone];
    desk.tx().exec(UPDATE, params).await?;
    Ok(())
}

/// Keeps what undoing one conversation takes; what is kept already stays, since that is older.
pub(super) async fn keep(desk: &Desk<'_>, id: BulkId, conversation: ConversationId, before: &Before) -> Result<()> {
    let before = serde_json::to_string(before).map_err(Error::internal)?;
    desk.tx().exec(INSERT_ITEM, params![desk.workspace(), id, conversation, before]).await?;
    Ok(())
}

pub(super) async fn items(desk: &Desk<'_>, id: BulkId, limit: i64) -> Result<Vec<(ConversationId, Before)>> {
    let rows: Vec<(ConversationId, String)> = desk.tx().rows(ITEMS, params![desk.workspace(), id, limit]).await?;
    let read = |(id, json): (ConversationId, String)| serde_json::from_str(&json).map(|before| (id, before));
    rows.into_iter().map(read).collect::<std::result::Result<_, _>>().map_err(Error::internal)
}

pub(super) async fn forget_item(desk: &Desk<'_>, id: BulkId, conversation: ConversationId) -> Result<()> {
    desk.tx().exec(DELETE_ITEM, params![desk.workspace(), id, conversation]).await?;
    Ok(())
}

/// Removes changes that were made before `before`, an id as of that moment.
pub(super) async fn forget_old(desk: &Desk<'_>, before: BulkId) -> Result<()> {
    for (id,) in desk.tx().rows::<(BulkId,)>(OLD, params![desk.workspace(), before]).await? {
        desk.tx().exec(DELETE_ITEMS, params![desk.workspace(), id]).await?;
        desk.tx().exec(DELETE, params![desk.workspace(), id]).await?;
    }
    Ok(())
}
