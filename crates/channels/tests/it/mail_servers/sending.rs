//! Sending through a real Postfix: each outcome is what happened.

use crate::house::{House, form};
use base::mail::Address;
use channels::email::Email;
use desk::{
    channel::{Channel, Outgoing, OutgoingFile, SendOutcome},
    conversations::MessageId,
    mailboxes::{Mailbox, MailboxForm},
};
use testkit::{
    mail::{MailHost, PASSWORD},
    proxy::Proxy,
};

const BOB: &str = "bob@customer.test";

fn through(port: u16, security: &str) -> MailboxForm {
    MailboxForm { smtp_host: "127.0.0.1".into(), smtp_port: port.to_string(), smtp_security: security.into(), ..form() }
}

/// Submission asks for TLS, which needs the test's authority, and for a password.
fn signed_in(host: &MailHost, port: u16, security: &str) -> MailboxForm {
    MailboxForm {
        smtp_username: "help@shop.test".into(),
        smtp_password: PASSWORD.into(),
        ca_pem: std::fs::read_to_string(&host.dovecot.certificates().authority).unwrap(),
        ..through(port, security)
    }
}

fn host() -> MailHost {
    let host = MailHost::start().unwrap();
    for address in [BOB, "help@shop.test", "carol@customer.test"] {
        host.dovecot.create_mailbox(address).unwrap();
    }
    host
}

fn order(mailbox: &Mailbox, to: &[&str], cc: &[&str]) -> Outgoing {
    let people = |list: &[&str]| list.iter().map(|address| Address::new(None, address)).collect();
    Outgoing {
        reply_to: None,
        automatic: false,
        message_id: MessageId(uuid::Uuid::nil()),
        mailbox: mailbox.clone(),
        from: Address::new(Some("Alex, Shop help"), &mailbox.address),
        to: people(to),
        cc: people(cc),
        subject: "Re: Zähler".into(),
        rfc_message_id: "42@shop.test".into(),
        in_reply_to: Some("1@customer.test".into()),
        references: vec!["0@customer.test".into(), "1@customer.test".into()],
        date: "2026-11-22T10:00:00Z".parse().unwrap(),
        signer: None,
        markdown: "Dear Bob,\n\n.it is *fixed*.\n".into(),
        attachments: vec![OutgoingFile {
            name: "bill.txt".into(),
            content_type: "text/plain".into(),
            bytes: bytes::Bytes::from_static(b"3 EUR"),
        }],
    }
}

/// Sends and says whether the point of no return was passed.
async fn send(house: &House, order: &Outgoing) -> (SendOutcome, bool) {
    let passed = std::sync::atomic::AtomicBool::new(false);
    let point = Box::pin(async {
        passed.store(true, std::sync::atomic::Ordering::SeqCst);
        Ok(())
    });
    let outcome = Email.send(&house.app, order, point).await;
    (outcome, passed.into_inner())
}

async fn mailbox(house: &House, form: MailboxForm) -> Mailbox {
    let id = house.create_mailbox(form).await;
    house.mailbox(id).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_arrives_whole_over_tls_with_a_password() {
    let (host, house) = (host(), House::open().await);
    let forms = [
        signed_in(&host, host.postfix.submissions_port(), "tls"),
        MailboxForm {
            address: "two@shop.test".into(),
            ..signed_in(&host, host.postfix.submission_port(), "start_tls")
        },
    ];
    for (sent, form) in forms.into_iter().enumerate() {
        let mailbox = mailbox(&house, form).await;
        let (outcome, passed) = send(&house, &order(&mailbox, &[BOB], &["carol@customer.test", BOB])).await;
        assert!(matches!(&outcome, SendOutcome::Sent(said) if said.starts_with("250")), "{outcome:?}");
        assert!(passed);
        let mails = host.dovecot.wait_for_mails(BOB, sent + 1).unwrap();
        host.dovecot.wait_for_mails("carol@customer.test", sent + 1).unwrap();
        let mail = &mails[sent];
        assert_eq!(mail.header("message-id").unwrap(), "<42@shop.test>");
        assert_eq!(mail.header("in-reply-to").unwrap(), "<1@customer.test>");
        assert_eq!(mail.header("references").unwrap(), "<0@customer.test> <1@customer.test>");
        assert_eq!(mail.header("return-path").unwrap(), format!("<{}>", mailbox.address));
        let read = base::mail::parse(&mail.raw);
        assert_eq!(read.subject, "Re: Zähler");
        assert_eq!(read.from[0].name.as_deref(), Some("Alex, Shop help"));
        assert!(read.text.contains("\n.it is"), "{}", read.text);
        assert!(read.html.unwrap().contains("<em>fixed</em>"));
        assert_eq!(&read.attachments[0].data[..], b"3 EUR");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_recipient_is_said_and_nobody_is_written_to_behind_their_back() {
    let (host, house) = (host(), House::open().await);
    let mailbox = mailbox(&house, through(host.postfix.smtp_port(), "none")).await;
    let (outcome, passed) = send(&house, &order(&mailbox, &[BOB, "refused@customer.test"], &[])).await;
    assert!(
        matches!(&outcome, SendOutcome::Refused(why) if why.to_string().contains("refused@customer.test was refused")),
        "{outcome:?}"
    );
    assert!(!passed);
    let (outcome, passed) = send(&house, &order(&mailbox, &[BOB], &["later@customer.test"])).await;
    assert!(
        matches!(&outcome, SendOutcome::Deferred(why) if why.to_string().contains("later@customer.test was not taken now"))
    );
    assert!(!passed);
    let (outcome, _) = send(&house, &order(&mailbox, &["no address"], &[])).await;
    assert!(
        matches!(&outcome, SendOutcome::Refused(why) if why.to_string().contains("no address that mail can be sent to"))
    );
    // A copy that is refused does not keep the customer waiting, but it is said.
    let (outcome, _) = send(&house, &order(&mailbox, &[BOB], &["refused@customer.test"])).await;
    assert!(
        matches!(&outcome, SendOutcome::Sent(said) if said.contains("refused@customer.test was refused")),
        "{outcome:?}"
    );
    assert_eq!(host.dovecot.wait_for_mails(BOB, 1).unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_connection_is_told_by_whether_the_message_had_been_handed_over() {
    let (host, house) = (host(), House::open().await);
    let proxy = Proxy::to(host.postfix.smtp_port()).unwrap();
    let mailbox = mailbox(&house, through(proxy.port(), "none")).await;
    proxy.cut_after(b"RCPT TO");
    let (outcome, passed) = send(&house, &order(&mailbox, &[BOB], &[])).await;
    assert!(matches!(outcome, SendOutcome::Deferred(_)), "{outcome:?}");
    assert!(!passed);
    proxy.cut_after(b"\r\n.\r\n");
    let (outcome, passed) = send(&house, &order(&mailbox, &[BOB], &[])).await;
    assert!(matches!(outcome, SendOutcome::Unknown(_)), "{outcome:?}");
    assert!(passed);
    assert_eq!(host.dovecot.wait_for_mails(BOB, 1).unwrap().len(), 1, "Postfix had taken it all the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_administrator_has_to_mend_is_tried_again_later() {
    let (mut host, house) = (host(), House::open().await);
    let wrong =
        MailboxForm { smtp_password: "wrong".into(), ..signed_in(&host, host.postfix.submission_port(), "start_tls") };
    let mailbox = mailbox(&house, wrong).await;
    let (outcome, _) = send(&house, &order(&mailbox, &[BOB], &[])).await;
    assert!(
        matches!(&outcome, SendOutcome::Deferred(why) if why.to_string().contains("the sign-in was refused")),
        "{outcome:?}"
    );
    let mut untrusted = mailbox.clone();
    untrusted.settings.ca_pem = None;
    let (outcome, _) = send(&house, &order(&untrusted, &[BOB], &[])).await;
    assert!(matches!(&outcome, SendOutcome::Deferred(why) if why.to_string().contains("UnknownIssuer")), "{outcome:?}");
    host.postfix.stop();
    let (outcome, _) = send(&house, &order(&mailbox, &[BOB], &[])).await;
    assert!(
        matches!(&outcome, SendOutcome::Deferred(why) if why.to_string().contains("no connection to 127.0.0.1")),
        "{outcome:?}"
    );
    let mut mute = mailbox.clone();
    mute.settings.smtp = None;
    let (outcome, _) = send(&house, &order(&mute, &[BOB], &[])).await;
    assert!(matches!(outcome, SendOutcome::Refused(_)));
}
