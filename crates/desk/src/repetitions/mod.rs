//! Repetitions: an agent's draft asks for what is known already. Noticed before it is sent, shown with the answer, counted, never in the way.

mod phrases;
mod rules;
mod store;

pub use rules::{Fact, Finding, Kind, Place, Record, Told, asked_again, facts};
pub use store::{Case, CaseKey, Outcome, STATEMENTS, WeekRow};

use crate::{
    Actor, Desk, Event, Result,
    conversations::{self, ConversationId, MessageKind},
    customers::{
        self,
        fields::{self, Owner},
    },
    people::AgentId,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use uuid::Uuid;

/// How many of a conversation's messages are looked through: what was said before is rarely asked for, and a long history costs no more.
const MESSAGES: i64 = 50;

/// What is known in a conversation: what the customer said in its last messages, and what their record holds.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub async fn known(desk: &mut Desk<'_>, id: ConversationId) -> Result<Vec<Fact>> {
    let conversation = conversations::find(desk, id).await?;
    let messages = conversations::thread(desk, id, None, MESSAGES).await?;
    let messages: Vec<_> = messages.into_iter().filter(|message| message.kind == MessageKind::Incoming).collect();
    let mut pictures: HashMap<_, Vec<String>> = HashMap::new();
    for file in conversations::thread_attachments(desk, &messages).await? {
        if file.content_type.starts_with("image/") && !file.is_inline {
            pictures.entry(file.message_id).or_default().push(file.name);
        }
    }
    let told: Vec<Told> = messages
        .into_iter()
        .map(|message| Told {
            pictures: pictures.remove(&message.id).unwrap_or_default(),
            message: message.id,
            text: message.body,
        })
        .collect();
    let customer = customers::find(desk, conversation.customer_id).await?;
    let filled = fields::values(desk, Owner::Customers, customer.id.0).await?;
    let record = Record {
        name: customer.known_name().map(str::to_owned),
        email: customers::addresses(desk, customer.id).await?.into_iter().next(),
        phone: customer.phone,
        fields: filled.into_iter().map(|(field, value)| (field.name, value)).collect(),
    };
    Ok(facts(&told, &record))
}

/// What a draft asks for although it is known.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub async fn findings(desk: &mut Desk<'_>, id: ConversationId, draft: &str) -> Result<Vec<Finding>> {
    Ok(asked_again(draft, &known(desk, id).await?))
}

/// As [`findings`], and remembers that they are shown; `draft_id` is the id that the answer will have.
///
/// # Errors
/// [`crate::Error::NotFound`], [`crate::Error::Forbidden`].
pub async fn notice(desk: &mut Desk<'_>, id: ConversationId, draft_id: Uuid, draft: &str) -> Result<Vec<Finding>> {
    let found = findings(desk, id, draft).await?;
    let agent = desk.agent()?;
    for finding in &found {
        if store::insert(desk, id, draft_id, finding.fact.kind, agent, Outcome::Shown).await? {
            store::count(desk, agent, week_of(desk.now()), Outcome::Shown).await?;
        }
    }
    Ok(found)
}

/// The answer is sent: what it still asks for was sent anyway, what was shown and is gone was heeded.
///
/// # Errors
/// [`crate::Error::NotFound`], [`crate::Error::Forbidden`].
pub async fn sent(desk: &mut Desk<'_>, id: ConversationId, draft_id: Uuid, text: &str) -> Result<()> {
    sent_by(desk, desk.agent()?, id, draft_id, text).await
}

/// As [`sent`], for an answer that `agent` wrote and somebody else may have sent.
///
/// # Errors
/// As [`sent`].
pub async fn sent_by(
    desk: &mut Desk<'_>,
    agent: AgentId,
    id: ConversationId,
    draft_id: Uuid,
    text: &str,
) -> Result<()> {
    let asked = findings(desk, id, text).await?;
    let shown = store::shown(desk, id, draft_id).await?;
    for (kind, week) in &shown {
        let outcome = if asked.iter().any(|finding| finding.fact.kind as i16 == *kind) {
            Outcome::SentAnyway
        } else {
            Outcome::Heeded
        };
        store::settle(desk, id, draft_id, *kind, outcome).await?;
        store::count(desk, agent, *week, outcome).await?;
    }
    for finding in asked {
        let kind = finding.fact.kind;
        if !shown.iter().any(|(known, _)| *known == kind as i16) {
            // Nobody was shown it: the page was without scripts, or the sending faster.
            if !store::insert(desk, id, draft_id, kind, agent, Outcome::SentAnyway).await? {
                continue;
            }
            store::count(desk, agent, week_of(desk.now()), Outcome::Shown).await?;
            store::count(desk, agent, week_of(desk.now()), Outcome::SentAnyway).await?;
        }
        desk.emit_as(Actor::Agent(agent), Event::AskedAgain { conversation: id, about: kind.word().to_owned() });
    }
    Ok(())
}

/// The Monday on which a moment's week began, UTC.
pub fn week_of(at: Timestamp) -> Timestamp {
    const WEEK: i64 = 7 * 24 * 3600;
    // The first of January 1970 was a Thursday.
    const MONDAY: i64 = 4 * 24 * 3600;
    let seconds = (at.as_second() - MONDAY).div_euclid(WEEK) * WEEK + MONDAY;
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MIN)
}

/// Weeks of one page.
const WEEKS: i64 = 8;

/// What was noticed, by week and agent: eight weeks up to the one of `until`, latest first.
///
/// # Errors
/// The store's.
pub async fn weeks(desk: &mut Desk<'_>, until: Timestamp) -> Result<Vec<WeekRow>> {
    let last = week_of(until);
    let first = last.saturating_sub(SignedDuration::from_hours(24 * 7 * (WEEKS - 1))).unwrap_or(Timestamp::MIN);
    store::weeks(desk, first, last).await
}

/// Where the page before this one ends: the week before its first.
pub fn weeks_before(until: Timestamp) -> Timestamp {
    week_of(until).saturating_sub(SignedDuration::from_hours(24 * 7 * WEEKS)).unwrap_or(Timestamp::MIN)
}

/// The conversations behind a number: of an agent's week, all or those that ended so.
///
/// # Errors
/// The store's.
pub async fn cases(
    desk: &mut Desk<'_>,
    agent: AgentId,
    week: Timestamp,
    outcome: Option<Outcome>,
    after: Option<CaseKey>,
    limit: i64,
) -> Result<Vec<Case>> {
    store::cases(desk, agent, week, outcome, after, limit).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn weeks_begin_on_monday() {
        let week = |at: &str| week_of(at.parse().unwrap()).to_string();
        assert_eq!(week("2026-11-22T23:59:59Z"), "2026-11-16T00:00:00Z");
        assert_eq!(week("2026-11-23T00:00:00Z"), "2026-11-23T00:00:00Z");
    }

    proptest! {
        #[test]
        fn a_moment_lies_in_its_week(seconds in -4_000_000_000_i64..4_000_000_000) {
            let at = Timestamp::from_second(seconds).unwrap();
            let begin = week_of(at);
            prop_assert!(begin <= at && at.duration_since(begin) < SignedDuration::from_hours(24 * 7));
            prop_assert_eq!(week_of(begin), begin);
        }
    }
}
