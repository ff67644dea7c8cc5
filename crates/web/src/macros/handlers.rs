//! Making, changing and deleting macros.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use desk::conversations::{Priority, Status};
use desk::macros::{self, Actions, Assignee, Belongs, MacroId, NewMacro, OwnVariable, ToTeam};
use desk::people::{self, AgentId};
use desk::{Error, FieldError};
use http::StatusCode;
use words::Words;

use super::pages::{self, Form, Listed};
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::load;
use crate::inbox::shapes::Choices;
use crate::visit::{Visit, back_to};

const HERE: &str = "/settings/macros";

/// `GET /settings/macros`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    list_page(&visit, None, StatusCode::OK).await
}

/// `POST /settings/macros/language`: in which language the desk writes where a customer's is not known.
pub(crate) async fn set_language(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let standard = fields.text("language");
    match visit.write(move |desk| Box::pin(async move { macros::set_languages(desk, &standard).await })).await {
        Ok(()) => Ok(back_to(HERE, "saved")),
        Err(Refusal(Error::Invalid(_))) => {
            let w = visit.reader.words;
            let filled = fields.refused(w, &[]).wrong("language", w.macros_language_about());
            list_page(&visit, Some(filled), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

async fn list_page(visit: &Visit, filled: Option<Filled>, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let say = visit.reader.words;
    let (listed, standard) = visit
        .read(move |desk| {
            Box::pin(async move {
                let (choices, _) = load::choices(desk, say).await?;
                let languages = macros::languages_by_macro(desk).await?;
                let all = macros::usable(desk).await?;
                let listed = all.iter().map(|one| listed(one, &languages, &choices)).collect::<Vec<_>>();
                Ok((listed, macros::languages(desk).await?.standard))
            })
        })
        .await?;
    let filled = filled.unwrap_or_else(|| Filled::default().with("language", standard));
    Ok((status, pages::list(&screen, &listed, &filled)).into_response())
}

fn listed(
    one: &macros::Macro,
    languages: &std::collections::HashMap<MacroId, Vec<String>>,
    choices: &Choices,
) -> Listed {
    let team = |id: String| choices.teams.iter().find(|team| team.id == id).map(|team| team.name.clone());
    Listed {
        id: one.id.to_string(),
        name: one.name.clone(),
        folder: one.folder.clone(),
        belongs: match one.belongs() {
            Belongs::Everyone => pages::Whose::Everyone,
            Belongs::Team(id) => pages::Whose::Team(team(id.to_string()).unwrap_or_default()),
            Belongs::Personal(_) => pages::Whose::Mine,
        },
        languages: languages.get(&one.id).cloned().unwrap_or_default(),
        acts: !one.actions().is_empty(),
        figures: (one.used, one.edited, one.reopened),
    }
}

/// `GET /settings/macros/new`
pub(crate) async fn new(visit: Visit) -> Result<Response, Refusal> {
    let standard = visit.read(|desk| Box::pin(async move { macros::languages(desk).await })).await?.standard;
    let filled = Filled::default().with("language", standard);
    form_page(&visit, None, vec![(0, String::new())], filled, true, StatusCode::OK).await
}

/// `POST /settings/macros`
pub(crate) async fn create(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    save_form(visit, None, fields).await
}

/// `GET /settings/macros/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<MacroId>) -> Result<Response, Refusal> {
    let (found, texts, may_change) =
        visit.read(move |desk| Box::pin(async move { macros::find(desk, id).await })).await?;
    let actions = found.actions();
    let mut filled = Filled::default()
        .with("name", &found.name)
        .with("folder", &found.folder)
        .with("belongs", belongs_word(found.belongs()))
        .with("assignee", assignee_word(actions.assignee))
        .with("team", team_word(actions.team))
        .with("priority", actions.priority.map_or("", Priority::word))
        .with("status", actions.status.map_or("", Status::word))
        .with("snooze", actions.snooze.clone().unwrap_or_default())
        .with("tags", actions.tags.join(", "))
        .with("untags", actions.untags.join(", "));
    for (at, (language, text)) in texts.iter().enumerate() {
        filled = filled.with(&format!("language-{at}"), language).with(&format!("text-{at}"), text);
    }
    let rows = texts.iter().enumerate().map(|(at, (language, _))| (at, language.clone())).collect();
    form_page(&visit, Some(id), rows, filled, may_change, StatusCode::OK).await
}

/// `POST /settings/macros/{id}`
pub(crate) async fn save(visit: Visit, Path(id): Path<MacroId>, fields: Fields) -> Result<Response, Refusal> {
    save_form(visit, Some(id), fields).await
}

/// `POST /settings/macros/{id}/deletion`
pub(crate) async fn delete(visit: Visit, Path(id): Path<MacroId>) -> Result<Response, Refusal> {
    visit.write(move |desk| Box::pin(async move { macros::delete(desk, id).await })).await?;
    Ok(back_to(HERE, "deleted"))
}

async fn save_form(visit: Visit, id: Option<MacroId>, fields: Fields) -> Result<Response, Refusal> {
    let texts = texts_of(&fields);
    let entered = entered(&fields, &texts, visit.viewer.agent_id);
    let rows: Vec<(usize, String)> = texts.iter().enumerate().map(|(at, (l, _))| (at, l.clone())).collect();
    let own = visit.read(|desk| Box::pin(async move { macros::own_variables(desk).await })).await?;
    if fields.get("then") == "preview" {
        let filled = refilled(visit.reader.words, &fields, &texts, &own, &[]);
        return form_page(&visit, id, rows, filled, true, StatusCode::OK).await;
    }
    let saved = visit
        .write(move |desk| {
            Box::pin(async move {
                match id {
                    Some(id) => macros::update(desk, id, entered).await,
                    None => macros::create(desk, entered).await.map(drop),
                }
            })
        })
        .await;
    match saved {
        Ok(()) => Ok(back_to(HERE, "saved")),
        Err(Refusal(Error::Invalid(problems))) => {
            let filled = refilled(visit.reader.words, &fields, &texts, &own, &problems);
            form_page(&visit, id, rows, filled, true, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// The texts of the form: those there were, and the one in a further language.
fn texts_of(fields: &Fields) -> Vec<(String, String)> {
    let numbered = (0..100).map_while(|at| {
        let text = format!("text-{at}");
        fields.has(&text).then(|| (fields.text(&format!("language-{at}")), fields.text(&text)))
    });
    let further = Some((fields.text("language"), fields.text("text"))).filter(|(_, text)| !text.trim().is_empty());
    numbered.chain(further).collect()
}

/// The form as it comes back, every text in a field of its own.
fn refilled(
    w: Words,
    fields: &Fields,
    texts: &[(String, String)],
    own: &[OwnVariable],
    problems: &[FieldError],
) -> Filled {
    let kept = fields.0.iter().filter(|(name, _)| !name.starts_with("text") && !name.starts_with("language"));
    let mut filled = kept.fold(Filled::default(), |filled, (name, value)| filled.with(name, value));
    for (at, (language, text)) in texts.iter().enumerate() {
        filled = filled.with(&format!("language-{at}"), language).with(&format!("text-{at}"), text);
    }
    for problem in problems {
        let words = match (problem.field, problem.problem) {
            ("text", "unknown_variable") => {
                let unknown = texts.iter().flat_map(|(_, text)| macros::unknown_variables(text, own)).next();
                w.macros_unknown_variable(unknown.unwrap_or_default())
            }
            ("text", "required") => w.macros_text_required().to_owned(),
            ("snooze", "with_resolve") => w.macros_snooze_with_resolve().to_owned(),
            ("snooze", _) => w.snooze_not_understood().to_owned(),
            ("language", _) => w.macros_language_wrong().to_owned(),
            _ => crate::fields::words(w, problem).to_owned(),
        };
        // Which of the texts it is, the words say.
        let field = if matches!(problem.field, "text" | "language") { "" } else { problem.field };
        filled = filled.wrong(field, words);
    }
    filled
}

fn entered(fields: &Fields, texts: &[(String, String)], me: AgentId) -> NewMacro {
    let tags = |name: &str| fields.get(name).split(',').map(str::to_owned).collect();
    NewMacro {
        name: fields.text("name"),
        folder: fields.text("folder"),
        belongs: match fields.get("belongs") {
            "everyone" => Belongs::Everyone,
            other => {
                other.strip_prefix("team-").and_then(|id| id.parse().ok()).map_or(Belongs::Personal(me), Belongs::Team)
            }
        },
        texts: texts.to_vec(),
        actions: Actions {
            assignee: match fields.get("assignee") {
                "" => None,
                "me" => Some(Assignee::Me),
                "nobody" => Some(Assignee::Nobody),
                id => id.parse().ok().map(Assignee::Agent),
            },
            team: match fields.get("team") {
                "" => None,
                "none" => Some(ToTeam::None),
                id => id.parse().ok().map(ToTeam::Team),
            },
            priority: fields.get("priority").parse().ok(),
            status: fields.get("status").parse().ok().filter(|to| matches!(to, Status::Open | Status::Resolved)),
            snooze: Some(fields.text("snooze")).filter(|words| !words.trim().is_empty()),
            tags: tags("tags"),
            untags: tags("untags"),
        },
    }
}

fn belongs_word(belongs: Belongs) -> String {
    match belongs {
        Belongs::Everyone => "everyone".to_owned(),
        Belongs::Team(id) => format!("team-{id}"),
        Belongs::Personal(_) => "me".to_owned(),
    }
}

fn assignee_word(assignee: Option<Assignee>) -> String {
    match assignee {
        None => String::new(),
        Some(Assignee::Me) => "me".to_owned(),
        Some(Assignee::Nobody) => "nobody".to_owned(),
        Some(Assignee::Agent(id)) => id.to_string(),
    }
}

fn team_word(team: Option<ToTeam>) -> String {
    match team {
        None => String::new(),
        Some(ToTeam::None) => "none".to_owned(),
        Some(ToTeam::Team(id)) => id.to_string(),
    }
}

async fn form_page(
    visit: &Visit,
    id: Option<MacroId>,
    rows: Vec<(usize, String)>,
    filled: Filled,
    may_change: bool,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (admin, say) = (screen.me.admin, visit.reader.words);
    let (choices, asker, names, all) = visit
        .read(move |desk| {
            Box::pin(async move {
                let (choices, _) = load::choices(desk, say).await?;
                let teams = people::teams(desk).await?;
                Ok((
                    choices,
                    macros::asker(desk).await?,
                    desk.workspace_name().await?,
                    (macros::usable(desk).await?, teams, macros::own_variables(desk).await?),
                ))
            })
        })
        .await?;
    let (usable, teams, own_variables) = all;
    let mut folders: Vec<String> = usable.into_iter().map(|one| one.folder).filter(|name| !name.is_empty()).collect();
    folders.dedup();
    let own = teams.iter().filter(|team| admin || asker.teams.contains(&team.id));
    let form = Form {
        id: id.map(|id| id.to_string()),
        rows,
        teams: own.map(|team| (format!("team-{}", team.id), team.name.clone())).collect(),
        choices,
        folders,
        desk: names,
        own_variables,
        may_change,
    };
    Ok((status, pages::form(&screen, &form, &filled)).into_response())
}
