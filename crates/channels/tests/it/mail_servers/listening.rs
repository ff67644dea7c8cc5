//! Mail that other servers deliver to our own listener.

use crate::house::{House, form, mail};
use channels::email::{self, Certificate, Listeners};
use std::{
    io::{Read, Write},
    process::{Command, Stdio},
};
use testkit::mail::{
    Certificates,
    client::{Protocol, Session},
};
use tokio_util::sync::CancellationToken;

#[tokio::test(flavor = "multi_thread")]
async fn mail_is_taken_for_our_mailboxes_only_and_each_once() {
    let house = House::open().await;
    house.create_mailbox(form()).await;
    let ports: Vec<u16> = house.listeners.iter().map(std::net::SocketAddr::port).collect();
    tokio::task::spawn_blocking(move || {
        let mut smtp = Session::open(Protocol::Smtp, ports[0]).unwrap();
        let taken = smtp.deliver("ann@customer.test", &["help@shop.test"], &mail(1, "By SMTP")).unwrap();
        assert_eq!(taken[0].code, 250);
        let refused = smtp.deliver("ann@customer.test", &["sales@shop.test"], &mail(2, "Refused")).unwrap();
        assert_eq!(refused[0].code, 550);
        let mut lmtp = Session::open(Protocol::Lmtp, ports[1]).unwrap();
        let both = ["help+order-7@shop.test", "nobody@shop.test"];
        let taken = lmtp.deliver("ann@customer.test", &both, &mail(3, "By LMTP")).unwrap();
        assert_eq!(taken.len(), 1);
        assert_eq!(taken[0].code, 250);
        // As a server does that did not hear our answer.
        let again = lmtp.deliver("ann@customer.test", &["help@shop.test"], &mail(3, "By LMTP")).unwrap();
        assert_eq!(again[0].code, 250);
        let marker = lmtp.deliver("ann@customer.test", &["help@shop.test"], &mail(4, "The end")).unwrap();
        assert_eq!(marker[0].code, 250);
    })
    .await
    .unwrap();
    assert_eq!(house.subjects(3).await, ["By LMTP", "By SMTP", "The end"]);
}

/// Delivers by STARTTLS with openssl's client, all commands at once, and gives what the server said.
fn deliver_by_tls(port: u16, authority: &std::path::Path, subject: &str) -> String {
    let mut client = Command::new("openssl")
        .args(["s_client", "-quiet", "-starttls", "smtp", "-verify_return_error", "-verify_hostname", "localhost"])
        .args(["-CAfile", &authority.display().to_string(), "-connect", &format!("127.0.0.1:{port}")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let raw = String::from_utf8(mail(7, subject)).unwrap();
    let all = format!(
        "EHLO there.test\r\nMAIL FROM:<ann@customer.test>\r\nRCPT TO:<help@shop.test>\r\nDATA\r\n{raw}.\r\nQUIT\r\n"
    );
    client.stdin.as_mut().unwrap().write_all(all.as_bytes()).unwrap();
    let output = client.wait_with_output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_comes_in_by_starttls_and_a_renewed_certificate_is_shown_without_a_restart() {
    let house = House::open().await;
    house.create_mailbox(form()).await;
    let (folder, renewed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let files = Certificates::make(folder.path()).unwrap();
    let certificate = Certificate::open(files.certificate.clone(), files.key.clone()).unwrap();
    let listeners = Listeners::bind(Some("127.0.0.1:0".parse().unwrap()), None, 1024 * 1024).await.unwrap();
    let port = listeners.addresses()[0].port();
    let stop = CancellationToken::new();
    let _stops = stop.clone().drop_guard();
    tokio::spawn(email::run(house.app.clone(), listeners.with_certificate(certificate), stop));
    let said = tokio::task::spawn_blocking(move || {
        let first = deliver_by_tls(port, &files.authority, "By TLS");
        let other = Certificates::make(renewed.path()).unwrap();
        let untrusted = deliver_by_tls(port, &other.authority, "Not to be trusted");
        std::fs::copy(&other.key, &files.key).unwrap();
        std::fs::copy(&other.certificate, &files.certificate).unwrap();
        let second = deliver_by_tls(port, &other.authority, "By TLS");
        [first, untrusted, second]
    })
    .await
    .unwrap();
    for said in [&said[0], &said[2]] {
        assert!(said.contains("250 2.0.0 Taken") && said.contains("221 2.0.0"), "{said}");
    }
    assert!(!said[1].contains("250 2.0.0 Taken"), "{}", said[1]);
    assert_eq!(house.subjects(1).await, ["By TLS"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn noise_and_silence_harm_nobody_else() {
    let house = House::open().await;
    house.create_mailbox(form()).await;
    let smtp = house.listeners[0].port();
    tokio::task::spawn_blocking(move || {
        let silent: Vec<_> = (0..99).map(|_| Session::connect(Protocol::Smtp, smtp).unwrap()).collect();
        let mut noisy = Session::connect(Protocol::Smtp, smtp).unwrap();
        noisy.reply().unwrap();
        let noise: Vec<u8> = (0..100_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        _ = noisy.send(&noise);
        drop(noisy);
        drop(silent);
        let mut last = None;
        for _ in 0..100 {
            // Places become free a moment after their connections ended.
            last = Session::open(Protocol::Smtp, smtp).ok();
            if last.is_some() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        let taken = last.unwrap().deliver("ann@customer.test", &["help@shop.test"], &mail(1, "Hello")).unwrap();
        assert_eq!(taken[0].code, 250);
    })
    .await
    .unwrap();
    assert_eq!(house.subjects(1).await, ["Hello"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_open_when_the_house_closes_is_told_to_come_again() {
    let house = House::open().await;
    let smtp = house.listeners[0].port();
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", smtp)).unwrap();
    let mut greeting = [0; 3];
    stream.read_exact(&mut greeting).unwrap();
    let house = house.restart().await;
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("421 4.3.2"), "{rest}");
    drop(house);
}
