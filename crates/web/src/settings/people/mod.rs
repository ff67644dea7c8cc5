//! Agents: who may come in, and what they may do.

pub(crate) mod handlers;
pub(crate) mod invite;
mod invite_pages;
pub(crate) mod pages;
