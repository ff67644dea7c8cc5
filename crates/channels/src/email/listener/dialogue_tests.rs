//! The dialogue, without a network.

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

const HERE: Destination = Destination { workspace: WorkspaceId(Uuid::nil()), mailbox: MailboxId(Uuid::nil()) };

fn begin(protocol: Protocol) -> Dialogue {
    let mut dialogue = Dialogue::new(protocol, Limits::new(1000), false);
    dialogue.replies.clear();
    dialogue
}

/// Feeds `text` and answers every wish: addresses at `here.example` are known, all mail is stored. Gives the codes of the
/// replies and the mails.
fn talk(dialogue: &mut Dialogue, text: &[u8]) -> (Vec<String>, Vec<Parcel>) {
    let mut bytes = text.iter();
    let mut mails = Vec::new();
    loop {
        match dialogue.read(&mut bytes) {
            Wish::Bytes | Wish::End | Wish::Encrypt => break,
            Wish::Recipient(address) if address.ends_with("@here.example") => {
                dialogue.recipient(Recipient::Known(HERE));
            }
            Wish::Recipient(_) => dialogue.recipient(Recipient::Unknown),
            Wish::Store => {
                let parcel = dialogue.parcel();
                dialogue.stored(&vec![Stored::Taken; parcel.to.len()]);
                mails.push(parcel);
            }
        }
    }
    let replies = String::from_utf8(std::mem::take(&mut dialogue.replies)).unwrap();
    let last_lines = replies.lines().filter(|line| line.as_bytes().get(3) == Some(&b' '));
    (last_lines.map(|line| line[..3].to_owned()).collect(), mails)
}

fn codes(protocol: Protocol, text: &str) -> String {
    talk(&mut begin(protocol), text.as_bytes()).0.join(" ")
}

const MAIL: &str = "MAIL FROM:<ann@there.example> SIZE=20\r\nRCPT TO:<help@here.example>\r\nDATA\r\n";

#[test]
fn a_mail_comes_in_by_smtp_and_is_answered_once() {
    let text = format!("EHLO there.example\r\n{MAIL}Subject: x\r\n\r\n..a\r\n.\r\nQUIT\r\n");
    let (codes, mails) = talk(&mut begin(Protocol::Smtp), text.as_bytes());
    assert_eq!(codes.join(" "), "250 250 250 354 250 221");
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].helo, "there.example");
    assert_eq!(mails[0].raw, b"Subject: x\r\n\r\n.a\r\n");
    assert_eq!((mails[0].from.as_str(), mails[0].to[0].0.as_str()), ("ann@there.example", "help@here.example"));
}

#[test]
fn a_mail_comes_in_by_lmtp_and_is_answered_for_each_accepted_recipient() {
    let text = "LHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<a@here.example>\r\nRCPT TO:<b@there.example>\r\n\
        RCPT TO:<c@here.example>\r\nDATA\r\nx\r\n.\r\n";
    assert_eq!(codes(Protocol::Lmtp, text), "250 250 250 550 250 354 250 250");
}

#[test]
fn a_mail_that_could_not_be_stored_is_asked_for_again() {
    let mut dialogue = begin(Protocol::Lmtp);
    let text = "LHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<a@here.example>\r\nRCPT TO:<b@here.example>\r\nDATA\r\nx\r\n.\r\n";
    let mut bytes = text.as_bytes().iter();
    loop {
        match dialogue.read(&mut bytes) {
            Wish::Recipient(_) => dialogue.recipient(Recipient::Known(HERE)),
            Wish::Store => break,
            other => panic!("{other:?}"),
        }
    }
    dialogue.replies.clear();
    dialogue.stored(&[Stored::Taken, Stored::Full]);
    assert_eq!(dialogue.replies, b"250 2.0.0 Taken\r\n452 4.3.1 There is no room for it now, try again later\r\n");
}

#[test]
fn bytes_may_come_one_by_one() {
    let text = format!("EHLO a\r\n{MAIL}hello\r\n.\r\nQUIT\r\n");
    let mut dialogue = begin(Protocol::Smtp);
    let (mut replies, mut mails) = (Vec::new(), Vec::new());
    for byte in text.as_bytes() {
        let (codes, parcels) = talk(&mut dialogue, &[*byte]);
        replies.extend(codes);
        mails.extend(parcels);
    }
    assert_eq!(replies.join(" "), "250 250 250 354 250 221");
    assert_eq!(mails[0].raw, b"hello\r\n");
}

#[test]
fn a_mail_that_is_too_large_is_refused_when_announced_and_when_it_comes() {
    assert_eq!(codes(Protocol::Smtp, "EHLO a\r\nMAIL FROM:<a@b.example> SIZE=1001\r\n"), "250 552");
    let large = format!("EHLO a\r\n{MAIL}{}\r\n.\r\nNOOP\r\n", "0123456789\r\n".repeat(200));
    assert_eq!(codes(Protocol::Smtp, &large), "250 250 250 354 552 250");
    let fits = format!("EHLO a\r\n{MAIL}{}\r\n.\r\nNOOP\r\n", "x".repeat(998));
    assert_eq!(codes(Protocol::Smtp, &fits), "250 250 250 354 250 250");
}

#[test]
fn when_the_memory_for_mail_is_used_up_the_sender_is_asked_to_come_again() {
    let mut dialogue = begin(Protocol::Smtp);
    let memory = Arc::clone(&dialogue.limits.memory);
    let all = memory.clone().try_acquire_many_owned(u32::try_from(memory.available_permits()).unwrap()).unwrap();
    let text = format!("EHLO a\r\n{MAIL}hello\r\n.\r\n");
    assert_eq!(talk(&mut dialogue, text.as_bytes()).0.join(" "), "250 250 250 354 452");
    drop(all);
    let (codes, mails) = talk(&mut dialogue, format!("{MAIL}hello\r\n.\r\n").as_bytes());
    assert_eq!(codes.join(" "), "250 250 354 250");
    let used = memory.available_permits();
    drop(mails);
    assert!(memory.available_permits() > used, "the memory is given back with the mail");
}

#[test]
fn a_dot_between_bare_line_feeds_does_not_end_a_mail() {
    let smuggled = "hello\n.\nMAIL FROM:<boss@here.example>\n.\r\nmore\r\n.\r\n";
    let (codes, mails) = talk(&mut begin(Protocol::Smtp), format!("EHLO a\r\n{MAIL}{smuggled}").as_bytes());
    assert_eq!(codes.join(" "), "250 250 250 354 250");
    assert_eq!(mails.len(), 1);
}

#[test]
fn what_is_said_out_of_turn_is_refused() {
    assert_eq!(codes(Protocol::Smtp, "MAIL FROM:<a@b.example>\r\n"), "503");
    assert_eq!(codes(Protocol::Smtp, "EHLO a\r\nRCPT TO:<a@here.example>\r\nDATA\r\n"), "250 503 503");
    assert_eq!(codes(Protocol::Smtp, "LHLO a\r\n"), "502");
    assert_eq!(codes(Protocol::Lmtp, "EHLO a\r\n"), "502");
    assert_eq!(codes(Protocol::Smtp, "EHLO a\r\nSTARTTLS\r\nAUTH PLAIN AGEAYg==\r\nNONSENSE\r\n"), "250 502 502 500");
    assert_eq!(codes(Protocol::Smtp, &"NONSENSE\r\n".repeat(50)).split(' ').count(), 21);
}

#[test]
fn after_starttls_everything_begins_anew_and_what_was_smuggled_in_before_is_not_heard() {
    let mut dialogue = Dialogue::new(Protocol::Smtp, Limits::new(1000), true);
    let mut bytes = b"EHLO a\r\nMAIL FROM:<a@b.example>\r\nSTARTTLS\r\nMAIL FROM:<evil@b.example>\r\n".iter();
    assert_eq!(dialogue.read(&mut bytes), Wish::Encrypt);
    let said = String::from_utf8(std::mem::take(&mut dialogue.replies)).unwrap();
    assert!(said.contains("250-STARTTLS\r\n") && said.ends_with("220 2.0.0 Go on\r\n"), "{said}");
    dialogue.encrypted();
    let again = talk(&mut dialogue, b"MAIL FROM:<a@b.example>\r\nEHLO a\r\nSTARTTLS\r\nMAIL FROM:<a@b.example>\r\n");
    assert_eq!(again.0.join(" "), "503 250 502 250");
}

#[test]
fn a_mail_in_a_circle_is_refused() {
    let text = format!("EHLO a\r\n{MAIL}{}\r\n\r\n.\r\n", "Received: x\r\n".repeat(70));
    assert_eq!(codes(Protocol::Smtp, &text), "250 250 250 354 250");
    let mut dialogue = Dialogue::new(Protocol::Smtp, Limits::new(100_000), false);
    dialogue.replies.clear();
    let text = format!("EHLO a\r\n{MAIL}{}\r\n\r\n.\r\n", "Received: x\r\n".repeat(101));
    assert_eq!(talk(&mut dialogue, text.as_bytes()).0.join(" "), "250 250 250 354 554");
}

/// Words of the protocol, so that random dialogues get somewhere, and bytes that are none.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let words: Vec<&'static [u8]> = vec![
        b"EHLO a",
        b"LHLO a",
        b"MAIL FROM:<a@b.example>",
        b"MAIL FROM:<",
        b"RCPT TO:<a@here.example>",
        b"RCPT TO:<x>",
        b"DATA",
        b"BDAT 10 LAST",
        b"AUTH PLAIN",
        b"STARTTLS",
        b"RSET",
        b"QUIT",
        b" SIZE=99",
        b" SIZE=999999999999999999999",
        b"\r\n",
        b"\n",
        b"\r",
        b".",
        b"\r\n.\r\n",
        b"..",
        b"\0",
        b" ",
        b"<",
        b">",
        b":",
        b"\xff\xfe",
    ];
    prop_oneof![
        4 => proptest::sample::select(words).prop_map(<[u8]>::to_vec),
        1 => proptest::collection::vec(any::<u8>(), 0..40),
    ]
}

proptest! {
    #[test]
    fn nothing_that_is_said_stops_it_or_makes_it_take_too_much(
        lmtp in any::<bool>(),
        pieces in proptest::collection::vec(piece(), 0..60),
        cut in 1_usize..50,
    ) {
        let mut dialogue = begin(if lmtp { Protocol::Lmtp } else { Protocol::Smtp });
        let memory = Arc::clone(&dialogue.limits.memory);
        let before = memory.available_permits();
        for chunk in pieces.concat().chunks(cut) {
            let (codes, mails) = talk(&mut dialogue, chunk);
            prop_assert!(codes.iter().all(|code| code.parse::<u16>().is_ok_and(|code| (200..600).contains(&code))));
            prop_assert!(mails.iter().all(|mail| mail.raw.len() <= 1000 && !mail.to.is_empty()));
        }
        drop(dialogue);
        prop_assert_eq!(memory.available_permits(), before);
    }
}
