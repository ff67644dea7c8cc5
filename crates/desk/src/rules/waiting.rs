//! Whose time comes when. Kept with each change of a conversation, so that nobody ever looks through all of them.

use super::{
    Since, Trigger, Wait, jobs,
    running::{Occasion, record_failure, rules_on, try_rule},
    store::{self, Due, RuleOn},
};
use crate::{
    Desk, Error, Event, Result,
    calendars::{self, Calendar},
    conversations::{self, Conversation, ConversationId, Status},
};
use jiff::Timestamp;
use uuid::Uuid;

/// Whether what happened may change from when a conversation's time is counted.
pub(super) fn may_change(event: &Event) -> bool {
    matches!(
        event,
        Event::ConversationOpened { .. }
            | Event::MessageReceived { .. }
            | Event::ReplyWritten { .. }
            | Event::NoteWritten { .. }
            | Event::Recalled { .. }
            | Event::DeliveryChanged { .. }
            | Event::Resolved { .. }
            | Event::Reopened { .. }
            | Event::MergedAway { .. }
            | Event::MergedIn { .. }
            | Event::SplitOff { .. }
            | Event::BeganAsSplit { .. }
            | Event::MessageMovedAway { .. }
            | Event::MessageMovedIn { .. }
            | Event::RearrangementUndone { .. }
            | Event::SampleRemoved { .. }
    )
}

/// From when a rule's time is counted in a conversation; none while it is not.
async fn counted_from(desk: &mut Desk<'_>, c: &Conversation, since: Since) -> Result<Option<Timestamp>> {
    if !c.status.is_listed() {
        return Ok(None);
    }
    Ok(match since {
        Since::Created => Some(c.created_at),
        Since::Activity => Some(c.last_activity_at),
        Since::Waiting => c.waiting_since.filter(|_| c.status != Status::Resolved),
        Since::Silence => conversations::silent_since(desk, c).await?,
        Since::Resolved => c.resolved_at.filter(|_| c.status == Status::Resolved),
    })
}

async fn find(desk: &mut Desk<'_>, id: ConversationId) -> Result<Option<Conversation>> {
    match conversations::find(desk, id).await {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Reckons anew when each rule of time looks at a conversation. What a rule did itself does not begin its time again.
pub(super) async fn arm(desk: &mut Desk<'_>, id: ConversationId, on: &[RuleOn]) -> Result<()> {
    let timed: Vec<(&RuleOn, Wait)> = on
        .iter()
        .filter_map(|rule| match rule.definition.when {
            Trigger::Time(wait) => Some((rule, wait)),
            Trigger::Events(_) => None,
        })
        .collect();
    if timed.is_empty() {
        return Ok(());
    }
    let waiting = store::waiting(desk, id).await?;
    let conversation = find(desk, id).await?;
    let mut calendar = None::<Calendar>;
    for (rule, wait) in timed {
        if desk.chain().contains(&rule.id) {
            continue;
        }
        let known = waiting.iter().find(|(of, _)| *of == rule.id).map(|(_, since)| *since);
        let since = match &conversation {
            Some(conversation) => counted_from(desk, conversation, wait.since).await?,
            None => None,
        };
        // What lay before the rule was switched on does not concern it.
        let since = since.filter(|since| *since >= rule.enabled_at);
        if since == known {
            continue;
        }
        if calendar.is_none() {
            calendar = Some(calendars::default_calendar(desk).await?);
        }
        let due = since.zip(calendar.as_ref()).and_then(|(since, calendar)| wait.due(since, calendar));
        match (since, due) {
            (Some(since), Some(due)) => wait_until(desk, id, rule, since, due).await?,
            _ => store::forget_due(desk, id, rule.id).await?,
        }
    }
    Ok(())
}

async fn wait_until(
    desk: &mut Desk<'_>,
    id: ConversationId,
    rule: &RuleOn,
    since: Timestamp,
    due: Timestamp,
) -> Result<()> {
    let chain = desk.chain().to_vec();
    store::put_due(desk, id, rule.id, since, due, &chain).await?;
    jobs::order_look(desk, due).await
}

/// Those whose time has come, the longest due first.
pub(super) async fn due(desk: &mut Desk<'_>, limit: i64) -> Result<Vec<Due>> {
    store::due(desk, limit).await
}

/// One rule for one moment from which its time was counted: that is once.
fn occasion(conversation: ConversationId, since: Since, from: Timestamp, chain: Vec<super::RuleId>) -> Occasion {
    let moment = u128::from(from.as_microsecond().unsigned_abs());
    Occasion { conversation, cause_id: Uuid::from_u128(conversation.0.as_u128() ^ moment), cause: Err(since), chain }
}

/// A rule's time with a conversation has come.
pub(super) async fn come(desk: &mut Desk<'_>, due: Due) -> Result<()> {
    let id = due.conversation_id;
    match conversations::lock_any(desk, id).await {
        Ok(_) => {}
        Err(Error::NotFound) => return store::forget_due(desk, id, due.rule_id).await,
        Err(other) => return Err(other),
    }
    let Some((from, chain)) = store::take_due(desk, due).await? else { return Ok(()) };
    let on = rules_on(desk).await?;
    let Some(rule) = on.iter().find(|rule| rule.id == due.rule_id) else { return Ok(()) };
    let (Trigger::Time(wait), Some(conversation)) = (&rule.definition.when, find(desk, id).await?) else {
        return Ok(());
    };
    if from < rule.enabled_at || counted_from(desk, &conversation, wait.since).await? != Some(from) {
        return Ok(());
    }
    // The rule may wait for longer by now, or the desk is open at other times.
    let over = wait.due(from, &calendars::default_calendar(desk).await?);
    if let Some(over) = over.filter(|over| *over > desk.now()) {
        store::put_due(desk, id, rule.id, from, over, &chain).await?;
        return jobs::order_look(desk, over).await;
    }
    try_rule(desk, rule, &occasion(id, wait.since, from, chain)).await
}

/// A rule failed when its time had come.
pub(super) async fn fail(desk: &mut Desk<'_>, due: Due, why: &str) -> Result<()> {
    let Some((from, chain)) = store::take_due(desk, due).await? else { return Ok(()) };
    let rule = store::find(desk, due.rule_id).await?;
    let Trigger::Time(wait) = rule.definition()?.when else { return Ok(()) };
    record_failure(desk, rule.id, &occasion(due.conversation_id, wait.since, from, chain), why).await
}
