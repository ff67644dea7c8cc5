//! Counts what arrived before arrivals were counted: reads the event log a page at a time, up to where counting began.

use super::{count_arrival, store};
use crate::{
    App, Desk, Error, Event, Result,
    event::Happened,
    jobs::{self, Done, Handler},
};
use async_trait::async_trait;
use base::{
    events,
    queue::{Claimed, JobError},
};

const KIND: &str = "count_past_arrivals";
/// Events of one step.
const AT_ONCE: i64 = 500;

/// Sees to it that the past is counted, where there is any.
///
/// # Errors
/// The store's.
pub(crate) async fn renew(desk: &mut Desk<'_>) -> Result<()> {
    if store::past(desk).await?.is_none() {
        return Ok(());
    }
    jobs::order_step(desk, KIND).await
}

/// Counts a page of the past, and orders the next.
pub struct CountPastArrivals;

#[async_trait]
impl Handler for CountPastArrivals {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        jobs::take_step(app, job, KIND, |desk| Box::pin(step(desk))).await
    }
}

/// Whether there is more.
async fn step(desk: &mut Desk<'_>) -> Result<bool> {
    let Some((after, until)) = store::past(desk).await? else { return Ok(false) };
    let found = events::after(desk.tx(), desk.workspace().0, after, AT_ONCE.min(until - after).max(0)).await?;
    let Some(last) = found.last().map(|event| event.seq) else {
        store::end_past(desk).await?;
        return Ok(false);
    };
    if !store::set_past(desk, after, last).await? {
        return Ok(false);
    }
    for happened in found.iter().filter_map(Happened::from_recorded) {
        if let Event::MessageReceived { conversation, message } | Event::MessageImported { conversation, message } =
            happened.event
        {
            match count_arrival(desk, conversation, message).await {
                // What is gone was counted by nobody and is missed by nobody.
                Ok(()) | Err(Error::NotFound) => {}
                Err(other) => return Err(other),
            }
        }
    }
    if last >= until {
        store::end_past(desk).await?;
        return Ok(false);
    }
    Ok(true)
}
