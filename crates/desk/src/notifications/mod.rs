//! Notifications: who is told what, in the desk, by a digest and in their browsers. Nobody is ever told of what they did themselves.

mod activity;
mod browsers;
mod digest;
mod letter;
mod rules;
mod store;

pub use activity::{Who, activity};
pub use browsers::{SendPush, browsers, sender, subscribe, unsubscribe};
pub use digest::SendDigest;
pub(crate) use letter::letter;
pub use letter::sending_mailbox;
pub use rules::{Kind, Ways};
pub use store::{Notification, STATEMENTS, Subscription};

use crate::{
    Actor, Desk, Event, Result,
    conversations::{self, ConversationId, DeliveryState, Holder, MessageId, MessageKind, Status},
    handoffs::{self, Receiver, State},
    people::{self, Agent, AgentId, Role, TeamId},
    procedures,
    reviews::{self, Reviewer},
};
use base::id_type;
use jiff::{SignedDuration, Timestamp, Zoned};
use std::collections::HashMap;
use store::New;

id_type! {
    /// A notification.
    NotificationId
}
id_type! {
    /// A browser that takes messages.
    SubscriptionId
}

/// What was read is forgotten after this time.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);

/// A notification with all that its words need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Why.
    pub kind: Kind,
    /// Who did it, by name; none for Rapport itself.
    pub actor: Option<String>,
    /// In which conversation.
    pub conversation: ConversationId,
    /// Its number.
    pub number: i64,
    /// Its subject.
    pub subject: String,
    /// Whose it is.
    pub customer: String,
    /// When.
    pub at: Timestamp,
}

/// Finds the words of what leaves the desk, in its reader's language.
pub trait Wording: Send + Sync + 'static {
    /// Subject and Markdown of a digest.
    fn digest(&self, to: &Agent, lines: &[Line]) -> (String, String);

    /// A message to a browser: JSON, as its worker reads it, of at most [`base::push::MOST_BYTES`].
    fn push(&self, to: &Agent, line: &Line) -> String;

    /// A moment on a wall, in this language where it is spoken.
    fn moment(&self, language: &str, at: &Zoned) -> String {
        let _ = language;
        at.strftime("%Y-%m-%d %H:%M").to_string()
    }
}

/// Notifications with all that their words need.
///
/// # Errors
/// The store's.
pub async fn lines(desk: &mut Desk<'_>, notifications: &[Notification]) -> Result<Vec<Line>> {
    let agents = people::agents(desk).await?;
    let names: HashMap<AgentId, &str> = agents.iter().map(|agent| (agent.id, agent.name.as_str())).collect();
    let line = |one: &Notification| Line {
        kind: one.kind,
        actor: match one.actor() {
            Actor::Agent(id) => names.get(&id).map(|name| (*name).to_owned()),
            Actor::Customer(_) => Some(one.customer_name.clone()),
            Actor::System => None,
        },
        conversation: one.conversation_id,
        number: one.number,
        subject: one.subject.clone(),
        customer: one.customer_name.clone(),
        at: one.at,
    };
    Ok(notifications.iter().map(line).collect())
}

/// The acting agent's notifications, newest first.
///
/// # Errors
/// [`crate::Error::Forbidden`].
pub async fn list(desk: &mut Desk<'_>, before: Option<NotificationId>, limit: i64) -> Result<Vec<Notification>> {
    store::list(desk, desk.agent()?, before, limit.clamp(1, 200)).await
}

/// How many of them the acting agent has not read.
///
/// # Errors
/// [`crate::Error::Forbidden`].
pub async fn unread(desk: &mut Desk<'_>) -> Result<i64> {
    Ok(store::state(desk, desk.agent()?).await?.0)
}

/// Marks one as read; returns it.
///
/// # Errors
/// [`crate::Error::NotFound`].
pub async fn read(desk: &mut Desk<'_>, id: NotificationId) -> Result<Notification> {
    let agent = desk.agent()?;
    let found = store::find(desk, agent, id).await?.ok_or(crate::Error::NotFound)?;
    store::read_one(desk, agent, id).await?;
    Ok(found)
}

/// The acting agent has looked at a conversation: what they were told of it is read.
///
/// # Errors
/// [`crate::Error::Forbidden`].
pub async fn seen(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<()> {
    store::read_of(desk, desk.agent()?, conversation).await
}

/// Marks all as read.
///
/// # Errors
/// [`crate::Error::Forbidden`].
pub async fn read_all(desk: &mut Desk<'_>) -> Result<()> {
    store::read_all(desk, desk.agent()?).await
}

/// By which ways the acting agent hears of each kind.
///
/// # Errors
/// [`crate::Error::Forbidden`].
pub async fn ways(desk: &mut Desk<'_>) -> Result<Vec<(Kind, Ways)>> {
    let chosen = store::ways(desk, desk.agent()?).await?;
    let way = |kind: Kind| chosen.iter().find(|(of, _)| *of == kind).map_or(kind.usual_ways(), |(_, ways)| *ways);
    Ok(Kind::ALL.iter().map(|kind| (*kind, way(*kind))).collect())
}

/// Chooses by which ways the acting agent hears of each kind.
///
/// # Errors
/// [`crate::Error::Forbidden`].
pub async fn set_ways(desk: &mut Desk<'_>, ways: &[(Kind, Ways)]) -> Result<()> {
    store::set_ways(desk, desk.agent()?, ways).await
}

/// Forgets what was read long ago.
///
/// # Errors
/// The store's.
pub async fn prune(desk: &mut Desk<'_>) -> Result<()> {
    let before = desk.new_id_at(desk.now() - KEPT);
    store::forget_old(desk, before).await
}

/// Hears what happened, and tells those whom it concerns.
pub(crate) async fn hear(desk: &mut Desk<'_>, actor: Actor, event: &Event) -> Result<()> {
    let Some((kind, conversation, message, concerned)) = concerns(desk, event).await? else { return Ok(()) };
    let to = rules::to_notify(concerned, actor);
    if to.is_empty() {
        return Ok(());
    }
    let chosen: HashMap<AgentId, Ways> = store::ways_of_kind(desk, kind, &to).await?.into_iter().collect();
    for agent in to {
        let ways = chosen.get(&agent).copied().unwrap_or(kind.usual_ways());
        if !(ways.in_app || ways.by_mail || ways.by_push) {
            continue;
        }
        let id = NotificationId(desk.new_id());
        store::insert(desk, &New { id, agent, kind, conversation, message, actor, ways }).await?;
        if ways.by_mail {
            digest::order(desk, agent).await?;
        }
        if ways.by_push {
            browsers::order(desk, agent, id).await?;
        }
    }
    Ok(())
}

type Concerned = (Kind, ConversationId, Option<MessageId>, Vec<AgentId>);

/// Whom it concerns, and why.
async fn concerns(desk: &mut Desk<'_>, event: &Event) -> Result<Option<Concerned>> {
    Ok(match event {
        Event::Mentioned { conversation, message, agent } => {
            Some((Kind::Mentioned, *conversation, Some(*message), vec![*agent]))
        }
        Event::Assigned { conversation, to: Some(to), .. } => {
            // Of a hand-off its own event tells.
            let handed = handoffs::pending(desk, *conversation).await?.is_some();
            (!handed).then(|| (Kind::Assigned, *conversation, None, vec![*to]))
        }
        Event::MessageReceived { conversation, message } => {
            if conversations::message(desk, *message).await?.kind != MessageKind::Incoming {
                return Ok(None);
            }
            let found = conversations::find(desk, *conversation).await?;
            if found.status == Status::Side {
                // Of an answer in it its own event tells.
                return Ok(None);
            }
            let mut to = conversations::followers(desk, *conversation).await?;
            to.extend(found.assignee_id);
            Some((Kind::CustomerReplied, *conversation, Some(*message), to))
        }
        Event::SideAnswered { conversation, side, message, .. } => {
            let mut to = Vec::new();
            for one in [*conversation, *side] {
                to.extend(conversations::followers(desk, one).await?);
                to.extend(conversations::find(desk, one).await?.assignee_id);
            }
            Some((Kind::SideAnswered, *side, Some(*message), to))
        }
        Event::DeliveryChanged { conversation, message, state: DeliveryState::Failed | DeliveryState::Unconfirmed } => {
            match conversations::message(desk, *message).await?.author() {
                Actor::Agent(writer) => Some((Kind::AnswerFailed, *conversation, Some(*message), vec![writer])),
                _ => None,
            }
        }
        Event::HandedOff { conversation, handoff } => {
            let to = match handoffs::find(desk, *handoff).await?.receiver() {
                Some(Receiver::Agent(agent)) => vec![agent],
                Some(Receiver::Team(team)) => members_of(desk, team).await?,
                None => Vec::new(),
            };
            Some((Kind::HandoffAsked, *conversation, None, to))
        }
        Event::HandoffDecided { conversation, handoff, state: State::Declined } => {
            let from = handoffs::find(desk, *handoff).await?.from_agent;
            Some((Kind::HandoffDeclined, *conversation, None, vec![from]))
        }
        Event::ReviewAsked { conversation, review } => {
            let to = match reviews::find(desk, *review).await?.reviewer() {
                Reviewer::Agent(agent) => vec![agent],
                Reviewer::Team(team) => members_of(desk, team).await?,
                // Nobody in particular: those whom the conversation concerns anyway.
                Reviewer::Anyone => {
                    let mut to = conversations::followers(desk, *conversation).await?;
                    to.extend(conversations::find(desk, *conversation).await?.assignee_id);
                    to
                }
            };
            Some((Kind::ReviewAsked, *conversation, None, to))
        }
        Event::ClockWarned { conversation, .. } => {
            Some((Kind::ClockWarned, *conversation, None, holders_of(desk, *conversation).await?))
        }
        Event::ClockBreached { conversation, .. } => {
            let mut to = holders_of(desk, *conversation).await?;
            // What nobody holds is everybody's who looks after the desk.
            if to.is_empty() {
                to = people::agents(desk)
                    .await?
                    .into_iter()
                    .filter(|one| one.active && one.role != Role::Agent)
                    .map(|one| one.id)
                    .collect();
            }
            Some((Kind::ClockBreached, *conversation, None, to))
        }
        Event::ReviewDecided { conversation, author, state, .. } => {
            let kind = match state {
                reviews::State::Approved | reviews::State::Sent => Kind::ReviewApproved,
                reviews::State::Returned => Kind::ReviewReturned,
                _ => return Ok(None),
            };
            Some((kind, *conversation, None, vec![*author]))
        }
        Event::RuleSwitchedOff { conversation, .. } => {
            let agents = people::agents(desk).await?;
            let to = agents.iter().filter(|agent| agent.active && agent.role >= Role::Admin).map(|agent| agent.id);
            Some((Kind::RuleSwitchedOff, *conversation, None, to.collect()))
        }
        Event::ProcedureEscalated { conversation, procedure, .. } => {
            Some((Kind::TooMuch, *conversation, None, procedures::leads(desk, *procedure).await?))
        }
        _ => None,
    })
}

/// Who holds a conversation: its assignee, or else its team.
async fn holders_of(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<Vec<AgentId>> {
    match Holder::of(&conversations::find(desk, conversation).await?) {
        Holder::Agent(agent) => Ok(vec![agent]),
        Holder::Team(team) => members_of(desk, team).await,
        Holder::Nobody => Ok(Vec::new()),
    }
}

async fn members_of(desk: &mut Desk<'_>, team: TeamId) -> Result<Vec<AgentId>> {
    let members = people::team_members(desk).await?;
    Ok(members.into_iter().filter(|(of, _)| *of == team).map(|(_, agent)| agent).collect())
}
