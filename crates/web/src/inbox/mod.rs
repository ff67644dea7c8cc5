//! The inbox: lists of conversations, one conversation, and what can be done with it.
//!
//! `shapes` is what the pages show; `load` makes it from the product's records; `handlers`, `actions`, `writing` and `bodies` answer
//! requests; the rest are pages and parts of pages.

pub(crate) mod actions;
pub(crate) mod bodies;
pub(crate) mod bulk;
pub(crate) mod composer;
pub(crate) mod handlers;
pub(crate) mod invitation;
pub(crate) mod list;
pub(crate) mod load;
pub(crate) mod mentions;
pub(crate) mod message;
pub(crate) mod pages;
pub(crate) mod rearrange;
pub(crate) mod reasons;
pub(crate) mod relations;
pub(crate) mod shapes;
pub(crate) mod shortcuts;
pub(crate) mod snooze;
pub(crate) mod thread;
pub(crate) mod typed;
pub(crate) mod view;
pub(crate) mod writing;
