//! Estimates, before a tree is built, how much work a document would make. The HTML standard lets a few bytes stand for many
//! nodes (unclosed formatting is repeated in every later block), and deep nesting makes each step slower.

/// More elements than this inside one another are no letter but an attack on the reader.
const MAX_DEPTH: usize = 256;

/// Most nodes that may come from repeated formatting.
const MAX_REPEATED: usize = 400_000;

const NEVER_OPEN: &[&str] = &[
    "br", "img", "hr", "meta", "link", "input", "col", "wbr", "area", "base", "source", "embed", "param", "track",
    "html", "head", "body",
];

/// Closed by the parser when the next one begins, so that authors leave their end tags out.
const CLOSED_BY_THE_NEXT: &[&str] =
    &["p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "tfoot", "colgroup", "caption"];

/// The standard's "formatting elements": they survive the end of the block that they were opened in.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// An end tag outside of one of these does not close what is inside.
const WALLS: &[&str] = &["table", "marquee", "object", "applet", "template", "svg", "math", "button", "select"];

const BLOCKS: &[&str] =
    &["div", "table", "center", "blockquote", "ul", "ol", "section", "article", "pre", "form", "dl"];

/// True for a document that costs out of proportion. Never counts fewer open elements than there are, except in ways that a
/// budget over the whole document bounds.
pub(super) fn is_unreasonable(html: &str) -> bool {
    let bytes = html.as_bytes();
    let (mut open, mut formatting): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut repeated = 0_usize;
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        at += found + 1;
        let is_end = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(is_end);
        let length = bytes[start..]
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-'))
            .count();
        if length == 0 {
            continue;
        }
        let name = &html[start..start + length];
        at = start + length;
        let is = |names: &[&str]| names.iter().any(|other| name.eq_ignore_ascii_case(other));
        repeated += formatting.len();
        if is(NEVER_OPEN) || is(CLOSED_BY_THE_NEXT) {
            // Opens nothing that lasts.
        } else if is(FORMATTING) {
            close(&mut formatting, name, is_end || name.eq_ignore_ascii_case("a"));
            if !is_end {
                formatting.push(name);
            } else {
                repeated += open.len() / 4;
            }
        } else if !is_end {
            open.push(name);
        } else if is(BLOCKS) {
            if let Some(last) = open.iter().rposition(|other| other.eq_ignore_ascii_case(name)) {
                let is_walled =
                    open[last + 1..].iter().any(|other| WALLS.iter().any(|wall| other.eq_ignore_ascii_case(wall)));
                if !is_walled || name.eq_ignore_ascii_case("table") {
                    open.truncate(last);
                }
            }
        } else {
            close(&mut open, name, true);
        }
        if open.len() + formatting.len() > MAX_DEPTH || repeated > MAX_REPEATED {
            return true;
        }
    }
    false
}

fn close(open: &mut Vec<&str>, name: &str, wanted: bool) {
    if wanted && let Some(last) = open.iter().rposition(|other| other.eq_ignore_ascii_case(name)) {
        open.remove(last);
    }
}
