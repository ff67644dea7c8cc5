//! Real Dovecot and Postfix.

mod answering;
mod elsewhere;
mod fetching;
mod listening;
mod sending;
