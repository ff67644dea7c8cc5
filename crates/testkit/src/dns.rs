//! A small name server on loopback: speaks DNS over UDP and TCP (RFC 1035) and knows the records that a test gives it, nothing
//! else. It is local: no question of a test leaves the machine.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Result;
use base::dns::Dns;
use mail_auth::hickory_resolver::proto::{
    op::{Message, OpCode, ResponseCode},
    rr::{Name, RData, Record, RecordType, rdata},
};
use parking_lot::RwLock;

type Zone = Arc<RwLock<HashMap<(String, RecordType), Vec<RData>>>>;

/// A name server. Dropping it stops it.
#[derive(Debug)]
pub struct NameServer {
    address: SocketAddr,
    zone: Zone,
    silent: Arc<AtomicBool>,
    stop: Arc<AtomicBool>,
}

impl NameServer {
    /// Starts a server that knows nothing yet: every name is said not to exist.
    ///
    /// # Errors
    /// When no port can be opened.
    pub fn start() -> Result<Self> {
        let tcp = TcpListener::bind(("127.0.0.1", 0))?;
        let address = tcp.local_addr()?;
        let udp = UdpSocket::bind(address)?;
        udp.set_read_timeout(Some(Duration::from_millis(100)))?;
        let server = Self { address, zone: Zone::default(), silent: Arc::default(), stop: Arc::default() };
        let (zone, silent, stop) = (server.zone.clone(), server.silent.clone(), server.stop.clone());
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while !stop.load(Ordering::SeqCst) {
                let Ok((length, from)) = udp.recv_from(&mut buffer) else { continue };
                if let Some(reply) = answer(&zone, &buffer[..length]).filter(|_| !silent.load(Ordering::SeqCst)) {
                    _ = udp.send_to(&reply, from);
                }
            }
        });
        let (zone, stop) = (server.zone.clone(), server.stop.clone());
        std::thread::spawn(move || {
            for mut stream in tcp.incoming().flatten() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let mut length = [0; 2];
                let Ok(()) = stream.read_exact(&mut length) else { continue };
                let mut question = vec![0; usize::from(u16::from_be_bytes(length))];
                let Ok(()) = stream.read_exact(&mut question) else { continue };
                let Some(reply) = answer(&zone, &question) else { continue };
                let length = u16::try_from(reply.len()).unwrap_or(0).to_be_bytes();
                _ = stream.write_all(&[&length[..], &reply].concat());
            }
        });
        Ok(server)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The way to the DNS that asks this server.
    pub fn dns(&self) -> Dns {
        Dns::at(&[self.address])
    }

    /// From now on lets every question lie (`true`), or answers again (`false`).
    pub fn silence(&self, yes: bool) {
        self.silent.store(yes, Ordering::SeqCst);
    }

    /// Adds a text, in pieces of 255 bytes.
    pub fn txt(&self, name: &str, text: &str) -> &Self {
        self.add(name, RData::TXT(rdata::TXT::from_bytes(text.as_bytes().chunks(255).collect())))
    }

    /// Adds a mail exchanger.
    ///
    /// # Panics
    /// When the host is no name.
    pub fn mx(&self, name: &str, preference: u16, host: &str) -> &Self {
        let host = Name::from_ascii(format!("{host}.")).expect("a host name");
        self.add(name, RData::MX(rdata::MX::new(preference, host)))
    }

    /// Adds an address, and the way back from it.
    ///
    /// # Panics
    /// When the host is no name.
    pub fn host(&self, name: &str, ip: IpAddr) -> &Self {
        let data = match ip {
            IpAddr::V4(ip) => RData::A(rdata::A(ip)),
            IpAddr::V6(ip) => RData::AAAA(rdata::AAAA(ip)),
        };
        let back = Name::from_ascii(format!("{name}.")).expect("a host name");
        self.add(name, data).add(&Name::from(ip).to_ascii(), RData::PTR(rdata::PTR(back)))
    }

    /// Forgets all records of a name.
    pub fn forget(&self, name: &str) {
        let key = key(name);
        self.zone.write().retain(|(known, _), _| *known != key);
    }

    fn add(&self, name: &str, data: RData) -> &Self {
        self.zone.write().entry((key(name), data.record_type())).or_default().push(data);
        self
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // The listener notices at its next connection.
        _ = std::net::TcpStream::connect(self.address);
    }
}

fn key(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

fn answer(zone: &Zone, question: &[u8]) -> Option<Vec<u8>> {
    let question = Message::from_vec(question).ok()?;
    let query = question.queries.first()?.clone();
    let mut reply = Message::response(question.metadata.id, OpCode::Query);
    reply.metadata.authoritative = true;
    reply.metadata.recursion_desired = question.metadata.recursion_desired;
    reply.metadata.recursion_available = true;
    let zone = zone.read();
    let name = key(&query.name().to_ascii());
    // Nothing is remembered, so that a test can change its mind.
    let records = zone.get(&(name.clone(), query.query_type())).into_iter().flatten();
    reply.add_answers(records.map(|data| Record::from_rdata(query.name().clone(), 0, data.clone())));
    if !zone.keys().any(|(known, _)| *known == name || known.ends_with(&format!(".{name}"))) {
        reply.metadata.response_code = ResponseCode::NXDomain;
    }
    reply.add_query(query);
    reply.to_vec().ok()
}
