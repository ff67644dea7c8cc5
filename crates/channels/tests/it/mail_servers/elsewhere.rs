//! What happens in a mailbox besides the fetching: mails are moved or deleted, people answer with other programs, folders come and go.

use crate::house::{House, fetched, mail};
use desk::{
    conversations::{DeliveryState, MessageKind},
    mailboxes::{self, HealthState, MailboxForm},
};
use testkit::{
    mail::{Dovecot, MailProgram, Options},
    proxy::Proxy,
    wait,
};

const US: &str = "help@shop.test";
const ANN: &str = "ann@customer.test";

fn dovecot(idle: bool) -> Dovecot {
    let dovecot = Dovecot::start(Options { idle, ..Options::default() }).unwrap();
    dovecot.create_mailbox(US).unwrap();
    dovecot
}

fn program(dovecot: &Dovecot) -> MailProgram {
    MailProgram::open(dovecot.imap_port(), US).unwrap()
}

fn is_well(health: &mailboxes::Health) -> bool {
    health.state == HealthState::Well
}

/// Waits until the folder holds so many mails, and no more.
async fn holds(program: &mut MailProgram, folder: &str, count: usize) {
    let what = format!("{count} mails in {folder}");
    wait::eventually(&what, wait::PATIENCE, async || program.count(folder).ok().filter(|found| *found == count)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_is_moved_once_it_is_stored_and_one_from_before_stays() {
    let dovecot = dovecot(true);
    dovecot.deliver(ANN, US, &mail(1, "From before")).unwrap();
    let house = House::open().await;
    let moving = MailboxForm {
        after_fetch: "move".into(),
        move_to: "In Rapport".into(),
        ..fetched(dovecot.imap_port(), "none")
    };
    let id = house.create_mailbox(moving).await;
    house.health(id, is_well).await;
    for number in 2..7 {
        dovecot.deliver(ANN, US, &mail(number, &format!("Question {number}"))).unwrap();
    }
    house.subjects(5).await;
    let mut program = program(&dovecot);
    holds(&mut program, "In Rapport", 5).await;
    holds(&mut program, "INBOX", 1).await;
    let unseen = program.command("STATUS \"In Rapport\" (UNSEEN)").unwrap();
    assert!(unseen[0].contains("UNSEEN 5"), "nobody has read them: {unseen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_breaks_before_the_move_is_made_up_for_and_nothing_is_taken_twice() {
    let dovecot = dovecot(true);
    let proxy = Proxy::to(dovecot.imap_port()).unwrap();
    let house = House::open().await;
    let form = MailboxForm { after_fetch: "move".into(), move_to: "Done".into(), ..fetched(proxy.port(), "none") };
    let id = house.create_mailbox(form).await;
    house.health(id, is_well).await;
    // The server is asked to make the folder, and the connection breaks: the mail is stored, and still there.
    proxy.cut_after(b"CREATE");
    dovecot.deliver(ANN, US, &mail(1, "One")).unwrap();
    house.subjects(1).await;
    let mut program = program(&dovecot);
    holds(&mut program, "Done", 1).await;
    proxy.cut_after(b"UID MOVE");
    dovecot.deliver(ANN, US, &mail(2, "Two")).unwrap();
    house.subjects(2).await;
    holds(&mut program, "Done", 2).await;
    holds(&mut program, "INBOX", 0).await;
    let conversations = house.conversations().await;
    assert_eq!(conversations.len(), 2);
    for (conversation, _) in conversations {
        assert_eq!(house.thread(conversation).await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_move_copies_and_deletes_and_what_others_marked_as_deleted_stays() {
    let dovecot = dovecot(false);
    dovecot.deliver(ANN, US, &mail(1, "From before")).unwrap();
    let house = House::open().await;
    let form =
        MailboxForm { after_fetch: "move".into(), move_to: "Done".into(), ..fetched(dovecot.imap_port(), "none") };
    let id = house.create_mailbox(form).await;
    house.poll_every_second().await;
    mailboxes::set_active(&house.app, house.as_agent(), id, false).await.unwrap();
    mailboxes::set_active(&house.app, house.as_agent(), id, true).await.unwrap();
    house.health(id, is_well).await;
    let mut person = program(&dovecot);
    person.command("SELECT INBOX").unwrap();
    person.command("STORE 1 +FLAGS (\\Deleted)").unwrap();
    let mut program = program(&dovecot);
    for number in 2..5 {
        program.append("INBOX", &mail(number, &format!("Question {number}"))).unwrap();
    }
    house.subjects(3).await;
    holds(&mut program, "Done", 3).await;
    holds(&mut program, "INBOX", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_before_mail_was_to_be_deleted_stays_and_what_comes_then_goes() {
    let dovecot = dovecot(true);
    let house = House::open().await;
    let keeping = fetched(dovecot.imap_port(), "none");
    let id = house.create_mailbox(keeping.clone()).await;
    house.health(id, is_well).await;
    dovecot.deliver(ANN, US, &mail(1, "Kept")).unwrap();
    house.subjects(1).await;
    let deleting = MailboxForm { after_fetch: "delete".into(), ..keeping };
    mailboxes::update(&house.app, house.as_agent(), id, deleting).await.unwrap();
    dovecot.deliver(ANN, US, &mail(2, "Deleted")).unwrap();
    house.subjects(2).await;
    holds(&mut program(&dovecot), "INBOX", 1).await;
    assert_eq!(dovecot.mails(US).unwrap()[0].header("subject").unwrap(), "Kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_written_in_another_program_counts_and_our_own_copies_are_not_doubled() {
    let dovecot = dovecot(true);
    let house = House::open().await;
    let form = MailboxForm { follow_sent: "on".into(), ..fetched(dovecot.imap_port(), "none") };
    let id = house.create_mailbox(form).await;
    house.health(id, is_well).await;
    dovecot.deliver(ANN, US, &mail(1, "Where is my parcel?")).unwrap();
    house.subjects(1).await;
    let (conversation, _) = house.conversations().await[0];
    assert!(house.conversation(conversation).await.waiting_since.is_some());
    // Rapport's answer can't leave, but has its Message-ID; a server keeps a copy of it.
    house.answer(conversation, "We are looking.").await.unwrap();
    let ours = house.thread(conversation).await[1].rfc_message_id.clone().unwrap();
    let sent = |message_id: &str, from: &str, to: &str, more: &str| {
        format!(
            "From: {from}\r\nTo: {to}\r\nSubject: Re: Where is my parcel?\r\nMessage-ID: <{message_id}>\r\n{more}\r\nFrom elsewhere.\r\n"
        )
    };
    let mut program = program(&dovecot);
    let answers = "In-Reply-To: <1@customer.test>\r\n";
    program.append("Gesendet", sent(&ours, US, ANN, answers).as_bytes()).unwrap();
    program.append("Gesendet", sent("private@shop.test", "me@home.test", ANN, answers).as_bytes()).unwrap();
    program.append("Gesendet", sent("2@shop.test", "Shop <help@shop.test>", ANN, answers).as_bytes()).unwrap();
    program.append("Gesendet", sent("3@shop.test", US, "Bob <bob@new.test>", "").as_bytes()).unwrap();
    // The folder is asked about now and then, and when a mail comes in.
    dovecot.deliver(ANN, US, &mail(4, "Another matter")).unwrap();
    house.subjects(3).await;
    let thread = house.messages(conversation, 3).await;
    assert_eq!(thread.len(), 3, "{thread:?}");
    assert_eq!((thread[2].kind, thread[2].delivery), (MessageKind::Outgoing, Some(DeliveryState::Sent)));
    assert_eq!(thread[2].body, "From elsewhere.");
    assert_eq!(house.conversation(conversation).await.waiting_since, None);
    let mut to_bob = None;
    for (id, _) in house.conversations().await {
        let found = house.conversation(id).await;
        if found.customer_name == "Bob" {
            to_bob = Some(found);
        }
    }
    let to_bob = to_bob.unwrap();
    assert_eq!((to_bob.waiting_since, to_bob.respond_by, to_bob.message_count), (None, None, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_renamed_or_deleted_is_said_and_taken_up_again_when_it_is_back() {
    let dovecot = dovecot(true);
    let mut program = program(&dovecot);
    program.command("CREATE Support").unwrap();
    let house = House::open().await;
    let form = MailboxForm { imap_folder: "Support".into(), ..fetched(dovecot.imap_port(), "none") };
    let id = house.create_mailbox(form).await;
    house.health(id, is_well).await;
    program.append("Support", &mail(1, "One")).unwrap();
    house.subjects(1).await;
    let gone = |health: &mailboxes::Health| {
        health.problem.as_deref().is_some_and(|problem| problem.contains("renamed, moved or deleted"))
    };
    program.command("RENAME Support Elsewhere").unwrap();
    program.append("Elsewhere", &mail(2, "Two")).unwrap();
    // An open connection goes on with the folder that it has; the next one finds out.
    mailboxes::set_active(&house.app, house.as_agent(), id, false).await.unwrap();
    mailboxes::set_active(&house.app, house.as_agent(), id, true).await.unwrap();
    house.health(id, gone).await;
    program.command("RENAME Elsewhere Support").unwrap();
    house.health(id, is_well).await;
    house.subjects(2).await;
    program.command("DELETE Support").unwrap();
    house.health(id, gone).await;
    program.command("CREATE Support").unwrap();
    program.append("Support", &mail(3, "Three")).unwrap();
    house.health(id, is_well).await;
    assert_eq!(house.subjects(3).await, ["One", "Three", "Two"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_to_two_mailboxes_and_in_copy_is_one_message_of_one_conversation() {
    const SALES: &str = "sales@shop.test";
    let dovecot = dovecot(true);
    dovecot.create_mailbox(SALES).unwrap();
    let house = House::open().await;
    let help = house.create_mailbox(fetched(dovecot.imap_port(), "none")).await;
    let sales = MailboxForm { address: SALES.into(), name: "Sales".into(), ..fetched(dovecot.imap_port(), "none") };
    let sales = house.create_mailbox(sales).await;
    house.health(help, is_well).await;
    house.health(sales, is_well).await;
    for number in 1..6 {
        let raw = String::from_utf8(mail(number, &format!("To both {number}"))).unwrap();
        let raw = raw.replace("To: help@shop.test", "To: help@shop.test\r\nCc: sales@shop.test");
        for address in [US, SALES] {
            dovecot.deliver(ANN, address, raw.as_bytes()).unwrap();
        }
    }
    dovecot.deliver(ANN, US, &mail(9, "The end")).unwrap();
    dovecot.deliver(ANN, SALES, &mail(10, "The end, too")).unwrap();
    assert_eq!(house.subjects(7).await.len(), 7);
    for (conversation, subject) in house.conversations().await {
        assert_eq!(house.thread(conversation).await.len(), 1, "{subject}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_server_is_waited_for() {
    let dovecot = dovecot(true);
    let proxy = Proxy::to(dovecot.imap_port()).unwrap();
    proxy.slow_down(std::time::Duration::from_millis(20));
    let house = House::open().await;
    let id = house.create_mailbox(fetched(proxy.port(), "none")).await;
    house.health(id, is_well).await;
    for number in 1..4 {
        let mut raw = mail(number, &format!("Long {number}"));
        raw.extend("0123456789 0123456789\r\n".repeat(2500).bytes());
        dovecot.deliver(ANN, US, &raw).unwrap();
    }
    assert_eq!(house.subjects(3).await, ["Long 1", "Long 2", "Long 3"]);
    let (conversation, _) = house.conversations().await[0];
    assert!(house.thread(conversation).await[0].body.len() > 50_000, "whole, however slowly it came");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_nodes_one_follows_a_mailbox_and_the_other_goes_on_when_it_ends() {
    let dovecot = dovecot(true);
    let proxy = Proxy::to(dovecot.imap_port()).unwrap();
    let (one, mut other) = House::open_on_two_nodes().await;
    let id = one.create_mailbox(fetched(proxy.port(), "none")).await;
    one.health(id, is_well).await;
    other.work().await;
    const MAILS: u32 = 40;
    for number in 1..=MAILS {
        dovecot.deliver(ANN, US, &mail(number, &format!("Question {number:02}"))).unwrap();
    }
    one.subjects(MAILS as usize).await;
    assert_eq!(proxy.accepted(), 1, "one connection");
    let _folder = one.close().await;
    dovecot.deliver(ANN, US, &mail(MAILS + 1, &format!("Question {:02}", MAILS + 1))).unwrap();
    let subjects = other.subjects(MAILS as usize + 1).await;
    let expected: Vec<_> = (1..=MAILS + 1).map(|number| format!("Question {number:02}")).collect();
    assert_eq!(subjects, expected);
    for (conversation, subject) in other.conversations().await {
        assert_eq!(other.thread(conversation).await.len(), 1, "{subject}");
    }
    assert_eq!(proxy.accepted(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_that_fetch_the_same_mails_at_once_double_and_lose_nothing() {
    let dovecot = dovecot(true);
    let (one, mut other) = House::open_on_two_nodes().await;
    other.work().await;
    // Two mailboxes that read the same folder are what two nodes are that both take it for their turn, but for the lease.
    let id = one.create_mailbox(fetched(dovecot.imap_port(), "none")).await;
    let twin = MailboxForm {
        address: "twin@shop.test".into(),
        imap_username: US.into(),
        ..fetched(dovecot.imap_port(), "none")
    };
    let twin = other.create_mailbox(twin).await;
    one.health(id, is_well).await;
    one.health(twin, is_well).await;
    const MAILS: u32 = 60;
    for number in 1..=MAILS {
        dovecot.deliver(ANN, US, &mail(number, &format!("Question {number:02}"))).unwrap();
    }
    let subjects = one.subjects(MAILS as usize).await;
    let expected: Vec<_> = (1..=MAILS).map(|number| format!("Question {number:02}")).collect();
    assert_eq!(subjects, expected);
    for (conversation, subject) in other.conversations().await {
        assert_eq!(other.thread(conversation).await.len(), 1, "{subject}");
    }
    println!("fetched by two nodes at once: {MAILS} mails, {} conversations", other.conversations().await.len());
}
