//! Real Dovecot and Postfix.

mod answering;
mod fetching;
mod listening;
mod sending;
