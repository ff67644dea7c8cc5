//! A customer's story: everything that happened with them in one line of time, whatever the channel, and all their files.
//!
//! What is to stand in it later (orders, promises, surveys) gets a variant of [`Entry`] and a reader in `timeline`.

mod rules;
mod store;

pub use rules::{Entry, TimeKey};
pub use store::{File, STATEMENTS};

use crate::{
    Desk, Result,
    conversations::{self, ConversationId, PageKey, View},
    customers::{CustomerId, consent, notes},
};

/// One page of a customer's story, newest first.
///
/// # Errors
/// [`crate::Error::Forbidden`] when it is not an agent who acts.
pub async fn timeline(
    desk: &mut Desk<'_>,
    customer: CustomerId,
    after: Option<TimeKey>,
    limit: usize,
) -> Result<(Vec<Entry>, Option<TimeKey>)> {
    let limit = limit.clamp(1, 100);
    let each = limit as i64 + 1;
    let key = after.map(|key| PageKey { key: key.at.as_microsecond(), id: ConversationId(key.id) });
    let conversations = conversations::list(desk, View::Customer(customer), key, each).await?;
    let noted = notes::list(desk, customer, after.map(|key| (key.at, key.id)), each).await?;
    let said = consent::ledger_by_time(desk, customer, after.map(|key| (key.at, key.id)), each).await?;
    let mut entries: Vec<Entry> = conversations.into_iter().map(|one| Entry::Conversation(Box::new(one))).collect();
    entries.extend(noted.into_iter().map(Entry::Note));
    entries.extend(said.into_iter().map(Entry::Consent));
    Ok(rules::page(entries, limit))
}

/// How many conversations are looked through for files at a time, and how many rounds at most before a page is shown.
const CONVERSATIONS: i64 = 20;
const ROUNDS: usize = 5;
/// Files that a page needs not to look further.
const ENOUGH: usize = 20;

/// The files of a customer's conversations, those of the latest conversations first; where it goes on, if it does.
///
/// # Errors
/// The store's.
pub async fn files(
    desk: &mut Desk<'_>,
    customer: CustomerId,
    after: Option<PageKey>,
) -> Result<(Vec<File>, Option<PageKey>)> {
    let mut found = Vec::new();
    let mut key = after;
    for _ in 0..ROUNDS {
        let last = store::conversations_after(desk, customer, key, CONVERSATIONS).await?;
        found.extend(store::files(desk, customer, key, CONVERSATIONS).await?);
        key = last;
        if key.is_none() || found.len() >= ENOUGH {
            break;
        }
    }
    Ok((found, key))
}
