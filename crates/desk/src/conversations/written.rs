//! When a mail was written, as far as its own date can be believed. Pure.

use super::Header;
use base::mail;
use jiff::{SignedDuration, Timestamp};

/// When a message was written, beside when it arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// About when it arrived, or nothing is said.
    WhenItArrived,
    /// So much earlier that it matters.
    Before(Timestamp),
    /// Its own date cannot be right.
    Unbelievable {
        /// What it says.
        claimed: Timestamp,
    },
}

/// Mail is that long on its way without anybody wondering.
const ON_ITS_WAY: SignedDuration = SignedDuration::from_mins(30);

impl Header {
    /// When a message with this header was written that arrived then.
    pub fn written(&self, arrived: Timestamp) -> Written {
        let moment = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<Timestamp>().ok());
        let Some(claimed) = moment(&self.date) else { return Written::WhenItArrived };
        let received = moment(&self.received);
        if !mail::is_believable(claimed, received, arrived) {
            return Written::Unbelievable { claimed };
        }
        let written = mail::written_at(Some(claimed), received, arrived);
        if arrived.duration_since(written) < ON_ITS_WAY {
            return Written::WhenItArrived;
        }
        Written::Before(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn header(date: &str, received: Option<&str>) -> Header {
        Header { date: Some(date.into()), received: received.map(str::to_owned), ..Header::default() }
    }

    #[test]
    fn a_mail_that_was_long_on_its_way_tells_when_it_was_written() {
        let arrived = at("2026-11-22T10:00:00Z");
        assert_eq!(header("2026-11-22T09:45:00Z", None).written(arrived), Written::WhenItArrived);
        assert_eq!(header("2026-11-22T07:00:00Z", None).written(arrived), Written::Before(at("2026-11-22T07:00:00Z")));
        assert_eq!(Header::default().written(arrived), Written::WhenItArrived);
    }

    #[test]
    fn a_date_that_cannot_be_right_is_said_to_be_so() {
        let arrived = at("2026-11-22T10:00:00Z");
        for claimed in ["1970-01-01T00:00:00Z", "2026-10-01T10:00:00Z", "2038-01-01T00:00:00Z"] {
            assert_eq!(header(claimed, None).written(arrived), Written::Unbelievable { claimed: at(claimed) });
        }
        // It lay on a server of theirs for a month: that server's clock bears the date out.
        let taken = header("2026-10-01T10:00:00Z", Some("2026-10-01T10:01:00Z"));
        assert_eq!(taken.written(arrived), Written::Before(at("2026-10-01T10:00:00Z")));
        // A clock a little ahead is no reason to wonder.
        assert_eq!(header("2026-11-22T11:00:00Z", None).written(arrived), Written::WhenItArrived);
    }

    proptest! {
        #[test]
        fn nothing_was_written_after_it_arrived(date in 0_i64..4_000_000_000, taken in 0_i64..4_000_000_000, arrived in 0_i64..4_000_000_000) {
            let moment = |second| Timestamp::from_second(second).unwrap();
            let header = header(&moment(date).to_string(), Some(&moment(taken).to_string()));
            if let Written::Before(written) = header.written(moment(arrived)) {
                prop_assert!(written <= moment(arrived));
            }
        }
    }
}
