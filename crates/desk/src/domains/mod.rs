//! Domains that our mail is signed for (DKIM, RFC 6376). A domain signs only while its record was found in the DNS: a
//! signature that nobody can check is worse than none.

mod rules;
mod store;

pub use rules::Published;
pub use store::STATEMENTS;

use crate::{App, Desk, Error, Result, Scope};
use base::{
    db::DbError,
    mail::dkim::{self, Algorithm},
    secret::{Owner, Secret},
};
use jiff::tz::TimeZone;
use std::sync::Arc;
use uuid::Uuid;

/// A domain with its public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailDomain {
    /// Its name, lower case.
    pub domain: String,
    /// Under which name its key stands in the DNS.
    pub selector: String,
    /// How it signs.
    pub algorithm: Algorithm,
    /// As it stands in the record.
    pub public_key: String,
    /// Whether mail is signed.
    pub active: bool,
}

/// What signs a mail.
#[derive(Clone)]
pub struct Signer {
    domain: MailDomain,
    private_key: Arc<Secret<Vec<u8>>>,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.domain.domain)
    }
}

impl Signer {
    /// The header field that signs `letter`; it is to stand before the others.
    ///
    /// # Errors
    /// In words: the stored key is none.
    pub fn sign(&self, letter: &[u8]) -> std::result::Result<String, String> {
        let MailDomain { domain, selector, algorithm, .. } = &self.domain;
        let signed = dkim::signature(letter, domain, selector, *algorithm, self.private_key.reveal());
        signed.map_err(|error| format!("the mail can't be signed for {domain}: {error}"))
    }
}

/// All domains by name.
///
/// # Errors
/// The store's.
pub async fn list(desk: &mut Desk<'_>) -> Result<Vec<MailDomain>> {
    Ok(store::all(desk).await?.iter().map(store::DomainRow::closed).collect())
}

/// One domain.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(desk: &mut Desk<'_>, domain: &str) -> Result<MailDomain> {
    Ok(store::find(desk, domain).await?.ok_or(Error::NotFound)?.closed())
}

/// Draws keys for a domain. It does not sign before [`activate`] has found its record.
///
/// # Errors
/// [`Error::Invalid`]: `domain` is none, or is `taken`.
pub async fn add(app: &App, scope: Scope, domain: &str, algorithm: Algorithm) -> Result<MailDomain> {
    let domain = rules::check(domain)?;
    let drawn = tokio::task::spawn_blocking(move || dkim::new_key(algorithm)).await.map_err(Error::internal)?;
    let (private_key, public_key) = drawn.map_err(Error::internal)?;
    let selector = rules::selector(app.now().to_zoned(TimeZone::UTC).date());
    let new = MailDomain { domain, selector, algorithm, public_key, active: false };
    let purpose = purpose(&new.domain);
    let sealed = app.key().seal(private_key.reveal(), owner(&purpose, &scope));
    let added = new.clone();
    app.write(scope, move |desk| {
        Box::pin(async move {
            match store::insert(desk, &added, &sealed).await {
                Err(DbError::Unique(_)) => Err(Error::field("domain", "taken")),
                other => Ok(other.map(drop)?),
            }
        })
    })
    .await?;
    Ok(new)
}

/// Looks the record up in the DNS.
pub async fn published(app: &App, domain: &MailDomain) -> Published {
    match app.dns().txt(&domain.record_name()).await {
        Ok(found) => domain.published(&found),
        Err(error) => Published::Unknown(error.to_string()),
    }
}

/// Signs from now on, if the record is found; else nothing is changed.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn activate(app: &App, scope: Scope, domain: &str) -> Result<Published> {
    let name = domain.to_owned();
    let known = app.read(scope, move |desk| Box::pin(async move { find(desk, &name).await })).await?;
    let published = published(app, &known).await;
    if published == Published::Found {
        set_active(app, scope, domain, true).await?;
    }
    Ok(published)
}

/// Signs no more.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn deactivate(app: &App, scope: Scope, domain: &str) -> Result<()> {
    set_active(app, scope, domain, false).await
}

async fn set_active(app: &App, scope: Scope, domain: &str, active: bool) -> Result<()> {
    let domain = domain.to_owned();
    let changed =
        app.write(scope, move |desk| Box::pin(async move { store::set_active(desk, &domain, active).await })).await?;
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// Forgets a domain and its keys.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn remove(app: &App, scope: Scope, domain: &str) -> Result<()> {
    let domain = domain.to_owned();
    let removed = app.write(scope, move |desk| Box::pin(async move { store::delete(desk, &domain).await })).await?;
    if removed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// What signs mail from this address; none where no domain is switched on for it.
///
/// # Errors
/// [`Error::Unavailable`] when the key was sealed with another key: mail waits rather than leaving unsigned.
pub async fn signer(app: &App, scope: Scope, address: &str) -> Result<Option<Signer>> {
    let rows = app.read(scope, |desk| Box::pin(async move { store::all(desk).await })).await?;
    let domains: Vec<MailDomain> = rows.iter().map(store::DomainRow::closed).collect();
    let Some(domain) = rules::signer(&domains, address).cloned() else { return Ok(None) };
    let Some(row) = rows.iter().find(|row| row.closed() == domain) else { return Ok(None) };
    let purpose = purpose(&domain.domain);
    let opened = app.key().open(&row.private_key, owner(&purpose, &scope)).map_err(|error| {
        Error::Unavailable(format!("the key that signs mail of {} can't be opened: {error}", domain.domain))
    })?;
    Ok(Some(Signer { domain, private_key: Arc::new(opened) }))
}

fn purpose(domain: &str) -> String {
    format!("signing key of {domain}")
}

fn owner<'a>(purpose: &'a str, scope: &Scope) -> Owner<'a> {
    Owner { purpose, workspace: scope.workspace.0, row: Uuid::nil() }
}
