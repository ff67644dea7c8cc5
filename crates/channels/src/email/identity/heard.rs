//! Whose written verdicts are believed (RFC 8601, section 5). Anybody can write `Authentication-Results` into a mail; only the
//! server that received it for us may be believed, and only when it removes what others wrote in its name.

use base::mail::Authentication;
use desk::{
    conversations::{Examiner, Verdict, Verdicts},
    mailboxes::MailboxSettings,
};

/// Providers that are known to write their verdicts on top of each mail and to remove forged ones: where their mailboxes are,
/// and by what name they sign. An empty name: Microsoft leaves it out.
const PROVIDERS: &[(&str, &str)] = &[
    ("gmail.com", "mx.google.com"),
    ("googlemail.com", "mx.google.com"),
    ("office365.com", ""),
    ("outlook.com", ""),
    ("yahoo.com", "yahoo.com"),
    ("me.com", "icloud.com"),
    ("fastmail.com", "messagingengine.com"),
];

/// What the mailbox's server found out, as far as it can be believed.
pub(super) fn heard(found: &Authentication, mailbox: Option<&MailboxSettings>) -> Verdicts {
    let (Some(server), Some(mailbox)) = (found.server.as_deref(), mailbox) else { return Verdicts::default() };
    let by = examiner(server, mailbox);
    if by == Examiner::Nobody {
        return Verdicts::default();
    }
    let [of_sender, of_signature, of_from] = &found.domains;
    let verdict = |result: &Option<String>, domain: Option<&String>| {
        result.as_deref().map(|result| Verdict::new(result, domain.map(String::as_str)))
    };
    Verdicts {
        by,
        spf: verdict(&found.spf, of_sender.as_ref()),
        dkim: verdict(&found.dkim, of_signature.as_ref()),
        dmarc: verdict(&found.dmarc, of_from.as_ref()),
        arc: verdict(&found.arc, None),
    }
}

fn examiner(server: &str, mailbox: &MailboxSettings) -> Examiner {
    if let Some(named) = mailbox.authserv_id.as_deref() {
        return if server.eq_ignore_ascii_case(named) { Examiner::Server(server.to_owned()) } else { Examiner::Nobody };
    }
    let Some(imap) = &mailbox.imap else { return Examiner::Nobody };
    let host = imap.host.trim_end_matches('.').to_ascii_lowercase();
    if let Some((_, signs_as)) = PROVIDERS.iter().find(|(domain, _)| is_within(&host, domain)) {
        let is_theirs = if signs_as.is_empty() { server.is_empty() } else { is_within(server, signs_as) };
        return if is_theirs { Examiner::Server(server.to_owned()) } else { Examiner::Nobody };
    }
    // `imap.shop.example` and `mx1.shop.example` are the same house, most likely.
    let house = host.split_once('.').map(|(_, rest)| rest).filter(|rest| rest.contains('.')).unwrap_or(&host);
    if is_within(server, house) { Examiner::Unconfirmed(server.to_owned()) } else { Examiner::Nobody }
}

fn is_within(inner: &str, outer: &str) -> bool {
    inner.strip_suffix(outer).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::mail::authentication;
    use desk::mailboxes::{AfterFetch, ImapSettings, Security};

    fn at(host: &str, authserv_id: Option<&str>) -> MailboxSettings {
        let imap = ImapSettings {
            host: host.into(),
            port: 993,
            security: Security::Tls,
            username: "help".into(),
            folder: "INBOX".into(),
            import_existing: false,
            poll_seconds: 30,
            after_fetch: AfterFetch::Keep,
            after_fetch_since: None,
            sent: None,
        };
        MailboxSettings { imap: Some(imap), authserv_id: authserv_id.map(str::to_owned), ..MailboxSettings::default() }
    }

    fn by(mail: &str, mailbox: &MailboxSettings) -> Examiner {
        heard(&authentication(mail.as_bytes()), Some(mailbox)).by
    }

    const FORGED: &str = "Received: from evil by mx.shop.example\r\n\
        Authentication-Results: mx.google.com; dmarc=pass header.from=bank.example\r\n\r\n";

    #[test]
    fn a_verdict_that_the_sender_wrote_himself_is_not_believed() {
        assert_eq!(by(FORGED, &at("imap.shop.example", None)), Examiner::Nobody);
        assert_eq!(by(FORGED, &at("imap.shop.example", Some("mx.shop.example"))), Examiner::Nobody);
        assert_eq!(by(FORGED, &at("mail.shop.example", Some(""))), Examiner::Nobody);
        assert_eq!(heard(&authentication(FORGED.as_bytes()), None), Verdicts::default());
    }

    #[test]
    fn a_forged_verdict_below_the_servers_own_does_not_count() {
        let mail = format!("Authentication-Results: mx.shop.example; dmarc=fail header.from=bank.example\r\n{FORGED}");
        let found = heard(&authentication(mail.as_bytes()), Some(&at("imap.shop.example", Some("mx.shop.example"))));
        assert_eq!(found.by, Examiner::Server("mx.shop.example".into()));
        assert_eq!(found.dmarc, Some(Verdict::new("fail", Some("bank.example"))));
    }

    #[test]
    fn known_providers_are_believed_under_their_own_name_only() {
        assert_eq!(by(FORGED, &at("imap.gmail.com", None)), Examiner::Server("mx.google.com".into()));
        assert_eq!(by(FORGED, &at("imap.gmail.com.evil.example", None)), Examiner::Nobody);
        assert_eq!(by(FORGED, &at("outlook.office365.com", None)), Examiner::Nobody);
        let microsoft =
            "Authentication-Results: spf=pass smtp.mailfrom=a.example; dmarc=pass header.from=a.example\r\n\r\n";
        assert_eq!(by(microsoft, &at("outlook.office365.com", None)), Examiner::Server(String::new()));
    }

    #[test]
    fn a_server_of_the_same_house_is_believed_halfway_until_its_name_is_confirmed() {
        let mail = "Authentication-Results: mx1.shop.example; dmarc=pass\r\n\r\n";
        assert_eq!(by(mail, &at("imap.shop.example", None)), Examiner::Unconfirmed("mx1.shop.example".into()));
        assert_eq!(
            by(mail, &at("imap.shop.example", Some("mx1.shop.example"))),
            Examiner::Server("mx1.shop.example".into())
        );
        // Whoever has a name under the same ending is no neighbour.
        assert_eq!(by(mail, &at("mail.example", None)), Examiner::Nobody);
    }
}
