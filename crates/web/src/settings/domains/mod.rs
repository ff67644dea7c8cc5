//! Domains that mail is signed for.

pub(crate) mod handlers;
pub(crate) mod pages;
