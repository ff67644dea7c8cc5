//! Views in addresses, and which conversations they hold.

use desk::conversations::{ListRow, Order, PageKey, Status, Tag, View};
use desk::people::AgentId;
use desk::{Error, Result};

/// A view's word in addresses: `mine`, `team-…`.
pub(crate) fn slug(view: View) -> String {
    match view {
        View::Open => "open".to_owned(),
        View::Mine => "mine".to_owned(),
        View::Unassigned => "unassigned".to_owned(),
        View::Neglected => "neglected".to_owned(),
        View::Snoozed => "snoozed".to_owned(),
        View::Resolved => "resolved".to_owned(),
        View::Mentions => "mentions".to_owned(),
        View::Reviews => "reviews".to_owned(),
        View::Saved(id) => format!("view-{id}"),
        View::Team(id) => format!("team-{id}"),
        View::Tag(id) => format!("tag-{id}"),
        View::Customer(id) => format!("customer-{id}"),
    }
}

/// The view of that word.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) fn parse(slug: &str) -> Result<View> {
    Ok(match slug {
        "open" => View::Open,
        "mine" => View::Mine,
        "unassigned" => View::Unassigned,
        "neglected" => View::Neglected,
        "snoozed" => View::Snoozed,
        "resolved" => View::Resolved,
        "mentions" => View::Mentions,
        "reviews" => View::Reviews,
        other => {
            let (kind, id) = other.split_once('-').ok_or(Error::NotFound)?;
            match kind {
                "team" => View::Team(id.parse().map_err(|_| Error::NotFound)?),
                "tag" => View::Tag(id.parse().map_err(|_| Error::NotFound)?),
                "view" => View::Saved(id.parse().map_err(|_| Error::NotFound)?),
                "customer" => View::Customer(id.parse().map_err(|_| Error::NotFound)?),
                _ => return Err(Error::NotFound),
            }
        }
    })
}

/// Whether a conversation belongs into a view, so that a changed row is put in or taken out of an open list.
pub(crate) fn holds(view: View, row: &ListRow, tags: &[Tag], viewer: AgentId) -> bool {
    let open = row.status == Status::Open;
    match view {
        View::Open | View::Mentions => open,
        View::Mine => open && row.assignee_id == Some(viewer),
        View::Unassigned => open && row.assignee_id.is_none(),
        View::Neglected => open && row.respond_by.is_some(),
        View::Snoozed => row.status == Status::Snoozed,
        View::Resolved => row.status == Status::Resolved,
        View::Team(team) => open && row.team_id == Some(team),
        View::Tag(tag) => open && tags.iter().any(|one| one.id == tag),
        View::Customer(customer) => row.customer_id == customer && row.status != Status::Side,
        // Whom a review was asked of is not in the row: see `load::holds`.
        View::Reviews => row.in_review,
        // Its conditions ask for more than a row: see `live::ops`.
        View::Saved(_) => false,
    }
}

/// Beyond every key of an order: where pinned rows stand.
const BEYOND: i64 = 90_000_000_000_000_000;

/// By which number a script puts a row into its list; those that are kept on top come first.
pub(crate) fn sort_key(order: Order, row: &ListRow) -> i64 {
    match (row.pinned, order.is_ascending()) {
        (true, true) => -BEYOND,
        (true, false) => BEYOND,
        (false, _) => order.key(row).min(BEYOND - 1),
    }
}

/// Where a page of a list goes on, from an address.
pub(crate) fn page_key(text: &str) -> Option<PageKey> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_are_read_back_from_their_words() {
        let id = "0193a000-0000-7000-8000-000000000001";
        for view in [
            "open",
            "mine",
            "unassigned",
            "neglected",
            "snoozed",
            "resolved",
            "reviews",
            &format!("team-{id}"),
            &format!("tag-{id}"),
            &format!("view-{id}"),
        ] {
            assert_eq!(slug(parse(view).unwrap()), *view);
        }
        assert!(parse("everything").is_err() && parse("team-x").is_err());
    }
}
