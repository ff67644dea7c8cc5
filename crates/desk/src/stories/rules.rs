//! What stands in a story, and in which order.

use crate::{
    conversations::Listed,
    customers::{consent, notes::Note},
};
use jiff::Timestamp;
use uuid::Uuid;

/// Where a page of a story goes on: the last entry's time and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeKey {
    /// When.
    pub at: Timestamp,
    /// Of what.
    pub id: Uuid,
}

impl std::fmt::Display for TimeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.at.as_microsecond(), self.id)
    }
}

impl std::str::FromStr for TimeKey {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('.').ok_or(())?;
        let at = Timestamp::from_microsecond(at.parse().map_err(drop)?).map_err(drop)?;
        Ok(Self { at, id: id.parse().map_err(drop)? })
    }
}

/// One thing that happened with a customer.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A conversation, on whatever channel, where something was last said.
    Conversation(Box<Listed>),
    /// A note of a colleague.
    Note(Note),
    /// They agreed to something or objected.
    Consent(consent::Entry),
}

impl Entry {
    /// Where it stands.
    pub fn key(&self) -> TimeKey {
        match self {
            Entry::Conversation(one) => TimeKey { at: one.row.last_activity_at, id: one.row.id.0 },
            Entry::Note(note) => TimeKey { at: note.created_at, id: note.id.0 },
            Entry::Consent(entry) => TimeKey { at: entry.recorded_at, id: entry.id.0 },
        }
    }
}

/// The newest `limit` of what each source gave, and where the next page goes on when there is more.
pub(super) fn page(mut entries: Vec<Entry>, limit: usize) -> (Vec<Entry>, Option<TimeKey>) {
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.key()));
    let more = entries.len() > limit;
    entries.truncate(limit);
    let next = entries.last().map(Entry::key).filter(|_| more);
    (entries, next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::{CustomerId, notes::NoteId};
    use crate::people::AgentId;
    use proptest::prelude::*;

    fn note(at: i64, id: u128) -> Entry {
        let at = Timestamp::from_second(at).unwrap();
        let note = Note {
            id: NoteId(Uuid::from_u128(id)),
            customer_id: CustomerId(Uuid::nil()),
            agent_id: AgentId(Uuid::nil()),
            body: String::new(),
            pinned: false,
            created_at: at,
            updated_at: at,
        };
        Entry::Note(note)
    }

    proptest! {
        #[test]
        fn page_by_page_everything_is_shown_once_and_newest_first(times in proptest::collection::vec(0_i64..20, 0..40), limit in 1_usize..7) {
            let all: Vec<(i64, u128)> = times.iter().enumerate().map(|(id, at)| (*at, id as u128)).collect();
            let (mut after, mut seen): (Option<TimeKey>, Vec<TimeKey>) = (None, Vec::new());
            loop {
                let mut left: Vec<Entry> = all.iter().map(|(at, id)| note(*at, *id)).filter(|entry| after.is_none_or(|after| entry.key() < after)).collect();
                left.sort_by_key(|entry| std::cmp::Reverse(entry.key()));
                left.truncate(limit + 1);
                let (shown, next) = page(left, limit);
                seen.extend(shown.iter().map(Entry::key));
                after = next;
                if after.is_none() { break; }
            }
            prop_assert_eq!(seen.len(), all.len());
            prop_assert!(seen.windows(2).all(|pair| pair[0] > pair[1]));
        }
    }

    #[test]
    fn keys_are_read_back_as_they_were_written() {
        let key = note(77, 9).key();
        assert_eq!(key.to_string().parse(), Ok(key));
    }
}
