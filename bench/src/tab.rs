//! The two ends of a mail's way: who delivers it (LMTP, RFC 2033), and the page that is told of it (WebSocket, RFC 6455). A few lines each,
//! so that nothing of them is measured.

use anyhow::{Context, Result, bail, ensure};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// A mail server that delivers.
pub(crate) struct Lmtp(BufReader<TcpStream>);

impl Lmtp {
    /// Connects and greets.
    pub(crate) async fn open(address: &str) -> Result<Self> {
        let mut server = Self(BufReader::new(TcpStream::connect(address).await?));
        server.0.get_ref().set_nodelay(true)?;
        server.answer("220").await?;
        server.say("LHLO bench.example\r\n", "250").await?;
        Ok(server)
    }

    /// Hands a mail over; returns with the acknowledgement.
    pub(crate) async fn deliver(&mut self, letter: &str) -> Result<()> {
        self.say("MAIL FROM:<path@bench.example>\r\n", "250").await?;
        self.say("RCPT TO:<help@desk.example>\r\n", "250").await?;
        self.say("DATA\r\n", "354").await?;
        let stuffed = letter.replace("\r\n.", "\r\n..");
        self.say(&format!("{stuffed}.\r\n"), "250").await
    }

    async fn say(&mut self, words: &str, expected: &str) -> Result<()> {
        self.0.get_mut().write_all(words.as_bytes()).await?;
        self.answer(expected).await
    }

    async fn answer(&mut self, expected: &str) -> Result<()> {
        loop {
            let mut line = String::new();
            ensure!(self.0.read_line(&mut line).await? > 0, "the mail listener hung up");
            ensure!(line.starts_with(expected), "the mail listener says {line}");
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(());
            }
        }
    }
}

/// A page that shows all open conversations.
pub(crate) struct Tab(TcpStream);

impl Tab {
    /// Opens it with a session's cookie.
    pub(crate) async fn open(address: &str, cookie: &str) -> Result<Self> {
        let mut stream = TcpStream::connect(address).await?;
        let request = format!(
            "GET /live HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: http://{address}\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: {cookie}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await?;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.context("no answer from /live")?);
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        ensure!(head.starts_with("HTTP/1.1 101"), "/live says {head}");
        let mut tab = Self(stream);
        // From the greatest number on: what is asked for is what comes now.
        tab.say(r#"{"view":"open","after":0}"#).await?;
        let told = tab.hear().await?;
        let now =
            told.split("\"v\":").nth(1).map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
        let now = now.filter(|now| !now.is_empty()).context("no event number from /live")?;
        tab.say(&format!(r#"{{"view":"open","after":{now}}}"#)).await?;
        Ok(tab)
    }

    /// Returns when the page has been told of something that holds this word.
    pub(crate) async fn told(&mut self, word: &str) -> Result<()> {
        loop {
            if self.hear().await?.contains(word) {
                return Ok(());
            }
        }
    }

    async fn say(&mut self, text: &str) -> Result<()> {
        let length = u8::try_from(text.len()).ok().filter(|length| *length < 126).context("a short frame")?;
        let mut frame = vec![0x81, 0x80 | length, 0, 0, 0, 0];
        frame.extend(text.as_bytes());
        self.0.write_all(&frame).await?;
        Ok(())
    }

    async fn hear(&mut self) -> Result<String> {
        loop {
            let kind = self.0.read_u8().await? & 0x0f;
            let length = match self.0.read_u8().await? {
                126 => u64::from(self.0.read_u16().await?),
                127 => self.0.read_u64().await?,
                short => u64::from(short),
            };
            let mut text = vec![0; usize::try_from(length)?];
            self.0.read_exact(&mut text).await?;
            match kind {
                1 => return Ok(String::from_utf8(text)?),
                8 => bail!("/live hung up"),
                _ => {}
            }
        }
    }
}
