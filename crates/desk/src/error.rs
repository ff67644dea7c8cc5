//! One error for all actions, told by what the caller can do about it. Pages and API each turn it into an answer in one
//! place; no HTTP status and no translated text stands below them.

use base::db::{DbError, MayRetry};

/// The result of an action.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kept an action from being done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such record in this workspace.
    #[error("not found")]
    NotFound,
    /// The actor may not do this.
    #[error("not allowed")]
    Forbidden,
    /// What was given can't be taken; each field says why.
    #[error("invalid: {}", .0.iter().map(|f| format!("{} {}", f.field, f.problem)).collect::<Vec<_>>().join(", "))]
    Invalid(Vec<FieldError>),
    /// The record has moved on since the actor saw it.
    #[error("changed meanwhile: {0}")]
    Conflict(&'static str),
    /// Too many attempts; to be tried again after so many seconds.
    #[error("too many attempts, wait {0} seconds")]
    Throttled(i64),
    /// The store is away or overloaded; trying again later may help.
    #[error("not available: {0}")]
    Unavailable(String),
    /// A defect of ours.
    #[error("internal: {0}")]
    Internal(String),
    #[doc(hidden)]
    #[error("the store asks to try again")]
    Retry,
}

/// One field that can't be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field as the form has it.
    pub field: &'static str,
    /// Key of the problem: `required`, `too_long`, `taken`, `not_an_address` …
    pub problem: &'static str,
}

impl Error {
    /// A single invalid field.
    pub fn field(field: &'static str, problem: &'static str) -> Self {
        Self::Invalid(vec![FieldError { field, problem }])
    }

    /// A defect, from whatever says so.
    pub fn internal(error: impl std::fmt::Display) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<DbError> for Error {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Retry => Error::Retry,
            DbError::Timeout => Error::Unavailable("it took too long".into()),
            DbError::Unavailable(text) => Error::Unavailable(text),
            other => Error::Internal(other.to_string()),
        }
    }
}

impl MayRetry for Error {
    fn may_retry(&self) -> bool {
        matches!(self, Error::Retry)
    }
}

/// Turns the violation of one unique constraint into a form's error, where it happens.
pub(crate) fn on_unique<T>(
    result: std::result::Result<T, DbError>,
    constraint: &str,
    field: &'static str,
) -> Result<T> {
    match result {
        Err(DbError::Unique(name)) if name == constraint => Err(Error::field(field, "taken")),
        other => Ok(other?),
    }
}
