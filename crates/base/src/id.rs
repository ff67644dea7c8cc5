//! Ids are handed in, too: time-ordered UUIDs (version 7, RFC 9562) made from the clock that was given.

use crate::clock::Clock;
use parking_lot::Mutex;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
use uuid::{ContextV7, NoContext, Timestamp, Uuid};

/// Makes ids. Clones share one counter, so that ids made in one process always ascend.
#[derive(Clone)]
pub struct Ids {
    clock: Arc<dyn Clock>,
    context: Arc<Mutex<ContextV7>>,
    /// Milliseconds for what is dated to the second only.
    fraction: Arc<AtomicU32>,
}

impl Ids {
    /// Ids stamped with the time of `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, context: Arc::new(Mutex::new(ContextV7::new())), fraction: Arc::default() }
    }

    /// The next id; later calls give greater ids.
    pub fn next(&self) -> Uuid {
        let now = self.clock.now();
        let (seconds, nanos) = (now.as_second().max(0) as u64, now.subsec_nanosecond().max(0) as u32);
        Uuid::new_v7(Timestamp::from_unix(&*self.context.lock(), seconds, nanos))
    }

    /// A new id that stands among those made at that moment: for records that are older than their row. Those of the same second
    /// ascend in the order of the calls, up to a thousand of them.
    pub fn at(&self, moment: jiff::Timestamp) -> Uuid {
        let millis = self.fraction.fetch_add(1, Ordering::Relaxed) % 1000;
        Uuid::new_v7(Timestamp::from_unix(NoContext, moment.as_second().max(0) as u64, millis * 1_000_000))
    }
}

impl std::fmt::Debug for Ids {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ids")
    }
}

/// Declares the id type of one kind of record, so that a team's id can't be passed where a conversation's is meant.
#[macro_export]
macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
        impl From<$name> for $crate::db::Value {
            fn from(id: $name) -> Self {
                $crate::db::Value::Uuid(id.0)
            }
        }
        impl From<&$name> for $crate::db::Value {
            fn from(id: &$name) -> Self {
                $crate::db::Value::Uuid(id.0)
            }
        }
        impl $crate::db::FromValue for $name {
            fn from_value(value: $crate::db::Value) -> Result<Self, $crate::db::DbError> {
                <uuid::Uuid as $crate::db::FromValue>::from_value(value).map(Self)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::StillClock;

    #[test]
    fn ids_ascend_even_while_the_clock_stands_still() {
        let ids = Ids::new(Arc::new(StillClock::at(jiff::Timestamp::UNIX_EPOCH)));
        let made: Vec<_> = (0..10_000).map(|_| ids.next()).collect();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn an_id_of_an_earlier_moment_stands_before_those_of_later_ones() {
        let ids = Ids::new(Arc::new(StillClock::at("2026-11-22T10:00:00Z".parse().unwrap())));
        let now = ids.next();
        let moment = "2020-02-01T10:00:00Z".parse().unwrap();
        let (first, second) = (ids.at(moment), ids.at(moment));
        assert!(first < second && second < now);
        assert!(ids.at("2020-01-31T10:00:00Z".parse().unwrap()) < first);
    }
}
