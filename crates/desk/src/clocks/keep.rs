//! Keeps clocks true to what happens, and rings those whose moment has come.

use super::{
    Clock, ClockKept, HoursKnown, Kind, Outcome, Policy, Ring, Terms,
    rules::{self, Steps},
    store::{self, Counted},
};
use crate::{
    Actor, App, Desk, Event, Result, WorkspaceId,
    conversations::{self, Conversation, ConversationId, Holder, Priority, views},
    handoffs,
    reviews::{self, State},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use std::{collections::BTreeSet, time::Duration};
use tokio_util::sync::CancellationToken;

/// So many conversations are rung in one unit of work.
const AT_ONCE: i64 = 100;
/// How often clocks are looked at when none is due: another node, or this one, may have set one meanwhile.
const POLL: Duration = Duration::from_millis(500);

/// The conversation whose clocks may turn by an event.
pub(crate) fn concerns(event: &Event) -> Option<ConversationId> {
    use Event as E;
    match event {
        // These neither turn a clock nor say for which policy a conversation is.
        E::MessageImported { .. }
        | E::NoteWritten { .. }
        | E::Mentioned { .. }
        | E::Followed { .. }
        | E::Unfollowed { .. }
        | E::Pinned { .. }
        | E::Unpinned { .. }
        | E::ReviewEdited { .. }
        | E::SideBegun { .. }
        | E::SideAnswered { .. }
        | E::AskedAgain { .. }
        | E::Linked { .. }
        | E::Unlinked { .. }
        | E::RuleFired { .. }
        | E::RuleSwitchedOff { .. }
        | E::ProcedureBegun { .. }
        | E::ProcedureStep { .. }
        | E::ProcedureFinished { .. }
        | E::ProcedureRenewed { .. }
        | E::ProcedureTakenOff { .. }
        | E::ProcedureOverridden { .. }
        | E::ProcedureEscalated { .. }
        | E::ClockWarned { .. }
        | E::ClockBreached { .. } => None,
        other => other.conversation(),
    }
}

/// Brings the clocks of conversations up to date, and lets those who care know of what that makes late.
pub(crate) async fn settle(desk: &mut Desk<'_>, touched: &BTreeSet<ConversationId>) -> Result<()> {
    let policies = store::policies(desk).await?;
    if policies.is_empty() {
        return Ok(());
    }
    settle_each(desk, &policies, touched, true).await
}

/// As [`settle`], telling nobody; also where no policy is left.
pub(super) async fn settle_quietly(desk: &mut Desk<'_>, ids: &BTreeSet<ConversationId>) -> Result<()> {
    let policies = store::policies(desk).await?;
    settle_each(desk, &policies, ids, false).await
}

async fn settle_each(
    desk: &mut Desk<'_>,
    policies: &[Policy],
    ids: &BTreeSet<ConversationId>,
    tells: bool,
) -> Result<()> {
    let (mut hours, looking) = (HoursKnown::default(), views::looking_as_nobody(desk).await?);
    for id in ids {
        let conversation = conversations::lock_any(desk, *id).await?;
        let facts = views::facts_for(desk, conversation, policies.iter().map(|policy| &policy.filter)).await?;
        let policy = policies.iter().find(|policy| policy.filter.shows(&facts, &looking));
        settle_one(desk, &mut hours, &facts.conversation, policy, tells).await?;
    }
    Ok(())
}

async fn settle_one(
    desk: &mut Desk<'_>,
    hours: &mut HoursKnown,
    conversation: &Conversation,
    policy: Option<&Policy>,
    tells: bool,
) -> Result<()> {
    let (id, now) = (conversation.id, desk.now());
    let known = store::of_conversation(desk, id).await?;
    let steps = steps(desk, id, policy, &known).await?;
    let mut answer_due: Option<Timestamp> = None;
    for kind in Kind::ALL {
        let minutes = policy.and_then(|policy| policy.targets.minutes(*kind, conversation.priority));
        let terms = policy.zip(minutes).map(|(policy, minutes)| Terms {
            policy: policy.id,
            calendar: policy.calendar,
            target: SignedDuration::from_mins(minutes),
            warn_percent: policy.warn_percent,
        });
        let was = known.iter().find(|one| one.clock.kind == *kind);
        if was.is_none() && terms.is_none() {
            continue;
        }
        let named = terms.as_ref().map_or_else(|| was.and_then(|was| was.clock.calendar), |terms| terms.calendar);
        let calendar = hours.of(desk, named).await?;
        let turn = rules::turn(*kind, conversation, &steps);
        let (kept, begun) =
            rules::settle(was.map(|was| was.clock.clone()), *kind, turn, terms.as_ref(), &calendar, now);
        if kept.is_none()
            && let Some(was) = was
        {
            count(desk, hours, Some(was), None).await?;
            store::delete(desk, was).await?;
        }
        let turned = kept.map(|clock| (clock, was)).into_iter().chain(begun.map(|clock| (clock, None)));
        for (mut clock, before) in turned {
            let said = if clock.is_open() { clock.ring(&calendar, now) } else { Vec::new() };
            let due_at = clock.due(&calendar);
            if let Some(due) = due_at.filter(|_| matches!(kind, Kind::FirstResponse | Kind::NextResponse)) {
                answer_due = Some(answer_due.map_or(due, |other| other.min(due)));
            }
            let counted = counted(&clock, before, Holder::of(conversation));
            let after = ClockKept { conversation: id, clock, due_at, counted };
            if before == Some(&after) {
                continue;
            }
            count(desk, hours, before, Some(&after)).await?;
            let ring_at = after.clock.rings(&calendar).map(|(at, _)| at);
            store::put(desk, &after, ring_at, before.is_none()).await?;
            if tells {
                tell(desk, &after, &said);
            }
        }
    }
    if answer_due != conversation.response_due {
        conversations::set_response_due(desk, id, answer_due).await?;
    }
    Ok(())
}

/// The waits for others in a conversation, as far as anything asks for them.
async fn steps(desk: &mut Desk<'_>, id: ConversationId, policy: Option<&Policy>, known: &[ClockKept]) -> Result<Steps> {
    let asks = |kind: Kind| {
        policy.is_some_and(|policy| {
            Priority::ALL.iter().any(|priority| policy.targets.minutes(kind, *priority).is_some())
        }) || known.iter().any(|one| one.clock.kind == kind && one.clock.is_open())
    };
    let handoff_since = match asks(Kind::Handoff) {
        true => handoffs::pending(desk, id).await?.map(|handoff| handoff.asked_at),
        false => None,
    };
    let review_since = match asks(Kind::Review) {
        true => reviews::last(desk, id).await?.filter(|one| one.state == State::Asked).map(|one| one.asked_at),
        false => None,
    };
    Ok(Steps { handoff_since, review_since })
}

/// To whom a clock is counted, and when: to whoever held the conversation when it was missed or met. What is counted once stays with them.
fn counted(clock: &Clock, before: Option<&ClockKept>, holder: Holder) -> Option<(Timestamp, Holder)> {
    let known =
        |missed: bool| before.filter(|was| was.clock.breached_at.is_some() == missed).and_then(|was| was.counted);
    match (clock.breached_at, clock.outcome, clock.ended_at) {
        (Some(at), ..) => known(true).or(Some((at, holder))),
        (None, Some(Outcome::Met), Some(at)) => known(false).or(Some((at, holder))),
        _ => None,
    }
}

/// Counts what became of a clock, and takes back what was counted before.
async fn count(
    desk: &mut Desk<'_>,
    hours: &mut HoursKnown,
    before: Option<&ClockKept>,
    after: Option<&ClockKept>,
) -> Result<()> {
    let line = |kept: &ClockKept| {
        kept.counted.map(|(at, holder)| (at, holder, kept.clock.policy, kept.clock.breached_at.is_some()))
    };
    if before.and_then(line) == after.and_then(line) {
        return Ok(());
    }
    let zone = hours.of(desk, None).await?.zone.clone();
    for (kept, by) in [(before, -1), (after, 1)] {
        let Some((kept, (at, holder, policy, missed))) = kept.and_then(|kept| Some((kept, line(kept)?))) else {
            continue;
        };
        let day = day_number(at.to_zoned(zone.clone()).date());
        let (met, missed) = if missed { (0, by) } else { (by, 0) };
        store::tally(desk, Counted { day, policy, kind: kept.clock.kind, holder, met, missed });
    }
    Ok(())
}

/// Days since 1970-01-01.
pub(super) fn day_number(date: Date) -> i32 {
    let first = Date::constant(1970, 1, 1);
    date.since((jiff::Unit::Day, first)).map_or(0, |span| span.get_days())
}

fn tell(desk: &mut Desk<'_>, kept: &ClockKept, said: &[Ring]) {
    let (conversation, clock) = (kept.conversation, kept.clock.kind);
    for ring in said {
        desk.emit_as(
            Actor::System,
            match ring {
                Ring::Warning => Event::ClockWarned { conversation, clock, due: kept.due_at },
                Ring::Breach => Event::ClockBreached { conversation, clock, due: kept.clock.breached_at },
            },
        );
    }
}

/// Rings the clocks of a workspace whose moment has come. Returns how many conversations had some, and when the next one rings.
///
/// # Errors
/// The store's.
pub async fn ring_due(app: &App, workspace: WorkspaceId) -> Result<(usize, Option<Timestamp>)> {
    app.write(workspace.as_system(), |desk| {
        Box::pin(async move {
            let ids: BTreeSet<ConversationId> = store::ringing(desk, AT_ONCE).await?.into_iter().collect();
            if !ids.is_empty() {
                let policies = store::policies(desk).await?;
                settle_each(desk, &policies, &ids, true).await?;
            }
            Ok((ids.len(), store::next_ring(desk).await?))
        })
    })
    .await
}

/// Whether a clock rings now, and when the next one does: asked without holding up those who write.
async fn next_ring(app: &App, workspace: WorkspaceId) -> Result<Option<Timestamp>> {
    app.read(workspace.as_system(), |desk| Box::pin(async move { store::next_ring(desk).await })).await
}

/// Rings clocks when their moment comes, until `stop` is cancelled.
pub async fn keep(app: App, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let mut wait = POLL;
        match ring_all(&app).await {
            Ok(Some(next)) => {
                let left = next.duration_since(app.now());
                wait = Duration::try_from(left).unwrap_or_default().clamp(Duration::from_millis(5), POLL);
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "clocks wait for the store"),
        }
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Rings what is due in all workspaces; returns when the next one rings.
async fn ring_all(app: &App) -> Result<Option<Timestamp>> {
    let mut soonest: Option<Timestamp> = None;
    for (workspace, _) in app.workspaces().await? {
        let mut next = next_ring(app, workspace).await?;
        if next.is_some_and(|at| at <= app.now()) {
            next = ring_due(app, workspace).await?.1;
        }
        soonest = [soonest, next].into_iter().flatten().min();
    }
    Ok(soonest)
}
