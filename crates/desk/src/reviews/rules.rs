//! What may be done with a draft that waits for a review, by whom, and what a reviewer changed in it. Decisions only.

use crate::{
    Error, Result,
    people::{AgentId, TeamId},
};
use similar::{Algorithm, ChangeTag, TextDiff};
use std::time::Duration;
use unicode_segmentation::UnicodeSegmentation;

/// The longest remark, in characters.
const MOST_REMARK: usize = 1_000;
/// The longest text, in bytes: as that of an answer.
const MOST_TEXT: usize = 200_000;
/// Telling two texts apart takes no longer than this; what is found by then is shown.
const PATIENCE: Duration = Duration::from_millis(250);

kept_as_integer! {
    /// How far a review has got.
    State {
        /// It waits for a reviewer.
        Asked = 1 "asked",
        /// A reviewer approved it; its author sends it.
        Approved = 2 "approved",
        /// A reviewer gave it back, with a remark.
        Returned = 3 "returned",
        /// It was sent.
        Sent = 4 "sent",
        /// Its author took it back.
        Withdrawn = 5 "withdrawn",
        /// It was given back, and its author has seen that.
        Noted = 6 "noted",
    }
}

impl State {
    /// Whether the draft is still with the review, and not with its author.
    pub fn is_open(self) -> bool {
        matches!(self, State::Asked | State::Approved)
    }
}

/// Whom the author asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reviewer {
    /// Whoever has time.
    Anyone,
    /// An agent.
    Agent(AgentId),
    /// Any member of a team.
    Team(TeamId),
}

/// What somebody is to a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// They wrote the draft.
    Author,
    /// They were asked.
    Reviewer,
    /// Neither: they may look.
    Reader,
}

impl Reviewer {
    /// What somebody, of these teams, is to a review that `author` asked for. Nobody reviews a draft of their own.
    pub fn part_of(self, agent: AgentId, teams: &[TeamId], author: AgentId) -> Part {
        if agent == author {
            return Part::Author;
        }
        let asked = match self {
            Reviewer::Anyone => true,
            Reviewer::Agent(reviewer) => reviewer == agent,
            Reviewer::Team(team) => teams.contains(&team),
        };
        if asked { Part::Reviewer } else { Part::Reader }
    }
}

/// What can be done with a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Changing the text.
    Edit,
    /// Saying that it may go.
    Approve,
    /// Sending it.
    Send,
    /// Giving it back with a remark.
    Return,
    /// Taking it back.
    Withdraw,
    /// Having seen that it was given back.
    Note,
}

impl Act {
    /// All of them.
    pub const ALL: [Act; 6] = [Act::Edit, Act::Approve, Act::Send, Act::Return, Act::Withdraw, Act::Note];

    /// Whether somebody may do this now.
    pub fn is_allowed(self, part: Part, state: State) -> bool {
        match (self, part) {
            (_, Part::Reader) => false,
            // What was approved is what is sent.
            (Act::Edit, _) | (Act::Approve | Act::Return, Part::Reviewer) => state == State::Asked,
            (Act::Approve | Act::Return, Part::Author) | (Act::Withdraw | Act::Note, Part::Reviewer) => false,
            (Act::Send, Part::Reviewer) => state == State::Asked,
            (Act::Send, Part::Author) => state == State::Approved,
            (Act::Withdraw, Part::Author) => state.is_open(),
            (Act::Note, Part::Author) => state == State::Returned,
        }
    }

    /// Lets it through, or says why not.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when it is never theirs to do; [`Error::Conflict`] `decided_already` when it was, and no longer is.
    pub(super) fn check(self, part: Part, state: State) -> Result<()> {
        if self.is_allowed(part, state) {
            return Ok(());
        }
        let was = State::ALL.iter().any(|state| self.is_allowed(part, *state));
        // Before the approval its author waits, as for what is not theirs to do.
        let later = self == Act::Send && part == Part::Author && state == State::Asked;
        if was && !later { Err(Error::Conflict("decided_already")) } else { Err(Error::Forbidden) }
    }
}

/// A change of the text, with the revision that whoever made it had before their eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The revision.
    pub revision: i32,
    /// The text.
    pub text: String,
}

impl Edit {
    /// What the text becomes; none when it stays.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is empty or too long; [`Error::Conflict`] `text_changed` when somebody else changed it meanwhile.
    pub(super) fn against(&self, revision: i32, text: &str) -> Result<Option<String>> {
        let new = tidied(&self.text);
        if new.is_empty() {
            return Err(Error::field("text", "required"));
        }
        if new.len() > MOST_TEXT {
            return Err(Error::field("text", "too_long"));
        }
        if new == text {
            return Ok(None);
        }
        if self.revision != revision {
            return Err(Error::Conflict("text_changed"));
        }
        Ok(Some(new))
    }
}

/// A text as it is kept: browsers send other line ends than they were given.
pub(super) fn tidied(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// A remark as it is kept.
///
/// # Errors
/// [`Error::Invalid`] when it is too long.
pub(super) fn remark(text: &str) -> Result<String> {
    let text = tidied(text);
    if text.chars().count() > MOST_REMARK { Err(Error::field("remark", "too_long")) } else { Ok(text) }
}

/// A piece of two texts that were told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// In both.
    Same(String),
    /// Only in the first.
    Gone(String),
    /// Only in the second.
    New(String),
}

/// What makes the second text of the first, word by word; words as Unicode parts them, so that scripts without blanks have some too.
pub fn changes(before: &str, after: &str) -> Vec<Change> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_word_bounds().collect(), after.split_word_bounds().collect());
    let diff = TextDiff::configure().algorithm(Algorithm::Myers).timeout(PATIENCE).diff_slices(&old, &new);
    let mut changes: Vec<Change> = Vec::new();
    // Within a change what is gone stands before what is new: sentences read as such.
    let (mut gone, mut fresh) = (String::new(), String::new());
    let settle = |changes: &mut Vec<Change>, gone: &mut String, fresh: &mut String| {
        if !gone.is_empty() {
            changes.push(Change::Gone(std::mem::take(gone)));
        }
        if !fresh.is_empty() {
            changes.push(Change::New(std::mem::take(fresh)));
        }
    };
    for change in diff.iter_all_changes() {
        let text = change.value();
        match change.tag() {
            ChangeTag::Delete => gone.push_str(text),
            ChangeTag::Insert => fresh.push_str(text),
            // A blank between two changed words belongs to them.
            ChangeTag::Equal if text == " " && !(gone.is_empty() && fresh.is_empty()) => {
                gone.push_str(text);
                fresh.push_str(text);
            }
            ChangeTag::Equal => {
                settle(&mut changes, &mut gone, &mut fresh);
                match changes.last_mut() {
                    Some(Change::Same(same)) => same.push_str(text),
                    _ => changes.push(Change::Same(text.to_owned())),
                }
            }
        }
    }
    settle(&mut changes, &mut gone, &mut fresh);
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn agent(n: u128) -> AgentId {
        AgentId(Uuid::from_u128(n))
    }

    #[test]
    fn nobody_reviews_a_draft_of_their_own() {
        let team = TeamId(Uuid::from_u128(9));
        for asked in [Reviewer::Anyone, Reviewer::Agent(agent(1)), Reviewer::Team(team)] {
            assert_eq!(asked.part_of(agent(1), &[team], agent(1)), Part::Author);
        }
        assert_eq!(Reviewer::Team(team).part_of(agent(2), &[team], agent(1)), Part::Reviewer);
        assert_eq!(Reviewer::Team(team).part_of(agent(2), &[], agent(1)), Part::Reader);
        assert_eq!(Reviewer::Agent(agent(3)).part_of(agent(2), &[team], agent(1)), Part::Reader);
        assert_eq!(Reviewer::Anyone.part_of(agent(2), &[], agent(1)), Part::Reviewer);
    }

    #[test]
    fn what_was_approved_is_sent_by_its_author_as_it_was_approved() {
        assert!(
            Act::Send.is_allowed(Part::Author, State::Approved) && !Act::Send.is_allowed(Part::Author, State::Asked)
        );
        assert!(Act::Send.is_allowed(Part::Reviewer, State::Asked));
        assert!(
            !Act::Edit.is_allowed(Part::Author, State::Approved)
                && !Act::Edit.is_allowed(Part::Reviewer, State::Approved)
        );
        assert!(matches!(Act::Send.check(Part::Author, State::Asked), Err(Error::Forbidden)));
        assert!(matches!(Act::Approve.check(Part::Reviewer, State::Sent), Err(Error::Conflict("decided_already"))));
        assert!(matches!(Act::Approve.check(Part::Author, State::Asked), Err(Error::Forbidden)));
    }

    #[test]
    fn whoever_only_looks_can_do_nothing_and_what_is_over_nobody_can() {
        for act in Act::ALL {
            for state in State::ALL {
                assert!(!act.is_allowed(Part::Reader, *state));
                if matches!(state, State::Sent | State::Withdrawn | State::Noted) {
                    assert!(!act.is_allowed(Part::Author, *state) && !act.is_allowed(Part::Reviewer, *state));
                }
            }
        }
    }

    #[test]
    fn a_change_of_what_somebody_else_has_changed_is_refused_unless_it_is_the_same() {
        let edit = |revision, text: &str| Edit { revision, text: text.into() };
        assert_eq!(edit(1, " b\r\n\r\nc ").against(1, "a").unwrap().as_deref(), Some("b\n\nc"));
        assert_eq!(edit(0, "a").against(3, "a").unwrap(), None);
        assert!(matches!(edit(0, "b").against(3, "a"), Err(Error::Conflict("text_changed"))));
        assert!(matches!(edit(3, "  ").against(3, "a"), Err(Error::Invalid(_))));
    }

    #[test]
    fn changes_are_told_by_words() {
        let (gone, new) = (|text: &str| Change::Gone(text.into()), |text: &str| Change::New(text.into()));
        let same = |text: &str| Change::Same(text.into());
        assert_eq!(
            changes("We send it soon.", "We send it tomorrow."),
            [same("We send it "), gone("soon"), new("tomorrow"), same(".")]
        );
        assert_eq!(changes("a", "a"), [same("a")]);
        assert_eq!(
            changes("sorry for that", "please excuse that"),
            [gone("sorry for "), new("please excuse "), same("that")]
        );
    }

    proptest! {
        #[test]
        fn both_texts_can_be_put_together_again(before in "[a-c .\n日本語é]{0,40}", after in "[a-c .\n日本語é]{0,40}") {
            let (mut old, mut new) = (String::new(), String::new());
            for change in changes(&before, &after) {
                match change {
                    Change::Same(text) => { old.push_str(&text); new.push_str(&text); }
                    Change::Gone(text) => old.push_str(&text),
                    Change::New(text) => new.push_str(&text),
                }
            }
            prop_assert_eq!(old, before);
            prop_assert_eq!(new, after);
        }
    }
}
