//! What an examination of a set-up found: one line a check, in words that say what to do.

use serde::Serialize;

/// One check's outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at: `MX`, `sign-in for fetching`.
    pub check: &'static str,
    /// How it is.
    pub state: FindingState,
    /// What was found, and what to do about it.
    pub words: String,
}

/// How a check ended, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingState {
    /// As it should be.
    Ok,
    /// It works, but could be better, or can't be told.
    Warn,
    /// It does not work.
    Fail,
}

impl Finding {
    /// As it should be.
    pub fn ok(check: &'static str, words: impl Into<String>) -> Self {
        Self { check, state: FindingState::Ok, words: words.into() }
    }

    /// Could be better, or can't be told.
    pub fn warn(check: &'static str, words: impl Into<String>) -> Self {
        Self { check, state: FindingState::Warn, words: words.into() }
    }

    /// Does not work.
    pub fn fail(check: &'static str, words: impl Into<String>) -> Self {
        Self { check, state: FindingState::Fail, words: words.into() }
    }
}

/// What is examined.
#[derive(Debug, Clone)]
pub enum Subject {
    /// A domain, and the servers through which its mail leaves.
    Domain {
        /// Its name.
        domain: String,
        /// Names of servers.
        sends_through: Vec<String>,
    },
    /// A mailbox, with its secrets; nothing is sent or changed.
    Mailbox(Box<crate::mailboxes::Mailbox>),
    /// A mailbox that sends a mail to itself and waits for it.
    Probe(Box<crate::mailboxes::Mailbox>),
}
