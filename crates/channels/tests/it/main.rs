//! The channels with a desk behind them, against real servers.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod awkward_server;
mod house;
mod identity;
mod mail_servers;
