//! Fields: what a desk wants to know of its conversations besides what everybody does, by type of conversation.
//!
//! A type or field that is not wanted any more is archived, never deleted: what conversations hold stays.

mod rules;
mod store;

pub use rules::{FieldKind, Held, Limits, YES, day_number};
pub use store::{ConversationType, Field, STATEMENTS};

use crate::{Desk, Error, Event, Result};
use base::id_type;
use jiff::Timestamp;
use std::collections::HashMap;
use uuid::Uuid;

id_type! {
    /// A type of conversations.
    TypeId
}
id_type! {
    /// A field of conversations.
    FieldId
}

/// The most types, and the most fields, of a workspace.
const MOST: usize = 100;

/// A field to be made or changed.
#[derive(Debug, Clone)]
pub struct FieldForm {
    /// Conversations of which type have it; none for all.
    pub type_id: Option<TypeId>,
    /// Its name.
    pub name: String,
    /// What it holds; cannot be changed later.
    pub kind: FieldKind,
    /// It has to be filled in before a conversation is resolved.
    pub required: bool,
    /// What narrows its values.
    pub limits: Limits,
}

/// All types by name, also archived ones.
///
/// # Errors
/// The store's.
pub async fn types(desk: &mut Desk<'_>) -> Result<Vec<ConversationType>> {
    if let Some(known) = desk.recall("types", Uuid::nil()) {
        return Ok(known);
    }
    let found = store::types(desk).await?;
    Ok(desk.remember("types", Uuid::nil(), found))
}

/// The type that conversations are of until somebody says otherwise.
///
/// # Errors
/// The store's.
pub async fn default_type(desk: &mut Desk<'_>) -> Result<Option<TypeId>> {
    if let Some(known) = desk.recall("default_type", Uuid::nil()) {
        return Ok(known);
    }
    let found = store::default_type(desk).await?;
    Ok(desk.remember("default_type", Uuid::nil(), found))
}

/// Makes a type; the first one is the default.
///
/// # Errors
/// [`Error::Invalid`] when the name is empty, too long or taken; [`Error::Conflict`] when there are too many.
pub async fn create_type(desk: &mut Desk<'_>, name: &str) -> Result<TypeId> {
    let name = checked_name(name)?;
    let known = store::types(desk).await?;
    if known.len() >= MOST {
        return Err(Error::Conflict("too_many_types"));
    }
    let id = TypeId(desk.new_id());
    store::insert_type(desk, id, &name, known.is_empty()).await?;
    desk.emit(Event::FieldsChanged);
    Ok(id)
}

/// Gives a type another name.
///
/// # Errors
/// As [`create_type`]; [`Error::NotFound`].
pub async fn rename_type(desk: &mut Desk<'_>, id: TypeId, name: &str) -> Result<()> {
    let name = checked_name(name)?;
    found(store::rename_type(desk, id, &name).await?)?;
    desk.emit(Event::FieldsChanged);
    Ok(())
}

/// Makes a type the default.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn set_default_type(desk: &mut Desk<'_>, id: TypeId) -> Result<()> {
    found(store::set_default(desk, id).await?)?;
    desk.emit(Event::FieldsChanged);
    Ok(())
}

/// Offers a type no more, or again. The default one stays.
///
/// # Errors
/// [`Error::Conflict`] when it is the default.
pub async fn archive_type(desk: &mut Desk<'_>, id: TypeId, archived: bool) -> Result<()> {
    let at = archived.then(|| desk.now());
    if store::archive_type(desk, id, at).await? == 0 {
        return Err(Error::Conflict("default_type"));
    }
    desk.emit(Event::FieldsChanged);
    Ok(())
}

/// All fields in their order, also archived ones.
///
/// # Errors
/// The store's.
pub async fn fields(desk: &mut Desk<'_>) -> Result<Vec<Field>> {
    if let Some(known) = desk.recall("fields", Uuid::nil()) {
        return Ok(known);
    }
    let found = store::fields(desk).await?;
    Ok(desk.remember("fields", Uuid::nil(), found))
}

/// The fields that a conversation of this type has, in their order.
///
/// # Errors
/// The store's.
pub async fn fields_of(desk: &mut Desk<'_>, type_id: Option<TypeId>) -> Result<Vec<Field>> {
    let fields = fields(desk).await?;
    if fields.is_empty() {
        return Ok(fields);
    }
    let of = effective(desk, type_id).await?;
    let has = |field: &Field| field.archived_at.is_none() && (field.type_id.is_none() || field.type_id == of);
    Ok(fields.into_iter().filter(has).collect())
}

/// The type itself, or the default.
async fn effective(desk: &Desk<'_>, type_id: Option<TypeId>) -> Result<Option<TypeId>> {
    match type_id {
        Some(id) => Ok(Some(id)),
        None => store::default_type(desk).await,
    }
}

/// One field.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn field(desk: &mut Desk<'_>, id: FieldId) -> Result<Field> {
    store::fields(desk).await?.into_iter().find(|field| field.id == id).ok_or(Error::NotFound)
}

/// Makes a field, after all others.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Conflict`] when there are too many.
pub async fn create_field(desk: &mut Desk<'_>, form: FieldForm) -> Result<FieldId> {
    let (name, known) = (checked_form(desk, &form, None).await?, store::fields(desk).await?);
    if known.len() >= MOST {
        return Err(Error::Conflict("too_many_fields"));
    }
    let FieldForm { type_id, kind, required, limits, .. } = form;
    let position = known.last().map_or(1, |field| field.position + 1);
    let id = FieldId(desk.new_id());
    let field = Field { id, type_id, name, kind, required, limits, position, archived_at: None };
    store::insert_field(desk, &field).await?;
    desk.emit(Event::FieldsChanged);
    Ok(id)
}

/// Changes a field. What it holds is kept as it was, also where that would not be taken any more.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::NotFound`].
pub async fn change_field(desk: &mut Desk<'_>, id: FieldId, form: FieldForm) -> Result<()> {
    let field = field(desk, id).await?;
    let form = FieldForm { kind: field.kind, ..form };
    let name = checked_form(desk, &form, Some(id)).await?;
    let FieldForm { type_id, required, limits, .. } = form;
    store::update_field(desk, &Field { type_id, name, required, limits, ..field }).await?;
    desk.emit(Event::FieldsChanged);
    Ok(())
}

/// Offers a field no more, or again.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn archive_field(desk: &mut Desk<'_>, id: FieldId, archived: bool) -> Result<()> {
    let at = archived.then(|| desk.now());
    found(store::archive_field(desk, id, at).await?)?;
    desk.emit(Event::FieldsChanged);
    Ok(())
}

/// Moves a field one place up or down among those that are not archived.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn move_field(desk: &mut Desk<'_>, id: FieldId, up: bool) -> Result<()> {
    let mut order: Vec<FieldId> =
        store::fields(desk).await?.iter().filter(|field| field.archived_at.is_none()).map(|field| field.id).collect();
    let at = order.iter().position(|known| *known == id).ok_or(Error::NotFound)?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < order.len()) };
    if let Some(to) = to {
        order.swap(at, to);
        store::place_fields(desk, &order).await?;
        desk.emit(Event::FieldsChanged);
    }
    Ok(())
}

/// The names of the fields that have to be filled in before this conversation is resolved.
///
/// # Errors
/// The store's.
pub async fn missing(desk: &mut Desk<'_>, type_id: Option<TypeId>, conversation: Uuid) -> Result<Vec<String>> {
    let of = effective(desk, type_id).await?;
    store::missing(desk, of, conversation).await
}

/// What a conversation's fields hold.
///
/// # Errors
/// The store's.
pub async fn values(desk: &mut Desk<'_>, conversation: Uuid) -> Result<HashMap<FieldId, Vec<Held>>> {
    let mut values: HashMap<FieldId, Vec<Held>> = HashMap::new();
    for (field, held) in store::values(desk, conversation).await? {
        values.entry(field).or_default().push(held);
    }
    Ok(values)
}

/// What the fields of these conversations hold, as it is shown.
///
/// # Errors
/// The store's.
pub async fn values_of_these(desk: &mut Desk<'_>, conversations: &[Uuid]) -> Result<HashMap<(Uuid, FieldId), String>> {
    let mut shown: HashMap<(Uuid, FieldId), String> = HashMap::new();
    for (conversation, field, value) in store::values_of_these(desk, conversations).await? {
        let words = shown.entry((conversation, field)).or_default();
        if !words.is_empty() {
            words.push_str(", ");
        }
        words.push_str(&value);
    }
    Ok(shown)
}

/// Puts values into a field of a conversation, whose state is copied beside them; returns what the field held and holds.
///
/// # Errors
/// [`Error::Invalid`] when the field does not take them; [`Error::NotFound`].
pub(crate) async fn set(
    desk: &mut Desk<'_>,
    conversation: (Uuid, i16, Timestamp),
    id: FieldId,
    given: &[String],
) -> Result<(Field, String, String)> {
    let field = field(desk, id).await?;
    let held = field.limits.check(field.kind, given).map_err(|problem| Error::field("value", problem))?;
    let words = |held: &[Held]| held.iter().map(|held| held.value.as_str()).collect::<Vec<_>>().join(", ");
    let before = values(desk, conversation.0).await?.remove(&id).unwrap_or_default();
    store::hold(desk, conversation, id, &held).await?;
    Ok((field, words(&before), words(&held)))
}

async fn checked_form(desk: &Desk<'_>, form: &FieldForm, except: Option<FieldId>) -> Result<String> {
    let name = checked_name(&form.name)?;
    if let Some((field, problem)) = form.limits.problem(form.kind) {
        return Err(Error::field(field, problem));
    }
    let same = |field: &Field| Some(field.id) != except && field.name == name && field.type_id == form.type_id;
    if store::fields(desk).await?.iter().any(same) {
        return Err(Error::field("name", "taken"));
    }
    if let Some(of) = form.type_id
        && !store::types(desk).await?.iter().any(|known| known.id == of)
    {
        return Err(Error::NotFound);
    }
    Ok(name)
}

fn checked_name(name: &str) -> Result<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(Error::field("name", "required")),
        1..=60 => Ok(name),
        _ => Err(Error::field("name", "too_long")),
    }
}

fn found(rows: u64) -> Result<()> {
    if rows == 0 { Err(Error::NotFound) } else { Ok(()) }
}
