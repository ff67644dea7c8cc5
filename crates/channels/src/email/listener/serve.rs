//! Connections, the desk behind them, and patience with both.

use super::{
    super::{NAME, patience::Connection},
    Certificate, Limits, Protocol,
    dialogue::{Destination, Dialogue, Parcel, Recipient, Stored, Wish},
    source,
};
use base::clock::Stopwatch;
use bytes::Bytes;
use desk::{
    App,
    channel::{Client, Envelope},
    intake::Arrival,
    mailboxes,
};
use std::{io, net::IpAddr, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::timeout,
};
use tokio_rustls::TlsAcceptor;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Connections at once, on one port.
const MOST_CONNECTIONS: usize = 100;
/// How long the other side may be silent (RFC 5321, 4.5.3.2.7).
const SILENCE: Duration = Duration::from_secs(300);
/// How long a connection may last, so that those who say a word every few minutes don't hold all places for ever.
const LONGEST: Duration = Duration::from_secs(3600);
/// How long agreeing on TLS may take.
const HANDSHAKE: Duration = Duration::from_secs(30);
/// How long the desk may take; the sender waits longer than that.
const STORE: Duration = Duration::from_secs(60);
/// What systems and stores say when there is no room left. It comes here in words only.
const FULL: &[&str] =
    &["no space left", "disk is full", "disk full", "file too large", "quota exceeded", "could not extend file"];

/// What all connections of a port have behind them.
#[derive(Clone)]
pub(super) struct House {
    pub(super) app: App,
    pub(super) protocol: Protocol,
    pub(super) limits: Limits,
    pub(super) certificate: Option<Arc<Certificate>>,
}

/// Accepts connections until `stop`; mails that are being stored then are still answered.
pub(super) async fn accept_connections(house: House, listener: TcpListener, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let connections = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        let Ok((stream, peer)) = accepted else {
            // No file descriptors left: others have to end first.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
            connections.spawn(turn_away(stream));
            continue;
        };
        let (house, stop) = (house.clone(), stop.clone());
        connections.spawn(async move {
            if let Err(error) = converse(&house, stream, peer.ip(), stop).await {
                tracing::debug!(%error, protocol = ?house.protocol, "a mail server's connection broke");
            }
            drop(place);
        });
    }
    connections.close();
    connections.wait().await;
}

async fn turn_away(mut stream: TcpStream) {
    let reply = stream.write_all(b"421 4.3.2 Too many connections, try again later\r\n");
    _ = timeout(Duration::from_secs(1), reply).await;
}

async fn converse(house: &House, stream: TcpStream, peer: IpAddr, stop: CancellationToken) -> io::Result<()> {
    let House { app, protocol, limits, certificate } = house;
    _ = stream.set_nodelay(true);
    let began = Stopwatch::start();
    let mut stream: Box<dyn Connection> = Box::new(stream);
    let mut dialogue = Dialogue::new(*protocol, limits.clone(), certificate.is_some());
    let stranger = (*protocol == Protocol::Smtp && !limits.trusts(peer)).then_some(peer);
    let mut buffer = vec![0; 16 * 1024];
    let mut filled = 0..0;
    loop {
        let mut bytes = buffer[filled.clone()].iter();
        let wish = dialogue.read(&mut bytes);
        filled.start = filled.end - bytes.len();
        match wish {
            Wish::Recipient(address) => dialogue.recipient(recipient(app, &address).await),
            Wish::Store => {
                let parcel = dialogue.parcel();
                let outcome = store(app, *protocol, stranger, parcel).await;
                dialogue.stored(&outcome);
            }
            Wish::Encrypt => {
                flush(&mut stream, &mut dialogue).await?;
                let Some(certificate) = certificate.clone() else { return Ok(()) };
                let config =
                    tokio::task::spawn_blocking(move || certificate.config()).await.map_err(io::Error::other)?;
                stream = Box::new(timeout(HANDSHAKE, TlsAcceptor::from(config).accept(stream)).await??);
                // What was said in the clear after STARTTLS is not listened to (RFC 3207, 6).
                filled = 0..0;
                dialogue.encrypted();
            }
            Wish::Bytes if began.elapsed() > LONGEST => {
                dialogue.end("421 4.4.2 This connection has lasted long enough")
            }
            Wish::Bytes => {
                flush(&mut stream, &mut dialogue).await?;
                let read = tokio::select! {
                    read = timeout(SILENCE, stream.read(&mut buffer)) => read,
                    () = stop.cancelled() => {
                        dialogue.end("421 4.3.2 Going down, try again later");
                        return flush(&mut stream, &mut dialogue).await;
                    }
                };
                match read {
                    Ok(Ok(0)) => return Ok(()),
                    Ok(read) => filled = 0..read?,
                    Err(_) => dialogue.end("421 4.4.2 Nothing was said for too long"),
                }
            }
            Wish::End => return flush(&mut stream, &mut dialogue).await,
        }
    }
}

async fn flush(stream: &mut Box<dyn Connection>, dialogue: &mut Dialogue) -> io::Result<()> {
    let replies = std::mem::take(&mut dialogue.replies);
    timeout(SILENCE, stream.write_all(&replies)).await??;
    // TLS keeps small writes back.
    timeout(SILENCE, stream.flush()).await?
}

/// Finds the mailbox of an address, also of one with a detail (`help+order@…`, RFC 5233).
async fn recipient(app: &App, address: &str) -> Recipient {
    let plain = address.split_once('@').and_then(|(local, domain)| {
        let (local, _) = local.split_once('+')?;
        Some(format!("{local}@{domain}"))
    });
    for candidate in [Some(address.to_owned()), plain].into_iter().flatten() {
        match timeout(STORE, mailbox(app, &candidate)).await {
            Ok(Ok(Some(destination))) => return Recipient::Known(destination),
            Ok(Ok(None)) => {}
            Ok(Err(error)) => {
                tracing::warn!(%error, "a recipient could not be looked up");
                return Recipient::Unavailable;
            }
            Err(_) => return Recipient::Unavailable,
        }
    }
    Recipient::Unknown
}

async fn mailbox(app: &App, address: &str) -> desk::Result<Option<Destination>> {
    for (workspace, _) in app.workspaces().await? {
        let address = address.to_owned();
        let read = app.read(workspace.as_system(), move |desk| {
            Box::pin(async move { mailboxes::find_by_address(desk, &address).await })
        });
        if let Some(mailbox) = read.await? {
            return Ok(Some(Destination { workspace, mailbox: mailbox.id }));
        }
    }
    Ok(None)
}

/// Stores a mail for each recipient and says for each what became of it.
async fn store(app: &App, protocol: Protocol, stranger: Option<IpAddr>, mut parcel: Parcel) -> Vec<Stored> {
    let raw = Bytes::from(std::mem::take(&mut parcel.raw));
    let mut stored = vec![Stored::Unavailable; parcel.to.len()];
    let client = stranger.map(|ip| Client { ip, helo: std::mem::take(&mut parcel.helo) });
    let mut workspaces: Vec<_> = parcel.to.iter().map(|(_, destination)| destination.workspace).collect();
    workspaces.dedup();
    for workspace in workspaces {
        let places: Vec<usize> =
            (0..parcel.to.len()).filter(|&place| parcel.to[place].1.workspace == workspace).collect();
        let arrivals = places.iter().map(|&place| {
            let (address, destination) = &parcel.to[place];
            Arrival {
                channel: NAME,
                mailbox: Some(destination.mailbox),
                source_key: source::key(protocol, destination.mailbox, &parcel.from, &raw, app.new_id()),
                raw: raw.clone(),
                envelope: Envelope {
                    from: parcel.from.clone(),
                    to: vec![address.clone()],
                    client: client.clone(),
                    ..Envelope::default()
                },
                problem: None,
            }
        });
        let outcome = match timeout(STORE, app.accept(workspace, arrivals.collect(), None)).await {
            Ok(Ok(_)) => Stored::Taken,
            Ok(Err(error)) => {
                tracing::error!(%error, "a mail could not be stored; its sender will try again");
                what_failed(&error)
            }
            Err(_) => {
                tracing::error!("a mail could not be stored in time; its sender will try again");
                Stored::Unavailable
            }
        };
        places.iter().for_each(|&place| stored[place] = outcome);
    }
    stored
}

fn what_failed(error: &desk::Error) -> Stored {
    let words = error.to_string().to_lowercase();
    if FULL.iter().any(|full| words.contains(full)) { Stored::Full } else { Stored::Unavailable }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_apart_from_a_store_that_is_away() {
        let failed = |text: &str| what_failed(&desk::Error::Unavailable(text.into()));
        assert_eq!(failed("blob store: Unable to write: No space left on device (os error 28)"), Stored::Full);
        assert_eq!(failed("database or disk is full"), Stored::Full);
        assert_eq!(failed("connection refused"), Stored::Unavailable);
    }
}
