//! Connecting and changing mailboxes. Passwords come in and are never given out.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::Error;
use desk::conversations::waits;
use desk::finding::Subject;
use desk::mailboxes::{self, AfterFetch, HealthState, Mailbox, MailboxForm, MailboxId, ProviderKind, Security};
use http::StatusCode;
use serde::Deserialize;
use words::{Language, Words};

use super::pages::{self, Health, MailboxShown};
use crate::components::field::Filled;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::visit::{Visit, back_to};

const HERE: &str = "/settings/mailboxes";

/// `GET /settings/mailboxes`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let mailboxes = visit.read(|desk| Box::pin(async move { mailboxes::list(desk).await })).await?;
    let shown: Vec<MailboxShown> = mailboxes.iter().map(|mailbox| shown(visit.reader.words, mailbox)).collect();
    Ok(pages::list(&screen, &shown).into_response())
}

/// What is known of a mailbox to be connected.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Begun {
    #[serde(default)]
    address: String,
}

/// `GET /settings/mailboxes/new`: with the servers of the provider, where the address tells it.
pub(crate) async fn new(visit: Visit, Query(begun): Query<Begun>) -> Result<Response, Refusal> {
    let mut filled = Filled::default().with("imap_security", "tls").with("smtp_security", "tls");
    if !begun.address.is_empty() {
        filled = filled.with("address", &begun.address);
    }
    if let Some(preset) = mailboxes::preset_for(&begun.address) {
        let security = if preset.smtp_port == 587 { "start_tls" } else { "tls" };
        filled = Filled::default()
            .with("address", &begun.address)
            .with("imap_host", preset.imap_host)
            .with("imap_port", "993")
            .with("imap_security", "tls")
            .with("imap_username", &begun.address)
            .with("smtp_host", preset.smtp_host)
            .with("smtp_port", preset.smtp_port.to_string())
            .with("smtp_security", security)
            .with("smtp_username", &begun.address);
    }
    Ok(pages::form(&visit.screen().await?, None, &filled).into_response())
}

/// `POST /settings/mailboxes`
pub(crate) async fn create(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    match mailboxes::create(visit.web.app(), visit.scope(), form(&fields)).await {
        Ok(id) => Ok(back_to(&format!("{HERE}/{id}"), "connected")),
        Err(Error::Invalid(problems)) => {
            let page = pages::form(&visit.screen().await?, None, &fields.refused(visit.reader.words, &problems));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /settings/mailboxes/{id}`
pub(crate) async fn show(visit: Visit, Path(id): Path<MailboxId>) -> Result<Response, Refusal> {
    let mailbox = find(&visit, id).await?;
    let words = visit.reader.words;
    let estimate = visit.read(move |desk| Box::pin(async move { waits::estimate(desk, id).await })).await?;
    let now = match estimate {
        Some(estimate) => words.mailboxes_wait_now(words.moment(&estimate.until)),
        None => words.mailboxes_wait_unknown().to_owned(),
    };
    let filled = filled(&mailbox).with(pages::WAIT_NOW, now);
    Ok(pages::form(&visit.screen().await?, Some(&shown(words, &mailbox)), &filled).into_response())
}

/// `POST /settings/mailboxes/{id}`
pub(crate) async fn save(visit: Visit, Path(id): Path<MailboxId>, fields: Fields) -> Result<Response, Refusal> {
    match mailboxes::update(visit.web.app(), visit.scope(), id, form(&fields)).await {
        Ok(()) => Ok(back_to(&format!("{HERE}/{id}"), "saved")),
        Err(Error::Invalid(problems)) => {
            let mailbox = find(&visit, id).await?;
            let page = pages::form(
                &visit.screen().await?,
                Some(&shown(visit.reader.words, &mailbox)),
                &fields.refused(visit.reader.words, &problems),
            );
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /settings/mailboxes/{id}/activation`: `active` is `yes` or `no`.
pub(crate) async fn set_active(visit: Visit, Path(id): Path<MailboxId>, fields: Fields) -> Result<Response, Refusal> {
    let active = fields.get("active") == "yes";
    mailboxes::set_active(visit.web.app(), visit.scope(), id, active).await?;
    Ok(back_to(&format!("{HERE}/{id}"), if active { "connecting" } else { "paused" }))
}

/// `POST /settings/mailboxes/{id}/test`: connects as fetching and sending do, and shows each step.
pub(crate) async fn test(visit: Visit, Path(id): Path<MailboxId>) -> Result<Response, Refusal> {
    let app = visit.web.app();
    let opened = mailboxes::opened(app, visit.scope(), id).await?;
    let channel = app.channel("email").ok_or(Error::Unavailable("there is no e-mail here".into()))?;
    let subject = Subject::Mailbox(Box::new(opened));
    let findings = channel.diagnose(app, visit.viewer.workspace, &subject).await;
    let mailbox = find(&visit, id).await?;
    let shown = MailboxShown { findings, ..shown(visit.reader.words, &mailbox) };
    Ok(pages::form(&visit.screen().await?, Some(&shown), &filled(&mailbox)).into_response())
}

pub(super) async fn find(visit: &Visit, id: MailboxId) -> Result<Mailbox, Refusal> {
    visit.read(move |desk| Box::pin(async move { mailboxes::find(desk, id).await })).await
}

fn form(fields: &Fields) -> MailboxForm {
    let text = |name: &str| fields.text(name);
    MailboxForm {
        name: text("name"),
        address: text("address"),
        aliases: text("aliases"),
        imap_host: text("imap_host"),
        imap_port: text("imap_port"),
        imap_security: text("imap_security"),
        imap_username: text("imap_username"),
        imap_password: text("imap_password"),
        imap_folder: text("imap_folder"),
        import_existing: text("import_existing"),
        after_fetch: text("after_fetch"),
        move_to: text("move_to"),
        follow_sent: text("follow_sent"),
        sent_folder: text("sent_folder"),
        smtp_host: text("smtp_host"),
        smtp_port: text("smtp_port"),
        smtp_security: text("smtp_security"),
        smtp_username: text("smtp_username"),
        smtp_password: text("smtp_password"),
        ca_pem: text("ca_pem"),
        auto_reply: text("auto_reply"),
        auto_replies: Language::ALL
            .iter()
            .map(|language| (language.tag().to_owned(), text(&pages::auto_reply_in(*language))))
            .collect(),
        reply_tokens: text("reply_tokens"),
        per_hour: text("per_hour"),
        authserv_id: text("authserv_id"),
        oauth_provider: text("oauth_provider"),
        oauth_client_id: text("oauth_client_id"),
        oauth_client_secret: text("oauth_client_secret"),
        oauth_authorize_url: text("oauth_authorize_url"),
        oauth_token_url: text("oauth_token_url"),
        oauth_scope: text("oauth_scope"),
    }
}

pub(super) fn filled(mailbox: &Mailbox) -> Filled {
    let mut filled = Filled::default().with("name", &mailbox.name).with("address", &mailbox.address);
    if let Some(imap) = &mailbox.settings.imap {
        filled = filled
            .with("imap_host", &imap.host)
            .with("imap_port", imap.port.to_string())
            .with("imap_security", security_value(imap.security))
            .with("imap_username", &imap.username)
            .with("imap_folder", &imap.folder)
            .with("import_existing", if imap.import_existing { "on" } else { "" })
            .with("after_fetch", imap.after_fetch.word())
            .with("move_to", if let AfterFetch::Move(folder) = &imap.after_fetch { folder } else { "" })
            .with("follow_sent", if imap.sent.is_some() { "on" } else { "" })
            .with("sent_folder", imap.sent.clone().unwrap_or_default());
    }
    if let Some(smtp) = &mailbox.settings.smtp {
        filled = filled
            .with("smtp_host", &smtp.host)
            .with("smtp_port", smtp.port.to_string())
            .with("smtp_security", security_value(smtp.security))
            .with("smtp_username", smtp.username.clone().unwrap_or_default());
    }
    let settings = &mailbox.settings;
    filled = filled
        .with("aliases", settings.aliases.join("\n"))
        .with("auto_reply", settings.auto_reply.clone().unwrap_or_default())
        .with("reply_tokens", if settings.reply_tokens { "on" } else { "" })
        .with("per_hour", settings.per_hour.map(|limit| limit.to_string()).unwrap_or_default());
    for language in Language::ALL {
        if let Some(text) = settings.auto_replies.get(language.tag()) {
            filled = filled.with(&pages::auto_reply_in(*language), text);
        }
    }
    if let Some(oauth) = &mailbox.settings.oauth {
        filled = filled.with("oauth_provider", oauth.provider.word()).with("oauth_client_id", &oauth.client_id);
        if let ProviderKind::Custom { authorize_url, token_url, scope } = &oauth.provider {
            filled = filled
                .with("oauth_authorize_url", authorize_url)
                .with("oauth_token_url", token_url)
                .with("oauth_scope", scope);
        }
    }
    filled
        .with("ca_pem", mailbox.settings.ca_pem.clone().unwrap_or_default())
        .with("authserv_id", mailbox.settings.authserv_id.clone().unwrap_or_default())
}

fn security_value(security: Security) -> &'static str {
    match security {
        Security::Tls => "tls",
        Security::StartTls => "start_tls",
        Security::None => "none",
    }
}

pub(super) fn shown(say: Words, mailbox: &Mailbox) -> MailboxShown {
    let health = match (mailbox.active, mailbox.health.state) {
        (false, _) => Health::Off,
        (true, HealthState::Unknown) => Health::Unknown,
        (true, HealthState::Well) => Health::Good,
        (true, HealthState::Failing) => {
            Health::Bad(mailbox.health.problem.clone().unwrap_or_else(|| say.mailboxes_last_failed().to_owned()))
        }
    };
    MailboxShown {
        id: mailbox.id.to_string(),
        address: mailbox.address.clone(),
        name: mailbox.name.clone(),
        fetches: mailbox.settings.imap.is_some(),
        sends: mailbox.settings.smtp.is_some(),
        health,
        connected_at: mailbox.health.connected_at,
        findings: Vec::new(),
        provider: mailbox.settings.oauth.as_ref().map(|oauth| oauth.provider.name()),
    }
}
