//! What can go wrong in the store, told by what the caller can do about it.

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// A unique constraint was violated; named as PostgreSQL names it: `table_column_column_key`.
    #[error("already exists ({0})")]
    Unique(String),
    /// A referenced record does not exist, or is still referenced.
    #[error("a referenced record is missing ({0})")]
    Reference(String),
    /// Two units of work met; the same unit may succeed when run again.
    #[error("the store asks to try again")]
    Retry,
    /// A statement took longer than it may.
    #[error("the store took too long")]
    Timeout,
    /// The store can't be reached, is full or overloaded. Nothing was changed, or the outcome is not known.
    #[error("the store is not available: {0}")]
    Unavailable(String),
    /// A defect of ours: a wrong SQL text, a wrong type, a body that waited for something else.
    #[error("store: {0}")]
    Internal(String),
}

impl From<rusqlite::Error> for DbError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let rusqlite::Error::SqliteFailure(failure, message) = &error else {
            return DbError::Internal(error.to_string());
        };
        let text = message.clone().unwrap_or_else(|| failure.to_string());
        match (failure.code, failure.extended_code) {
            (Code::ConstraintViolation, rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => DbError::Reference(text),
            (Code::ConstraintViolation, _) if text.starts_with("UNIQUE constraint failed: ") => {
                DbError::Unique(postgres_constraint_name(&text))
            }
            (Code::OperationInterrupted, _) => DbError::Timeout,
            (Code::DatabaseBusy | Code::DatabaseLocked, _) => DbError::Retry,
            (Code::DiskFull | Code::SystemIoFailure | Code::CannotOpen | Code::ReadOnly, _) => {
                DbError::Unavailable(text)
            }
            _ => DbError::Internal(text),
        }
    }
}

/// `UNIQUE constraint failed: agent.workspace_id, agent.email` → `agent_workspace_id_email_key`.
fn postgres_constraint_name(message: &str) -> String {
    let columns = message.trim_start_matches("UNIQUE constraint failed: ");
    let mut name = String::new();
    for (index, column) in columns.split(", ").enumerate() {
        let (table, column) = column.split_once('.').unwrap_or(("", column));
        if index == 0 {
            name.push_str(table);
        }
        name.push('_');
        name.push_str(column);
    }
    name + "_key"
}

impl From<tokio_postgres::Error> for DbError {
    fn from(error: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState;
        let Some(server) = error.as_db_error() else {
            return if error.is_closed() || std::error::Error::source(&error).is_some_and(|s| s.is::<std::io::Error>()) {
                DbError::Unavailable(error.to_string())
            } else {
                DbError::Internal(format!("{error}: {:?}", std::error::Error::source(&error).map(ToString::to_string)))
            };
        };
        let constraint = || server.constraint().unwrap_or_default().to_owned();
        match server.code() {
            c if *c == SqlState::UNIQUE_VIOLATION => DbError::Unique(constraint()),
            c if *c == SqlState::FOREIGN_KEY_VIOLATION => DbError::Reference(constraint()),
            c if *c == SqlState::T_R_SERIALIZATION_FAILURE || *c == SqlState::T_R_DEADLOCK_DETECTED => DbError::Retry,
            c if *c == SqlState::QUERY_CANCELED || *c == SqlState::LOCK_NOT_AVAILABLE => DbError::Timeout,
            // Class 53 insufficient resources, 57 operator intervention, 58 system error, 08 connection.
            c if ["53", "57", "58", "08"].iter().any(|class| c.code().starts_with(class)) => {
                DbError::Unavailable(server.message().to_owned())
            }
            _ => DbError::Internal(format!("{} ({})", server.message(), server.code().code())),
        }
    }
}

impl From<deadpool_postgres::PoolError> for DbError {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        match error {
            deadpool_postgres::PoolError::Backend(error) => match DbError::from(error) {
                DbError::Internal(text) => DbError::Unavailable(text),
                other => other,
            },
            other => DbError::Unavailable(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sqlite_unique_violation_carries_the_name_that_postgres_gives() {
        let message = "UNIQUE constraint failed: agent.workspace_id, agent.email";
        assert_eq!(postgres_constraint_name(message), "agent_workspace_id_email_key");
    }
}
