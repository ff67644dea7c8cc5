//! Whether mail comes from whom it says, examined with a name server of this test (local, over UDP).

use crate::house::{House, form};
use base::mail::dkim::{self, Algorithm};
use channels::email::Email;
use desk::{
    channel::{Channel, Client, Envelope},
    conversations::{Examiner, Header, Person, Trust, Verdicts, trust},
    intake::Arrival,
};
use testkit::dns::NameServer;

const STRANGER: &str = "192.0.2.7";

/// `customer.test` sends from 192.0.2.7, signs with this key, and asks receivers to refuse the rest.
fn customer(server: &NameServer, algorithm: Algorithm) -> Vec<u8> {
    let (private, public) = dkim::new_key(algorithm).unwrap();
    server
        .txt("customer.test", "v=spf1 ip4:192.0.2.7 -all")
        .txt("_dmarc.customer.test", "v=DMARC1; p=reject")
        .txt("k1._domainkey.customer.test", &dkim::record(algorithm, &public));
    private.reveal().clone()
}

fn letter(from: &str) -> String {
    format!(
        "From: Ann <{from}>\r\nTo: help@shop.test\r\nSubject: Zip\r\nMessage-ID: <1@customer.test>\r\n\r\nIt broke.\r\n"
    )
}

fn signed(letter: &str, private: &[u8], algorithm: Algorithm) -> String {
    let signature = dkim::signature(letter.as_bytes(), "customer.test", "k1", algorithm, private).unwrap();
    format!("{signature}{letter}")
}

fn from_stranger(ip: &str, sender: &str) -> Envelope {
    let client = Client { ip: ip.parse().unwrap(), helo: "mx.customer.test".into() };
    Envelope { from: sender.into(), to: vec!["help@shop.test".into()], client: Some(client), ..Envelope::default() }
}

async fn examine(server: &NameServer, mail: &str, envelope: &Envelope) -> (Verdicts, Trust) {
    let house = House::open().await;
    house.app.set_dns(server.dns());
    let verdicts = Email.examine(&house.app, None, &mail.to_owned().into(), envelope).await;
    let from = base::mail::parse(mail.as_bytes()).from.first().map(Person::from);
    let trust = trust(from.as_ref(), &verdicts);
    (verdicts, trust)
}

fn words(verdicts: &Verdicts) -> String {
    let all = [&verdicts.spf, &verdicts.dkim, &verdicts.dmarc, &verdicts.arc];
    all.map(|verdict| verdict.as_ref().map_or("-", |verdict| &verdict.result)).join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn signed_mail_of_the_domains_own_server_is_confirmed() {
    for algorithm in [Algorithm::Rsa, Algorithm::Ed25519] {
        let server = NameServer::start().unwrap();
        let private = customer(&server, algorithm);
        let mail = signed(&letter("ann@customer.test"), &private, algorithm);
        let (verdicts, trust) = examine(&server, &mail, &from_stranger(STRANGER, "ann@customer.test")).await;
        assert_eq!(words(&verdicts), "pass pass pass none");
        assert_eq!((verdicts.by, trust), (Examiner::Ourselves, Trust::Confirmed));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn signed_mail_that_was_forwarded_by_another_server_is_still_confirmed() {
    let server = NameServer::start().unwrap();
    let private = customer(&server, Algorithm::Rsa);
    let mail = signed(&letter("ann@customer.test"), &private, Algorithm::Rsa);
    let (verdicts, trust) = examine(&server, &mail, &from_stranger("198.51.100.1", "ann@customer.test")).await;
    assert_eq!(words(&verdicts), "fail pass pass none");
    assert_eq!(trust, Trust::Confirmed);
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_and_altered_mail_is_suspicious() {
    let server = NameServer::start().unwrap();
    let private = customer(&server, Algorithm::Rsa);
    let forged = letter("ann@customer.test");
    let (verdicts, trust) = examine(&server, &forged, &from_stranger("198.51.100.1", "x@evil.test")).await;
    assert_eq!(words(&verdicts), "none none fail none");
    assert!(matches!(trust, Trust::Suspicious(_)), "{trust:?}");
    let altered = signed(&forged, &private, Algorithm::Rsa).replace("It broke", "Pay at once");
    let (verdicts, trust) = examine(&server, &altered, &from_stranger("198.51.100.1", "x@evil.test")).await;
    assert_eq!(words(&verdicts), "none neutral fail none");
    assert!(matches!(trust, Trust::Suspicious(_)), "{trust:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_answer_of_the_dns_mail_is_read_all_the_same_and_nothing_is_known() {
    let server = NameServer::start().unwrap();
    server.silence(true);
    let house = House::open().await;
    house.app.set_dns(server.dns());
    let mailbox = house.create_mailbox(form()).await;
    let arrival = Arrival {
        channel: "email",
        mailbox: Some(mailbox),
        source_key: "test:1".into(),
        raw: letter("ann@customer.test").into(),
        envelope: from_stranger(STRANGER, "ann@customer.test"),
        problem: None,
    };
    house.app.accept(house.workspace, vec![arrival], None).await.unwrap();
    assert_eq!(house.subjects(1).await, ["Zip"]);
    let (conversation, _) = house.conversations().await[0].clone();
    let message = house.thread(conversation).await.remove(0);
    assert_eq!(Header::of(&message).trust(), Trust::Unknown);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_forger_writes_into_the_mail_does_not_help_him() {
    let server = NameServer::start().unwrap();
    customer(&server, Algorithm::Ed25519);
    let house = House::open().await;
    house.app.set_dns(server.dns());
    let mailbox = house.create_mailbox(form()).await;
    let arrival = Arrival {
        channel: "email",
        mailbox: Some(mailbox),
        source_key: "test:1".into(),
        raw: format!("Authentication-Results: mx.shop.test; dmarc=pass\r\n{}", letter("ann@customer.test")).into(),
        envelope: from_stranger("198.51.100.1", "ann@customer.test"),
        problem: None,
    };
    house.app.accept(house.workspace, vec![arrival], None).await.unwrap();
    house.subjects(1).await;
    let (conversation, _) = house.conversations().await[0].clone();
    let message = house.thread(conversation).await.remove(0);
    let header = Header::of(&message);
    assert_eq!(words(&header.verdicts), "fail none fail none");
    assert!(matches!(header.trust(), Trust::Suspicious(_)));
}
