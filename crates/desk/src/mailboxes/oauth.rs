//! Opening a mailbox by a sign-in at its provider: the way there and back, and a fresh access token whenever one is needed.
//!
//! Tokens lie sealed beside the mailbox. Of several nodes one refreshes, holding a short lease, and the others wait for it:
//! providers that change the refresh token each time take a second use of the old one for theft.

use super::{Mailbox, MailboxId, opened, store};
use crate::{Actor, App, Desk, Error, Event, Result, Scope};
use base::{
    oauth::{self, OauthError, Tokens},
    secret::Owner,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// An access token is renewed so long before it ends.
const EARLY: SignedDuration = SignedDuration::from_secs(120);
/// One node may take so long to refresh; then another may try.
const LEASE: SignedDuration = SignedDuration::from_secs(45);
/// How often the others look whether it is done.
const LOOK: Duration = Duration::from_millis(250);
/// Somebody who has not said yes by then begins again.
const TIME_TO_SAY_YES: SignedDuration = SignedDuration::from_mins(15);

const ELSEWHERE: Error = Error::Conflict("this sign-in was begun elsewhere, or too long ago; begin it again");

/// What is sealed of a sign-in.
#[derive(Serialize, Deserialize)]
struct Kept {
    access: String,
    refresh: String,
}

/// What goes to the provider and comes back: proves that the browser that comes back is the one that we sent.
#[derive(Serialize, Deserialize)]
struct Journey {
    agent: uuid::Uuid,
    verifier: String,
    until: Timestamp,
}

/// Where to send the browser of somebody who manages the mailbox; they come back to `redirect` with a code and a state.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] when the mailbox is opened by password; [`Error::Forbidden`] for non-agents.
pub async fn begin(app: &App, scope: Scope, id: MailboxId, redirect: &str) -> Result<String> {
    let Actor::Agent(agent) = scope.actor else { return Err(Error::Forbidden) };
    let mailbox = opened(app, scope, id).await?;
    let (verifier, challenge) = oauth::new_proof();
    let journey = Journey { agent: agent.0, verifier: verifier.reveal().clone(), until: app.now() + TIME_TO_SAY_YES };
    let sealed = app.key().seal(&serde_json::to_vec(&journey).map_err(Error::internal)?, journey_of(&scope, &id));
    let state = format!("{id}.{}", URL_SAFE_NO_PAD.encode(&sealed));
    let address = provider(&mailbox)?.address(redirect, &state, &challenge, &mailbox.address);
    address.map_err(|error| Error::Unavailable(error.to_string()))
}

/// Takes the code that the browser has brought back, with the sealed part of the state (after the mailbox's id and a dot).
///
/// # Errors
/// [`Error::Conflict`] when it is not the browser that was sent, or too late; [`Error::Unavailable`] with what the provider
/// says.
pub async fn complete(app: &App, scope: Scope, id: MailboxId, redirect: &str, state: &str, code: &str) -> Result<()> {
    let sealed = URL_SAFE_NO_PAD.decode(state).map_err(|_| ELSEWHERE)?;
    let journey = app.key().open(&sealed, journey_of(&scope, &id)).map_err(|_| ELSEWHERE)?;
    let journey: Journey = serde_json::from_slice(journey.reveal()).map_err(|_| ELSEWHERE)?;
    if !matches!(scope.actor, Actor::Agent(agent) if agent.0 == journey.agent) || app.now() > journey.until {
        return Err(ELSEWHERE);
    }
    let mailbox = opened(app, scope, id).await?;
    let tokens = provider(&mailbox)?.exchange(code, redirect, &journey.verifier).await;
    let tokens = tokens.map_err(|error| Error::Unavailable(error.to_string()))?;
    let Some(refresh) = tokens.refresh.as_ref().map(|token| token.reveal().clone()) else {
        let words = "the provider gave no lasting sign-in; allow offline access for Rapport there";
        return Err(Error::Unavailable(words.into()));
    };
    let (kept, until) = keep(app, scope, id, &tokens, refresh)?;
    app.write(scope, move |desk| {
        Box::pin(async move {
            store::put_token(desk, id, &kept, until).await?;
            desk.emit(Event::MailboxChanged { mailbox: id });
            Ok(())
        })
    })
    .await?;
    app.wake().mailboxes_changed();
    Ok(())
}

/// Whether somebody has signed in for the mailbox.
///
/// # Errors
/// The store's.
pub async fn is_signed_in(desk: &mut Desk<'_>, id: MailboxId) -> Result<bool> {
    Ok(store::token(desk, id).await?.is_some())
}

/// The mailbox with a good access token in its secrets, where it is opened by one; any other as it is.
///
/// # Errors
/// [`Error::Unavailable`], in words for its administrator: somebody has to sign in, or the provider can't be asked.
pub async fn with_access(app: &App, scope: Scope, mailbox: &Mailbox) -> Result<Mailbox> {
    let mut mailbox = mailbox.clone();
    if mailbox.settings.oauth.is_some() {
        mailbox.secrets.access_token = Some(access_token(app, scope, &mailbox).await?);
    }
    Ok(mailbox)
}

/// The provider's server did not take the access token: the next one is asked for anew.
///
/// # Errors
/// The store's.
pub async fn access_refused(app: &App, scope: Scope, mailbox: &Mailbox) -> Result<()> {
    if mailbox.settings.oauth.is_none() {
        return Ok(());
    }
    let id = mailbox.id;
    app.write(scope, move |desk| Box::pin(async move { store::expire_token(desk, id).await })).await
}

async fn access_token(app: &App, scope: Scope, mailbox: &Mailbox) -> Result<String> {
    let (id, name) =
        (mailbox.id, mailbox.settings.oauth.as_ref().map_or("the provider", |oauth| oauth.provider.name()));
    let sign_in =
        || Error::Unavailable(format!("Nobody has signed in with {name} for this mailbox. Sign in on its page."));
    let patience = app.now() + LEASE + LEASE;
    while app.now() < patience {
        let found = app.read(scope, move |desk| Box::pin(async move { store::token(desk, id).await })).await?;
        let row = found.ok_or_else(sign_in)?;
        let opened = app.key().open(&row.tokens, tokens_of(&scope, &id));
        let opened = opened.map_err(|error| Error::Unavailable(format!("the sign-in can't be opened: {error}")))?;
        let kept: Kept = serde_json::from_slice(opened.reveal()).map_err(Error::internal)?;
        let now = app.now();
        if row.good_until > now + EARLY {
            return Ok(kept.access);
        }
        let seen = row.good_until;
        let claimed = app.write(scope, move |desk| {
            Box::pin(async move { store::claim_token(desk, id, seen, now, now + LEASE).await })
        });
        if claimed.await? == 0 {
            tokio::time::sleep(LOOK).await;
            continue;
        }
        return refresh(app, scope, mailbox, kept).await;
    }
    Err(Error::Unavailable(format!("{name} did not renew the sign-in in time")))
}

/// Asks for a fresh access token, holding the lease.
async fn refresh(app: &App, scope: Scope, mailbox: &Mailbox, kept: Kept) -> Result<String> {
    let (id, provider) = (mailbox.id, provider(mailbox)?);
    let name = mailbox.settings.oauth.as_ref().map_or("the provider", |oauth| oauth.provider.name());
    let tokens = match provider.refresh(&kept.refresh).await {
        Ok(tokens) => tokens,
        Err(error) => {
            app.write(scope, move |desk| Box::pin(async move { store::release_token(desk, id).await })).await?;
            return Err(Error::Unavailable(match error {
                OauthError::Revoked(why) => {
                    format!(
                        "{name} does not let Rapport into this mailbox any more. Sign in again on its page. ({why})"
                    )
                }
                other => format!("The sign-in with {name} could not be renewed: {other}"),
            }));
        }
    };
    // Microsoft gives a new refresh token each time, Google keeps the old one good.
    let lasting = tokens.refresh.as_ref().map_or(kept.refresh, |token| token.reveal().clone());
    let access = tokens.access.reveal().clone();
    let (sealed, until) = keep(app, scope, id, &tokens, lasting)?;
    app.write(scope, move |desk| Box::pin(async move { store::put_token(desk, id, &sealed, until).await })).await?;
    Ok(access)
}

fn keep(app: &App, scope: Scope, id: MailboxId, tokens: &Tokens, refresh: String) -> Result<(Vec<u8>, Timestamp)> {
    let kept = Kept { access: tokens.access.reveal().clone(), refresh };
    let plain = serde_json::to_vec(&kept).map_err(Error::internal)?;
    let until = app.now() + SignedDuration::from_secs(tokens.seconds);
    Ok((app.key().seal(&plain, tokens_of(&scope, &id)), until))
}

fn provider(mailbox: &Mailbox) -> Result<oauth::Provider> {
    let settings = mailbox.settings.oauth.as_ref().ok_or(Error::Conflict("this mailbox is opened by password"))?;
    Ok(settings.provider(mailbox.secrets.oauth_client_secret.as_deref()))
}

fn tokens_of(scope: &Scope, id: &MailboxId) -> Owner<'static> {
    Owner { purpose: "mailbox sign-in", workspace: scope.workspace.0, row: id.0 }
}

fn journey_of(scope: &Scope, id: &MailboxId) -> Owner<'static> {
    Owner { purpose: "journey to a provider", workspace: scope.workspace.0, row: id.0 }
}
