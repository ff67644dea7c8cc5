//! Signing in and out. A session's token is 32 random bytes, prefixed by the workspace; the store keeps its SHA-256 only.

use super::{
    AgentId, Preferences, Role, password,
    rules::{self, normalize_email},
    store::{self, SessionRow},
};
use crate::{Actor, App, Desk, Error, Result, Scope, WorkspaceId};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Where a sign-in comes from.
#[derive(Debug, Clone, Default)]
pub struct Client {
    /// Network address.
    pub ip: String,
    /// What the browser calls itself.
    pub user_agent: String,
}

/// Who looks at a page.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// Their workspace.
    pub workspace: WorkspaceId,
    /// Who they are.
    pub agent_id: AgentId,
    /// Their sign-in address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// How they want their desk.
    pub preferences: Preferences,
    /// Which session this is.
    pub token_hash: [u8; 32],
}

impl Viewer {
    /// The scope of what they do.
    pub fn scope(&self) -> Scope {
        Scope { workspace: self.workspace, actor: Actor::Agent(self.agent_id) }
    }
}

/// Signs in and returns the session's token.
///
/// # Errors
/// [`Error::Invalid`] with `password` = `wrong`, the same whether the address or the password is; [`Error::Throttled`].
pub async fn sign_in(app: &App, email: &str, password: &str, client: Client) -> Result<String> {
    let workspace = app.workspace().await?.ok_or(Error::NotFound)?;
    let email = normalize_email(email);
    let keys = [format!("account:{email}"), format!("ip:{}", client.ip)];
    let (wanted, throttles) = (email.clone(), keys.clone());
    let found = app
        .read(workspace.as_system(), move |desk| {
            Box::pin(async move {
                for key in &throttles {
                    if let Some((failures, last)) = store::failures(desk, key).await?
                        && let Some(wait) = rules::throttle(failures, last, desk.now())
                    {
                        return Err(Error::Throttled(wait));
                    }
                }
                let agent = store::find_by_email(desk, &wanted).await?.filter(|agent| agent.active);
                Ok(match agent {
                    Some(agent) => Some((agent.id, store::password_hash(desk, agent.id).await?)),
                    None => None,
                })
            })
        })
        .await?;
    let right = match &found {
        Some((_, hash)) => password::verify(app, password, hash).await?,
        None => password::verify_nobody(app, password).await?,
    };
    let Some((agent_id, _)) = found.filter(|_| right) else {
        app.write(workspace.as_system(), move |desk| {
            Box::pin(async move {
                for key in &keys {
                    store::add_failure(desk, key).await?;
                }
                Ok(())
            })
        })
        .await?;
        return Err(Error::field("password", "wrong"));
    };
    let secret = base::random::bytes::<32>();
    let token_hash = hash(&secret);
    app.write(workspace.as_system(), move |desk| {
        Box::pin(async move {
            store::forget_failures(desk, &keys[0]).await?;
            store::insert_session(desk, token_hash, agent_id, &client, desk.now() + rules::SESSION_LENGTH).await
        })
    })
    .await?;
    let mut token = workspace.0.as_bytes().to_vec();
    token.extend_from_slice(&secret);
    Ok(URL_SAFE_NO_PAD.encode(token))
}

/// Who this token belongs to; none when it is unknown, ended or expired. Prolongs the session now and then.
///
/// # Errors
/// The store's.
pub async fn check_session(app: &App, token: &str) -> Result<Option<Viewer>> {
    let Some((workspace, token_hash)) = parse(token) else { return Ok(None) };
    let found = app
        .read(workspace.as_system(), move |desk| Box::pin(async move { store::find_session(desk, token_hash).await }))
        .await?;
    let now = app.now();
    let Some(row) = found.filter(|row| row.active && row.expires_at > now) else { return Ok(None) };
    if now.duration_since(row.last_seen_at) > rules::SESSION_TOUCH {
        app.write(workspace.as_system(), move |desk| {
            Box::pin(async move { store::touch_session(desk, token_hash, desk.now() + rules::SESSION_LENGTH).await })
        })
        .await?;
    }
    Ok(Some(Viewer {
        workspace,
        agent_id: row.agent_id,
        email: row.email,
        name: row.name,
        role: row.role,
        preferences: serde_json::from_str(&row.preferences).unwrap_or_default(),
        token_hash,
    }))
}

/// Ends one session.
///
/// # Errors
/// The store's.
pub async fn sign_out(app: &App, viewer: &Viewer) -> Result<()> {
    let token_hash = viewer.token_hash;
    app.write(viewer.scope(), move |desk| Box::pin(async move { store::delete_session(desk, token_hash).await })).await
}

/// Ends all sessions of an agent, but for `keep`.
///
/// # Errors
/// The store's.
pub async fn sign_out_everywhere(desk: &mut Desk<'_>, agent: AgentId, keep: Option<[u8; 32]>) -> Result<()> {
    store::delete_sessions(desk, agent, keep).await
}

/// The sessions of an agent, newest first.
///
/// # Errors
/// The store's.
pub async fn sessions(desk: &mut Desk<'_>, agent: AgentId) -> Result<Vec<SessionRow>> {
    store::sessions(desk, agent).await
}

/// Removes what has expired: sessions and forgotten failures.
///
/// # Errors
/// The store's.
pub async fn prune_sessions(desk: &mut Desk<'_>) -> Result<()> {
    store::prune(desk, desk.now(), desk.now() - rules::FORGET_FAILURES_AFTER).await
}

fn hash(secret: &[u8]) -> [u8; 32] {
    Sha256::digest(secret).into()
}

fn parse(token: &str) -> Option<(WorkspaceId, [u8; 32])> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok().filter(|bytes| bytes.len() == 48)?;
    Some((WorkspaceId(Uuid::from_slice(&bytes[..16]).ok()?), hash(&bytes[16..])))
}
