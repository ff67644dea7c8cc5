//! The server as a process on a store.

use crate::house::{PASSWORD, Store};
use anyhow::{Context, Result, ensure};
use base::clock::Stopwatch;
use reqwest::{Client, header};
use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// How it is started.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// On which cores, in the words of `taskset`; all when none are named.
    pub(crate) cores: Option<String>,
    /// Where mail servers deliver by LMTP; nowhere when it is not named.
    pub(crate) lmtp: Option<String>,
}

/// The running server; killed when dropped.
pub(crate) struct Server {
    child: Child,
    /// Host and port of its pages.
    pub(crate) address: String,
    /// How long it took until it answered.
    pub(crate) started_in: Duration,
}

impl Server {
    /// Starts it and waits until it answers.
    pub(crate) async fn start(program: &Path, store: &Store, home: &Path, wanted: &Wanted) -> Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let program = std::fs::canonicalize(program).context("the server's program")?;
        let mut command = match &wanted.cores {
            None => Command::new(program),
            Some(cores) => {
                let mut command = Command::new("taskset");
                command.args(["-c", cores.as_str()]).arg(program);
                command
            }
        };
        command.arg("serve").current_dir(home).env_clear().stdout(Stdio::null()).stderr(Stdio::null());
        command.envs([
            ("RAPPORT_LISTEN", address.as_str()),
            ("RAPPORT_MAIL_LISTENER__SMTP", ""),
            ("RAPPORT_MAIL_LISTENER__LMTP", wanted.lmtp.as_deref().unwrap_or_default()),
        ]);
        match store {
            Store::Postgres(url) => command.env("RAPPORT_DATABASE_URL", url),
            Store::Folder(folder) => command.env("RAPPORT_DATA_DIR", folder.canonicalize()?),
        };
        let watch = Stopwatch::start();
        let mut server = Self { child: command.spawn()?, address, started_in: Duration::ZERO };
        let client = Client::builder().build()?;
        while client.get(server.url("/sign-in")).send().await.map_or(true, |answer| !answer.status().is_success()) {
            ensure!(watch.elapsed() < Duration::from_secs(60), "the server does not answer");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        server.started_in = watch.elapsed();
        Ok(server)
    }

    /// The address of a page.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Resident memory in MiB.
    pub(crate) fn memory(&self) -> Result<f64> {
        self.status("VmRSS:")
    }

    /// Resident memory at its peak, in MiB.
    pub(crate) fn peak_memory(&self) -> Result<f64> {
        self.status("VmHWM:")
    }

    fn status(&self, name: &'static str) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)).context(name)?;
        Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
    }

    /// A client that carries the session of one who signed in.
    pub(crate) async fn signed_in(&self) -> Result<Client> {
        let cookie = self.session().await?;
        let mut headers = header::HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse()?);
        headers.insert("sec-fetch-site", "same-origin".parse()?);
        Ok(Client::builder().default_headers(headers).build()?)
    }

    /// The cookie of one who signed in.
    pub(crate) async fn session(&self) -> Result<String> {
        let form = format!("email=owner%40desk.example&password={}", PASSWORD.replace(' ', "+"));
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
        let answer = client
            .post(self.url("/sign-in"))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form)
            .send()
            .await?;
        let cookie = answer.headers().get(header::SET_COOKIE).context("no session")?.to_str()?;
        Ok(cookie.split(';').next().unwrap_or_default().to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
