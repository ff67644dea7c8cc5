//! Search: which words of which messages are found, and what a result shows. The index itself is `base::search`; what people
//! may type is in `rules`, what conversations are found by in `conversations::search`.

mod rules;

pub use base::search::{Cursor, Marks, Order, Page, Query, highlight, mark, short, snippet};
pub use rules::{Asked, Asks, Condition, Hint, Operator, State, completions, understand, without, written};

use crate::{Desk, Result};
use base::search::{self, Document, Suggestion};
use base::text;

/// Makes a message findable, by its text, by what its conversation is called by, and by its marks.
pub(crate) async fn index(desk: &Desk<'_>, document: &Document<'_>) -> Result<()> {
    Ok(search::index(desk.tx(), desk.workspace().0, document).await?)
}

/// One page of conversations that fit the query, and where the next page goes on.
///
/// # Errors
/// The store's; any text is a valid query.
pub async fn find(
    desk: &mut Desk<'_>,
    query: &Query,
    order: Order,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page> {
    Ok(search::find(desk.tx(), desk.workspace().0, query, order, limit, after).await?)
}

/// What may have been meant by words that nothing holds; see [`base::search::suggest`].
pub(crate) async fn suggest(desk: &Desk<'_>, query: &Query) -> Result<Option<Suggestion>> {
    Ok(search::suggest(desk.tx(), desk.workspace().0, query).await?)
}

/// What was typed with the words that were meant.
pub(crate) fn corrected(typed: &str, suggestion: &Suggestion) -> String {
    let mut text = String::with_capacity(typed.len());
    let mut at = 0;
    for part in text::parts(typed, 200) {
        if let Some(meant) = suggestion.instead.get(&part.text) {
            text.push_str(&typed[at..part.range.start]);
            text.push_str(meant);
            at = part.range.end;
        }
    }
    text.push_str(&typed[at..]);
    text
}
