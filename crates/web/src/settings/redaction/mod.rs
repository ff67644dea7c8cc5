//! What is masked in mail when it arrives.

pub(crate) mod handlers;
pub(crate) mod pages;
