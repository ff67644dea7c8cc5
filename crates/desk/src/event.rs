//! What can happen. Written in the transaction of the change; read by cursor by whoever cares.

use crate::{
    Actor,
    bulk::BulkId,
    clocks,
    conversations::{ConversationId, DeliveryState, LinkKind, MessageId, Priority, RearrangementId},
    customers::{CustomerId, OrganisationId},
    fields::{FieldId, TypeId},
    handoffs::{self, HandoffId},
    mailboxes::MailboxId,
    people::{AgentId, TeamId},
    problems::ProblemId,
    procedures::{Cap, ProcedureId},
    reviews::{self, ReviewId},
    rules::RuleId,
};
use base::events::{NewEvent, Recorded};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What happened, in the past tense.
#[expect(
    missing_docs,
    reason = "the fields' names and types say it: which conversation, which message, from what to what"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A conversation began.
    ConversationOpened { conversation: ConversationId },
    /// A customer's message, or a machine's, arrived.
    MessageReceived { conversation: ConversationId, message: MessageId },
    /// An agent answered; the answer is on its way.
    ReplyWritten { conversation: ConversationId, message: MessageId },
    /// A message from before was brought along; nothing is to be done because of it.
    MessageImported { conversation: ConversationId, message: MessageId },
    /// An agent wrote a note for colleagues.
    NoteWritten { conversation: ConversationId, message: MessageId },
    /// A rule told the customer that their message is here.
    Acknowledged { conversation: ConversationId, message: MessageId },
    /// An answer was called back before it left.
    Recalled { conversation: ConversationId, message: MessageId },
    /// An outgoing message got further, or did not.
    DeliveryChanged { conversation: ConversationId, message: MessageId, state: DeliveryState },
    /// Someone else is responsible, or nobody.
    Assigned { conversation: ConversationId, from: Option<AgentId>, to: Option<AgentId> },
    /// Another team is responsible, or none.
    TeamAssigned { conversation: ConversationId, from: Option<TeamId>, to: Option<TeamId> },
    /// The matter is settled.
    Resolved { conversation: ConversationId },
    /// The matter is open again.
    Reopened { conversation: ConversationId },
    /// Its priority changed.
    PrioritySet { conversation: ConversationId, from: Priority, to: Priority },
    /// A tag was put on it.
    Tagged { conversation: ConversationId, tag: String },
    /// A tag was taken off it.
    Untagged { conversation: ConversationId, tag: String },
    /// A note mentions somebody.
    Mentioned { conversation: ConversationId, message: MessageId, agent: AgentId },
    /// Somebody is told from now on what happens in it.
    Followed { conversation: ConversationId, agent: AgentId },
    /// The agent keeps it on top of their lists.
    Pinned { conversation: ConversationId, agent: AgentId },
    /// The agent does not keep it on top any more.
    Unpinned { conversation: ConversationId, agent: AgentId },
    /// It was given to another person or team, with a brief.
    HandedOff { conversation: ConversationId, handoff: HandoffId },
    /// A hand-off was accepted, declined or taken back.
    HandoffDecided { conversation: ConversationId, handoff: HandoffId, state: handoffs::State },
    /// The acting agent's draft of an answer waits for a colleague's review.
    ReviewAsked { conversation: ConversationId, review: ReviewId },
    /// The text of a draft under review was changed.
    ReviewEdited { conversation: ConversationId, review: ReviewId },
    /// A review ended, or its draft was approved.
    ReviewDecided { conversation: ConversationId, review: ReviewId, author: AgentId, state: reviews::State },
    /// A rule did something with it.
    RuleFired { conversation: ConversationId, rule: RuleId, name: String },
    /// A rule failed so often that it was switched off, the last time in it.
    RuleSwitchedOff { conversation: ConversationId, rule: RuleId, name: String },
    /// A procedure of this name begins in it.
    ProcedureBegun { conversation: ConversationId, name: String },
    /// A step of its procedure was done or taken back; of a decision with the answer.
    ProcedureStep { conversation: ConversationId, title: String, done: bool, answer: Option<String> },
    /// All steps on the way of its procedure are done.
    ProcedureFinished { conversation: ConversationId, name: String },
    /// Its procedure goes on with another version.
    ProcedureRenewed { conversation: ConversationId, name: String, version: i32 },
    /// Its procedure was taken off it.
    ProcedureTakenOff { conversation: ConversationId, name: String },
    /// It is to be resolved although these steps are missing.
    ProcedureOverridden { conversation: ConversationId, steps: Vec<String>, reason: String },
    /// There is more in it than its procedure allows.
    ProcedureEscalated { conversation: ConversationId, procedure: ProcedureId, cap: Cap, most: i32 },
    /// A side conversation was begun beside it.
    SideBegun { conversation: ConversationId, side: ConversationId, number: i64 },
    /// Somebody answered in a side conversation of it.
    SideAnswered { conversation: ConversationId, side: ConversationId, number: i64, message: MessageId, with: String },
    /// It is the sample, and was taken away.
    SampleRemoved { conversation: ConversationId },
    /// It is the sample, and is back.
    SampleReturned { conversation: ConversationId },
    /// Its subject was changed.
    Renamed { conversation: ConversationId, from: String, to: String },
    /// Its messages went into another conversation, of this number.
    MergedAway { conversation: ConversationId, into: i64 },
    /// All messages of the conversation of this number came into it.
    MergedIn { conversation: ConversationId, from: i64, rearrangement: RearrangementId },
    /// Messages of it became a conversation of their own, of this number.
    SplitOff { conversation: ConversationId, into: i64, rearrangement: RearrangementId },
    /// It began with messages of the conversation of this number.
    BeganAsSplit { conversation: ConversationId, from: i64 },
    /// One of its messages went to the conversation of this number.
    MessageMovedAway { conversation: ConversationId, into: i64, rearrangement: RearrangementId },
    /// A message of the conversation of this number came into it.
    MessageMovedIn { conversation: ConversationId, from: i64, rearrangement: RearrangementId },
    /// A merge, split or move with the conversation of this number was undone.
    RearrangementUndone { conversation: ConversationId, other: i64 },
    /// An agent asked for something that was known already.
    AskedAgain { conversation: ConversationId, about: String },
    /// What is known of a customer changed.
    CustomerChanged { customer: CustomerId },
    /// A customer turned out to be another one, or was parted from them again.
    CustomersMerged { customer: CustomerId, from: CustomerId, undone: bool },
    /// What is known of an organisation changed.
    OrganisationChanged { organisation: OrganisationId },
    /// It is put off until a moment, or until the customer writes.
    Snoozed { conversation: ConversationId, until: Option<Timestamp> },
    /// It is not put off any more.
    Woken { conversation: ConversationId },
    /// An agent does not want to be told any more.
    Unfollowed { conversation: ConversationId, agent: AgentId },
    /// It belongs together with the conversation of this number; `reversed`: that one was linked to it.
    Linked { conversation: ConversationId, other: i64, link: LinkKind, reversed: bool },
    /// It has nothing to do any more with the conversation of this number.
    Unlinked { conversation: ConversationId, other: i64 },
    /// It is a conversation of another type.
    TypeSet { conversation: ConversationId, from: Option<TypeId>, to: Option<TypeId> },
    /// One of its fields holds something else.
    FieldSet { conversation: ConversationId, field: FieldId, name: String, from: String, to: String },
    /// It was made part of a problem.
    AddedToProblem { conversation: ConversationId, problem: ProblemId, number: i64, title: String },
    /// It is not part of a problem any more.
    TakenFromProblem { conversation: ConversationId, problem: ProblemId, number: i64, title: String },
    /// A problem was opened.
    ProblemOpened { problem: ProblemId },
    /// What a problem is called, what is known of it, who looks after it, or its answer was changed.
    ProblemChanged { problem: ProblemId },
    /// A problem is not there any more.
    ProblemSolved { problem: ProblemId },
    /// A problem is there again.
    ProblemReopened { problem: ProblemId },
    /// Sending a problem's answer to all began, went on, ended, or an answer did not arrive.
    ProblemWent { problem: ProblemId },
    /// A change to many conversations went on, ended or was undone.
    BulkWent { bulk: BulkId },
    /// A saved view was made, changed or removed.
    ViewsChanged,
    /// Types or fields of conversations were changed.
    FieldsChanged,
    /// A mailbox was set up, changed, or its health did.
    MailboxChanged { mailbox: MailboxId },
    /// Something could not be read, or was taken out of quarantine.
    QuarantineChanged,
    /// An agent or a team was added or changed.
    PeopleChanged,
    /// A macro was made, changed or deleted.
    MacrosChanged,
    /// Business hours were made, changed or deleted.
    CalendarsChanged,
    /// The end of a clock's target is near.
    ClockWarned { conversation: ConversationId, clock: clocks::Kind, due: Option<Timestamp> },
    /// A clock's target has passed.
    ClockBreached { conversation: ConversationId, clock: clocks::Kind, due: Option<Timestamp> },
    /// Policies of service levels were made, changed, ordered or archived.
    ServiceLevelsChanged,
    /// A rule was made, changed, switched, ordered or deleted.
    RulesChanged,
    /// A procedure was made, changed or archived.
    ProceduresChanged,
}

impl Event {
    /// The conversation it happened to.
    pub fn conversation(&self) -> Option<ConversationId> {
        use Event as E;
        match self {
            E::ConversationOpened { conversation }
            | E::MessageReceived { conversation, .. }
            | E::ReplyWritten { conversation, .. }
            | E::MessageImported { conversation, .. }
            | E::NoteWritten { conversation, .. }
            | E::Acknowledged { conversation, .. }
            | E::Recalled { conversation, .. }
            | E::DeliveryChanged { conversation, .. }
            | E::Assigned { conversation, .. }
            | E::TeamAssigned { conversation, .. }
            | E::Resolved { conversation }
            | E::Reopened { conversation }
            | E::PrioritySet { conversation, .. }
            | E::Tagged { conversation, .. }
            | E::Mentioned { conversation, .. }
            | E::SideBegun { conversation, .. }
            | E::SampleRemoved { conversation }
            | E::SampleReturned { conversation }
            | E::SideAnswered { conversation, .. }
            | E::HandedOff { conversation, .. }
            | E::HandoffDecided { conversation, .. }
            | E::ReviewAsked { conversation, .. }
            | E::ReviewEdited { conversation, .. }
            | E::ReviewDecided { conversation, .. }
            | E::RuleFired { conversation, .. }
            | E::RuleSwitchedOff { conversation, .. }
            | E::ProcedureBegun { conversation, .. }
            | E::ProcedureStep { conversation, .. }
            | E::ProcedureFinished { conversation, .. }
            | E::ProcedureRenewed { conversation, .. }
            | E::ProcedureTakenOff { conversation, .. }
            | E::ProcedureOverridden { conversation, .. }
            | E::ProcedureEscalated { conversation, .. }
            | E::Followed { conversation, .. }
            | E::ClockWarned { conversation, .. }
            | E::ClockBreached { conversation, .. }
            | E::Pinned { conversation, .. }
            | E::Unpinned { conversation, .. }
            | E::Untagged { conversation, .. }
            | E::MergedAway { conversation, .. }
            | E::MergedIn { conversation, .. }
            | E::SplitOff { conversation, .. }
            | E::BeganAsSplit { conversation, .. }
            | E::MessageMovedAway { conversation, .. }
            | E::MessageMovedIn { conversation, .. }
            | E::RearrangementUndone { conversation, .. }
            | E::AskedAgain { conversation, .. }
            | E::Snoozed { conversation, .. }
            | E::Woken { conversation, .. }
            | E::Unfollowed { conversation, .. }
            | E::Linked { conversation, .. }
            | E::AddedToProblem { conversation, .. }
            | E::TakenFromProblem { conversation, .. }
            | E::Unlinked { conversation, .. }
            | E::TypeSet { conversation, .. }
            | E::FieldSet { conversation, .. }
            | E::Renamed { conversation, .. } => Some(*conversation),
            E::ProblemOpened { .. }
            | E::ProblemChanged { .. }
            | E::ProblemSolved { .. }
            | E::ProblemReopened { .. }
            | E::ProblemWent { .. }
            | E::CustomerChanged { .. }
            | E::CustomersMerged { .. }
            | E::OrganisationChanged { .. }
            | E::BulkWent { .. }
            | E::ViewsChanged
            | E::FieldsChanged
            | E::MailboxChanged { .. }
            | E::QuarantineChanged
            | E::MacrosChanged
            | E::CalendarsChanged
            | E::ServiceLevelsChanged
            | E::RulesChanged
            | E::ProceduresChanged
            | E::PeopleChanged => None,
        }
    }

    fn kind(&self) -> &'static str {
        use Event as E;
        match self {
            E::ConversationOpened { .. } => "conversation_opened",
            E::MessageReceived { .. } => "message_received",
            E::ReplyWritten { .. } => "reply_written",
            E::MessageImported { .. } => "message_imported",
            E::NoteWritten { .. } => "note_written",
            E::Acknowledged { .. } => "acknowledged",
            E::Recalled { .. } => "recalled",
            E::DeliveryChanged { .. } => "delivery_changed",
            E::Assigned { .. } => "assigned",
            E::TeamAssigned { .. } => "team_assigned",
            E::Resolved { .. } => "resolved",
            E::Reopened { .. } => "reopened",
            E::PrioritySet { .. } => "priority_set",
            E::Tagged { .. } => "tagged",
            E::Untagged { .. } => "untagged",
            E::Renamed { .. } => "renamed",
            E::Mentioned { .. } => "mentioned",
            E::SideBegun { .. } => "side_begun",
            E::SampleRemoved { .. } => "sample_removed",
            E::SampleReturned { .. } => "sample_returned",
            E::SideAnswered { .. } => "side_answered",
            E::HandedOff { .. } => "handed_off",
            E::HandoffDecided { .. } => "handoff_decided",
            E::ReviewAsked { .. } => "review_asked",
            E::ReviewEdited { .. } => "review_edited",
            E::ReviewDecided { .. } => "review_decided",
            E::RuleFired { .. } => "rule_fired",
            E::RuleSwitchedOff { .. } => "rule_switched_off",
            E::ProcedureBegun { .. } => "procedure_begun",
            E::ProcedureStep { .. } => "procedure_step",
            E::ProcedureFinished { .. } => "procedure_finished",
            E::ProcedureRenewed { .. } => "procedure_renewed",
            E::ProcedureTakenOff { .. } => "procedure_taken_off",
            E::ProcedureOverridden { .. } => "procedure_overridden",
            E::ProcedureEscalated { .. } => "procedure_escalated",
            E::Followed { .. } => "followed",
            E::ClockWarned { .. } => "clock_warned",
            E::ClockBreached { .. } => "clock_breached",
            E::ServiceLevelsChanged => "service_levels_changed",
            E::Pinned { .. } => "pinned",
            E::Unpinned { .. } => "unpinned",
            E::MergedAway { .. } => "merged_away",
            E::MergedIn { .. } => "merged_in",
            E::SplitOff { .. } => "split_off",
            E::BeganAsSplit { .. } => "began_as_split",
            E::MessageMovedAway { .. } => "message_moved_away",
            E::MessageMovedIn { .. } => "message_moved_in",
            E::RearrangementUndone { .. } => "rearrangement_undone",
            E::AskedAgain { .. } => "asked_again",
            E::CustomerChanged { .. } => "customer_changed",
            E::CustomersMerged { .. } => "customers_merged",
            E::OrganisationChanged { .. } => "organisation_changed",
            E::Snoozed { .. } => "snoozed",
            E::Woken { .. } => "woken",
            E::Unfollowed { .. } => "unfollowed",
            E::Linked { .. } => "linked",
            E::Unlinked { .. } => "unlinked",
            E::TypeSet { .. } => "type_set",
            E::FieldSet { .. } => "field_set",
            E::AddedToProblem { .. } => "added_to_problem",
            E::TakenFromProblem { .. } => "taken_from_problem",
            E::ProblemOpened { .. } => "problem_opened",
            E::ProblemChanged { .. } => "problem_changed",
            E::ProblemSolved { .. } => "problem_solved",
            E::ProblemReopened { .. } => "problem_reopened",
            E::ProblemWent { .. } => "problem_went",
            E::BulkWent { .. } => "bulk_went",
            E::ViewsChanged => "views_changed",
            E::FieldsChanged => "fields_changed",
            E::MailboxChanged { .. } => "mailbox_changed",
            E::QuarantineChanged => "quarantine_changed",
            E::PeopleChanged => "people_changed",
            E::MacrosChanged => "macros_changed",
            E::CalendarsChanged => "calendars_changed",
            E::RulesChanged => "rules_changed",
            E::ProceduresChanged => "procedures_changed",
        }
    }

    pub(crate) fn to_new(&self, actor: Actor) -> NewEvent {
        NewEvent {
            kind: self.kind(),
            actor: actor.to_columns(),
            conversation_id: self.conversation().map(|id| id.0),
            data: serde_json::to_string(self).unwrap_or_default(),
        }
    }
}

/// An event with its place, time and actor.
#[derive(Debug, Clone)]
pub struct Happened {
    /// Its place in the workspace's log.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What happened.
    pub event: Event,
}

impl Happened {
    /// Reads a logged event; none when it was written by a newer version of the program.
    pub(crate) fn from_recorded(recorded: &Recorded) -> Option<Self> {
        let event = serde_json::from_str(&recorded.data).ok()?;
        let actor = Actor::from_columns(recorded.actor_kind, recorded.actor_id);
        Some(Self { seq: recorded.seq, at: recorded.at, actor, event })
    }
}
