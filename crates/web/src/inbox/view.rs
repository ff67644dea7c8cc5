//! Views in addresses, and which conversations they hold.

use desk::conversations::{ListRow, PageKey, Status, Tag, View};
use desk::people::AgentId;
use desk::{Error, Result};

/// A view's word in addresses: `mine`, `team-…`.
pub(crate) fn slug(view: View) -> String {
    match view {
        View::Open => "open".to_owned(),
        View::Mine => "mine".to_owned(),
        View::Unassigned => "unassigned".to_owned(),
        View::Neglected => "neglected".to_owned(),
        View::Resolved => "resolved".to_owned(),
        View::Mentions => "mentions".to_owned(),
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
        "resolved" => View::Resolved,
        "mentions" => View::Mentions,
        other => {
            let (kind, id) = other.split_once('-').ok_or(Error::NotFound)?;
            match kind {
                "team" => View::Team(id.parse().map_err(|_| Error::NotFound)?),
                "tag" => View::Tag(id.parse().map_err(|_| Error::NotFound)?),
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
        View::Resolved => row.status == Status::Resolved,
        View::Team(team) => open && row.team_id == Some(team),
        View::Tag(tag) => open && tags.iter().any(|one| one.id == tag),
        View::Customer(customer) => row.customer_id == customer && row.status != Status::Side,
    }
}

/// What a list is ordered by: microseconds, which a script's numbers hold exactly.
pub(crate) fn sort_key(view: View, row: &ListRow) -> i64 {
    match view {
        View::Neglected => row.respond_by.unwrap_or(row.last_activity_at).as_microsecond(),
        _ => row.last_activity_at.as_microsecond(),
    }
}

/// The riskiest comes first where waiting counts; elsewhere the newest.
pub(crate) fn is_ascending(view: View) -> bool {
    view == View::Neglected
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
        for view in ["open", "mine", "unassigned", "neglected", "resolved", &format!("team-{id}"), &format!("tag-{id}")]
        {
            assert_eq!(slug(parse(view).unwrap()), *view);
        }
        assert!(parse("everything").is_err() && parse("team-x").is_err());
    }
}
