//! A real PostgreSQL server of this test run, and fresh databases in it.
//!
//! `with-postgres` (this crate's binary) starts one server for a whole run and names it in `RAPPORT_TEST_DATABASE_URL`;
//! without that, the first test of a process that asks starts one for its process.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, NoTls};

use crate::process::{Process, as_user, folder_of, run};
use crate::{ports, wait};

/// Names the server that the tests of this run share: the URL of a database in which they may create others.
pub const VARIABLE: &str = "RAPPORT_TEST_DATABASE_URL";

/// How careful the server is with what it was given to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// As in production: a commit is on the disk before it is acknowledged.
    Safe,
    /// Nothing is synced: faster, for tests that never pull the plug.
    Fast,
}

/// A PostgreSQL server in a temporary folder. Dropping it stops it and removes everything.
#[derive(Debug)]
pub struct Server {
    process: Option<Process>,
    folder: TempDir,
    port: u16,
    durability: Durability,
}

impl Server {
    /// Initialises a cluster and starts it.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start.
    pub fn start(durability: Durability) -> Result<Self> {
        let folder = folder_of("postgres")?;
        let data = folder.path().join("data").display().to_string();
        let initdb = program("initdb")?;
        run(&as_user(
            "postgres",
            &[&initdb, "-D", &data, "-U", "rapport", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
        ))?;
        let mut server = Self { process: None, folder, port: 0, durability };
        for _ in 0..2 {
            server.port = ports::free();
            if server.resume().is_ok() {
                return Ok(server);
            }
        }
        server.resume()?;
        Ok(server)
    }

    /// The URL of a database on this server.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://rapport@127.0.0.1:{}/{database}", self.port)
    }

    /// Starts the server again on the same port with the same data.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn resume(&mut self) -> Result<()> {
        let data = self.folder.path().join("data").display().to_string();
        let (postgres, port) = (program("postgres")?, self.port.to_string());
        let mut line = as_user("postgres", &[&postgres, "-D", &data, "-h", "127.0.0.1", "-p", &port]);
        let mut settings =
            vec!["unix_socket_directories=", "max_connections=400", "shared_buffers=64MB", "timezone=UTC"];
        if self.durability == Durability::Fast {
            settings.extend(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
        }
        for setting in settings {
            line.extend(["-c".to_owned(), setting.to_owned()]);
        }
        // QUIT stops at once, without a last checkpoint: nobody needs the data afterwards.
        let log = self.folder.path().join("log");
        let probe = [program("pg_isready")?, "-q".into(), "-h".into(), "127.0.0.1".into(), "-p".into(), port];
        // After a kill the old server's children are gone a moment later only, and hold the new one off until then.
        let started = wait::until(Duration::from_secs(3), || {
            let process = Process::start(&line, "QUIT", &log).ok()?;
            let ready = wait::until(wait::PATIENCE, || match process.is_running() {
                false => Some(false),
                true => run(&probe).is_ok().then_some(true),
            });
            (ready == Some(true)).then_some(process)
        });
        let Some(process) = started else {
            bail!("PostgreSQL did not start:\n{}", std::fs::read_to_string(log).unwrap_or_default());
        };
        self.process = Some(process);
        Ok(())
    }

    /// Stops the server without warning, as a power cut would; what it had not synced may be lost.
    pub fn kill(&mut self) {
        if let Some(process) = self.process.take() {
            process.kill();
        }
    }
}

/// The URL of the server that tests of this process use: the run's, or one started now.
///
/// # Errors
/// When there is none and none can be started.
pub fn shared() -> Result<String> {
    if let Ok(url) = std::env::var(VARIABLE) {
        return Ok(url);
    }
    static OWN: OnceLock<std::result::Result<Server, String>> = OnceLock::new();
    match OWN.get_or_init(|| Server::start(Durability::Fast).map_err(|error| format!("{error:#}"))) {
        Ok(server) => Ok(server.url("postgres")),
        Err(error) => bail!("{error}"),
    }
}

/// Creates an empty database on the shared server and gives its URL.
///
/// # Errors
/// When there is no server or it refuses.
pub async fn fresh_database() -> Result<String> {
    let server = shared()?;
    create(&server, &connect(&server).await?, "template1").await
}

/// Creates a database that already holds what `prepare` does to an empty one, and gives its URL.
///
/// `prepare` gets the URL of an empty database and runs once for each `template` name on each server; all databases after
/// that are copies, also those that other test processes ask for. It must have closed its connections when it returns.
///
/// # Errors
/// When there is no server, it refuses, or `prepare` fails.
pub async fn fresh_database_from<F>(template: &str, prepare: F) -> Result<String>
where
    F: AsyncFnOnce(String) -> Result<()>,
{
    let server = shared()?;
    let client = connect(&server).await?;
    if !is_template(&client, template).await? {
        client.execute("select pg_advisory_lock(hashtext($1))", &[&template]).await?;
        if !is_template(&client, template).await? {
            let url = create(&server, &client, "template1").await?;
            prepare(url.clone()).await.with_context(|| format!("prepare the template database {template}"))?;
            let name = url.rsplit('/').next().unwrap_or_default();
            disconnect_all(&client, name).await?;
            client.batch_execute(&format!("alter database {name} rename to {template}")).await?;
            client.batch_execute(&format!("alter database {template} is_template true")).await?;
        }
        client.execute("select pg_advisory_unlock(hashtext($1))", &[&template]).await?;
    }
    create(&server, &client, template).await
}

/// Connects to the database at `url` and drives the connection in a task of its own.
///
/// # Errors
/// When the server cannot be reached or refuses.
pub async fn connect(url: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.with_context(|| url.to_owned())?;
    tokio::spawn(connection);
    Ok(client)
}

async fn is_template(client: &Client, name: &str) -> Result<bool> {
    let sql = "select 1 from pg_database where datname = $1 and datistemplate";
    Ok(client.query_opt(sql, &[&name]).await?.is_some())
}

/// A template can only be copied or renamed while nobody is connected to it; a closed pool's sessions end a moment later.
async fn disconnect_all(client: &Client, database: &str) -> Result<()> {
    let sql = "select count(*), count(pg_terminate_backend(pid)) from pg_stat_activity where datname = $1";
    wait::eventually("all sessions of the template to end", wait::PATIENCE, async || {
        let sessions = client.query_one(sql, &[&database]).await.ok()?.get::<_, i64>(0);
        (sessions == 0).then_some(())
    })
    .await;
    Ok(())
}

async fn create(server: &str, client: &Client, template: &str) -> Result<String> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    loop {
        let name = format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let made = client.batch_execute(&format!("create database {name} template {template}")).await;
        match made {
            Ok(()) => {
                let base = server.rsplit_once('/').map_or(server, |(base, _)| base);
                return Ok(format!("{base}/{name}"));
            }
            // Process ids come round again.
            Err(error) if error.code() == Some(&SqlState::DUPLICATE_DATABASE) => {}
            // template1 while another process's session in it ends.
            Err(error) if error.code() == Some(&SqlState::OBJECT_IN_USE) => {}
            Err(error) => return Err(error).context(format!("create a database from {template}")),
        }
    }
}

/// PostgreSQL's programs are not on the path on Debian; the newest version that is installed is taken.
fn program(name: &str) -> Result<String> {
    let mut found: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin").join(name))))
        .filter(|(_, path)| Path::exists(path))
        .collect();
    found.sort();
    let (_, path) =
        found.pop().with_context(|| format!("PostgreSQL's {name} is missing: apt-get install postgresql"))?;
    Ok(path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_fresh_database_holds_what_the_template_holds_and_nothing_of_its_siblings() {
        let name = format!("template_of_{}", std::process::id());
        let prepare = async |url: String| {
            let client = connect(&url).await?;
            client.batch_execute("create table fruit (name text); insert into fruit values ('pear')").await?;
            Ok(())
        };
        let one = connect(&fresh_database_from(&name, prepare).await.unwrap()).await.unwrap();
        let unused = async |_| panic!("the template exists already");
        let two = connect(&fresh_database_from(&name, unused).await.unwrap()).await.unwrap();
        one.batch_execute("insert into fruit values ('plum')").await.unwrap();
        let count = |client: Client| async move {
            client.query_one("select count(*) from fruit", &[]).await.unwrap().get::<_, i64>(0)
        };
        assert_eq!((count(one).await, count(two).await), (2, 1));
    }
}
