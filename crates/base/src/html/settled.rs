//! Whether cleaned HTML surely parses to the tree it was written from. Spares most mails the second round of cleaning.

use super::tags;

/// Start tags that end an open paragraph.
const END_A_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];
const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];
const VOID: &[&str] = &["br", "col", "hr", "img", "wbr"];
/// Elements that take only some children and no text.
const FRAMES: &[&str] = &["table", "thead", "tbody", "tfoot", "tr", "colgroup"];

/// True only when a parser certainly reads the same tree again: every element closed in order, tables and lists complete, nothing
/// inside of a paragraph, heading or link that would end it. False says nothing.
pub(super) fn is_settled(cleaned: &str) -> bool {
    if cleaned.starts_with('\u{feff}') {
        return false;
    }
    let mut open: Vec<&str> = Vec::new();
    let mut attributes = Vec::new();
    let mut rest = cleaned;
    loop {
        let text_end = rest.find('<').unwrap_or(rest.len());
        let parent = open.last().copied().unwrap_or_default();
        if FRAMES.contains(&parent) && rest[..text_end].bytes().any(|byte| !byte.is_ascii_whitespace()) {
            return false;
        }
        rest = &rest[text_end..];
        if rest.is_empty() {
            return open.is_empty();
        }
        if let Some(end) = rest.strip_prefix("</") {
            match end.split_once('>') {
                Some((name, after)) if name == parent => rest = after,
                _ => return false,
            }
            open.pop();
            continue;
        }
        attributes.clear();
        let Some((name, length)) = tags::start_tag(rest, &mut attributes) else { return false };
        rest = &rest[length..];
        if !may_stand(name, parent, &open) || (name == "pre" && rest.starts_with('\n')) {
            return false;
        }
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
}

fn may_stand(name: &str, parent: &str, open: &[&str]) -> bool {
    let parents: &[&str] = match name {
        "caption" | "colgroup" | "thead" | "tbody" | "tfoot" => &["table"],
        "col" => &["colgroup"],
        "tr" => &["thead", "tbody", "tfoot"],
        "td" | "th" => &["tr"],
        "li" => &["ul", "ol"],
        "dt" | "dd" => &["dl"],
        "ruby" | "rt" | "rp" => return false,
        "a" if open.contains(&"a") => return false,
        _ if FRAMES.contains(&parent) || (HEADINGS.contains(&name) && HEADINGS.contains(&parent)) => return false,
        _ => &[],
    };
    if !parents.is_empty() && !parents.contains(&parent) {
        return false;
    }
    let in_paragraph = || {
        open.iter()
            .rev()
            .take_while(|other| !["td", "th", "caption", "table"].contains(other))
            .any(|other| *other == "p")
    };
    !END_A_PARAGRAPH.contains(&name) || !in_paragraph()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_settled_and_puzzles_are_not() {
        for yes in [
            "",
            "words",
            "<p>a<br>b</p>",
            "<div><b><i>x</i></b></div>",
            "<ul><li>a<ul><li>b</li></ul></li></ul>",
            "<table><tbody><tr><td><p>a</p><table><tbody><tr><td>b</td></tr></tbody></table></td></tr></tbody></table>",
        ] {
            assert!(is_settled(yes), "{yes}");
        }
        for no in [
            "<p><p>a</p></p>",
            "<p><div>a</div></p>",
            "<a href=\"x\"><b><a href=\"y\">a</a></b></a>",
            "<table>x</table>",
            "<td>a</td>",
            "<li>a</li>",
            "<h1><h2>a</h2></h1>",
            "<b>a",
            "a</b>",
            "<b><i>a</b></i>",
            "<pre>\na</pre>",
            "<ruby>a</ruby>",
            "<table><tr></tr></table>",
        ] {
            assert!(!is_settled(no), "{no}");
        }
    }
}
