//! The product: its rules, its data, its actions. No HTTP, no HTML.
//!
//! Areas stand in the order in which they may call one another: an area calls those *above* it, and is heard by those
//! below it through events. Each looks the same: `mod.rs` (what it is, its actions), `rules.rs` (decisions, pure),
//! `store.rs` (SQL and rows, nothing else), `jobs.rs` (orders for later), `tests.rs`.

// The frame that all areas stand in.
#[macro_use]
mod kept;
mod app;
pub mod brakes;
mod settings;
mod desk;
mod error;
mod event;
pub mod channel;
pub mod finding;
pub mod reason;
pub mod jobs;
pub mod schema;

// The areas, folders of their own, in the order in which they may call one another.
pub mod people;
pub mod calendars;
pub mod customers;
pub mod mailboxes;
pub mod domains;
pub mod search;
pub mod fields;
pub mod conversations;
pub mod macros;
pub mod handoffs;
pub mod sides;
pub mod problems;
pub mod reviews;
pub mod procedures;
pub mod clocks;
pub mod rules;
pub mod notifications;
pub mod stories;
pub mod duplicates;
pub mod repetitions;
pub mod bulk;
pub mod staffing;
pub mod consistency;

// What joins them: who listens to whom, the way in, and chores.
mod listeners;
pub mod intake;
pub mod quarantine;
pub mod onboarding;
pub mod redaction;
pub mod upkeep;

pub use app::{App, Parts, Wake};
pub use desk::{Actor, Desk, Scope, WorkspaceId};
pub use error::{Error, FieldError, Result};
pub use event::{Event, Happened};
