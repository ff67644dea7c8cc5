//! The binary `rapport`: commands, settings, wiring, start and stop.

mod commands;
mod config;
mod demo;
mod house;
mod logs;
mod stop;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match commands::Cli::parse().run() {
        Ok(code) => code,
        Err(error) => {
            // What the operator has to mend is 2, as a wrong command line is; everything else is 1.
            let code = if error.is::<config::ConfigError>() { 2 } else { 1 };
            eprintln!("rapport: {error:#}");
            ExitCode::from(code)
        }
    }
}
