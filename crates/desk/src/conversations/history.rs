//! Mail from before that is brought along: when it is from. Decisions only.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What is known of a mail that is brought along from before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// When it was delivered, as far as the place where it lay tells.
    pub delivered_at: Option<Timestamp>,
    /// Conversations whose last message is older are settled.
    pub open_after: Timestamp,
}

impl History {
    /// When the mail is from: its writer's date, unless that lies before there was such mail, or after the delivery (or `now`).
    pub fn date(&self, claimed: Option<Timestamp>, now: Timestamp) -> Timestamp {
        let latest = self.delivered_at.filter(|at| is_plausible(*at, now)).unwrap_or(now);
        let claimed = claimed.filter(|at| is_plausible(*at, latest + SignedDuration::from_hours(26)));
        claimed.unwrap_or(latest).min(now)
    }
}

/// Between the first year of RFC 822 and then.
fn is_plausible(at: Timestamp, latest: Timestamp) -> bool {
    at >= Timestamp::constant(378_691_200, 0) && at <= latest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_brought_along_has_its_own_date_unless_that_makes_no_sense() {
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let delivered: Timestamp = "2021-05-01T10:00:00Z".parse().unwrap();
        let known = History { delivered_at: Some(delivered), open_after: now };
        let unknown = History { delivered_at: None, ..known };
        let claimed = |text: &str| Some(text.parse().unwrap());
        assert_eq!(known.date(claimed("2021-04-30T09:00:00Z"), now), claimed("2021-04-30T09:00:00Z").unwrap());
        assert_eq!(known.date(claimed("2038-01-01T00:00:00Z"), now), delivered);
        assert_eq!(known.date(claimed("1970-01-01T00:00:00Z"), now), delivered);
        assert_eq!(known.date(None, now), delivered);
        assert_eq!(unknown.date(claimed("2038-01-01T00:00:00Z"), now), now);
        // A clock or time zone that is a little wrong is no reason to distrust it, but nothing is from the future.
        assert_eq!(unknown.date(Some(now + SignedDuration::from_hours(3)), now), now);
    }
}
