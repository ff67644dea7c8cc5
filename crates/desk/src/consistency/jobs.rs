//! Looks through conversations from before cases were kept, a page at a time.

use super::{renew_case, store};
use crate::{
    App, Desk, Event, Result,
    conversations::ConversationId,
    desk::Actor,
    event::Happened,
    jobs::{self, Done, Handler},
};
use async_trait::async_trait;
use base::{
    events,
    queue::{Claimed, JobError},
};

const PAST: &str = "read_past_cases";
/// Conversations of one step.
const AT_ONCE: i64 = 50;
/// Events of a conversation that are looked through for how often it was reopened.
const EVENTS: i64 = 500;

/// Sees to it that the past is looked through, where there is any.
///
/// # Errors
/// The store's.
pub(crate) async fn renew(desk: &mut Desk<'_>) -> Result<()> {
    if store::past(desk).await?.is_none() {
        return Ok(());
    }
    jobs::order_step(desk, PAST).await
}

/// Looks through a page of the past, and orders the next.
pub struct ReadPastCases;

#[async_trait]
impl Handler for ReadPastCases {
    fn kind(&self) -> &'static str {
        PAST
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        jobs::take_step(app, job, PAST, |desk| Box::pin(step(desk))).await
    }
}

/// Whether there is more.
async fn step(desk: &mut Desk<'_>) -> Result<bool> {
    let Some(number) = store::past(desk).await? else { return Ok(false) };
    let found = store::after_number(desk, number, AT_ONCE).await?;
    for (id, _) in &found {
        if renew_case(desk, *id).await? {
            let count = reopenings(desk, *id).await?;
            store::set_reopened(desk, *id, count).await?;
        }
    }
    let last = found.last().map_or(number, |(_, number)| *number);
    let done = (found.len() as i64) < AT_ONCE;
    store::set_past(desk, last, done).await?;
    Ok(!done)
}

/// How often the customer opened it again, by what the log says of it.
async fn reopenings(desk: &Desk<'_>, id: ConversationId) -> Result<i32> {
    let found = events::newest_of_conversation(desk.tx(), desk.workspace().0, id.0, EVENTS).await?;
    let counts =
        |happened: &Happened| matches!((&happened.event, happened.actor), (Event::Reopened { .. }, Actor::Customer(_)));
    let count = found.iter().filter_map(Happened::from_recorded).filter(counts).count();
    Ok(i32::try_from(count).unwrap_or(i32::MAX))
}
