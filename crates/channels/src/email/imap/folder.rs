//! Takes what is new in one folder, and does with it there what is wanted.

use super::{
    super::NAME,
    after::{self, Abilities},
    fetch,
    follow::Follower,
    rules::{Begin, Listed, begin, folder_on_the_wire, next_batch, stand_in},
    sent,
    session::{Problem, Stream},
};
use async_imap::{Session, error::Error};
use desk::{
    channel::Envelope,
    intake::{self, Arrival},
    mailboxes::{AfterFetch, Cursor, ImapSettings, Mailbox},
};
use std::collections::HashMap;

/// Of a larger mail, so much is fetched.
pub(super) const MOST_BYTES: usize = 100 * 1024 * 1024;
/// After so many failures that are a mail's own fault, it is set aside.
const ATTEMPTS: u32 = 3;
/// Mails that are moved or deleted by one command.
const AT_ONCE: usize = 200;

/// A folder that is read, and the troubles with it.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    /// Its name as the settings have it.
    pub(super) name: String,
    /// Its name as it goes over the wire.
    pub(super) wire: String,
    /// Names it for the cursor. Another server or account is another place: its UIDs mean something else.
    pub(super) place: String,
    is_sent: bool,
    after: AfterFetch,
    /// Up to this UID, mails are fetched one by one, because fetching several failed.
    careful: u32,
    /// How often a mail has made trouble, and the last one.
    troubles: HashMap<u32, (u32, String)>,
}

impl Folder {
    /// The one that customers' mail comes in to.
    pub(super) fn inbox(imap: &ImapSettings) -> Self {
        let wire = folder_on_the_wire(&imap.folder);
        Self { name: imap.folder.clone(), after: imap.after_fetch.clone(), ..Self::of(imap, wire, &imap.folder) }
    }

    /// The one in which other programs keep what they send.
    pub(super) fn sent(imap: &ImapSettings, wire: String) -> Self {
        Self { is_sent: true, ..Self::of(imap, wire.clone(), &wire) }
    }

    fn of(imap: &ImapSettings, wire: String, place: &str) -> Self {
        Self {
            name: wire.clone(),
            place: format!("{}@{}/{place}", imap.username, imap.host),
            wire,
            is_sent: false,
            after: AfterFetch::Keep,
            careful: 0,
            troubles: HashMap::new(),
        }
    }

    fn source_key(&self, mailbox: &Mailbox, cursor: Cursor, uid: u32) -> String {
        format!("imap:{}:{}:{}:{uid}", mailbox.id, self.place, cursor.uid_validity)
    }

    /// Remembers which mail made trouble. When several were fetched at once, the next attempt takes them one by one.
    fn note_trouble(&mut self, problem: &Problem) {
        if let Problem::Mail { first, last, answer } = problem {
            self.careful = self.careful.max(*last);
            if first == last {
                let trouble = self.troubles.entry(*first).or_default();
                *trouble = (trouble.0 + 1, answer.clone());
            }
        }
    }

    /// Why this mail is not fetched any more, when it has been tried often enough.
    fn given_up(&self, batch: &[Listed]) -> Option<&str> {
        let [mail] = batch else { return None };
        self.troubles.get(&mail.uid).filter(|(times, _)| *times >= ATTEMPTS).map(|(_, problem)| problem.as_str())
    }
}

impl Follower {
    /// Opens a folder, and finds where to go on. It is opened for reading only unless mails are moved or deleted in it.
    pub(super) async fn open_folder(&self, session: &mut Session<Stream>, folder: &Folder) -> Result<Cursor, Problem> {
        let problem = |answer: String| Problem::Folder { folder: folder.name.clone(), answer };
        let opened = match folder.after {
            AfterFetch::Keep => session.examine(&folder.wire).await,
            AfterFetch::Move(_) | AfterFetch::Delete => session.select(&folder.wire).await,
        };
        let opened = opened.map_err(|error| match error {
            Error::No(answer) | Error::Bad(answer) => problem(answer),
            other => Problem::Connection(other),
        })?;
        let validity = opened.uid_validity.ok_or_else(|| problem("the server does not number its mails".into()))?;
        let known = self.cursor(folder).await?;
        if let Some(known) = known.filter(|known| known.uid_validity == i64::from(validity)) {
            return Ok(known);
        }
        let begin = match (folder.is_sent, known) {
            // It was not wanted before: what is in there was sent before.
            (true, None) if !self.imap.import_existing => Begin::Now,
            _ => begin(self.imap.import_existing, self.health.connected_at),
        };
        tracing::info!(mailbox = %self.mailbox.address, folder = folder.name, ?begin, "a folder not read before");
        let last_uid = fetch::last_uid_before(session, begin, opened.uid_next).await?;
        let cursor = Cursor { uid_validity: i64::from(validity), last_uid: i64::from(last_uid) };
        // Kept before any mail comes: what arrives while we are away counts as new.
        self.accept(folder, Vec::new(), cursor).await?;
        Ok(cursor)
    }

    /// Takes everything after `cursor`. Gives what could not be done with it afterwards, in words.
    pub(super) async fn take_new(
        &self,
        session: &mut Session<Stream>,
        abilities: Abilities,
        folder: &mut Folder,
        cursor: &mut Cursor,
    ) -> Result<Option<String>, Problem> {
        let mut complaint = None;
        loop {
            fetch::has_news(session);
            let listed = fetch::list(session, last_uid(*cursor)).await?;
            let mut rest = listed.as_slice();
            if rest.is_empty() {
                return Ok(complaint);
            }
            while let Some(last) = next_batch(rest, folder.careful).last() {
                let batch = next_batch(rest, folder.careful);
                let reached = Cursor { last_uid: i64::from(last.uid), ..*cursor };
                let fetched = self.fetch(session, folder, batch, *cursor).await;
                let (arrivals, whole) = fetched.inspect_err(|problem| folder.note_trouble(problem))?;
                self.accept(folder, arrivals, reached).await?;
                *cursor = reached;
                complaint = after::finish(session, abilities, &folder.after, &whole).await?.or(complaint);
                rest = &rest[batch.len()..];
            }
        }
    }

    /// The mails of a batch for the desk, and those of them that the server need not keep.
    async fn fetch(
        &self,
        session: &mut Session<Stream>,
        folder: &Folder,
        batch: &[Listed],
        cursor: Cursor,
    ) -> Result<(Vec<Arrival>, Vec<Listed>), Problem> {
        let address = &self.mailbox.address;
        let given_up = folder.given_up(batch);
        let mut bodies = match (given_up, batch) {
            (Some(problem), [mail, ..]) => {
                tracing::error!(mailbox = %address, uid = mail.uid, problem, "a mail could not be fetched");
                HashMap::from([(mail.uid, stand_in(address, &folder.name, mail.uid, problem))])
            }
            _ => fetch::bodies(session, batch, MOST_BYTES).await?,
        };
        if folder.is_sent && given_up.is_none() {
            bodies.retain(|_, raw| sent::is_written_by(&self.mailbox, raw));
        }
        let (mut arrivals, mut whole) = (Vec::new(), Vec::new());
        for mail in batch {
            let Some(raw) = bodies.remove(&mail.uid) else { continue };
            if mail.size as usize > MOST_BYTES {
                tracing::warn!(mailbox = %address, uid = mail.uid, size = mail.size, "a mail was cut");
            } else if given_up.is_none() {
                whole.push(*mail);
            }
            let (to, stand_in) = (vec![address.clone()], given_up.is_some());
            let envelope = Envelope { to, ours: folder.is_sent, stand_in, ..Envelope::default() };
            arrivals.push(Arrival {
                channel: NAME,
                mailbox: Some(self.mailbox.id),
                source_key: folder.source_key(&self.mailbox, cursor, mail.uid),
                raw: raw.into(),
                envelope,
                problem: given_up.map(|problem| format!("the mail server did not give it: {problem}")),
            });
        }
        Ok((arrivals, whole))
    }

    /// Moves or deletes what was taken earlier and is still there.
    pub(super) async fn finish_earlier(
        &self,
        session: &mut Session<Stream>,
        abilities: Abilities,
        folder: &Folder,
        cursor: Cursor,
    ) -> Result<Option<String>, Problem> {
        let Some(since) = self.imap.after_fetch_since.filter(|_| folder.after != AfterFetch::Keep) else {
            return Ok(None);
        };
        let mut listed = fetch::list(session, 0).await?;
        listed.retain(|mail| mail.uid <= last_uid(cursor) && mail.size as usize <= MOST_BYTES);
        let mut complaint = None;
        for some in listed.chunks(AT_ONCE) {
            let keys: Vec<_> = some.iter().map(|mail| folder.source_key(&self.mailbox, cursor, mail.uid)).collect();
            let read = self.app.read(self.workspace.as_system(), move |desk| {
                Box::pin(async move { intake::taken(desk, &keys, since).await })
            });
            let taken = read.await?;
            let ours: Vec<_> = some.iter().zip(taken).filter(|(_, taken)| *taken).map(|(mail, _)| *mail).collect();
            complaint = after::finish(session, abilities, &folder.after, &ours).await?.or(complaint);
        }
        Ok(complaint)
    }

    async fn accept(&self, folder: &Folder, arrivals: Vec<Arrival>, cursor: Cursor) -> Result<(), Problem> {
        let count = arrivals.len();
        let place = (self.mailbox.id, folder.place.clone(), cursor);
        self.app.accept(self.workspace, arrivals, Some(place)).await?;
        if count > 0 {
            tracing::debug!(mailbox = %self.mailbox.address, count, last_uid = cursor.last_uid, "mails taken");
        }
        Ok(())
    }
}

/// UIDs are 32 bits wide (RFC 9051); the store keeps wider numbers.
pub(super) fn last_uid(cursor: Cursor) -> u32 {
    u32::try_from(cursor.last_uid).unwrap_or(u32::MAX)
}
