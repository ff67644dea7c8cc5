//! The mailbox's servers: connection, certificate, sign-in, folder; and whether a mail would be taken.

use super::{
    super::{
        imap::{self, Problem},
        smtp,
    },
    certificate::{self, Protocol},
};
use desk::{
    finding::Finding,
    mailboxes::{Mailbox, Security},
};
use jiff::Timestamp;

/// A certificate that ends sooner is worth a word.
const SOON: i64 = 21;
const DAY: i64 = 86_400;

/// The checks of fetching.
pub(super) async fn fetching(mailbox: &Mailbox) -> Vec<Finding> {
    let Some(imap) = &mailbox.settings.imap else {
        let words = "no server to fetch from: mail comes only if a mail server of yours delivers it here (SMTP, LMTP)";
        return vec![Finding::warn("fetching", words)];
    };
    let place = format!("{}, port {}", imap.host, imap.port);
    let mut findings =
        secure("certificate for fetching", mailbox, Protocol::Imap, &imap.host, imap.port, imap.security).await;
    if findings.iter().any(|finding| finding.state == desk::finding::FindingState::Fail) {
        return findings;
    }
    match imap::check(mailbox, imap).await {
        Ok(mails) => {
            findings.push(Finding::ok("sign-in for fetching", format!("{place} lets {} in", imap.username)));
            findings.push(Finding::ok("folder", format!("{} can be read and holds {mails} mails", imap.folder)));
        }
        Err(Problem::SignIn { answer, .. }) => {
            let advice = match mailbox.settings.oauth {
                Some(_) => "sign in again on the mailbox's page",
                None => "enter name and password again; some providers ask for a password made for programs",
            };
            findings.push(Finding::fail(
                "sign-in for fetching",
                format!("{place} refuses {}: {answer}; {advice}", imap.username),
            ));
        }
        Err(Problem::Folder { folder, answer }) => {
            findings.push(Finding::ok("sign-in for fetching", format!("{place} lets {} in", imap.username)));
            let words =
                format!("the folder {folder} can't be opened: {answer}; check its name in the mailbox's settings");
            findings.push(Finding::fail("folder", words));
        }
        Err(other) => findings
            .push(Finding::fail("connection for fetching", format!("{other}; check server name, port and encryption"))),
    }
    findings
}

/// The checks of sending. Sender and recipient are named to the server, a message is not.
pub(super) async fn sending(mailbox: &Mailbox) -> Vec<Finding> {
    let Some(smtp) = &mailbox.settings.smtp else {
        return vec![Finding::warn("sending", "no server to send through: customers cannot be answered")];
    };
    let place = format!("{}, port {}", smtp.host, smtp.port);
    let mut findings =
        secure("certificate for sending", mailbox, Protocol::Smtp, &smtp.host, smtp.port, smtp.security).await;
    if findings.iter().any(|finding| finding.state == desk::finding::FindingState::Fail) {
        return findings;
    }
    findings.push(match smtp::rehearse(mailbox, smtp).await {
        Ok(()) => Finding::ok("sending", format!("{place} lets us in and takes mail from {}", mailbox.address)),
        Err(reason) => Finding::fail("sending", reason),
    });
    findings
}

/// The check of the further addresses: whether the server would deliver to them, and whether their domains are the mailbox's.
pub(super) async fn aliases(mailbox: &Mailbox) -> Option<Finding> {
    let aliases = &mailbox.settings.aliases;
    let smtp = mailbox.settings.smtp.as_ref().filter(|_| !aliases.is_empty())?;
    Some(match smtp::refused_aliases(mailbox, smtp).await {
        Err(reason) => Finding::fail(ALIASES, reason),
        Ok(refused) => of_aliases(mailbox, &refused),
    })
}

const ALIASES: &str = "further addresses";

fn of_aliases(mailbox: &Mailbox, refused: &[String]) -> Finding {
    if !refused.is_empty() {
        let advice = "have the server deliver them to this mailbox, or take them out of its settings";
        return Finding::fail(ALIASES, format!("{}; {advice}", refused.join("; ")));
    }
    let domain = |address: &str| address.rsplit_once('@').map(|(_, domain)| domain.to_owned());
    let others = mailbox.settings.aliases.iter().filter(|alias| domain(alias) != domain(&mailbox.address));
    let mut others: Vec<String> = others.filter_map(|alias| domain(alias)).collect();
    others.sort();
    others.dedup();
    let all = mailbox.settings.aliases.join(", ");
    if others.is_empty() {
        return Finding::ok(ALIASES, format!("the server takes mail to {all}"));
    }
    let words = format!(
        "the server takes mail to {all}; answers from {} bear another domain than the envelope, so receivers trust them only when they are \
         signed for it: examine it with --domain",
        others.join(", ")
    );
    Finding::warn(ALIASES, words)
}

async fn secure(
    check: &'static str,
    mailbox: &Mailbox,
    protocol: Protocol,
    host: &str,
    port: u16,
    security: Security,
) -> Vec<Finding> {
    let until = match certificate::good_until(mailbox, protocol, host, port, security).await {
        Ok(until) => until,
        Err(reason) => return vec![Finding::fail(check, format!("{reason}; check server name, port and encryption"))],
    };
    vec![match until {
        None if matches!(host, "localhost" | "127.0.0.1" | "::1") => {
            Finding::ok(check, "not encrypted, within this machine")
        }
        None => Finding::warn(
            check,
            format!("the connection to {host} is not encrypted: passwords and mail can be read on the way"),
        ),
        Some(until) => lasts(check, host, (until - now().as_second()).div_euclid(DAY)),
    }]
}

fn lasts(check: &'static str, host: &str, days: i64) -> Finding {
    if days < SOON {
        return Finding::warn(
            check,
            format!("the certificate of {host} ends in {days} days; whoever runs the server has to renew it"),
        );
    }
    Finding::ok(check, format!("the certificate of {host} is good for {days} days"))
}

fn now() -> Timestamp {
    base::clock::Clock::now(&base::clock::SystemClock)
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::finding::FindingState;

    #[test]
    fn further_addresses_that_the_server_refuses_or_that_bear_another_domain_are_told() {
        let mailbox = |aliases: &[&str]| Mailbox {
            id: desk::mailboxes::MailboxId(uuid::Uuid::nil()),
            name: "Help".into(),
            address: "help@shop.example".into(),
            active: true,
            settings: desk::mailboxes::MailboxSettings {
                aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
                ..Default::default()
            },
            secrets: desk::mailboxes::MailboxSecrets::default(),
            health: desk::mailboxes::Health::default(),
        };
        assert_eq!(of_aliases(&mailbox(&["sales@shop.example"]), &[]).state, FindingState::Ok);
        let other = of_aliases(&mailbox(&["sales@other.example"]), &[]);
        assert!(other.state == FindingState::Warn && other.words.contains("other.example"), "{}", other.words);
        let refused = of_aliases(&mailbox(&["sales@shop.example"]), &["sales@shop.example: no such user".into()]);
        assert!(refused.state == FindingState::Fail && refused.words.contains("no such user"), "{}", refused.words);
    }

    #[test]
    fn a_certificate_that_ends_soon_is_told_before_it_ends() {
        let state = |days| lasts("certificate", "imap.example", days).state;
        assert_eq!((state(90), state(SOON - 1), state(0)), (FindingState::Ok, FindingState::Warn, FindingState::Warn));
    }
}
