//! `/healthz` and `/readyz`, for load balancers and service managers.

use std::{collections::BTreeMap, future::Future, pin::Pin, sync::Arc, time::Duration};

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
};
use serde::Serialize;

/// A check that takes longer has failed: whoever asks wants to know now.
const PATIENCE: Duration = Duration::from_secs(2);

type Answer = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;
type Check = Arc<dyn Fn() -> Answer + Send + Sync>;

/// What must answer before requests are welcome.
#[derive(Clone, Default)]
pub struct Readiness {
    checks: Arc<BTreeMap<&'static str, Check>>,
}

impl Readiness {
    /// Nothing needs to answer.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a check. What it says when it fails is served to whoever asks, so it holds no secrets.
    #[must_use]
    pub fn check<F, A>(mut self, name: &'static str, check: F) -> Self
    where
        F: Fn() -> A + Send + Sync + 'static,
        A: Future<Output = Result<(), String>> + Send + 'static,
    {
        Arc::make_mut(&mut self.checks).insert(name, Arc::new(move || Box::pin(check())));
        self
    }

    async fn ask(&self) -> Report {
        let asked = self.checks.iter().map(|(name, check)| {
            let running = tokio::spawn(tokio::time::timeout(PATIENCE, check()));
            (*name, running)
        });
        let asked: Vec<_> = asked.collect();
        let mut checks = BTreeMap::new();
        for (name, running) in asked {
            let problem = match running.await {
                Ok(Ok(Ok(()))) => None,
                Ok(Ok(Err(problem))) => Some(problem),
                Ok(Err(_)) => Some("does not answer".to_owned()),
                Err(_) => Some("the check itself failed".to_owned()),
            };
            if let Some(problem) = &problem {
                tracing::warn!(check = name, problem, "not ready");
            }
            checks.insert(name, Finding { ok: problem.is_none(), problem });
        }
        Report { ready: checks.values().all(|finding| finding.ok), checks }
    }
}

#[derive(Serialize)]
struct Report {
    ready: bool,
    checks: BTreeMap<&'static str, Finding>,
}

#[derive(Serialize)]
struct Finding {
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

pub(crate) async fn healthz() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], Json(serde_json::json!({ "ok": true })))
}

pub(crate) async fn readyz(State(readiness): State<Readiness>) -> impl IntoResponse {
    let report = readiness.ask().await;
    let status = if report.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, [(header::CACHE_CONTROL, "no-store")], Json(report))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    async fn get(readiness: Readiness, path: &str) -> (StatusCode, serde_json::Value) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let answer = crate::router(readiness).oneshot(request).await.unwrap();
        let status = answer.status();
        let body = axum::body::to_bytes(answer.into_body(), 1 << 16).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap())
    }

    #[tokio::test]
    async fn a_process_that_runs_is_healthy_whatever_it_needs() {
        let readiness = Readiness::new().check("store", async || Err("away".to_owned()));
        assert_eq!(get(readiness, "/healthz").await, (StatusCode::OK, serde_json::json!({ "ok": true })));
    }

    #[tokio::test]
    async fn it_is_ready_when_every_check_passes() {
        let readiness = Readiness::new().check("store", async || Ok(())).check("blobs", async || Ok(()));
        let expected =
            serde_json::json!({ "ready": true, "checks": { "blobs": { "ok": true }, "store": { "ok": true } } });
        assert_eq!(get(readiness, "/readyz").await, (StatusCode::OK, expected));
    }

    #[tokio::test(start_paused = true)]
    async fn what_fails_or_hangs_or_panics_is_named() {
        let readiness = Readiness::new()
            .check("store", async || Err("the disk is full".to_owned()))
            .check("blobs", async || std::future::pending().await)
            .check("writer", async || panic!("a defect"))
            .check("schema", async || Ok(()));
        let (status, report) = get(readiness, "/readyz").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(report["ready"], false);
        assert_eq!(report["checks"]["store"]["problem"], "the disk is full");
        assert_eq!(report["checks"]["blobs"]["problem"], "does not answer");
        assert_eq!(report["checks"]["writer"]["ok"], false);
        assert_eq!(report["checks"]["schema"]["ok"], true);
    }
}
