//! Macros: their settings, and using them in a conversation.

pub(crate) mod handlers;
pub(crate) mod pages;
pub(crate) mod using;
