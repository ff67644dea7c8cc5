//! The servers of the test kit do what the tests of the product take for granted.
//!
//! In every crate, tests that need mail servers are in a module `mail_servers`, tests that pull the plug in a module
//! `durability`: bin/test runs those in steps of their own.

mod durability;
mod mail_servers;
