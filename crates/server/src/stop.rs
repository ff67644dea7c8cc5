//! Stopping: the first signal asks everybody to finish, the second ends the process at once.

use std::{io, time::Duration};

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Tells tasks when to stop, and knows which still run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stop {
    token: CancellationToken,
    tasks: TaskTracker,
}

impl Stop {
    /// A stop that SIGTERM and SIGINT (Ctrl-C) ask for.
    ///
    /// # Errors
    /// When signals cannot be listened to.
    pub(crate) fn on_signals() -> io::Result<Self> {
        let stop = Self::default();
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let token = stop.token.clone();
        tokio::spawn(async move {
            let mut next = async || {
                tokio::select! {
                    _ = terminate.recv() => "SIGTERM",
                    _ = interrupt.recv() => "SIGINT",
                }
            };
            let name = next().await;
            tracing::info!(signal = name, "stopping: finishing what is in progress");
            token.cancel();
            let name = next().await;
            tracing::warn!(signal = name, "stopping at once");
            std::process::exit(130);
        });
        Ok(stop)
    }

    /// What a task watches.
    pub(crate) fn token(&self) -> CancellationToken {
        self.token.clone()
    }

    /// Runs a task that ends by itself once the token is cancelled, and that the stop waits for.
    pub(crate) fn spawn<F>(&self, task: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.tasks.spawn(task);
    }

    /// Asks everybody to finish and waits, at most this long. True when all have finished.
    pub(crate) async fn finish(&self, within: Duration) -> bool {
        self.token.cancel();
        self.tasks.close();
        tokio::time::timeout(within, self.tasks.wait()).await.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn stopping_waits_for_tasks_but_not_for_ever() {
        let stop = Stop::default();
        let token = stop.token();
        stop.spawn(async move { token.cancelled().await });
        assert!(stop.finish(Duration::from_secs(5)).await);

        let stuck = Stop::default();
        stuck.spawn(std::future::pending());
        assert!(!stuck.finish(Duration::from_millis(10)).await);
    }
}
