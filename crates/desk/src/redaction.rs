//! Masking on arrival (PV4): card numbers, secrets and a workspace's own patterns never reach text, search or pages; the original is
//! kept sealed for administrators, or dropped.
//!
//! The plain bytes stood in the journal before anybody could look into them: a mail is stored before it is acknowledged. The blob that
//! holds them is named by no row any more once the masked message is committed, and the next sweeps collect it.

use crate::{
    App, Desk, Error, Result, Scope, WorkspaceId,
    conversations::{Incoming, RawMail},
    settings,
};
use base::{
    blobs::BlobHash,
    redact::{Redaction, RedactionRules, Redactor, most_of},
    secret::Owner,
};
use bytes::Bytes;
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

const NAME: &str = "redaction";

/// What is masked, and what becomes of the original.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RedactionSettings {
    /// What is masked.
    pub rules: RedactionRules,
    /// What becomes of the original of a mail in which something was masked.
    pub original: Original,
}

/// What becomes of an original.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Original {
    /// Sealed with the installation's key; administrators may open it.
    #[default]
    Sealed,
    /// Not kept.
    Dropped,
}

/// The settings.
///
/// # Errors
/// The store's.
pub async fn redaction(desk: &mut Desk<'_>) -> Result<RedactionSettings> {
    settings::get(desk, NAME).await
}

/// Changes what is masked from now on.
///
/// # Errors
/// [`Error::Invalid`] when a pattern cannot be used; [`why_not`] says why.
pub async fn set_redaction(desk: &mut Desk<'_>, new: &RedactionSettings) -> Result<()> {
    Redactor::new(&new.rules).map_err(|_| Error::field("patterns", "not_a_pattern"))?;
    settings::set(desk, NAME, new).await
}

/// Why rules cannot be used, in words.
pub fn why_not(rules: &RedactionRules) -> Option<String> {
    Redactor::new(rules).err().map(|error| error.to_string())
}

/// The rules made ready, kept from one mail to the next while they stay the same.
static READY: Mutex<Option<(RedactionRules, Arc<Redactor>)>> = Mutex::new(None);

fn ready(rules: &RedactionRules) -> Result<Arc<Redactor>> {
    let mut kept = READY.lock();
    if let Some((same, redactor)) = kept.as_ref()
        && same == rules
    {
        return Ok(redactor.clone());
    }
    let redactor = Arc::new(Redactor::new(rules).map_err(Error::internal)?);
    *kept = Some((rules.clone(), redactor.clone()));
    Ok(redactor)
}

/// Masks what the rules name in everything that is shown and searched.
fn mask(incoming: &mut Incoming, rules: &RedactionRules) -> Result<Vec<Redaction>> {
    let redactor = ready(rules)?;
    if redactor.is_idle() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let mut masked = |text: &str| {
        let (text, what) = redactor.mask(text);
        found.extend(what);
        text
    };
    incoming.subject = masked(&incoming.subject);
    incoming.header.subject = masked(&incoming.header.subject);
    incoming.body = masked(&incoming.body);
    incoming.full_text = incoming.full_text.as_deref().map(&mut masked);
    for file in &mut incoming.files {
        file.name = masked(&file.name);
    }
    if let Some(invitation) = &mut incoming.header.invitation {
        invitation.summary = invitation.summary.as_deref().map(&mut masked);
        invitation.location = invitation.location.as_deref().map(&mut masked);
    }
    for file in &mut incoming.files {
        if !is_text(&file.content_type, &file.name) {
            continue;
        }
        if file.bytes.len() > MOST_OF_FILE {
            let warning = format!("“{}” is too large to be searched for card numbers and secrets", file.name);
            incoming.header.warnings.push(warning);
            continue;
        }
        if let Some((bytes, what)) = redactor.mask_bytes(&file.bytes) {
            found.extend(what);
            file.bytes = bytes.into();
            file.blob = BlobHash::of(&file.bytes);
        }
    }
    if let Some(html) = &incoming.html {
        let (html, what) = redactor.mask_html(html);
        found.extend(what);
        incoming.html = Some(html);
    }
    let found = most_of(found);
    incoming.header.redactions.clone_from(&found);
    Ok(found)
}

/// Files of text that are larger are not looked into, in bytes.
const MOST_OF_FILE: usize = 2 * 1024 * 1024;

/// Whether a file is text that can be masked without being unpacked.
fn is_text(content_type: &str, name: &str) -> bool {
    let kind = content_type.to_lowercase();
    let by_type = kind.starts_with("text/")
        || kind == "message/rfc822"
        || kind.strip_prefix("application/").is_some_and(|rest| {
            rest.split(['+', '.', '-']).any(|part| ["json", "xml", "csv", "yaml", "sql"].contains(&part))
        });
    let ends = [
        ".txt", ".csv", ".tsv", ".json", ".xml", ".log", ".md", ".html", ".htm", ".yaml", ".yml", ".eml", ".ics",
        ".vcf", ".sql",
    ];
    let name = name.to_lowercase();
    by_type || ends.iter().any(|end| name.ends_with(end))
}

/// Masks what arrived, and stores its original as the settings want it: plain where nothing was masked.
pub(crate) async fn on_arrival(
    app: &App,
    scope: Scope,
    incoming: &mut Incoming,
    raw: &Bytes,
    blob: BlobHash,
) -> Result<RawMail> {
    let settings = app.read(scope, |desk| Box::pin(async move { redaction(desk).await })).await?;
    let before: Vec<BlobHash> = incoming.files.iter().map(|file| file.blob).collect();
    if mask(incoming, &settings.rules)?.is_empty() {
        return Ok(RawMail { blob: Some(blob), sealed: false });
    }
    for (file, before) in incoming.files.iter().zip(before) {
        if file.blob != before {
            let stored = app.blobs().put(file.bytes.clone()).await;
            stored.map_err(|error| Error::Unavailable(error.to_string()))?;
        }
    }
    match settings.original {
        Original::Dropped => Ok(RawMail { blob: None, sealed: false }),
        Original::Sealed => {
            let sealed = Bytes::from(app.key().seal(raw, owner(scope.workspace)));
            let stored = app.blobs().put(sealed).await.map_err(|error| Error::Unavailable(error.to_string()))?;
            Ok(RawMail { blob: Some(stored), sealed: true })
        }
    }
}

fn owner(workspace: WorkspaceId) -> Owner<'static> {
    Owner { purpose: "original of a masked mail", workspace: workspace.0, row: Uuid::nil() }
}

/// Opens a sealed original.
///
/// # Errors
/// [`Error::Internal`] when it was sealed with another key.
pub fn unsealed(app: &App, scope: Scope, sealed: &[u8]) -> Result<Bytes> {
    let opened = app.key().open(sealed, owner(scope.workspace)).map_err(Error::internal)?;
    Ok(Bytes::from(opened.reveal().clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_text_are_told_by_type_or_name_and_packed_ones_are_left_alone() {
        for (kind, name) in [
            ("text/plain", "a"),
            ("application/json", "a"),
            ("application/ld+json", "a"),
            ("application/octet-stream", "Orders.CSV"),
            ("message/rfc822", "attachment-1.eml"),
        ] {
            assert!(is_text(kind, name), "{kind} {name}");
        }
        for (kind, name) in [
            ("application/pdf", "a.pdf"),
            ("image/png", "text.png"),
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "a.xlsx"),
            ("application/zip", "a.zip"),
        ] {
            assert!(!is_text(kind, name), "{kind} {name}");
        }
    }
}
