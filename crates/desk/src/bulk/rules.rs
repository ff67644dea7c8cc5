//! What can be done with many conversations at once. Decisions only.

use crate::{
    conversations::{Conversation, Priority},
    people::{AgentId, TeamId},
    problems::ProblemId,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A change to each of many conversations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Makes an agent responsible, or nobody.
    Assign(Option<AgentId>),
    /// Makes a team responsible, or none.
    Team(Option<TeamId>),
    /// Puts a tag on.
    Tag(String),
    /// Takes a tag off.
    Untag(String),
    /// Sets how much it matters.
    Priority(Priority),
    /// Settles it.
    Resolve,
    /// Opens it again, or wakes it.
    Open,
    /// Puts it off until a moment, or until the customer writes.
    Snooze(Option<Timestamp>),
    /// Makes it part of a problem, or of none.
    Problem(Option<ProblemId>),
    /// The acting agent has read it.
    Read,
    /// The acting agent has not read it.
    Unread,
}

kept_as_integer! {
    /// How far a change to many has got.
    State {
        /// It goes on.
        Running = 1 "running",
        /// It went through all of them.
        Done = 2 "done",
        /// Somebody stopped it; what was changed until then stays changed, until it is undone.
        Stopped = 3 "stopped",
        /// It is being taken back.
        Undoing = 4 "undoing",
        /// It was taken back.
        Undone = 5 "undone",
    }
}

/// What it takes to undo the change of one conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Before {
    /// The conversation as it was, and as the change left it.
    State { was: Box<Conversation>, left: Box<Conversation> },
    /// It got this tag.
    Tagged(String),
    /// It lost this tag.
    Untagged(String),
    /// Of which problem it was part, and of which the change made it part.
    Problem { was: Option<ProblemId>, left: Option<ProblemId> },
    /// Up to when the acting agent had seen it.
    Seen(Option<Timestamp>),
}

impl State {
    /// Whether it can be taken back.
    pub fn may_undo(self) -> bool {
        matches!(self, State::Running | State::Done | State::Stopped)
    }

    /// Whether a worker is at it.
    pub fn is_under_way(self) -> bool {
        matches!(self, State::Running | State::Undoing)
    }
}

/// Whether a conversation is as the change left it, so that undoing takes back nothing of what happened since. Whose name it goes by does
/// not matter.
pub(super) fn is_untouched(now: &Conversation, left: &Conversation) -> bool {
    let plain = |c: &Conversation| Conversation { customer_name: String::new(), ..c.clone() };
    plain(now) == plain(left)
}
