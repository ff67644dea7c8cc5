//! Using a macro in a conversation: the list to choose from, what is put into the draft, what waits for the send.

use axum::Json;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::conversations::{self, MessageKind};
use desk::macros::{self, Actions, Assignee, MacroId, RunId, ToTeam, Used};
use desk::{Desk, Result};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;
use words::Words;

use crate::components::page::{Area, Screen, desk};
use crate::components::time::Reader;
use crate::components::{Icon, icon, small_icon};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::actions::{answer, find};
use crate::inbox::load::Names;
use crate::inbox::shapes::{Does, PendingMacro, Thread, Urgency};
use crate::inbox::{load, view};
use crate::live::ops::conversation_ops;
use crate::visit::{Visit, back_to};

/// What the list is narrowed down to.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
}

/// `GET /c/{number}/macros`: the macros that can be used; a script gets them as JSON.
pub(crate) async fn choose(
    visit: Visit,
    Path(number): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let say = visit.reader.words;
    let (names, all) = visit
        .read(move |desk| {
            Box::pin(async move {
                let (_, names) = load::choices(desk, say).await?;
                Ok((names, macros::usable(desk).await?))
            })
        })
        .await?;
    let (me, w) = (visit.viewer.agent_id.to_string(), visit.reader.words);
    let shown = all.iter().map(|one| Choice {
        id: one.id.to_string(),
        name: one.name.clone(),
        folder: one.folder.clone(),
        does: does_words(w, &does(&one.actions(), &names, &me)),
    });
    if visit.fragment.is_some() {
        let all = shown.map(|one| json!({ "id": one.id, "name": one.name, "folder": one.folder, "does": one.does }));
        return Ok(Json(all.collect::<Vec<_>>()).into_response());
    }
    let fits = |one: &Choice| {
        let text = format!("{} {}", one.folder, one.name).to_lowercase();
        wanted.q.to_lowercase().split_whitespace().all(|word| text.contains(word))
    };
    let shown: Vec<Choice> = shown.filter(fits).collect();
    Ok(page(&screen, number, &wanted.q, &shown).into_response())
}

struct Choice {
    id: String,
    name: String,
    folder: String,
    does: String,
}

fn page(screen: &Screen, number: i64, wanted: &str, choices: &[Choice]) -> Markup {
    let w = screen.reader.words;
    let content = html! {
        main.search-page id="main" tabindex="-1" {
            div.search-bar {
                form method="get" action={ "/c/" (number) "/macros" } role="search" {
                    div.search-field { (icon(Icon::Search)) input.input type="search" name="q" value=(wanted) aria-label=(w.macros_search()) placeholder=(w.macros_search()) autofocus; }
                    button.button type="submit" { (w.macros_search()) }
                    a.button.quiet href={ "/c/" (number) } { (w.macros_back()) }
                }
            }
            div.results { div.results-inner {
                h1.summary { (w.macros_use_title()) }
                @if choices.is_empty() { p.summary role="status" { (w.macros_none_found()) } }
                ul.rows {
                    @for one in choices {
                        li {
                            div.main { span.title dir="auto" { (one.name) } span.detail dir="auto" { (one.folder) @if !one.folder.is_empty() && !one.does.is_empty() { " · " } (one.does) } }
                            form method="post" action={ "/c/" (number) "/macros/" (one.id) } { button.button type="submit" aria-label={ (w.macros_use()) " " (one.name) } { (w.macros_use()) } }
                        }
                    }
                }
            } }
        }
    };
    desk(screen, w.macros_use_title(), Area::Inbox, content)
}

/// `POST /c/{number}/macros/{id}`: puts a macro into the draft, or does what it does. A script gets the text and puts it in itself.
pub(crate) async fn use_in(
    visit: Visit,
    Path((number, id)): Path<(i64, MacroId)>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let conversation = find(&visit, number).await?.id;
    let by_script = visit.fragment.is_some();
    let (used, name) = visit
        .write(move |desk| {
            Box::pin(async move {
                let used = macros::use_in(desk, conversation, id).await?;
                if let (Used::PutIn { filled, .. }, false) = (&used, by_script) {
                    append(desk, conversation, &filled.text).await?;
                }
                Ok((used, macros::find(desk, id).await?.0.name))
            })
        })
        .await?;
    if !by_script {
        return Ok(back_to(&format!("/c/{number}"), ""));
    }
    let w = visit.reader.words;
    match used {
        Used::PutIn { filled, language, wanted } => {
            let note = wanted.map(|wanted| w.macros_in_language(&language, &wanted));
            let from = view::parse(fields.get("in")).unwrap_or(conversations::View::Open);
            let thread =
                visit.read(move |desk| Box::pin(async move { load::thread(desk, w, number, from).await })).await?.0;
            let pending = pending(&thread, &visit.reader).into_string();
            Ok(Json(json!({ "text": filled.text, "note": note, "pending": pending })).into_response())
        }
        Used::Done(run) => {
            let from = view::parse(fields.get("in")).unwrap_or(conversations::View::Open);
            let ops = conversation_ops(&visit, number, Some(from)).await?;
            let undo = format!("/macro-runs/{run}/undo");
            Ok(Json(json!({ "done": w.macros_done(&name), "undo": undo, "ops": ops.ops })).into_response())
        }
    }
}

/// Puts a text behind what the acting agent has written so far.
pub(crate) async fn append(desk: &mut Desk<'_>, conversation: conversations::ConversationId, text: &str) -> Result<()> {
    let draft = conversations::draft(desk, conversation).await?;
    let kind = draft.as_ref().map_or(MessageKind::Outgoing, |draft| draft.kind);
    let before = draft.map(|draft| draft.body).filter(|body| !body.trim().is_empty());
    let body = before.map_or_else(|| text.to_owned(), |before| format!("{before}\n\n{text}"));
    conversations::save_draft(desk, conversation, kind, &body).await
}

/// `POST /c/{number}/macros/{id}/left-out`: its words stay in the draft, what it does is left out.
pub(crate) async fn leave_out(visit: Visit, Path((number, id)): Path<(i64, MacroId)>) -> Result<Response, Refusal> {
    let conversation = find(&visit, number).await?.id;
    visit.write(move |desk| Box::pin(async move { macros::leave_out(desk, conversation, id).await })).await?;
    answer(&visit, number, &Fields::default()).await
}

/// `POST /macro-runs/{id}/undo`
pub(crate) async fn undo(visit: Visit, Path(id): Path<RunId>, fields: Fields) -> Result<Response, Refusal> {
    let number = visit
        .write(move |desk| {
            Box::pin(async move {
                let conversation = macros::undo(desk, id).await?;
                Ok(conversations::find(desk, conversation).await?.number)
            })
        })
        .await?;
    answer(&visit, number, &fields).await
}

/// What waits for the send, above the buttons of the composer; live updates replace it.
pub(crate) fn pending(thread: &Thread, reader: &Reader) -> Markup {
    let w = reader.words;
    let does = |one: &PendingMacro| does_words(w, &one.does);
    html! {
        div.pending-macros id="part-macros" {
            @if thread.pending_macros.iter().any(|one| !one.does.is_empty()) {
                span.muted { (w.macros_with_send()) }
                @for one in thread.pending_macros.iter().filter(|one| !one.does.is_empty()) {
                    button.chip type="submit" formnovalidate formaction={ "/c/" (thread.number) "/macros/" (one.id) "/left-out" } data-leave-out
                        aria-label={ (does(one)) ". " (w.macros_leave_out(&one.name)) } { span dir="auto" { (does(one)) } (small_icon(Icon::Close)) }
                }
            }
        }
    }
}

/// The macros that wait in the viewer's draft.
pub(crate) async fn pending_of(
    desk: &mut Desk<'_>,
    conversation: conversations::ConversationId,
    names: &Names,
) -> Result<Vec<PendingMacro>> {
    let Ok(me) = desk.agent() else { return Ok(Vec::new()) };
    let waiting = macros::pending(desk, conversation).await?;
    Ok(waiting
        .into_iter()
        .map(|one| PendingMacro {
            id: one.id.to_string(),
            does: does(&one.actions(), names, &me.to_string()),
            name: one.name,
        })
        .collect())
}

/// What a macro does, with names.
fn does(actions: &Actions, names: &Names, me: &str) -> Vec<Does> {
    let mut all = Vec::new();
    match actions.assignee {
        None => {}
        Some(Assignee::Nobody) => all.push(Does::Unassign),
        Some(Assignee::Me) => all.push(Does::AssignMe),
        Some(Assignee::Agent(id)) if id.to_string() == me => all.push(Does::AssignMe),
        Some(Assignee::Agent(id)) => all.push(Does::Assign(names.agent(id).name)),
    }
    match actions.team {
        None => {}
        Some(ToTeam::None) => all.push(Does::NoTeam),
        Some(ToTeam::Team(id)) => all.push(Does::Team(names.team(id).name)),
    }
    if let Some(priority) = actions.priority {
        all.extend(Urgency::ALL.into_iter().find(|one| one.value() == priority.word()).map(Does::Priority));
    }
    all.extend(actions.tags.iter().cloned().map(Does::Tag));
    all.extend(actions.untags.iter().cloned().map(Does::Untag));
    match actions.status {
        Some(conversations::Status::Resolved) => all.push(Does::Resolve),
        Some(_) => all.push(Does::Reopen),
        None => {}
    }
    all.extend(actions.snooze.iter().cloned().map(Does::Snooze));
    all
}

/// The same in words.
fn does_words(w: Words, all: &[Does]) -> String {
    let words = all.iter().map(|one| match one {
        Does::AssignMe => w.macros_does_assign_me().to_owned(),
        Does::Assign(who) => w.macros_does_assign(who),
        Does::Unassign => w.macros_does_unassign().to_owned(),
        Does::Team(team) => w.macros_does_team(team),
        Does::NoTeam => w.macros_does_no_team().to_owned(),
        Does::Priority(urgency) => w.macros_does_priority(urgency.words(w)),
        Does::Tag(tag) => w.macros_does_tag(tag),
        Does::Untag(tag) => w.macros_does_untag(tag),
        Does::Resolve => w.macros_resolve().to_owned(),
        Does::Reopen => w.macros_reopen().to_owned(),
        Does::Snooze(words) => w.macros_does_snooze(words),
    });
    words.collect::<Vec<_>>().join(", ")
}
