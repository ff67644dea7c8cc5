//! Fetching by IMAP: one task for each active mailbox that has an IMAP server, started and stopped as settings change.

mod after;
mod again;
mod fetch;
mod folder;
mod follow;
mod rules;
mod sent;
mod session;
mod turn;

pub(super) use again::fetch_again;
pub(super) use session::Problem;

use async_imap::Session;
use desk::{
    App, WorkspaceId,
    mailboxes::{self, Health, HealthState, ImapSettings, Mailbox, MailboxId},
};
use std::{collections::HashMap, time::Duration};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How often the list of mailboxes is read again although nobody said that it changed: another node may have changed it.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

struct Following {
    mailbox: Mailbox,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

/// Follows all mailboxes until `stop`.
pub(super) async fn follow_all(app: App, stop: CancellationToken) {
    let mut changed = app.wake().mailboxes();
    let mut followed: HashMap<(WorkspaceId, MailboxId), Following> = HashMap::new();
    while !stop.is_cancelled() {
        match wanted(&app).await {
            Ok(wanted) => adjust(&app, &mut followed, wanted, &stop).await,
            Err(error) => tracing::warn!(%error, "the list of mailboxes could not be read"),
        }
        tokio::select! {
            _ = changed.changed() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
            () = stop.cancelled() => {}
        }
    }
    for (_, following) in followed {
        _ = following.task.await;
    }
}

async fn adjust(
    app: &App,
    followed: &mut HashMap<(WorkspaceId, MailboxId), Following>,
    mut wanted: HashMap<(WorkspaceId, MailboxId), Mailbox>,
    stop: &CancellationToken,
) {
    let outdated: Vec<_> = followed
        .iter()
        .filter(|(key, following)| {
            following.task.is_finished() || !wanted.get(key).is_some_and(|new| is_the_same(new, &following.mailbox))
        })
        .map(|(key, _)| *key)
        .collect();
    for key in outdated {
        if let Some(following) = followed.remove(&key) {
            following.stop.cancel();
            _ = following.task.await;
        }
    }
    wanted.retain(|key, _| !followed.contains_key(key));
    for (key, mailbox) in wanted {
        let stop = stop.child_token();
        let task = tokio::spawn(follow::follow(app.clone(), key.0, mailbox.clone(), stop.clone()));
        followed.insert(key, Following { mailbox, stop, task });
    }
}

/// Signs in with the mailbox's secrets, looks into its folder, and leaves: how many mails it holds. For examinations.
///
/// # Errors
/// What keeps the mailbox from being fetched from.
pub(super) async fn check(mailbox: &Mailbox, imap: &ImapSettings) -> Result<u32, Problem> {
    let (mut session, mails) = look_in(mailbox, imap).await?;
    _ = session.logout().await;
    Ok(mails)
}

/// Whether the folder holds a mail with this Message-ID.
///
/// # Errors
/// As [`check`].
pub(super) async fn holds(mailbox: &Mailbox, imap: &ImapSettings, message_id: &str) -> Result<bool, Problem> {
    let (mut session, _) = look_in(mailbox, imap).await?;
    let found = session.uid_search(format!("HEADER Message-ID \"<{message_id}>\"")).await?;
    _ = session.logout().await;
    Ok(!found.is_empty())
}

async fn look_in(mailbox: &Mailbox, imap: &ImapSettings) -> Result<(Session<session::Stream>, u32), Problem> {
    let mut session = session::open(mailbox, imap).await?;
    let opened = session.examine(rules::folder_on_the_wire(&imap.folder)).await.map_err(|error| match error {
        async_imap::error::Error::No(answer) | async_imap::error::Error::Bad(answer) => {
            Problem::Folder { folder: imap.folder.clone(), answer }
        }
        other => Problem::Connection(other),
    })?;
    Ok((session, opened.exists))
}

/// Whether the connection would be the same.
fn is_the_same(one: &Mailbox, other: &Mailbox) -> bool {
    one.addresses() == other.addresses()
        && one.settings.imap == other.settings.imap
        && one.settings.ca_pem == other.settings.ca_pem
        && one.settings.oauth == other.settings.oauth
        && one.secrets.imap_password == other.secrets.imap_password
        && one.secrets.oauth_client_secret == other.secrets.oauth_client_secret
}

async fn wanted(app: &App) -> desk::Result<HashMap<(WorkspaceId, MailboxId), Mailbox>> {
    let mut wanted = HashMap::new();
    for (workspace, _) in app.workspaces().await? {
        let scope = workspace.as_system();
        let all = app.read(scope, |desk| Box::pin(async move { mailboxes::list(desk).await })).await?;
        for mailbox in all.into_iter().filter(|mailbox| mailbox.active && mailbox.settings.imap.is_some()) {
            match mailboxes::opened(app, scope, mailbox.id).await {
                Ok(opened) => {
                    wanted.insert((workspace, mailbox.id), opened);
                }
                Err(error) => {
                    let problem = Some(error.to_string());
                    if mailbox.health.problem != problem {
                        tracing::warn!(mailbox = %mailbox.address, %error, "this mailbox can't be fetched from");
                        let tried_at = Some(app.now());
                        let health = Health { state: HealthState::Failing, problem, tried_at, ..mailbox.health };
                        mailboxes::report_health(app, scope, mailbox.id, health).await?;
                    }
                }
            }
        }
    }
    Ok(wanted)
}
