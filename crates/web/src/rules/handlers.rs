//! Rules: listing, putting together, switching, ordering, deleting, bringing back.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::Error;
use desk::rules::{self, Action, RuleId};
use http::StatusCode;
use serde::Deserialize;

use super::form::Edited;
use super::{load, pages};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::live::ops::{Op, Ops};
use crate::visit::{Visit, back_to};

const HERE: &str = "/settings/rules";

/// A rule that was just deleted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    deleted: Option<RuleId>,
}

/// `GET /settings/rules`
pub(crate) async fn list(visit: Visit, Query(wanted): Query<Wanted>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let all = visit.read(|desk| Box::pin(async move { rules::all(desk).await })).await?;
    Ok(pages::list(&screen, &all, wanted.deleted).into_response())
}

/// What a new rule begins with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Begun {
    #[serde(default)]
    like: String,
}

/// `GET /settings/rules/new`: `like` names an example.
pub(crate) async fn new(visit: Visit, Query(begun): Query<Begun>) -> Result<Response, Refusal> {
    page(&visit, None, pages::like(&begun.like, visit.reader.words), StatusCode::OK).await
}

/// `POST /settings/rules/new`
pub(crate) async fn create(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    submitted(visit, None, fields).await
}

/// `GET /settings/rules/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<RuleId>) -> Result<Response, Refusal> {
    let rule = visit.read(move |desk| Box::pin(async move { rules::find(desk, id).await })).await?;
    let (edited, _) = load::edited(&visit, &rule).await?;
    page(&visit, Some(id), edited, StatusCode::OK).await
}

/// `POST /settings/rules/{id}`
pub(crate) async fn save(visit: Visit, Path(id): Path<RuleId>, fields: Fields) -> Result<Response, Refusal> {
    submitted(visit, Some(id), fields).await
}

/// `POST /settings/rules/{id}/switch`: `on` is `yes` or `no`.
pub(crate) async fn switch(visit: Visit, Path(id): Path<RuleId>, fields: Fields) -> Result<Response, Refusal> {
    let on = fields.get("on") == "yes";
    visit.write(move |desk| Box::pin(async move { rules::switch(desk, id, on).await })).await?;
    let done = if on { "rule-on" } else { "rule-off" };
    Ok(back_to(if fields.get("from") == "list" { HERE.to_owned() } else { format!("{HERE}/{id}") }.as_str(), done))
}

/// `POST /settings/rules/{id}/place`: `way` is `up` or `down`.
pub(crate) async fn place(visit: Visit, Path(id): Path<RuleId>, fields: Fields) -> Result<Response, Refusal> {
    let up = fields.get("way") == "up";
    visit.write(move |desk| Box::pin(async move { rules::shift(desk, id, up).await })).await?;
    Ok(back_to(HERE, ""))
}

/// `POST /settings/rules/{id}/deletion`
pub(crate) async fn delete(visit: Visit, Path(id): Path<RuleId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { rules::delete(desk, id).await })).await?;
    Ok(back_to(&format!("{HERE}?deleted={id}"), ""))
}

/// `POST /settings/rules/{id}/restoration`
pub(crate) async fn restore(visit: Visit, Path(id): Path<RuleId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { rules::restore(desk, id).await })).await?;
    Ok(back_to(HERE, "undone"))
}

/// `POST /settings/rules/{id}/secret`: draws another one.
pub(crate) async fn new_secret(visit: Visit, Path(id): Path<RuleId>) -> Result<Response, Refusal> {
    visit.read(move |desk| Box::pin(async move { rules::find(desk, id).await })).await?;
    rules::new_secret(visit.web.app(), visit.scope(), id).await?;
    Ok(back_to(&format!("{HERE}/{id}"), "saved"))
}

/// A form came: it is saved, or comes back as its button asks.
async fn submitted(visit: Visit, id: Option<RuleId>, fields: Fields) -> Result<Response, Refusal> {
    let w = visit.reader.words;
    let mut edited = Edited::read(&fields);
    let order = fields.get("do");
    if order != "save" {
        edited.act(order);
        if visit.fragment.is_some() {
            return fragment(&visit, &edited).await;
        }
        return page(&visit, id, edited, StatusCode::OK).await;
    }
    let (offered, _) = load::offered_for(&visit, &edited.tree).await?;
    let rule = match edited.rule(&offered.known, &visit.reader.zone) {
        Ok(rule) => rule,
        Err(field) => {
            let words = if field == "filter" { w.views_incomplete() } else { pages::wrong_words(w, field, "required") };
            edited.wrong.push((field, words.to_owned()));
            return page(&visit, id, edited, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let saved = visit
        .write(move |desk| {
            Box::pin(async move {
                match id {
                    Some(id) => rules::change(desk, id, rule).await.map(|()| id),
                    None => rules::create(desk, rule).await,
                }
            })
        })
        .await;
    match saved {
        Ok(id) => Ok(back_to(&format!("{HERE}/{id}"), "saved")),
        Err(Refusal(Error::Invalid(problems))) => {
            for problem in problems {
                edited.wrong.push((problem.field, pages::wrong_words(w, problem.field, problem.problem).to_owned()));
            }
            page(&visit, id, edited, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

async fn page(visit: &Visit, id: Option<RuleId>, edited: Edited, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (offered, macros) = load::offered_for(visit, &edited.tree).await?;
    let edited = Edited { tree: edited.tree.clone().of_days(&offered.known), ..edited };
    let own = visit.read(|desk| Box::pin(async move { desk::macros::own_variables(desk).await })).await?;
    let mut rule = None;
    if let Some(id) = id {
        let found = visit.read(move |desk| Box::pin(async move { rules::find(desk, id).await })).await?;
        let tells = found.definition()?.actions.iter().any(|action| matches!(action, Action::Webhook(_)));
        let secret = if tells { Some(rules::secret(visit.web.app(), visit.scope(), id).await?) } else { None };
        rule = Some((found, secret.map(|secret| secret.reveal().clone())));
    }
    let form = pages::Form { offered: &offered, macros: &macros, own: &own };
    Ok((status, pages::edit(&screen, rule.as_ref(), &edited, &form)).into_response())
}

/// The parts that change while a rule is put together.
async fn fragment(visit: &Visit, edited: &Edited) -> Result<Response, Refusal> {
    let (offered, macros) = load::offered_for(visit, &edited.tree).await?;
    let own = visit.read(|desk| Box::pin(async move { desk::macros::own_variables(desk).await })).await?;
    let form = pages::Form { offered: &offered, macros: &macros, own: &own };
    let put = |id: &str, markup: maud::Markup| ("put", id.to_owned(), markup.into_string(), None);
    let tree = edited.tree.clone().of_days(&offered.known);
    let ops: Vec<Op> = vec![
        put("view-conditions", crate::views::pages::conditions(&tree, &offered, &visit.reader)),
        put("view-actions", pages::actions(edited, &form, &visit.reader)),
    ];
    Ok(axum::Json(Ops { ops }).into_response())
}
