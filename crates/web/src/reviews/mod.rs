//! Drafts that wait for a colleague's review.

pub(crate) mod handlers;
pub(crate) mod load;
pub(crate) mod pages;
