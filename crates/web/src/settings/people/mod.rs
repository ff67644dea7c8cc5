//! Agents: who may come in, and what they may do.

pub(crate) mod handlers;
pub(crate) mod pages;
