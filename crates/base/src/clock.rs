//! Time is handed in. This is the only place that asks the machine what time it is, so that every rule can be tested
//! at any moment.

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// Tells the time to whoever was given one.
pub trait Clock: Send + Sync + 'static {
    /// The present moment in UTC, cut to the microseconds that the store keeps.
    fn now(&self) -> Timestamp;
}

/// The machine's own clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    fn now(&self) -> Timestamp {
        to_micros(Timestamp::now())
    }
}

/// A clock that stands still until a test moves it.
#[derive(Debug, Clone)]
pub struct StillClock(Arc<Mutex<Timestamp>>);

impl StillClock {
    /// A clock standing at `at`.
    pub fn at(at: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(to_micros(at))))
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: SignedDuration) {
        let mut now = self.0.lock();
        *now = now.saturating_add(by).unwrap_or(Timestamp::MAX);
    }

    /// Sets the clock.
    pub fn set(&self, to: Timestamp) {
        *self.0.lock() = to_micros(to);
    }
}

impl Clock for StillClock {
    fn now(&self) -> Timestamp {
        *self.0.lock()
    }
}

fn to_micros(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// Measures how long something took, for logs and limits; never for decisions about customers.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts measuring.
    #[expect(clippy::disallowed_methods, reason = "the one place where elapsed time is measured")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
