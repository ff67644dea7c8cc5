//! Mail that comes in by IMAP.

use crate::house::{House, fetched, mail};
use desk::mailboxes::{self, HealthState, MailboxForm};
use std::time::Duration;
use testkit::{
    mail::{Dovecot, Options},
    proxy::Proxy,
    wait::Stopwatch,
};

const US: &str = "help@shop.test";
const ANN: &str = "ann@customer.test";

fn dovecot(idle: bool) -> Dovecot {
    let dovecot = Dovecot::start(Options { idle, ..Options::default() }).unwrap();
    dovecot.create_mailbox(US).unwrap();
    dovecot
}

fn is_well(health: &mailboxes::Health) -> bool {
    health.state == HealthState::Well
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_mail_is_seen_within_a_moment_and_left_as_it_was() {
    let dovecot = dovecot(true);
    dovecot.deliver(ANN, US, &mail(1, "From before")).unwrap();
    let authority = std::fs::read_to_string(&dovecot.certificates().authority).unwrap();
    let house = House::open().await;
    let form = MailboxForm { ca_pem: authority, ..fetched(dovecot.imaps_port(), "tls") };
    let id = house.create_mailbox(form).await;
    house.health(id, is_well).await;
    let stopwatch = Stopwatch::start();
    dovecot.deliver(ANN, US, &mail(2, "Where is my parcel?")).unwrap();
    assert_eq!(house.subjects(1).await, ["Where is my parcel?"], "only mail from now on");
    // Dovecot gathers changes for half a second before it tells; the rest is slack for a busy machine.
    assert!(stopwatch.elapsed() < Duration::from_secs(5), "it took {:?}", stopwatch.elapsed());
    let mails = dovecot.mails(US).unwrap();
    assert_eq!(mails.len(), 2);
    assert!(mails.iter().all(|mail| mail.flags.is_empty()), "neither seen nor moved: {mails:?}");
    let (conversation, _) = house.conversations().await[0];
    assert_eq!(house.thread(conversation).await[0].body, "This is mail number 2.");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_idle_the_server_is_asked_again_and_again() {
    let dovecot = dovecot(false);
    let house = House::open().await;
    let id = house.create_mailbox(fetched(dovecot.imap_port(), "none")).await;
    house.poll_every_second().await;
    house.health(id, is_well).await;
    // Settings are read again when they change.
    mailboxes::set_active(&house.app, house.as_agent(), id, false).await.unwrap();
    mailboxes::set_active(&house.app, house.as_agent(), id, true).await.unwrap();
    for number in 1..4 {
        dovecot.deliver(ANN, US, &mail(number, &format!("Question {number}"))).unwrap();
        house.subjects(number as usize).await;
    }
    assert_eq!(house.subjects(3).await, ["Question 1", "Question 2", "Question 3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn existing_mail_is_taken_when_it_is_asked_for_and_a_bad_one_does_not_hold_up_the_next() {
    let dovecot = dovecot(true);
    dovecot.deliver(ANN, US, &mail(1, "One")).unwrap();
    dovecot.deliver(ANN, US, b"\xff\xfe\x00 this is no mail at all").unwrap();
    dovecot.deliver(ANN, US, b"Content-Type: multipart/mixed; boundary=\"\r\n\r\n--\r\n").unwrap();
    dovecot.deliver(ANN, US, &mail(2, "Two")).unwrap();
    let house = House::open().await;
    house.create_mailbox(MailboxForm { import_existing: "on".into(), ..fetched(dovecot.imap_port(), "none") }).await;
    let subjects = house.subjects(4).await;
    assert!(subjects.contains(&"One".to_owned()) && subjects.contains(&"Two".to_owned()), "{subjects:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_connections_and_a_killed_server_lose_and_double_nothing() {
    let mut dovecot = dovecot(true);
    let proxy = Proxy::to(dovecot.imap_port()).unwrap();
    let house = House::open().await;
    let id = house.create_mailbox(fetched(proxy.port(), "none")).await;
    house.health(id, is_well).await;
    let mut number = 0;
    let mut send = |dovecot: &Dovecot, count: u32| {
        for _ in 0..count {
            number += 1;
            dovecot.deliver(ANN, US, &mail(number, &format!("Question {number:02}"))).unwrap();
        }
    };
    send(&dovecot, 5);
    proxy.cut();
    send(&dovecot, 5);
    house.subjects(10).await;
    dovecot.kill();
    house.health(id, |health| health.state == HealthState::Failing && health.problem.is_some()).await;
    dovecot.resume().unwrap();
    send(&dovecot, 5);
    // In the middle of an answer.
    proxy.cut_after(b"BODY.PEEK");
    send(&dovecot, 5);
    house.subjects(20).await;
    house.health(id, is_well).await;
    let house = house.restart().await;
    send(&dovecot, 1);
    let subjects = house.subjects(21).await;
    let expected: Vec<_> = (1..=21).map(|number| format!("Question {number:02}")).collect();
    assert_eq!(subjects, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_numbered_anew_doubles_nothing_and_hides_nothing() {
    let mut dovecot = dovecot(true);
    let house = House::open().await;
    let id = house.create_mailbox(fetched(dovecot.imap_port(), "none")).await;
    house.health(id, is_well).await;
    dovecot.deliver(ANN, US, &mail(1, "Before")).unwrap();
    house.subjects(1).await;
    dovecot.stop();
    dovecot.renumber(US).unwrap();
    dovecot.resume().unwrap();
    dovecot.deliver(ANN, US, &mail(2, "After")).unwrap();
    assert_eq!(house.subjects(2).await, ["After", "Before"]);
    let (conversation, _) = *house.conversations().await.iter().find(|(_, subject)| subject == "Before").unwrap();
    assert_eq!(house.thread(conversation).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_and_mended_by_changing_the_settings() {
    let dovecot = dovecot(true);
    let authority = std::fs::read_to_string(&dovecot.certificates().authority).unwrap();
    let house = House::open().await;
    let untrusted = fetched(dovecot.imap_port(), "start_tls");
    let id = house.create_mailbox(untrusted.clone()).await;
    let says = |words: &'static str| {
        move |health: &mailboxes::Health| health.problem.as_deref().is_some_and(|problem| problem.contains(words))
    };
    house.health(id, says("UnknownIssuer")).await;
    let trusted = MailboxForm { ca_pem: authority, ..untrusted };
    let wrong = MailboxForm { imap_password: "wrong".into(), ..trusted.clone() };
    mailboxes::update(&house.app, house.as_agent(), id, wrong).await.unwrap();
    house.health(id, says("refused the sign-in name or the password")).await;
    let elsewhere = MailboxForm { imap_folder: "Nowhere".into(), ..trusted.clone() };
    mailboxes::update(&house.app, house.as_agent(), id, elsewhere).await.unwrap();
    house.health(id, says("the folder Nowhere can't be read")).await;
    mailboxes::update(&house.app, house.as_agent(), id, trusted).await.unwrap();
    house.health(id, is_well).await;
    dovecot.deliver(ANN, US, &mail(1, "At last")).unwrap();
    assert_eq!(house.subjects(1).await, ["At last"]);
}
