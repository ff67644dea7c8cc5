//! Rules: their list and the page on which one is put together, what one did and would have done, and why something happened in a
//! conversation.

pub(crate) mod form;
pub(crate) mod handlers;
mod load;
mod pages;
pub(crate) mod past;
mod past_pages;
pub(crate) mod why;
mod words;
