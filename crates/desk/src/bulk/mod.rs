//! One change to many conversations: at once for a few, chunk by chunk in the background for a whole view; undone as one.

mod jobs;
mod rules;
mod store;

pub use jobs::ChangeMany;
pub use rules::{Change, State};
pub use store::STATEMENTS;

use crate::{
    Desk, Error, Event, Result,
    conversations::{
        self, Conversation, ConversationId, Filter, Until, View, ViewId,
        views::{self, Condition},
    },
    people::{AgentId, TeamId},
    problems,
};
use base::id_type;
use jiff::{SignedDuration, Timestamp};
use rules::{Before, is_untouched};

id_type! {
    /// A change to many conversations.
    BulkId
}

/// So many are changed in the unit of work that asks for it; more are left to the background.
pub const AT_ONCE: usize = 200;
/// So many are changed in one unit of work in the background: few enough that nobody waits for it.
const CHUNK: i64 = 100;
/// How far a view is counted for the progress that is shown.
const COUNTED: i64 = 10_000;
/// For how long a change can be undone.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A change to many, as far as it has got.
#[derive(Debug, Clone, PartialEq)]
pub struct Bulk {
    /// Its id.
    pub id: BulkId,
    /// Who makes it.
    pub agent_id: AgentId,
    /// What is changed.
    pub change: Change,
    /// The view that it goes through; none for chosen conversations.
    view: Option<String>,
    /// Where in the view it goes on.
    cursor: Option<String>,
    /// How far it has got.
    pub state: State,
    /// How many it is about; of a large view, the least it can be.
    pub total: i64,
    /// How many it has changed.
    pub changed: i64,
    /// How many could not be changed: merged away, or fields are missing.
    pub passed_over: i64,
    /// How many undoing has put back.
    pub restored: i64,
    /// How many undoing has left, since something happened to them meanwhile.
    pub left_alone: i64,
    /// When it was begun.
    pub created_at: Timestamp,
}

/// Which conversations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// Those of these numbers.
    These(Vec<i64>),
    /// All of a view.
    All(View),
}

/// Changes many conversations: at once when they are few; else it begins, and goes on in the background.
///
/// # Errors
/// [`Error::Invalid`] when nothing was chosen, or too many one by one; what the change itself refuses for all of them.
pub async fn change(desk: &mut Desk<'_>, chosen: Chosen, change: Change) -> Result<BulkId> {
    let (agent_id, id, created_at) = (desk.agent()?, BulkId(desk.new_id()), desk.now());
    if let Change::Snooze(Some(until)) = change
        && until <= created_at
    {
        return Err(Error::field("until", "not_ahead"));
    }
    let old = created_at.checked_sub(KEPT).map_err(Error::internal)?;
    store::forget_old(desk, BulkId(desk.new_id_at(old))).await?;
    let (ids, view, total) = choose(desk, chosen).await?;
    let mut bulk = Bulk {
        id,
        agent_id,
        change,
        view,
        cursor: None,
        state: State::Running,
        total,
        changed: 0,
        passed_over: 0,
        restored: 0,
        left_alone: 0,
        created_at,
    };
    store::insert(desk, &bulk).await?;
    match ids {
        Some(ids) => {
            change_these(desk, &mut bulk, &ids).await?;
            bulk.state = State::Done;
            store::update(desk, &bulk).await?;
        }
        None => jobs::order(desk, id).await?,
    }
    desk.emit(Event::BulkWent { bulk: id });
    Ok(id)
}

type ChosenIds = (Option<Vec<ConversationId>>, Option<String>, i64);

/// The conversations themselves when they are few, else the view to go through; and how many they are.
async fn choose(desk: &mut Desk<'_>, chosen: Chosen) -> Result<ChosenIds> {
    let view = match chosen {
        Chosen::These(mut numbers) => {
            numbers.sort_unstable();
            numbers.dedup();
            if numbers.is_empty() || numbers.len() > AT_ONCE {
                return Err(Error::field("number", if numbers.is_empty() { "required" } else { "too_many" }));
            }
            let mut ids = Vec::new();
            for number in numbers {
                match conversations::find_by_number(desk, number).await {
                    Ok(found) => ids.push(found.id),
                    Err(Error::NotFound) => {}
                    Err(other) => return Err(other),
                }
            }
            let total = ids.len() as i64;
            return Ok((Some(ids), None, total));
        }
        Chosen::All(view) => view,
    };
    let first = views::page(desk, view, None, AT_ONCE as i64).await?;
    if first.next.is_none() {
        let ids: Vec<_> = first.rows.iter().map(|listed| listed.row.id).collect();
        let total = ids.len() as i64;
        return Ok((Some(ids), None, total));
    }
    let total = match filter_of(desk, view).await? {
        Some(filter) => views::count(desk, &filter, COUNTED, COUNTED).await?.found,
        None => first.rows.len() as i64,
    };
    Ok((None, Some(view_words(view)), total))
}

/// A view's conditions, for counting how many it is about.
async fn filter_of(desk: &mut Desk<'_>, view: View) -> Result<Option<Filter>> {
    use conversations::{Status, views::Who};
    let status = |status| Filter::Is(Condition::Status(status));
    let open_and = |condition| Filter::All(vec![status(Status::Open), Filter::Is(condition)]);
    Ok(Some(match view {
        View::Open => status(Status::Open),
        View::Mine => open_and(Condition::Assignee(Who::Me)),
        View::Unassigned => open_and(Condition::Assignee(Who::Nobody)),
        // No condition says so: the first page is what is known of it.
        View::Mentions | View::Reviews => return Ok(None),
        View::Neglected => Filter::Is(Condition::Waiting),
        View::Snoozed => status(Status::Snoozed),
        View::Resolved => status(Status::Resolved),
        View::Team(team) => open_and(Condition::Team(Some(team))),
        View::Tag(tag) => open_and(Condition::Tag(tag)),
        View::Customer(customer) => Filter::Is(Condition::Customer(customer)),
        View::Saved(id) => views::view(desk, id).await?.filter,
    }))
}

fn view_words(view: View) -> String {
    match view {
        View::Open => "open".into(),
        View::Mine => "mine".into(),
        View::Unassigned => "unassigned".into(),
        View::Mentions => "mentions".into(),
        View::Reviews => "reviews".into(),
        View::Neglected => "neglected".into(),
        View::Snoozed => "snoozed".into(),
        View::Resolved => "resolved".into(),
        View::Team(TeamId(id)) => format!("team {id}"),
        View::Tag(conversations::TagId(id)) => format!("tag {id}"),
        View::Customer(id) => format!("customer {id}"),
        View::Saved(ViewId(id)) => format!("saved {id}"),
    }
}

fn view_of(words: &str) -> Result<View> {
    let (kind, id) = words.split_once(' ').unwrap_or((words, ""));
    let id = || id.parse().map_err(Error::internal);
    Ok(match kind {
        "open" => View::Open,
        "mine" => View::Mine,
        "unassigned" => View::Unassigned,
        "mentions" => View::Mentions,
        "reviews" => View::Reviews,
        "neglected" => View::Neglected,
        "snoozed" => View::Snoozed,
        "resolved" => View::Resolved,
        "team" => View::Team(TeamId(id()?)),
        "tag" => View::Tag(conversations::TagId(id()?)),
        "customer" => View::Customer(crate::customers::CustomerId(id()?)),
        "saved" => View::Saved(ViewId(id()?)),
        other => return Err(Error::internal(format!("there is no view {other}"))),
    })
}

async fn change_these(desk: &mut Desk<'_>, bulk: &mut Bulk, ids: &[ConversationId]) -> Result<()> {
    for id in ids {
        match change_one(desk, *id, &bulk.change).await {
            Ok(Some(before)) => {
                store::keep(desk, bulk.id, *id, &before).await?;
                bulk.changed += 1;
            }
            Ok(None) => {}
            // It was merged away, fields are missing, or it is settled already: the others go on.
            Err(Error::Conflict(_)) => bulk.passed_over += 1,
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// Changes one conversation; returns what undoing that takes, or nothing when it was like that already.
async fn change_one(desk: &mut Desk<'_>, id: ConversationId, change: &Change) -> Result<Option<Before>> {
    match change {
        Change::Tag(name) => {
            let is_new = conversations::put_tag(desk, id, name).await?;
            return Ok(is_new.then(|| Before::Tagged(name.clone())));
        }
        Change::Untag(name) => {
            let was_there = conversations::take_tag(desk, id, name).await?;
            return Ok(was_there.then(|| Before::Untagged(name.clone())));
        }
        Change::Problem(to) => {
            let was = problems::put(desk, id, *to).await?;
            return Ok((was != *to).then_some(Before::Problem { was, left: *to }));
        }
        Change::Read | Change::Unread => {
            let seen = conversations::seen_at(desk, id).await?;
            if *change == Change::Read {
                conversations::mark_seen(desk, id).await?;
            } else {
                conversations::mark_unseen(desk, id).await?;
            }
            let row = conversations::find(desk, id).await?;
            let was_read = seen.is_some_and(|seen| seen >= row.last_activity_at);
            return Ok((was_read != (*change == Change::Read)).then_some(Before::Seen(seen)));
        }
        _ => {}
    }
    let was = conversations::find(desk, id).await?;
    match change {
        Change::Assign(to) => conversations::assign(desk, id, *to).await?,
        Change::Team(to) => conversations::assign_team(desk, id, *to).await?,
        Change::Priority(to) => conversations::set_priority(desk, id, *to).await?,
        Change::Resolve => conversations::resolve(desk, id).await?,
        Change::Open => {
            conversations::wake(desk, id).await?;
            conversations::reopen(desk, id).await?;
        }
        Change::Snooze(until) => {
            conversations::snooze(desk, id, until.map_or(Until::Reply, Until::At)).await?;
        }
        Change::Tag(_) | Change::Untag(_) | Change::Problem(_) | Change::Read | Change::Unread => {}
    }
    let left = conversations::find(desk, id).await?;
    Ok((was != left).then(|| Before::State { was: Box::new(was), left: Box::new(left) }))
}

/// One more chunk; whether there is more to do.
async fn go_on(desk: &mut Desk<'_>, id: BulkId) -> Result<bool> {
    let mut bulk = store::lock(desk, id).await?;
    match bulk.state {
        State::Running => go_through(desk, &mut bulk).await?,
        State::Undoing => take_back(desk, &mut bulk, CHUNK).await?,
        State::Done | State::Stopped | State::Undone => return Ok(false),
    }
    store::update(desk, &bulk).await?;
    desk.emit(Event::BulkWent { bulk: id });
    Ok(bulk.state.is_under_way())
}

async fn go_through(desk: &mut Desk<'_>, bulk: &mut Bulk) -> Result<()> {
    let view = view_of(bulk.view.as_deref().unwrap_or_default())?;
    let after = bulk.cursor.as_deref().and_then(|cursor| cursor.parse().ok());
    let page = match views::page(desk, view, after, CHUNK).await {
        Ok(page) => page,
        // Somebody deleted the view meanwhile.
        Err(Error::NotFound) => {
            bulk.state = State::Stopped;
            return Ok(());
        }
        Err(other) => return Err(other),
    };
    // What came, or was written to, after somebody looked at the view is not what they chose.
    let chosen = page.rows.iter().filter(|listed| listed.row.last_activity_at <= bulk.created_at);
    let ids: Vec<_> = chosen.map(|listed| listed.row.id).collect();
    change_these(desk, bulk, &ids).await?;
    bulk.total = bulk.total.max(bulk.changed + bulk.passed_over);
    match page.next {
        Some(next) => bulk.cursor = Some(next.to_string()),
        None => bulk.state = State::Done,
    }
    Ok(())
}

async fn take_back(desk: &mut Desk<'_>, bulk: &mut Bulk, limit: i64) -> Result<()> {
    let items = store::items(desk, bulk.id, limit).await?;
    let is_last = (items.len() as i64) < limit;
    for (conversation, before) in items {
        if put_back(desk, conversation, before).await? {
            bulk.restored += 1;
        } else {
            bulk.left_alone += 1;
        }
        store::forget_item(desk, bulk.id, conversation).await?;
    }
    if is_last {
        bulk.state = State::Undone;
    }
    Ok(())
}

/// Whether it could be put back: not when something else has happened to it since.
async fn put_back(desk: &mut Desk<'_>, id: ConversationId, before: Before) -> Result<bool> {
    match before {
        Before::State { was, left } => {
            let now: Conversation = conversations::lock_any(desk, id).await?;
            if !is_untouched(&now, &left) {
                return Ok(false);
            }
            let was = Conversation { customer_name: now.customer_name.clone(), ..*was };
            conversations::put_back(desk, &now, &was).await?;
            Ok(true)
        }
        Before::Tagged(name) => conflict_is_no(conversations::take_tag(desk, id, &name).await),
        Before::Untagged(name) => conflict_is_no(conversations::put_tag(desk, id, &name).await),
        Before::Problem { was, left } => {
            let now = problems::of_conversation(desk, id).await?.map(|problem| problem.id);
            if now != left {
                return Ok(false);
            }
            conflict_is_no(problems::put(desk, id, was).await.map(|_| true))
        }
        Before::Seen(at) => {
            conversations::set_seen(desk, id, at).await?;
            Ok(true)
        }
    }
}

fn conflict_is_no(done: Result<bool>) -> Result<bool> {
    match done {
        Err(Error::Conflict(_)) => Ok(false),
        other => other,
    }
}

/// Stops a change that goes on; what it has changed stays changed.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`] when it is somebody else's.
pub async fn stop(desk: &mut Desk<'_>, id: BulkId) -> Result<()> {
    let mut bulk = own(desk, id).await?;
    if bulk.state == State::Running {
        bulk.state = State::Stopped;
        store::update(desk, &bulk).await?;
        desk.emit(Event::BulkWent { bulk: id });
    }
    Ok(())
}

/// Takes a change back: each conversation is put back to exactly what it was, unless something has happened to it since. One that still
/// goes on goes no further.
///
/// # Errors
/// [`Error::Conflict`] when it was undone, or is being undone; [`Error::NotFound`], [`Error::Forbidden`].
pub async fn undo(desk: &mut Desk<'_>, id: BulkId) -> Result<()> {
    let mut bulk = own(desk, id).await?;
    if !bulk.state.may_undo() {
        return Err(Error::Conflict("undone_already"));
    }
    bulk.state = State::Undoing;
    if bulk.changed <= AT_ONCE as i64 {
        take_back(desk, &mut bulk, AT_ONCE as i64 + 1).await?;
    } else {
        jobs::order(desk, id).await?;
    }
    store::update(desk, &bulk).await?;
    desk.emit(Event::BulkWent { bulk: id });
    Ok(())
}

async fn own(desk: &mut Desk<'_>, id: BulkId) -> Result<Bulk> {
    let bulk = store::lock(desk, id).await?;
    if bulk.agent_id == desk.agent()? { Ok(bulk) } else { Err(Error::Forbidden) }
}

/// One change of the acting agent.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`] when it is somebody else's.
pub async fn find(desk: &mut Desk<'_>, id: BulkId) -> Result<Bulk> {
    let bulk = store::find(desk, id).await?;
    if bulk.agent_id == desk.agent()? { Ok(bulk) } else { Err(Error::Forbidden) }
}

/// The last change of the acting agent, while it goes on.
///
/// # Errors
/// [`Error::Forbidden`] when it is not an agent who acts.
pub async fn under_way(desk: &mut Desk<'_>) -> Result<Option<Bulk>> {
    let newest = store::newest_of(desk, desk.agent()?).await?;
    Ok(newest.filter(|bulk| bulk.state.is_under_way()))
}
