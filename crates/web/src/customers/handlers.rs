//! Lists of customers, the page of one, and the form behind it.

use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use desk::customers::fields::{self, Owner};
use desk::customers::{self, CustomerId, consent, notes, organisations};
use desk::people::{self, AgentId};
use desk::{Desk, Error, duplicates, stories};
use http::StatusCode;
use maud::html;
use serde::Deserialize;

use super::form;
use super::pages::{self, Shown};
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::rights::url_encoded;
use crate::visit::{Visit, back_to};

/// Rows of a page.
pub(crate) const PAGE: usize = 50;
/// Entries of a page of a story.
const STORY: usize = 20;
/// Organisations that a menu offers.
const CHOICES: i64 = 200;

/// What is searched for and where a page goes on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// Words.
    #[serde(default)]
    pub(crate) q: String,
    /// Behind which row.
    #[serde(default)]
    pub(crate) after: String,
    /// A note that was just deleted.
    #[serde(default)]
    deleted: String,
}

/// What a field is completed with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Begun {
    #[serde(default)]
    what: String,
    #[serde(default)]
    q: String,
}

/// `GET /customers/choices`: customers or organisations that what was typed may be the beginning of, as options.
pub(crate) async fn choices(visit: Visit, Query(begun): Query<Begun>) -> Result<Response, Refusal> {
    let found: Vec<(String, String)> = visit
        .read(move |desk| {
            Box::pin(async move {
                if begun.q.trim().is_empty() {
                    return Ok(Vec::new());
                }
                if begun.what == "organisation" {
                    let found = organisations::list(desk, &begun.q, None, 10).await?;
                    return Ok(found.into_iter().map(|one| (one.name, String::new())).collect());
                }
                let found = customers::list(desk, &begun.q, None, 10).await?;
                Ok(found.into_iter().map(|one| choice(one.customer.name, one.addresses)).collect())
            })
        })
        .await?;
    Ok(html! { @for (value, label) in &found { option value=(value) { (label) } } }.into_response())
}

/// A customer as a choice: by their address where they have one, since others may be called the same.
fn choice(name: String, addresses: Vec<String>) -> (String, String) {
    match addresses.into_iter().next() {
        Some(address) => (address, name),
        None => (name, String::new()),
    }
}

/// The first rows, and the address of the next page behind the last of them.
pub(crate) fn page_of<T>(mut rows: Vec<T>, size: usize, next: impl Fn(&T) -> String) -> (Vec<T>, Option<String>) {
    let more = rows.len() > size;
    rows.truncate(size);
    let next = rows.last().map(next).filter(|_| more);
    (rows, next)
}

/// `GET /customers`
pub(crate) async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (query, after) = (asked.q.clone(), asked.after.parse().ok());
    let rows = visit
        .read(move |desk| Box::pin(async move { customers::list(desk, &query, after, PAGE as i64 + 1).await }))
        .await?;
    let next = |row: &customers::Listed| {
        format!("/customers?q={}&after={}", url_encoded(&asked.q), url_encoded(&row.key.to_string()))
    };
    let (rows, more) = page_of(rows, PAGE, next);
    Ok(pages::list(&screen, &asked.q, &rows, more.as_deref()).into_response())
}

/// `GET /customers/new`
pub(crate) async fn new(visit: Visit) -> Result<Response, Refusal> {
    new_page(&visit, Filled::default(), StatusCode::OK).await
}

async fn new_page(visit: &Visit, filled: Filled, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let own = visit.read(|desk| Box::pin(async move { fields::list(desk, Owner::Customers).await })).await?;
    let own: Vec<_> = own.into_iter().filter(|field| !field.archived).map(|field| (field, String::new())).collect();
    Ok((status, pages::edit(&screen, None, &own, &filled)).into_response())
}

/// `POST /customers`
pub(crate) async fn create(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let (form, own, address) = (form::read(&fields), form::read_own(&fields), fields.text("address"));
    let made = visit
        .write(move |desk| {
            Box::pin(async move {
                let id = customers::create(desk, form, &address).await?;
                fields::fill(desk, Owner::Customers, id.0, &own).await?;
                Ok(id)
            })
        })
        .await;
    match made {
        Ok(id) => Ok(back_to(&format!("/customers/{id}"), "added")),
        Err(Refusal(Error::Invalid(problems))) => {
            let filled = form::refused(&fields, &problems, visit.reader.words);
            new_page(&visit, filled, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// `GET /customers/{id}`
pub(crate) async fn show(
    visit: Visit,
    Path(id): Path<CustomerId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let now = visit.read(move |desk| Box::pin(async move { Ok(customers::find(desk, id).await?.id) })).await?;
    if now != id {
        return Ok(Redirect::to(&format!("/customers/{now}")).into_response());
    }
    page(&visit, id, &asked, Filled::default(), StatusCode::OK).await
}

/// The page of a customer, with what came back of a form on it.
pub(crate) async fn page(
    visit: &Visit,
    id: CustomerId,
    asked: &Asked,
    filled: Filled,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let after = asked.after.parse().ok();
    let words = visit.reader.words;
    let mut shown = visit.read(move |desk| Box::pin(async move { load(desk, id, after, words).await })).await?;
    shown.deleted_note = Some(asked.deleted.clone()).filter(|note| !note.is_empty());
    shown.filled = filled;
    Ok((status, pages::customer(&screen, &shown)).into_response())
}

async fn load(
    desk: &mut Desk<'_>,
    id: CustomerId,
    after: Option<stories::TimeKey>,
    words: words::Words,
) -> desk::Result<Shown> {
    let who = customers::listed_one(desk, id).await?;
    let (story, next) = stories::timeline(desk, id, after, STORY).await?;
    let mut merges = Vec::new();
    for merge in duplicates::merges_of(desk, id).await? {
        let name = duplicates::name_of(&merge)?;
        merges.push((merge, name));
    }
    let mut files = stories::files(desk, id, None).await?.0;
    files.truncate(5);
    let mut organisations = vec![(String::new(), words.customers_organisation_none().to_owned())];
    for one in organisations::list(desk, "", None, CHOICES).await? {
        organisations.push((one.id.to_string(), one.name));
    }
    if let (Some(of), Some(name)) = (who.customer.organisation_id, &who.organisation)
        && !organisations.iter().any(|(known, _)| *known == of.to_string())
    {
        organisations.push((of.to_string(), name.clone()));
    }
    Ok(Shown {
        identities: customers::identities(desk, id).await?,
        own: fields::values(desk, Owner::Customers, id.0).await?,
        pinned: notes::pinned(desk, id).await?,
        earlier: next.map(|key| format!("/customers/{id}?after={key}")),
        story,
        files,
        consents: consent::present(desk, id).await?,
        suggestions: duplicates::suggestions(desk, id).await?,
        merges,
        agents: agents(desk).await?,
        organisations,
        deleted_note: None,
        filled: Filled::default(),
        who,
    })
}

/// Agents' names.
pub(crate) async fn agents(desk: &mut Desk<'_>) -> desk::Result<HashMap<AgentId, String>> {
    Ok(people::agents(desk).await?.into_iter().map(|agent| (agent.id, agent.name)).collect())
}

/// `GET /customers/{id}/edit`
pub(crate) async fn edit(visit: Visit, Path(id): Path<CustomerId>) -> Result<Response, Refusal> {
    edit_page(&visit, id, None, StatusCode::OK).await
}

async fn edit_page(
    visit: &Visit,
    id: CustomerId,
    filled: Option<Filled>,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (who, own) = visit
        .read(move |desk| {
            Box::pin(async move {
                Ok((customers::listed_one(desk, id).await?, fields::values(desk, Owner::Customers, id.0).await?))
            })
        })
        .await?;
    let filled = filled.unwrap_or_else(|| form::filled(&who.customer));
    Ok((status, pages::edit(&screen, Some(&who), &own, &filled)).into_response())
}

/// `POST /customers/{id}/edit`
pub(crate) async fn save(visit: Visit, Path(id): Path<CustomerId>, fields: Fields) -> Result<Response, Refusal> {
    let (form, own) = (form::read(&fields), form::read_own(&fields));
    let saved = visit
        .write(move |desk| {
            Box::pin(async move {
                customers::edit(desk, id, form).await?;
                fields::fill(desk, Owner::Customers, id.0, &own).await
            })
        })
        .await;
    match saved {
        Ok(()) => Ok(back_to(&format!("/customers/{id}"), "saved")),
        Err(Refusal(Error::Invalid(problems))) => {
            let filled = form::refused(&fields, &problems, visit.reader.words);
            edit_page(&visit, id, Some(filled), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// `GET /customers/{id}/files`
pub(crate) async fn files(
    visit: Visit,
    Path(id): Path<CustomerId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let after = asked.after.parse().ok();
    let (who, (files, next)) = visit
        .read(move |desk| {
            Box::pin(
                async move { Ok((customers::listed_one(desk, id).await?, stories::files(desk, id, after).await?)) },
            )
        })
        .await?;
    let more = next.map(|key| format!("/customers/{id}/files?after={key}"));
    Ok(pages::all_files(&screen, &who, &files, more.as_deref()).into_response())
}
