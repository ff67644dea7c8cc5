//! How long a server's certificate is still good. The connection is made for this alone.

use super::super::tls;
use desk::mailboxes::{Mailbox, Security};
use std::time::Duration;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::timeout,
};
use x509_cert::{Certificate, der::Decode};

/// For all of it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which words lead to TLS on a connection that begins in the clear.
#[derive(Debug, Clone, Copy)]
pub(super) enum Protocol {
    Imap,
    Smtp,
}

/// Seconds since 1970 at which the certificate ends; none for a connection without TLS.
///
/// # Errors
/// In words: no connection, or what is wrong with the certificate.
pub(super) async fn good_until(
    mailbox: &Mailbox,
    protocol: Protocol,
    host: &str,
    port: u16,
    security: Security,
) -> Result<Option<i64>, String> {
    let looking = async {
        let mut stream = TcpStream::connect((host, port))
            .await
            .map_err(|error| format!("no connection to {host}, port {port}: {error}"))?;
        match security {
            Security::None => return Ok(None),
            Security::Tls => {}
            Security::StartTls => {
                let asked = ask_for_tls(&mut stream, protocol).await;
                asked.map_err(|error| format!("{host} does not go over to TLS (STARTTLS): {error}"))?;
            }
        }
        let stream = tls::upgrade(stream, host, mailbox.settings.ca_pem.as_deref()).await?;
        let (_, session) = stream.get_ref();
        let first =
            session.peer_certificates().and_then(|all| all.first()).ok_or("the server showed no certificate")?;
        let certificate =
            Certificate::from_der(first).map_err(|error| format!("its certificate can't be read: {error}"))?;
        let end = certificate.tbs_certificate.validity.not_after.to_unix_duration();
        Ok(Some(i64::try_from(end.as_secs()).unwrap_or(i64::MAX)))
    };
    timeout(PATIENCE, looking)
        .await
        .unwrap_or_else(|_| Err(format!("{host} did not answer in {} seconds", PATIENCE.as_secs())))
}

async fn ask_for_tls(stream: &mut TcpStream, protocol: Protocol) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    match protocol {
        Protocol::Imap => {
            line(&mut stream).await?;
            stream.write_all(b"a STARTTLS\r\n").await?;
            let said = line(&mut stream).await?;
            if said.starts_with("a OK") { Ok(()) } else { Err(std::io::Error::other(said)) }
        }
        Protocol::Smtp => {
            reply(&mut stream).await?;
            stream.write_all(b"EHLO rapport\r\n").await?;
            reply(&mut stream).await?;
            stream.write_all(b"STARTTLS\r\n").await?;
            let said = reply(&mut stream).await?;
            if said.starts_with("220") { Ok(()) } else { Err(std::io::Error::other(said)) }
        }
    }
}

async fn line(stream: &mut BufReader<&mut TcpStream>) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    let mut limited = tokio::io::AsyncReadExt::take(&mut *stream, 2000);
    limited.read_until(b'\n', &mut bytes).await?;
    if bytes.is_empty() {
        return Err(std::io::Error::other("it closed the connection"));
    }
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned())
}

/// The last line of an SMTP reply.
async fn reply(stream: &mut BufReader<&mut TcpStream>) -> std::io::Result<String> {
    for _ in 0..100 {
        let said = line(stream).await?;
        if said.as_bytes().get(3) != Some(&b'-') {
            return Ok(said);
        }
    }
    Err(std::io::Error::other("it does not stop talking"))
}
