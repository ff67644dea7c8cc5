//! Whether a message comes from whom it says: what was found out, and the one plain fact that follows from it. Pure.

use super::Person;
use serde::{Deserialize, Serialize};

/// What was found out about a message's origin, and by whom; kept with the message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Verdicts {
    /// Who found it out.
    pub by: Examiner,
    /// Whether the sending server may send for the envelope's domain (RFC 7208).
    pub spf: Option<Verdict>,
    /// Whether a signature of the mail is right (RFC 6376).
    pub dkim: Option<Verdict>,
    /// Whether one of the two speaks for the domain in `From`, as its owner asks for (DMARC).
    pub dmarc: Option<Verdict>,
    /// Whether the chain of forwarders is unbroken (RFC 8617). Anybody can forge a chain of their own, so it excuses nothing.
    pub arc: Option<Verdict>,
}

/// Who examined a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Examiner {
    /// Nobody, or nobody whom we know: whatever the mail says of itself, its writer may have put there (RFC 8601, 5).
    #[default]
    Nobody,
    /// We, as it came in.
    Ourselves,
    /// The server that received it for the mailbox, by this name.
    Server(String),
    /// A server whose name fits the mailbox's, but nobody has confirmed that it removes what others write in its name. Its
    /// warnings are believed, since nobody forges them; its praise is not.
    Unconfirmed(String),
}

/// The outcome of one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// In the words of RFC 8601, lower case: `pass`, `fail`, `softfail`, `none`, `temperror`, …
    pub result: String,
    /// For which domain.
    #[serde(default)]
    pub domain: Option<String>,
}

impl Verdict {
    /// A result about a domain.
    pub fn new(result: &str, domain: Option<&str>) -> Self {
        let domain = domain.map(|name| name.trim_end_matches('.').to_lowercase()).filter(|name| !name.is_empty());
        Self { result: result.to_lowercase(), domain }
    }
}

/// The plain fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// The domain of the address vouches for it.
    Confirmed,
    /// Nothing speaks for it or against it.
    Unknown,
    /// It may not be from who it says.
    Suspicious(Doubt),
}

/// Why a message may not be from who it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// The owner of the domain says how its mail is to be told, and this is none of it (DMARC).
    NotFromDomain {
        /// The domain of the address.
        domain: String,
        /// An unbroken chain of forwarders came with it, which may be why.
        forwarded: bool,
    },
    /// The owner of the domain does not send from that server (SPF), and no signature says otherwise.
    WrongServer {
        /// The domain of the address.
        domain: String,
    },
}

impl std::fmt::Display for Doubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFromDomain { domain, forwarded } => {
                write!(
                    f,
                    "The owner of {domain} asks receivers to check where its mail comes from, and this one fails."
                )?;
                if *forwarded {
                    f.write_str(" A mailing list or forwarder has passed it on, which may be the reason.")?;
                }
                Ok(())
            }
            Self::WrongServer { domain } => {
                write!(f, "It was sent by a server that {domain} does not send from, and nothing else confirms it.")
            }
        }
    }
}

/// What the verdicts say about a message that claims to be from `from`.
pub fn trust(from: Option<&Person>, verdicts: &Verdicts) -> Trust {
    let domain = from.and_then(|from| from.address.rsplit_once('@')).map(|(_, domain)| domain.trim().to_lowercase());
    let Some(domain) = domain.filter(|domain| !domain.is_empty()) else { return Trust::Unknown };
    let believed = match &verdicts.by {
        Examiner::Nobody => return Trust::Unknown,
        Examiner::Ourselves | Examiner::Server(_) => true,
        Examiner::Unconfirmed(_) => false,
    };
    let passes = |verdict: &Option<Verdict>| verdict.as_ref().is_some_and(|verdict| verdict.result == "pass");
    let fails = |verdict: &Option<Verdict>| verdict.as_ref().is_some_and(|verdict| verdict.result == "fail");
    let about = |verdict: &Option<Verdict>, is_meant: &dyn Fn(&str) -> bool| {
        verdict.as_ref().and_then(|verdict| verdict.domain.as_deref()).is_some_and(is_meant)
    };
    // A name below the domain may be somebody else's (of a hoster's, say): it speaks against its parent, not for it.
    let vouches = |verdict: &Option<Verdict>| about(verdict, &|named| is_within(&domain, named));
    let is_of_the_domain =
        |verdict: &Option<Verdict>| about(verdict, &|named| is_within(&domain, named) || is_within(named, &domain));
    if fails(&verdicts.dmarc) {
        return Trust::Suspicious(Doubt::NotFromDomain { domain, forwarded: passes(&verdicts.arc) });
    }
    if passes(&verdicts.dmarc) {
        // A mail with two writers may be examined for one and shown with the other.
        let named = verdicts.dmarc.as_ref().and_then(|verdict| verdict.domain.as_deref());
        let fits = named.is_none_or(|named| is_within(&domain, named) || is_within(named, &domain));
        return if believed && fits { Trust::Confirmed } else { Trust::Unknown };
    }
    // The owner asks for nothing: a signature or a server of the very domain confirms it all the same.
    let vouched = [&verdicts.dkim, &verdicts.spf].into_iter().any(|check| passes(check) && vouches(check));
    if vouched && believed {
        return Trust::Confirmed;
    }
    if fails(&verdicts.spf) && is_of_the_domain(&verdicts.spf) && !passes(&verdicts.dkim) {
        return Trust::Suspicious(Doubt::WrongServer { domain });
    }
    Trust::Unknown
}

/// Whether a mail that names one of our own addresses as its writer may be taken for ours. What a stranger's server handed over has to
/// be confirmed; what came by our own mail server must not be suspicious: it says nothing of mail that was written on it.
pub(super) fn is_from_us(trust: &Trust, by: &Examiner) -> bool {
    match trust {
        Trust::Confirmed => true,
        Trust::Unknown => *by != Examiner::Ourselves,
        Trust::Suspicious(_) => false,
    }
}

/// Whether `inner` is `outer` or a name below it. One label alone is nobody's domain.
fn is_within(inner: &str, outer: &str) -> bool {
    let (inner, outer) = (inner.trim_end_matches('.'), outer.trim_end_matches('.'));
    let below = inner.strip_suffix(outer).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    below && outer.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ana() -> Person {
        Person { name: None, address: "ana@Shop.example".into() }
    }

    fn verdict(result: &str, domain: &str) -> Option<Verdict> {
        Some(Verdict::new(result, Some(domain)))
    }

    fn by_us() -> Verdicts {
        Verdicts { by: Examiner::Ourselves, ..Verdicts::default() }
    }

    #[test]
    fn what_the_domains_owner_asks_for_decides() {
        let passed = Verdicts { dmarc: verdict("pass", "shop.example"), ..by_us() };
        assert_eq!(trust(Some(&ana()), &passed), Trust::Confirmed);
        let failed =
            Verdicts { dmarc: verdict("fail", "shop.example"), dkim: verdict("pass", "evil.example"), ..by_us() };
        let doubt = Doubt::NotFromDomain { domain: "shop.example".into(), forwarded: false };
        assert_eq!(trust(Some(&ana()), &failed), Trust::Suspicious(doubt));
    }

    #[test]
    fn our_own_address_has_to_be_confirmed_when_a_strangers_server_brings_it() {
        let doubt = Trust::Suspicious(Doubt::WrongServer { domain: "shop.example".into() });
        assert!(is_from_us(&Trust::Confirmed, &Examiner::Ourselves));
        assert!(!is_from_us(&Trust::Unknown, &Examiner::Ourselves));
        for by in [Examiner::Nobody, Examiner::Server("mx".into()), Examiner::Unconfirmed("mx".into())] {
            assert!(is_from_us(&Trust::Unknown, &by), "{by:?}");
            assert!(!is_from_us(&doubt, &by), "{by:?}");
        }
    }

    #[test]
    fn what_confirms_another_writer_does_not_confirm_the_one_who_is_shown() {
        let passed = Verdicts { dmarc: verdict("pass", "evil.example"), ..by_us() };
        assert_eq!(trust(Some(&ana()), &passed), Trust::Unknown);
    }

    #[test]
    fn a_forwarders_chain_explains_but_does_not_excuse() {
        let listed = Verdicts { dmarc: verdict("fail", "shop.example"), arc: verdict("pass", ""), ..by_us() };
        let Trust::Suspicious(doubt) = trust(Some(&ana()), &listed) else { panic!("a chain excused it") };
        assert!(doubt.to_string().contains("mailing list"));
    }

    #[test]
    fn a_signature_confirms_only_its_own_domain() {
        let own = Verdicts { dkim: verdict("pass", "Shop.example."), ..by_us() };
        assert_eq!(trust(Some(&ana()), &own), Trust::Confirmed);
        let news = Person { name: None, address: "news@mail.shop.example".into() };
        assert_eq!(trust(Some(&news), &own), Trust::Confirmed);
        for other in ["evil.example", "example", "notshop.example", "shop.example.evil.test", "evil.shop.example"] {
            let others = Verdicts { dkim: verdict("pass", other), ..by_us() };
            assert_eq!(trust(Some(&ana()), &others), Trust::Unknown, "{other}");
        }
    }

    #[test]
    fn a_server_that_the_domain_forbids_is_suspicious_unless_a_signature_is_right() {
        let forged = Verdicts { spf: verdict("fail", "shop.example"), ..by_us() };
        assert!(matches!(trust(Some(&ana()), &forged), Trust::Suspicious(Doubt::WrongServer { .. })));
        let soft = Verdicts { spf: verdict("softfail", "shop.example"), ..by_us() };
        assert_eq!(trust(Some(&ana()), &soft), Trust::Unknown);
        let forwarded = Verdicts { dkim: verdict("pass", "shop.example"), ..forged };
        assert_eq!(trust(Some(&ana()), &forwarded), Trust::Confirmed);
    }

    #[test]
    fn an_unconfirmed_servers_warning_is_believed_and_its_praise_is_not() {
        let by = Examiner::Unconfirmed("mx.shop.example".into());
        let praise = Verdicts { by: by.clone(), dmarc: verdict("pass", "shop.example"), ..by_us() };
        assert_eq!(trust(Some(&ana()), &praise), Trust::Unknown);
        let warning = Verdicts { by, dmarc: verdict("fail", "shop.example"), ..by_us() };
        assert!(matches!(trust(Some(&ana()), &warning), Trust::Suspicious(_)));
    }

    #[test]
    fn without_an_answer_of_the_dns_nothing_is_known() {
        let unanswered = Verdicts {
            spf: verdict("temperror", "shop.example"),
            dkim: verdict("temperror", "shop.example"),
            dmarc: verdict("temperror", "shop.example"),
            ..by_us()
        };
        assert_eq!(trust(Some(&ana()), &unanswered), Trust::Unknown);
        assert_eq!(trust(None, &by_us()), Trust::Unknown);
    }

    proptest! {
        #[test]
        fn what_nobody_examined_is_never_confirmed_nor_suspicious(address in ".{0,30}", results in proptest::collection::vec("pass|fail|none", 4)) {
            let domain = address.rsplit('@').next().unwrap_or_default().to_owned();
            let mut results = results.iter().map(|result| verdict(result, &domain));
            let mut next = || results.next().flatten();
            let verdicts = Verdicts { by: Examiner::Nobody, spf: next(), dkim: next(), dmarc: next(), arc: next() };
            let from = Person { name: None, address };
            prop_assert_eq!(trust(Some(&from), &verdicts), Trust::Unknown);
        }
    }
}
