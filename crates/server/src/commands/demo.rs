//! `rapport demo`: a server with a demonstration mailbox taken in, in a folder of its own.

use std::{fs, os::unix::fs::OpenOptionsExt, path::Path, sync::Arc};

use anyhow::Context;
use base::secret::Secret;
use channels::email::Email;
use desk::people;

use super::serve::{self, Doors};
use crate::{
    config::Config,
    demo,
    house::{House, Occupied},
    logs,
    stop::Stop,
};

/// Where the demonstration lives, below the current folder.
const FOLDER: &str = "demo-data";
/// Holds the password that was made up at the first start.
const PASSWORD: &str = "password";
/// Stands in the folder until the first start has come to its end.
const UNFINISHED: &str = "unfinished";

/// Takes the demonstration in at the first start, and serves it.
///
/// # Errors
/// What kept it from starting.
pub(crate) async fn run(config: Config) -> anyhow::Result<()> {
    let folder = std::env::current_dir().context("finding the current folder")?.join(FOLDER);
    let config = config.at_home_in(folder.clone());
    logs::start(&config.log);
    let stop = Stop::on_signals()?;
    let _occupied = Occupied::claim(&folder)?;
    let doors = Doors::open(&config).await?;
    let (house, password) = move_in(&config, &folder).await?;
    let app = house.start().await?;
    app.add_channel(demo::keep_here(Some(Arc::new(Email))));
    serve::start(&app, &config, doors, &stop).await?;
    println!("{}", welcome(&config.public_url, password.reveal()));
    serve::until_stopped(&config, &stop).await;
    Ok(())
}

/// Opens the house; furnishes it at the first start, or anew when that was interrupted.
async fn move_in(config: &Config, folder: &Path) -> anyhow::Result<(House, Secret<String>)> {
    let (unfinished, password) = (folder.join(UNFINISHED), folder.join(PASSWORD));
    if password.exists() && !unfinished.exists() {
        let known = fs::read_to_string(&password).with_context(|| password.display().to_string())?;
        return Ok((House::open(config).await?, Secret::new(known.trim().to_owned())));
    }
    if unfinished.exists() {
        clear(folder)?;
    }
    println!("Taking the demonstration mailbox in; this takes a few seconds, once.");
    fs::write(&unfinished, "").with_context(|| unfinished.display().to_string())?;
    let made_up = Secret::new(people::generate_password());
    let house = House::open(config).await?;
    demo::fill(&house, made_up.reveal()).await.context("taking the demonstration mailbox in")?;
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&password)?;
    std::io::Write::write_all(&mut file, made_up.reveal().as_bytes())?;
    fs::remove_file(&unfinished)?;
    Ok((house, made_up))
}

/// Removes what an interrupted first start has left, and nothing else that somebody may have put there.
fn clear(folder: &Path) -> anyhow::Result<()> {
    let blobs = folder.join("blobs");
    let files =
        ["rapport.db", "rapport.db-wal", "rapport.db-shm", "secret.key", PASSWORD].map(|name| folder.join(name));
    if blobs.exists() {
        fs::remove_dir_all(&blobs).with_context(|| blobs.display().to_string())?;
    }
    for file in files.iter().filter(|file| file.exists()) {
        fs::remove_file(file).with_context(|| file.display().to_string())?;
    }
    Ok(())
}

fn welcome(url: &str, password: &str) -> String {
    let lines = [
        "Rapport is running with demonstration data.".to_owned(),
        String::new(),
        format!("  Address:   {url}"),
        format!("  E-mail:    {}", demo::OWNER),
        format!("  Password:  {password}"),
        String::new(),
        "Colleagues sign in with the same password:".to_owned(),
        "  mei@rapport.example, samuel@rapport.example, ines@rapport.example".to_owned(),
        String::new(),
        "Everything lies in ./demo-data; nothing is sent to anyone. Ctrl-C stops.".to_owned(),
    ];
    let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
    let rule = "─".repeat(width + 2);
    let boxed: String = lines.iter().map(|line| format!("│ {line:<width$} │\n")).collect();
    format!("\n╭{rule}╮\n{boxed}╰{rule}╯\n")
}
