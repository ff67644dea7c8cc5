//! The program from outside: how it starts, answers and stops, and what it says when it cannot.

#![expect(clippy::unwrap_used, reason = "tests")]

mod durability;
mod full_disk;
mod import;

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
    time::Duration,
};

use tempfile::TempDir;

/// The program in this folder, with no settings but these.
fn rapport(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapport"));
    command.current_dir(folder).args(arguments).env_clear().envs(settings.iter().copied());
    command
}

fn run(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    rapport(folder, arguments, settings).stdin(Stdio::null()).output().unwrap()
}

const NO_SMTP: (&str, &str) = ("RAPPORT_MAIL_LISTENER__SMTP", "");
const NO_LMTP: (&str, &str) = ("RAPPORT_MAIL_LISTENER__LMTP", "");

/// A server that is ended with its test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(folder: &Path, command: &str) -> Self {
        Self::start_with_lmtp(folder, command, "")
    }

    fn start_with_lmtp(folder: &Path, command: &str, lmtp: &str) -> Self {
        let address = free_address();
        let mail = [NO_SMTP, ("RAPPORT_MAIL_LISTENER__LMTP", lmtp)];
        let child = rapport(folder, &[command], &mail)
            .env("RAPPORT_LISTEN", &address)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let server = Self { child, address };
        for _ in 0..600 {
            if server.get("/readyz").is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
                return server;
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("the server does not become ready");
    }

    fn get(&self, path: &str) -> Option<String> {
        let mut connection = TcpStream::connect(&self.address).ok()?;
        write!(connection, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).ok()?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer).ok()?;
        Some(answer)
    }

    /// Asks it to stop and gives its exit code and what it printed.
    fn stop(mut self) -> (Option<i32>, String) {
        let asked = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.child.id())]).status().unwrap();
        assert!(asked.success());
        let mut printed = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
        let code = self.child.wait().unwrap().code();
        (code, printed)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _already_ended = self.child.wait();
    }
}

/// A process that is ended with its test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _already_ended = self.0.kill();
        let _already_ended = self.0.wait();
    }
}

fn free_address() -> String {
    format!("127.0.0.1:{}", testkit::ports::free())
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_wrong_setting_is_one_line_and_nothing_is_started() {
    let folder = folder();
    for command in ["serve", "demo", "config"] {
        let output = run(folder.path(), &[command], &[("RAPPORT_WORKERS", "many")]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert_eq!(said, "rapport: setting workers (RAPPORT_WORKERS): \"many\" is not a whole number from 1 to 256\n");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn the_settings_file_of_the_folder_is_read_and_shown_without_secrets() {
    let folder = folder();
    fs::write(folder.path().join("rapport.toml"), "workers = 7\ndatabase_url = \"postgres://me:hunter2@db/x\"\n")
        .unwrap();
    let output = run(folder.path(), &["config"], &[]);
    let shown = String::from_utf8(output.stdout).unwrap();
    let has = |start: &str, end: &str| shown.lines().any(|line| line.starts_with(start) && line.ends_with(end));
    assert!(has("workers = 7 ", "# rapport.toml"), "{shown}");
    assert!(has("database_url = \"***\" ", "# rapport.toml"), "{shown}");
    assert!(!shown.contains("hunter2"));
}

#[test]
fn another_settings_file_can_be_named() {
    let folder = folder();
    fs::write(folder.path().join("rapport.toml"), "workers = 7\n").unwrap();
    fs::write(folder.path().join("one.toml"), "workers = 8\n").unwrap();
    fs::write(folder.path().join("two.toml"), "workers = 9\n").unwrap();
    let workers = |arguments: &[&str], named: &str| {
        let output = run(folder.path(), arguments, &[("RAPPORT_CONFIG", named)]);
        let shown = String::from_utf8(output.stdout).unwrap();
        shown.lines().find_map(|line| line.strip_prefix("workers = ")).map(|line| line[..1].to_owned())
    };
    assert_eq!(workers(&["config"], "").as_deref(), Some("7"));
    assert_eq!(workers(&["config"], "one.toml").as_deref(), Some("8"));
    assert_eq!(workers(&["config", "--config", "two.toml"], "one.toml").as_deref(), Some("9"));
}

#[test]
fn a_server_becomes_ready_refuses_a_second_one_and_stops_in_good_order() {
    let folder = folder();
    let server = Server::start(folder.path(), "serve");
    assert!(server.get("/healthz").unwrap().contains("{\"ok\":true}"));
    assert!(server.get("/readyz").unwrap().contains("\"ready\":true"));

    let second = run(folder.path(), &["serve"], &[("RAPPORT_LISTEN", "127.0.0.1:0"), NO_SMTP, NO_LMTP]);
    assert_eq!(second.status.code(), Some(1));
    assert!(String::from_utf8(second.stderr).unwrap().contains("another Rapport is running on the data folder"));

    let elsewhere = self::folder();
    let taken = run(elsewhere.path(), &["serve"], &[("RAPPORT_LISTEN", &server.address), NO_SMTP, NO_LMTP]);
    assert_eq!(taken.status.code(), Some(1));
    let said = String::from_utf8(taken.stderr).unwrap();
    assert!(said.contains("cannot listen on") && said.contains("(setting listen)"), "{said}");

    assert_eq!(server.stop().0, Some(0));
    for name in ["", "rapport.db", "secret.key", "blobs"] {
        let file = folder.path().join("rapport-data").join(name);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o077, 0, "{name} is for its owner alone");
    }
}

#[test]
fn people_are_added_while_the_server_runs() {
    let folder = folder();
    let server = Server::start(folder.path(), "serve");
    let add = ["user", "add", "--email", "jo@shop.example", "--name", "Jo"];
    let mut first = rapport(folder.path(), &add, &[]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    first.stdin.take().unwrap().write_all(b"correct horse battery\n").unwrap();
    let mut said = String::new();
    BufReader::new(first.stdout.take().unwrap()).read_line(&mut said).unwrap();
    assert!(first.wait().unwrap().success());
    assert_eq!(said, "added Jo <jo@shop.example>\n");

    let twice = run(folder.path(), &add, &[]);
    assert_eq!(twice.status.code(), Some(1));
    assert_eq!(String::from_utf8(twice.stderr).unwrap(), "rapport: somebody has this e-mail address already\n");

    let made_up = run(folder.path(), &["user", "add", "--email", "al@shop.example", "--name", "Al"], &[]);
    assert!(String::from_utf8(made_up.stdout).unwrap().contains("password: "));
    drop(server);
}

#[test]
fn the_demonstration_starts_again_on_what_is_there() {
    let folder = folder();
    let password = |printed: &str| {
        printed
            .lines()
            .find_map(|line| line.split_once("Password:"))
            .map(|(_, rest)| rest.trim_end_matches('│').trim().to_owned())
    };
    let (code, first) = Server::start(folder.path(), "demo").stop();
    assert_eq!(code, Some(0));
    let (code, second) = Server::start(folder.path(), "demo").stop();
    assert_eq!(code, Some(0));
    assert!(first.contains("Taking the demonstration mailbox in") && !second.contains("Taking"), "{second}");
    assert_eq!(password(&first).unwrap(), password(&second).unwrap());
    let made: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(made, ["demo-data"]);
}

#[test]
fn mail_can_be_delivered_to_the_demonstration_where_a_listener_was_asked_for() {
    let (folder, lmtp) = (folder(), free_address());
    let server = Server::start_with_lmtp(folder.path(), "demo", &lmtp);
    let mut connection = TcpStream::connect(&lmtp).unwrap();
    let mut answers = BufReader::new(connection.try_clone().unwrap());
    let mut hear = || loop {
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        if line.as_bytes()[3] != b'-' {
            return line;
        }
    };
    assert!(hear().starts_with("220"));
    let steps = [
        ("LHLO shop.example", "250"),
        ("MAIL FROM:<visitor@shop.example>", "250"),
        ("RCPT TO:<nobody@lumenoak.example>", "550"),
        ("RCPT TO:<help@lumenoak.example>", "250"),
        ("DATA", "354"),
        ("From: Visitor <visitor@shop.example>\r\nSubject: Hello\r\n\r\nIs anybody there?\r\n.", "250"),
        ("QUIT", "221"),
    ];
    for (said, expected) in steps {
        write!(connection, "{said}\r\n").unwrap();
        let answer = hear();
        assert!(answer.starts_with(expected), "{said}: {answer}");
    }
    assert_eq!(server.stop().0, Some(0));
}

#[test]
fn a_demonstration_that_was_killed_while_it_was_taken_in_begins_anew() {
    let folder = folder();
    let mut first = rapport(folder.path(), &["demo"], &[("RAPPORT_LISTEN", "127.0.0.1:0")]);
    let mut first = first.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let store = folder.path().join("demo-data/rapport.db");
    while !store.exists() {
        thread::sleep(Duration::from_millis(5));
    }
    thread::sleep(Duration::from_millis(100));
    first.kill().unwrap();
    first.wait().unwrap();
    let (code, printed) = Server::start(folder.path(), "demo").stop();
    assert_eq!(code, Some(0));
    assert!(printed.contains("Password:"), "{printed}");
}

#[test]
fn the_doctor_says_what_to_fix_and_tells_by_its_end_whether_something_failed() {
    let (folder, names) = (folder(), testkit::dns::NameServer::start().unwrap());
    let server = names.address().to_string();
    let doctor = |arguments: &[&str]| {
        let settings = [("RAPPORT_NAME_SERVERS", server.as_str())];
        let output = run(folder.path(), &[&["mail", "doctor", "--domain", "shop.test"], arguments].concat(), &settings);
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(doctor(&[]).0, Some(1), "nothing is set up");
    let add = ["user", "add", "--email", "olga@shop.test", "--name", "Olga", "--generate-password"];
    assert!(run(folder.path(), &add, &[]).status.success());
    let (code, said) = doctor(&[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.starts_with("FAIL  shop.test  MX: shop.test has no mail server in the DNS; publish an MX record"),
        "{said}"
    );
    names.mx("shop.test", 10, "mx.shop.test").host("mx.shop.test", "203.0.113.4".parse().unwrap());
    let (code, said) = doctor(&["--json"]);
    assert_eq!(code, Some(0), "{said}");
    let first: serde_json::Value = serde_json::from_str(said.lines().next().unwrap()).unwrap();
    assert_eq!((&first["about"], &first["check"], &first["state"]), (&"shop.test".into(), &"MX".into(), &"ok".into()));
}
