//! Making and changing teams.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use desk::Error;
use desk::people::{self, AgentId, TeamId};
use http::StatusCode;

use super::pages::{self, TeamShown};
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::shapes::Named;
use crate::visit::{Visit, back_to};

const HERE: &str = "/settings/teams";

/// `GET /settings/teams`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    list_page(&visit, Filled::default(), StatusCode::OK).await
}

/// `POST /settings/teams`
pub(crate) async fn create(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let name = fields.text("name");
    match visit.write(move |desk| Box::pin(async move { people::create_team(desk, &name).await })).await {
        Ok(id) => Ok(back_to(&format!("{HERE}/{id}"), "added")),
        Err(Refusal(Error::Invalid(problems))) => {
            list_page(&visit, fields.refused(visit.reader.words, &problems), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// `GET /settings/teams/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<TeamId>) -> Result<Response, Refusal> {
    edit_page(&visit, id, None, StatusCode::OK).await
}

/// `POST /settings/teams/{id}`
pub(crate) async fn save(visit: Visit, Path(id): Path<TeamId>, fields: Fields) -> Result<Response, Refusal> {
    let name = fields.text("name");
    let members: Vec<AgentId> = fields.all("member").iter().filter_map(|member| member.parse().ok()).collect();
    let saved = visit
        .write(move |desk| {
            Box::pin(async move {
                people::rename_team(desk, id, &name).await?;
                people::set_team_members(desk, id, &members).await
            })
        })
        .await;
    match saved {
        Ok(()) => Ok(back_to(HERE, "saved")),
        Err(Refusal(Error::Invalid(problems))) => {
            edit_page(&visit, id, Some(fields.refused(visit.reader.words, &problems)), StatusCode::UNPROCESSABLE_ENTITY)
                .await
        }
        Err(other) => Err(other),
    }
}

/// `POST /settings/teams/{id}/deletion`
pub(crate) async fn delete(visit: Visit, Path(id): Path<TeamId>) -> Result<Response, Refusal> {
    let say = visit.reader.words;
    match visit.write(move |desk| Box::pin(async move { people::delete_team(desk, id).await })).await {
        Ok(()) => Ok(back_to(HERE, "deleted")),
        Err(Refusal(Error::Conflict(_))) => {
            let team = find(&visit, id).await?.0;
            let words = say.teams_in_use();
            let filled = Filled::default().with("name", team.name).wrong("", words);
            edit_page(&visit, id, Some(filled), StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

async fn list_page(visit: &Visit, filled: Filled, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (teams, _) = all(visit).await?;
    Ok((status, pages::list(&screen, &teams, &filled)).into_response())
}

async fn edit_page(visit: &Visit, id: TeamId, filled: Option<Filled>, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (team, agents) = find(visit, id).await?;
    let filled = filled.unwrap_or_else(|| Filled::default().with("name", &team.name));
    Ok((status, pages::edit(&screen, &team, &agents, &filled)).into_response())
}

async fn find(visit: &Visit, id: TeamId) -> Result<(TeamShown, Vec<Named>), Refusal> {
    let (teams, agents) = all(visit).await?;
    let team = teams.into_iter().find(|team| team.id == id.to_string()).ok_or(Refusal(Error::NotFound))?;
    Ok((team, agents))
}

/// All teams with their members, and the agents who could be.
async fn all(visit: &Visit) -> Result<(Vec<TeamShown>, Vec<Named>), Refusal> {
    let (teams, members, agents) = visit
        .read(|desk| {
            Box::pin(async move {
                Ok((people::teams(desk).await?, people::team_members(desk).await?, people::agents(desk).await?))
            })
        })
        .await?;
    let named = |id: AgentId| agents.iter().find(|agent| agent.id == id).map(|agent| named(agent.id, &agent.name));
    let shown = teams.iter().map(|team| TeamShown {
        id: team.id.to_string(),
        name: team.name.clone(),
        members: members.iter().filter(|(of, _)| *of == team.id).filter_map(|(_, member)| named(*member)).collect(),
    });
    let shown = shown.collect();
    let active = agents.iter().filter(|agent| agent.active).map(|agent| self::named(agent.id, &agent.name)).collect();
    Ok((shown, active))
}

fn named(id: AgentId, name: &str) -> Named {
    Named { id: id.to_string(), name: name.to_owned() }
}
