//! HTML to readable plain text and back. Reads tokens only, builds no tree: linear in time, whatever the input.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

use super::tags;

/// Deepest quotation or list that is still indented.
const MAX_INDENT: usize = 12;

/// Plain text of an HTML document: paragraphs apart by a blank line, quotations behind `> `, lists with dashes or numbers, links
/// with their address behind the words. Nothing of scripts and styles. Lines are not wrapped.
pub fn to_text(html: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Sink::default(), Default::default());
    while let html5ever::TokenizerResult::Script(()) = tokenizer.feed(&input) {}
    tokenizer.end();
    tokenizer.sink.0.into_inner().finish()
}

/// Safe HTML that shows plain text as it is written.
pub fn from_text(text: &str) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "");
    format!("<div style=\"white-space:pre-wrap\">{}</div>", tags::escape_text(text.trim_matches('\n')))
}

#[derive(Default)]
struct Sink(RefCell<Writer>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut writer = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => writer.text(&text),
            Token::TagToken(tag) => return writer.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

enum List {
    Dashes,
    Numbers(u32),
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Line breaks owed before the next word.
    breaks: usize,
    /// A space owed before the next word.
    space: bool,
    quotes: usize,
    lists: Vec<List>,
    preformatted: usize,
    /// Inside an element whose text nobody sees: its name.
    hidden: Option<String>,
    link: Option<(String, usize)>,
}

impl Writer {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let opens = tag.kind == TagKind::StartTag;
        if let Some(hidden) = &self.hidden {
            if !opens && hidden == name {
                self.hidden = None;
            }
            return TokenSinkResult::Continue;
        }
        match name {
            "script" | "style" | "title" | "iframe" | "noembed" | "noframes" | "template" | "object" | "svg"
                if opens =>
            {
                if !tag.self_closing {
                    self.hidden = Some(name.to_owned());
                }
                return match name {
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" | "iframe" | "noembed" | "noframes" => TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" => TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => TokenSinkResult::Continue,
                };
            }
            "textarea" if opens => return TokenSinkResult::RawData(RawKind::Rcdata),
            "xmp" if opens => return TokenSinkResult::RawData(RawKind::Rawtext),
            "plaintext" if opens => return TokenSinkResult::Plaintext,
            "br" => self.line_break(),
            "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dl" | "table" | "figure" => self.block(2),
            "pre" => {
                self.block(2);
                self.preformatted = if opens { self.preformatted + 1 } else { self.preformatted.saturating_sub(1) };
            }
            "div" | "tr" | "section" | "article" | "header" | "footer" | "address" | "center" | "caption" | "dt"
            | "dd" | "main" | "aside" | "form" | "fieldset" | "legend" | "details" | "summary" | "option"
            | "figcaption" => {
                self.block(1);
            }
            "td" | "th" => self.space = true,
            "hr" if opens => {
                self.block(1);
                self.word("---");
                self.block(1);
            }
            "blockquote" => {
                self.block(if opens || self.quotes <= 1 { 2 } else { 1 });
                self.quotes = if opens { self.quotes + 1 } else { self.quotes.saturating_sub(1) };
            }
            "ul" | "ol" if opens => {
                self.block(if self.lists.is_empty() { 2 } else { 1 });
                let start = attribute(tag, "start").and_then(|number| number.trim().parse().ok()).unwrap_or(1);
                if self.lists.len() < MAX_INDENT {
                    self.lists.push(if name == "ol" { List::Numbers(start) } else { List::Dashes });
                }
            }
            "ul" | "ol" => {
                self.lists.pop();
                self.block(if self.lists.is_empty() { 2 } else { 1 });
            }
            "li" if opens => {
                self.block(1);
                let mark = match self.lists.last_mut() {
                    Some(List::Numbers(number)) => {
                        *number = number.saturating_add(1);
                        format!("{}. ", number.saturating_sub(1))
                    }
                    _ => "- ".to_owned(),
                };
                let indent = "  ".repeat(self.lists.len().saturating_sub(1));
                self.word(&format!("{indent}{mark}"));
            }
            "li" => self.block(1),
            "img" if opens => {
                if let Some(words) = attribute(tag, "alt").map(str::trim).filter(|words| !words.is_empty()) {
                    self.text(&format!("[{words}]"));
                }
            }
            "a" => {
                self.end_link();
                if opens && let Some(address) = attribute(tag, "href") {
                    self.link = Some((address.trim().to_owned(), self.out.len()));
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }

    /// Writes the address of the link behind its words, unless the words are the address.
    fn end_link(&mut self) {
        let Some((address, start)) = self.link.take() else { return };
        let words = self.out.get(start..).unwrap_or_default().trim();
        let bare = |text: &str| {
            let text = text.trim().trim_end_matches('/').to_lowercase();
            ["mailto:", "tel:", "https://", "http://", "www."]
                .iter()
                .fold(text, |text, start| text.strip_prefix(start).map_or(text.clone(), str::to_owned))
        };
        let is_worth_it = ["http://", "https://", "mailto:", "tel:"]
            .iter()
            .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
        if is_worth_it && !words.is_empty() && bare(words) != bare(&address) {
            let breaks = std::mem::take(&mut self.breaks);
            self.space = false;
            self.out.push_str(" <");
            self.out.extend(address.chars().filter(|c| !c.is_control() && !c.is_whitespace()));
            self.out.push('>');
            self.breaks = breaks;
        }
    }

    fn block(&mut self, breaks: usize) {
        if !self.out.is_empty() {
            self.breaks = self.breaks.max(breaks);
        }
        self.space = false;
    }

    fn line_break(&mut self) {
        if !self.out.is_empty() {
            self.breaks = (self.breaks + 1).min(2);
        }
        self.space = false;
    }

    fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        if self.preformatted > 0 {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    self.breaks += 1;
                }
                if !line.is_empty() {
                    self.word(line.trim_end_matches('\r'));
                }
            }
            return;
        }
        let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{a0}' | '\u{200b}' | '\u{feff}');
        let mut words = text.split(is_blank).peekable();
        while let Some(word) = words.next() {
            if !word.is_empty() {
                self.word(word);
            }
            if words.peek().is_some() {
                self.space = true;
            }
        }
    }

    fn word(&mut self, word: &str) {
        if self.breaks > 0 || self.out.is_empty() {
            let depth = self.quotes.min(MAX_INDENT);
            for number in 1..=self.breaks.min(2) {
                if number > 1 {
                    // The blank line between two paragraphs of one quotation belongs to it.
                    self.out.push_str(&">".repeat(depth.min(self.last_depth())));
                }
                self.out.push('\n');
            }
            self.out.push_str(&">".repeat(depth));
            if depth > 0 {
                self.out.push(' ');
            }
        } else if self.space && !self.out.ends_with([' ', '\n']) {
            self.out.push(' ');
        }
        self.breaks = 0;
        self.space = false;
        self.out.extend(word.chars().filter(|c| !c.is_control() || *c == '\t'));
    }

    fn last_depth(&self) -> usize {
        let line = self.out.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default();
        line.bytes().take_while(|byte| *byte == b'>').count()
    }

    fn finish(mut self) -> String {
        self.end_link();
        let text = self.out;
        let mut lines = String::with_capacity(text.len());
        for line in text.trim_end().lines() {
            lines.push_str(line.trim_end());
            lines.push('\n');
        }
        lines.pop();
        lines
    }
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}
