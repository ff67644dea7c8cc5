//! Decisions about people: who may do what, what an account's fields may hold, how long a failed sign-in has to wait.

use super::Agent;
use crate::{Error, FieldError, Result};
use base::db::{DbError, FromValue, Value};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What somebody may do in a workspace. Ordered: each may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Answers customers.
    Agent = 1,
    /// Also manages agents, teams, mailboxes and failed jobs.
    Admin = 2,
    /// Also manages administrators and owners.
    Owner = 3,
}

impl Role {
    /// Whether somebody of this role may add, change or deactivate somebody of `other`.
    pub fn may_manage(self, other: Role) -> bool {
        match self {
            Role::Owner => true,
            Role::Admin => other == Role::Agent,
            Role::Agent => false,
        }
    }
}

impl From<Role> for Value {
    fn from(role: Role) -> Self {
        Value::Int(role as i64)
    }
}

impl FromValue for Role {
    fn from_value(value: Value) -> Result<Self, DbError> {
        match i64::from_value(value)? {
            1 => Ok(Role::Agent),
            2 => Ok(Role::Admin),
            3 => Ok(Role::Owner),
            other => Err(DbError::Internal(format!("there is no role {other}"))),
        }
    }
}

impl std::str::FromStr for Role {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "agent" => Ok(Role::Agent),
            "admin" => Ok(Role::Admin),
            "owner" => Ok(Role::Owner),
            other => Err(format!("there is no role \"{other}\": agent, admin or owner")),
        }
    }
}

/// How somebody wants their desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Single-letter shortcuts (WCAG 2.1.4 wants them to be switchable).
    pub shortcuts: bool,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// IANA name of the time zone that times are shown in; empty for the browser's.
    pub time_zone: String,
    /// For how many seconds an answer can be called back after "Send"; 0 for not at all.
    pub undo_seconds: u8,
    /// Keys that were chosen in place of the desk's own, by command; an empty text is none.
    pub keys: std::collections::BTreeMap<String, String>,
    /// Swiping rows on a phone.
    pub swipe: bool,
    /// Tag of the interface's language, as `de`; empty for what the browser asks for.
    pub language: String,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            shortcuts: true,
            theme: "system".into(),
            time_zone: String::new(),
            undo_seconds: 5,
            keys: std::collections::BTreeMap::new(),
            swipe: true,
            language: String::new(),
        }
    }
}

/// Somebody to be added.
#[derive(Debug, Clone)]
pub struct NewAgent {
    /// Sign-in address.
    pub email: String,
    /// Name as customers and colleagues see it.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

impl NewAgent {
    /// What can't be taken of it.
    pub fn problems(&self) -> Vec<FieldError> {
        email_problem(&self.email).into_iter().chain(name_problem(&self.name)).collect()
    }
}

/// What is to be changed of an agent; none leaves it.
#[derive(Debug, Clone, Default)]
pub struct AgentChange {
    /// Name.
    pub name: Option<String>,
    /// Sign-in address.
    pub email: Option<String>,
    /// Role.
    pub role: Option<Role>,
    /// Whether they may sign in.
    pub active: Option<bool>,
}

impl AgentChange {
    /// Applies the change.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every field that can't be taken; the agent is unchanged then.
    pub fn apply(self, agent: &mut Agent) -> Result<()> {
        let email = self.email.as_deref().and_then(email_problem);
        let problems: Vec<_> = email.into_iter().chain(self.name.as_deref().and_then(name_problem)).collect();
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        if let Some(name) = self.name {
            name.trim().clone_into(&mut agent.name);
        }
        if let Some(email) = self.email {
            agent.email = normalize_email(&email);
        }
        agent.role = self.role.unwrap_or(agent.role);
        agent.active = self.active.unwrap_or(agent.active);
        Ok(())
    }
}

/// The form under which an address is kept and compared: trimmed, lower case.
pub fn normalize_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Whether this (normalized) text may be used as an address: enough to keep headers safe; whether it exists, mail tells.
pub(crate) fn is_address(address: &str) -> bool {
    address.len() <= 254
        && address.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.is_empty() && !domain.contains('@') && !domain.starts_with('.')
        })
        && !address.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"()".contains(c))
}

fn email_problem(email: &str) -> Option<FieldError> {
    let email = email.trim();
    let problem = if email.is_empty() { "required" } else { "not_an_address" };
    (!is_address(email)).then_some(FieldError { field: "email", problem })
}

fn name_problem(name: &str) -> Option<FieldError> {
    let problem = match name.trim() {
        "" => "required",
        long if long.chars().count() > 120 => "too_long",
        odd if odd.chars().any(char::is_control) => "not_allowed",
        _ => return None,
    };
    Some(FieldError { field: "name", problem })
}

/// Length is what counts (NIST SP 800-63B § 3.1.1.2): 10 to 200 characters, no further rules.
pub(super) fn password_problem(password: &str) -> Option<FieldError> {
    let problem = match password.chars().count() {
        0 => "required",
        1..=9 => "too_short",
        10..=200 => return None,
        _ => "too_long",
    };
    Some(FieldError { field: "password", problem })
}

/// How many failed sign-ins are free before each further one has to wait.
const FREE_FAILURES: i32 = 5;
/// A run of failures is forgotten after this long without one.
pub(super) const FORGET_FAILURES_AFTER: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

/// Seconds until the next attempt may be made, after `failures` of which the last was at `last`: 4, 8, 16 … at most 900.
pub(super) fn throttle(failures: i32, last: Timestamp, now: Timestamp) -> Option<i64> {
    if failures < FREE_FAILURES {
        return None;
    }
    let wait = (4_i64 << (failures - FREE_FAILURES).min(10)).min(900);
    let left = wait - now.duration_since(last).as_secs();
    (left > 0).then_some(left)
}

/// How long a session lasts without being used.
pub(super) const SESSION_LENGTH: jiff::SignedDuration = jiff::SignedDuration::from_hours(14 * 24);
/// How often a used session is prolonged at most: not with every click.
pub(super) const SESSION_TOUCH: jiff::SignedDuration = jiff::SignedDuration::from_mins(10);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn admins_manage_agents_only_and_owners_everybody() {
        use Role::{Admin, Agent, Owner};
        let allowed: Vec<_> = [Agent, Admin, Owner]
            .into_iter()
            .flat_map(|a| [Agent, Admin, Owner].map(|b| (a, b)))
            .filter(|(a, b)| a.may_manage(*b))
            .collect();
        assert_eq!(allowed, [(Admin, Agent), (Owner, Agent), (Owner, Admin), (Owner, Owner)]);
    }

    #[test]
    fn addresses_that_could_break_a_header_are_refused() {
        for bad in ["", "a", "@b", "a@", "a b@c", "a@b\r\nBcc: x@y", "<a@b>", "a@b@c", "a,b@c", "a@.b"] {
            assert!(email_problem(bad).is_some(), "{bad:?} was taken");
        }
        for good in ["a@b", "Ana.Łuk+x@müller.example", "  x@y.example "] {
            assert!(email_problem(good).is_none(), "{good:?} was refused");
        }
    }

    proptest! {
        #[test]
        fn a_wait_never_exceeds_fifteen_minutes_and_always_ends(failures in 0..10_000_i32, passed in 0..100_000_i64) {
            let last = Timestamp::UNIX_EPOCH;
            let now = last + jiff::SignedDuration::from_secs(passed);
            let wait = throttle(failures, last, now);
            prop_assert!(wait.unwrap_or(0) <= 900);
            if passed >= 900 { prop_assert_eq!(wait, None) }
            if failures < 5 { prop_assert_eq!(wait, None) }
        }
    }
}
