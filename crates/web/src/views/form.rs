//! Conditions as a form carries them. Each row has a path, as `0.2.1`, in the names of its fields: `what.0.2.1`, `how.…`, `value.…`,
//! `unit.…`; a group has `mode.0.2`. What is not filled in yet stays in the form and does not count.

use std::collections::HashMap;

use desk::conversations::{
    Priority, Status, TagId,
    views::{Compare, Condition, DEEPEST, FieldTest, Filter, Moment, When, Who},
};
use desk::customers::{CustomerId, OrganisationId};
use desk::fields::{Field, FieldId, FieldKind, YES, day_number};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::fields::Fields;

/// How the parts of a group are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    All,
    Any,
    None,
}

impl Mode {
    /// In forms.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Mode::All => "all",
            Mode::Any => "any",
            Mode::None => "none",
        }
    }

    fn parse(text: &str) -> Mode {
        match text {
            "any" => Mode::Any,
            "none" => Mode::None,
            _ => Mode::All,
        }
    }
}

/// One condition as it is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// What it is about: `status`, `tag`, `field-…`.
    pub(crate) what: String,
    /// How: `is`, `is-not`, `within` ….
    pub(crate) how: String,
    /// With what.
    pub(crate) value: String,
    /// Of times: `minutes`, `hours`, `days`.
    pub(crate) unit: String,
}

/// A group or a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Group { mode: Mode, parts: Vec<Node> },
    Line(Line),
}

/// What is needed to read words as ids and the other way round.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// The desk's fields.
    pub(crate) fields: Vec<Field>,
    /// Customers by the address or name that stands in the form.
    pub(crate) customers: HashMap<String, CustomerId>,
    /// Organisations by the name that stands in the form.
    pub(crate) organisations: HashMap<String, OrganisationId>,
}

impl Known {
    /// The field that a condition is about.
    pub(crate) fn field(&self, what: &str) -> Option<&Field> {
        let id: FieldId = what.strip_prefix("field-")?.parse().ok()?;
        self.fields.iter().find(|field| field.id == id)
    }
}

/// What customers and organisations that stand in conditions are called in the form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Called {
    /// Customers by an address of theirs, or their name.
    pub(crate) customers: HashMap<CustomerId, String>,
    /// Organisations by their name.
    pub(crate) organisations: HashMap<OrganisationId, String>,
}

/// What every view can ask for, in the order of the menu; the desk's fields follow.
pub(crate) const SUBJECTS: &[&str] = &[
    "status",
    "priority",
    "assignee",
    "team",
    "tag",
    "customer",
    "organisation",
    "channel",
    "mailbox",
    "subject",
    "waiting",
    "created",
    "activity",
    "resolved",
    "answered",
    "messages",
    "type",
    "problem",
    "followed",
    "pinned",
];

/// How something can be asked for.
pub(crate) fn ways(what: &str, known: &Known) -> &'static [&'static str] {
    match what {
        "priority" => &["is", "is-not", "at-least", "at-most"],
        "subject" => &["contains", "contains-not"],
        "waiting" => &["yes", "no", "longer"],
        "created" | "activity" | "resolved" | "answered" => &["within", "over", "after", "before"],
        "messages" => &["at-least", "at-most", "is"],
        "followed" | "pinned" => &["yes", "no"],
        _ => match known.field(what).map(|field| field.kind) {
            Some(FieldKind::Text | FieldKind::Url) => &["contains", "contains-not", "filled", "empty"],
            Some(FieldKind::Number) => &["at-least", "at-most", "filled", "empty"],
            Some(FieldKind::Date) => &["after", "before", "filled", "empty"],
            Some(FieldKind::Choice | FieldKind::Choices) => &["is", "is-not", "filled", "empty"],
            Some(FieldKind::Checkbox) => &["yes", "no"],
            None => &["is", "is-not"],
        },
    }
}

/// Whether a condition needs a value to be filled in.
pub(crate) fn wants_value(how: &str) -> bool {
    !matches!(how, "yes" | "no" | "filled" | "empty")
}

/// Whether its value is a time that has passed, with a unit.
pub(crate) fn wants_unit(how: &str) -> bool {
    matches!(how, "within" | "over" | "longer")
}

impl Node {
    /// The tree that a form carries; `0` is its root.
    pub(crate) fn read(fields: &Fields) -> Node {
        let by_name: HashMap<&str, &str> =
            fields.0.iter().rev().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        read(&by_name, "0", 0).unwrap_or(Node::Group { mode: Mode::All, parts: Vec::new() })
    }

    /// Does what a button of the form asks for: `add:0.1`, `group:0`, `remove:0.2.1`.
    pub(crate) fn act(&mut self, order: &str) {
        let Some((verb, path)) = order.split_once(':') else { return };
        let mut steps: Vec<usize> = path.split('.').skip(1).filter_map(|step| step.parse().ok()).collect();
        if verb == "remove" {
            let Some(last) = steps.pop() else { return };
            if let Some(Node::Group { parts, .. }) = self.at(&steps)
                && last < parts.len()
            {
                parts.remove(last);
            }
            return;
        }
        let depth = steps.len() + 1;
        if let Some(Node::Group { parts, .. }) = self.at(&steps) {
            match verb {
                "add" => parts.push(Node::Line(Line {
                    what: "status".into(),
                    how: "is".into(),
                    value: "open".into(),
                    unit: String::new(),
                })),
                "group" if depth < DEEPEST => parts.push(Node::Group {
                    mode: Mode::Any,
                    parts: vec![Node::Line(Line {
                        what: "priority".into(),
                        how: "at-least".into(),
                        value: "high".into(),
                        unit: String::new(),
                    })],
                }),
                _ => {}
            }
        }
    }

    fn at(&mut self, steps: &[usize]) -> Option<&mut Node> {
        let Some((first, rest)) = steps.split_first() else { return Some(self) };
        match self {
            Node::Group { parts, .. } => parts.get_mut(*first)?.at(rest),
            Node::Line(_) => None,
        }
    }

    /// The conditions that are filled in, and whether all are.
    pub(crate) fn filter(&self, known: &Known, zone: &TimeZone) -> (Filter, bool) {
        match self {
            Node::Line(line) => match line.filter(known, zone) {
                Some(filter) => (filter, true),
                None => (Filter::All(Vec::new()), false),
            },
            Node::Group { mode, parts } => {
                let read: Vec<(Filter, bool)> = parts.iter().map(|part| part.filter(known, zone)).collect();
                let whole = read.iter().all(|(_, whole)| *whole);
                let parts: Vec<Filter> = read.into_iter().map(|(filter, _)| filter).collect();
                let filter = match mode {
                    Mode::All => Filter::All(parts),
                    Mode::Any => Filter::Any(parts),
                    Mode::None => Filter::None(parts),
                };
                (filter.pruned(), whole)
            }
        }
    }

    /// The values of the conditions of one kind: customers' addresses and names, organisations' names.
    pub(crate) fn values_of(&self, what: &str) -> Vec<String> {
        match self {
            Node::Line(line) if line.what == what => vec![line.value.trim().to_lowercase()],
            Node::Line(_) => Vec::new(),
            Node::Group { parts, .. } => parts.iter().flat_map(|part| part.values_of(what)).collect(),
        }
    }

    /// The form of a view's conditions.
    pub(crate) fn of(filter: &Filter, called: &Called, zone: &TimeZone) -> Node {
        let group = |mode, parts: &[Filter]| Node::Group {
            mode,
            parts: parts.iter().map(|part| Node::of(part, called, zone)).collect(),
        };
        match filter {
            Filter::All(parts) => group(Mode::All, parts),
            Filter::Any(parts) => group(Mode::Any, parts),
            Filter::None(parts) => group(Mode::None, parts),
            Filter::Is(condition) => Node::Line(Line::of(condition, false, called, zone)),
            Filter::IsNot(condition) => Node::Line(Line::of(condition, true, called, zone)),
        }
    }

    /// As [`Node::of`], with a group at the root, to which conditions can be added.
    pub(crate) fn root_of(filter: &Filter, called: &Called, zone: &TimeZone) -> Node {
        match Node::of(filter, called, zone) {
            group @ Node::Group { .. } => group,
            line => Node::Group { mode: Mode::All, parts: vec![line] },
        }
    }
}

fn read(by_name: &HashMap<&str, &str>, path: &str, depth: usize) -> Option<Node> {
    let get = |name: &str| by_name.get(format!("{name}.{path}").as_str()).map(|value| (*value).to_owned());
    if let Some(mode) = get("mode") {
        // Paths count on without a gap; nobody fills in more than a page shows.
        let parts = (0..100).map_while(|index| read(by_name, &format!("{path}.{index}"), depth + 1));
        return (depth < 8).then(|| Node::Group { mode: Mode::parse(&mode), parts: parts.collect() });
    }
    let what = get("what")?;
    let text = |name: &str| get(name).unwrap_or_default();
    Some(Node::Line(Line { what, how: text("how"), value: text("value"), unit: text("unit") }))
}

impl Line {
    /// The same with a way to ask that fits what it is about.
    pub(crate) fn fitting(&self, known: &Known) -> Line {
        let ways = ways(&self.what, known);
        if ways.contains(&self.how.as_str()) {
            return self.clone();
        }
        Line { how: ways.first().copied().unwrap_or("is").to_owned(), value: String::new(), ..self.clone() }
    }

    fn filter(&self, known: &Known, zone: &TimeZone) -> Option<Filter> {
        let line = self.fitting(known);
        let not = matches!(line.how.as_str(), "is-not" | "contains-not" | "no" | "empty");
        let condition = line.condition(known, zone)?;
        Some(if not { Filter::IsNot(condition) } else { Filter::Is(condition) })
    }

    fn condition(&self, known: &Known, zone: &TimeZone) -> Option<Condition> {
        let value = self.value.trim();
        Some(match self.what.as_str() {
            "status" => Condition::Status(value.parse::<Status>().ok()?),
            "priority" => Condition::Priority(self.compare(), value.parse::<Priority>().ok()?),
            "assignee" => Condition::Assignee(match value {
                "me" => Who::Me,
                "nobody" => Who::Nobody,
                id => Who::Agent(id.parse().ok()?),
            }),
            "team" => Condition::Team(if value == "none" { None } else { Some(value.parse().ok()?) }),
            "tag" => match value {
                "any" => Condition::Tagged,
                id => Condition::Tag(id.parse::<TagId>().ok()?),
            },
            "problem" => Condition::Problem(if value == "any" { None } else { Some(value.parse().ok()?) }),
            "customer" => Condition::Customer(*known.customers.get(&value.to_lowercase())?),
            "organisation" => Condition::Organisation(*known.organisations.get(&value.to_lowercase())?),
            "channel" => Condition::Channel(some(value)?),
            "mailbox" => Condition::Mailbox(value.parse().ok()?),
            "subject" => Condition::Subject(some(value)?),
            "waiting" => match self.how.as_str() {
                "longer" => Condition::WaitingFor(self.minutes()?),
                _ => Condition::Waiting,
            },
            "created" => Condition::Moment(Moment::Created, self.when(zone)?),
            "activity" => Condition::Moment(Moment::Activity, self.when(zone)?),
            "resolved" => Condition::Moment(Moment::Resolved, self.when(zone)?),
            "answered" => Condition::Moment(Moment::Answered, self.when(zone)?),
            "messages" => Condition::Messages(self.compare(), value.parse().ok()?),
            "followed" => Condition::Followed,
            "pinned" => Condition::Pinned,
            "type" => Condition::Type(value.parse().ok()?),
            what => {
                let field = known.field(what)?;
                Condition::Field(field.id, self.test(field.kind)?)
            }
        })
    }

    fn compare(&self) -> Compare {
        match self.how.as_str() {
            "at-least" => Compare::AtLeast,
            "at-most" => Compare::AtMost,
            _ => Compare::Exactly,
        }
    }

    fn minutes(&self) -> Option<i64> {
        let number: i64 = self.value.trim().parse().ok().filter(|number| (0..100_000).contains(number))?;
        Some(
            number
                * match self.unit.as_str() {
                    "minutes" => 1,
                    "hours" => 60,
                    _ => 24 * 60,
                },
        )
    }

    /// Days begin and end where whoever fills it in is.
    fn when(&self, zone: &TimeZone) -> Option<When> {
        let start = |date: Date| date.to_zoned(zone.clone()).ok().map(|start| start.timestamp());
        Some(match self.how.as_str() {
            "over" => When::Over(self.minutes()?),
            "after" => When::After(start(self.value.trim().parse().ok()?)?),
            "before" => When::Before(start(self.value.trim().parse().ok()?)?),
            _ => When::Within(self.minutes()?),
        })
    }

    fn test(&self, kind: FieldKind) -> Option<FieldTest> {
        let value = self.value.trim();
        let number = || match kind {
            FieldKind::Date => value.parse().ok().map(day_number),
            _ => value.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite()),
        };
        Some(match self.how.as_str() {
            "filled" | "empty" => FieldTest::Filled,
            _ if kind == FieldKind::Checkbox => FieldTest::Is(YES.to_owned()),
            "contains" | "contains-not" => FieldTest::Contains(some(value)?),
            "at-least" | "after" => FieldTest::AtLeast(number()?),
            "at-most" | "before" => FieldTest::AtMost(number()?),
            _ => FieldTest::Is(some(value)?),
        })
    }

    fn of(condition: &Condition, not: bool, called: &Called, zone: &TimeZone) -> Line {
        let line = |what: &str, how: &str, value: String| Line {
            what: what.into(),
            how: how.into(),
            value,
            unit: String::new(),
        };
        let is = if not { "is-not" } else { "is" };
        let yes = if not { "no" } else { "yes" };
        let contains = if not { "contains-not" } else { "contains" };
        let compared = |what: &str, how: &Compare, value: String| {
            let how = match how {
                Compare::Exactly => is,
                Compare::AtLeast => "at-least",
                Compare::AtMost => "at-most",
            };
            line(what, how, value)
        };
        match condition {
            Condition::Status(status) => line("status", is, status.word().into()),
            Condition::Priority(how, priority) => compared("priority", how, priority.word().into()),
            Condition::Assignee(who) => line(
                "assignee",
                is,
                match who {
                    Who::Me => "me".into(),
                    Who::Nobody => "nobody".into(),
                    Who::Agent(id) => id.to_string(),
                },
            ),
            Condition::Team(team) => line("team", is, team.map_or_else(|| "none".into(), |team| team.to_string())),
            Condition::Tag(tag) => line("tag", is, tag.to_string()),
            Condition::Tagged => line("tag", is, "any".into()),
            Condition::Problem(id) => line("problem", is, id.map_or_else(|| "any".into(), |id| id.to_string())),
            Condition::Customer(id) => line("customer", is, called.customers.get(id).cloned().unwrap_or_default()),
            Condition::Organisation(id) => {
                line("organisation", is, called.organisations.get(id).cloned().unwrap_or_default())
            }
            Condition::Channel(channel) => line("channel", is, channel.clone()),
            Condition::Mailbox(id) => line("mailbox", is, id.to_string()),
            Condition::Subject(text) => line("subject", contains, text.clone()),
            Condition::Waiting => line("waiting", yes, String::new()),
            Condition::WaitingFor(minutes) => in_units(line("waiting", "longer", String::new()), *minutes),
            Condition::Moment(moment, when) => {
                let what = match moment {
                    Moment::Created => "created",
                    Moment::Activity => "activity",
                    Moment::Resolved => "resolved",
                    Moment::Answered => "answered",
                };
                let day = |at: &Timestamp| at.to_zoned(zone.clone()).date().to_string();
                match when {
                    When::Within(minutes) => in_units(line(what, "within", String::new()), *minutes),
                    When::Over(minutes) => in_units(line(what, "over", String::new()), *minutes),
                    When::After(at) => line(what, "after", day(at)),
                    When::Before(at) => line(what, "before", day(at)),
                }
            }
            Condition::Messages(how, number) => compared("messages", how, number.to_string()),
            Condition::Followed => line("followed", yes, String::new()),
            Condition::Pinned => line("pinned", yes, String::new()),
            Condition::Type(id) => line("type", is, id.to_string()),
            Condition::Field(id, test) => {
                let what = format!("field-{id}");
                match test {
                    FieldTest::Filled => line(&what, if not { "empty" } else { "filled" }, String::new()),
                    FieldTest::Is(key) if key == YES => Line { value: YES.into(), ..line(&what, yes, String::new()) },
                    FieldTest::Is(key) => line(&what, is, key.clone()),
                    FieldTest::Contains(text) => line(&what, contains, text.clone()),
                    FieldTest::AtLeast(number) => line(&what, "at-least", number.to_string()),
                    FieldTest::AtMost(number) => line(&what, "at-most", number.to_string()),
                }
            }
        }
    }

    /// Days of a field are kept as numbers: here as days again.
    pub(crate) fn of_days(mut self, known: &Known) -> Line {
        let is_date = known.field(&self.what).is_some_and(|field| field.kind == FieldKind::Date);
        if is_date && let Ok(days) = self.value.parse::<f64>() {
            let date = Date::constant(1970, 1, 1).checked_add(jiff::SignedDuration::from_hours(days as i64 * 24));
            self.value = date.map(|date| date.to_string()).unwrap_or_default();
            self.how = if self.how == "at-least" { "after".into() } else { "before".into() };
        }
        self
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The largest unit in which it is a whole number.
fn in_units(line: Line, minutes: i64) -> Line {
    let (value, unit) = match minutes {
        m if m % 1440 == 0 => (m / 1440, "days"),
        m if m % 60 == 0 => (m / 60, "hours"),
        m => (m, "minutes"),
    };
    Line { value: value.to_string(), unit: unit.into(), ..line }
}

impl Node {
    /// With days of fields as days, see [`Line::of_days`].
    pub(crate) fn of_days(self, known: &Known) -> Node {
        match self {
            Node::Line(line) => Node::Line(line.of_days(known)),
            Node::Group { mode, parts } => {
                Node::Group { mode, parts: parts.into_iter().map(|part| part.of_days(known)).collect() }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_form_carries_nested_conditions_there_and_back() {
        let form = fields(&[
            ("mode.0", "all"),
            ("what.0.0", "status"),
            ("how.0.0", "is"),
            ("value.0.0", "open"),
            ("mode.0.1", "none"),
            ("what.0.1.0", "subject"),
            ("how.0.1.0", "contains"),
            ("value.0.1.0", "spam"),
            ("what.0.2", "activity"),
            ("how.0.2", "over"),
            ("value.0.2", "2"),
            ("unit.0.2", "days"),
        ]);
        let (filter, whole) = Node::read(&form).filter(&Known::default(), &TimeZone::UTC);
        let expected = Filter::All(vec![
            Filter::Is(Condition::Status(Status::Open)),
            Filter::None(vec![Filter::Is(Condition::Subject("spam".into()))]),
            Filter::Is(Condition::Moment(Moment::Activity, When::Over(2880))),
        ]);
        assert!(whole);
        assert_eq!(filter, expected);
        assert_eq!(Node::of(&filter, &Called::default(), &TimeZone::UTC), Node::read(&form));
    }

    #[test]
    fn what_is_not_filled_in_yet_does_not_count() {
        let form = fields(&[("mode.0", "all"), ("what.0.0", "subject"), ("how.0.0", "contains"), ("value.0.0", " ")]);
        let (filter, whole) = Node::read(&form).filter(&Known::default(), &TimeZone::UTC);
        assert_eq!((filter, whole), (Filter::All(vec![]), false));
    }

    #[test]
    fn buttons_add_group_and_remove_at_their_place() {
        let mut tree = Node::Group { mode: Mode::All, parts: vec![] };
        for order in ["add:0", "group:0", "add:0.1", "remove:0.0", "remove:0.9", "add:0.0.0", "remove:0"] {
            tree.act(order);
        }
        let Node::Group { parts, .. } = &tree else { panic!("a group") };
        let Some(Node::Group { mode: Mode::Any, parts }) = parts.first() else { panic!("{tree:?}") };
        assert_eq!(parts.len(), 2);
        for _ in 0..9 {
            tree.act("group:0.0.2");
            tree.act("group:0.0.2.1");
            tree.act("group:0.0");
        }
        let (filter, _) = tree.filter(&Known::default(), &TimeZone::UTC);
        assert!(filter.depth() <= DEEPEST);
    }

    #[test]
    fn a_day_begins_where_whoever_fills_it_in_is() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let line =
            Line { what: "created".into(), how: "after".into(), value: "2026-11-22".into(), unit: String::new() };
        let filter = line.filter(&Known::default(), &zone);
        let start: Timestamp = "2026-11-22T05:00:00Z".parse().unwrap();
        assert_eq!(filter, Some(Filter::Is(Condition::Moment(Moment::Created, When::After(start)))));
    }

    #[test]
    fn a_customer_is_who_has_the_address() {
        let id = CustomerId(Uuid::from_u128(7));
        let known = Known { customers: HashMap::from([("ana@c.example".to_owned(), id)]), ..Known::default() };
        let line =
            Line { what: "customer".into(), how: "is-not".into(), value: "Ana@C.example ".into(), unit: String::new() };
        assert_eq!(line.filter(&known, &TimeZone::UTC), Some(Filter::IsNot(Condition::Customer(id))));
        assert_eq!(line.filter(&Known::default(), &TimeZone::UTC), None);
    }

    #[test]
    fn an_organisation_is_what_is_called_so_and_comes_back_by_its_name() {
        let id = OrganisationId(Uuid::from_u128(8));
        let known = Known { organisations: HashMap::from([("north ltd".to_owned(), id)]), ..Known::default() };
        let line =
            Line { what: "organisation".into(), how: "is".into(), value: "North Ltd".into(), unit: String::new() };
        let filter = line.filter(&known, &TimeZone::UTC);
        assert_eq!(filter, Some(Filter::Is(Condition::Organisation(id))));
        let called = Called { organisations: HashMap::from([(id, "North Ltd".to_owned())]), ..Called::default() };
        assert_eq!(Node::of(&filter.unwrap(), &called, &TimeZone::UTC), Node::Line(line));
    }
}
