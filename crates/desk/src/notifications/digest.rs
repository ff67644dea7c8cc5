//! What somebody has not read, by e-mail: one digest at a time, at most once an hour, sent like every answer. It says that a program
//! wrote it (RFC 3834), so that nothing answers it by itself.

use super::{Line, NotificationId, letter::letter, lines, rules, sending_mailbox, store};
use crate::{
    App, Desk, Error, Result, Scope, WorkspaceId,
    channel::SendOutcome,
    jobs::{Done, Handler},
    mailboxes,
    people::{self, Agent, AgentId},
};
use async_trait::async_trait;
use base::{
    mail::Address,
    queue::{Claimed, JobError, MAX_ATTEMPTS, NewJob},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

const KIND: &str = "send_digest";

#[derive(Debug, Serialize, Deserialize)]
struct Order {
    agent: AgentId,
}

/// Orders the next digest, unless one is ordered already.
pub(super) async fn order(desk: &mut Desk<'_>, agent: AgentId) -> Result<()> {
    let (_, last) = store::state(desk, agent).await?;
    let payload = serde_json::to_string(&Order { agent }).map_err(Error::internal)?;
    let run_at = rules::digest_due(desk.now(), last);
    desk.enqueue(NewJob { kind: KIND, payload, run_at, dedupe_key: Some(agent.to_string()) }).await
}

/// Sends one digest.
pub struct SendDigest;

struct Digest {
    agent: Agent,
    lines: Vec<Line>,
    last: NotificationId,
    mailbox: mailboxes::MailboxId,
}

#[async_trait]
impl Handler for SendDigest {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let Order { agent } = serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
        let scope = WorkspaceId(job.workspace_id).as_system();
        let gathered = app.read(scope, move |desk| Box::pin(async move { gather(desk, agent).await })).await?;
        let Some(digest) = gathered else { return Ok(Done::Effects) };
        let Some(wording) = app.wording() else { return Err(JobError::Retry("nobody finds the words".into())) };
        let (subject, markdown) = wording.digest(&digest.agent, &digest.lines);
        let to = Address::new(Some(&digest.agent.name), &digest.agent.email);
        let outgoing = letter(app, scope, digest.mailbox, to, subject, markdown).await?;
        let channel = app.channel("email").ok_or_else(|| JobError::Retry("no channel email".into()))?;
        let (now, last) = (app.now(), digest.last);
        let outcome = channel.send(app, &outgoing, Box::pin(mark(app, scope, agent, last, now))).await;
        match outcome {
            SendOutcome::Sent(_) | SendOutcome::Unknown(_) => Ok(Done::Effects),
            SendOutcome::Deferred(reason) if job.attempts < MAX_ATTEMPTS => {
                unmark(app, scope, agent, now).await?;
                Err(JobError::Retry(reason.to_string()))
            }
            SendOutcome::Deferred(reason) | SendOutcome::Refused(reason) => Err(JobError::Fail(reason.to_string())),
        }
    }
}

/// What is still unread, for whom, and which mailbox it leaves from. None when there is nothing to say or no way to say it.
async fn gather(desk: &mut Desk<'_>, agent: AgentId) -> Result<Option<Digest>> {
    let agent = people::agent(desk, agent).await?;
    let unread = store::to_mail(desk, agent.id).await?;
    let (Some(last), true) = (unread.last().map(|one| one.id), agent.active) else { return Ok(None) };
    let Some(mailbox) = sending_mailbox(desk).await? else { return Ok(None) };
    let lines = lines(desk, &unread).await?;
    Ok(Some(Digest { agent, lines, last, mailbox }))
}

/// From here on it may have left: nobody gets the same digest twice.
async fn mark(app: &App, scope: Scope, agent: AgentId, last: NotificationId, now: Timestamp) -> Result<()> {
    app.write(scope, move |desk| Box::pin(async move { store::mark_mailed(desk, agent, last, now).await })).await
}

async fn unmark(app: &App, scope: Scope, agent: AgentId, at: Timestamp) -> Result<()> {
    app.write(scope, move |desk| Box::pin(async move { store::unmark_mailed(desk, agent, at).await })).await
}
