//! What becomes of a mail on its server once the desk has stored it: it is moved or deleted, never before the commit. Doing it again
//! does nothing, so a crash in between is made up for at the next connection.

use super::{
    rules::{Listed, folder_on_the_wire, uid_set},
    session::{Problem, Stream},
};
use async_imap::{Session, error::Error, types::Capabilities};
use desk::mailboxes::AfterFetch;
use futures_util::TryStreamExt;

/// What the server can do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Abilities {
    /// Tells of new mail by itself (RFC 2177).
    pub(super) idle: bool,
    /// MOVE (RFC 6851).
    moves: bool,
    /// UID EXPUNGE (RFC 4315).
    uid_plus: bool,
}

impl Abilities {
    /// For a folder in which nothing is changed.
    pub(super) fn none() -> Self {
        Self { idle: false, moves: false, uid_plus: false }
    }

    pub(super) fn of(capabilities: &Capabilities) -> Self {
        Self {
            idle: capabilities.has_str("IDLE"),
            moves: capabilities.has_str("MOVE"),
            uid_plus: capabilities.has_str("UIDPLUS"),
        }
    }
}

/// Does with these mails of the open folder what is wanted. A refusal is given in words: it is no reason to stop taking mail.
///
/// # Errors
/// [`Problem::Connection`].
pub(super) async fn finish(
    session: &mut Session<Stream>,
    abilities: Abilities,
    wanted: &AfterFetch,
    mails: &[Listed],
) -> Result<Option<String>, Problem> {
    if mails.is_empty() {
        return Ok(None);
    }
    let uids = uid_set(mails);
    let (done, what) = match wanted {
        AfterFetch::Keep => return Ok(None),
        AfterFetch::Delete => (delete(session, abilities, &uids).await, "be deleted".to_owned()),
        AfterFetch::Move(to) => {
            let folder = folder_on_the_wire(to);
            let mut moved = move_to(session, abilities, &uids, &folder).await;
            if matches!(moved, Err(Error::No(_))) && session.create(&folder).await.is_ok() {
                moved = move_to(session, abilities, &uids, &folder).await;
            }
            (moved, format!("be moved to the folder {to}"))
        }
    };
    match done {
        Ok(()) => Ok(None),
        Err(Error::No(answer) | Error::Bad(answer)) => {
            Ok(Some(format!("mail is taken in, but can't {what} afterwards: {answer}")))
        }
        Err(other) => Err(Problem::Connection(other)),
    }
}

async fn move_to(session: &mut Session<Stream>, abilities: Abilities, uids: &str, folder: &str) -> Result<(), Error> {
    if abilities.moves {
        return session.uid_mv(uids, folder).await;
    }
    session.uid_copy(uids, folder).await?;
    delete(session, abilities, uids).await
}

/// Without UID EXPUNGE the mails are only marked as deleted: EXPUNGE would remove what others have marked.
async fn delete(session: &mut Session<Stream>, abilities: Abilities, uids: &str) -> Result<(), Error> {
    session.uid_store(uids, "+FLAGS.SILENT (\\Deleted)").await?.try_collect::<Vec<_>>().await?;
    if abilities.uid_plus {
        session.uid_expunge(uids).await?.try_collect::<Vec<_>>().await?;
    }
    Ok(())
}
