//! The words of digests and of messages to browsers, in the language of whoever gets them.

use desk::notifications::{Kind, Line, Wording};
use desk::people::Agent;
use jiff::Zoned;
use serde_json::json;
use words::{Language, Words};

/// Finds the words from the catalogues.
#[derive(Debug)]
pub(crate) struct Catalogues {
    /// Where the desk is reached, for links.
    pub(crate) public_url: Option<String>,
    /// For whoever has chosen no language.
    pub(crate) standard: Language,
}

/// What happened, in words.
pub(crate) fn sentence(w: Words, kind: Kind, who: &str) -> String {
    match kind {
        Kind::Mentioned => w.notifications_mentioned(who),
        Kind::Assigned => w.notifications_assigned(who),
        Kind::CustomerReplied => w.notifications_customer_replied(who),
        Kind::HandoffAsked => w.notifications_handoff_asked(who),
        Kind::HandoffDeclined => w.notifications_handoff_declined(who),
        Kind::ReviewAsked => w.reviews_told_asked(who),
        Kind::ReviewApproved => w.reviews_told_approved(who),
        Kind::ReviewReturned => w.reviews_told_returned(who),
        Kind::RuleSwitchedOff => w.rules_told_switched_off().to_owned(),
        Kind::TooMuch => w.procedures_told_too_much().to_owned(),
        Kind::AnswerFailed => w.notifications_answer_failed().to_owned(),
        Kind::SideAnswered => w.notifications_side_answered(who),
        Kind::ClockWarned => w.clocks_told_warned().to_owned(),
        Kind::ClockBreached => w.clocks_told_missed().to_owned(),
    }
}

impl Catalogues {
    fn words(&self, to: &Agent) -> Words {
        Words::of(Language::of_tag(&to.preferences().language).unwrap_or(self.standard))
    }
}

/// Strangers' words in Markdown as words.
pub(crate) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().fold(String::new(), |mut plain, c| {
        if "\\`*_[]<>#!|~".contains(c) {
            plain.push('\\');
        }
        plain.push(c);
        plain
    })
}

impl Wording for Catalogues {
    fn digest(&self, to: &Agent, lines: &[Line]) -> (String, String) {
        let w = self.words(to);
        let line = |line: &Line| {
            let what = sentence(w, line.kind, line.actor.as_deref().unwrap_or("Rapport"));
            let subject = format!("#{} {}", line.number, line.subject);
            let link = match &self.public_url {
                Some(url) => format!("[{}]({}/c/{})", plain(&subject), url.trim_end_matches('/'), line.number),
                None => plain(&subject),
            };
            format!("- {}: {link}", plain(&what))
        };
        let lines: Vec<String> = lines.iter().map(line).collect();
        let hello = plain(&w.notifications_digest_hello(&to.name));
        let (intro, end) = (w.notifications_digest_intro(), w.notifications_digest_end());
        let text = format!("{hello}\n\n{intro}\n\n{}\n\n{end}", lines.join("\n"));
        (w.notifications_digest_subject(lines.len()), text)
    }

    fn push(&self, to: &Agent, line: &Line) -> String {
        let w = self.words(to);
        let title = sentence(w, line.kind, line.actor.as_deref().unwrap_or("Rapport"));
        let cut = |text: &str| text.chars().take(200).collect::<String>();
        let body = cut(&format!("#{} {}", line.number, line.subject));
        json!({ "title": cut(&title), "body": body, "url": format!("/c/{}", line.number), "tag": line.conversation.to_string() })
            .to_string()
    }

    fn moment(&self, language: &str, at: &Zoned) -> String {
        let words = Words::of(Language::of_tag(language).unwrap_or(self.standard));
        // The hour is the desk's, which the reader may be far from.
        format!("{} ({})", words.moment(at), at.time_zone().iana_name().unwrap_or("UTC").replace('_', " "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_subject_makes_no_link_in_a_digest() {
        let html = base::html::from_markdown(&plain("![x](https://evil.example/a.png) <b>\n# y"));
        assert!(!html.contains("<img") && !html.contains("<b>") && !html.contains("<h1"), "{html}");
    }
}
