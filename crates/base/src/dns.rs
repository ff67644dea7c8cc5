//! Questions to the DNS, each with a limit of time; and the examiner of signatures and senders, which asks through it.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use mail_auth::{
    MessageAuthenticator,
    common::resolver::ToFqdn,
    hickory_resolver::{
        config::{ConnectionConfig, NameServerConfig, ProtocolConfig, ResolverConfig, ResolverOpts},
        proto::rr::{Name, RData, RecordType},
        system_conf::read_system_conf,
    },
};

/// For one question, with all its attempts.
const PATIENCE: Duration = Duration::from_secs(8);
/// For one attempt.
const ATTEMPT: Duration = Duration::from_secs(3);

/// The way to the DNS; clones share it and what it remembers. Without any server every question fails, and nothing else does.
#[derive(Clone, Default)]
pub struct Dns(Option<Arc<MessageAuthenticator>>);

/// Why a question has no answer. A name without records of the asked kind is no error: the answer is empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DnsError {
    /// There is no server to ask.
    #[error("no name server is set up on this machine")]
    NoServer,
    /// The name can't be asked for.
    #[error("{0} is no domain name")]
    NotAName(String),
    /// The servers did not answer, or said that they can't.
    #[error("the name servers did not answer: {0}")]
    NoAnswer(String),
}

impl std::fmt::Debug for Dns {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(if self.0.is_some() { "Dns(…)" } else { "Dns(no server)" })
    }
}

impl Dns {
    /// Asks the servers that the system is set up with.
    pub fn of_the_system() -> Self {
        match read_system_conf() {
            Ok((config, options)) => Self::new(config, options),
            Err(error) => {
                tracing::warn!(%error, "the system's name servers are not known; nothing is looked up in the DNS");
                Self(None)
            }
        }
    }

    /// Asks these servers, the first that answers.
    pub fn at(servers: &[SocketAddr]) -> Self {
        let servers = servers.iter().map(|server| {
            let connection = |protocol| {
                let mut connection = ConnectionConfig::new(protocol);
                connection.port = server.port();
                connection
            };
            let connections = vec![connection(ProtocolConfig::Udp), connection(ProtocolConfig::Tcp)];
            NameServerConfig::new(server.ip(), true, connections)
        });
        let config = ResolverConfig::from_parts(None, vec![], servers.collect());
        Self::new(config, ResolverOpts::default())
    }

    fn new(config: ResolverConfig, options: ResolverOpts) -> Self {
        let mut options = options;
        options.timeout = ATTEMPT;
        options.attempts = 2;
        match MessageAuthenticator::new(config, options) {
            Ok(authenticator) => Self(Some(Arc::new(authenticator))),
            Err(error) => {
                tracing::warn!(%error, "nothing can be looked up in the DNS");
                Self(None)
            }
        }
    }

    /// Verifies senders and signatures (RFC 6376, 7208, 8617, 9989); none where there is no server to ask.
    pub fn examiner(&self) -> Option<&MessageAuthenticator> {
        self.0.as_deref()
    }

    /// The TXT records of a name, the pieces of each put together.
    ///
    /// # Errors
    /// [`DnsError`].
    pub async fn txt(&self, name: &str) -> Result<Vec<String>, DnsError> {
        let text = |data: &RData| match data {
            RData::TXT(txt) => {
                let bytes: Vec<u8> = txt.txt_data.iter().flat_map(|piece| piece.iter().copied()).collect();
                Some(String::from_utf8_lossy(&bytes).into_owned())
            }
            _ => None,
        };
        self.ask(name, RecordType::TXT, text).await
    }

    /// The mail exchangers of a domain, the preferred first.
    ///
    /// # Errors
    /// [`DnsError`].
    pub async fn mx(&self, domain: &str) -> Result<Vec<(u16, String)>, DnsError> {
        let exchanger = |data: &RData| match data {
            RData::MX(mx) => Some((mx.preference, without_dot(&mx.exchange.to_lowercase().to_ascii()))),
            _ => None,
        };
        let mut found = self.ask(domain, RecordType::MX, exchanger).await?;
        found.sort();
        Ok(found)
    }

    /// The addresses of a host.
    ///
    /// # Errors
    /// [`DnsError`].
    pub async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, DnsError> {
        let address = |data: &RData| match data {
            RData::A(a) => Some(IpAddr::V4(a.0)),
            RData::AAAA(aaaa) => Some(IpAddr::V6(aaaa.0)),
            _ => None,
        };
        let mut found = self.ask(host, RecordType::A, address).await?;
        found.extend(self.ask(host, RecordType::AAAA, address).await?);
        Ok(found)
    }

    /// The names of an address (PTR).
    ///
    /// # Errors
    /// [`DnsError`].
    pub async fn names(&self, address: IpAddr) -> Result<Vec<String>, DnsError> {
        let name = Name::from(address).to_ascii();
        let pointer = |data: &RData| match data {
            RData::PTR(name) => Some(without_dot(&name.to_lowercase().to_ascii())),
            _ => None,
        };
        self.ask(&name, RecordType::PTR, pointer).await
    }

    async fn ask<T>(
        &self,
        name: &str,
        kind: RecordType,
        read: impl Fn(&RData) -> Option<T>,
    ) -> Result<Vec<T>, DnsError> {
        let examiner = self.examiner().ok_or(DnsError::NoServer)?;
        let asked = Name::from_str_relaxed(name.to_fqdn().as_ref()).map_err(|_| DnsError::NotAName(name.to_owned()))?;
        let lookup = tokio::time::timeout(PATIENCE, examiner.resolver().lookup(asked, kind));
        match lookup.await {
            Ok(Ok(lookup)) => Ok(lookup.answers().iter().filter_map(|record| read(&record.data)).collect()),
            Ok(Err(error)) if error.is_no_records_found() => Ok(Vec::new()),
            Ok(Err(error)) => Err(DnsError::NoAnswer(error.to_string())),
            Err(_) => Err(DnsError::NoAnswer(format!("not in {} seconds", PATIENCE.as_secs()))),
        }
    }
}

fn without_dot(name: &str) -> String {
    name.trim_end_matches('.').to_owned()
}
