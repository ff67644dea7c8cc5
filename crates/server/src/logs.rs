//! Logs: to standard error, as text for people or as JSON for collectors. What is logged holds neither secrets nor what
//! people write; whoever logs sees to that.

use std::io::IsTerminal;

use tracing_subscriber::{filter::Targets, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::Log;

/// Starts logging for the whole process.
pub(crate) fn start(log: &Log) {
    let filter: Targets = log.level.parse().unwrap_or_default();
    let output = fmt::layer().with_writer(std::io::stderr);
    let logs = tracing_subscriber::registry().with(filter);
    // A second start (in tests) leaves the first in place.
    let _already_started = match log.json {
        true => logs.with(output.json().flatten_event(true)).try_init(),
        false => logs.with(output.with_ansi(std::io::stderr().is_terminal()).with_target(false)).try_init(),
    };
}
