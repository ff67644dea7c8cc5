//! For tests only: fresh databases, real servers, builders.
//!
//! Every server is started by the test run itself, keeps all it writes in a temporary folder, listens on free loopback
//! ports, and is stopped with everything it started when the test ends, also when the test dies.

pub mod app;
pub mod dns;
pub mod mail;
pub mod oauth;
pub mod ports;
pub mod postgres;
pub mod process;
pub mod proxy;
pub mod push;
pub mod wait;
