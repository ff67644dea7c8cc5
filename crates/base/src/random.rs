//! Chance: the single place of the house that draws it, so that clippy can forbid it everywhere else.

/// `N` bytes from the operating system's generator, fit for keys, nonces and tokens.
///
/// # Panics
/// When the operating system cannot give random bytes at all; nothing that needs them may go on then.
#[expect(clippy::disallowed_methods, reason = "this is the place that draws chance")]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut drawn = [0_u8; N];
    getrandom::fill(&mut drawn).expect("the operating system gives random bytes");
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_draws_differ() {
        assert_ne!(bytes::<32>(), bytes::<32>());
    }
}
