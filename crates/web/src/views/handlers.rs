//! Views: listing, putting together, looking ahead, saving, ordering, deleting, bringing back.

use std::collections::HashMap;

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::conversations::views::{self, Audience, Condition, Detail, Filter, SavedView, ViewForm};
use desk::conversations::{self, Order, ViewId};
use desk::customers::{self, organisations};
use desk::fields;
use desk::{Desk, Error, mailboxes};
use http::StatusCode;
use serde::Deserialize;

use super::form::{Called, Known, Node};
use super::pages::{self, Edited, Offered, Preview, ViewShown};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::list::count_id;
use crate::inbox::load;
use crate::inbox::shapes::Named;
use crate::live::ops::{Op, Ops};
use crate::visit::{Visit, back_to};

/// How many conversations a look ahead shows.
const PREVIEWED: i64 = 10;
/// So many are counted, among so many that are looked at.
const COUNTED: (i64, i64) = (999, 5_000);
/// As above, for the column of views, where many are counted at once.
const COUNTED_IN_COLUMN: (i64, i64) = (99, 1_000);

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    /// A view that was just deleted.
    deleted: Option<ViewId>,
}

/// `GET /views`
pub(crate) async fn list(visit: Visit, Query(wanted): Query<Wanted>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let reader = visit.reader.clone();
    let say = visit.reader.words;
    let (own, shared) = visit
        .read(move |desk| {
            Box::pin(async move {
                let (_, names) = load::choices(desk, say).await?;
                let (mut own, mut shared) = (Vec::new(), Vec::new());
                for view in views::views(desk).await? {
                    let words = &reader.words;
                    let audience = match view.audience() {
                        Audience::Me => words.views_for_me().to_owned(),
                        Audience::Everyone => words.views_for_everyone().to_owned(),
                        Audience::Team(team) => words.views_for_team(&names.team(team).name),
                    };
                    let may_change = views::may_change(desk, &view).await?;
                    let list = if view.agent_id.is_some() { &mut own } else { &mut shared };
                    list.push(ViewShown { id: view.id.to_string(), name: view.name, audience, may_change });
                }
                Ok((own, shared))
            })
        })
        .await?;
    let deleted = wanted.deleted.map(|id| id.to_string());
    Ok(pages::list(&screen, &own, &shared, deleted.as_deref()).into_response())
}

/// `GET /views/counts`: how many conversations each saved view holds, for the column.
pub(crate) async fn counts(visit: Visit) -> Result<axum::Json<Ops>, Refusal> {
    let ops = visit
        .read(|desk| {
            Box::pin(async move {
                let mut ops: Vec<Op> = Vec::new();
                let (most, reach) = COUNTED_IN_COLUMN;
                for view in views::views(desk).await? {
                    let count = views::count(desk, &view.filter, most, reach).await?;
                    let words = match (count.found, count.more) {
                        (0, false) => String::new(),
                        (found, false) => found.to_string(),
                        (found, true) => format!("{found}+"),
                    };
                    ops.push(("text", count_id(&format!("view-{}", view.id)), words, None));
                }
                Ok(ops)
            })
        })
        .await?;
    Ok(axum::Json(Ops { ops }))
}

/// A search that a view is made of.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Begun {
    #[serde(default)]
    q: String,
}

/// `GET /views/new`: what is open, or what a search asks for.
pub(crate) async fn new(visit: Visit, Query(begun): Query<Begun>) -> Result<Response, Refusal> {
    let filter = if begun.q.is_empty() {
        Filter::open()
    } else {
        let wanted = conversations::Search { zone: visit.reader.zone.clone(), ..conversations::Search::of(&begun.q) };
        visit.read(move |desk| Box::pin(async move { conversations::as_filter(desk, &wanted).await })).await?
    };
    let asked = filter.clone();
    let called = visit.read(move |desk| Box::pin(async move { called(desk, &asked).await })).await?;
    let tree = Node::root_of(&filter, &called, &visit.reader.zone);
    let edited = Edited {
        id: None,
        name: String::new(),
        audience: "me".into(),
        order: "activity".into(),
        details: Detail::USUAL.iter().map(|detail| detail_word(*detail)).collect(),
        tree,
        wrong: None,
        wrong_name: None,
    };
    page(&visit, edited, StatusCode::OK).await
}

/// `POST /views/new`
pub(crate) async fn create(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    submitted(visit, None, fields).await
}

/// `GET /views/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<ViewId>) -> Result<Response, Refusal> {
    let (view, called) = visit
        .read(move |desk| {
            Box::pin(async move {
                let view = views::view(desk, id).await?;
                if !views::may_change(desk, &view).await? {
                    return Err(Error::Forbidden);
                }
                let called = called(desk, &view.filter).await?;
                Ok((view, called))
            })
        })
        .await?;
    let edited = edited(&view, &called, &visit);
    page(&visit, edited, StatusCode::OK).await
}

/// `POST /views/{id}`
pub(crate) async fn change(visit: Visit, Path(id): Path<ViewId>, fields: Fields) -> Result<Response, Refusal> {
    submitted(visit, Some(id), fields).await
}

/// `POST /views/{id}/deletion`
pub(crate) async fn delete(visit: Visit, Path(id): Path<ViewId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { views::delete(desk, id).await })).await?;
    Ok(back_to(&format!("/views?deleted={id}"), ""))
}

/// `POST /views/{id}/restoration`
pub(crate) async fn restore(visit: Visit, Path(id): Path<ViewId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { views::restore(desk, id).await })).await?;
    Ok(back_to("/views", "undone"))
}

/// `POST /views/{id}/place`: `way` is `up` or `down`.
pub(crate) async fn place(visit: Visit, Path(id): Path<ViewId>, fields: Fields) -> Result<Response, Refusal> {
    let up = fields.get("way") == "up";
    visit.write(move |desk| Box::pin(async move { views::shift(desk, id, up).await })).await?;
    Ok(back_to("/views", ""))
}

/// A form came: it is saved, or comes back as its button asks.
async fn submitted(visit: Visit, id: Option<ViewId>, fields: Fields) -> Result<Response, Refusal> {
    let mut edited = filled(id, &fields);
    let order = fields.get("do");
    if order != "save" {
        edited.tree.act(order);
        if visit.fragment.is_some() {
            return fragment(&visit, edited).await;
        }
        return page(&visit, edited, StatusCode::OK).await;
    }
    let offered = offered(&visit, &edited.tree).await?;
    let (filter, whole) = edited.tree.filter(&offered.known, &visit.reader.zone);
    if !whole {
        edited.wrong = Some(visit.reader.words.views_incomplete().to_owned());
        return page(&visit, edited, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let form = ViewForm {
        name: edited.name.clone(),
        audience: audience(&edited.audience)?,
        filter,
        details: edited.details.iter().filter_map(|word| detail(word)).collect(),
        order: order_of(&edited.order),
    };
    let saved = visit
        .write(move |desk| {
            Box::pin(async move {
                match id {
                    Some(id) => views::change(desk, id, form).await.map(|()| id),
                    None => views::create(desk, form).await,
                }
            })
        })
        .await;
    match saved {
        Ok(id) => Ok(back_to(&format!("/inbox/view-{id}"), "saved")),
        Err(Refusal(Error::Invalid(problems))) => {
            let words =
                problems.first().map_or("", |problem| crate::fields::words(visit.reader.words, problem)).to_owned();
            match problems.first().map(|problem| problem.field) {
                Some("name") => edited.wrong_name = Some(words),
                _ => edited.wrong = Some(visit.reader.words.views_too_much().to_owned()),
            }
            page(&visit, edited, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

async fn page(visit: &Visit, edited: Edited, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let offered = offered(visit, &edited.tree).await?;
    let edited = Edited { tree: edited.tree.clone().of_days(&offered.known), ..edited };
    let preview = preview(visit, &edited, &offered).await?;
    Ok((status, pages::edit(&screen, &edited, &offered, &preview)).into_response())
}

/// The parts that change while a view is put together.
async fn fragment(visit: &Visit, edited: Edited) -> Result<Response, Refusal> {
    let offered = offered(visit, &edited.tree).await?;
    let preview = preview(visit, &edited, &offered).await?;
    let put = |id: &str, markup: maud::Markup| ("put", id.to_owned(), markup.into_string(), None);
    let ops: Vec<Op> = vec![
        put("view-conditions", pages::conditions(&edited, &offered, &visit.reader)),
        put("view-preview", pages::preview_part(&preview, &visit.reader)),
    ];
    Ok(axum::Json(Ops { ops }).into_response())
}

async fn preview(visit: &Visit, edited: &Edited, offered: &Offered) -> Result<Preview, Refusal> {
    let (filter, whole) = edited.tree.filter(&offered.known, &visit.reader.zone);
    let order = order_of(&edited.order);
    // What cannot be saved is not searched for either.
    if filter.problem().is_some() {
        return Ok(Preview { incomplete: true, ..Preview::default() });
    }
    let say = visit.reader.words;
    let (page, count, names) = visit
        .read(move |desk| {
            Box::pin(async move {
                let page = views::page_of(desk, &filter, order, None, PREVIEWED).await?;
                let count = views::count(desk, &filter, COUNTED.0, COUNTED.1).await?;
                let (_, names) = load::choices(desk, say).await?;
                Ok((page, count, names))
            })
        })
        .await?;
    let words = &visit.reader.words;
    Ok(Preview {
        count: if count.more { words.views_at_least_so_many(count.found) } else { words.views_so_many(count.found) },
        rows: page.rows.iter().map(|listed| load::row(listed, page.order, &names)).collect(),
        incomplete: !whole,
    })
}

/// Everything that conditions can be about.
pub(crate) async fn offered(visit: &Visit, tree: &Node) -> Result<Offered, Refusal> {
    let (asked, places, say) = (tree.values_of("customer"), tree.values_of("organisation"), visit.reader.words);
    visit
        .read(move |desk| {
            Box::pin(async move {
                let (choices, _) = load::choices(desk, say).await?;
                let tags = conversations::tags(desk).await?;
                let mailboxes = mailboxes::list(desk).await?;
                let types = fields::types(desk).await?;
                let fields = fields::fields(desk).await?;
                let mut customers = HashMap::new();
                for text in asked.into_iter().take(40) {
                    if let Some(found) = customers::by_address_or_name(desk, &text).await? {
                        customers.insert(text, found);
                    }
                }
                let mut organisations = HashMap::new();
                for name in places.into_iter().take(40) {
                    if let Some((found, _)) = organisations::by_name(desk, &name).await? {
                        organisations.insert(name, found);
                    }
                }
                Ok(Offered {
                    choices,
                    tags: tags.into_iter().map(|tag| Named { id: tag.id.to_string(), name: tag.name }).collect(),
                    problems: crate::problems::load::asked_for(desk).await?,
                    mailboxes: mailboxes
                        .into_iter()
                        .map(|one| Named { id: one.id.to_string(), name: one.name })
                        .collect(),
                    types: types.into_iter().map(|one| Named { id: one.id.to_string(), name: one.name }).collect(),
                    known: Known { fields, customers, organisations },
                })
            })
        })
        .await
}

/// What customers and organisations that conditions name are called in their form.
pub(crate) async fn called(desk: &mut Desk<'_>, filter: &Filter) -> desk::Result<Called> {
    let mut called = Called::default();
    for condition in filter.conditions() {
        match condition {
            Condition::Customer(id) => {
                let address = customers::addresses(desk, *id).await?.into_iter().next();
                let name = match address {
                    Some(address) => address,
                    None => customers::find(desk, *id).await?.name,
                };
                called.customers.insert(*id, name);
            }
            Condition::Organisation(id) => match organisations::find(desk, *id).await {
                Ok(found) => _ = called.organisations.insert(*id, found.name),
                // It is gone: the condition is to be filled in again.
                Err(Error::NotFound) => {}
                Err(other) => return Err(other),
            },
            _ => {}
        }
    }
    Ok(called)
}

fn edited(view: &SavedView, called: &Called, visit: &Visit) -> Edited {
    Edited {
        id: Some(view.id.to_string()),
        name: view.name.clone(),
        audience: match view.audience() {
            Audience::Me => "me".into(),
            Audience::Everyone => "everyone".into(),
            Audience::Team(team) => team.to_string(),
        },
        order: order_word(view.order).into(),
        details: view.details.iter().map(|detail| detail_word(*detail)).collect(),
        tree: Node::root_of(&view.filter, called, &visit.reader.zone),
        wrong: None,
        wrong_name: None,
    }
}

fn filled(id: Option<ViewId>, fields: &Fields) -> Edited {
    Edited {
        id: id.map(|id| id.to_string()),
        name: fields.text("name"),
        audience: fields.text("audience"),
        order: fields.text("order"),
        details: fields.all("detail").into_iter().map(str::to_owned).collect(),
        tree: Node::read(fields),
        wrong: None,
        wrong_name: None,
    }
}

fn audience(word: &str) -> Result<Audience, Refusal> {
    Ok(match word {
        "me" | "" => Audience::Me,
        "everyone" => Audience::Everyone,
        team => Audience::Team(team.parse().map_err(|_| Refusal(Error::NotFound))?),
    })
}

fn order_word(order: Order) -> &'static str {
    match order {
        Order::Created => "created",
        Order::Risk => "risk",
        Order::Priority => "priority",
        Order::Activity | Order::Waking => "activity",
    }
}

fn order_of(word: &str) -> Order {
    match word {
        "created" => Order::Created,
        "risk" => Order::Risk,
        "priority" => Order::Priority,
        _ => Order::Activity,
    }
}

fn detail_word(detail: Detail) -> String {
    match detail {
        Detail::Preview => "preview".into(),
        Detail::Tags => "tags".into(),
        Detail::Assignee => "assignee".into(),
        Detail::Team => "team".into(),
        Detail::Number => "number".into(),
        Detail::Created => "created".into(),
        Detail::Field(id) => format!("field-{id}"),
    }
}

fn detail(word: &str) -> Option<Detail> {
    Some(match word {
        "preview" => Detail::Preview,
        "tags" => Detail::Tags,
        "assignee" => Detail::Assignee,
        "team" => Detail::Team,
        "number" => Detail::Number,
        "created" => Detail::Created,
        field => Detail::Field(field.strip_prefix("field-")?.parse().ok()?),
    })
}
