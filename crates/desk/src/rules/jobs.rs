//! Orders for later: rules look at what happened, at whose time has come, and at the past.

use super::{
    SimulationId,
    rules::look_at,
    running::{self, Next},
    simulation, waiting,
};
use crate::{
    App, Desk, Error, Result, Scope, WorkspaceId,
    desk::ForThese,
    jobs::{Done, Handler},
};
use async_trait::async_trait;
use base::queue::{Claimed, JobError, NewJob};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(super) const RUN_RULES: &str = "run_rules";
const RUN_DUE: &str = "run_due_rules";
const SIMULATE: &str = "simulate_rule";
/// So many whose time has come are read at once.
const AT_ONCE: i64 = 100;

/// The store is away: nothing is wrong with the rule.
fn is_passing(error: &Error) -> bool {
    matches!(error, Error::Unavailable(_) | Error::Retry)
}

/// Orders a look at what is due then; one look serves everything of the same minute.
pub(super) async fn order_look(desk: &mut Desk<'_>, due: Timestamp) -> Result<()> {
    let run_at = look_at(due, desk.now());
    let dedupe_key = Some(run_at.as_second().to_string());
    desk.enqueue(NewJob { kind: RUN_DUE, payload: String::new(), run_at, dedupe_key }).await
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Order {
    simulation: SimulationId,
}

/// Orders a look at the past.
pub(super) async fn order_simulation(desk: &mut Desk<'_>, simulation: SimulationId) -> Result<()> {
    let payload = serde_json::to_string(&Order { simulation }).map_err(Error::internal)?;
    let dedupe_key = Some(simulation.to_string());
    desk.enqueue_behind(NewJob { kind: SIMULATE, payload, run_at: desk.now(), dedupe_key }).await
}

/// Lets rules look at what happened.
pub struct RunRules;

#[async_trait]
impl Handler for RunRules {
    fn kind(&self) -> &'static str {
        RUN_RULES
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let order: ForThese = serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
        let scope = WorkspaceId(job.workspace_id).as_system();
        for id in order.ids {
            while go_on(app, scope, id).await? {}
        }
        Ok(Done::Effects)
    }
}

/// One rule after the other, each in a unit of its own: one that fails takes nothing of the others with it, and what is interrupted goes
/// on where it was. Whether there may be another one.
async fn go_on(app: &App, scope: Scope, id: Uuid) -> Result<bool> {
    let rule = match app.read(scope, move |desk| Box::pin(async move { running::next(desk, id).await })).await? {
        Next::Try(rule) => rule,
        Next::Gone => return Ok(false),
        Next::Nothing => {
            app.write(scope, move |desk| Box::pin(async move { running::end(desk, id).await })).await?;
            return Ok(false);
        }
    };
    let tried = app.write(scope, move |desk| Box::pin(async move { running::step(desk, id, rule).await })).await;
    let Err(error) = tried else { return Ok(true) };
    if is_passing(&error) {
        return Err(error);
    }
    let why = running::why(&error);
    app.write(scope, move |desk| Box::pin(async move { running::fail_step(desk, id, rule, &why).await })).await?;
    Ok(true)
}

/// Lets rules of time look at the conversations whose time has come.
pub struct RunDueRules;

#[async_trait]
impl Handler for RunDueRules {
    fn kind(&self) -> &'static str {
        RUN_DUE
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let scope = WorkspaceId(job.workspace_id).as_system();
        loop {
            let due = app.read(scope, |desk| Box::pin(async move { waiting::due(desk, AT_ONCE).await })).await?;
            if due.is_empty() {
                return Ok(Done::Effects);
            }
            for one in due {
                let came = app.write(scope, move |desk| Box::pin(async move { waiting::come(desk, one).await })).await;
                match came {
                    Ok(()) => {}
                    Err(error) if is_passing(&error) => return Err(error.into()),
                    Err(error) => {
                        let why = running::why(&error);
                        app.write(scope, move |desk| Box::pin(async move { waiting::fail(desk, one, &why).await }))
                            .await?;
                    }
                }
            }
        }
    }
}

/// Looks at what a rule would have done.
pub struct SimulateRule;

#[async_trait]
impl Handler for SimulateRule {
    fn kind(&self) -> &'static str {
        SIMULATE
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let order: Order = serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
        simulation::look(app, WorkspaceId(job.workspace_id).as_system(), order.simulation).await?;
        Ok(Done::Effects)
    }
}
