//! The commands of `rapport`, one file each.

mod demo;
mod doctor;
mod inspect;
mod mail;
mod placing;
mod serve;
mod settings;
mod user;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use self::mail::MailCommand;
use crate::config::{Config, Environment, Given};

/// Customer service on a server of your own.
#[derive(Debug, Parser)]
#[command(name = "rapport", version, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// The settings file; without it RAPPORT_CONFIG names it, or ./rapport.toml is read when there is one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve pages, take mail in, send mail out
    Serve,
    /// Serve a demonstration; its data lies in ./demo-data, and nothing leaves this machine
    Demo,
    /// Bring old mail along, examine mailboxes
    #[command(subcommand)]
    Mail(MailCommand),
    /// Add people
    #[command(subcommand)]
    User(user::UserCommand),
    /// Print the settings in force and where each comes from
    Config,
    Inspect(inspect::InspectArgs),
    /// Print the version
    Version,
}

impl Cli {
    /// Does what the command line says.
    ///
    /// # Errors
    /// What went wrong, as one line for the operator.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let named = || std::env::var_os("RAPPORT_CONFIG").filter(|name| !name.is_empty()).map(PathBuf::from);
        let given = Given { file: self.config.clone().or_else(named) };
        let load = || Config::load(&given, &Environment::of_process());
        match self.command {
            Command::Serve => run_async(serve::run(load()?)),
            Command::Demo => run_async(demo::run(load()?)),
            Command::User(command) => run_async(user::run(&load()?, command)),
            Command::Mail(MailCommand::Import(args)) => run_async(mail::run(load()?, args)),
            Command::Mail(MailCommand::Doctor(args)) => {
                let config = load()?;
                return run_async(async move { doctor::run(&config, args).await });
            }
            Command::Config => settings::print(&load()?),
            Command::Inspect(args) => return inspect::run(&args, || Ok(load()?)),
            Command::Version => {
                println!("rapport {}", env!("CARGO_PKG_VERSION"));
                Ok(())
            }
        }
        .map(|()| ExitCode::SUCCESS)
    }
}

fn run_async<T>(command: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(command);
    // What still runs in threads after the time to finish has passed must not hold up the end.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    done
}
