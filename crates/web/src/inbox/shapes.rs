//! What the inbox shows, as plain data: pages are functions of these.

use base::mail::Invitation;
use desk::bulk::Bulk;
use desk::clocks::ClockShown;
use desk::conversations::LinkKind;
use desk::conversations::Written;
use desk::fields::FieldKind;
use desk::reviews::{Change, State};
use jiff::Timestamp;
use words::Words;

use crate::components::pill::Tone;
use crate::customers::beside::Beside;

/// Somebody or something that can be chosen from a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// Its id as text.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
}

/// How urgent a conversation is, in the order of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Urgency {
    /// Before everything else.
    Urgent,
    /// Before the others.
    High,
    /// As they come.
    Normal,
    /// When there is time.
    Low,
}

impl Urgency {
    /// All, most urgent first.
    pub(crate) const ALL: [Urgency; 4] = [Urgency::Urgent, Urgency::High, Urgency::Normal, Urgency::Low];

    /// In forms.
    pub(crate) fn value(self) -> &'static str {
        match self {
            Urgency::Urgent => "urgent",
            Urgency::High => "high",
            Urgency::Normal => "normal",
            Urgency::Low => "low",
        }
    }

    /// In words.
    pub(crate) fn words(self, say: Words) -> &'static str {
        match self {
            Urgency::Urgent => say.common_urgent(),
            Urgency::High => say.common_high(),
            Urgency::Normal => say.common_normal(),
            Urgency::Low => say.common_low(),
        }
    }
}

/// A customer who waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Waiting {
    /// Since when.
    pub(crate) since: Timestamp,
    /// From when on leaving them is neglect.
    pub(crate) due: Timestamp,
    /// How often they have written since.
    pub(crate) messages: i32,
}

impl Waiting {
    /// What the colour says: half of the time has passed, all of it has.
    pub(crate) fn tone(self, now: Timestamp) -> Tone {
        let (waited, allowed) = (now.duration_since(self.since), self.due.duration_since(self.since));
        if now >= self.due {
            Tone::Bad
        } else if waited.as_secs() * 2 >= allowed.as_secs() {
            Tone::Warn
        } else {
            Tone::Quiet
        }
    }

    /// How long already, in seconds.
    pub(crate) fn seconds(self, now: Timestamp) -> i64 {
        now.duration_since(self.since).as_secs()
    }
}

/// One line of the list of views.
#[derive(Clone, Debug)]
pub(crate) struct ViewEntry {
    /// In addresses: `mine`, `team-…`.
    pub(crate) slug: String,
    /// Its name.
    pub(crate) name: String,
    /// How many conversations it holds, where that is kept.
    pub(crate) count: Option<u64>,
}

/// One conversation in a list.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Its number.
    pub(crate) number: i64,
    /// Where it stands in its list: lists are ordered by this.
    pub(crate) sort: i64,
    /// The customer's name or address.
    pub(crate) who: String,
    /// Its subject.
    pub(crate) subject: String,
    /// The start of the last message.
    pub(crate) preview: String,
    /// When something last happened.
    pub(crate) at: Timestamp,
    /// There is something that the viewer has not seen.
    pub(crate) unread: bool,
    /// The customer waits for an answer.
    pub(crate) waiting: Option<Waiting>,
    /// How urgent it is.
    pub(crate) urgency: Urgency,
    /// Its tags.
    pub(crate) tags: Vec<String>,
    /// Who has it.
    pub(crate) assignee: Option<Named>,
    /// The viewer has begun an answer.
    pub(crate) draft: bool,
    /// The viewer keeps it on top.
    pub(crate) pinned: bool,
    /// A draft in it waits for a review, or for its author to send it.
    pub(crate) in_review: bool,
    /// It is resolved.
    pub(crate) resolved: bool,
    /// It is put off: until then, or until the customer writes.
    pub(crate) snoozed: Option<Snoozed>,
    /// Its first words are shown.
    pub(crate) shows_preview: bool,
    /// What else its view shows.
    pub(crate) extras: Vec<String>,
}

/// How a conversation is put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Snoozed {
    /// Until then; none for until the customer writes.
    pub(crate) until: Option<Timestamp>,
}

/// A conversation that belongs to another.
#[derive(Clone, Debug)]
pub(crate) struct LinkShown {
    /// What the one is to the other.
    pub(crate) kind: LinkKind,
    /// It is the other way round.
    pub(crate) reversed: bool,
    /// Its number.
    pub(crate) number: i64,
    /// Its subject.
    pub(crate) subject: String,
}

/// A field of a conversation with what it holds.
#[derive(Clone, Debug)]
pub(crate) struct FieldShown {
    /// Its id as text.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) kind: FieldKind,
    /// It has to be filled in before resolving.
    pub(crate) required: bool,
    /// What it holds now.
    pub(crate) values: Vec<String>,
    /// What can be chosen.
    pub(crate) options: Vec<String>,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub(crate) struct List {
    /// In addresses.
    pub(crate) slug: String,
    /// Its name.
    pub(crate) title: String,
    /// Ordered by `sort`, smallest first, instead of largest first.
    pub(crate) ascending: bool,
    /// Its rows.
    pub(crate) rows: Vec<Row>,
    /// The address of the next page.
    pub(crate) more: Option<String>,
    /// The number of the conversation that is open beside it.
    pub(crate) current: Option<i64>,
    /// Where a saved view is changed, for those who may.
    pub(crate) edit: Option<String>,
    /// Who and what many can be given to at once.
    pub(crate) choices: Choices,
    /// A change to many that goes on, or has just been made.
    pub(crate) bulk: Option<Bulk>,
}

/// A file at a message.
#[derive(Clone, Debug)]
pub(crate) struct FileShown {
    /// Its address.
    pub(crate) url: String,
    /// Its name.
    pub(crate) name: String,
    /// Its size in bytes.
    pub(crate) size: u64,
    /// It can be shown as a picture.
    pub(crate) picture: bool,
}

/// A file in the composer's tray.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    /// Its id as text.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// Its size in bytes.
    pub(crate) size: u64,
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// Waits to be sent.
    Queued,
    /// Leaves at a moment ahead; until then it can be called back. Whether its writer chose that moment.
    Waiting {
        /// When.
        at: Timestamp,
        /// Its writer chose it.
        scheduled: bool,
    },
    /// Handed over to the next server.
    Sent,
    /// Kept here, since it answers the sample.
    Kept,
    /// Not taken yet, and why; it is tried again.
    Deferred(String),
    /// Refused, and why.
    Failed(String),
    /// Nobody knows whether the server took it.
    Unconfirmed,
}

/// Whose message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The customer's.
    Customer,
    /// An agent's answer.
    Agent,
    /// An agent's note, for colleagues only.
    Note,
}

/// How a message's text is given.
#[derive(Clone, Debug)]
pub(crate) enum MessageText {
    /// As text.
    Plain(String),
    /// As HTML that our own writer made of Markdown.
    Written(String),
}

/// An invitation to a meeting, or an answer to one.
#[derive(Clone, Debug)]
pub(crate) struct InvitationShown {
    /// What it says.
    pub(crate) says: Invitation,
    /// Where its file is.
    pub(crate) file: Option<FileShown>,
}

/// One message.
#[derive(Clone, Debug)]
pub(crate) struct MessageShown {
    /// By which it is known on the page: the id that the page itself gave it, else its own.
    pub(crate) id: String,
    /// Its own id as text.
    pub(crate) message_id: String,
    /// Whose it is.
    pub(crate) side: Side,
    /// A machine wrote it.
    pub(crate) automatic: bool,
    /// The id of the agent who wrote it.
    pub(crate) author: Option<String>,
    /// Who wrote it.
    pub(crate) from: String,
    /// The address it came from, where it is not the customer's usual one.
    pub(crate) address: Option<String>,
    /// When.
    pub(crate) at: Timestamp,
    /// What it says.
    pub(crate) words: MessageText,
    /// There is more text: quotes, a signature.
    pub(crate) more: bool,
    /// It came with formatting that can be looked at.
    pub(crate) original: bool,
    /// The e-mail is kept as it came.
    pub(crate) raw: bool,
    /// Why it may not be from who it says.
    pub(crate) doubt: Option<String>,
    /// What was odd about it, in words.
    pub(crate) warnings: Vec<String>,
    /// In which language its text is written.
    pub(crate) language: Option<String>,
    /// When it was written, beside when it arrived.
    pub(crate) written: Written,
    /// The invitation that it carries.
    pub(crate) invitation: Option<Box<InvitationShown>>,
    /// It was kept apart from a conversation, because its sender could not be verified: whose it says it is, and the number.
    pub(crate) unverified: Option<(String, i64)>,
    /// Its files.
    pub(crate) files: Vec<FileShown>,
    /// Who approved it, where a colleague did before it was sent.
    pub(crate) approved_by: Option<String>,
    /// What became of it, for an answer.
    pub(crate) delivery: Option<Delivery>,
}

/// What stands in a thread.
#[derive(Clone, Debug)]
pub(crate) enum Entry {
    /// A message.
    Message(Box<MessageShown>),
    /// Something that happened, in words.
    Event {
        /// Its id as text.
        id: String,
        /// What happened.
        words: String,
        /// The number of another conversation that it is about.
        other: Option<i64>,
        /// By what it can be undone, while it can.
        undo: Option<String>,
        /// When.
        at: Timestamp,
    },
}

impl Entry {
    /// When it came.
    pub(crate) fn at(&self) -> Timestamp {
        match self {
            Entry::Message(message) => message.at,
            Entry::Event { at, .. } => *at,
        }
    }

    /// Its id as text.
    pub(crate) fn id(&self) -> &str {
        match self {
            Entry::Message(message) => &message.id,
            Entry::Event { id, .. } => id,
        }
    }
}

/// What the composer holds when it opens.
#[derive(Clone, Debug, Default)]
pub(crate) struct DraftShown {
    /// It is a note.
    pub(crate) note: bool,
    /// What was written.
    pub(crate) body: String,
    /// When it was kept.
    pub(crate) saved_at: Option<Timestamp>,
    /// What was attached.
    pub(crate) uploads: Vec<Upload>,
}

/// Another conversation of the same customer.
#[derive(Clone, Debug)]
pub(crate) struct Other {
    /// Its number.
    pub(crate) number: i64,
    /// Its subject.
    pub(crate) subject: String,
    /// It is resolved.
    pub(crate) resolved: bool,
}

/// One of the things that a macro does.
#[derive(Clone, Debug)]
pub(crate) enum Does {
    /// Assigns to the viewer.
    AssignMe,
    /// Assigns to somebody.
    Assign(String),
    /// Assigns to nobody.
    Unassign,
    /// Gives to a team.
    Team(String),
    /// Takes from its team.
    NoTeam,
    /// Sets how urgent it is.
    Priority(Urgency),
    /// Adds a tag.
    Tag(String),
    /// Removes a tag.
    Untag(String),
    /// Resolves it.
    Resolve,
    /// Opens it again.
    Reopen,
    /// Puts it off, until when these words say.
    Snooze(String),
}

/// A macro that waits in the draft for the send.
#[derive(Clone, Debug)]
pub(crate) struct PendingMacro {
    /// Its id as text.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// What it will do.
    pub(crate) does: Vec<Does>,
}

/// A side conversation.
#[derive(Clone, Debug)]
pub(crate) struct SideShown {
    /// Its number.
    pub(crate) number: i64,
    /// Its subject.
    pub(crate) subject: String,
    /// With whom.
    pub(crate) with: String,
    /// The first words of the last message.
    pub(crate) preview: String,
    /// When something was last said.
    pub(crate) at: Timestamp,
}

/// The last hand-off, as the conversation shows it on top.
#[derive(Clone, Debug)]
pub(crate) struct HandoffShown {
    /// Its id as text.
    pub(crate) id: String,
    /// Who gave it.
    pub(crate) from: String,
    /// To whom.
    pub(crate) to: String,
    /// The brief: what was asked, tried, promised, and is known.
    pub(crate) brief: [String; 4],
    /// When.
    pub(crate) at: Timestamp,
    /// It waits for an answer.
    pub(crate) waits: bool,
    /// Who gave it back and why, when it was declined.
    pub(crate) declined: Option<(String, String)>,
    /// The viewer may accept or decline.
    pub(crate) may_decide: bool,
    /// The viewer gave it, and may take it back.
    pub(crate) may_withdraw: bool,
}

/// A draft under review, as it stands under the messages.
#[derive(Clone, Debug)]
pub(crate) struct ReviewShown {
    /// The review's id as text.
    pub(crate) id: String,
    /// Who wrote the draft.
    pub(crate) by: String,
    /// The viewer did.
    pub(crate) mine: bool,
    /// Of whom it was asked; none for anyone.
    pub(crate) to: Option<String>,
    /// Who approved it or gave it back.
    pub(crate) decided_by: Option<String>,
    /// What its author says.
    pub(crate) remark: String,
    /// What its reviewer says.
    pub(crate) answer: String,
    /// The text as HTML that our own writer made of Markdown.
    pub(crate) html: String,
    /// The text to change.
    pub(crate) text: String,
    /// What was changed in it, if anything.
    pub(crate) changes: Vec<Change>,
    /// The revision of the text.
    pub(crate) revision: i32,
    /// How far it has got.
    pub(crate) state: State,
    /// Its files.
    pub(crate) files: Vec<FileShown>,
    /// When it was asked for or decided.
    pub(crate) at: Timestamp,
    /// Somebody else wrote since.
    pub(crate) moved_on: bool,
    /// The viewer may change the text.
    pub(crate) may_edit: bool,
    /// The viewer may approve it or give it back.
    pub(crate) may_approve: bool,
    /// The viewer may send it.
    pub(crate) may_send: bool,
    /// The viewer may take it back.
    pub(crate) may_withdraw: bool,
    /// The viewer may put away that it was given back.
    pub(crate) may_note: bool,
    /// Why what the viewer wanted was not done.
    pub(crate) warning: Option<ReviewWarning>,
}

/// Why nothing was done with a draft under review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ReviewWarning {
    /// Somebody wrote to the customer, or they did; what it was.
    Overtaken(String),
    /// Variables that nobody has filled in, by name.
    Gaps(String),
    /// The customer does not want to be contacted.
    Unwanted,
    /// Somebody else changed the text meanwhile.
    Stale {
        /// Who.
        who: String,
        /// What was to be done: the last part of its address.
        act: &'static str,
    },
    /// Something is wrong, in words.
    Wrong(String),
}

/// A conversation as it is opened.
#[derive(Clone, Debug)]
pub(crate) struct Thread {
    /// Its number.
    pub(crate) number: i64,
    /// The list it was opened from.
    pub(crate) slug: String,
    /// Its subject.
    pub(crate) subject: String,
    /// It is resolved.
    pub(crate) resolved: bool,
    /// It is put off.
    pub(crate) snoozed: Option<Snoozed>,
    /// The viewer is told what happens in it.
    pub(crate) following: bool,
    /// The viewer keeps it on top.
    pub(crate) pinned: bool,
    /// The conversations that belong to it.
    pub(crate) links: Vec<LinkShown>,
    /// The types that it can be of.
    pub(crate) types: Vec<Named>,
    /// The type that it is of.
    pub(crate) type_id: Option<String>,
    /// Its fields.
    pub(crate) fields: Vec<FieldShown>,
    /// How urgent it is.
    pub(crate) urgency: Urgency,
    /// Who has it.
    pub(crate) assignee: Option<Named>,
    /// Which team has it.
    pub(crate) team: Option<Named>,
    /// Its tags.
    pub(crate) tags: Vec<String>,
    /// The customer's name.
    pub(crate) customer: String,
    /// The customer's address.
    pub(crate) address: String,
    /// Who gets an answer, in words.
    pub(crate) recipients: String,
    /// From which address it leaves unless the agent says otherwise.
    pub(crate) sender: String,
    /// From which addresses it may leave, where there are several.
    pub(crate) senders: Vec<String>,
    /// When it began.
    pub(crate) started: Timestamp,
    /// The customer waits for an answer.
    pub(crate) waiting: Option<Waiting>,
    /// What was said and what happened, oldest first.
    pub(crate) entries: Vec<Entry>,
    /// The first entry that the viewer has not seen.
    pub(crate) first_unread: Option<String>,
    /// Whether anything happened since the viewer looked at it last.
    pub(crate) is_new: bool,
    /// An address of theirs that mail came back from, and why.
    pub(crate) undeliverable: Option<(String, String)>,
    /// It was kept apart because its sender could not be verified: whose it says it is, and where it may belong.
    pub(crate) unverified: Option<(String, i64)>,
    /// The message that seems to be about something else, by its subject.
    pub(crate) new_topic: Option<(String, String)>,
    /// The customer's last message, when there is something before it.
    pub(crate) last_topic: Option<String>,
    /// Where earlier messages are.
    pub(crate) older: Option<String>,
    /// The customer and what is known of them.
    pub(crate) beside: Beside,
    /// They do not want to be contacted, and the writer has not said that it is right to.
    pub(crate) unwanted: bool,
    /// The customer's other conversations.
    pub(crate) others: Vec<Other>,
    /// What the viewer has begun to write.
    pub(crate) draft: DraftShown,
    /// Macros that wait in the draft.
    pub(crate) pending_macros: Vec<PendingMacro>,
    /// It is the sample, and nothing of it leaves.
    pub(crate) sample: bool,
    /// Side conversations beside it.
    pub(crate) sides: Vec<SideShown>,
    /// The conversation that this one stands beside, with its subject.
    pub(crate) parent: Option<(i64, String)>,
    /// The problem that it is part of.
    pub(crate) problem: Option<ProblemShown>,
    /// By when things are due.
    pub(crate) clocks: Vec<ClockShown>,
    /// Until when the customer was told to have an answer, and whether that held.
    pub(crate) told: Option<(Timestamp, Option<bool>)>,
    /// What rules did with it last.
    pub(crate) ran: Vec<RanShown>,
    /// What was handed over, while that matters.
    pub(crate) handoff: Option<HandoffShown>,
    /// How far its procedure has got.
    pub(crate) procedure: crate::procedures::shapes::ProcedureShown,
    /// The draft that waits for a review, or was given back to the viewer.
    pub(crate) review: Option<ReviewShown>,
    /// Somebody else has it, so that giving it to a third person is a hand-off.
    pub(crate) needs_brief: bool,
    /// The id that the answer will have, so that sending it twice is sending it once.
    pub(crate) client_id: String,
    /// The newest message that the viewer is shown.
    pub(crate) last_message: String,
    /// A newer message came while this answer was being written; what it was.
    pub(crate) overtaken: Option<String>,
    /// Variables that nobody has filled in, by name.
    pub(crate) gaps: Option<String>,
    /// What is wrong with what was written.
    pub(crate) wrong: Option<String>,
}

/// Who and what can be chosen in menus.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choices {
    /// Agents who can be given a conversation.
    pub(crate) agents: Vec<Named>,
    /// Teams.
    pub(crate) teams: Vec<Named>,
    /// Tags that are in use.
    pub(crate) tags: Vec<String>,
    /// Open problems, those last used.
    pub(crate) problems: Vec<Named>,
}

/// A rule that acted on a conversation.
#[derive(Clone, Debug)]
pub(crate) struct RanShown {
    /// What it is called.
    pub(crate) name: String,
    /// Which version of it.
    pub(crate) version: i32,
    /// It did what it does.
    pub(crate) done: bool,
    /// When.
    pub(crate) at: Timestamp,
}

/// The problem that a conversation is part of.
#[derive(Clone, Debug)]
pub(crate) struct ProblemShown {
    /// Its number.
    pub(crate) number: i64,
    /// What it is.
    pub(crate) title: String,
    /// It is not there any more.
    pub(crate) solved: bool,
    /// How many conversations are part of it.
    pub(crate) conversations: i64,
    /// The conversation has its answer.
    pub(crate) answered: bool,
    /// There is an answer to be sent.
    pub(crate) has_text: bool,
}

/// A size in bytes, in words.
pub(crate) fn size_words(say: Words, bytes: u64) -> String {
    match bytes {
        0..1_000 => say.common_bytes(say.number(bytes)),
        1_000..1_000_000 => say.common_kilobytes(say.number(bytes.div_ceil(1_000))),
        _ => say.common_megabytes(say.tenths(i64::try_from(bytes / 100_000).unwrap_or(i64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        assert_eq!(size_words(Words::default(), 999), "999 B");
        assert_eq!(size_words(Words::default(), 2_300), "3 kB");
        assert_eq!(size_words(Words::default(), 1_250_000), "1.2 MB");
    }
}
