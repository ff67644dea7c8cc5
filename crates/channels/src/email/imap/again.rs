//! Fetches one mail once more that its server would not give: somebody has repaired it, or the server.

use super::{
    fetch,
    folder::{Folder, MOST_BYTES},
    rules::{Listed, place_of},
    session::{self, Problem},
};
use async_imap::error::Error;
use base::queue::JobError;
use bytes::Bytes;
use desk::{
    App, WorkspaceId,
    mailboxes::{self, ImapSettings, MailboxId},
};

/// Fetches the mail that this source key names.
///
/// # Errors
/// [`JobError::Retry`] when the server cannot be asked now; [`JobError::Fail`] when it does not give it.
pub(in crate::email) async fn fetch_again(
    app: &App,
    workspace: WorkspaceId,
    id: MailboxId,
    source_key: &str,
) -> Result<Bytes, JobError> {
    let fail = |words: &str| Err(JobError::Fail(words.to_owned()));
    let mailbox = mailboxes::opened(app, workspace.as_system(), id).await?;
    let Some(imap) = mailbox.settings.imap.clone() else { return fail("the mailbox is not fetched by IMAP any more") };
    let Some((place, validity, uid)) = place_of(source_key, &id.to_string()) else {
        return fail("nobody knows where it lies");
    };
    let Some(folder) = folder(&imap, place) else {
        return fail("it lies on a server or in an account that the mailbox does not use any more");
    };
    let mut session = session::open_fresh(app, workspace, &mailbox, &imap).await.map_err(for_now)?;
    let opened = match session.examine(&folder.wire).await {
        Err(Error::No(answer) | Error::Bad(answer)) => {
            return fail(&format!("the folder {} cannot be opened: {answer}", folder.name));
        }
        opened => opened.map_err(|error| for_now(error.into()))?,
    };
    if opened.uid_validity != Some(validity) {
        return fail("the server has numbered its folder anew since; what is still there was looked at then");
    }
    let listed = fetch::list(&mut session, uid.saturating_sub(1)).await.map_err(for_now)?;
    let Some(mail) = listed.into_iter().find(|mail| mail.uid == uid) else {
        return fail("it is no longer there: somebody has deleted or moved it");
    };
    let mut bodies = fetch::bodies(&mut session, &[mail], MOST_BYTES).await.map_err(|problem| match problem {
        Problem::Mail { answer, .. } => JobError::Fail(format!("the mail server did not give it: {answer}")),
        other => for_now(other),
    })?;
    _ = session.logout().await;
    let Listed { uid, .. } = mail;
    bodies.remove(&uid).map(Bytes::from).map_or_else(|| fail("it is no longer there"), Ok)
}

fn for_now(problem: Problem) -> JobError {
    JobError::Retry(problem.to_string())
}

/// The folder that is called so in source keys, where the settings still lead to its server and account.
fn folder(imap: &ImapSettings, place: &str) -> Option<Folder> {
    let inbox = Folder::inbox(imap);
    if inbox.place == place {
        return Some(inbox);
    }
    let wire = place.strip_prefix(&format!("{}@{}/", imap.username, imap.host))?;
    Some(Folder::sent(imap, wire.to_owned()))
}
