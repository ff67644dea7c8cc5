//! Conversations that we begin: somebody is written to who has not written to us.

use super::{Conversation, ConversationId, Person, Priority, Status, store};
use crate::{Actor, Desk, Error, Event, Result, customers, mailboxes::MailboxId};
use base::mail::Address;

/// What a conversation begins with.
#[derive(Debug, Clone)]
pub(crate) struct Beginning {
    /// On one line.
    pub(crate) subject: String,
    /// To whom it goes; whose it is.
    pub(crate) to: Person,
    /// Through which mailbox.
    pub(crate) mailbox: Option<MailboxId>,
    /// In which lists it stands.
    pub(crate) status: Status,
}

/// Begins a conversation; what is said in it follows in the same unit of work.
pub(crate) async fn begin(desk: &mut Desk<'_>, new: Beginning) -> Result<Conversation> {
    let subject = new.subject.split_whitespace().collect::<Vec<_>>().join(" ");
    if subject.is_empty() || subject.chars().count() > 500 {
        return Err(Error::field("subject", if subject.is_empty() { "required" } else { "too_long" }));
    }
    let customer = customers::identify(desk, &Address::from(&new.to)).await?;
    let now = desk.now();
    let conversation = Conversation {
        id: ConversationId(desk.new_id()),
        number: desk.next_conversation_number().await?,
        subject,
        channel: "email".to_owned(),
        mailbox_id: new.mailbox,
        customer_id: customer.id,
        customer_name: customer.name,
        status: new.status,
        priority: Priority::Normal,
        assignee_id: None,
        team_id: None,
        preview: String::new(),
        message_count: 0,
        created_at: now,
        last_activity_at: now,
        waiting_since: None,
        respond_by: None,
        response_due: None,
        waiting_messages: 0,
        risk_at: None,
        first_response_at: None,
        resolved_at: None,
        snoozed_until: None,
        type_id: None,
    };
    let (sql, params) = store::insert(desk, &conversation);
    desk.tx().exec(sql, &params).await?;
    store::count(desk, &conversation, 1);
    let who: Actor = desk.actor();
    desk.emit_as(who, Event::ConversationOpened { conversation: conversation.id });
    Ok(conversation)
}
