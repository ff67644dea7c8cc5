//! SQL and rows of conversations, their messages, files, drafts and tags.

use super::{
    AttachmentId, Conversation, ConversationId, DeliveryState, Header, MessageId, MessageKind, PageKey, Priority,
    Status, TagId, UploadId, View, in_review::waits_for_viewer, rules::CountedView, threading::Recent,
};
use crate::{
    Actor, Desk, Error, Result,
    customers::{CustomerId, OrganisationId},
    fields::TypeId,
    mailboxes::MailboxId,
    people::{AgentId, TeamId},
};
use base::{
    db::{DbError, Value},
    params, row, statements,
};
use jiff::Timestamp;
use std::collections::HashMap;
use uuid::Uuid;

macro_rules! conversation_columns {
    () => {
        "id, number, subject, channel, mailbox_id, customer_id, customer_name, status, priority, assignee_id, team_id, preview,
        message_count, created_at, last_activity_at, waiting_since, respond_by, first_response_at, resolved_at,
        snoozed_until, type_id, response_due, waiting_messages, risk_at"
    };
}
macro_rules! list_row {
    () => {
        "select c.id, c.number, c.subject, c.customer_id, c.customer_name, c.status, c.priority, c.assignee_id, c.team_id,
            c.preview, c.message_count, c.created_at, c.last_activity_at, c.waiting_since, c.respond_by, c.risk_at, c.waiting_messages, c.snoozed_until, c.type_id,
            case when s.seen_at is null or s.seen_at < c.last_activity_at then 1 else 0 end,
            case when d.agent_id is null then 0 else 1 end, case when p.agent_id is null then 0 else 1 end,
            case when rv.id is null then 0 else 1 end"
    };
}
macro_rules! list_row_joins {
    () => {
        " left join seen s on s.workspace_id = c.workspace_id and s.agent_id = $2 and s.conversation_id = c.id
            left join draft d on d.workspace_id = c.workspace_id and d.agent_id = $2 and d.conversation_id = c.id
            left join pin p on p.workspace_id = c.workspace_id and p.agent_id = $2 and p.conversation_id = c.id
            left join review rv on rv.workspace_id = c.workspace_id and rv.conversation_id = c.id and rv.state <= 2
"
    };
}
macro_rules! list_of {
    ($from:literal, $($rest:expr),+) => {
        concat!(list_row!(), " from ", $from, list_row_joins!(), " where c.workspace_id = $1 ", $($rest),+)
    };
}
macro_rules! newest_first {
    () => {
        " and (c.last_activity_at, c.id) < ($3, $4) order by c.last_activity_at desc, c.id desc limit $5"
    };
}
macro_rules! fifty {
    () => {
        "$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
        $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51"
    };
}
macro_rules! message_columns {
    () => {
        "id, conversation_id, kind, author_kind, author_id, author_name, body,
        case when full_text is null then 0 else 1 end, case when html is null then 0 else 1 end, header, rfc_message_id,
        raw_blob, attachment_count, created_at, delivery, delivery_note, client_id, leaves_at, raw_sealed"
    };
}

statements! {
    // An update that changes nothing locks the row on PostgreSQL; SQLite has one writer anyway.
    LOCK = concat!("update conversation set number = number where workspace_id = $1 and id = $2 returning ", conversation_columns!());
    FIND = concat!("select ", conversation_columns!(), " from conversation where workspace_id = $1 and id = $2");
    FIND_BY_NUMBER = concat!("select ", conversation_columns!(), " from conversation where workspace_id = $1 and number = $2");
    INSERT = concat!("insert into conversation (workspace_id, ", conversation_columns!(), ", subject_folded, organisation_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
        (select organisation_id from customer where workspace_id = $1 and id = $7))");
    UPDATE = "update conversation set subject = $3, status = $4, priority = $5, assignee_id = $6, team_id = $7, preview = $8,
        message_count = $9, last_activity_at = $10, waiting_since = $11, respond_by = $12, first_response_at = $13, resolved_at = $14,
        snoozed_until = $15, type_id = $16, subject_folded = $17, response_due = $18,
        waiting_messages = $19, risk_at = $20
        where workspace_id = $1 and id = $2";
    UPDATE_FIELD_COPIES = "update conversation_field set status = $3, last_activity_at = $4 where workspace_id = $1 and conversation_id = $2";
    UPDATE_TAG_COPIES = "update conversation_tag set status = $3, last_activity_at = $4 where workspace_id = $1 and conversation_id = $2";

    LIST_BY_STATUS = list_of!("conversation c", "and c.status = $6", newest_first!());
    LIST_MINE = list_of!("conversation c", "and c.assignee_id = $2 and c.status = 1", newest_first!());
    LIST_UNASSIGNED = list_of!("conversation c", "and c.assignee_id is null and c.status = 1", newest_first!());
    LIST_TEAM = list_of!("conversation c", "and c.team_id = $6 and c.status = 1", newest_first!());
    LIST_CUSTOMER = list_of!("conversation c", "and c.customer_id = $6 and c.status < 4", newest_first!());
    LIST_NEGLECTED = list_of!("conversation c", "and c.risk_at is not null and (c.risk_at, c.id) > ($3, $4)
        order by c.risk_at, c.id limit $5");
    LIST_SNOOZED = list_of!("conversation c", "and c.status = 2 and (coalesce(c.snoozed_until, 9223372036854775807), c.id) > ($3, $4)
        order by coalesce(c.snoozed_until, 9223372036854775807), c.id limit $5");
    LIST_PINNED = list_of!("pin q join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id",
        "and q.workspace_id = $1 and q.agent_id = $2 and c.status < 4 order by q.pinned_at desc, c.id limit 20");
    LIST_TAG = list_of!("conversation_tag ct join conversation c on c.workspace_id = ct.workspace_id and c.id = ct.conversation_id",
        "and ct.workspace_id = $1 and ct.tag_id = $6 and ct.status = 1 and (ct.last_activity_at, ct.conversation_id) < ($3, $4)
        order by ct.last_activity_at desc, ct.conversation_id desc limit $5");
    LIST_MENTIONS = list_of!("mention mt join conversation c on c.workspace_id = mt.workspace_id and c.id = mt.conversation_id",
        "and mt.workspace_id = $1 and mt.agent_id = $2 and mt.status = 1 and (mt.last_activity_at, mt.conversation_id) < ($3, $4)
        order by mt.last_activity_at desc, mt.conversation_id desc limit $5");
    // What waits for reviews is little and passes: all of it is looked through.
    LIST_REVIEWS = list_of!("review q join conversation c on c.workspace_id = q.workspace_id and c.id = q.conversation_id",
        "and q.workspace_id = $1 and ", waits_for_viewer!(), " and c.status < 4 and (c.last_activity_at, c.id) < ($3, $4)
        order by c.last_activity_at desc, c.id desc limit $5");
    LIST_THESE = list_of!("conversation c", "and c.id in ($3)");
    LIST_ORGANISATION = list_of!("conversation c", "and c.organisation_id = $6 and c.status < 4", newest_first!());
    // From 100 on the counts are customers', of whom there may be many.
    COUNTS = "select view, key, count from view_count where workspace_id = $1 and view < 100";

    PARTICIPANT = "select 1 from participant where workspace_id = $1 and conversation_id = $2 and address = $3";
    PARTICIPANTS_OF_50 = concat!("select address from participant where workspace_id = $1 and conversation_id = $52 and address in (", fifty!(), ")");
    REMOVE_PARTICIPANT = "delete from participant where workspace_id = $1 and conversation_id = $2 and address = $3";
    ADD_PARTICIPANT = "insert into participant (workspace_id, conversation_id, address) values ($1, $2, $3) on conflict do nothing";

    MESSAGES = concat!("select ", message_columns!(), " from message where workspace_id = $1 and conversation_id = $2 and id < $3
        order by id desc limit $4");
    MESSAGE = concat!("select ", message_columns!(), " from message where workspace_id = $1 and id = $2");
    MESSAGES_OF_50 = concat!("select ", message_columns!(), " from message where workspace_id = $1 and id in (", fifty!(), ") order by id");
    MESSAGE_BY_CLIENT_ID = "select id from message where workspace_id = $1 and conversation_id = $2 and client_id = $3";
    MESSAGE_BODIES = "select body, full_text, html from message where workspace_id = $1 and id = $2";
    TEXTS_OF_50 = concat!("select id, coalesce(full_text, body) from message where workspace_id = $1 and id in (", fifty!(), ")");
    NEWEST_BY_OTHERS = "select id from message where workspace_id = $1 and conversation_id = $2 and kind in (1, 2)
        and (author_id is null or author_id <> $3) order by id desc limit 1";
    INSERT_MESSAGE = "insert into message (workspace_id, conversation_id, id, kind, author_kind, author_id, author_name, body, full_text,
        html, header, rfc_message_id, content_hash, raw_blob, attachment_count, created_at, delivery, delivery_note, client_id, raw_sealed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, null, $18, $19)";
    THREAD_IDS = "select rfc_message_id, kind, header from message where workspace_id = $1 and conversation_id = $2
        and rfc_message_id is not null order by id desc limit 21";
    FIRST_THREAD_ID = "select rfc_message_id from message where workspace_id = $1 and conversation_id = $2
        and rfc_message_id is not null order by id limit 1";
    // Takes the row on PostgreSQL, as LOCK does.
    LOCK_DELIVERY = "update message set delivery = delivery where workspace_id = $1 and id = $2 and delivery is not null
        returning conversation_id, delivery";
    // From the moment that it is handed over it cannot be called back.
    SET_DELIVERY = "update message set delivery = cast($3 as smallint), delivery_note = $4, delivered_at = $5,
        recall = case when cast($3 as smallint) in (2, 3) then null else recall end,
        leaves_at = case when cast($3 as smallint) = 3 then null else leaves_at end
        where workspace_id = $1 and id = $2";
    SET_LEAVES_AT = "update message set leaves_at = $3 where workspace_id = $1 and id = $2";
    SET_RECALL = "update message set leaves_at = $3, recall = $4 where workspace_id = $1 and id = $2";
    RECALL = "select leaves_at, recall, author_id from message where workspace_id = $1 and id = $2";
    SCHEDULED_IN = "select id from message where workspace_id = $1 and conversation_id = $2 and delivery = 1 and recall is not null order by id";
    DELETE_MESSAGE = "delete from message where workspace_id = $1 and id = $2";
    DELETE_REFERENCE = "delete from message_reference where workspace_id = $1 and rfc_message_id = $2 and message_id = $3";
    DELETE_ATTACHMENTS = "delete from attachment where workspace_id = $1 and message_id = $2";

    RECENT_OF = "select id, number, subject, last_activity_at from conversation where workspace_id = $1 and customer_id = $2 and status <> 4
        order by last_activity_at desc, id desc limit 20";
    RECENT_OPENINGS = "select c.id, (select m.header from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id order by m.id limit 1)
        from conversation c where c.workspace_id = $1 and c.customer_id = $2 and c.status <> 4
        order by c.last_activity_at desc, c.id desc limit 20";
    ORGANISATION_OF = "select organisation_id from conversation where workspace_id = $1 and id = $2";
    WHERE_NOW = "select id, number, merged_into from conversation where workspace_id = $1 and id = $2";
    REFERENCED = "select r.message_id, r.conversation_id, c.number, m.kind, m.content_hash from message_reference r
        join message m on m.workspace_id = r.workspace_id and m.conversation_id = r.conversation_id and m.id = r.message_id
        join conversation c on c.workspace_id = r.workspace_id and c.id = r.conversation_id
        where r.workspace_id = $1 and r.rfc_message_id = $2 order by r.message_id limit 20";
    ADD_REFERENCE = "insert into message_reference (workspace_id, rfc_message_id, content, message_id, conversation_id)
        values ($1, $2, $3, $4, $5)";

    INSERT_ATTACHMENT = "insert into attachment (workspace_id, message_id, position, id, name, content_type, size, is_inline, content_id, blob)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ATTACHMENTS = "select id, message_id, name, content_type, size, is_inline, content_id, blob from attachment
        where workspace_id = $1 and message_id = $2 order by position";
    ATTACHMENTS_OF_50 = concat!("select id, message_id, name, content_type, size, is_inline, content_id, blob from attachment
        where workspace_id = $1 and message_id in (", fifty!(), ") order by message_id, position");
    ATTACHMENT = "select id, message_id, name, content_type, size, is_inline, content_id, blob from attachment
        where workspace_id = $1 and id = $2";

    INSERT_UPLOAD = "insert into upload (workspace_id, id, agent_id, conversation_id, name, content_type, size, blob, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    UPLOADS = "select id, name, content_type, size, blob from upload
        where workspace_id = $1 and agent_id = $2 and conversation_id = $3 order by id";
    DELETE_UPLOAD = "delete from upload where workspace_id = $1 and agent_id = $2 and id = $3";
    DELETE_UPLOADS = "delete from upload where workspace_id = $1 and agent_id = $2 and conversation_id = $3";

    PASS_UPLOADS = "update upload set agent_id = $3 where workspace_id = $1 and agent_id = $2 and conversation_id = $4";
    CARRY_UPLOADS = "update upload set conversation_id = $4 where workspace_id = $1 and agent_id = $2 and conversation_id = $3";

    SAVE_DRAFT = "insert into draft (workspace_id, agent_id, conversation_id, kind, body, updated_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (workspace_id, agent_id, conversation_id) do update set
        kind = excluded.kind, body = excluded.body, updated_at = excluded.updated_at";
    DRAFT = "select kind, body, updated_at from draft where workspace_id = $1 and agent_id = $2 and conversation_id = $3";
    DISCARD_DRAFT = "delete from draft where workspace_id = $1 and agent_id = $2 and conversation_id = $3";
    DRAFTING = "select agent_id from draft where workspace_id = $1 and conversation_id = $2 and body <> '' and updated_at > $3 limit 10";

    MARK_SEEN = "insert into seen (workspace_id, agent_id, conversation_id, seen_at) values ($1, $2, $3, $4)
        on conflict (workspace_id, agent_id, conversation_id) do update set seen_at = excluded.seen_at";
    SEEN_OF_50 = concat!("select conversation_id, seen_at from seen where workspace_id = $1 and agent_id = $52 and conversation_id in (",
        fifty!(), ")");
    AFTER_NUMBER = "select id, number from conversation where workspace_id = $1 and number > $2 order by number limit $3";
    MARK_UNSEEN = "delete from seen where workspace_id = $1 and agent_id = $2 and conversation_id = $3";
    SEEN_AT = "select seen_at from seen where workspace_id = $1 and agent_id = $2 and conversation_id = $3";

    TAGS = "select id, name from tag where workspace_id = $1 order by name, id limit 1000";
    TAG_BY_NAME = "select id from tag where workspace_id = $1 and name = $2";
    INSERT_TAG = "insert into tag (workspace_id, id, name, created_at) values ($1, $2, $3, $4) on conflict do nothing";
    TAGS_OF = "select t.id, t.name from conversation_tag ct join tag t on t.workspace_id = ct.workspace_id and t.id = ct.tag_id
        where ct.workspace_id = $1 and ct.conversation_id = $2 order by t.name";
    TAGS_OF_50 = concat!("select ct.conversation_id, t.id, t.name from conversation_tag ct
        join tag t on t.workspace_id = ct.workspace_id and t.id = ct.tag_id
        where ct.workspace_id = $1 and ct.conversation_id in (", fifty!(), ") order by t.name");
    LIST_OF_50 = concat!("select id, number, subject, customer_name, status, preview, last_activity_at, channel, mailbox_id, priority,
        assignee_id, team_id from conversation
        where workspace_id = $1 and id in (", fifty!(), ")");
    ADD_TAG = "insert into conversation_tag (workspace_id, conversation_id, tag_id, status, last_activity_at)
        values ($1, $2, $3, $4, $5) on conflict do nothing";
    REMOVE_TAG = "delete from conversation_tag where workspace_id = $1 and conversation_id = $2 and tag_id = $3";
}

/// The columns of [`ListRow`], and what they are joined from, for saved views.
pub(super) const LIST_ROW: &str = list_row!();
/// See [`LIST_ROW`].
pub(super) const LIST_ROW_JOINS: &str = list_row_joins!();

row! {
    /// A conversation as a list shows it.
    #[derive(Debug, Clone)]
    pub struct ListRow {
        /// Its id.
        pub id: ConversationId,
        /// Its number.
        pub number: i64,
        /// Subject.
        pub subject: String,
        /// Whose it is.
        pub customer_id: CustomerId,
        /// Their name.
        pub customer_name: String,
        /// Whether it still needs somebody.
        pub status: Status,
        /// How much it matters.
        pub priority: Priority,
        /// Who is responsible.
        pub assignee_id: Option<AgentId>,
        /// Which team is responsible.
        pub team_id: Option<TeamId>,
        /// The first words of the last message.
        pub preview: String,
        /// Messages and notes in it.
        pub message_count: i32,
        /// When it began.
        pub created_at: Timestamp,
        /// When something was last said.
        pub last_activity_at: Timestamp,
        /// Since when the customer has been waiting.
        pub waiting_since: Option<Timestamp>,
        /// When waiting becomes neglect.
        pub respond_by: Option<Timestamp>,
        /// What orders those who wait, riskiest first.
        pub risk_at: Option<Timestamp>,
        /// How often the customer has written since they wait.
        pub waiting_messages: i32,
        /// When it wakes by itself, while it is snoozed.
        pub snoozed_until: Option<Timestamp>,
        /// Which fields it has.
        pub type_id: Option<TypeId>,
        /// Whether there is something in it that the viewer has not seen.
        pub unread: bool,
        /// Whether the viewer has a draft in it.
        pub has_draft: bool,
        /// Whether the viewer keeps it on top of their lists.
        pub pinned: bool,
        /// Whether a draft in it waits for a review, or for its author to send it.
        pub in_review: bool,
    }
}

row! {
    /// A message as the thread shows it.
    #[derive(Debug, Clone)]
    pub struct Message {
        /// Its id; ids ascend in the order in which messages came.
        pub id: MessageId,
        /// Where it is.
        pub conversation_id: ConversationId,
        /// What it is.
        pub kind: MessageKind,
        /// Who wrote it: Actor's number.
        pub author_kind: i16,
        /// Who wrote it.
        pub author_id: Option<Uuid>,
        /// Their name at that time.
        pub author_name: String,
        /// Text without quotes; Markdown where an agent wrote it.
        pub body: String,
        /// Whether there is more text (quotes, signature) than `body`.
        pub has_more: bool,
        /// Whether there is formatted text.
        pub has_html: bool,
        /// JSON of [`super::Header`].
        pub header: String,
        /// Message-ID, without angle brackets.
        pub rfc_message_id: Option<String>,
        /// Name of the raw mail.
        pub raw_blob: Option<Vec<u8>>,
        /// Files with it.
        pub attachment_count: i32,
        /// When it was written, or arrived.
        pub created_at: Timestamp,
        /// How far it has got, when it is outgoing.
        pub delivery: Option<DeliveryState>,
        /// What the server said.
        pub delivery_note: Option<String>,
        /// The id that the page gave it.
        pub client_id: Option<Uuid>,
        /// When it leaves, or was to, when not at once.
        pub leaves_at: Option<Timestamp>,
        /// The raw mail is sealed, since something in it was masked.
        pub raw_sealed: bool,
    }
}

impl Message {
    /// Who wrote it.
    pub fn author(&self) -> Actor {
        Actor::from_columns(self.author_kind, self.author_id)
    }
}

row! {
    /// A file that came or went with a message.
    #[derive(Debug, Clone)]
    pub struct Attachment {
        /// Its id.
        pub id: AttachmentId,
        /// Its message.
        pub message_id: MessageId,
        /// File name.
        pub name: String,
        /// MIME type as its sender claims.
        pub content_type: String,
        /// Bytes.
        pub size: i64,
        /// Whether it is shown within the text.
        pub is_inline: bool,
        /// What `cid:` in the HTML names.
        pub content_id: Option<String>,
        /// Name of the content: 32 bytes.
        pub blob: Vec<u8>,
    }
}

row! {
    /// A file added to a draft.
    #[derive(Debug, Clone)]
    pub struct Upload {
        /// Its id.
        pub id: UploadId,
        /// File name.
        pub name: String,
        /// MIME type.
        pub content_type: String,
        /// Bytes.
        pub size: i64,
        /// Name of the content: 32 bytes.
        pub blob: Vec<u8>,
    }
}

row! {
    /// What an agent has begun to write.
    #[derive(Debug, Clone)]
    pub struct Draft {
        /// Answer or note.
        pub kind: MessageKind,
        /// Markdown.
        pub body: String,
        /// When it was last saved.
        pub updated_at: Timestamp,
    }
}

row! {
    /// A word that agents put on conversations.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Tag {
        /// Its id.
        pub id: TagId,
        /// The word.
        pub name: String,
    }
}

row! {
    /// A message that a mail's reference names.
    pub(super) struct Referenced {
        pub(super) message_id: MessageId,
        pub(super) conversation_id: ConversationId,
        pub(super) number: i64,
        pub(super) kind: MessageKind,
        pub(super) content_hash: Option<Vec<u8>>,
    }
}

row! {
    /// A conversation as a search result shows it.
    #[derive(Debug, Clone)]
    pub struct FoundRow {
        /// Its id.
        pub id: ConversationId,
        /// Its number.
        pub number: i64,
        /// Subject.
        pub subject: String,
        /// Customer's name.
        pub customer_name: String,
        /// Whether it still needs somebody.
        pub status: Status,
        /// The first words of the last message.
        pub preview: String,
        /// When something was last said.
        pub last_activity_at: Timestamp,
        /// How it came in.
        pub channel: String,
        /// Into which mailbox.
        pub mailbox_id: Option<MailboxId>,
        /// How much it matters.
        pub priority: Priority,
        /// Who is responsible.
        pub assignee_id: Option<AgentId>,
        /// Which team is.
        pub team_id: Option<TeamId>,
    }
}

/// A message to be stored.
pub(super) struct NewMessage<'a> {
    pub(super) conversation: ConversationId,
    pub(super) id: MessageId,
    pub(super) kind: MessageKind,
    pub(super) author: Actor,
    pub(super) author_name: &'a str,
    pub(super) body: &'a str,
    pub(super) full_text: Option<&'a str>,
    pub(super) html: Option<&'a str>,
    pub(super) header: String,
    pub(super) rfc_message_id: Option<&'a str>,
    pub(super) content_hash: Option<Vec<u8>>,
    pub(super) raw_blob: Option<Vec<u8>>,
    pub(super) raw_sealed: bool,
    pub(super) attachment_count: usize,
    pub(super) created_at: Timestamp,
    pub(super) delivery: Option<DeliveryState>,
    pub(super) client_id: Option<Uuid>,
}

pub(super) async fn lock(desk: &Desk<'_>, id: ConversationId) -> Result<Conversation> {
    let found = lock_any(desk, id).await?;
    if found.status == Status::Merged { Err(Error::Conflict("merged")) } else { Ok(found) }
}

/// As [`lock`], also of a conversation that was merged away.
pub(crate) async fn lock_any(desk: &Desk<'_>, id: ConversationId) -> Result<Conversation> {
    desk.tx().row(LOCK, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn find(desk: &Desk<'_>, id: ConversationId) -> Result<Conversation> {
    desk.tx().row(FIND, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

/// Not one that was taken away.
pub(super) async fn find_by_number(desk: &Desk<'_>, number: i64) -> Result<Conversation> {
    let found: Option<Conversation> = desk.tx().row(FIND_BY_NUMBER, params![desk.workspace(), number]).await?;
    found.filter(|found| found.status != Status::Removed).ok_or(Error::NotFound)
}

/// The statement that inserts a conversation; its views' counts are the caller's.
pub(super) fn insert(desk: &Desk<'_>, c: &Conversation) -> (&'static str, Vec<Value>) {
    let params = params![
        desk.workspace(),
        c.id,
        c.number,
        &c.subject,
        &c.channel,
        c.mailbox_id,
        c.customer_id,
        &c.customer_name,
        c.status,
        c.priority,
        c.assignee_id,
        c.team_id,
        &c.preview,
        c.message_count,
        c.created_at,
        c.last_activity_at,
        c.waiting_since,
        c.respond_by,
        c.first_response_at,
        c.resolved_at,
        c.snoozed_until,
        c.type_id,
        c.response_due,
        c.waiting_messages,
        c.risk_at,
        base::text::fold_line(&c.subject)
    ];
    (INSERT, params.to_vec())
}

/// Writes what the rules changed, the copies beside tags, and the counts of the views it left and entered.
pub(super) async fn save(desk: &mut Desk<'_>, before: &Conversation, after: &Conversation) -> Result<()> {
    let c = after;
    let workspace = desk.workspace();
    let update = params![
        workspace,
        c.id,
        &c.subject,
        c.status,
        c.priority,
        c.assignee_id,
        c.team_id,
        &c.preview,
        c.message_count,
        c.last_activity_at,
        c.waiting_since,
        c.respond_by,
        c.first_response_at,
        c.resolved_at,
        c.snoozed_until,
        c.type_id,
        base::text::fold_line(&c.subject),
        c.response_due,
        c.waiting_messages,
        c.risk_at
    ];
    let mut statements = vec![(UPDATE, update.to_vec())];
    if (before.status, before.last_activity_at) != (after.status, after.last_activity_at) {
        let copies = params![workspace, c.id, c.status, c.last_activity_at];
        statements.extend([
            (UPDATE_TAG_COPIES, copies.to_vec()),
            (UPDATE_FIELD_COPIES, copies.to_vec()),
            super::mentions::copies(desk, c),
        ]);
    }
    desk.tx().exec_all(&statements).await?;
    super::holding::account(desk, before, after).await?;
    super::waits::answered(desk, before, after).await?;
    super::findable::keep(desk, before, after);
    count(desk, before, -1);
    count(desk, after, 1);
    let by = i64::from(after.status == Status::Open) - i64::from(before.status == Status::Open);
    if by != 0 {
        for tag in tags_of(desk, c.id).await? {
            desk.count(CountedView::Tag as i16, tag.id.0, by);
        }
        super::mentions::count(desk, c.id, by).await?;
    }
    Ok(())
}

/// The counts of a customer: all conversations, and open ones.
const OF_CUSTOMER: i16 = 101;
const OPEN_OF_CUSTOMER: i16 = 102;

pub(super) fn count(desk: &mut Desk<'_>, conversation: &Conversation, by: i64) {
    if !matches!(conversation.status, Status::Merged | Status::Removed) {
        desk.count(OF_CUSTOMER, conversation.customer_id.0, by);
    }
    if conversation.status == Status::Open {
        desk.count(OPEN_OF_CUSTOMER, conversation.customer_id.0, by);
    }
    for (view, key) in conversation.counted_in() {
        desk.count(view as i16, key, by);
    }
}

pub(super) async fn list(
    desk: &Desk<'_>,
    viewer: AgentId,
    view: View,
    after: Option<PageKey>,
    limit: i64,
) -> Result<Vec<ListRow>> {
    let from = after.unwrap_or_else(|| PageKey::start(view.order()));
    let mut params = params![desk.workspace(), viewer, from.key, from.id, limit].to_vec();
    let (sql, sixth): (_, Option<Value>) = match view {
        View::Open => (LIST_BY_STATUS, Some(Status::Open.into())),
        View::Resolved => (LIST_BY_STATUS, Some(Status::Resolved.into())),
        View::Mine => (LIST_MINE, None),
        View::Unassigned => (LIST_UNASSIGNED, None),
        View::Mentions => (LIST_MENTIONS, None),
        View::Reviews => (LIST_REVIEWS, None),
        View::Neglected => (LIST_NEGLECTED, None),
        View::Snoozed => (LIST_SNOOZED, None),
        View::Team(id) => (LIST_TEAM, Some(id.into())),
        View::Tag(id) => (LIST_TAG, Some(id.into())),
        View::Customer(id) => (LIST_CUSTOMER, Some(id.into())),
        View::Saved(_) => return Err(Error::NotFound),
    };
    params.extend(sixth);
    Ok(desk.tx().rows(sql, &params).await?)
}

/// A page of all conversations with an organisation's people, newest first.
pub(super) async fn list_of_organisation(
    desk: &Desk<'_>,
    viewer: AgentId,
    organisation: crate::customers::OrganisationId,
    after: Option<PageKey>,
    limit: i64,
) -> Result<Vec<ListRow>> {
    let from = after.unwrap_or_else(|| PageKey::start(super::Order::Activity));
    let params = params![desk.workspace(), viewer, from.key, from.id, limit, organisation];
    Ok(desk.tx().rows(LIST_ORGANISATION, params).await?)
}

pub(super) async fn list_row(desk: &Desk<'_>, viewer: AgentId, id: ConversationId) -> Result<Option<ListRow>> {
    Ok(desk.tx().row(LIST_THESE, params![desk.workspace(), viewer, id]).await?)
}

/// What the viewer keeps on top of their lists.
pub(super) async fn pinned(desk: &Desk<'_>, viewer: AgentId) -> Result<Vec<ListRow>> {
    Ok(desk.tx().rows(LIST_PINNED, params![desk.workspace(), viewer]).await?)
}

pub(super) async fn counts(desk: &Desk<'_>) -> Result<Vec<(CountedView, Uuid, i64)>> {
    Ok(desk.tx().rows(COUNTS, params![desk.workspace()]).await?)
}

/// `ids` filled up to fifty, so that one statement serves any number of them.
fn up_to_fifty(desk: &Desk<'_>, ids: impl Iterator<Item = Uuid>) -> Vec<Value> {
    let mut params = params![desk.workspace()].to_vec();
    params.extend(ids.chain(std::iter::repeat(Uuid::nil())).take(50).map(Value::Uuid));
    params
}

pub(super) async fn tags_of_these(
    desk: &Desk<'_>,
    ids: &[ConversationId],
) -> Result<Vec<(ConversationId, TagId, String)>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(50) {
        found.extend(desk.tx().rows(TAGS_OF_50, &up_to_fifty(desk, chunk.iter().map(|id| id.0))).await?);
    }
    Ok(found)
}

pub(super) async fn found_rows(desk: &Desk<'_>, ids: &[ConversationId]) -> Result<Vec<FoundRow>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(50) {
        found.extend(desk.tx().rows(LIST_OF_50, &up_to_fifty(desk, chunk.iter().map(|id| id.0))).await?);
    }
    Ok(found)
}

/// When an agent last saw these conversations.
pub(super) async fn seen_of_these(
    desk: &Desk<'_>,
    agent: AgentId,
    ids: &[ConversationId],
) -> Result<HashMap<ConversationId, Timestamp>> {
    let mut seen = HashMap::new();
    for chunk in ids.chunks(50) {
        let mut params = up_to_fifty(desk, chunk.iter().map(|id| id.0));
        params.push(agent.into());
        let rows: Vec<(ConversationId, Timestamp)> = desk.tx().rows(SEEN_OF_50, &params).await?;
        seen.extend(rows);
    }
    Ok(seen)
}

/// The conversations with the next numbers, in their order.
pub(super) async fn after_number(desk: &Desk<'_>, number: i64, limit: i64) -> Result<Vec<(ConversationId, i64)>> {
    Ok(desk.tx().rows(AFTER_NUMBER, params![desk.workspace(), number, limit]).await?)
}

/// The whole plain texts of messages.
pub(super) async fn texts(desk: &Desk<'_>, ids: &[MessageId]) -> Result<Vec<(MessageId, String)>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(50) {
        found.extend(desk.tx().rows(TEXTS_OF_50, &up_to_fifty(desk, chunk.iter().map(|id| id.0))).await?);
    }
    Ok(found)
}

pub(super) async fn takes_part(desk: &Desk<'_>, id: ConversationId, address: &str) -> Result<bool> {
    let found = desk.tx().row::<(i32,)>(PARTICIPANT, params![desk.workspace(), id, address]).await?;
    Ok(found.is_some())
}

/// Which of these addresses take part.
pub(super) async fn who_takes_part(desk: &Desk<'_>, id: ConversationId, addresses: &[String]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for some in addresses.chunks(50) {
        let mut params = params![desk.workspace()].to_vec();
        // An empty address is nobody's.
        params.extend(some.iter().cloned().chain(std::iter::repeat(String::new())).take(50).map(Value::from));
        params.extend(params![id].to_vec());
        found.extend(desk.tx().rows::<(String,)>(PARTICIPANTS_OF_50, &params).await?.into_iter().map(|(one,)| one));
    }
    Ok(found)
}

pub(super) fn add_participant(desk: &Desk<'_>, id: ConversationId, address: &str) -> (&'static str, Vec<Value>) {
    (ADD_PARTICIPANT, params![desk.workspace(), id, address].to_vec())
}

pub(super) async fn messages(
    desk: &Desk<'_>,
    id: ConversationId,
    before: Option<MessageId>,
    limit: i64,
) -> Result<Vec<Message>> {
    let before = before.unwrap_or(MessageId(Uuid::max()));
    let mut messages: Vec<Message> = desk.tx().rows(MESSAGES, params![desk.workspace(), id, before, limit]).await?;
    messages.reverse();
    Ok(messages)
}

pub(super) async fn message(desk: &Desk<'_>, id: MessageId) -> Result<Message> {
    desk.tx().row(MESSAGE, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

/// These messages, oldest first.
pub(super) async fn these_messages(desk: &Desk<'_>, ids: &[MessageId]) -> Result<Vec<Message>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(50) {
        found.extend(desk.tx().rows(MESSAGES_OF_50, &up_to_fifty(desk, chunk.iter().map(|id| id.0))).await?);
    }
    Ok(found)
}

pub(super) async fn bodies(desk: &Desk<'_>, id: MessageId) -> Result<(String, Option<String>, Option<String>)> {
    desk.tx().row(MESSAGE_BODIES, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn message_by_client_id(
    desk: &Desk<'_>,
    id: ConversationId,
    client_id: Uuid,
) -> Result<Option<MessageId>> {
    let found = desk.tx().row::<(MessageId,)>(MESSAGE_BY_CLIENT_ID, params![desk.workspace(), id, client_id]).await?;
    Ok(found.map(|(id,)| id))
}

pub(super) async fn newest_by_others(desk: &Desk<'_>, id: ConversationId, agent: AgentId) -> Result<Option<MessageId>> {
    let found = desk.tx().row::<(MessageId,)>(NEWEST_BY_OTHERS, params![desk.workspace(), id, agent]).await?;
    Ok(found.map(|(id,)| id))
}

pub(super) fn insert_message(desk: &Desk<'_>, m: NewMessage<'_>) -> (&'static str, Vec<Value>) {
    let (author_kind, author_id) = m.author.to_columns();
    let params = params![
        desk.workspace(),
        m.conversation,
        m.id,
        m.kind,
        author_kind,
        author_id,
        m.author_name,
        m.body,
        m.full_text,
        m.html,
        m.header,
        m.rfc_message_id,
        m.content_hash,
        m.raw_blob,
        m.attachment_count as i64,
        m.created_at,
        m.delivery,
        m.client_id,
        m.raw_sealed
    ];
    (INSERT_MESSAGE, params.to_vec())
}

/// Says which message a Message-ID with this content belongs to; fails with `Unique` when it is another one already.
pub(super) fn add_reference(
    desk: &Desk<'_>,
    rfc_message_id: &str,
    content: &[u8],
    message: MessageId,
    conversation: ConversationId,
) -> (&'static str, Vec<Value>) {
    (ADD_REFERENCE, params![desk.workspace(), rfc_message_id, content, message, conversation].to_vec())
}

/// The last conversations of a customer.
pub(super) async fn recent_of(desk: &Desk<'_>, customer: CustomerId) -> Result<Vec<Recent>> {
    let rows = desk.tx().rows(RECENT_OF, params![desk.workspace(), customer]).await?;
    let recent =
        |(conversation, number, subject, last_activity_at)| Recent { conversation, number, subject, last_activity_at };
    Ok(rows.into_iter().map(recent).collect())
}

/// Where its customer belongs, as lists know it.
pub(super) async fn organisation_of(desk: &Desk<'_>, id: ConversationId) -> Result<Option<OrganisationId>> {
    let found = desk.tx().row::<(Option<OrganisationId>,)>(ORGANISATION_OF, params![desk.workspace(), id]).await?;
    Ok(found.and_then(|(organisation,)| organisation))
}

/// The headers of the messages that the conversations of [`recent_of`] began with.
pub(super) async fn openings_of(desk: &Desk<'_>, customer: CustomerId) -> Result<Vec<(ConversationId, Header)>> {
    let rows: Vec<(ConversationId, Option<String>)> =
        desk.tx().rows(RECENT_OPENINGS, params![desk.workspace(), customer]).await?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, header)| Some((id, serde_json::from_str(&header?).unwrap_or_default())))
        .collect())
}

/// A conversation with its number, or the one that it was merged into.
pub(super) async fn where_it_is_now(desk: &Desk<'_>, id: ConversationId) -> Result<Option<(ConversationId, i64)>> {
    let mut id = id;
    // Merges may follow one another, but not in a circle: what was merged away takes nothing in.
    for _ in 0..20 {
        let found: Option<(ConversationId, i64, Option<ConversationId>)> =
            desk.tx().row(WHERE_NOW, params![desk.workspace(), id]).await?;
        match found {
            Some((_, _, Some(into))) => id = into,
            Some((id, number, None)) => return Ok(Some((id, number))),
            None => return Ok(None),
        }
    }
    Ok(None)
}

pub(super) async fn referenced(desk: &Desk<'_>, rfc_message_id: &str) -> Result<Vec<Referenced>> {
    Ok(desk.tx().rows(REFERENCED, params![desk.workspace(), rfc_message_id]).await?)
}

/// Message-IDs of a conversation with kind and header: the newest 21, newest first.
pub(super) async fn thread_ids(desk: &Desk<'_>, id: ConversationId) -> Result<Vec<(String, MessageKind, String)>> {
    Ok(desk.tx().rows(THREAD_IDS, params![desk.workspace(), id]).await?)
}

pub(super) async fn first_thread_id(desk: &Desk<'_>, id: ConversationId) -> Result<Option<String>> {
    let found = desk.tx().row::<(String,)>(FIRST_THREAD_ID, params![desk.workspace(), id]).await?;
    Ok(found.map(|(id,)| id))
}

pub(super) async fn lock_delivery(desk: &Desk<'_>, id: MessageId) -> Result<(ConversationId, DeliveryState)> {
    desk.tx().row(LOCK_DELIVERY, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn set_delivery(
    desk: &Desk<'_>,
    id: MessageId,
    state: DeliveryState,
    note: Option<&str>,
) -> Result<()> {
    desk.tx().exec(SET_DELIVERY, params![desk.workspace(), id, state, note, desk.now()]).await?;
    Ok(())
}

pub(super) async fn set_leaves_at(desk: &Desk<'_>, id: MessageId, at: Option<Timestamp>) -> Result<()> {
    desk.tx().exec(SET_LEAVES_AT, params![desk.workspace(), id, at]).await?;
    Ok(())
}

pub(super) async fn set_recall(desk: &Desk<'_>, id: MessageId, leaves_at: Timestamp, recall: &str) -> Result<()> {
    desk.tx().exec(SET_RECALL, params![desk.workspace(), id, leaves_at, recall]).await?;
    Ok(())
}

/// When a message leaves, what calling it back restores, and who wrote it.
pub(super) async fn recall(
    desk: &Desk<'_>,
    id: MessageId,
) -> Result<(Option<Timestamp>, Option<String>, Option<Uuid>)> {
    desk.tx().row(RECALL, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

/// The messages of a conversation that can still be called back.
pub(super) async fn recallable(desk: &Desk<'_>, conversation: ConversationId) -> Result<Vec<MessageId>> {
    let rows = desk.tx().rows::<(MessageId,)>(SCHEDULED_IN, params![desk.workspace(), conversation]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Removes a message that never left.
pub(super) async fn delete_message(desk: &Desk<'_>, message: &Message) -> Result<()> {
    let params = params![desk.workspace(), message.id].to_vec();
    let mut statements = vec![(DELETE_ATTACHMENTS, params.clone()), (DELETE_MESSAGE, params)];
    if let Some(rfc_id) = &message.rfc_message_id {
        statements.push((DELETE_REFERENCE, params![desk.workspace(), rfc_id.as_str(), message.id].to_vec()));
    }
    Ok(desk.tx().exec_all(&statements).await?)
}

pub(super) async fn remove_participant(desk: &Desk<'_>, id: ConversationId, address: &str) -> Result<()> {
    desk.tx().exec(REMOVE_PARTICIPANT, params![desk.workspace(), id, address]).await?;
    Ok(())
}

pub(super) fn insert_attachment(desk: &Desk<'_>, position: usize, file: &Attachment) -> (&'static str, Vec<Value>) {
    let Attachment { id, message_id, name, content_type, size, is_inline, content_id, blob } = file;
    let params = params![
        desk.workspace(),
        message_id,
        position as i64,
        id,
        name,
        content_type,
        *size,
        *is_inline,
        content_id.as_deref(),
        blob.as_slice()
    ];
    (INSERT_ATTACHMENT, params.to_vec())
}

pub(super) async fn attachments(desk: &Desk<'_>, id: MessageId) -> Result<Vec<Attachment>> {
    Ok(desk.tx().rows(ATTACHMENTS, params![desk.workspace(), id]).await?)
}

pub(super) async fn attachments_of_these(desk: &Desk<'_>, ids: &[MessageId]) -> Result<Vec<Attachment>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(50) {
        found.extend(desk.tx().rows(ATTACHMENTS_OF_50, &up_to_fifty(desk, chunk.iter().map(|id| id.0))).await?);
    }
    Ok(found)
}

pub(super) async fn attachment(desk: &Desk<'_>, id: AttachmentId) -> Result<Attachment> {
    desk.tx().row(ATTACHMENT, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn insert_upload(
    desk: &Desk<'_>,
    agent: AgentId,
    conversation: ConversationId,
    file: &Upload,
) -> Result<()> {
    let Upload { id, name, content_type, size, blob } = file;
    let (workspace, now) = (desk.workspace(), desk.now());
    desk.tx()
        .exec(
            INSERT_UPLOAD,
            params![workspace, id, agent, conversation, name, content_type, *size, blob.as_slice(), now],
        )
        .await?;
    Ok(())
}

pub(super) async fn uploads(desk: &Desk<'_>, agent: AgentId, conversation: ConversationId) -> Result<Vec<Upload>> {
    Ok(desk.tx().rows(UPLOADS, params![desk.workspace(), agent, conversation]).await?)
}

pub(super) async fn delete_upload(desk: &Desk<'_>, agent: AgentId, id: UploadId) -> Result<u64> {
    Ok(desk.tx().exec(DELETE_UPLOAD, params![desk.workspace(), agent, id]).await?)
}

/// The files of one holder's draft become another's.
pub(super) async fn pass_uploads(desk: &Desk<'_>, from: AgentId, to: AgentId, of: ConversationId) -> Result<()> {
    desk.tx().exec(PASS_UPLOADS, params![desk.workspace(), from, to, of]).await?;
    Ok(())
}

/// The files of a holder's draft go along into another conversation.
pub(super) async fn carry_uploads(
    desk: &Desk<'_>,
    of: AgentId,
    from: ConversationId,
    to: ConversationId,
) -> Result<()> {
    desk.tx().exec(CARRY_UPLOADS, params![desk.workspace(), of, from, to]).await?;
    Ok(())
}

pub(super) async fn save_draft(
    desk: &Desk<'_>,
    agent: AgentId,
    conversation: ConversationId,
    kind: MessageKind,
    body: &str,
) -> Result<()> {
    desk.tx().exec(SAVE_DRAFT, params![desk.workspace(), agent, conversation, kind, body, desk.now()]).await?;
    Ok(())
}

pub(super) async fn draft(desk: &Desk<'_>, agent: AgentId, conversation: ConversationId) -> Result<Option<Draft>> {
    Ok(desk.tx().row(DRAFT, params![desk.workspace(), agent, conversation]).await?)
}

/// Removes the draft and its files.
pub(super) async fn discard_draft(desk: &Desk<'_>, agent: AgentId, conversation: ConversationId) -> Result<()> {
    let params = params![desk.workspace(), agent, conversation].to_vec();
    Ok(desk.tx().exec_all(&[(DISCARD_DRAFT, params.clone()), (DELETE_UPLOADS, params)]).await?)
}

pub(super) async fn drafting(desk: &Desk<'_>, conversation: ConversationId, since: Timestamp) -> Result<Vec<AgentId>> {
    let rows = desk.tx().rows::<(AgentId,)>(DRAFTING, params![desk.workspace(), conversation, since]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub(super) async fn mark_seen(
    desk: &Desk<'_>,
    agent: AgentId,
    conversation: ConversationId,
    at: Timestamp,
) -> Result<()> {
    desk.tx().exec(MARK_SEEN, params![desk.workspace(), agent, conversation, at]).await?;
    Ok(())
}

pub(super) async fn mark_unseen(desk: &Desk<'_>, agent: AgentId, conversation: ConversationId) -> Result<()> {
    desk.tx().exec(MARK_UNSEEN, params![desk.workspace(), agent, conversation]).await?;
    Ok(())
}

pub(super) async fn seen_at(
    desk: &Desk<'_>,
    agent: AgentId,
    conversation: ConversationId,
) -> Result<Option<Timestamp>> {
    let row = desk.tx().row::<(Timestamp,)>(SEEN_AT, params![desk.workspace(), agent, conversation]).await?;
    Ok(row.map(|(at,)| at))
}

pub(super) async fn tags(desk: &Desk<'_>) -> Result<Vec<Tag>> {
    Ok(desk.tx().rows(TAGS, params![desk.workspace()]).await?)
}

pub(super) async fn tag_by_name(desk: &Desk<'_>, name: &str) -> Result<Option<TagId>> {
    Ok(desk.tx().row::<(TagId,)>(TAG_BY_NAME, params![desk.workspace(), name]).await?.map(|(id,)| id))
}

/// The tag of that name, made when there is none.
pub(super) async fn tag_named(desk: &Desk<'_>, name: &str) -> Result<TagId> {
    if let Some(id) = tag_by_name(desk, name).await? {
        return Ok(id);
    }
    let id = TagId(desk.new_id());
    desk.tx().exec(INSERT_TAG, params![desk.workspace(), id, name, desk.now()]).await?;
    tag_by_name(desk, name).await?.ok_or_else(|| DbError::Retry.into())
}

pub(super) async fn tags_of(desk: &Desk<'_>, id: ConversationId) -> Result<Vec<Tag>> {
    Ok(desk.tx().rows(TAGS_OF, params![desk.workspace(), id]).await?)
}

pub(super) async fn add_tag(desk: &Desk<'_>, c: &Conversation, tag: TagId) -> Result<u64> {
    let params = params![desk.workspace(), c.id, tag, c.status, c.last_activity_at];
    Ok(desk.tx().exec(ADD_TAG, params).await?)
}

pub(super) async fn remove_tag(desk: &Desk<'_>, c: &Conversation, tag: TagId) -> Result<u64> {
    Ok(desk.tx().exec(REMOVE_TAG, params![desk.workspace(), c.id, tag]).await?)
}
