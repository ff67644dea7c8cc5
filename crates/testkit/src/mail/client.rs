//! A plain SMTP and LMTP client that shows every reply, for putting mail into real servers and into our own listener.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// Which greeting is spoken: SMTP answers a message once, LMTP once for each recipient (RFC 2033).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// RFC 5321.
    Smtp,
    /// RFC 2033.
    Lmtp,
}

/// A reply: its code and all its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The three digits.
    pub code: u16,
    /// The text of all lines, joined by line feeds.
    pub text: String,
}

/// A connection to an SMTP or LMTP server.
#[derive(Debug)]
pub struct Session {
    stream: BufReader<TcpStream>,
    protocol: Protocol,
}

impl Session {
    /// Connects to a loopback port, reads the greeting and says EHLO or LHLO.
    ///
    /// # Errors
    /// When nothing listens there or it does not greet.
    pub fn open(protocol: Protocol, port: u16) -> Result<Self> {
        let mut session = Self::connect(protocol, port)?;
        ensure!(session.reply()?.code == 220, "no greeting");
        let hello = if protocol == Protocol::Smtp { "EHLO customer.test" } else { "LHLO relay.test" };
        ensure!(session.command(hello)?.code == 250, "refused {hello}");
        Ok(session)
    }

    /// Connects and says nothing.
    ///
    /// # Errors
    /// When nothing listens there.
    pub fn connect(protocol: Protocol, port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).with_context(|| format!("connect to port {port}"))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), protocol })
    }

    /// Sends one line and reads the reply.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn command(&mut self, line: &str) -> Result<Reply> {
        self.send(format!("{line}\r\n").as_bytes())?;
        self.reply()
    }

    /// Sends bytes as they are.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn send(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.stream.get_mut().write_all(bytes)?)
    }

    /// Reads one reply, of one or more lines.
    ///
    /// # Errors
    /// When the connection breaks or what comes is no reply.
    pub fn reply(&mut self) -> Result<Reply> {
        let mut text = Vec::new();
        loop {
            let mut line = String::new();
            ensure!(self.stream.read_line(&mut line)? > 0, "the server closed the connection");
            let line = line.trim_end();
            let code = line.get(..3).and_then(|code| code.parse().ok()).with_context(|| format!("a reply: {line}"))?;
            text.push(line.get(4..).unwrap_or_default().to_owned());
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(Reply { code, text: text.join("\n") });
            }
        }
    }

    /// Hands over one message and gives the final replies: of the message (SMTP) or of each accepted recipient (LMTP). A
    /// refusal before the data gives the refusing reply alone.
    ///
    /// # Errors
    /// When the connection breaks.
    pub fn deliver(&mut self, from: &str, to: &[&str], raw: &[u8]) -> Result<Vec<Reply>> {
        let reply = self.command(&format!("MAIL FROM:<{from}>"))?;
        if reply.code != 250 {
            return Ok(vec![reply]);
        }
        let mut accepted = 0;
        for recipient in to {
            let reply = self.command(&format!("RCPT TO:<{recipient}>"))?;
            if reply.code / 100 == 2 {
                accepted += 1;
            } else if to.len() == 1 {
                return Ok(vec![reply]);
            }
        }
        let reply = self.command("DATA")?;
        if reply.code != 354 {
            return Ok(vec![reply]);
        }
        self.send(&on_the_wire(raw))?;
        let replies = if self.protocol == Protocol::Smtp { 1 } else { accepted };
        (0..replies).map(|_| self.reply()).collect()
    }
}

/// A message as DATA carries it: CRLF line ends, leading dots doubled, the dot at the end (RFC 5321, 4.5.2).
pub fn on_the_wire(raw: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(raw.len() + 16);
    for line in raw.split_inclusive(|&byte| byte == b'\n') {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        if text.first() == Some(&b'.') {
            wire.push(b'.');
        }
        wire.extend_from_slice(text);
        wire.extend_from_slice(b"\r\n");
    }
    wire.extend_from_slice(b".\r\n");
    wire
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_on_the_wire_has_crlf_and_doubled_dots() {
        assert_eq!(on_the_wire(b"a\n.b\r\nc"), b"a\r\n..b\r\nc\r\n.\r\n");
    }
}
