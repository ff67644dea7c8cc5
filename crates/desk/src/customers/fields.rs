//! Fields that a workspace adds to its customers and organisations: customer number, contract, size …

use super::rules::choice;
use crate::{Desk, Error, Event, FieldError, Result, error::on_unique};
use base::{
    db::{DbError, FromValue, Value},
    id_type, params, row, statements,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

id_type! {
    /// A field.
    FieldId
}

/// Whose field it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Customers have it.
    Customers = 1,
    /// Organisations have it.
    Organisations = 2,
}

choice! {
    /// What a field holds.
    Kind {
        /// Any text of one line.
        #[default]
        Text = "text",
        /// A number.
        Number = "number",
        /// A day.
        Date = "date",
        /// One of a few words.
        Choice = "choice",
    }
}

/// Fields of customers, and of organisations.
const MOST: usize = 40;

statements! {
    LIST = "select id, name, kind, options, archived from customer_field where workspace_id = $1 and owner = $2 order by position, id limit 200";
    FIND = "select id, name, kind, options, archived from customer_field where workspace_id = $1 and id = $2 and owner = $3";
    INSERT = "insert into customer_field (workspace_id, id, owner, name, kind, options, position, archived, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, false, $8)";
    RENAME = "update customer_field set name = $3, options = $4 where workspace_id = $1 and id = $2";
    ARCHIVE = "update customer_field set archived = $3 where workspace_id = $1 and id = $2";
    VALUES = "select field_id, value from customer_field_value where workspace_id = $1 and owner_id = $2";
    SET = "insert into customer_field_value (workspace_id, owner_id, field_id, value) values ($1, $2, $3, $4)
        on conflict (workspace_id, owner_id, field_id) do update set value = excluded.value";
    UNSET = "delete from customer_field_value where workspace_id = $1 and owner_id = $2 and field_id = $3";
}

row! {
    struct FieldRow {
        id: FieldId,
        name: String,
        kind: Kind,
        options: String,
        archived: bool,
    }
}

impl FromValue for Kind {
    fn from_value(value: Value) -> std::result::Result<Self, DbError> {
        let number = i64::from_value(value)?;
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        place
            .and_then(|place| Kind::ALL.get(place))
            .copied()
            .ok_or_else(|| DbError::Internal(format!("{number} is no kind of field")))
    }
}

impl From<Kind> for Value {
    fn from(kind: Kind) -> Self {
        Value::Int(kind as i64 + 1)
    }
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its id.
    pub id: FieldId,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// What can be chosen.
    pub options: Vec<String>,
    /// It is kept where it is filled in, and asked for no more.
    pub archived: bool,
}

impl From<FieldRow> for Field {
    fn from(row: FieldRow) -> Self {
        let options = serde_json::from_str(&row.options).unwrap_or_default();
        Field { id: row.id, name: row.name, kind: row.kind, options, archived: row.archived }
    }
}

impl Field {
    /// A value as it is kept; empty takes it away.
    ///
    /// # Errors
    /// Key of the problem.
    pub fn checked(&self, value: &str) -> std::result::Result<String, &'static str> {
        let value = value.trim();
        if value.is_empty() {
            return Ok(String::new());
        }
        if value.chars().count() > 500 {
            return Err("too_long");
        }
        match self.kind {
            Kind::Text => {}
            Kind::Number => {
                let plain = value.replace(',', ".");
                return match plain.parse::<f64>() {
                    Ok(number) if number.is_finite() => Ok(plain),
                    _ => Err("not_a_number"),
                };
            }
            Kind::Date => drop(value.parse::<jiff::civil::Date>().map_err(|_| "not_a_date")?),
            Kind::Choice if !self.options.iter().any(|option| option == value) => return Err("not_a_choice"),
            Kind::Choice => {}
        }
        Ok(value.to_owned())
    }
}

/// The fields in their order, archived ones too.
///
/// # Errors
/// The store's.
pub async fn list(desk: &mut Desk<'_>, owner: Owner) -> Result<Vec<Field>> {
    let rows: Vec<FieldRow> = desk.tx().rows(LIST, params![desk.workspace(), owner as i16]).await?;
    Ok(rows.into_iter().map(Field::from).collect())
}

fn checked_field(name: &str, kind: Kind, options: &str) -> Result<(String, String)> {
    let name = name.trim();
    let options: Vec<&str> = options.lines().map(str::trim).filter(|option| !option.is_empty()).take(100).collect();
    if name.is_empty() {
        return Err(Error::field("name", "required"));
    }
    if name.chars().count() > 60 {
        return Err(Error::field("name", "too_long"));
    }
    if kind == Kind::Choice && options.is_empty() {
        return Err(Error::field("options", "required"));
    }
    Ok((name.to_owned(), serde_json::to_string(&options).map_err(Error::internal)?))
}

/// Adds a field; `options` are lines.
///
/// # Errors
/// [`Error::Invalid`].
pub async fn add(desk: &mut Desk<'_>, owner: Owner, name: &str, kind: Kind, options: &str) -> Result<FieldId> {
    let (name, options) = checked_field(name, kind, options)?;
    let there = list(desk, owner).await?.len();
    if there >= MOST {
        return Err(Error::field("name", "too_many"));
    }
    let id = FieldId(desk.new_id());
    let params = params![desk.workspace(), id, owner as i16, name, kind, options, there as i64, desk.now()];
    on_unique(desk.tx().exec(INSERT, params).await, "customer_field_workspace_id_owner_name_key", "name")?;
    Ok(id)
}

/// Renames a field and changes what can be chosen.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`].
pub async fn change(desk: &mut Desk<'_>, owner: Owner, id: FieldId, name: &str, options: &str) -> Result<()> {
    let row: Option<FieldRow> = desk.tx().row(FIND, params![desk.workspace(), id, owner as i16]).await?;
    let field = Field::from(row.ok_or(Error::NotFound)?);
    let (name, options) = checked_field(name, field.kind, options)?;
    let changed = desk.tx().exec(RENAME, params![desk.workspace(), id, name, options]).await;
    on_unique(changed, "customer_field_workspace_id_owner_name_key", "name").map(drop)
}

/// Archives a field or brings it back. What is filled in stays.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn archive(desk: &mut Desk<'_>, id: FieldId, archived: bool) -> Result<()> {
    match desk.tx().exec(ARCHIVE, params![desk.workspace(), id, archived]).await? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// What is filled in for a customer or an organisation, in the order of the fields; archived ones where they are filled in.
///
/// # Errors
/// The store's.
pub async fn values(desk: &mut Desk<'_>, owner: Owner, id: Uuid) -> Result<Vec<(Field, String)>> {
    let mut values: Vec<(FieldId, String)> = desk.tx().rows(VALUES, params![desk.workspace(), id]).await?;
    let fields = list(desk, owner).await?;
    let mut value = |field: &Field| {
        values.iter().position(|(id, _)| *id == field.id).map(|place| values.swap_remove(place).1).unwrap_or_default()
    };
    let filled = fields.into_iter().map(|field| {
        let value = value(&field);
        (field, value)
    });
    Ok(filled.filter(|(field, value)| !field.archived || !value.is_empty()).collect())
}

/// Fills in fields of a customer or an organisation; what is not named stays.
///
/// # Errors
/// [`Error::Invalid`] with the field `field`; nothing is changed then.
pub async fn fill(desk: &mut Desk<'_>, owner: Owner, id: Uuid, filled: &[(FieldId, String)]) -> Result<()> {
    let fields = list(desk, owner).await?;
    let mut statements = Vec::new();
    for (field_id, value) in filled {
        let field = fields.iter().find(|field| field.id == *field_id).ok_or(Error::NotFound)?;
        let value =
            field.checked(value).map_err(|problem| Error::Invalid(vec![FieldError { field: "field", problem }]))?;
        let workspace = desk.workspace();
        statements.push(match value.as_str() {
            "" => (UNSET, params![workspace, id, *field_id].to_vec()),
            value => (SET, params![workspace, id, *field_id, value].to_vec()),
        });
    }
    desk.tx().exec_all(&statements).await?;
    if owner == Owner::Customers && !statements.is_empty() {
        desk.emit(Event::CustomerChanged { customer: super::CustomerId(id) });
    }
    Ok(())
}

/// Fills in for one what another has and it lacks; returns which.
pub(crate) async fn take_over(desk: &mut Desk<'_>, from: Uuid, to: Uuid) -> Result<Vec<FieldId>> {
    let theirs: Vec<(FieldId, String)> = desk.tx().rows(VALUES, params![desk.workspace(), from]).await?;
    let own: Vec<(FieldId, String)> = desk.tx().rows(VALUES, params![desk.workspace(), to]).await?;
    let mut taken = Vec::new();
    for (id, value) in theirs {
        if !own.iter().any(|(known, _)| *known == id) {
            desk.tx().exec(SET, params![desk.workspace(), to, id, value]).await?;
            taken.push(id);
        }
    }
    Ok(taken)
}

/// Takes back what was taken over, where it is still the same.
pub(crate) async fn give_back(desk: &mut Desk<'_>, from: Uuid, to: Uuid, which: &[FieldId]) -> Result<()> {
    let theirs: Vec<(FieldId, String)> = desk.tx().rows(VALUES, params![desk.workspace(), from]).await?;
    let own: Vec<(FieldId, String)> = desk.tx().rows(VALUES, params![desk.workspace(), to]).await?;
    for id in which {
        let value = |of: &[(FieldId, String)]| of.iter().find(|(known, _)| known == id).map(|(_, value)| value.clone());
        if value(&theirs) == value(&own) {
            desk.tx().exec(UNSET, params![desk.workspace(), to, *id]).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_taken_by_what_their_field_holds() {
        let field = |kind, options: &[&str]| Field {
            id: FieldId(Uuid::nil()),
            name: "F".into(),
            kind,
            options: options.iter().map(|&option| option.to_owned()).collect(),
            archived: false,
        };
        assert_eq!(field(Kind::Text, &[]).checked(" A-1 "), Ok("A-1".to_owned()));
        assert_eq!(field(Kind::Number, &[]).checked("12,5"), Ok("12.5".to_owned()));
        assert_eq!(field(Kind::Number, &[]).checked("twelve"), Err("not_a_number"));
        assert_eq!(field(Kind::Number, &[]).checked("inf"), Err("not_a_number"));
        assert_eq!(field(Kind::Date, &[]).checked("2026-02-29"), Err("not_a_date"));
        assert_eq!(field(Kind::Date, &[]).checked("2028-02-29"), Ok("2028-02-29".to_owned()));
        assert_eq!(field(Kind::Choice, &["S", "M"]).checked("L"), Err("not_a_choice"));
        assert_eq!(field(Kind::Choice, &["S", "M"]).checked(""), Ok(String::new()));
    }
}
