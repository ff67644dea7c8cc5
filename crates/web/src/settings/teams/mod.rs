//! Teams: groups of agents that conversations can be given to.

pub(crate) mod handlers;
pub(crate) mod pages;
