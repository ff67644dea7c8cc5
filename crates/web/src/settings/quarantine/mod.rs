//! Mail trouble: what could not be read, who cannot be reached, what is held back.

pub(crate) mod handlers;
pub(crate) mod pages;
