//! Consistency: whether like cases are handled alike, by whomever, wherever and whenever: how soon they were answered, how soon they were
//! settled, and how many customers had to write again.
//!
//! A small row is kept for each conversation that a customer began and somebody answered; a report reads those of its period only.

mod jobs;
mod rules;
mod store;

pub use jobs::ReadPastCases;
pub(crate) use jobs::renew;
pub use rules::{BLOCK, By, CaseKey, FEWEST, Figure, Group, Like, Report, Row, Share, Spread, Times, Verdict};
pub use store::{Fact, STATEMENTS};

use crate::{
    Actor, Desk, Error, Event, Result, calendars,
    conversations::{self, ConversationId, DeliveryState, MessageKind, Status, TagId},
    fields,
};
use jiff::{SignedDuration, Timestamp};

/// The most cases of a report: the latest of its period. A desk with more has enough in these.
pub const MOST: usize = 50_000;
/// Cases that are read at a time.
const AT_ONCE: i64 = 2000;
/// How often a page of cases reads on in search of those that are wanted, before it leaves that to the next page.
const MOST_READS: usize = 10;

/// Which cases are looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Those that were first answered in so many days until now.
    pub days: i64,
    /// Like one another in these.
    pub like: Like,
    /// With this tag.
    pub tag: Option<TagId>,
}

/// A report.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// The figures.
    pub report: Report,
    /// There were more cases than are looked at: the latest are.
    pub cut: bool,
    /// Conversations from before are still being looked through.
    pub reading: bool,
}

/// Compares groups of like cases.
///
/// # Errors
/// The store's.
pub async fn compare(desk: &mut Desk<'_>, mut scope: Scope, by: By) -> Result<Compared> {
    scope.like.default_type = fields::default_type(desk).await?;
    let (mut facts, mut after, mut read) = (Vec::new(), None, 0);
    let cut = loop {
        let page = store::facts(desk, since(desk, &scope), scope.tag, after, AT_ONCE).await?;
        let is_last = (page.len() as i64) < AT_ONCE;
        read += page.len();
        after = page.last().map(Fact::key);
        facts.extend(page.into_iter().filter(|fact| scope.like.holds(fact)));
        if is_last {
            break false;
        }
        if read >= MOST {
            break true;
        }
    };
    Ok(Compared { report: rules::compare(&facts, by), cut, reading: store::past(desk).await?.is_some() })
}

fn since(desk: &Desk<'_>, scope: &Scope) -> Timestamp {
    desk.now().checked_sub(SignedDuration::from_hours(24 * scope.days.clamp(1, 3660))).unwrap_or(Timestamp::MIN)
}

/// A case with what a list says of it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its figures.
    pub fact: Fact,
    /// The conversation's number.
    pub number: i64,
    /// Its subject.
    pub subject: String,
    /// Its customer's name.
    pub customer_name: String,
    /// Whether it still needs somebody.
    pub status: Status,
}

/// A page of the cases behind a figure.
#[derive(Debug, Clone, Default)]
pub struct CasePage {
    /// The cases, latest first.
    pub cases: Vec<Case>,
    /// Where the next page begins.
    pub next: Option<CaseKey>,
}

/// The cases behind a figure of a group, latest answer first.
///
/// # Errors
/// The store's.
pub async fn cases(
    desk: &mut Desk<'_>,
    mut scope: Scope,
    group: &Group,
    figure: Figure,
    mut after: Option<CaseKey>,
    limit: usize,
) -> Result<CasePage> {
    scope.like.default_type = fields::default_type(desk).await?;
    let mut page = CasePage::default();
    for _ in 0..MOST_READS {
        let read = store::facts(desk, since(desk, &scope), scope.tag, after, AT_ONCE).await?;
        let is_last = (read.len() as i64) < AT_ONCE;
        for fact in read {
            if page.cases.len() == limit {
                page.next = after;
                return Ok(page);
            }
            after = Some(fact.key());
            if Group::of(&fact, group.by()) != *group || !figure.holds(&fact) || !scope.like.holds(&fact) {
                continue;
            }
            if let Some((number, subject, customer_name, status)) = store::about(desk, fact.conversation_id).await? {
                page.cases.push(Case { fact, number, subject, customer_name, status });
            }
        }
        if is_last {
            return Ok(page);
        }
    }
    page.next = after;
    Ok(page)
}

/// Hears what is answered, settled and changed.
pub(crate) async fn hear(desk: &mut Desk<'_>, actor: Actor, event: &Event) -> Result<()> {
    match event {
        Event::Reopened { conversation } => {
            if matches!(actor, Actor::Customer(_)) {
                store::count_reopened(desk, *conversation).await?;
            }
            renew_known(desk, *conversation).await
        }
        Event::ReplyWritten { conversation, .. }
        | Event::DeliveryChanged { conversation, state: DeliveryState::Sent, .. } => {
            // Only the first answer says something new.
            if !store::is_known(desk, *conversation).await? {
                renew_case(desk, *conversation).await?;
            }
            Ok(())
        }
        Event::Resolved { conversation }
        | Event::Recalled { conversation, .. }
        | Event::TeamAssigned { conversation, .. }
        | Event::PrioritySet { conversation, .. }
        | Event::TypeSet { conversation, .. }
        | Event::MergedAway { conversation, .. } => renew_known(desk, *conversation).await,
        Event::MessageImported { conversation, .. }
        | Event::MergedIn { conversation, .. }
        | Event::SplitOff { conversation, .. }
        | Event::BeganAsSplit { conversation, .. }
        | Event::MessageMovedIn { conversation, .. }
        | Event::MessageMovedAway { conversation, .. }
        | Event::RearrangementUndone { conversation, .. } => renew_case(desk, *conversation).await.map(drop),
        _ => Ok(()),
    }
}

/// As [`renew_case`], where there is a case already.
async fn renew_known(desk: &mut Desk<'_>, id: ConversationId) -> Result<()> {
    if store::is_known(desk, id).await? {
        renew_case(desk, id).await?;
    }
    Ok(())
}

/// Makes a conversation's case what the conversation is now; whether it is one.
async fn renew_case(desk: &mut Desk<'_>, id: ConversationId) -> Result<bool> {
    let conversation = match conversations::find(desk, id).await {
        Ok(found) => found,
        Err(Error::NotFound) => return Ok(false),
        Err(other) => return Err(other),
    };
    let (Some(answered_at), true) = (conversation.first_response_at, conversation.status.is_listed()) else {
        store::remove(desk, id).await?;
        return Ok(false);
    };
    let Some((MessageKind::Incoming, began_at)) = store::first_message(desk, id).await? else {
        // We wrote first, or a machine did: nobody waited for that.
        store::remove(desk, id).await?;
        return Ok(false);
    };
    if conversations::is_sample(desk, &conversation).await? {
        return Ok(false);
    }
    let calendar = calendars::default_calendar(desk).await?;
    let open = |until: Timestamp| calendar.open_between(began_at, until).as_secs();
    let fact = Fact {
        conversation_id: id,
        answered_at,
        hour: i16::from(answered_at.to_zoned(calendar.zone.clone()).hour()),
        agent_id: store::first_answerer(desk, id).await?,
        team_id: conversation.team_id,
        channel: conversation.channel.clone(),
        type_id: conversation.type_id,
        priority: conversation.priority,
        response: open(answered_at),
        resolved_at: conversation.resolved_at,
        resolution: conversation.resolved_at.map(open),
        reopened: 0,
    };
    store::put(desk, &fact).await?;
    Ok(true)
}
