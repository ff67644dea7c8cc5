//! The channels with a desk behind them, against real servers.

mod house;
mod mail_servers;
