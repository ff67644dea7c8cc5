//! What must not get through, and what must.

use proptest::prelude::*;

use super::*;

/// Enough for every run; a long run sets `PROPTEST_CASES`.
const CASES: u32 = 400;

/// Whatever reaches a browser must have none of these inside of a tag.
fn assert_harmless(html: &str) {
    let lower = html.to_lowercase();
    let mut rest = lower.as_str();
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end);
        let tag = &rest[at..end];
        let name: String = tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        for bad in
            ["script", "style", "iframe", "object", "embed", "form", "input", "base", "meta", "link", "svg", "math"]
        {
            assert_ne!(name, bad, "{html}");
        }
        // Attribute values are quoted and `"` in them is escaped: what is outside of quotes is attribute names.
        for (number, piece) in tag.split('"').enumerate() {
            if number % 2 == 0 {
                for attribute in piece.split_ascii_whitespace().skip(usize::from(number == 0)) {
                    assert!(!attribute.starts_with("on"), "{html}");
                    assert!(
                        !["srcset=", "background=", "action=", "formaction=", "id=", "class="].contains(&attribute),
                        "{html}"
                    );
                }
            } else {
                let value = piece.trim_start();
                for bad in ["javascript:", "vbscript:", "data:text", "data:image/svg"] {
                    assert!(!value.starts_with(bad), "{html}");
                }
            }
        }
        if let Some(style) = tag.split(" style=\"").nth(1).and_then(|s| s.split('"').next()) {
            for bad in ["url(", "expression", "@import", "position:", "behavior"] {
                assert!(!style.contains(bad), "{html}");
            }
        }
        rest = &rest[end..];
    }
}

#[test]
fn what_a_fuzzer_found_unstable_is_stable() {
    for found in [
        "<a href=\"//evil.ex\u{1}ample/x\">}</a>",
        "<a href=\"//evil example/x\">x</a>",
        "<img src=\"//evil.ex\u{1}ample/x.png\">",
        "<div style=\"border:none;border-top:solid .1E1E1 1.0pt\">x</div>",
        "<p style=\"width:1E1E1;color:#1e1e1e\">x</p>",
    ] {
        let cleaned = clean(found);
        assert_eq!(clean(&cleaned), cleaned, "{found}");
    }
    assert_eq!(clean("<p style=\"width:1E1E1;color:#1e1e1e\">x"), "<p style=\"color:#1e1e1e\">x</p>");
}

#[test]
fn hostile_html_comes_out_harmless_and_stable() {
    for hostile in include_str!("hostile.txt").lines().filter(|line| !line.is_empty()) {
        let cleaned = clean(hostile);
        assert_harmless(&cleaned);
        assert!(!cleaned.contains("alert(1)") || !cleaned.contains("<script"), "{hostile} gave {cleaned}");
        assert_eq!(clean(&cleaned), cleaned, "{hostile}");
        assert_harmless(&show_remote_images(&cleaned));
    }
}

#[test]
fn a_letter_keeps_its_looks() {
    let html = r#"<p style="color:#333;font-family:'Segoe UI', Arial"><b>Hello</b> <a href="https://example.org/a?b=1&amp;c=2">there</a></p><ul><li>one</li></ul>"#;
    assert_eq!(
        clean(html),
        "<p style=\"color:#333;font-family:&quot;Segoe UI&quot; , Arial\"><b>Hello</b> <a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">there</a></p><ul><li>one</li></ul>"
    );
}

#[test]
fn pictures_on_other_servers_wait_until_they_are_asked_for() {
    let cleaned = clean(r#"<img src="https://t.example/p.gif?u=1&amp;v=2" alt="x"><img src="cid:logo%40a">"#);
    assert_eq!(
        cleaned,
        r#"<img alt="x" data-remote-src="https://t.example/p.gif?u=1&amp;v=2"><img src="cid:logo%40a">"#
    );
    assert!(has_remote_images(&cleaned));
    assert!(!has_remote_images(&clean("<p>data-remote-src=</p><img src=\"cid:a\">")));
    let shown = show_remote_images(&cleaned);
    assert!(shown.contains(r#" src="https://t.example/p.gif?u=1&amp;v=2""#), "{shown}");
    assert_eq!(clean(&shown), cleaned);
    let text = clean("<p>&lt;img data-remote-src=\"http://a\"&gt;</p>");
    assert_eq!(show_remote_images(&text), text, "text that talks about it is not touched");
}

#[test]
fn pictures_of_the_mail_get_our_address() {
    let cleaned = clean(r#"<img src="cid:logo%40a"><img src="cid:other">"#);
    let shown = resolve_cids(&cleaned, |id| (id == "logo@a").then(|| "/files/1?a=\"b\"&c".to_owned()));
    assert_eq!(shown, r#"<img src="/files/1?a=&quot;b&quot;&amp;c"><img src="cid:other">"#);
}

#[test]
fn small_raster_pictures_inside_the_document_stay_and_others_go() {
    assert!(clean(r#"<img src="data:image/png;base64,iVBORw0KGgo=">"#).contains("data:image/png"));
    for bad in ["data:image/svg+xml;base64,PHN2Zz4=", "data:text/html,<b>", "data:image/png,<svg>"] {
        assert!(!clean(&format!("<img src=\"{bad}\"><a href=\"{bad}\">x</a>")).contains("data:"), "{bad}");
    }
}

#[test]
fn an_attack_by_depth_becomes_text_quickly() {
    for attack in
        ["<div>", "<b>", "<table><tr><td>", "<div><span></div>", "<b><div></b>", "<div><table></div>", "<ul><li>"]
    {
        let html = format!("{}needle", attack.repeat(MAX_HTML / 16 / attack.len()));
        let cleaned = clean(&html);
        assert_harmless(&cleaned);
    }
    let fonts: String = (0..200).map(|n| format!("<div><font color={n}></div>")).collect();
    let html = format!("{fonts}{}", "<p>x".repeat(20_000));
    assert!(clean(&html).starts_with("<div style=\"white-space:pre-wrap\">"));
}

#[test]
fn text_of_html_reads_like_a_letter() {
    let html = "<html><head><title>t</title><style>p{}</style></head><body><p>Dear <b>Ann</b>,</p><p>see\n <a href='https://a.example/x'>the page</a><br>or <a href='https://b.example/'>https://b.example</a></p><ul><li>one<li>two</ul><ol start=3><li>three</ol><blockquote><p>you wrote</p><p>this</p><blockquote>and that</blockquote></blockquote><pre>a  b\n c</pre><table><tr><td>1</td><td>2</td></tr></table><script>alert(1)</script>&copy;&nbsp;us</body></html>";
    assert_eq!(
        to_text(html),
        "Dear Ann,\n\nsee the page <https://a.example/x>\nor https://b.example\n\n- one\n- two\n\n3. three\n\n> you wrote\n>\n> this\n>\n>> and that\n\na  b\n c\n\n1 2\n\n© us"
    );
}

#[test]
fn markdown_keeps_line_breaks_and_shows_html_as_text() {
    assert_eq!(from_markdown("a\nb"), "<p>a<br>\nb</p>");
    assert_eq!(from_markdown("use <div> & **bold**"), "<p>use &lt;div&gt; &amp; <strong>bold</strong></p>");
    assert_eq!(from_markdown("<script>alert(1)</script>"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
    assert!(from_markdown("see https://a.example/x_y, ok").contains("href=\"https://a.example/x_y\""));
    assert!(!from_markdown("[x](javascript:alert(1))").contains("javascript"));
    assert_eq!(from_markdown(""), "");
}

#[test]
fn text_becomes_html_that_shows_it_as_it_is() {
    let html = from_text("a <b>\n  & c");
    assert_eq!(clean(&html), html);
    assert_eq!(from_text(" \n"), "");
}

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z <>/=\"'&;:!-]{0,12}",
        prop::sample::select(vec![
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<a href='http://x'>",
            "<a href=javascript:alert(1)>",
            "</a>",
            "<table>",
            "</table>",
            "<tr>",
            "<td>",
            "</td>",
            "<div>",
            "</div>",
            "<svg>",
            "</svg>",
            "<math>",
            "<mtext>",
            "<mglyph>",
            "<style>",
            "</style>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<form>",
            "</form>",
            "<select>",
            "<option>",
            "<template>",
            "<noscript>",
            "</noscript>",
            "<img src=x onerror=alert(1)>",
            "<img src=http://r/x>",
            "<title>",
            "</title>",
            "<textarea>",
            "</textarea>",
            "<pre>\n",
            "</pre>",
            "<li>",
            "<ul>",
            "</ul>",
            "<dd>",
            "<h1>",
            "</h1>",
            "<button>",
            "<marquee>",
            "</marquee>",
            "<iframe>",
            "<plaintext>",
            "<font color=red>",
            "<p style=\"color:red;background:url(http://x)\">",
            "<span style='font:1px \"a;b\"'>",
            "<ruby>",
            "<rt>",
            "<frameset>",
            "<body onload=x>",
            "<td style='width:10px'>",
            "<caption>",
            "<colgroup>",
            "<col>",
            "<annotation-xml encoding='text/html'>",
            "<foreignObject>",
            "\0",
            "&nbsp;",
            "<nobr>",
            "<object>",
            "<xmp>",
            "<details>",
            "<summary>",
            "<br>",
            "</br>",
            "<image src=x>",
            "<isindex>",
            "&#0;",
            "\u{a0}",
            "\r\n",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// A tree of allowed elements, in any order inside one another, written out properly.
fn tree() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[a-z &;]{0,6}",
        Just("<br>".to_owned()),
        Just("<hr>".to_owned()),
        Just("\n".to_owned()),
        Just("<img src=\"cid:a\" alt=\"b\">".to_owned()),
        Just("<col>".to_owned()),
    ];
    let name = prop::sample::select(vec![
        "p",
        "div",
        "b",
        "i",
        "a",
        "ul",
        "ol",
        "li",
        "table",
        "tbody",
        "thead",
        "tr",
        "td",
        "th",
        "caption",
        "colgroup",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "pre",
        "blockquote",
        "font",
        "span",
        "center",
        "details",
        "summary",
        "q",
        "section",
        "ruby",
        "rt",
        "code",
        "u",
    ]);
    leaf.prop_recursive(6, 40, 4, move |inner| {
        (name.clone(), any::<bool>(), prop::collection::vec(inner, 0..4)).prop_map(|(name, styled, children)| {
            let style = if styled { " style=\"color:red;margin:1.50px\" href=\"http://x/\"" } else { "" };
            format!("<{name}{style}>{}</{name}>", children.concat())
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(CASES), ..ProptestConfig::default() })]

    #[test]
    fn cleaning_twice_is_cleaning_once_and_nothing_bad_is_left(html in soup()) {
        let cleaned = clean(&html);
        assert_harmless(&cleaned);
        prop_assert_eq!(clean(&cleaned), cleaned.clone());
        let shown = show_remote_images(&cleaned);
        assert_harmless(&shown);
        prop_assert_eq!(clean(&shown), cleaned.clone());
        prop_assert_eq!(resolve_cids(&cleaned, |_| None), cleaned);
    }

    #[test]
    fn proper_trees_are_stable_after_one_cleaning(html in tree()) {
        let cleaned = clean(&html);
        assert_harmless(&cleaned);
        prop_assert_eq!(clean(&cleaned), cleaned);
    }

    #[test]
    fn text_and_markdown_never_fail(text in "\\PC{0,200}", html in soup()) {
        to_text(&html);
        let html = from_markdown(&text);
        assert_harmless(&html);
        prop_assert_eq!(clean(&html), html);
        let html = from_text(&text);
        prop_assert_eq!(clean(&html), html);
    }
}
