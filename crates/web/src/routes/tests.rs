//! Walks every route as a stranger, as an agent and as the owner.

use axum::body::Body;
use http::{Request, Response, StatusCode, header};
use testkit::app::{PASSWORD, TestApp};
use tower::ServiceExt;

use super::*;

struct Walker {
    router: Router,
    session: Option<String>,
}

impl Walker {
    async fn go(&self, method: &Method, path: &str) -> Response<Body> {
        let mut request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
        if let Some(session) = &self.session {
            request = request.header(header::COOKIE, format!("session={session}"));
        }
        self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }
}

async fn session(t: &TestApp, email: &str) -> Option<String> {
    let client = desk::people::Client::default();
    Some(desk::people::sign_in(&t.app, email, PASSWORD, client).await.unwrap())
}

fn concrete(path: &str) -> String {
    let nobody = "00000000-0000-0000-0000-000000000000";
    path.replace("{number}", "1").replace("{view}", "open").replace("{id}", nobody)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_is_open_to_whom_its_right_says_and_to_nobody_else() {
    let t = TestApp::sqlite().await;
    t.agent("Sam Agent").await;
    t.mail_from("ana@customer.example", "Hello", "Where is it?").await;
    let router = router(t.app.clone(), Settings::default());
    let walker = |session| Walker { router: router.clone(), session };
    let stranger = walker(None);
    let mut agents = session(&t, "sam@desk.example").await;
    let mut owners = session(&t, "owner@desk.example").await;
    for (method, path, right) in routes(&Web::new(t.app.clone(), Settings::default())).known {
        let path = concrete(path);
        let (agent, owner) = (walker(agents.clone()), walker(owners.clone()));
        let [stranger, agent, owner] =
            [stranger.go(&method, &path).await, agent.go(&method, &path).await, owner.go(&method, &path).await];
        if path.starts_with("/sign-out") {
            agents = session(&t, "sam@desk.example").await;
            owners = session(&t, "owner@desk.example").await;
        }
        let to_sign_in = |answer: &Response<Body>| {
            answer.headers().get(header::LOCATION).is_some_and(|to| to.to_str().unwrap().starts_with("/sign-in?next="))
                || (method == Method::POST && answer.status() == StatusCode::SEE_OTHER)
        };
        if right != Public {
            assert!(to_sign_in(&stranger), "a stranger at {method} {path}: {}", stranger.status());
            assert_ne!(owner.status(), StatusCode::FORBIDDEN, "the owner at {method} {path}");
        }
        let refused = agent.status() == StatusCode::FORBIDDEN;
        assert_eq!(refused, right == Admin, "an agent at {method} {path}: {}", agent.status());
        for answer in [&stranger, &agent, &owner] {
            assert!(!answer.status().is_server_error(), "{method} {path}: {}", answer.status());
            let policy = answer.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'"), "{method} {path}: {policy}");
        }
    }
}
