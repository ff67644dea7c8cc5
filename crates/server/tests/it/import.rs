//! `rapport mail import` from outside.

use crate::{Ended, NO_LMTP, NO_SMTP, Server, durability, folder, rapport, run};
use std::{fmt::Write, fs, path::Path, process::Stdio, thread, time::Duration};
use testkit::app::TestApp;

const MAILBOX: &str = "help@desk.example";

fn mail(number: u32) -> String {
    format!(
        "From: Customer {customer} <customer{customer}@old.example>\nTo: {MAILBOX}\nSubject: Parcel {number}\n\
        Message-ID: <{number}@old.example>\nDate: Mon, 3 Feb 2020 10:{:02}:{:02} +0000\n\nNumber {number}\nFrom nobody else.\n",
        number / 60 % 60,
        number % 60,
        customer = number % 7
    )
}

fn mbox(numbers: std::ops::Range<u32>) -> String {
    let mut file = String::new();
    for number in numbers {
        let quoted = mail(number).replace("\nFrom nobody", "\n>From nobody");
        writeln!(file, "From customer@old.example Mon Feb  3 10:00:00 2020\n{quoted}").unwrap();
    }
    file
}

fn import(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = run(folder, &[&["mail", "import", "--mailbox", MAILBOX], arguments].concat(), settings);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// Messages, conversations that are not settled, conversations that wait, jobs that were ordered.
async fn counts(folder: &Path, url: Option<&str>) -> (i64, i64, i64, i64) {
    let db = durability::open(folder, url).await;
    let sql = "select (select count(*) from message), (select count(*) from conversation where status = 1),
        (select count(*) from conversation where waiting_since is not null),
        (select count(*) from job where kind in ('send_message', 'receive_delivery'))";
    durability::rows(&db, sql).await[0]
}

#[tokio::test]
async fn old_mail_is_taken_in_once_dated_and_settled_and_sets_nothing_in_motion() {
    let folder = folder();
    durability::set_up(folder.path(), None).await;
    fs::write(folder.path().join("archive.mbox"), mbox(0..50)).unwrap();
    for (number, place) in
        [(50, "cur/1580724000.M1.host:2,S"), (51, "new/1580724001.M1.host"), (52, ".Sent/cur/3.M1.host:2,S")]
    {
        let file = folder.path().join("Maildir").join(place);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, mail(number)).unwrap();
    }
    let (code, said, complaints) = import(folder.path(), &[], &["archive.mbox", "Maildir"]);
    assert_eq!((code, said.as_str()), (Some(0), "imported 53, known already 0, failed 0\n"), "{complaints}");
    assert_eq!(counts(folder.path(), None).await, (53, 0, 0, 0));
    let (code, said, _) = import(folder.path(), &[], &["archive.mbox", "Maildir"]);
    assert_eq!((code, said.as_str()), (Some(0), "imported 0, known already 53, failed 0\n"));
    // The same mails in another file, and one that is new.
    fs::write(folder.path().join("again.mbox"), mbox(40..54)).unwrap();
    let (_, said, _) = import(folder.path(), &[], &["--format", "mbox", "--open-days", "36500", "again.mbox"]);
    assert_eq!(said, "imported 1, known already 13, failed 0\n");
    assert_eq!(counts(folder.path(), None).await, (54, 1, 0, 0));
    let db = durability::open(folder.path(), None).await;
    let years: Vec<(i64,)> = durability::rows(
        &db,
        "select count(*) from message where created_at / 1000000 between 1580724000 and 1580731199",
    )
    .await;
    assert_eq!(years[0].0, 54, "all are from that morning");
    let quoted: Vec<(i64,)> = durability::rows(&db, "select count(*) from message where body like '%>From%'").await;
    assert_eq!(quoted[0].0, 0);
}

#[tokio::test]
async fn what_cannot_be_done_is_said_plainly() {
    let folder = folder();
    durability::set_up(folder.path(), None).await;
    fs::write(folder.path().join("archive.mbox"), mbox(0..2)).unwrap();
    let (code, _, said) = import(folder.path(), &[], &["nowhere.mbox", "archive.mbox"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("cannot read nowhere.mbox: ") && said.contains("2 mails found"), "{said}");
    let other = run(folder.path(), &["mail", "import", "--mailbox", "no@desk.example", "archive.mbox"], &[]);
    let said = String::from_utf8(other.stderr).unwrap();
    assert!(said.contains("there is no mailbox no@desk.example"), "{said}");
    let server = Server::start(folder.path(), "serve");
    let (code, _, said) = import(folder.path(), &[], &["archive.mbox"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("stop the server, import, and start it again"), "{said}");
    drop(server);
}

#[tokio::test]
async fn on_postgres_old_mail_is_taken_in_while_the_server_runs() {
    let folder = folder();
    let url = TestApp::postgres_url().await.unwrap();
    durability::set_up(folder.path(), Some(&url)).await;
    fs::write(folder.path().join("archive.mbox"), mbox(0..40)).unwrap();
    let settings = [("RAPPORT_DATABASE_URL", url.as_str()), NO_SMTP, NO_LMTP, ("RAPPORT_LISTEN", "127.0.0.1:0")];
    let mut server = Ended(rapport(folder.path(), &["serve"], &settings).stderr(Stdio::null()).spawn().unwrap());
    thread::sleep(Duration::from_millis(500));
    let (code, said, complaints) = import(folder.path(), &settings[..1], &["archive.mbox"]);
    assert_eq!((code, said.as_str()), (Some(0), "imported 40, known already 0, failed 0\n"), "{complaints}");
    assert!(server.0.try_wait().unwrap().is_none(), "the server runs on");
    drop(server);
    assert_eq!(counts(folder.path(), Some(&url)).await, (40, 0, 0, 0));
}

#[tokio::test]
async fn an_import_that_is_killed_goes_on_where_it_was() {
    let folder = folder();
    durability::set_up(folder.path(), None).await;
    const MAILS: u32 = 400;
    fs::write(folder.path().join("archive.mbox"), mbox(0..MAILS)).unwrap();
    let arguments = ["mail", "import", "--mailbox", MAILBOX, "archive.mbox"];
    for round in 1..6 {
        let mut child =
            rapport(folder.path(), &arguments, &[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(120 * round));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let before = counts(folder.path(), None).await.0;
    let (code, said, complaints) = import(folder.path(), &[], &["archive.mbox"]);
    assert_eq!(code, Some(0), "{complaints}");
    println!("killed 5 times, {before} of {MAILS} mails in; then: {said}");
    assert_eq!(counts(folder.path(), None).await, (i64::from(MAILS), 0, 0, 0));
}
