//! E-mail, in and out.

mod read;

pub use read::read;
