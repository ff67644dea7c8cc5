//! Replaces stretches of a cleaned document's text, also where tags part them. Every tag stays, so the shape does.

use std::ops::Range;

use super::tags;

/// Attributes that hold words or addresses.
const WITH_TEXT: &[&str] = &["href", "src", "data-remote-src", "alt", "title", "summary"];

/// Elements in the midst of a line; the others part words, cells by a space and all else by the end of a line.
const WITHIN_A_LINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// A character of the text and where it stands in the document.
struct Place {
    /// Where it begins in the text.
    text: usize,
    html: Range<usize>,
}

/// Asks `find` what to replace, once for the whole text (`true`: people see it) and once for each attribute with words or an
/// address (`false`). The ranges it gives are bytes of the text it was shown, in order and not overlapping.
pub fn replace_text(cleaned: &str, mut find: impl FnMut(&str, bool) -> Vec<(Range<usize>, String)>) -> String {
    let (text, places) = text_of(cleaned);
    let mut out = String::with_capacity(cleaned.len());
    let mut at = 0;
    let mut places = places.iter().peekable();
    for (range, with) in find(&text, true) {
        while places.next_if(|place| place.text < range.start).is_some() {}
        let mut with = Some(with);
        while let Some(place) = places.next_if(|place| place.text < range.end) {
            out.push_str(&cleaned[at..place.html.start]);
            if let Some(with) = with.take() {
                out.push_str(&tags::escape_text(&with));
            }
            at = place.html.end;
        }
    }
    out.push_str(&cleaned[at..]);
    tags::rewrite(&out, |_, attributes| {
        for (name, value) in attributes {
            if !WITH_TEXT.contains(&&**name) || value.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"))
            {
                continue;
            }
            let words = tags::unescape(value);
            let finds = find(&words, false);
            if !finds.is_empty() {
                let mut changed = String::with_capacity(words.len());
                let mut at = 0;
                for (range, with) in finds {
                    changed.push_str(&words[at..range.start]);
                    changed.push_str(&with);
                    at = range.end;
                }
                changed.push_str(&words[at..]);
                *value = tags::escape(&changed).into();
            }
        }
    })
}

/// The text that people see, and for each character of it that stands in the document, where.
fn text_of(cleaned: &str) -> (String, Vec<Place>) {
    let mut text = String::with_capacity(cleaned.len());
    let mut places = Vec::with_capacity(cleaned.len());
    let mut attributes = Vec::new();
    let mut at = 0;
    while at < cleaned.len() {
        let rest = &cleaned[at..];
        if let Some((name, length)) = tag(rest, &mut attributes) {
            match name {
                "td" | "th" => text.push(' '),
                "img" => text.push('\u{fffc}'),
                name if WITHIN_A_LINE.contains(&name) => {}
                _ => text.push('\n'),
            }
            at += length;
            continue;
        }
        let (c, length) = character(rest);
        places.push(Place { text: text.len(), html: at..at + length });
        text.push(c);
        at += length;
    }
    (text, places)
}

fn tag<'h>(html: &'h str, attributes: &mut Vec<tags::Attribute<'h>>) -> Option<(&'h str, usize)> {
    if !html.starts_with('<') {
        return None;
    }
    if let Some(end) = html.strip_prefix("</") {
        let length = end.bytes().take_while(u8::is_ascii_alphanumeric).count();
        return end[length..].starts_with('>').then_some((&end[..length], length + 3));
    }
    attributes.clear();
    tags::start_tag(html, attributes)
}

/// The character at the start, which may be written as one of the references that our serializer writes.
fn character(html: &str) -> (char, usize) {
    const REFERENCES: [(&str, char); 5] =
        [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&nbsp;", '\u{a0}'), ("&quot;", '"')];
    if let Some((reference, c)) = REFERENCES.iter().find(|(reference, _)| html.starts_with(reference)) {
        return (*c, reference.len());
    }
    html.chars().next().map_or(('\0', 1), |c| (c, c.len_utf8()))
}
