//! Listing and fetching the mails of a folder, and waiting for more; nothing in the folder is changed by that.

use super::{
    rules::{Begin, Listed, uid_set},
    session::{ANSWER, Problem, Stream},
};
use async_imap::{Session, error::Error, types::UnsolicitedResponse};
use futures_util::TryStreamExt;
use std::{collections::HashMap, time::Duration};

/// IDLE is begun anew after this time: routers forget connections on which nothing is said, and the server may not tell.
/// RFC 2177 asks for less than 29 minutes.
pub(super) const IDLE: Duration = Duration::from_secs(240);

/// The UID after which to read in a folder that begins so.
pub(super) async fn last_uid_before(
    session: &mut Session<Stream>,
    begin: Begin,
    uid_next: Option<u32>,
) -> Result<u32, Problem> {
    let found = match (begin, uid_next) {
        (Begin::All, _) => return Ok(0),
        (Begin::Now, Some(next)) => return Ok(next.saturating_sub(1)),
        (Begin::Now, None) => return Ok(session.uid_search("ALL").await?.into_iter().max().unwrap_or(0)),
        (Begin::Since(day), _) => session.uid_search(format!("SINCE {}", day.strftime("%d-%b-%Y"))).await?,
    };
    let first = found.into_iter().min().or(uid_next);
    Ok(first.map_or(0, |uid| uid.saturating_sub(1)))
}

/// The mails after `last_uid` with their sizes, oldest first.
pub(super) async fn list(session: &mut Session<Stream>, last_uid: u32) -> Result<Vec<Listed>, Problem> {
    let Some(first) = last_uid.checked_add(1) else { return Ok(Vec::new()) };
    let mut found = HashMap::new();
    {
        // `n:*` always names the last mail, even one before n (RFC 9051, 6.4.8).
        let mut answers = session.uid_fetch(format!("{first}:*"), "(UID RFC822.SIZE)").await?;
        while let Some(answer) = answers.try_next().await? {
            if let (Some(uid @ 1..), Some(size)) = (answer.uid, answer.size) {
                found.insert(uid, size);
            }
        }
    }
    let mut listed: Vec<_> =
        found.into_iter().filter(|(uid, _)| *uid >= first).map(|(uid, size)| Listed { uid, size }).collect();
    listed.sort_by_key(|mail| mail.uid);
    Ok(listed)
}

/// The bytes of these mails, by UID; of each the first `most`. A mail that somebody has deleted meanwhile is not among them.
///
/// # Errors
/// [`Problem::Mail`] when a mail is there, but not given.
pub(super) async fn bodies(
    session: &mut Session<Stream>,
    batch: &[Listed],
    most: usize,
) -> Result<HashMap<u32, Vec<u8>>, Problem> {
    let (Some(first), Some(last)) = (batch.first(), batch.last()) else { return Ok(HashMap::new()) };
    let trouble = |answer: String| Problem::Mail { first: first.uid, last: last.uid, answer };
    let whole = batch.iter().all(|mail| mail.size as usize <= most);
    let what = if whole { "(UID BODY.PEEK[])".to_owned() } else { format!("(UID BODY.PEEK[]<0.{most}>)") };
    let mut bodies = HashMap::new();
    {
        let mut answers = session.uid_fetch(uid_set(batch), what).await?;
        while let Some(answer) = answers.try_next().await.map_err(|error| unreadable(error, trouble))? {
            if let (Some(uid), Some(body)) = (answer.uid, answer.body()) {
                bodies.insert(uid, body.to_vec());
            }
        }
    }
    let missing: Vec<Listed> = batch.iter().filter(|mail| !bodies.contains_key(&mail.uid)).copied().collect();
    if let Some(mail) = missing.first() {
        let still_there = list(session, mail.uid.saturating_sub(1)).await?;
        if missing.iter().any(|mail| still_there.iter().any(|there| there.uid == mail.uid)) {
            return Err(trouble("it was left out of the answer".into()));
        }
    }
    Ok(bodies)
}

/// An answer that came, but makes no sense, is told apart from a connection that broke.
fn unreadable(error: Error, trouble: impl Fn(String) -> Problem) -> Problem {
    match error {
        Error::No(answer) | Error::Bad(answer) => trouble(answer),
        Error::Parse(error) => trouble(error.to_string()),
        Error::Io(error) if error.kind() == std::io::ErrorKind::Other => {
            let mut answer = error.to_string();
            // The client's error quotes all of what it could not read: that is somebody's mail.
            answer.truncate(answer.find(" during parsing of").unwrap_or(answer.len().min(200)));
            trouble(answer)
        }
        other => Problem::Connection(other),
    }
}

/// Forgets what the server said of its own accord; gives whether a mail came among it.
pub(super) fn has_news(session: &Session<Stream>) -> bool {
    let mut news = false;
    while let Ok(said) = session.unsolicited_responses.try_recv() {
        news |= matches!(said, UnsolicitedResponse::Exists(_));
    }
    news
}

/// Returns when there may be new mail: when the server says so (`idle`), else after `most`.
pub(super) async fn wait_for_news(
    mut session: Session<Stream>,
    idle: bool,
    most: Duration,
) -> Result<Session<Stream>, Problem> {
    if has_news(&session) {
        return Ok(session);
    }
    if !idle {
        tokio::time::sleep(most).await;
        session.noop().await?;
        return Ok(session);
    }
    session.get_mut().set_patience(most + ANSWER);
    // What comes between the last listing and the server's consent to IDLE is said there, not here.
    let said_before = session.unsolicited_responses.clone();
    let mut handle = session.idle();
    handle.init().await?;
    let mut news = false;
    while let Ok(said) = said_before.try_recv() {
        news |= matches!(said, UnsolicitedResponse::Exists(_));
    }
    if !news {
        let (waiting, _interrupt) = handle.wait_with_timeout(most);
        // Its own time starts again with every "still here".
        if let Ok(heard) = tokio::time::timeout(most, waiting).await {
            heard?;
        }
    }
    let mut session = handle.done().await?;
    session.get_mut().set_patience(ANSWER);
    Ok(session)
}
