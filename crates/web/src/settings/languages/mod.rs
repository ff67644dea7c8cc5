//! What the interface says in each language, for those who translate it.

pub(crate) mod handlers;
pub(crate) mod pages;
