//! Whom what happened concerns, and by which ways they hear of it. Decisions only.

use crate::{Actor, people::AgentId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

kept_as_integer! {
    /// Why somebody is notified.
    Kind {
        /// A note mentions them.
        Mentioned = 1 "mentioned",
        /// A conversation was assigned to them.
        Assigned = 2 "assigned",
        /// A customer wrote in a conversation that is theirs or that they follow.
        CustomerReplied = 3 "customer_replied",
        /// A conversation was handed to them or their team.
        HandoffAsked = 4 "handoff_asked",
        /// What they handed off was declined.
        HandoffDeclined = 5 "handoff_declined",
        /// An answer of theirs could not be sent.
        AnswerFailed = 6 "answer_failed",
        /// Somebody answered in a side conversation of what is theirs or what they follow.
        SideAnswered = 7 "side_answered",
        /// There is more in a conversation than its procedure allows.
        TooMuch = 31 "too_much",
        /// A draft waits for their review, or their team's.
        ReviewAsked = 20 "review_asked",
        /// Their draft was approved, or sent at once.
        ReviewApproved = 21 "review_approved",
        /// Their draft was given back.
        ReviewReturned = 22 "review_returned",
        /// A target of theirs, or their team's, is about to be missed.
        ClockWarned = 32 "clock_warned",
        /// A target of theirs, or their team's, was missed.
        ClockBreached = 33 "clock_breached",
        /// A rule failed too often and was switched off.
        RuleSwitchedOff = 30 "rule_switched_off",
    }
}

/// By which ways somebody hears of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ways {
    /// In the desk: the bell and its list.
    pub in_app: bool,
    /// In a digest by e-mail, while it is not read.
    pub by_mail: bool,
    /// By a message to their browsers.
    pub by_push: bool,
}

impl Kind {
    /// The ways unless somebody chose others: everything in the desk; what waits for them personally also outside.
    pub fn usual_ways(self) -> Ways {
        let by_mail = !matches!(self, Kind::CustomerReplied);
        Ways { in_app: true, by_mail, by_push: true }
    }
}

/// Those of the concerned who are to be notified: each once, never who did it.
pub(super) fn to_notify(concerned: impl IntoIterator<Item = AgentId>, actor: Actor) -> Vec<AgentId> {
    let mut to: Vec<AgentId> = concerned.into_iter().filter(|agent| actor != Actor::Agent(*agent)).collect();
    to.sort_unstable();
    to.dedup();
    to
}

/// A digest waits so long, so that what is read meanwhile is not mailed.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// From one digest to the next.
const BETWEEN: SignedDuration = SignedDuration::from_hours(1);

/// When the next digest leaves: after some patience, and at most once an hour.
pub(super) fn digest_due(now: Timestamp, last: Option<Timestamp>) -> Timestamp {
    let patient = now + PATIENCE;
    last.map_or(patient, |last| patient.max(last + BETWEEN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    proptest! {
        #[test]
        fn nobody_is_notified_of_their_own_act_or_twice(concerned in proptest::collection::vec(0_u128..6, 0..12), actor in 0_u128..6) {
            let agent = |n| AgentId(Uuid::from_u128(n));
            let to = to_notify(concerned.iter().copied().map(agent), Actor::Agent(agent(actor)));
            prop_assert!(!to.contains(&agent(actor)));
            for n in &concerned {
                prop_assert_eq!(to.iter().filter(|one| **one == agent(*n)).count(), usize::from(*n != actor));
            }
        }

        #[test]
        fn digests_are_an_hour_apart(waits in proptest::collection::vec(0_i64..7200, 1..20)) {
            let (mut now, mut last) = (Timestamp::UNIX_EPOCH, None::<Timestamp>);
            for seconds in waits {
                now += SignedDuration::from_secs(seconds);
                let due = digest_due(now, last);
                prop_assert!(due > now);
                if let Some(last) = last {
                    prop_assert!(due.duration_since(last) >= SignedDuration::from_hours(1));
                }
                (now, last) = (due, Some(due));
            }
        }
    }
}
