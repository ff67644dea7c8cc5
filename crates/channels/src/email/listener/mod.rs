//! Takes mail from other mail servers by SMTP (RFC 5321) and LMTP (RFC 2033), for the addresses of our mailboxes only. A mail
//! is acknowledged when the desk has stored it.

mod certificate;
mod dialogue;
mod serve;
mod source;

pub use certificate::Certificate;

use desk::App;
use ipnet::IpNet;
use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};
use tokio::{net::TcpListener, sync::Semaphore};
use tokio_util::sync::CancellationToken;

/// Which of the two is spoken: SMTP answers a mail once, LMTP once for each recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Protocol {
    Smtp,
    Lmtp,
}

/// What all connections share.
#[derive(Debug, Clone)]
struct Limits {
    /// Bytes of the largest mail that is taken.
    max_size: usize,
    /// Kilobytes that all mails on their way in may take up together.
    memory: Arc<Semaphore>,
    /// Servers of our own: they hand over other people's mail, so nobody is examined by their address.
    relays: Arc<[IpNet]>,
}

impl Limits {
    fn new(max_size: usize) -> Self {
        // Room for four of the largest; a fifth is asked to come again later.
        let kilobytes = (max_size / 1024 * 4).clamp(64 * 1024, Semaphore::MAX_PERMITS);
        Self { max_size, memory: Arc::new(Semaphore::new(kilobytes)), relays: Arc::default() }
    }

    /// Whether the server at this address is one of our own; those on this machine are.
    fn trusts(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        peer.is_loopback() || self.relays.iter().any(|relay| relay.contains(&peer))
    }
}

/// The ports at which other mail servers deliver.
#[derive(Debug)]
pub struct Listeners {
    open: Vec<(Protocol, TcpListener)>,
    limits: Limits,
    certificate: Option<Arc<Certificate>>,
}

impl Listeners {
    /// Opens the ports that are given; `max_size` is the largest mail that is taken, in bytes.
    ///
    /// # Errors
    /// When a port can't be opened; the message names it.
    pub async fn bind(smtp: Option<SocketAddr>, lmtp: Option<SocketAddr>, max_size: usize) -> io::Result<Self> {
        let mut open = Vec::new();
        for (protocol, address) in [(Protocol::Smtp, smtp), (Protocol::Lmtp, lmtp)] {
            let Some(address) = address else { continue };
            let listener = TcpListener::bind(address).await.map_err(|error| {
                io::Error::new(error.kind(), format!("cannot listen for {protocol:?} on {address}: {error}"))
            })?;
            open.push((protocol, listener));
        }
        Ok(Self { open, limits: Limits::new(max_size), certificate: None })
    }

    /// Offers STARTTLS with this certificate.
    #[must_use]
    pub fn with_certificate(self, certificate: Certificate) -> Self {
        Self { certificate: Some(Arc::new(certificate)), ..self }
    }

    /// Trusts the servers at these addresses to pass on other people's mail.
    #[must_use]
    pub fn trusting(mut self, relays: Vec<IpNet>) -> Self {
        self.limits.relays = relays.into();
        self
    }

    /// The addresses that were opened, SMTP before LMTP.
    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.open.iter().filter_map(|(_, listener)| listener.local_addr().ok()).collect()
    }

    /// Takes mail until `stop`.
    pub(super) async fn serve(self, app: App, stop: CancellationToken) {
        let Self { open, limits, certificate } = self;
        let all = open.into_iter().map(|(protocol, listener)| {
            let house =
                serve::House { app: app.clone(), protocol, limits: limits.clone(), certificate: certificate.clone() };
            serve::accept_connections(house, listener, stop.clone())
        });
        futures_util::future::join_all(all).await;
    }
}
