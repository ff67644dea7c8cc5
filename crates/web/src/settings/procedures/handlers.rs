//! Listing procedures, putting one together, saving it as a new version, archiving it.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use desk::procedures::{self, Procedure, ProcedureId, StepProblem, Version};
use desk::{Error, fields as desk_fields};
use http::StatusCode;

use super::form::{Draft, LIMITS};
use super::pages::{self, BASE, Choosing, Edited, Kept};
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::load::{self, Names};
use crate::inbox::shapes::Named;
use crate::live::ops::{Op, Ops};
use crate::views::handlers::{called, offered};
use crate::views::pages::Offered;
use crate::visit::{Visit, back_to};

/// How many versions a procedure's page lists.
const VERSIONS: i64 = 30;

/// `GET /settings/procedures`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (all, types) = visit
        .read(|desk| {
            Box::pin(async move {
                let types = desk_fields::types(desk).await?;
                let types: Vec<Named> =
                    types.into_iter().map(|one| Named { id: one.id.to_string(), name: one.name }).collect();
                Ok((procedures::all(desk).await?, types))
            })
        })
        .await?;
    Ok(pages::list(&screen, &all, &types).into_response())
}

/// `GET /settings/procedures/new`
pub(crate) async fn new(visit: Visit) -> Result<Response, Refusal> {
    page(&visit, None, &Draft::new(), &Filled::default(), &[], StatusCode::OK).await
}

/// `POST /settings/procedures/new`
pub(crate) async fn create(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    submitted(visit, None, fields).await
}

/// `GET /settings/procedures/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<ProcedureId>) -> Result<Response, Refusal> {
    let (procedure, version, called) = visit
        .read(move |desk| {
            Box::pin(async move {
                let procedure = procedures::find(desk, id).await?;
                let version = procedures::version(desk, id, procedure.version).await?;
                let called = match &procedure.is_for.conditions {
                    Some(conditions) => called(desk, conditions).await?,
                    None => crate::views::form::Called::default(),
                };
                Ok((procedure, version, called))
            })
        })
        .await?;
    let draft = Draft::of(&procedure, &version.steps, &called, &visit.reader.zone);
    page(&visit, Some(id), &draft, &Filled::default(), &[], StatusCode::OK).await
}

/// `POST /settings/procedures/{id}`
pub(crate) async fn save(visit: Visit, Path(id): Path<ProcedureId>, fields: Fields) -> Result<Response, Refusal> {
    submitted(visit, Some(id), fields).await
}

/// `POST /settings/procedures/{id}/archive`: `archived` is `yes` or `no`.
pub(crate) async fn archive(visit: Visit, Path(id): Path<ProcedureId>, fields: Fields) -> Result<Response, Refusal> {
    let archived = fields.get("archived") == "yes";
    visit.write(move |desk| Box::pin(async move { procedures::archive(desk, id, archived).await })).await?;
    Ok(back_to(&format!("{BASE}/{id}"), "saved"))
}

/// A form came: it is saved, or comes back as its button asks.
async fn submitted(visit: Visit, id: Option<ProcedureId>, fields: Fields) -> Result<Response, Refusal> {
    let w = visit.reader.words;
    let mut draft = Draft::read(&fields);
    let order = fields.get("do");
    if order != "save" {
        draft.act(order);
        if visit.fragment.is_some() {
            return fragment(&visit, &draft).await;
        }
        return page(&visit, id, &draft, &Filled::default(), &[], StatusCode::OK).await;
    }
    let offered = offered(&visit, &draft.tree).await?;
    let (form, wrong, whole, countable) = draft.form(&offered.known, &visit.reader.zone);
    let mut filled = Filled::default();
    if !whole {
        filled = filled.wrong("conditions", w.views_incomplete());
    }
    if !countable {
        filled = filled.wrong("most", w.procedures_wrong_limit());
    }
    if !wrong.is_empty() {
        filled = filled.wrong("steps", w.procedures_wrong_steps());
    }
    if !(whole && countable && wrong.is_empty()) {
        return page(&visit, id, &draft, &filled, &wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let seen = draft.seen;
    let saved = visit
        .write(move |desk| {
            Box::pin(async move {
                match id {
                    Some(id) => procedures::change(desk, id, seen, form).await.map(|()| id),
                    None => procedures::create(desk, form).await,
                }
            })
        })
        .await;
    match saved {
        Ok(id) => Ok(back_to(&format!("{BASE}/{id}"), if seen == 0 { "added" } else { "saved" })),
        Err(Refusal(Error::Invalid(problems))) => {
            let filled = problems.iter().fold(filled, |filled, problem| {
                let words = match (problem.field, problem.problem) {
                    ("steps", "required") => w.procedures_wrong_no_steps(),
                    ("steps", _) => w.procedures_wrong_steps(),
                    ("conditions", "personal") => w.procedures_wrong_personal(),
                    ("conditions", _) => w.views_too_much(),
                    ("most", _) => w.procedures_wrong_limit(),
                    _ => crate::fields::words(w, problem),
                };
                filled.wrong(problem.field, words)
            });
            page(&visit, id, &draft, &filled, &[], StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Refusal(Error::Conflict("procedure_changed"))) => {
            let filled = filled.wrong("", w.procedures_changed_meanwhile());
            page(&visit, id, &draft, &filled, &[], StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

async fn page(
    visit: &Visit,
    id: Option<ProcedureId>,
    draft: &Draft,
    wrong: &Filled,
    wrong_steps: &[StepProblem],
    status: StatusCode,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (offered, names) = chosen_from(visit, draft).await?;
    let draft = Draft { tree: draft.tree.clone().of_days(&offered.known), ..draft.clone() };
    let kept = match id {
        Some(id) => Some(kept(visit, id, &names).await?),
        None => None,
    };
    let filled = LIMITS.iter().zip(&draft.most).fold(wrong.clone(), |filled, (name, most)| filled.with(name, most));
    let filled = filled.with("name", &draft.name).with("tag", &draft.tag);
    let edited = Edited { draft: &draft, filled: &filled, wrong: wrong_steps };
    let choosing = Choosing { offered: &offered, names: &names };
    let kept = kept.as_ref().map(|(procedure, versions)| Kept { procedure, versions });
    Ok((status, pages::edit(&screen, &edited, &choosing, kept.as_ref())).into_response())
}

async fn chosen_from(visit: &Visit, draft: &Draft) -> Result<(Offered, Names), Refusal> {
    let offered = offered(visit, &draft.tree).await?;
    let say = visit.reader.words;
    let (_, names) = visit.read(move |desk| Box::pin(async move { load::choices(desk, say).await })).await?;
    Ok((offered, names))
}

async fn kept(visit: &Visit, id: ProcedureId, names: &Names) -> Result<(Procedure, Vec<(Version, String)>), Refusal> {
    let (procedure, versions) = visit
        .read(move |desk| {
            Box::pin(async move {
                let procedure = procedures::find(desk, id).await?;
                let versions = procedures::versions(desk, id, i32::MAX, VERSIONS).await?;
                Ok((procedure, versions))
            })
        })
        .await?;
    let named = |version: Version| {
        let who = names.agent(version.created_by).name;
        (version, who)
    };
    Ok((procedure, versions.into_iter().map(named).collect()))
}

/// The parts that change while a procedure is put together.
async fn fragment(visit: &Visit, draft: &Draft) -> Result<Response, Refusal> {
    let (offered, names) = chosen_from(visit, draft).await?;
    let (w, filled) = (visit.reader.words, Filled::default());
    let put = |id: &str, markup: maud::Markup| ("put", id.to_owned(), markup.into_string(), None);
    let edited = Edited { draft, filled: &filled, wrong: &[] };
    let choosing = Choosing { offered: &offered, names: &names };
    let ops: Vec<Op> = vec![
        put("view-conditions", crate::views::pages::conditions(&draft.tree, &offered, &visit.reader)),
        put("procedure-steps", pages::steps(&edited, &choosing, w)),
        put("procedure-preview", pages::preview(&draft.readable(), &offered.known.fields, &names, w)),
    ];
    Ok(axum::Json(Ops { ops }).into_response())
}
