//! Messages to browsers: which ones take them, the key that signs for us, and the job that sends one.

use super::{Notification, NotificationId, Subscription, SubscriptionId, lines, store};
use crate::{
    App, Desk, Error, Result, Scope, WorkspaceId,
    jobs::{Done, Handler},
    people::{self, AgentId, Viewer},
    settings,
};
use async_trait::async_trait;
use base::{
    push::{self, Browser, PushError, Sender},
    queue::{Claimed, JobError, NewJob},
    secret::Owner,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const KIND: &str = "send_push";
const SETTING: &str = "push";
const MOST_BROWSERS: usize = 20;

#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// PKCS #8, sealed, in Base64.
    key: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Order {
    agent: AgentId,
    notification: NotificationId,
    subscription: SubscriptionId,
}

fn owner(workspace: WorkspaceId) -> Owner<'static> {
    Owner { purpose: "key for messages to browsers", workspace: workspace.0, row: Uuid::nil() }
}

/// The key that signs for a workspace; drawn when it is first asked for.
///
/// # Errors
/// The store's.
pub async fn sender(app: &App, workspace: WorkspaceId) -> Result<Sender> {
    let scope = workspace.as_system();
    let kept: Kept = app.read(scope, |desk| Box::pin(async move { settings::get(desk, SETTING).await })).await?;
    let sealed = match kept.key {
        Some(key) => key,
        None => {
            let fresh = push::new_key().map_err(Error::internal)?;
            let fresh = STANDARD.encode(app.key().seal(fresh.reveal(), owner(workspace)));
            app.write(scope, move |desk| Box::pin(async move { keep(desk, fresh).await })).await?
        }
    };
    let sealed = STANDARD.decode(sealed).map_err(Error::internal)?;
    let key = app.key().open(&sealed, owner(workspace)).map_err(Error::internal)?;
    Sender::open(key.reveal(), &contact(app, scope).await?).map_err(Error::internal)
}

/// Keeps a fresh key unless somebody was faster; returns the one that counts.
async fn keep(desk: &mut Desk<'_>, fresh: String) -> Result<String> {
    let kept: Kept = settings::get(desk, SETTING).await?;
    if let Some(key) = kept.key {
        return Ok(key);
    }
    settings::set(desk, SETTING, &Kept { key: Some(fresh.clone()) }).await?;
    Ok(fresh)
}

/// Whom push services write to when something is wrong: an owner.
async fn contact(app: &App, scope: Scope) -> Result<String> {
    let agents = app.read(scope, |desk| Box::pin(async move { people::agents(desk).await })).await?;
    let owner = agents.iter().filter(|agent| agent.active).max_by_key(|agent| agent.role);
    Ok(owner.map_or_else(|| "mailto:root@localhost".to_owned(), |agent| format!("mailto:{}", agent.email)))
}

/// A browser of the viewer takes messages from now on.
///
/// # Errors
/// [`Error::Invalid`]: `endpoint` is no push service's, or a key is none.
pub async fn subscribe(
    app: &App,
    viewer: &Viewer,
    endpoint: &str,
    p256dh: Vec<u8>,
    auth: Vec<u8>,
    browser: &str,
) -> Result<()> {
    if endpoint.len() > 2_000 || !push::is_service(endpoint, &app.push_services()) {
        return Err(Error::field("endpoint", "not_allowed"));
    }
    if auth.len() != 16 || push::encrypt(&p256dh, &auth, b"").is_err() {
        return Err(Error::field("key", "not_allowed"));
    }
    let new = Subscription {
        id: SubscriptionId(app.new_id()),
        endpoint: endpoint.to_owned(),
        p256dh,
        auth,
        browser: browser.chars().filter(|c| !c.is_control()).take(200).collect(),
        created_at: app.now(),
    };
    let agent = viewer.agent_id;
    app.write(viewer.scope(), move |desk| {
        Box::pin(async move {
            if store::subscriptions(desk, agent).await?.len() >= MOST_BROWSERS {
                return Err(Error::field("endpoint", "too_many"));
            }
            store::subscribe(desk, agent, &Sha256::digest(&new.endpoint), &new).await
        })
    })
    .await
}

/// A browser of the acting agent takes no messages any more.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn unsubscribe(desk: &mut Desk<'_>, id: SubscriptionId) -> Result<()> {
    store::unsubscribe(desk, desk.agent()?, id).await
}

/// The acting agent's browsers.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn browsers(desk: &mut Desk<'_>) -> Result<Vec<Subscription>> {
    store::subscriptions(desk, desk.agent()?).await
}

/// Orders a message to each browser of an agent: one job each, so that one that is away holds up no other.
pub(super) async fn order(desk: &mut Desk<'_>, agent: AgentId, notification: NotificationId) -> Result<()> {
    for browser in store::subscriptions(desk, agent).await? {
        let order = Order { agent, notification, subscription: browser.id };
        let payload = serde_json::to_string(&order).map_err(Error::internal)?;
        desk.enqueue(NewJob { kind: KIND, payload, run_at: desk.now(), dedupe_key: None }).await?;
    }
    Ok(())
}

/// Sends one notification to one browser.
pub struct SendPush;

#[async_trait]
impl Handler for SendPush {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let order: Order = serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
        let workspace = WorkspaceId(job.workspace_id);
        let scope = workspace.as_system();
        let (agent, id, to) = (order.agent, order.notification, order.subscription);
        let found = app
            .read(scope, move |desk| {
                Box::pin(async move {
                    let browser = store::subscriptions(desk, agent).await?.into_iter().find(|one| one.id == to);
                    let unread = |one: &Notification| one.read_at.is_none();
                    let notification = store::find(desk, agent, id).await?.filter(unread);
                    let (Some(browser), Some(notification)) = (browser, notification) else { return Ok(None) };
                    let line = lines(desk, &[notification]).await?.into_iter().next();
                    let agent = people::agent(desk, agent).await?;
                    Ok(line.filter(|_| agent.active).map(|line| (browser, line, agent)))
                })
            })
            .await?;
        // It was read meanwhile, or the browser is gone.
        let Some((browser, line, agent)) = found else { return Ok(Done::Effects) };
        let Some(wording) = app.wording() else { return Err(JobError::Retry("nobody finds the words".into())) };
        let text = wording.push(&agent, &line);
        if !push::is_service(&browser.endpoint, &app.push_services()) {
            return Err(JobError::Fail("it is no push service".into()));
        }
        let sender = sender(app, workspace).await?;
        let to_browser = Browser { endpoint: &browser.endpoint, p256dh: &browser.p256dh, auth: &browser.auth };
        // A topic is at most 32 letters: one for each conversation.
        let topic = line.conversation.0.simple().to_string();
        match sender.send(to_browser, &topic, text.as_bytes(), app.now()).await {
            Ok(()) => Ok(Done::Effects),
            Err(PushError::Gone) => {
                let (agent, id) = (agent.id, browser.id);
                let forget =
                    app.write(scope, move |desk| Box::pin(async move { store::unsubscribe(desk, agent, id).await }));
                forget.await?;
                Ok(Done::Effects)
            }
            Err(PushError::Unusable(why)) => Err(JobError::Fail(why)),
            Err(PushError::Unavailable(why)) => Err(JobError::Retry(why)),
        }
    }
}
