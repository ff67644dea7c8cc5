//! Settings: read once at start from defaults, a file and variables, into values that make sense; see
//! `config.default.toml`, which is the list of all settings and their manual.

mod layers;
mod read;
#[cfg(test)]
mod tests;

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use base::{
    blobs::{Place, S3},
    dns::Dns,
    secret::{Secret, SecretError, SecretKey},
};
use ipnet::IpNet;
use words::Language;

pub(crate) use self::layers::{Environment, Given};
use self::read::Reader;

/// Every setting with its default and its explanation.
pub(crate) const DEFAULTS: &str = include_str!("../../config.default.toml");

/// What is wrong with the settings, as one line for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct ConfigError(pub(crate) String);

/// All settings, checked.
#[derive(Debug)]
pub(crate) struct Config {
    /// Where pages and API are served.
    pub(crate) listen: SocketAddr,
    /// How people reach us: scheme and host, no slash at the end.
    pub(crate) public_url: String,
    /// Where everything is kept that has no place of its own.
    pub(crate) data_dir: PathBuf,
    /// Where the store is.
    pub(crate) database: Database,
    /// Where the key comes from.
    pub(crate) secret_key: KeySource,
    /// Whom to ask in the DNS; empty for those that the system is set up with.
    pub(crate) name_servers: Vec<SocketAddr>,
    /// The language of whoever names none.
    pub(crate) default_language: Language,
    /// Jobs worked on at once.
    pub(crate) workers: usize,
    /// Time to finish after the signal to stop.
    pub(crate) stop_within: Duration,
    /// Where blobs lie.
    pub(crate) blobs: Place,
    /// Grace period of the orphan collection.
    pub(crate) keep_orphans: Duration,
    /// Where mail servers deliver.
    pub(crate) mail_listener: MailListener,
    /// How to log.
    pub(crate) log: Log,
    /// Each setting as it is in force, secrets masked.
    pub(crate) shown: Vec<Shown>,
}

/// Where the store is.
#[derive(Debug)]
pub(crate) enum Database {
    /// The embedded store in this file.
    Sqlite(PathBuf),
    /// A PostgreSQL server.
    Postgres {
        /// With user and password.
        url: Secret<String>,
        /// Bound of the pool, for writing and for reading each.
        connections: usize,
    },
}

/// Where the secret key comes from.
#[derive(Debug)]
pub(crate) enum KeySource {
    /// It was given.
    Given(SecretKey),
    /// This file, made when it is missing.
    File(PathBuf),
}

impl KeySource {
    /// The key; makes the file at the first start.
    pub(crate) fn key(&self) -> Result<SecretKey, SecretError> {
        match self {
            Self::Given(key) => Ok(key.clone()),
            Self::File(path) => SecretKey::load_or_create(path),
        }
    }
}

/// Where mail servers deliver.
#[derive(Debug)]
pub(crate) struct MailListener {
    /// SMTP (RFC 5321).
    pub(crate) smtp: Option<SocketAddr>,
    /// LMTP (RFC 2033).
    pub(crate) lmtp: Option<SocketAddr>,
    /// Bytes of the largest mail that is taken.
    pub(crate) max_size: usize,
    /// Certificate and key for STARTTLS.
    pub(crate) tls: Option<(PathBuf, PathBuf)>,
    /// Servers of our own, that pass on other people's mail.
    pub(crate) trusted_relays: Vec<IpNet>,
}

/// How to log.
#[derive(Debug)]
pub(crate) struct Log {
    /// One JSON object a line instead of text.
    pub(crate) json: bool,
    /// What is logged, in `tracing`'s filter language.
    pub(crate) level: String,
}

/// A setting for the operator's eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    /// Its name: `blobs.s3.bucket`.
    pub(crate) key: String,
    /// Its value as TOML, secrets masked.
    pub(crate) value: String,
    /// Where the value comes from.
    pub(crate) source: String,
}

impl Config {
    /// The same, but with everything that is kept in this folder, whatever the settings say, and no mail listener unless
    /// one was asked for: for a demonstration, which touches nothing else.
    pub(crate) fn at_home_in(self, folder: PathBuf) -> Self {
        let asked_for = |key: &str| self.shown.iter().any(|shown| shown.key == key && shown.source != layers::DEFAULT);
        let (smtp, lmtp) = (asked_for("mail_listener.smtp"), asked_for("mail_listener.lmtp"));
        Self {
            public_url: format!("http://{}", self.listen),
            database: Database::Sqlite(folder.join("rapport.db")),
            secret_key: KeySource::File(folder.join("secret.key")),
            blobs: Place::Folder(folder.join("blobs")),
            data_dir: folder,
            mail_listener: MailListener {
                smtp: self.mail_listener.smtp.filter(|_| smtp),
                lmtp: self.mail_listener.lmtp.filter(|_| lmtp),
                ..self.mail_listener
            },
            ..self
        }
    }

    /// The way to the DNS.
    pub(crate) fn dns(&self) -> Dns {
        if self.name_servers.is_empty() { Dns::of_the_system() } else { Dns::at(&self.name_servers) }
    }

    /// Reads the settings.
    ///
    /// # Errors
    /// The first thing that is wrong, in one line that names the setting, where it was set, and what is expected.
    pub(crate) fn load(given: &Given, environment: &Environment) -> Result<Self, ConfigError> {
        let mut read = Reader::new(layers::merge(given, environment)?)?;
        let listen = read.address("listen")?;
        let public_url = public_url(&mut read, listen)?;
        let data_dir = PathBuf::from(read.text_or("data_dir", || "./rapport-data".into())?);
        let database = database(&mut read, &data_dir)?;
        let secret_key = match read.secret("secret_key")? {
            None => KeySource::File(data_dir.join("secret.key")),
            Some(text) => KeySource::Given(
                SecretKey::parse(text.reveal()).map_err(|wrong| read.wrong_secret("secret_key", &wrong.to_string()))?,
            ),
        };
        let config = Self {
            listen,
            public_url,
            database,
            secret_key,
            name_servers: read.list("name_servers", name_server)?,
            default_language: default_language(&mut read)?,
            workers: read.number("workers", 1..=256)? as usize,
            stop_within: Duration::from_secs(read.number("stop_seconds", 0..=3600)?),
            blobs: blobs(&mut read, &data_dir)?,
            keep_orphans: Duration::from_secs(3600 * read.number("blobs.keep_orphans_hours", 1..=24 * 365)?),
            mail_listener: MailListener {
                smtp: read.optional_address("mail_listener.smtp")?,
                lmtp: read.optional_address("mail_listener.lmtp")?,
                max_size: read.size("mail_listener.max_size", 64 << 10..=1 << 30)?,
                tls: listener_tls(&mut read)?,
                trusted_relays: read.list("mail_listener.trusted_relays", network)?,
            },
            log: Log { json: read.one_of("log.format", &["text", "json"])? == "json", level: log_level(&mut read)? },
            data_dir,
            shown: Vec::new(),
        };
        Ok(Self { shown: read.into_shown(), ..config })
    }
}

/// An address, or a network such as `10.0.0.0/8`.
fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse().ok().map(|ip: IpAddr| ip.into()))
}

/// The address of a name server; its port is 53 unless it is given.
fn name_server(text: &str) -> Option<SocketAddr> {
    text.parse().ok().or_else(|| text.parse().ok().map(|ip: IpAddr| (ip, 53).into()))
}

fn default_language(read: &mut Reader) -> Result<Language, ConfigError> {
    let tags: Vec<&'static str> = Language::ALL.iter().map(|language| language.tag()).collect();
    Ok(Language::of_tag(read.one_of("default_language", &tags)?).unwrap_or_default())
}

fn public_url(read: &mut Reader, listen: SocketAddr) -> Result<String, ConfigError> {
    let url = read.text_or("public_url", || format!("http://{listen}"))?;
    let url = url.trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    if host.is_empty() || host.contains(|c: char| c == '/' || c == '?' || c == '#' || c == '@' || c.is_whitespace()) {
        return Err(read.wrong("public_url", "http:// or https:// and a host, such as https://desk.example.com"));
    }
    Ok(url.to_owned())
}

fn database(read: &mut Reader, data_dir: &std::path::Path) -> Result<Database, ConfigError> {
    let connections = read.number("database_connections", 1..=1000)? as usize;
    let Some(url) = read.secret("database_url")? else {
        return Ok(Database::Sqlite(data_dir.join("rapport.db")));
    };
    if url.reveal().starts_with("postgres://") || url.reveal().starts_with("postgresql://") {
        return Ok(Database::Postgres { url, connections });
    }
    match url.reveal().strip_prefix("sqlite:") {
        Some(file) if !file.is_empty() => Ok(Database::Sqlite(PathBuf::from(file))),
        _ => Err(read.wrong_secret("database_url", "expected postgres://user:password@host/database, or sqlite:FILE")),
    }
}

fn blobs(read: &mut Reader, data_dir: &std::path::Path) -> Result<Place, ConfigError> {
    let kind = read.one_of("blobs.kind", &["folder", "s3"])?;
    let folder = read.text_or("blobs.folder", || data_dir.join("blobs").display().to_string())?;
    let s3 = S3 {
        bucket: read.text("blobs.s3.bucket")?,
        region: read.text("blobs.s3.region")?,
        endpoint: read.text("blobs.s3.endpoint")?,
        prefix: read.text("blobs.s3.prefix")?,
        access_key_id: read.secret("blobs.s3.access_key_id")?.unwrap_or_else(|| String::new().into()),
        secret_access_key: read.secret("blobs.s3.secret_access_key")?.unwrap_or_else(|| String::new().into()),
    };
    if kind == "folder" {
        return Ok(Place::Folder(PathBuf::from(folder)));
    }
    let needed = [
        ("blobs.s3.bucket", s3.bucket.is_empty()),
        ("blobs.s3.region", s3.region.is_empty()),
        ("blobs.s3.access_key_id", s3.access_key_id.reveal().is_empty()),
        ("blobs.s3.secret_access_key", s3.secret_access_key.reveal().is_empty()),
    ];
    if let Some((key, _)) = needed.into_iter().find(|(_, missing)| *missing) {
        return Err(ConfigError(format!("setting {key}: is needed because blobs.kind is \"s3\"")));
    }
    if !(s3.endpoint.is_empty() || s3.endpoint.starts_with("https://") || s3.endpoint.starts_with("http://")) {
        return Err(read.wrong("blobs.s3.endpoint", "an address such as https://s3.example.com"));
    }
    Ok(Place::S3(s3))
}

fn listener_tls(read: &mut Reader) -> Result<Option<(PathBuf, PathBuf)>, ConfigError> {
    let certificate = read.text("mail_listener.tls_certificate")?;
    let key = read.text("mail_listener.tls_key")?;
    match (certificate.is_empty(), key.is_empty()) {
        (true, true) => Ok(None),
        (false, false) => Ok(Some((certificate.into(), key.into()))),
        (true, false) => Err(read.wrong("mail_listener.tls_certificate", "a file; the key alone is of no use")),
        (false, true) => Err(read.wrong("mail_listener.tls_key", "a file; the certificate alone is of no use")),
    }
}

fn log_level(read: &mut Reader) -> Result<String, ConfigError> {
    let level = read.text("log.level")?;
    let known = ["error", "warn", "info", "debug", "trace", "off"];
    let sensible = |part: &str| known.contains(&part.rsplit('=').next().unwrap_or_default().trim());
    if !level.split(',').all(sensible) || level.parse::<tracing_subscriber::filter::Targets>().is_err() {
        return Err(read.wrong("log.level", "error, warn, info, debug or trace, also by part: info,channels=debug"));
    }
    Ok(level)
}
