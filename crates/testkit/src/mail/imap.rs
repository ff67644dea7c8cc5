//! A plain IMAP client for doing by hand what a person does with another mail program: making, renaming and removing folders, putting a
//! mail into one, looking what is in it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use super::PASSWORD;

/// A connection, signed in.
#[derive(Debug)]
pub struct MailProgram {
    stream: BufReader<TcpStream>,
}

impl MailProgram {
    /// Connects to a loopback port without TLS and signs in.
    ///
    /// # Errors
    /// When nothing listens there or it refuses.
    pub fn open(port: u16, address: &str) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).with_context(|| format!("connect to port {port}"))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let mut program = Self { stream: BufReader::new(stream) };
        program.line()?;
        program.command(&format!("LOGIN \"{address}\" \"{PASSWORD}\""))?;
        Ok(program)
    }

    /// Gives a command and returns the lines that come before its end; literals stand on lines of their own.
    ///
    /// # Errors
    /// When the server does not say OK.
    pub fn command(&mut self, command: &str) -> Result<Vec<String>> {
        write!(self.stream.get_mut(), "x {command}\r\n")?;
        self.answer(command)
    }

    /// Puts a mail into a folder, seen, as programs do with what they send.
    ///
    /// # Errors
    /// When the server does not take it.
    pub fn append(&mut self, folder: &str, raw: &[u8]) -> Result<()> {
        write!(self.stream.get_mut(), "x APPEND \"{folder}\" (\\Seen) {{{}}}\r\n", raw.len())?;
        let go_on = self.line()?;
        ensure!(go_on.starts_with('+'), "not taken: {go_on}");
        self.stream.get_mut().write_all(raw)?;
        self.stream.get_mut().write_all(b"\r\n")?;
        self.answer("APPEND").map(drop)
    }

    /// How many mails are in a folder.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn count(&mut self, folder: &str) -> Result<usize> {
        let lines = self.command(&format!("STATUS \"{folder}\" (MESSAGES)"))?;
        let count = lines.iter().find_map(|line| line.split("(MESSAGES ").nth(1)?.split(')').next()?.parse().ok());
        count.with_context(|| format!("a count: {lines:?}"))
    }

    fn answer(&mut self, command: &str) -> Result<Vec<String>> {
        let mut lines = Vec::new();
        loop {
            let line = self.line()?;
            if let Some(end) = line.strip_prefix("x ") {
                if end.starts_with("OK") {
                    return Ok(lines);
                }
                bail!("{command}: {end}");
            }
            let literal = line.strip_suffix('}').and_then(|start| start.rsplit('{').next()?.parse().ok());
            lines.push(line);
            if let Some(length) = literal {
                let mut text = vec![0; length];
                self.stream.read_exact(&mut text)?;
                lines.push(String::from_utf8_lossy(&text).into_owned());
            }
        }
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.stream.read_line(&mut line)? > 0, "the server closed the connection");
        Ok(line.trim_end().to_owned())
    }
}
