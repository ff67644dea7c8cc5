//! Coming in and going out: the first owner, sign-in, sign-out.

pub(crate) mod handlers;
pub(crate) mod invitation;
pub(crate) mod pages;
