//! The dialogue with a mail server: bytes in, replies out, and a wish for what only the desk can answer. No connection, no
//! store and no time in here, so that it can be fed with anything.

use super::{Limits, Protocol, source};
use desk::{WorkspaceId, mailboxes::MailboxId};
use smtp_proto::{
    Error, Request,
    request::receiver::{DataReceiver, DummyDataReceiver, RequestReceiver},
};
use std::{slice::Iter, sync::Arc};
use tokio::sync::OwnedSemaphorePermit;

/// Recipients of one mail.
const MOST_RECIPIENTS: usize = 100;
/// Commands that made no sense, on one connection.
const MOST_MISTAKES: u32 = 20;
/// A mail that came through more servers is going round in circles.
const MOST_HOPS: usize = 100;
/// Memory is asked for in pieces of so many kilobytes.
const PIECE: usize = 64;

/// Where a recipient's mail goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Destination {
    pub(super) workspace: WorkspaceId,
    pub(super) mailbox: MailboxId,
}

/// What the dialogue needs before it can go on.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// More bytes.
    Bytes,
    /// Whether mail for this address is taken: answered by [`Dialogue::recipient`].
    Recipient(String),
    /// The mail stored: taken out by [`Dialogue::parcel`], answered by [`Dialogue::stored`].
    Store,
    /// TLS, after the replies are written; what the other side sent in the clear until then is thrown away. Answered by
    /// [`Dialogue::encrypted`].
    Encrypt,
    /// The connection closed, after the replies are written.
    End,
}

/// The answer to [`Wish::Recipient`].
#[derive(Debug, Clone, Copy)]
pub(super) enum Recipient {
    /// It is one of our mailboxes.
    Known(Destination),
    /// It is not.
    Unknown,
    /// Nobody knows at the moment.
    Unavailable,
}

/// What became of a mail that was to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stored {
    /// It is on the disk.
    Taken,
    /// There is no room for it.
    Full,
    /// The store is away.
    Unavailable,
}

/// A mail with its envelope.
#[derive(Debug)]
pub(super) struct Parcel {
    /// How the other side calls itself.
    pub(super) helo: String,
    pub(super) from: String,
    pub(super) to: Vec<(String, Destination)>,
    pub(super) raw: Vec<u8>,
    /// The memory that `raw` takes up, given back when the parcel is dropped.
    _memory: Vec<OwnedSemaphorePermit>,
}

enum State {
    /// Waiting for a command.
    Command,
    /// Waiting for the answer about a recipient.
    Recipient(String),
    /// Taking the mail in.
    Data { receiver: DataReceiver, raw: Vec<u8>, memory: Vec<OwnedSemaphorePermit> },
    /// Reading a mail that won't be taken, to its end.
    Discard { receiver: DummyDataReceiver, reply: &'static str },
    /// The mail is there.
    Stored { raw: Vec<u8>, memory: Vec<OwnedSemaphorePermit> },
    /// TLS is about to begin.
    Encrypting,
    /// Over.
    Ended,
}

/// One connection's dialogue.
pub(super) struct Dialogue {
    protocol: Protocol,
    limits: Limits,
    /// Whether TLS is to be had: not, or not any more.
    offers_tls: bool,
    commands: RequestReceiver,
    state: State,
    greeted: bool,
    helo: String,
    from: Option<String>,
    to: Vec<(String, Destination)>,
    mistakes: u32,
    /// Written to the other side before anything else is read.
    pub(super) replies: Vec<u8>,
}

impl Dialogue {
    /// Begins with our greeting.
    pub(super) fn new(protocol: Protocol, limits: Limits, offers_tls: bool) -> Self {
        let mut dialogue = Self {
            protocol,
            limits,
            offers_tls,
            commands: RequestReceiver::default(),
            state: State::Command,
            greeted: false,
            helo: String::new(),
            from: None,
            to: Vec::new(),
            mistakes: 0,
            replies: Vec::new(),
        };
        dialogue.reply(if protocol == Protocol::Smtp { "220 Rapport ESMTP" } else { "220 Rapport LMTP" });
        dialogue
    }

    /// Reads as far as it can without an answer.
    pub(super) fn read(&mut self, bytes: &mut Iter<'_, u8>) -> Wish {
        loop {
            let (left, before) = (bytes.len(), std::mem::discriminant(&self.state));
            match &mut self.state {
                State::Recipient(address) => return Wish::Recipient(address.clone()),
                State::Stored { .. } => return Wish::Store,
                State::Encrypting => return Wish::Encrypt,
                State::Ended => return Wish::End,
                _ if left == 0 => return Wish::Bytes,
                State::Command => self.command(bytes),
                State::Data { .. } => self.data(bytes),
                State::Discard { receiver, reply } => {
                    if receiver.ingest(bytes) {
                        let reply = *reply;
                        self.refuse_mail(reply);
                    }
                }
            }
            // A parser that neither reads on nor gets anywhere would keep us here for ever.
            if bytes.len() == left && std::mem::discriminant(&self.state) == before {
                self.end("421 4.3.0 Something went wrong");
            }
        }
    }

    /// Answers [`Wish::Recipient`].
    pub(super) fn recipient(&mut self, answer: Recipient) {
        let State::Recipient(address) = std::mem::replace(&mut self.state, State::Command) else { return };
        match answer {
            Recipient::Known(destination) => {
                self.to.push((address, destination));
                self.reply("250 2.1.5 Mail for this address is welcome");
            }
            Recipient::Unknown => self.mistake("550 5.1.1 There is no such mailbox here"),
            Recipient::Unavailable => self.reply("451 4.3.0 Not available, try again later"),
        }
    }

    /// The mail that is to be stored. The dialogue waits for [`Dialogue::stored`].
    pub(super) fn parcel(&mut self) -> Parcel {
        let (raw, memory) = match &mut self.state {
            State::Stored { raw, memory } => (std::mem::take(raw), std::mem::take(memory)),
            _ => Default::default(),
        };
        Parcel {
            helo: self.helo.clone(),
            from: self.from.clone().unwrap_or_default(),
            to: self.to.clone(),
            raw,
            _memory: memory,
        }
    }

    /// Answers [`Wish::Encrypt`]: everything begins anew (RFC 3207, 4.2).
    pub(super) fn encrypted(&mut self) {
        self.commands = RequestReceiver::default();
        self.offers_tls = false;
        self.greeted = false;
        self.reset();
    }

    /// Answers [`Wish::Store`]: for each recipient of the parcel, in order, what became of its mail.
    pub(super) fn stored(&mut self, outcome: &[Stored]) {
        let reply = |stored: Stored| match stored {
            Stored::Taken => "250 2.0.0 Taken",
            Stored::Full => "452 4.3.1 There is no room for it now, try again later",
            Stored::Unavailable => "451 4.3.0 Could not be stored, try again later",
        };
        match self.protocol {
            // One answer for all: when it is asked for again, those who have it already are known.
            Protocol::Smtp => {
                let worst = outcome.iter().copied().max().unwrap_or(Stored::Unavailable);
                self.reply(reply(worst));
            }
            Protocol::Lmtp => outcome.iter().for_each(|stored| self.reply(reply(*stored))),
        }
        self.reset();
    }

    /// Ends the dialogue, saying why.
    pub(super) fn end(&mut self, reply: &str) {
        self.reply(reply);
        self.state = State::Ended;
    }

    fn command(&mut self, bytes: &mut Iter<'_, u8>) {
        // The request borrows from the receiver, which is put back when it is done with.
        let mut commands = std::mem::take(&mut self.commands);
        match commands.ingest(bytes) {
            Ok(request) => self.obey(request),
            Err(Error::NeedsMoreData { .. }) => {}
            Err(Error::ResponseTooLong) => self.end("421 4.7.0 The line is too long"),
            Err(error) => self.mistake(match error {
                Error::UnknownCommand => "500 5.5.1 Unknown command",
                Error::InvalidSenderAddress => "501 5.1.7 The sender's address makes no sense",
                Error::InvalidRecipientAddress => "501 5.1.3 The recipient's address makes no sense",
                Error::InvalidParameter { .. } => "501 5.5.4 A parameter makes no sense",
                Error::UnsupportedParameter { .. } => "555 5.5.4 A parameter is not supported",
                _ => "501 5.5.2 Syntax error",
            }),
        }
        self.commands = commands;
    }

    fn obey<T: AsRef<str>>(&mut self, request: Request<T>) {
        match request {
            Request::Ehlo { host } if self.protocol == Protocol::Smtp => self.hello(host.as_ref(), true),
            Request::Helo { host } if self.protocol == Protocol::Smtp => self.hello(host.as_ref(), false),
            Request::Lhlo { host } if self.protocol == Protocol::Lmtp => self.hello(host.as_ref(), true),
            Request::Mail { .. } if !self.greeted => self.mistake("503 5.5.1 Say hello first"),
            Request::Mail { .. } if self.from.is_some() => self.mistake("503 5.5.1 The sender was named already"),
            Request::Mail { from } if from.size > self.limits.max_size => {
                self.reply("552 5.3.4 The mail is larger than we take");
            }
            Request::Mail { from } => {
                self.from = Some(from.address.as_ref().to_owned());
                self.reply("250 2.1.0 Go on");
            }
            Request::Rcpt { .. } if self.from.is_none() => self.mistake("503 5.5.1 Name the sender first"),
            Request::Rcpt { .. } if self.to.len() >= MOST_RECIPIENTS => self.reply("452 4.5.3 Too many recipients"),
            Request::Rcpt { to } => self.state = State::Recipient(to.address.as_ref().to_owned()),
            Request::Data if self.to.is_empty() => self.mistake("503 5.5.1 Name a recipient first"),
            Request::Data => {
                self.reply("354 End it with a dot on a line of its own");
                self.state = State::Data { receiver: DataReceiver::new(), raw: Vec::new(), memory: Vec::new() };
            }
            Request::StartTls if self.offers_tls => {
                self.reply("220 2.0.0 Go on");
                self.state = State::Encrypting;
            }
            Request::Rset => {
                self.reset();
                self.reply("250 2.0.0 Forgotten");
            }
            Request::Noop { .. } => self.reply("250 2.0.0 Here"),
            Request::Vrfy { .. } => self.reply("252 2.1.5 Send it and see"),
            Request::Help { .. } => self.reply("214 2.0.0 See RFC 5321"),
            Request::Quit => self.end("221 2.0.0 Goodbye"),
            // What follows it are not commands.
            Request::Bdat { .. } => self.end("502 5.5.1 BDAT is not offered"),
            _ => self.mistake("502 5.5.1 Not offered here"),
        }
    }

    fn hello(&mut self, host: &str, extended: bool) {
        self.reset();
        self.greeted = true;
        self.helo = host.chars().take(255).collect();
        if !extended {
            return self.reply("250 Rapport");
        }
        let size = format!("250-SIZE {}", self.limits.max_size);
        let tls = self.offers_tls.then_some("250-STARTTLS");
        let lines = ["250-Rapport", &size, "250-PIPELINING", "250-8BITMIME", "250-SMTPUTF8"].into_iter().chain(tls);
        lines.chain(["250 ENHANCEDSTATUSCODES"]).for_each(|line| self.reply(line));
    }

    fn data(&mut self, bytes: &mut Iter<'_, u8>) {
        let State::Data { receiver, raw, memory } = &mut self.state else { return };
        let needed = (raw.len() + bytes.len()).div_ceil(1024 * PIECE);
        while memory.len() < needed {
            let Ok(more) = Arc::clone(&self.limits.memory).try_acquire_many_owned(PIECE as u32) else {
                let reply = "452 4.3.1 Too much mail at once, try again later";
                self.state = State::Discard { receiver: DummyDataReceiver::new_data(receiver), reply };
                return;
            };
            memory.push(more);
        }
        let ended = receiver.ingest(bytes, raw);
        let too_large = (raw.len() > self.limits.max_size).then_some("552 5.3.4 The mail is larger than we take");
        match (ended, too_large) {
            (true, Some(reply)) => self.refuse_mail(reply),
            (true, None) if source::hops(raw) > MOST_HOPS => {
                self.refuse_mail("554 5.4.6 The mail is going round in circles");
            }
            (true, None) => {
                self.state = State::Stored { raw: std::mem::take(raw), memory: std::mem::take(memory) };
            }
            (false, Some(reply)) => {
                self.state = State::Discard { receiver: DummyDataReceiver::new_data(receiver), reply };
            }
            (false, None) => {}
        }
    }

    fn refuse_mail(&mut self, reply: &str) {
        let times = if self.protocol == Protocol::Lmtp { self.to.len() } else { 1 };
        (0..times).for_each(|_| self.reply(reply));
        self.reset();
    }

    fn reset(&mut self) {
        self.from = None;
        self.to.clear();
        self.state = State::Command;
    }

    fn mistake(&mut self, reply: &str) {
        self.mistakes += 1;
        if self.mistakes > MOST_MISTAKES { self.end("421 4.7.0 Too many mistakes") } else { self.reply(reply) }
    }

    fn reply(&mut self, line: &str) {
        self.replies.extend_from_slice(line.as_bytes());
        self.replies.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
#[path = "dialogue_tests.rs"]
mod tests;
