//! Reviews: a draft stands in its conversation, for colleagues only, until somebody has looked at it. It is no message and no answer:
//! the customer waits on. What is approved goes out by the ordinary way of answering, in its author's name.

mod rules;
mod store;

pub use rules::{Act, Change, Edit, Part, Reviewer, State, changes};
pub use store::{Review, STATEMENTS};

use crate::{
    Actor, Desk, Error, Event, Result,
    conversations::{self, ConversationId, MessageId, NewReply, Reviewed, Upload, UploadId},
    people::{self, AgentId},
};
use base::id_type;
use jiff::Timestamp;

id_type! {
    /// A draft that waits for a review.
    ReviewId
}

/// Asks for a review of the acting agent's draft. `seen` is the newest message that they had before their eyes.
///
/// # Errors
/// [`Error::Invalid`]: `body` is `required` when there is no draft of an answer, `to` is `oneself` or `not_allowed`, `remark` is
/// `too_long`; [`Error::Conflict`] `in_review_already` when a draft in it is under review; [`Error::NotFound`].
pub async fn ask(
    desk: &mut Desk<'_>,
    conversation: ConversationId,
    to: Reviewer,
    remark: &str,
    seen: Option<MessageId>,
) -> Result<ReviewId> {
    let author = desk.agent()?;
    let remark = rules::remark(remark)?;
    if !conversations::find(desk, conversation).await?.status.is_listed() {
        return Err(Error::NotFound);
    }
    check_reviewer(desk, to, author).await?;
    if store::open(desk, conversation).await?.is_some() {
        return Err(Error::Conflict("in_review_already"));
    }
    let seen = match seen {
        Some(seen) => Some(seen),
        None => conversations::thread(desk, conversation, None, 1).await?.pop().map(|newest| newest.id),
    };
    let id = ReviewId(desk.new_id());
    let text = conversations::lay_aside(desk, conversation, id.0).await?;
    let text = rules::tidied(&text);
    store::insert(desk, &store::New { id, conversation, author, to, remark: &remark, text: &text, seen }).await?;
    desk.emit(Event::ReviewAsked { conversation, review: id });
    Ok(id)
}

async fn check_reviewer(desk: &mut Desk<'_>, to: Reviewer, author: AgentId) -> Result<()> {
    let is_known = match to {
        Reviewer::Anyone => true,
        Reviewer::Agent(agent) if agent == author => return Err(Error::field("to", "oneself")),
        Reviewer::Agent(agent) => people::agents(desk).await?.iter().any(|one| one.id == agent && one.active),
        Reviewer::Team(team) => people::teams(desk).await?.iter().any(|one| one.id == team),
    };
    if is_known { Ok(()) } else { Err(Error::field("to", "not_allowed")) }
}

/// What the acting agent is to a review.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn part(desk: &mut Desk<'_>, review: &Review) -> Result<Part> {
    let agent = desk.agent()?;
    let teams: Vec<_> = people::teams_of(desk, agent).await?.into_iter().map(|team| team.id).collect();
    Ok(review.reviewer().part_of(agent, &teams, review.author))
}

/// Takes the review for this unit of work, when the acting agent may do this now.
async fn take(desk: &mut Desk<'_>, id: ReviewId, act: Act) -> Result<(Review, AgentId)> {
    let review = store::lock(desk, id).await?;
    act.check(part(desk, &review).await?, review.state)?;
    Ok((review, desk.agent()?))
}

/// Changes the text as asked, if at all.
async fn apply(desk: &mut Desk<'_>, review: &mut Review, edit: Option<&Edit>, by: AgentId) -> Result<()> {
    let Some(edit) = edit else { return Ok(()) };
    let Some(text) = edit.against(review.revision, &review.text)? else { return Ok(()) };
    store::set_text(desk, review.id, &text, by).await?;
    review.text = text;
    review.revision += 1;
    desk.emit(Event::ReviewEdited { conversation: review.conversation_id, review: review.id });
    Ok(())
}

fn decided(desk: &mut Desk<'_>, review: &Review, state: State) {
    let Review { conversation_id: conversation, id, author, .. } = *review;
    desk.emit(Event::ReviewDecided { conversation, review: id, author, state });
}

/// Changes the text of a draft under review.
///
/// # Errors
/// [`Error::Conflict`] `text_changed` when somebody else did meanwhile, `decided_already` when it is over; [`Error::Invalid`];
/// [`Error::Forbidden`] for those who neither wrote it nor were asked.
pub async fn edit(desk: &mut Desk<'_>, id: ReviewId, edit: &Edit) -> Result<ConversationId> {
    let (mut review, agent) = take(desk, id, Act::Edit).await?;
    apply(desk, &mut review, Some(edit), agent).await?;
    Ok(review.conversation_id)
}

/// Approves a draft, as it is or changed; its author sends it.
///
/// # Errors
/// As [`edit`].
pub async fn approve(desk: &mut Desk<'_>, id: ReviewId, edit: Option<&Edit>) -> Result<ConversationId> {
    let (mut review, agent) = take(desk, id, Act::Approve).await?;
    apply(desk, &mut review, edit, agent).await?;
    store::decide(desk, id, State::Approved, "", agent).await?;
    decided(desk, &review, State::Approved);
    Ok(review.conversation_id)
}

/// Gives a draft back to its author, as it is or changed: it is their own draft again.
///
/// # Errors
/// As [`edit`]; [`Error::Invalid`] without a remark.
pub async fn give_back(desk: &mut Desk<'_>, id: ReviewId, edit: Option<&Edit>, remark: &str) -> Result<ConversationId> {
    let (mut review, agent) = take(desk, id, Act::Return).await?;
    let remark = rules::remark(remark)?;
    if remark.is_empty() {
        return Err(Error::field("remark", "required"));
    }
    apply(desk, &mut review, edit, agent).await?;
    store::decide(desk, id, State::Returned, &remark, agent).await?;
    conversations::bring_back(desk, review.author, review.conversation_id, id.0, &review.text).await?;
    decided(desk, &review, State::Returned);
    Ok(review.conversation_id)
}

/// Takes the acting agent's own draft back; whatever a reviewer changed in it stays.
///
/// # Errors
/// [`Error::Conflict`] `decided_already` when it was sent or given back; [`Error::Forbidden`] for all but its author.
pub async fn withdraw(desk: &mut Desk<'_>, id: ReviewId) -> Result<ConversationId> {
    let (review, agent) = take(desk, id, Act::Withdraw).await?;
    store::set_state(desk, id, State::Withdrawn).await?;
    conversations::bring_back(desk, agent, review.conversation_id, id.0, &review.text).await?;
    decided(desk, &review, State::Withdrawn);
    Ok(review.conversation_id)
}

/// Puts what was given back into its author's draft again, should they have written over it.
///
/// # Errors
/// As [`note`].
pub async fn take_up(desk: &mut Desk<'_>, id: ReviewId) -> Result<ConversationId> {
    let (review, agent) = take(desk, id, Act::Note).await?;
    conversations::bring_back(desk, agent, review.conversation_id, id.0, &review.text).await?;
    Ok(review.conversation_id)
}

/// The author has seen that it was given back.
///
/// # Errors
/// [`Error::Conflict`] `decided_already`; [`Error::Forbidden`] for all but its author.
pub async fn note(desk: &mut Desk<'_>, id: ReviewId) -> Result<ConversationId> {
    let (review, _) = take(desk, id, Act::Note).await?;
    store::set_state(desk, id, State::Noted).await?;
    Ok(review.conversation_id)
}

/// How a reviewed draft is sent.
#[derive(Debug, Clone, Default)]
pub struct Sending {
    /// From which of the mailbox's addresses; none for the one that the customer wrote to.
    pub from: Option<String>,
    /// Sends it although the conversation has moved on.
    pub send_anyway: bool,
    /// When it leaves; none for at once.
    pub leaves_at: Option<Timestamp>,
}

/// Sends a draft in its author's name: a reviewer, who approves it thereby, or its author, once it is approved. Twice is once.
///
/// # Errors
/// As [`edit`] and [`conversations::reply`].
pub async fn send(desk: &mut Desk<'_>, id: ReviewId, edit: Option<&Edit>, how: Sending) -> Result<MessageId> {
    let known = store::lock(desk, id).await?;
    if let (State::Sent, Some(message)) = (known.state, known.message)
        && part(desk, &known).await? != Part::Reader
    {
        return Ok(message);
    }
    let (mut review, agent) = take(desk, id, Act::Send).await?;
    // What was approved is what is sent.
    let edit = if review.state == State::Asked { edit } else { None };
    apply(desk, &mut review, edit, agent).await?;
    if review.state == State::Asked {
        store::decide(desk, id, State::Approved, "", agent).await?;
    }
    let approved_by = people::agent(desk, review.decided_by.unwrap_or(agent)).await?.name;
    let new = NewReply {
        conversation: review.conversation_id,
        client_id: Some(id.0),
        markdown: review.text.clone(),
        from: how.from,
        to: None,
        cc: None,
        uploads: files(desk, &review).await?.iter().map(|file| file.id).collect(),
        seen: review.seen,
        send_anyway: how.send_anyway,
        leaves_at: how.leaves_at,
    };
    let by = Reviewed { author: review.author, holder: id.0, approved_by: Some(approved_by) };
    let message = conversations::reply_reviewed(desk, new, by).await?;
    store::sent(desk, id, message).await?;
    decided(desk, &review, State::Sent);
    Ok(message)
}

/// The files of a draft under review.
///
/// # Errors
/// The store's.
pub async fn files(desk: &mut Desk<'_>, review: &Review) -> Result<Vec<Upload>> {
    conversations::uploads_of(desk, review.conversation_id, review.id.0).await
}

/// One file of a draft under review.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn file(desk: &mut Desk<'_>, id: ReviewId, file: UploadId) -> Result<Upload> {
    let review = store::find(desk, id).await?;
    files(desk, &review).await?.into_iter().find(|one| one.id == file).ok_or(Error::NotFound)
}

/// Whether somebody else than its author wrote, or was answered, since its author looked.
///
/// # Errors
/// The store's.
pub async fn is_overtaken(desk: &mut Desk<'_>, review: &Review) -> Result<bool> {
    conversations::has_moved_on(desk, review.conversation_id, review.seen, review.author).await
}

/// One review.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(desk: &mut Desk<'_>, id: ReviewId) -> Result<Review> {
    store::find(desk, id).await
}

/// The last review that was asked for in a conversation.
///
/// # Errors
/// The store's.
pub async fn last(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<Option<Review>> {
    store::last(desk, conversation).await
}

/// Hears what happened: a reviewed answer was called back, its author wrote on, the conversation went into another one.
pub(crate) async fn hear(desk: &mut Desk<'_>, actor: Actor, event: &Event) -> Result<()> {
    match event {
        Event::Recalled { message, .. } => recalled(desk, actor, *message).await,
        Event::ReplyWritten { conversation, .. } => {
            let Some(last) = store::last(desk, *conversation).await? else { return Ok(()) };
            if last.state == State::Returned && actor == Actor::Agent(last.author) {
                store::set_state(desk, last.id, State::Noted).await?;
            }
            Ok(())
        }
        Event::MergedAway { conversation, into } => merged(desk, *conversation, *into).await,
        _ => Ok(()),
    }
}

/// The answer is its author's draft again; they are told, unless it was they who called it back.
async fn recalled(desk: &mut Desk<'_>, actor: Actor, message: MessageId) -> Result<()> {
    let Some(review) = store::by_message(desk, message).await?.filter(|one| one.state == State::Sent) else {
        return Ok(());
    };
    match actor {
        Actor::Agent(agent) if agent != review.author => {
            store::decide(desk, review.id, State::Returned, "", agent).await?;
            decided(desk, &review, State::Returned);
            Ok(())
        }
        _ => store::set_state(desk, review.id, State::Noted).await,
    }
}

/// A draft goes along with its conversation; where one waits there already, it goes back to its author.
async fn merged(desk: &mut Desk<'_>, from: ConversationId, into: i64) -> Result<()> {
    let Some(review) = store::open(desk, from).await? else { return Ok(()) };
    let to = conversations::find_by_number(desk, into).await?.id;
    conversations::carry_aside(desk, from, to, review.id.0).await?;
    if store::open(desk, to).await?.is_none() {
        return store::move_to(desk, review.id, to).await;
    }
    store::set_state(desk, review.id, State::Withdrawn).await?;
    store::move_to(desk, review.id, to).await?;
    conversations::bring_back(desk, review.author, to, review.id.0, &review.text).await
}
