//! SQL and rows of types of conversations, their fields, and what those hold.

use super::{FieldId, FieldKind, Held, Limits, TypeId};
use crate::{Desk, Result, error::on_unique};
use base::{db::Value, params, row, statements};
use jiff::Timestamp;
use uuid::Uuid;

macro_rules! field_columns {
    () => {
        "id, type_id, name, kind, required, limits, position, archived_at"
    };
}
macro_rules! fifty {
    () => {
        "$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
        $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51"
    };
}

statements! {
    TYPES = "select id, name, is_default, archived_at from conversation_type where workspace_id = $1 order by name, id limit 200";
    DEFAULT_TYPE = "select id from conversation_type where workspace_id = $1 and is_default limit 1";
    INSERT_TYPE = "insert into conversation_type (workspace_id, id, name, is_default, created_at) values ($1, $2, $3, $4, $5)";
    RENAME_TYPE = "update conversation_type set name = $3 where workspace_id = $1 and id = $2";
    UNSET_DEFAULT = "update conversation_type set is_default = false where workspace_id = $1 and is_default and id <> $2";
    SET_DEFAULT = "update conversation_type set is_default = true, archived_at = null where workspace_id = $1 and id = $2";
    ARCHIVE_TYPE = "update conversation_type set archived_at = $3 where workspace_id = $1 and id = $2 and not is_default";

    FIELDS = concat!("select ", field_columns!(), " from field where workspace_id = $1 order by position, id limit 500");
    INSERT_FIELD = "insert into field (workspace_id, id, type_id, name, kind, required, limits, position, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    UPDATE_FIELD = "update field set type_id = $3, name = $4, required = $5, limits = $6 where workspace_id = $1 and id = $2";
    ARCHIVE_FIELD = "update field set archived_at = $3 where workspace_id = $1 and id = $2";
    PLACE_FIELD = "update field set position = $3 where workspace_id = $1 and id = $2";

    MISSING = "select f.name from field f where f.workspace_id = $1 and f.archived_at is null and f.required
        and (f.type_id is null or f.type_id = $2)
        and not exists (select 1 from conversation_field v
            where v.workspace_id = f.workspace_id and v.conversation_id = $3 and v.field_id = f.id)
        order by f.position, f.id limit 50";
    VALUES = "select field_id, key, value, number from conversation_field where workspace_id = $1 and conversation_id = $2
        order by field_id, key limit 1000";
    VALUES_OF_50 = concat!("select conversation_id, field_id, value from conversation_field where workspace_id = $1 and conversation_id in (",
        fifty!(), ") order by conversation_id, field_id, key");
    CLEAR = "delete from conversation_field where workspace_id = $1 and conversation_id = $2 and field_id = $3";
    HOLD = "insert into conversation_field (workspace_id, conversation_id, field_id, key, value, number, status, last_activity_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
}

row! {
    /// A kind of conversation: which fields it has.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ConversationType {
        /// Its id.
        pub id: TypeId,
        /// Its name.
        pub name: String,
        /// Conversations are of this type until somebody says otherwise.
        pub is_default: bool,
        /// Since when it is not offered any more.
        pub archived_at: Option<Timestamp>,
    }
}

row! {
    struct FieldRow {
        id: FieldId,
        type_id: Option<TypeId>,
        name: String,
        kind: FieldKind,
        required: bool,
        limits: String,
        position: i32,
        archived_at: Option<Timestamp>,
    }
}

/// A field of conversations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its id.
    pub id: FieldId,
    /// Conversations of which type have it; none for all.
    pub type_id: Option<TypeId>,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: FieldKind,
    /// It has to be filled in before a conversation is resolved.
    pub required: bool,
    /// What narrows its values.
    pub limits: Limits,
    /// Its place among all fields.
    pub position: i32,
    /// Since when it is not offered any more; what it holds is kept.
    pub archived_at: Option<Timestamp>,
}

impl From<FieldRow> for Field {
    fn from(row: FieldRow) -> Self {
        let FieldRow { id, type_id, name, kind, required, limits, position, archived_at } = row;
        let limits = serde_json::from_str(&limits).unwrap_or_default();
        Self { id, type_id, name, kind, required, limits, position, archived_at }
    }
}

pub(super) async fn types(desk: &Desk<'_>) -> Result<Vec<ConversationType>> {
    Ok(desk.tx().rows(TYPES, params![desk.workspace()]).await?)
}

pub(super) async fn default_type(desk: &Desk<'_>) -> Result<Option<TypeId>> {
    Ok(desk.tx().row::<(TypeId,)>(DEFAULT_TYPE, params![desk.workspace()]).await?.map(|(id,)| id))
}

/// `conversation_type`'s unique constraint, as both engines name it.
const NAME_TAKEN: &str = "conversation_type_workspace_id_name_key";

pub(super) async fn insert_type(desk: &Desk<'_>, id: TypeId, name: &str, is_default: bool) -> Result<()> {
    let params = params![desk.workspace(), id, name, is_default, desk.now()];
    on_unique(desk.tx().exec(INSERT_TYPE, params).await, NAME_TAKEN, "name").map(drop)
}

pub(super) async fn rename_type(desk: &Desk<'_>, id: TypeId, name: &str) -> Result<u64> {
    on_unique(desk.tx().exec(RENAME_TYPE, params![desk.workspace(), id, name]).await, NAME_TAKEN, "name")
}

pub(super) async fn set_default(desk: &Desk<'_>, id: TypeId) -> Result<u64> {
    desk.tx().exec(UNSET_DEFAULT, params![desk.workspace(), id]).await?;
    Ok(desk.tx().exec(SET_DEFAULT, params![desk.workspace(), id]).await?)
}

pub(super) async fn archive_type(desk: &Desk<'_>, id: TypeId, at: Option<Timestamp>) -> Result<u64> {
    Ok(desk.tx().exec(ARCHIVE_TYPE, params![desk.workspace(), id, at]).await?)
}

pub(super) async fn fields(desk: &Desk<'_>) -> Result<Vec<Field>> {
    let rows = desk.tx().rows::<FieldRow>(FIELDS, params![desk.workspace()]).await?;
    Ok(rows.into_iter().map(Field::from).collect())
}

pub(super) async fn insert_field(desk: &Desk<'_>, field: &Field) -> Result<()> {
    let limits = serde_json::to_string(&field.limits).unwrap_or_default();
    let Field { id, type_id, name, kind, required, position, .. } = field;
    let params = params![desk.workspace(), id, *type_id, name, *kind, *required, limits, *position, desk.now()];
    desk.tx().exec(INSERT_FIELD, params).await?;
    Ok(())
}

pub(super) async fn update_field(desk: &Desk<'_>, field: &Field) -> Result<()> {
    let limits = serde_json::to_string(&field.limits).unwrap_or_default();
    let params = params![desk.workspace(), field.id, field.type_id, &field.name, field.required, limits];
    desk.tx().exec(UPDATE_FIELD, params).await?;
    Ok(())
}

pub(super) async fn archive_field(desk: &Desk<'_>, id: FieldId, at: Option<Timestamp>) -> Result<u64> {
    Ok(desk.tx().exec(ARCHIVE_FIELD, params![desk.workspace(), id, at]).await?)
}

pub(super) async fn place_fields(desk: &Desk<'_>, order: &[FieldId]) -> Result<()> {
    let place = |(position, id): (i32, &FieldId)| (PLACE_FIELD, params![desk.workspace(), id, position].to_vec());
    let statements: Vec<(&str, Vec<Value>)> = (1..).zip(order).map(place).collect();
    Ok(desk.tx().exec_all(&statements).await?)
}

pub(super) async fn missing(desk: &Desk<'_>, type_id: Option<TypeId>, conversation: Uuid) -> Result<Vec<String>> {
    let rows = desk.tx().rows::<(String,)>(MISSING, params![desk.workspace(), type_id, conversation]).await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

pub(super) async fn values(desk: &Desk<'_>, conversation: Uuid) -> Result<Vec<(FieldId, Held)>> {
    type Row = (FieldId, String, String, Option<f64>);
    let rows: Vec<Row> = desk.tx().rows(VALUES, params![desk.workspace(), conversation]).await?;
    Ok(rows.into_iter().map(|(field, key, value, number)| (field, Held { key, value, number })).collect())
}

pub(super) async fn values_of_these(desk: &Desk<'_>, conversations: &[Uuid]) -> Result<Vec<(Uuid, FieldId, String)>> {
    let mut found = Vec::new();
    for chunk in conversations.chunks(50) {
        let mut params = params![desk.workspace()].to_vec();
        params.extend(chunk.iter().copied().chain(std::iter::repeat(Uuid::nil())).take(50).map(Value::Uuid));
        found.extend(desk.tx().rows(VALUES_OF_50, &params).await?);
    }
    Ok(found)
}

pub(super) async fn hold(
    desk: &Desk<'_>,
    (conversation, status, last_activity_at): (Uuid, i16, Timestamp),
    field: FieldId,
    held: &[Held],
) -> Result<()> {
    let workspace = desk.workspace();
    let mut statements = vec![(CLEAR, params![workspace, conversation, field].to_vec())];
    for one in held {
        let Held { key, value, number } = one;
        let row = params![workspace, conversation, field, key, value, *number, status, last_activity_at];
        statements.push((HOLD, row.to_vec()));
    }
    for (sql, params) in statements {
        desk.tx().exec(sql, &params).await?;
    }
    Ok(())
}
