//! The first steps of a new desk.

pub(crate) mod handlers;
pub(crate) mod pages;
