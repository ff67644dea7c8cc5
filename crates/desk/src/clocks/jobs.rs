//! The order to bring all clocks up to date after policies or hours were changed.

use super::{keep, store};
use crate::{
    App, Desk, Result, WorkspaceId,
    conversations::Status,
    jobs::{Done, Handler},
};
use async_trait::async_trait;
use base::queue::{Claimed, JobError, NewJob};

const KIND: &str = "settle_all_clocks";
/// So many conversations are one unit of work.
const AT_ONCE: i64 = 50;

pub(super) async fn order(desk: &mut Desk<'_>) -> Result<()> {
    let run_at = desk.now();
    desk.enqueue_behind(NewJob { kind: KIND, payload: "{}".to_owned(), run_at, dedupe_key: None }).await
}

/// Brings the clocks of everything that is open or put off up to date with the policies. Nobody is notified of what is late already: it was late before there
/// was a target.
pub struct SettleAll;

#[async_trait]
impl Handler for SettleAll {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let scope = WorkspaceId(job.workspace_id).as_system();
        for status in [Status::Open, Status::Snoozed] {
            let mut before = None;
            loop {
                let page = app
                    .write(scope, move |desk| {
                        Box::pin(async move {
                            let page = store::unsettled(desk, status, before, AT_ONCE).await?;
                            let ids = page.iter().map(|(_, id)| *id).collect();
                            keep::settle_quietly(desk, &ids).await?;
                            Ok(page)
                        })
                    })
                    .await?;
                if page.len() < usize::try_from(AT_ONCE).unwrap_or(usize::MAX) {
                    break;
                }
                before = page.last().copied();
            }
        }
        Ok(Done::Effects)
    }
}
