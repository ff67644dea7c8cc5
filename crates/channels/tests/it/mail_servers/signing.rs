//! Answers that are signed for their domain, on their way through a real Postfix, verified at the other end by us and by
//! OpenDKIM.

use crate::house::{House, form, mail};
use base::mail::dkim::Algorithm;
use channels::email::Email;
use desk::{
    channel::{Channel, Client, Envelope},
    conversations::DeliveryState,
    domains::{self, MailDomain, Published},
    mailboxes::MailboxForm,
};
use testkit::{
    dns::NameServer,
    mail::{MailHost, client::Protocol, client::Session},
    process::run,
};

/// A desk whose domain is set up but for the record in the DNS.
async fn desk(host: &MailHost, server: &NameServer, algorithm: Algorithm) -> (House, MailDomain) {
    let house = House::open().await;
    house.app.set_dns(server.dns());
    let sending = MailboxForm {
        smtp_host: "127.0.0.1".into(),
        smtp_port: host.postfix.smtp_port().to_string(),
        smtp_security: "none".into(),
        ..form()
    };
    house.create_mailbox(sending).await;
    let domain = domains::add(&house.app, house.as_agent(), "shop.test", algorithm).await.unwrap();
    (house, domain)
}

/// Takes a customer's mail in, answers it, and gives the answer as it lies in the customer's mailbox.
async fn answer(host: &MailHost, house: &House, number: u32) -> String {
    let smtp = house.listeners[0].port();
    let letter = mail(number, &format!("Question {number}"));
    tokio::task::spawn_blocking(move || {
        Session::open(Protocol::Smtp, smtp)
            .unwrap()
            .deliver("ann@customer.test", &["help@shop.test"], &letter)
            .unwrap();
    })
    .await
    .unwrap();
    house.subjects(number as usize).await;
    let (conversation, _) = house.conversations().await[0].clone();
    house.answer(conversation, "It is *fixed*, says Jürgen.").await.unwrap();
    house.delivery(conversation, |state| state == DeliveryState::Sent).await;
    let stored = host.dovecot.wait_for_mails("ann@customer.test", number as usize).unwrap();
    String::from_utf8(stored.last().unwrap().raw.clone()).unwrap()
}

async fn verdict(house: &House, mail: &str) -> (String, Option<String>) {
    let client = Client { ip: "192.0.2.1".parse().unwrap(), helo: "mail.test".into() };
    let envelope = Envelope { from: "help@shop.test".into(), client: Some(client), ..Envelope::default() };
    let mail = mail.replace("\r\n", "\n").replace('\n', "\r\n");
    let dkim = Email.examine(&house.app, None, &mail.into(), &envelope).await.dkim.unwrap();
    (dkim.result, dkim.domain)
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_are_signed_once_the_record_is_found_and_others_can_verify_them() {
    let (host, server) = (MailHost::start().unwrap(), NameServer::start().unwrap());
    host.dovecot.create_mailbox("ann@customer.test").unwrap();
    let (house, domain) = desk(&host, &server, Algorithm::Rsa).await;
    let (app, scope) = (&house.app, house.as_agent());
    assert_eq!(domains::activate(app, scope, "shop.test").await.unwrap(), Published::Missing);
    assert!(!answer(&host, &house, 1).await.contains("DKIM-Signature"));
    server.txt(&domain.record_name(), &domain.record());
    assert_eq!(domains::activate(app, scope, "shop.test").await.unwrap(), Published::Found);
    let signed = answer(&host, &house, 2).await;
    assert_eq!(verdict(&house, &signed).await, ("pass".into(), Some("shop.test".into())));
    let forged = signed.replace("fixed", "lost");
    assert_eq!(verdict(&house, &forged).await.0, "neutral");
    assert!(open_dkim(&signed, &domain).contains("key) succeeded"), "{}", open_dkim(&signed, &domain));
    assert!(!open_dkim(&forged, &domain).contains("key) succeeded"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_key_signs_as_well_and_stops_when_told() {
    let (host, server) = (MailHost::start().unwrap(), NameServer::start().unwrap());
    host.dovecot.create_mailbox("ann@customer.test").unwrap();
    let (house, domain) = desk(&host, &server, Algorithm::Ed25519).await;
    server.txt(&domain.record_name(), &domain.record());
    domains::activate(&house.app, house.as_agent(), "shop.test").await.unwrap();
    let signed = answer(&host, &house, 1).await;
    assert_eq!(verdict(&house, &signed).await, ("pass".into(), Some("shop.test".into())));
    domains::deactivate(&house.app, house.as_agent(), "shop.test").await.unwrap();
    assert!(!answer(&host, &house, 2).await.contains("DKIM-Signature"));
}

/// What OpenDKIM says of a mail, told the domain's record.
fn open_dkim(mail: &str, domain: &MailDomain) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let path = |name: &str| file(name).display().to_string();
    std::fs::write(file("mail"), mail.replace("\r\n", "\n").replace('\n', "\r\n")).unwrap();
    std::fs::write(file("keys"), format!("{} {}\n", domain.record_name(), domain.record())).unwrap();
    std::fs::write(file("conf"), format!("Mode v\nTestPublicKeys {}\n", path("keys"))).unwrap();
    let line = ["/usr/sbin/opendkim", "-x", &path("conf"), "-v", "-t", &path("mail")].map(str::to_owned);
    run(&line).unwrap_or_else(|error| error.to_string())
}
