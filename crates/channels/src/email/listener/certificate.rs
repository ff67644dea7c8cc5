//! The listener's certificate for STARTTLS, read again when its files change: certificates are renewed every few weeks.

use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use std::{
    fs, io,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

/// A certificate and its key, as files in PEM form.
#[derive(Debug)]
pub struct Certificate {
    certificate: PathBuf,
    key: PathBuf,
    read: Mutex<(Changed, Arc<ServerConfig>)>,
}

/// When the two files were last changed.
type Changed = [Option<SystemTime>; 2];

impl Certificate {
    /// Reads both files.
    ///
    /// # Errors
    /// What is wrong with which file.
    pub fn open(certificate: PathBuf, key: PathBuf) -> io::Result<Self> {
        let read = (changed(&certificate, &key), config(&certificate, &key)?);
        Ok(Self { certificate, key, read: Mutex::new(read) })
    }

    /// What to speak TLS with. Files that changed and can't be read are no reason to stop taking mail: the old ones serve on.
    pub(super) fn config(&self) -> Arc<ServerConfig> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let now = changed(&self.certificate, &self.key);
        if now != read.0 {
            read.0 = now;
            match config(&self.certificate, &self.key) {
                Ok(config) => {
                    read.1 = config;
                    tracing::info!(certificate = %self.certificate.display(), "the listener has a new certificate");
                }
                Err(error) => {
                    tracing::error!(%error, "the listener's new certificate can't be used; it keeps the old one")
                }
            }
        }
        Arc::clone(&read.1)
    }
}

fn changed(certificate: &PathBuf, key: &PathBuf) -> Changed {
    [certificate, key].map(|path| fs::metadata(path).and_then(|file| file.modified()).ok())
}

fn config(certificate: &PathBuf, key: &PathBuf) -> io::Result<Arc<ServerConfig>> {
    let wrong = |path: &PathBuf, what: &dyn std::fmt::Display| io::Error::other(format!("{}: {what}", path.display()));
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .map_err(|error| wrong(certificate, &error))?;
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| wrong(key, &error))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|error| wrong(certificate, &error))?;
    Ok(Arc::new(config))
}
