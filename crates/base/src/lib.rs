//! What any server needs and nothing of customer service: store, queue, event log, search, blobs, mail, HTML cleaning, clock,
//! ids, secrets. Every other crate builds on this one; this one knows none of them.

pub mod blobs;
pub mod calendar;
pub mod clock;
pub mod db;
pub mod dns;
pub mod events;
pub mod html;
pub mod id;
pub mod mail;
pub mod migrate;
pub mod oauth;
mod plans;
pub mod push;
pub mod queue;
pub mod random;
pub mod redact;
pub mod search;
pub mod secret;
pub mod text;
pub mod web_client;
