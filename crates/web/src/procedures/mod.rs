//! The procedure of a conversation: its steps beside it, choosing one, and resolving although steps are missing.

pub(crate) mod beside;
pub(crate) mod handlers;
pub(crate) mod load;
pub(crate) mod resolving;
pub(crate) mod shapes;
