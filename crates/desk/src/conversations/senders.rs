//! From which address an answer leaves: one that its mailbox may use, the one that the customer wrote to unless the agent says otherwise.

use super::{Conversation, ConversationId, Header, MessageKind, store};
use crate::{
    Desk, Result,
    mailboxes::{self, Mailbox},
};
use base::mail::Address;

/// How many of the newest messages are asked which address the customer wrote to.
const LOOKED_AT: i64 = 50;

/// The addresses that an answer to a conversation may leave from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Senders {
    /// The one that it leaves from unless the agent says otherwise.
    pub standard: String,
    /// All, the mailbox's own first; none when there is no mailbox.
    pub all: Vec<String>,
}

/// From which addresses an answer to a conversation may leave.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub async fn senders(desk: &mut Desk<'_>, id: ConversationId) -> Result<Senders> {
    let conversation = store::find(desk, id).await?;
    let Some(mailbox) = mailbox_of(desk, &conversation).await? else { return Ok(Senders::default()) };
    let standard = standard(desk, id, &mailbox).await?;
    Ok(Senders { standard, all: mailbox.addresses().into_iter().map(str::to_owned).collect() })
}

/// The mailbox that answers leave through.
pub(super) async fn mailbox_of(desk: &mut Desk<'_>, conversation: &Conversation) -> Result<Option<Mailbox>> {
    match conversation.mailbox_id {
        Some(id) => Ok(Some(mailboxes::find(desk, id).await?)),
        None => Ok(mailboxes::list(desk).await?.into_iter().find(|mailbox| mailbox.active)),
    }
}

/// The address of the mailbox that the customer's last message was written to.
pub(super) async fn standard(desk: &Desk<'_>, id: ConversationId, mailbox: &Mailbox) -> Result<String> {
    if mailbox.settings.aliases.is_empty() {
        return Ok(mailbox.address.clone());
    }
    let newest = store::messages(desk, id, None, LOOKED_AT).await?;
    let last = newest.iter().rev().find(|message| message.kind == MessageKind::Incoming).map(Header::of);
    let named = last.as_ref().and_then(|header| mailbox.named_by(header.written_to.as_deref()?));
    Ok(named.unwrap_or(&mailbox.address).to_owned())
}

/// Which of the mailbox's addresses a mail was written to: one that its header names goes before one that only its transport knew.
pub(super) fn written_to(mailbox: &Mailbox, to: &[Address], cc: &[Address], sent_to: &[String]) -> Option<String> {
    let header = to.iter().chain(cc).map(|person| person.address.as_str());
    header.chain(sent_to.iter().map(String::as_str)).find_map(|address| mailbox.named_by(address)).map(str::to_owned)
}
