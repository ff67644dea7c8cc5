//! Failed work: tried again or given up by an administrator.

pub(crate) mod handlers;
pub(crate) mod pages;
