//! Where an arriving message belongs, and why. Decisions only.
//!
//! Someone who takes no part in a conversation never lands in it, whatever they name: forwarded mails and newsletters carry
//! the names of messages that are not theirs. Nor does a mail that may not be from whom it says, on the strength of that alone.

use super::ConversationId;
use base::mail;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Why a message was put where it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Threading {
    /// It answers nothing we know.
    New,
    /// It names a message of the conversation, and its sender takes part in it.
    Reference {
        /// The Message-ID it names.
        rfc_message_id: String,
    },
    /// It was sent to the signed reply address of the conversation, and its sender takes part.
    ReplyAddress,
    /// It names nothing we know, but it is marked as an answer, and its sender has exactly one recent conversation of that
    /// subject.
    Subject {
        /// The subject without marks of answers.
        subject: String,
    },
    /// It names a message of a conversation in which its sender takes no part: a conversation of its own.
    Stranger {
        /// The Message-ID it names, or the reply address.
        rfc_message_id: String,
        /// The other conversation's number.
        #[serde(default)]
        number: Option<i64>,
    },
    /// It would belong to another conversation by who it says wrote it, and that could not be verified: a conversation of its own.
    Unverified {
        /// The address that it says it is from.
        from: String,
        /// The other conversation's number.
        number: i64,
    },
}

/// How sure one can be that a message is where it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// By the subject.
    Medium,
    /// By what mail programs write into every answer.
    High,
    /// By our own signature.
    Certain,
}

impl Threading {
    /// How sure one can be; none where nothing was to be decided.
    pub fn confidence(&self) -> Option<Confidence> {
        match self {
            Threading::New | Threading::Stranger { .. } | Threading::Unverified { .. } => None,
            Threading::ReplyAddress => Some(Confidence::Certain),
            Threading::Reference { .. } => Some(Confidence::High),
            Threading::Subject { .. } => Some(Confidence::Medium),
        }
    }
}

/// A recent conversation of the sender, for guessing by subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    /// Which.
    pub conversation: ConversationId,
    /// Its number.
    pub number: i64,
    /// Its subject.
    pub subject: String,
    /// When something was last said in it.
    pub last_activity_at: Timestamp,
}

/// How long after its last message a conversation can be continued by its subject alone.
const SUBJECT_HOLDS: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Whether a mail could continue this conversation by its subject: it is marked as an answer, the subject says something and is the
/// conversation's, which is not old. Gives the subject without marks of answers.
pub(super) fn continues(subject: &str, now: Timestamp, recent: &Recent) -> Option<String> {
    let base = mail::base_subject(subject);
    let says_something = base.chars().filter(|c| c.is_alphanumeric()).count() >= 5;
    let is_same = says_something
        && base != subject.trim()
        && mail::base_subject(&recent.subject).to_lowercase() == base.to_lowercase()
        && now.duration_since(recent.last_activity_at).abs() <= SUBJECT_HOLDS;
    is_same.then_some(base)
}

/// Where a mail belongs that names no message we know (some servers rewrite or drop those names): to the one conversation of
/// its sender that it [could continue](continues). When it could be two, nobody can tell.
pub(super) fn by_subject(subject: &str, now: Timestamp, recent: &[Recent]) -> Option<(Recent, String)> {
    let mut fitting = recent.iter().filter_map(|one| Some((one.clone(), continues(subject, now, one)?)));
    match (fitting.next(), fitting.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}

/// Whether an answer is about something else than the conversation that it continues: another subject.
pub fn is_new_topic(subject: &str, of_conversation: &str) -> bool {
    let (subject, of) =
        (mail::base_subject(subject).to_lowercase(), mail::base_subject(of_conversation).to_lowercase());
    !subject.is_empty() && !of.is_empty() && !subject.contains(&of) && !of.contains(&subject)
}

/// A conversation that a mail's references lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Where the named message is.
    pub conversation: ConversationId,
    /// The conversation's number.
    pub number: i64,
    /// The Message-ID that led here; none when it was our signed reply address.
    pub rfc_message_id: Option<String>,
    /// Whether the sender takes part there.
    pub sender_takes_part: bool,
}

/// How far the sender that a mail names can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// Nothing speaks against it.
    Believed,
    /// Something does: it may be somebody else ([`super::Trust::Suspicious`]).
    Doubted,
    /// It names one of our own addresses, and is not taken for ours.
    NotUs,
}

/// Chooses where a mail from `from` belongs; candidates come in the order of trust: our signed reply address, In-Reply-To, then
/// References from the newest.
///
/// Someone who takes no part in a conversation never lands in it. A sender who is doubted needs more than their name: our signed reply
/// address, which only those have whom we wrote to. Message-IDs are no proof, since every forwarded mail carries them along.
pub(super) fn thread(candidates: &[Candidate], sender: Sender, from: &str) -> (Option<ConversationId>, Threading) {
    let unverified = |candidate: &Candidate| Threading::Unverified { from: from.to_owned(), number: candidate.number };
    if sender == Sender::NotUs {
        return (None, candidates.first().map_or(Threading::New, unverified));
    }
    if let Some(found) = candidates.iter().find(|candidate| candidate.sender_takes_part) {
        return match found.rfc_message_id.clone() {
            None => (Some(found.conversation), Threading::ReplyAddress),
            Some(_) if sender == Sender::Doubted => (None, unverified(found)),
            Some(rfc_message_id) => (Some(found.conversation), Threading::Reference { rfc_message_id }),
        };
    }
    match candidates.first() {
        Some(first) => {
            let rfc_message_id = first.rfc_message_id.clone().unwrap_or_else(|| "the reply address".into());
            (None, Threading::Stranger { rfc_message_id, number: Some(first.number) })
        }
        None => (None, Threading::New),
    }
}

/// The Message-IDs that a mail may answer, most trusted first, each once, at most 25.
pub(super) fn answered_ids<'a>(in_reply_to: Option<&'a str>, references: &'a [String]) -> Vec<&'a str> {
    let mut ids: Vec<&str> = Vec::new();
    for id in in_reply_to.into_iter().chain(references.iter().rev().map(String::as_str)) {
        if !id.is_empty() && !ids.contains(&id) && ids.len() < 25 {
            ids.push(id);
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn conversation(n: u128) -> ConversationId {
        ConversationId(Uuid::from_u128(n))
    }

    fn at(days: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * days)
    }

    fn recent(n: u128, subject: &str, days: i64) -> Recent {
        Recent {
            conversation: conversation(n),
            number: i64::try_from(n).unwrap(),
            subject: subject.into(),
            last_activity_at: at(days),
        }
    }

    #[test]
    fn a_stranger_who_quotes_a_known_id_gets_a_conversation_of_their_own() {
        let candidate = Candidate {
            conversation: conversation(7),
            number: 12,
            rfc_message_id: Some("x@y".into()),
            sender_takes_part: false,
        };
        let (place, why) = thread(std::slice::from_ref(&candidate), Sender::Believed, "eve@other.example");
        assert_eq!((place, why), (None, Threading::Stranger { rfc_message_id: "x@y".into(), number: Some(12) }));
        let part = Candidate { sender_takes_part: true, ..candidate.clone() };
        let (place, _) = thread(&[candidate, part], Sender::Believed, "ana@shop.example");
        assert_eq!(place, Some(conversation(7)));
    }

    #[test]
    fn a_doubted_sender_needs_more_than_their_name() {
        let by = |rfc_message_id: Option<&str>, sender_takes_part| Candidate {
            conversation: conversation(7),
            number: 12,
            rfc_message_id: rfc_message_id.map(str::to_owned),
            sender_takes_part,
        };
        let unverified = Threading::Unverified { from: "ana@shop.example".into(), number: 12 };
        let of = |candidate: Candidate, sender| thread(&[candidate], sender, "ana@shop.example");
        assert_eq!(of(by(Some("x@y"), true), Sender::Doubted), (None, unverified.clone()));
        assert_eq!(of(by(None, true), Sender::Doubted), (Some(conversation(7)), Threading::ReplyAddress));
        assert!(matches!(of(by(None, false), Sender::Doubted), (None, Threading::Stranger { .. })));
        // Nobody becomes us by naming us, not even with a reply address.
        assert_eq!(of(by(None, true), Sender::NotUs), (None, unverified.clone()));
        assert_eq!(of(by(Some("x@y"), false), Sender::NotUs), (None, unverified));
        assert_eq!(thread(&[], Sender::NotUs, "help@desk.example"), (None, Threading::New));
    }

    #[test]
    fn an_answer_without_any_reference_goes_to_the_one_recent_conversation_of_its_subject() {
        let recent = [recent(1, "Broken zip", 3), recent(2, "Invoice 7", 4)];
        let found = by_subject("AW: Broken zip", at(20), &recent);
        assert_eq!(found.map(|(one, subject)| (one.number, subject)), Some((1, "Broken zip".into())));
    }

    #[test]
    fn a_subject_is_no_reason_when_it_is_old_or_ambiguous_or_says_nothing_or_marks_no_answer() {
        let one = [recent(1, "Broken zip", 3)];
        assert_eq!(by_subject("Re: Broken zip", at(40), &one), None, "too old");
        assert_eq!(by_subject("Broken zip", at(4), &one), None, "not marked as an answer");
        assert_eq!(by_subject("Re: Broken zip", at(4), &[one[0].clone(), recent(2, "re: broken ZIP", 3)]), None);
        assert_eq!(by_subject("Re: Hi", at(4), &[recent(1, "Hi", 3)]), None, "it says nothing");
    }

    #[test]
    fn another_subject_is_another_topic_but_a_longer_one_is_not() {
        assert!(is_new_topic("Re: Opening hours", "Broken zip"));
        assert!(!is_new_topic("AW: Broken zip", "Broken zip"));
        assert!(!is_new_topic("Re: Broken zip (urgent)", "Broken zip"));
        assert!(!is_new_topic("", "Broken zip"));
    }

    proptest! {
        #[test]
        fn references_are_tried_once_each_newest_first(ids in proptest::collection::vec("[a-c]{0,2}", 0..60)) {
            let tried = answered_ids(ids.first().map(String::as_str), &ids);
            let mut unique = tried.clone();
            unique.sort_unstable();
            unique.dedup();
            prop_assert_eq!(unique.len(), tried.len());
            prop_assert!(tried.len() <= 25 && !tried.contains(&""));
        }

        #[test]
        fn nobody_lands_where_they_take_no_part(parts in proptest::collection::vec(any::<bool>(), 0..6)) {
            let candidates: Vec<Candidate> = parts
                .iter()
                .zip(1_u128..)
                .map(|(part, n)| Candidate {
                    conversation: conversation(n),
                    number: 1,
                    rfc_message_id: Some("a@b".into()),
                    sender_takes_part: *part,
                })
                .collect();
            let (place, _) = thread(&candidates, Sender::Believed, "ana@shop.example");
            let expected = parts.iter().position(|part| *part).map(|at| conversation(at as u128 + 1));
            prop_assert_eq!(place, expected);
            for sender in [Sender::Doubted, Sender::NotUs] {
                prop_assert_eq!(thread(&candidates, sender, "ana@shop.example").0, None);
            }
        }
    }
}
