//! Pictures of a cleaned document: those on other servers stay unloaded until asked for, those of the mail itself get an address.

use super::tags::{self, Attribute};

const REMOTE: &str = "data-remote-src";

/// Moves `src` of a picture on another server to `data-remote-src`.
pub(super) fn hide_remote(tag: &str, attributes: &mut Vec<Attribute<'_>>) {
    if tag != "img" {
        return;
    }
    if attributes.iter().any(|(name, _)| name == "src") {
        attributes.retain(|(name, _)| name != REMOTE);
    }
    for (name, value) in attributes {
        if name == "src" && is_remote(value) {
            *name = REMOTE.into();
        }
    }
}

/// True when the cleaned document has pictures that are not loaded because they lie on other servers.
pub fn has_remote_images(cleaned: &str) -> bool {
    let mut found = false;
    if cleaned.contains(REMOTE) {
        tags::rewrite(cleaned, |tag, attributes| {
            found |= tag == "img" && attributes.iter().any(|(name, _)| name == REMOTE);
        });
    }
    found
}

/// Puts the addresses of remote pictures back, so that a browser loads them. Cleaning the result hides them again.
pub fn show_remote_images(cleaned: &str) -> String {
    tags::rewrite(cleaned, |tag, attributes| {
        if tag == "img" && !attributes.iter().any(|(name, _)| name == "src") {
            for (name, value) in attributes {
                if name == REMOTE && is_remote(value) {
                    *name = "src".into();
                }
            }
        }
    })
}

/// Gives the pictures that the mail carries (`cid:`, RFC 2392) the address that `address_of` knows for their content id.
/// Those it does not know stay as they are. The address must be one of our own; it is escaped here.
pub fn resolve_cids(cleaned: &str, mut address_of: impl FnMut(&str) -> Option<String>) -> String {
    tags::rewrite(cleaned, |tag, attributes| {
        if tag != "img" {
            return;
        }
        for (name, value) in attributes {
            let Some(id) =
                value.get(..4).filter(|s| name == "src" && s.eq_ignore_ascii_case("cid:")).map(|_| &value[4..])
            else {
                continue;
            };
            if let Some(address) = address_of(&percent_decode(&tags::unescape(id))) {
                *value = tags::escape(&address).into();
            }
        }
    })
}

fn is_remote(address: &str) -> bool {
    let starts = |with: &str| address.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    starts("http:") || starts("https:")
}

fn percent_decode(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.as_bytes();
    while let [first, rest @ ..] = bytes {
        let hex = rest.get(..2).filter(|_| *first == b'%').and_then(|two| hex::decode(two).ok());
        match hex {
            Some(byte) => {
                out.extend(byte);
                bytes = &rest[2..];
            }
            None => {
                out.push(*first);
                bytes = rest;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
