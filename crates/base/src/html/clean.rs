//! The allow-list. What is not named here does not get through.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::{effort, images, settled, style, tags, text};

/// Longest HTML that is cleaned, in bytes; what comes after is cut off.
pub const MAX_HTML: usize = 2 * 1024 * 1024;

/// Parsing what we wrote ourselves must give the same again. Real mails need two rounds; who needs more is shown as text.
const MAX_ROUNDS: usize = 6;

/// Longest picture kept inside the document itself as a `data:` address, in bytes.
const MAX_DATA_IMAGE: usize = 512 * 1024;

const TAGS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements that go together with what is in them.
const TAGS_WITH_CONTENT: &[&str] = &[
    "script", "style", "title", "template", "iframe", "frameset", "noembed", "noframes", "noscript", "object", "embed",
    "applet", "audio", "video", "canvas", "svg", "math", "select", "datalist",
];

const EVERYWHERE: &[&str] = &["title", "lang", "dir", "align", "valign", "style"];

const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "target"]),
    ("img", &["src", "alt", "width", "height", "border", "data-remote-src"]),
    ("table", &["width", "height", "border", "cellpadding", "cellspacing", "bgcolor", "summary"]),
    ("td", &["width", "height", "bgcolor", "colspan", "rowspan", "nowrap"]),
    ("th", &["width", "height", "bgcolor", "colspan", "rowspan", "scope", "nowrap"]),
    ("tr", &["bgcolor", "height"]),
    ("col", &["width", "span"]),
    ("colgroup", &["width", "span"]),
    ("font", &["color", "face", "size"]),
    ("hr", &["size", "width", "color", "noshade"]),
    ("ol", &["start", "type", "reversed"]),
    ("ul", &["type"]),
    ("li", &["value", "type"]),
    ("time", &["datetime"]),
    ("details", &["open"]),
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(TAGS_WITH_CONTENT.iter().copied().collect())
        .generic_attributes(EVERYWHERE.iter().copied().collect())
        .tag_attributes(
            ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect::<HashSet<_>>())).collect(),
        )
        .set_tag_attribute_values(HashMap::from([("a", HashMap::from([("target", "_blank")]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid", "data"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"))
        .filter_style_properties(style::PROPERTIES.iter().copied().collect())
        .strip_comments(true)
        .attribute_filter(attribute);
    builder
});

/// Cleans HTML that a stranger wrote. Never fails; `clean(clean(x)) == clean(x)`.
///
/// Pictures on other servers are not loaded: their address is moved to `data-remote-src` (see
/// [`show_remote_images`](super::show_remote_images)). Links open in a new window and tell nothing about where they were
/// clicked. Input beyond [`MAX_HTML`] is cut.
pub fn clean(html: &str) -> String {
    let html = &html[..html.floor_char_boundary(MAX_HTML)];
    if html.bytes().all(|byte| byte.is_ascii_whitespace()) {
        return String::new();
    }
    let html: Cow<'_, str> = if html.contains('\0') { html.replace('\0', "").into() } else { html.into() };
    if effort::is_unreasonable(&html) {
        return text::from_text(&text::to_text(&html));
    }
    let mut before = round(&html);
    if settled::is_settled(&before) {
        return before;
    }
    for _ in 1..MAX_ROUNDS {
        let after = round(&before);
        if after == before {
            return after;
        }
        before = after;
    }
    text::from_text(&text::to_text(&before))
}

fn round(html: &str) -> String {
    let cleaned = CLEANER.clean(html).to_string();
    tags::rewrite(cleaned.trim(), |name, attributes| {
        images::hide_remote(name, attributes);
        for (_, value) in attributes.iter_mut().filter(|(name, _)| name == "style") {
            // The CSS serializer escapes what it must ("0.8e" becomes "0.8\65 "), and escapes do not stay.
            if value.contains('\\') {
                *value = tags::escape(&style::filter(&tags::unescape(value))).into();
            }
        }
        attributes.retain(|(name, value)| !(matches!(&**name, "style" | "title") && value.trim().is_empty()));
        attributes.sort_by(|a, b| a.0.cmp(&b.0));
    })
}

fn attribute<'v>(tag: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match (tag, name) {
        ("a", "href") => with_scheme(value, &["http", "https", "mailto", "tel"]),
        ("img", "src") if value.trim_start().get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:")) => {
            is_small_picture(value.trim()).then_some(Cow::Borrowed(value))
        }
        ("img", "src") => with_scheme(value, &["http", "https", "cid"]),
        ("img", "data-remote-src") => with_scheme(value, &["http", "https"]),
        (_, "style") => Some(style::filter(value)),
        _ => Some(Cow::Borrowed(value)),
    }
}

/// The address, when it is absolute and has one of `schemes`. An address that begins with `//` means `https` in a mail.
fn with_scheme<'v>(address: &'v str, schemes: &[&str]) -> Option<Cow<'v, str>> {
    let address = address.trim();
    if address.starts_with("//") && schemes.contains(&"https") {
        let absolute = format!("https:{address}");
        // What is no address with a scheme either would be dropped the next time.
        return ammonia::Url::parse(&absolute).is_ok().then(|| absolute.into());
    }
    let (scheme, _) = address.split_once(':')?;
    schemes.iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed)).then_some(Cow::Borrowed(address))
}

fn is_small_picture(address: &str) -> bool {
    const KINDS: [&str; 5] = [
        "data:image/png;base64,",
        "data:image/jpeg;base64,",
        "data:image/jpg;base64,",
        "data:image/gif;base64,",
        "data:image/webp;base64,",
    ];
    address.len() <= MAX_DATA_IMAGE
        && KINDS.iter().any(|kind| {
            address.get(..kind.len()).is_some_and(|start| start.eq_ignore_ascii_case(kind))
                && address[kind.len()..].bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
        })
}
