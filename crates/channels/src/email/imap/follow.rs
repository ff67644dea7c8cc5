//! Follows one mailbox: whatever is new in its folder goes to the desk, in order, and nothing is taken twice or left out.
//!
//! The desk keeps the last UID taken in the same commit as the mails themselves, and knows each by folder, UIDVALIDITY and
//! UID, so that a connection may break at any point. The folder for sent mail is read in between over the same connection: what
//! was answered elsewhere is in its conversation before the customer's next mail.

use super::{
    after::Abilities,
    fetch,
    folder::{Folder, last_uid},
    rules::pause,
    sent,
    session::{self, Problem, Stream},
    turn::Turn,
};
use async_imap::{Session, error::Error};
use base::{clock::Stopwatch, random};
use desk::{
    App, WorkspaceId,
    mailboxes::{self, Cursor, Health, HealthState, ImapSettings, Mailbox},
};
use jiff::Timestamp;
use std::{convert::Infallible, time::Duration};
use tokio_util::sync::CancellationToken;

/// A connection that lasted so long was a good one: the pauses between attempts start small again.
const GOOD: Duration = Duration::from_secs(60);
/// How often "it is well" is written down while nothing else changes.
const REPORT: jiff::SignedDuration = jiff::SignedDuration::from_mins(10);
/// The server tells of new mail in one folder only: so often it is asked about the one for sent mail.
const ASK_FOR_SENT: Duration = Duration::from_secs(20);

/// Follows `mailbox` until `stop`, connecting again whenever the connection breaks.
pub(super) async fn follow(app: App, workspace: WorkspaceId, mailbox: Mailbox, stop: CancellationToken) {
    let Some(imap) = mailbox.settings.imap.clone() else { return };
    let health = mailbox.health.clone();
    let inbox = Folder::inbox(&imap);
    let mut follower = Follower { app, workspace, mailbox, imap, health, inbox, sent: None };
    let mut changed = follower.app.wake().mailboxes();
    let mut failed = 0;
    let turn = Turn::new(&follower.app, workspace, follower.mailbox.id);
    while !stop.is_cancelled() {
        tokio::select! {
            () = turn.wait() => {}
            () = stop.cancelled() => return,
        }
        let connected = Stopwatch::start();
        let problem = tokio::select! {
            ended = follower.keep_up() => match ended { Err(problem) => problem },
            () = turn.keep() => continue,
            () = stop.cancelled() => break,
        };
        // A server that answers is there: a mail that it does not give is tried again soon.
        let was_good = connected.elapsed() > GOOD || matches!(problem, Problem::Mail { .. });
        failed = if was_good { 1 } else { failed + 1 };
        let pause = pause(failed, random::bytes::<1>()[0]);
        tracing::warn!(mailbox = %follower.mailbox.address, %problem, seconds = pause.as_secs_f32(), "will connect again");
        follower.report(HealthState::Failing, Some(problem.to_string())).await;
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            // Somebody has mended a mailbox, or signed in for it: perhaps this one.
            _ = changed.changed() => {}
            () = stop.cancelled() => break,
        }
    }
    turn.end().await;
}

/// One mailbox, and what is known of it between two connections.
pub(super) struct Follower {
    pub(super) app: App,
    pub(super) workspace: WorkspaceId,
    pub(super) mailbox: Mailbox,
    pub(super) imap: ImapSettings,
    pub(super) health: Health,
    inbox: Folder,
    sent: Option<Folder>,
}

impl Follower {
    /// One connection, for as long as it lasts.
    async fn keep_up(&mut self) -> Result<Infallible, Problem> {
        let mut session = session::open_fresh(&self.app, self.workspace, &self.mailbox, &self.imap).await?;
        let abilities = Abilities::of(&session.capabilities().await?);
        let mut inbox = self.inbox.clone();
        let mut cursor = self.open_folder(&mut session, &inbox).await?;
        tracing::info!(mailbox = %self.mailbox.address, host = %self.imap.host, ?abilities, "connected");
        let mut wait = match abilities.idle {
            true => fetch::IDLE,
            false => Duration::from_secs(u64::from(self.imap.poll_seconds.max(1))),
        };
        if self.imap.sent.is_some() {
            wait = wait.min(ASK_FOR_SENT);
        }
        // What was taken over an earlier connection that broke before it could be moved or deleted.
        let mut unfinished = self.finish_earlier(&mut session, abilities, &inbox, cursor).await?;
        loop {
            let mut complaint = self.find_sent(&mut session).await?;
            if let Some(sent) = self.sent.clone() {
                let (left, problem) = self.look_into_sent(&mut session, sent).await?;
                complaint = problem;
                if left {
                    cursor = self.open_folder(&mut session, &inbox).await?;
                }
            }
            if unfinished.is_some() {
                unfinished = self.finish_earlier(&mut session, abilities, &inbox, cursor).await?;
            }
            self.report_doing(unfinished.as_ref().or(complaint.as_ref())).await;
            let problem = self.take_new(&mut session, abilities, &mut inbox, &mut cursor).await;
            self.inbox = inbox.clone();
            unfinished = problem?.or(unfinished);
            session = fetch::wait_for_news(session, abilities.idle, wait).await?;
        }
    }

    /// Finds out where other programs keep what they send, when that is wanted and not known; gives what is wrong, in words.
    async fn find_sent(&mut self, session: &mut Session<Stream>) -> Result<Option<String>, Problem> {
        let Some(name) = self.imap.sent.clone() else { return Ok(None) };
        if self.sent.is_some() {
            return Ok(None);
        }
        let folder = match name.as_str() {
            "" => sent::find(session).await?.map(|wire| Folder::sent(&self.imap, wire)),
            name => Some(Folder::sent(&self.imap, super::rules::folder_on_the_wire(name))),
        };
        self.sent = folder;
        Ok(self.sent.is_none().then(|| "no folder for sent mail was found; name it below".to_owned()))
    }

    /// Takes what is new in the folder for sent mail. Gives whether the inbox has to be opened again, and what is wrong, in words:
    /// that is no reason to stop taking mail.
    async fn look_into_sent(
        &mut self,
        session: &mut Session<Stream>,
        mut folder: Folder,
    ) -> Result<(bool, Option<String>), Problem> {
        let wrong = |answer| format!("the folder for sent mail can't be read: {answer}");
        let status = match session.status(&folder.wire, "(UIDNEXT UIDVALIDITY)").await {
            Ok(status) => status,
            Err(Error::No(answer) | Error::Bad(answer)) => {
                // It may have got another name.
                self.sent = None;
                return Ok((false, Some(wrong(answer))));
            }
            Err(other) => return Err(other.into()),
        };
        let known = self.cursor(&folder).await?;
        let is_known = known.is_some_and(|known| {
            Some(known.uid_validity) == status.uid_validity.map(i64::from)
                && status.uid_next.is_some_and(|next| last_uid(known) >= next.saturating_sub(1))
        });
        if is_known {
            return Ok((false, None));
        }
        let mut cursor = match self.open_folder(session, &folder).await {
            Ok(cursor) => cursor,
            Err(Problem::Folder { answer, .. }) => return Ok((true, Some(wrong(answer)))),
            Err(other) => return Err(other),
        };
        let taken = self.take_new(session, Abilities::none(), &mut folder, &mut cursor).await;
        self.sent = Some(folder);
        taken?;
        Ok((true, None))
    }

    /// How far a folder has been read.
    pub(super) async fn cursor(&self, folder: &Folder) -> Result<Option<Cursor>, Problem> {
        let (id, place) = (self.mailbox.id, folder.place.clone());
        let read = self.app.read(self.workspace.as_system(), move |desk| {
            Box::pin(async move { mailboxes::cursor(desk, id, &place).await })
        });
        Ok(read.await?)
    }

    /// It takes mail; with a complaint, something beside that does not work.
    async fn report_doing(&mut self, complaint: Option<&String>) {
        let recently = |at: Timestamp| self.app.now().duration_since(at) < REPORT;
        let state = if complaint.is_some() { HealthState::Failing } else { HealthState::Well };
        let same = self.health.state == state && self.health.problem.as_ref() == complaint;
        if !same || !self.health.connected_at.is_some_and(recently) {
            self.health.connected_at = Some(self.app.now());
            self.report(state, complaint.cloned()).await;
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
