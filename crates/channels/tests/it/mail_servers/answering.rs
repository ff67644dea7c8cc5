//! The whole way: a customer's mail comes in, an agent answers, the customer has the answer, and answers it.

use crate::house::{House, fetched, mail};
use desk::{
    conversations::{DeliveryState, MessageKind},
    mailboxes::{HealthState, MailboxForm},
};
use testkit::{
    mail::{
        MailHost,
        client::{Protocol, Session},
    },
    proxy::Proxy,
};

const US: &str = "help@shop.test";
const ANN: &str = "ann@customer.test";

fn host() -> MailHost {
    let host = MailHost::start().unwrap();
    host.dovecot.create_mailbox(US).unwrap();
    host.dovecot.create_mailbox(ANN).unwrap();
    host
}

fn both_ways(host: &MailHost, smtp: u16) -> MailboxForm {
    MailboxForm {
        smtp_host: "127.0.0.1".into(),
        smtp_port: smtp.to_string(),
        smtp_security: "none".into(),
        ..fetched(host.dovecot.imap_port(), "none")
    }
}

/// As the customer's mail program does.
fn write_to_us(host: &MailHost, raw: &[u8]) {
    let mut session = Session::open(Protocol::Smtp, host.postfix.smtp_port()).unwrap();
    assert_eq!(session.deliver(ANN, &[US], raw).unwrap()[0].code, 250);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_lands_threaded_in_the_customers_mailbox_and_theirs_in_the_conversation() {
    let (host, house) = (host(), House::open().await);
    let id = house.create_mailbox(both_ways(&host, host.postfix.smtp_port())).await;
    house.health(id, |health| health.state == HealthState::Well).await;
    write_to_us(&host, &mail(1, "Where is my parcel?"));
    house.subjects(1).await;
    let (conversation, _) = house.conversations().await[0];
    house.answer(conversation, "It is **on its way**.").await.unwrap();
    let sent = house.delivery(conversation, |state| state == DeliveryState::Sent).await;
    let answers = host.dovecot.wait_for_mails(ANN, 1).unwrap();
    let answer = &answers[0];
    assert_eq!(answer.header("in-reply-to").unwrap(), "<1@customer.test>");
    assert_eq!(answer.header("references").unwrap(), "<1@customer.test>");
    assert_eq!(answer.header("subject").unwrap(), "Re: Where is my parcel?");
    assert!(answer.header("from").unwrap().ends_with("<help@shop.test>"));
    let message_id = answer.header("message-id").unwrap();
    assert_eq!(message_id, format!("<{}>", sent.rfc_message_id.unwrap()));
    let thanks = format!(
        "From: ann@customer.test\r\nTo: help@shop.test\r\nSubject: Thank you\r\nMessage-ID: <2@customer.test>\r\n\
        In-Reply-To: {message_id}\r\n\r\nIt came!\r\n"
    );
    write_to_us(&host, thanks.as_bytes());
    let thread = testkit::wait::eventually("the customer's answer", testkit::wait::PATIENCE, async || {
        Some(house.thread(conversation).await).filter(|thread| thread.len() == 3)
    })
    .await;
    assert_eq!((thread[2].kind, thread[2].body.as_str()), (MessageKind::Incoming, "It came!"));
    assert_eq!(house.conversations().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_waits_for_a_server_that_is_down_and_leaves_once() {
    let (mut host, house) = (host(), House::open().await);
    let id = house.create_mailbox(both_ways(&host, host.postfix.smtp_port())).await;
    house.health(id, |health| health.state == HealthState::Well).await;
    write_to_us(&host, &mail(1, "Are you there?"));
    house.subjects(1).await;
    host.postfix.kill();
    let (conversation, _) = house.conversations().await[0];
    house.answer(conversation, "Yes.").await.unwrap();
    house.delivery(conversation, |state| state == DeliveryState::Deferred).await;
    host.postfix.resume().unwrap();
    house.delivery(conversation, |state| state == DeliveryState::Sent).await;
    assert_eq!(host.dovecot.wait_for_mails(ANN, 1).unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_whose_fate_is_unknown_is_not_sent_again_by_itself() {
    let (host, house) = (host(), House::open().await);
    let proxy = Proxy::to(host.postfix.smtp_port()).unwrap();
    let id = house.create_mailbox(both_ways(&host, proxy.port())).await;
    house.health(id, |health| health.state == HealthState::Well).await;
    write_to_us(&host, &mail(1, "Did you get my order?"));
    house.subjects(1).await;
    let (conversation, _) = house.conversations().await[0];
    proxy.cut_after(b"\r\n.\r\n");
    house.answer(conversation, "We did.").await.unwrap();
    house.delivery(conversation, |state| state == DeliveryState::Unconfirmed).await;
    let house = house.restart().await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let answer = house.delivery(conversation, |_| true).await;
    assert_eq!(answer.delivery, Some(DeliveryState::Unconfirmed));
    assert_eq!(host.dovecot.mails(ANN).unwrap().len(), 1);
}
