//! What is done in the folders of a mailbox besides reading the one that mail comes in to.

use serde::{Deserialize, Serialize};

/// What is done with a mail on its server once it is stored here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum AfterFetch {
    /// It stays as it was, unread if it was unread.
    #[default]
    Keep,
    /// It is moved to this folder.
    Move(String),
    /// It is deleted.
    Delete,
}

impl AfterFetch {
    /// Its word in forms.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Move(_) => "move",
            Self::Delete => "delete",
        }
    }
}

/// Reads `after_fetch` and `move_to` of a form, for a mailbox that reads `folder`; gives the field and the problem otherwise.
pub(super) fn after_fetch(word: &str, move_to: &str, folder: &str) -> Result<AfterFetch, (&'static str, &'static str)> {
    match word.trim() {
        "" | "keep" => Ok(AfterFetch::Keep),
        "delete" => Ok(AfterFetch::Delete),
        "move" if move_to.trim().is_empty() => Err(("move_to", "required")),
        "move" => other_folder(move_to, folder).map(AfterFetch::Move).ok_or(("move_to", "not_allowed")),
        _ => Err(("after_fetch", "not_allowed")),
    }
}

/// Reads `follow_sent` and `sent_folder` of a form: none is not to be read; an empty name is to be found out.
pub(super) fn sent(
    follow: &str,
    sent_folder: &str,
    folder: &str,
) -> Result<Option<String>, (&'static str, &'static str)> {
    if !matches!(follow, "on" | "true" | "1") {
        return Ok(None);
    }
    if sent_folder.trim().is_empty() {
        return Ok(Some(String::new()));
    }
    other_folder(sent_folder, folder).map(Some).ok_or(("sent_folder", "not_allowed"))
}

/// A folder's name, when it can be one and is not the folder that is read.
fn other_folder(name: &str, folder: &str) -> Option<String> {
    let name = name.trim();
    let same = name == folder || (name.eq_ignore_ascii_case("inbox") && folder.eq_ignore_ascii_case("inbox"));
    let possible = name.len() <= 500 && !name.chars().any(char::is_control);
    (possible && !same).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_left_as_it_was_unless_the_form_says_otherwise() {
        assert_eq!(after_fetch("", "", "INBOX"), Ok(AfterFetch::Keep));
        assert_eq!(after_fetch("delete", "", "INBOX"), Ok(AfterFetch::Delete));
        assert_eq!(after_fetch("move", " Done ", "INBOX"), Ok(AfterFetch::Move("Done".into())));
    }

    #[test]
    fn a_mail_is_not_moved_to_where_it_is() {
        assert_eq!(after_fetch("move", "", "INBOX"), Err(("move_to", "required")));
        assert_eq!(after_fetch("move", "inbox", "INBOX"), Err(("move_to", "not_allowed")));
        assert_eq!(after_fetch("shred", "", "INBOX"), Err(("after_fetch", "not_allowed")));
    }

    #[test]
    fn the_folder_for_sent_mail_may_be_named_or_be_found_out() {
        assert_eq!(sent("", "Sent", "INBOX"), Ok(None));
        assert_eq!(sent("on", "", "INBOX"), Ok(Some(String::new())));
        assert_eq!(sent("on", "Gesendet", "INBOX"), Ok(Some("Gesendet".into())));
        assert_eq!(sent("on", "INBOX", "INBOX"), Err(("sent_folder", "not_allowed")));
    }
}
