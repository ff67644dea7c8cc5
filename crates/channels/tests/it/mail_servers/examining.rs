//! The examination of set-ups, against real servers that are in order and ones that are not, and a name server of this test.

use crate::house::{House, form};
use channels::email::Email;
use desk::{
    channel::Channel,
    domains,
    finding::{Finding, FindingState, Subject},
    mailboxes::MailboxForm,
};
use testkit::{
    dns::NameServer,
    mail::{MailHost, PASSWORD},
};

fn host() -> MailHost {
    let host = MailHost::start().unwrap();
    host.dovecot.create_mailbox("help@shop.test").unwrap();
    host
}

fn at(host: &MailHost) -> MailboxForm {
    MailboxForm {
        imap_host: "127.0.0.1".into(),
        imap_port: host.dovecot.imaps_port().to_string(),
        imap_security: "tls".into(),
        imap_password: PASSWORD.into(),
        smtp_host: "127.0.0.1".into(),
        smtp_port: host.postfix.submission_port().to_string(),
        smtp_security: "start_tls".into(),
        smtp_username: "help@shop.test".into(),
        smtp_password: PASSWORD.into(),
        ca_pem: std::fs::read_to_string(&host.dovecot.certificates().authority).unwrap(),
        ..form()
    }
}

async fn examine(house: &House, form: MailboxForm, probe: bool) -> Vec<Finding> {
    let mailbox = house.mailbox(house.create_mailbox(form).await).await;
    let subject = if probe { Subject::Probe(mailbox.into()) } else { Subject::Mailbox(mailbox.into()) };
    Email.diagnose(&house.app, house.workspace, &subject).await
}

fn told(findings: &[Finding]) -> Vec<(&'static str, FindingState)> {
    findings.iter().map(|finding| (finding.check, finding.state)).collect()
}

use FindingState::{Fail, Ok as Fine, Warn};

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_in_order_passes_every_check_and_its_probe_arrives() {
    let (host, house) = (host(), House::open().await);
    let found = examine(&house, at(&host), false).await;
    let expected = [
        // The authority of this test gives certificates for two days.
        ("certificate for fetching", Warn),
        ("sign-in for fetching", Fine),
        ("folder", Fine),
        ("certificate for sending", Warn),
        ("sending", Fine),
    ];
    assert_eq!(told(&found), expected, "{found:#?}");
    assert!(host.dovecot.mails("help@shop.test").unwrap().is_empty());
    let other = House::open().await;
    let probe = examine(&other, at(&host), true).await;
    assert_eq!(told(&probe), [("probe", Fine)], "{probe:#?}");
    assert_eq!(host.dovecot.mails("help@shop.test").unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_mailbox_is_told_with_what_to_do() {
    let host = host();
    let state = |found: &[Finding], check: &str| found.iter().find(|finding| finding.check == check).cloned();
    let wrong_password = MailboxForm { imap_password: "x".into(), smtp_password: "x".into(), ..at(&host) };
    let found = examine(&House::open().await, wrong_password, false).await;
    assert_eq!(state(&found, "sign-in for fetching").unwrap().state, Fail, "{found:#?}");
    assert!(state(&found, "sending").unwrap().words.contains("the sign-in was refused"), "{found:#?}");
    let no_authority = MailboxForm { ca_pem: String::new(), ..at(&host) };
    let found = examine(&House::open().await, no_authority, false).await;
    assert_eq!(told(&found), [("certificate for fetching", Fail), ("certificate for sending", Fail)], "{found:#?}");
    let elsewhere = MailboxForm { imap_folder: "Nowhere".into(), smtp_host: String::new(), ..at(&host) };
    let found = examine(&House::open().await, elsewhere, false).await;
    assert_eq!(state(&found, "folder").unwrap().state, Fail, "{found:#?}");
    assert_eq!(state(&found, "sending").unwrap().state, Warn, "{found:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_is_examined_from_where_its_mail_goes_to_what_it_asks_of_receivers() {
    let (server, house) = (NameServer::start().unwrap(), House::open().await);
    house.app.set_dns(server.dns());
    let subject = Subject::Domain { domain: "shop.test".into(), sends_through: vec!["out.shop.test".into()] };
    let examine = async || told(&Email.diagnose(&house.app, house.workspace, &subject).await);
    let nothing = [("MX", Fail), ("SPF", Warn), ("sending server", Fail), ("DKIM", Warn), ("DMARC", Warn)];
    assert_eq!(examine().await, nothing);
    server
        .mx("shop.test", 10, "mx.shop.test")
        .host("mx.shop.test", "203.0.113.4".parse().unwrap())
        .host("out.shop.test", "203.0.113.5".parse().unwrap())
        .txt("shop.test", "v=spf1 a:out.shop.test -all")
        .txt("_dmarc.shop.test", "v=DMARC1; p=reject");
    let domain = domains::add(&house.app, house.as_agent(), "shop.test", Default::default()).await.unwrap();
    server.txt(&domain.record_name(), &domain.record());
    domains::activate(&house.app, house.as_agent(), "shop.test").await.unwrap();
    house.app.set_dns(server.dns());
    let all = [
        ("MX", Fine),
        ("SPF", Fine),
        ("SPF of the sending server", Fine),
        ("PTR", Fine),
        ("DKIM", Fine),
        ("DMARC", Fine),
    ];
    assert_eq!(examine().await, all);
    server.forget(&domain.record_name());
    server.forget("shop.test");
    server.txt("shop.test", "v=spf1 mx -all");
    house.app.set_dns(server.dns());
    let some = [
        ("MX", Fail),
        ("SPF", Fine),
        ("SPF of the sending server", Warn),
        ("PTR", Fine),
        ("DKIM", Fail),
        ("DMARC", Fine),
    ];
    assert_eq!(examine().await, some);
}
