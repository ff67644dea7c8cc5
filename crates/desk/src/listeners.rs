//! Who listens to what happens. Heard within the unit of work in which it happens, before it commits: what follows from a thing
//! is committed with it. What a listener does may be heard in turn.

use crate::{
    Desk, Error, Result, clocks, consistency, handoffs, macros, notifications, problems, procedures, reviews, rules,
    sides, staffing,
};
use std::collections::BTreeSet;

/// More in one unit of work is a loop.
const MOST: usize = 10_000;

/// Lets everyone who listens hear what has happened, until nothing new does.
pub(crate) async fn tell(desk: &mut Desk<'_>) -> Result<()> {
    let (mut heard, mut turned) = (0, BTreeSet::new());
    loop {
        let Some((actor, event)) = desk.happened(heard) else {
            // Once for all that happened to a conversation.
            let due = std::mem::take(&mut turned);
            if due.is_empty() {
                return Ok(());
            }
            clocks::settle(desk, &due).await?;
            continue;
        };
        heard += 1;
        if heard > MOST {
            return Err(Error::Internal("listeners call one another without end".into()));
        }
        macros::hear(desk, actor, &event).await?;
        handoffs::hear(desk, actor, &event).await?;
        sides::hear(desk, actor, &event).await?;
        problems::hear(desk, actor, &event).await?;
        reviews::hear(desk, actor, &event).await?;
        procedures::hear(desk, actor, &event).await?;
        clocks::hear(desk, &event).await?;
        turned.extend(clocks::concerns(&event));
        rules::hear(desk, actor, &event).await?;
        notifications::hear(desk, actor, &event).await?;
        staffing::hear(desk, &event).await?;
        consistency::hear(desk, actor, &event).await?;
    }
}
