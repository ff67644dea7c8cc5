//! What a rule is, when its time has come, when it may act, and when it is switched off. Decisions only.

use super::RuleId;
use crate::{
    Event, FieldError,
    calendars::Calendar,
    conversations::{DeliveryState, Filter, NotWritten, Priority, snooze_until_in_any},
    fields::FieldId,
    macros::{MacroId, OwnVariable, unknown_variables},
    people::{AgentId, TeamId},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// The longest name, in characters.
const MOST_NAME: usize = 80;
/// The most actions of a rule.
pub const MOST_ACTIONS: usize = 20;
/// The longest text of an action, in bytes.
const MOST_TEXT: usize = 50_000;
/// The longest wait: a year, in minutes.
const MOST_MINUTES: i64 = 366 * 24 * 60;
/// So many rules may follow from one another.
pub(super) const MOST_CHAIN: usize = 4;
/// So many failures in a row switch a rule off.
pub(super) const MOST_FAILURES: i32 = 5;
/// So many of the last runs are remembered, and from so many on a part of them that failed counts.
const REMEMBERED: usize = 50;
const ENOUGH: usize = 20;

kept_as_integer! {
    /// What happened to a conversation that a rule may act upon.
    Cause {
        /// It began.
        Opened = 1 "opened",
        /// The customer wrote, also the first time.
        CustomerWrote = 2 "customer_wrote",
        /// An agent answered.
        Answered = 3 "answered",
        /// Somebody wrote a note.
        Noted = 4 "noted",
        /// Somebody else is responsible, or nobody.
        Assigned = 5 "assigned",
        /// Another team is responsible, or none.
        TeamAssigned = 6 "team_assigned",
        /// It was settled.
        Resolved = 7 "resolved",
        /// It was opened again.
        Reopened = 8 "reopened",
        /// Its priority changed.
        PrioritySet = 9 "priority_set",
        /// A tag was put on it.
        Tagged = 10 "tagged",
        /// A tag was taken off.
        Untagged = 11 "untagged",
        /// A field holds something else.
        FieldSet = 12 "field_set",
        /// It is of another type.
        TypeSet = 13 "type_set",
        /// It was put off.
        Snoozed = 14 "snoozed",
        /// It is not put off any more.
        Woken = 15 "woken",
        /// An answer could not be delivered.
        Undelivered = 16 "undelivered",
        /// A machine wrote.
        MachineWrote = 17 "machine_wrote",
        /// It was handed to somebody.
        HandedOff = 18 "handed_off",
        /// Its subject was changed.
        Renamed = 19 "renamed",
        /// It became part of a problem.
        AddedToProblem = 20 "added_to_problem",
        /// It is not part of a problem any more.
        TakenFromProblem = 21 "taken_from_problem",
        /// A draft waits for a review.
        ReviewAsked = 22 "review_asked",
        /// A review ended.
        ReviewDecided = 23 "review_decided",
        /// Somebody answered in a side conversation.
        SideAnswered = 24 "side_answered",
        /// Another conversation was merged into it.
        MergedIn = 25 "merged_in",
        /// A target of its service level is about to be missed.
        ClockWarned = 26 "clock_warned",
        /// A target of its service level was missed.
        ClockBreached = 27 "clock_breached",
    }
}

impl Cause {
    /// What an event is to rules; `machine` says of a message that arrived that a machine wrote it.
    pub(super) fn of(event: &Event, machine: bool) -> Option<Cause> {
        Some(match event {
            Event::ConversationOpened { .. } => Cause::Opened,
            Event::MessageReceived { .. } if machine => Cause::MachineWrote,
            Event::MessageReceived { .. } => Cause::CustomerWrote,
            Event::ReplyWritten { .. } => Cause::Answered,
            Event::NoteWritten { .. } => Cause::Noted,
            Event::Assigned { .. } => Cause::Assigned,
            Event::TeamAssigned { .. } => Cause::TeamAssigned,
            Event::Resolved { .. } => Cause::Resolved,
            Event::Reopened { .. } => Cause::Reopened,
            Event::PrioritySet { .. } => Cause::PrioritySet,
            Event::Tagged { .. } => Cause::Tagged,
            Event::Untagged { .. } => Cause::Untagged,
            Event::FieldSet { .. } => Cause::FieldSet,
            Event::TypeSet { .. } => Cause::TypeSet,
            Event::Snoozed { .. } => Cause::Snoozed,
            Event::Woken { .. } => Cause::Woken,
            Event::DeliveryChanged { state: DeliveryState::Failed, .. } => Cause::Undelivered,
            Event::HandedOff { .. } => Cause::HandedOff,
            Event::Renamed { .. } => Cause::Renamed,
            Event::AddedToProblem { .. } => Cause::AddedToProblem,
            Event::TakenFromProblem { .. } => Cause::TakenFromProblem,
            Event::ReviewAsked { .. } => Cause::ReviewAsked,
            Event::ReviewDecided { .. } => Cause::ReviewDecided,
            Event::SideAnswered { .. } => Cause::SideAnswered,
            Event::MergedIn { .. } => Cause::MergedIn,
            Event::ClockWarned { .. } => Cause::ClockWarned,
            Event::ClockBreached { .. } => Cause::ClockBreached,
            _ => return None,
        })
    }
}

kept_as_integer! {
    /// From when a rule's time is counted.
    Since {
        /// From when the conversation began.
        Created = 1 "created",
        /// From when something was last said in it.
        Activity = 2 "activity",
        /// From when the customer began to wait for an answer.
        Waiting = 3 "waiting",
        /// From our last answer, as long as the customer has not written.
        Silence = 4 "silence",
        /// From when it was settled, as long as it is.
        Resolved = 5 "resolved",
    }
}

/// How long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// From when.
    pub since: Since,
    /// So many minutes.
    pub minutes: i64,
    /// Of working time, by the default calendar.
    pub working: bool,
}

impl Wait {
    /// When it is over; none when the desk does not open for years.
    pub fn due(&self, since: Timestamp, calendar: &Calendar) -> Option<Timestamp> {
        let span = SignedDuration::from_mins(self.minutes.clamp(1, MOST_MINUTES));
        if self.working { calendar.after(since, span) } else { since.checked_add(span).ok() }
    }
}

/// When a rule looks at a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// When one of these happened to it.
    Events(Vec<Cause>),
    /// When time has passed.
    Time(Wait),
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Makes somebody responsible, or nobody.
    Assign(Option<AgentId>),
    /// Makes a team responsible, or none.
    Team(Option<TeamId>),
    /// Sets how much it matters.
    Priority(Priority),
    /// Settles it.
    Resolve,
    /// Opens it again, or wakes it.
    Reopen,
    /// Puts it off: "in 2 days", "monday 9:00", "until reply".
    Snooze(String),
    /// Puts a tag on it.
    Tag(String),
    /// Takes a tag off it.
    Untag(String),
    /// Puts something into a field; nothing empties it.
    SetField(FieldId, Vec<String>),
    /// Writes a note for colleagues.
    Note(String),
    /// Writes to the customer.
    Message(String),
    /// Uses a macro: its text goes to the customer, the rest is done.
    Macro(MacroId),
    /// Tells another program.
    Webhook(String),
    /// Asks somebody to look at it and decide: it becomes theirs, with a note that says what is asked.
    Ask(AgentId, String),
}

impl Action {
    fn problem(&self, own: &[OwnVariable], now: Timestamp) -> Option<&'static str> {
        let text = |text: &str, most: usize| match text.trim() {
            "" => Some("required"),
            long if long.len() > most => Some("too_long"),
            _ => None,
        };
        match self {
            Action::Assign(_)
            | Action::Team(_)
            | Action::Priority(_)
            | Action::Resolve
            | Action::Reopen
            | Action::Macro(_)
            | Action::SetField(..) => None,
            Action::Snooze(words) => text(words, 200)
                .or_else(|| snooze_until_in_any(words, now, &TimeZone::UTC).is_none().then_some("not_understood")),
            Action::Tag(tag) | Action::Untag(tag) => {
                text(tag, MOST_TEXT).or((tag.chars().count() > 40).then_some("too_long"))
            }
            Action::Note(words) | Action::Ask(_, words) => text(words, MOST_TEXT),
            Action::Message(words) => text(words, MOST_TEXT)
                .or_else(|| (!unknown_variables(words, own).is_empty()).then_some("unknown_variable")),
            Action::Webhook(address) => {
                text(address, 2_000).or_else(|| (!base::oauth::is_protected(address)).then_some("not_an_https_address"))
            }
        }
    }

    fn tidied(self) -> Self {
        let line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        match self {
            Action::Snooze(words) => Action::Snooze(line(words)),
            Action::Tag(tag) => Action::Tag(line(tag).to_lowercase()),
            Action::Untag(tag) => Action::Untag(line(tag).to_lowercase()),
            Action::Webhook(address) => Action::Webhook(address.trim().to_owned()),
            other => other,
        }
    }
}

/// What a rule does, when, and to which conversations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// When it looks at a conversation.
    pub when: Trigger,
    /// Of which conversations it takes notice then.
    pub filter: Filter,
    /// What it does with them, in this order.
    pub actions: Vec<Action>,
}

/// A rule as it is entered.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRule {
    /// What it is called.
    pub name: String,
    /// What it does, when, and to which conversations.
    pub definition: Definition,
}

impl NewRule {
    pub(super) fn tidied(self) -> Self {
        let Definition { when, filter, actions } = self.definition;
        let when = match when {
            Trigger::Events(mut causes) => {
                causes.sort_unstable();
                causes.dedup();
                Trigger::Events(causes)
            }
            time => time,
        };
        let actions = actions.into_iter().map(Action::tidied).collect();
        Self {
            name: self.name.split_whitespace().collect::<Vec<_>>().join(" "),
            definition: Definition { when, filter: filter.pruned(), actions },
        }
    }

    /// What can't be taken of it. `own` are the variables of the desk's own fields.
    pub(super) fn problems(&self, own: &[OwnVariable], now: Timestamp) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let mut say = |field, problem| problems.push(FieldError { field, problem });
        match self.name.chars().count() {
            0 => say("name", "required"),
            1..=MOST_NAME => {}
            _ => say("name", "too_long"),
        }
        match &self.definition.when {
            Trigger::Events(causes) if causes.is_empty() => say("when", "required"),
            Trigger::Time(wait) if !(1..=MOST_MINUTES).contains(&wait.minutes) => say("after", "not_a_count"),
            _ => {}
        }
        if let Some(problem) = self.definition.filter.problem() {
            say("filter", problem);
        }
        if self.definition.filter.asks_for_viewer() {
            say("filter", "nobody_looks");
        }
        match self.definition.actions.len() {
            0 => say("actions", "required"),
            1..=MOST_ACTIONS => {}
            _ => say("actions", "too_many"),
        }
        if let Some(problem) = self.definition.actions.iter().find_map(|action| action.problem(own, now)) {
            say("actions", problem);
        }
        problems
    }
}

kept_as_integer! {
    /// What became of a run.
    Outcome {
        /// It did what it does.
        Done = 1 "done",
        /// It failed, and nothing was changed.
        Failed = 2 "failed",
        /// It would have been too often in a short time.
        Braked = 3 "braked",
        /// It had acted before in what this followed from.
        Looped = 4 "looped",
    }
}

/// An action that was done, or why it was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Did {
    /// Which.
    pub action: Action,
    /// Why the customer was not written to.
    pub left: Option<NotWritten>,
}

/// Whether a rule may act on what followed from the acts of these.
pub(super) fn is_loop(chain: &[RuleId], rule: RuleId) -> bool {
    chain.contains(&rule) || chain.len() >= MOST_CHAIN
}

/// How a rule has done lately.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Budget {
    /// Failures in a row.
    pub failures: i32,
    /// The last runs, oldest first: `.` for one that went well, `x` for one that failed.
    pub recent: String,
}

impl Budget {
    /// After one more run.
    #[must_use]
    pub fn after(&self, went_well: bool) -> Self {
        let mut recent: Vec<char> = self.recent.chars().chain([if went_well { '.' } else { 'x' }]).collect();
        let surplus = recent.len().saturating_sub(REMEMBERED);
        recent.drain(..surplus);
        let failures = if went_well { 0 } else { self.failures.saturating_add(1) };
        Self { failures, recent: recent.into_iter().collect() }
    }

    /// Whether the rule is switched off: it failed five times in a row, or more than a fifth of its last runs did.
    pub fn is_spent(&self) -> bool {
        let failed = self.recent.bytes().filter(|one| *one == b'x').count();
        self.failures >= MOST_FAILURES || (self.recent.len() >= ENOUGH && failed * 5 > self.recent.len())
    }
}

/// When what is due then is looked for: the next full minute, so that one look serves all of it.
pub(super) fn look_at(due: Timestamp, now: Timestamp) -> Timestamp {
    let second = due.max(now).as_second();
    Timestamp::from_second((second.div_euclid(60) + 1) * 60).unwrap_or(Timestamp::MAX)
}

kept_as_integer! {
    /// How far a simulation has got.
    Progress {
        /// It goes on.
        Running = 1 "running",
        /// It is done.
        Done = 2 "done",
        /// It ended early: there was more than it looks at.
        Cut = 3 "cut",
    }
}

/// What happened to a conversation in the past, as far as times are counted from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Opened,
    CustomerWrote,
    WeAnswered,
    Noted,
    Resolved,
    Reopened,
}

impl Mark {
    pub(super) fn of(event: &Event) -> Option<Mark> {
        Some(match event {
            Event::ConversationOpened { .. } => Mark::Opened,
            Event::MessageReceived { .. } => Mark::CustomerWrote,
            Event::ReplyWritten { .. } => Mark::WeAnswered,
            Event::NoteWritten { .. } => Mark::Noted,
            Event::Resolved { .. } => Mark::Resolved,
            Event::Reopened { .. } => Mark::Reopened,
            _ => return None,
        })
    }
}

/// When a rule of time would have acted on a conversation with this past, oldest first. `due` says when a wait ends that begins then.
pub(super) fn would_fire(
    since: Since,
    past: &[(Timestamp, Mark)],
    due: impl Fn(Timestamp) -> Option<Timestamp>,
    now: Timestamp,
) -> Vec<Timestamp> {
    let (mut fired, mut from, mut waits) = (Vec::new(), None::<Timestamp>, false);
    let end = std::iter::once((now, None));
    for (at, mark) in past.iter().map(|(at, mark)| (*at, Some(*mark))).chain(end) {
        if let Some(over) = from.and_then(&due).filter(|over| *over <= at) {
            fired.push(over);
            from = None;
        }
        let Some(mark) = mark else { break };
        let spoke = matches!(mark, Mark::Opened | Mark::CustomerWrote | Mark::WeAnswered | Mark::Noted);
        from = match (since, mark) {
            (Since::Created, Mark::Opened) => Some(at),
            (Since::Activity, _) if spoke => Some(at),
            (Since::Waiting, Mark::CustomerWrote) if !waits => Some(at),
            (Since::Waiting, Mark::WeAnswered) | (Since::Silence, Mark::CustomerWrote) => None,
            (Since::Silence, Mark::WeAnswered) | (Since::Resolved, Mark::Resolved) => Some(at),
            (Since::Resolved, Mark::Reopened) => None,
            _ => from,
        };
        match mark {
            Mark::CustomerWrote => waits = true,
            Mark::WeAnswered => waits = false,
            _ => {}
        }
    }
    fired
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversations::views::{Condition, Who};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn rule(n: u128) -> RuleId {
        RuleId(Uuid::from_u128(n))
    }

    fn new(actions: Vec<Action>) -> NewRule {
        let when = Trigger::Events(vec![Cause::Opened]);
        NewRule { name: "A rule".into(), definition: Definition { when, filter: Filter::All(vec![]), actions } }
    }

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    fn fires(since: Since, past: &[(i64, Mark)], wait: i64, now: i64) -> Vec<Timestamp> {
        let past: Vec<_> = past.iter().map(|(minutes, mark)| (at(*minutes), *mark)).collect();
        would_fire(since, &past, |from| Some(from + SignedDuration::from_mins(wait)), at(now))
    }

    #[test]
    fn what_cannot_work_is_said_at_its_field() {
        let said = |new: NewRule| -> Vec<(&str, &str)> {
            let problems = new.tidied().problems(&[], Timestamp::UNIX_EPOCH);
            problems.iter().map(|one| (one.field, one.problem)).collect()
        };
        assert_eq!(said(new(vec![Action::Resolve])), []);
        assert_eq!(said(new(vec![])), [("actions", "required")]);
        assert_eq!(said(new(vec![Action::Message("Hi {{customer.nome}}".into())])), [("actions", "unknown_variable")]);
        assert_eq!(said(new(vec![Action::Webhook("http://a.example".into())])), [("actions", "not_an_https_address")]);
        assert_eq!(said(new(vec![Action::Snooze("some day".into())])), [("actions", "not_understood")]);
        let mut mine = new(vec![Action::Resolve]);
        mine.definition.filter = Filter::Is(Condition::Assignee(Who::Me));
        assert_eq!(said(mine), [("filter", "nobody_looks")]);
        let mut never = new(vec![Action::Resolve]);
        never.definition.when = Trigger::Events(vec![]);
        assert_eq!(said(never.clone()), [("when", "required")]);
        never.definition.when = Trigger::Time(Wait { since: Since::Created, minutes: 0, working: false });
        assert_eq!(said(never), [("after", "not_a_count")]);
    }

    #[test]
    fn a_rule_never_follows_from_itself_and_chains_end() {
        assert!(!is_loop(&[], rule(1)));
        assert!(!is_loop(&[rule(2), rule(3)], rule(1)));
        assert!(is_loop(&[rule(2), rule(1)], rule(1)));
        assert!(is_loop(&[rule(2), rule(3), rule(4), rule(5)], rule(1)));
    }

    #[test]
    fn silence_ends_when_the_customer_writes_and_begins_with_each_answer() {
        use Mark::{CustomerWrote, Noted, WeAnswered};
        assert_eq!(fires(Since::Silence, &[(0, CustomerWrote), (10, WeAnswered)], 60, 100), [at(70)]);
        assert_eq!(fires(Since::Silence, &[(10, WeAnswered), (30, CustomerWrote)], 60, 100), []);
        assert_eq!(fires(Since::Silence, &[(10, WeAnswered), (30, WeAnswered), (40, Noted)], 60, 100), [at(90)]);
        assert_eq!(fires(Since::Silence, &[(10, WeAnswered)], 60, 69), [], "its time has not come");
    }

    #[test]
    fn a_customer_waits_from_the_first_message_that_is_not_answered() {
        use Mark::{CustomerWrote, Opened, Reopened, Resolved, WeAnswered};
        let past = [(0, Opened), (0, CustomerWrote), (50, CustomerWrote), (90, WeAnswered), (100, CustomerWrote)];
        assert_eq!(fires(Since::Waiting, &past, 60, 300), [at(60), at(160)]);
        assert_eq!(fires(Since::Created, &past, 60, 300), [at(60)]);
        assert_eq!(fires(Since::Resolved, &[(0, Resolved), (30, Reopened), (40, Resolved)], 60, 300), [at(100)]);
    }

    #[test]
    fn five_failures_in_a_row_or_a_fifth_of_many_spend_the_budget() {
        let run = |letters: &str| letters.chars().fold(Budget::default(), |budget, one| budget.after(one == '.'));
        assert!(!run("xxxx").is_spent());
        assert!(run("xxxxx").is_spent());
        assert!(!run("xxxx.xxxx.x").is_spent(), "too few to speak of a part of them");
        assert!(run(&"x....".repeat(4).replacen("....", "x...", 1)).is_spent());
        assert!(!run(&"x....".repeat(10)).is_spent());
    }

    proptest! {
        #[test]
        fn a_budget_remembers_fifty_runs_and_what_goes_well_forgives_the_row(runs in proptest::collection::vec(any::<bool>(), 0..200)) {
            let budget = runs.iter().fold(Budget::default(), |budget, ok| budget.after(*ok));
            prop_assert_eq!(budget.recent.len(), runs.len().min(50));
            let in_row = runs.iter().rev().take_while(|ok| !**ok).count();
            prop_assert_eq!(budget.failures as usize, in_row);
            prop_assert!(!budget.after(true).after(true).is_spent() || budget.recent.contains('x'));
        }

        #[test]
        fn it_is_looked_after_what_is_due_and_within_a_minute(due in 0_i64..10_000_000, now in 0_i64..10_000_000) {
            let (due, now) = (Timestamp::from_second(due).unwrap(), Timestamp::from_second(now).unwrap());
            let look = look_at(due, now);
            prop_assert!(look > due && look > now);
            prop_assert!(look.duration_since(due.max(now)) <= SignedDuration::from_mins(1));
            prop_assert_eq!(look.as_second() % 60, 0);
        }

        #[test]
        fn a_rule_of_time_never_fires_before_its_time_or_more_often_than_things_happened(
            past in proptest::collection::vec((0_i64..500, 0_usize..6), 0..30), since in 0_usize..5, wait in 1_i64..200,
        ) {
            const MARKS: [Mark; 6] = [Mark::Opened, Mark::CustomerWrote, Mark::WeAnswered, Mark::Noted, Mark::Resolved, Mark::Reopened];
            let mut past: Vec<_> = past.into_iter().map(|(minutes, mark)| (minutes, MARKS[mark])).collect();
            past.sort_by_key(|(minutes, _)| *minutes);
            let fired = fires(Since::ALL[since], &past, wait, 600);
            prop_assert!(fired.len() <= past.len());
            prop_assert!(fired.windows(2).all(|two| two[0] <= two[1]));
            for moment in fired {
                prop_assert!(moment <= at(600));
                prop_assert!(past.iter().any(|(minutes, _)| at(minutes + wait) == moment));
            }
        }
    }
}
