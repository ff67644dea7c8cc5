//! Follows one mailbox: whatever is new in its folder goes to the desk, in order, and nothing is taken twice or left out.
//!
//! The desk keeps the last UID taken in the same commit as the mails themselves, and knows each by folder, UIDVALIDITY and
//! UID, so that a connection may break at any point.

use super::{
    super::NAME,
    fetch,
    rules::{self, begin, folder_on_the_wire, next_batch, pause, stand_in},
    session::{self, Problem, Stream},
};
use async_imap::Session;
use base::{clock::Stopwatch, random};
use desk::{
    App, WorkspaceId,
    channel::Envelope,
    intake::Arrival,
    mailboxes::{self, Cursor, Health, HealthState, ImapSettings, Mailbox},
};
use jiff::Timestamp;
use std::{collections::HashMap, convert::Infallible, time::Duration};
use tokio_util::sync::CancellationToken;

/// Of a larger mail, so much is fetched.
const MOST_BYTES: usize = 100 * 1024 * 1024;
/// After so many failures that are a mail's own fault, a note is taken in its place.
const ATTEMPTS: u32 = 3;
/// A connection that lasted so long was a good one: the pauses between attempts start small again.
const GOOD: Duration = Duration::from_secs(60);
/// How often "it is well" is written down while nothing else changes.
const REPORT: jiff::SignedDuration = jiff::SignedDuration::from_mins(10);

/// Follows `mailbox` until `stop`, connecting again whenever the connection breaks.
pub(super) async fn follow(app: App, workspace: WorkspaceId, mailbox: Mailbox, stop: CancellationToken) {
    let Some(imap) = mailbox.settings.imap.clone() else { return };
    let place = format!("{}@{}/{}", imap.username, imap.host, imap.folder);
    let health = mailbox.health.clone();
    let mut follower = Follower { app, workspace, mailbox, imap, place, health, careful: 0, troubles: HashMap::new() };
    let mut failed = 0;
    while !stop.is_cancelled() {
        let connected = Stopwatch::start();
        let problem = tokio::select! {
            ended = follower.keep_up() => match ended { Err(problem) => problem },
            () = stop.cancelled() => return,
        };
        // A server that answers is there: a mail that it does not give is tried again soon.
        let was_good = connected.elapsed() > GOOD || matches!(problem, Problem::Mail { .. });
        failed = if was_good { 1 } else { failed + 1 };
        let pause = pause(failed, random::bytes::<1>()[0]);
        tracing::warn!(mailbox = %follower.mailbox.address, %problem, seconds = pause.as_secs_f32(), "will connect again");
        follower.note_trouble(&problem);
        follower.report(HealthState::Failing, Some(problem.to_string())).await;
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stop.cancelled() => return,
        }
    }
}

struct Follower {
    app: App,
    workspace: WorkspaceId,
    mailbox: Mailbox,
    imap: ImapSettings,
    /// Names the folder for the cursor. Another server or account is another place: its UIDs mean something else.
    place: String,
    health: Health,
    /// Up to this UID, mails are fetched one by one, because fetching several failed.
    careful: u32,
    /// How often a mail has made trouble, and the last one.
    troubles: HashMap<u32, (u32, String)>,
}

impl Follower {
    /// One connection, for as long as it lasts.
    async fn keep_up(&mut self) -> Result<Infallible, Problem> {
        let mut session = session::open(&self.mailbox, &self.imap).await?;
        let idle = session.capabilities().await?.has_str("IDLE");
        let mut cursor = self.open_folder(&mut session).await?;
        tracing::info!(mailbox = %self.mailbox.address, host = %self.imap.host, idle, "connected");
        let poll = Duration::from_secs(u64::from(self.imap.poll_seconds.max(1)));
        loop {
            self.report_well().await;
            self.take_new(&mut session, &mut cursor).await?;
            session = fetch::wait_for_news(session, idle, poll).await?;
        }
    }

    /// Opens the folder for reading only, and finds where to go on.
    async fn open_folder(&self, session: &mut Session<Stream>) -> Result<Cursor, Problem> {
        let problem = |answer: String| Problem::Folder { folder: self.imap.folder.clone(), answer };
        let folder = session.examine(folder_on_the_wire(&self.imap.folder)).await.map_err(|error| match error {
            async_imap::error::Error::No(answer) | async_imap::error::Error::Bad(answer) => problem(answer),
            other => Problem::Connection(other),
        })?;
        let validity = folder.uid_validity.ok_or_else(|| problem("the server does not number its mails".into()))?;
        let (id, place) = (self.mailbox.id, self.place.clone());
        let read = self.app.read(self.workspace.as_system(), move |desk| {
            Box::pin(async move { mailboxes::cursor(desk, id, &place).await })
        });
        let known = read.await?;
        if let Some(known) = known.filter(|known| known.uid_validity == i64::from(validity)) {
            return Ok(known);
        }
        let begin = begin(self.imap.import_existing, self.health.connected_at);
        tracing::info!(mailbox = %self.mailbox.address, folder = %self.imap.folder, ?begin, "a folder not read before");
        let last_uid = fetch::last_uid_before(session, begin, folder.uid_next).await?;
        let cursor = Cursor { uid_validity: i64::from(validity), last_uid: i64::from(last_uid) };
        // Kept before any mail comes: what arrives while we are away counts as new.
        self.accept(Vec::new(), cursor).await?;
        Ok(cursor)
    }

    /// Takes everything after `cursor`.
    async fn take_new(&mut self, session: &mut Session<Stream>, cursor: &mut Cursor) -> Result<(), Problem> {
        loop {
            fetch::has_news(session);
            let listed = fetch::list(session, last_uid(*cursor)).await?;
            let mut rest = listed.as_slice();
            if rest.is_empty() {
                return Ok(());
            }
            while let Some(last) = next_batch(rest, self.careful).last() {
                let batch = next_batch(rest, self.careful);
                let reached = Cursor { last_uid: i64::from(last.uid), ..*cursor };
                let arrivals = self.fetch(session, batch, *cursor).await?;
                self.accept(arrivals, reached).await?;
                *cursor = reached;
                rest = &rest[batch.len()..];
            }
        }
    }

    async fn fetch(
        &mut self,
        session: &mut Session<Stream>,
        batch: &[rules::Listed],
        cursor: Cursor,
    ) -> Result<Vec<Arrival>, Problem> {
        let mut bodies = match batch {
            [mail] if self.troubles.get(&mail.uid).is_some_and(|(times, _)| *times >= ATTEMPTS) => {
                let (_, problem) = self.troubles.remove(&mail.uid).unwrap_or_default();
                tracing::error!(mailbox = %self.mailbox.address, uid = mail.uid, problem, "a mail could not be fetched");
                let note = stand_in(&self.mailbox.address, &self.imap.folder, mail.uid, &problem);
                HashMap::from([(mail.uid, note)])
            }
            _ => fetch::bodies(session, batch, MOST_BYTES).await?,
        };
        let arrivals = batch.iter().filter_map(|mail| {
            let raw = bodies.remove(&mail.uid)?;
            if mail.size as usize > MOST_BYTES {
                tracing::warn!(mailbox = %self.mailbox.address, uid = mail.uid, size = mail.size, "a mail was cut");
            }
            Some(Arrival {
                channel: NAME,
                mailbox: Some(self.mailbox.id),
                source_key: format!("imap:{}:{}:{}:{}", self.mailbox.id, self.place, cursor.uid_validity, mail.uid),
                raw: raw.into(),
                envelope: Envelope {
                    from: String::new(),
                    to: vec![self.mailbox.address.clone()],
                    ..Envelope::default()
                },
                problem: None,
            })
        });
        Ok(arrivals.collect())
    }

    async fn accept(&self, arrivals: Vec<Arrival>, cursor: Cursor) -> Result<(), Problem> {
        let count = arrivals.len();
        let place = (self.mailbox.id, self.place.clone(), cursor);
        self.app.accept(self.workspace, arrivals, Some(place)).await?;
        if count > 0 {
            tracing::debug!(mailbox = %self.mailbox.address, count, last_uid = cursor.last_uid, "mails taken");
        }
        Ok(())
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

    async fn report_well(&mut self) {
        let recently = |at: Timestamp| self.app.now().duration_since(at) < REPORT;
        if self.health.state != HealthState::Well || !self.health.connected_at.is_some_and(recently) {
            self.report(HealthState::Well, None).await;
        }
    }

    async fn report(&mut self, state: HealthState, problem: Option<String>) {
        let now = Some(self.app.now());
        let connected_at = if state == HealthState::Well { now } else { self.health.connected_at };
        self.health = Health { state, problem, connected_at, tried_at: now };
        let scope = self.workspace.as_system();
        let reported = mailboxes::report_health(&self.app, scope, self.mailbox.id, self.health.clone());
        if let Err(error) = reported.await {
            tracing::warn!(mailbox = %self.mailbox.address, %error, "how the mailbox is doing could not be written down");
        }
    }
}

/// UIDs are 32 bits wide (RFC 9051); the store keeps wider numbers.
fn last_uid(cursor: Cursor) -> u32 {
    u32::try_from(cursor.last_uid).unwrap_or(u32::MAX)
}
