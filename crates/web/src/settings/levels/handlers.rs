//! Making, changing, ordering and stopping service levels.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::Error;
use desk::calendars::{self, CalendarKept};
use desk::clocks::{self, Kind, PolicyForm, PolicyId, Targets, parse_minutes};
use desk::conversations::views::{Condition, Filter};
use desk::conversations::{Order, Priority, Status};
use http::StatusCode;
use serde::Deserialize;

use super::pages;
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::live::ops::{Op, Ops};
use crate::views::form::Node;
use crate::views::handlers::{called, offered, preview};
use crate::views::pages::{self as editor, Offered, Preview};
use crate::visit::{Visit, back_to};

const HERE: &str = "/settings/service-levels";

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    stopped: Option<PolicyId>,
}

/// `GET /settings/service-levels`: `stopped` is the one that was just stopped.
pub(crate) async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let policies = visit.read(|desk| Box::pin(async move { clocks::policies(desk).await })).await?;
    Ok(pages::list(&screen, &policies, asked.stopped).into_response())
}

/// What a new level begins with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Begun {
    #[serde(default)]
    targets: String,
}

/// `GET /settings/service-levels/new`: `targets` is `usual`, or nothing.
pub(crate) async fn new(visit: Visit, Query(begun): Query<Begun>) -> Result<Response, Refusal> {
    let filled = Filled::default().with("warn", "75");
    let filled = if begun.targets == "usual" { with_targets(filled, &Targets::usual()) } else { filled };
    let tree = Node::root_of(&Filter::All(Vec::new()), &Default::default(), &visit.reader.zone);
    page(&visit, None, tree, filled, StatusCode::OK).await
}

/// `POST /settings/service-levels/new`
pub(crate) async fn create(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    submitted(visit, None, fields).await
}

/// `GET /settings/service-levels/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<PolicyId>) -> Result<Response, Refusal> {
    let (policy, called) = visit
        .read(move |desk| {
            Box::pin(async move {
                let policy = clocks::policy(desk, id).await?;
                let called = called(desk, &policy.filter).await?;
                Ok((policy, called))
            })
        })
        .await?;
    let tree = Node::root_of(&policy.filter, &called, &visit.reader.zone);
    let calendar = policy.calendar.map(|id| id.to_string()).unwrap_or_default();
    let filled = Filled::default()
        .with("name", policy.name)
        .with("calendar", calendar)
        .with("warn", policy.warn_percent.to_string());
    page(&visit, Some(id), tree, with_targets(filled, &policy.targets), StatusCode::OK).await
}

/// `POST /settings/service-levels/{id}`
pub(crate) async fn change(visit: Visit, Path(id): Path<PolicyId>, fields: Fields) -> Result<Response, Refusal> {
    submitted(visit, Some(id), fields).await
}

/// `POST /settings/service-levels/{id}/archive`
pub(crate) async fn archive(visit: Visit, Path(id): Path<PolicyId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { clocks::archive(desk, id, true).await })).await?;
    Ok(back_to(&format!("{HERE}?stopped={id}"), ""))
}

/// `POST /settings/service-levels/{id}/restoration`
pub(crate) async fn restore(visit: Visit, Path(id): Path<PolicyId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { clocks::archive(desk, id, false).await })).await?;
    Ok(back_to(HERE, "undone"))
}

/// `POST /settings/service-levels/{id}/place`: `way` is `up` or `down`.
pub(crate) async fn place(visit: Visit, Path(id): Path<PolicyId>, fields: Fields) -> Result<Response, Refusal> {
    let up = fields.get("way") == "up";
    visit.write(move |desk| Box::pin(async move { clocks::shift(desk, id, up).await })).await?;
    Ok(back_to(HERE, ""))
}

/// The name of a target's field.
pub(super) fn field_of(kind: Kind, priority: Priority) -> String {
    format!("target.{}.{}", kind.word(), priority.word())
}

fn with_targets(filled: Filled, targets: &Targets) -> Filled {
    Kind::ALL.iter().fold(filled, |filled, kind| {
        Priority::ALL.iter().fold(filled, |filled, priority| match targets.minutes(*kind, *priority) {
            Some(minutes) => filled.with(&field_of(*kind, *priority), pages::minutes_text(minutes)),
            None => filled,
        })
    })
}

/// What stands in the targets' fields; the name and text of the first that cannot be read otherwise.
fn targets(fields: &Fields) -> Result<Targets, (String, String)> {
    let mut targets = Targets::default();
    for kind in Kind::ALL {
        for priority in Priority::ALL {
            let name = field_of(*kind, *priority);
            let text = fields.text(&name);
            let minutes = match text.trim() {
                "" => None,
                text => Some(parse_minutes(text).ok_or_else(|| (name.clone(), text.to_owned()))?),
            };
            targets.set(*kind, *priority, minutes);
        }
    }
    Ok(targets)
}

/// A form came: it is saved, or comes back as its button asks.
async fn submitted(visit: Visit, id: Option<PolicyId>, fields: Fields) -> Result<Response, Refusal> {
    let (mut tree, words) = (Node::read(&fields), visit.reader.words);
    let order = fields.get("do");
    let filled = Kind::ALL
        .iter()
        .flat_map(|kind| Priority::ALL.iter().map(|priority| field_of(*kind, *priority)))
        .chain(["name", "calendar", "warn"].map(str::to_owned))
        .fold(Filled::default(), |filled, name| filled.with(&name, fields.text(&name)));
    if order != "save" {
        tree.act(order);
        if visit.fragment.is_some() {
            return fragment(&visit, tree).await;
        }
        return page(&visit, id, tree, filled, StatusCode::OK).await;
    }
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let targets = match targets(&fields) {
        Ok(targets) => targets,
        Err((name, text)) => {
            let filled =
                filled.wrong(&name, words.clocks_unreadable(&text)).wrong("targets", words.clocks_unreadable(&text));
            return page(&visit, id, tree, filled, refused).await;
        }
    };
    let offered = Offered { for_nobody: true, ..offered(&visit, &tree).await? };
    let (filter, whole) = tree.filter(&offered.known, &visit.reader.zone);
    if !whole {
        return page(&visit, id, tree, filled.wrong("filter", words.views_incomplete()), refused).await;
    }
    let form = PolicyForm {
        name: fields.text("name"),
        calendar: crate::inbox::actions::optional_id(fields.get("calendar"))?,
        filter,
        targets,
        warn_percent: fields.get("warn").parse().unwrap_or_default(),
    };
    let saved = visit
        .write(move |desk| {
            Box::pin(async move {
                match id {
                    Some(id) => clocks::change(desk, id, form).await,
                    None => clocks::create(desk, form).await.map(drop),
                }
            })
        })
        .await;
    match saved {
        Ok(()) => Ok(back_to(HERE, "saved")),
        Err(Refusal(Error::Invalid(problems))) => {
            let filled = problems.iter().fold(filled, |filled, problem| {
                let said = match (problem.field, problem.problem) {
                    ("targets", _) => words.clocks_no_targets(),
                    ("filter", "of_viewer") => words.clocks_of_viewer(),
                    ("filter", _) => words.views_too_much(),
                    _ => crate::fields::words(words, problem),
                };
                filled.wrong(problem.field, said)
            });
            page(&visit, id, tree, filled, refused).await
        }
        Err(other) => Err(other),
    }
}

/// Those that are open of the conversations for which it would hold.
async fn open_ones(visit: &Visit, tree: &Node, offered: &Offered) -> Result<Preview, Refusal> {
    let (filter, whole) = tree.filter(&offered.known, &visit.reader.zone);
    let open = Filter::All(vec![Filter::Is(Condition::Status(Status::Open)), filter]).pruned();
    preview(visit, open, whole, Order::Risk).await
}

async fn page(
    visit: &Visit,
    id: Option<PolicyId>,
    tree: Node,
    filled: Filled,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let offered = Offered { for_nobody: true, ..offered(visit, &tree).await? };
    let tree = tree.of_days(&offered.known);
    let calendars: Vec<CalendarKept> = visit.read(|desk| Box::pin(async move { calendars::all(desk).await })).await?;
    let preview = open_ones(visit, &tree, &offered).await?;
    let shown = pages::Shown { id, tree: &tree, offered: &offered, calendars: &calendars, preview: &preview };
    Ok((status, pages::edit(&screen, &shown, &filled)).into_response())
}

/// The parts that change while conditions are put together.
async fn fragment(visit: &Visit, tree: Node) -> Result<Response, Refusal> {
    let offered = Offered { for_nobody: true, ..offered(visit, &tree).await? };
    let preview = open_ones(visit, &tree, &offered).await?;
    let put = |id: &str, markup: maud::Markup| ("put", id.to_owned(), markup.into_string(), None);
    let ops: Vec<Op> = vec![
        put("view-conditions", editor::conditions(&tree, &offered, &visit.reader)),
        put("view-preview", editor::preview_part(&preview, &visit.reader)),
    ];
    Ok(axum::Json(Ops { ops }).into_response())
}
