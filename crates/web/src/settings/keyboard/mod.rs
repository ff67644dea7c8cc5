//! Single keys: on or off.

pub(crate) mod handlers;
pub(crate) mod keys;
pub(crate) mod pages;
