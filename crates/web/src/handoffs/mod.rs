//! Giving a conversation to somebody else, and who held it how long.

pub(crate) mod handlers;
pub(crate) mod load;
pub(crate) mod pages;
