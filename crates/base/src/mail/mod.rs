//! E-mail: bytes to a [`ParsedMail`] and an [`OutgoingMail`] to bytes.
//!
//! [`parse`] takes whatever arrives, in bounded memory, and always gives a result; what was odd stands in its `warnings`.
//! [`build`] writes what RFC 5322 and MIME ask for and cannot be talked into an extra header.

mod authentication;
mod build;
pub(crate) mod calendar;
mod decode;
mod flowed;
pub mod dkim;
mod forward;
mod headers;
mod ids;
mod kind;
mod language;
mod media;
mod parse;
mod parsed;
mod parts;
mod phrases;
mod reply;
mod report;
mod rtf;
mod security;
#[cfg(test)]
mod tests;
mod tnef;
mod zone;

pub use authentication::authentication;
pub use build::{OutgoingAttachment, OutgoingMail, QuotedMail, build};
pub use ids::{base_subject, new_message_id, reply_subject};
pub use language::language_of;
pub use parse::parse;
pub use parsed::{
    Address, Attachment, Authentication, Bounce, Invitation, Kind, Moment, ParsedMail, Protection, Security,
    is_believable, written_at,
};
pub use reply::{Own, own_words};
