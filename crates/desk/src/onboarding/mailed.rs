//! Invitations that go to their people by e-mail: each is sent at once, and what became of it is told.

use crate::{App, Error, Result, Scope, channel::SendOutcome, notifications, people, reason::Reason};
use base::mail::Address;

/// So many are mailed at once, so that whoever waits for it sees soon what became of them.
pub const MOST_AT_ONCE: usize = 25;

/// What became of an invitation that was to be mailed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mailed {
    /// The next server took it.
    Sent,
    /// It was not taken, with the reason; the link is good as before.
    Failed(Reason),
    /// The link is good no more.
    Gone,
}

/// Somebody who is invited by a link, for the words of a mail to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitee {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// Mails a link to whom it invites, and to nobody else; `words` gives subject and Markdown. Gives them with what became of it.
///
/// # Errors
/// [`Error::Conflict`] when no mailbox sends; the store's.
pub async fn mail_invitation<F>(app: &App, scope: Scope, token: &str, words: F) -> Result<(Option<Invitee>, Mailed)>
where
    F: FnOnce(&Invitee) -> (String, String),
{
    let mailbox = app.read(scope, |desk| Box::pin(async move { notifications::sending_mailbox(desk).await })).await?;
    let mailbox = mailbox.ok_or(Error::Conflict("no_mailbox"))?;
    let Some(agent) = people::invited_in(app, scope.workspace, token).await? else { return Ok((None, Mailed::Gone)) };
    let invitee = Invitee { name: agent.name, email: agent.email };
    let (subject, markdown) = words(&invitee);
    let to = Address::new(Some(&invitee.name), &invitee.email);
    let sent = match notifications::letter(app, scope, mailbox, to, subject, markdown).await {
        Ok(outgoing) => {
            let channel = app.channel("email").ok_or(Error::Conflict("no_mailbox"))?;
            // Nothing is kept of it that could be in doubt: a link that comes twice is good once.
            channel.send(app, &outgoing, Box::pin(async { Ok(()) })).await
        }
        Err(error) => return Ok((Some(invitee), Mailed::Failed(error.to_string().into()))),
    };
    let mailed = match sent {
        SendOutcome::Sent(_) => Mailed::Sent,
        SendOutcome::Deferred(reason) | SendOutcome::Refused(reason) | SendOutcome::Unknown(reason) => {
            Mailed::Failed(reason)
        }
    };
    Ok((Some(invitee), mailed))
}
