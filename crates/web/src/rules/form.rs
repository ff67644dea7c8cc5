//! A rule as a form carries it. Conditions are those of views (`crate::views::form`); actions are rows `act.0`, `act-value.0`,
//! `act-text.0`; what is not filled in yet stays in the form.

use desk::conversations::Priority;
use desk::rules::{Action, Cause, Definition, MOST_ACTIONS, NewRule, Since, Trigger, Wait};
use jiff::tz::TimeZone;

use crate::fields::Fields;
use crate::views::form::{Called, Known, Node};

/// What a rule can do, in the order of the menu.
pub(crate) const KINDS: [&str; 14] = [
    "assign", "team", "priority", "resolve", "reopen", "snooze", "tag", "untag", "field", "note", "message", "macro",
    "webhook", "ask",
];

/// One action as it is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// What it is: one of [`KINDS`].
    pub(crate) kind: String,
    /// What is chosen.
    pub(crate) value: String,
    /// What is written.
    pub(crate) text: String,
}

/// A rule as it is put together.
#[derive(Clone, Debug)]
pub(crate) struct Edited {
    /// Its name.
    pub(crate) name: String,
    /// It waits for time, not for events.
    pub(crate) timed: bool,
    /// The events, by their words.
    pub(crate) causes: Vec<String>,
    /// From when time is counted, by its word.
    pub(crate) since: String,
    /// How much of it.
    pub(crate) after: String,
    /// `minutes`, `hours`, `days`.
    pub(crate) unit: String,
    /// Of working time.
    pub(crate) working: bool,
    /// Its conditions.
    pub(crate) tree: Node,
    /// What it does.
    pub(crate) rows: Vec<Row>,
    /// What is wrong, by field: `name`, `when`, `after`, `filter`, `actions`.
    pub(crate) wrong: Vec<(&'static str, String)>,
}

impl Edited {
    /// A new one.
    pub(crate) fn empty() -> Self {
        Self {
            name: String::new(),
            timed: false,
            causes: vec![Cause::Opened.word().to_owned()],
            since: Since::Silence.word().to_owned(),
            after: "3".into(),
            unit: "days".into(),
            working: false,
            tree: Node::Group { mode: crate::views::form::Mode::All, parts: Vec::new() },
            rows: vec![Row { kind: "tag".into(), ..Row::default() }],
            wrong: Vec::new(),
        }
    }

    /// As a form holds it.
    pub(crate) fn read(fields: &Fields) -> Self {
        let row = |at: usize| {
            let kind = format!("act.{at}");
            fields.has(&kind).then(|| Row {
                kind: fields.text(&kind),
                value: fields.text(&format!("act-value.{at}")),
                text: fields.text(&format!("act-text.{at}")).replace("\r\n", "\n"),
            })
        };
        Self {
            name: fields.text("name"),
            timed: fields.get("when") == "time",
            causes: fields.all("cause").into_iter().map(str::to_owned).collect(),
            since: fields.text("since"),
            after: fields.text("after"),
            unit: fields.text("unit"),
            working: fields.has("working"),
            tree: Node::read(fields),
            rows: (0..MOST_ACTIONS + 1).map_while(row).collect(),
            wrong: Vec::new(),
        }
    }

    /// As it is kept.
    pub(crate) fn of(name: &str, definition: &Definition, called: &Called, zone: &TimeZone) -> Self {
        let empty = Self::empty();
        let plain = Self {
            name: name.to_owned(),
            tree: Node::root_of(&definition.filter, called, zone),
            rows: definition.actions.iter().map(Row::of).collect(),
            ..empty
        };
        match &definition.when {
            Trigger::Events(causes) => {
                Self { causes: causes.iter().map(|cause| cause.word().to_owned()).collect(), ..plain }
            }
            Trigger::Time(wait) => {
                let (after, unit) = in_units(wait.minutes);
                let (since, working) = (wait.since.word().to_owned(), wait.working);
                Self {
                    timed: true,
                    causes: vec![],
                    since,
                    working,
                    after: after.to_string(),
                    unit: unit.into(),
                    ..plain
                }
            }
        }
    }

    /// Does what a button of the form asks for: what conditions know, `act-add`, `act-remove:1`.
    pub(crate) fn act(&mut self, order: &str) {
        match order.split_once(':') {
            Some(("act-remove", at)) => {
                if let Ok(at) = at.parse::<usize>()
                    && at < self.rows.len()
                {
                    self.rows.remove(at);
                }
            }
            None if order == "act-add" && self.rows.len() < MOST_ACTIONS => {
                self.rows.push(Row { kind: "tag".into(), ..Row::default() });
            }
            _ => self.tree.act(order),
        }
    }

    /// The rule that is meant, or where something is still to be filled in.
    pub(crate) fn rule(&self, known: &Known, zone: &TimeZone) -> Result<NewRule, &'static str> {
        let (filter, whole) = self.tree.filter(known, zone);
        if !whole {
            return Err("filter");
        }
        let when = if self.timed {
            Trigger::Time(Wait {
                since: self.since.parse().map_err(|()| "when")?,
                minutes: self.minutes().ok_or("after")?,
                working: self.working,
            })
        } else {
            Trigger::Events(self.causes.iter().filter_map(|word| word.parse().ok()).collect())
        };
        let actions: Option<Vec<Action>> = self.rows.iter().map(|row| row.action(known)).collect();
        let definition = Definition { when, filter, actions: actions.ok_or("actions")? };
        Ok(NewRule { name: self.name.clone(), definition })
    }

    fn minutes(&self) -> Option<i64> {
        let number: i64 = self.after.trim().parse().ok().filter(|number| (1..1_000_000).contains(number))?;
        Some(
            number
                * match self.unit.as_str() {
                    "minutes" => 1,
                    "hours" => 60,
                    _ => 24 * 60,
                },
        )
    }
}

/// The largest unit in which it is a whole number.
pub(crate) fn in_units(minutes: i64) -> (i64, &'static str) {
    match minutes {
        minutes if minutes % 1440 == 0 => (minutes / 1440, "days"),
        minutes if minutes % 60 == 0 => (minutes / 60, "hours"),
        minutes => (minutes, "minutes"),
    }
}

impl Row {
    /// An action as its row holds it.
    pub(crate) fn of(action: &Action) -> Row {
        let row = |kind: &str, value: String, text: &str| Row { kind: kind.into(), value, text: text.to_owned() };
        let id = |id: Option<String>, none: &str| id.unwrap_or_else(|| none.to_owned());
        match action {
            Action::Assign(to) => row("assign", id(to.map(|to| to.to_string()), "nobody"), ""),
            Action::Team(to) => row("team", id(to.map(|to| to.to_string()), "none"), ""),
            Action::Priority(to) => row("priority", to.word().to_owned(), ""),
            Action::Resolve => row("resolve", String::new(), ""),
            Action::Reopen => row("reopen", String::new(), ""),
            Action::Snooze(words) => row("snooze", String::new(), words),
            Action::Tag(tag) => row("tag", String::new(), tag),
            Action::Untag(tag) => row("untag", String::new(), tag),
            Action::SetField(field, values) => row("field", field.to_string(), &values.join(", ")),
            Action::Note(text) => row("note", String::new(), text),
            Action::Message(text) => row("message", String::new(), text),
            Action::Macro(used) => row("macro", used.to_string(), ""),
            Action::Webhook(address) => row("webhook", String::new(), address),
            Action::Ask(agent, text) => row("ask", agent.to_string(), text),
        }
    }

    /// The action that is meant; none while it is not filled in.
    fn action(&self, known: &Known) -> Option<Action> {
        let (value, text) = (self.value.trim(), self.text.clone());
        let some = || (!text.trim().is_empty()).then(|| text.clone());
        Some(match self.kind.as_str() {
            "assign" => Action::Assign(if value == "nobody" { None } else { Some(value.parse().ok()?) }),
            "team" => Action::Team(if value == "none" { None } else { Some(value.parse().ok()?) }),
            "priority" => Action::Priority(value.parse::<Priority>().ok()?),
            "resolve" => Action::Resolve,
            "reopen" => Action::Reopen,
            "snooze" => Action::Snooze(some()?),
            "tag" => Action::Tag(some()?),
            "untag" => Action::Untag(some()?),
            "field" => {
                let field = known.field(&format!("field-{value}"))?;
                let many = field.kind == desk::fields::FieldKind::Choices;
                let values = if many { text.split(',').map(|one| one.trim().to_owned()).collect() } else { vec![text] };
                Action::SetField(field.id, values.into_iter().filter(|one| !one.trim().is_empty()).collect())
            }
            "note" => Action::Note(some()?),
            "message" => Action::Message(some()?),
            "macro" => Action::Macro(value.parse().ok()?),
            "webhook" => Action::Webhook(some()?),
            "ask" => Action::Ask(value.parse().ok()?, some()?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::conversations::Filter;
    use desk::macros::MacroId;
    use desk::people::AgentId;
    use uuid::Uuid;

    fn fields_of(edited: &Edited) -> Fields {
        let mut pairs = vec![("name".to_owned(), edited.name.clone()), ("mode.0".to_owned(), "all".to_owned())];
        pairs.push(("when".to_owned(), if edited.timed { "time" } else { "events" }.to_owned()));
        pairs.extend(edited.causes.iter().map(|cause| ("cause".to_owned(), cause.clone())));
        pairs.extend(
            [("since", &edited.since), ("after", &edited.after), ("unit", &edited.unit)]
                .map(|(name, value)| (name.to_owned(), value.clone())),
        );
        for (at, row) in edited.rows.iter().enumerate() {
            pairs.push((format!("act.{at}"), row.kind.clone()));
            pairs.push((format!("act-value.{at}"), row.value.clone()));
            pairs.push((format!("act-text.{at}"), row.text.clone()));
        }
        Fields(pairs)
    }

    #[test]
    fn a_form_carries_every_action_there_and_back() {
        let id = Uuid::from_u128(7);
        let actions = vec![
            Action::Assign(None),
            Action::Assign(Some(AgentId(id))),
            Action::Team(None),
            Action::Priority(Priority::High),
            Action::Resolve,
            Action::Reopen,
            Action::Snooze("in 2 days".into()),
            Action::Tag("vip".into()),
            Action::Untag("vip".into()),
            Action::Note("Look".into()),
            Action::Message("Hello\nthere".into()),
            Action::Macro(MacroId(id)),
            Action::Webhook("https://a.example/x".into()),
            Action::Ask(AgentId(id), "May we?".into()),
        ];
        for when in [
            Trigger::Events(vec![Cause::Opened, Cause::Tagged]),
            Trigger::Time(Wait { since: Since::Silence, minutes: 2880, working: false }),
        ] {
            let definition = Definition { when, filter: Filter::All(vec![]), actions: actions.clone() };
            let edited = Edited::of("A rule", &definition, &Called::default(), &TimeZone::UTC);
            let read = Edited::read(&fields_of(&edited));
            let rule = read.rule(&Known::default(), &TimeZone::UTC).unwrap();
            assert_eq!((rule.name.as_str(), &rule.definition), ("A rule", &definition));
        }
    }

    #[test]
    fn what_is_not_filled_in_yet_is_named() {
        let mut edited = Edited::empty();
        let rule = |edited: &Edited| edited.rule(&Known::default(), &TimeZone::UTC).map(drop);
        assert_eq!(rule(&edited), Err("actions"), "a tag without a word");
        edited.act("act-remove:0");
        edited.act("act-remove:9");
        assert_eq!(rule(&edited), Ok(()));
        edited.timed = true;
        edited.after = "soon".into();
        assert_eq!(rule(&edited), Err("after"));
        edited.act("add:0");
        edited.act("act-add");
        assert_eq!(edited.rows.len(), 1);
        assert!(matches!(&edited.tree, Node::Group { parts, .. } if parts.len() == 1));
    }
}
