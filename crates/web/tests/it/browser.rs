//! A browser without scripts: asks for pages, sends forms, reads what came.

use axum::Router;
use axum::body::Body;
use desk::people::{Client, sign_in};
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use scraper::{Html, Selector};
use testkit::app::{PASSWORD, TestApp};
use tower::ServiceExt;

/// Somebody's browser.
pub(crate) struct Browser {
    router: Router,
    session: Option<String>,
}

/// What came.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Browser {
    /// Of somebody who is not signed in.
    pub(crate) fn stranger(t: &TestApp) -> Browser {
        Browser { router: web::router(t.app.clone(), web::Settings::default()), session: None }
    }

    /// Of somebody who is.
    pub(crate) async fn of(t: &TestApp, email: &str) -> Browser {
        let session = sign_in(&t.app, email, PASSWORD, Client::default()).await.unwrap();
        Browser { session: Some(session), ..Browser::stranger(t) }
    }

    /// The owner's.
    pub(crate) async fn of_owner(t: &TestApp) -> Browser {
        Browser::of(t, "owner@desk.example").await
    }

    /// Goes to an address.
    pub(crate) async fn get(&self, path: &str) -> Page {
        self.ask(Request::get(path), Body::empty()).await
    }

    /// Asks for a part of a page, as scripts do.
    pub(crate) async fn part(&self, path: &str, part: &str) -> Page {
        self.ask(Request::get(path).header("x-fragment", part), Body::empty()).await
    }

    /// Sends a form.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let form = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body =
            fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&");
        self.ask(form, Body::from(body)).await
    }

    /// Sends a form with files, each a name and its text.
    pub(crate) async fn post_with_files(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str)],
        script: bool,
    ) -> Page {
        let mut body = String::new();
        for (name, value) in fields {
            body += &format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        for (name, text) in files {
            body += &format!(
                "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{text}\r\n"
            );
        }
        body += "--b--\r\n";
        let mut form = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        if script {
            form = form.header("x-fragment", "ops");
        }
        self.ask(form, Body::from(body)).await
    }

    /// Asks for anything.
    pub(crate) async fn ask(&self, mut request: http::request::Builder, body: Body) -> Page {
        if let Some(session) = &self.session {
            request = request.header(header::COOKIE, format!("session={session}"));
        }
        let answer = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Page { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

impl Page {
    /// Where it leads.
    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |location| location.to_str().unwrap())
    }

    /// How many elements match.
    pub(crate) fn count(&self, selector: &str) -> usize {
        Html::parse_document(&self.text).select(&Selector::parse(selector).unwrap()).count()
    }

    /// The text of the first element that matches, on one line.
    pub(crate) fn text_of(&self, selector: &str) -> String {
        let html = Html::parse_document(&self.text);
        let found = html.select(&Selector::parse(selector).unwrap()).next();
        let text = found.map(|element| element.text().collect::<Vec<_>>().join(" ")).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// An attribute of the first element that matches.
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> String {
        let html = Html::parse_document(&self.text);
        let found = html.select(&Selector::parse(selector).unwrap()).next();
        found.and_then(|element| element.value().attr(name)).unwrap_or_default().to_owned()
    }

    /// Whether it says so anywhere.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.text_of("body").contains(words)
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
