//! Mailboxes: where mail comes in and how answers go out.

pub(crate) mod handlers;
pub(crate) mod oauth;
pub(crate) mod pages;
