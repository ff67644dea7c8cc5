//! From nothing to the first answered mail: which steps a new desk has behind it, and a conversation to try the keys on.

mod mailed;
mod rules;
mod store;

pub use mailed::{Invitee, MOST_AT_ONCE, Mailed, mail_invitation};
pub use rules::{Progress, Step};
pub use store::STATEMENTS;

use crate::{
    App, Desk, Result, Scope, WorkspaceId,
    channel::Envelope,
    conversations::{
        self, Conversation, Status,
        sample::{OURS, WRITER, message_id},
    },
    intake::Arrival,
    mailboxes, people, settings,
};
use serde::{Deserialize, Serialize};

const NAME: &str = "onboarding";
/// The key by which the sample is known: made twice, it is there once.
const SAMPLE: &str = "onboarding:sample";
/// Who writes it.
const SAMPLE_NAME: &str = "Rapport";

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    dismissed: bool,
    sample: bool,
}

/// How far the desk has come.
///
/// # Errors
/// The store's.
pub async fn progress(desk: &mut Desk<'_>) -> Result<Progress> {
    let kept: Kept = settings::get(desk, NAME).await?;
    let mailboxes = mailboxes::list(desk).await?;
    let people = people::agents(desk).await?;
    let newest = store::newest(desk).await?;
    let (mut arrived, mut answered) = (None, false);
    // The sample came through no mailbox.
    for (number, _, _, response) in
        newest.iter().filter(|(_, mailbox, status, _)| mailbox.is_some() && status.is_listed())
    {
        arrived = arrived.max(Some(*number));
        answered |= response.is_some();
    }
    let is_removed = |sample: Conversation| sample.status == Status::Removed;
    let sample_removed = conversations::sample(desk).await?.is_some_and(is_removed);
    Ok(Progress {
        addresses: mailboxes.into_iter().filter(|mailbox| mailbox.active).map(|mailbox| mailbox.address).collect(),
        arrived,
        answered,
        colleagues: people.len() > 1,
        sample: kept.sample,
        sample_removed,
        dismissed: kept.dismissed,
    })
}

/// How far the desk has come, as long as nobody has dismissed the checklist: then no more than that is asked of the store.
///
/// # Errors
/// The store's.
pub async fn checklist(desk: &mut Desk<'_>) -> Result<Option<Progress>> {
    let kept: Kept = settings::get(desk, NAME).await?;
    if kept.dismissed { Ok(None) } else { Ok(Some(progress(desk).await?)) }
}

/// The checklist is not shown again, or is.
///
/// # Errors
/// The store's.
pub async fn dismiss(desk: &mut Desk<'_>, dismissed: bool) -> Result<()> {
    let kept: Kept = settings::get(desk, NAME).await?;
    settings::set(desk, NAME, &Kept { dismissed, ..kept }).await
}

/// Takes in a mail to try the keys on, or brings it back; it comes the way of any mail, answers to it never leave.
///
/// # Errors
/// The store's.
pub async fn make_sample(app: &App, scope: Scope, subject: &str, text: &str) -> Result<()> {
    if app.write(scope, |desk| Box::pin(async move { conversations::sample::bring_sample_back(desk).await })).await? {
        return Ok(());
    }
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, one_line(subject));
    let raw = format!(
        "From: {SAMPLE_NAME} <{WRITER}>\r\nTo: {OURS}\r\nSubject: =?utf-8?B?{encoded}?=\r\n\
         Message-ID: <{}>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n",
        message_id(scope.workspace),
        text.replace('\n', "\r\n"),
    );
    accept(app, scope.workspace, raw.into_bytes()).await?;
    app.write(scope, |desk| {
        Box::pin(async move {
            let kept: Kept = settings::get(desk, NAME).await?;
            settings::set(desk, NAME, &Kept { sample: true, ..kept }).await
        })
    })
    .await
}

async fn accept(app: &App, workspace: WorkspaceId, raw: Vec<u8>) -> Result<()> {
    let arrival = Arrival {
        channel: "email",
        mailbox: None,
        source_key: SAMPLE.to_owned(),
        raw: raw.into(),
        envelope: Envelope::default(),
        problem: None,
    };
    app.accept(workspace, vec![arrival], None).await?;
    Ok(())
}
