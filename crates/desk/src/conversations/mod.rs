//! Conversations: what customers say and what we answer.
//!
//! `receive` takes in what arrived, `rearrange` merges and splits, `write` answers and notes, `change` is responsibility and state, `list` and `thread` are
//! what pages show, `draft` keeps what is being written, `delivery` brings answers out, `whose` follows customers who change.

mod automatic;
pub(crate) mod begin;
mod by_rule;
mod change;
pub(crate) mod follow;
pub(crate) mod link;
mod delivery;
mod draft;
mod findable;
mod history;
pub(crate) mod holding;
pub(crate) mod in_review;
mod lexicon;
mod list;
pub(crate) mod mentions;
mod placing;
pub(crate) mod rearrange;
mod recall;
mod receive;
mod reply_address;
mod rules;
pub(crate) mod sample;
mod search;
mod senders;
mod snooze;
pub(crate) mod steps;
mod store;
mod thread;
mod threading;
mod trust;
pub(crate) mod whose;
mod typed;
mod until;
pub mod views;
pub mod waits;
mod write;
mod written;

pub use automatic::{ALL_AUTOMATIC, MOST_AUTOMATIC};
pub use by_rule::NotWritten;
pub(crate) use by_rule::{note_by_rule, silent_since, write_by_rule};
pub use change::{add_tag, assign, assign_team, remove_tag, rename, reopen, resolve, set_priority, snooze, tags, wake};
pub(crate) use change::{put_back, put_tag, set_response_due, take_tag};
pub use delivery::{SendMessage, confirm_sent, send_again, send_now};
pub use draft::{add_upload, discard_draft, draft, drafting, remove_upload, save_draft, uploads, uploads_of};
pub(crate) use draft::{bring_back, carry_aside, copy_files, lay_aside};
pub(crate) use findable::renew;
pub use findable::{IndexAll, IndexConversations, marks};
pub use follow::{MOST_PINS, follow, followers, pin, pins, unfollow, unpin};
pub use history::History;
pub use holding::holdings;
pub use in_review::waits_for_review;
pub use link::{Link, LinkKind, link, links, unlink};
pub use list::{Counts, Listed, Order, PageKey, counts, in_brief, list, list_of_organisation, list_row, pinned};
pub use mentions::{Mentionable, find_mentions, is_mentioned, mentionable};
pub use placing::{Placement, placement};
pub use rearrange::{RearrangementId, merge, merged_into, move_message, split, undo, undone};
pub use recall::recall;
pub(crate) use recall::remember_changes;
pub(crate) use receive::knows_any;
pub use receive::{Incoming, IncomingFile, Nature, RawMail, Received, receive};
pub use reply_address::conversation_of;
pub use rules::{
    Conversation, CountedView, DeliveryState, Holder, MessageKind, Priority, ProblemId, Said, Span, Status, TagId,
    View, ViewId,
};
pub use sample::{is_from_sample, is_sample, sample, take_sample_away};
pub use search::{Answer, COUNTED, Facet, Facets, Found, Search, as_filter, completions, facets, search};
pub use senders::{Senders, senders};
pub use snooze::WakeConversation;
pub(crate) use store::lock_any;
pub use store::{Attachment, Draft, FoundRow, ListRow, Message, STATEMENTS, Tag, Upload};
pub use thread::{
    Bodies, attachment, bodies, find, find_by_number, history, is_written, mark_seen, mark_unseen, message, seen_at,
    set_seen, tags_of, thread, thread_attachments,
};
pub use threading::{Candidate, Confidence, Recent, Sender, Threading, is_new_topic};
pub use trust::{Doubt, Examiner, Trust, Verdict, Verdicts, trust};
pub use typed::{set_field, set_type};
pub use until::{Until, snooze_until, snooze_until_in_any};
pub use views::Filter;
pub use whose::FollowCustomer;
pub use write::{NewReply, Recipients, note, recipients, reply};
pub(crate) use write::{Reviewed, check_recipients, has_moved_on, reply_reviewed};
pub use written::Written;

use base::{
    id_type,
    mail::{Address, Invitation},
    redact::Redaction,
};
use serde::{Deserialize, Serialize};

id_type! {
    /// A conversation.
    ConversationId
}
id_type! {
    /// A message in a conversation.
    MessageId
}
id_type! {
    /// A file that came or went with a message.
    AttachmentId
}
id_type! {
    /// A file added to a draft.
    UploadId
}

/// What is shown of a message besides its text; kept as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Header {
    /// Who wrote it.
    pub from: Vec<Person>,
    /// Where answers go, when not to `from`.
    pub reply_to: Vec<Person>,
    /// To whom.
    pub to: Vec<Person>,
    /// Copies to whom.
    pub cc: Vec<Person>,
    /// Its own subject.
    pub subject: String,
    /// The writer's date, RFC 3339; their claim: [`Header::written`] says how far it is believed.
    pub date: Option<String>,
    /// When a server says that it took it, RFC 3339.
    pub received: Option<String>,
    /// In which language its text is written (ISO 639-1), where that is sure.
    pub language: Option<String>,
    /// The invitation to a meeting that it carries, or an answer to one.
    pub invitation: Option<Invitation>,
    /// Which of our addresses it was written to: answers leave from it.
    pub written_to: Option<String>,
    /// Of outgoing messages: the message it answers.
    pub in_reply_to: Option<String>,
    /// Of outgoing messages: the thread so far.
    pub references: Vec<String>,
    /// It was to leave at a moment that its writer chose: the customer waits until it has left.
    pub scheduled: bool,
    /// Why it is in this conversation.
    pub threading: Option<Threading>,
    /// What was found out about where it comes from; [`Header::trust`] says what follows.
    pub verdicts: Verdicts,
    /// Of mail that arrived: it says that it was written by a machine, though it looks like a person's.
    pub by_machine: bool,
    /// Of answers that a colleague reviewed: who approved it, by their name at that time.
    pub approved_by: Option<String>,
    /// What was masked in it when it arrived.
    pub redactions: Vec<Redaction>,
    /// What was odd about it, in plain words.
    pub warnings: Vec<String>,
}

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name, where there is one.
    #[serde(default)]
    pub name: Option<String>,
    /// The address.
    pub address: String,
}

impl From<&Address> for Person {
    fn from(address: &Address) -> Self {
        Self { name: address.name.clone(), address: address.address.clone() }
    }
}

impl From<&Person> for Address {
    fn from(person: &Person) -> Self {
        Self { name: person.name.clone(), address: person.address.clone() }
    }
}

impl Header {
    /// Reads a message's header.
    pub fn of(message: &Message) -> Self {
        serde_json::from_str(&message.header).unwrap_or_default()
    }

    /// Whether it comes from whom it says.
    pub fn trust(&self) -> Trust {
        trust(self.from.first(), &self.verdicts)
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The first words of a text on one line, for lists.
pub fn preview_of(text: &str) -> String {
    let mut preview = String::new();
    for word in text.split_whitespace() {
        if preview.len() + word.len() > 200 {
            break;
        }
        if !preview.is_empty() {
            preview.push(' ');
        }
        preview.push_str(word);
    }
    if preview.is_empty() { text.trim().chars().take(120).collect() } else { preview }
}
