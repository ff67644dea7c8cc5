//! What a message is found by besides its words, and keeping that true: when a conversation's state changes, its messages are
//! indexed anew by a job of their own, so that the change itself stays quick. A search checks the state of what it found, so that
//! in between it shows nothing that is no longer so.

use super::{Conversation, ConversationId, Header, Message, MessageId, Person, TagId, store};
use crate::{
    App, Desk, Error, Result, WorkspaceId,
    desk::ForThese,
    jobs::{Done, Handler},
    search::{self, Marks, short},
    settings,
};
use async_trait::async_trait;
use base::{
    queue::{self, Claimed, JobError, NewJob},
    search::Document,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const THESE: &str = "index_conversations";
const ALL: &str = "index_all";
/// So many messages are indexed in one unit of work, and so many conversations looked at.
const AT_ONCE: i64 = 50;
/// Raised when what is indexed changes: everything is indexed anew then.
const VERSION: u32 = 1;
const SETTING: &str = "search_index";

/// Kinds of marks.
pub(super) mod kind {
    pub(in super::super) const STATUS: char = 's';
    pub(in super::super) const PRIORITY: char = 'p';
    pub(in super::super) const ASSIGNEE: char = 'a';
    pub(in super::super) const TEAM: char = 'g';
    pub(in super::super) const TAG: char = 't';
    pub(in super::super) const MAILBOX: char = 'b';
    pub(in super::super) const CHANNEL: char = 'k';
    pub(in super::super) const HAS: char = 'h';
    pub(in super::super) const NUMBER: char = 'n';
    pub(in super::super) const FROM: char = 'f';
    pub(in super::super) const TO: char = 'o';
    pub(in super::super) const SUBJECT: char = 'j';
    pub(in super::super) const CUSTOMER: char = 'c';
}
/// The value of a mark where there is nobody.
pub(super) const NONE: &str = "none";
/// The value of the mark of files.
pub(super) const FILES: &str = "file";

/// Recipients beyond these are not found by `to:`.
const RECIPIENTS: usize = 20;

/// A message as it is indexed.
pub(super) struct Said<'a> {
    pub(super) id: MessageId,
    pub(super) at: Timestamp,
    pub(super) author: &'a str,
    pub(super) address: &'a str,
    pub(super) to: &'a [Person],
    pub(super) files: usize,
    pub(super) text: &'a str,
}

/// Makes a message findable.
pub(super) async fn index(desk: &Desk<'_>, conversation: &Conversation, said: &Said<'_>) -> Result<()> {
    let tags = if conversation.message_count > 1 { store::tags_of(desk, conversation.id).await? } else { Vec::new() };
    let tags: Vec<TagId> = tags.into_iter().map(|tag| tag.id).collect();
    index_with(desk, conversation, &tags, said).await
}

async fn index_with(desk: &Desk<'_>, c: &Conversation, tags: &[TagId], said: &Said<'_>) -> Result<()> {
    let Said { id, at, author, address, to, files, text } = said;
    let head = format!("{}\n#{}\n{}\n{author}\n{address}", c.subject, c.number, c.customer_name);
    let marks = marks(c, tags, (author, address), to, *files);
    let document = Document { id: id.0, group: c.id.0, at: *at, head: &head, body: text, marks: &marks };
    search::index(desk, &document).await
}

/// The marks of a message of a conversation.
pub fn marks(c: &Conversation, tags: &[TagId], (author, address): (&str, &str), to: &[Person], files: usize) -> Marks {
    let mut marks = Marks::default();
    marks.words(kind::FROM, &format!("{author} {address}"));
    for person in to.iter().take(RECIPIENTS) {
        marks.words(kind::TO, &format!("{} {}", person.name.as_deref().unwrap_or_default(), person.address));
    }
    marks.words(kind::SUBJECT, &c.subject).words(kind::CUSTOMER, &c.customer_name);
    marks.value(kind::STATUS, c.status.word()).value(kind::PRIORITY, c.priority.word());
    marks.value(kind::ASSIGNEE, c.assignee_id.map_or_else(|| NONE.to_owned(), |id| short(id.0)));
    marks.value(kind::TEAM, c.team_id.map_or_else(|| NONE.to_owned(), |id| short(id.0)));
    marks.value(kind::CHANNEL, c.channel.to_lowercase()).value(kind::NUMBER, c.number.to_string());
    if let Some(mailbox) = c.mailbox_id {
        marks.value(kind::MAILBOX, short(mailbox.0));
    }
    for tag in tags {
        marks.value(kind::TAG, short(tag.0));
    }
    if files > 0 {
        marks.value(kind::HAS, FILES);
    }
    marks
}

/// What of a conversation its messages are found by.
fn state(c: &Conversation) -> impl PartialEq + use<'_> {
    (&c.subject, &c.customer_name, c.status, c.priority, c.assignee_id, c.team_id, c.mailbox_id)
}

/// Orders the messages of a conversation to be indexed anew when its state has changed.
pub(super) fn keep(desk: &mut Desk<'_>, before: &Conversation, after: &Conversation) {
    if state(before) != state(after) {
        anew(desk, after.id);
    }
}

/// Orders the messages of a conversation to be indexed anew, together with those of others that this unit of work changes.
pub(super) fn anew(desk: &mut Desk<'_>, conversation: ConversationId) {
    desk.order_for(THESE, conversation.0);
}

/// Orders everything to be indexed anew, where the index is older than what is searched for.
pub(crate) async fn renew(desk: &mut Desk<'_>) -> Result<()> {
    let indexed: Indexed = settings::get(desk, SETTING).await?;
    if indexed.version >= VERSION { Ok(()) } else { after(desk, 0).await }
}

async fn after(desk: &mut Desk<'_>, number: i64) -> Result<()> {
    let payload = serde_json::to_string(&All { after: number }).map_err(Error::internal)?;
    desk.enqueue_behind(NewJob { kind: ALL, payload, run_at: desk.now(), dedupe_key: Some(ALL.into()) }).await
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Indexed {
    version: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct All {
    after: i64,
}

/// Indexes the messages older than `before`, newest first; gives where to go on.
async fn some(desk: &Desk<'_>, c: &Conversation, before: Option<MessageId>) -> Result<Option<MessageId>> {
    let tags: Vec<TagId> = store::tags_of(desk, c.id).await?.into_iter().map(|tag| tag.id).collect();
    let messages = store::messages(desk, c.id, before, AT_ONCE).await?;
    let ids: Vec<MessageId> = messages.iter().map(|message| message.id).collect();
    let texts: std::collections::HashMap<_, _> = store::texts(desk, &ids).await?.into_iter().collect();
    for message in &messages {
        let text = texts.get(&message.id).map(String::as_str).unwrap_or_default();
        again(desk, c, &tags, message, text).await?;
    }
    Ok(messages.first().map(|message| message.id).filter(|_| messages.len() as i64 == AT_ONCE))
}

/// Indexes a message that is stored already.
async fn again(desk: &Desk<'_>, c: &Conversation, tags: &[TagId], message: &Message, text: &str) -> Result<()> {
    let header = Header::of(message);
    let address = header.from.first().map(|person| person.address.as_str()).unwrap_or_default();
    let to: Vec<Person> = header.to.iter().chain(&header.cc).cloned().collect();
    let said = Said {
        id: message.id,
        at: message.created_at,
        author: &message.author_name,
        address,
        to: &to,
        files: usize::try_from(message.attachment_count).unwrap_or_default(),
        text,
    };
    index_with(desk, c, tags, &said).await
}

/// As [`index`], of a message that is stored already.
pub(super) async fn index_stored(desk: &Desk<'_>, c: &Conversation, message: &Message, text: &str) -> Result<()> {
    let tags: Vec<TagId> = store::tags_of(desk, c.id).await?.into_iter().map(|tag| tag.id).collect();
    again(desk, c, &tags, message, text).await
}

/// Indexes the messages of some conversations anew.
pub struct IndexConversations;

#[async_trait]
impl Handler for IndexConversations {
    fn kind(&self) -> &'static str {
        THESE
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let ForThese { ids } = serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
        for (at, id) in ids.iter().enumerate() {
            let ends = (at + 1 == ids.len()).then_some(job);
            index_one(app, job.workspace_id, ConversationId(*id), ends).await?;
        }
        Ok(Done::Removed)
    }
}

/// Indexes the messages of a conversation anew, and ends the job whose last one it is.
async fn index_one(app: &App, workspace: Uuid, id: ConversationId, ends: Option<&Claimed>) -> Result<(), JobError> {
    let scope = WorkspaceId(workspace).as_system();
    let mut first: Option<Conversation> = None;
    let mut before = None;
    loop {
        let (known, held) = (first.clone(), ends.cloned());
        let step = app.write(scope, move |desk| {
            Box::pin(async move {
                // The conversation is locked before the job ends: a change waits for one or is seen by the other.
                let found = match store::lock_any(desk, id).await {
                    Ok(found) => Some(found),
                    Err(Error::NotFound) => None,
                    Err(error) => return Err(error),
                };
                let next = match &found {
                    Some(found) => some(desk, found, before).await?,
                    None => None,
                };
                if let (None, Some(held)) = (next, held) {
                    queue::finish(desk.tx(), &held).await?;
                    // What changed since the first messages were indexed may have ordered nothing: this job stood in its place.
                    if known.is_some_and(|known| found.as_ref().is_some_and(|found| state(&known) != state(found))) {
                        anew(desk, id);
                    }
                }
                Ok(next.zip(found))
            })
        });
        let Some((next, found)) = step.await? else { return Ok(()) };
        first = first.or(Some(found));
        before = Some(next);
    }
}

/// Indexes all conversations anew, some at a time.
pub struct IndexAll;

#[async_trait]
impl Handler for IndexAll {
    fn kind(&self) -> &'static str {
        ALL
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let scope = WorkspaceId(job.workspace_id).as_system();
        let All { after: number } =
            serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
        let next = app
            .read(scope, move |desk| Box::pin(async move { store::after_number(desk, number, AT_ONCE).await }))
            .await?;
        for (id, _) in &next {
            let id = *id;
            let mut before = None;
            loop {
                let step = app.write(scope, move |desk| {
                    Box::pin(async move {
                        let found = store::find(desk, id).await?;
                        some(desk, &found, before).await
                    })
                });
                before = step.await?;
                if before.is_none() {
                    break;
                }
            }
        }
        let (last, held) = (next.last().map(|(_, number)| *number), job.clone());
        app.write(scope, move |desk| {
            Box::pin(async move {
                if queue::finish(desk.tx(), &held).await? {
                    match last {
                        Some(last) => after(desk, last).await?,
                        None => settings::set(desk, SETTING, &Indexed { version: VERSION }).await?,
                    }
                }
                Ok(())
            })
        })
        .await?;
        Ok(Done::Removed)
    }
}
