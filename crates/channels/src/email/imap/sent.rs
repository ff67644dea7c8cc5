//! The folder in which other mail programs keep what they send from a mailbox.

use super::{
    rules::folder_on_the_wire,
    session::{Problem, Stream},
};
use async_imap::{Session, error::Error, imap_proto::NameAttribute};
use base::mail;
use desk::mailboxes::Mailbox;
use futures_util::TryStreamExt;

/// What such folders are called where the server does not mark them.
const USUAL_NAMES: &[&str] = &[
    "Sent",
    "Sent Items",
    "Sent Messages",
    "Sent Mail",
    "Gesendet",
    "Gesendete Objekte",
    "Gesendete Elemente",
    "Envoyés",
    "Éléments envoyés",
    "Enviados",
    "Elementos enviados",
    "Posta inviata",
    "Verzonden items",
    "Wysłane",
    "Elementy wysłane",
    "Отправленные",
];

/// A folder of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    /// As it goes over the wire.
    name: String,
    delimiter: Option<String>,
    marked: bool,
}

/// The folder that the server marks as the one for sent mail (RFC 6154), or that is usually called so; as it goes over the wire.
///
/// # Errors
/// [`Problem::Connection`]; none where there is no such folder.
pub(super) async fn find(session: &mut Session<Stream>) -> Result<Option<String>, Problem> {
    let mut found = Vec::new();
    {
        let mut names = session.list(Some(""), Some("*")).await?;
        loop {
            match names.try_next().await {
                Ok(Some(name)) => found.push(Found {
                    name: name.name().to_owned(),
                    delimiter: name.delimiter().map(str::to_owned),
                    marked: name.attributes().iter().any(|attribute| matches!(attribute, NameAttribute::Sent)),
                }),
                Ok(None) => break,
                Err(Error::No(_) | Error::Bad(_)) => break,
                Err(other) => return Err(other.into()),
            }
        }
    }
    Ok(choose(&found).map(|found| found.name.clone()))
}

fn choose(found: &[Found]) -> Option<&Found> {
    let usual = |folder: &&Found| {
        let name = folder.name.as_str();
        let last = folder.delimiter.as_deref().and_then(|delimiter| name.rsplit(delimiter).next()).unwrap_or(name);
        USUAL_NAMES.iter().any(|usual| folder_on_the_wire(usual).eq_ignore_ascii_case(last))
    };
    found.iter().find(|folder| folder.marked).or_else(|| found.iter().find(usual))
}

/// Whether the mailbox wrote the mail, from one of its addresses: others may use the same account.
pub(super) fn is_written_by(mailbox: &Mailbox, raw: &[u8]) -> bool {
    let end = raw.windows(4).position(|bytes| bytes == b"\r\n\r\n").map_or(raw.len(), |end| end + 4);
    let from = mail::parse(&raw[..end]).from;
    from.iter().any(|from| mailbox.named_by(&from.address).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::mailboxes::{Health, MailboxId, MailboxSecrets, MailboxSettings};

    fn folder(name: &str, marked: bool) -> Found {
        Found { name: name.into(), delimiter: Some("/".into()), marked }
    }

    #[test]
    fn the_folder_that_is_marked_goes_before_one_that_is_called_so() {
        let all = [folder("INBOX", false), folder("Sent", false), folder("Ausgang", true)];
        assert_eq!(choose(&all).map(|found| found.name.as_str()), Some("Ausgang"));
    }

    #[test]
    fn a_folder_is_known_by_its_usual_name_in_many_languages_and_at_any_depth() {
        for name in ["INBOX/sent items", "[Gmail]/Sent Mail", &folder_on_the_wire("Éléments envoyés")] {
            assert_eq!(
                choose(&[folder("INBOX", false), folder(name, false)]).map(|found| found.name.as_str()),
                Some(name)
            );
        }
        assert_eq!(choose(&[folder("INBOX", false), folder("Presents", false)]), None);
    }

    #[test]
    fn only_what_the_mailbox_wrote_itself_is_taken_for_its_own() {
        let raw = b"From: Shop <Help+x@shop.test>\r\nTo: a@b.test\r\n\r\nFrom: other@shop.test\r\n";
        let mailbox = |address: &str, alias: &str| Mailbox {
            id: MailboxId(uuid::Uuid::nil()),
            name: "Shop".into(),
            address: address.into(),
            active: true,
            settings: MailboxSettings { aliases: vec![alias.into()], ..MailboxSettings::default() },
            secrets: MailboxSecrets::default(),
            health: Health::default(),
        };
        assert!(is_written_by(&mailbox("help@shop.test", "x@shop.test"), raw));
        assert!(is_written_by(&mailbox("x@shop.test", "help@shop.test"), raw));
        assert!(!is_written_by(&mailbox("other@shop.test", "x@shop.test"), raw));
        assert!(!is_written_by(&mailbox("help@shop.test", "x@shop.test"), b"Subject: x\r\n\r\n"));
    }
}
