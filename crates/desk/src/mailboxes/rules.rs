//! What a mailbox's settings may be.

use super::{
    Mailbox, MailboxId,
    folders::{self, AfterFetch},
    provider::{self, OauthSettings},
    senders,
};
use crate::{Error, FieldError, Result, people::is_address};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// How a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// TLS from the first byte (RFC 8314).
    #[default]
    Tls,
    /// TLS after STARTTLS; the connection fails when the server doesn't offer it.
    StartTls,
    /// Not at all: for servers on this machine.
    None,
}

impl std::str::FromStr for Security {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "tls" => Ok(Self::Tls),
            "start_tls" => Ok(Self::StartTls),
            "none" => Ok(Self::None),
            _ => Err(()),
        }
    }
}

/// Where mail is fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImapSettings {
    /// Server name.
    pub host: String,
    /// Port, usually 993.
    pub port: u16,
    /// Protection.
    pub security: Security,
    /// Sign-in name.
    pub username: String,
    /// Folder, usually INBOX.
    pub folder: String,
    /// Whether mail that was there before the mailbox was connected is taken in, too.
    pub import_existing: bool,
    /// How often to look when the server can't tell of new mail itself (IDLE).
    pub poll_seconds: u32,
    /// What is done with a mail in the folder once it is stored here.
    #[serde(default)]
    pub after_fetch: AfterFetch,
    /// Since when that is so: what was taken before stays where it is.
    #[serde(default)]
    pub after_fetch_since: Option<Timestamp>,
    /// The folder in which other programs keep what they send from this mailbox. None: it is not read; empty: the one that the
    /// server marks as that.
    #[serde(default)]
    pub sent: Option<String>,
}

/// Where answers are handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmtpSettings {
    /// Server name.
    pub host: String,
    /// Port, usually 465 or 587.
    pub port: u16,
    /// Protection.
    pub security: Security,
    /// Sign-in name; none where the server asks for none.
    pub username: Option<String>,
}

/// How mail comes and goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct MailboxSettings {
    /// None: mail comes through the built-in listener only.
    #[serde(default)]
    pub imap: Option<ImapSettings>,
    /// None: answers can't leave.
    #[serde(default)]
    pub smtp: Option<SmtpSettings>,
    /// Certificate authority (PEM) to trust for these servers, besides the system's.
    #[serde(default)]
    pub ca_pem: Option<String>,
    /// What a new conversation is answered with automatically; `{number}`, `{subject}` and `{wait}` are filled in.
    #[serde(default)]
    pub auto_reply: Option<String>,
    /// The same in other languages, by their code (ISO 639-1).
    #[serde(default)]
    pub auto_replies: BTreeMap<String, String>,
    /// Answers are asked for at a signed address of the mailbox (`name+r-…@`), for servers that deliver such addresses.
    #[serde(default)]
    pub reply_tokens: bool,
    /// The most messages that leave from it in an hour; none for as many as there are.
    #[serde(default)]
    pub per_hour: Option<u32>,
    /// The name under which the receiving server writes what it found out about a mail's origin (`authserv-id`, RFC 8601).
    /// None: it is taken from what is known of the server.
    #[serde(default)]
    pub authserv_id: Option<String>,
    /// How the mailbox is opened when not by password.
    #[serde(default)]
    pub oauth: Option<OauthSettings>,
    /// Further addresses, in lower case: mail to them is taken, mail from them is ours, and answers may leave from them.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// Passwords; never in a log.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct MailboxSecrets {
    /// For fetching.
    #[serde(default)]
    pub imap_password: Option<String>,
    /// For sending.
    #[serde(default)]
    pub smtp_password: Option<String>,
    /// Rapport's password at the provider.
    #[serde(default)]
    pub oauth_client_secret: Option<String>,
    /// A good access token, where one was asked for: see [`oauth::with_access`](super::oauth::with_access).
    #[serde(skip)]
    pub access_token: Option<String>,
}

impl MailboxSecrets {
    pub(super) fn is_empty(&self) -> bool {
        self.imap_password.is_none() && self.smtp_password.is_none() && self.oauth_client_secret.is_none()
    }
}

impl std::fmt::Debug for MailboxSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MailboxSecrets(…)")
    }
}

/// How a mailbox is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Health {
    /// In a word.
    pub state: HealthState,
    /// Why, in plain words, when it is not well.
    #[serde(default)]
    pub problem: Option<String>,
    /// When it was last connected.
    #[serde(default)]
    pub connected_at: Option<Timestamp>,
    /// When it was last tried.
    #[serde(default)]
    pub tried_at: Option<Timestamp>,
}

/// In a word, how a mailbox is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum HealthState {
    /// Not tried yet.
    #[default]
    Unknown,
    /// Connected.
    Well,
    /// The last attempt failed.
    Failing,
}

/// A mailbox as a form or command gives it. Empty strings are absent values.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct MailboxForm {
    /// Name as customers see it.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Further addresses, one a line.
    pub aliases: String,
    /// IMAP server; empty for none.
    pub imap_host: String,
    /// IMAP port; empty for the usual one.
    pub imap_port: String,
    /// `tls`, `start_tls` or `none`.
    pub imap_security: String,
    /// IMAP sign-in name; empty for the address.
    pub imap_username: String,
    /// IMAP password; empty leaves it.
    pub imap_password: String,
    /// Folder; empty for INBOX.
    pub imap_folder: String,
    /// `on` to take in existing mail.
    pub import_existing: String,
    /// `keep`, `move` or `delete`; empty for `keep`.
    pub after_fetch: String,
    /// Where to move mail.
    pub move_to: String,
    /// `on` to take in what other programs send from this mailbox.
    pub follow_sent: String,
    /// Where they keep it; empty to find out.
    pub sent_folder: String,
    /// SMTP server; empty for none.
    pub smtp_host: String,
    /// SMTP port; empty for the usual one.
    pub smtp_port: String,
    /// `tls`, `start_tls` or `none`.
    pub smtp_security: String,
    /// SMTP sign-in name; empty for none.
    pub smtp_username: String,
    /// SMTP password; empty leaves it.
    pub smtp_password: String,
    /// Certificate authority (PEM); empty for the system's only.
    pub ca_pem: String,
    /// Text of the automatic answer; empty for none.
    pub auto_reply: String,
    /// The same in other languages, by their code; empty for none.
    pub auto_replies: BTreeMap<String, String>,
    /// `on` for signed reply addresses.
    pub reply_tokens: String,
    /// The most messages in an hour; empty for no limit.
    pub per_hour: String,
    /// Name under which the receiving server writes its verdicts; empty for what is known of it.
    pub authserv_id: String,
    /// `google`, `microsoft` or `custom`; empty or `password` for a mailbox that is opened by password.
    pub oauth_provider: String,
    /// Rapport's name at the provider.
    pub oauth_client_id: String,
    /// Rapport's password there; empty leaves it.
    pub oauth_client_secret: String,
    /// Of a provider of one's own: where people say yes.
    pub oauth_authorize_url: String,
    /// Where tokens are given.
    pub oauth_token_url: String,
    /// What is asked for.
    pub oauth_scope: String,
}

impl MailboxSettings {
    /// Notes since when mail is moved or deleted on its server; `before` are the settings that held until `now`.
    pub(super) fn changed(&mut self, before: Option<&MailboxSettings>, now: Timestamp) {
        let Some(imap) = &mut self.imap else { return };
        let same = before.and_then(|before| before.imap.as_ref()).filter(|same| same.after_fetch == imap.after_fetch);
        imap.after_fetch_since = same.map_or(Some(now), |same| same.after_fetch_since);
    }
}

impl MailboxForm {
    /// Reads the form; what it doesn't say of passwords is taken from `before`.
    pub(super) fn check(self, before: Option<Mailbox>) -> Result<Mailbox> {
        let mut problems = Vec::new();
        let mut problem = |field, problem| problems.push(FieldError { field, problem });
        let name = self.name.trim().to_owned();
        if name.is_empty() {
            problem("name", "required");
        } else if name.chars().any(char::is_control) || name.chars().count() > 120 {
            problem("name", "not_allowed");
        }
        let address = self.address.trim().to_lowercase();
        if address.is_empty() {
            problem("address", "required");
        } else if !is_address(&address) {
            problem("address", "not_an_address");
        }
        let aliases = senders::aliases(&self.aliases, &address).unwrap_or_else(|wrong| {
            problem("aliases", wrong);
            Vec::new()
        });
        let mut server = |host: &str, port: &str, security: &str, usual: [u16; 3], fields: [&'static str; 3]| {
            let host = host.trim().to_owned();
            if host.is_empty() {
                return None;
            }
            if host.chars().any(|c| c.is_whitespace() || c.is_control() || "/@".contains(c)) {
                problem(fields[0], "not_a_host");
            }
            let security = match security.trim() {
                "" => Security::Tls,
                text => text.parse().unwrap_or_else(|()| {
                    problem(fields[2], "not_allowed");
                    Security::Tls
                }),
            };
            let port = match port.trim() {
                "" => usual[security as usize],
                text => text.parse().ok().filter(|port| *port != 0).unwrap_or_else(|| {
                    problem(fields[1], "not_a_port");
                    0
                }),
            };
            Some((host, port, security))
        };
        let imap_fields = ["imap_host", "imap_port", "imap_security"];
        let imap = server(&self.imap_host, &self.imap_port, &self.imap_security, [993, 143, 143], imap_fields);
        let smtp_fields = ["smtp_host", "smtp_port", "smtp_security"];
        let smtp = server(&self.smtp_host, &self.smtp_port, &self.smtp_security, [465, 587, 25], smtp_fields);
        let given_sign_in = provider::Given {
            provider: &self.oauth_provider,
            client_id: &self.oauth_client_id,
            authorize_url: &self.oauth_authorize_url,
            token_url: &self.oauth_token_url,
            scope: &self.oauth_scope,
        };
        let oauth = provider::check(&given_sign_in, &mut problem);
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let folder = given(&self.imap_folder).unwrap_or_else(|| "INBOX".into());
        let after_fetch = folders::after_fetch(&self.after_fetch, &self.move_to, &folder);
        let after_fetch = after_fetch.unwrap_or_else(|(field, wrong)| {
            problem(field, wrong);
            AfterFetch::Keep
        });
        let sent = folders::sent(&self.follow_sent, &self.sent_folder, &folder).unwrap_or_else(|(field, wrong)| {
            problem(field, wrong);
            None
        });
        let imap = imap.map(|(host, port, security)| ImapSettings {
            host,
            port,
            security,
            username: given(&self.imap_username).unwrap_or_else(|| address.clone()),
            folder,
            after_fetch,
            after_fetch_since: None,
            sent,
            import_existing: matches!(self.import_existing.as_str(), "on" | "true" | "1"),
            poll_seconds: 30,
        });
        let smtp = smtp.map(|(host, port, security)| SmtpSettings {
            host,
            port,
            security,
            username: given(&self.smtp_username).or_else(|| oauth.is_some().then(|| address.clone())),
        });
        let kept = before.as_ref().map(|mailbox| mailbox.secrets.clone()).unwrap_or_default();
        let secret = |typed: String, kept: Option<String>| if typed.is_empty() { kept } else { Some(typed) };
        let secrets = MailboxSecrets {
            imap_password: imap.as_ref().and_then(|_| secret(self.imap_password, kept.imap_password)),
            smtp_password: smtp.as_ref().and_then(|_| secret(self.smtp_password, kept.smtp_password)),
            oauth_client_secret: oauth
                .as_ref()
                .and_then(|_| secret(self.oauth_client_secret, kept.oauth_client_secret)),
            access_token: None,
        };
        if imap.is_some() && oauth.is_none() && secrets.imap_password.is_none() {
            problem("imap_password", "required");
        }
        let by_password = smtp.as_ref().is_some_and(|smtp| smtp.username.is_some()) && oauth.is_none();
        if by_password && secrets.smtp_password.is_none() {
            problem("smtp_password", "required");
        }
        let ca_pem = given(&self.ca_pem);
        if ca_pem.as_ref().is_some_and(|pem| !pem.contains("-----BEGIN CERTIFICATE-----")) {
            problem("ca_pem", "not_a_certificate");
        }
        let auto_reply = given(&self.auto_reply);
        if auto_reply.as_ref().is_some_and(|text| text.len() > 20_000) {
            problem("auto_reply", "too_long");
        }
        let auto_replies: BTreeMap<String, String> =
            self.auto_replies.iter().filter_map(|(language, text)| Some((language.clone(), given(text)?))).collect();
        if auto_replies.values().any(|text| text.len() > 20_000) {
            problem("auto_reply", "too_long");
        }
        let per_hour = given(&self.per_hour).map(|text| text.parse::<u32>().ok().filter(|limit| *limit > 0));
        if per_hour == Some(None) {
            problem("per_hour", "not_a_count");
        }
        let authserv_id = given(&self.authserv_id).map(|name| name.to_lowercase());
        if authserv_id.as_ref().is_some_and(|name| name.chars().any(|c| c.is_whitespace() || c == ';' || c == '=')) {
            problem("authserv_id", "not_a_host");
        }
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        Ok(Mailbox {
            id: before.as_ref().map_or(MailboxId(Uuid::nil()), |mailbox| mailbox.id),
            name,
            address,
            active: before.as_ref().is_none_or(|mailbox| mailbox.active),
            settings: MailboxSettings {
                imap,
                smtp,
                ca_pem,
                authserv_id,
                oauth,
                aliases,
                auto_reply,
                auto_replies,
                reply_tokens: matches!(self.reply_tokens.as_str(), "on" | "true" | "1"),
                per_hour: per_hour.flatten(),
            },
            secrets,
            health: before.map(|mailbox| mailbox.health).unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> MailboxForm {
        MailboxForm {
            name: "Support".into(),
            address: "Support@Shop.Example".into(),
            imap_host: "imap.shop.example".into(),
            imap_password: "one".into(),
            smtp_host: "smtp.shop.example".into(),
            smtp_security: "start_tls".into(),
            smtp_username: "support".into(),
            smtp_password: "two".into(),
            ..MailboxForm::default()
        }
    }

    #[test]
    fn ports_sign_in_name_and_folder_have_the_usual_values_when_left_empty() {
        let mailbox = form().check(None).expect("a good form");
        let (imap, smtp) = (mailbox.settings.imap.expect("imap"), mailbox.settings.smtp.expect("smtp"));
        assert_eq!((imap.port, smtp.port), (993, 587));
        assert_eq!((imap.username.as_str(), imap.folder.as_str()), ("support@shop.example", "INBOX"));
    }

    #[test]
    fn a_password_left_empty_stays_as_it_was() {
        let before = form().check(None).expect("a good form");
        let change = MailboxForm { imap_password: String::new(), ..form() };
        let after = change.check(Some(before)).expect("a good change");
        assert_eq!(after.secrets.imap_password.as_deref(), Some("one"));
    }

    #[test]
    fn mail_that_was_taken_before_it_was_to_be_deleted_stays() {
        let moment = |second| Timestamp::from_second(second).expect("a moment");
        let mut first = form().check(None).expect("a good form").settings;
        first.changed(None, moment(1));
        let deleting = MailboxForm { after_fetch: "delete".into(), ..form() };
        let mut second = deleting.clone().check(None).expect("a good form").settings;
        second.changed(Some(&first), moment(2));
        let mut third = MailboxForm { name: "Another".into(), ..deleting }.check(None).expect("a good form").settings;
        third.changed(Some(&second), moment(3));
        assert_eq!(third.imap.expect("imap").after_fetch_since, Some(moment(2)));
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let wrong = MailboxForm {
            name: " ".into(),
            address: "nobody".into(),
            imap_port: "99999".into(),
            ca_pem: "x".into(),
            ..form()
        };
        let Err(Error::Invalid(problems)) = wrong.check(None) else { panic!("a wrong form was taken") };
        let fields: Vec<_> = problems.iter().map(|p| p.field).collect();
        assert_eq!(fields, ["name", "address", "imap_port", "ca_pem"]);
    }

    #[test]
    fn passwords_never_show_in_debug_output() {
        let mailbox = form().check(None).expect("a good form");
        assert!(!format!("{mailbox:?}").contains("\"one\""));
    }
}
