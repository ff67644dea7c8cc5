//! What an open page is told. The client is a few lines of RFC 6455, so that nothing is compiled for it.

use std::time::Duration;

use desk::people::{Client, sign_in};
use serde_json::{Value, json};
use testkit::app::{PASSWORD, TestApp};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

/// Nothing here takes as long; a second is what is promised.
const PATIENCE: Duration = Duration::from_secs(10);

struct Tab(TcpStream);

impl Tab {
    async fn open(address: std::net::SocketAddr, session: &str, origin: &str) -> Result<Tab, String> {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!(
            "GET /live HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: {origin}\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: session={session}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        let head = String::from_utf8(head).unwrap();
        if head.starts_with("HTTP/1.1 101") { Ok(Tab(stream)) } else { Err(head) }
    }

    async fn say(&mut self, message: &Value) {
        let text = message.to_string();
        assert!(text.len() < 126, "a short frame");
        let mut frame = vec![0x81, 0x80 | text.len() as u8, 0, 0, 0, 0];
        frame.extend(text.as_bytes());
        self.0.write_all(&frame).await.unwrap();
    }

    async fn hear(&mut self) -> Value {
        loop {
            let kind = self.0.read_u8().await.unwrap() & 0x0f;
            let length = match self.0.read_u8().await.unwrap() {
                126 => u64::from(self.0.read_u16().await.unwrap()),
                127 => self.0.read_u64().await.unwrap(),
                short => u64::from(short),
            };
            let mut text = vec![0; usize::try_from(length).unwrap()];
            self.0.read_exact(&mut text).await.unwrap();
            if kind == 1 {
                return serde_json::from_slice(&text).unwrap();
            }
        }
    }

    /// Listens until an operation of that kind on that id comes; its markup.
    async fn told(&mut self, kind: &str, id: &str) -> String {
        let listening = async {
            loop {
                let message = self.hear().await;
                let ops = message["ops"].as_array().cloned().unwrap_or_default();
                if let Some(op) =
                    ops.iter().find(|op| op[0] == kind && op[1].as_str().is_some_and(|it| it.starts_with(id)))
                {
                    return op[2].as_str().unwrap().to_owned();
                }
            }
        };
        timeout(PATIENCE, listening).await.unwrap_or_else(|_| panic!("nothing was told of {kind} {id}"))
    }
}

struct House {
    t: TestApp,
    address: std::net::SocketAddr,
}

impl House {
    async fn open() -> House {
        let t = TestApp::sqlite().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = web::router(t.app.clone(), web::Settings::default());
        tokio::spawn(async move { axum::serve(listener, router).await });
        House { t, address }
    }

    async fn session(&self, email: &str) -> String {
        sign_in(&self.t.app, email, PASSWORD, Client::default()).await.unwrap()
    }

    async fn tab(&self, email: &str) -> Tab {
        Tab::open(self.address, &self.session(email).await, &format!("http://{}", self.address)).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_mail_appears_in_an_open_list_and_the_counts_follow() {
    let house = House::open().await;
    let mut tab = house.tab("owner@desk.example").await;
    tab.say(&json!({ "open": null, "view": "unassigned", "after": 0 })).await;
    house.t.mail_from("Ana <ana@customer.example>", "Where is it?", "Hello").await;
    let row = tab.told("row", "c-1").await;
    assert!(row.contains("Where is it?") && row.contains("/c/1?in=unassigned"), "{row}");
    house.t.mail_from("Ben <ben@customer.example>", "Second", "Hello").await;
    assert_eq!(tab.told("text", "count-unassigned").await, "2");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_conversation_gets_new_messages_and_a_list_loses_what_left_it() {
    let house = House::open().await;
    let id = house.t.mail_from("Ana <ana@customer.example>", "Where is it?", "Hello").await;
    let mut tab = house.tab("owner@desk.example").await;
    let newest = house.t.app.newest_event(house.t.workspace).await.unwrap();
    tab.say(&json!({ "open": 1, "view": "open", "after": newest })).await;
    let scope = house.t.owner.scope();
    let app = house.t.app.clone();
    app.write(scope, move |desk| {
        Box::pin(async move {
            desk::conversations::note(desk, id, None, "Asked the carrier", &[]).await?;
            desk::conversations::resolve(desk, id).await
        })
    })
    .await
    .unwrap();
    assert_eq!(tab.told("del", "c-1").await, "");
    let mut tab = house.tab("owner@desk.example").await;
    tab.say(&json!({ "open": 1, "view": "resolved", "after": newest })).await;
    assert!(tab.told("put", "part-state").await.contains("Resolved"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_missed_too_much_is_told_to_fetch_anew() {
    let house = House::open().await;
    let id = house.t.mail_from("ana@customer.example", "Hello", "Hello").await;
    for round in 0..110 {
        let name = format!("tag{round}");
        house
            .t
            .app
            .write(house.t.owner.scope(), move |desk| {
                Box::pin(async move {
                    desk::conversations::add_tag(desk, id, &name).await?;
                    desk::conversations::remove_tag(desk, id, &name).await
                })
            })
            .await
            .unwrap();
    }
    let mut tab = house.tab("owner@desk.example").await;
    tab.say(&json!({ "open": null, "view": "open", "after": 1 })).await;
    let message = timeout(PATIENCE, tab.hear()).await.unwrap();
    assert_eq!(message["stale"], true, "{message}");
}

#[tokio::test(flavor = "multi_thread")]
async fn colleagues_at_the_same_conversation_see_each_other() {
    let house = House::open().await;
    house.t.agent("Sam Agent").await;
    house.t.mail_from("ana@customer.example", "Hello", "Hello").await;
    let mut owner = house.tab("owner@desk.example").await;
    owner.say(&json!({ "open": 1, "view": "open", "after": 100 })).await;
    let mut sam = house.tab("sam@desk.example").await;
    sam.say(&json!({ "open": 1, "view": "open", "after": 100 })).await;
    assert_eq!(owner.told("text", "presence").await, "Sam Agent is viewing this");
    sam.say(&json!({ "typing": 1 })).await;
    assert_eq!(owner.told("text", "presence").await, "Sam Agent is replying");
    drop(sam);
    assert_eq!(owner.told("text", "presence").await, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_origin_cannot_listen() {
    let house = House::open().await;
    let session = house.session("owner@desk.example").await;
    let refused = Tab::open(house.address, &session, "https://evil.example").await.err().unwrap();
    assert!(refused.starts_with("HTTP/1.1 403"), "{refused}");
    let own = format!("http://{}", house.address);
    let stranger = Tab::open(house.address, "", &own).await.err().unwrap();
    assert!(stranger.starts_with("HTTP/1.1 401"), "{stranger}");
}
