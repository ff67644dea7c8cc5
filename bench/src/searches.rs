//! Times searches in the store itself, without pages around them.

use crate::{
    corpus::{Corpus, understood},
    report::{Report, Samples},
};
use anyhow::{Context, Result};
use base::{clock::Stopwatch, search};
use desk::{App, Error};

const PAGE: usize = 25;

/// Runs each class of searches and notes how long they took and how many found something.
pub(crate) async fn run(
    app: &App,
    corpus: &Corpus,
    conversations: u64,
    each: usize,
    report: &mut Report,
) -> Result<()> {
    let workspace = app.workspace().await?.context("a workspace")?;
    let mut all = Samples::default();
    for (class, searches) in corpus.searches(conversations, each) {
        let (mut samples, mut found) = (Samples::default(), 0);
        for typed in &searches {
            let query = understood(typed);
            let watch = Stopwatch::start();
            let page = app
                .db()
                .read(move |tx| {
                    Box::pin(async move {
                        Ok::<_, Error>(search::find(tx, workspace.0, &query, search::Order::Newest, PAGE, None).await?)
                    })
                })
                .await?;
            samples.add(watch.elapsed());
            found += usize::from(!page.hits.is_empty());
        }
        let name = format!("{class} ({}% find)", found * 100 / searches.len().max(1));
        report.times("search in the store", &name, &samples);
        all.extend(&samples);
    }
    report.times("search in the store", "all searches", &all);
    Ok(())
}
