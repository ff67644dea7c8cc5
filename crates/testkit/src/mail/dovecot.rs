//! A real Dovecot: IMAP (plain, STARTTLS, TLS) and LMTP on loopback, mailboxes as Maildirs below a temporary folder.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

use super::client::{Protocol, Session};
use super::{Certificates, PASSWORD};
use crate::process::{Process, as_user, folder_of, is_root, run};
use crate::{ports, wait};

/// Dovecot does not let root own mailboxes; a test that runs as root gives them to this user, which Debian's package makes.
const USER: &str = "dovecot";

/// How a Dovecot differs from the usual one.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether the server offers IDLE (RFC 2177).
    pub idle: bool,
    /// At which loopback port an OAuth server tells whether an access token is good (RFC 7662); then XOAUTH2 is offered.
    pub introspection: Option<u16>,
}

impl Default for Options {
    fn default() -> Self {
        Self { idle: true, introspection: None }
    }
}

/// A Dovecot. Dropping it stops it and removes the mailboxes.
#[derive(Debug)]
pub struct Dovecot {
    process: Option<Process>,
    folder: TempDir,
    certificates: Certificates,
    options: Options,
    imap: u16,
    imaps: u16,
    lmtp: u16,
    auth: u16,
}

/// A mail in a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMail {
    /// The bytes as they lie in the mailbox; the server puts its own header fields (`Return-Path`, `Received`) on top.
    pub raw: Vec<u8>,
    /// The Maildir's flags: `S` is seen, `R` answered, `T` deleted.
    pub flags: String,
}

impl StoredMail {
    /// The first header field of this name, unfolded; `None` when there is none.
    pub fn header(&self, name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(&self.raw).replace("\r\n", "\n");
        let head = text.split("\n\n").next().unwrap_or_default().replace("\n ", " ").replace("\n\t", " ");
        head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }
}

impl Dovecot {
    /// Starts a Dovecot without any mailbox.
    ///
    /// # Errors
    /// When it is not installed or does not start.
    pub fn start(options: Options) -> Result<Self> {
        let version =
            run(&["/usr/sbin/dovecot".to_owned(), "--version".to_owned()]).context("apt-get install dovecot-imapd")?;
        ensure!(version.starts_with("2.3"), "these tests configure Dovecot 2.3, found {version}");
        let folder = folder_of(USER)?;
        let certificates = Certificates::make(folder.path())?;
        std::fs::create_dir(folder.path().join("users"))?;
        let mut dovecot = Self { process: None, folder, certificates, options, imap: 0, imaps: 0, lmtp: 0, auth: 0 };
        for last in [false, false, true] {
            dovecot.imap = ports::free();
            dovecot.imaps = ports::free();
            dovecot.lmtp = ports::free();
            dovecot.auth = ports::free();
            dovecot.write_oauth()?;
            std::fs::write(dovecot.path("dovecot.conf"), dovecot.configuration()?)?;
            match dovecot.resume() {
                Ok(()) => break,
                Err(error) if last => return Err(error),
                Err(_) => {}
            }
        }
        Ok(dovecot)
    }

    /// The IMAP port: plain, and TLS by STARTTLS.
    pub fn imap_port(&self) -> u16 {
        self.imap
    }

    /// The port of IMAP within TLS.
    pub fn imaps_port(&self) -> u16 {
        self.imaps
    }

    /// The LMTP port.
    pub fn lmtp_port(&self) -> u16 {
        self.lmtp
    }

    /// The port at which Postfix asks whether a password is right.
    pub(super) fn auth_port(&self) -> u16 {
        self.auth
    }

    /// The certificates that this server shows.
    pub fn certificates(&self) -> &Certificates {
        &self.certificates
    }

    /// Creates a mailbox for this address; it opens with [`PASSWORD`].
    ///
    /// # Errors
    /// When the list of users cannot be added to.
    pub fn create_mailbox(&self, address: &str) -> Result<()> {
        // A file for each user: Dovecot looks into one file at most once a second.
        Ok(std::fs::write(self.path("users").join(address), format!("{address}:{{PLAIN}}{PASSWORD}::::::\n"))?)
    }

    /// Puts a mail into a mailbox by LMTP; returns after the server has taken it.
    ///
    /// # Errors
    /// When the server is down or refuses.
    pub fn deliver(&self, from: &str, to: &str, raw: &[u8]) -> Result<()> {
        let replies = Session::open(Protocol::Lmtp, self.lmtp)?.deliver(from, &[to], raw)?;
        match replies.as_slice() {
            [reply] if reply.code == 250 => Ok(()),
            other => bail!("Dovecot refused the mail to {to}: {other:?}\n{}", self.said()),
        }
    }

    /// All mails of a mailbox's INBOX, in the order in which they came.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn mails(&self, address: &str) -> Result<Vec<StoredMail>> {
        let maildir = self.path("mail").join(address);
        let mut found = Vec::new();
        for folder in ["new", "cur"] {
            let Ok(entries) = std::fs::read_dir(maildir.join(folder)) else { continue };
            for entry in entries {
                let path = entry?.path();
                // A mail that has just been moved from new/ to cur/ is found there.
                let Ok(raw) = std::fs::read(&path) else { continue };
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let flags = name.rsplit_once(":2,").map_or("", |(_, flags)| flags).to_owned();
                found.push((arrival(&name), StoredMail { raw, flags }));
            }
        }
        found.sort_by_key(|(arrival, _)| *arrival);
        Ok(found.into_iter().map(|(_, mail)| mail).collect())
    }

    /// Makes a stopped server forget the numbers of a mailbox's mails: when it is started again, UIDVALIDITY is another.
    ///
    /// # Errors
    /// When the numbers cannot be removed.
    pub fn renumber(&self, address: &str) -> Result<()> {
        for entry in std::fs::read_dir(self.path("mail").join(address))? {
            let path = entry?.path();
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("dovecot")) {
                std::fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    /// Waits until a mailbox holds `count` mails and gives them.
    ///
    /// # Errors
    /// When they have not come in [`wait::PATIENCE`].
    pub fn wait_for_mails(&self, address: &str, count: usize) -> Result<Vec<StoredMail>> {
        wait::until(wait::PATIENCE, || self.mails(address).ok().filter(|mails| mails.len() >= count))
            .with_context(|| format!("{address} holds {:?} of {count} mails", self.mails(address).map(|all| all.len())))
    }

    /// Stops the server in good order, closing all connections.
    pub fn stop(&mut self) {
        if let Some(process) = self.process.take() {
            process.stop();
        }
    }

    /// Kills the server and its connections at once.
    pub fn kill(&mut self) {
        if let Some(process) = self.process.take() {
            process.kill();
        }
    }

    /// Starts the server again on the same ports with the same mailboxes.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn resume(&mut self) -> Result<()> {
        _ = std::fs::remove_file(self.path("run/master.pid"));
        let configuration = self.path("dovecot.conf").display().to_string();
        let line = as_user(USER, &["/usr/sbin/dovecot", "-F", "-c", &configuration]);
        let process = Process::start(&line, "TERM", &self.path("log"))?;
        let up = wait::until(wait::PATIENCE, || match process.is_running() {
            false => Some(false),
            true => [self.imap, self.imaps, self.lmtp, self.auth].into_iter().all(ports::answers).then_some(true),
        });
        if up != Some(true) {
            bail!("Dovecot did not start:\n{}", process.said());
        }
        self.process = Some(process);
        Ok(())
    }

    /// What the server wrote into its log last, for messages.
    pub fn said(&self) -> String {
        self.process.as_ref().map(Process::said).unwrap_or_default()
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write_oauth(&self) -> Result<()> {
        let Some(port) = self.options.introspection else { return Ok(()) };
        let settings = format!(
            "introspection_url = http://127.0.0.1:{port}/introspect\nintrospection_mode = post\n\
             username_attribute = username\nactive_attribute = active\nactive_value = true\n"
        );
        Ok(std::fs::write(self.path("oauth2.conf"), settings)?)
    }

    fn configuration(&self) -> Result<String> {
        let user = if is_root() { USER.to_owned() } else { run(&["id".into(), "-un".into()])?.trim().to_owned() };
        let number = run(&["id".into(), "-u".into(), user.clone()])?.trim().to_owned();
        let group = run(&["id".into(), "-gn".into(), user.clone()])?.trim().to_owned();
        let Self { imap, imaps, lmtp, auth, .. } = self;
        let folder = self.folder.path().display();
        let certificate = self.certificates.certificate.display();
        let key = self.certificates.key.display();
        let (by_token, oauth) = match self.options.introspection {
            None => ("", String::new()),
            Some(_) => (
                "xoauth2 oauthbearer",
                format!(
                    "passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {folder}/oauth2.conf\n}}"
                ),
            ),
        };
        let capability = if self.options.idle { "" } else { "imap_capability = IMAP4rev1 SASL-IR UIDPLUS" };
        Ok(format!(
            r#"
base_dir = {folder}/run
state_dir = {folder}/state
log_path = /dev/stderr
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
protocols = imap lmtp
listen = 127.0.0.1
hostname = mail.test
disable_plaintext_auth = no
auth_mechanisms = plain login {by_token}
ssl = yes
ssl_cert = <{certificate}
ssl_key = <{key}
mail_location = maildir:%h
postmaster_address = postmaster@mail.test
mail_max_userip_connections = 100
{capability}
namespace inbox {{
  inbox = yes
  mailbox Gesendet {{
    special_use = \Sent
    auto = create
  }}
}}
{oauth}
passdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users/%u
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users/%u
  override_fields = uid={number} home={folder}/mail/%u
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service auth {{
  inet_listener {{
    port = {auth}
  }}
}}
service stats {{
  chroot =
}}
"#
        ))
    }
}

/// A Maildir name begins with the second of delivery, then `.M` and the microseconds.
fn arrival(name: &str) -> (u64, u64) {
    let mut parts = name.split('.');
    let seconds = parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    let micros = parts.next().and_then(|part| part.strip_prefix('M')).map(|part| {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().unwrap_or(0)
    });
    (seconds, micros.unwrap_or(0))
}
