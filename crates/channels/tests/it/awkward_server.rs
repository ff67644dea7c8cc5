//! An IMAP server that is not well: what a real one does only when its disk is broken.

use crate::house::{House, fetched, mail};
use desk::mailboxes::MailboxForm;
use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// How the server treats the second of its three mails.
#[derive(Clone, Copy)]
enum Second {
    /// The answer does not have it.
    IsLeftOut,
    /// The answer breaks the protocol.
    IsGarbled,
}

/// Serves three mails until the test ends, and all of them well once it is `repaired`; gives its port.
fn serve(second: Second, repaired: Arc<AtomicBool>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let repaired = repaired.clone();
            std::thread::spawn(move || _ = converse(&stream, second, &repaired));
        }
    });
    port
}

fn converse(mut stream: &TcpStream, second: Second, repaired: &AtomicBool) -> std::io::Result<()> {
    stream.write_all(b"* OK ready\r\n")?;
    for line in BufReader::new(stream).lines() {
        let line = line?;
        let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
        let answer = match command.split(' ').next().unwrap_or_default() {
            "CAPABILITY" => b"* CAPABILITY IMAP4rev1\r\n".to_vec(),
            "EXAMINE" => b"* 3 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 4] x\r\n".to_vec(),
            "UID" => fetch(command, Some(second).filter(|_| !repaired.load(Ordering::SeqCst))),
            _ => Vec::new(),
        };
        stream.write_all(&answer)?;
        stream.write_all(format!("{tag} OK done\r\n").as_bytes())?;
    }
    Ok(())
}

/// `UID FETCH set what`.
fn fetch(command: &str, second: Option<Second>) -> Vec<u8> {
    let mut words = command.split(' ').skip(2);
    let (set, what) = (words.next().unwrap(), words.collect::<Vec<_>>().join(" "));
    let (first, last) = set.split_once(':').unwrap_or((set, set));
    let last = if last == "*" { 3 } else { last.parse().unwrap() };
    let mut answer = Vec::new();
    for uid in first.parse::<u32>().unwrap().min(3)..=last {
        let raw = mail(uid, &format!("Mail {uid}"));
        if what.contains("RFC822.SIZE") {
            answer.extend(format!("* {uid} FETCH (UID {uid} RFC822.SIZE {})\r\n", raw.len()).as_bytes());
            continue;
        }
        match (uid, second) {
            (2, Some(Second::IsLeftOut)) => {}
            (2, Some(Second::IsGarbled)) => answer.extend(b"* 2 FETCH (UID 2 BODY[] {oops\r\n"),
            _ => {
                answer.extend(format!("* {uid} FETCH (UID {uid} BODY[] {{{}}}\r\n", raw.len()).as_bytes());
                answer.extend(&raw);
                answer.extend(b")\r\n");
            }
        }
    }
    answer
}

async fn it_is_set_aside(second: Second) {
    let house = House::open().await;
    let repaired = Arc::new(AtomicBool::new(false));
    let form = MailboxForm { import_existing: "on".into(), ..fetched(serve(second, repaired.clone()), "none") };
    house.create_mailbox(form).await;
    assert_eq!(house.subjects(2).await, ["Mail 1", "Mail 3"]);
    let set_aside = house.set_aside().await;
    assert_eq!(set_aside.len(), 1, "{set_aside:?}");
    assert!(set_aside[0].1.starts_with("the mail server did not give it: "), "{set_aside:?}");
    assert!(set_aside[0].0.ends_with(":2"), "{set_aside:?}");
    // Asked for again in vain, it stays set aside, with the server's answer.
    house.try_again().await;
    for _ in 0..100 {
        if house.set_aside().await.len() == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(house.set_aside().await[0].1.contains("the mail server did not give it: "));
    // The server is repaired: now it gives the mail itself.
    repaired.store(true, Ordering::SeqCst);
    house.try_again().await;
    assert_eq!(house.subjects(3).await, ["Mail 1", "Mail 2", "Mail 3"]);
    assert!(house.set_aside().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_left_out_holds_up_no_other_and_is_not_forgotten() {
    it_is_set_aside(Second::IsLeftOut).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_breaks_the_protocol_holds_up_no_other_and_is_not_forgotten() {
    it_is_set_aside(Second::IsGarbled).await;
}
