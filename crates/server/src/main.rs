//! The binary `rapport`.

fn main() {}
