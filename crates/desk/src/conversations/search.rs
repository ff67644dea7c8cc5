//! Searching all conversations of all years: what was typed becomes look-ups in the index, what was found is checked against the
//! rows as they are now, and shown with the place that fits.

use super::{
    ConversationId, FoundRow, MessageId, Priority, Status, Tag, TagId,
    findable::{FILES, NONE, kind},
    store,
    views::{Compare, Condition as ViewCondition, Filter, Moment, When, Who},
};
use crate::{
    Desk, Result,
    mailboxes::{self, Mailbox, MailboxId},
    people::{self, Agent, AgentId, Team, TeamId},
    search::{self, Asked, Asks, Condition, Cursor, Hint, Operator, Order, Query, State, mark, short},
};
use jiff::{civil::Date, tz::TimeZone};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
};

/// How much of a message a search result shows.
const SNIPPET: usize = 180;
/// What a reader alone has seen cannot be looked up: so many pages are looked through for what fits.
const PAGES_READ: usize = 4;
/// So many of the newest conversations found are counted by what they are.
pub const COUNTED: usize = 100;

/// A search.
#[derive(Debug, Clone)]
pub struct Search {
    /// What was typed.
    pub typed: String,
    /// What comes first.
    pub order: Order,
    /// Where the reader's days begin.
    pub zone: TimeZone,
    /// Where the page goes on.
    pub after: Option<Cursor>,
    /// How many are shown at once.
    pub limit: usize,
}

impl Search {
    /// The first page of what was typed, newest first, days in UTC.
    pub fn of(typed: &str) -> Self {
        Self { typed: typed.to_owned(), order: Order::Newest, zone: TimeZone::UTC, after: None, limit: 20 }
    }
}

/// A conversation that a search found, with the message that fits best.
#[derive(Debug, Clone)]
pub struct Found {
    /// The conversation.
    pub row: FoundRow,
    /// Its tags by name.
    pub tags: Vec<Tag>,
    /// The message that fits best.
    pub message: MessageId,
    /// The place in it that fits, with the byte ranges to be marked.
    pub snippet: (String, Vec<Range<usize>>),
    /// The bytes of the subject to be marked.
    pub in_subject: Vec<Range<usize>>,
}

/// What a search brought.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// What was found.
    pub found: Vec<Found>,
    /// Where the next page goes on.
    pub next: Option<Cursor>,
    /// What was typed, understood.
    pub asked: Asked,
    /// Nothing was found by what was typed, and this was searched for instead.
    pub instead: Option<String>,
}

/// Searches all conversations.
///
/// # Errors
/// The store's; any text is a valid search.
pub async fn search(desk: &mut Desk<'_>, wanted: &Search) -> Result<Answer> {
    let (asked, meant) = compile(desk, wanted).await?;
    let mut answer = Answer { asked, ..Answer::default() };
    if meant.query.is_empty() {
        return Ok(answer);
    }
    fill(desk, wanted, &meant, &mut answer).await?;
    let is_first = wanted.after.is_none();
    if answer.found.is_empty()
        && answer.next.is_none()
        && is_first
        && let Some(suggestion) = search::suggest(desk, &meant.query).await?
    {
        answer.instead = Some(search::corrected(&wanted.typed, &suggestion));
        let meant = Meant { query: suggestion.query, checks: meant.checks };
        fill(desk, wanted, &meant, &mut answer).await?;
    }
    Ok(answer)
}

async fn fill(desk: &mut Desk<'_>, wanted: &Search, meant: &Meant, answer: &mut Answer) -> Result<()> {
    let limit = wanted.limit.clamp(1, 50);
    let mut after = wanted.after;
    for _ in 0..PAGES_READ {
        let page = search::find(desk, &meant.query, wanted.order, after, limit - answer.found.len()).await?;
        let ids: Vec<_> = page.hits.iter().map(|hit| ConversationId(hit.group)).collect();
        let standing = standing(desk, &ids, &meant.checks).await?;
        let messages: Vec<_> = page.hits.iter().map(|hit| MessageId(hit.id)).collect();
        let texts: HashMap<MessageId, String> = store::texts(desk, &messages).await?.into_iter().collect();
        for hit in page.hits {
            let (id, message) = (ConversationId(hit.group), MessageId(hit.id));
            let (Some((row, tags)), Some(text)) = (standing.get(&id), texts.get(&message)) else { continue };
            answer.found.push(Found {
                row: row.clone(),
                tags: tags.clone(),
                message,
                snippet: search::snippet(text, &meant.query, SNIPPET),
                in_subject: search::highlight(&row.subject, &meant.query),
            });
        }
        answer.next = page.next;
        after = page.next;
        if after.is_none() || answer.found.len() >= limit {
            break;
        }
    }
    Ok(())
}

/// Those conversations that meet the conditions now, whatever the index still says.
async fn standing(
    desk: &Desk<'_>,
    ids: &[ConversationId],
    checks: &[Check],
) -> Result<HashMap<ConversationId, (FoundRow, Vec<Tag>)>> {
    let mut tags: HashMap<ConversationId, Vec<Tag>> = HashMap::new();
    for (conversation, id, name) in store::tags_of_these(desk, ids).await? {
        tags.entry(conversation).or_default().push(Tag { id, name });
    }
    let asks_for_unread = checks.iter().any(|check| matches!(check.of, Of::Unread));
    let seen: HashMap<ConversationId, jiff::Timestamp> =
        if asks_for_unread { store::seen_of_these(desk, desk.agent()?, ids).await? } else { HashMap::new() };
    let mut standing = HashMap::new();
    for row in store::found_rows(desk, ids).await? {
        let tags = tags.remove(&row.id).unwrap_or_default();
        let unread = seen.get(&row.id).is_none_or(|seen| *seen < row.last_activity_at);
        if row.status != Status::Removed && checks.iter().all(|check| check.is_met(&row, &tags, unread)) {
            standing.insert(row.id, (row, tags));
        }
    }
    Ok(standing)
}

/// What was typed, as look-ups in the index, and what is checked again.
struct Meant {
    query: Query,
    checks: Vec<Check>,
}

/// A condition on what a conversation is now.
struct Check {
    excluded: bool,
    of: Of,
}

enum Of {
    Status(Status),
    Priority(Priority),
    Assignee(Vec<AgentId>, bool),
    Team(Vec<TeamId>, bool),
    Mailbox(Vec<MailboxId>),
    Tag(Vec<TagId>),
    Unread,
}

impl Check {
    fn is_met(&self, row: &FoundRow, tags: &[Tag], unread: bool) -> bool {
        let is = match &self.of {
            Of::Status(status) => row.status == *status,
            Of::Priority(priority) => row.priority == *priority,
            Of::Assignee(any, nobody) => row.assignee_id.map_or(*nobody, |id| any.contains(&id)),
            Of::Team(any, none) => row.team_id.map_or(*none, |id| any.contains(&id)),
            Of::Mailbox(any) => row.mailbox_id.is_some_and(|id| any.contains(&id)),
            Of::Tag(any) => tags.iter().any(|tag| any.contains(&tag.id)),
            Of::Unread => unread,
        };
        is != self.excluded
    }
}

/// What names may mean.
#[derive(Default)]
struct Known {
    agents: Vec<Agent>,
    teams: Vec<Team>,
    mailboxes: Vec<Mailbox>,
    tags: Vec<Tag>,
}

impl Known {
    async fn of(desk: &mut Desk<'_>, asked: &Asked) -> Result<Self> {
        let asks = |wanted: Operator| {
            asked.conditions.iter().any(|one| matches!(&one.asks, Asks::Named(operator, _) if *operator == wanted))
        };
        let mut known = Self::default();
        if asks(Operator::Assignee) {
            known.agents = people::agents(desk).await?;
        }
        if asks(Operator::Team) {
            known.teams = people::teams(desk).await?;
        }
        if asks(Operator::Mailbox) {
            known.mailboxes = mailboxes::list(desk).await?;
        }
        if asks(Operator::Tag) {
            known.tags = store::tags(desk).await?;
        }
        Ok(known)
    }
}

/// Whether that is what something is called: all of it, or the beginning of one of its words.
fn is_called(name: &str, typed: &str) -> bool {
    let (name, typed) = (base::text::fold_line(name), base::text::fold_line(typed));
    name == typed || name.starts_with(&typed) || name.split(' ').any(|word| word.starts_with(&typed))
}

/// Those that are called exactly so, or else all that may be meant.
fn called<'k, T, Id>(
    all: &'k [T],
    typed: &str,
    names: impl Fn(&'k T) -> Vec<&'k str>,
    id: impl Fn(&T) -> Id,
) -> Vec<Id> {
    let exactly = |one: &&'k T| names(one).iter().any(|name| name.to_lowercase() == typed);
    let exact: Vec<Id> = all.iter().filter(exactly).map(&id).collect();
    if !exact.is_empty() {
        return exact;
    }
    let may_be = |one: &&'k T| names(one).iter().any(|name| is_called(name, typed));
    all.iter().filter(may_be).map(&id).collect()
}

async fn compile(desk: &mut Desk<'_>, wanted: &Search) -> Result<(Asked, Meant)> {
    let today = desk.now().to_zoned(wanted.zone.clone()).date();
    let mut asked = search::understand(&wanted.typed, today);
    let known = Known::of(desk, &asked).await?;
    let me = desk.agent().ok();
    let mut meant = Meant { query: Query::parse(&asked.words), checks: Vec::new() };
    let tomorrow = desk.now() + jiff::SignedDuration::from_hours(48);
    for Condition { excluded, asks, .. } in asked.conditions.clone() {
        let (marks, of) = match asks {
            Asks::Words(operator, words, in_a_row) => {
                let kind = match operator {
                    Operator::From => kind::FROM,
                    Operator::To => kind::TO,
                    Operator::Customer => kind::CUSTOMER,
                    _ => kind::SUBJECT,
                };
                meant.query.field(kind, &words, excluded, in_a_row);
                continue;
            }
            Asks::Days(from, to) => {
                let start = |date: Date| date.to_zoned(wanted.zone.clone()).map(|at| at.timestamp());
                let from = from.and_then(|date| start(date).ok()).unwrap_or(jiff::Timestamp::MIN);
                let to = to.and_then(|date| start(date).ok()).unwrap_or(tomorrow);
                if excluded {
                    // The days that are not meant are left: before the first, or from the last on.
                    let (first, second) =
                        if from == jiff::Timestamp::MIN { (to, tomorrow) } else { (jiff::Timestamp::MIN, from) };
                    meant.query.between(first, second);
                } else {
                    meant.query.between(from, to);
                }
                continue;
            }
            Asks::Attachment => (vec![mark(kind::HAS, FILES)], None),
            Asks::Number(number) => (vec![mark(kind::NUMBER, &number.to_string())], None),
            Asks::Is(State::Open) => status(Status::Open),
            Asks::Is(State::Snoozed) => status(Status::Snoozed),
            Asks::Is(State::Resolved) => status(Status::Resolved),
            Asks::Is(State::Unassigned) => assigned(Vec::new(), true),
            Asks::Is(State::Unread) => {
                meant.checks.push(Check { excluded, of: Of::Unread });
                if meant.query.is_empty() {
                    // Something has to be looked through: what is open is what can be new.
                    meant.query.marked(vec![mark(kind::STATUS, Status::Open.word())], false);
                }
                continue;
            }
            Asks::Named(operator, name) => match named(&known, me, operator, &name) {
                Some(found) => found,
                None => {
                    asked.hints.push(Hint::Nobody(operator, name));
                    meant.query.marked(Vec::new(), excluded);
                    continue;
                }
            },
        };
        meant.query.marked(marks, excluded);
        meant.checks.extend(of.map(|of| Check { excluded, of }));
    }
    Ok((asked, meant))
}

/// What a search asks of conversations, as a view's filter: its conditions on states, names, subjects and days. Words and senders
/// are of messages, which no view asks about: they are left out.
///
/// # Errors
/// The store's.
pub async fn as_filter(desk: &mut Desk<'_>, wanted: &Search) -> Result<Filter> {
    let (asked, meant) = compile(desk, wanted).await?;
    let mut parts: Vec<Filter> = meant.checks.iter().filter_map(Check::as_filter).collect();
    for Condition { excluded, asks, .. } in asked.conditions {
        let is = |condition| if excluded { Filter::IsNot(condition) } else { Filter::Is(condition) };
        match asks {
            Asks::Words(Operator::Subject, words, _) => parts.push(is(ViewCondition::Subject(words))),
            Asks::Named(Operator::Channel, name) => parts.push(is(ViewCondition::Channel(name))),
            Asks::Days(from, to) => {
                let start = |date: Date| date.to_zoned(wanted.zone.clone()).map(|at| at.timestamp()).ok();
                let after = from.and_then(start).map(When::After);
                let before = to.and_then(start).map(When::Before);
                let both = after.into_iter().chain(before);
                let both: Vec<Filter> =
                    both.map(|when| Filter::Is(ViewCondition::Moment(Moment::Activity, when))).collect();
                if excluded { parts.push(Filter::None(vec![Filter::All(both)])) } else { parts.extend(both) }
            }
            _ => {}
        }
    }
    Ok(Filter::All(parts))
}

impl Check {
    /// As a view asks it; none for what only the reader knows.
    fn as_filter(&self) -> Option<Filter> {
        let any: Vec<ViewCondition> = match &self.of {
            Of::Status(status) => vec![ViewCondition::Status(*status)],
            Of::Priority(priority) => vec![ViewCondition::Priority(Compare::Exactly, *priority)],
            Of::Assignee(agents, nobody) => {
                let agents = agents.iter().map(|id| ViewCondition::Assignee(Who::Agent(*id)));
                agents.chain(nobody.then_some(ViewCondition::Assignee(Who::Nobody))).collect()
            }
            Of::Team(teams, none) => {
                let teams = teams.iter().map(|id| ViewCondition::Team(Some(*id)));
                teams.chain(none.then_some(ViewCondition::Team(None))).collect()
            }
            Of::Mailbox(mailboxes) => mailboxes.iter().map(|id| ViewCondition::Mailbox(*id)).collect(),
            Of::Tag(tags) => tags.iter().map(|id| ViewCondition::Tag(*id)).collect(),
            Of::Unread => return None,
        };
        Some(match (&any[..], self.excluded) {
            ([one], false) => Filter::Is(one.clone()),
            ([one], true) => Filter::IsNot(one.clone()),
            (_, false) => Filter::Any(any.into_iter().map(Filter::Is).collect()),
            (_, true) => Filter::None(any.into_iter().map(Filter::Is).collect()),
        })
    }
}

type Resolved = (Vec<String>, Option<Of>);

fn status(status: Status) -> Resolved {
    (vec![mark(kind::STATUS, status.word())], Some(Of::Status(status)))
}

fn assigned(agents: Vec<AgentId>, nobody: bool) -> Resolved {
    let mut marks: Vec<String> = agents.iter().map(|id| mark(kind::ASSIGNEE, &short(id.0))).collect();
    marks.extend(nobody.then(|| mark(kind::ASSIGNEE, NONE)));
    (marks, Some(Of::Assignee(agents, nobody)))
}

/// What a name means; none when there is nothing of that name.
fn named(known: &Known, me: Option<AgentId>, operator: Operator, name: &str) -> Option<Resolved> {
    let is_nobody = matches!(name, "nobody" | "none" | "no-one");
    Some(match operator {
        Operator::Assignee if is_nobody => assigned(Vec::new(), true),
        Operator::Assignee => {
            let agents = if name == "me" {
                me.into_iter().collect()
            } else {
                called(&known.agents, name, |agent| vec![&agent.name, &agent.email], |agent| agent.id)
            };
            if agents.is_empty() {
                return None;
            }
            assigned(agents, false)
        }
        Operator::Team if is_nobody => (vec![mark(kind::TEAM, NONE)], Some(Of::Team(Vec::new(), true))),
        Operator::Team => {
            let teams = called(&known.teams, name, |team| vec![&team.name], |team| team.id);
            if teams.is_empty() {
                return None;
            }
            let marks = teams.iter().map(|id| mark(kind::TEAM, &short(id.0))).collect();
            (marks, Some(Of::Team(teams, false)))
        }
        Operator::Mailbox => {
            let mailboxes = called(&known.mailboxes, name, |one| vec![&one.name, &one.address], |one| one.id);
            if mailboxes.is_empty() {
                return None;
            }
            let marks = mailboxes.iter().map(|id| mark(kind::MAILBOX, &short(id.0))).collect();
            (marks, Some(Of::Mailbox(mailboxes)))
        }
        Operator::Tag => {
            let tags = called(&known.tags, name.trim_start_matches('#'), |tag| vec![&tag.name], |tag| tag.id);
            if tags.is_empty() {
                return None;
            }
            let marks = tags.iter().map(|id| mark(kind::TAG, &short(id.0))).collect();
            (marks, Some(Of::Tag(tags)))
        }
        Operator::Priority => {
            let priority: Priority = name.parse().ok()?;
            (vec![mark(kind::PRIORITY, priority.word())], Some(Of::Priority(priority)))
        }
        _ => {
            if !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return None;
            }
            (vec![mark(kind::CHANNEL, name)], None)
        }
    })
}

/// What the newest conversations found are, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Not all that was found was counted, only the newest [`COUNTED`].
    pub more: bool,
    /// How many conversations were counted.
    pub counted: usize,
    /// Narrowing conditions with how many meet each, the most frequent first.
    pub groups: Vec<(Operator, Vec<Facet>)>,
}

/// One of several things that what was found has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// What it is called; of states and priorities their word.
    pub name: String,
    /// How many have it.
    pub count: usize,
    /// The condition to be added to what was typed.
    pub condition: String,
}

/// Counts what the newest of those found are.
///
/// # Errors
/// The store's.
pub async fn facets(desk: &mut Desk<'_>, wanted: &Search) -> Result<Facets> {
    let (_, meant) = compile(desk, wanted).await?;
    if meant.query.is_empty() {
        return Ok(Facets::default());
    }
    let page = search::find(desk, &meant.query, Order::Newest, None, COUNTED).await?;
    let ids: Vec<_> = page.hits.iter().map(|hit| ConversationId(hit.group)).collect();
    let standing = standing(desk, &ids, &meant.checks).await?;
    let agents: HashMap<AgentId, String> =
        people::agents(desk).await?.into_iter().map(|agent| (agent.id, agent.name)).collect();
    let mut counts: BTreeMap<usize, HashMap<(String, String), usize>> = BTreeMap::new();
    let mut add = |place: usize, name: &str, condition: String| {
        *counts.entry(place).or_default().entry((name.to_owned(), condition)).or_default() += 1;
    };
    for (row, tags) in standing.values() {
        add(0, row.status.word(), search::written(Operator::Is, row.status.word()));
        match row.assignee_id {
            Some(id) => {
                let name = agents.get(&id).map(String::as_str).unwrap_or_default();
                add(1, name, search::written(Operator::Assignee, name));
            }
            None => add(1, "nobody", search::written(Operator::Assignee, "nobody")),
        }
        for tag in tags {
            add(2, &tag.name, search::written(Operator::Tag, &tag.name));
        }
        add(3, &row.channel, search::written(Operator::Channel, &row.channel));
        let year = row.last_activity_at.to_zoned(wanted.zone.clone()).year().to_string();
        add(4, &year, search::written(Operator::On, &year));
    }
    let operators = [Operator::Is, Operator::Assignee, Operator::Tag, Operator::Channel, Operator::On];
    let groups = counts.into_iter().map(|(place, counts)| {
        let mut facets: Vec<Facet> =
            counts.into_iter().map(|((name, condition), count)| Facet { name, count, condition }).collect();
        facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        facets.truncate(6);
        (operators[place], facets)
    });
    Ok(Facets { more: page.next.is_some(), counted: standing.len(), groups: groups.collect() })
}

/// What may be typed next; see [`search::completions`].
///
/// # Errors
/// The store's.
pub async fn completions(desk: &mut Desk<'_>, typed: &str) -> Result<Vec<String>> {
    let agents = people::agents(desk).await?;
    let (teams, mailboxes) = (people::teams(desk).await?, mailboxes::list(desk).await?);
    let tags = store::tags(desk).await?;
    let names = |operator| -> Vec<&str> {
        match operator {
            Operator::Assignee => agents.iter().filter(|agent| agent.active).map(|agent| agent.name.as_str()).collect(),
            Operator::Team => teams.iter().map(|team| team.name.as_str()).collect(),
            Operator::Mailbox => mailboxes.iter().map(|mailbox| mailbox.address.as_str()).collect(),
            Operator::Tag => tags.iter().map(|tag| tag.name.as_str()).collect(),
            _ => Vec::new(),
        }
    };
    let mut seen = HashSet::new();
    let all = search::completions(typed, names);
    Ok(all.into_iter().filter(|one| seen.insert(one.clone())).collect())
}
