//! Brings old mail along, from mbox files and Maildirs: in the order in which it was written, dated, and without setting anything in motion.
//!
//! The files are looked through first; of each mail only its place and date are kept. Then they are read one by one. A mail is named by
//! its content, so that whatever was interrupted is begun again and goes on where it was.

mod mbox;
mod places;

use super::NAME;
use bytes::Bytes;
use desk::{
    App, Error, WorkspaceId,
    channel::Envelope,
    conversations::History,
    intake::{Arrival, BroughtAlong, Prepared},
    mailboxes::Mailbox,
};
use futures_util::{StreamExt, stream};
use jiff::Timestamp;
use places::{Found, Mail};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

/// A larger mail is not taken in.
const MOST_BYTES: u64 = 100 * 1024 * 1024;
/// Mails that are read and parsed while others are stored.
const AHEAD: usize = 4;
/// Kilobytes of mail that are in memory at once; a larger mail is there by itself.
const ROOM: u32 = 32 * 1024;

/// How mail lies on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Many mails in a file.
    Mbox,
    /// A file for each mail.
    Maildir,
}

/// What there is to bring along, oldest first.
#[derive(Debug)]
pub struct Plan {
    found: Arc<Found>,
}

/// What became of it so far.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Taken in.
    pub imported: u64,
    /// They were there already.
    pub known: u64,
    /// Not taken in: where the mail lies, and why not.
    pub failed: Vec<(String, String)>,
}

impl Tally {
    /// How many have been dealt with.
    pub fn done(&self) -> u64 {
        self.imported + self.known + self.failed.len() as u64
    }
}

impl Plan {
    /// Looks through all that was named; `now` tells which dates make sense.
    pub fn make(paths: &[PathBuf], format: Option<Format>, now: Timestamp) -> Self {
        let mut found = Found::default();
        paths.iter().for_each(|path| places::look_through(path, format, &mut found));
        let mut mails = std::mem::take(&mut found.mails);
        // Who answers comes after who was answered, in whichever folders they lie.
        mails.sort_by_key(|mail| (history(mail, now).date(mail.date, now), mail.file, mail.offset));
        found.mails = mails;
        Self { found: Arc::new(found) }
    }

    /// How many mails there are.
    pub fn len(&self) -> usize {
        self.found.mails.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.found.mails.is_empty()
    }

    /// How many mails were passed over because their owner had deleted them or not finished them.
    pub fn passed_over(&self) -> u64 {
        self.found.passed_over
    }

    /// Folders for deleted mail, junk and drafts that were left out.
    pub fn left_out(&self) -> &[PathBuf] {
        &self.found.left_out
    }

    /// What could not be read, and why.
    pub fn unreadable(&self) -> &[(PathBuf, String)] {
        &self.found.unreadable
    }

    /// Brings everything along into `mailbox`. Conversations whose last mail is older than `open_after` are settled. `progress` is told
    /// after every mail. Ends early when `stop` is cancelled.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the store is away: what has been done until then is in `progress`.
    pub async fn carry_out(
        self,
        app: &App,
        workspace: WorkspaceId,
        mailbox: &Mailbox,
        open_after: Timestamp,
        stop: &CancellationToken,
        mut progress: impl FnMut(&Tally),
    ) -> Result<Tally, Error> {
        let mut tally = Tally::default();
        let found = self.found;
        let room = Arc::new(Semaphore::new(ROOM as usize));
        let one = |place: usize| {
            let (found, room) = (found.clone(), room.clone());
            async move {
                let size = u32::try_from(found.mails[place].length / 1024 + 1).unwrap_or(ROOM).min(ROOM);
                let taken_up = room.acquire_many_owned(size).await;
                (place, prepare(app, mailbox, found, place, open_after).await, taken_up)
            }
        };
        let mut prepared = stream::iter(0..found.mails.len()).map(one).buffered(AHEAD);
        while !stop.is_cancelled()
            && let Some((place, prepared, _taken_up)) = prepared.next().await
        {
            let taken = match prepared? {
                Ok(prepared) => app.bring_along(workspace, prepared).await?,
                Err(reason) => BroughtAlong::SetAside(reason),
            };
            match taken {
                BroughtAlong::New => tally.imported += 1,
                BroughtAlong::Known => tally.known += 1,
                BroughtAlong::SetAside(reason) => tally.failed.push((name(&found, place), reason)),
            }
            progress(&tally);
        }
        Ok(tally)
    }
}

/// Reads a mail and has it parsed; the inner error is the mail's own.
async fn prepare(
    app: &App,
    mailbox: &Mailbox,
    found: Arc<Found>,
    place: usize,
    open_after: Timestamp,
) -> Result<Result<Prepared, String>, Error> {
    let mail = found.mails[place];
    let raw = tokio::task::spawn_blocking(move || read(&found.files[mail.file as usize], mail)).await;
    let raw = match raw.map_err(Error::internal)? {
        Ok(raw) => raw,
        Err(error) => return Ok(Err(error.to_string())),
    };
    let digest: String = Sha256::digest(&raw).iter().map(|byte| format!("{byte:02x}")).collect();
    let history = History { delivered_at: mail.delivered_at, open_after };
    let envelope = Envelope { to: vec![mailbox.address.clone()], history: Some(history), ..Envelope::default() };
    let source_key = format!("import:{}:{digest}", mailbox.id);
    let arrival = Arrival { channel: NAME, mailbox: Some(mailbox.id), source_key, raw, envelope, problem: None };
    app.prepare(arrival).await.map(Ok)
}

fn read(path: &Path, mail: Mail) -> io::Result<Bytes> {
    if mail.length > MOST_BYTES {
        return Err(io::Error::other(format!("it is larger than {} MiB", MOST_BYTES >> 20)));
    }
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(mail.offset))?;
    let mut raw = Vec::new();
    file.take(mail.length).read_to_end(&mut raw)?;
    Ok(Bytes::from(if mail.is_quoted { mbox::unquoted(&raw) } else { raw }))
}

fn history(mail: &Mail, open_after: Timestamp) -> History {
    History { delivered_at: mail.delivered_at, open_after }
}

/// Where a mail lies, for people.
fn name(found: &Found, place: usize) -> String {
    let mail = found.mails[place];
    let path = found.files[mail.file as usize].display();
    if mail.is_quoted { format!("{path}, at byte {}", mail.offset) } else { path.to_string() }
}
