//! Changing many conversations at once: the bar that comes with a selection, what became of it, and the way back.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use desk::bulk::{self, Bulk, BulkId, Change, Chosen, State};
use desk::conversations::{Priority, Until};
use desk::{Desk, Error, problems};
use maud::{Markup, html};
use serde::Serialize;

use super::actions::optional_id;
use super::shapes::{Choices, Urgency};
use super::snooze;
use super::view;
use crate::components::avatar::{Size, avatar};
use crate::components::button;
use crate::components::menu::{Place, menu, submit_item};
use crate::components::page::Me;
use crate::components::time::Reader;
use crate::components::{Icon, icon};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::live::ops::Op;
use crate::visit::{Visit, back_to};

/// The bar below the list, seen while something is chosen. One form for all, so that it works without any script.
pub(crate) fn bar(slug: &str, title: &str, choices: &Choices, me: &Me, reader: &Reader) -> Markup {
    let words = &reader.words;
    let opener = |id: &str, does: &str, key: &str, picture: Icon, label: &str| {
        html! { button.icon-button type="button" popovertarget=(id) data-bulk=(does) aria-label=(label) title={ (label) " (" (key) ")" } { (icon(picture)) } }
    };
    html! {
        form.bulk-bar id="bulk-form" method="post" action="/bulk" aria-label=(words.bulk_bar()) {
            input type="hidden" name="in" value=(slug);
            // Enter in a field presses the first button of its form: one that does what was written.
            button.visually-hidden type="submit" name="do" value="entered" tabindex="-1" aria-hidden="true" { (words.bulk_bar()) }
            div.bulk-head {
                span.bulk-count id="bulk-count" role="status" { (words.bulk_selected_some()) }
                label.choice.bulk-all { input type="checkbox" name="all" value=(slug) id="bulk-all"; span { (words.bulk_all_of(title)) } }
                button.icon-button.needs-script type="button" data-does="select-none" aria-label=(words.bulk_none()) title=(words.bulk_none()) { (icon(Icon::Close)) }
            }
            div.bulk-tools {
                (opener("bulk-assign", "assign", "a", Icon::Assign, words.bulk_assign()))
                (menu("bulk-assign", words.bulk_assign(), Place::Above, html! {
                    p.menu-head { (words.bulk_assign()) }
                    (submit_item("assign", &me.id, html! { (avatar(&me.name, Size::Tiny)) (words.bulk_me()) }, false))
                    @for agent in choices.agents.iter().filter(|agent| agent.id != me.id) {
                        (submit_item("assign", &agent.id, html! { (avatar(&agent.name, Size::Tiny)) (agent.name) }, false))
                    }
                    hr;
                    (submit_item("assign", "", html! { (icon(Icon::Close)) (words.bulk_nobody()) }, false))
                }))
                @if !choices.teams.is_empty() {
                    (opener("bulk-team", "team", "t", Icon::Users, words.bulk_team()))
                    (menu("bulk-team", words.bulk_team(), Place::Above, html! {
                        p.menu-head { (words.bulk_team()) }
                        @for team in &choices.teams { (submit_item("team", &team.id, html! { (icon(Icon::Users)) (team.name) }, false)) }
                        hr;
                        (submit_item("team", "", html! { (icon(Icon::Close)) (words.bulk_no_team()) }, false))
                    }))
                }
                (opener("bulk-tag", "tag", "l", Icon::Tag, words.bulk_tag()))
                (menu("bulk-tag", words.bulk_tag(), Place::Above, html! {
                    div.menu-form {
                        label.label for="bulk-tag-name" { (words.bulk_tag_name()) }
                        input.input id="bulk-tag-name" name="tag" list="bulk-tags" autocomplete="off" maxlength="60" autofocus;
                        datalist id="bulk-tags" { @for name in &choices.tags { option value=(name) {} } }
                        button.button.primary type="submit" name="do" value="tag" { (words.bulk_tag_add()) }
                        button.button type="submit" name="do" value="untag" { (words.bulk_tag_remove()) }
                    }
                }))
                (opener("bulk-priority", "priority", "p", Icon::Flag, words.bulk_priority()))
                (menu("bulk-priority", words.bulk_priority(), Place::Above, html! {
                    p.menu-head { (words.bulk_priority()) }
                    @for urgency in Urgency::ALL { (submit_item("priority", urgency.value(), html! { (icon(Icon::Flag)) (urgency.words(reader.words)) }, false)) }
                }))
                (opener("bulk-snooze", "snooze", "h", Icon::Clock, words.snooze_snooze()))
                (menu("bulk-snooze", words.snooze_snooze(), Place::Above, html! {
                    (snooze::free_field("bulk-snooze-text", reader))
                    hr;
                    (snooze::choices("snooze", reader))
                }))
                (opener("bulk-problem", "problem", "b", Icon::Problem, words.problems_add_to()))
                (menu("bulk-problem", words.problems_add_to(), Place::Above, crate::problems::choosing::bulk_menu(&choices.problems, reader)))
                (opener("bulk-more", "more", "", Icon::More, words.bulk_more()))
                (menu("bulk-more", words.bulk_more(), Place::Above, html! {
                    (submit_item("do", "read", html! { (icon(Icon::Check)) (words.bulk_read()) }, false))
                    (submit_item("do", "unread", html! { (icon(Icon::Unread)) (words.bulk_unread()) }, false))
                    (submit_item("do", "open", html! { (icon(Icon::Reopen)) (words.bulk_open()) }, false))
                }))
                button.button type="submit" name="do" value="resolve" data-bulk="resolve" { (icon(Icon::Check)) (words.bulk_resolve()) }
            }
        }
    }
}

/// What a change to many has come to; an empty place when there is none.
pub(crate) fn status(bulk: Option<&Bulk>, reader: &Reader) -> Markup {
    html! {
        div.bulk-status id="bulk-status" role="status" data-bulk=[bulk.map(way)] {
            @if let Some(bulk) = bulk {
                p { (progress_words(bulk, reader)) }
                @if bulk.state.is_under_way() {
                    @let done = if bulk.state == State::Undoing { bulk.restored + bulk.left_alone } else { bulk.changed + bulk.passed_over };
                    @let of = if bulk.state == State::Undoing { bulk.changed } else { bulk.total };
                    progress max=(of.max(done).max(1)) value=(done) aria-label=(reader.words.bulk_progress()) {}
                }
                @if bulk.state == State::Running { (button::post(&format!("/bulk/{}/stop", bulk.id), &[], button::plain(reader.words.bulk_stop()))) }
                @if bulk.state != State::Running && bulk.state.may_undo() && bulk.changed > 0 { (button::post(&format!("/bulk/{}/undo", bulk.id), &[], button::plain(reader.words.views_undo()))) }
            }
        }
    }
}

/// Which change it is, and whether forth or back: what its script knows it by.
fn way(bulk: &Bulk) -> String {
    let way = if matches!(bulk.state, State::Undoing | State::Undone) { "back" } else { "forth" };
    format!("{} {way}", bulk.id)
}

/// How far it has got, in a sentence.
fn progress_words(bulk: &Bulk, reader: &Reader) -> String {
    let words = &reader.words;
    let of_state = match bulk.state {
        State::Running => words.bulk_running(bulk.changed, bulk.total.max(bulk.changed)),
        State::Done => words.bulk_changed(bulk.changed),
        State::Stopped => words.bulk_stopped(bulk.changed),
        State::Undoing => words.bulk_undoing(bulk.restored, bulk.changed),
        State::Undone => words.bulk_undone(bulk.restored),
    };
    let mut said = vec![of_state];
    if bulk.passed_over > 0 && matches!(bulk.state, State::Done | State::Stopped) {
        said.push(words.bulk_passed_over(bulk.passed_over));
    }
    if bulk.left_alone > 0 && bulk.state == State::Undone {
        said.push(words.bulk_left_alone(bulk.left_alone));
    }
    said.join(" ")
}

/// What a script gets: the status, in words and as a part of the page, and the way back.
#[derive(Debug, Serialize)]
struct Told {
    ops: Vec<Op>,
    words: String,
    undo: Option<String>,
    under_way: bool,
}

/// `POST /bulk`
pub(crate) async fn change(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let chosen = chosen(&fields)?;
    let entered = fields.get("do") == "entered" && !fields.get("problem_title").trim().is_empty();
    let new = (fields.get("do") == "new-problem" || entered).then(|| fields.text("problem_title"));
    let change = if new.is_some() { Change::Problem(None) } else { asked(&visit, &fields)? };
    let done = visit
        .write(move |desk| {
            Box::pin(async move {
                let change = match new {
                    Some(title) => Change::Problem(Some(problems::open(desk, &title, None).await?)),
                    None => change,
                };
                let id = bulk::change(desk, chosen, change).await?;
                bulk::find(desk, id).await
            })
        })
        .await?;
    told(&visit, &done, fields.get("in"))
}

/// `POST /bulk/{id}/undo`
pub(crate) async fn undo(visit: Visit, Path(id): Path<BulkId>, fields: Fields) -> Result<Response, Refusal> {
    let undone = visit
        .write(move |desk| {
            Box::pin(async move {
                bulk::undo(desk, id).await?;
                bulk::find(desk, id).await
            })
        })
        .await?;
    told(&visit, &undone, fields.get("in"))
}

/// `POST /bulk/{id}/stop`
pub(crate) async fn stop(visit: Visit, Path(id): Path<BulkId>, fields: Fields) -> Result<Response, Refusal> {
    let stopped = visit
        .write(move |desk| {
            Box::pin(async move {
                bulk::stop(desk, id).await?;
                bulk::find(desk, id).await
            })
        })
        .await?;
    told(&visit, &stopped, fields.get("in"))
}

fn told(visit: &Visit, bulk: &Bulk, slug: &str) -> Result<Response, Refusal> {
    if visit.fragment.is_some() {
        let shown = Some(bulk).filter(|bulk| bulk.state.is_under_way());
        let told = Told {
            ops: vec![(
                if shown.is_some() { "bulk" } else { "put" },
                "bulk-status".to_owned(),
                status(shown, &visit.reader).into_string(),
                None,
            )],
            words: progress_words(bulk, &visit.reader),
            undo: (bulk.state == State::Running || (bulk.state.may_undo() && bulk.changed > 0))
                .then(|| format!("/bulk/{}/undo", bulk.id)),
            under_way: bulk.state.is_under_way(),
        };
        return Ok(axum::Json(told).into_response());
    }
    let slug = view::parse(slug).map_or_else(|_| "open".to_owned(), view::slug);
    Ok(back_to(&format!("/inbox/{slug}?bulk={}", bulk.id), ""))
}

/// Which conversations a form chooses.
fn chosen(fields: &Fields) -> Result<Chosen, Refusal> {
    if fields.has("all") {
        return Ok(Chosen::All(view::parse(fields.get("all"))?));
    }
    Ok(Chosen::These(fields.all("number").iter().filter_map(|number| number.parse().ok()).collect()))
}

/// What is to be done, by the button that was pressed.
fn asked(visit: &Visit, fields: &Fields) -> Result<Change, Refusal> {
    let tag = || {
        let tag = fields.text("tag");
        if tag.trim().is_empty() { Err(Refusal(Error::field("tag", "required"))) } else { Ok(tag) }
    };
    let put_off = || match snooze::until(&visit.reader, fields, "snooze")? {
        Some(Until::At(at)) => Ok(Change::Snooze(Some(at))),
        Some(Until::Reply) => Ok(Change::Snooze(None)),
        None => Err(Refusal(Error::field("until", "required"))),
    };
    if fields.has("assign") {
        return Ok(Change::Assign(optional_id(fields.get("assign"))?));
    }
    if fields.has("team") {
        return Ok(Change::Team(optional_id(fields.get("team"))?));
    }
    if fields.has("priority") {
        let to: Priority =
            fields.get("priority").parse().map_err(|()| Refusal(Error::field("priority", "not_allowed")))?;
        return Ok(Change::Priority(to));
    }
    if fields.has("problem") {
        return Ok(Change::Problem(optional_id(fields.get("problem"))?));
    }
    if fields.has("snooze") {
        return put_off();
    }
    match fields.get("do") {
        "tag" => Ok(Change::Tag(tag()?)),
        "untag" => Ok(Change::Untag(tag()?)),
        "resolve" => Ok(Change::Resolve),
        "open" => Ok(Change::Open),
        "read" => Ok(Change::Read),
        "unread" => Ok(Change::Unread),
        "entered" if !fields.get("tag").trim().is_empty() => Ok(Change::Tag(tag()?)),
        _ => put_off(),
    }
}

/// The change to many that a page tells of: the one that its address names, else one of the viewer's that goes on.
pub(crate) async fn shown(desk: &mut Desk<'_>, id: Option<BulkId>) -> desk::Result<Option<Bulk>> {
    match id {
        Some(id) => match bulk::find(desk, id).await {
            Ok(bulk) => Ok(Some(bulk)),
            Err(Error::NotFound | Error::Forbidden) => Ok(None),
            Err(other) => Err(other),
        },
        None => bulk::under_way(desk).await,
    }
}
