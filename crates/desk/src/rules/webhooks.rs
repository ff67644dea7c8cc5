//! Tells other programs: a signed request, tried again until it is taken or given up.

use super::{
    RuleId, RunId,
    running::{self, Occasion},
    store::{self, RuleOn},
};
use crate::{
    App, Desk, Error, Result, Scope, WorkspaceId,
    conversations::{self, ConversationId},
    customers,
    jobs::{Done, Handler},
    people,
};
use async_trait::async_trait;
use base::{
    queue::{Claimed, JobError, NewJob},
    secret::{self, Secret},
    web_client::{self, WebError},
};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use serde_json::json;

const KIND: &str = "send_webhook";
/// After so many attempts, some minutes, it counts as a failure of the rule; it is tried on for two days.
const PATIENCE: i32 = 6;

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Order {
    rule: RuleId,
    run: RunId,
    conversation: ConversationId,
    address: String,
    body: String,
}

/// Orders a request; its body is what is the case now, at every attempt.
pub(super) async fn order(
    desk: &mut Desk<'_>,
    rule: &RuleOn,
    run: RunId,
    occasion: &Occasion,
    address: &str,
) -> Result<()> {
    let c = conversations::find(desk, occasion.conversation).await?;
    let tags: Vec<String> = conversations::tags_of(desk, c.id).await?.into_iter().map(|tag| tag.name).collect();
    let assignee = match c.assignee_id {
        Some(agent) => Some(people::agent(desk, agent).await?),
        None => None,
    };
    let team = people::teams(desk).await?.into_iter().find(|team| Some(team.id) == c.team_id);
    let addresses = customers::addresses(desk, c.customer_id).await?;
    let event = occasion.cause.map_or_else(|since| format!("time.{}", since.word()), |cause| cause.word().to_owned());
    let body = json!({
        "delivery": run,
        "at": desk.now().to_string(),
        "event": event,
        "rule": { "id": rule.id, "name": rule.name, "version": rule.version },
        "conversation": {
            "id": c.id, "number": c.number, "subject": c.subject, "status": c.status.word(), "priority": c.priority.word(), "tags": tags,
            "assignee": assignee.map(|agent| json!({ "id": agent.id, "name": agent.name, "email": agent.email })),
            "team": team.map(|team| json!({ "id": team.id, "name": team.name })),
            "customer": { "id": c.customer_id, "name": c.customer_name, "email": addresses.first() },
            "created_at": c.created_at.to_string(), "last_activity_at": c.last_activity_at.to_string(),
        },
    });
    let order = Order { rule: rule.id, run, conversation: c.id, address: address.to_owned(), body: body.to_string() };
    let payload = serde_json::to_string(&order).map_err(Error::internal)?;
    desk.enqueue(NewJob { kind: KIND, payload, run_at: desk.now(), dedupe_key: None }).await
}

fn owner(workspace: WorkspaceId, id: RuleId) -> secret::Owner<'static> {
    secret::Owner { purpose: "rule webhook secret", workspace: workspace.0, row: id.0 }
}

/// What a rule's requests are signed with; drawn when it is asked for first.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Internal`] when it was sealed with another key.
pub async fn secret(app: &App, scope: Scope, id: RuleId) -> Result<Secret<String>> {
    let kept = app.read(scope, move |desk| Box::pin(async move { store::secret(desk, id).await })).await?;
    let sealed = match kept {
        Some(sealed) => sealed,
        None => keep(app, scope, id, false).await?,
    };
    app.key().open_text(&sealed, owner(scope.workspace, id)).map_err(Error::internal)
}

/// Draws another secret; what was signed with the old one is not believed any more.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn new_secret(app: &App, scope: Scope, id: RuleId) -> Result<()> {
    keep(app, scope, id, true).await.map(drop)
}

/// Keeps a fresh secret, or the one that somebody was faster to keep; returns it sealed.
async fn keep(app: &App, scope: Scope, id: RuleId, anew: bool) -> Result<Vec<u8>> {
    let fresh = Secret::new(format!("whsec_{}", HEXLOWER.encode(&base::random::bytes::<32>())));
    let sealed = app.key().seal(fresh.reveal().as_bytes(), owner(scope.workspace, id));
    app.write(scope, move |desk| {
        Box::pin(async move {
            store::lock(desk, id).await?;
            if let Some(known) = store::secret(desk, id).await?.filter(|_| !anew) {
                return Ok(known);
            }
            store::set_secret(desk, id, sealed.clone()).await?;
            Ok(sealed)
        })
    })
    .await
}

/// Posts what a rule tells another program.
pub struct SendWebhook;

#[async_trait]
impl Handler for SendWebhook {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let order: Order = serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
        let scope = WorkspaceId(job.workspace_id).as_system();
        let secret = secret(app, scope, order.rule).await?;
        let headers = [
            ("rapport-signature", web_client::signature(&secret, app.now(), &order.body)),
            ("rapport-delivery", order.run.to_string()),
        ];
        let (rule, run, conversation) = (order.rule, order.run, order.conversation);
        let Err(error) = web_client::post(&order.address, &headers, order.body).await else {
            app.write(scope, move |desk| Box::pin(async move { running::earn(desk, rule).await })).await?;
            return Ok(Done::Effects);
        };
        let is_over = matches!(error, WebError::Refused(_));
        if job.attempts == PATIENCE || (is_over && job.attempts < PATIENCE) {
            let why = format!("webhook:{error}");
            let failed = app.write(scope, move |desk| {
                let why = why.clone();
                Box::pin(async move {
                    store::fail_run(desk, run, &why).await?;
                    running::spend(desk, rule, conversation, &why).await
                })
            });
            failed.await?;
        }
        // What is refused stays among the failed jobs, where a person can order it again.
        Err(if is_over { JobError::Fail(error.to_string()) } else { JobError::Retry(error.to_string()) })
    }
}
