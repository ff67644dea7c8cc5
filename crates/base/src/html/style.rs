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
    if !style.bytes().any(|byte| matches!(byte, b'(' | b'\\' | b'@' | b'<' | b'{' | b'}' | b'!')) {
        return Cow::Borrowed(style);
    }
    let kept: Vec<&str> = style.split(';').filter(|declaration| is_harmless(declaration)).collect();
    Cow::Owned(kept.join(";"))
}

fn is_harmless(declaration: &str) -> bool {
    if declaration.bytes().any(|byte| matches!(byte, b'\\' | b'@' | b'<' | b'{' | b'}')) {
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
