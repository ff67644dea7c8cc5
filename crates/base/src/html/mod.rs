//! Strangers' HTML: cleaned by an allow-list, turned into plain text, made from Markdown.
//!
//! Everything that leaves [`clean`] is safe to put into a page's own sandboxed frame: no script, no style sheet, no form, no
//! event handler, no address with a dangerous scheme, and nothing that is fetched from another server by itself.

mod clean;
mod effort;
mod images;
mod markdown;
mod replace;
mod settled;
mod style;
mod tags;
#[cfg(test)]
mod tests;
mod text;

pub use clean::{MAX_HTML, clean};
pub use images::{has_remote_images, resolve_cids, show_remote_images};
pub use markdown::from_markdown;
pub use replace::replace_text;
pub use text::{from_text, to_text};
