//! Who a mail is from: examined by us when a stranger's server handed it over, else what the mailbox's own server wrote down.

mod heard;
mod verify;

use base::{dns::Dns, mail};
use desk::{
    channel::Envelope,
    conversations::{Examiner, Verdicts},
    mailboxes::Mailbox,
};
use std::time::Duration;

/// All questions about one mail together; it waits no longer to be read.
const PATIENCE: Duration = Duration::from_secs(12);

/// Finds out what can be found out in a few seconds.
pub(super) async fn examine(dns: &Dns, mailbox: Option<&Mailbox>, raw: &bytes::Bytes, envelope: &Envelope) -> Verdicts {
    let Some(client) = envelope.client.clone() else {
        let settings = mailbox.map(|mailbox| &mailbox.settings);
        return heard::heard(&mail::authentication(raw), settings);
    };
    let (dns, raw, sender) = (dns.clone(), raw.clone(), envelope.from.clone());
    // Hashing a large mail takes a while, and the examiner does it between its questions.
    let runtime = tokio::runtime::Handle::current();
    let examined = tokio::task::spawn_blocking(move || {
        runtime.block_on(tokio::time::timeout(PATIENCE, verify::verify(&dns, &raw, &client, &sender)))
    });
    match examined.await {
        Ok(Ok(verdicts)) => verdicts,
        // Who keeps us waiting with a name server of their own is not trusted the more for it.
        Ok(Err(_)) => nothing_found(),
        Err(error) => {
            tracing::error!(%error, "a mail's origin could not be examined");
            nothing_found()
        }
    }
}

/// We have looked, and nothing speaks for it or against it.
fn nothing_found() -> Verdicts {
    Verdicts { by: Examiner::Ourselves, ..Verdicts::default() }
}
