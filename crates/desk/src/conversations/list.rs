//! Lists and their counts.

use super::{ConversationId, CountedView, FoundRow, ListRow, Tag, TagId, View, store};
use crate::{
    Desk, Result,
    customers::OrganisationId,
    people::{AgentId, TeamId},
};
use jiff::Timestamp;
use std::collections::HashMap;
use uuid::Uuid;

/// What a list is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Last activity first.
    Activity,
    /// Newest first.
    Created,
    /// Those whose customer waits, riskiest first; then all others.
    Risk,
    /// Most urgent first, then last activity first.
    Priority,
    /// Next to wake first; those that only the customer wakes last.
    Waking,
}

/// What stands for "never" in an ascending order.
const NEVER: i64 = i64::MAX;
/// So far apart are the keys of two priorities: further than any two moments until the year 2096.
const PRIORITY_STEP: i64 = 4_000_000_000_000_000;

impl Order {
    /// The smallest key comes first.
    pub fn is_ascending(self) -> bool {
        matches!(self, Order::Risk | Order::Waking)
    }

    /// By which number a row is ordered.
    pub fn key(self, row: &ListRow) -> i64 {
        let moment = |at: Option<Timestamp>| at.map_or(NEVER, Timestamp::as_microsecond);
        match self {
            Order::Activity => row.last_activity_at.as_microsecond(),
            Order::Created => row.created_at.as_microsecond(),
            Order::Risk => moment(row.risk_at),
            Order::Priority => row.priority as i64 * PRIORITY_STEP + row.last_activity_at.as_microsecond(),
            Order::Waking => moment(row.snoozed_until),
        }
    }
}

impl View {
    /// What it is ordered by; a saved view says so itself ([`super::SavedView`]).
    pub fn order(self) -> Order {
        match self {
            View::Neglected => Order::Risk,
            View::Snoozed => Order::Waking,
            _ => Order::Activity,
        }
    }
}

/// Where a page of a list goes on: the last row's key in the list's order, and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageKey {
    /// See [`Order::key`].
    pub key: i64,
    /// The conversation.
    pub id: ConversationId,
}

impl PageKey {
    /// Before the first row.
    pub(crate) fn start(order: Order) -> Self {
        match order.is_ascending() {
            true => PageKey { key: i64::MIN, id: ConversationId(Uuid::nil()) },
            false => PageKey { key: i64::MAX, id: ConversationId(Uuid::max()) },
        }
    }
}

impl std::fmt::Display for PageKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.key, self.id)
    }
}

impl std::str::FromStr for PageKey {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let (key, id) = text.split_once('.').ok_or(())?;
        Ok(Self { key: key.parse().map_err(drop)?, id: id.parse().map_err(drop)? })
    }
}

/// A row of a list with its tags.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The conversation.
    pub row: ListRow,
    /// Its tags by name.
    pub tags: Vec<Tag>,
}

impl Listed {
    /// Where the next page goes on, when this is the last row of one.
    pub fn key(&self, order: Order) -> PageKey {
        PageKey { key: order.key(&self.row), id: self.row.id }
    }
}

/// One page of a view for the acting agent.
///
/// # Errors
/// [`crate::Error::Forbidden`] when it is not an agent who acts.
pub async fn list(desk: &mut Desk<'_>, view: View, after: Option<PageKey>, limit: i64) -> Result<Vec<Listed>> {
    let rows = store::list(desk, desk.agent()?, view, after, limit.clamp(1, 201)).await?;
    with_tags(desk, rows).await
}

/// What the acting agent keeps on top of their lists, last pinned first.
///
/// # Errors
/// [`crate::Error::Forbidden`] when it is not an agent who acts.
pub async fn pinned(desk: &mut Desk<'_>) -> Result<Vec<Listed>> {
    let rows = store::pinned(desk, desk.agent()?).await?;
    with_tags(desk, rows).await
}

/// One page of all conversations with an organisation's people, newest first, for the acting agent.
///
/// # Errors
/// [`crate::Error::Forbidden`] when it is not an agent who acts.
pub async fn list_of_organisation(
    desk: &mut Desk<'_>,
    organisation: OrganisationId,
    after: Option<PageKey>,
    limit: i64,
) -> Result<Vec<Listed>> {
    let rows = store::list_of_organisation(desk, desk.agent()?, organisation, after, limit.clamp(1, 200)).await?;
    with_tags(desk, rows).await
}

/// One conversation as a list shows it to the acting agent.
///
/// # Errors
/// [`crate::Error::Forbidden`] when it is not an agent who acts.
pub async fn list_row(desk: &mut Desk<'_>, id: ConversationId) -> Result<Option<Listed>> {
    let row = store::list_row(desk, desk.agent()?, id).await?;
    Ok(with_tags(desk, row.into_iter().collect()).await?.pop())
}

pub(super) async fn with_tags(desk: &Desk<'_>, rows: Vec<ListRow>) -> Result<Vec<Listed>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut tags: HashMap<ConversationId, Vec<Tag>> = HashMap::new();
    for (conversation, id, name) in store::tags_of_these(desk, &ids).await? {
        tags.entry(conversation).or_default().push(Tag { id, name });
    }
    Ok(rows.into_iter().map(|row| Listed { tags: tags.remove(&row.id).unwrap_or_default(), row }).collect())
}

/// How many conversations each view holds, as the acting agent sees them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Open ones.
    pub open: i64,
    /// The viewer's.
    pub mine: i64,
    /// Those in which the viewer was mentioned.
    pub mentions: i64,
    /// Those with a draft that waits for the viewer's review, or for the viewer to send it; counted up to a hundred.
    pub reviews: i64,
    /// Nobody's.
    pub unassigned: i64,
    /// Those whose customer waits.
    pub neglected: i64,
    /// Those that are put off.
    pub snoozed: i64,
    /// Settled ones.
    pub resolved: i64,
    /// Open ones by team.
    pub teams: HashMap<TeamId, i64>,
    /// Open ones by tag.
    pub tags: HashMap<TagId, i64>,
    /// Open ones by agent.
    pub agents: HashMap<AgentId, i64>,
}

/// The counts of all views, kept by the writes.
///
/// # Errors
/// The store's.
pub async fn counts(desk: &mut Desk<'_>) -> Result<Counts> {
    let viewer = desk.agent().ok();
    let mut counts = Counts { reviews: super::in_review::count(desk).await?, ..Counts::default() };
    for (view, key, count) in store::counts(desk).await? {
        match view {
            CountedView::Open => counts.open = count,
            CountedView::Unassigned => counts.unassigned = count,
            CountedView::Neglected => counts.neglected = count,
            CountedView::Snoozed => counts.snoozed = count,
            CountedView::Resolved => counts.resolved = count,
            CountedView::Mine => {
                if viewer == Some(AgentId(key)) {
                    counts.mine = count;
                }
                counts.agents.insert(AgentId(key), count);
            }
            CountedView::Mentions => {
                if viewer == Some(AgentId(key)) {
                    counts.mentions = count;
                }
            }
            CountedView::Team => {
                counts.teams.insert(TeamId(key), count);
            }
            CountedView::Tag => {
                counts.tags.insert(TagId(key), count);
            }
        }
    }
    Ok(counts)
}

/// What lists say of these conversations, in no order.
///
/// # Errors
/// The store's.
pub async fn in_brief(desk: &mut Desk<'_>, ids: &[ConversationId]) -> Result<Vec<FoundRow>> {
    store::found_rows(desk, ids).await
}
