//! Who gets which text of a common answer, and why somebody gets none. Decisions only.

use crate::{FieldError, conversations::Status, macros};
use serde::{Deserialize, Serialize};

/// The longest title, in characters.
const MOST_TITLE: usize = 200;
/// The longest text of an answer and of what is known, in bytes.
const MOST_TEXT: usize = 50_000;
/// The most texts of an answer.
const MOST_LANGUAGES: usize = 60;

kept_as_integer! {
    /// Whether a problem is still there.
    State {
        /// It is.
        Open = 1 "open",
        /// It is not any more.
        Solved = 2 "solved",
    }
}

kept_as_integer! {
    /// What is done with a conversation once its customer has the answer.
    Afterwards {
        /// Nothing.
        Nothing = 1 "nothing",
        /// It is resolved.
        Resolve = 2 "resolve",
        /// It is put off until the customer writes.
        Wait = 3 "wait",
    }
}

kept_as_integer! {
    /// How far sending an answer to all has got.
    Progress {
        /// It is about to begin, or goes on.
        Running = 1 "running",
        /// It went through all of them.
        Done = 2 "done",
        /// Somebody stopped it; who has the answer has it.
        Stopped = 3 "stopped",
    }
}

kept_as_integer! {
    /// What became of an answer in one conversation.
    Outcome {
        /// It was written, and is on its way or there.
        Sent = 1 "sent",
        /// It was written, but could not be delivered.
        NotDelivered = 2 "not_delivered",
        /// It was to be written, and that failed.
        Failed = 3 "failed",
        /// It was not to be written, with a reason.
        PassedOver = 4 "passed_over",
        /// It was written, but what was to be done afterwards could not be.
        Partly = 5 "partly",
    }
}

kept_as_integer! {
    /// Why a customer does not get an answer, or not all of it was done.
    Reason {
        /// They have it already.
        Answered = 1 "answered",
        /// It was settled meanwhile, and only open ones were to be answered.
        Resolved = 2 "resolved",
        /// The customer does not want to be contacted.
        DoNotContact = 3 "do_not_contact",
        /// There is no address to send to.
        NoAddress = 4 "no_address",
        /// Mail to an address in it came back for good.
        Suppressed = 5 "suppressed",
        /// Whoever sends has begun an answer of their own there.
        Draft = 6 "draft",
        /// There is no text in the customer's language, and none for all others.
        NoText = 7 "no_text",
        /// A variable of the text has no value here and no fallback.
        Gap = 8 "gap",
        /// There is no mailbox to send from.
        NoMailbox = 9 "no_mailbox",
        /// Mail could not be delivered.
        NotDelivered = 10 "not_delivered",
        /// It has the answer, but fields have to be filled in before it can be resolved.
        FieldsMissing = 11 "fields_missing",
        /// It has the answer, but steps of its procedure have to be done before it can be resolved.
        StepsMissing = 13 "steps_missing",
        /// It could not be written, for another reason.
        Other = 12 "other",
    }
}

/// One answer to all: a text for each language, and whose text those get for whom there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// In Markdown, by language (a BCP 47 tag).
    pub texts: Vec<(String, String)>,
    /// The language whose text goes to all others.
    pub standard: Option<String>,
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

impl Answer {
    /// Without blanks at their ends, and without texts that say nothing; a standard that has no text is none.
    pub(super) fn tidied(mut self) -> Self {
        for (language, text) in &mut self.texts {
            *language = language.trim().to_lowercase();
            *text = text.trim().replace("\r\n", "\n");
        }
        self.texts.retain(|(_, text)| !text.is_empty());
        self.texts.sort();
        self.standard = self.standard.map(|language| language.trim().to_lowercase());
        self.standard = self.standard.filter(|standard| self.texts.iter().any(|(language, _)| language == standard));
        self
    }

    /// What can't be kept of it. A variable that does not exist may be kept, but not be sent.
    pub(super) fn problems(&self) -> Vec<FieldError> {
        let mut problems = Vec::new();
        let mut say = |field, problem| problems.push(FieldError { field, problem });
        if self.texts.len() > MOST_LANGUAGES || self.texts.iter().any(|(_, text)| text.len() > MOST_TEXT) {
            say("text", "too_long");
        }
        if self.texts.iter().any(|(language, _)| !macros::is_language(language)) {
            say("language", "not_a_language");
        }
        if self.texts.windows(2).any(|two| two[0].0 == two[1].0) {
            say("language", "taken");
        }
        problems
    }

    /// The variables that it names although they do not exist.
    pub fn unknown_variables(&self) -> Vec<String> {
        let mut unknown: Vec<String> =
            self.texts.iter().flat_map(|(_, text)| macros::unknown_variables(text, &[])).collect();
        unknown.sort();
        unknown.dedup();
        unknown
    }

    /// The text for somebody who reads that language (empty where it is not known), with its language: exactly that one, else the same
    /// in another country, else the one for all others.
    pub fn text_for(&self, language: &str) -> Option<(&str, &str)> {
        let of = |wanted: &dyn Fn(&str) -> bool| self.texts.iter().find(|(have, _)| wanted(have));
        let own = match language {
            "" => None,
            wanted => of(&|have| have.eq_ignore_ascii_case(wanted))
                .or_else(|| of(&|have| have == primary(wanted)))
                .or_else(|| of(&|have| primary(have).eq_ignore_ascii_case(primary(wanted)))),
        };
        let other = || self.standard.as_deref().and_then(|standard| of(&|have| have == standard));
        own.or_else(other).map(|(language, text)| (language.as_str(), text.as_str()))
    }
}

/// What is asked of a conversation before it gets an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Which language its customer reads; empty where it is not known.
    pub language: &'a str,
    /// Whether it still needs somebody.
    pub status: Status,
    /// It has this answer.
    pub answered: bool,
    /// The customer does not want to be contacted.
    pub do_not_contact: bool,
    /// There is somewhere to send to.
    pub reachable: bool,
    /// Mail to somebody who takes part came back for good.
    pub suppressed: bool,
    /// Whoever sends has begun an answer there.
    pub has_draft: bool,
}

/// The text that a conversation gets, with its language, or why it gets none.
///
/// # Errors
/// The reason, the one that a person can do least about first.
pub fn decide<'a>(asked: &Asked<'_>, answer: &'a Answer, only_open: bool) -> Result<(&'a str, &'a str), Reason> {
    let because = [
        (asked.answered, Reason::Answered),
        (only_open && asked.status == Status::Resolved, Reason::Resolved),
        (asked.do_not_contact, Reason::DoNotContact),
        (!asked.reachable, Reason::NoAddress),
        (asked.suppressed, Reason::Suppressed),
        (asked.has_draft, Reason::Draft),
    ];
    if let Some((_, reason)) = because.into_iter().find(|(holds, _)| *holds) {
        return Err(reason);
    }
    answer.text_for(asked.language).ok_or(Reason::NoText)
}

/// A title on one line.
pub(super) fn checked_title(title: &str) -> Result<String, FieldError> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    match title.chars().count() {
        0 => Err(FieldError { field: "title", problem: "required" }),
        length if length > MOST_TITLE => Err(FieldError { field: "title", problem: "too_long" }),
        _ => Ok(title),
    }
}

/// What is known, with plain ends of lines.
pub(super) fn checked_known(known: &str) -> Result<String, FieldError> {
    let known = known.trim().replace("\r\n", "\n");
    if known.len() > MOST_TEXT { Err(FieldError { field: "known", problem: "too_long" }) } else { Ok(known) }
}

/// Whether a problem is meant by what was typed: its number, or the beginnings of words of its title.
pub(super) fn is_meant(number: i64, title: &str, query: &str) -> bool {
    let query = query.trim().trim_start_matches('#').to_lowercase();
    if query == number.to_string() {
        return true;
    }
    let title = title.to_lowercase();
    query.split_whitespace().all(|word| title.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn answer(texts: &[(&str, &str)], standard: Option<&str>) -> Answer {
        let texts = texts.iter().map(|(language, text)| ((*language).to_owned(), (*text).to_owned())).collect();
        Answer { texts, standard: standard.map(str::to_owned) }
    }

    fn plain(language: &str) -> Asked<'_> {
        Asked {
            language,
            status: Status::Open,
            answered: false,
            do_not_contact: false,
            reachable: true,
            suppressed: false,
            has_draft: false,
        }
    }

    #[test]
    fn everybody_gets_their_own_language_else_the_standard_else_nothing() {
        let all = answer(&[("de", "Hallo"), ("en", "Hello"), ("pt-br", "Olá")], Some("en"));
        let text = |language: &str| decide(&plain(language), &all, false).map(|(_, text)| text);
        assert_eq!(text("de"), Ok("Hallo"));
        assert_eq!(text("de-at"), Ok("Hallo"));
        assert_eq!(text("pt"), Ok("Olá"));
        assert_eq!(text("ja"), Ok("Hello"));
        assert_eq!(text(""), Ok("Hello"));
        let strict = answer(&[("de", "Hallo")], None);
        assert_eq!(decide(&plain("ja"), &strict, false), Err(Reason::NoText));
        assert_eq!(decide(&plain(""), &strict, false), Err(Reason::NoText));
    }

    #[test]
    fn what_is_settled_is_passed_over_only_when_that_was_asked_for() {
        let all = answer(&[("en", "Hello")], None);
        let settled = Asked { status: Status::Resolved, ..plain("en") };
        assert_eq!(decide(&settled, &all, true), Err(Reason::Resolved));
        assert_eq!(decide(&settled, &all, false), Ok(("en", "Hello")));
    }

    #[test]
    fn tidying_leaves_out_what_says_nothing_and_a_standard_without_a_text() {
        let tidy = answer(&[("EN ", " Hello\r\n"), ("de", "  ")], Some("de")).tidied();
        assert_eq!(tidy, answer(&[("en", "Hello")], None));
        let twice = answer(&[("en", "Hello"), ("en", "Hi")], None).tidied();
        assert_eq!(twice.problems(), vec![FieldError { field: "language", problem: "taken" }]);
        assert_eq!(answer(&[("English", "x")], None).problems().len(), 1);
    }

    #[test]
    fn variables_that_do_not_exist_are_named_once() {
        let odd = answer(&[("de", "{{customer.nam}}"), ("en", "{{customer.nam|x}} {{agent.name}}")], None);
        assert_eq!(odd.unknown_variables(), vec!["customer.nam"]);
    }

    #[test]
    fn a_problem_is_found_by_its_number_and_by_words_of_its_title() {
        assert!(is_meant(12, "Shop is down", "#12") && is_meant(12, "Shop is down", "down sho"));
        assert!(!is_meant(12, "Shop is down", "1") && !is_meant(12, "Shop is down", "parcel"));
        assert!(is_meant(12, "Shop is down", ""));
    }

    const LANGUAGES: [&str; 7] = ["de", "en", "fr", "pt", "pt-br", "ja", ""];

    prop_compose! {
        fn any_answer()(which in proptest::collection::btree_set(0usize..6, 0..6), standard in proptest::option::of(0usize..6)) -> Answer {
            let texts = which.iter().map(|at| (LANGUAGES[*at].to_owned(), format!("text {at}"))).collect();
            Answer { texts, standard: standard.map(|at| LANGUAGES[at].to_owned()) }.tidied()
        }
    }

    prop_compose! {
        fn any_asked()(language in 0usize..7, flags in proptest::array::uniform5(any::<bool>()), settled in any::<bool>()) -> Asked<'static> {
            Asked {
                language: LANGUAGES[language],
                status: if settled { Status::Resolved } else { Status::Open },
                answered: flags[0], do_not_contact: flags[1], reachable: flags[2], suppressed: flags[3], has_draft: flags[4],
            }
        }
    }

    proptest! {
        #[test]
        fn nobody_gets_an_answer_who_has_it_or_must_not_or_cannot(asked in any_asked(), answer in any_answer(), only_open: bool) {
            if decide(&asked, &answer, only_open).is_ok() {
                prop_assert!(!asked.answered && !asked.do_not_contact && asked.reachable && !asked.suppressed && !asked.has_draft);
                prop_assert!(!only_open || asked.status != Status::Resolved);
            }
        }

        #[test]
        fn where_nothing_stands_against_it_whoever_has_a_text_gets_it(language in 0usize..7, answer in any_answer(), only_open: bool) {
            let language = LANGUAGES[language];
            let own = answer.texts.iter().find(|(have, _)| have == language);
            let decided = decide(&plain(language), &answer, only_open);
            match own {
                Some((have, text)) => prop_assert_eq!(decided, Ok((have.as_str(), text.as_str()))),
                None if answer.standard.is_some() => prop_assert!(decided.is_ok()),
                None => {
                    let same = |have: &str| !language.is_empty() && primary(have) == primary(language);
                    prop_assert_eq!(decided.is_ok(), answer.texts.iter().any(|(have, _)| same(have)));
                }
            }
        }

        #[test]
        fn a_standard_takes_nobodys_own_text_away(language in 0usize..7, answer in any_answer()) {
            let without = Answer { standard: None, ..answer.clone() };
            if let Some(own) = without.text_for(LANGUAGES[language]) {
                prop_assert_eq!(answer.text_for(LANGUAGES[language]), Some(own));
            }
        }

        #[test]
        fn tidying_twice_is_tidying_once(answer in any_answer()) {
            prop_assert_eq!(answer.clone().tidied(), answer);
        }
    }
}
