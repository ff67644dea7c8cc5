//! Fills a store with conversations of five messages each, the same from the same number, past the product but with the
//! product's own rules: states, counts, event log and search index are what they would be had it all arrived.

use crate::{
    corpus::{self, Corpus, Dice},
    house::{self, PASSWORD, Store},
    sink::{Sink, Table},
};
use anyhow::{Context, Result};
use base::{
    clock::Stopwatch,
    db::{Engine, Value},
    search::{self, Document},
};
use desk::{
    Actor, App, Scope, WorkspaceId,
    conversations::{
        self, Conversation, ConversationId, CountedView, Header, MessageKind, Person, Priority, Status, TagId,
    },
    customers::CustomerId,
    mailboxes::{self, MailboxForm, MailboxId},
    people::{self, AgentId, NewAgent, Role, TeamId},
};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// Messages of a conversation.
pub(crate) const MESSAGES: u64 = 5;
const AGENTS: u64 = 12;
const TEAMS: u64 = 4;
/// Tags by name.
pub(crate) const TAGS: &[&str] = &[
    "refund",
    "delivery",
    "invoice",
    "bug",
    "praise",
    "return",
    "account",
    "gift",
    "wholesale",
    "press",
    "warranty",
    "spare-parts",
];
/// The history's length, and how long most matters stay open.
const YEARS: i64 = 2;
const CHUNK: u64 = 2000;

const CUSTOMER: Table = ("customer", "workspace_id, id, name, created_at, name_key, updated_at");
const ADDRESS: Table = ("customer_identity", "workspace_id, kind, value, customer_id, created_at, likeness");
const CONVERSATION: Table = (
    "conversation",
    "workspace_id, id, number, subject, channel, mailbox_id, customer_id, customer_name, status, priority, assignee_id, \
     team_id, preview, message_count, created_at, last_activity_at, waiting_since, respond_by, first_response_at, resolved_at, \
     subject_folded, waiting_messages, risk_at",
);
const PARTICIPANT: Table = ("participant", "workspace_id, conversation_id, address");
const MESSAGE: Table = (
    "message",
    "workspace_id, conversation_id, id, kind, author_kind, author_id, author_name, body, full_text, html, header, \
     rfc_message_id, content_hash, raw_blob, attachment_count, created_at, delivery, delivery_note, delivered_at, client_id",
);
const REFERENCE: Table = ("message_reference", "workspace_id, rfc_message_id, content, message_id, conversation_id");
const EVENT: Table = ("event", "workspace_id, seq, at, kind, actor_kind, actor_id, conversation_id, data");
const TAGGED: Table = ("conversation_tag", "workspace_id, conversation_id, tag_id, status, last_activity_at");
const COUNT: Table = ("view_count", "workspace_id, view, key, count");
const WORD: Table = ("search_word", "workspace_id, word");
const ENTRY_SQLITE: Table = ("search_entry", "seq, workspace_id, document_id, group_id, at, head");
const INDEX_SQLITE: Table = ("search_index", "rowid, scope, head, body");
const ENTRY_POSTGRES: Table = ("search_entry", "workspace_id, document_id, group_id, at, seq, head, tokens");

/// Who works in the desk.
pub(crate) struct People {
    pub(crate) workspace: WorkspaceId,
    agents: Vec<(AgentId, String)>,
    teams: Vec<TeamId>,
    tags: Vec<TagId>,
    pub(crate) mailbox: MailboxId,
}

struct Seeder<'a> {
    sink: Sink,
    /// Indexes that were dropped and are built at the end.
    indexes: Vec<String>,
    engine: Engine,
    corpus: &'a Corpus,
    people: People,
    now: Timestamp,
    start: Timestamp,
    conversations: u64,
    event_seq: i64,
    search_seq: i64,
    counts: BTreeMap<(i64, Uuid), i64>,
    words: HashSet<String>,
}

/// Fills an empty store with `conversations`.
pub(crate) async fn seed(store: &Store, conversations: u64, corpus: &Corpus) -> Result<()> {
    let watch = Stopwatch::start();
    let blobs = tempfile::tempdir_in(".")?;
    let app = house::open(store, blobs.path()).await?;
    let (engine, now) = (app.db().engine(), app.now());
    let people = set_up(&app).await?;
    let event_seq = app.newest_event(people.workspace).await?;
    drop(app);
    let mut sink = Sink::open(store).await?;
    let mut indexes = Vec::new();
    if engine == Engine::Postgres {
        // Built at the end in one go, which is many times faster and gives the same index.
        sink.run("set maintenance_work_mem = '1GB'; set synchronous_commit = off").await?;
        indexes = sink.drop_indexes().await?;
    }
    let start = now - SignedDuration::from_hours(24 * 365 * YEARS);
    let (counts, words) = (BTreeMap::new(), HashSet::new());
    let mut seeder = Seeder {
        sink,
        indexes,
        engine,
        corpus,
        people,
        now,
        start,
        conversations,
        event_seq,
        search_seq: 0,
        counts,
        words,
    };
    for first in (0..conversations).step_by(CHUNK as usize) {
        for number in first..(first + CHUNK).min(conversations) {
            seeder.conversation(number)?;
        }
        seeder.sink.commit().await?;
        if (first / CHUNK) % 50 == 49 {
            eprintln!("{} conversations after {:.0?}", first + CHUNK, watch.elapsed());
        }
    }
    seeder.finish().await?;
    eprintln!("{conversations} conversations seeded in {:.0?}", watch.elapsed());
    Ok(())
}

/// Owner, agents, teams, mailbox.
pub(crate) async fn set_up(app: &App) -> Result<People> {
    let owner = NewAgent { email: "owner@desk.example".into(), name: "Olga Owner".into(), role: Role::Owner };
    let owner_id = people::set_up(app, "Bench Ltd", owner, PASSWORD).await?;
    let workspace = app.workspace().await?.context("a workspace")?;
    let scope = Scope { workspace, actor: Actor::Agent(owner_id) };
    let mut agents = vec![(owner_id, "Olga Owner".to_owned())];
    for number in 1..AGENTS {
        let name = corpus::name(number + 7_000_000);
        let agent = NewAgent { email: format!("agent{number}@desk.example"), name: name.clone(), role: Role::Agent };
        agents.push((people::add_agent(app, scope, agent, PASSWORD).await?, name));
    }
    let mut teams = Vec::new();
    for number in 0..TEAMS {
        let name = format!("Team {number}");
        teams
            .push(app.write(scope, move |desk| Box::pin(async move { people::create_team(desk, &name).await })).await?);
    }
    let form = MailboxForm { name: "Help".into(), address: "help@desk.example".into(), ..MailboxForm::default() };
    let mailbox = mailboxes::create(app, scope, form).await?;
    let tags = (0..TAGS.len()).map(tag_id).collect();
    Ok(People { workspace, agents, teams, tags, mailbox })
}

/// The id of a tag by its place in [`TAGS`].
pub(crate) fn tag_id(place: usize) -> TagId {
    TagId(Uuid::from_u128(0x7000_8000_0000_0000_0001 + place as u128))
}

impl Seeder<'_> {
    fn conversation(&mut self, index: u64) -> Result<()> {
        let mut dice = Dice::of(index);
        let workspace = Value::from(self.people.workspace);
        let age = (self.now - self.start).total(jiff::Unit::Second)? as i64;
        let begun = self.start + SignedDuration::from_secs(age * index as i64 / self.conversations.max(1) as i64);
        let customer = dice.below(self.conversations / 3 + 1);
        let (name, address) = (corpus::name(customer), corpus::address(customer));
        let customer_id = CustomerId(made_id(self.start, 1, customer));
        let id = ConversationId(made_id(begun, 2, index));
        let (agent, agent_name) = self.people.agents[dice.below(AGENTS) as usize].clone();
        let words = 3 + dice.below(5);
        let mut conversation = Conversation {
            id,
            number: index as i64 + 1,
            subject: self.corpus.text(&mut dice, words).replace('\n', " "),
            channel: "email".into(),
            mailbox_id: Some(self.people.mailbox),
            customer_id,
            customer_name: name.clone(),
            status: Status::Open,
            priority: [
                Priority::Normal,
                Priority::Normal,
                Priority::Normal,
                Priority::High,
                Priority::Urgent,
                Priority::Low,
            ][dice.below(6) as usize],
            assignee_id: dice.hits(65).then_some(agent),
            team_id: dice.hits(50).then(|| self.people.teams[dice.below(TEAMS) as usize]),
            preview: String::new(),
            message_count: 0,
            created_at: begun,
            last_activity_at: begun,
            waiting_since: None,
            respond_by: None,
            response_due: None,
            waiting_messages: 0,
            risk_at: None,
            first_response_at: None,
            resolved_at: None,
            snoozed_until: None,
            type_id: None,
        };
        let opened = format!(r#"{{"kind":"conversation_opened","conversation":"{id}"}}"#);
        self.event(begun, "conversation_opened", (2, customer_id.0), id, opened)?;
        let mut at = begun;
        for turn in 0..MESSAGES {
            let kind = match turn {
                0 | 2 => MessageKind::Incoming,
                1 => MessageKind::Outgoing,
                3 if dice.hits(40) => MessageKind::Note,
                _ if dice.hits(50) => MessageKind::Incoming,
                _ => MessageKind::Outgoing,
            };
            let words = 20 + dice.below(50);
            let text = self.corpus.text(&mut dice, words);
            let preview: String = text.chars().take(120).collect::<String>().replace('\n', " ");
            let from_customer = kind == MessageKind::Incoming;
            match kind {
                MessageKind::Incoming => drop(conversation.customer_wrote(at, &preview)),
                MessageKind::Note => conversation.noted(at),
                _ => conversation.answered(at, Some(agent), &preview),
            }
            let author =
                if from_customer { (2, customer_id.0, name.as_str()) } else { (1, agent.0, agent_name.as_str()) };
            self.message(&conversation, index * MESSAGES + turn, kind, author, &address, &text, at)?;
            at += SignedDuration::from_mins(20 + dice.below(1200) as i64);
        }
        // The newest matters are open, and a few old ones.
        if (self.now - at).total(jiff::Unit::Hour)? > 24.0 * 20.0 && !dice.hits(1) {
            conversation.resolve(at);
        }
        if conversation.last_activity_at > self.now {
            conversation.last_activity_at = self.now;
        }
        self.store(&conversation, &address)?;
        if index <= self.conversations / 3 {
            let (name, address) = (corpus::name(index), corpus::address(index));
            let id = CustomerId(made_id(self.start, 1, index));
            let key = base::text::fold_line(&name);
            let row = [workspace.clone(), id.into(), name.into(), self.start.into(), key.into(), self.start.into()];
            self.sink.row(CUSTOMER, &row)?;
            self.sink.row(
                ADDRESS,
                &[workspace, 1_i16.into(), address.clone().into(), id.into(), self.start.into(), address.into()],
            )?;
        }
        Ok(())
    }

    /// The tags of the conversation of that number.
    fn tags_of(&self, number: i64) -> Vec<TagId> {
        let mut dice = Dice::of(number.unsigned_abs() ^ 0x7A65);
        let mut tags: Vec<TagId> =
            (0..dice.below(4)).map(|_| self.people.tags[dice.below(TAGS.len() as u64) as usize]).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    }

    #[expect(clippy::too_many_arguments, reason = "the columns of one row")]
    fn message(
        &mut self,
        conversation: &Conversation,
        index: u64,
        kind: MessageKind,
        (author_kind, author, author_name): (i16, Uuid, &str),
        address: &str,
        text: &str,
        at: Timestamp,
    ) -> Result<()> {
        let workspace = self.people.workspace;
        let id = made_id(at, 3, index);
        let rfc_id = (kind != MessageKind::Note).then(|| format!("{index}.{}@mail.example", index % 97));
        let person = |name: &str, address: &str| Person { name: Some(name.to_owned()), address: address.to_owned() };
        let desk = person("Help", "help@desk.example");
        let customer = person(&conversation.customer_name, address);
        let (from, to) = if author_kind == 2 { (customer, desk) } else { (desk, customer) };
        let subject = conversation.subject.clone();
        let header = Header { from: vec![from], to: vec![to], subject, ..Header::default() };
        let header = serde_json::to_string(&header)?;
        let sent = kind == MessageKind::Outgoing;
        self.sink.row(
            MESSAGE,
            &[
                workspace.into(),
                conversation.id.into(),
                id.into(),
                kind.into(),
                author_kind.into(),
                author.into(),
                author_name.into(),
                text.into(),
                Value::Null,
                Value::Null,
                header.into(),
                rfc_id.clone().into(),
                Value::Null,
                Value::Null,
                0_i32.into(),
                at.into(),
                sent.then_some(3_i16).into(),
                Value::Null,
                sent.then_some(at).into(),
                Value::Null,
            ],
        )?;
        if let Some(rfc_id) = rfc_id {
            self.sink.row(
                REFERENCE,
                &[workspace.into(), rfc_id.into(), id.as_bytes().to_vec().into(), id.into(), conversation.id.into()],
            )?;
        }
        let happened = match kind {
            MessageKind::Incoming => "message_received",
            MessageKind::Note => "note_written",
            _ => "reply_written",
        };
        let data = format!(r#"{{"kind":"{happened}","conversation":"{}","message":"{id}"}}"#, conversation.id);
        self.event(at, happened, (author_kind, author), conversation.id, data)?;
        let to_address = address;
        let address = if author_kind == 2 { address } else { "help@desk.example" };
        let head = format!(
            "{}\n#{}\n{}\n{author_name}\n{address}",
            conversation.subject, conversation.number, conversation.customer_name
        );
        self.search_seq += 1;
        let recipient = if author_kind == 2 {
            person("Help", "help@desk.example")
        } else {
            person(&conversation.customer_name, to_address)
        };
        let tags: Vec<TagId> = self.tags_of(conversation.number);
        let marks = conversations::marks(conversation, &tags, (author_name, address), &[recipient], 0);
        let document = Document { id, group: conversation.id.0, at, head: &head, body: text, marks: &marks };
        let entry = search::Entry::of(self.engine, workspace.0, self.search_seq, &document);
        let (seq, group) = (self.search_seq, conversation.id.0);
        if self.engine == Engine::Sqlite {
            self.sink.row(
                ENTRY_SQLITE,
                &[seq.into(), workspace.into(), id.into(), group.into(), at.into(), entry.head.as_str().into()],
            )?;
            self.sink.row(INDEX_SQLITE, &[seq.into(), entry.scope.into(), entry.head.into(), entry.body.into()])?;
        } else {
            let row = [
                workspace.into(),
                id.into(),
                group.into(),
                at.into(),
                seq.into(),
                entry.head.into(),
                entry.tokens.into(),
            ];
            self.sink.row(ENTRY_POSTGRES, &row)?;
        }
        for word in entry.words {
            if !self.words.contains(&word) {
                self.words.insert(word);
            }
        }
        Ok(())
    }

    fn store(&mut self, c: &Conversation, address: &str) -> Result<()> {
        let workspace = Value::from(self.people.workspace);
        self.sink.row(
            CONVERSATION,
            &[
                workspace.clone(),
                c.id.into(),
                c.number.into(),
                c.subject.as_str().into(),
                c.channel.as_str().into(),
                c.mailbox_id.into(),
                c.customer_id.into(),
                c.customer_name.as_str().into(),
                c.status.into(),
                c.priority.into(),
                c.assignee_id.into(),
                c.team_id.into(),
                c.preview.as_str().into(),
                c.message_count.into(),
                c.created_at.into(),
                c.last_activity_at.into(),
                c.waiting_since.into(),
                c.respond_by.into(),
                c.first_response_at.into(),
                c.resolved_at.into(),
                base::text::fold_line(&c.subject).into(),
                c.waiting_messages.into(),
                c.risk_at.into(),
            ],
        )?;
        self.sink.row(PARTICIPANT, &[workspace.clone(), c.id.into(), address.into()])?;
        for (view, key) in c.counted_in() {
            *self.counts.entry((view as i64, key)).or_default() += 1;
        }
        if c.status == Status::Resolved {
            let data = format!(r#"{{"kind":"resolved","conversation":"{}"}}"#, c.id);
            self.event(c.last_activity_at, "resolved", (0, Uuid::nil()), c.id, data)?;
        }
        for tag in self.tags_of(c.number) {
            self.sink.row(
                TAGGED,
                &[workspace.clone(), c.id.into(), tag.into(), c.status.into(), c.last_activity_at.into()],
            )?;
            if c.status == Status::Open {
                *self.counts.entry((CountedView::Tag as i64, tag.0)).or_default() += 1;
            }
        }
        Ok(())
    }

    fn event(
        &mut self,
        at: Timestamp,
        kind: &str,
        (actor_kind, actor): (i16, Uuid),
        conversation: ConversationId,
        data: String,
    ) -> Result<()> {
        self.event_seq += 1;
        let workspace = self.people.workspace;
        let actor = (actor_kind != 0).then_some(actor);
        self.sink.row(
            EVENT,
            &[
                workspace.into(),
                self.event_seq.into(),
                at.into(),
                kind.into(),
                actor_kind.into(),
                actor.into(),
                conversation.into(),
                data.into(),
            ],
        )
    }

    async fn finish(mut self) -> Result<()> {
        let workspace = self.people.workspace;
        for (name, id) in TAGS.iter().zip(&self.people.tags) {
            let tag: Table = ("tag", "workspace_id, id, name, created_at");
            self.sink.row(tag, &[workspace.into(), (*id).into(), (*name).into(), self.now.into()])?;
        }
        for ((view, key), count) in std::mem::take(&mut self.counts) {
            self.sink.row(COUNT, &[workspace.into(), view.into(), key.into(), count.into()])?;
        }
        let mut words: Vec<String> = std::mem::take(&mut self.words).into_iter().collect();
        words.sort_unstable();
        for chunk in words.chunks(100_000) {
            for word in chunk {
                self.sink.row(WORD, &[workspace.into(), word.as_str().into()])?;
            }
            self.sink.commit().await?;
        }
        // All is indexed as the product would: nothing is left to be done when it starts.
        let setting: Table = ("setting", "workspace_id, name, value, updated_at");
        self.sink
            .row(setting, &[workspace.into(), "search_index".into(), r#"{"version":1}"#.into(), self.now.into()])?;
        let numbers = format!(
            "update workspace set event_seq = {}, conversation_number = {}",
            self.event_seq, self.conversations
        );
        self.sink.run(&numbers).await?;
        if self.engine == Engine::Postgres {
            let seq = format!("select setval('search_entry_seq', {})", self.search_seq.max(1));
            self.sink.run(&seq).await?;
            eprintln!("building the indexes");
            for index in &self.indexes {
                self.sink.run(index).await?;
            }
        }
        self.sink.close().await
    }
}

/// A time-ordered id, the same from the same numbers.
fn made_id(at: Timestamp, kind: u8, number: u64) -> Uuid {
    let mut tail = [0; 10];
    tail[1] = kind;
    tail[2..].copy_from_slice(&number.to_be_bytes());
    uuid::Builder::from_unix_timestamp_millis(at.as_millisecond().max(0) as u64, &tail).into_uuid()
}

/// So that a seed that was interrupted is not taken for a whole one.
pub(crate) async fn is_seeded(app: &App, conversations: u64) -> Result<bool> {
    let Some(workspace) = app.workspace().await? else { return Ok(false) };
    let found = app
        .read(workspace.as_system(), move |desk| {
            Box::pin(async move { Ok(conversations::find_by_number(desk, conversations as i64).await.is_ok()) })
        })
        .await?;
    Ok(found)
}
