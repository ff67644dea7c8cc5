//! Notifications: the list, what is chosen, browsers, the words of what leaves the desk; and the activity page.

pub(crate) mod activity;
pub(crate) mod handlers;
pub(crate) mod pages;
pub(crate) mod wording;
