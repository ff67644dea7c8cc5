//! The pages on a fresh product: what is shown to whom, what forms do, what live connections are told.

#![expect(clippy::unwrap_used, reason = "a test that can't go on fails")]

mod arrivals;
mod browser;
mod conversation;
mod customers;
mod live;
mod offline;
mod people;
mod problems;
mod procedures;
mod reviews;
mod rules;
mod search;
mod sessions;
mod settings;
mod together;
mod trust;
mod views;
