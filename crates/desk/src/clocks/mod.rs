//! Clocks: by when an answer, the end of a matter, or a step on the way to it is due. A policy says for which conversations how much open
//! time there is; the first policy that a conversation meets holds. Several clocks run at once, they pause while it is the customer's turn, and a
//! change of hands never resets them.

mod jobs;
mod keep;
mod rules;
mod store;

pub use jobs::SettleAll;
pub(crate) use keep::{concerns, settle};
pub use keep::{keep, ring_due};
pub use rules::{Clock, Kind, Outcome, Ring, Targets, Terms, parse_minutes};
pub use store::{ClockKept, MissedKey, STATEMENTS};

use crate::{
    Desk, Error, Event, Result,
    calendars::{self, Calendar, CalendarId},
    conversations::{ConversationId, Holder, views::Filter},
};
use base::id_type;
use jiff::{SignedDuration, Timestamp, civil::Date};
use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};
use uuid::Uuid;

id_type! {
    /// A policy of service levels.
    PolicyId
}

/// The most policies of a workspace.
const MOST: usize = 100;
/// The longest name, in characters.
const MOST_NAME: usize = 60;

/// How long things may take, and for which conversations.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Its id.
    pub id: PolicyId,
    /// Its name.
    pub name: String,
    /// Its place: the first one that a conversation meets holds.
    pub position: i32,
    /// Whose hours it counts; none for the default calendar's.
    pub calendar: Option<CalendarId>,
    /// For which conversations.
    pub filter: Filter,
    /// How long each thing may take.
    pub targets: Targets,
    /// After which share of a target there is a warning, in percent; none from 100 on.
    pub warn_percent: i16,
    /// Since when it holds no more.
    pub archived_at: Option<Timestamp>,
}

/// A policy to be made or changed.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyForm {
    /// Its name.
    pub name: String,
    /// Whose hours it counts; none for the default calendar's.
    pub calendar: Option<CalendarId>,
    /// For which conversations.
    pub filter: Filter,
    /// How long each thing may take.
    pub targets: Targets,
    /// After which share of a target there is a warning, in percent.
    pub warn_percent: i16,
}

/// The policies that hold, in their order.
///
/// # Errors
/// The store's.
pub async fn policies(desk: &mut Desk<'_>) -> Result<Vec<Policy>> {
    store::policies(desk).await
}

/// One policy, also one that holds no more.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn policy(desk: &mut Desk<'_>, id: PolicyId) -> Result<Policy> {
    store::policy(desk, id).await
}

/// What all policies are or were called.
///
/// # Errors
/// The store's.
pub async fn policy_names(desk: &mut Desk<'_>) -> Result<HashMap<PolicyId, String>> {
    Ok(store::policy_names(desk).await?.into_iter().collect())
}

async fn checked(desk: &mut Desk<'_>, form: PolicyForm) -> Result<PolicyForm> {
    let name = form.name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => return Err(Error::field("name", "required")),
        1..=MOST_NAME => {}
        _ => return Err(Error::field("name", "too_long")),
    }
    if form.targets.is_empty() {
        return Err(Error::field("targets", "required"));
    }
    if !(1..=100).contains(&form.warn_percent) {
        return Err(Error::field("warn_percent", "not_allowed"));
    }
    let filter = form.filter.pruned();
    if let Some(problem) = filter.problem() {
        return Err(Error::field("filter", problem));
    }
    // A policy is the same whoever looks.
    if filter.asks_for_viewer() {
        return Err(Error::field("filter", "of_viewer"));
    }
    if let Some(calendar) = form.calendar {
        calendars::find(desk, calendar).await?;
    }
    Ok(PolicyForm { name, filter, ..form })
}

/// Makes a policy, after those that there are. Open conversations get their clocks in the background.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::NotFound`] when its calendar is gone; [`Error::Conflict`] when there are too many.
pub async fn create(desk: &mut Desk<'_>, form: PolicyForm) -> Result<PolicyId> {
    let known = store::policies(desk).await?;
    if known.len() >= MOST {
        return Err(Error::Conflict("too_many_policies"));
    }
    let PolicyForm { name, calendar, filter, targets, warn_percent } = checked(desk, form).await?;
    let position = known.last().map_or(0, |last| last.position.saturating_add(1));
    let id = PolicyId(desk.new_id());
    let policy = Policy { id, name, position, calendar, filter, targets, warn_percent, archived_at: None };
    store::insert_policy(desk, &policy).await?;
    changed(desk).await?;
    Ok(id)
}

/// Changes a policy; its running clocks count by the new terms from their beginning.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::NotFound`].
pub async fn change(desk: &mut Desk<'_>, id: PolicyId, form: PolicyForm) -> Result<()> {
    let known = store::policy(desk, id).await?;
    let PolicyForm { name, calendar, filter, targets, warn_percent } = checked(desk, form).await?;
    store::update_policy(desk, &Policy { name, calendar, filter, targets, warn_percent, ..known }).await?;
    changed(desk).await
}

/// Lets a policy hold no more, or again. What it has counted stays in the figures.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn archive(desk: &mut Desk<'_>, id: PolicyId, away: bool) -> Result<()> {
    let known = store::policy(desk, id).await?;
    if known.archived_at.is_some() != away {
        store::update_policy(desk, &Policy { archived_at: away.then(|| desk.now()), ..known }).await?;
        changed(desk).await?;
    }
    Ok(())
}

/// Moves a policy one place up or down.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn shift(desk: &mut Desk<'_>, id: PolicyId, up: bool) -> Result<()> {
    let mut all = store::policies(desk).await?;
    let at = all.iter().position(|one| one.id == id).ok_or(Error::NotFound)?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < all.len()) };
    let Some(to) = to else { return Ok(()) };
    all.swap(at, to);
    for (place, policy) in (0_i32..).zip(&all) {
        if policy.position != place {
            store::update_policy(desk, &Policy { position: place, ..policy.clone() }).await?;
        }
    }
    changed(desk).await
}

async fn changed(desk: &mut Desk<'_>) -> Result<()> {
    desk.emit(Event::ServiceLevelsChanged);
    jobs::order(desk).await
}

/// Hears that the hours changed: clocks count by the new ones.
pub(crate) async fn hear(desk: &mut Desk<'_>, event: &Event) -> Result<()> {
    if matches!(event, Event::CalendarsChanged) && !store::policies(desk).await?.is_empty() {
        jobs::order(desk).await?;
    }
    Ok(())
}

/// A clock as people are shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockShown {
    /// What it counts towards.
    pub kind: Kind,
    /// By which policy.
    pub policy: PolicyId,
    /// How much open time there is.
    pub target: SignedDuration,
    /// How much of it has passed.
    pub spent: SignedDuration,
    /// When it will have passed; none while it does not run.
    pub due_at: Option<Timestamp>,
    /// The end of its target is near.
    pub is_warned: bool,
    /// When its target had passed.
    pub breached_at: Option<Timestamp>,
    /// How it ended; none while it is open.
    pub outcome: Option<Outcome>,
    /// It runs, and the desk is closed now.
    pub is_outside_hours: bool,
}

/// The clocks of a conversation: of each kind the newest, those that have ended void left out.
///
/// # Errors
/// The store's.
pub async fn of_conversation(desk: &mut Desk<'_>, id: ConversationId) -> Result<Vec<ClockShown>> {
    let kept = store::of_conversation(desk, id).await?;
    let (now, mut hours) = (desk.now(), HoursKnown::default());
    let mut shown = Vec::new();
    for kind in Kind::ALL {
        let Some(one) = kept.iter().find(|one| one.clock.kind == *kind) else { continue };
        let clock = &one.clock;
        if clock.outcome == Some(Outcome::Void) {
            continue;
        }
        let calendar = hours.of(desk, clock.calendar).await?;
        shown.push(ClockShown {
            kind: *kind,
            policy: clock.policy,
            target: clock.target,
            spent: clock.spent(&calendar, now),
            due_at: one.due_at,
            is_warned: clock.warned_at.is_some() && clock.breached_at.is_none() && clock.is_open(),
            breached_at: clock.breached_at,
            outcome: clock.outcome,
            is_outside_hours: clock.running_since.is_some() && !calendar.is_open(now),
        });
    }
    Ok(shown)
}

/// Calendars that were asked for in a unit of work.
#[derive(Debug, Default)]
struct HoursKnown(HashMap<Option<CalendarId>, Arc<Calendar>>);

impl HoursKnown {
    /// A calendar; the default one where none is named, or the named one is gone.
    async fn of(&mut self, desk: &mut Desk<'_>, id: Option<CalendarId>) -> Result<Arc<Calendar>> {
        let slot = match self.0.entry(id) {
            Entry::Occupied(known) => return Ok(known.get().clone()),
            Entry::Vacant(slot) => slot,
        };
        let named = match id {
            Some(id) => match calendars::calendar(desk, id).await {
                Err(Error::NotFound) => None,
                found => Some(found?),
            },
            None => None,
        };
        let calendar = match named {
            Some(calendar) => calendar,
            None => calendars::default_calendar(desk).await?,
        };
        Ok(slot.insert(Arc::new(calendar)).clone())
    }
}

/// How many clocks were met and missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attainment {
    /// By which policy.
    pub policy: PolicyId,
    /// What they counted towards.
    pub kind: Kind,
    /// Whoever held the conversation.
    pub holder: Holder,
    /// In time.
    pub met: i64,
    /// Too late.
    pub missed: i64,
}

/// What was met and missed on the days from one to another (not included), in the default calendar's zone.
///
/// # Errors
/// The store's.
pub async fn attainment(desk: &mut Desk<'_>, from: Date, to: Date) -> Result<Vec<Attainment>> {
    let sums = store::tallies(desk, keep::day_number(from), keep::day_number(to)).await?;
    Ok(sums
        .into_iter()
        .filter(|(.., met, missed)| *met != 0 || *missed != 0)
        .map(|(policy, kind, holder, met, missed)| Attainment { policy, kind, holder, met, missed })
        .collect())
}

/// Clocks that were missed since a moment, newest first: of one agent or team, or of all.
///
/// # Errors
/// The store's.
pub async fn missed(
    desk: &mut Desk<'_>,
    since: Timestamp,
    before: Option<MissedKey>,
    holder: Option<Uuid>,
    limit: i64,
) -> Result<Vec<ClockKept>> {
    store::missed(desk, since, before, holder, limit.clamp(1, 200)).await
}
