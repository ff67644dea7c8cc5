//! What happened across the workspace lately, newest first, by everybody, one person or one team.

use crate::{
    Desk, Happened, Result,
    people::{self, AgentId, TeamId},
};
use base::events::{self, Recorded};

/// Whose acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody's, customers' too.
    Everybody,
    /// An agent's.
    Agent(AgentId),
    /// Those of a team's members.
    Team(TeamId),
}

/// Up to `limit` things that happened before the place `before`, newest first, and where to go on.
///
/// # Errors
/// The store's.
pub async fn activity(
    desk: &mut Desk<'_>,
    who: Who,
    before: Option<i64>,
    limit: i64,
) -> Result<(Vec<Happened>, Option<i64>)> {
    let (workspace, from, limit) = (desk.workspace().0, before.unwrap_or(i64::MAX), limit.clamp(1, 200));
    let mut rows: Vec<Recorded> = match who {
        Who::Everybody => events::before(desk.tx(), workspace, from, limit, None).await?,
        Who::Agent(agent) => events::before(desk.tx(), workspace, from, limit, Some(agent.0)).await?,
        Who::Team(team) => {
            let members = people::team_members(desk).await?;
            let mut all = Vec::new();
            // Each member's part is one range of the index; the newest of all parts are the newest of the team.
            for (_, agent) in members.into_iter().filter(|(of, _)| *of == team) {
                all.extend(events::before(desk.tx(), workspace, from, limit, Some(agent.0)).await?);
            }
            all
        }
    };
    rows.sort_by_key(|row| std::cmp::Reverse(row.seq));
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let full = rows.len() as i64 == limit;
    let next = rows.last().map(|row| row.seq).filter(|_| full);
    Ok((rows.iter().filter_map(Happened::from_recorded).collect(), next))
}
