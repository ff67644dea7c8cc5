//! What is promised in each channel, how long its work takes, and the shifts of the week.

pub(crate) mod handlers;
mod pages;
