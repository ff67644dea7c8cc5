//! Procedures in the settings: the list, putting one together, its versions, and where they are left.

pub(crate) mod figures;
pub(crate) mod form;
pub(crate) mod handlers;
pub(crate) mod pages;
