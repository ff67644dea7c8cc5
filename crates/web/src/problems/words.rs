//! What becomes of an answer in a conversation, in words.

use desk::conversations::Status;
use desk::problems::{Member, Outcome, Reason, State};
use maud::{Markup, html};
use words::Words;

use crate::components::pill::{Tone, pill};
use crate::customers::names;

/// Why a conversation gets no answer, or not all of it was done.
pub(crate) fn reason(w: Words, reason: Reason, detail: &str) -> String {
    match reason {
        Reason::Answered => w.problems_reason_answered(),
        Reason::Resolved => w.problems_reason_resolved(),
        Reason::DoNotContact => w.problems_reason_do_not_contact(),
        Reason::NoAddress => w.problems_reason_no_address(),
        Reason::Suppressed if detail.is_empty() => w.problems_reason_suppressed_some(),
        Reason::Suppressed => return w.problems_reason_suppressed(detail),
        Reason::Draft => w.problems_reason_draft(),
        Reason::NoText => w.problems_reason_no_text(),
        Reason::Gap => return w.problems_reason_gap(detail),
        Reason::NoMailbox => w.problems_reason_no_mailbox(),
        Reason::NotDelivered => w.problems_reason_not_delivered(),
        Reason::FieldsMissing => w.problems_reason_fields_missing(),
        Reason::StepsMissing => w.procedures_reason_steps_missing(),
        Reason::Other => w.problems_reason_other(),
    }
    .to_owned()
}

/// A language by its own name; what stands for one that is not known.
pub(crate) fn language(w: Words, tag: &str) -> String {
    match tag.split_once('-') {
        _ if tag.is_empty() => w.problems_language_unknown().to_owned(),
        Some((primary, _)) => format!("{} ({tag})", names::language(primary)),
        None => names::language(tag).to_owned(),
    }
}

/// Whether a problem is still there.
pub(crate) fn state(w: Words, state: State) -> Markup {
    match state {
        State::Open => pill(w.common_open(), Tone::Accent),
        State::Solved => pill(w.problems_solved(), Tone::Ok),
    }
}

/// Whether a conversation still needs somebody.
pub(crate) fn status(w: Words, status: Status) -> &'static str {
    match status {
        Status::Resolved => w.common_resolved(),
        Status::Snoozed => w.snooze_snoozed(),
        _ => w.common_open(),
    }
}

/// What became of the answer in a conversation.
pub(crate) fn outcome(w: Words, member: &Member) -> Markup {
    let why = member.reason().map(|(why, detail)| reason(w, why, detail)).unwrap_or_default();
    html! {
        @match member.outcome {
            None => (pill(w.problems_not_answered_yet(), Tone::Quiet)),
            Some(Outcome::Sent) => (pill(w.problems_answered(), Tone::Ok)),
            Some(Outcome::Partly) => { (pill(w.problems_answered(), Tone::Ok)) span.detail { (why) } },
            Some(Outcome::NotDelivered) => { (pill(w.problems_not_delivered(), Tone::Bad)) span.detail { (why) } },
            Some(Outcome::Failed) => { (pill(w.problems_failed(), Tone::Bad)) span.detail { (why) } },
            Some(Outcome::PassedOver) => { (pill(w.problems_passed_over(), Tone::Warn)) span.detail { (why) } },
        }
    }
}
