//! Search over everything.

pub(crate) mod handlers;
pub(crate) mod pages;
