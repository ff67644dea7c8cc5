//! What a conversation is and what its states mean. Decisions only: every moment is an argument.

use super::{ConversationId, History, MessageId};
use crate::{
    customers::CustomerId,
    fields::TypeId,
    mailboxes::MailboxId,
    people::{AgentId, TeamId},
};
use base::{id_type, row};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

id_type! {
    /// A word that agents put on conversations.
    TagId
}
id_type! {
    /// A saved view.
    ViewId
}
id_type! {
    /// A problem that conversations are part of: see the area of that name.
    ProblemId
}

kept_as_integer! {
    /// Whether a conversation still needs somebody.
    Status {
        /// It does.
        Open = 1 "open",
        /// It is put off until a moment, or until the customer writes.
        Snoozed = 2 "snoozed",
        /// It is settled; a new message from the customer opens it again.
        Resolved = 3 "resolved",
        /// Its messages are in another conversation now; it stands in no list.
        Merged = 4 "merged",
        /// It is a side conversation with others; it stands in no list, and waits for nobody.
        Side = 5 "side",
        /// It was taken away; it stands in no list, and cannot be opened.
        Removed = 6 "removed",
    }
}

kept_as_integer! {
    /// How much it matters that a conversation is answered soon.
    Priority {
        /// It can wait.
        Low = 1 "low",
        /// As usual.
        Normal = 2 "normal",
        /// Before the usual ones.
        High = 3 "high",
        /// At once.
        Urgent = 4 "urgent",
    }
}

kept_as_integer! {
    /// What a message is.
    MessageKind {
        /// From the customer's side.
        Incoming = 1 "incoming",
        /// From us to the customer.
        Outgoing = 2 "outgoing",
        /// From an agent to colleagues; never leaves the desk.
        Note = 3 "note",
        /// From a machine on the customer's side: automatic answer, delivery report.
        Automatic = 4 "automatic",
        /// From us to the customer, written by a rule: nobody has answered yet.
        Acknowledgement = 5 "acknowledgement",
    }
}

kept_as_integer! {
    /// How far an outgoing message has got.
    DeliveryState {
        /// It waits for its turn.
        Queued = 1 "queued",
        /// It is being handed over.
        Sending = 2 "sending",
        /// The next server has it.
        Sent = 3 "sent",
        /// Not taken yet; another attempt follows.
        Deferred = 4 "deferred",
        /// Refused, or returned as undeliverable.
        Failed = 5 "failed",
        /// It broke off while being handed over: a person decides whether to send it again.
        Unconfirmed = 6 "unconfirmed",
    }
}

impl Status {
    /// Whether lists show such a conversation: a merged one is in another now, a side one beside a customer's, a removed one is gone.
    pub fn is_listed(self) -> bool {
        !matches!(self, Status::Merged | Status::Side | Status::Removed)
    }
}

impl MessageKind {
    /// Whether it goes from us to the customer.
    pub fn is_ours(self) -> bool {
        matches!(self, MessageKind::Outgoing | MessageKind::Acknowledgement)
    }
}

impl Priority {
    /// How long a customer may wait before leaving them is neglect. Normal is the essays' "within 24 hours" (scorecard,
    /// average band); service levels per segment and calendar refine it later.
    pub fn patience(self) -> SignedDuration {
        SignedDuration::from_hours(match self {
            Priority::Urgent => 1,
            Priority::High => 4,
            Priority::Normal => 24,
            Priority::Low => 72,
        })
    }
}

row! {
    /// A conversation as it stands.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub struct Conversation {
        /// Its id.
        pub id: ConversationId,
        /// The number people call it by, unique in the workspace.
        pub number: i64,
        /// Subject.
        pub subject: String,
        /// Through which channel it came: `email`.
        pub channel: String,
        /// Through which mailbox.
        pub mailbox_id: Option<MailboxId>,
        /// Whose it is.
        pub customer_id: CustomerId,
        /// Their name, copied for lists.
        pub customer_name: String,
        /// Whether it still needs somebody.
        pub status: Status,
        /// How much it matters.
        pub priority: Priority,
        /// Who is responsible.
        pub assignee_id: Option<AgentId>,
        /// Which team is responsible.
        pub team_id: Option<TeamId>,
        /// The first words of the last message.
        pub preview: String,
        /// Messages and notes in it.
        pub message_count: i32,
        /// When it began.
        pub created_at: Timestamp,
        /// When something was last said in it.
        pub last_activity_at: Timestamp,
        /// Since when the customer has been waiting for an answer; none when it is their turn.
        pub waiting_since: Option<Timestamp>,
        /// When waiting becomes neglect; none unless it is open and the customer waits.
        pub respond_by: Option<Timestamp>,
        /// When it was first answered by a person.
        pub first_response_at: Option<Timestamp>,
        /// When it was settled.
        pub resolved_at: Option<Timestamp>,
        /// When it wakes by itself, while it is snoozed; none when only the customer wakes it.
        #[serde(default)]
        pub snoozed_until: Option<Timestamp>,
        /// Which fields it has; none for the default type's.
        #[serde(default)]
        pub type_id: Option<TypeId>,
        /// When the customer is owed an answer by their clock; none where no policy says.
        #[serde(default)]
        pub response_due: Option<Timestamp>,
        /// How often the customer has written since they wait.
        #[serde(default)]
        pub waiting_messages: i32,
        /// What orders those who wait, riskiest first: `respond_by`, or earlier for who had to write again.
        #[serde(default)]
        pub risk_at: Option<Timestamp>,
    }
}

/// A message, as far as a conversation's state follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What it is.
    pub kind: MessageKind,
    /// When.
    pub at: Timestamp,
    /// Its first words.
    pub preview: String,
    /// It never reached the customer.
    pub lost: bool,
}

/// Who had to write again comes before others: each time by a quarter of the time that they may wait, three times at most.
const AGAIN: i32 = 4;
const MOST_AGAIN: i32 = 3;

impl Conversation {
    /// The customer wrote: the clock of their waiting starts unless it runs already, a settled matter is open again, and one
    /// that was put off wakes.
    /// Returns whether it was reopened.
    pub fn customer_wrote(&mut self, at: Timestamp, preview: &str) -> bool {
        let reopened = self.status == Status::Resolved;
        if reopened {
            self.status = Status::Open;
            self.resolved_at = None;
            (self.waiting_since, self.response_due) = (None, None);
        }
        self.wake();
        self.waiting_messages = if self.waiting_since.is_none() { 1 } else { self.waiting_messages.saturating_add(1) };
        self.waiting_since = self.waiting_since.or(Some(at));
        self.said(at, preview);
        reopened
    }

    /// A machine on the customer's side wrote: nobody waits for an answer to that, and nothing is reopened by it.
    pub fn machine_wrote(&mut self, at: Timestamp, preview: &str) {
        self.said(at, preview);
    }

    /// We answered the customer. Who answers an unassigned conversation becomes responsible for it.
    pub fn answered(&mut self, at: Timestamp, by: Option<AgentId>, preview: &str) {
        self.waiting_since = None;
        self.first_response_at = self.first_response_at.or(Some(at));
        self.assignee_id = self.assignee_id.or(by);
        self.said(at, preview);
    }

    /// An answer of ours never reached the customer: they are waiting (again), and a settled matter is open again. Returns
    /// whether it was reopened.
    pub fn answer_was_lost(&mut self, at: Timestamp) -> bool {
        self.waiting_since = self.waiting_since.or(Some(at));
        let reopened = self.reopen() || self.wake();
        self.reckon();
        reopened
    }

    /// A rule told the customer that their message is here: they wait on.
    pub fn acknowledged(&mut self) {
        self.message_count += 1;
    }

    /// An answer that was to leave later has left.
    pub fn answer_left(&mut self, at: Timestamp, by: Option<AgentId>) {
        self.waiting_since = None;
        self.first_response_at = self.first_response_at.or(Some(at));
        self.assignee_id = self.assignee_id.or(by);
        self.last_activity_at = self.last_activity_at.max(at);
        self.reckon();
    }

    /// We wrote to somebody who had not written to us: nobody waits for an answer.
    pub fn we_wrote_first(&mut self, at: Timestamp, preview: &str) {
        self.said(at, preview);
    }

    /// A message from before was brought along. It counts and is dated, but sets nothing in motion: nobody is kept waiting by it, and
    /// what agents have settled since stays settled.
    pub fn brought_along(&mut self, at: Timestamp, history: &History, ours: bool, preview: &str) {
        let is_newest = at >= self.last_activity_at;
        if ours && self.message_count > 0 {
            self.first_response_at = Some(self.first_response_at.map_or(at, |first| first.min(at)));
        }
        self.message_count += 1;
        if is_newest {
            self.last_activity_at = at;
            preview.clone_into(&mut self.preview);
        }
        if self.status == Status::Resolved && is_newest && self.resolved_at.is_none_or(|resolved| resolved <= at) {
            self.resolved_at = Some(at);
            if at >= history.open_after {
                self.status = Status::Open;
                self.resolved_at = None;
            }
        }
        self.reckon();
    }

    /// An agent left a note: it shows in lists, but the customer waits on.
    pub fn noted(&mut self, at: Timestamp) {
        self.message_count += 1;
        self.last_activity_at = self.last_activity_at.max(at);
    }

    fn said(&mut self, at: Timestamp, preview: &str) {
        self.message_count += 1;
        self.last_activity_at = self.last_activity_at.max(at);
        preview.clone_into(&mut self.preview);
        self.reckon();
    }

    /// Puts the matter off until a moment, or until the customer writes. False when it is settled, or put off like that already.
    pub fn snooze(&mut self, until: Option<Timestamp>) -> bool {
        let same = self.status == Status::Snoozed && self.snoozed_until == until;
        if same || !matches!(self.status, Status::Open | Status::Snoozed) {
            return false;
        }
        self.status = Status::Snoozed;
        self.snoozed_until = until;
        self.reckon();
        true
    }

    /// The matter is not put off any more; a customer who was waiting waits on. False when it was not put off.
    pub fn wake(&mut self) -> bool {
        if self.status != Status::Snoozed {
            return false;
        }
        self.status = Status::Open;
        self.snoozed_until = None;
        self.reckon();
        true
    }

    /// Wakes when its moment has come: once it was away when that was looked for.
    pub fn wake_if_due(&mut self, now: Timestamp) -> bool {
        self.snoozed_until.is_some_and(|until| until <= now) && self.wake()
    }

    /// Settles the matter. False when it was settled already.
    pub fn resolve(&mut self, at: Timestamp) -> bool {
        if !matches!(self.status, Status::Open | Status::Snoozed) {
            return false;
        }
        self.snoozed_until = None;
        self.status = Status::Resolved;
        self.resolved_at = Some(at);
        self.reckon();
        true
    }

    /// Opens the matter again; a customer who was waiting when it was resolved waits on. False when it is open.
    pub fn reopen(&mut self) -> bool {
        if self.status != Status::Resolved {
            return false;
        }
        self.status = Status::Open;
        self.resolved_at = None;
        self.reckon();
        true
    }

    /// Takes it away, whatever it was.
    pub fn remove(&mut self) {
        self.status = Status::Removed;
        self.snoozed_until = None;
        self.reckon();
    }

    /// Brings it back as an open one.
    pub fn bring_back(&mut self) {
        self.status = Status::Open;
        self.resolved_at = None;
        self.reckon();
    }

    /// Sets how much it matters.
    pub fn set_priority(&mut self, priority: Priority) {
        self.priority = priority;
        self.reckon();
    }

    /// Its messages are others than before: what follows from them is drawn from them anew, oldest first. Whether it is
    /// settled, and whose it is, stays.
    pub fn retell(&mut self, said: &[Said]) {
        (self.waiting_since, self.first_response_at) = (None, None);
        self.message_count = i32::try_from(said.len()).unwrap_or(i32::MAX);
        self.last_activity_at = said.iter().map(|one| one.at).max().unwrap_or(self.created_at);
        self.preview =
            said.iter().rfind(|one| one.kind != MessageKind::Note).map(|one| one.preview.clone()).unwrap_or_default();
        for one in said {
            match one.kind {
                MessageKind::Incoming => {
                    self.waiting_messages = if self.waiting_since.is_none() { 1 } else { self.waiting_messages + 1 };
                    self.waiting_since = self.waiting_since.or(Some(one.at));
                }
                MessageKind::Outgoing if !one.lost => {
                    self.waiting_since = None;
                    self.first_response_at = self.first_response_at.or(Some(one.at));
                }
                _ => {}
            }
        }
        self.reckon();
    }

    /// Their clock says when the customer is owed an answer; none where it has none, or pauses.
    pub fn set_response_due(&mut self, due: Option<Timestamp>) {
        self.response_due = due;
        self.reckon();
    }

    /// `respond_by` follows from status, waiting, and the customer's clock or, without one, the priority's patience; nothing else
    /// sets it.
    fn reckon(&mut self) {
        if self.waiting_since.is_none() {
            (self.response_due, self.waiting_messages) = (None, 0);
        }
        self.respond_by = match (self.status, self.waiting_since) {
            (Status::Open, Some(since)) => {
                self.response_due.or_else(|| since.saturating_add(self.priority.patience()).ok())
            }
            _ => None,
        };
        self.risk_at = self.respond_by.zip(self.waiting_since).map(|(due, since)| {
            let again = self.waiting_messages.saturating_sub(1).clamp(0, MOST_AGAIN);
            due - due.duration_since(since) * again / AGAIN
        });
    }

    /// The views whose counts this conversation is part of.
    pub fn counted_in(&self) -> Vec<(CountedView, Uuid)> {
        let nobody = Uuid::nil();
        match self.status {
            Status::Open => {}
            Status::Snoozed => return vec![(CountedView::Snoozed, nobody)],
            Status::Resolved => return vec![(CountedView::Resolved, nobody)],
            Status::Merged | Status::Side | Status::Removed => return Vec::new(),
        }
        let mut views = vec![(CountedView::Open, nobody)];
        match self.assignee_id {
            Some(agent) => views.push((CountedView::Mine, agent.0)),
            None => views.push((CountedView::Unassigned, nobody)),
        }
        views.extend(self.team_id.map(|team| (CountedView::Team, team.0)));
        if self.respond_by.is_some() {
            views.push((CountedView::Neglected, nobody));
        }
        views
    }
}

kept_as_integer! {
    /// A kind of view whose conversations are counted by each write.
    CountedView {
        /// Open ones.
        Open = 1 "open",
        /// Open ones of an agent.
        Mine = 2 "mine",
        /// Open ones of nobody.
        Unassigned = 3 "unassigned",
        /// Open ones whose customer waits for an answer.
        Neglected = 4 "neglected",
        /// Settled ones.
        Resolved = 5 "resolved",
        /// Open ones of a team.
        Team = 6 "team",
        /// Open ones with a tag.
        Tag = 7 "tag",
        /// Those that are put off.
        Snoozed = 8 "snoozed",
        /// Open ones in which an agent was mentioned.
        Mentions = 20 "mentions",
    }
}

/// Who holds a conversation: they let the customer wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// Nobody has taken it.
    Nobody,
    /// An agent.
    Agent(AgentId),
    /// A team, of which nobody has taken it.
    Team(TeamId),
}

impl Holder {
    /// Who holds a conversation as it stands.
    pub fn of(conversation: &Conversation) -> Self {
        match (conversation.assignee_id, conversation.team_id) {
            (Some(agent), _) => Holder::Agent(agent),
            (None, Some(team)) => Holder::Team(team),
            (None, None) => Holder::Nobody,
        }
    }

    pub(crate) fn to_columns(self) -> (i16, Option<Uuid>) {
        match self {
            Holder::Nobody => (0, None),
            Holder::Agent(id) => (1, Some(id.0)),
            Holder::Team(id) => (2, Some(id.0)),
        }
    }

    pub(crate) fn from_columns(kind: i16, id: Option<Uuid>) -> Self {
        match (kind, id) {
            (1, Some(id)) => Holder::Agent(AgentId(id)),
            (2, Some(id)) => Holder::Team(TeamId(id)),
            _ => Holder::Nobody,
        }
    }
}

/// Who holds a conversation, and whether the clock of waiting runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    pub(super) holder: Holder,
    pub(super) waits: bool,
}

impl Turn {
    pub(super) fn of(conversation: &Conversation) -> Self {
        Self { holder: Holder::of(conversation), waits: conversation.respond_by.is_some() }
    }
}

/// A time in which one holder held a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Who.
    pub holder: Holder,
    /// From when.
    pub since: Timestamp,
    /// Until when; none while they hold it.
    pub until: Option<Timestamp>,
    /// How long the customer waited meanwhile, in microseconds, without what runs since `waiting_from`.
    pub waited: i64,
    /// Since when the clock of waiting runs, if it does.
    pub waiting_from: Option<Timestamp>,
}

impl Span {
    /// The first one of a conversation whose holder nobody has written down yet.
    pub(super) fn first(conversation: &Conversation) -> Self {
        let waits = Turn::of(conversation).waits;
        Self {
            holder: Holder::of(conversation),
            since: conversation.created_at,
            until: None,
            waited: 0,
            waiting_from: conversation.waiting_since.filter(|_| waits).map(|at| at.max(conversation.created_at)),
        }
    }

    /// With the waiting up to `at` charged; the clock goes on from there.
    pub(super) fn up_to(mut self, at: Timestamp) -> Self {
        if let Some(from) = self.waiting_from {
            let at = at.max(from);
            self.waited += at.as_microsecond() - from.as_microsecond();
            self.waiting_from = Some(at);
        }
        self
    }

    /// What becomes of it at `at`, and the span that follows when somebody else holds the conversation from then on.
    pub(super) fn turned(self, to: Turn, at: Timestamp) -> (Self, Option<Self>) {
        let at = at.max(self.since);
        let mut ended = self.up_to(at);
        let clock = to.waits.then_some(at);
        if self.holder == to.holder {
            ended.waiting_from = clock;
            return (ended, None);
        }
        (ended.until, ended.waiting_from) = (Some(at), None);
        (ended, Some(Self { holder: to.holder, since: at, until: None, waited: 0, waiting_from: clock }))
    }
}

/// A list of conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// All open ones, last activity first.
    Open,
    /// Open ones of the viewer.
    Mine,
    /// Open ones of nobody.
    Unassigned,
    /// Those whose customer waits for an answer, riskiest first.
    Neglected,
    /// Those that are put off, next to wake first.
    Snoozed,
    /// Settled ones.
    Resolved,
    /// Open ones of a team.
    Team(TeamId),
    /// Open ones with a tag.
    Tag(TagId),
    /// All conversations of a customer, open and settled.
    Customer(CustomerId),
    /// Open ones in which the viewer was mentioned.
    Mentions,
    /// Those with a draft that waits for the viewer's review, or, approved, for the viewer to send it.
    Reviews,
    /// What a saved view's conditions say.
    Saved(ViewId),
}

/// What comes next for a message whose job is run, by the state that an earlier attempt left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// Hand it over.
    Send,
    /// Nothing: it is done with, one way or the other.
    Nothing,
    /// An earlier attempt broke off while handing it over; a person decides.
    AskAPerson,
}

impl DeliveryState {
    /// What an attempt does with a message in this state.
    pub fn next_step(self) -> NextStep {
        match self {
            // A failed one is attempted only when somebody has ordered it again; nothing of it was taken.
            DeliveryState::Queued | DeliveryState::Deferred | DeliveryState::Failed => NextStep::Send,
            DeliveryState::Sending => NextStep::AskAPerson,
            DeliveryState::Sent | DeliveryState::Unconfirmed => NextStep::Nothing,
        }
    }

    /// Whether a person may order another attempt.
    pub fn may_send_again(self) -> bool {
        matches!(self, DeliveryState::Failed | DeliveryState::Unconfirmed)
    }
}

/// The last message that the writer of an answer had seen, and the newest one that is there.
pub(super) fn moved_on(seen: Option<MessageId>, newest: Option<MessageId>) -> bool {
    match (seen, newest) {
        (Some(seen), Some(newest)) => newest.0 > seen.0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    fn conversation() -> Conversation {
        Conversation {
            id: ConversationId(Uuid::nil()),
            number: 1,
            subject: String::new(),
            channel: "email".into(),
            mailbox_id: None,
            customer_id: CustomerId(Uuid::nil()),
            customer_name: String::new(),
            status: Status::Open,
            priority: Priority::Normal,
            assignee_id: None,
            team_id: None,
            preview: String::new(),
            message_count: 0,
            created_at: at(0),
            last_activity_at: at(0),
            waiting_since: None,
            respond_by: None,
            response_due: None,
            waiting_messages: 0,
            risk_at: None,
            first_response_at: None,
            resolved_at: None,
            snoozed_until: None,
            type_id: None,
        }
    }

    #[test]
    fn a_conversation_brought_along_is_settled_unless_it_is_recent_and_nobody_waits_because_of_it() {
        let history = History { delivered_at: None, open_after: at(100) };
        let mut old = Conversation { status: Status::Resolved, resolved_at: Some(at(10)), ..conversation() };
        old.brought_along(at(10), &history, false, "first");
        old.brought_along(at(20), &history, true, "answer");
        assert_eq!((old.status, old.resolved_at, old.waiting_since), (Status::Resolved, Some(at(20)), None));
        assert_eq!((old.first_response_at, old.message_count), (Some(at(20)), 2));
        old.brought_along(at(100), &history, false, "again");
        assert_eq!((old.status, old.resolved_at, old.respond_by), (Status::Open, None, None));
        old.resolve(at(200));
        old.brought_along(at(150), &history, false, "late");
        assert_eq!((old.status, old.resolved_at), (Status::Resolved, Some(at(200))), "an agent settled it since");
        old.brought_along(at(5), &history, false, "early");
        assert_eq!((old.preview.as_str(), old.last_activity_at, old.message_count), ("late", at(150), 5));
    }

    #[test]
    fn a_customer_who_waits_goes_on_waiting_while_old_mail_is_brought_along() {
        let history = History { delivered_at: None, open_after: at(0) };
        let mut live = conversation();
        live.customer_wrote(at(50), "hello");
        live.brought_along(at(20), &history, true, "old answer");
        assert_eq!((live.waiting_since, live.preview.as_str()), (Some(at(50)), "hello"));
    }

    #[test]
    fn a_customer_who_writes_twice_has_been_waiting_since_the_first_time() {
        let mut c = conversation();
        c.customer_wrote(at(1), "a");
        c.customer_wrote(at(50), "b");
        assert_eq!(c.waiting_since, Some(at(1)));
        assert_eq!(c.respond_by, Some(at(1 + 24 * 60)));
    }

    #[test]
    fn a_note_does_not_stop_the_customers_waiting() {
        let mut c = conversation();
        c.customer_wrote(at(1), "a");
        c.noted(at(2));
        assert_eq!(c.waiting_since, Some(at(1)));
        assert_eq!(c.preview, "a");
    }

    #[test]
    fn what_is_put_off_is_not_neglected_and_wakes_to_where_it_was() {
        let mut c = conversation();
        c.customer_wrote(at(1), "a");
        let before = c.clone();
        assert!(c.snooze(Some(at(60))) && !c.snooze(Some(at(60))));
        assert_eq!((c.respond_by, c.waiting_since), (None, Some(at(1))));
        assert!(!c.wake_if_due(at(59)));
        assert!(c.wake_if_due(at(60)));
        assert_eq!(c, before);
        c.resolve(at(70));
        assert!(!c.snooze(None), "a settled matter is not put off");
    }

    #[test]
    fn undoing_a_resolution_lets_the_customer_wait_on() {
        let mut c = conversation();
        c.customer_wrote(at(1), "a");
        let before = c.clone();
        assert!(c.resolve(at(2)));
        assert_eq!(c.respond_by, None);
        assert!(c.reopen());
        assert_eq!(c, before);
    }

    #[test]
    fn who_answers_an_unassigned_conversation_becomes_responsible_but_takes_it_from_nobody() {
        let (first, second) = (AgentId(Uuid::from_u128(1)), AgentId(Uuid::from_u128(2)));
        let mut c = conversation();
        c.answered(at(1), Some(first), "a");
        c.answered(at(2), Some(second), "b");
        assert_eq!(c.assignee_id, Some(first));
        assert_eq!(c.first_response_at, Some(at(1)));
    }

    #[test]
    fn who_had_to_write_again_comes_before_who_waits_as_long() {
        let (mut once, mut twice) = (conversation(), conversation());
        once.customer_wrote(at(0), "Hello");
        twice.customer_wrote(at(0), "Hello");
        twice.customer_wrote(at(30), "Is anybody there?");
        assert!(twice.risk_at < once.risk_at);
        assert_eq!(twice.respond_by, once.respond_by, "it is due when it is due");
        for minute in 31..99 {
            twice.customer_wrote(at(minute), "?");
        }
        assert!(twice.risk_at > twice.waiting_since);
        twice.answered(at(100), None, "Here");
        twice.customer_wrote(at(101), "Thanks, and now?");
        assert_eq!((twice.waiting_messages, twice.risk_at), (1, twice.respond_by));
    }

    #[test]
    fn a_message_that_broke_off_while_being_handed_over_is_never_sent_again_by_itself() {
        assert_eq!(DeliveryState::Sending.next_step(), NextStep::AskAPerson);
        assert_eq!(DeliveryState::Unconfirmed.next_step(), NextStep::Nothing);
    }

    #[derive(Debug, Clone, Copy)]
    enum Step {
        Customer,
        Machine,
        Answer,
        Note,
        Resolve,
        Reopen,
        Snooze(Option<i64>),
        Wake,
        Priority(Priority),
    }

    fn step() -> impl Strategy<Value = Step> {
        use Step::{Answer, Customer, Machine, Note, Reopen, Resolve, Wake};
        prop_oneof![
            proptest::sample::select(vec![Customer, Machine, Answer, Note, Resolve, Reopen, Wake]),
            proptest::option::of(0_i64..90).prop_map(Step::Snooze),
            proptest::sample::select(Priority::ALL.to_vec()).prop_map(Step::Priority),
        ]
    }

    proptest! {
        #[test]
        fn nobody_who_waits_in_an_open_conversation_is_missing_from_neglected(steps in proptest::collection::vec(step(), 0..40)) {
            let mut c = conversation();
            for (minute, step) in (1..).zip(steps) {
                match step {
                    Step::Customer => { c.customer_wrote(at(minute), "m"); }
                    Step::Machine => c.machine_wrote(at(minute), "m"),
                    Step::Answer => c.answered(at(minute), None, "m"),
                    Step::Note => c.noted(at(minute)),
                    Step::Resolve => { c.resolve(at(minute)); }
                    Step::Reopen => { c.reopen(); }
                    Step::Snooze(until) => { c.snooze(until.map(at)); }
                    Step::Wake => { c.wake(); }
                    Step::Priority(p) => c.set_priority(p),
                }
                let waits = c.status == Status::Open && c.waiting_since.is_some();
                prop_assert_eq!(c.respond_by.is_some(), waits);
                prop_assert_eq!(c.counted_in().iter().any(|(view, _)| *view == CountedView::Neglected), waits);
                prop_assert_eq!(c.resolved_at.is_some(), c.status == Status::Resolved);
                prop_assert!(c.snoozed_until.is_none() || c.status == Status::Snoozed);
                if matches!(step, Step::Customer) {
                    prop_assert_eq!(c.status, Status::Open);
                }
                prop_assert_eq!(c.risk_at.is_some(), waits);
                prop_assert!(c.waiting_since.zip(c.risk_at).is_none_or(|(since, risk)| since <= risk && c.respond_by >= Some(risk)));
                if let (Some(by), Some(since)) = (c.respond_by, c.waiting_since) {
                    prop_assert_eq!(by, since + c.priority.patience());
                }
            }
        }
    }

    fn holder(n: u8) -> Holder {
        match n % 4 {
            0 => Holder::Nobody,
            1 => Holder::Team(TeamId(Uuid::from_u128(1))),
            n => Holder::Agent(AgentId(Uuid::from_u128(u128::from(n)))),
        }
    }

    proptest! {
        #[test]
        fn spans_follow_one_another_and_share_the_waiting_out_among_their_holders(
            turns in proptest::collection::vec((0_u8..4, any::<bool>(), 0_i64..50), 1..40),
        ) {
            let mut now = at(0);
            let mut spans = vec![Span { holder: Holder::Nobody, since: now, until: None, waited: 0, waiting_from: None }];
            let (mut charged, mut last) = (std::collections::BTreeMap::<(i16, Option<Uuid>), i64>::new(), (Holder::Nobody, false));
            for (who, waits, minutes) in turns {
                let later = now + SignedDuration::from_mins(minutes);
                if last.1 {
                    *charged.entry(last.0.to_columns()).or_default() += later.as_microsecond() - now.as_microsecond();
                }
                (now, last) = (later, (holder(who), waits));
                let open = spans.pop().unwrap();
                let (ended, next) = open.turned(Turn { holder: holder(who), waits }, now);
                spans.push(ended);
                spans.extend(next);
            }
            let open = spans.pop().unwrap();
            prop_assert!(open.until.is_none() && open.holder == last.0);
            spans.push(open.up_to(now));
            for two in spans.windows(2) {
                prop_assert_eq!(two[0].until, Some(two[1].since));
                prop_assert_ne!(two[0].holder, two[1].holder);
            }
            let mut by_span = std::collections::BTreeMap::<(i16, Option<Uuid>), i64>::new();
            for span in &spans {
                *by_span.entry(span.holder.to_columns()).or_default() += span.waited;
            }
            by_span.retain(|_, waited| *waited > 0);
            charged.retain(|_, waited| *waited > 0);
            prop_assert_eq!(by_span, charged);
        }
    }
}
