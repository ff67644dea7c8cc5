//! The addresses of mailboxes: which are ours, and which of them an answer may leave from. Pure.

use super::Mailbox;
use crate::people::is_address;

/// Further addresses that one mailbox can have.
const MOST_ALIASES: usize = 50;

/// The addresses of all mailboxes: who writes from one of them is ourselves.
#[derive(Debug, Clone, Default)]
pub struct OwnAddresses(Vec<String>);

impl OwnAddresses {
    pub(super) fn new(addresses: Vec<String>) -> Self {
        Self(addresses)
    }

    /// Whether an address is ours, also with a detail after a plus sign (RFC 5233).
    pub fn contains(&self, address: &str) -> bool {
        let address = address.trim().to_lowercase();
        self.0.contains(&address) || self.0.contains(&plain(&address))
    }
}

/// `help+order@shop.example` is `help@shop.example`.
fn plain(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) => format!("{}@{domain}", local.split('+').next().unwrap_or_default()),
        None => address.to_owned(),
    }
}

impl Mailbox {
    /// All its addresses, its own first.
    pub fn addresses(&self) -> Vec<&str> {
        let further = self.settings.aliases.iter().map(String::as_str);
        std::iter::once(self.address.as_str()).chain(further).collect()
    }

    /// The address of it that this one names, also with a detail after a plus sign.
    pub fn named_by(&self, address: &str) -> Option<&str> {
        let address = address.trim().to_lowercase();
        let named = |wanted: &str| self.addresses().into_iter().find(|own| *own == wanted);
        named(&address).or_else(|| named(&plain(&address)))
    }

    /// Whether answers may leave from this address.
    pub fn may_send_from(&self, address: &str) -> bool {
        let address = address.trim().to_lowercase();
        self.addresses().contains(&address.as_str())
    }
}

/// Reads the further addresses of a form, one a line or between commas; the problem, where one cannot be taken.
pub(super) fn aliases(text: &str, own: &str) -> Result<Vec<String>, &'static str> {
    let mut aliases: Vec<String> = Vec::new();
    for word in text.split([',', ';', '\n']).map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty()) {
        if !is_address(&word) {
            return Err("not_an_address");
        }
        if word != own && !aliases.contains(&word) {
            aliases.push(word);
        }
    }
    if aliases.len() > MOST_ALIASES { Err("too_many") } else { Ok(aliases) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mailboxes::{Health, MailboxId, MailboxSecrets, MailboxSettings};
    use uuid::Uuid;

    fn mailbox(aliases: &[&str]) -> Mailbox {
        let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
        Mailbox {
            id: MailboxId(Uuid::nil()),
            name: "Help".into(),
            address: "help@shop.example".into(),
            active: true,
            settings: MailboxSettings { aliases, ..MailboxSettings::default() },
            secrets: MailboxSecrets::default(),
            health: Health::default(),
        }
    }

    #[test]
    fn answers_leave_from_the_mailboxes_own_addresses_only() {
        let mailbox = mailbox(&["sales@shop.example"]);
        assert!(mailbox.may_send_from("Help@shop.example ") && mailbox.may_send_from("sales@shop.example"));
        assert!(!mailbox.may_send_from("boss@shop.example") && !mailbox.may_send_from("sales+x@shop.example"));
        assert_eq!(mailbox.named_by("Sales+r-abc@shop.example"), Some("sales@shop.example"));
        assert_eq!(mailbox.named_by("boss@shop.example"), None);
    }

    #[test]
    fn further_addresses_are_read_once_each_and_never_the_own() {
        let read = |text: &str| aliases(text, "help@shop.example");
        let some = read("Sales@shop.example, help@shop.example\n\nsales@shop.example;info@other.example").unwrap();
        assert_eq!(some, ["sales@shop.example", "info@other.example"]);
        assert_eq!(read("sales"), Err("not_an_address"));
        let many: String = (0..51).map(|n| format!("a{n}@b.example\n")).collect();
        assert_eq!(read(&many), Err("too_many"));
        assert_eq!(read(" \n"), Ok(vec![]));
    }
}
