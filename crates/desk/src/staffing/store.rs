//! SQL and rows of what arrived by the hour, and of what is promised and planned.

use super::{Aim, Scale, Week};
use crate::{
    Desk, Error, Result,
    conversations::{ConversationId, MessageId, MessageKind},
    people::TeamId,
};
use base::{params, statements};
use jiff::Timestamp;
use uuid::Uuid;

statements! {
    COUNT = "insert into arrival_hour (workspace_id, channel, team_id, hour, messages, openings) values ($1, $2, $3, $4, $5, $6)
        on conflict (workspace_id, channel, team_id, hour) do update set
        messages = arrival_hour.messages + excluded.messages, openings = arrival_hour.openings + excluded.openings";
    TAKE_BACK = "update arrival_hour set messages = messages - 1, openings = openings - 1
        where workspace_id = $1 and channel = $2 and team_id = $3 and hour = $4 and messages > 0 and openings > 0";
    HOURS = "select hour, messages, openings from arrival_hour
        where workspace_id = $1 and channel = $2 and team_id = $3 and hour >= $4 and hour < $5 order by hour";
    NEXT_CHANNEL = "select channel from arrival_hour where workspace_id = $1 and channel > $2 order by channel limit 1";
    FIRST_MESSAGE = "select id, kind, created_at from message where workspace_id = $1 and conversation_id = $2 order by id limit 1";
    // What waits is little and passes.
    WAITING = "select count(*) from (select 1 from conversation where workspace_id = $1 and risk_at > $2 and channel = $3
        and (cast($4 as smallint) = 0 or team_id = $5) limit 10000) waiting";
    PLAN = "select aim, week from shift_plan where workspace_id = $1 and channel = $2 and team_id = $3";
    SET_PLAN = "insert into shift_plan (workspace_id, channel, team_id, aim, week, updated_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (workspace_id, channel, team_id) do update set
        aim = excluded.aim, week = excluded.week, updated_at = excluded.updated_at";
    REMOVE_PLAN = "delete from shift_plan where workspace_id = $1 and channel = $2 and team_id = $3";
    PAST = "select after_seq, until_seq from arrival_past where workspace_id = $1";
    SET_PAST = "update arrival_past set after_seq = $2 where workspace_id = $1 and after_seq = $3";
    END_PAST = "delete from arrival_past where workspace_id = $1";
}

/// All teams together, and what belongs to none.
fn key(team: Option<TeamId>) -> Uuid {
    team.map_or(Uuid::nil(), |team| team.0)
}

/// Counts one message that arrived; `opens`: it began a conversation.
pub(super) fn count(desk: &mut Desk<'_>, channel: &str, team: Option<TeamId>, hour: Timestamp, opens: bool) {
    let row = params![desk.workspace(), channel, key(team), hour, 1_i64, i64::from(opens)].to_vec();
    desk.add_to_sum(COUNT, row);
}

/// Takes a conversation's beginning out of a team's count; false when it was not counted there.
pub(super) async fn take_back(desk: &Desk<'_>, channel: &str, team: TeamId, hour: Timestamp) -> Result<bool> {
    Ok(desk.tx().exec(TAKE_BACK, params![desk.workspace(), channel, team, hour]).await? > 0)
}

/// What arrived in each hour from one moment to another, of all teams or one.
pub(super) async fn hours(
    desk: &Desk<'_>,
    channel: &str,
    team: Option<TeamId>,
    from: Timestamp,
    to: Timestamp,
    scale: Scale,
) -> Result<Vec<(Timestamp, f64)>> {
    let params = params![desk.workspace(), channel, key(team), from, to];
    let rows: Vec<(Timestamp, i64, i64)> = desk.tx().rows(HOURS, params).await?;
    let counted = |(hour, messages, openings): (Timestamp, i64, i64)| {
        (hour, if scale == Scale::Messages { messages as f64 } else { openings as f64 })
    };
    Ok(rows.into_iter().map(counted).collect())
}

/// The channels in which something ever arrived; each costs one look into the index.
pub(super) async fn channels(desk: &Desk<'_>) -> Result<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    while found.len() < 50 {
        let last = found.last().map_or("", String::as_str);
        let Some((next,)) = desk.tx().row::<(String,)>(NEXT_CHANNEL, params![desk.workspace(), last]).await? else {
            break;
        };
        found.push(next);
    }
    Ok(found)
}

/// What a conversation began with, and when.
pub(super) async fn first_message(
    desk: &Desk<'_>,
    conversation: ConversationId,
) -> Result<Option<(MessageId, MessageKind, Timestamp)>> {
    Ok(desk.tx().row(FIRST_MESSAGE, params![desk.workspace(), conversation]).await?)
}

/// How many conversations wait for an answer now.
pub(super) async fn waiting(desk: &Desk<'_>, channel: &str, team: Option<TeamId>) -> Result<i64> {
    let params = params![desk.workspace(), 0_i64, channel, i16::from(team.is_some()), key(team)];
    Ok(desk.tx().one::<(i64,)>(WAITING, params).await?.0)
}

pub(super) async fn plan(desk: &Desk<'_>, channel: &str, team: Option<TeamId>) -> Result<Option<(Aim, Week)>> {
    let params = params![desk.workspace(), channel, key(team)];
    let Some((aim, week)) = desk.tx().row::<(String, String)>(PLAN, params).await? else { return Ok(None) };
    let aim = serde_json::from_str(&aim).map_err(Error::internal)?;
    Ok(Some((aim, serde_json::from_str(&week).map_err(Error::internal)?)))
}

pub(super) async fn set_plan(
    desk: &Desk<'_>,
    channel: &str,
    team: Option<TeamId>,
    aim: &Aim,
    week: &Week,
) -> Result<()> {
    let aim = serde_json::to_string(aim).map_err(Error::internal)?;
    let week = serde_json::to_string(week).map_err(Error::internal)?;
    let params = params![desk.workspace(), channel, key(team), &aim, &week, desk.now()];
    desk.tx().exec(SET_PLAN, params).await?;
    Ok(())
}

pub(super) async fn remove_plan(desk: &Desk<'_>, channel: &str, team: Option<TeamId>) -> Result<bool> {
    Ok(desk.tx().exec(REMOVE_PLAN, params![desk.workspace(), channel, key(team)]).await? > 0)
}

/// How far counting of the past has got, and how far it has to go; none when it is done.
pub(super) async fn past(desk: &Desk<'_>) -> Result<Option<(i64, i64)>> {
    Ok(desk.tx().row(PAST, params![desk.workspace()]).await?)
}

/// Goes on from `from` to `to`; false when somebody else did.
pub(super) async fn set_past(desk: &Desk<'_>, from: i64, to: i64) -> Result<bool> {
    Ok(desk.tx().exec(SET_PAST, params![desk.workspace(), to, from]).await? > 0)
}

pub(super) async fn end_past(desk: &Desk<'_>) -> Result<()> {
    desk.tx().exec(END_PAST, params![desk.workspace()]).await?;
    Ok(())
}
