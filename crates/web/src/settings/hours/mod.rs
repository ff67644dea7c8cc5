//! Business hours: calendars with their week, public holidays and own days, and what they come to in a month.

pub(crate) mod handlers;
pub(crate) mod month;
pub(crate) mod pages;
