//! Sending through a mailbox's SMTP server.
//!
//! The outcome is never guessed. Until the dot that ends the message has been written, nothing was taken and another attempt
//! is safe; when the connection breaks between that dot and the server's answer, nobody knows.

use base::mail::{OutgoingAttachment, OutgoingMail, build};
use desk::{
    channel::{Outgoing, PointOfNoReturn, SendOutcome},
    mailboxes::{Mailbox, Security, SmtpSettings},
    reason::{About, Reason},
};
use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Mail, Quit, Rcpt},
        extension::{ClientId, Extension, MailBodyParameter, MailParameter},
        response::Response,
    },
};
use std::{
    future::Future,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};
use tokio::time::timeout;

/// For the connection itself, TLS on it and the greeting.
const CONNECT: Duration = Duration::from_secs(30);
/// For the answer to a command (RFC 5321, 4.5.3.2).
const ANSWER: Duration = Duration::from_secs(300);
/// For handing the message over and its answer: servers scan it meanwhile (RFC 5321, 4.5.3.2.6).
const HAND_OVER: Duration = Duration::from_secs(600);
/// The message is written in pieces of so many bytes.
const PIECE: usize = 64 * 1024;

const MECHANISMS: &[Mechanism] = &[Mechanism::Plain, Mechanism::Login];
/// With an access token in the password's place.
const BY_TOKEN: &[Mechanism] = &[Mechanism::Xoauth2];

/// Why nothing was handed over.
enum Stop {
    /// Another attempt may succeed.
    ForNow(Reason),
    /// None will.
    ForGood(Reason),
}

impl Stop {
    fn words(self) -> String {
        match self {
            Self::ForNow(reason) | Self::ForGood(reason) => reason.to_string(),
        }
    }
}

/// Sends a message and says what became of it.
pub(super) async fn send(order: &Outgoing, point_of_no_return: PointOfNoReturn<'_>) -> SendOutcome {
    let Some(smtp) = &order.mailbox.settings.smtp else {
        return SendOutcome::Refused(Reason::NoServer { address: order.mailbox.address.clone() });
    };
    let letter = build(&letter(order));
    let letter = match order.signer.as_ref().map(|signer| signer.sign(&letter)) {
        None => letter,
        Some(Ok(signature)) => [signature.as_bytes(), &letter].concat(),
        Some(Err(reason)) => return SendOutcome::Deferred(reason.into()),
    };
    match prepare(order, smtp, &letter).await {
        Ok((mut server, refused)) => {
            if let Err(error) = point_of_no_return.await {
                server.abort().await;
                return SendOutcome::Deferred(error.to_string().into());
            }
            let outcome = hand_over(&mut server, &letter).await;
            // Polite, and of no consequence.
            _ = timeout(Duration::from_secs(5), server.command(Quit)).await;
            match outcome {
                SendOutcome::Sent(said) if !refused.is_empty() => SendOutcome::Sent(format!("{said}; {refused}")),
                other => other,
            }
        }
        Err(Stop::ForNow(reason)) => SendOutcome::Deferred(reason),
        Err(Stop::ForGood(reason)) => SendOutcome::Refused(reason),
    }
}

fn letter(order: &Outgoing) -> OutgoingMail {
    let files = order.attachments.iter().map(|file| OutgoingAttachment {
        name: file.name.clone(),
        content_type: file.content_type.clone(),
        content_id: None,
        data: file.bytes.clone(),
    });
    OutgoingMail {
        from: order.from.clone(),
        reply_to: order.reply_to.clone(),
        to: order.to.clone(),
        cc: order.cc.clone(),
        subject: order.subject.clone(),
        message_id: order.rfc_message_id.clone(),
        in_reply_to: order.in_reply_to.clone(),
        references: order.references.clone(),
        date: order.date,
        body: order.markdown.clone(),
        quoted: None,
        attachments: files.collect(),
        automatic: order.automatic,
    }
}

/// Connects and names sender and recipients, up to the server's "go ahead". Gives what was said about copies that were
/// refused; when one of those whom the message is written to is refused, nobody gets it.
async fn prepare(order: &Outgoing, smtp: &SmtpSettings, letter: &[u8]) -> Result<(AsyncSmtpConnection, String), Stop> {
    let sender = address(&order.mailbox.address)?;
    let to = addresses(order.to.iter(), &[])?;
    let copies = addresses(order.cc.iter(), &to)?;
    if to.is_empty() && copies.is_empty() {
        return Err(Stop::ForGood(Reason::ToNobody));
    }
    let mut server = connect(&order.mailbox, smtp).await?;
    let parameters = parameters(&server, [&sender].into_iter().chain(&to).chain(&copies), letter)?;
    command(server.command(Mail::new(Some(sender), parameters)), About::Sender).await?;
    for recipient in &to {
        command(server.command(Rcpt::new(recipient.clone(), vec![])), to_whom(recipient)).await?;
    }
    let mut refused = Vec::new();
    for recipient in &copies {
        match command(server.command(Rcpt::new(recipient.clone(), vec![])), to_whom(recipient)).await {
            Ok(_) => {}
            Err(Stop::ForGood(reason)) => refused.push(reason),
            // Sending it now would send it twice to the others, later.
            Err(stop) => return Err(stop),
        }
    }
    if to.is_empty() && copies.len() == refused.len() {
        return Err(Stop::ForGood(Reason::Several { reasons: refused }));
    }
    let refused = Reason::Several { reasons: refused }.to_string();
    command(server.command(Data), About::Message).await?;
    Ok((server, refused))
}

async fn connect(mailbox: &Mailbox, smtp: &SmtpSettings) -> Result<AsyncSmtpConnection, Stop> {
    let tls = match smtp.security {
        Security::None => None,
        _ => Some(tls(smtp.host.clone(), mailbox.settings.ca_pem.clone()).await?),
    };
    let (at_once, later) = if smtp.security == Security::Tls { (tls, None) } else { (None, tls) };
    let domain = mailbox.address.rsplit_once('@').map_or("localhost", |(_, domain)| domain);
    let hello = ClientId::Domain(domain.to_owned());
    let place = format!("{}, port {}", smtp.host, smtp.port);
    let connecting = async {
        let address = (smtp.host.as_str(), smtp.port);
        let mut server = AsyncSmtpConnection::connect_tokio1(address, Some(CONNECT), &hello, at_once, None).await?;
        if let Some(tls) = later {
            server.starttls(tls, &hello).await?;
        }
        Ok::<_, Error>(server)
    };
    let mut server = match timeout(CONNECT, connecting).await {
        Ok(Ok(server)) => server,
        Ok(Err(error)) => return Err(Stop::ForNow(Reason::NoConnection { place, said: error.to_string() })),
        Err(_) => return Err(Stop::ForNow(Reason::NotAnswering { place, seconds: CONNECT.as_secs() })),
    };
    if let Some(username) = &smtp.username {
        let (mechanisms, secret) = match &mailbox.secrets.access_token {
            Some(token) => (BY_TOKEN, token.clone()),
            None => (MECHANISMS, mailbox.secrets.smtp_password.clone().unwrap_or_default()),
        };
        let credentials = Credentials::new(username.clone(), secret);
        // A wrong password is mended in the settings, not by writing the answer again.
        command(server.auth(mechanisms, &credentials), About::SignIn).await.map_err(|stop| match stop {
            Stop::ForNow(reason) | Stop::ForGood(reason) => Stop::ForNow(reason),
        })?;
    }
    Ok(server)
}

/// Connects, signs in, and names the mailbox as sender and as recipient; then takes it back. For examinations.
pub(super) async fn rehearse(mailbox: &Mailbox, smtp: &SmtpSettings) -> Result<(), String> {
    let mut server = to_itself(mailbox, smtp).await.map_err(Stop::words)?;
    _ = timeout(Duration::from_secs(5), server.command(Quit)).await;
    Ok(())
}

/// Sends a letter to the mailbox itself. For examinations.
pub(super) async fn send_to_itself(mailbox: &Mailbox, smtp: &SmtpSettings, letter: &[u8]) -> Result<(), String> {
    let mut server = to_itself(mailbox, smtp).await.map_err(Stop::words)?;
    command(server.command(Data), About::Message).await.map_err(Stop::words)?;
    let outcome = hand_over(&mut server, letter).await;
    _ = timeout(Duration::from_secs(5), server.command(Quit)).await;
    match outcome {
        SendOutcome::Sent(_) => Ok(()),
        SendOutcome::Deferred(reason) | SendOutcome::Refused(reason) | SendOutcome::Unknown(reason) => {
            Err(reason.to_string())
        }
    }
}

/// Names the mailbox's further addresses to the server as recipients: those of them that it refuses, and why.
pub(super) async fn refused_aliases(mailbox: &Mailbox, smtp: &SmtpSettings) -> Result<Vec<String>, String> {
    let mut server = to_itself(mailbox, smtp).await.map_err(Stop::words)?;
    let mut refused = Vec::new();
    for alias in &mailbox.settings.aliases {
        let recipient = address(alias).map_err(Stop::words)?;
        if let Err(stop) = command(server.command(Rcpt::new(recipient, vec![])), About::Recipient(alias.clone())).await
        {
            refused.push(stop.words());
        }
    }
    _ = timeout(Duration::from_secs(5), server.command(Quit)).await;
    Ok(refused)
}

async fn to_itself(mailbox: &Mailbox, smtp: &SmtpSettings) -> Result<AsyncSmtpConnection, Stop> {
    let own = address(&mailbox.address)?;
    let mut server = connect(mailbox, smtp).await?;
    command(server.command(Mail::new(Some(own.clone()), vec![])), About::Sender).await?;
    command(server.command(Rcpt::new(own, vec![])), About::Recipient(mailbox.address.clone())).await?;
    Ok(server)
}

/// Reads the system's certificate authorities, which takes a while.
async fn tls(host: String, authority: Option<String>) -> Result<TlsParameters, Stop> {
    let made = tokio::task::spawn_blocking(move || {
        let mut builder = TlsParameters::builder(host);
        if let Some(pem) = authority {
            builder = builder.add_root_certificate(Certificate::from_pem(pem.as_bytes())?);
        }
        builder.build_rustls()
    });
    match made.await {
        Ok(Ok(tls)) => Ok(tls),
        Ok(Err(error)) => Err(Stop::ForNow(Reason::Authority { said: error.to_string() })),
        Err(error) => Err(Stop::ForNow(error.to_string().into())),
    }
}

fn parameters<'a>(
    server: &AsyncSmtpConnection,
    mut addresses: impl Iterator<Item = &'a Address>,
    letter: &[u8],
) -> Result<Vec<MailParameter>, Stop> {
    let mut parameters = Vec::new();
    if addresses.any(|address| !AsRef::<str>::as_ref(address).is_ascii()) {
        if !server.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(Stop::ForGood(Reason::NoSuchAddresses));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !letter.is_ascii() {
        if !server.server_info().supports_feature(Extension::EightBitMime) {
            return Err(Stop::ForGood(Reason::NoSuchLetters));
        }
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(parameters)
}

async fn hand_over(server: &mut AsyncSmtpConnection, letter: &[u8]) -> SendOutcome {
    // The client ends the message with CRLF and a dot itself.
    let letter = letter.strip_suffix(b"\r\n").unwrap_or(letter);
    let mut pieces = letter.chunks(PIECE);
    // The client asks for the next piece when the last one is written: asked in vain, it goes on to the dot.
    let whole = AtomicBool::new(false);
    let pieces = std::iter::from_fn(|| {
        let piece = pieces.next();
        whole.store(piece.is_none(), Ordering::Relaxed);
        piece
    });
    let handed = timeout(HAND_OVER, server.message_iter(pieces)).await;
    let said = match handed {
        Ok(Ok(response)) => return SendOutcome::Sent(said(&response)),
        Ok(Err(error)) if error.is_permanent() => return SendOutcome::Refused(error.to_string().into()),
        Ok(Err(error)) if error.is_transient() => return SendOutcome::Deferred(error.to_string().into()),
        Ok(Err(error)) => error.to_string(),
        Err(_) => format!("no answer in {} seconds", HAND_OVER.as_secs()),
    };
    if whole.load(Ordering::Relaxed) {
        SendOutcome::Unknown(Reason::BrokeAfter { said })
    } else {
        SendOutcome::Deferred(Reason::BrokeInside { said })
    }
}

fn to_whom(recipient: &Address) -> About {
    About::Recipient(recipient.to_string())
}

/// Waits for the answer to a command.
async fn command(answer: impl Future<Output = Result<Response, Error>>, about: About) -> Result<Response, Stop> {
    let error = match timeout(ANSWER, answer).await {
        Ok(Ok(response)) => return Ok(response),
        Ok(Err(error)) => error,
        Err(_) => return Err(Stop::ForNow(Reason::Silent { about, seconds: ANSWER.as_secs() })),
    };
    let said = error.to_string();
    Err(if error.is_permanent() {
        Stop::ForGood(Reason::Refused { about, said })
    } else if error.is_transient() {
        Stop::ForNow(Reason::NotNow { about, said })
    } else {
        Stop::ForNow(Reason::Broke { about, said })
    })
}

fn said(response: &Response) -> String {
    format!("{} {}", response.code(), response.message().collect::<Vec<_>>().join(" "))
}

fn address(text: &str) -> Result<Address, Stop> {
    text.trim().parse().map_err(|_| Stop::ForGood(Reason::NotAnAddress { address: text.to_owned() }))
}

/// Each address once, and none that is among `others`.
fn addresses<'a>(
    list: impl Iterator<Item = &'a base::mail::Address>,
    others: &[Address],
) -> Result<Vec<Address>, Stop> {
    let mut found: Vec<Address> = Vec::new();
    for entry in list {
        let address = address(&entry.address)?;
        if !found.contains(&address) && !others.contains(&address) {
            found.push(address);
        }
    }
    Ok(found)
}
