//! What a view shows: conditions, joined by "all", "any" and "none". Kept as JSON, compiled to SQL by `compile`, and decided here for one
//! conversation. Decisions only.

use super::super::{Conversation, Order, Priority, ProblemId, Status, TagId};
use crate::{
    customers::{CustomerId, OrganisationId},
    fields::{FieldId, Held, TypeId},
    mailboxes::MailboxId,
    people::{AgentId, TeamId},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// The most conditions of a view, and how deep they are nested.
pub const MOST_CONDITIONS: usize = 40;
/// How deep groups may stand in groups.
pub const DEEPEST: usize = 4;

/// Which conversations a view shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// All of these hold.
    All(Vec<Filter>),
    /// At least one of these holds.
    Any(Vec<Filter>),
    /// None of these holds.
    None(Vec<Filter>),
    /// This holds.
    Is(Condition),
    /// This does not hold.
    IsNot(Condition),
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Whether it still needs somebody.
    Status(Status),
    /// How much it matters.
    Priority(Compare, Priority),
    /// Who is responsible.
    Assignee(Who),
    /// Which team is responsible; none for no team.
    Team(Option<TeamId>),
    /// It has this tag.
    Tag(TagId),
    /// It has any tag.
    Tagged,
    /// It is part of this problem; none for any.
    Problem(Option<ProblemId>),
    /// Whose it is.
    Customer(CustomerId),
    /// To which organisation its customer belongs.
    Organisation(OrganisationId),
    /// Through which channel it came.
    Channel(String),
    /// Through which mailbox it came.
    Mailbox(MailboxId),
    /// Its subject contains this.
    Subject(String),
    /// The customer waits for an answer.
    Waiting,
    /// The customer has waited for at least so many minutes.
    WaitingFor(i64),
    /// When something happened.
    Moment(Moment, When),
    /// How many messages and notes are in it.
    Messages(Compare, i32),
    /// The viewer follows it.
    Followed,
    /// The viewer keeps it on top.
    Pinned,
    /// Of which type it is.
    Type(TypeId),
    /// What a field holds.
    Field(FieldId, FieldTest),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// The same.
    Exactly,
    /// The same or more.
    AtLeast,
    /// The same or less.
    AtMost,
}

impl Compare {
    fn holds<T: PartialOrd>(self, left: &T, right: &T) -> bool {
        match self {
            Compare::Exactly => left == right,
            Compare::AtLeast => left >= right,
            Compare::AtMost => left <= right,
        }
    }
}

/// Who is responsible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Whoever looks.
    Me,
    /// Nobody.
    Nobody,
    /// This agent.
    Agent(AgentId),
}

/// What happened at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// It began.
    Created,
    /// Something was last said in it.
    Activity,
    /// It was settled.
    Resolved,
    /// It was first answered by a person.
    Answered,
}

/// When.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Before that moment.
    Before(Timestamp),
    /// At that moment or after it.
    After(Timestamp),
    /// In the last so many minutes.
    Within(i64),
    /// Longer ago than so many minutes.
    Over(i64),
}

/// What a field is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldTest {
    /// It holds something.
    Filled,
    /// It holds this, by [`Held::key`].
    Is(String),
    /// Its words contain these.
    Contains(String),
    /// Its number or day is at least this.
    AtLeast(#[serde(with = "exact")] f64),
    /// Its number or day is at most this.
    AtMost(#[serde(with = "exact")] f64),
}

/// Numbers as texts: what is read is the very number that was written.
mod exact {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&number.to_string())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

/// Who looks, and when.
#[derive(Debug, Clone, Copy)]
pub struct Looking {
    /// Who.
    pub viewer: AgentId,
    /// When.
    pub now: Timestamp,
    /// The type of conversations of which nobody said otherwise.
    pub default_type: Option<TypeId>,
}

/// All that conditions ask of one conversation.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The conversation.
    pub conversation: Conversation,
    /// Where its customer belongs.
    pub organisation: Option<OrganisationId>,
    /// Its tags.
    pub tags: Vec<TagId>,
    /// What its fields hold.
    pub fields: HashMap<FieldId, Vec<Held>>,
    /// The problem that it is part of.
    pub problem: Option<ProblemId>,
    /// The viewer follows it.
    pub followed: bool,
    /// The viewer keeps it on top.
    pub pinned: bool,
}

impl When {
    /// The first moment that counts and the first that does not any more.
    pub(super) fn bounds(self, now: Timestamp) -> (Timestamp, Timestamp) {
        let ago = |minutes: i64| {
            SignedDuration::try_from_mins(minutes.clamp(0, 100_000_000))
                .and_then(|span| now.checked_sub(span).ok())
                .unwrap_or(Timestamp::MIN)
        };
        match self {
            When::Before(moment) => (Timestamp::MIN, moment),
            When::After(moment) => (moment, Timestamp::MAX),
            When::Within(minutes) => (ago(minutes), Timestamp::MAX),
            When::Over(minutes) => (Timestamp::MIN, ago(minutes)),
        }
    }
}

impl Filter {
    /// A view of all that is open.
    pub fn open() -> Self {
        Filter::All(vec![Filter::Is(Condition::Status(Status::Open))])
    }

    /// Whether a view with these conditions shows the conversation. What was merged away is in no view.
    pub fn shows(&self, facts: &Facts, looking: &Looking) -> bool {
        facts.conversation.status.is_listed() && self.holds(facts, looking)
    }

    fn holds(&self, facts: &Facts, looking: &Looking) -> bool {
        match self {
            Filter::All(parts) => parts.iter().all(|part| part.holds(facts, looking)),
            Filter::Any(parts) => parts.iter().any(|part| part.holds(facts, looking)),
            Filter::None(parts) => !parts.iter().any(|part| part.holds(facts, looking)),
            Filter::Is(condition) => condition.holds(facts, looking),
            Filter::IsNot(condition) => !condition.holds(facts, looking),
        }
    }

    /// The conditions that hold of a conversation, as they stand in the tree: why the whole of them does.
    pub fn held(&self, facts: &Facts, looking: &Looking) -> Vec<Filter> {
        match self {
            Filter::All(parts) | Filter::Any(parts) => {
                parts.iter().flat_map(|part| part.held(facts, looking)).collect()
            }
            // Of "none of these", what holds is that each does not.
            Filter::None(parts) => parts.iter().flat_map(|part| part.turned_round().held(facts, looking)).collect(),
            single if single.holds(facts, looking) => vec![single.clone()],
            Filter::Is(_) | Filter::IsNot(_) => Vec::new(),
        }
    }

    fn turned_round(&self) -> Filter {
        match self {
            Filter::All(parts) => Filter::Any(parts.iter().map(Filter::turned_round).collect()),
            Filter::Any(parts) => Filter::All(parts.iter().map(Filter::turned_round).collect()),
            Filter::None(parts) => Filter::Any(parts.clone()),
            Filter::Is(condition) => Filter::IsNot(condition.clone()),
            Filter::IsNot(condition) => Filter::Is(condition.clone()),
        }
    }

    /// Whether it asks about whoever looks: nobody looks when Rapport itself decides.
    pub fn asks_for_viewer(&self) -> bool {
        let personal = |condition: &&Condition| {
            matches!(condition, Condition::Assignee(Who::Me) | Condition::Followed | Condition::Pinned)
        };
        self.conditions().iter().any(personal)
    }

    /// Which states conversations in it can have, as far as that is plain.
    pub(super) fn statuses(&self) -> BTreeSet<Status> {
        let all = || BTreeSet::from([Status::Open, Status::Snoozed, Status::Resolved]);
        match self {
            Filter::Is(Condition::Status(status)) => BTreeSet::from([*status]),
            Filter::IsNot(Condition::Status(status)) => all().into_iter().filter(|one| one != status).collect(),
            Filter::Is(Condition::Waiting | Condition::WaitingFor(_)) => BTreeSet::from([Status::Open]),
            Filter::All(parts) => parts.iter().fold(all(), |found, part| &found & &part.statuses()),
            Filter::Any(parts) => parts.iter().fold(BTreeSet::new(), |found, part| &found | &part.statuses()),
            Filter::None(parts) => {
                let plain = parts.iter().filter_map(|part| match part {
                    Filter::Is(Condition::Status(status)) => Some(*status),
                    _ => None,
                });
                let out: BTreeSet<Status> = plain.collect();
                &all() - &out
            }
            Filter::Is(_) | Filter::IsNot(_) => all(),
        }
    }

    /// What has to hold in any case: the conditions that an index may be chosen for.
    pub(super) fn needed(&self) -> Vec<&Condition> {
        match self {
            Filter::Is(condition) => vec![condition],
            Filter::All(parts) => parts.iter().flat_map(Filter::needed).collect(),
            _ => Vec::new(),
        }
    }

    /// All conditions in it.
    pub fn conditions(&self) -> Vec<&Condition> {
        match self {
            Filter::Is(condition) | Filter::IsNot(condition) => vec![condition],
            Filter::All(parts) | Filter::Any(parts) | Filter::None(parts) => {
                parts.iter().flat_map(Filter::conditions).collect()
            }
        }
    }

    /// How deep groups stand in groups.
    pub fn depth(&self) -> usize {
        match self {
            Filter::Is(_) | Filter::IsNot(_) => 0,
            Filter::All(parts) | Filter::Any(parts) | Filter::None(parts) => {
                1 + parts.iter().map(Filter::depth).max().unwrap_or(0)
            }
        }
    }

    /// Without groups that hold nothing.
    #[must_use]
    pub fn pruned(self) -> Self {
        let prune = |parts: Vec<Filter>| -> Vec<Filter> {
            parts.into_iter().map(Filter::pruned).filter(|part| !part.is_empty()).collect()
        };
        match self {
            Filter::All(parts) => Filter::All(prune(parts)),
            Filter::Any(parts) => Filter::Any(prune(parts)),
            Filter::None(parts) => Filter::None(prune(parts)),
            condition => condition,
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Filter::All(parts) | Filter::Any(parts) | Filter::None(parts) if parts.is_empty())
    }

    /// Why it cannot be kept.
    pub fn problem(&self) -> Option<&'static str> {
        if self.depth() > DEEPEST {
            return Some("too_deep");
        }
        let conditions = self.conditions();
        if conditions.len() > MOST_CONDITIONS {
            return Some("too_many");
        }
        let is_odd = |condition: &&Condition| match condition {
            Condition::Subject(text) | Condition::Field(_, FieldTest::Contains(text) | FieldTest::Is(text)) => {
                text.trim().is_empty() || text.chars().count() > 300
            }
            Condition::Field(_, FieldTest::AtLeast(number) | FieldTest::AtMost(number)) => !number.is_finite(),
            Condition::WaitingFor(minutes) | Condition::Moment(_, When::Within(minutes) | When::Over(minutes)) => {
                !(0..=100_000_000).contains(minutes)
            }
            _ => false,
        };
        conditions.iter().any(is_odd).then_some("incomplete")
    }
}

impl Condition {
    fn holds(&self, facts: &Facts, looking: &Looking) -> bool {
        let c = &facts.conversation;
        match self {
            Condition::Status(status) => c.status == *status,
            Condition::Priority(how, priority) => how.holds(&c.priority, priority),
            Condition::Assignee(Who::Me) => c.assignee_id == Some(looking.viewer),
            Condition::Assignee(Who::Nobody) => c.assignee_id.is_none(),
            Condition::Assignee(Who::Agent(agent)) => c.assignee_id == Some(*agent),
            Condition::Team(team) => c.team_id == *team,
            Condition::Tag(tag) => facts.tags.contains(tag),
            Condition::Tagged => !facts.tags.is_empty(),
            Condition::Problem(None) => facts.problem.is_some(),
            Condition::Problem(some) => facts.problem == *some,
            Condition::Customer(customer) => c.customer_id == *customer,
            Condition::Organisation(organisation) => facts.organisation == Some(*organisation),
            Condition::Channel(channel) => c.channel == *channel,
            Condition::Mailbox(mailbox) => c.mailbox_id == Some(*mailbox),
            Condition::Subject(text) => base::text::fold_line(&c.subject).contains(&base::text::fold_line(text)),
            Condition::Waiting => c.respond_by.is_some(),
            Condition::WaitingFor(minutes) => {
                let (_, until) = When::Over(*minutes).bounds(looking.now);
                c.respond_by.is_some() && c.waiting_since.is_some_and(|since| since <= until)
            }
            Condition::Moment(moment, when) => {
                let at = match moment {
                    Moment::Created => Some(c.created_at),
                    Moment::Activity => Some(c.last_activity_at),
                    Moment::Resolved => c.resolved_at,
                    Moment::Answered => c.first_response_at,
                };
                let (from, until) = when.bounds(looking.now);
                at.is_some_and(|at| at >= from && at < until)
            }
            Condition::Messages(how, number) => how.holds(&c.message_count, number),
            Condition::Followed => facts.followed,
            Condition::Pinned => facts.pinned,
            Condition::Type(of) => c.type_id.or(looking.default_type) == Some(*of),
            Condition::Field(field, test) => {
                facts.fields.get(field).is_some_and(|held| held.iter().any(|held| test.holds(held)))
            }
        }
    }
}

impl FieldTest {
    fn holds(&self, held: &Held) -> bool {
        match self {
            FieldTest::Filled => true,
            FieldTest::Is(key) => held.key == *key,
            FieldTest::Contains(text) => held.key.contains(&base::text::fold_line(text)),
            FieldTest::AtLeast(least) => held.number.is_some_and(|number| number >= *least),
            FieldTest::AtMost(most) => held.number.is_some_and(|number| number <= *most),
        }
    }
}

/// What a row of a list shows besides who, subject and age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// The first words of the last message.
    Preview,
    /// Its tags.
    Tags,
    /// Who is responsible.
    Assignee,
    /// Which team is responsible.
    Team,
    /// Its number.
    Number,
    /// When it began.
    Created,
    /// What a field holds.
    Field(FieldId),
}

impl Detail {
    /// What rows show unless somebody chose.
    pub const USUAL: [Detail; 3] = [Detail::Preview, Detail::Tags, Detail::Assignee];
}

/// The orders that a view can have, as they are kept.
pub const ORDERS: [Order; 4] = [Order::Activity, Order::Created, Order::Risk, Order::Priority];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn condition() -> impl Strategy<Value = Condition> {
        prop_oneof![
            proptest::sample::select(Status::ALL.to_vec()).prop_map(Condition::Status),
            proptest::sample::select(Priority::ALL.to_vec()).prop_map(|p| Condition::Priority(Compare::AtLeast, p)),
            Just(Condition::Assignee(Who::Me)),
            Just(Condition::Team(None)),
            Just(Condition::Tag(TagId(Uuid::from_u128(5)))),
            Just(Condition::Organisation(OrganisationId(Uuid::from_u128(7)))),
            "[a-z]{1,4}".prop_map(Condition::Subject),
            (0_i64..1000).prop_map(|m| Condition::Moment(Moment::Activity, When::Within(m))),
            (0_i64..1000).prop_map(|m| Condition::Moment(Moment::Resolved, When::Over(m))),
            (-9.0_f64..9.0).prop_map(|x| Condition::Field(FieldId(Uuid::from_u128(6)), FieldTest::AtMost(x))),
            Just(Condition::Waiting),
        ]
    }

    fn filter() -> impl Strategy<Value = Filter> {
        let leaf = prop_oneof![condition().prop_map(Filter::Is), condition().prop_map(Filter::IsNot)];
        leaf.prop_recursive(3, 20, 4, |inner| {
            let parts = proptest::collection::vec(inner, 0..4);
            prop_oneof![
                parts.clone().prop_map(Filter::All),
                parts.clone().prop_map(Filter::Any),
                parts.prop_map(Filter::None)
            ]
        })
    }

    fn facts(status: Status, subject: &str, resolved: bool) -> Facts {
        let at = Timestamp::UNIX_EPOCH;
        let conversation = Conversation {
            id: super::super::super::ConversationId(Uuid::nil()),
            number: 1,
            subject: subject.to_owned(),
            channel: "email".into(),
            mailbox_id: None,
            customer_id: CustomerId(Uuid::nil()),
            customer_name: String::new(),
            status,
            priority: Priority::Normal,
            assignee_id: None,
            team_id: None,
            preview: String::new(),
            message_count: 1,
            created_at: at,
            last_activity_at: at,
            waiting_since: None,
            respond_by: None,
            response_due: None,
            waiting_messages: 0,
            risk_at: None,
            first_response_at: None,
            resolved_at: resolved.then_some(at),
            snoozed_until: None,
            type_id: None,
        };
        Facts {
            conversation,
            organisation: None,
            tags: vec![],
            fields: HashMap::new(),
            problem: None,
            followed: false,
            pinned: false,
        }
    }

    fn looking() -> Looking {
        Looking { viewer: AgentId(Uuid::nil()), now: Timestamp::UNIX_EPOCH, default_type: None }
    }

    #[test]
    fn words_of_a_subject_are_found_whatever_their_case_and_accents() {
        let filter = Filter::Is(Condition::Subject("überweisung".into()));
        assert!(filter.shows(&facts(Status::Open, "Re: ÜBERWEISUNG fehlt", false), &looking()));
        assert!(!filter.shows(&facts(Status::Open, "Rechnung", false), &looking()));
    }

    #[test]
    fn a_view_that_asks_for_nothing_complete_cannot_be_kept() {
        assert_eq!(Filter::Is(Condition::Subject("  ".into())).problem(), Some("incomplete"));
        let deep = (0..6).fold(Filter::open(), |inner, _| Filter::All(vec![inner]));
        assert_eq!(deep.problem(), Some("too_deep"));
        assert_eq!(Filter::All(vec![Filter::open(); 41]).problem(), Some("too_many"));
    }

    proptest! {
        #[test]
        fn a_filter_is_read_back_from_its_json(filter in filter()) {
            let json = serde_json::to_string(&filter).unwrap();
            prop_assert_eq!(serde_json::from_str::<Filter>(&json).unwrap(), filter);
        }

        #[test]
        fn no_state_is_left_out_that_a_filter_shows(
            filter in filter(), status in proptest::sample::select(Status::ALL.to_vec()), subject in "[a-z]{0,4}", resolved: bool,
        ) {
            let shown = filter.shows(&facts(status, &subject, resolved), &looking());
            prop_assert!(!shown || filter.statuses().contains(&status));
        }

        #[test]
        fn none_is_the_opposite_of_any(parts in proptest::collection::vec(filter(), 0..4), status in proptest::sample::select(vec![Status::Open, Status::Resolved])) {
            let facts = facts(status, "abc", false);
            let any = Filter::Any(parts.clone()).shows(&facts, &looking());
            prop_assert_eq!(Filter::None(parts).shows(&facts, &looking()), !any);
        }
    }
}
