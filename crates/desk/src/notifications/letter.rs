//! Letters that the desk writes to its own people: sent like every answer, by the first mailbox that sends. They say that a program wrote
//! them (RFC 3834), so that nothing answers them by itself.

use crate::{
    App, Desk, Result, Scope,
    channel::Outgoing,
    conversations::MessageId,
    domains,
    mailboxes::{self, MailboxId},
};
use base::mail::{self, Address};

/// The mailbox that letters leave from; none when none sends.
///
/// # Errors
/// The store's.
pub async fn sending_mailbox(desk: &mut Desk<'_>) -> Result<Option<MailboxId>> {
    let all = mailboxes::list(desk).await?;
    let sends = |mailbox: &mailboxes::Mailbox| mailbox.active && mailbox.settings.smtp.is_some();
    Ok(all.into_iter().find(sends).map(|mailbox| mailbox.id))
}

/// A letter, ready to be sent.
pub(crate) async fn letter(
    app: &App,
    scope: Scope,
    through: MailboxId,
    to: Address,
    subject: String,
    markdown: String,
) -> Result<Outgoing> {
    let mailbox = mailboxes::opened(app, scope, through).await?;
    let mailbox = mailboxes::oauth::with_access(app, scope, &mailbox).await?;
    let id = MessageId(app.new_id());
    let from = Address::new(Some(&mailbox.name), &mailbox.address);
    let domain = mailbox.address.rsplit('@').next().unwrap_or("localhost");
    Ok(Outgoing {
        message_id: id,
        signer: domains::signer(app, scope, &from.address).await?,
        from,
        reply_to: None,
        automatic: true,
        to: vec![to],
        cc: Vec::new(),
        subject,
        rfc_message_id: mail::new_message_id(id.0, domain),
        in_reply_to: None,
        references: Vec::new(),
        date: app.now(),
        markdown,
        attachments: Vec::new(),
        mailbox,
    })
}
