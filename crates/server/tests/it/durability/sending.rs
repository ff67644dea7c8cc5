//! Pulls the plug while answers leave: the program is killed at random moments while it hands answers to a real Postfix, which delivers
//! them into a real Dovecot. Counted is what lies in the customers' mailboxes in the end: nothing arrives twice that no person ordered
//! again, nothing is lost without a person being asked.

use super::{Server, end_leases, kills, open, random_moment, rows};
use base::{
    blobs::{Blobs, Place},
    clock::SystemClock,
    secret::SecretKey,
};
use channels::email::Email;
use desk::{
    Actor, App, Parts, Scope,
    channel::Envelope,
    conversations::{self, ConversationId, DeliveryState, MessageId, NewReply},
    intake::Arrival,
    jobs,
    mailboxes::{self, MailboxForm},
    people::{self, NewAgent, Role},
};
use std::{collections::HashMap, path::Path, sync::Arc, time::Duration};
use testkit::{app::TestApp, mail::MailHost, wait};

const CUSTOMERS: usize = 10;
/// Answers that are written before each start.
const ANSWERS: usize = 8;
const ADDRESS: &str = "help@desk.test";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_is_lost_or_sent_twice_by_kills_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    pull_the_plug("SQLite", folder.path(), None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_is_lost_or_sent_twice_by_kills_on_postgres() {
    let folder = tempfile::tempdir().unwrap();
    let url = TestApp::postgres_url().await.unwrap();
    pull_the_plug("PostgreSQL", folder.path(), Some(url)).await;
}

async fn pull_the_plug(name: &str, folder: &Path, url: Option<String>) {
    let url = url.as_deref();
    let host = MailHost::start().unwrap();
    (0..CUSTOMERS).for_each(|number| host.dovecot.create_mailbox(&customer(number)).unwrap());
    let (agent, conversations) = set_up(folder, url, host.postfix.smtp_port()).await;
    let kills = kills().div_ceil(2);
    let mut written = 0;
    for _ in 0..kills {
        written = write_answers(folder, url, agent, &conversations, written).await;
        let mut server = Server::start(folder, url);
        std::thread::sleep(random_moment());
        server.child.kill().unwrap();
        server.child.wait().unwrap();
    }
    settle(folder, url).await;
    let arrived = arrived(&host, written);
    let states = states(folder, url).await;
    let times = |number: usize| arrived.get(&number).copied().unwrap_or(0);
    let sent = states.values().filter(|(_, state)| *state == DeliveryState::Sent).count();
    let unsure: Vec<_> = states.iter().filter(|(_, (_, state))| *state == DeliveryState::Unconfirmed).collect();
    let lost: Vec<_> = states
        .iter()
        .filter(|(number, (_, state))| *state != DeliveryState::Unconfirmed && times(**number) == 0)
        .collect();
    let doubled: Vec<_> = arrived.iter().filter(|(_, times)| **times > 1).collect();
    let unsure_arrived = unsure.iter().filter(|(number, _)| times(**number) == 1).count();
    println!(
        "killed {kills} times while sending on {name}: {written} answers, {sent} sent, {} left to a person ({unsure_arrived} of \
        them had arrived), {} lost, {} doubled",
        unsure.len(),
        lost.len(),
        doubled.len()
    );
    assert_eq!(states.len(), written);
    assert!(lost.is_empty() && doubled.is_empty(), "lost {lost:?}, doubled {doubled:?}");
    assert_eq!(sent + unsure.len(), written, "{states:?}");
    // A person looks into it: what has not arrived is ordered again.
    let app = app(folder, url).await;
    let mut again = 0;
    for (number, (message, _)) in unsure {
        let (message, has_arrived) = (*message, times(*number) == 1);
        again += usize::from(!has_arrived);
        app.write(agent, move |desk| {
            Box::pin(async move {
                match has_arrived {
                    true => conversations::confirm_sent(desk, message).await,
                    false => conversations::send_again(desk, message).await,
                }
            })
        })
        .await
        .unwrap();
    }
    drop(app);
    settle(folder, url).await;
    let in_the_end = self::arrived(&host, written);
    println!("a person ordered {again} again: {} of {written} answers have arrived, each once", in_the_end.len());
    assert!((0..written).all(|number| in_the_end.get(&number) == Some(&1)), "{in_the_end:?}");
}

fn customer(number: usize) -> String {
    format!("customer{number}@home.test")
}

/// The desk in this process, while the program does not run.
async fn app(folder: &Path, url: Option<&str>) -> App {
    let db = open(folder, url).await;
    let data = folder.join("rapport-data");
    let blobs = Blobs::open(&Place::Folder(data.join("blobs"))).unwrap();
    let key = SecretKey::load_or_create(&data.join("secret.key")).unwrap();
    let app = App::start(Parts { db, blobs, clock: Arc::new(SystemClock), key }).await.unwrap();
    app.add_channel(Arc::new(Email));
    app
}

/// A desk with a mailbox that sends, and a conversation with each customer.
async fn set_up(folder: &Path, url: Option<&str>, smtp: u16) -> (Scope, Vec<ConversationId>) {
    std::fs::create_dir_all(folder.join("rapport-data/blobs")).unwrap();
    let app = app(folder, url).await;
    let owner = NewAgent { email: "olga@desk.test".into(), name: "Olga".into(), role: Role::Owner };
    let agent = people::set_up(&app, "Desk Ltd", owner, "correct horse battery").await.unwrap();
    let workspace = app.workspace().await.unwrap().unwrap();
    let form = MailboxForm {
        name: "Help".into(),
        address: ADDRESS.into(),
        smtp_host: "127.0.0.1".into(),
        smtp_port: smtp.to_string(),
        smtp_security: "none".into(),
        ..MailboxForm::default()
    };
    let mailbox = mailboxes::create(&app, workspace.as_system(), form).await.unwrap();
    let arrivals = (0..CUSTOMERS).map(|number| Arrival {
        channel: "email",
        mailbox: Some(mailbox),
        source_key: format!("test:{number}"),
        raw: format!(
            "From: {}\r\nTo: {ADDRESS}\r\nSubject: Question {number}\r\nMessage-ID: <{number}@home.test>\r\n\r\nHello?\r\n",
            customer(number)
        )
        .into(),
        envelope: Envelope::default(),
        problem: None,
    });
    app.accept(workspace, arrivals.collect(), None).await.unwrap();
    jobs::run_due(&app, jobs::handlers()).await;
    let scope = Scope { workspace, actor: Actor::Agent(agent) };
    let found = app.read(scope, |desk| {
        Box::pin(async move {
            let mut found = Vec::new();
            for number in 1..=CUSTOMERS as i64 {
                found.push(conversations::find_by_number(desk, number).await?.id);
            }
            Ok(found)
        })
    });
    (scope, found.await.unwrap())
}

/// Writes the next answers; gives how many there are then. Each says its number.
async fn write_answers(
    folder: &Path,
    url: Option<&str>,
    agent: Scope,
    conversations: &[ConversationId],
    written: usize,
) -> usize {
    let app = app(folder, url).await;
    for number in written..written + ANSWERS {
        let new = NewReply {
            conversation: conversations[number % CUSTOMERS],
            client_id: None,
            markdown: format!("This is answer number {number}."),
            from: None,
            to: None,
            cc: None,
            uploads: vec![],
            seen: None,
            send_anyway: true,
            leaves_at: None,
        };
        app.write(agent, move |desk| Box::pin(async move { conversations::reply(desk, new).await })).await.unwrap();
    }
    written + ANSWERS
}

/// Runs the program until every order to send has come to an end. What the killed ones held is free at once instead of when their leases
/// end: nobody is alive when that is said.
async fn settle(folder: &Path, url: Option<&str>) {
    let db = open(folder, url).await;
    end_leases(&db).await;
    let server = Server::start(folder, url);
    wait::eventually("the end of all orders", Duration::from_secs(120), async || {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let (left,): (i64,) = rows(&db, "select count(*) from job where kind = 'send_message' and state = 0").await[0];
        (left == 0).then_some(())
    })
    .await;
    drop(server);
}

/// How often each answer lies in the customers' mailboxes, once the mail servers are done.
fn arrived(host: &MailHost, written: usize) -> HashMap<usize, usize> {
    let mut before = None;
    loop {
        let mut found = HashMap::new();
        for number in 0..CUSTOMERS {
            for mail in host.dovecot.mails(&customer(number)).unwrap() {
                let text = String::from_utf8_lossy(&mail.raw).into_owned();
                let number =
                    text.split("This is answer number ").nth(1).and_then(|rest| rest.split('.').next()?.parse().ok());
                *found.entry(number.unwrap_or(usize::MAX)).or_default() += 1;
            }
        }
        // Postfix tries again every second or two: what has not come in five is not on its way.
        if before.as_ref() == Some(&found) {
            assert!(found.len() <= written);
            return found;
        }
        before = Some(found);
        std::thread::sleep(Duration::from_secs(5));
    }
}

/// Each answer's message and how far it has got, as the desk knows it.
async fn states(folder: &Path, url: Option<&str>) -> HashMap<usize, (MessageId, DeliveryState)> {
    let db = open(folder, url).await;
    let all: Vec<(MessageId, String, DeliveryState)> =
        rows(&db, "select id, body, delivery from message where delivery is not null").await;
    let number = |body: &str| body.rsplit(' ').next().unwrap().trim_end_matches('.').parse().unwrap();
    all.into_iter().map(|(id, body, state)| (number(&body), (id, state))).collect()
}
