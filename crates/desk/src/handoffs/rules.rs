//! Giving a conversation to somebody else: what has to be told, who may accept, what the thread tells by itself. Decisions only.

use crate::{
    FieldError,
    conversations::MessageKind,
    people::{AgentId, TeamId},
};

/// The longest part of a brief, in characters.
const MOST: usize = 4_000;

kept_as_integer! {
    /// How far a hand-off has got.
    State {
        /// It waits for an answer.
        Asked = 1 "asked",
        /// The receiver has it.
        Accepted = 2 "accepted",
        /// The receiver gave it back, with a reason.
        Declined = 3 "declined",
        /// It was taken back, or somebody else took the conversation meanwhile.
        Withdrawn = 4 "withdrawn",
    }
}

/// To whom a conversation is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    /// An agent.
    Agent(AgentId),
    /// A team: any member may accept.
    Team(TeamId),
}

impl Receiver {
    /// Whether somebody, of these teams, may accept or decline for it.
    pub fn includes(self, agent: AgentId, teams: &[TeamId]) -> bool {
        match self {
            Receiver::Agent(receiver) => receiver == agent,
            Receiver::Team(team) => teams.contains(&team),
        }
    }
}

/// What the receiver needs to know, so that nobody asks the customer again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brief {
    /// What the customer asks for.
    pub asked: String,
    /// What was tried.
    pub tried: String,
    /// What was promised, and for when.
    pub promised: String,
    /// What is known besides.
    pub known: String,
}

impl Brief {
    /// Without blanks at the ends of its parts.
    pub(super) fn tidied(self) -> Self {
        let tidy = |text: String| text.trim().replace("\r\n", "\n");
        let Brief { asked, tried, promised, known } = self;
        Self { asked: tidy(asked), tried: tidy(tried), promised: tidy(promised), known: tidy(known) }
    }

    /// What can't be taken of it: each part has to say something, be it "nothing".
    pub(super) fn problems(&self) -> Vec<FieldError> {
        let parts =
            [("asked", &self.asked), ("tried", &self.tried), ("promised", &self.promised), ("known", &self.known)];
        let problem = |text: &str| match text {
            "" => Some("required"),
            long if long.chars().count() > MOST => Some("too_long"),
            _ => None,
        };
        parts
            .into_iter()
            .filter_map(|(field, text)| problem(text).map(|problem| FieldError { field, problem }))
            .collect()
    }
}

/// A message as a brief is drawn from it.
#[derive(Debug, Clone)]
pub struct Told {
    /// What it is.
    pub kind: MessageKind,
    /// Who wrote it.
    pub author: String,
    /// Its text without quotes.
    pub text: String,
}

/// What the thread tells by itself, oldest message first: what the customer wrote first and last, what we answered last. What was
/// promised, and what is known, nobody can guess: those stay empty.
pub fn drawn_from(thread: &[Told]) -> Brief {
    let theirs: Vec<&Told> = thread.iter().filter(|one| one.kind == MessageKind::Incoming).collect();
    let mut asked = theirs.first().map(|one| beginning(&one.text)).unwrap_or_default();
    if let Some(last) = theirs.last().filter(|_| theirs.len() > 1) {
        asked = format!("{asked}\n\n{}", beginning(&last.text));
    }
    let ours = thread.iter().filter(|one| one.kind == MessageKind::Outgoing).rev().take(2);
    let tried: Vec<String> = ours.map(|one| format!("{}: {}", one.author, beginning(&one.text))).collect();
    let tried = tried.into_iter().rev().collect::<Vec<_>>().join("\n\n");
    Brief { asked: asked.trim().to_owned(), tried, ..Brief::default() }
}

/// The first sentences of a text, on one line.
fn beginning(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= 400 {
        return words;
    }
    let cut: String = words.chars().take(400).collect();
    let end = cut.rfind(['.', '!', '?', '。']).filter(|end| *end > 80).or_else(|| cut.rfind(' '));
    format!("{} …", end.map_or(cut.as_str(), |end| &cut[..end]).trim_end())
}

/// Whether giving a conversation to somebody needs a brief: when a person already has it, and it goes to a third one. Taking it
/// oneself, or putting it down, does not.
pub fn needs_brief(holder: Option<AgentId>, to: Option<AgentId>, actor: AgentId) -> bool {
    matches!((holder, to), (Some(holder), Some(to)) if to != holder && to != actor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn told(kind: MessageKind, text: &str) -> Told {
        Told { kind, author: "Sam".into(), text: text.into() }
    }

    #[test]
    fn a_brief_begins_with_what_was_asked_and_answered() {
        let brief = drawn_from(&[
            told(MessageKind::Incoming, "The zip broke."),
            told(MessageKind::Note, "rude"),
            told(MessageKind::Outgoing, "Did you wash it?"),
            told(MessageKind::Incoming, "No."),
        ]);
        assert_eq!((brief.asked.as_str(), brief.tried.as_str()), ("The zip broke.\n\nNo.", "Sam: Did you wash it?"));
        assert!(brief.promised.is_empty() && brief.known.is_empty());
        assert_eq!(brief.problems().len(), 2, "what nobody can guess has to be written");
    }

    #[test]
    fn only_giving_a_taken_conversation_to_a_third_person_needs_a_brief() {
        let [a, b, c] = [1, 2, 3].map(|n| AgentId(Uuid::from_u128(n)));
        assert!(needs_brief(Some(a), Some(b), a) && needs_brief(Some(a), Some(b), c));
        assert!(!needs_brief(None, Some(b), a), "nobody has it");
        assert!(!needs_brief(Some(a), Some(b), b), "taking it");
        assert!(!needs_brief(Some(a), None, a), "putting it down");
        assert!(!needs_brief(Some(a), Some(a), b), "it stays");
    }

    proptest! {
        #[test]
        fn what_is_drawn_from_a_thread_is_short_enough(texts in proptest::collection::vec("\\PC{0,900}", 0..5)) {
            let thread: Vec<Told> = texts.iter().enumerate().map(|(n, text)| {
                told(if n % 2 == 0 { MessageKind::Incoming } else { MessageKind::Outgoing }, text)
            }).collect();
            let brief = drawn_from(&thread).tidied();
            prop_assert!(brief.problems().iter().all(|problem| problem.problem == "required"));
        }
    }
}
