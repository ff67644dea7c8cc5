//! Walks every route as a stranger, as an agent and as the owner.

use axum::body::Body;
use http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use testkit::app::{PASSWORD, TestApp};
use tower::ServiceExt;
use words::{Language, Words};

use super::*;

struct Walker {
    router: Router,
    session: Option<String>,
    language: Option<Language>,
}

impl Walker {
    async fn go(&self, method: &Method, path: &str) -> Response<Body> {
        let mut request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
        if let Some(language) = self.language {
            request = request.header(header::ACCEPT_LANGUAGE, language.tag());
        }
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
    path.replace("{number}", "1")
        .replace("{view}", "open")
        .replace("{id}", nobody)
        .replace("{tag}", "de")
        .replace("{file}", "list.ftl")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_is_open_to_whom_its_right_says_and_to_nobody_else() {
    let t = TestApp::sqlite().await;
    t.agent("Sam Agent").await;
    t.mail_from("ana@customer.example", "Hello", "Where is it?").await;
    let router = router(t.app.clone(), Settings::default());
    let walker = |session| Walker { router: router.clone(), session, language: None };
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

/// What a page says to people: its text, and the words that are only heard or hovered.
fn said(page: &str) -> String {
    let page = Html::parse_document(page);
    let all = Selector::parse("body, body *, title").unwrap();
    let silent = ["script", "style", "textarea"];
    let mut said = String::new();
    for element in page.select(&all).filter(|element| !silent.contains(&element.value().name())) {
        for text in element.children().filter_map(|child| child.value().as_text().map(|text| text.trim())) {
            said.push_str(text);
            said.push('\n');
        }
        for words in ["aria-label", "title", "placeholder", "alt"].iter().filter_map(|name| element.attr(name)) {
            said.push_str(words);
            said.push('\n');
        }
    }
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_speaks_every_language_and_no_other() {
    let t = TestApp::sqlite().await;
    t.mail_from("ana@customer.example", "42", "42").await;
    let router = router(t.app.clone(), Settings::default());
    let session = session(&t, "owner@desk.example").await;
    for language in Language::ALL.iter().copied().filter(|language| *language != Language::En) {
        let own: Vec<&str> = Words::of(language).fixed_messages().map(|(_, text)| text).collect();
        // Words of English that this language has no use for.
        let foreign: Vec<&str> = Words::of(Language::En)
            .fixed_messages()
            .map(|(_, text)| text)
            .filter(|text| text.len() > 4 && !own.contains(text))
            .collect();
        for (method, path, _) in routes(&Web::new(t.app.clone(), Settings::default())).known {
            let download = path.contains("{file}") || path.contains("/raw") || path.contains("attachments");
            if method != Method::GET || path == "/live" || path.ends_with("/body") || download {
                continue;
            }
            for session in [session.clone(), None] {
                let walker = Walker { router: router.clone(), session, language: Some(language) };
                let answer = walker.go(&method, &concrete(path)).await;
                if answer.status().is_redirection() {
                    continue;
                }
                let bytes = answer.into_body().collect().await.unwrap().to_bytes();
                let text = String::from_utf8_lossy(&bytes);
                if !text.starts_with("<!DOCTYPE html>") {
                    continue;
                }
                let (tag, direction) = (language.tag(), language.direction().name());
                assert!(text.contains(&format!("<html lang=\"{tag}\" dir=\"{direction}\"")), "{path} in {tag}");
                let said = said(&text);
                for line in said.lines() {
                    assert!(!foreign.contains(&line.trim()), "{path} in {tag} says {line:?}");
                    assert!(!line.contains("{ $"), "{path} in {tag} says {line:?}");
                }
            }
        }
    }
}
