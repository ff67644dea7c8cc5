//! Mailboxes that are opened by a sign-in at their provider rather than by a password: which provider, and where it is.

use base::{
    oauth::{Provider, is_protected},
    secret::Secret,
};
use serde::{Deserialize, Serialize};

/// Where a mailbox's owner signs in, and as whom Rapport is known there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OauthSettings {
    /// Which provider.
    pub provider: ProviderKind,
    /// Rapport's name at the provider, given when it was registered there.
    pub client_id: String,
}

/// A provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderKind {
    /// Gmail and Google Workspace.
    Google,
    /// Microsoft 365 and Outlook.com.
    Microsoft,
    /// Any other.
    Custom {
        /// Where people say yes.
        authorize_url: String,
        /// Where tokens are given.
        token_url: String,
        /// What is asked for, apart by spaces.
        scope: String,
    },
}

impl ProviderKind {
    /// Its name for people.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Google => "Google",
            Self::Microsoft => "Microsoft",
            Self::Custom { .. } => "the provider",
        }
    }

    /// Its word in forms.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Microsoft => "microsoft",
            Self::Custom { .. } => "custom",
        }
    }
}

impl OauthSettings {
    /// The provider as it is asked.
    pub(super) fn provider(&self, client_secret: Option<&str>) -> Provider {
        let (authorize_url, token_url, scope) = match &self.provider {
            ProviderKind::Google => (
                "https://accounts.google.com/o/oauth2/v2/auth",
                "https://oauth2.googleapis.com/token",
                "https://mail.google.com/",
            ),
            ProviderKind::Microsoft => (
                "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
                "https://login.microsoftonline.com/common/oauth2/v2.0/token",
                "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access",
            ),
            ProviderKind::Custom { authorize_url, token_url, scope } => {
                (authorize_url.as_str(), token_url.as_str(), scope.as_str())
            }
        };
        Provider {
            authorize_url: authorize_url.to_owned(),
            token_url: token_url.to_owned(),
            client_id: self.client_id.clone(),
            client_secret: client_secret.map(|secret| Secret::new(secret.to_owned())),
            scope: scope.to_owned(),
        }
    }
}

/// What a form says of the sign-in.
pub(super) struct Given<'a> {
    pub(super) provider: &'a str,
    pub(super) client_id: &'a str,
    pub(super) authorize_url: &'a str,
    pub(super) token_url: &'a str,
    pub(super) scope: &'a str,
}

/// Reads it; tells `problem` each field that can't be taken. None: the mailbox is opened by password.
pub(super) fn check(given: &Given<'_>, mut problem: impl FnMut(&'static str, &'static str)) -> Option<OauthSettings> {
    let provider = match given.provider.trim() {
        "" | "password" => return None,
        "google" => ProviderKind::Google,
        "microsoft" => ProviderKind::Microsoft,
        "custom" => {
            for (field, address) in [("oauth_authorize_url", given.authorize_url), ("oauth_token_url", given.token_url)]
            {
                if !is_protected(address.trim()) {
                    problem(field, "not_an_https_address");
                }
            }
            ProviderKind::Custom {
                authorize_url: given.authorize_url.trim().to_owned(),
                token_url: given.token_url.trim().to_owned(),
                scope: given.scope.trim().to_owned(),
            }
        }
        _ => {
            problem("oauth_provider", "not_allowed");
            return None;
        }
    };
    let client_id = given.client_id.trim().to_owned();
    if client_id.is_empty() {
        problem("oauth_client_id", "required");
    }
    Some(OauthSettings { provider, client_id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_of_ones_own_needs_addresses_that_are_protected() {
        let given = Given {
            provider: "custom",
            client_id: "",
            authorize_url: "http://login.example/",
            token_url: "https://login.example/token",
            scope: "mail",
        };
        let mut wrong = Vec::new();
        check(&given, |field, _| wrong.push(field));
        assert_eq!(wrong, ["oauth_authorize_url", "oauth_client_id"]);
    }

    #[test]
    fn without_a_provider_the_mailbox_is_opened_by_password() {
        let given = Given { provider: "", client_id: "x", authorize_url: "", token_url: "", scope: "" };
        assert_eq!(check(&given, |_, _| panic!("nothing is wrong")), None);
    }
}
