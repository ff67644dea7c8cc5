//! A browser that takes messages, with its push service: speaks RFC 8030, checks the signature (RFC 8292), decrypts (RFC 8291).

use anyhow::{Context, Result, ensure};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use parking_lot::Mutex;
use ring::{
    aead,
    agreement::{self, ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey},
    rand::SystemRandom,
};
use sha2::Sha256;
use std::sync::Arc;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A browser at its push service. Its key is used up by the first message that it decrypts.
pub struct PushBrowser {
    /// Where messages to it go.
    pub endpoint: String,
    /// Its public key.
    pub p256dh: Vec<u8>,
    /// Its secret.
    pub auth: [u8; 16],
    state: Arc<State>,
}

struct State {
    private: Mutex<Option<EphemeralPrivateKey>>,
    /// What the service answers.
    answer: Mutex<u16>,
    heads: Mutex<Vec<String>>,
    bodies: Mutex<Vec<Vec<u8>>>,
}

impl PushBrowser {
    /// Starts one.
    ///
    /// # Errors
    /// The socket's.
    pub async fn start() -> Result<Self> {
        let private = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).ok().context("a key")?;
        let p256dh = private.compute_public_key().ok().context("a key")?.as_ref().to_vec();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let endpoint = format!("http://{}/push/1", listener.local_addr()?);
        let state = Arc::new(State {
            private: Mutex::new(Some(private)),
            answer: Mutex::new(201),
            heads: Mutex::default(),
            bodies: Mutex::default(),
        });
        let served = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = served.serve(stream).await;
            }
        });
        Ok(Self { endpoint, p256dh, auth: base::random::bytes(), state })
    }

    /// Where its service is.
    pub fn origin(&self) -> String {
        self.endpoint.trim_end_matches("/push/1").to_owned()
    }

    /// What the service answers from now on.
    pub fn answer(&self, status: u16) {
        *self.state.answer.lock() = status;
    }

    /// How many messages came.
    pub fn count(&self) -> usize {
        self.state.bodies.lock().len()
    }

    /// The heads of the requests.
    pub fn heads(&self) -> Vec<String> {
        self.state.heads.lock().clone()
    }

    /// The body of the newest request as it came: for what is not encrypted.
    pub fn body(&self) -> String {
        String::from_utf8_lossy(self.state.bodies.lock().last().map_or(&[], Vec::as_slice)).into_owned()
    }

    /// Decrypts the newest message, after checking who signed for it.
    ///
    /// # Errors
    /// When it is not one for this browser.
    pub fn read(&self) -> Result<String> {
        let head = self.heads().pop().context("a request")?;
        let header = |name: &str| {
            head.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        ensure!(header("content-encoding").as_deref() == Some("aes128gcm"), "{head}");
        ensure!(header("ttl").is_some(), "{head}");
        let vapid = header("authorization").context("a signature")?;
        let (token, key) =
            vapid.strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k=")).context("a signature")?;
        let (signed, signature) = token.rsplit_once('.').context("a token")?;
        ring::signature::UnparsedPublicKey::new(
            &ring::signature::ECDSA_P256_SHA256_FIXED,
            URL_SAFE_NO_PAD.decode(key)?,
        )
        .verify(signed.as_bytes(), &URL_SAFE_NO_PAD.decode(signature)?)
        .ok()
        .context("a signature that holds")?;
        let claims = URL_SAFE_NO_PAD.decode(signed.split_once('.').context("claims")?.1)?;
        ensure!(String::from_utf8(claims)?.contains(&format!("\"aud\":\"{}\"", self.origin())), "for this service");
        self.decrypt()
    }

    fn decrypt(&self) -> Result<String> {
        let body = self.state.bodies.lock().last().cloned().context("a message")?;
        let (salt, rest) = body.split_at(16);
        let (public, record) = rest.split_at(5).1.split_at(65);
        let private = self.state.private.lock().take().context("a key that was not used up")?;
        let theirs = UnparsedPublicKey::new(&ECDH_P256, public);
        let shared = agreement::agree_ephemeral(private, &theirs, <[u8]>::to_vec).ok().context("a shared secret")?;
        let extracted = hmac(&self.auth, &[&shared])?;
        let material = hmac(&extracted, &[b"WebPush: info\0", &self.p256dh, public, &[1]])?;
        let extracted = hmac(salt, &[&material])?;
        let key = hmac(&extracted, &[b"Content-Encoding: aes128gcm\0", &[1]])?;
        let nonce = hmac(&extracted, &[b"Content-Encoding: nonce\0", &[1]])?;
        let key = aead::UnboundKey::new(&aead::AES_128_GCM, &key[..16]).ok().context("a key")?;
        let nonce = aead::Nonce::try_assume_unique_for_key(&nonce[..12]).ok().context("a nonce")?;
        let mut record = record.to_vec();
        let plain = aead::LessSafeKey::new(key).open_in_place(nonce, aead::Aad::empty(), &mut record);
        let plain = plain.ok().context("a message that can be decrypted")?;
        let (last, text) = plain.split_last().context("a delimiter")?;
        ensure!(*last == 2, "the last record");
        Ok(String::from_utf8(text.to_vec())?)
    }
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> Result<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)?;
    parts.iter().for_each(|part| mac.update(part));
    Ok(mac.finalize().into_bytes().into())
}

impl State {
    async fn serve(&self, mut stream: TcpStream) -> Result<()> {
        let mut read = Vec::new();
        let head = loop {
            let mut piece = [0; 4096];
            let n = stream.read(&mut piece).await?;
            ensure!(n > 0, "a whole request");
            read.extend_from_slice(&piece[..n]);
            if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
        };
        let words = String::from_utf8(read[..head].to_vec())?;
        let length =
            words.to_lowercase().lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        let length: usize = length.context("a length")?;
        let mut body = read.split_off(head + 4);
        while body.len() < length {
            let mut piece = [0; 4096];
            let n = stream.read(&mut piece).await?;
            ensure!(n > 0, "a whole body");
            body.extend_from_slice(&piece[..n]);
        }
        self.heads.lock().push(words);
        self.bodies.lock().push(body);
        let status = *self.answer.lock();
        let answer = format!("HTTP/1.1 {status} Said\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).await?;
        Ok(())
    }
}
