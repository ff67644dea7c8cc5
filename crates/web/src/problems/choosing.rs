//! Making a conversation part of a problem, and taking it out; what stands beside the conversation.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::problems::{self, Problem};
use desk::{Desk, Error, conversations};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::words;
use crate::components::button;
use crate::components::field::{Filled, Text};
use crate::components::page::{Area, Screen, desk};
use crate::components::time::Reader;
use crate::components::{Icon, icon, small_icon};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::actions::{answer, find};
use crate::inbox::shapes::{ProblemShown, Thread};
use crate::inbox::thread::origin;
use crate::visit::{Visit, back_to};

/// How many problems are offered.
const OFFERED: usize = 30;

/// What the list is narrowed down to.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
}

/// `GET /c/{number}/problem`
pub(crate) async fn choose(
    visit: Visit,
    Path(number): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let subject = find(&visit, number).await?.subject;
    let filled = Filled::default().with("title", subject);
    page(&visit, number, &wanted.q, &filled, StatusCode::OK).await
}

async fn page(
    visit: &Visit,
    number: i64,
    query: &str,
    filled: &Filled,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let wanted = query.to_owned();
    let id = find(visit, number).await?.id;
    let (now, found) = visit
        .read(move |desk| {
            Box::pin(async move { Ok((problems::of_conversation(desk, id).await?, offered(desk, &wanted).await?)) })
        })
        .await?;
    Ok((status, choices(&screen, number, query, now.as_ref(), &found, filled)).into_response())
}

/// Open problems that may be meant; and the one of that number, also when it is solved.
async fn offered(desk: &mut Desk<'_>, query: &str) -> desk::Result<Vec<Problem>> {
    let mut found = problems::meant(desk, query, OFFERED).await?;
    if let Ok(number) = query.trim().trim_start_matches('#').parse()
        && !found.iter().any(|one| one.number == number)
    {
        match problems::find_by_number(desk, number).await {
            Ok(one) => found.insert(0, one),
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(found)
}

fn choices(
    screen: &Screen,
    number: i64,
    query: &str,
    now: Option<&Problem>,
    found: &[Problem],
    filled: &Filled,
) -> Markup {
    let w = screen.reader.words;
    let address = format!("/c/{number}/problem");
    let is_now = |one: &Problem| now.is_some_and(|now| now.id == one.id);
    let content = html! {
        main.search-page id="main" tabindex="-1" {
            div.search-bar {
                form method="get" action=(address) role="search" {
                    div.search-field { (icon(Icon::Search)) input.input type="search" name="q" value=(query) aria-label=(w.problems_find()) placeholder=(w.problems_find()) autocomplete="off" autofocus; }
                    button.button type="submit" { (w.problems_find_button()) }
                    a.button.quiet href={ "/c/" (number) } { (w.common_cancel()) }
                }
            }
            div.results { div.results-inner.stack {
                h1.summary { (w.problems_part_of()) }
                @if let Some(now) = now { p.summary { (w.problems_moves(format!("#{}", now.number), &now.title)) } }
                @if found.is_empty() { p.summary role="status" { @if query.trim().is_empty() { (w.problems_none_open()) } @else { (w.problems_none_found()) } } }
                ul.rows {
                    @for one in found {
                        li {
                            div.main {
                                a.title href={ "/problems/" (one.number) } { span.cut dir="auto" { (one.title) } }
                                span.detail { "#" (one.number) " · " (w.problems_conversations(one.conversations)) " · " (reader_age(&screen.reader, one)) }
                            }
                            @if !one.is_open() { (words::state(w, one.state)) }
                            @if is_now(one) { span.detail { (w.problems_is_part()) } }
                            @else { form method="post" action=(address) { button.button type="submit" name="problem" value=(one.number) aria-label={ (w.problems_add()) " #" (one.number) } { (w.problems_add()) } } }
                        }
                    }
                }
                form.stack.new-problem method="post" action=(address) {
                    (Text::new("title", w.problems_new_from()).show(filled))
                    div { button.button type="submit" name="do" value="new" { (icon(Icon::Plus)) (w.problems_open_and_add()) } }
                }
            } }
        }
    };
    desk(screen, w.problems_part_of(), Area::Inbox, content)
}

fn reader_age(reader: &Reader, one: &Problem) -> Markup {
    reader.age(one.used_at, "")
}

/// `POST /c/{number}/problem`: `problem` is the number of one, or `do` is `new` and `title` says what it is called.
pub(crate) async fn add(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let conversation = find(&visit, number).await?.id;
    let (is_new, title) = (fields.get("do") == "new", fields.text("title"));
    let problem: Option<i64> = fields.get("problem").trim().trim_start_matches('#').parse().ok();
    let added = visit
        .write(move |desk| {
            Box::pin(async move {
                if is_new {
                    let id = problems::open(desk, &title, Some(conversation)).await?;
                    return Ok(problems::find(desk, id).await?.number);
                }
                let number = problem.ok_or(Error::field("problem", "required"))?;
                let found = problems::find_by_number(desk, number).await?;
                problems::add(desk, found.id, conversation).await?;
                Ok(number)
            })
        })
        .await;
    match added {
        Ok(problem) if fields.get("back") == "problem" => Ok(back_to(&format!("/problems/{problem}"), "problem-in")),
        Ok(_) if visit.fragment.is_some() => answer(&visit, number, &fields).await,
        Ok(_) => Ok(back_to(&format!("/c/{number}"), "problem-in")),
        Err(Refusal(Error::Invalid(wrong))) if is_new => {
            let filled = fields.refused(visit.reader.words, &wrong);
            page(&visit, number, "", &filled, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /c/{number}/problem/removal`
pub(crate) async fn take_out(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let was = visit
        .write(move |desk| {
            Box::pin(async move {
                let id = conversations::find_by_number(desk, number).await?.id;
                match problems::take_out(desk, id).await? {
                    Some(was) => Ok(Some(problems::find(desk, was).await?.number)),
                    None => Ok(None),
                }
            })
        })
        .await?;
    if let (Some(was), "problem") = (was, fields.get("back")) {
        return Ok(back_to(&format!("/problems/{was}?taken={number}"), ""));
    }
    answer(&visit, number, &fields).await
}

/// The problem that a conversation is part of, beside it; live updates replace it.
pub(crate) fn beside(thread: &Thread, reader: &Reader) -> Markup {
    let w = reader.words;
    html! {
        section.section id="part-problem" {
            @if let Some(problem) = &thread.problem { (part_of(thread, problem, reader)) }
            @else if thread.parent.is_none() {
                h3 { (w.problems_problem()) }
                a.link href={ "/c/" (thread.number) "/problem" } data-does="problem" aria-keyshortcuts="b" { (w.problems_part_of()) }
            }
        }
    }
}

fn part_of(thread: &Thread, problem: &ProblemShown, reader: &Reader) -> Markup {
    let w = reader.words;
    html! {
        h3 { (w.problems_problem()) }
        ul.others.links { li {
            a href={ "/problems/" (problem.number) } { span.cut dir="auto" { (problem.title) } span.state { @if problem.solved { (w.problems_solved()) } @else { (w.common_open()) } } }
            form method="post" action={ "/c/" (thread.number) "/problem/removal" } data-action="problem-out"
                data-undo-url={ "/c/" (thread.number) "/problem" } data-undo-name="problem" data-undo-value=(problem.number) {
                (origin(thread))
                button.icon-button.tight type="submit" aria-label=(w.problems_take_out()) title=(w.problems_take_out()) { (small_icon(Icon::Close)) }
            }
        } }
        p.muted { "#" (problem.number) " · " (w.problems_conversations(problem.conversations)) }
        @if problem.answered { p.muted { (w.problems_has_answer()) } }
        @else if problem.solved {
            p { (w.problems_is_solved()) }
            @if problem.has_text { p { a.link href={ "/problems/" (problem.number) "/send" } { (w.problems_send_it()) } } }
        }
        a.link href={ "/c/" (thread.number) "/problem" } data-does="problem" aria-keyshortcuts="b" { (w.problems_another_one()) }
    }
}

/// What the menu of a list offers: the problems last used, none, and a new one.
pub(crate) fn bulk_menu(offered: &[crate::inbox::shapes::Named], reader: &Reader) -> Markup {
    let w = reader.words;
    html! {
        p.menu-head { (w.problems_add_to()) }
        @for one in offered { (crate::components::menu::submit_item("problem", &one.id, html! { (icon(Icon::Problem)) span.cut dir="auto" { (one.name) } }, false)) }
        (crate::components::menu::submit_item("problem", "", html! { (icon(Icon::Close)) (w.problems_no_problem()) }, false))
        hr;
        div.menu-form {
            label.label for="bulk-problem-title" { (w.problems_new()) }
            input.input id="bulk-problem-title" name="problem_title" autocomplete="off" maxlength="200";
            (button_new(w.problems_open_and_add()))
        }
    }
}

fn button_new(label: &str) -> Markup {
    html! { button.button.primary type="submit" name="do" value="new-problem" { (label) } }
}

/// Undoes taking out on the page of the problem.
pub(crate) fn undo_form(conversation: i64, problem: i64, reader: &Reader) -> Markup {
    let number = problem.to_string();
    button::post(
        &format!("/c/{conversation}/problem"),
        &[("problem", &number), ("back", "problem")],
        html! { button.button type="submit" { (reader.words.views_undo()) } },
    )
}
