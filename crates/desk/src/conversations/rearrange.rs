//! Merging, splitting, moving messages, and the undoing of each.
//!
//! Messages change their conversation, everything that hangs on them follows, and what follows from them (who waits, since
//! when) is drawn anew for both sides. Each rearrangement keeps what it found: as long as nothing else has happened, undoing
//! it restores exactly that; otherwise messages go back where they were and both sides are drawn from what they hold.

use super::{
    Conversation, ConversationId, Header, Message, MessageId, MessageKind, Person, Status, TagId, Trust, findable,
    rules::{DeliveryState, Said},
    sample::is_no_sample,
    store,
};
use crate::{
    Actor, Desk, Error, Event, Result,
    customers::{self, CustomerId},
    mailboxes,
    people::AgentId,
};
use base::{db::Value, id_type, mail, params, row, statements};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

id_type! {
    /// A merge, split or move that was done.
    RearrangementId
}

/// The most messages that are moved at once.
const MOST: i64 = 2000;

statements! {
    MESSAGE_IDS = "select id, rfc_message_id from message where workspace_id = $1 and conversation_id = $2 and id >= $3 order by id limit $4";
    SAID = "select kind, created_at, substr(body, 1, 400), delivery from message where workspace_id = $1 and conversation_id = $2 order by id";
    MOVE_MESSAGE = "update message set conversation_id = $4 where workspace_id = $1 and conversation_id = $2 and id = $3";
    MOVE_REFERENCE = "update message_reference set conversation_id = $4 where workspace_id = $1 and rfc_message_id = $2 and message_id = $3";
    COPY_PARTICIPANTS = "insert into participant (workspace_id, conversation_id, address)
        select workspace_id, $3, address from participant where workspace_id = $1 and conversation_id = $2
        on conflict do nothing returning address";
    MOVE_DRAFTS = "update draft set conversation_id = $3 where workspace_id = $1 and conversation_id = $2 and not exists
        (select 1 from draft other where other.workspace_id = $1 and other.conversation_id = $3 and other.agent_id = draft.agent_id)
        returning agent_id";
    MOVE_DRAFT = "update draft set conversation_id = $3 where workspace_id = $1 and conversation_id = $2 and agent_id = $4 and not exists
        (select 1 from draft other where other.workspace_id = $1 and other.conversation_id = $3 and other.agent_id = $4)";
    MOVE_UPLOADS = "update upload set conversation_id = $3 where workspace_id = $1 and conversation_id = $2 and agent_id = $4";
    SET_MERGED_INTO = "update conversation set merged_into = $3 where workspace_id = $1 and id = $2";
    MERGED_INTO = "select c.number from conversation gone join conversation c on c.workspace_id = gone.workspace_id and c.id = gone.merged_into
        where gone.workspace_id = $1 and gone.number = $2";
    INSERT = "insert into rearrangement (workspace_id, id, kind, from_id, to_id, agent_id, at, before) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    UNDO = "update rearrangement set undone_at = $3 where workspace_id = $1 and id = $2 and undone_at is null returning kind, from_id, to_id, before";
    UNDONE = "select id from rearrangement where workspace_id = $1 and (from_id = $2 or to_id = $2) and undone_at is not null";
}

const MERGE: i16 = 1;
const SPLIT: i16 = 2;
const MOVE: i16 = 3;

/// What a rearrangement found and left, for undoing it.
#[derive(Debug, Serialize, Deserialize)]
struct Before {
    messages: Vec<MessageId>,
    from: Conversation,
    from_after: Conversation,
    /// None when it began with this.
    to: Option<Conversation>,
    to_after: Conversation,
    participants: Vec<String>,
    tags: Vec<TagId>,
    drafts: Vec<AgentId>,
}

row! {
    struct Undone {
        kind: i16,
        from_id: ConversationId,
        to_id: ConversationId,
        before: String,
    }
}

/// The conversation that the one of this number was merged into, by its number.
///
/// # Errors
/// The store's.
pub async fn merged_into(desk: &mut Desk<'_>, number: i64) -> Result<Option<i64>> {
    Ok(desk.tx().row::<(i64,)>(MERGED_INTO, params![desk.workspace(), number]).await?.map(|(number,)| number))
}

/// Which rearrangements of a conversation were undone.
///
/// # Errors
/// The store's.
pub async fn undone(desk: &mut Desk<'_>, id: ConversationId) -> Result<Vec<RearrangementId>> {
    let rows = desk.tx().rows::<(RearrangementId,)>(UNDONE, params![desk.workspace(), id]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Merges `from` into `to`: all its messages, those who take part, its tags and drafts. Its number leads there from now on.
///
/// # Errors
/// [`Error::Invalid`] when it is the same; [`Error::Conflict`] when one of them was merged away; [`Error::NotFound`].
pub async fn merge(desk: &mut Desk<'_>, from: ConversationId, to: ConversationId) -> Result<RearrangementId> {
    let (from, to) = lock_both(desk, from, to).await?;
    let ids = ids_from(desk, from.id, MessageId(uuid::Uuid::nil())).await?;
    carry(desk, &ids, &from, &to).await?;
    let copied = params![desk.workspace(), from.id, to.id];
    let participants = desk.tx().rows::<(String,)>(COPY_PARTICIPANTS, copied).await?;
    let drafts = desk.tx().rows::<(AgentId,)>(MOVE_DRAFTS, params![desk.workspace(), from.id, to.id]).await?;
    let drafts: Vec<AgentId> = drafts.into_iter().map(|(agent,)| agent).collect();
    for agent in &drafts {
        desk.tx().exec(MOVE_UPLOADS, params![desk.workspace(), from.id, to.id, *agent]).await?;
    }
    let mut to_after = to.clone();
    if matches!(from.status, Status::Open | Status::Snoozed) {
        to_after.reopen();
    }
    to_after.retell(&said(desk, to.id).await?);
    store::save(desk, &to, &to_after).await?;
    let mut tags = Vec::new();
    for tag in store::tags_of(desk, from.id).await? {
        if store::add_tag(desk, &to_after, tag.id).await? == 1 {
            tags.push(tag.id);
            count_tag(desk, &to_after, tag.id, 1);
        }
    }
    if !tags.is_empty() {
        findable::anew(desk, to.id);
    }
    gone(desk, &from, to.id).await?;
    let participants = participants.into_iter().map(|(address,)| address).collect();
    let moved = Moved { ids, participants, tags, drafts };
    record(desk, MERGE, &from, Some(to), to_after.id, moved).await
}

/// Takes a message and all after it, or it alone, into a conversation of their own, which gets the message's subject and
/// writer.
///
/// # Errors
/// [`Error::Conflict`] when nothing would be left; [`Error::NotFound`].
pub async fn split(desk: &mut Desk<'_>, message: MessageId, alone: bool) -> Result<(RearrangementId, i64)> {
    let first = store::message(desk, message).await?;
    let from = store::lock(desk, first.conversation_id).await?;
    not_a_side(&from)?;
    is_no_sample(desk, &from).await?;
    let mut ids = ids_from(desk, from.id, message).await?;
    if alone {
        ids.truncate(1);
    }
    if ids.len() >= usize::try_from(from.message_count).unwrap_or_default() {
        return Err(Error::Conflict("nothing_left"));
    }
    let header = Header::of(&first);
    let (customer_id, customer_name) = customer_of(desk, &first, &from).await?;
    let subject = Some(mail::base_subject(&header.subject)).filter(|subject| !subject.is_empty());
    let to = Conversation {
        id: ConversationId(desk.new_id()),
        number: desk.next_conversation_number().await?,
        subject: subject.unwrap_or_else(|| from.subject.clone()),
        customer_id,
        customer_name,
        status: Status::Open,
        created_at: first.created_at,
        first_response_at: None,
        resolved_at: None,
        waiting_since: None,
        respond_by: None,
        response_due: None,
        waiting_messages: 0,
        risk_at: None,
        snoozed_until: None,
        ..from.clone()
    };
    desk.tx().exec_all(&[store::insert(desk, &to)]).await?;
    store::count(desk, &to, 1);
    carry(desk, &ids, &from, &to).await?;
    let participants = participants_of(desk, &ids).await?;
    let statements: Vec<_> = participants.iter().map(|address| store::add_participant(desk, to.id, address)).collect();
    desk.tx().exec_all(&statements).await?;
    let mut to_after = to.clone();
    to_after.retell(&said(desk, to.id).await?);
    store::save(desk, &to, &to_after).await?;
    let moved = Moved { ids, participants, ..Moved::default() };
    let number = to.number;
    let id = record(desk, SPLIT, &from, None, to.id, moved).await?;
    Ok((id, number))
}

/// Takes one message into another conversation.
///
/// # Errors
/// As [`merge`]; [`Error::Conflict`] when nothing would be left.
pub async fn move_message(desk: &mut Desk<'_>, message: MessageId, to: ConversationId) -> Result<RearrangementId> {
    let from = store::message(desk, message).await?.conversation_id;
    let (from, to) = lock_both(desk, from, to).await?;
    if from.message_count <= 1 {
        return Err(Error::Conflict("nothing_left"));
    }
    let ids: Vec<_> = ids_from(desk, from.id, message).await?.into_iter().take(1).collect();
    carry(desk, &ids, &from, &to).await?;
    let mut participants = participants_of(desk, &ids).await?;
    let known = store::who_takes_part(desk, to.id, &participants).await?;
    participants.retain(|address| !known.contains(address));
    let statements: Vec<_> = participants.iter().map(|address| store::add_participant(desk, to.id, address)).collect();
    desk.tx().exec_all(&statements).await?;
    let mut to_after = to.clone();
    to_after.retell(&said(desk, to.id).await?);
    store::save(desk, &to, &to_after).await?;
    record(desk, MOVE, &from, Some(to.clone()), to.id, Moved { ids, participants, ..Moved::default() }).await
}

/// Undoes a merge, split or move; gives the number of the conversation that its messages came from and are back in.
///
/// # Errors
/// [`Error::Conflict`] when it was undone already, or a conversation of it has been merged elsewhere since.
pub async fn undo(desk: &mut Desk<'_>, id: RearrangementId) -> Result<i64> {
    let undone = desk.tx().row::<Undone>(UNDO, params![desk.workspace(), id, desk.now()]).await?;
    let undone = undone.ok_or(Error::Conflict("undone_already"))?;
    let before: Before = serde_json::from_str(&undone.before).map_err(Error::internal)?;
    let mut both = [undone.from_id, undone.to_id];
    both.sort_unstable();
    for one in both {
        store::lock_any(desk, one).await?;
    }
    let (from, to) = (store::find(desk, undone.from_id).await?, store::find(desk, undone.to_id).await?);
    if to.status == Status::Merged || (from.status == Status::Merged) != (undone.kind == MERGE) {
        return Err(Error::Conflict("merged"));
    }
    let ids = match undone.kind {
        // What has come into it since belongs to where it came from.
        SPLIT => ids_from(desk, to.id, MessageId(uuid::Uuid::nil())).await?,
        _ => rfc_ids(desk, &before.messages, to.id).await?,
    };
    carry(desk, &ids, &to, &before.from).await?;
    for address in &before.participants {
        store::remove_participant(desk, to.id, address).await?;
    }
    for tag in &before.tags {
        if store::remove_tag(desk, &to, *tag).await? == 1 {
            count_tag(desk, &to, *tag, -1);
        }
    }
    if !before.tags.is_empty() {
        findable::anew(desk, to.id);
    }
    for agent in &before.drafts {
        let params = params![desk.workspace(), to.id, from.id, *agent];
        if desk.tx().exec(MOVE_DRAFT, params).await? == 1 {
            desk.tx().exec(MOVE_UPLOADS, params).await?;
        }
    }
    if undone.kind == MERGE {
        desk.tx().exec(SET_MERGED_INTO, params![desk.workspace(), from.id, Option::<uuid::Uuid>::None]).await?;
    }
    restore(desk, &from, &before.from, &before.from_after).await?;
    match &before.to {
        Some(found) => restore(desk, &to, found, &before.to_after).await?,
        None => gone(desk, &to, from.id).await?,
    }
    for (conversation, other) in [(from.id, to.number), (to.id, from.number)] {
        desk.emit(Event::RearrangementUndone { conversation, other });
    }
    Ok(from.number)
}

/// Back to `found` when nothing has happened since; else drawn from what it holds now.
pub(super) async fn restore(
    desk: &mut Desk<'_>,
    now: &Conversation,
    found: &Conversation,
    left: &Conversation,
) -> Result<()> {
    let mut after = now.clone();
    if now == left {
        after = found.clone();
        after.wake_if_due(desk.now());
    } else {
        if now.status == Status::Merged {
            (after.status, after.snoozed_until) = (found.status, found.snoozed_until);
            after.wake_if_due(desk.now());
        }
        after.retell(&said(desk, now.id).await?);
    }
    store::save(desk, now, &after).await
}

/// It holds nothing any more and leads elsewhere.
async fn gone(desk: &mut Desk<'_>, conversation: &Conversation, into: ConversationId) -> Result<()> {
    let mut after = conversation.clone();
    (after.status, after.snoozed_until) = (Status::Merged, None);
    after.retell(&[]);
    store::save(desk, conversation, &after).await?;
    desk.tx().exec(SET_MERGED_INTO, params![desk.workspace(), conversation.id, into]).await?;
    Ok(())
}

fn count_tag(desk: &mut Desk<'_>, conversation: &Conversation, tag: TagId, by: i64) {
    if conversation.status == Status::Open {
        desk.count(super::CountedView::Tag as i16, tag.0, by);
    }
}

/// What was said aside never gets into the sight of the other side.
fn not_a_side(conversation: &Conversation) -> Result<()> {
    if conversation.status == Status::Side { Err(Error::Conflict("side")) } else { Ok(()) }
}

/// Both are locked in one order, whoever merges which into which.
async fn lock_both(desk: &Desk<'_>, from: ConversationId, to: ConversationId) -> Result<(Conversation, Conversation)> {
    if from == to {
        return Err(Error::field("number", "same"));
    }
    let mut both = [from, to];
    both.sort_unstable();
    for one in both {
        let one = store::lock(desk, one).await?;
        not_a_side(&one)?;
        is_no_sample(desk, &one).await?;
    }
    Ok((store::find(desk, from).await?, store::find(desk, to).await?))
}

type Carried = (MessageId, Option<String>);

async fn ids_from(desk: &Desk<'_>, conversation: ConversationId, first: MessageId) -> Result<Vec<Carried>> {
    let found: Vec<Carried> =
        desk.tx().rows(MESSAGE_IDS, params![desk.workspace(), conversation, first, MOST + 1]).await?;
    if found.len() as i64 > MOST { Err(Error::Conflict("too_many_messages")) } else { Ok(found) }
}

/// Those of `ids` that are still there.
async fn rfc_ids(desk: &Desk<'_>, ids: &[MessageId], conversation: ConversationId) -> Result<Vec<Carried>> {
    let first = ids.first().copied().unwrap_or(MessageId(uuid::Uuid::max()));
    let there = ids_from(desk, conversation, first).await?;
    Ok(there.into_iter().filter(|(id, _)| ids.contains(id)).collect())
}

/// Moves messages with their Message-IDs, and makes them findable where they are.
async fn carry(desk: &Desk<'_>, ids: &[Carried], from: &Conversation, to: &Conversation) -> Result<()> {
    let workspace = desk.workspace();
    let mut statements: Vec<(&'static str, Vec<Value>)> = Vec::new();
    for (id, rfc_id) in ids {
        statements.push((MOVE_MESSAGE, params![workspace, from.id, *id, to.id].to_vec()));
        if let Some(rfc_id) = rfc_id {
            statements.push((MOVE_REFERENCE, params![workspace, rfc_id.as_str(), *id, to.id].to_vec()));
        }
    }
    desk.tx().exec_all(&statements).await?;
    let ids: Vec<MessageId> = ids.iter().map(|(id, _)| *id).collect();
    // Fifty at a time: texts of thousands of messages need not be in memory together.
    for some in ids.chunks(50) {
        let texts: HashMap<MessageId, String> = store::texts(desk, some).await?.into_iter().collect();
        for message in store::these_messages(desk, some).await? {
            let text = texts.get(&message.id).map_or(message.body.as_str(), String::as_str);
            findable::index_stored(desk, to, &message, text).await?;
        }
    }
    Ok(())
}

async fn said(desk: &Desk<'_>, id: ConversationId) -> Result<Vec<Said>> {
    type Row = (MessageKind, Timestamp, String, Option<DeliveryState>);
    let rows: Vec<Row> = desk.tx().rows(SAID, params![desk.workspace(), id]).await?;
    Ok(rows
        .into_iter()
        .map(|(kind, at, body, delivery)| Said {
            kind,
            at,
            preview: super::preview_of(&body),
            lost: delivery == Some(DeliveryState::Failed),
        })
        .collect())
}

/// Who takes part by these messages: all whom customers' messages name, and all whom we wrote to.
async fn participants_of(desk: &mut Desk<'_>, ids: &[Carried]) -> Result<Vec<String>> {
    let own = mailboxes::own_addresses(desk).await?;
    let ids: Vec<MessageId> = ids.iter().map(|(id, _)| *id).collect();
    let mut found: Vec<String> = Vec::new();
    for message in store::these_messages(desk, &ids).await? {
        let header = Header::of(&message);
        let is_doubted = matches!(header.trust(), Trust::Suspicious(_));
        let named: Vec<&Person> = match (message.kind, is_doubted) {
            // As when it arrived: who may be somebody else brings nobody along.
            (MessageKind::Incoming, true) => header.from.iter().collect(),
            (MessageKind::Incoming, false) => {
                header.from.iter().chain(&header.reply_to).chain(&header.to).chain(&header.cc).collect()
            }
            _ => header.to.iter().chain(&header.cc).collect(),
        };
        for address in named.into_iter().map(|person| person.address.trim().to_lowercase()) {
            if !address.is_empty() && !own.contains(&address) && !found.contains(&address) {
                found.push(address);
            }
        }
    }
    Ok(found)
}

/// Whose the split-off matter is: the writer's of its first message, when a customer wrote it.
async fn customer_of(desk: &mut Desk<'_>, first: &Message, from: &Conversation) -> Result<(CustomerId, String)> {
    match first.author() {
        Actor::Customer(id) if id != from.customer_id => {
            // Whoever they turned out to be since.
            let writer = customers::find(desk, id).await?;
            Ok((writer.id, writer.name))
        }
        _ => Ok((from.customer_id, from.customer_name.clone())),
    }
}

#[derive(Default)]
struct Moved {
    ids: Vec<Carried>,
    participants: Vec<String>,
    tags: Vec<TagId>,
    drafts: Vec<AgentId>,
}

/// Draws the source anew unless it is gone, keeps what undoing takes, and tells both conversations.
async fn record(
    desk: &mut Desk<'_>,
    kind: i16,
    from: &Conversation,
    to: Option<Conversation>,
    to_id: ConversationId,
    moved: Moved,
) -> Result<RearrangementId> {
    let id = RearrangementId(desk.new_id());
    let agent = desk.agent()?;
    if kind != MERGE {
        let mut after = from.clone();
        after.retell(&said(desk, from.id).await?);
        store::save(desk, from, &after).await?;
    }
    let (from_after, to_after) = (store::find(desk, from.id).await?, store::find(desk, to_id).await?);
    let (from_number, to_number) = (from.number, to_after.number);
    let before = Before {
        messages: moved.ids.into_iter().map(|(id, _)| id).collect(),
        from: from.clone(),
        from_after,
        to,
        to_after,
        participants: moved.participants,
        tags: moved.tags,
        drafts: moved.drafts,
    };
    let json = serde_json::to_string(&before).map_err(Error::internal)?;
    let params = params![desk.workspace(), id, kind, from.id, to_id, agent, desk.now(), json];
    desk.tx().exec(INSERT, params).await?;
    let (from, to) = (from.id, to_id);
    let (left, joined) = match kind {
        MERGE => (
            Event::MergedAway { conversation: from, into: to_number },
            Event::MergedIn { conversation: to, from: from_number, rearrangement: id },
        ),
        SPLIT => (
            Event::SplitOff { conversation: from, into: to_number, rearrangement: id },
            Event::BeganAsSplit { conversation: to, from: from_number },
        ),
        _ => (
            Event::MessageMovedAway { conversation: from, into: to_number, rearrangement: id },
            Event::MessageMovedIn { conversation: to, from: from_number, rearrangement: id },
        ),
    };
    desk.emit(left);
    desk.emit(joined);
    Ok(id)
}
