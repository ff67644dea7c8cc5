//! TLS to mail servers: the system's certificate authorities, and one that the mailbox's settings add.

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use std::sync::{Arc, OnceLock};
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};

/// Speaks TLS on a connection to `host`; `authority` (PEM) is trusted besides the system's authorities.
///
/// # Errors
/// In words: what is wrong with the certificate, or that the server speaks no TLS.
pub(super) async fn upgrade(
    stream: TcpStream,
    host: &str,
    authority: Option<&str>,
) -> Result<TlsStream<TcpStream>, String> {
    let name = ServerName::try_from(host.to_owned()).map_err(|_| format!("{host} is no server name"))?;
    let connector = TlsConnector::from(config(authority).await?);
    connector.connect(name, stream).await.map_err(|error| format!("no secure connection to {host}: {error}"))
}

async fn config(authority: Option<&str>) -> Result<Arc<ClientConfig>, String> {
    let mut roots = tokio::task::spawn_blocking(|| system_authorities().clone()).await.map_err(|e| e.to_string())?;
    if let Some(pem) = authority {
        let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(|_| "the certificate authority of the mailbox is no PEM file".to_owned())?;
        let (added, _) = roots.add_parsable_certificates(certificates);
        if added == 0 {
            return Err("the certificate authority of the mailbox holds no certificate".into());
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// Read from the system's files once.
fn system_authorities() -> &'static RootCertStore {
    static ROOTS: OnceLock<RootCertStore> = OnceLock::new();
    ROOTS.get_or_init(|| {
        let mut roots = RootCertStore::empty();
        let found = rustls_native_certs::load_native_certs();
        for error in &found.errors {
            tracing::debug!(%error, "a certificate authority of the system could not be read");
        }
        roots.add_parsable_certificates(found.certs);
        roots
    })
}
