//! The desk's actions on a fresh store, the same tests on both engines.

#![expect(clippy::unwrap_used, reason = "a test that can't go on fails")]

mod bulk;
mod calendars;
mod clocks;
mod consistency;
mod conversations;
mod customers;
mod delivery;
mod events;
mod handoffs;
mod history;
mod intake;
mod isolation;
mod macros;
mod mail;
mod notifications;
mod onboarding;
mod people;
mod plans;
mod problems;
mod procedures;
mod queue;
mod rearrange;
mod sides;
mod reviews;
mod rules;
mod search;
mod senders;
mod repetitions;
mod snooze;
mod staffing;
mod statements;
mod store;
mod suspicion;
mod views;
