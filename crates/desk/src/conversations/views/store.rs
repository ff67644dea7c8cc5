//! SQL and rows of saved views.

use super::compile::Query;
use super::{Detail, Filter, SavedView, rules::ORDERS};
use crate::{
    Desk, Error, Result,
    conversations::{ConversationId, ListRow, Order, PageKey, ProblemId, ViewId},
    people::{AgentId, TeamId},
};
use base::{params, row, statements};
use jiff::Timestamp;
use uuid::Uuid;

macro_rules! view_columns {
    () => {
        "v.id, v.name, v.agent_id, v.team_id, v.created_by, v.filter, v.details, v.sort, v.position, v.deleted_at"
    };
}

statements! {
    VISIBLE = concat!("select ", view_columns!(), " from saved_view v where v.workspace_id = $1 and v.deleted_at is null
        and (v.agent_id = $2 or (v.agent_id is null and (v.team_id is null or exists (select 1 from team_member m
            where m.workspace_id = v.workspace_id and m.team_id = v.team_id and m.agent_id = $2))))
        order by v.position, v.id limit 200");
    FIND = concat!("select ", view_columns!(), " from saved_view v where v.workspace_id = $1 and v.id = $3
        and (v.agent_id = $2 or (v.agent_id is null and (v.team_id is null or v.created_by = $2 or exists (select 1 from team_member m
            where m.workspace_id = v.workspace_id and m.team_id = v.team_id and m.agent_id = $2))))");
    INSERT = "insert into saved_view (workspace_id, id, name, agent_id, team_id, created_by, filter, details, sort, position, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    UPDATE = "update saved_view set name = $3, agent_id = $4, team_id = $5, filter = $6, details = $7, sort = $8, updated_at = $9
        where workspace_id = $1 and id = $2";
    SET_DELETED = "update saved_view set deleted_at = $3 where workspace_id = $1 and id = $2";
    PLACE = "update saved_view set position = $3 where workspace_id = $1 and id = $2";
    PROBLEM_OF = "select problem_id from problem_member where workspace_id = $1 and conversation_id = $2 and not gone";
    LAST = "select coalesce(max(position), 0) from saved_view where workspace_id = $1";
}

/// The columns of a list's row, of the conversation that goes by `c`, for whoever $2 is.
pub(super) const LIST_ROW: &str = super::super::store::LIST_ROW;
/// What those columns are joined from.
pub(super) const LIST_ROW_JOINS: &str = super::super::store::LIST_ROW_JOINS;

row! {
    struct ViewRow {
        id: ViewId,
        name: String,
        agent_id: Option<AgentId>,
        team_id: Option<TeamId>,
        created_by: AgentId,
        filter: String,
        details: String,
        sort: i16,
        position: i32,
        deleted_at: Option<Timestamp>,
    }
}

impl ViewRow {
    fn view(self) -> Result<SavedView> {
        let order = usize::try_from(self.sort).ok().and_then(|sort| ORDERS.get(sort).copied());
        Ok(SavedView {
            id: self.id,
            name: self.name,
            agent_id: self.agent_id,
            team_id: self.team_id,
            created_by: self.created_by,
            filter: serde_json::from_str(&self.filter).map_err(Error::internal)?,
            details: serde_json::from_str(&self.details).unwrap_or_else(|_| Detail::USUAL.to_vec()),
            order: order.unwrap_or(Order::Activity),
            position: self.position,
            deleted_at: self.deleted_at,
        })
    }
}

fn sort_number(order: Order) -> i16 {
    let place = ORDERS.iter().position(|known| *known == order).unwrap_or_default();
    i16::try_from(place).unwrap_or_default()
}

pub(super) async fn visible(desk: &Desk<'_>, viewer: AgentId) -> Result<Vec<SavedView>> {
    let rows = desk.tx().rows::<ViewRow>(VISIBLE, params![desk.workspace(), viewer]).await?;
    rows.into_iter().map(ViewRow::view).collect()
}

/// A view that its viewer may see, also a deleted one.
pub(super) async fn find(desk: &Desk<'_>, viewer: AgentId, id: ViewId) -> Result<SavedView> {
    let row = desk.tx().row::<ViewRow>(FIND, params![desk.workspace(), viewer, id]).await?;
    row.ok_or(Error::NotFound)?.view()
}

/// The problem that a conversation is part of.
pub(super) async fn problem_of(desk: &Desk<'_>, id: ConversationId) -> Result<Option<ProblemId>> {
    let found = desk.tx().row::<(ProblemId,)>(PROBLEM_OF, params![desk.workspace(), id]).await?;
    Ok(found.map(|(id,)| id))
}

fn json(filter: &Filter, details: &[Detail]) -> Result<(String, String)> {
    let filter = serde_json::to_string(filter).map_err(Error::internal)?;
    Ok((filter, serde_json::to_string(details).map_err(Error::internal)?))
}

pub(super) async fn insert(desk: &Desk<'_>, view: &SavedView) -> Result<()> {
    let (filter, details) = json(&view.filter, &view.details)?;
    let SavedView { id, name, agent_id, team_id, created_by, order, position, .. } = view;
    let (workspace, now) = (desk.workspace(), desk.now());
    let sort = sort_number(*order);
    let params =
        params![workspace, id, name, *agent_id, *team_id, created_by, filter, details, sort, *position, now, now];
    desk.tx().exec(INSERT, params).await?;
    Ok(())
}

pub(super) async fn update(desk: &Desk<'_>, view: &SavedView) -> Result<()> {
    let (filter, details) = json(&view.filter, &view.details)?;
    let SavedView { id, name, agent_id, team_id, order, .. } = view;
    let sort = sort_number(*order);
    let params = params![desk.workspace(), id, name, *agent_id, *team_id, filter, details, sort, desk.now()];
    desk.tx().exec(UPDATE, params).await?;
    Ok(())
}

pub(super) async fn set_deleted(desk: &Desk<'_>, id: ViewId, at: Option<Timestamp>) -> Result<()> {
    desk.tx().exec(SET_DELETED, params![desk.workspace(), id, at]).await?;
    Ok(())
}

pub(super) async fn place(desk: &Desk<'_>, id: ViewId, position: i32) -> Result<()> {
    desk.tx().exec(PLACE, params![desk.workspace(), id, position]).await?;
    Ok(())
}

pub(super) async fn last_position(desk: &Desk<'_>) -> Result<i32> {
    Ok(desk.tx().one::<(i32,)>(LAST, params![desk.workspace()]).await?.0)
}

/// The rows that a compiled view finds.
pub(super) async fn rows(desk: &Desk<'_>, query: &Query) -> Result<Vec<ListRow>> {
    Ok(desk.tx().rows_once(&query.sql, &query.params).await?)
}

/// The last entry of a window and how many there are in it.
pub(super) async fn end(desk: &Desk<'_>, query: &Query) -> Result<Option<(PageKey, i64)>> {
    let rows: Vec<(i64, Uuid, i64)> = desk.tx().rows_once(&query.sql, &query.params).await?;
    Ok(rows.into_iter().next().map(|(key, id, size)| (PageKey { key, id: ConversationId(id) }, size)))
}

pub(super) async fn count(desk: &Desk<'_>, query: &Query) -> Result<i64> {
    let rows: Vec<(i64,)> = desk.tx().rows_once(&query.sql, &query.params).await?;
    Ok(rows.into_iter().next().map_or(0, |(count,)| count))
}
