//! The order that wakes a conversation when its time has come.

use super::{ConversationId, store};
use crate::{
    App, Desk, Error, Event, Result, WorkspaceId,
    jobs::{Done, Handler},
};
use async_trait::async_trait;
use base::queue::{Claimed, JobError, NewJob};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

const KIND: &str = "wake_conversation";

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Order {
    conversation: ConversationId,
    until: Timestamp,
}

pub(super) async fn order(desk: &mut Desk<'_>, conversation: ConversationId, until: Timestamp) -> Result<()> {
    let payload = serde_json::to_string(&Order { conversation, until }).map_err(Error::internal)?;
    desk.enqueue(NewJob { kind: KIND, payload, run_at: until, dedupe_key: None }).await
}

/// Wakes a conversation, unless it has been put off to another moment since.
pub struct WakeConversation;

#[async_trait]
impl Handler for WakeConversation {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let order: Order = serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
        let workspace = WorkspaceId(job.workspace_id);
        let woken =
            app.write(workspace.as_system(), move |desk| Box::pin(async move { wake(desk, order).await })).await;
        match woken {
            Ok(()) | Err(Error::NotFound) => Ok(Done::Effects),
            Err(error) => Err(error.into()),
        }
    }
}

async fn wake(desk: &mut Desk<'_>, order: Order) -> Result<()> {
    let before = store::lock_any(desk, order.conversation).await?;
    let mut after = before.clone();
    if before.snoozed_until == Some(order.until) && after.wake_if_due(desk.now()) {
        store::save(desk, &before, &after).await?;
        desk.emit(Event::Woken { conversation: order.conversation });
    }
    Ok(())
}
