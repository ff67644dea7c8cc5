//! Search: which words of which messages are found, and what a result shows. The index itself is `base::search`.

pub use base::search::{Cursor, Page, Query, highlight, snippet};

use crate::{Desk, Result};
use base::search::{self, Document};
use uuid::Uuid;

/// A message as search knows it.
#[derive(Debug, Clone, Copy)]
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

/// Makes a message findable, by its text and by what its conversation is called by.
pub(crate) async fn index(desk: &Desk<'_>, entry: Entry<'_>) -> Result<()> {
    let Entry { message, conversation, number, subject, customer, author, address, text } = entry;
    let head = format!("{subject}\n#{number}\n{customer}\n{author}\n{address}");
    let document = Document { id: message, group: conversation, at: desk.now(), head: &head, body: text };
    Ok(search::index(desk.tx(), desk.workspace().0, &document).await?)
}

/// One page of conversations that fit the query, best first, and where the next page goes on.
///
/// # Errors
/// The store's; any text is a valid query.
pub async fn find(desk: &mut Desk<'_>, query: &Query, after: Option<Cursor>, limit: usize) -> Result<Page> {
    Ok(search::find(desk.tx(), desk.workspace().0, query, limit, after).await?)
}
