//! Walks over the tags of cleaned HTML, whose shape is known: in text every `<` is escaped, attributes stand in double quotes.

use std::borrow::Cow;

/// An attribute: its name and its value as written, still escaped.
pub(super) type Attribute<'h> = (Cow<'h, str>, Cow<'h, str>);

/// Rewrites the attributes of every start tag; everything else is copied. What does not look like a tag is copied too.
pub(super) fn rewrite<'h>(html: &'h str, mut change: impl FnMut(&str, &mut Vec<Attribute<'h>>)) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    let mut attributes = Vec::new();
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        attributes.clear();
        match start_tag(rest, &mut attributes) {
            Some((name, length)) => {
                if attributes.is_empty() {
                    out.push_str(&rest[..length]);
                } else {
                    change(name, &mut attributes);
                    out.push('<');
                    out.push_str(name);
                    for (name, value) in &attributes {
                        out.extend([" ", name, "=\"", value, "\""]);
                    }
                    out.push('>');
                }
                rest = &rest[length..];
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Reads `<name a="b" …>` at the start of `html`; gives the name and the length of the tag.
pub(super) fn start_tag<'h>(html: &'h str, attributes: &mut Vec<Attribute<'h>>) -> Option<(&'h str, usize)> {
    let after = &html[1..];
    let name_end = after.find([' ', '>'])?;
    let name = &after[..name_end];
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let mut at = 1 + name_end;
    loop {
        let rest = &html[at..];
        if rest.starts_with('>') {
            return Some((name, at + 1));
        }
        let rest = rest.strip_prefix(' ')?;
        let (attribute, value) = rest.split_once("=\"")?;
        if attribute.is_empty()
            || !attribute.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))
        {
            return None;
        }
        let end = value.find('"')?;
        attributes.push((attribute.into(), value[..end].into()));
        at += 1 + attribute.len() + 2 + end + 1;
    }
}

/// Turns the entities that our own serializer writes back into characters.
pub(super) fn unescape(value: &str) -> String {
    value
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

/// Escapes text for an element's content, exactly as our serializer does.
pub(super) fn escape_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('\u{a0}', "&nbsp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Escapes text for an attribute in double quotes or for an element's content.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            c => out.push(c),
        }
    }
    out
}
