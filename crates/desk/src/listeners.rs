//! Who listens to what happens. Heard within the unit of work in which it happens, before it commits: what follows from a thing
//! is committed with it. What a listener does may be heard in turn.

use crate::{Desk, Error, Result, consistency, handoffs, macros, notifications, problems, reviews, sides, staffing};

/// More in one unit of work is a loop.
const MOST: usize = 10_000;

/// Lets everyone who listens hear what has happened, until nothing new does.
pub(crate) async fn tell(desk: &mut Desk<'_>) -> Result<()> {
    let mut heard = 0;
    while let Some((actor, event)) = desk.happened(heard) {
        heard += 1;
        if heard > MOST {
            return Err(Error::Internal("listeners call one another without end".into()));
        }
        macros::hear(desk, actor, &event).await?;
        handoffs::hear(desk, actor, &event).await?;
        sides::hear(desk, actor, &event).await?;
        problems::hear(desk, actor, &event).await?;
        reviews::hear(desk, actor, &event).await?;
        notifications::hear(desk, actor, &event).await?;
        staffing::hear(desk, &event).await?;
        consistency::hear(desk, actor, &event).await?;
    }
    Ok(())
}
