//! Real mail servers: a Dovecot that keeps mailboxes, a Postfix that takes mail in and delivers it to that Dovecot.

mod certificates;
pub mod client;
mod dovecot;
mod imap;
mod postfix;

use anyhow::Result;

pub use certificates::Certificates;
pub use dovecot::{Dovecot, Options, StoredMail};
pub use imap::MailProgram;
pub use postfix::Postfix;

/// The password of every account on these servers.
pub const PASSWORD: &str = "correct horse";

/// A Postfix that delivers into a Dovecot: what an organisation's mail host is made of.
#[derive(Debug)]
pub struct MailHost {
    /// Keeps the mailboxes.
    pub dovecot: Dovecot,
    /// Takes mail by SMTP and delivers it to `dovecot` by LMTP.
    pub postfix: Postfix,
}

impl MailHost {
    /// Starts both.
    ///
    /// # Errors
    /// When a server is not installed or does not start.
    pub fn start() -> Result<Self> {
        Self::start_with(Options::default())
    }

    /// Starts both, with another Dovecot than the usual one.
    ///
    /// # Errors
    /// When a server is not installed or does not start.
    pub fn start_with(options: Options) -> Result<Self> {
        let dovecot = Dovecot::start(options)?;
        let postfix = Postfix::start(&dovecot)?;
        Ok(Self { dovecot, postfix })
    }
}
