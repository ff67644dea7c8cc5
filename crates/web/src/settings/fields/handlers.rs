//! Making, changing, ordering and archiving types and fields.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use desk::Error;
use desk::fields::{self, ConversationType, Field, FieldForm, FieldId, FieldKind, Limits, TypeId};
use http::StatusCode;

use super::pages;
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::actions::optional_id;
use crate::visit::{Visit, back_to};

const HERE: &str = "/settings/fields";

/// `GET /settings/fields`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    list_page(&visit, Filled::default(), StatusCode::OK).await
}

/// `POST /settings/fields/types`
pub(crate) async fn create_type(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let name = fields.text("name");
    match visit.write(move |desk| Box::pin(async move { fields::create_type(desk, &name).await })).await {
        Ok(_) => Ok(back_to(HERE, "added")),
        Err(Refusal(Error::Invalid(problems))) => {
            list_page(&visit, fields.refused(visit.reader.words, &problems), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /settings/fields/types/{id}`: `do` is `default`, `archive` or `unarchive`.
pub(crate) async fn change_type(visit: Visit, Path(id): Path<TypeId>, fields: Fields) -> Result<Response, Refusal> {
    let order = fields.text("do");
    visit
        .write(move |desk| {
            Box::pin(async move {
                match order.as_str() {
                    "default" => fields::set_default_type(desk, id).await,
                    "archive" => fields::archive_type(desk, id, true).await,
                    "unarchive" => fields::archive_type(desk, id, false).await,
                    _ => Err(Error::field("do", "not_allowed")),
                }
            })
        })
        .await?;
    Ok(back_to(HERE, "saved"))
}

/// `GET /settings/fields/new`
pub(crate) async fn new(visit: Visit) -> Result<Response, Refusal> {
    edit_page(&visit, None, Some(Filled::default()), StatusCode::OK).await
}

/// `POST /settings/fields/new`
pub(crate) async fn create(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let kind = fields.get("kind").parse().map_err(|()| Refusal(Error::field("kind", "not_allowed")))?;
    let form = form(&fields, kind)?;
    match visit.write(move |desk| Box::pin(async move { fields::create_field(desk, form).await })).await {
        Ok(_) => Ok(back_to(HERE, "added")),
        Err(Refusal(Error::Invalid(problems))) => {
            edit_page(
                &visit,
                None,
                Some(fields.refused(visit.reader.words, &problems)),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
        Err(other) => Err(other),
    }
}

/// `GET /settings/fields/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<FieldId>) -> Result<Response, Refusal> {
    edit_page(&visit, Some(id), None, StatusCode::OK).await
}

/// `POST /settings/fields/{id}`
pub(crate) async fn save(visit: Visit, Path(id): Path<FieldId>, fields: Fields) -> Result<Response, Refusal> {
    // What it holds cannot be changed: the kind in the form does not count.
    let form = form(&fields, FieldKind::Text)?;
    match visit.write(move |desk| Box::pin(async move { fields::change_field(desk, id, form).await })).await {
        Ok(()) => Ok(back_to(HERE, "saved")),
        Err(Refusal(Error::Invalid(problems))) => {
            edit_page(
                &visit,
                Some(id),
                Some(fields.refused(visit.reader.words, &problems)),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
        Err(other) => Err(other),
    }
}

/// `POST /settings/fields/{id}/archive`: `archived` is `yes` or `no`.
pub(crate) async fn archive(visit: Visit, Path(id): Path<FieldId>, fields: Fields) -> Result<Response, Refusal> {
    let archived = fields.get("archived") == "yes";
    visit.write(move |desk| Box::pin(async move { fields::archive_field(desk, id, archived).await })).await?;
    Ok(back_to(HERE, "saved"))
}

/// `POST /settings/fields/{id}/place`: `way` is `up` or `down`.
pub(crate) async fn place(visit: Visit, Path(id): Path<FieldId>, fields: Fields) -> Result<Response, Refusal> {
    let up = fields.get("way") == "up";
    visit.write(move |desk| Box::pin(async move { fields::move_field(desk, id, up).await })).await?;
    Ok(back_to(HERE, ""))
}

fn form(fields: &Fields, kind: FieldKind) -> Result<FieldForm, Refusal> {
    let trimmed = |name: &str| fields.get(name).trim().to_owned();
    let options = fields.get("options").lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
    Ok(FieldForm {
        type_id: optional_id(fields.get("type"))?,
        name: fields.text("name"),
        kind,
        required: fields.get("required") == "yes",
        limits: Limits {
            min: trimmed("min"),
            max: trimmed("max"),
            pattern: trimmed("pattern"),
            options: options.collect(),
        },
    })
}

async fn list_page(visit: &Visit, filled: Filled, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (types, fields) = all(visit).await?;
    Ok((status, pages::list(&screen, &types, &fields, &filled)).into_response())
}

async fn edit_page(
    visit: &Visit,
    id: Option<FieldId>,
    filled: Option<Filled>,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (types, fields) = all(visit).await?;
    let field = match id {
        Some(id) => Some(fields.iter().find(|field| field.id == id).ok_or(Refusal(Error::NotFound))?),
        None => None,
    };
    let filled = filled.unwrap_or_else(|| field.map_or_else(Filled::default, as_filled));
    let offered: Vec<ConversationType> = types.into_iter().filter(|one| one.archived_at.is_none()).collect();
    Ok((status, pages::edit(&screen, field, &offered, &filled)).into_response())
}

fn as_filled(field: &Field) -> Filled {
    let Limits { min, max, pattern, options } = &field.limits;
    Filled::default()
        .with("name", &field.name)
        .with("type", field.type_id.map(|id| id.to_string()).unwrap_or_default())
        .with("required", if field.required { "yes" } else { "" })
        .with("min", min)
        .with("max", max)
        .with("pattern", pattern)
        .with("options", options.join("\n"))
}

async fn all(visit: &Visit) -> Result<(Vec<ConversationType>, Vec<Field>), Refusal> {
    visit.read(|desk| Box::pin(async move { Ok((fields::types(desk).await?, fields::fields(desk).await?)) })).await
}
