//! A procedure as its form carries it. Each step has its place in the names of its fields: `kind.0`, `title.0`, `answer.0.1`; conditions are
//! those of views. What is not saved stands in the form only.

use std::collections::HashMap;

use desk::people::Role;
use desk::procedures::{
    Answer, For, MOST_ANSWERS, MOST_STEPS, Procedure, ProcedureForm, Step, StepProblem, To, What, Who, problems,
};
use jiff::tz::TimeZone;

use crate::fields::Fields;
use crate::views::form::{Called, Known, Mode, Node};

/// The kinds of steps, in the order of the menu.
pub(crate) const KINDS: [&str; 4] = ["task", "fact", "decision", "text"];
/// The limits, by their fields.
pub(crate) const LIMITS: [&str; 3] = ["most_steps", "most_messages", "most_handoffs"];

/// A step as it is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// What it is known by.
    pub(crate) key: i32,
    /// `task`, `fact`, `decision`, `text`.
    pub(crate) kind: String,
    /// What is to be done.
    pub(crate) title: String,
    /// More about it.
    pub(crate) text: String,
    /// It is needed before resolving.
    pub(crate) required: bool,
    /// Of a fact: the id of the field.
    pub(crate) field: String,
    /// Of a decision: `anyone`, `admin`, `owner`, or the id of a team.
    pub(crate) who: String,
    /// Of a decision: answers, and where each leads: `next`, `end`, or the key of a step.
    pub(crate) answers: Vec<(String, String)>,
}

/// A procedure as it is filled in.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// What it is called.
    pub(crate) name: String,
    /// The id of a type; empty for any.
    pub(crate) type_id: String,
    /// Further conditions.
    pub(crate) tree: Node,
    /// Its steps.
    pub(crate) steps: Vec<Line>,
    /// Limits.
    pub(crate) most: [String; 3],
    /// The id of an agent; empty for all administrators.
    pub(crate) lead: String,
    /// A tag.
    pub(crate) tag: String,
    /// The version that it was made of.
    pub(crate) seen: i32,
    /// The highest key so far.
    pub(crate) last_key: i32,
}

impl Draft {
    /// A new one, with a step to begin with.
    pub(crate) fn new() -> Draft {
        let mut draft = Draft {
            name: String::new(),
            type_id: String::new(),
            tree: Node::Group { mode: Mode::All, parts: Vec::new() },
            steps: Vec::new(),
            most: Default::default(),
            lead: String::new(),
            tag: String::new(),
            seen: 0,
            last_key: 0,
        };
        draft.add("task");
        draft
    }

    /// As it is kept.
    pub(crate) fn of(procedure: &Procedure, steps: &[Step], called: &Called, zone: &TimeZone) -> Draft {
        let empty = Node::Group { mode: Mode::All, parts: Vec::new() };
        let conditions = procedure.is_for.conditions.as_ref();
        Draft {
            name: procedure.name.clone(),
            type_id: procedure.is_for.type_id.map(|id| id.to_string()).unwrap_or_default(),
            tree: conditions.map_or(empty, |conditions| Node::root_of(conditions, called, zone)),
            steps: steps.iter().map(Line::of).collect(),
            most: procedure.most.map(|most| most.map(|most| most.to_string()).unwrap_or_default()),
            lead: procedure.lead_id.map(|id| id.to_string()).unwrap_or_default(),
            tag: procedure.tag.clone(),
            seen: procedure.version,
            last_key: procedure.last_key,
        }
    }

    /// What a form carries.
    pub(crate) fn read(fields: &Fields) -> Draft {
        let by_name: HashMap<&str, &str> =
            fields.0.iter().rev().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let number = |name: &str| by_name.get(name).and_then(|text| text.parse().ok()).unwrap_or(0);
        let steps: Vec<Line> = (0..MOST_STEPS * 2).map_while(|at| Line::read(&by_name, at)).collect();
        let highest = steps.iter().map(|step| step.key).max().unwrap_or(0);
        Draft {
            name: fields.text("name"),
            type_id: fields.text("type"),
            tree: Node::read(fields),
            steps,
            most: LIMITS.map(|name| fields.text(name).trim().to_owned()),
            lead: fields.text("lead"),
            tag: fields.text("tag"),
            seen: number("seen"),
            last_key: highest.max(number("last_key")),
        }
    }

    fn add(&mut self, kind: &str) {
        if self.steps.len() >= MOST_STEPS {
            return;
        }
        self.last_key += 1;
        let required = kind == "fact" || kind == "decision";
        self.steps.push(Line { key: self.last_key, kind: kind.to_owned(), required, ..Line::default() });
    }

    /// Does what a button of the form asks for: `step-add:task`, `step-up:2`, `step-down:2`, `step-remove:2`, or what those of conditions do.
    pub(crate) fn act(&mut self, order: &str) {
        let (verb, about) = order.split_once(':').unwrap_or((order, ""));
        let at: usize = about.parse().unwrap_or(usize::MAX);
        match verb {
            "step-add" if KINDS.contains(&about) => self.add(about),
            "step-up" if at > 0 && at < self.steps.len() => self.steps.swap(at, at - 1),
            "step-down" if at.saturating_add(1) < self.steps.len() => self.steps.swap(at, at + 1),
            "step-remove" if at < self.steps.len() => _ = self.steps.remove(at),
            _ => self.tree.act(order),
        }
    }

    /// What is to be saved; what is wrong with its steps; whether all conditions are filled in and all limits are numbers.
    pub(crate) fn form(&self, known: &Known, zone: &TimeZone) -> (ProcedureForm, Vec<StepProblem>, bool, bool) {
        let (filter, whole) = self.tree.filter(known, zone);
        let mut wrong: Vec<StepProblem> = Vec::new();
        let mut steps = Vec::new();
        for (at, line) in self.steps.iter().enumerate() {
            match line.step() {
                Some(step) => steps.push(step),
                None => wrong.push((at, "field", "required")),
            }
        }
        // Places say which step is meant only while all of them could be read.
        if wrong.is_empty() {
            wrong = problems(&steps);
        }
        let number = |text: &String| (!text.is_empty()).then(|| text.parse::<i32>());
        let most = self.most.each_ref().map(number);
        let countable = most.iter().flatten().all(Result::is_ok);
        let is_for = For { type_id: self.type_id.parse().ok(), conditions: Some(filter) };
        let form = ProcedureForm {
            name: self.name.clone(),
            is_for,
            steps,
            most: most.map(|most| most.and_then(Result::ok)),
            lead_id: self.lead.parse().ok(),
            tag: self.tag.clone(),
        };
        (form, wrong, whole, countable)
    }

    /// The steps as far as they can be read, for a look ahead.
    pub(crate) fn readable(&self) -> Vec<Step> {
        self.steps.iter().filter_map(Line::step).collect()
    }
}

impl Line {
    fn of(step: &Step) -> Line {
        let line = Line {
            key: step.key,
            title: step.title.clone(),
            text: step.text.clone(),
            required: step.required,
            ..Line::default()
        };
        match &step.what {
            What::Task => Line { kind: "task".into(), ..line },
            What::Text => Line { kind: "text".into(), ..line },
            What::Fact(field) => Line { kind: "fact".into(), field: field.to_string(), ..line },
            What::Decision { answers, who } => Line {
                kind: "decision".into(),
                who: match who {
                    Who::Role(Role::Admin) => "admin".into(),
                    Who::Role(Role::Owner) => "owner".into(),
                    Who::Team(team) => team.to_string(),
                    Who::Anyone | Who::Role(Role::Agent) => "anyone".into(),
                },
                answers: answers.iter().map(|one| (one.text.clone(), to_word(one.to))).collect(),
                ..line
            },
        }
    }

    fn read(by_name: &HashMap<&str, &str>, at: usize) -> Option<Line> {
        let get = |name: String| by_name.get(name.as_str()).map(|value| (*value).to_owned());
        let text = |name: &str| get(format!("{name}.{at}")).unwrap_or_default();
        let kind = get(format!("kind.{at}"))?;
        let answer = |place: usize| {
            let words = get(format!("answer.{at}.{place}"))?;
            Some((words, get(format!("to.{at}.{place}")).unwrap_or_default()))
        };
        let answers = (0..MOST_ANSWERS).map_while(answer).filter(|(words, _)| !words.trim().is_empty());
        Some(Line {
            key: text("key").parse().unwrap_or(0),
            title: text("title"),
            text: text("text"),
            required: text("required") == "yes" || kind == "decision",
            field: text("field"),
            who: text("who"),
            answers: answers.collect(),
            kind,
        })
    }

    /// The step; nothing when a fact has no field.
    fn step(&self) -> Option<Step> {
        let what = match self.kind.as_str() {
            "fact" => What::Fact(self.field.parse().ok()?),
            "text" => What::Text,
            "decision" => What::Decision {
                answers: self
                    .answers
                    .iter()
                    .map(|(text, to)| Answer { text: text.trim().to_owned(), to: to_of(to) })
                    .collect(),
                who: match self.who.as_str() {
                    "admin" => Who::Role(Role::Admin),
                    "owner" => Who::Role(Role::Owner),
                    team => team.parse().map_or(Who::Anyone, Who::Team),
                },
            },
            _ => What::Task,
        };
        let required = self.required || self.kind == "decision";
        let (title, text) = (self.title.trim().to_owned(), self.text.trim().to_owned());
        Some(Step { key: self.key, title, text, required, what })
    }
}

fn to_word(to: To) -> String {
    match to {
        To::Next => "next".into(),
        To::End => "end".into(),
        To::Step(key) => key.to_string(),
    }
}

fn to_of(word: &str) -> To {
    match word {
        "end" => To::End,
        key => key.parse().map_or(To::Next, To::Step),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_form_carries_steps_there_and_back() {
        let form = fields(&[
            ("name", "Damage"),
            ("last_key", "2"),
            ("kind.0", "decision"),
            ("key.0", "1"),
            ("title.0", "Is it broken?"),
            ("who.0", "admin"),
            ("answer.0.0", "Yes"),
            ("to.0.0", "2"),
            ("answer.0.1", " "),
            ("to.0.1", "next"),
            ("answer.0.2", "No"),
            ("to.0.2", "end"),
            ("kind.1", "text"),
            ("key.1", "2"),
            ("title.1", "Sorry"),
            ("text.1", "We are sorry."),
            ("required.1", "yes"),
        ]);
        let draft = Draft::read(&form);
        let (form, wrong, whole, countable) = draft.form(&Known::default(), &TimeZone::UTC);
        assert_eq!((wrong, whole, countable), (vec![], true, true));
        let lines: Vec<Line> = form.steps.iter().map(Line::of).collect();
        assert_eq!(lines, draft.steps);
        assert_eq!(draft.steps[0].answers.len(), 2, "what has no words is no answer");
    }

    #[test]
    fn buttons_add_move_and_remove_steps() {
        let mut draft = Draft::new();
        for order in [
            "step-add:decision",
            "step-add:nothing",
            "step-up:1",
            "step-up:0",
            "step-down:1",
            "step-down:9",
            "step-up:x",
        ] {
            draft.act(order);
        }
        assert_eq!(draft.steps.iter().map(|step| step.key).collect::<Vec<_>>(), [2, 1]);
        draft.act("step-remove:0");
        draft.act("step-add:text");
        // What was removed does not lend its key to another step.
        assert_eq!(draft.steps.iter().map(|step| step.key).collect::<Vec<_>>(), [1, 3]);
        draft.act("add:0");
        assert_eq!(draft.steps.len(), 2);
        assert!(matches!(&draft.tree, Node::Group { parts, .. } if parts.len() == 1));
    }

    #[test]
    fn a_fact_without_a_field_and_an_answer_that_leads_back_are_wrong() {
        let mut draft = Draft::new();
        draft.act("step-add:fact");
        let (_, wrong, ..) = draft.form(&Known::default(), &TimeZone::UTC);
        assert_eq!(wrong, [(1, "field", "required")]);
        let back = |to: &str| vec![("Yes".to_owned(), to.to_owned()), ("No".to_owned(), "end".to_owned())];
        draft.steps = vec![
            Line { key: 1, kind: "task".into(), title: "One".into(), ..Line::default() },
            Line { key: 2, kind: "decision".into(), title: "Two?".into(), answers: back("1"), ..Line::default() },
        ];
        let (_, wrong, ..) = draft.form(&Known::default(), &TimeZone::UTC);
        assert_eq!(wrong, [(1, "to", "not_later")]);
    }
}
