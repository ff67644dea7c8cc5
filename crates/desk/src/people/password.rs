//! Passwords: argon2id with the parameters of OWASP's cheat sheet (19 MiB, 2 passes), off the async threads.

use crate::{App, Error, Result};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

/// Hash of no password at all, so that an unknown address costs as much time as a known one.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$Jp2lZ5DQmJm0tPjtGEzTqkbQ3xWlQ2mW7nJ3G1dXb1E";

pub(super) async fn hash(app: &App, password: &str) -> Result<String> {
    let password = password.to_owned();
    blocking(app, move || {
        let salt = base::random::bytes::<16>();
        Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string())
    })
    .await?
    .map_err(Error::internal)
}

pub(super) async fn verify(app: &App, password: &str, hash: &str) -> Result<bool> {
    let (password, hash) = (password.to_owned(), hash.to_owned());
    blocking(app, move || {
        PasswordHash::new(&hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
}

/// Takes as long as [`verify`] and says no.
pub(super) async fn verify_nobody(app: &App, password: &str) -> Result<bool> {
    verify(app, password, NOBODY).await?;
    Ok(false)
}

async fn blocking<T: Send + 'static>(app: &App, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _permit = app.hashing().acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}
