//! E-mail: bytes to a [`ParsedMail`] and an [`OutgoingMail`] to bytes.
//!
//! [`parse`] takes whatever arrives, in bounded memory, and always gives a result; what was odd stands in its `warnings`.
//! [`build`] writes what RFC 5322 and MIME ask for and cannot be talked into an extra header.

mod authentication;
mod build;
mod decode;
mod forward;
mod headers;
mod ids;
mod kind;
mod parse;
mod parsed;
mod parts;
mod reply;
mod report;
#[cfg(test)]
mod tests;

pub use build::{OutgoingAttachment, OutgoingMail, QuotedMail, build};
pub use ids::{base_subject, new_message_id, reply_subject};
pub use parse::parse;
pub use parsed::{Address, Attachment, Authentication, Bounce, Kind, ParsedMail};
pub use reply::own_words;
