//! A connection to an IMAP server, signed in.

use super::super::{
    patience::{Connection, Patient},
    tls,
};
use async_imap::{Authenticator, Client, Session};
use desk::{
    App, WorkspaceId,
    mailboxes::{ImapSettings, Mailbox, Security, oauth},
};
use std::time::Duration;
use tokio::{net::TcpStream, time::timeout};

/// For the connection itself and TLS on it.
const CONNECT: Duration = Duration::from_secs(20);
/// How long a server may think about a command. It may take any time for a large mail, as long as something comes.
pub(super) const ANSWER: Duration = Duration::from_secs(60);

pub(super) type Stream = Patient<Box<dyn Connection>>;

/// Why a mailbox can't be followed now, in plain words for its administrator.
#[derive(Debug, thiserror::Error)]
pub(in crate::email) enum Problem {
    #[error("{0}")]
    Connect(String),
    #[error("{host} refused the sign-in name or the password: {answer}")]
    SignIn { host: String, answer: String },
    /// There is no access token: somebody has to sign in with the provider, or it can't be asked.
    #[error("{0}")]
    Access(String),
    #[error("the folder {folder} can't be read; if it was renamed, moved or deleted, name another one: {answer}")]
    Folder { folder: String, answer: String },
    #[error("the connection failed: {0}")]
    Connection(#[from] async_imap::error::Error),
    /// The server answered, but not with the mails from `first` to `last`. Other than a broken connection, this may be the
    /// fault of one of them.
    #[error("the server did not give mail number {first}: {answer}")]
    Mail { first: u32, last: u32, answer: String },
    #[error("the mail could not be stored: {0}")]
    Store(#[from] desk::Error),
}

/// Connects and signs in, with a fresh access token where the mailbox is opened by one.
///
/// # Errors
/// As [`open`]; [`Problem::Access`].
pub(super) async fn open_fresh(
    app: &App,
    workspace: WorkspaceId,
    mailbox: &Mailbox,
    imap: &ImapSettings,
) -> Result<Session<Stream>, Problem> {
    let scope = workspace.as_system();
    let mailbox = oauth::with_access(app, scope, mailbox).await.map_err(|error| match error {
        desk::Error::Unavailable(words) => Problem::Access(words),
        other => Problem::Access(other.to_string()),
    })?;
    let opened = open(&mailbox, imap).await;
    if matches!(opened, Err(Problem::SignIn { .. })) {
        oauth::access_refused(app, scope, &mailbox).await?;
    }
    opened
}

/// Connects and signs in.
///
/// # Errors
/// [`Problem::Connect`], [`Problem::SignIn`] or [`Problem::Connection`].
pub(super) async fn open(mailbox: &Mailbox, imap: &ImapSettings) -> Result<Session<Stream>, Problem> {
    let authority = mailbox.settings.ca_pem.as_deref();
    let client = timeout(CONNECT, connect(imap, authority))
        .await
        .map_err(|_| Problem::Connect(format!("{} did not answer in {} seconds", imap.host, CONNECT.as_secs())))??;
    let password = mailbox.secrets.imap_password.as_deref().unwrap_or_default();
    let signed_in = if let Some(token) = &mailbox.secrets.access_token {
        client.authenticate("XOAUTH2", ByToken { username: &imap.username, token, asked: false }).await
    } else if imap.username.is_ascii() && password.is_ascii() {
        client.login(&imap.username, password).await
    } else {
        // LOGIN has no way to say which characters its bytes mean.
        client.authenticate("PLAIN", Plain { username: &imap.username, password }).await
    };
    signed_in.map_err(|(error, _)| match error {
        async_imap::error::Error::No(answer) | async_imap::error::Error::Bad(answer) => {
            Problem::SignIn { host: imap.host.clone(), answer }
        }
        other => Problem::Connection(other),
    })
}

async fn connect(imap: &ImapSettings, authority: Option<&str>) -> Result<Client<Stream>, Problem> {
    let ImapSettings { host, port, security, .. } = imap;
    let tcp = TcpStream::connect((host.as_str(), *port))
        .await
        .map_err(|error| Problem::Connect(format!("no connection to {host}, port {port}: {error}")))?;
    _ = tcp.set_nodelay(true);
    let secure = |tcp| tls::upgrade(tcp, host, authority);
    let stream: Box<dyn Connection> = match security {
        Security::None => Box::new(tcp),
        Security::Tls => Box::new(secure(tcp).await.map_err(Problem::Connect)?),
        Security::StartTls => {
            let mut plain = Client::new(Patient::new(tcp, ANSWER));
            greeting(&mut plain).await?;
            plain
                .run_command_and_check_ok("STARTTLS", None)
                .await
                .map_err(|error| Problem::Connect(format!("{host} does not offer STARTTLS: {error}")))?;
            // Whatever came in the clear after that answer is thrown away with the client's buffer.
            Box::new(secure(plain.into_inner().into_inner()).await.map_err(Problem::Connect)?)
        }
    };
    let mut client = Client::new(Patient::new(stream, ANSWER));
    if *security != Security::StartTls {
        greeting(&mut client).await?;
    }
    Ok(client)
}

async fn greeting<C: Connection>(client: &mut Client<Patient<C>>) -> Result<(), Problem> {
    let greeting = client.read_response().await.map_err(|error| Problem::Connect(error.to_string()))?;
    greeting.map(drop).ok_or_else(|| Problem::Connect("the server closed the connection without a greeting".into()))
}

/// XOAUTH2, as Google and Microsoft have it. A refusal comes as one more question, which wants an empty answer.
struct ByToken<'a> {
    username: &'a str,
    token: &'a str,
    asked: bool,
}

impl Authenticator for ByToken<'_> {
    type Response = String;

    fn process(&mut self, _challenge: &[u8]) -> String {
        if std::mem::replace(&mut self.asked, true) {
            return String::new();
        }
        format!("user={}\x01auth=Bearer {}\x01\x01", self.username, self.token)
    }
}

/// SASL PLAIN (RFC 4616).
struct Plain<'a> {
    username: &'a str,
    password: &'a str,
}

impl Authenticator for Plain<'_> {
    type Response = String;

    fn process(&mut self, _challenge: &[u8]) -> String {
        format!("\0{}\0{}", self.username, self.password)
    }
}
