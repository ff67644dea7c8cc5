//! Views that agents put together themselves: for themselves, for a team, for everyone.

mod compile;
mod rules;
mod store;

pub use rules::{
    Compare, Condition, DEEPEST, Detail, Facts, FieldTest, Filter, Looking, MOST_CONDITIONS, Moment, ORDERS, When, Who,
};
pub use store::STATEMENTS;

use super::{ConversationId, Listed, Order, PageKey, View, ViewId, follow, list as plain, store as conversations};
use crate::{
    Desk, Error, Event, Result, fields,
    people::{self, AgentId, Role, TeamId},
};
use compile::Asked;
use jiff::Timestamp;

/// How many entries of an index are looked at for one page, in steps: mostly the first is enough.
const WINDOWS: [i64; 3] = [200, 1_000, 4_000];
/// The most views that one agent sees.
const MOST_VIEWS: usize = 150;

/// A view that somebody put together.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedView {
    /// Its id.
    pub id: ViewId,
    /// Its name.
    pub name: String,
    /// Whose own it is; none where others see it too.
    pub agent_id: Option<AgentId>,
    /// For which team; none, with no agent, for everyone.
    pub team_id: Option<TeamId>,
    /// Who made it.
    pub created_by: AgentId,
    /// Which conversations it shows.
    pub filter: Filter,
    /// What its rows show.
    pub details: Vec<Detail>,
    /// What it is ordered by.
    pub order: Order,
    /// Its place among the views.
    pub position: i32,
    /// Since when it is deleted.
    pub deleted_at: Option<Timestamp>,
}

/// Who sees a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Who made it.
    Me,
    /// A team.
    Team(TeamId),
    /// Everyone.
    Everyone,
}

impl SavedView {
    /// Who sees it.
    pub fn audience(&self) -> Audience {
        match (self.agent_id, self.team_id) {
            (Some(_), _) => Audience::Me,
            (None, Some(team)) => Audience::Team(team),
            (None, None) => Audience::Everyone,
        }
    }
}

/// A view to be made or changed.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewForm {
    /// Its name.
    pub name: String,
    /// Who sees it.
    pub audience: Audience,
    /// Which conversations it shows.
    pub filter: Filter,
    /// What its rows show.
    pub details: Vec<Detail>,
    /// What it is ordered by.
    pub order: Order,
}

/// One page of a view.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its rows.
    pub rows: Vec<Listed>,
    /// What they are ordered by.
    pub order: Order,
    /// Where the next page goes on; none when there is nothing more.
    pub next: Option<PageKey>,
}

/// How many conversations a view holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// So many were found.
    pub found: i64,
    /// There may be more: nobody looks further than that.
    pub more: bool,
}

/// The views that the acting agent sees, in their order.
///
/// # Errors
/// [`Error::Forbidden`] when it is not an agent who acts.
pub async fn views(desk: &mut Desk<'_>) -> Result<Vec<SavedView>> {
    store::visible(desk, desk.agent()?).await
}

/// One view that the acting agent sees.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or not for them.
pub async fn view(desk: &mut Desk<'_>, id: ViewId) -> Result<SavedView> {
    let view = store::find(desk, desk.agent()?, id).await?;
    if view.deleted_at.is_some() { Err(Error::NotFound) } else { Ok(view) }
}

/// Whether the acting agent may change a view: their own, one that they made, and any shared one as an administrator.
///
/// # Errors
/// [`Error::Forbidden`] when it is not an agent who acts.
pub async fn may_change(desk: &mut Desk<'_>, view: &SavedView) -> Result<bool> {
    let me = desk.agent()?;
    if view.agent_id == Some(me) || (view.agent_id.is_none() && view.created_by == me) {
        return Ok(true);
    }
    Ok(view.agent_id.is_none() && people::agent(desk, me).await?.role >= Role::Admin)
}

/// Makes a view, below all others.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`] when there is no such team; [`Error::Conflict`] when there are too many.
pub async fn create(desk: &mut Desk<'_>, form: ViewForm) -> Result<ViewId> {
    let me = desk.agent()?;
    let form = checked(desk, form).await?;
    if store::visible(desk, me).await?.len() >= MOST_VIEWS {
        return Err(Error::Conflict("too_many_views"));
    }
    let (agent_id, team_id) = columns(form.audience, me);
    let (id, position) = (ViewId(desk.new_id()), store::last_position(desk).await?.saturating_add(1));
    let ViewForm { name, filter, details, order, .. } = form;
    let view =
        SavedView { id, name, agent_id, team_id, created_by: me, filter, details, order, position, deleted_at: None };
    store::insert(desk, &view).await?;
    desk.emit(Event::ViewsChanged);
    Ok(id)
}

/// Changes a view.
///
/// # Errors
/// As [`create`]; [`Error::Forbidden`].
pub async fn change(desk: &mut Desk<'_>, id: ViewId, form: ViewForm) -> Result<()> {
    let view = changeable(desk, id).await?;
    let form = checked(desk, form).await?;
    // What becomes personal becomes its maker's, not an administrator's who changes it.
    let (agent_id, team_id) = columns(form.audience, view.agent_id.unwrap_or(view.created_by));
    let ViewForm { name, filter, details, order, .. } = form;
    store::update(desk, &SavedView { name, agent_id, team_id, filter, details, order, ..view }).await?;
    desk.emit(Event::ViewsChanged);
    Ok(())
}

/// Deletes a view; [`restore`] brings it back as it was.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`].
pub async fn delete(desk: &mut Desk<'_>, id: ViewId) -> Result<()> {
    changeable(desk, id).await?;
    store::set_deleted(desk, id, Some(desk.now())).await?;
    desk.emit(Event::ViewsChanged);
    Ok(())
}

/// Brings a deleted view back.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`].
pub async fn restore(desk: &mut Desk<'_>, id: ViewId) -> Result<()> {
    let view = store::find(desk, desk.agent()?, id).await?;
    if !may_change(desk, &view).await? {
        return Err(Error::Forbidden);
    }
    store::set_deleted(desk, id, None).await?;
    desk.emit(Event::ViewsChanged);
    Ok(())
}

/// Moves a view one place up or down among those of its kind: one's own, or the shared ones.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`].
pub async fn shift(desk: &mut Desk<'_>, id: ViewId, up: bool) -> Result<()> {
    let view = changeable(desk, id).await?;
    let all = store::visible(desk, desk.agent()?).await?;
    let mut same: Vec<SavedView> =
        all.into_iter().filter(|one| one.agent_id.is_some() == view.agent_id.is_some()).collect();
    let at = same.iter().position(|one| one.id == id).ok_or(Error::NotFound)?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < same.len()) };
    let Some(to) = to else { return Ok(()) };
    let places: Vec<i32> = same.iter().map(|one| one.position).collect();
    same.swap(at, to);
    for (one, place) in same.iter().zip(places) {
        if one.position != place {
            store::place(desk, one.id, place).await?;
        }
    }
    desk.emit(Event::ViewsChanged);
    Ok(())
}

async fn changeable(desk: &mut Desk<'_>, id: ViewId) -> Result<SavedView> {
    let found = view(desk, id).await?;
    if may_change(desk, &found).await? { Ok(found) } else { Err(Error::Forbidden) }
}

fn columns(audience: Audience, me: AgentId) -> (Option<AgentId>, Option<TeamId>) {
    match audience {
        Audience::Me => (Some(me), None),
        Audience::Team(team) => (None, Some(team)),
        Audience::Everyone => (None, None),
    }
}

async fn checked(desk: &mut Desk<'_>, form: ViewForm) -> Result<ViewForm> {
    let name = form.name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => return Err(Error::field("name", "required")),
        1..=60 => {}
        _ => return Err(Error::field("name", "too_long")),
    }
    if let Audience::Team(team) = form.audience
        && !people::teams(desk).await?.iter().any(|known| known.id == team)
    {
        return Err(Error::NotFound);
    }
    let filter = form.filter.pruned();
    if let Some(problem) = filter.problem() {
        return Err(Error::field("filter", problem));
    }
    let order = if ORDERS.contains(&form.order) { form.order } else { Order::Activity };
    Ok(ViewForm { name, filter, order, ..form })
}

/// Who looks, and when.
async fn looking(desk: &mut Desk<'_>) -> Result<Looking> {
    Ok(Looking { viewer: desk.agent()?, now: desk.now(), default_type: fields::default_type(desk).await? })
}

/// One page of any view for the acting agent.
///
/// # Errors
/// [`Error::NotFound`] when a saved view is not there, or not for them; [`Error::Forbidden`].
pub async fn page(desk: &mut Desk<'_>, view: View, after: Option<PageKey>, limit: i64) -> Result<Page> {
    if let View::Saved(id) = view {
        let saved = self::view(desk, id).await?;
        return page_of(desk, &saved.filter, saved.order, after, limit).await;
    }
    let order = view.order();
    let mut rows = plain::list(desk, view, after, limit + 1).await?;
    let more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|last| last.key(order));
    Ok(Page { rows, order, next })
}

/// One page of what these conditions show: for saved views, and for a look ahead while one is put together. It may hold fewer rows
/// than asked for although there is a next page, since only so many conversations are looked at for each.
///
/// # Errors
/// [`Error::Forbidden`] when it is not an agent who acts.
pub async fn page_of(
    desk: &mut Desk<'_>,
    filter: &Filter,
    order: Order,
    after: Option<PageKey>,
    limit: i64,
) -> Result<Page> {
    let looking = looking(desk).await?;
    let asked = Asked { workspace: desk.workspace(), filter, order, looking: &looking };
    let limit = limit.clamp(1, 201);
    let mut from = after.unwrap_or_else(|| PageKey::start(order));
    let (mut rows, mut next) = (Vec::new(), None);
    for size in WINDOWS {
        let wanted = limit - rows.len() as i64;
        let Some(query) = asked.page(from, size, wanted + 1) else { break };
        rows.extend(store::rows(desk, &query).await?);
        if rows.len() as i64 > limit {
            rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            next = rows.last().map(|row| PageKey { key: order.key(row), id: row.id });
            break;
        }
        let Some(query) = asked.end(from, size) else { break };
        next = store::end(desk, &query).await?.filter(|(_, seen)| *seen == size).map(|(end, _)| end);
        match next {
            Some(end) => from = end,
            None => break,
        }
    }
    Ok(Page { rows: plain::with_tags(desk, rows).await?, order, next })
}

/// How many conversations these conditions show: at most `most`, and of the first `reach` only.
///
/// # Errors
/// [`Error::Forbidden`] when it is not an agent who acts.
pub async fn count(desk: &mut Desk<'_>, filter: &Filter, most: i64, reach: i64) -> Result<Count> {
    let looking = looking(desk).await?;
    let asked = Asked { workspace: desk.workspace(), filter, order: Order::Activity, looking: &looking };
    let start = PageKey::start(Order::Activity);
    let Some(query) = asked.count(start, reach, most + 1) else { return Ok(Count { found: 0, more: false }) };
    let found = store::count(desk, &query).await?;
    if found > most {
        return Ok(Count { found: most, more: true });
    }
    let end = match asked.end(start, reach) {
        Some(query) => store::end(desk, &query).await?,
        None => None,
    };
    Ok(Count { found, more: end.is_some_and(|(_, seen)| seen == reach) })
}

/// As [`facts`], where nobody looks: for what Rapport decides by itself.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn facts_for_nobody(desk: &mut Desk<'_>, id: ConversationId) -> Result<(Facts, Looking)> {
    let conversation = conversations::find(desk, id).await?;
    let facts = gathered(desk, conversation, None).await?;
    Ok((facts, looking_as_nobody(desk).await?))
}

/// Nobody, now.
///
/// # Errors
/// The store's.
pub(crate) async fn looking_as_nobody(desk: &mut Desk<'_>) -> Result<Looking> {
    let viewer = AgentId(uuid::Uuid::nil());
    Ok(Looking { viewer, now: desk.now(), default_type: fields::default_type(desk).await? })
}

/// What conditions ask of one conversation, for the acting agent.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`].
pub async fn facts(desk: &mut Desk<'_>, id: ConversationId) -> Result<Facts> {
    let conversation = conversations::find(desk, id).await?;
    let facts = gathered(desk, conversation, None).await?;
    let pinned = follow::pins(desk).await?.contains(&id);
    Ok(Facts { followed: follow::follows(desk, id).await?, pinned, ..facts })
}

/// What these conditions ask of a conversation, where nobody looks; what none of them asks is left out.
///
/// # Errors
/// The store's.
pub(crate) async fn facts_for<'f>(
    desk: &mut Desk<'_>,
    conversation: super::Conversation,
    filters: impl Iterator<Item = &'f Filter>,
) -> Result<Facts> {
    let asked: Vec<&Condition> = filters.flat_map(Filter::conditions).collect();
    gathered(desk, conversation, Some(&asked)).await
}

/// What the given conditions ask, or any: without what depends on who looks.
async fn gathered(
    desk: &mut Desk<'_>,
    conversation: super::Conversation,
    asked: Option<&[&Condition]>,
) -> Result<Facts> {
    let id = conversation.id;
    let asks = |of: fn(&Condition) -> bool| asked.is_none_or(|asked| asked.iter().any(|condition| of(condition)));
    let mut facts = Facts {
        conversation,
        organisation: None,
        tags: Vec::new(),
        fields: std::collections::HashMap::new(),
        problem: None,
        followed: false,
        pinned: false,
    };
    if asks(|condition| matches!(condition, Condition::Organisation(_))) {
        facts.organisation = conversations::organisation_of(desk, id).await?;
    }
    if asks(|condition| matches!(condition, Condition::Tag(_) | Condition::Tagged)) {
        facts.tags = conversations::tags_of(desk, id).await?.into_iter().map(|tag| tag.id).collect();
    }
    if asks(|condition| matches!(condition, Condition::Field(..))) {
        facts.fields = fields::values(desk, id.0).await?;
    }
    if asks(|condition| matches!(condition, Condition::Problem(_))) {
        facts.problem = store::problem_of(desk, id).await?;
    }
    Ok(facts)
}

/// Whether these conditions show the conversation to the acting agent: what [`page_of`] would say, decided without a search.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`].
pub async fn shows(desk: &mut Desk<'_>, filter: &Filter, id: ConversationId) -> Result<bool> {
    let looking = looking(desk).await?;
    Ok(filter.shows(&facts(desk, id).await?, &looking))
}

/// What any view is ordered by.
///
/// # Errors
/// [`Error::NotFound`] when a saved view is not there, or not for the acting agent.
pub async fn order_of(desk: &mut Desk<'_>, of: View) -> Result<Order> {
    match of {
        View::Saved(id) => Ok(view(desk, id).await?.order),
        plain => Ok(plain.order()),
    }
}
