//! Mailboxes: the addresses that customers write to, how mail is fetched for them and how answers leave.
//!
//! Passwords are sealed with the installation's key, bound to workspace and mailbox; they are opened only where a
//! connection is made and never shown again.

mod folders;
pub mod oauth;
mod presets;
mod provider;
mod rules;
mod senders;
mod store;

pub use folders::AfterFetch;
pub use presets::{Preset, preset_for};
pub use provider::{OauthSettings, ProviderKind};
pub use rules::{
    Health, HealthState, ImapSettings, MailboxForm, MailboxSecrets, MailboxSettings, Security, SmtpSettings,
};
pub use senders::OwnAddresses;
pub use store::{Cursor, STATEMENTS};

use crate::{App, Desk, Error, Event, Result, Scope, error::on_unique};
use base::{id_type, secret};
use jiff::SignedDuration;
use uuid::Uuid;

id_type! {
    /// An address that customers write to.
    MailboxId
}

/// A mailbox with its settings. Secrets are present only where they were asked for ([`opened`]).
#[derive(Debug, Clone)]
pub struct Mailbox {
    /// Its id.
    pub id: MailboxId,
    /// Name as customers see it in answers.
    pub name: String,
    /// Its address, lower case.
    pub address: String,
    /// Whether mail is fetched and sent.
    pub active: bool,
    /// How mail comes and goes.
    pub settings: MailboxSettings,
    /// Passwords, opened.
    pub secrets: MailboxSecrets,
    /// How it is doing.
    pub health: Health,
}

const ADDRESS_TAKEN: &str = "mailbox_workspace_id_address_key";

/// All mailboxes by name, without secrets.
///
/// # Errors
/// The store's.
pub async fn list(desk: &mut Desk<'_>) -> Result<Vec<Mailbox>> {
    Ok(store::all(desk).await?.into_iter().map(store::MailboxRow::closed).collect())
}

/// One mailbox, without secrets.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(desk: &mut Desk<'_>, id: MailboxId) -> Result<Mailbox> {
    Ok(store::find(desk, id).await?.ok_or(Error::NotFound)?.closed())
}

/// The active mailbox with this address, its own or a further one, without secrets.
///
/// # Errors
/// The store's.
pub async fn find_by_address(desk: &mut Desk<'_>, address: &str) -> Result<Option<Mailbox>> {
    let found = store::find_by_address(desk, &address.trim().to_lowercase()).await?;
    Ok(found.map(store::MailboxRow::closed).filter(|mailbox| mailbox.active))
}

/// The addresses of all mailboxes, further ones included.
///
/// # Errors
/// The store's.
pub async fn own_addresses(desk: &mut Desk<'_>) -> Result<OwnAddresses> {
    Ok(OwnAddresses::new(store::addresses(desk).await?))
}

/// One mailbox with its secrets opened, for making a connection.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Internal`] when the secrets were sealed with another key.
pub async fn opened(app: &App, scope: Scope, id: MailboxId) -> Result<Mailbox> {
    let row = app
        .read(scope, move |desk| Box::pin(async move { store::find(desk, id).await?.ok_or(Error::NotFound) }))
        .await?;
    let sealed = row.secrets.clone();
    let mut mailbox = row.closed();
    if let Some(sealed) = sealed {
        let opened = app.key().open(&sealed, owner(&scope, &id)).map_err(|error| {
            Error::Internal(format!("the passwords of mailbox {} can't be opened: {error}", mailbox.address))
        })?;
        mailbox.secrets = serde_json::from_slice(opened.reveal()).map_err(Error::internal)?;
    }
    Ok(mailbox)
}

fn owner(scope: &Scope, id: &MailboxId) -> secret::Owner<'static> {
    secret::Owner { purpose: "mailbox passwords", workspace: scope.workspace.0, row: id.0 }
}

/// Sets a mailbox up.
///
/// # Errors
/// [`Error::Invalid`] with every field that can't be taken; `address` is `taken` when another mailbox has it.
pub async fn create(app: &App, scope: Scope, form: MailboxForm) -> Result<MailboxId> {
    let mut mailbox = form.check(None)?;
    mailbox.settings.changed(None, app.now());
    let id = MailboxId(app.new_id());
    save(app, scope, Mailbox { id, ..mailbox }, true).await?;
    Ok(id)
}

/// Changes a mailbox. Passwords left empty stay as they are.
///
/// # Errors
/// As [`create`]; [`Error::NotFound`].
pub async fn update(app: &App, scope: Scope, id: MailboxId, form: MailboxForm) -> Result<()> {
    let before = opened(app, scope, id).await?;
    let settings = before.settings.clone();
    let mut mailbox = form.check(Some(before))?;
    mailbox.settings.changed(Some(&settings), app.now());
    save(app, scope, mailbox, false).await
}

async fn save(app: &App, scope: Scope, mailbox: Mailbox, new: bool) -> Result<()> {
    let secrets = if mailbox.secrets.is_empty() {
        None
    } else {
        let plain = serde_json::to_vec(&mailbox.secrets).map_err(Error::internal)?;
        Some(app.key().seal(&plain, owner(&scope, &mailbox.id)))
    };
    app.write(scope, move |desk| {
        Box::pin(async move {
            let saved = if new {
                store::insert(desk, &mailbox, secrets).await
            } else {
                store::update(desk, &mailbox, secrets).await
            };
            on_unique(saved, ADDRESS_TAKEN, "address")?;
            match store::set_addresses(desk, mailbox.id, &mailbox.addresses()).await? {
                Some(0) => return Err(Error::field("address", "taken")),
                Some(_) => return Err(Error::field("aliases", "taken")),
                None => {}
            }
            desk.emit(Event::MailboxChanged { mailbox: mailbox.id });
            Ok(())
        })
    })
    .await?;
    app.wake().mailboxes_changed();
    Ok(())
}

/// Takes a mailbox into or out of service.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn set_active(app: &App, scope: Scope, id: MailboxId, active: bool) -> Result<()> {
    app.write(scope, move |desk| {
        Box::pin(async move {
            if store::set_active(desk, id, active).await? == 0 {
                return Err(Error::NotFound);
            }
            desk.emit(Event::MailboxChanged { mailbox: id });
            Ok(())
        })
    })
    .await?;
    app.wake().mailboxes_changed();
    Ok(())
}

/// Records how a mailbox is doing; only a change of state is an event.
///
/// # Errors
/// The store's.
pub async fn report_health(app: &App, scope: Scope, id: MailboxId, health: Health) -> Result<()> {
    app.write(scope, move |desk| {
        Box::pin(async move {
            let Some(before) = store::find(desk, id).await? else { return Ok(()) };
            let before = before.closed().health;
            if before != health {
                store::set_health(desk, id, &health).await?;
                if before.state != health.state {
                    desk.emit(Event::MailboxChanged { mailbox: id });
                }
            }
            Ok(())
        })
    })
    .await
}

/// Claims a mailbox for `holder`, who follows it for as long as `lease` from now; again and again to go on. False when somebody else
/// does.
///
/// # Errors
/// The store's.
pub async fn hold(app: &App, scope: Scope, id: MailboxId, holder: Uuid, lease: SignedDuration) -> Result<bool> {
    app.write(scope, move |desk| Box::pin(async move { store::hold(desk, id, holder, desk.now() + lease).await })).await
}

/// Gives a claimed mailbox up, so that another node goes on at once.
///
/// # Errors
/// The store's.
pub async fn let_go(app: &App, scope: Scope, id: MailboxId, holder: Uuid) -> Result<()> {
    app.write(scope, move |desk| Box::pin(async move { store::let_go(desk, id, holder).await })).await
}

/// How far a folder has been read.
///
/// # Errors
/// The store's.
pub async fn cursor(desk: &mut Desk<'_>, id: MailboxId, folder: &str) -> Result<Option<Cursor>> {
    store::cursor(desk, id, folder).await
}

/// Remembers how far a folder has been read; in the same unit of work as the arrivals themselves.
///
/// # Errors
/// The store's.
pub async fn advance(desk: &mut Desk<'_>, id: MailboxId, folder: &str, cursor: Cursor) -> Result<()> {
    store::set_cursor(desk, id, folder, cursor).await
}
