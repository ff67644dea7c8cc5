//! One connection: what it is told by its tab, what it tells it.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use desk::bulk::BulkId;
use desk::conversations::{self, ConversationId, MessageId, View};
use desk::people::check_session;
use desk::problems::ProblemId;
use desk::{Event, Happened};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{MissedTickBehavior, interval};

use super::ops::{Looking, Op, counts, of_conversation, read_at};
use super::presence;
use crate::inbox::{bulk, load, view};
use crate::rights::SESSION;
use crate::visit::Visit;

/// Small, because most messages are, and there is one pair of them for every tab.
const BUFFER: usize = 4096;
/// The largest message that a tab sends.
const MESSAGE_LIMIT: usize = 4096;
/// Who has missed more events than this fetches the page's parts anew.
const REPLAY_LIMIT: i64 = 200;
/// Changes that come close together are told together.
const GATHER: Duration = Duration::from_millis(40);
/// A word now and then, so that both sides notice a dead connection.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How often the log is read unasked: events of other nodes, and wake-ups that were lost.
const POLL: Duration = Duration::from_secs(2);
/// How often it is asked whether the session still holds.
const RECHECK: Duration = Duration::from_secs(30);

/// What a tab says.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum FromTab {
    /// What is on its screen, and the last event it knows of.
    Watch { open: Option<i64>, view: Option<String>, after: i64 },
    /// Somebody writes.
    Typing {
        #[expect(dead_code, reason = "tells the message apart; the tab's own conversation is known")]
        typing: Option<i64>,
    },
}

/// `GET /live`
pub(crate) async fn live(visit: Visit, headers: HeaderMap, upgrade: WebSocketUpgrade) -> Response {
    let token = CookieJar::from_headers(&headers).get(SESSION).map(|cookie| cookie.value().to_owned());
    upgrade
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_message_size(MESSAGE_LIMIT)
        .on_upgrade(move |socket| Connection::new(visit, token.unwrap_or_default()).run(socket))
}

struct Connection {
    visit: Visit,
    token: String,
    tab: u64,
    after: Option<i64>,
    view: Option<View>,
    open: Option<i64>,
    said: String,
}

impl Connection {
    fn new(visit: Visit, token: String) -> Connection {
        let viewer = &visit.viewer;
        let tab = visit.web.presence().arrive(viewer.workspace, viewer.agent_id, &viewer.name);
        Connection { visit, token, tab, after: None, view: None, open: None, said: String::new() }
    }

    async fn run(mut self, mut socket: WebSocket) {
        let mut events = self.visit.web.app().wake().events();
        let mut moved = self.visit.web.presence().moved();
        let mut heartbeat = quiet_interval(HEARTBEAT);
        let mut poll = quiet_interval(POLL);
        let mut recheck = quiet_interval(RECHECK);
        loop {
            let message = tokio::select! {
                received = socket.recv() => match received {
                    Some(Ok(Message::Text(text))) => self.hear(&text).await,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                    Some(Ok(_)) => None,
                },
                changed = events.changed() => {
                    if changed.is_err() {
                        break;
                    }
                    tokio::time::sleep(GATHER).await;
                    events.mark_unchanged();
                    self.news().await
                }
                _ = poll.tick() => match self.news().await {
                    Some(news) => Some(news),
                    None => self.company(),
                },
                _ = moved.changed() => self.company(),
                _ = heartbeat.tick() => Some(json!({ "v": self.after.unwrap_or(0) })),
                _ = recheck.tick() => {
                    if !self.is_still_signed_in().await {
                        let _ = socket.send(Message::Text(json!({ "reload": true }).to_string().into())).await;
                        break;
                    }
                    None
                }
            };
            if let Some(message) = message
                && socket.send(Message::Text(message.to_string().into())).await.is_err()
            {
                break;
            }
        }
        self.visit.web.presence().leave(self.tab);
    }

    /// The tab says something.
    async fn hear(&mut self, text: &str) -> Option<Value> {
        match serde_json::from_str(text) {
            Ok(FromTab::Watch { open, view, after }) => {
                self.open = open;
                self.view = view.and_then(|slug| view::parse(&slug).ok());
                self.after = Some(after);
                self.said.clear();
                self.visit.web.presence().look(self.tab, open);
                self.news().await
            }
            Ok(FromTab::Typing { .. }) => {
                self.visit.web.presence().type_in(self.tab, self.visit.web.app().now());
                None
            }
            Err(error) => {
                tracing::debug!(%error, "a tab said something that is not understood");
                None
            }
        }
    }

    /// What has happened since the tab last heard. What cannot be told now is told with the next poll.
    async fn news(&mut self) -> Option<Value> {
        let after = self.after?;
        let app = self.visit.web.app().clone();
        let (happened, last) = match app.events_after(self.visit.viewer.workspace, after, REPLAY_LIMIT).await {
            Ok(found) => found,
            Err(error) => {
                tracing::warn!(%error, "live updates wait for the store");
                return None;
            }
        };
        if last == after {
            return None;
        }
        if last - after >= REPLAY_LIMIT {
            let newest = app.newest_event(self.visit.viewer.workspace).await.ok()?;
            self.after = Some(newest);
            return Some(json!({ "v": newest, "stale": true }));
        }
        match self.tell(&happened).await {
            Ok((touched, ops)) => {
                self.after = Some(last);
                Some(json!({ "v": last, "touched": touched, "ops": ops }))
            }
            Err(error) => {
                tracing::warn!(%error, "live updates could not be rendered");
                None
            }
        }
    }

    /// The conversations that events touched, and the operations that bring the screen up to date.
    async fn tell(&self, happened: &[Happened]) -> desk::Result<(BTreeSet<i64>, Vec<Op>)> {
        let mut touched: BTreeMap<ConversationId, Vec<MessageId>> = BTreeMap::new();
        let mut bulks: BTreeSet<BulkId> = BTreeSet::new();
        let mut went: BTreeSet<ProblemId> = BTreeSet::new();
        for one in happened {
            if let Event::BulkWent { bulk } = one.event {
                bulks.insert(bulk);
            }
            if let Event::ProblemWent { problem } = one.event {
                went.insert(problem);
            }
            if let Some(conversation) = one.event.conversation() {
                let delivered = touched.entry(conversation).or_default();
                if let Event::DeliveryChanged { message, .. } = one.event {
                    delivered.push(message);
                }
            }
        }
        let mut reader = self.visit.reader.clone();
        reader.now = self.visit.web.app().now();
        let looking = Looking { me: self.visit.screen_at(0).me, reader, view: self.view, open: self.open };
        self.visit
            .web
            .app()
            .read(self.visit.viewer.scope(), move |desk| {
                Box::pin(async move {
                    let (mut numbers, mut ops) = (BTreeSet::new(), vec![read_at(desk).await?]);
                    for (id, delivered) in &touched {
                        let conversation = conversations::find(desk, *id).await?;
                        numbers.insert(conversation.number);
                        ops.extend(of_conversation(desk, &conversation, &looking, delivered).await?);
                    }
                    for id in bulks {
                        if let Some(went) = bulk::shown(desk, Some(id)).await? {
                            let markup = bulk::status(Some(&went), &looking.reader).into_string();
                            ops.push(("bulk", "bulk-status".to_owned(), markup, None));
                        }
                    }
                    for id in went {
                        let markup = crate::problems::load::send_status(desk, id, &looking.reader).await?.into_string();
                        ops.push(("put", format!("problem-send-{id}"), markup, None));
                    }
                    if !touched.is_empty() {
                        ops.extend(counts(&load::views(desk, looking.reader.words).await?));
                    }
                    Ok((numbers, ops))
                })
            })
            .await
    }

    /// Who else is here, when that has changed.
    fn company(&mut self) -> Option<Value> {
        let now = self.visit.web.app().now();
        let words = presence::words(self.visit.reader.words, &self.visit.web.presence().others(self.tab, now));
        if words == self.said {
            return None;
        }
        self.said.clone_from(&words);
        Some(json!({ "ops": [("text", "presence", words, self.open)] }))
    }

    async fn is_still_signed_in(&self) -> bool {
        match check_session(self.visit.web.app(), &self.token).await {
            Ok(viewer) => viewer.is_some_and(|viewer| viewer.role == self.visit.viewer.role),
            Err(_) => true,
        }
    }
}

/// Ticks after each period, not at once and never several times to catch up.
fn quiet_interval(period: Duration) -> tokio::time::Interval {
    let mut interval = interval(period);
    interval.reset();
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}
