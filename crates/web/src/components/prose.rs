//! What people wrote, as text: paragraphs, line breaks and links, all escaped.

use maud::{Markup, PreEscaped, html};

/// A mail's text as paragraphs. Blank lines part them; addresses of web pages become links.
pub(crate) fn paragraphs(text: &str) -> Markup {
    let mut paragraphs: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines() {
        if line.trim().is_empty() {
            paragraphs.push(Vec::new());
        } else if let Some(last) = paragraphs.last_mut() {
            last.push(line);
        }
    }
    html! {
        @for lines in paragraphs.iter().filter(|lines| !lines.is_empty()) {
            p dir="auto" {
                @for (number, line) in lines.iter().enumerate() {
                    @if number > 0 { br; }
                    (linked(line))
                }
            }
        }
    }
}

/// HTML that our own Markdown writer made or that the cleaner let through. The only place that trusts HTML: nothing else may
/// be passed here.
pub(crate) fn cleaned(html: &str) -> Markup {
    PreEscaped(html.to_owned())
}

/// A line with its web addresses as links.
pub(crate) fn linked(line: &str) -> Markup {
    let mut rest = line;
    let mut parts: Vec<(&str, Option<&str>)> = Vec::new();
    while let Some(start) = next_address(rest) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(from.len());
        let address = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'']);
        parts.push((before, Some(address)));
        rest = &from[address.len()..];
    }
    html! {
        @for (before, address) in parts {
            (before)
            @if let Some(address) = address {
                a href=(address) target="_blank" rel="noopener noreferrer nofollow" { (address) }
            }
        }
        (rest)
    }
}

/// Where the next address of more than its scheme starts.
fn next_address(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(found) =
        ["https://", "http://"].iter().filter_map(|s| text[from..].find(s).map(|at| (at, s.len()))).min()
    {
        let (at, scheme) = (from + found.0, found.1);
        if text[at + scheme..].chars().next().is_some_and(char::is_alphanumeric) {
            return Some(at);
        }
        from = at + scheme;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_parted_into_paragraphs() {
        let markup = paragraphs("Hi <b>\nthere\n\n\n1 & 2").into_string();
        assert_eq!(markup, "<p dir=\"auto\">Hi &lt;b&gt;<br>there</p><p dir=\"auto\">1 &amp; 2</p>");
    }

    #[test]
    fn addresses_become_links_without_the_full_stop() {
        let markup = linked("see https://example.com/a?b=1&c=2. Or http:// not").into_string();
        assert!(markup.contains("href=\"https://example.com/a?b=1&amp;c=2\""), "{markup}");
        assert!(markup.ends_with("</a>. Or http:// not"), "{markup}");
    }

    #[test]
    fn a_script_address_is_no_link() {
        assert_eq!(linked("javascript:alert(1)").into_string(), "javascript:alert(1)");
    }
}
