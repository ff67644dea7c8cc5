//! Which domains mail can be signed for, and which one speaks for an address.

use super::MailDomain;
use crate::{Error, Result};
use base::mail::dkim::{self, Algorithm};

/// What the DNS says of a domain's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    /// It holds our key.
    Found,
    /// There is none.
    Missing,
    /// Something else stands there.
    Different(String),
    /// It can't be told now; the reason, in words.
    Unknown(String),
}

impl MailDomain {
    /// The name at which the record is to stand.
    pub fn record_name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    /// The text of the record (TXT).
    pub fn record(&self) -> String {
        dkim::record(self.algorithm, &self.public_key)
    }

    /// What these texts at [`MailDomain::record_name`] mean for us.
    pub fn published(&self, found: &[String]) -> Published {
        if found.iter().any(|record| dkim::publishes(record, self.algorithm, &self.public_key)) {
            return Published::Found;
        }
        found.first().map_or(Published::Missing, |other| Published::Different(other.clone()))
    }
}

/// A domain as somebody types it.
pub(super) fn check(domain: &str) -> Result<String> {
    let domain = domain.trim().trim_start_matches('@').trim_end_matches('.').to_lowercase();
    if domain.is_empty() {
        return Err(Error::field("domain", "required"));
    }
    let is_label = |label: &str| {
        let clean = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        clean && !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    };
    if !domain.contains('.') || domain.len() > 200 || !domain.split('.').all(is_label) {
        return Err(Error::field("domain", "not_a_domain"));
    }
    Ok(domain)
}

/// How the key of that day is called: another day, another name, so that an old record can stay while mail is under way.
pub(super) fn selector(day: jiff::civil::Date) -> String {
    format!("rapport{}", day.strftime("%Y%m%d"))
}

/// The kind of key by the record's own word.
pub(super) fn algorithm(name: &str) -> Algorithm {
    if name == "ed25519" { Algorithm::Ed25519 } else { Algorithm::Rsa }
}

/// Of these domains, the one that signs for an address: its own, else the closest above it, which receivers accept as well
/// (DMARC's relaxed alignment).
pub(super) fn signer<'d>(domains: &'d [MailDomain], address: &str) -> Option<&'d MailDomain> {
    let (_, wanted) = address.rsplit_once('@')?;
    let wanted = wanted.trim().to_lowercase();
    let speaks = |domain: &&MailDomain| wanted == domain.domain || wanted.ends_with(&format!(".{}", domain.domain));
    domains.iter().filter(|domain| domain.active).filter(speaks).max_by_key(|domain| domain.domain.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(name: &str, active: bool) -> MailDomain {
        MailDomain {
            domain: name.into(),
            selector: "rapport20261122".into(),
            algorithm: Algorithm::Rsa,
            public_key: "QUJD".into(),
            active,
        }
    }

    #[test]
    fn the_closest_domain_that_is_switched_on_signs() {
        let domains = [domain("shop.example", true), domain("mail.shop.example", true), domain("off.example", false)];
        let signs = |address| signer(&domains, address).map(|domain| domain.domain.as_str());
        assert_eq!(signs("help@shop.example"), Some("shop.example"));
        assert_eq!(signs("help@Mail.Shop.example"), Some("mail.shop.example"));
        assert_eq!(signs("help@eu.shop.example"), Some("shop.example"));
        for nobody in ["help@notshop.example", "help@off.example", "help@example", "help"] {
            assert_eq!(signs(nobody), None, "{nobody}");
        }
    }

    #[test]
    fn a_domain_is_taken_as_people_type_it_and_nothing_else_is() {
        assert_eq!(check(" @Shop.Example. ").ok().as_deref(), Some("shop.example"));
        for wrong in ["", "shop", "shop..example", "a@shop.example", "shop.example/x", "-x.example", "ü.example"] {
            assert!(check(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_stands_in_the_dns_is_told_apart() {
        let shop = domain("shop.example", false);
        assert_eq!(shop.record_name(), "rapport20261122._domainkey.shop.example");
        assert_eq!(shop.published(&["k=rsa; p=QUJD".into()]), Published::Found);
        assert_eq!(shop.published(&[]), Published::Missing);
        assert_eq!(shop.published(&["v=DKIM1; p=other".into()]), Published::Different("v=DKIM1; p=other".into()));
    }
}
