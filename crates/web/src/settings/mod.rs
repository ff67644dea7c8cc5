//! Settings: one's own, and those of the desk.

pub(crate) mod frame;
pub(crate) mod domains;
pub(crate) mod fields;
pub(crate) mod hours;
pub(crate) mod levels;
pub(crate) mod index;
pub(crate) mod jobs;
pub(crate) mod keyboard;
pub(crate) mod languages;
pub(crate) mod mailboxes;
pub(crate) mod people;
pub(crate) mod procedures;
pub(crate) mod profile;
pub(crate) mod quarantine;
pub(crate) mod redaction;
pub(crate) mod staffing;
pub(crate) mod teams;
