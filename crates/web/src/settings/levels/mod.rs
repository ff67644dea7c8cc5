//! Service levels: the policies that say by when things are due, in their order.

pub(crate) mod handlers;
pub(crate) mod pages;
