//! A TCP proxy that can be told to behave like a bad network: cut, refuse, fall silent.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Listens on a loopback port and hands everything on to another one, until told otherwise.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    ended: AtomicBool,
    refusing: AtomicBool,
    silent: AtomicBool,
    /// Milliseconds before each piece of an answer.
    slow: AtomicU64,
    accepted: AtomicUsize,
    open: Mutex<Vec<TcpStream>>,
    /// The connection in which the client sends this is cut when it has reached the server.
    cut_after: Mutex<Option<Vec<u8>>>,
}

impl Proxy {
    /// Starts a proxy in front of the loopback port `target`.
    ///
    /// # Errors
    /// When no port can be opened.
    pub fn to(target: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let port = listener.local_addr()?.port();
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if shared.ended.load(Ordering::SeqCst) {
                    return;
                }
                shared.accepted.fetch_add(1, Ordering::SeqCst);
                if shared.refusing.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(server) = TcpStream::connect(("127.0.0.1", target)) else { continue };
                shared.join(client, server);
            }
        });
        Ok(Self { port, state })
    }

    /// The port to connect to.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// How many connections have been accepted since the start.
    pub fn accepted(&self) -> usize {
        self.state.accepted.load(Ordering::SeqCst)
    }

    /// Drops all connections that are open now.
    pub fn cut(&self) {
        self.state.cut();
    }

    /// From now on drops each new connection at once (`true`), or serves again (`false`).
    pub fn refuse(&self, yes: bool) {
        self.state.refusing.store(yes, Ordering::SeqCst);
    }

    /// From now on swallows whatever the server sends, keeping connections open (`true`), or hands it on (`false`).
    pub fn silence(&self, yes: bool) {
        self.state.silent.store(yes, Ordering::SeqCst);
    }

    /// From now on hands on what the server sends in small pieces, with this pause before each.
    pub fn slow_down(&self, pause: Duration) {
        self.state.slow.store(pause.as_millis() as u64, Ordering::SeqCst);
    }

    /// Cuts the next connection in which the client sends `bytes`, right after they have been handed to the server and
    /// before any answer comes back.
    pub fn cut_after(&self, bytes: &[u8]) {
        *self.state.cut_after.lock().expect("proxy") = Some(bytes.to_vec());
    }
}

impl State {
    fn join(self: &Arc<Self>, client: TcpStream, server: TcpStream) {
        let mut open = self.open.lock().expect("proxy");
        for stream in [&client, &server] {
            open.extend(stream.try_clone());
            _ = stream.set_nodelay(true);
        }
        let (Ok(client_in), Ok(server_in)) = (client.try_clone(), server.try_clone()) else { return };
        let muted = Arc::new(AtomicBool::new(false));
        let (state, answers_muted) = (Arc::clone(self), Arc::clone(&muted));
        std::thread::spawn(move || state.hand_on(client_in, server, &muted));
        let state = Arc::clone(self);
        std::thread::spawn(move || state.hand_back(server_in, client, &answers_muted));
    }

    /// From the client to the server, until the place where the connection is to be cut.
    fn hand_on(&self, mut from: TcpStream, mut to: TcpStream, muted: &AtomicBool) {
        let mut buffer = vec![0; 16 * 1024];
        let mut seen = Vec::new();
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            let cutting = self.ends_here(&mut seen, &buffer[..count]);
            if cutting {
                muted.store(true, Ordering::SeqCst);
            }
            if to.write_all(&buffer[..count]).is_err() {
                break;
            }
            if cutting {
                // The server gets time to act on what it was given.
                std::thread::sleep(Duration::from_millis(300));
                break;
            }
        }
        _ = to.shutdown(Shutdown::Both);
        _ = from.shutdown(Shutdown::Both);
    }

    /// From the server to the client, unless nothing may come back.
    fn hand_back(&self, mut from: TcpStream, mut to: TcpStream, muted: &AtomicBool) {
        let mut buffer = vec![0; 16 * 1024];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            let silent = muted.load(Ordering::SeqCst) || self.silent.load(Ordering::SeqCst);
            if !silent && self.answer(&mut to, &buffer[..count]).is_err() {
                break;
            }
        }
        _ = to.shutdown(Shutdown::Both);
        _ = from.shutdown(Shutdown::Both);
    }

    fn answer(&self, to: &mut TcpStream, bytes: &[u8]) -> std::io::Result<()> {
        let pause = self.slow.load(Ordering::SeqCst);
        if pause == 0 {
            return to.write_all(bytes);
        }
        bytes.chunks(1024).try_for_each(|piece| {
            std::thread::sleep(Duration::from_millis(pause));
            to.write_all(piece)
        })
    }

    fn ends_here(&self, seen: &mut Vec<u8>, bytes: &[u8]) -> bool {
        let mut pattern = self.cut_after.lock().expect("proxy");
        let Some(wanted) = pattern.as_deref() else { return false };
        seen.extend_from_slice(bytes);
        let found = seen.windows(wanted.len()).any(|window| window == wanted);
        if found {
            *pattern = None;
        }
        found
    }

    fn cut(&self) {
        for stream in self.open.lock().expect("proxy").drain(..) {
            _ = stream.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.state.ended.store(true, Ordering::SeqCst);
        self.state.cut();
        // Wakes the thread that waits for connections, so that it sees the end.
        _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}
