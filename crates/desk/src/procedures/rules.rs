//! What a procedure is, which way through it follows from what was done, and when it is too much. Decisions only.

use super::{Procedure, ProcedureId};
use crate::{
    conversations::views::{Condition, Facts, Filter, Looking, Who as Responsible},
    fields::{FieldId, TypeId},
    people::{Role, TeamId},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The most steps of a procedure.
pub const MOST_STEPS: usize = 60;
/// The most answers of a decision.
pub const MOST_ANSWERS: usize = 6;
/// The longest title of a step and the longest answer, in characters.
const MOST_TITLE: usize = 200;
/// The longest text of a step, in characters.
const MOST_TEXT: usize = 20_000;
/// The highest key that a step can have.
pub(super) const MOST_KEY: i32 = 1_000_000;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What it is known by in all versions, from 1.
    pub key: i32,
    /// What is to be done, asked or decided, in a line; of a fact it may be empty.
    pub title: String,
    /// More about it; of a text to use, its words with variables.
    pub text: String,
    /// A conversation is not resolved before it is done. A decision always is.
    pub required: bool,
    /// What kind of step it is.
    pub what: What,
}

/// What kind of step it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Something to do.
    Task,
    /// Something to know: it is kept in a field of the conversation.
    Fact(FieldId),
    /// A question on whose answer the way depends.
    Decision {
        /// 2 to 6 answers.
        answers: Vec<Answer>,
        /// Who may decide.
        who: Who,
    },
    /// Words to put into an answer.
    Text,
}

/// An answer of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The answer.
    pub text: String,
    /// Where it leads.
    pub to: To,
}

/// Where an answer leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// To the step that follows.
    Next,
    /// To a later step, by its key.
    Step(i32),
    /// To the end.
    End,
}

/// Who may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Every agent.
    Anyone,
    /// Those who have this role, or more.
    Role(Role),
    /// The members of a team.
    Team(TeamId),
}

impl Who {
    /// Whether somebody of this role and these teams may.
    pub fn may(self, role: Role, teams: &[TeamId]) -> bool {
        match self {
            Who::Anyone => true,
            Who::Role(wanted) => role >= wanted,
            Who::Team(team) => teams.contains(&team),
        }
    }
}

impl Step {
    /// Whether a conversation is not resolved before it is done.
    pub fn is_required(&self) -> bool {
        self.required || matches!(self.what, What::Decision { .. })
    }

    /// Whether a mark with this answer says that it is done.
    fn is_done_by(&self, answer: Option<i32>) -> bool {
        match &self.what {
            What::Decision { answers, .. } => index(answer).is_some_and(|answer| answer < answers.len()),
            _ => true,
        }
    }
}

fn index(answer: Option<i32>) -> Option<usize> {
    usize::try_from(answer?).ok()
}

kept_as_integer! {
    /// How far a procedure has got in a conversation.
    State {
        /// There are steps to do.
        Going = 1 "going",
        /// All steps on its way are done.
        Finished = 2 "finished",
        /// The conversation was resolved while steps that are not required were left.
        Resolved = 3 "resolved",
        /// The conversation was resolved although required steps were missing, for a reason.
        Overridden = 4 "overridden",
        /// Somebody took it off the conversation.
        TakenOff = 5 "taken_off",
        /// Another procedure came in its place, or the conversation is not of its kind any more.
        Replaced = 6 "replaced",
        /// The conversation went into another one, which has a procedure of its own.
        Merged = 7 "merged",
    }
}

impl State {
    /// Whether the procedure is still the conversation's.
    pub fn is_current(self) -> bool {
        self <= State::Overridden
    }

    /// Whether it was left before its end.
    pub fn is_left(self) -> bool {
        self >= State::Resolved
    }
}

kept_as_integer! {
    /// Of what there can be too much in one conversation.
    Cap {
        /// Steps that were done or taken back.
        Steps = 1 "steps",
        /// Messages from the customer and to them.
        Messages = 2 "messages",
        /// Hand-offs.
        Handoffs = 3 "handoffs",
    }
}

/// Of what there is too much, given how many there are and how many there may be.
pub(super) fn exceeded(taken: [i32; 3], most: [Option<i32>; 3]) -> Option<Cap> {
    let over = |(taken, most): (i32, Option<i32>)| most.is_some_and(|most| taken > most);
    Cap::ALL.iter().zip(taken.into_iter().zip(most)).find(|(_, both)| over(*both)).map(|(cap, _)| *cap)
}

/// The steps that are done, by their keys; of decisions with the answer.
pub type Marks = BTreeMap<i32, Option<i32>>;

/// The way through a procedure that follows from what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The steps on it as far as it is known, by their places.
    pub steps: Vec<usize>,
    /// It is known to the end: no decision on it is open.
    pub whole: bool,
    /// Those of them that are done.
    pub done: Vec<usize>,
    /// Those of them that are required and not done.
    pub missing: Vec<usize>,
    /// The first of them that is not done.
    pub next: Option<usize>,
    /// How many steps it has; while a decision is open, how many it can have at most.
    pub total: usize,
}

impl Path {
    /// Whether there is nothing more to do.
    pub fn is_finished(&self) -> bool {
        self.whole && self.next.is_none()
    }
}

/// The way that follows from what was done. It only ever leads forward.
pub fn path(steps: &[Step], marks: &Marks) -> Path {
    let mut path = Path { steps: vec![], whole: true, done: vec![], missing: vec![], next: None, total: 0 };
    let mut at = 0;
    while let Some(step) = steps.get(at) {
        path.steps.push(at);
        let mark = marks.get(&step.key).copied().filter(|answer| step.is_done_by(*answer));
        match mark {
            Some(_) => path.done.push(at),
            None => {
                path.next = path.next.or(Some(at));
                if step.is_required() {
                    path.missing.push(at);
                }
            }
        }
        at = match (&step.what, mark) {
            (What::Decision { answers, .. }, Some(answer)) => {
                let to = index(answer).and_then(|answer| answers.get(answer)).map_or(To::Next, |answer| answer.to);
                target(steps, at, to)
            }
            (What::Decision { answers, .. }, None) => {
                path.whole = false;
                let longest = longest(steps);
                let rest = answers.iter().filter_map(|answer| longest.get(target(steps, at, answer.to)));
                path.total = path.steps.len() + rest.max().copied().unwrap_or(0);
                return path;
            }
            _ => at + 1,
        };
    }
    path.total = path.steps.len();
    path
}

/// The place to which an answer of the step at `at` leads: always a later one.
fn target(steps: &[Step], at: usize, to: To) -> usize {
    match to {
        To::Next => at + 1,
        To::End => steps.len(),
        To::Step(key) => steps.iter().position(|step| step.key == key).filter(|place| *place > at).unwrap_or(at + 1),
    }
}

/// How many steps there are at most from each place to the end.
fn longest(steps: &[Step]) -> Vec<usize> {
    let mut longest = vec![0; steps.len() + 1];
    for (at, step) in steps.iter().enumerate().rev() {
        let rest = match &step.what {
            What::Decision { answers, .. } => {
                let rests = answers.iter().filter_map(|answer| longest.get(target(steps, at, answer.to)));
                rests.max().copied().unwrap_or(0)
            }
            _ => longest.get(at + 1).copied().unwrap_or(0),
        };
        if let Some(here) = longest.get_mut(at) {
            *here = rest + 1;
        }
    }
    longest
}

/// What of `marks` still holds in another version: what is done of a step that is there and of the same kind. An answer holds when the
/// decision has one of the same words.
pub(super) fn carried(old: &[Step], new: &[Step], marks: &Marks) -> Marks {
    let carry = |(key, answer): (&i32, &Option<i32>)| {
        let (was, is) = (old.iter().find(|step| step.key == *key)?, new.iter().find(|step| step.key == *key)?);
        match (&was.what, &is.what) {
            (What::Decision { answers: before, .. }, What::Decision { answers: after, .. }) => {
                let words = &before.get(index(*answer)?)?.text;
                let place = after.iter().position(|one| one.text == *words)?;
                Some((*key, Some(i32::try_from(place).ok()?)))
            }
            (What::Fact(before), What::Fact(after)) if before == after => Some((*key, None)),
            (What::Task, What::Task) | (What::Text, What::Text) => Some((*key, None)),
            _ => None,
        }
    };
    marks.iter().filter_map(carry).collect()
}

/// Steps as they are kept: without blanks around words, and each answer leading to a later step.
pub(super) fn tidied(mut steps: Vec<Step>) -> Vec<Step> {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for step in &mut steps {
        step.title = line(&step.title);
        step.text = step.text.replace("\r\n", "\n").trim().to_owned();
        if let What::Decision { answers, .. } = &mut step.what {
            for answer in answers.iter_mut() {
                answer.text = line(&answer.text);
            }
            step.required = true;
        }
    }
    steps
}

/// What is wrong with a step: its place, what of it (`title`, `text`, `answers`, `to`, `key`), and why.
pub type StepProblem = (usize, &'static str, &'static str);

/// What is wrong with steps.
pub fn problems(steps: &[Step]) -> Vec<StepProblem> {
    let mut found = Vec::new();
    let mut keys = BTreeSet::new();
    for (at, step) in steps.iter().enumerate() {
        if !(1..=MOST_KEY).contains(&step.key) || !keys.insert(step.key) {
            found.push((at, "key", "invalid"));
        }
        if step.title.is_empty() && !matches!(step.what, What::Fact(_)) {
            found.push((at, "title", "required"));
        }
        if step.title.chars().count() > MOST_TITLE {
            found.push((at, "title", "too_long"));
        }
        if step.text.chars().count() > MOST_TEXT {
            found.push((at, "text", "too_long"));
        }
        match &step.what {
            What::Text if step.text.is_empty() => found.push((at, "text", "required")),
            What::Decision { answers, .. } => found.extend(answer_problems(steps, at, answers)),
            _ => {}
        }
    }
    found
}

fn answer_problems(steps: &[Step], at: usize, answers: &[Answer]) -> Vec<StepProblem> {
    let mut found = Vec::new();
    let words: BTreeSet<&str> = answers.iter().map(|one| one.text.as_str()).collect();
    if !(2..=MOST_ANSWERS).contains(&answers.len()) || words.contains("") {
        found.push((at, "answers", "required"));
    } else if words.len() < answers.len() {
        found.push((at, "answers", "twice"));
    }
    if answers.iter().any(|one| one.text.chars().count() > MOST_TITLE) {
        found.push((at, "answers", "too_long"));
    }
    let leads_forward = |to: To| match to {
        To::Step(key) => steps.iter().skip(at + 1).any(|later| later.key == key),
        To::Next | To::End => true,
    };
    if !answers.iter().all(|one| leads_forward(one.to)) {
        found.push((at, "to", "not_later"));
    }
    found
}

/// Whether conditions ask who looks: a procedure has no viewer.
pub(super) fn is_personal(conditions: &Filter) -> bool {
    let personal = |one: &&Condition| {
        matches!(one, Condition::Assignee(Responsible::Me) | Condition::Followed | Condition::Pinned)
    };
    conditions.conditions().iter().any(personal)
}

/// For which conversations a procedure is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct For {
    /// Those of a type; none for any.
    pub type_id: Option<TypeId>,
    /// Those that these conditions show besides; none for all.
    pub conditions: Option<Filter>,
}

impl For {
    /// Whether it begins by itself where it fits.
    pub fn is_automatic(&self) -> bool {
        self.type_id.is_some() || self.conditions.is_some()
    }

    /// Whether it fits a conversation of this type.
    pub(super) fn fits(&self, type_id: Option<TypeId>, facts: &Facts, looking: &Looking) -> bool {
        self.is_automatic()
            && self.type_id.is_none_or(|wanted| Some(wanted) == type_id)
            && self.conditions.as_ref().is_none_or(|conditions| conditions.shows(facts, looking))
    }

    /// How much it asks: what asks more fits better.
    fn narrowness(&self) -> usize {
        usize::from(self.conditions.is_some()) * 2 + usize::from(self.type_id.is_some())
    }
}

/// Of the procedures that fit, the one that asks most; of those, the first.
pub(super) fn best<'a>(fitting: impl IntoIterator<Item = &'a Procedure>) -> Option<ProcedureId> {
    let mut best: Option<(&Procedure, usize)> = None;
    for one in fitting {
        let narrowness = one.is_for.narrowness();
        if best.is_none_or(|(_, most)| narrowness > most) {
            best = Some((one, narrowness));
        }
    }
    best.map(|(one, _)| one.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn task(key: i32, required: bool) -> Step {
        Step { key, title: format!("Step {key}"), text: String::new(), required, what: What::Task }
    }

    fn decision(key: i32, to: &[To]) -> Step {
        let answers = to.iter().enumerate().map(|(at, to)| Answer { text: format!("Answer {at}"), to: *to }).collect();
        Step { what: What::Decision { answers, who: Who::Anyone }, ..task(key, true) }
    }

    fn marks(done: &[(i32, Option<i32>)]) -> Marks {
        done.iter().copied().collect()
    }

    #[test]
    fn the_way_goes_as_far_as_the_first_open_decision_and_on_as_it_is_decided() {
        let steps = [
            task(1, true),
            decision(2, &[To::Next, To::Step(5), To::End]),
            task(3, true),
            task(4, false),
            task(5, true),
        ];
        let begun = path(&steps, &marks(&[]));
        assert_eq!((begun.steps, begun.whole, begun.next, begun.total), (vec![0, 1], false, Some(0), 5));
        assert_eq!(begun.missing, [0, 1]);
        let over = path(&steps, &marks(&[(1, None), (2, Some(1))]));
        assert_eq!((over.steps, over.whole, over.next, over.total), (vec![0, 1, 4], true, Some(4), 3));
        let end = path(&steps, &marks(&[(1, None), (2, Some(2))]));
        assert!(end.is_finished() && end.missing.is_empty());
        let straight = path(&steps, &marks(&[(1, None), (2, Some(0)), (3, None), (5, None)]));
        assert!(straight.missing.is_empty() && !straight.is_finished());
        assert_eq!(straight.next, Some(3));
    }

    #[test]
    fn an_answer_that_is_not_there_any_more_is_none() {
        let steps = [decision(1, &[To::End, To::Next]), task(2, true)];
        for answer in [None, Some(-1), Some(2)] {
            assert_eq!(path(&steps, &marks(&[(1, answer)])).next, Some(0), "{answer:?}");
        }
    }

    #[test]
    fn what_is_done_goes_along_to_another_version_where_it_still_means_the_same() {
        let old = [task(1, true), decision(2, &[To::Next, To::End]), task(3, true), task(4, true)];
        let mut new = [task(4, false), decision(2, &[To::End, To::Next]), decision(3, &[To::Next, To::End])];
        let What::Decision { answers, .. } = &mut new[1].what else { panic!("a decision") };
        answers.reverse();
        let kept = carried(&old, &new, &marks(&[(1, None), (2, Some(0)), (3, None), (4, None)]));
        assert_eq!(kept, marks(&[(2, Some(1)), (4, None)]));
    }

    #[test]
    fn steps_say_what_is_wrong_with_them() {
        let field = FieldId(Uuid::from_u128(1));
        let fact = Step { title: String::new(), what: What::Fact(field), ..task(3, true) };
        let good = [task(1, true), decision(2, &[To::Step(3), To::End]), fact];
        assert_eq!(problems(&good), []);
        let back = [task(1, true), decision(2, &[To::Step(1), To::End]), task(2, true)];
        assert_eq!(problems(&back), [(1, "to", "not_later"), (2, "key", "invalid")]);
        let empty = [decision(1, &[To::End]), Step { what: What::Text, title: String::new(), ..task(2, true) }];
        assert_eq!(problems(&empty), [(0, "answers", "required"), (1, "title", "required"), (1, "text", "required")]);
    }

    #[test]
    fn too_much_is_more_than_may_be() {
        assert_eq!(exceeded([5, 9, 1], [None, Some(9), Some(1)]), None);
        assert_eq!(exceeded([5, 10, 2], [None, Some(9), Some(1)]), Some(Cap::Messages));
        assert_eq!(exceeded([1, 0, 1], [Some(0), None, Some(0)]), Some(Cap::Steps));
    }

    #[test]
    fn a_role_includes_those_above_it_and_a_team_its_members_only() {
        let (one, other) = (TeamId(Uuid::from_u128(1)), TeamId(Uuid::from_u128(2)));
        assert!(Who::Anyone.may(Role::Agent, &[]));
        assert!(Who::Role(Role::Admin).may(Role::Owner, &[]) && !Who::Role(Role::Admin).may(Role::Agent, &[one]));
        assert!(Who::Team(one).may(Role::Agent, &[one]) && !Who::Team(one).may(Role::Owner, &[other]));
    }

    fn to() -> impl Strategy<Value = To> {
        prop_oneof![Just(To::Next), Just(To::End), (0_i32..14).prop_map(To::Step)]
    }

    fn step() -> impl Strategy<Value = (bool, Option<Vec<To>>)> {
        (any::<bool>(), prop::option::of(prop::collection::vec(to(), 2..6)))
    }

    proptest! {
        #[test]
        fn the_way_only_leads_forward_and_what_is_missing_is_on_it(
            kinds in prop::collection::vec(step(), 0..12),
            done in prop::collection::btree_map(0_i32..14, prop::option::of(-1_i32..7), 0..14),
        ) {
            let steps: Vec<Step> = kinds.into_iter().zip(1..).map(|((required, to), key)| match to {
                Some(to) => decision(key, &to),
                None => task(key, required),
            }).collect();
            let way = path(&steps, &done);
            prop_assert!(way.steps.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(way.total >= way.steps.len() && way.total <= steps.len());
            for at in &way.missing {
                prop_assert!(way.steps.contains(at) && !way.done.contains(at) && steps[*at].is_required());
            }
            prop_assert_eq!(way.next, way.steps.iter().find(|at| !way.done.contains(at)).copied());
            if !way.whole {
                prop_assert_eq!(way.missing.last(), way.steps.last());
            }
            // Doing what is next, again and again, ends; and never longer than was said.
            let (mut marks, mut taken) = (done, 0);
            while let Some(next) = path(&steps, &marks).next {
                marks.insert(steps[next].key, Some(0));
                taken += 1;
                prop_assert!(taken <= steps.len());
            }
            let end = path(&steps, &marks);
            prop_assert!(end.is_finished() && end.missing.is_empty() && end.total <= way.total);
        }

        #[test]
        fn what_goes_along_to_the_same_version_is_what_counted(
            kinds in prop::collection::vec(step(), 0..12),
            done in prop::collection::btree_map(0_i32..14, prop::option::of(-1_i32..7), 0..14),
        ) {
            let steps: Vec<Step> = kinds.into_iter().zip(1..).map(|((required, to), key)| match to {
                Some(to) => decision(key, &to),
                None => task(key, required),
            }).collect();
            prop_assert_eq!(path(&steps, &carried(&steps, &steps, &done)), path(&steps, &done));
        }
    }
}
