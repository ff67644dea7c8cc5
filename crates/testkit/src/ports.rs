//! Free ports on the loopback interface.

use std::net::TcpListener;
use std::sync::atomic::{AtomicU16, Ordering};

/// Below the range from which Linux takes ports for outgoing connections (32768 and up), so that a port stays free while
/// its server is stopped and started again.
const FIRST: u16 = 10_240;
const COUNT: u16 = 22_000;

static NEXT: AtomicU16 = AtomicU16::new(0);

/// A loopback port on which nothing listens now. Test processes start at different places of the range, so that two of
/// them hardly ever choose the same; a server that finds its port taken all the same is started again with others.
///
/// # Panics
/// When not one port of the range is free.
pub fn free() -> u16 {
    let home = (std::process::id().wrapping_mul(0x9E37_79B1) >> 16) as u16;
    for _ in 0..COUNT {
        let step = NEXT.fetch_add(1, Ordering::Relaxed);
        let port = FIRST + home.wrapping_add(step) % COUNT;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
    panic!("no loopback port is free");
}

/// Whether something accepts connections on this loopback port.
pub fn answers(port: u16) -> bool {
    std::net::TcpStream::connect(("127.0.0.1", port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_free_ports_differ_and_are_free() {
        let (one, two) = (free(), free());
        assert_ne!(one, two);
        assert!(!answers(one) && !answers(two));
    }
}
