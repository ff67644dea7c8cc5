//! Answers for machines: whether the process is up and whether it can serve.

mod health;

pub use health::Readiness;

use axum::{Router, routing::get};

/// `GET /healthz`: the process is up. `GET /readyz`: everything it needs answers, see [`Readiness`].
pub fn router(readiness: Readiness) -> Router {
    Router::new().route("/healthz", get(health::healthz)).route("/readyz", get(health::readyz)).with_state(readiness)
}
