//! The order to go on with sending an answer to all.

use super::{SendId, sends};
use crate::{
    Actor, App, Desk, Error, Result, Scope, WorkspaceId,
    jobs::{Done, Handler},
};
use async_trait::async_trait;
use base::queue::{Claimed, JobError, NewJob};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

const KIND: &str = "answer_all";

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Order {
    send: SendId,
}

pub(super) async fn order(desk: &mut Desk<'_>, send: SendId, run_at: Timestamp) -> Result<()> {
    let payload = serde_json::to_string(&Order { send }).map_err(Error::internal)?;
    desk.enqueue(NewJob { kind: KIND, payload, run_at, dedupe_key: Some(send.to_string()) }).await
}

/// Answers one conversation after another, each in a unit of its own: one that fails takes nothing of the others with it, and what is
/// interrupted goes on where it was.
pub struct AnswerAll;

#[async_trait]
impl Handler for AnswerAll {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let Order { send } = serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
        let workspace = WorkspaceId(job.workspace_id);
        let agent = app
            .read(workspace.as_system(), move |desk| {
                Box::pin(async move { Ok(sends::find_send(desk, send).await?.agent_id) })
            })
            .await?;
        let scope = Scope { workspace, actor: Actor::Agent(agent) };
        loop {
            let went = app.write(scope, move |desk| Box::pin(async move { sends::go_on(desk, send).await })).await;
            let goes_on = match went {
                Ok(goes_on) => goes_on,
                // The store is away: nothing is wrong with the conversation.
                Err(error @ (Error::Unavailable(_) | Error::Retry)) => return Err(error.into()),
                Err(error) => {
                    tracing::warn!(%send, %error, "a conversation could not be given the common answer");
                    let reason = sends::reason_of(&error);
                    app.write(scope, move |desk| Box::pin(async move { sends::pass_by(desk, send, reason).await }))
                        .await?
                }
            };
            if !goes_on {
                return Ok(Done::Effects);
            }
        }
    }
}
