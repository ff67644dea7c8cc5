//! Side conversations: with others, beside a customer's conversation.

pub(crate) mod handlers;
pub(crate) mod pages;
