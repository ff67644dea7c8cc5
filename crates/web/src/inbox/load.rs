//! From the product's records to what the inbox shows.

use std::collections::HashMap;

use base::html::from_markdown;
use base::redact::Redaction;
use desk::clocks;
use desk::conversations::Order;
use desk::conversations::views::{self, Detail, SavedView};
use desk::conversations::{
    self, Attachment, Conversation, ConversationId, DeliveryState, Doubt, Header, Listed, Message, MessageId,
    MessageKind, Person, Priority, RearrangementId, Status, Threading, Trust, View, Written,
};
use desk::customers;
use desk::fields::{self, FieldId};
use desk::people::{self, AgentId, TeamId};
use desk::reason::Reason;
use desk::reviews::State;
use desk::{Actor, Desk, Error, Event, Happened, Result};
use jiff::Timestamp;
use uuid::Uuid;
use words::Words;

use crate::clocks::kind_words;
use crate::customers::{beside, names as customer_names};

use super::mentions::Mentions;
use super::pages::Views;
use super::reasons;
use super::shapes::{
    Choices, Delivery, DraftShown, Entry, FieldShown, FileShown, InvitationShown, LinkShown, MessageShown, MessageText,
    Named, Other, Row, Side, SideShown, Snoozed, Thread, Upload, Urgency, ViewEntry, Waiting,
};
use super::view;
use crate::components::time::Reader;

/// How many messages a thread shows at first, and more of at a time.
pub(crate) const PAGE_OF_MESSAGES: i64 = 30;
/// How many of what happened besides messages is looked at.
const PAGE_OF_HISTORY: i64 = 200;
/// How many other conversations of a customer are named.
const OTHERS: i64 = 8;

/// The names of agents and teams, by id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    words: Words,
    agents: HashMap<AgentId, String>,
    teams: HashMap<TeamId, String>,
}

impl Names {
    /// An agent with their name.
    pub(crate) fn agent(&self, id: AgentId) -> Named {
        Named {
            id: id.to_string(),
            name: self.agents.get(&id).cloned().unwrap_or_else(|| self.words.common_somebody().to_owned()),
        }
    }

    /// A team with its name.
    pub(crate) fn team(&self, id: TeamId) -> Named {
        Named {
            id: id.to_string(),
            name: self.teams.get(&id).cloned().unwrap_or_else(|| self.words.common_a_team().to_owned()),
        }
    }
}

/// Who and what can be chosen, and everybody's name, also of those who have left.
pub(crate) async fn choices(desk: &mut Desk<'_>, say: Words) -> Result<(Choices, Names)> {
    let agents = people::agents(desk).await?;
    let teams = people::teams(desk).await?;
    let tags = conversations::tags(desk).await?;
    let names = Names {
        words: say,
        agents: agents.iter().map(|agent| (agent.id, agent.name.clone())).collect(),
        teams: teams.iter().map(|team| (team.id, team.name.clone())).collect(),
    };
    let choices = Choices {
        agents: agents.iter().filter(|agent| agent.active).map(|agent| names.agent(agent.id)).collect(),
        teams: teams.iter().map(|team| names.team(team.id)).collect(),
        tags: tags.into_iter().map(|tag| tag.name).collect(),
        problems: Vec::new(),
    };
    Ok((choices, names))
}

/// The views with their counts.
pub(crate) async fn views(desk: &mut Desk<'_>, say: Words) -> Result<Views> {
    let counts = conversations::counts(desk).await?;
    let teams = people::teams(desk).await?;
    let tags = conversations::tags(desk).await?;
    let entry = |view: View, name: &str, count: Option<i64>| ViewEntry {
        slug: view::slug(view),
        name: name.to_owned(),
        count: count.map(|count| u64::try_from(count).unwrap_or(0)),
    };
    let saved = views::views(desk).await?;
    // How many they hold is asked for by a script: it is counted anew each time.
    let of_view = |view: &SavedView| entry(View::Saved(view.id), &view.name, Some(0));
    let of = |count: Option<&i64>| Some(count.copied().unwrap_or(0));
    let unread = desk::notifications::unread(desk).await?;
    Ok(Views {
        notifications: u64::try_from(unread).unwrap_or(0),
        standard: vec![
            entry(View::Open, say.list_open(), Some(counts.open)),
            entry(View::Mine, say.list_mine(), Some(counts.mine)),
            entry(View::Mentions, say.notifications_mentions_view(), Some(counts.mentions)),
            entry(View::Reviews, say.reviews_view(), Some(counts.reviews)),
            entry(View::Unassigned, say.list_unassigned(), Some(counts.unassigned)),
            entry(View::Neglected, say.list_neglected(), Some(counts.neglected)),
            entry(View::Snoozed, say.snooze_snoozed(), Some(counts.snoozed)),
            entry(View::Resolved, say.list_resolved(), None),
        ],
        own: saved.iter().filter(|view| view.agent_id.is_some()).map(of_view).collect(),
        shared: saved.iter().filter(|view| view.agent_id.is_none()).map(of_view).collect(),
        teams: teams.iter().map(|t| entry(View::Team(t.id), &t.name, of(counts.teams.get(&t.id)))).collect(),
        tags: tags
            .iter()
            .filter(|tag| counts.tags.get(&tag.id).is_some_and(|count| *count > 0))
            .map(|tag| entry(View::Tag(tag.id), &tag.name, of(counts.tags.get(&tag.id))))
            .collect(),
    })
}

/// A row of a list.
pub(crate) fn row(listed: &Listed, order: Order, names: &Names) -> Row {
    let row = &listed.row;
    Row {
        number: row.number,
        sort: view::sort_key(order, row),
        who: row.customer_name.clone(),
        subject: row.subject.clone(),
        preview: row.preview.clone(),
        at: row.last_activity_at,
        unread: row.unread,
        waiting: waiting(row.waiting_since, row.respond_by, row.waiting_messages),
        urgency: urgency(row.priority),
        tags: listed.tags.iter().map(|tag| tag.name.clone()).collect(),
        assignee: row.assignee_id.map(|id| names.agent(id)),
        draft: row.has_draft,
        pinned: row.pinned,
        in_review: row.in_review,
        resolved: row.status == Status::Resolved,
        snoozed: (row.status == Status::Snoozed).then_some(Snoozed { until: row.snoozed_until }),
        shows_preview: true,
        extras: Vec::new(),
    }
}

/// Whether a view shows a conversation to the acting agent.
pub(crate) async fn holds(desk: &mut Desk<'_>, view: View, listed: &Listed) -> Result<bool> {
    match view {
        View::Saved(id) => {
            let filter = views::view(desk, id).await?.filter;
            views::shows(desk, &filter, listed.row.id).await
        }
        View::Reviews => conversations::waits_for_review(desk, listed.row.id).await,
        View::Mentions if !conversations::is_mentioned(desk, listed.row.id).await? => Ok(false),
        plain => Ok(view::holds(plain, &listed.row, &listed.tags, desk.agent()?)),
    }
}

/// What the rows of a view show besides what all do.
pub(crate) struct Dressed {
    details: Vec<Detail>,
    values: HashMap<(Uuid, FieldId), String>,
}

impl Dressed {
    /// What a saved view asks for, of these rows; of any other, what is usual.
    pub(crate) async fn of(desk: &mut Desk<'_>, view: View, rows: &[Listed]) -> Result<Dressed> {
        let View::Saved(id) = view else {
            return Ok(Dressed { details: Detail::USUAL.to_vec(), values: HashMap::new() });
        };
        let details = views::view(desk, id).await?.details;
        let ids: Vec<Uuid> = rows.iter().map(|listed| listed.row.id.0).collect();
        let wants_fields = details.iter().any(|detail| matches!(detail, Detail::Field(_)));
        let values = if wants_fields { fields::values_of_these(desk, &ids).await? } else { HashMap::new() };
        Ok(Dressed { details, values })
    }

    /// A row as the view wants it.
    pub(crate) fn row(&self, listed: &Listed, order: Order, names: &Names, reader: &Reader) -> Row {
        let mut shown = row(listed, order, names);
        let has = |detail: Detail| self.details.contains(&detail);
        shown.shows_preview = has(Detail::Preview);
        if !has(Detail::Tags) {
            shown.tags.clear();
        }
        if !has(Detail::Assignee) {
            shown.assignee = None;
        }
        for detail in &self.details {
            let words = match detail {
                Detail::Team => listed.row.team_id.map(|team| names.team(team).name),
                Detail::Number => Some(format!("#{}", listed.row.number)),
                Detail::Created => Some(reader.moment_words(listed.row.created_at)),
                Detail::Field(id) => self.values.get(&(listed.row.id.0, *id)).cloned(),
                Detail::Preview | Detail::Tags | Detail::Assignee => None,
            };
            shown.extras.extend(words);
        }
        shown
    }
}

fn waiting(since: Option<Timestamp>, due: Option<Timestamp>, messages: i32) -> Option<Waiting> {
    Some(Waiting { since: since?, due: due?, messages })
}

fn urgency(priority: Priority) -> Urgency {
    match priority {
        Priority::Low => Urgency::Low,
        Priority::Normal => Urgency::Normal,
        Priority::High => Urgency::High,
        Priority::Urgent => Urgency::Urgent,
    }
}

/// A conversation with everything that its page shows, for the acting agent.
pub(crate) async fn thread(desk: &mut Desk<'_>, say: Words, number: i64, from: View) -> Result<(Thread, Choices)> {
    let conversation = conversations::find_by_number(desk, number).await?;
    if conversation.status == Status::Merged {
        return Err(Error::Conflict("merged"));
    }
    let id = conversation.id;
    let (choices, names) = choices(desk, say).await?;
    let (entries, last_message, more) = entries(desk, &conversation, None, PAGE_OF_MESSAGES, &names).await?;
    let seen = conversations::seen_at(desk, id).await?;
    let first_unread = seen.and_then(|seen| entries.iter().find(|entry| entry.at() > seen && !is_own(entry, desk)));
    let first_unread = first_unread.map(|entry| entry.id().to_owned());
    let recipients = conversations::recipients(desk, id).await?;
    let senders = conversations::senders(desk, id).await?;
    let undeliverable = customers::suppressed_in(desk, id.0).await?.map(|found| (found.address, found.reason));
    let tags = conversations::tags_of(desk, id).await?;
    let uploads = conversations::uploads(desk, id).await?;
    let draft = conversations::draft(desk, id).await?;
    let others = conversations::list(desk, View::Customer(conversation.customer_id), None, OTHERS).await?;
    let oldest = entries.iter().find_map(|entry| match entry {
        Entry::Message(message) => Some(message.message_id.clone()),
        Entry::Event { .. } => None,
    });
    let slug = view::slug(from);
    let begun = draft.as_ref().filter(|draft| draft.kind != MessageKind::Note).map_or("", |draft| draft.body.as_str());
    let beside = beside::load(desk, id, conversation.customer_id, begun).await?;
    let (types, type_id) = types_of(desk, &conversation).await?;
    let fields_shown = fields_of(desk, &conversation).await?;
    let thread = Thread {
        number,
        subject: conversation.subject.clone(),
        resolved: conversation.status == Status::Resolved,
        snoozed: super::snooze::snoozed(&conversation),
        following: conversations::followers(desk, id).await?.contains(&desk.agent()?),
        pinned: conversations::pins(desk).await?.contains(&id),
        links: conversations::links(desk, id).await?.into_iter().map(link).collect(),
        types,
        type_id,
        fields: fields_shown,
        urgency: urgency(conversation.priority),
        assignee: conversation.assignee_id.map(|id| names.agent(id)),
        team: conversation.team_id.map(|id| names.team(id)),
        tags: tags.into_iter().map(|tag| tag.name).collect(),
        customer: conversation.customer_name.clone(),
        address: recipients.to.first().map(|person| person.address.clone()).unwrap_or_default(),
        recipients: recipients_words(say, &recipients.to, &recipients.cc),
        sender: senders.standard,
        senders: if senders.all.len() > 1 { senders.all } else { Vec::new() },
        started: conversation.created_at,
        waiting: waiting(conversation.waiting_since, conversation.respond_by, conversation.waiting_messages),
        clocks: clocks::of_conversation(desk, id).await?,
        told: conversations::waits::told_to(desk, id).await?,
        first_unread,
        is_new: seen.is_none_or(|seen| seen < conversation.last_activity_at),
        undeliverable,
        unverified: unverified(&entries, number),
        new_topic: new_topic(desk, &entries, &conversation).await?,
        last_topic: last_topic(&entries),
        older: oldest.filter(|_| more).map(|oldest| format!("/c/{number}?in={slug}&before={oldest}")),
        slug,
        beside,
        unwanted: false,
        entries,
        others: others
            .into_iter()
            .filter(|other| other.row.number != number)
            .map(|other| Other {
                number: other.row.number,
                subject: other.row.subject,
                resolved: other.row.status == Status::Resolved,
            })
            .collect(),
        draft: DraftShown {
            note: draft.as_ref().is_some_and(|draft| draft.kind == MessageKind::Note),
            saved_at: draft.as_ref().map(|draft| draft.updated_at),
            body: draft.map(|draft| draft.body).unwrap_or_default(),
            uploads: uploads.iter().map(upload).collect(),
        },
        pending_macros: crate::macros::using::pending_of(desk, id, &names).await?,
        sample: conversations::is_sample(desk, &conversation).await?,
        sides: sides(desk, id).await?,
        parent: parent(desk, id).await?,
        problem: crate::problems::load::of_conversation(desk, id).await?,
        ran: crate::rules::why::beside_of(desk, id).await?,
        procedure: crate::procedures::load::of_conversation(desk, id, say, &names).await?,
        handoff: crate::handoffs::load::shown(desk, id, &names).await?,
        review: crate::reviews::load::shown(desk, id, &names).await?,
        needs_brief: conversation.assignee_id.is_some(),
        client_id: desk.new_id().to_string(),
        last_message: last_message.map(|id| id.to_string()).unwrap_or_default(),
        overtaken: None,
        gaps: None,
        wrong: None,
    };
    Ok((thread, choices))
}

fn side_shown(one: desk::sides::Side) -> SideShown {
    let desk::sides::Side { number, subject, with, preview, last_activity_at: at, .. } = one;
    SideShown { number, subject, with, preview, at }
}

async fn sides(desk: &mut Desk<'_>, id: ConversationId) -> Result<Vec<SideShown>> {
    let found = desk::sides::of(desk, id).await?;
    Ok(found.into_iter().map(side_shown).collect())
}

/// The conversation that a side conversation belongs to.
async fn parent(desk: &mut Desk<'_>, id: ConversationId) -> Result<Option<(i64, String)>> {
    let Some(parent) = desk::sides::parent_of(desk, id).await? else { return Ok(None) };
    let parent = conversations::find(desk, parent).await?;
    Ok(Some((parent.number, parent.subject)))
}

fn link(link: conversations::Link) -> LinkShown {
    LinkShown { kind: link.kind, reversed: link.reversed, number: link.number, subject: link.subject }
}

/// The types that a conversation can be of, and the one that it is of.
async fn types_of(desk: &mut Desk<'_>, conversation: &Conversation) -> Result<(Vec<Named>, Option<String>)> {
    let known = fields::types(desk).await?;
    let current = conversation.type_id.or_else(|| known.iter().find(|one| one.is_default).map(|one| one.id));
    let offered = known.into_iter().filter(|one| one.archived_at.is_none() || Some(one.id) == current);
    let named = offered.map(|one| Named { id: one.id.to_string(), name: one.name }).collect();
    Ok((named, current.map(|id| id.to_string())))
}

/// A conversation's fields with what they hold.
async fn fields_of(desk: &mut Desk<'_>, conversation: &Conversation) -> Result<Vec<FieldShown>> {
    let fields = fields::fields_of(desk, conversation.type_id).await?;
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = fields::values(desk, conversation.id.0).await?;
    let shown = |field: fields::Field| FieldShown {
        values: values.remove(&field.id).unwrap_or_default().into_iter().map(|held| held.value).collect(),
        id: field.id.to_string(),
        name: field.name,
        kind: field.kind,
        required: field.required,
        options: field.limits.options,
    };
    Ok(fields.into_iter().map(shown).collect())
}

/// The customer's last message with its subject, when that is about something else than the conversation.
async fn new_topic(
    desk: &mut Desk<'_>,
    entries: &[Entry],
    conversation: &Conversation,
) -> Result<Option<(String, String)>> {
    let Some(id) = last_topic(entries) else { return Ok(None) };
    let message = conversations::message(desk, id.parse().map_err(Error::internal)?).await?;
    let subject = Header::of(&message).subject;
    Ok(conversations::is_new_topic(&subject, &conversation.subject).then_some((id, subject)))
}

/// The last message that was kept apart from another conversation because its sender could not be verified.
fn unverified(entries: &[Entry], number: i64) -> Option<(String, i64)> {
    let mut messages = entries.iter().filter_map(|entry| match entry {
        Entry::Message(message) => message.unverified.clone(),
        Entry::Event { .. } => None,
    });
    messages.rfind(|(_, other)| *other != number)
}

/// The customer's last message that is not the first of all.
fn last_topic(entries: &[Entry]) -> Option<String> {
    let messages = entries.iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message),
        Entry::Event { .. } => None,
    });
    messages
        .skip(1)
        .filter(|message| message.side == Side::Customer && !message.automatic)
        .last()
        .map(|message| message.message_id.clone())
}

fn recipients_words(say: Words, to: &[Person], cc: &[Person]) -> String {
    let list = |people: &[Person]| people.iter().map(|p| p.address.as_str()).collect::<Vec<_>>().join(", ");
    match cc {
        [] => list(to),
        cc => say.thread_copy_to(list(to), list(cc)),
    }
}

/// Whether the acting agent wrote an entry.
fn is_own(entry: &Entry, desk: &Desk<'_>) -> bool {
    match entry {
        Entry::Message(message) => message.author == desk.agent().ok().map(|id| id.to_string()),
        Entry::Event { .. } => true,
    }
}

/// A file in the composer's tray.
pub(crate) fn upload(upload: &conversations::Upload) -> Upload {
    Upload { id: upload.id.to_string(), name: upload.name.clone(), size: size(upload.size) }
}

fn size(bytes: i64) -> u64 {
    u64::try_from(bytes).unwrap_or(0)
}

/// The newest `limit` messages before `before` with what happened between them, oldest first; the newest message's id; whether
/// there are earlier messages.
pub(crate) async fn entries(
    desk: &mut Desk<'_>,
    conversation: &Conversation,
    before: Option<MessageId>,
    limit: i64,
    names: &Names,
) -> Result<(Vec<Entry>, Option<MessageId>, bool)> {
    let mut messages = conversations::thread(desk, conversation.id, before, limit + 1).await?;
    let more = messages.len() as i64 > limit;
    if more {
        messages.remove(0);
    }
    let files = conversations::thread_attachments(desk, &messages).await?;
    let last = messages.last().map(|message| message.id);
    let from = messages.first().filter(|_| more).map(|message| message.created_at);
    let until = if before.is_some() { messages.last().map(|message| message.created_at) } else { None };
    let mentions = Mentions::of(desk, &messages).await?;
    let shown = |message: &Message| {
        let mut shown = message_shown(names.words, message, &files, conversation);
        mentions.mark(&mut shown);
        Entry::Message(Box::new(shown))
    };
    let mut entries: Vec<Entry> = messages.iter().map(shown).collect();
    let history = conversations::history(desk, conversation.id, PAGE_OF_HISTORY).await?;
    let rearranged = history.iter().any(|happened| rearrangement(&happened.event).is_some());
    let undone = if rearranged { conversations::undone(desk, conversation.id).await? } else { Vec::new() };
    for happened in history {
        let undo = rearrangement(&happened.event).filter(|id| !undone.contains(id));
        let inside = from.is_none_or(|from| happened.at >= from) && until.is_none_or(|until| happened.at <= until);
        if let Some((words, other)) = event_words(&happened, conversation, names).filter(|_| inside) {
            let (id, undo) = (format!("e{}", happened.seq), undo.map(|id| id.to_string()));
            entries.push(Entry::Event { id, words, other, undo, at: happened.at });
        }
    }
    entries.sort_by_key(Entry::at);
    Ok((entries, last, more))
}

/// A message as the thread shows it.
fn message_shown(say: Words, message: &Message, files: &[Attachment], conversation: &Conversation) -> MessageShown {
    let header = Header::of(message);
    let side = match message.kind {
        MessageKind::Incoming | MessageKind::Automatic => Side::Customer,
        MessageKind::Outgoing | MessageKind::Acknowledgement => Side::Agent,
        MessageKind::Note => Side::Note,
    };
    let written = matches!(message.author(), Actor::Agent(_)) && side != Side::Customer;
    let address = header.from.first().map(|person| person.address.clone()).filter(|_| side == Side::Customer);
    MessageShown {
        id: message.client_id.map_or_else(|| message.id.to_string(), |id| id.to_string()),
        message_id: message.id.to_string(),
        side,
        automatic: matches!(message.kind, MessageKind::Automatic | MessageKind::Acknowledgement),
        author: message.author_id.filter(|_| written).map(|id: Uuid| id.to_string()),
        from: message.author_name.clone(),
        address: address.filter(|address| *address != message.author_name && *address != conversation.customer_name),
        at: message.created_at,
        words: if written {
            MessageText::Written(from_markdown(&message.body))
        } else {
            MessageText::Plain(message.body.clone())
        },
        more: message.has_more,
        original: message.has_html,
        raw: message.raw_blob.is_some(),
        files: files.iter().filter(|file| file.message_id == message.id && !file.is_inline).map(file_shown).collect(),
        doubt: doubt(say, &header).filter(|_| side == Side::Customer),
        written: if side == Side::Customer { header.written(message.created_at) } else { Written::WhenItArrived },
        invitation: header.invitation.clone().map(|says| {
            let file = files.iter().find(|file| file.message_id == message.id && is_calendar(&file.content_type));
            Box::new(InvitationShown { says, file: file.map(file_shown) })
        }),
        unverified: match &header.threading {
            Some(Threading::Unverified { from, number }) => Some((from.clone(), *number)),
            _ => None,
        },
        language: header.language.clone(),
        delivery: match message.delivery {
            Some(state) => Some(match (state, message.leaves_at) {
                (DeliveryState::Queued, Some(at)) => Delivery::Waiting { at, scheduled: header.scheduled },
                _ => delivery(say, state, message.delivery_note.as_deref()),
            }),
            None if side == Side::Agent && conversations::is_from_sample(header.from.first()) => Some(Delivery::Kept),
            None => None,
        },
        approved_by: header.approved_by.clone(),
        warnings: header.redactions.iter().map(|one| masked_words(say, one)).chain(header.warnings).collect(),
    }
}

fn file_shown(file: &Attachment) -> FileShown {
    FileShown {
        url: format!("/attachments/{}", file.id),
        name: file.name.clone(),
        size: size(file.size),
        picture: super::bodies::is_safe_picture(&file.content_type),
    }
}

fn is_calendar(content_type: &str) -> bool {
    matches!(content_type, "text/calendar" | "application/ics")
}

fn doubt(say: Words, header: &Header) -> Option<String> {
    match header.trust() {
        Trust::Suspicious(doubt) => Some(doubt_words(say, &doubt)),
        Trust::Confirmed | Trust::Unknown => None,
    }
}

/// Why a message may not be from who it says.
pub(crate) fn doubt_words(say: Words, doubt: &Doubt) -> String {
    match doubt {
        Doubt::NotFromDomain { domain, forwarded: false } => say.thread_doubt_domain(domain),
        Doubt::NotFromDomain { domain, forwarded: true } => {
            format!("{} {}", say.thread_doubt_domain(domain), say.thread_doubt_forwarded())
        }
        Doubt::WrongServer { domain } => say.thread_doubt_server(domain),
    }
}

fn masked_words(say: Words, redaction: &Redaction) -> String {
    say.thread_masked(redaction.count, &redaction.what)
}

fn delivery(say: Words, state: DeliveryState, note: Option<&str>) -> Delivery {
    let note =
        note.map_or_else(|| say.thread_no_reason().to_owned(), |kept| reasons::words(say, &Reason::of_kept(kept)));
    match state {
        DeliveryState::Queued | DeliveryState::Sending => Delivery::Queued,
        DeliveryState::Deferred => Delivery::Deferred(note),
        DeliveryState::Sent => Delivery::Sent,
        DeliveryState::Failed => Delivery::Failed(note),
        DeliveryState::Unconfirmed => Delivery::Unconfirmed,
    }
}

/// One message as the thread shows it.
pub(crate) async fn one_message(
    desk: &mut Desk<'_>,
    say: Words,
    conversation: &Conversation,
    id: MessageId,
) -> Result<Entry> {
    let message = conversations::message(desk, id).await?;
    let files = conversations::thread_attachments(desk, std::slice::from_ref(&message)).await?;
    Ok(Entry::Message(Box::new(message_shown(say, &message, &files, conversation))))
}

/// What happened, in words (nothing for what the messages show themselves), and the number of the conversation that it is about besides this one.
fn event_words(happened: &Happened, conversation: &Conversation, names: &Names) -> Option<(String, Option<i64>)> {
    let actor = match happened.actor {
        Actor::Agent(id) => names.agent(id).name,
        Actor::Customer(_) => conversation.customer_name.clone(),
        Actor::System => "Rapport".to_owned(),
    };
    let own = |id: AgentId| happened.actor == Actor::Agent(id);
    let say = names.words;
    let about = |words: String, number: &i64| Some((words, Some(*number)));
    let words = match &happened.event {
        Event::MergedIn { from, .. } => return about(say.thread_event_merged(&actor), from),
        Event::SplitOff { into, .. } => return about(say.thread_event_split(&actor), into),
        Event::BeganAsSplit { from, .. } => return about(say.thread_event_began_as_split(&actor), from),
        Event::MessageMovedAway { into, .. } => return about(say.thread_event_moved_away(&actor), into),
        Event::MessageMovedIn { from, .. } => return about(say.thread_event_moved_in(&actor), from),
        Event::RearrangementUndone { other, .. } => return about(say.thread_event_undone(&actor), other),
        Event::Assigned { to: Some(to), .. } if own(*to) => say.thread_event_took(&actor),
        Event::Assigned { to: Some(to), .. } => say.thread_event_assigned(&actor, names.agent(*to).name),
        Event::Assigned { to: None, .. } => say.thread_event_unassigned(&actor),
        Event::TeamAssigned { to: Some(to), .. } => say.thread_event_team(&actor, names.team(*to).name),
        Event::TeamAssigned { to: None, .. } => say.thread_event_no_team(&actor),
        Event::AskedAgain { about, .. } => {
            say.customers_event_asked_again(&actor, customer_names::thing_of(about, say))
        }
        Event::Snoozed { until: None, .. } => say.snooze_event_until_reply(&actor),
        Event::Snoozed { .. } => say.snooze_event(&actor),
        Event::Woken { .. } => say.snooze_event_woken(&actor),
        Event::SideBegun { number, .. } => return about(say.sides_event_begun(&actor), number),
        Event::SideAnswered { with, number, .. } => return about(say.sides_event_answered(with), number),
        Event::Linked { other, .. } => return about(say.relations_event_linked(&actor), other),
        Event::Unlinked { other, .. } => return about(say.relations_event_unlinked(&actor), other),
        Event::AddedToProblem { number, title, .. } => say.problems_event_added(&actor, format!("#{number} {title}")),
        Event::TakenFromProblem { number, title, .. } => say.problems_event_taken(&actor, format!("#{number} {title}")),
        Event::TypeSet { .. } => say.fields_event_type(&actor),
        Event::FieldSet { name, to, .. } if to.is_empty() => say.fields_event_emptied(&actor, name),
        Event::FieldSet { name, to, .. } => say.fields_event_set(&actor, name, to),
        Event::ClockWarned { clock, .. } => say.clocks_event_soon(kind_words(say, *clock)),
        Event::ClockBreached { clock, .. } => say.clocks_event_missed(kind_words(say, *clock)),
        Event::Resolved { .. } => say.thread_event_resolved(&actor),
        Event::Reopened { .. } => say.thread_event_reopened(&actor),
        Event::PrioritySet { to, .. } => say.thread_event_priority(&actor, urgency(*to).words(say)),
        Event::Tagged { tag, .. } => say.thread_event_tagged(&actor, tag),
        Event::Untagged { tag, .. } => say.thread_event_untagged(&actor, tag),
        Event::ReviewAsked { .. } | Event::ReviewDecided { .. } => review_words(happened, &actor, names)?,
        Event::Renamed { to, .. } => say.thread_event_renamed(&actor, to),
        Event::RuleFired { name, .. } => say.rules_event_fired(name),
        Event::RuleSwitchedOff { name, .. } => say.rules_event_switched_off(name),
        event => procedure_words(event, &actor, say)?,
    };
    Some((words, None))
}

/// What happened to a draft under review; nothing for what the answer shows itself.
pub(crate) fn review_words(happened: &Happened, who: &str, names: &Names) -> Option<String> {
    let say = names.words;
    Some(match &happened.event {
        Event::ReviewAsked { .. } => say.reviews_event_asked(who),
        Event::ReviewDecided { author, state, .. } => {
            let by = names.agent(*author).name;
            match state {
                State::Approved => say.reviews_event_approved(who, &by),
                State::Sent if happened.actor == Actor::Agent(*author) => return None,
                State::Sent => say.reviews_event_sent(who, &by),
                State::Returned => say.reviews_event_returned(who, &by),
                State::Withdrawn => say.reviews_event_withdrawn(who),
                State::Asked | State::Noted => return None,
            }
        }
        _ => return None,
    })
}

/// What happened to the procedure; nothing for what its steps show themselves.
pub(crate) fn procedure_words(event: &Event, who: &str, say: Words) -> Option<String> {
    Some(match event {
        Event::ProcedureBegun { name, .. } => say.procedures_event_begun(who, name),
        Event::ProcedureStep { title, answer: Some(answer), .. } => say.procedures_event_decided(who, title, answer),
        Event::ProcedureFinished { name, .. } => say.procedures_event_finished(who, name),
        Event::ProcedureRenewed { name, version, .. } => say.procedures_event_renewed(who, *version, name),
        Event::ProcedureTakenOff { name, .. } => say.procedures_event_taken_off(who, name),
        Event::ProcedureOverridden { steps, reason, .. } => {
            say.procedures_event_overridden(who, steps.join(", "), reason)
        }
        Event::ProcedureEscalated { cap, most, .. } => crate::procedures::beside::too_much(say, *cap, *most),
        _ => return None,
    })
}

/// By what a merge, split or move can be undone.
fn rearrangement(event: &Event) -> Option<RearrangementId> {
    match event {
        Event::MergedIn { rearrangement, .. }
        | Event::SplitOff { rearrangement, .. }
        | Event::MessageMovedAway { rearrangement, .. }
        | Event::MessageMovedIn { rearrangement, .. } => Some(*rearrangement),
        _ => None,
    }
}
