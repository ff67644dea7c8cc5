//! Whose a conversation is, when that changes: a customer is renamed, joins an organisation, or turns out to be another one.
//!
//! Only what lists show follows. Messages, those who take part and who gets an answer stay what they were.

use super::{Conversation, ConversationId, Status, store};
use crate::{
    App, Desk, Result, WorkspaceId,
    customers::{self, CustomerId},
    jobs::{Done, Handler},
};
use async_trait::async_trait;
use base::{
    params,
    queue::{Claimed, JobError},
    statements,
};
use uuid::Uuid;

statements! {
    FOLLOW = "update conversation set customer_name = $3,
        organisation_id = (select organisation_id from customer where workspace_id = $1 and id = $2)
        where workspace_id = $1 and customer_id = $2 and id in
        (select id from conversation where workspace_id = $1 and customer_id = $2 and id > $4 order by id limit $5) returning id";
    OF_CUSTOMER = "select id from conversation where workspace_id = $1 and customer_id = $2 order by id limit $3";
    HAND_OVER = "update conversation set customer_id = $3, customer_name = $4,
        organisation_id = (select organisation_id from customer where workspace_id = $1 and id = $3)
        where workspace_id = $1 and id = $2";
    BEGUN_SINCE = "select id from conversation where workspace_id = $1 and customer_id = $2 and id > $3 order by id limit $4";
    ADDRESSES = "select address from participant where workspace_id = $1 and conversation_id = $2 order by address limit 100";
}

/// Conversations in one unit of work.
const CHUNK: i64 = 500;

/// Copies a customer's name and organisation to their conversations, so many at a time.
pub struct FollowCustomer;

#[async_trait]
impl Handler for FollowCustomer {
    fn kind(&self) -> &'static str {
        customers::FOLLOW_CUSTOMER
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let customer: CustomerId =
            serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
        let scope = WorkspaceId(job.workspace_id).as_system();
        let mut after = Some(ConversationId(Uuid::nil()));
        while let Some(last) = after {
            after = app.write(scope, move |desk| Box::pin(async move { follow(desk, customer, last).await })).await?;
        }
        Ok(Done::Effects)
    }
}

async fn follow(desk: &mut Desk<'_>, id: CustomerId, after: ConversationId) -> Result<Option<ConversationId>> {
    // Who was merged meanwhile has none any more.
    let customer = customers::lock(desk, id).await?;
    let params = params![desk.workspace(), id, &customer.name, after, CHUNK];
    let done = desk.tx().rows::<(ConversationId,)>(FOLLOW, params).await?;
    let last = done.iter().map(|(id,)| *id).max();
    Ok(last.filter(|_| done.len() as i64 == CHUNK))
}

/// The first conversations of a customer, merged ones too.
pub(crate) async fn of_customer(desk: &Desk<'_>, customer: CustomerId, limit: i64) -> Result<Vec<ConversationId>> {
    let rows = desk.tx().rows::<(ConversationId,)>(OF_CUSTOMER, params![desk.workspace(), customer, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Conversations of a customer that began after one with this id would have, in the order in which they did.
pub(crate) async fn begun_since(
    desk: &Desk<'_>,
    customer: CustomerId,
    after: Uuid,
    limit: i64,
) -> Result<Vec<ConversationId>> {
    let params = params![desk.workspace(), customer, after, limit];
    let rows = desk.tx().rows::<(ConversationId,)>(BEGUN_SINCE, params).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Who takes part in a conversation.
pub(crate) async fn addresses(desk: &Desk<'_>, id: ConversationId) -> Result<Vec<String>> {
    let rows = desk.tx().rows::<(String,)>(ADDRESSES, params![desk.workspace(), id]).await?;
    Ok(rows.into_iter().map(|(address,)| address).collect())
}

/// Gives a conversation of one customer to another, with its counts. Returns what the customer was called in it; none when it was not
/// theirs.
pub(crate) async fn hand_over(
    desk: &mut Desk<'_>,
    id: ConversationId,
    from: CustomerId,
    to: CustomerId,
    name: &str,
) -> Result<Option<String>> {
    let before = store::lock_any(desk, id).await?;
    if before.customer_id != from {
        return Ok(None);
    }
    desk.tx().exec(HAND_OVER, params![desk.workspace(), id, to, name]).await?;
    if before.status != Status::Merged {
        let after = Conversation { customer_id: to, ..before.clone() };
        store::count(desk, &before, -1);
        store::count(desk, &after, 1);
    }
    Ok(Some(before.customer_name))
}
