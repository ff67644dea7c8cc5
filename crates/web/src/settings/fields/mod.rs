//! Types of conversations and their fields.

pub(crate) mod handlers;
pub(crate) mod pages;
