//! Pulls the plug: the program is killed (SIGKILL) at random moments while many connections deliver mail to it, and started
//! again on the same data. In the end every mail is there exactly once: none that was acknowledged is lost, none doubled.
//!
//! `RAPPORT_TEST_KILLS` says how often on each database; a hundred times by default.

mod sending;

use crate::rapport;
use base::{
    blobs::{Blobs, Place},
    clock::SystemClock,
    db::{Db, DbError},
    secret::SecretKey,
};
use desk::{
    App, Parts,
    mailboxes::{self, MailboxForm},
    people::{self, NewAgent, Role},
};
use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpStream},
    path::Path,
    process::{Child, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};
use testkit::{app::TestApp, ports};

/// Connections that deliver at once; half speak SMTP, half LMTP.
const CONNECTIONS: usize = 8;
const ADDRESS: &str = "help@desk.example";

fn kills() -> u64 {
    std::env::var("RAPPORT_TEST_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(100)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_or_doubled_by_kills_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    pull_the_plug("SQLite", folder.path(), None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_or_doubled_by_kills_on_postgres() {
    let folder = tempfile::tempdir().unwrap();
    let url = TestApp::postgres_url().await.unwrap();
    pull_the_plug("PostgreSQL", folder.path(), Some(url)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_or_doubled_by_restarts_under_load() {
    let folder = tempfile::tempdir().unwrap();
    set_up(folder.path(), None).await;
    let (mails, restarts) = (Arc::new(Mails::default()), kills().div_ceil(5));
    for _ in 0..restarts {
        let mut server = Server::start(folder.path(), None);
        let couriers = server.couriers(&mails);
        thread::sleep(random_moment());
        let asked =
            std::process::Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        assert_eq!(server.child.wait().unwrap().code(), Some(0), "stopped in good order");
        couriers.into_iter().for_each(|courier| courier.join().unwrap());
    }
    let server = Server::start(folder.path(), None);
    mails.no_new_ones.store(true, Ordering::Relaxed);
    server.deliver_until_all_are_taken(&mails);
    let db = open(folder.path(), None).await;
    wait_for_jobs(&db).await;
    let (lost, doubled) = mails.compare_with(&stored(&db).await);
    let acknowledged = mails.acknowledged.lock().unwrap().len();
    println!(
        "restarted {restarts} times under load: {acknowledged} mails acknowledged, {} lost, {} doubled",
        lost.len(),
        doubled.len()
    );
    assert!(lost.is_empty() && doubled.is_empty(), "lost {lost:?}, doubled {doubled:?}");
    assert!(acknowledged as u64 > restarts, "too few mails to prove anything");
}

async fn pull_the_plug(name: &str, folder: &Path, url: Option<String>) {
    set_up(folder, url.as_deref()).await;
    let mails = Arc::new(Mails::default());
    let kills = kills();
    for _ in 0..kills {
        let mut server = Server::start(folder, url.as_deref());
        server.deliver_for(&mails, random_moment());
    }
    // The last start takes what is left: mails that were not acknowledged come again, as their servers would send them, and
    // the jobs of the killed ones are free at once instead of when their leases end.
    let server = Server::start(folder, url.as_deref());
    mails.no_new_ones.store(true, Ordering::Relaxed);
    server.deliver_until_all_are_taken(&mails);
    let db = open(folder, url.as_deref()).await;
    end_leases(&db).await;
    drop(server);
    let server = Server::start(folder, url.as_deref());
    wait_for_jobs(&db).await;
    drop(server);
    let (lost, doubled) = mails.compare_with(&stored(&db).await);
    let acknowledged = mails.acknowledged.lock().unwrap().len();
    println!(
        "killed {kills} times on {name}: {acknowledged} mails acknowledged, {} lost, {} doubled",
        lost.len(),
        doubled.len()
    );
    assert!(lost.is_empty() && doubled.is_empty(), "lost {lost:?}, doubled {doubled:?}");
    assert!(acknowledged as u64 > kills, "too few mails to prove anything");
    assert_eq!(kept_and_counted(&db).await, vec![], "counts that are kept and the same things counted");
}

/// Between the first connection and half a second later.
fn random_moment() -> Duration {
    let [low, high] = base::random::bytes::<2>();
    Duration::from_millis(u64::from(u16::from_le_bytes([low, high])) % 450)
}

/// A workspace with a mailbox, before the first start.
pub(crate) async fn set_up(folder: &Path, url: Option<&str>) {
    let db = open(folder, url).await;
    let blobs = Blobs::open(&Place::Folder(folder.join("elsewhere"))).unwrap();
    let key = SecretKey::from_bytes([7; 32]);
    let app = App::start(Parts { db, blobs, clock: Arc::new(SystemClock), key }).await.unwrap();
    let owner = NewAgent { email: "olga@desk.example".into(), name: "Olga".into(), role: Role::Owner };
    people::set_up(&app, "Desk Ltd", owner, "correct horse battery").await.unwrap();
    let workspace = app.workspace().await.unwrap().unwrap();
    let form = MailboxForm { name: "Help".into(), address: ADDRESS.into(), ..MailboxForm::default() };
    mailboxes::create(&app, workspace.as_system(), form).await.unwrap();
}

pub(crate) async fn open(folder: &Path, url: Option<&str>) -> Db {
    match url {
        Some(url) => Db::open_postgres(url, 2).await.unwrap(),
        None => {
            let data = folder.join("rapport-data");
            std::fs::create_dir_all(&data).unwrap();
            Db::open_sqlite(&data.join("rapport.db")).unwrap()
        }
    }
}

/// The mails of a run and what became of them. Each has a number, which is in its Message-ID.
#[derive(Default)]
struct Mails {
    next: AtomicU64,
    no_new_ones: AtomicBool,
    /// Begun and not acknowledged: to be sent again.
    unsure: Mutex<Vec<u64>>,
    acknowledged: Mutex<Vec<u64>>,
}

impl Mails {
    fn next(&self) -> Option<u64> {
        let again = self.unsure.lock().unwrap().pop();
        again.or_else(|| {
            let new = !self.no_new_ones.load(Ordering::Relaxed);
            new.then(|| self.next.fetch_add(1, Ordering::Relaxed))
        })
    }

    /// Which of the mails are not there, and which more than once.
    fn compare_with(&self, stored: &[(String, i64)]) -> (Vec<u64>, Vec<String>) {
        let is_there = |number: &u64| stored.iter().any(|(id, _)| *id == id_of(*number));
        let lost = (0..self.next.load(Ordering::Relaxed)).filter(|number| !is_there(number)).collect();
        (lost, stored.iter().filter(|(_, times)| *times != 1).map(|(id, _)| id.clone()).collect())
    }
}

fn id_of(number: u64) -> String {
    format!("{number}.plug@mail.example")
}

/// The program, with its SMTP and its LMTP port.
struct Server {
    child: Child,
    ports: [SocketAddr; 2],
}

impl Server {
    fn start(folder: &Path, url: Option<&str>) -> Self {
        let free = || SocketAddr::from(([127, 0, 0, 1], ports::free()));
        let [http, smtp, lmtp] = [free(), free(), free()];
        let (listen, smtp_port, lmtp_port) = (http.to_string(), smtp.to_string(), lmtp.to_string());
        let mut settings = vec![
            ("RAPPORT_LISTEN", listen.as_str()),
            ("RAPPORT_MAIL_LISTENER__SMTP", &smtp_port),
            ("RAPPORT_MAIL_LISTENER__LMTP", &lmtp_port),
            ("RAPPORT_LOG__LEVEL", "error"),
        ];
        settings.extend(url.map(|url| ("RAPPORT_DATABASE_URL", url)));
        let child = rapport(folder, &["serve"], &settings).stdout(Stdio::null()).spawn().unwrap();
        let server = Self { child, ports: [smtp, lmtp] };
        for _ in 0..3000 {
            if server.ports.iter().all(|port| TcpStream::connect(port).is_ok()) {
                return server;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the server does not take mail");
    }

    /// Delivers over many connections and kills the server after `time`.
    fn deliver_for(&mut self, mails: &Arc<Mails>, time: Duration) {
        let couriers = self.couriers(mails);
        thread::sleep(time);
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        couriers.into_iter().for_each(|courier| courier.join().unwrap());
    }

    fn deliver_until_all_are_taken(&self, mails: &Arc<Mails>) {
        for _ in 0..50 {
            self.couriers(mails).into_iter().for_each(|courier| courier.join().unwrap());
            if mails.unsure.lock().unwrap().is_empty() {
                return;
            }
        }
        panic!("mails are refused: {:?}", mails.unsure.lock().unwrap());
    }

    fn couriers(&self, mails: &Arc<Mails>) -> Vec<thread::JoinHandle<()>> {
        let courier = |number: usize| {
            let (mails, port, is_lmtp) = (mails.clone(), self.ports[number % 2], number % 2 == 1);
            thread::spawn(move || while let Some(()) = deliver(&mails, port, is_lmtp) {})
        };
        (0..CONNECTIONS).map(courier).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// Delivers mails over one connection until it breaks or there is none left; `None` then.
fn deliver(mails: &Mails, port: SocketAddr, is_lmtp: bool) -> Option<()> {
    let stream = TcpStream::connect(port).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let mut stream = BufReader::new(stream);
    answer(&mut stream)?;
    ask(&mut stream, if is_lmtp { "LHLO mail.example" } else { "EHLO mail.example" })?;
    loop {
        let number = mails.next()?;
        let taken = hand_over(&mut stream, number);
        match taken {
            Some(true) => mails.acknowledged.lock().unwrap().push(number),
            _ => {
                mails.unsure.lock().unwrap().push(number);
                return None;
            }
        }
    }
}

/// True once the server has said that it has the mail.
fn hand_over(stream: &mut BufReader<TcpStream>, number: u64) -> Option<bool> {
    ask(stream, &format!("MAIL FROM:<customer{}@mail.example>", number % 50))?;
    ask(stream, &format!("RCPT TO:<{ADDRESS}>"))?;
    ask(stream, "DATA")?;
    // Every third mail answers the one before it, so that conversations are continued, too.
    let thread = match number % 3 {
        0 => String::new(),
        rest => format!("In-Reply-To: <{}>\r\n", id_of(number - rest)),
    };
    let mail = format!(
        "From: Customer <customer{customer}@mail.example>\r\nTo: {ADDRESS}\r\nSubject: Where is parcel {number}?\r\n\
         Message-ID: <{}>\r\n{thread}Date: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\nParcel {number} has not come.\r\n{}\r\n.",
        id_of(number),
        "It should have been here long ago.\r\n".repeat(number as usize % 40),
        customer = number / 3 % 50,
    );
    ask(stream, &mail).map(|said| said.starts_with("250"))
}

fn ask(stream: &mut BufReader<TcpStream>, line: &str) -> Option<String> {
    stream.get_mut().write_all(format!("{line}\r\n").as_bytes()).ok()?;
    answer(stream)
}

/// The last line of an answer; none when the connection broke or the server refused.
fn answer(stream: &mut BufReader<TcpStream>) -> Option<String> {
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok().filter(|read| *read > 0)?;
        if line.as_bytes().get(3) != Some(&b'-') {
            return line.starts_with(['2', '3']).then_some(line);
        }
    }
}

async fn end_leases(db: &Db) {
    db.write::<_, DbError, _>(|tx| {
        Box::pin(async move { tx.exec("update job set run_at = 0 where state = 0", &[]).await })
    })
    .await
    .unwrap();
}

pub(crate) async fn wait_for_jobs(db: &Db) {
    for _ in 0..1200 {
        let (left,): (i64,) = rows(db, "select count(*) from job where kind = 'receive_delivery'").await[0];
        if left == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let left: Vec<(i16, i32, Option<String>)> = rows(db, "select state, attempts, last_error from job").await;
    panic!("jobs do not end: {left:?}");
}

async fn stored(db: &Db) -> Vec<(String, i64)> {
    rows(db, "select rfc_message_id, count(*) from message where rfc_message_id is not null group by rfc_message_id")
        .await
}

/// What is kept by the writes and differs from what is there.
async fn kept_and_counted(db: &Db) -> Vec<(String, i64, i64)> {
    // PostgreSQL's sum of integers is a numeric, hence the casts.
    let pairs = "select 'messages', (select coalesce(cast(sum(message_count) as bigint), 0) from conversation),
            (select count(*) from message)
        union all select 'open', (select coalesce(cast(sum(count) as bigint), 0) from view_count where view = 1),
            (select count(*) from conversation where status = 1)
        union all select 'events', (select max(event_seq) from workspace), (select count(*) from event)
        union all select 'conversations', (select max(conversation_number) from workspace),
            (select count(*) from conversation)
        union all select 'search', (select count(*) from search_entry), (select count(*) from message)";
    let all: Vec<(String, i64, i64)> = rows(db, pairs).await;
    all.into_iter().filter(|(_, kept, counted)| kept != counted).collect()
}

pub(crate) async fn rows<R: base::db::FromRow + Send + 'static>(db: &Db, sql: &str) -> Vec<R> {
    let sql = sql.to_owned();
    db.read::<_, DbError, _>(move |tx| Box::pin(async move { tx.rows(&sql, &[]).await })).await.unwrap()
}
