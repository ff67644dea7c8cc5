//! Mentions in notes as they are shown: colleagues and teams that are there, one's own stronger.

use desk::conversations::{self, Mentionable, Message, MessageKind, find_mentions};
use desk::{Desk, Result, people};

use super::shapes::{MessageShown, MessageText, Side};

/// Who can be mentioned, and whom the viewer is mentioned by.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    /// By their names as HTML writes them.
    known: Vec<(Mentionable, String)>,
    own: Vec<Mentionable>,
}

impl Mentions {
    /// Of the viewer's workspace; of nobody where no note names anybody.
    pub(crate) async fn of(desk: &mut Desk<'_>, messages: &[Message]) -> Result<Mentions> {
        let Some(me) = desk.agent().ok() else { return Ok(Mentions::default()) };
        if !messages.iter().any(|one| one.kind == MessageKind::Note && one.body.contains('@')) {
            return Ok(Mentions::default());
        }
        let known = conversations::mentionable(desk).await?;
        let teams = people::teams_of(desk, me).await?.into_iter().map(|team| Mentionable::Team(team.id));
        Ok(Mentions {
            known: known.into_iter().map(|(who, name)| (who, escaped(&name))).collect(),
            own: std::iter::once(Mentionable::Agent(me)).chain(teams).collect(),
        })
    }

    /// Marks them in a note.
    pub(crate) fn mark(&self, message: &mut MessageShown) {
        if let (Side::Note, MessageText::Written(html), false) =
            (message.side, &mut message.words, self.known.is_empty())
        {
            *html = self.marked(html);
        }
    }

    /// Puts a mark around each mention in the text of some HTML that is clean already. Nothing else is changed: neither a tag nor a
    /// letter of the text, so that what was clean stays clean.
    fn marked(&self, html: &str) -> String {
        let mut marked = String::with_capacity(html.len() + 64);
        let mut rest = html;
        while !rest.is_empty() {
            let text = rest.find('<').unwrap_or(rest.len());
            self.mark_text(&rest[..text], &mut marked);
            let tag = text + end_of_tag(&rest[text..]);
            marked.push_str(&rest[text..tag]);
            rest = &rest[tag..];
        }
        marked
    }

    fn mark_text(&self, text: &str, marked: &mut String) {
        let mut done = 0;
        for (at, who) in find_mentions(text, &self.known) {
            marked.push_str(&text[done..at.start]);
            let is_own = who.iter().any(|one| self.own.contains(one));
            marked.push_str(if is_own { OWN } else { OTHER });
            marked.push_str(&text[at.clone()]);
            marked.push_str(END);
            done = at.end;
        }
        marked.push_str(&text[done..]);
    }
}

const OWN: &str = "<mark class=\"mention own\">";
const OTHER: &str = "<mark class=\"mention\">";
const END: &str = "</mark>";

/// Where a tag at the beginning of some HTML ends; a `>` between quotes does not end it.
fn end_of_tag(html: &str) -> usize {
    let mut quote = None;
    for (at, c) in html.char_indices() {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (_, Some(open)) if c == open => quote = None,
            ('>', None) => return at + 1,
            _ => {}
        }
    }
    html.len()
}

/// A text as the writer of HTML escapes it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::people::{AgentId, TeamId};
    use proptest::prelude::*;

    fn id<T: std::str::FromStr>(n: u8) -> T {
        format!("00000000-0000-0000-0000-{n:012}").parse().ok().unwrap()
    }

    fn mentions() -> Mentions {
        let (sam, me): (AgentId, AgentId) = (id(1), id(2));
        let team: TeamId = id(3);
        let known = vec![
            (Mentionable::Agent(sam), "Sam Okafor".to_owned()),
            (Mentionable::Agent(me), "Mei".to_owned()),
            (Mentionable::Team(team), escaped("R&D <3")),
        ];
        Mentions { known, own: vec![Mentionable::Agent(me)] }
    }

    #[test]
    fn colleagues_and_teams_are_marked_and_oneself_stronger() {
        let html = base::html::from_markdown("@Sam Okafor, @mei and @R&D <3: **@Mei** not@mei, @nobody");
        let marked = mentions().marked(&html);
        assert!(marked.contains("<mark class=\"mention\">@Sam Okafor</mark>,"), "{marked}");
        assert!(marked.contains("<mark class=\"mention own\">@mei</mark> and"), "{marked}");
        assert!(marked.contains("<mark class=\"mention\">@R&amp;D &lt;3</mark>"), "{marked}");
        assert!(marked.contains("<strong><mark class=\"mention own\">@Mei</mark></strong>"), "{marked}");
        assert_eq!(marked.matches("<mark").count(), 4, "{marked}");
    }

    #[test]
    fn nothing_within_a_tag_is_touched() {
        let html = base::html::from_markdown("[x](https://a.example/@Mei?b=@Mei)");
        assert!(!mentions().marked(&html).contains("<mark"), "{html}");
        let odd = "<a title=\"a > @Mei\" rel='> @Mei'>x</a>";
        assert_eq!(mentions().marked(odd), odd);
    }

    proptest! {
        #[test]
        fn without_the_marks_it_is_what_it_was(text in "[@a-zA-Z<>&*`_ \n\\[\\]()]{0,40}(@Mei|@Sam Okafor|@R&D <3)?[ -~]{0,20}") {
            let html = base::html::from_markdown(&text);
            let marked = mentions().marked(&html);
            prop_assert_eq!(marked.replace(OWN, "").replace(OTHER, "").replace(END, ""), html);
        }
    }
}
