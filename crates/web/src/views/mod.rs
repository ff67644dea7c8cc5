//! Saved views: the list of them, and the page on which one is put together.
//!
//! `form` is the tree of conditions as a form carries it, there and back; it works by round trips without any script.

pub(crate) mod form;
pub(crate) mod handlers;
pub(crate) mod pages;
