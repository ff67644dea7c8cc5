//! The words of the interface in every language, and numbers and dates as each language writes them.
//!
//! The texts stand in `locales/LANGUAGE/AREA.ftl`, in the format of [Fluent](https://projectfluent.org). The build reads them all and
//! makes a method of [`Words`] of each message: `list-show-more` is `words.list_show_more()`. It fails when a language lacks a
//! message, has one that English lacks, uses other variables, or cannot be read.
//!
//! - A message without variables is a `&'static str`, looked up by its place; one with variables is a new `String`.
//! - Arguments come in the order in which English first uses them.
//! - A variable is a number when it chooses a plural (`{ $count -> [one] … *[other] … }`) or is written `{ NUMBER($count) }` in
//!   any language; then it takes any integer and is written with the language's digits and separators. All others are text.
//!   A text variable may choose as well, as by gender: `{ $gender -> [female] … *[other] … }`.
//! - In Arabic what is filled in is isolated, so that a name in Latin letters does not turn the sentence round.
//! - Messages of `script.ftl` have no method: pages hand them to the scripts, see [`Words::scripts`].

mod catalogue;
mod format;
mod language;

pub use catalogue::{Catalogue, Number, Words};
pub use language::{Direction, Language};

/// What the build refuses, tested where tests run.
#[cfg(test)]
#[path = "../build/check.rs"]
mod check;
