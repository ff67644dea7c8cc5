//! What happens when there is no room left: nothing that was acknowledged is lost, and senders are asked to come again.

use crate::{Ended, durability, folder};
use std::{
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};
use testkit::{
    mail::client::{Protocol, Session},
    ports,
};

/// No file may become larger, in blocks of 512 bytes: four megabytes.
const ROOM: &str = "8192";

fn start(folder: &Path, room: &str) -> (Ended, SocketAddr) {
    let free = || SocketAddr::from(([127, 0, 0, 1], ports::free()));
    let (pages, lmtp) = (free(), free());
    let child = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f $0; exec $1 serve", room, env!("CARGO_BIN_EXE_rapport")])
        .current_dir(folder)
        .env_clear()
        .env("RAPPORT_LISTEN", pages.to_string())
        .env("RAPPORT_MAIL_LISTENER__SMTP", "")
        .env("RAPPORT_MAIL_LISTENER__LMTP", lmtp.to_string())
        .env("RAPPORT_LOG__LEVEL", "off")
        .stdout(Stdio::null())
        .spawn();
    let child = Ended(child.unwrap());
    for _ in 0..1000 {
        if TcpStream::connect(lmtp).is_ok() {
            return (child, lmtp);
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("the server does not take mail");
}

fn deliver(session: &mut Session, number: u32, length: usize) -> u16 {
    let text = "There is no end to it, and it goes on and on.\n".repeat(length / 46);
    let raw = format!(
        "From: a@there.example\nTo: help@desk.example\nSubject: Mail {number}\nMessage-ID: <{number}@there.example>\n\n{text}"
    );
    session.deliver("a@there.example", &["help@desk.example"], raw.as_bytes()).unwrap()[0].code
}

#[tokio::test]
async fn a_full_disk_loses_nothing_and_asks_senders_to_come_again() {
    let folder = folder();
    durability::set_up(folder.path(), None).await;
    let (server, lmtp) = start(folder.path(), ROOM);
    let mut session = Session::open(Protocol::Lmtp, lmtp.port()).unwrap();
    assert_eq!(deliver(&mut session, 0, 6_000_000), 452, "a mail for which there is no room");
    let mut acknowledged = Vec::new();
    let mut put_off = Vec::new();
    for number in 1..400 {
        match deliver(&mut session, number, 60_000) {
            250 => acknowledged.push(number),
            451 | 452 => put_off.push(number),
            other => panic!("{other}"),
        }
        if put_off.len() > 20 {
            break;
        }
    }
    drop(server);
    println!("{} mails taken, then {} were asked to come again", acknowledged.len(), put_off.len());
    assert!(!acknowledged.is_empty() && !put_off.is_empty());
    // There is room again: what was put off comes again, and all of it is there.
    let (server, lmtp) = start(folder.path(), "unlimited");
    let mut session = Session::open(Protocol::Lmtp, lmtp.port()).unwrap();
    for number in &put_off {
        assert_eq!(deliver(&mut session, *number, 60_000), 250);
    }
    let db = durability::open(folder.path(), None).await;
    durability::wait_for_jobs(&db).await;
    let stored: Vec<(i64,)> = durability::rows(&db, "select count(distinct rfc_message_id) from message").await;
    assert_eq!(stored[0].0 as usize, acknowledged.len() + put_off.len());
    let twice: Vec<(String,)> =
        durability::rows(&db, "select rfc_message_id from message group by rfc_message_id having count(*) > 1").await;
    assert!(twice.is_empty(), "{twice:?}");
    drop(server);
}
