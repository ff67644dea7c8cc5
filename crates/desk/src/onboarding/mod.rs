//! From nothing to the first answered mail: which steps a new desk has behind it, and a conversation to try the keys on.

mod rules;

pub use rules::{Progress, Step};

use crate::{
    App, Desk, Result, Scope, WorkspaceId,
    channel::Envelope,
    conversations::{self, View},
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
    let mut newest = conversations::list(desk, View::Open, None, 10).await?;
    newest.extend(conversations::list(desk, View::Resolved, None, 10).await?);
    let (mut arrived, mut answered) = (None, false);
    for listed in &newest {
        let found = conversations::find(desk, listed.row.id).await?;
        let sample = found.mailbox_id.is_none() && found.customer_name == SAMPLE_NAME;
        if !sample {
            arrived = arrived.max(Some(found.number));
            answered |= found.first_response_at.is_some();
        }
    }
    Ok(Progress {
        addresses: mailboxes.into_iter().filter(|mailbox| mailbox.active).map(|mailbox| mailbox.address).collect(),
        arrived,
        answered,
        colleagues: people.len() > 1,
        sample: kept.sample,
        dismissed: kept.dismissed,
    })
}

/// The checklist is not shown again, or is.
///
/// # Errors
/// The store's.
pub async fn dismiss(desk: &mut Desk<'_>, dismissed: bool) -> Result<()> {
    let kept: Kept = settings::get(desk, NAME).await?;
    settings::set(desk, NAME, &Kept { dismissed, ..kept }).await
}

/// Takes in a mail to try the keys on; it comes the way of any mail, answers to it are never sent (`.invalid`, RFC 6761).
///
/// # Errors
/// The store's.
pub async fn make_sample(app: &App, scope: Scope, subject: &str, text: &str) -> Result<()> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, one_line(subject));
    let raw = format!(
        "From: {SAMPLE_NAME} <sample@rapport.invalid>\r\nTo: desk@rapport.invalid\r\nSubject: =?utf-8?B?{encoded}?=\r\n\
         Message-ID: <sample.{}@rapport.invalid>\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n",
        scope.workspace.0.simple(),
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
