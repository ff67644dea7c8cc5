//! The design system: a component is a function from plain data to markup. Pages hold no class soup of their own.

pub(crate) mod avatar;
pub(crate) mod button;
pub(crate) mod dialog;
pub(crate) mod empty;
pub(crate) mod field;
pub(crate) mod icon;
pub(crate) mod menu;
pub(crate) mod page;
pub(crate) mod pill;
pub(crate) mod prose;
pub(crate) mod slots;
pub(crate) mod time;

pub(crate) use icon::{Icon, icon, small_icon};
