//! SQL and rows of policies, clocks and their tally.

use super::{Clock, Kind, Outcome, Policy, PolicyId, Targets};
use crate::{
    Desk, Error, Result,
    calendars::CalendarId,
    conversations::{ConversationId, Holder, Status, views::Filter},
};
use base::{params, row, statements};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

macro_rules! policy_columns {
    () => {
        "id, name, position, calendar_id, filter, targets, warn_percent, archived_at"
    };
}
macro_rules! clock_columns {
    () => {
        "conversation_id, kind, started_at, policy_id, calendar_id, target, counted, ran, running_since, warn_percent, due_at,
        warned_at, breached_at, ended_at, outcome, counted_at, holder_kind, holder_id"
    };
}

statements! {
    POLICIES = concat!("select ", policy_columns!(), " from clock_policy where workspace_id = $1 and archived_at is null
        order by position, id limit 200");
    FIND_POLICY = concat!("select ", policy_columns!(), " from clock_policy where workspace_id = $1 and id = $2");
    INSERT_POLICY = "insert into clock_policy (workspace_id, id, name, position, calendar_id, filter, targets, warn_percent, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    UPDATE_POLICY = "update clock_policy set name = $3, position = $4, calendar_id = $5, filter = $6, targets = $7, warn_percent = $8,
        archived_at = $9 where workspace_id = $1 and id = $2";
    POLICY_NAMES = "select id, name from clock_policy where workspace_id = $1 order by name, id limit 1000";
    // Of each kind the newest, however many there were: each of the others has ended.
    OF_CONVERSATION = concat!("select ", clock_columns!(), " from clock where workspace_id = $1 and conversation_id = $2
        and started_at = (select max(x.started_at) from clock x where x.workspace_id = $1 and x.conversation_id = $2 and x.kind = clock.kind)
        order by kind limit 10");
    INSERT = concat!("insert into clock (workspace_id, ", clock_columns!(), ", ring_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20) on conflict do nothing");
    UPDATE = "update clock set policy_id = $5, calendar_id = $6, target = $7, counted = $8, ran = $9, running_since = $10, warn_percent = $11,
        due_at = $12, warned_at = $13, breached_at = $14, ended_at = $15, outcome = $16, counted_at = $17, holder_kind = $18,
        holder_id = $19, ring_at = $20 where workspace_id = $1 and conversation_id = $2 and kind = $3 and started_at = $4";
    DELETE = "delete from clock where workspace_id = $1 and conversation_id = $2 and kind = $3 and started_at = $4";
    RINGING = "select conversation_id from clock where workspace_id = $1 and ring_at <= $2 order by ring_at, conversation_id limit $3";
    NEXT_RING = "select ring_at from clock where workspace_id = $1 and ring_at is not null order by ring_at limit 1";
    TALLY = "insert into clock_tally (workspace_id, day, policy_id, kind, holder_kind, holder_id, met, missed) values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (workspace_id, day, policy_id, kind, holder_kind, holder_id)
        do update set met = clock_tally.met + excluded.met, missed = clock_tally.missed + excluded.missed";
    TALLIES = "select policy_id, kind, holder_kind, holder_id, cast(sum(met) as bigint), cast(sum(missed) as bigint) from clock_tally where workspace_id = $1 and day >= $2 and day < $3
        group by policy_id, kind, holder_kind, holder_id order by policy_id, kind, holder_kind, holder_id limit 5000";
    UNSETTLED = "select created_at, id from conversation where workspace_id = $1 and status = $2 and (created_at, id) < ($3, $4)
        order by created_at desc, id desc limit $5";
    MISSED = concat!("select ", clock_columns!(), " from clock where workspace_id = $1 and breached_at is not null and breached_at >= $2
        and (breached_at, conversation_id, kind) < ($3, $4, $5) order by breached_at desc, conversation_id desc, kind desc limit $6");
    MISSED_BY = concat!("select ", clock_columns!(), " from clock where workspace_id = $1 and holder_id = $7 and breached_at is not null and breached_at >= $2
        and (breached_at, conversation_id, kind) < ($3, $4, $5) order by breached_at desc, conversation_id desc, kind desc limit $6");
}

row! {
    struct PolicyRow {
        id: PolicyId,
        name: String,
        position: i32,
        calendar_id: Option<CalendarId>,
        filter: String,
        targets: String,
        warn_percent: i16,
        archived_at: Option<Timestamp>,
    }
}

impl TryFrom<PolicyRow> for Policy {
    type Error = Error;

    fn try_from(row: PolicyRow) -> Result<Self> {
        let PolicyRow { id, name, position, calendar_id, filter, targets, warn_percent, archived_at } = row;
        let filter: Filter = serde_json::from_str(&filter).map_err(Error::internal)?;
        let targets: Targets = serde_json::from_str(&targets).map_err(Error::internal)?;
        Ok(Self { id, name, position, calendar: calendar_id, filter, targets, warn_percent, archived_at })
    }
}

row! {
    struct ClockRow {
        conversation_id: ConversationId,
        kind: Kind,
        started_at: Timestamp,
        policy_id: PolicyId,
        calendar_id: Option<CalendarId>,
        target: i64,
        counted: i64,
        ran: String,
        running_since: Option<Timestamp>,
        warn_percent: i16,
        due_at: Option<Timestamp>,
        warned_at: Option<Timestamp>,
        breached_at: Option<Timestamp>,
        ended_at: Option<Timestamp>,
        outcome: Option<Outcome>,
        counted_at: Option<Timestamp>,
        holder_kind: Option<i16>,
        holder_id: Option<Uuid>,
    }
}

/// A clock as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockKept {
    /// Of which conversation.
    pub conversation: ConversationId,
    /// What it has counted.
    pub clock: Clock,
    /// When its target will have passed; none while it does not run.
    pub due_at: Option<Timestamp>,
    /// When it was counted as met or missed, and to whom.
    pub counted: Option<(Timestamp, Holder)>,
}

impl TryFrom<ClockRow> for ClockKept {
    type Error = Error;

    fn try_from(row: ClockRow) -> Result<Self> {
        let ran: Vec<(i64, i64)> = serde_json::from_str(&row.ran).map_err(Error::internal)?;
        let moment = |at: i64| Timestamp::from_microsecond(at).map_err(Error::internal);
        let ran = ran.into_iter().map(|(from, to)| Ok((moment(from)?, moment(to)?))).collect::<Result<_>>()?;
        let holder = row.holder_kind.map(|kind| Holder::from_columns(kind, row.holder_id));
        Ok(Self {
            conversation: row.conversation_id,
            clock: Clock {
                kind: row.kind,
                started_at: row.started_at,
                policy: row.policy_id,
                calendar: row.calendar_id,
                target: SignedDuration::from_micros(row.target),
                warn_percent: row.warn_percent,
                before: SignedDuration::from_micros(row.counted),
                ran,
                running_since: row.running_since,
                warned_at: row.warned_at,
                breached_at: row.breached_at,
                ended_at: row.ended_at,
                outcome: row.outcome,
            },
            due_at: row.due_at,
            counted: row.counted_at.zip(holder),
        })
    }
}

/// Microseconds; what is longer than any calendar reaches is that long.
fn micros(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

pub(super) async fn policies(desk: &Desk<'_>) -> Result<Vec<Policy>> {
    let rows: Vec<PolicyRow> = desk.tx().rows(POLICIES, params![desk.workspace()]).await?;
    rows.into_iter().map(Policy::try_from).collect()
}

pub(super) async fn policy(desk: &Desk<'_>, id: PolicyId) -> Result<Policy> {
    let row: Option<PolicyRow> = desk.tx().row(FIND_POLICY, params![desk.workspace(), id]).await?;
    row.ok_or(Error::NotFound)?.try_into()
}

pub(super) async fn policy_names(desk: &Desk<'_>) -> Result<Vec<(PolicyId, String)>> {
    Ok(desk.tx().rows(POLICY_NAMES, params![desk.workspace()]).await?)
}

fn as_text<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

pub(super) async fn insert_policy(desk: &Desk<'_>, policy: &Policy) -> Result<()> {
    let Policy { id, name, position, calendar, filter, targets, warn_percent, .. } = policy;
    let (filter, targets) = (as_text(filter)?, as_text(targets)?);
    let row = params![desk.workspace(), *id, name, *position, *calendar, filter, targets, *warn_percent, desk.now()];
    desk.tx().exec(INSERT_POLICY, row).await?;
    Ok(())
}

pub(super) async fn update_policy(desk: &Desk<'_>, policy: &Policy) -> Result<()> {
    let Policy { id, name, position, calendar, filter, targets, warn_percent, archived_at } = policy;
    let (filter, targets) = (as_text(filter)?, as_text(targets)?);
    let row = params![desk.workspace(), *id, name, *position, *calendar, filter, targets, *warn_percent, *archived_at];
    desk.tx().exec(UPDATE_POLICY, row).await?;
    Ok(())
}

/// The newest clock of each kind of a conversation.
pub(super) async fn of_conversation(desk: &Desk<'_>, id: ConversationId) -> Result<Vec<ClockKept>> {
    let rows: Vec<ClockRow> = desk.tx().rows(OF_CONVERSATION, params![desk.workspace(), id]).await?;
    rows.into_iter().map(ClockKept::try_from).collect()
}

/// Writes a clock; a new one when `is_new`.
pub(super) async fn put(desk: &Desk<'_>, kept: &ClockKept, ring_at: Option<Timestamp>, is_new: bool) -> Result<()> {
    let ClockKept { conversation, clock, due_at, counted } = kept;
    let ran: Vec<(i64, i64)> =
        clock.ran.iter().map(|(from, to)| (from.as_microsecond(), to.as_microsecond())).collect();
    let (counted_at, holder) = (counted.map(|(at, _)| at), counted.map(|(_, holder)| holder.to_columns()));
    let row = params![
        desk.workspace(),
        *conversation,
        clock.kind,
        clock.started_at,
        clock.policy,
        clock.calendar,
        micros(clock.target),
        micros(clock.before),
        as_text(&ran)?,
        clock.running_since,
        clock.warn_percent,
        *due_at,
        clock.warned_at,
        clock.breached_at,
        clock.ended_at,
        clock.outcome,
        counted_at,
        holder.map(|(kind, _)| kind),
        holder.and_then(|(_, id)| id),
        ring_at
    ];
    desk.tx().exec(if is_new { INSERT } else { UPDATE }, row).await?;
    Ok(())
}

pub(super) async fn delete(desk: &Desk<'_>, kept: &ClockKept) -> Result<()> {
    let row = params![desk.workspace(), kept.conversation, kept.clock.kind, kept.clock.started_at];
    desk.tx().exec(DELETE, row).await?;
    Ok(())
}

/// Conversations with clocks that ring by now, the longest overdue first.
pub(super) async fn ringing(desk: &Desk<'_>, limit: i64) -> Result<Vec<ConversationId>> {
    let rows: Vec<(ConversationId,)> = desk.tx().rows(RINGING, params![desk.workspace(), desk.now(), limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub(super) async fn next_ring(desk: &Desk<'_>) -> Result<Option<Timestamp>> {
    Ok(desk.tx().row::<(Timestamp,)>(NEXT_RING, params![desk.workspace()]).await?.map(|(at,)| at))
}

/// What is added to a day's figures.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    pub(super) day: i32,
    pub(super) policy: PolicyId,
    pub(super) kind: Kind,
    pub(super) holder: Holder,
    pub(super) met: i64,
    pub(super) missed: i64,
}

pub(super) fn tally(desk: &mut Desk<'_>, counted: Counted) {
    let Counted { day, policy, kind, holder, met, missed } = counted;
    let (holder_kind, holder) = holder.to_columns();
    let row = params![desk.workspace(), day, policy, kind, holder_kind, holder.unwrap_or_default(), met, missed];
    desk.add_to_sum(TALLY, row.to_vec());
}

/// Policy, kind, holder, met, missed.
pub(super) type Sum = (PolicyId, Kind, Holder, i64, i64);

pub(super) async fn tallies(desk: &Desk<'_>, from: i32, to: i32) -> Result<Vec<Sum>> {
    type Row = (PolicyId, Kind, i16, Uuid, i64, i64);
    let rows: Vec<Row> = desk.tx().rows(TALLIES, params![desk.workspace(), from, to]).await?;
    let sum = |(policy, kind, holder_kind, holder, met, missed): Row| {
        (policy, kind, Holder::from_columns(holder_kind, Some(holder)), met, missed)
    };
    Ok(rows.into_iter().map(sum).collect())
}

/// Where a walk through conversations goes on: when the last one began, and which it was.
pub(super) type WalkKey = (Timestamp, ConversationId);

/// Conversations of a state, the youngest first.
pub(super) async fn unsettled(
    desk: &Desk<'_>,
    status: Status,
    before: Option<WalkKey>,
    limit: i64,
) -> Result<Vec<WalkKey>> {
    let (at, id) = before.unwrap_or((Timestamp::MAX, ConversationId(Uuid::max())));
    Ok(desk.tx().rows(UNSETTLED, params![desk.workspace(), status, at, id, limit]).await?)
}

/// Where a page of missed clocks goes on: when the last one was missed, whose it was, and its kind's number.
pub type MissedKey = (Timestamp, ConversationId, i16);

/// Clocks that were missed since `since`, newest first, of one holder or of all.
pub(super) async fn missed(
    desk: &Desk<'_>,
    since: Timestamp,
    before: Option<MissedKey>,
    holder: Option<Uuid>,
    limit: i64,
) -> Result<Vec<ClockKept>> {
    let (at, id, kind) = before.unwrap_or((Timestamp::MAX, ConversationId(Uuid::max()), i16::MAX));
    let mut row = params![desk.workspace(), since, at, id, kind, limit].to_vec();
    row.extend(holder.map(base::db::Value::from));
    let rows: Vec<ClockRow> = desk.tx().rows(if holder.is_some() { MISSED_BY } else { MISSED }, &row).await?;
    rows.into_iter().map(ClockKept::try_from).collect()
}
