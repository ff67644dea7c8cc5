//! A small OAuth 2.0 server on loopback, faithful to what mail providers do: authorization code with PKCE (RFC 6749, 7636),
//! refresh tokens that change with each use, introspection (RFC 7662) for the mail server. It is local: everybody who comes to
//! its page says yes.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::{
    Form, Json, Router,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use base::oauth::challenge;
use parking_lot::Mutex;
use serde_json::json;

/// As whom Rapport is known to this server.
pub const CLIENT_ID: &str = "rapport-test";
/// Its password there.
pub const CLIENT_SECRET: &str = "a secret of the client";

/// An OAuth server. Dropping it stops it.
#[derive(Debug)]
pub struct OauthServer {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    /// Whose account the browser is signed in with.
    account: String,
    /// How many seconds access tokens last.
    life: i64,
    issued: u32,
    /// Code: challenge, address to come back to, account.
    codes: HashMap<String, (String, String, String)>,
    access: HashMap<String, String>,
    refresh: HashMap<String, String>,
    used: HashSet<String>,
    refreshes: usize,
    reused: usize,
}

type Fields = HashMap<String, String>;

impl OauthServer {
    /// Starts a server; whoever comes to its page has this account.
    ///
    /// # Errors
    /// When no port can be opened.
    pub fn start(account: &str) -> Result<Self> {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Mutex::new(Shared { account: account.into(), life: 3600, ..Shared::default() }));
        let routes = Router::new()
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/introspect", post(introspect))
            .with_state(shared.clone());
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        std::thread::spawn(move || {
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                tokio::select! {
                    _ = axum::serve(listener, routes) => {}
                    _ = stopped => {}
                }
            });
        });
        Ok(Self { address, shared, stop: Some(stop) })
    }

    /// Address of one of its pages: `authorize`, `token`, `introspect`.
    pub fn url(&self, page: &str) -> String {
        format!("http://{}/{page}", self.address)
    }

    /// Follows the way to the provider as a browser does: where its person, who says yes, is sent back to.
    ///
    /// # Panics
    /// When there is no way back.
    pub async fn say_yes(&self, address: &str) -> String {
        let address = address.to_owned();
        let walked = tokio::task::spawn_blocking(move || -> Result<String> {
            let (host, path) =
                address.strip_prefix("http://").and_then(|rest| rest.split_once('/')).context("no address")?;
            let mut stream = std::net::TcpStream::connect(host)?;
            write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            let location = answer.lines().find_map(|line| line.strip_prefix("location: "));
            Ok(location.with_context(|| format!("no way back: {answer}"))?.to_owned())
        });
        walked.await.expect("a walk").expect("a way back")
    }

    /// The port that it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Access tokens given from now on last so long.
    pub fn set_life(&self, seconds: i64) {
        self.shared.lock().life = seconds;
    }

    /// Takes all that was given back, as when somebody changes their password.
    pub fn revoke_all(&self) {
        let mut shared = self.shared.lock();
        shared.access.clear();
        shared.refresh.clear();
    }

    /// Takes back all access tokens; refresh tokens stay good.
    pub fn forget_access(&self) {
        self.shared.lock().access.clear();
    }

    /// How often an access token was renewed.
    pub fn refreshes(&self) -> usize {
        self.shared.lock().refreshes
    }

    /// How often a refresh token came that had been used before: what a real provider takes for theft.
    pub fn reused(&self) -> usize {
        self.shared.lock().reused
    }
}

impl Drop for OauthServer {
    fn drop(&mut self) {
        _ = self.stop.take().map(|stop| stop.send(()));
    }
}

impl Shared {
    fn draw(&mut self, what: &str) -> String {
        self.issued += 1;
        format!("{what}-{}-{}", self.issued, base::random::bytes::<8>().map(|b| format!("{b:02x}")).concat())
    }

    fn give(&mut self, account: String) -> Response {
        let (access, refresh) = (self.draw("access"), self.draw("refresh"));
        self.access.insert(access.clone(), account.clone());
        self.refresh.insert(refresh.clone(), account);
        let granted = json!({ "access_token": access, "refresh_token": refresh, "expires_in": self.life, "token_type": "Bearer" });
        Json(granted).into_response()
    }
}

fn refuse(error: &str, words: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": error, "error_description": words }))).into_response()
}

async fn authorize(State(shared): State<Arc<Mutex<Shared>>>, Query(asked): Query<Fields>) -> Response {
    let field = |name: &str| asked.get(name).cloned().unwrap_or_default();
    if field("client_id") != CLIENT_ID || field("response_type") != "code" || field("code_challenge_method") != "S256" {
        return refuse("invalid_request", "the request makes no sense");
    }
    let mut shared = shared.lock();
    let (code, account) = (shared.draw("code"), shared.account.clone());
    let redirect = field("redirect_uri");
    shared.codes.insert(code.clone(), (field("code_challenge"), redirect.clone(), account));
    // The state is made of letters that need no escaping.
    Redirect::to(&format!("{redirect}?code={code}&state={}", field("state"))).into_response()
}

async fn token(State(shared): State<Arc<Mutex<Shared>>>, Form(asked): Form<Fields>) -> Response {
    let field = |name: &str| asked.get(name).cloned().unwrap_or_default();
    if field("client_id") != CLIENT_ID || field("client_secret") != CLIENT_SECRET {
        return refuse("invalid_client", "who are you?");
    }
    let mut shared = shared.lock();
    match field("grant_type").as_str() {
        "authorization_code" => {
            let Some((challenged, redirect, account)) = shared.codes.remove(&field("code")) else {
                return refuse("invalid_grant", "the code is not known");
            };
            if challenge(&field("code_verifier")) != challenged || redirect != field("redirect_uri") {
                return refuse("invalid_grant", "the code was given to somebody else");
            }
            shared.give(account)
        }
        "refresh_token" => {
            let old = field("refresh_token");
            if shared.used.contains(&old) {
                shared.reused += 1;
            }
            let Some(account) = shared.refresh.remove(&old) else {
                return refuse("invalid_grant", "Token has been expired or revoked.");
            };
            shared.used.insert(old);
            shared.refreshes += 1;
            shared.give(account)
        }
        _ => refuse("unsupported_grant_type", "another grant"),
    }
}

async fn introspect(State(shared): State<Arc<Mutex<Shared>>>, Form(asked): Form<Fields>) -> Response {
    let shared = shared.lock();
    let account = asked.get("token").and_then(|token| shared.access.get(token));
    let told = account.map_or(json!({ "active": false }), |account| json!({ "active": true, "username": account }));
    Json(told).into_response()
}
