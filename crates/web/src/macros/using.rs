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

use crate::components::page::{Area, Screen, desk};
use crate::components::{Icon, icon, small_icon};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::actions::{answer, find};
use crate::inbox::load::Names;
use crate::inbox::shapes::{PendingMacro, Thread, Urgency};
use crate::inbox::{load, view};
use crate::live::ops::conversation_ops;
use crate::visit::{Visit, back_to};
use crate::words::Words;

/// What the list is narrowed down to.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
}

/// `GET /c/{number}/macros`: the macros that can be used; a script gets them as JSON.
pub(crate) async fn choose(visit: Visit, Path(number): Path<i64>, Query(wanted): Query<Wanted>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (names, all) = visit
        .read(|desk| {
            Box::pin(async move {
                let (_, names) = load::choices(desk).await?;
                Ok((names, macros::usable(desk).await?))
            })
        })
        .await?;
    let me = visit.viewer.agent_id.to_string();
    let shown = all.iter().map(|one| Choice {
        id: one.id.to_string(),
        name: one.name.clone(),
        folder: one.folder.clone(),
        does: actions_words(&one.actions(), &names, &me),
    });
    if visit.fragment.is_some() {
        let all = shown.map(|one| json!({ "id": one.id, "name": one.name, "folder": one.folder, "does": one.does.join(", ") }));
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
    does: Vec<String>,
}

fn page(screen: &Screen, number: i64, wanted: &str, choices: &[Choice]) -> Markup {
    let w = Words;
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
                            div.main { span.title dir="auto" { (one.name) } span.detail dir="auto" { (one.folder) @if !one.folder.is_empty() && !one.does.is_empty() { " · " } (one.does.join(", ")) } }
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
    let w = Words;
    match used {
        Used::PutIn { filled, language, wanted } => {
            let note = wanted.map(|wanted| w.macros_in_language(&language, &wanted));
            let from = view::parse(fields.get("in")).unwrap_or(conversations::View::Open);
            let thread = visit.read(move |desk| Box::pin(async move { load::thread(desk, number, from).await })).await?.0;
            let pending = pending(&thread).into_string();
            Ok(Json(json!({ "text": filled.text, "note": note, "pending": pending })).into_response())
        }
        Used::Done(run) => {
            let from = view::parse(fields.get("in")).unwrap_or(conversations::View::Open);
            let ops = conversation_ops(&visit, number, Some(from)).await?;
            let undo = format!("/macro-runs/{run}/undo");
            Ok(Json(json!({ "done": w.macros_done(&name), "undo": undo, "undoLabel": w.macros_undo(), "ops": ops.ops })).into_response())
        }
    }
}

/// Puts a text behind what the acting agent has written so far.
async fn append(desk: &mut Desk<'_>, conversation: conversations::ConversationId, text: &str) -> Result<()> {
    let draft = conversations::draft(desk, conversation).await?;
    let kind = draft.as_ref().map_or(MessageKind::Outgoing, |draft| draft.kind);
    let before = draft.map(|draft| draft.body).filter(|body| !body.trim().is_empty());
    let body = before.map_or_else(|| text.to_owned(), |before| format!("{before}\n\n{text}"));
    conversations::save_draft(desk, conversation, kind, &body).await
}

/// `POST /c/{number}/macros/{id}/left-out`: its words stay in the draft, what it does is left out.
pub(crate) async fn leave_out(
    visit: Visit,
    Path((number, id)): Path<(i64, MacroId)>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let conversation = find(&visit, number).await?.id;
    visit.write(move |desk| Box::pin(async move { macros::leave_out(desk, conversation, id).await })).await?;
    answer(&visit, number, &fields).await
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
pub(crate) fn pending(thread: &Thread) -> Markup {
    let w = Words;
    html! {
        div.pending-macros id="part-macros" {
            @if thread.pending_macros.iter().any(|one| !one.does.is_empty()) {
                span.muted { (w.macros_with_send()) }
                @for one in thread.pending_macros.iter().filter(|one| !one.does.is_empty()) {
                    button.chip type="submit" formnovalidate formaction={ "/c/" (thread.number) "/macros/" (one.id) "/left-out" } data-leave-out
                        aria-label={ (one.does.join(", ")) ". " (w.macros_leave_out(&one.name)) } { span dir="auto" { (one.does.join(", ")) } (small_icon(Icon::Close)) }
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
            does: actions_words(&one.actions(), names, &me.to_string()),
            name: one.name,
        })
        .collect())
}

/// What a macro does, in words.
fn actions_words(actions: &Actions, names: &Names, me: &str) -> Vec<String> {
    let w = Words;
    let mut words = Vec::new();
    match actions.assignee {
        None => {}
        Some(Assignee::Nobody) => words.push(w.macros_does_unassign().to_owned()),
        Some(Assignee::Me) => words.push(w.macros_does_assign(w.macros_me())),
        Some(Assignee::Agent(id)) if id.to_string() == me => words.push(w.macros_does_assign(w.macros_me())),
        Some(Assignee::Agent(id)) => words.push(w.macros_does_assign(&names.agent(id).name)),
    }
    match actions.team {
        None => {}
        Some(ToTeam::None) => words.push(w.macros_does_no_team().to_owned()),
        Some(ToTeam::Team(id)) => words.push(w.macros_does_team(&names.team(id).name)),
    }
    if let Some(priority) = actions.priority {
        let urgency = Urgency::ALL.into_iter().find(|urgency| urgency.value() == priority.word());
        words.extend(urgency.map(|urgency| w.macros_does_priority(urgency.words())));
    }
    words.extend(actions.tags.iter().map(|tag| w.macros_does_tag(tag)));
    words.extend(actions.untags.iter().map(|tag| w.macros_does_untag(tag)));
    match actions.status {
        Some(conversations::Status::Resolved) => words.push(w.macros_resolve().to_owned()),
        Some(_) => words.push(w.macros_reopen().to_owned()),
        None => {}
    }
    words
}
