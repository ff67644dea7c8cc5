//! Adding and changing agents.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use desk::people::{self, Agent, AgentChange, AgentId, NewAgent, Role};
use desk::{Error, FieldError};
use http::StatusCode;
use words::Words;

use super::pages::{self, AgentShown};
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::visit::{Visit, back_to};

const HERE: &str = "/settings/people";

/// `GET /settings/people`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let agents = visit.read(|desk| Box::pin(async move { people::agents(desk).await })).await?;
    let mine = visit.viewer.role;
    let agents: Vec<AgentShown> =
        agents.iter().map(|agent| AgentShown { manageable: mine.may_manage(agent.role), ..shown(agent) }).collect();
    Ok(pages::list(&screen, &agents).into_response())
}

/// `GET /settings/people/new`
pub(crate) async fn new(visit: Visit) -> Result<Response, Refusal> {
    let filled = Filled::default().with("role", "agent");
    Ok(pages::new(&visit.screen().await?, &filled, &roles(visit.reader.words, visit.viewer.role)).into_response())
}

/// `POST /settings/people`
pub(crate) async fn create(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let agent = NewAgent { email: fields.text("email"), name: fields.text("name"), role: role(&fields)? };
    match people::add_agent(visit.web.app(), visit.scope(), agent, fields.get("password")).await {
        Ok(_) => Ok(back_to(HERE, "added")),
        Err(Error::Invalid(problems)) => {
            let page = pages::new(
                &visit.screen().await?,
                &fields.refused(visit.reader.words, &problems),
                &roles(visit.reader.words, visit.viewer.role),
            );
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /settings/people/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<AgentId>) -> Result<Response, Refusal> {
    let agent = find(&visit, id).await?;
    page(&visit, &agent, filled(&agent), StatusCode::OK).await
}

/// `POST /settings/people/{id}`
pub(crate) async fn save(visit: Visit, Path(id): Path<AgentId>, fields: Fields) -> Result<Response, Refusal> {
    let change = AgentChange {
        name: Some(fields.text("name")),
        email: Some(fields.text("email")),
        role: Some(role(&fields)?),
        active: None,
    };
    let saved = visit.write(move |desk| Box::pin(async move { people::update_agent(desk, id, change).await })).await;
    answer(&visit, id, saved, "saved", &fields).await
}

/// `POST /settings/people/{id}/password`
pub(crate) async fn reset_password(visit: Visit, Path(id): Path<AgentId>, fields: Fields) -> Result<Response, Refusal> {
    let reset = people::reset_password(visit.web.app(), visit.scope(), id, fields.get("password")).await;
    answer(&visit, id, reset.map_err(Refusal), "password", &fields).await
}

/// `POST /settings/people/{id}/deactivation`
pub(crate) async fn deactivate(visit: Visit, Path(id): Path<AgentId>) -> Result<Response, Refusal> {
    set_active(&visit, id, false).await
}

/// `POST /settings/people/{id}/activation`
pub(crate) async fn activate(visit: Visit, Path(id): Path<AgentId>) -> Result<Response, Refusal> {
    set_active(&visit, id, true).await
}

async fn set_active(visit: &Visit, id: AgentId, active: bool) -> Result<Response, Refusal> {
    let change = AgentChange { active: Some(active), ..AgentChange::default() };
    let saved = visit.write(move |desk| Box::pin(async move { people::update_agent(desk, id, change).await })).await;
    let done = if active { "activated" } else { "deactivated" };
    answer(visit, id, saved, done, &Fields::default()).await
}

/// Back to the agent's page: with what was done, or with what was wrong.
async fn answer(
    visit: &Visit,
    id: AgentId,
    result: Result<(), Refusal>,
    done: &str,
    fields: &Fields,
) -> Result<Response, Refusal> {
    let say = visit.reader.words;
    let wrong = match result {
        Ok(()) => return Ok(back_to(&format!("{HERE}/{id}"), done)),
        Err(Refusal(Error::Invalid(problems))) => problems,
        Err(Refusal(Error::Conflict(_))) => vec![FieldError { field: "", problem: "last_owner" }],
        Err(other) => return Err(other),
    };
    let agent = find(visit, id).await?;
    let mut filled = filled(&agent);
    for (name, value) in &fields.0 {
        filled = filled.with(name, value);
    }
    for problem in &wrong {
        let words = match problem.problem {
            "last_owner" => say.people_last_owner(),
            _ => crate::fields::words(say, problem),
        };
        filled = filled.wrong(problem.field, words);
    }
    page(visit, &agent, filled, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn find(visit: &Visit, id: AgentId) -> Result<Agent, Refusal> {
    visit.read(move |desk| Box::pin(async move { people::agent(desk, id).await })).await
}

async fn page(visit: &Visit, agent: &Agent, filled: Filled, status: StatusCode) -> Result<Response, Refusal> {
    let page =
        pages::edit(&visit.screen().await?, &shown(agent), &filled, &roles(visit.reader.words, visit.viewer.role));
    Ok((status, page).into_response())
}

fn filled(agent: &Agent) -> Filled {
    Filled::default().with("name", &agent.name).with("email", &agent.email).with("role", role_value(agent.role))
}

fn shown(agent: &Agent) -> AgentShown {
    AgentShown {
        id: agent.id.to_string(),
        name: agent.name.clone(),
        email: agent.email.clone(),
        role: role_value(agent.role).to_owned(),
        active: agent.active,
        manageable: true,
    }
}

pub(super) fn role(fields: &Fields) -> Result<Role, Refusal> {
    fields.get("role").parse().map_err(|_| Refusal(Error::field("role", "not_allowed")))
}

fn role_value(role: Role) -> &'static str {
    match role {
        Role::Agent => "agent",
        Role::Admin => "admin",
        Role::Owner => "owner",
    }
}

/// The roles that somebody of `mine` can give.
pub(super) fn roles(say: Words, mine: Role) -> Vec<(String, String)> {
    [Role::Agent, Role::Admin, Role::Owner]
        .into_iter()
        .filter(|role| mine.may_manage(*role))
        .map(|role| (role_value(role).to_owned(), pages::role_words(say, role_value(role)).to_owned()))
        .collect()
}
