//! One's own name, appearance, password and sessions.

pub(crate) mod handlers;
pub(crate) mod pages;
