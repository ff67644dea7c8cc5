//! Real Dovecot and Postfix.

mod answering;
mod elsewhere;
mod examining;
mod fetching;
mod letting_in;
mod listening;
mod sending;
mod signing;
