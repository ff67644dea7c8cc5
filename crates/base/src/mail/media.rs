//! What a part says it is: its media type and the name of its file.

use mail_parser::ContentType;

use super::decode;
use super::parts::Parent;

pub(super) fn is_winmail(name: Option<&str>) -> bool {
    name.is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat") || name.eq_ignore_ascii_case("win.dat"))
}

fn is_token(s: &str) -> bool {
    !s.is_empty() && s.len() <= 100 && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
}

pub(super) fn is_media_type(kind: &str) -> bool {
    kind.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// `type/subtype` in lower case; what is missing or malformed is text, as RFC 2045 says.
pub(super) fn media_type(content_type: Option<&ContentType<'_>>, parent: Parent) -> String {
    let plain = if parent == Parent::Digest { "message/rfc822" } else { "text/plain" };
    let Some(content_type) = content_type else { return plain.to_owned() };
    let kind = content_type.c_type.trim().to_ascii_lowercase();
    let subtype = content_type.c_subtype.as_deref().unwrap_or_default().trim().to_ascii_lowercase();
    match (is_token(&kind), is_token(&subtype)) {
        (true, true) => format!("{kind}/{subtype}"),
        (true, false) if kind == "multipart" => "multipart/mixed".to_owned(),
        (true, false) if kind == "html" => "text/html".to_owned(),
        (true, false) if !matches!(kind.as_str(), "text" | "plain") => "application/octet-stream".to_owned(),
        _ => plain.to_owned(),
    }
}

/// A name without folders, on one line.
pub(super) fn file_name(name: &str) -> Option<String> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let name = decode::tidy_line(name, 200);
    let name = name.trim_matches(['"', ' ']);
    (!name.is_empty() && name.chars().any(|c| c != '.')).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_their_folders() {
        assert_eq!(file_name("..\\..\\etc/passwd"), Some("passwd".into()));
        assert_eq!(file_name("../.."), None);
        assert_eq!(file_name("a\r\nb\0.txt"), Some("a b .txt".into()));
    }
}
