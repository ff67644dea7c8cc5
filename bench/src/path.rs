//! The way of a mail: from LMTP to the conversation that an agent sees, on one core and on two.
//!
//! First one mail after another: how long after its acknowledgement the open page is told of it. Then many over several connections: how
//! many a second become conversations that can be opened.

use crate::{
    corpus::Corpus,
    house::Store,
    report::{Report, Samples},
    server::{Server, Wanted},
    tab::{Lmtp, Tab},
};
use anyhow::{Context, Result, ensure};
use base::clock::Stopwatch;
use reqwest::Client;
use std::{path::Path, time::Duration};

/// Connections that deliver at once.
const CALLERS: usize = 8;
/// No mail takes as long.
const PATIENCE: Duration = Duration::from_secs(60);

/// Measures `singles` mails one by one and `mails` at once, with the server on each of `cores` (in the words of `taskset`).
pub(crate) async fn run(
    program: &Path,
    store: &Store,
    cores: &[String],
    (conversations, singles, mails): (u64, u64, u64),
    corpus: &Corpus,
    report: &mut Report,
) -> Result<()> {
    let _already_there = rustls::crypto::ring::default_provider().install_default();
    let home = tempfile::tempdir_in(".")?;
    for cores in cores {
        let lmtp = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let wanted = Wanted { cores: Some(cores.clone()), lmtp: Some(lmtp.clone()) };
        let server = Server::start(program, store, home.path(), &wanted).await?;
        let group = format!("path, {conversations} conversations, {}, cores {cores}", store.engine());
        let client = server.signed_in().await?;
        let first = next_number(&server, &client, conversations).await?;
        let seen = latencies(&server, &lmtp, first, singles, corpus).await?;
        report.times(&group, "acknowledged by LMTP to told on the open page", &seen);
        let next = first + singles;
        let watch = Stopwatch::start();
        let callers = (0..CALLERS as u64).map(|caller| {
            let lmtp = lmtp.clone();
            async move {
                let mut server = Lmtp::open(&lmtp).await?;
                for number in (next..next + mails).skip(caller as usize).step_by(CALLERS) {
                    server.deliver(&letter(corpus, number)).await?;
                }
                Ok::<_, anyhow::Error>(())
            }
        });
        futures_util::future::try_join_all(callers).await?;
        let acknowledged = watch.elapsed();
        until_there(&server, &client, next + mails - 1).await?;
        let visible = watch.elapsed();
        report.figure(&group, "acknowledged by LMTP", mails as f64 / acknowledged.as_secs_f64(), "mails/s");
        report.figure(&group, "LMTP to visible conversation", mails as f64 / visible.as_secs_f64(), "mails/s");
        report.figure(&group, "resident memory at its peak", server.peak_memory()?, "MiB");
    }
    Ok(())
}

/// How long after its acknowledgement each of `count` mails is told to a page that shows all open conversations.
async fn latencies(server: &Server, lmtp: &str, first: u64, count: u64, corpus: &Corpus) -> Result<Samples> {
    let mut tab = Tab::open(&server.address, &server.session().await?).await?;
    let mut caller = Lmtp::open(lmtp).await?;
    let mut samples = Samples::default();
    // The first few warm what the day's first mail warms for all others.
    for number in first..first + count {
        let mark = mark(number);
        caller.deliver(&letter(corpus, number)).await?;
        let watch = Stopwatch::start();
        let told = tokio::time::timeout(PATIENCE, tab.told(&mark)).await;
        told.with_context(|| format!("nothing was told of mail {number}"))??;
        if number >= first + 5 {
            samples.add(watch.elapsed());
        }
    }
    Ok(samples)
}

/// A word that stands in one mail only.
fn mark(number: u64) -> String {
    format!("path{number}mark")
}

fn letter(corpus: &Corpus, number: u64) -> String {
    let mut dice = crate::corpus::Dice::of(number ^ 0x00C0_FFEE);
    let text = corpus.text(&mut dice, 60).replace('\n', "\r\n");
    format!(
        "From: Path {number} <path{number}@bench.example>\r\nTo: Help <help@desk.example>\r\nSubject: {} broke\r\n\
         Message-ID: <{number}.path@bench.example>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n\r\nKind regards\r\n",
        mark(number)
    )
}

async fn is_there(server: &Server, client: &Client, number: u64) -> Result<bool> {
    let answer = client.get(server.url(&format!("/c/{number}"))).header("x-fragment", "main").send().await?;
    let status = answer.status();
    ensure!(status.is_success() || status.as_u16() == 404, "conversation {number}: {status}");
    Ok(status.is_success())
}

/// The number that the next conversation gets: the store may have grown since it was seeded.
async fn next_number(server: &Server, client: &Client, seeded: u64) -> Result<u64> {
    let (mut there, mut step) = (seeded, 1);
    while is_there(server, client, there + step).await? {
        there += step;
        step *= 2;
    }
    let mut beyond = there + step;
    while there + 1 < beyond {
        let middle = there + (beyond - there) / 2;
        if is_there(server, client, middle).await? {
            there = middle;
        } else {
            beyond = middle;
        }
    }
    Ok(beyond)
}

async fn until_there(server: &Server, client: &Client, number: u64) -> Result<()> {
    let watch = Stopwatch::start();
    while !is_there(server, client, number).await? {
        ensure!(watch.elapsed() < PATIENCE * 10, "conversation {number} never came");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}
