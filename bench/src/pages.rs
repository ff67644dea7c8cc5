//! The server as a process on a seeded store: how soon it answers, how fast its pages are over HTTP, what it weighs.

use crate::{
    corpus::{Corpus, Dice},
    house::Store,
    report::{Report, Samples},
    seed::TAGS,
    server::{Server, Wanted},
};
use anyhow::{Result, ensure};
use base::clock::Stopwatch;
use reqwest::Client;
use std::{path::Path, time::Duration};

/// Measures starting, memory, and `each` requests of each kind of page, one at a time.
pub(crate) async fn run(
    program: &Path,
    store: &Store,
    (conversations, each): (u64, u64),
    corpus: &Corpus,
    report: &mut Report,
) -> Result<()> {
    // The client wants to know one although it speaks plain HTTP here.
    let _already_there = rustls::crypto::ring::default_provider().install_default();
    let home = tempfile::tempdir_in(".")?;
    let group = format!("pages, {conversations} conversations, {}", store.engine());
    report.figure(&group, "size of the program", std::fs::metadata(program)?.len() as f64 / 1048576.0, "MiB");
    let mut starts = Samples::default();
    for _ in 0..3 {
        starts.add(Server::start(program, store, home.path(), &Wanted::default()).await?.started_in);
    }
    let server = Server::start(program, store, home.path(), &Wanted::default()).await?;
    report.times(&group, "start to first page", &starts);
    tokio::time::sleep(Duration::from_secs(3)).await;
    report.figure(&group, "memory idle", server.memory()?, "MiB");

    let client = server.signed_in().await?;
    let tag = |n: u64| format!("/inbox/tag-{}", crate::seed::tag_id(n as usize % TAGS.len()));
    let views = ["open", "mine", "unassigned", "neglected", "resolved"];
    let mut lists = Samples::default();
    for view in views {
        let path = format!("/inbox/{view}");
        let samples = request(&server, &client, each, |_| path.clone()).await?;
        report.times(&group, &format!("list {view}"), &samples);
        lists.extend(&samples);
    }
    let samples = request(&server, &client, each, tag).await?;
    report.times(&group, "list of a tag", &samples);
    lists.extend(&samples);
    report.times(&group, "list: all", &lists);
    let open = request(&server, &client, each * 3, |n| format!("/c/{}", 1 + Dice::of(n).below(conversations))).await?;
    report.times(&group, "open a conversation", &open);

    let mut all = Samples::default();
    for (class, searches) in corpus.searches(conversations, each as usize) {
        let path = |n: u64| format!("/search?q={}", escaped(&searches[n as usize % searches.len()]));
        let samples = request(&server, &client, each, path).await?;
        report.times(&group, &format!("search {class}"), &samples);
        all.extend(&samples);
    }
    report.times(&group, "search: all", &all);

    // Eight people at once.
    let watch = Stopwatch::start();
    let crowd = (0..8_u64).map(|person| {
        let (server, client) = (&server, client.clone());
        async move {
            let path = |n: u64| match n % 3 {
                0 => "/inbox/open".to_owned(),
                _ => format!("/c/{}", 1 + Dice::of(n + person * 1000).below(conversations)),
            };
            request(server, &client, each, path).await
        }
    });
    let mut samples = Samples::default();
    for person in futures_util::future::try_join_all(crowd).await? {
        samples.extend(&person);
    }
    report.times(&group, "eight people at once", &samples);
    report.figure(&group, "eight people at once", (8 * each) as f64 / watch.elapsed().as_secs_f64(), "pages/s");
    report.figure(&group, "memory loaded", server.memory()?, "MiB");
    Ok(())
}

async fn request(server: &Server, client: &Client, times: u64, path: impl Fn(u64) -> String) -> Result<Samples> {
    let mut samples = Samples::default();
    // The first few warm the caches of statements and pages, as the day's first reader does for all others.
    for number in 0..times + 5 {
        let path = path(number);
        let watch = Stopwatch::start();
        let answer = client.get(server.url(&path)).send().await?;
        let status = answer.status();
        let body = answer.bytes().await?;
        let took = watch.elapsed();
        ensure!(status.is_success() && !body.is_empty(), "{path}: {status}");
        if number >= 5 {
            samples.add(took);
        }
    }
    Ok(samples)
}

fn escaped(text: &str) -> String {
    text.trim()
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() { (b as char).to_string() } else { format!("%{b:02X}") })
        .collect()
}
