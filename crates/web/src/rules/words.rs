//! Rules in words: when they act, under which conditions, what they do, and what became of it.

use desk::conversations::{Filter, NotWritten};
use desk::rules::{Action, Cause, Did, Outcome, Run, Since, Trigger, Wait};
use words::Words;

use super::form::{Row, in_units};
use crate::components::time::Reader;
use crate::inbox::shapes::{Named, Urgency};
use crate::views::form::{Called, Node};
use crate::views::pages::{Offered, condition_words};

/// What is needed to say it.
pub(crate) struct Context {
    /// Agents, teams, tags, fields ….
    pub(crate) offered: Offered,
    /// Macros that everybody uses.
    pub(crate) macros: Vec<Named>,
    /// Customers and organisations that conditions name.
    pub(crate) called: Called,
    /// Who reads it.
    pub(crate) reader: Reader,
}

/// What happened.
pub(crate) fn cause(w: Words, cause: Cause) -> &'static str {
    match cause {
        Cause::Opened => w.rules_when_opened(),
        Cause::CustomerWrote => w.rules_when_customer_wrote(),
        Cause::Answered => w.rules_when_answered(),
        Cause::Noted => w.rules_when_noted(),
        Cause::Assigned => w.rules_when_assigned(),
        Cause::TeamAssigned => w.rules_when_team_assigned(),
        Cause::Resolved => w.rules_when_resolved(),
        Cause::Reopened => w.rules_when_reopened(),
        Cause::PrioritySet => w.rules_when_priority_set(),
        Cause::Tagged => w.rules_when_tagged(),
        Cause::Untagged => w.rules_when_untagged(),
        Cause::FieldSet => w.rules_when_field_set(),
        Cause::TypeSet => w.rules_when_type_set(),
        Cause::Snoozed => w.rules_when_snoozed(),
        Cause::Woken => w.rules_when_woken(),
        Cause::Undelivered => w.rules_when_undelivered(),
        Cause::MachineWrote => w.rules_when_machine_wrote(),
        Cause::HandedOff => w.rules_when_handed_off(),
        Cause::Renamed => w.rules_when_renamed(),
        Cause::AddedToProblem => w.rules_when_added_to_problem(),
        Cause::TakenFromProblem => w.rules_when_taken_from_problem(),
        Cause::ReviewAsked => w.rules_when_review_asked(),
        Cause::ClockWarned => w.clocks_told_warned(),
        Cause::ClockBreached => w.clocks_told_missed(),
        Cause::ReviewDecided => w.rules_when_review_decided(),
        Cause::SideAnswered => w.rules_when_side_answered(),
        Cause::MergedIn => w.rules_when_merged_in(),
    }
}

/// From when time is counted.
pub(crate) fn since(w: Words, since: Since) -> &'static str {
    match since {
        Since::Created => w.rules_since_created(),
        Since::Activity => w.rules_since_activity(),
        Since::Waiting => w.rules_since_waiting(),
        Since::Silence => w.rules_since_silence(),
        Since::Resolved => w.rules_since_resolved(),
    }
}

/// What a rule does, as its menu says it.
pub(crate) fn kind(w: Words, kind: &str) -> &'static str {
    match kind {
        "assign" => w.rules_do_assign(),
        "team" => w.rules_do_team(),
        "priority" => w.rules_do_priority(),
        "resolve" => w.rules_do_resolve(),
        "reopen" => w.rules_do_reopen(),
        "snooze" => w.rules_do_snooze(),
        "untag" => w.rules_do_untag(),
        "field" => w.rules_do_field(),
        "note" => w.rules_do_note(),
        "message" => w.rules_do_message(),
        "macro" => w.rules_do_macro(),
        "webhook" => w.rules_do_webhook(),
        "ask" => w.rules_do_ask(),
        _ => w.rules_do_tag(),
    }
}

/// When a rule looks at a conversation.
pub(crate) fn when(w: Words, trigger: &Trigger) -> String {
    match trigger {
        Trigger::Events(causes) => causes.iter().map(|one| cause(w, *one)).collect::<Vec<_>>().join(" · "),
        Trigger::Time(wait) => format!("{} {}", span(w, *wait), since(w, wait.since)),
    }
}

fn span(w: Words, wait: Wait) -> String {
    let (number, unit) = in_units(wait.minutes);
    let span = match unit {
        "days" => w.rules_days(number),
        "hours" => w.rules_hours(number),
        _ => w.rules_minutes(number),
    };
    if wait.working { w.rules_of_working_time(span) } else { span }
}

/// For what a rule ran.
pub(crate) fn ran_for(w: Words, run: &Run) -> &'static str {
    match (run.cause, run.since) {
        (Some(one), _) => cause(w, one),
        (None, Some(one)) => since(w, one),
        (None, None) => "",
    }
}

/// Why the customer was not written to.
pub(crate) fn not_written(w: Words, why: NotWritten) -> &'static str {
    match why {
        NotWritten::Machine => w.rules_left_machine(),
        NotWritten::Unreachable => w.rules_left_unreachable(),
        NotWritten::NotWanted => w.rules_left_not_wanted(),
        NotWritten::TooMany => w.rules_left_too_many(),
        NotWritten::Doubtful => w.rules_left_doubtful(),
        NotWritten::Sample => w.rules_left_sample(),
    }
}

/// What became of a run, in a word.
pub(crate) fn outcome(w: Words, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => w.rules_outcome_done(),
        Outcome::Failed => w.rules_outcome_failed(),
        Outcome::Braked => w.rules_outcome_braked(),
        Outcome::Looped => w.rules_outcome_looped(),
    }
}

/// Why a rule failed, and what to do.
pub(crate) fn why(w: Words, kept: &str) -> String {
    let known = match kept {
        "fields_missing" => w.rules_why_fields_missing(),
        "no_mailbox" => w.errors_no_mailbox(),
        "resolved" => w.snooze_resolved(),
        "gone" => w.rules_why_gone(),
        "body:gaps" => w.rules_why_gaps(),
        "assignee:not_active" => w.rules_why_not_active(),
        "until:not_understood" | "until:not_ahead" => w.rules_why_until(),
        other => {
            return match other.strip_prefix("webhook:") {
                Some(said) => w.rules_why_webhook(said),
                None => w.rules_why_other(other),
            };
        }
    };
    known.to_owned()
}

impl Context {
    /// The conditions in words; groups are said by those in them.
    pub(crate) fn conditions(&self, filter: &Filter) -> Vec<String> {
        let mut said = Vec::new();
        self.collect(&Node::of(filter, &self.called, &self.reader.zone), &mut said);
        said
    }

    fn collect(&self, node: &Node, said: &mut Vec<String>) {
        match node {
            Node::Line(line) => said.push(condition_words(line, &self.offered, &self.reader)),
            Node::Group { parts, .. } => parts.iter().for_each(|part| self.collect(part, said)),
        }
    }

    /// An action in words.
    pub(crate) fn action(&self, action: &Action) -> String {
        let w = self.reader.words;
        let row = Row::of(action);
        let named = |list: &[Named]| list.iter().find(|one| one.id == row.value).map(|one| one.name.clone());
        let about = match row.kind.as_str() {
            "assign" | "ask" if row.value == "nobody" => Some(w.macros_assign_nobody().to_owned()),
            "assign" | "ask" => {
                Some(named(&self.offered.choices.agents).unwrap_or_else(|| w.rules_somebody_gone().to_owned()))
            }
            "team" if row.value == "none" => Some(w.macros_team_none().to_owned()),
            "team" => named(&self.offered.choices.teams),
            "priority" => Urgency::ALL.iter().find(|one| one.value() == row.value).map(|one| one.words(w).to_owned()),
            "macro" => named(&self.macros),
            "field" => self.offered.known.field(&format!("field-{}", row.value)).map(|field| field.name.clone()),
            _ => None,
        };
        let short: String = row.text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(120).collect();
        let rest: Vec<String> = about.into_iter().chain((!short.is_empty()).then_some(short)).collect();
        if rest.is_empty() {
            kind(w, &row.kind).to_owned()
        } else {
            format!("{}: {}", kind(w, &row.kind), rest.join(" · "))
        }
    }

    /// What was done of an action, or why not.
    pub(crate) fn did(&self, did: &Did) -> String {
        let action = self.action(&did.action);
        did.left.map_or(action.clone(), |left| format!("{action} ({})", not_written(self.reader.words, left)))
    }
}
