//! The inbox's pages: lists and conversations, whole or in part.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use desk::Error;
use desk::bulk::BulkId;
use desk::conversations::{self, Listed, MessageId, View, views};
use desk::notifications;
use http::StatusCode;
use serde::Deserialize;
use words::Words;

use super::load;
use super::pages::{self, Views};
use super::shapes::{List, Row, Thread};
use super::thread::{messages, missing, nothing_open, pane};
use super::view;
use crate::errors::Refusal;
use crate::live::ops::{Ops, conversation_ops};
use crate::visit::Visit;

/// How many rows a list shows at first, and more of at a time.
const PAGE_OF_ROWS: i64 = 50;

/// What an address of the inbox may say besides its path.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    /// The list that a conversation was opened from.
    #[serde(default, rename = "in")]
    pub(crate) from: String,
    /// Where a list goes on.
    #[serde(default)]
    after: String,
    /// A change to many that was just made.
    bulk: Option<BulkId>,
    /// The message before which a thread goes on.
    before: Option<MessageId>,
}

impl Wanted {
    /// The list that a conversation was opened from; all open ones when the address does not say.
    pub(crate) fn view(&self) -> View {
        view::parse(&self.from).unwrap_or(View::Open)
    }
}

/// `GET /inbox/{view}`
pub(crate) async fn list(
    visit: Visit,
    Path(slug): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let say = visit.reader.words;
    let wanted_view = view::parse(&slug)?;
    let screen = visit.screen().await?;
    let (views, mut list) = load_list(&visit, wanted_view, &wanted.after, None).await?;
    if wanted.bulk.is_some() {
        let id = wanted.bulk;
        list.bulk = visit.read(move |desk| Box::pin(async move { super::bulk::shown(desk, id).await })).await?;
    }
    if visit.wants("list") {
        return Ok(super::list::rows(&list, &visit.reader).into_response());
    }
    let title = list.title.clone();
    Ok(pages::inbox(&screen, &views, &list, &title, nothing_open(say)).into_response())
}

/// `GET /c/{number}`
pub(crate) async fn conversation(
    visit: Visit,
    Path(number): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let say = visit.reader.words;
    if visit.wants("older") {
        return older(&visit, number, &wanted).await;
    }
    let from = wanted.view();
    let screen = visit.screen().await?;
    let ahead = visit.ahead;
    let loaded = visit.read(move |desk| Box::pin(async move { load::thread(desk, say, number, from).await })).await;
    let (mut thread, choices) = match loaded {
        Ok(loaded) => loaded,
        Err(Refusal(Error::NotFound)) => {
            let pane = missing(say);
            if visit.wants("main") {
                return Ok((StatusCode::NOT_FOUND, pane).into_response());
            }
            let (views, list) = load_list(&visit, from, "", None).await?;
            let page = pages::inbox(&screen, &views, &list, say.thread_not_found(), pane);
            return Ok((StatusCode::NOT_FOUND, page).into_response());
        }
        Err(Refusal(Error::Conflict("merged"))) => {
            let into = visit.read(move |desk| Box::pin(async move { conversations::merged_into(desk, number).await }));
            let into = into.await?.ok_or(Refusal(Error::NotFound))?;
            return Ok(Redirect::to(&format!("/c/{into}?in={}", view::slug(from))).into_response());
        }
        Err(other) => return Err(other),
    };
    // What was seen before and has not changed since needs no write. The bell's count waits for the write, the page does not.
    let to_mark = !ahead && (thread.is_new || screen.unread > 0);
    let first = screen.unread > 0 || visit.wants("main");
    if to_mark && first {
        mark_seen(&visit, number).await?;
    }
    if let Some(before) = wanted.before {
        let older =
            visit.read(move |desk| Box::pin(async move { load_older(desk, say, number, before, from).await })).await?;
        thread.entries = older.entries;
        thread.older = older.older;
        thread.first_unread = None;
    }
    if visit.wants("main") {
        return Ok(pane(&thread, &choices, &screen).into_response());
    }
    let mark = async { if to_mark && !first { mark_seen(&visit, number).await } else { Ok(()) } };
    let (page, ()) = tokio::try_join!(page(&visit, &thread, &choices, StatusCode::OK), mark)?;
    Ok(page)
}

/// The whole page of one conversation.
pub(crate) async fn page(
    visit: &Visit,
    thread: &Thread,
    choices: &super::shapes::Choices,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let say = visit.reader.words;
    let screen = visit.screen().await?;
    let from = view::parse(&thread.slug).unwrap_or(View::Open);
    let (views, list) = load_list(visit, from, "", Some(thread.number)).await?;
    let title = super::list::subject_words(say, &thread.subject).to_owned();
    Ok((status, pages::inbox(&screen, &views, &list, &title, pane(thread, choices, &screen))).into_response())
}

/// Earlier messages, as a fragment.
async fn older(visit: &Visit, number: i64, wanted: &Wanted) -> Result<Response, Refusal> {
    let say = visit.reader.words;
    let before = wanted.before.ok_or(Refusal(Error::NotFound))?;
    let from = wanted.view();
    let thread =
        visit.read(move |desk| Box::pin(async move { load_older(desk, say, number, before, from).await })).await?;
    Ok(messages(&thread, &visit.reader).into_response())
}

async fn load_older(
    desk: &mut desk::Desk<'_>,
    say: Words,
    number: i64,
    before: MessageId,
    from: View,
) -> desk::Result<Thread> {
    let (mut thread, _) = load::thread(desk, say, number, from).await?;
    let conversation = conversations::find_by_number(desk, number).await?;
    let (_, names) = load::choices(desk, say).await?;
    let (entries, _, more) = load::entries(desk, &conversation, Some(before), load::PAGE_OF_MESSAGES, &names).await?;
    let oldest = entries.iter().find_map(|entry| match entry {
        super::shapes::Entry::Message(message) => Some(message.message_id.clone()),
        super::shapes::Entry::Event { .. } => None,
    });
    thread.older = oldest.filter(|_| more).map(|oldest| format!("/c/{number}?in={}&before={oldest}", thread.slug));
    thread.entries = entries;
    thread.first_unread = None;
    Ok(thread)
}

/// `POST /c/{number}/seen`: the viewer looks at it now.
pub(crate) async fn seen(visit: Visit, Path(number): Path<i64>) -> Result<StatusCode, Refusal> {
    mark_seen(&visit, number).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /c/{number}/live`: everything of an open conversation that changes, for a page that has missed too much.
pub(crate) async fn refresh(
    visit: Visit,
    Path(number): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Result<axum::Json<Ops>, Refusal> {
    Ok(axum::Json(conversation_ops(&visit, number, Some(wanted.view())).await?))
}

async fn mark_seen(visit: &Visit, number: i64) -> Result<(), Refusal> {
    visit
        .write(move |desk| {
            Box::pin(async move {
                let id = conversations::find_by_number(desk, number).await?.id;
                notifications::seen(desk, id).await?;
                conversations::mark_seen(desk, id).await
            })
        })
        .await
}

/// What the viewer keeps on top, as far as it belongs to the view.
async fn on_top(desk: &mut desk::Desk<'_>, view: View) -> desk::Result<Vec<Listed>> {
    let mut held = Vec::new();
    for listed in conversations::pinned(desk).await? {
        if load::holds(desk, view, &listed).await? {
            held.push(listed);
        }
    }
    Ok(held)
}

/// A page of a view with the views beside it.
async fn load_list(visit: &Visit, view: View, after: &str, current: Option<i64>) -> Result<(Views, List), Refusal> {
    let (after, reader) = (view::page_key(after), visit.reader.clone());
    let say = reader.words;
    let (views, rows, page, choices, edit, bulk) = visit
        .read(move |desk| {
            Box::pin(async move {
                let views = load::views(desk, say).await?;
                let page = views::page(desk, view, after, PAGE_OF_ROWS).await?;
                let mut listed = if after.is_none() { on_top(desk, view).await? } else { Vec::new() };
                listed.extend(page.rows.iter().filter(|one| !one.row.pinned).cloned());
                let (mut choices, names) = load::choices(desk, say).await?;
                choices.problems = crate::problems::load::offered(desk).await?;
                let dressed = load::Dressed::of(desk, view, &listed).await?;
                let rows: Vec<Row> = listed.iter().map(|one| dressed.row(one, page.order, &names, &reader)).collect();
                let edit = match view {
                    View::Saved(id) => {
                        let saved = views::view(desk, id).await?;
                        views::may_change(desk, &saved).await?.then(|| format!("/views/{id}"))
                    }
                    _ => None,
                };
                let bulk = super::bulk::shown(desk, None).await?;
                Ok((views, rows, page, choices, edit, bulk))
            })
        })
        .await?;
    let slug = view::slug(view);
    let known = views.all().find(|entry| entry.slug == slug);
    let title = known.map_or_else(|| say.list_conversations().to_owned(), |entry| entry.name.clone());
    let more = page.next.map(|next| format!("/inbox/{slug}?after={next}"));
    let mut rows = rows;
    for row in &mut rows {
        row.unread &= current != Some(row.number);
    }
    let ascending = page.order.is_ascending();
    Ok((views, List { title, ascending, rows, more, current, slug, edit, choices, bulk }))
}
