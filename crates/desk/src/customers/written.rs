//! Identities as people write them, and as they are kept: decisions only. A phone number is kept as E.164 has it, an account as its network
//! and its name there.

use super::IdentityKind;
use crate::people;
use phonenumber::Mode;

/// Where somebody can have an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Its word in forms and in the store.
    pub word: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Under which domains the pages of its accounts are.
    domains: &'static [&'static str],
    /// Accounts belong to one of many servers, and are called `name@server`.
    has_servers: bool,
}

const fn network(word: &'static str, name: &'static str, domains: &'static [&'static str]) -> Network {
    Network { word, name, domains, has_servers: false }
}

/// All networks that an account can be of.
pub const NETWORKS: &[Network] = &[
    network("facebook", "Facebook", &["facebook.com", "fb.com"]),
    network("instagram", "Instagram", &["instagram.com"]),
    network("x", "X", &["x.com", "twitter.com"]),
    network("linkedin", "LinkedIn", &["linkedin.com"]),
    network("tiktok", "TikTok", &["tiktok.com"]),
    network("youtube", "YouTube", &["youtube.com"]),
    network("telegram", "Telegram", &["t.me", "telegram.me"]),
    network("bluesky", "Bluesky", &["bsky.app"]),
    Network { word: "mastodon", name: "Mastodon", domains: &[], has_servers: true },
    Network { word: "matrix", name: "Matrix", domains: &["matrix.to"], has_servers: true },
];

/// What somebody writes into the field for one more identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// An account of that network.
    Account(Network),
}

impl Written {
    /// All that can be chosen, in the order in which it is offered.
    pub fn all() -> impl Iterator<Item = Written> {
        [Written::Email, Written::Phone].into_iter().chain(NETWORKS.iter().copied().map(Written::Account))
    }

    /// Its word in forms.
    pub fn word(self) -> &'static str {
        match self {
            Written::Email => "email",
            Written::Phone => "phone",
            Written::Account(network) => network.word,
        }
    }

    /// By its word; an e-mail address where there is none.
    pub fn of_word(word: &str) -> Option<Written> {
        if word.is_empty() { Some(Written::Email) } else { Written::all().find(|one| one.word() == word) }
    }

    /// As it is kept.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn kept(self, text: &str) -> Result<(IdentityKind, String), &'static str> {
        match self {
            Written::Email => {
                let address = people::normalize_email(text);
                let is_one = people::is_address(&address);
                is_one.then_some((IdentityKind::Email, address)).ok_or("not_an_address")
            }
            Written::Phone => Ok((IdentityKind::Phone, international(text)?)),
            Written::Account(network) => {
                Ok((IdentityKind::Account, format!("{}:{}", network.word, handle(network, text)?)))
            }
        }
    }
}

/// An account that is kept, as its network and its name there.
pub fn account(value: &str) -> Option<(Network, &str)> {
    let (word, handle) = value.split_once(':')?;
    NETWORKS.iter().find(|network| network.word == word).map(|network| (*network, handle))
}

/// A phone number as it is read most easily: +49 30 123456.
pub fn phone_shown(kept: &str) -> String {
    phonenumber::parse(None, kept)
        .map_or_else(|_| kept.to_owned(), |number| number.format().mode(Mode::International).to_string())
}

/// A phone number in the form of E.164, when it can be one.
pub fn e164(text: &str) -> Option<String> {
    international(text).ok()
}

fn international(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let text = text.strip_prefix("00").map_or_else(|| text.to_owned(), |rest| format!("+{rest}"));
    if text.chars().count() > 40 {
        return Err("not_a_phone_number");
    }
    if !text.starts_with(['+', '\u{ff0b}']) {
        // Of which country it is, nothing says.
        let is_number = text.chars().any(|c| c.is_numeric());
        return Err(if is_number { "phone_without_country" } else { "not_a_phone_number" });
    }
    let number = phonenumber::parse(None, &text).map_err(|_| "not_a_phone_number")?;
    // An extension reaches a person, but no message comes from it.
    if !phonenumber::is_viable(&text) || !phonenumber::is_valid(&number) {
        return Err("not_a_phone_number");
    }
    Ok(number.format().mode(Mode::E164).to_string())
}

/// The name of an account: without its @, or as the last part of the address of its page; in lower case.
fn handle(network: Network, text: &str) -> Result<String, &'static str> {
    let mut text = text.trim();
    let address = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let of_page = address.or(Some(text)).and_then(|address| {
        let (host, path) = address.split_once('/')?;
        let host = host.trim_start_matches("www.").to_lowercase();
        network.domains.iter().any(|domain| host == *domain || host.ends_with(&format!(".{domain}"))).then_some(path)
    });
    match (of_page, address) {
        (Some(path), _) => {
            let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
            text = path.rsplit('/').next().unwrap_or_default();
        }
        (None, Some(_)) => return Err("not_of_network"),
        (None, None) => {}
    }
    let name = text.trim_start_matches('@').to_lowercase();
    let is_name = |part: &str| {
        (1..=100).contains(&part.chars().count()) && part.chars().all(|c| c.is_alphanumeric() || "._-=/+".contains(c))
    };
    if !network.has_servers {
        return if is_name(&name) { Ok(name) } else { Err("not_an_account") };
    }
    // Matrix writes @name:server.
    match name.split_once(['@', ':']) {
        Some((local, server)) if is_name(local) && is_name(server) && server.contains('.') => {
            Ok(format!("{local}@{server}"))
        }
        _ => Err("account_without_server"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kept(word: &str, text: &str) -> Result<String, &'static str> {
        Written::of_word(word).unwrap().kept(text).map(|(_, value)| value)
    }

    #[test]
    fn a_phone_number_is_kept_in_one_form_however_it_is_written() {
        for text in ["+49 30 901820", "0049 (30) 90 18-20", "+49/30/901820", "\u{ff0b}49 30 901820"] {
            assert_eq!(kept("phone", text), Ok("+4930901820".into()), "{text}");
        }
        assert_eq!(kept("phone", "+1 650-253-0000"), Ok("+16502530000".into()));
        assert_eq!(phone_shown("+16502530000"), "+1 650-253-0000");
    }

    #[test]
    fn a_number_without_its_country_or_that_cannot_be_one_is_refused() {
        assert_eq!(kept("phone", "030 901820"), Err("phone_without_country"));
        for text in ["", "ring me", "+49 30", "+999 123456789", "+49 30 901820 901820 901820", "+"] {
            assert_eq!(kept("phone", text), Err("not_a_phone_number"), "{text}");
        }
    }

    #[test]
    fn an_account_is_its_name_or_the_address_of_its_page() {
        for text in ["@Ana_Lind", "ana_lind", "https://www.instagram.com/ana_lind/", "instagram.com/Ana_Lind?igsh=1"] {
            assert_eq!(kept("instagram", text), Ok("instagram:ana_lind".into()), "{text}");
        }
        assert_eq!(kept("linkedin", "https://de.linkedin.com/in/ana-lind"), Ok("linkedin:ana-lind".into()));
        assert_eq!(kept("mastodon", "@ana@social.example"), Ok("mastodon:ana@social.example".into()));
        assert_eq!(kept("matrix", "@ana:matrix.example"), Ok("matrix:ana@matrix.example".into()));
        assert_eq!(
            account("instagram:ana_lind").map(|(network, name)| (network.name, name)),
            Some(("Instagram", "ana_lind"))
        );
    }

    #[test]
    fn what_is_no_account_is_refused_with_the_reason() {
        assert_eq!(kept("instagram", "two words"), Err("not_an_account"));
        assert_eq!(kept("instagram", " "), Err("not_an_account"));
        assert_eq!(kept("instagram", "https://x.com/ana"), Err("not_of_network"));
        assert_eq!(kept("mastodon", "ana"), Err("account_without_server"));
        assert_eq!(Written::of_word("myspace"), None);
    }

    proptest! {
        #[test]
        fn what_is_kept_is_kept_the_same_when_it_is_written_again(text in "[+0-9a-z@:. /-]{0,30}") {
            for one in Written::all() {
                if let Ok((kind, value)) = one.kept(&text) {
                    let again = account(&value).map_or(value.as_str(), |(_, name)| name);
                    prop_assert_eq!(one.kept(again), Ok((kind, value.clone())));
                }
            }
        }
    }
}
