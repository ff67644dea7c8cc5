//! A mail that a mailbox sends to itself, and the wait for it. It stays where it arrives.

use super::super::{imap, smtp};
use base::{
    clock::Stopwatch,
    mail::{Address, OutgoingMail, build, new_message_id},
};
use desk::{App, WorkspaceId, domains, finding::Finding, mailboxes::Mailbox};
use std::time::Duration;

const CHECK: &str = "probe";
/// How long the mail may be on its way.
const PATIENCE: Duration = Duration::from_secs(120);
/// How often is looked for it.
const LOOK: Duration = Duration::from_secs(2);

/// Sends the mail, signed as answers are, and waits until it can be fetched.
pub(super) async fn probe(app: &App, workspace: WorkspaceId, mailbox: &Mailbox) -> Finding {
    let (Some(imap), Some(smtp)) = (&mailbox.settings.imap, &mailbox.settings.smtp) else {
        return Finding::warn(CHECK, "a mail can be sent and waited for only where the mailbox both sends and fetches");
    };
    let domain = mailbox.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let id = new_message_id(app.new_id(), domain);
    let own = Address::new(Some(&mailbox.name), &mailbox.address);
    let letter = build(&OutgoingMail {
        from: own.clone(),
        reply_to: None,
        to: vec![own],
        cc: vec![],
        subject: "Test of this mailbox".into(),
        message_id: id.clone(),
        in_reply_to: None,
        references: vec![],
        date: app.now(),
        body: "`rapport mail doctor --send-probe` sent this mail to see whether it arrives.".into(),
        quoted: None,
        attachments: vec![],
        automatic: true,
    });
    let letter = match domains::signer(app, workspace.as_system(), &mailbox.address).await {
        Ok(None) => letter,
        Ok(Some(signer)) => match signer.sign(&letter) {
            Ok(signature) => [signature.as_bytes(), &letter].concat(),
            Err(reason) => return Finding::fail(CHECK, reason),
        },
        Err(error) => return Finding::fail(CHECK, error.to_string()),
    };
    if let Err(reason) = smtp::send_to_itself(mailbox, smtp, &letter).await {
        return Finding::fail(CHECK, format!("the mail did not leave: {reason}"));
    }
    let sent = Stopwatch::start();
    while sent.elapsed() < PATIENCE {
        match imap::holds(mailbox, imap, &id).await {
            Ok(true) => {
                return Finding::ok(CHECK, format!("the mail came back after {} seconds", sent.elapsed().as_secs()));
            }
            Ok(false) => {}
            Err(error) => return Finding::fail(CHECK, format!("the mail left, but could not be looked for: {error}")),
        }
        tokio::time::sleep(LOOK).await;
    }
    let words =
        "the server took the mail, but it did not arrive in {} seconds; look into the server's log and the spam folder";
    Finding::fail(CHECK, words.replace("{}", &PATIENCE.as_secs().to_string()))
}
