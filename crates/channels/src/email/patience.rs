//! A stream that fails when the other side says nothing for too long, however slow it may be while it says something.

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::Sleep,
};

/// Any connection that can be read and written.
pub(super) trait Connection: AsyncRead + AsyncWrite + Unpin + Send + Sync + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync + std::fmt::Debug> Connection for T {}

/// A connection whose reads and writes end with `TimedOut` after so much silence.
#[derive(Debug)]
pub(super) struct Patient<C> {
    inner: C,
    patience: Duration,
    reading: Option<Pin<Box<Sleep>>>,
    writing: Option<Pin<Box<Sleep>>>,
}

impl<C> Patient<C> {
    pub(super) fn new(inner: C, patience: Duration) -> Self {
        Self { inner, patience, reading: None, writing: None }
    }

    /// From the next byte on, waits so long.
    pub(super) fn set_patience(&mut self, patience: Duration) {
        self.patience = patience;
        self.reading = None;
        self.writing = None;
    }

    pub(super) fn into_inner(self) -> C {
        self.inner
    }
}

/// Passes an answer on and forgets the alarm, or sets the alarm and fails when it rings.
fn or_alarm<T>(
    answer: Poll<io::Result<T>>,
    alarm: &mut Option<Pin<Box<Sleep>>>,
    patience: Duration,
    cx: &mut Context<'_>,
) -> Poll<io::Result<T>> {
    if answer.is_ready() {
        *alarm = None;
        return answer;
    }
    ready!(alarm.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience))).as_mut().poll(cx));
    *alarm = None;
    let silence = format!("the server said nothing for {} seconds", patience.as_secs());
    Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, silence)))
}

impl<C: Connection> AsyncRead for Patient<C> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let answer = Pin::new(&mut this.inner).poll_read(cx, buf);
        or_alarm(answer, &mut this.reading, this.patience, cx)
    }
}

impl<C: Connection> AsyncWrite for Patient<C> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let answer = Pin::new(&mut this.inner).poll_write(cx, buf);
        or_alarm(answer, &mut this.writing, this.patience, cx)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let answer = Pin::new(&mut this.inner).poll_flush(cx);
        or_alarm(answer, &mut this.writing, this.patience, cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let answer = Pin::new(&mut this.inner).poll_shutdown(cx);
        or_alarm(answer, &mut this.writing, this.patience, cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    #[tokio::test]
    async fn silence_ends_in_an_error_and_a_slow_talker_is_heard_out() {
        let (mine, mut theirs) = tokio::io::duplex(64);
        let mut patient = Patient::new(mine, Duration::from_millis(200));
        let talker = tokio::spawn(async move {
            for _ in 0..4 {
                tokio::time::sleep(Duration::from_millis(80)).await;
                theirs.write_all(b"x").await.unwrap();
            }
            theirs
        });
        let mut heard = [0; 4];
        patient.read_exact(&mut heard).await.unwrap();
        let _silent = talker.await.unwrap();
        assert_eq!(patient.read_u8().await.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }
}
