//! The live layer: one WebSocket a tab. It knows who looks and what is on the screen, reads the event log behind a number, and sends
//! keyed operations rendered for that viewer alone.

pub(crate) mod ops;
mod presence;
pub(crate) mod socket;

pub(crate) use presence::Presence;
