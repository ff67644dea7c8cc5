//! Measures Rapport; `docs/performance.md` says how it is called and what came out.

mod clocks;
mod corpus;
mod house;
mod intake;
mod pages;
mod path;
mod raw;
mod report;
mod searches;
mod seed;
mod server;
mod sink;
mod tab;

use anyhow::Result;
use clap::{Parser, Subcommand};
use corpus::Corpus;
use house::Store;
use report::Report;
use std::path::PathBuf;

#[derive(Parser)]
#[command(about = "Measures Rapport")]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Also writes what was measured to this file, as JSON.
    #[arg(long, global = true)]
    json: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Fills a store with conversations of five messages each.
    Seed {
        #[command(flatten)]
        seeded: Seeded,
    },
    /// Times searches in a seeded store.
    Search {
        #[command(flatten)]
        seeded: Seeded,
        /// How many searches of each class.
        #[arg(long, default_value_t = 200)]
        each: usize,
    },
    /// Times pages over HTTP, of a server started on a seeded store.
    Pages {
        #[command(flatten)]
        seeded: Seeded,
        /// How many requests of each kind.
        #[arg(long, default_value_t = 300)]
        each: u64,
        /// The program.
        #[arg(long, default_value = "target/release/rapport")]
        program: PathBuf,
    },
    /// Times the way of mails from LMTP to an agent's open page, of a server started on a seeded store, which grows by them.
    Path {
        #[command(flatten)]
        seeded: Seeded,
        /// On which cores the server runs, once for each; in the words of `taskset`.
        #[arg(long, num_args = 1.., default_values = ["0", "0,1"])]
        cores: Vec<String>,
        /// How many mails are sent one by one.
        #[arg(long, default_value_t = 300)]
        singles: u64,
        /// How many mails are sent at once.
        #[arg(long, default_value_t = 5_000)]
        mails: u64,
        /// The program.
        #[arg(long, default_value = "target/release/rapport")]
        program: PathBuf,
    },
    /// Times clocks of service levels in a seeded store, which keeps them.
    Clocks {
        #[command(flatten)]
        seeded: Seeded,
        /// How many other clocks run.
        #[arg(long, default_value_t = 1_000_000)]
        open: u64,
    },
    /// Times the taking in of mails into empty stores, beside the raw limit.
    Intake {
        /// An empty PostgreSQL database, to measure there as well.
        #[arg(long)]
        postgres: Option<String>,
        /// How many mails.
        #[arg(long, default_value_t = 10_000)]
        mails: usize,
        /// How many jobs at once; the settings' default.
        #[arg(long, default_value_t = 16)]
        workers: usize,
    },
}

#[derive(clap::Args)]
struct Seeded {
    /// A data folder as the server has it (SQLite), or the address of a PostgreSQL database.
    #[arg(long)]
    store: Store,
    /// How many conversations it holds, or is to hold.
    #[arg(long, default_value_t = 10_000)]
    conversations: u64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let cli = Cli::parse();
    let mut report = Report::default();
    let corpus = Corpus::new();
    match cli.command {
        Command::Seed { seeded } => {
            seed::seed(&seeded.store, seeded.conversations, &corpus).await?;
        }
        Command::Search { seeded: Seeded { store, conversations }, each } => {
            let blobs = tempfile::tempdir_in(".")?;
            let app = house::open(&store, blobs.path()).await?;
            anyhow::ensure!(seed::is_seeded(&app, conversations).await?, "seed the store first");
            searches::run(&app, &corpus, conversations, each, &mut report).await?;
        }
        Command::Pages { seeded: Seeded { store, conversations }, each, program } => {
            pages::run(&program, &store, (conversations, each), &corpus, &mut report).await?;
        }
        Command::Path { seeded: Seeded { store, conversations }, cores, singles, mails, program } => {
            path::run(&program, &store, &cores, (conversations, singles, mails), &corpus, &mut report).await?;
        }
        Command::Clocks { seeded: Seeded { store, conversations }, open } => {
            let blobs = tempfile::tempdir_in(".")?;
            let app = house::open(&store, blobs.path()).await?;
            anyhow::ensure!(seed::is_seeded(&app, conversations).await?, "seed the store first");
            clocks::run(&app, open, &mut report).await?;
        }
        Command::Intake { postgres, mails, workers } => {
            let folder = tempfile::tempdir_in(".")?;
            let store = Store::Folder(folder.path().join("data"));
            let rows = intake::run(&store, folder.path(), (mails, workers), None, &corpus, &mut report).await?;
            if let Some(url) = postgres {
                let folder = tempfile::tempdir_in(".")?;
                let store = Store::Postgres(url);
                intake::run(&store, folder.path(), (mails, workers), rows.as_ref(), &corpus, &mut report).await?;
            }
        }
    }
    if let Some(path) = cli.json {
        std::fs::write(path, serde_json::to_string_pretty(&report.to_json())?)?;
    }
    Ok(())
}
