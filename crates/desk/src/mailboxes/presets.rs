//! Where well-known providers keep their servers, so that an address is enough to begin with.

/// A provider's servers; both speak TLS from the first byte, unless `smtp_port` is 587, which begins it by STARTTLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// The provider's name.
    pub provider: &'static str,
    /// The server that mail is read from; port 993.
    pub imap_host: &'static str,
    /// The server that mail is sent through.
    pub smtp_host: &'static str,
    /// Its port.
    pub smtp_port: u16,
}

type Known = (&'static [&'static str], Preset);

const fn preset(provider: &'static str, imap_host: &'static str, smtp_host: &'static str, smtp_port: u16) -> Preset {
    Preset { provider, imap_host, smtp_host, smtp_port }
}

/// By domain, as the providers' own help pages say.
const KNOWN: &[Known] = &[
    (&["gmail.com", "googlemail.com"], preset("Gmail", "imap.gmail.com", "smtp.gmail.com", 465)),
    (
        &["outlook.com", "hotmail.com", "live.com", "msn.com", "outlook.de", "outlook.fr", "outlook.es", "hotmail.fr"],
        preset("Outlook", "outlook.office365.com", "smtp-mail.outlook.com", 587),
    ),
    (&["icloud.com", "me.com", "mac.com"], preset("iCloud", "imap.mail.me.com", "smtp.mail.me.com", 587)),
    (
        &["yahoo.com", "yahoo.de", "yahoo.fr", "yahoo.es", "ymail.com"],
        preset("Yahoo", "imap.mail.yahoo.com", "smtp.mail.yahoo.com", 465),
    ),
    (&["gmx.de", "gmx.net", "gmx.at", "gmx.ch"], preset("GMX", "imap.gmx.net", "mail.gmx.net", 465)),
    (&["web.de"], preset("WEB.DE", "imap.web.de", "smtp.web.de", 587)),
    (&["t-online.de"], preset("Telekom", "secureimap.t-online.de", "securesmtp.t-online.de", 465)),
    (&["mailbox.org"], preset("mailbox.org", "imap.mailbox.org", "smtp.mailbox.org", 465)),
    (&["posteo.de", "posteo.net"], preset("Posteo", "posteo.de", "posteo.de", 465)),
    (&["fastmail.com", "fastmail.fm"], preset("Fastmail", "imap.fastmail.com", "smtp.fastmail.com", 465)),
    (&["zoho.com"], preset("Zoho", "imap.zoho.com", "smtp.zoho.com", 465)),
    (&["orange.fr", "wanadoo.fr"], preset("Orange", "imap.orange.fr", "smtp.orange.fr", 465)),
    (&["free.fr"], preset("Free", "imap.free.fr", "smtp.free.fr", 465)),
    (&["yandex.com", "yandex.ru"], preset("Yandex", "imap.yandex.com", "smtp.yandex.com", 465)),
];

/// The servers of the provider that an address most likely belongs to; none for a domain of one's own.
pub fn preset_for(address: &str) -> Option<Preset> {
    let (_, domain) = address.trim().rsplit_once('@')?;
    let domain = domain.to_lowercase();
    KNOWN.iter().find(|(domains, _)| domains.contains(&domain.as_str())).map(|(_, preset)| *preset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn an_address_tells_its_providers_servers() {
        assert_eq!(preset_for("Shop@GMAIL.com").unwrap().imap_host, "imap.gmail.com");
        assert_eq!(preset_for("a@outlook.de").unwrap().smtp_port, 587);
        assert_eq!(preset_for("help@own.example"), None);
        assert_eq!(preset_for("nonsense"), None);
    }

    #[test]
    fn no_domain_belongs_to_two_providers() {
        let all: Vec<_> = KNOWN.iter().flat_map(|(domains, _)| domains.iter()).collect();
        assert_eq!(all.len(), all.iter().collect::<HashSet<_>>().len());
    }
}
