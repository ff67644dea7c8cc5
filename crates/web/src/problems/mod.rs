//! Linked problems: their pages, the answer to all, and choosing one for a conversation.

pub(crate) mod answering;
pub(crate) mod choosing;
pub(crate) mod handlers;
pub(crate) mod load;
pub(crate) mod pages;
pub(crate) mod sending;
pub(crate) mod words;
