//! Customers and organisations: lists, a page for each, and the parts of them that stand beside a conversation.

pub(crate) mod asked;
pub(crate) mod beside;
pub(crate) mod fields;
pub(crate) mod form;
pub(crate) mod frame;
pub(crate) mod handlers;
pub(crate) mod names;
pub(crate) mod organisations;
pub(crate) mod pages;
pub(crate) mod parts;
