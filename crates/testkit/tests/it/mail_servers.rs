//! Dovecot, Postfix and the proxy in front of them.

use testkit::mail::client::{Protocol, Session};
use testkit::mail::{Dovecot, MailHost, Options};
use testkit::proxy::Proxy;

const MAIL: &[u8] =
    b"From: Ann <ann@customer.test>\nTo: help@shop.test\nSubject: Where is\n my parcel\n\n.It is late.\n";

#[test]
fn a_mail_handed_to_postfix_lands_in_the_dovecot_mailbox() {
    let host = MailHost::start().unwrap();
    host.dovecot.create_mailbox("help@shop.test").unwrap();
    let mut session = Session::open(Protocol::Smtp, host.postfix.smtp_port()).unwrap();
    let replies = session.deliver("ann@customer.test", &["help@shop.test"], MAIL).unwrap();
    assert_eq!(replies[0].code, 250, "{}", host.postfix.said());
    let mails = host.dovecot.wait_for_mails("help@shop.test", 1).unwrap();
    assert_eq!(mails[0].header("subject").unwrap(), "Where is my parcel");
    assert!(String::from_utf8_lossy(&mails[0].raw).contains("\n.It is late."));
    assert_eq!(mails[0].flags, "");
}

#[test]
fn postfix_refuses_for_good_and_for_now() {
    let host = MailHost::start().unwrap();
    let mut session = Session::open(Protocol::Smtp, host.postfix.smtp_port()).unwrap();
    assert_eq!(session.deliver("a@b.test", &["refused@b.test"], MAIL).unwrap()[0].code, 550);
    assert_eq!(session.command("RSET").unwrap().code, 250);
    assert_eq!(session.deliver("a@b.test", &["later@b.test"], MAIL).unwrap()[0].code, 450);
    let mut session = Session::open(Protocol::Smtp, host.postfix.submission_port()).unwrap();
    assert_eq!(session.command("MAIL FROM:<a@b.test>").unwrap().code, 530, "no STARTTLS yet");
}

#[test]
fn both_servers_come_back_after_a_kill_with_what_they_had() {
    let mut host = MailHost::start().unwrap();
    host.dovecot.create_mailbox("help@shop.test").unwrap();
    host.dovecot.deliver("ann@customer.test", "help@shop.test", MAIL).unwrap();
    host.dovecot.kill();
    assert!(host.dovecot.deliver("ann@customer.test", "help@shop.test", MAIL).is_err());
    let mut session = Session::open(Protocol::Smtp, host.postfix.smtp_port()).unwrap();
    session.deliver("ann@customer.test", &["help@shop.test"], MAIL).unwrap();
    host.postfix.kill();
    host.dovecot.resume().unwrap();
    host.postfix.resume().unwrap();
    assert_eq!(host.dovecot.wait_for_mails("help@shop.test", 2).unwrap().len(), 2, "{}", host.postfix.said());
}

#[test]
fn dovecot_knows_only_its_mailboxes() {
    let dovecot = Dovecot::start(Options::default()).unwrap();
    assert!(dovecot.deliver("ann@customer.test", "nobody@shop.test", MAIL).is_err());
}

#[test]
fn a_proxy_cuts_refuses_and_serves_again() {
    let dovecot = Dovecot::start(Options { idle: false, ..Options::default() }).unwrap();
    let proxy = Proxy::to(dovecot.lmtp_port()).unwrap();
    let mut session = Session::open(Protocol::Lmtp, proxy.port()).unwrap();
    proxy.cut();
    assert!(session.command("NOOP").is_err());
    proxy.refuse(true);
    assert!(Session::open(Protocol::Lmtp, proxy.port()).is_err());
    proxy.refuse(false);
    let mut session = Session::open(Protocol::Lmtp, proxy.port()).unwrap();
    proxy.cut_after(b"NOOP");
    assert!(session.command("NOOP").is_err());
    assert!(Session::open(Protocol::Lmtp, proxy.port()).is_ok());
    assert_eq!(proxy.accepted(), 4);
}
