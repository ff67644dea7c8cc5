//! Which inline styles stay: those that colour and space text. Nothing that fetches, covers or moves over other things.

use std::borrow::Cow;

/// Style properties that stay.
pub(super) const PROPERTIES: &[&str] = &[
    "background",
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-style",
    "border-top-width",
    "border-width",
    "clear",
    "color",
    "direction",
    "display",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "min-width",
    "overflow-wrap",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "table-layout",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
    "word-wrap",
];

/// CSS functions that only compute a colour or a length.
const FUNCTIONS: &[&str] = &["rgb", "rgba", "hsl", "hsla", "calc"];

/// Drops the declarations that could fetch something or hide a trick: any function but colours and lengths, escapes, at-rules.
/// The property names themselves are checked afterwards by the cleaner, with a real CSS parser.
pub(super) fn filter(style: &str) -> Cow<'_, str> {
    let is_plain = !style.bytes().any(|byte| matches!(byte, b'(' | b'\\' | b'@' | b'<' | b'{' | b'}' | b'!'));
    if is_plain && !has_exponent(style) {
        return Cow::Borrowed(style);
    }
    let kept: Vec<&str> = style.split(';').filter(|declaration| is_harmless(declaration)).collect();
    Cow::Owned(kept.join(";"))
}

fn is_harmless(declaration: &str) -> bool {
    if declaration.bytes().any(|byte| matches!(byte, b'\\' | b'@' | b'<' | b'{' | b'}')) {
        return false;
    }
    if has_exponent(declaration) {
        return false;
    }
    declaration.match_indices('(').all(|(at, _)| {
        let before = &declaration[..at];
        let start = before
            .rfind(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_'))
            .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
        FUNCTIONS.iter().any(|function| before[start..].eq_ignore_ascii_case(function))
    })
}

/// Whether a number is followed by an exponent, or by a unit that looks like one (`1E1E1`): the CSS serializer writes the latter so that it
/// reads as another number the next time. Colours (`#1e1e1e`) and names have none.
fn has_exponent(style: &str) -> bool {
    let bytes = style.as_bytes();
    (1..bytes.len()).any(|at| {
        let is_e = bytes[at].eq_ignore_ascii_case(&b'e');
        let goes_on = bytes.get(at + 1).is_some_and(|next| matches!(next, b'0'..=b'9' | b'+' | b'-' | b'.'));
        if !is_e || !goes_on || !matches!(bytes[at - 1], b'0'..=b'9' | b'.') {
            return false;
        }
        let start = bytes[..at].iter().rposition(|byte| !(byte.is_ascii_digit() || *byte == b'.'));
        !start
            .is_some_and(|before| bytes[before] == b'#' || bytes[before].is_ascii_alphabetic() || bytes[before] == b'_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_exponents_go_and_colours_and_names_stay() {
        for kept in ["color:#1e1e1e", "border-top:solid #E1E1E1 1.0pt", "font-family:h1e1", "width:1em", "margin:2ex"] {
            assert_eq!(filter(kept), kept);
        }
        for dropped in ["width:1E1E1", "border:solid .1E1E1 1pt", "width:1e3px", "width:10.0E1", "width:1e+3px"] {
            assert_eq!(filter(dropped), "", "{dropped}");
        }
    }
}
