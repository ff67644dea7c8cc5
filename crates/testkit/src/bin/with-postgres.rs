//! `with-postgres [--fsync] COMMAND…` starts a PostgreSQL server, runs a command that finds its URL in
//! `RAPPORT_TEST_DATABASE_URL`, stops the server, and ends as the command did.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use testkit::postgres::{Durability, Server, VARIABLE};

fn main() -> Result<ExitCode> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let durability = match arguments.first().map(String::as_str) {
        Some("--fsync") => {
            arguments.remove(0);
            Durability::Safe
        }
        _ => Durability::Fast,
    };
    let (program, rest) = arguments.split_first().context("usage: with-postgres [--fsync] COMMAND…")?;
    let server = Server::start(durability)?;
    let status = Command::new(program).args(rest).env(VARIABLE, server.url("postgres")).status();
    let status = status.with_context(|| format!("start {program}"))?;
    drop(server);
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}
