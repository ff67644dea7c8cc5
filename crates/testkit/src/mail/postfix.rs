//! A real Postfix: SMTP in (plain, STARTTLS, TLS, with and without a password) on loopback, delivery to a Dovecot by LMTP.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use super::Dovecot;
use crate::process::Process;
use crate::{ports, wait};

/// Postfix wants to be root and change to users of its own. `fakeroot` makes it believe that it did, so that it works
/// for any user; what it thinks it may not do is of no interest here.
const FAKED: &str = "faked-sysv";

/// A Postfix. Dropping it stops it and removes its queue.
///
/// It delivers what comes for any address into the Dovecot, which bounces unknown ones. Two kinds of recipients never get
/// so far: `refused@…` is answered with 550 5.1.1, `later@…` with 450 4.2.1.
#[derive(Debug)]
pub struct Postfix {
    process: Option<Process>,
    _faked: Process,
    environment: Vec<(&'static str, String)>,
    folder: TempDir,
    smtp: u16,
    submission: u16,
    submissions: u16,
}

impl Postfix {
    /// Starts a Postfix that delivers to `dovecot` and shows its certificate.
    ///
    /// # Errors
    /// When Postfix or fakeroot is not installed or does not start.
    pub fn start(dovecot: &Dovecot) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("rapport-").tempdir()?;
        let library = library().context("Postfix runs under fakeroot here: apt-get install postfix fakeroot")?;
        let faked_log = folder.path().join("faked.log");
        let faked = Process::start(&[FAKED.to_owned(), "--foreground".to_owned()], "TERM", &faked_log)?;
        let key = wait::until(wait::PATIENCE, || Some(faked.said().split_once(':')?.0.to_owned()));
        let key = key.with_context(|| format!("start {FAKED}"))?;
        let environment = vec![
            ("LD_PRELOAD", library.display().to_string()),
            ("FAKEROOTKEY", key),
            ("MAIL_CONFIG", folder.path().join("etc").display().to_string()),
        ];
        std::fs::create_dir(folder.path().join("etc"))?;
        let mut postfix =
            Self { process: None, _faked: faked, environment, folder, smtp: 0, submission: 0, submissions: 0 };
        for last in [false, false, true] {
            postfix.smtp = ports::free();
            postfix.submission = ports::free();
            postfix.submissions = ports::free();
            postfix.write("etc/main.cf", &postfix.main(dovecot))?;
            postfix.write("etc/master.cf", &postfix.services())?;
            postfix.write("etc/recipients", "/^refused@/ 550 5.1.1 No such user\n/^later@/ 450 4.2.1 Try later\n")?;
            match postfix.resume() {
                Ok(()) => break,
                Err(error) if last => return Err(error),
                Err(_) => {}
            }
        }
        Ok(postfix)
    }

    /// SMTP without a password; TLS by STARTTLS is offered.
    pub fn smtp_port(&self) -> u16 {
        self.smtp
    }

    /// Submission (RFC 6409): STARTTLS and a password are demanded.
    pub fn submission_port(&self) -> u16 {
        self.submission
    }

    /// Submission within TLS (RFC 8314): a password is demanded.
    pub fn submissions_port(&self) -> u16 {
        self.submissions
    }

    /// Stops the server in good order.
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

    /// Starts the server again on the same ports with the same queue.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn resume(&mut self) -> Result<()> {
        let folder = self.folder.path().display().to_string();
        let line = ["/bin/sh", "-c", START, "start", &folder].map(str::to_owned);
        let process = Process::start_with(&line, &self.environment, "TERM", &self.folder.path().join("log"))?;
        let up = wait::until(wait::PATIENCE, || match process.is_running() {
            false => Some(false),
            true => [self.smtp, self.submission, self.submissions].into_iter().all(ports::answers).then_some(true),
        });
        self.process = Some(process);
        if up != Some(true) {
            bail!("Postfix did not start:\n{}", self.said());
        }
        Ok(())
    }

    /// What the server wrote into its logs, for messages.
    pub fn said(&self) -> String {
        let log = std::fs::read_to_string(self.folder.path().join("postfix.log")).unwrap_or_default();
        format!("{}\n{log}", self.process.as_ref().map(Process::said).unwrap_or_default())
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        Ok(std::fs::write(self.folder.path().join(name), text)?)
    }

    fn main(&self, dovecot: &Dovecot) -> String {
        let folder = self.folder.path().display();
        let lmtp = dovecot.lmtp_port();
        let auth = dovecot.auth_port();
        let certificate = dovecot.certificates().certificate.display();
        let key = dovecot.certificates().key.display();
        format!(
            "compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
import_environment = MAIL_CONFIG LD_PRELOAD FAKEROOTKEY PATH TZ=UTC LANG=C
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
myhostname = mx.test
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = static:all
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access regexp:{folder}/etc/recipients
smtpd_tls_security_level = may
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{auth}
biff = no
"
        )
    }

    fn services(&self) -> String {
        let Self { smtp, submission, submissions, .. } = self;
        let password = "-o smtpd_sasl_auth_enable=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject";
        // name, private, wake-up time, process limit, program
        let inner = [
            "pickup n 60 1 pickup",
            "cleanup n - 0 cleanup",
            "qmgr n 1 1 qmgr",
            "tlsmgr - 1000? 1 tlsmgr",
            "rewrite - - - trivial-rewrite",
            "bounce - - 0 bounce",
            "defer - - 0 bounce",
            "trace - - 0 bounce",
            "verify - - 1 verify",
            "flush n 1000? 0 flush",
            "proxymap - - - proxymap",
            "proxywrite - - 1 proxymap",
            "smtp - - - smtp",
            "relay - - - smtp",
            "showq n - - showq",
            "error - - - error",
            "retry - - - error",
            "discard - - - discard",
            "lmtp - - - lmtp",
            "anvil - - 1 anvil",
            "scache - - 1 scache",
        ];
        let mut text = String::from("postlog unix-dgram n - n - 1 postlogd\n");
        for service in inner {
            let mut part = service.splitn(3, ' ');
            let [name, private, rest] = [part.next(), part.next(), part.next()].map(Option::unwrap_or_default);
            text.push_str(&format!("{name} unix {private} - n {rest}\n"));
        }
        // Last, so that all the others are there when these answer.
        text.push_str(&format!(
            "127.0.0.1:{smtp} inet n - n - - smtpd
127.0.0.1:{submission} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt {password}
127.0.0.1:{submissions} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes {password}
"
        ));
        text
    }
}

/// Makes the queue as Postfix's own set-up does, then becomes the master process. `$1` is the folder.
const START: &str = r#"
mkdir -p "$1/data" "$1/queue" && cd "$1/queue" || exit 1
mkdir -p active bounce corrupt defer deferred flush hold incoming private saved trace maildrop public pid
chown postfix "$1/data" active bounce corrupt defer deferred flush hold incoming private saved trace maildrop public
chgrp postdrop maildrop public
chmod 700 "$1/data" active bounce corrupt defer deferred flush hold incoming private saved trace
chmod 730 maildrop
chmod 710 public
rm -f pid/* "$1/data/master.lock"
exec /usr/lib/postfix/sbin/master -c "$1/etc" -s
"#;

/// The library that fakeroot puts in front of the C library.
fn library() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/lib").ok()?.flatten();
    folders.map(|entry| entry.path().join("libfakeroot/libfakeroot-sysv.so")).find(|path| Path::exists(path))
}
