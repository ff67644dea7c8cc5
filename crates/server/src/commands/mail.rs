//! `rapport mail import`: old mail from files becomes conversations, and nothing is sent to anyone.

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, bail};
use base::clock::Stopwatch;
use channels::email::{
    Email,
    import::{Format, Plan, Tally},
};
use clap::{Args, Subcommand, ValueEnum};
use desk::{
    App, Error, WorkspaceId,
    mailboxes::{self, Mailbox},
};
use jiff::SignedDuration;

use crate::{
    config::{Config, Database},
    house::{House, Occupied},
    logs,
    stop::Stop,
};

#[derive(Debug, Subcommand)]
pub(crate) enum MailCommand {
    /// Take old mail in from mbox files and Maildirs; nothing is sent to anyone
    Import(ImportArgs),
    Doctor(super::doctor::DoctorArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// The address of the mailbox that the mail belongs to
    #[arg(long, value_name = "ADDRESS")]
    mailbox: String,
    /// What the paths are; told from the files when it is left out
    #[arg(long, value_enum)]
    format: Option<FormatWord>,
    /// Conversations whose last mail is younger than so many days stay open; all others are resolved
    #[arg(long, value_name = "DAYS", default_value_t = 0, value_parser = clap::value_parser!(u16))]
    open_days: u16,
    /// mbox files, Maildirs, or folders that hold some
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatWord {
    Mbox,
    Maildir,
}

/// How often the progress is shown: at a terminal, and in a log.
const SHOW: [Duration; 2] = [Duration::from_millis(200), Duration::from_secs(10)];
/// Of mails that could not be taken in, so many are named.
const NAMED: usize = 50;

/// Does what the command line says.
///
/// # Errors
/// What went wrong, for the operator.
pub(crate) async fn run(config: Config, args: ImportArgs) -> anyhow::Result<()> {
    logs::start(&config.log);
    let stop = Stop::on_signals()?;
    let _occupied = match config.database {
        // A second writer would not harm the store, but make the server wait, and its workers know nothing of it.
        Database::Sqlite(_) => Some(Occupied::claim(&config.data_dir).context(
            "the embedded store can be filled by one process at a time: stop the server, import, and start it again",
        )?),
        Database::Postgres { .. } => None,
    };
    let app = House::open(&config).await?.start().await?;
    app.add_channel(Arc::new(Email));
    let (workspace, mailbox) = mailbox(&app, &args.mailbox).await?;
    let format = args.format.map(|word| match word {
        FormatWord::Mbox => Format::Mbox,
        FormatWord::Maildir => Format::Maildir,
    });
    let (paths, now) = (args.paths.clone(), app.now());
    let plan = tokio::task::spawn_blocking(move || Plan::make(&paths, format, now)).await?;
    tell_plan(&plan);
    let total = plan.len();
    let open_after = now - SignedDuration::from_hours(24 * i64::from(args.open_days));
    let mut shown = Shown::start(total);
    let unreadable = plan.unreadable().len();
    let done =
        plan.carry_out(&app, workspace, &mailbox, open_after, &stop.token(), |tally| shown.progress(tally)).await;
    shown.end();
    let tally = match done {
        Ok(tally) => tally,
        Err(error) => bail!("stopped: {error}. Run the same command again to go on"),
    };
    tell_end(&tally);
    if (tally.done() as usize) < total {
        bail!("stopped after {} of {total} mails; run the same command again to go on", tally.done());
    }
    if !tally.failed.is_empty() || unreadable > 0 {
        bail!("some of it could not be taken in; see above");
    }
    Ok(())
}

async fn mailbox(app: &App, address: &str) -> anyhow::Result<(WorkspaceId, Mailbox)> {
    for (workspace, _) in app.workspaces().await? {
        let wanted = address.trim().to_lowercase();
        let found = app
            .read(workspace.as_system(), move |desk| {
                Box::pin(async move {
                    let all = mailboxes::list(desk).await?;
                    Ok::<_, Error>(all.into_iter().find(|mailbox| mailbox.address == wanted))
                })
            })
            .await?;
        if let Some(mailbox) = found {
            return Ok((workspace, mailbox));
        }
    }
    bail!("there is no mailbox {address}; connect it under Settings → Mailboxes first")
}

fn tell_plan(plan: &Plan) {
    for (path, reason) in plan.unreadable() {
        eprintln!("cannot read {}: {reason}", path.display());
    }
    for path in plan.left_out() {
        eprintln!("left out: {} (name it to have it taken in)", path.display());
    }
    if plan.passed_over() > 0 {
        eprintln!("passed over: {} deleted mails and drafts", plan.passed_over());
    }
    eprintln!("{} mails found", plan.len());
}

fn tell_end(tally: &Tally) {
    for (place, reason) in tally.failed.iter().take(NAMED) {
        eprintln!("not taken in: {place}: {reason}");
    }
    if tally.failed.len() > NAMED {
        eprintln!("… and {} more", tally.failed.len() - NAMED);
    }
    println!("imported {}, known already {}, failed {}", tally.imported, tally.known, tally.failed.len());
}

/// A line that is written over at a terminal; elsewhere a line now and then.
struct Shown {
    total: usize,
    terminal: bool,
    last: Stopwatch,
}

impl Shown {
    fn start(total: usize) -> Self {
        Self { total, terminal: io::stderr().is_terminal(), last: Stopwatch::start() }
    }

    fn progress(&mut self, tally: &Tally) {
        let [at_terminal, in_log] = SHOW;
        if self.last.elapsed() < if self.terminal { at_terminal } else { in_log } {
            return;
        }
        self.last = Stopwatch::start();
        let percent = tally.done() * 100 / (self.total as u64).max(1);
        let line = format!("{} of {} mails ({percent} %)", tally.done(), self.total);
        if self.terminal {
            eprint!("\r{line}");
            _ = io::stderr().flush();
        } else {
            eprintln!("{line}");
        }
    }

    fn end(&self) {
        if self.terminal {
            eprint!("\r{:40}\r", "");
        }
    }
}
