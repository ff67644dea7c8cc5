//! From conditions to SQL. Texts are put together of fixed pieces only; everything that somebody entered is a parameter.
//!
//! A view is read in *windows*: the index that fits its conditions best is read in the view's order, so many entries at a time, and
//! what these point at is compared with the conditions. So no view reads more than its windows, however little it finds.

use super::{
    super::{Order, PageKey, TagId},
    rules::{Compare, Condition, FieldTest, Filter, Looking, Moment, When, Who},
    store::{LIST_ROW, LIST_ROW_JOINS},
};
use crate::{
    WorkspaceId,
    customers::{CustomerId, OrganisationId},
    fields::FieldId,
    people::{AgentId, TeamId},
};
use base::db::Value;

/// A text with its parameters.
pub(super) struct Query {
    pub(super) sql: String,
    pub(super) params: Vec<Value>,
}

impl Query {
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.params.push(value.into());
        format!("${}", self.params.len())
    }
}

/// What is read first.
#[derive(Debug, Clone, PartialEq)]
enum Driver {
    Status,
    Assignee(AgentId),
    Unassigned,
    Team(TeamId),
    Tag(TagId),
    Field(FieldId, String),
    Customer(CustomerId),
    Organisation(OrganisationId),
    Followed,
}

/// The index that leaves least to be looked through, as far as that can be told.
fn driver(filter: &Filter, order: Order, looking: &Looking) -> Driver {
    let rank = |driver: &Driver| match driver {
        Driver::Customer(_) | Driver::Organisation(_) => 0,
        Driver::Followed => 1,
        Driver::Field(..) => 2,
        Driver::Tag(_) => 3,
        Driver::Assignee(_) => 4,
        Driver::Team(_) => 5,
        Driver::Unassigned => 6,
        Driver::Status => 7,
    };
    let fits = |condition: &&Condition| match condition {
        Condition::Customer(customer) => Some(Driver::Customer(*customer)),
        Condition::Organisation(organisation) => Some(Driver::Organisation(*organisation)),
        Condition::Followed => Some(Driver::Followed),
        // The other indexes are in the order of the last activity.
        _ if order != Order::Activity => None,
        Condition::Field(field, FieldTest::Is(key)) => Some(Driver::Field(*field, key.clone())),
        Condition::Tag(tag) => Some(Driver::Tag(*tag)),
        Condition::Assignee(Who::Me) => Some(Driver::Assignee(looking.viewer)),
        Condition::Assignee(Who::Agent(agent)) => Some(Driver::Assignee(*agent)),
        Condition::Assignee(Who::Nobody) => Some(Driver::Unassigned),
        Condition::Team(Some(team)) => Some(Driver::Team(*team)),
        _ => None,
    };
    filter.needed().iter().filter_map(fits).min_by_key(rank).unwrap_or(Driver::Status)
}

/// By what a row is ordered, of the table that goes by `c`.
fn key(order: Order) -> &'static str {
    match order {
        Order::Activity => "c.last_activity_at",
        Order::Created => "c.created_at",
        Order::Risk => "coalesce(c.risk_at, 9223372036854775807)",
        Order::Priority => "(c.priority * 4000000000000000 + c.last_activity_at)",
        Order::Waking => "coalesce(c.snoozed_until, 9223372036854775807)",
    }
}

/// A window: at most `size` entries (id, k) after `from`, in their order. None when no conversation can be in it.
fn window(query: &mut Query, view: &Asked<'_>, from: PageKey, size: i64) -> Option<String> {
    let (direction, sign) = if view.order.is_ascending() { ("", ">") } else { (" desc", "<") };
    let (at, id) = (query.bind(from.key), query.bind(from.id));
    let limit = query.bind(size);
    let driver = driver(view.filter, view.order, view.looking);
    // Row values do not use an index over an expression on SQLite; the plain comparison does.
    let part = |table: &str, key: &str, id_column: &str, rest: &str| {
        format!(
            "select {id_column} as id, {key} as k from {table} where {rest} and {key} {sign}= {at} and ({key}, {id_column}) {sign} ({at}, {id})
            order by {key}{direction}, {id_column}{direction} limit {limit}"
        )
    };
    let key = key(view.order);
    let single = match &driver {
        Driver::Customer(customer) => {
            let customer = query.bind(customer);
            Some(part(
                "conversation c",
                key,
                "c.id",
                &format!("c.workspace_id = $1 and c.customer_id = {customer} and c.status < 4"),
            ))
        }
        Driver::Organisation(organisation) => {
            let organisation = query.bind(organisation);
            Some(part(
                "conversation c",
                key,
                "c.id",
                &format!("c.workspace_id = $1 and c.organisation_id = {organisation} and c.status < 4"),
            ))
        }
        Driver::Followed => {
            let viewer = query.bind(view.looking.viewer);
            let table =
                "follower f join conversation c on c.workspace_id = f.workspace_id and c.id = f.conversation_id";
            let rest =
                format!("f.workspace_id = $1 and f.agent_id = {viewer} and c.workspace_id = $1 and c.status < 4");
            Some(part(table, key, "c.id", &rest))
        }
        _ => None,
    };
    if let Some(single) = single {
        return Some(single);
    }
    let (table, key, id_column, rest) = match driver {
        Driver::Tag(tag) => {
            let tag = query.bind(tag);
            (
                "conversation_tag c",
                "c.last_activity_at",
                "c.conversation_id",
                format!("c.workspace_id = $1 and c.tag_id = {tag}"),
            )
        }
        Driver::Field(field, held) => {
            let (field, held) = (query.bind(field), query.bind(held));
            let rest = format!("c.workspace_id = $1 and c.field_id = {field} and c.key = {held}");
            ("conversation_field c", "c.last_activity_at", "c.conversation_id", rest)
        }
        Driver::Assignee(agent) => {
            let agent = query.bind(agent);
            (
                "conversation c",
                key,
                "c.id",
                format!("c.workspace_id = $1 and c.assignee_id = {agent} and c.assignee_id is not null"),
            )
        }
        Driver::Team(team) => {
            let team = query.bind(team);
            (
                "conversation c",
                key,
                "c.id",
                format!("c.workspace_id = $1 and c.team_id = {team} and c.team_id is not null"),
            )
        }
        Driver::Unassigned => {
            ("conversation c", key, "c.id", "c.workspace_id = $1 and c.assignee_id is null".to_owned())
        }
        _ => ("conversation c", key, "c.id", "c.workspace_id = $1".to_owned()),
    };
    // One range for each state, so that each is read in its index's order.
    let statuses = view.filter.statuses();
    let arms: Vec<String> = statuses
        .into_iter()
        .filter(|status| status.is_listed())
        .map(|status| {
            let arm = part(table, key, id_column, &format!("{rest} and c.status = {}", status as i16));
            format!("select id, k from ({arm}) s{}", status as i16)
        })
        .collect();
    match arms.len() {
        0 => None,
        1 => arms.into_iter().next(),
        _ => Some(format!(
            "select id, k from ({}) u order by k{direction}, id{direction} limit {limit}",
            arms.join(" union all ")
        )),
    }
}

/// What is asked.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) workspace: WorkspaceId,
    pub(super) filter: &'a Filter,
    pub(super) order: Order,
    pub(super) looking: &'a Looking,
}

impl Asked<'_> {
    fn query(&self) -> Query {
        Query { sql: String::new(), params: vec![self.workspace.into()] }
    }

    /// The rows of one window that fit.
    pub(super) fn page(&self, from: PageKey, size: i64, limit: i64) -> Option<Query> {
        let mut query = self.query();
        // The row's columns say $2 for who looks.
        query.bind(self.looking.viewer);
        let window = window(&mut query, self, from, size)?;
        let (fits, limit) = (condition(&mut query, self.filter, self.looking), query.bind(limit));
        let direction = if self.order.is_ascending() { "" } else { " desc" };
        query.sql = format!(
            "{LIST_ROW} from ({window}) w join conversation c on c.workspace_id = $1 and c.id = w.id {LIST_ROW_JOINS}
            where {fits} order by w.k{direction}, w.id{direction} limit {limit}"
        );
        Some(query)
    }

    /// The last entry of one window, and how many there are in it.
    pub(super) fn end(&self, from: PageKey, size: i64) -> Option<Query> {
        let mut query = self.query();
        let window = window(&mut query, self, from, size)?;
        let backwards = if self.order.is_ascending() { " desc" } else { "" };
        query.sql = format!(
            "select w.k, w.id, count(*) over () from ({window}) w order by w.k{backwards}, w.id{backwards} limit 1"
        );
        Some(query)
    }

    /// How many of one window fit, up to `most`.
    pub(super) fn count(&self, from: PageKey, size: i64, most: i64) -> Option<Query> {
        let mut query = self.query();
        let window = window(&mut query, self, from, size)?;
        let (fits, most) = (condition(&mut query, self.filter, self.looking), query.bind(most));
        query.sql = format!(
            "select count(*) from (select c.id from ({window}) w join conversation c on c.workspace_id = $1 and c.id = w.id
            where {fits} limit {most}) counted"
        );
        Some(query)
    }
}

/// A condition on the conversation that goes by `c`; true or false, never null.
fn condition(query: &mut Query, filter: &Filter, looking: &Looking) -> String {
    let mut join = |parts: &[Filter], word: &str, empty: &str| {
        let parts: Vec<String> = parts.iter().map(|part| condition(query, part, looking)).collect();
        if parts.is_empty() { empty.to_owned() } else { format!("({})", parts.join(word)) }
    };
    match filter {
        Filter::All(parts) => join(parts, " and ", "1 = 1"),
        Filter::Any(parts) => join(parts, " or ", "1 = 0"),
        Filter::None(parts) => format!("not ({})", join(parts, " or ", "1 = 0")),
        Filter::Is(one) => format!("({})", single(query, one, looking)),
        Filter::IsNot(one) => format!("not ({})", single(query, one, looking)),
    }
}

fn sign(how: Compare) -> &'static str {
    match how {
        Compare::Exactly => "=",
        Compare::AtLeast => ">=",
        Compare::AtMost => "<=",
    }
}

fn equals(query: &mut Query, column: &str, value: impl Into<Value>) -> String {
    let value = query.bind(value);
    format!("{column} is not null and {column} = {value}")
}

/// What contains these words; `%` and `_` stand for themselves.
fn contains(query: &mut Query, column: &str, text: &str) -> String {
    let words = base::text::fold_line(text).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let words = query.bind(format!("%{words}%"));
    format!("{column} like {words} escape '\\'")
}

fn single(query: &mut Query, condition: &Condition, looking: &Looking) -> String {
    match condition {
        Condition::Status(status) => format!("c.status = {}", *status as i16),
        Condition::Priority(how, priority) => format!("c.priority {} {}", sign(*how), *priority as i16),
        Condition::Assignee(Who::Me) => equals(query, "c.assignee_id", looking.viewer),
        Condition::Assignee(Who::Nobody) => "c.assignee_id is null".to_owned(),
        Condition::Assignee(Who::Agent(agent)) => equals(query, "c.assignee_id", agent),
        Condition::Team(None) => "c.team_id is null".to_owned(),
        Condition::Team(Some(team)) => equals(query, "c.team_id", team),
        Condition::Tag(tag) => {
            let tag = query.bind(tag);
            format!(
                "exists (select 1 from conversation_tag x where x.workspace_id = $1 and x.conversation_id = c.id and x.tag_id = {tag})"
            )
        }
        Condition::Tagged => {
            "exists (select 1 from conversation_tag x where x.workspace_id = $1 and x.conversation_id = c.id)"
                .to_owned()
        }
        Condition::Problem(problem) => {
            let which = problem.map(|problem| equals(query, "x.problem_id", problem));
            let which = which.map(|which| format!(" and {which}")).unwrap_or_default();
            format!(
                "exists (select 1 from problem_member x where x.workspace_id = $1 and x.conversation_id = c.id and not x.gone{which})"
            )
        }
        Condition::Customer(customer) => equals(query, "c.customer_id", customer),
        Condition::Organisation(organisation) => equals(query, "c.organisation_id", organisation),
        Condition::Channel(channel) => equals(query, "c.channel", channel),
        Condition::Mailbox(mailbox) => equals(query, "c.mailbox_id", mailbox),
        Condition::Subject(text) => contains(query, "c.subject_folded", text),
        Condition::Waiting => "c.respond_by is not null".to_owned(),
        Condition::WaitingFor(minutes) => {
            let until = query.bind(When::Over(*minutes).bounds(looking.now).1);
            format!("c.respond_by is not null and c.waiting_since is not null and c.waiting_since <= {until}")
        }
        Condition::Moment(moment, when) => {
            let column = match moment {
                Moment::Created => "c.created_at",
                Moment::Activity => "c.last_activity_at",
                Moment::Resolved => "c.resolved_at",
                Moment::Answered => "c.first_response_at",
            };
            let (from, until) = when.bounds(looking.now);
            let (from, until) = (query.bind(from), query.bind(until));
            format!("{column} is not null and {column} >= {from} and {column} < {until}")
        }
        Condition::Messages(how, number) => {
            let number = query.bind(*number);
            format!("c.message_count {} {number}", sign(*how))
        }
        Condition::Followed => {
            let viewer = query.bind(looking.viewer);
            format!(
                "exists (select 1 from follower x where x.workspace_id = $1 and x.agent_id = {viewer} and x.conversation_id = c.id)"
            )
        }
        Condition::Pinned => {
            let viewer = query.bind(looking.viewer);
            format!(
                "exists (select 1 from pin x where x.workspace_id = $1 and x.agent_id = {viewer} and x.conversation_id = c.id)"
            )
        }
        Condition::Type(of) => {
            let column = equals(query, "c.type_id", of);
            if looking.default_type == Some(*of) { format!("c.type_id is null or ({column})") } else { column }
        }
        Condition::Field(field, test) => {
            let field = query.bind(field);
            let test = match test {
                FieldTest::Filled => String::new(),
                FieldTest::Is(key) => format!(" and x.key = {}", query.bind(key)),
                FieldTest::Contains(text) => format!(" and {}", contains(query, "x.key", text)),
                FieldTest::AtLeast(number) => format!(" and x.number >= {}", query.bind(*number)),
                FieldTest::AtMost(number) => format!(" and x.number <= {}", query.bind(*number)),
            };
            format!(
                "exists (select 1 from conversation_field x where x.workspace_id = $1 and x.conversation_id = c.id and x.field_id = {field}{test})"
            )
        }
    }
}
