//! Waiting for something outside this process to become true, with an end to the patience.

use std::time::Duration;

/// How long a test waits for a server to do what it should; generous, because machines that run tests are busy.
pub const PATIENCE: Duration = Duration::from_secs(30);

const STEP: Duration = Duration::from_millis(20);

/// Asks `done` every 20 ms until it gives a value; gives `None` when `patience` is over.
pub fn until<T>(patience: Duration, mut done: impl FnMut() -> Option<T>) -> Option<T> {
    let stopwatch = Stopwatch::start();
    loop {
        if let Some(value) = done() {
            return Some(value);
        }
        if stopwatch.elapsed() > patience {
            return None;
        }
        std::thread::sleep(STEP);
    }
}

/// Like [`until`], for tests that run in tokio and must let other tasks go on meanwhile.
///
/// # Panics
/// When `patience` is over; `what` says what was waited for.
pub async fn eventually<T>(what: &str, patience: Duration, mut done: impl AsyncFnMut() -> Option<T>) -> T {
    let stopwatch = Stopwatch::start();
    loop {
        if let Some(value) = done().await {
            return value;
        }
        assert!(stopwatch.elapsed() <= patience, "waited {patience:?} for {what}, in vain");
        tokio::time::sleep(STEP).await;
    }
}

/// Real time that has passed, for tests that promise "within a second".
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts to measure.
    #[expect(clippy::disallowed_methods, reason = "a test that waits for a real server lives in real time")]
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// Time since [`Stopwatch::start`].
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
