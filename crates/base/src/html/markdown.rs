//! What people write in the composer: Markdown, where a new line is a new line and HTML is shown, not obeyed.

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::clean;

/// HTML of a Markdown text, cleaned. HTML written into it appears as text; bare web addresses become links; line breaks stay.
pub fn from_markdown(markdown: &str) -> String {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    let mut inside_link_or_code = 0_usize;
    let mut events = Vec::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => events.push(Event::Text(html)),
            Event::Start(Tag::HtmlBlock) => events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => events.push(Event::End(TagEnd::Paragraph)),
            Event::SoftBreak => events.push(Event::HardBreak),
            Event::Text(text) if inside_link_or_code == 0 => link_addresses(text, &mut events),
            Event::TaskListMarker(done) => events.push(Event::Text(if done { "[x] " } else { "[ ] " }.into())),
            event => {
                match &event {
                    Event::Start(Tag::Link { .. } | Tag::CodeBlock(_) | Tag::Image { .. }) => inside_link_or_code += 1,
                    Event::End(TagEnd::Link | TagEnd::CodeBlock | TagEnd::Image) => {
                        inside_link_or_code = inside_link_or_code.saturating_sub(1);
                    }
                    _ => {}
                }
                events.push(event);
            }
        }
    }
    let mut html = String::with_capacity(markdown.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    clean(&html)
}

fn link_addresses<'m>(text: CowStr<'m>, events: &mut Vec<Event<'m>>) {
    let mut rest: &str = &text;
    let mut found = false;
    while let Some(at) = ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min() {
        let address = &rest[at..];
        let end = address
            .find(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'))
            .unwrap_or(address.len());
        let address = address[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')', ']', '*', '_']);
        if address.len() <= "https://".len() {
            events.push(Event::Text(rest[..at + "http".len()].to_owned().into()));
            rest = &rest[at + "http".len()..];
            found = true;
            continue;
        }
        if at > 0 {
            events.push(Event::Text(rest[..at].to_owned().into()));
        }
        events.push(Event::Start(Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: address.to_owned().into(),
            title: "".into(),
            id: "".into(),
        }));
        events.push(Event::Text(address.to_owned().into()));
        events.push(Event::End(TagEnd::Link));
        rest = &rest[at + address.len()..];
        found = true;
    }
    if !found {
        events.push(Event::Text(text));
    } else if !rest.is_empty() {
        events.push(Event::Text(rest.to_owned().into()));
    }
}
