//! Which conversations are part of a problem. Merging keeps that; side conversations are part of none.

use super::{Member, Outcome, Problem, ProblemId, Reason, moment, store, store::Membership};
use crate::{
    Actor, Desk, Error, Event, Result,
    conversations::{self, Conversation, ConversationId, DeliveryState, MessageId, Status},
    customers::{self, CustomerId},
    macros,
};
use jiff::Timestamp;

/// The place of a conversation among those of its problem: in the order in which they were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberKey(pub(crate) Timestamp, pub(crate) ConversationId);

impl MemberKey {
    /// Before all.
    pub(super) const FIRST: MemberKey = MemberKey(Timestamp::MIN, ConversationId(uuid::Uuid::nil()));
}

impl std::fmt::Display for MemberKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0.as_microsecond(), self.1)
    }
}

impl std::str::FromStr for MemberKey {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let (at, id) = text.split_once('.').ok_or(())?;
        Ok(Self(moment(at)?, id.parse().map_err(|_| ())?))
    }
}

/// Makes a conversation part of a problem; if it was part of another one, it is not any more. Returns that one.
///
/// # Errors
/// As [`put`].
pub async fn add(desk: &mut Desk<'_>, id: ProblemId, conversation: ConversationId) -> Result<Option<ProblemId>> {
    put(desk, conversation, Some(id)).await
}

/// A conversation is part of no problem any more. Returns of which it was.
///
/// # Errors
/// As [`put`].
pub async fn take_out(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<Option<ProblemId>> {
    put(desk, conversation, None).await
}

/// Makes a conversation part of that problem, or of none. Returns of which it was.
///
/// # Errors
/// [`Error::Conflict`] `side` for a side conversation, `merged` for one that was merged away; [`Error::NotFound`].
pub async fn put(
    desk: &mut Desk<'_>,
    conversation: ConversationId,
    to: Option<ProblemId>,
) -> Result<Option<ProblemId>> {
    let about = conversations::lock_any(desk, conversation).await?;
    match about.status {
        Status::Side => return Err(Error::Conflict("side")),
        Status::Merged => return Err(Error::Conflict("merged")),
        _ => {}
    }
    let was = store::membership(desk, conversation).await?;
    let before = was.as_ref().map(|was| was.problem_id);
    if before == to {
        return Ok(before);
    }
    if let Some(was) = was {
        leave(desk, conversation, &was).await?;
    }
    if let Some(to) = to {
        join(desk, &about, to, None).await?;
        store::touch(desk, to).await?;
    }
    Ok(before)
}

/// Makes a conversation that is part of no problem part of this one, and says so.
async fn join(
    desk: &mut Desk<'_>,
    about: &Conversation,
    to: ProblemId,
    merged_from: Option<ConversationId>,
) -> Result<()> {
    let Problem { id: problem, number, title, .. } = store::find(desk, to).await?;
    let language = language_of(desk, about).await?;
    store::join(desk, about.id, to, desk.agent().ok(), &language, merged_from).await?;
    desk.emit(Event::AddedToProblem { conversation: about.id, problem, number, title });
    Ok(())
}

/// Takes a conversation out of its problem, and says so.
async fn leave(desk: &mut Desk<'_>, conversation: ConversationId, was: &Membership) -> Result<()> {
    store::leave(desk, conversation, was).await?;
    let Problem { id: problem, number, title, .. } = store::find(desk, was.problem_id).await?;
    desk.emit(Event::TakenFromProblem { conversation, problem, number, title });
    Ok(())
}

/// Which language a conversation's customer reads: the one that they prefer, else that of their last words; empty where it is not known.
async fn language_of(desk: &mut Desk<'_>, conversation: &Conversation) -> Result<String> {
    let preferred = customers::find(desk, conversation.customer_id).await?.preferences.language;
    if !preferred.trim().is_empty() {
        return Ok(preferred.trim().to_lowercase());
    }
    Ok(macros::language_of_words(desk, conversation.id).await?.unwrap_or_default())
}

/// The problem that a conversation is part of.
///
/// # Errors
/// The store's.
pub async fn of_conversation(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<Option<Problem>> {
    match store::membership(desk, conversation).await? {
        Some(member) if !member.gone => Ok(Some(store::find(desk, member.problem_id).await?)),
        _ => Ok(None),
    }
}

/// The conversations of a problem in the order in which they were added, from behind `after`.
///
/// # Errors
/// [`Error::Forbidden`] when it is not an agent who asks.
pub async fn members(
    desk: &mut Desk<'_>,
    problem: &Problem,
    after: Option<MemberKey>,
    limit: i64,
) -> Result<Vec<Member>> {
    let viewer = desk.agent()?;
    store::members(desk, problem, viewer, after, limit).await
}

/// Whether a conversation has the problem's answer.
///
/// # Errors
/// The store's.
pub async fn is_answered(desk: &mut Desk<'_>, problem: &Problem, conversation: ConversationId) -> Result<bool> {
    store::is_answered(desk, problem, conversation).await
}

/// How many conversations of a problem have not got its answer, up to a thousand.
///
/// # Errors
/// The store's.
pub async fn unanswered(desk: &mut Desk<'_>, problem: &Problem) -> Result<i64> {
    store::unanswered(desk, problem, 1_000).await
}

/// The numbers of conversations of a problem that are not settled, those added first before the others.
///
/// # Errors
/// The store's.
pub async fn unsettled(desk: &mut Desk<'_>, id: ProblemId, limit: i64) -> Result<Vec<i64>> {
    store::unsettled(desk, id, limit).await
}

/// Hears what happened: conversations are merged and parted, customers turn out to read another language, answers do not arrive.
pub(crate) async fn hear(desk: &mut Desk<'_>, _: Actor, event: &Event) -> Result<()> {
    match event {
        Event::MergedIn { conversation, from, .. } => merged(desk, *conversation, *from).await,
        Event::RearrangementUndone { conversation, other } => parted(desk, *conversation, *other).await,
        Event::MessageReceived { conversation, .. } => read_anew(desk, *conversation).await,
        Event::CustomerChanged { customer } => changed(desk, *customer).await,
        Event::DeliveryChanged { message, state, .. } => delivered(desk, *message, *state).await,
        _ => Ok(()),
    }
}

/// What the one was part of, the other is part of, unless it is part of something already.
async fn merged(desk: &mut Desk<'_>, to: ConversationId, from: i64) -> Result<()> {
    let from = conversations::find_by_number(desk, from).await?.id;
    let Some(was) = store::membership(desk, from).await?.filter(|was| !was.gone) else { return Ok(()) };
    store::set_gone(desk, from, &was, true).await?;
    let there = store::membership(desk, to).await?;
    if there.is_none() {
        let about = conversations::find(desk, to).await?;
        join(desk, &about, was.problem_id, Some(from)).await?;
    }
    if there.is_none_or(|there| there.problem_id == was.problem_id) {
        store::carry_items(desk, was.problem_id, from, to).await?;
    }
    Ok(())
}

/// A merge was undone, or a split: what was merged away is back, what was split off is gone.
async fn parted(desk: &mut Desk<'_>, conversation: ConversationId, other: i64) -> Result<()> {
    let Some(member) = store::membership(desk, conversation).await? else { return Ok(()) };
    let is_gone = conversations::find(desk, conversation).await?.status == Status::Merged;
    let other = conversations::find_by_number(desk, other).await?;
    if is_gone != member.gone {
        store::set_gone(desk, conversation, &member, is_gone).await?;
        let id = member.problem_id;
        match is_gone {
            true => store::carry_items(desk, id, conversation, other.id).await?,
            false => store::carry_back(desk, id, conversation, other.id).await?,
        }
    }
    if member.merged_from == Some(other.id) && other.status != Status::Merged {
        leave(desk, conversation, &member).await?;
    }
    Ok(())
}

/// The customer wrote again, perhaps in another language.
async fn read_anew(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<()> {
    let Some(member) = store::membership(desk, conversation).await? else { return Ok(()) };
    let about = conversations::find(desk, conversation).await?;
    let language = language_of(desk, &about).await?;
    if language != member.language && !language.is_empty() {
        store::set_language(desk, conversation, &member, &language).await?;
    }
    Ok(())
}

async fn changed(desk: &mut Desk<'_>, customer: CustomerId) -> Result<()> {
    for conversation in store::of_customer(desk, customer).await? {
        read_anew(desk, conversation).await?;
    }
    Ok(())
}

/// An answer did not arrive after all, or did.
async fn delivered(desk: &mut Desk<'_>, message: MessageId, state: DeliveryState) -> Result<()> {
    for item in store::items_of_message(desk, message).await? {
        match (state, item.outcome) {
            (DeliveryState::Failed, Outcome::Sent | Outcome::Partly) => {
                store::set_outcome(desk, &item, Outcome::NotDelivered, Some(Reason::NotDelivered)).await?;
                store::count_arrived(desk, item.send_id, -1).await?;
            }
            (DeliveryState::Sent | DeliveryState::Queued, Outcome::NotDelivered) => {
                store::set_outcome(desk, &item, Outcome::Sent, None).await?;
                store::count_arrived(desk, item.send_id, 1).await?;
            }
            _ => continue,
        }
        desk.emit(Event::ProblemWent { problem: item.problem_id });
    }
    Ok(())
}
