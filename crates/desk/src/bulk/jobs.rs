//! The order to go on with a change to many.

use super::{Bulk, BulkId, go_on};
use crate::{
    Actor, App, Desk, Error, Result, Scope, WorkspaceId,
    jobs::{Done, Handler},
};
use async_trait::async_trait;
use base::queue::{Claimed, JobError, NewJob};
use serde::{Deserialize, Serialize};

const KIND: &str = "change_many";

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Order {
    bulk: BulkId,
}

pub(super) async fn order(desk: &mut Desk<'_>, bulk: BulkId) -> Result<()> {
    let payload = serde_json::to_string(&Order { bulk }).map_err(Error::internal)?;
    let run_at = desk.now();
    desk.enqueue(NewJob { kind: KIND, payload, run_at, dedupe_key: Some(bulk.to_string()) }).await
}

/// Changes, or takes back, one chunk after another, each in a unit of its own.
pub struct ChangeMany;

#[async_trait]
impl Handler for ChangeMany {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let order: Order = serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
        let workspace = WorkspaceId(job.workspace_id);
        let bulk: Bulk = app
            .read(workspace.as_system(), move |desk| {
                Box::pin(async move { super::store::find(desk, order.bulk).await })
            })
            .await?;
        let scope = Scope { workspace, actor: Actor::Agent(bulk.agent_id) };
        while app.write(scope, move |desk| Box::pin(async move { go_on(desk, order.bulk).await })).await? {}
        Ok(Done::Effects)
    }
}
