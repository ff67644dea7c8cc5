//! Settings of a workspace: one JSON object a name, with its default until somebody changes it.

use crate::{Desk, Error, Result};
use base::{params, statements};
use serde::{Serialize, de::DeserializeOwned};

statements! {
    GET = "select value from setting where workspace_id = $1 and name = $2";
    SET = "insert into setting (workspace_id, name, value, updated_at) values ($1, $2, $3, $4)
        on conflict (workspace_id, name) do update set value = excluded.value, updated_at = excluded.updated_at";
}

/// A setting by its name.
pub(crate) async fn get<T: DeserializeOwned + Default>(desk: &Desk<'_>, name: &str) -> Result<T> {
    match desk.tx().row::<(String,)>(GET, params![desk.workspace(), name]).await? {
        Some((value,)) => serde_json::from_str(&value).map_err(Error::internal),
        None => Ok(T::default()),
    }
}

/// Changes a setting.
pub(crate) async fn set<T: Serialize>(desk: &Desk<'_>, name: &str, value: &T) -> Result<()> {
    let value = serde_json::to_string(value).map_err(Error::internal)?;
    desk.tx().exec(SET, params![desk.workspace(), name, value, desk.now()]).await?;
    Ok(())
}
