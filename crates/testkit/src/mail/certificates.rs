//! A certificate authority of this test and a certificate for `localhost`, made by openssl.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::process::run;

/// Files with the authority's certificate (which clients are told to trust) and the server's certificate and key.
#[derive(Debug, Clone)]
pub struct Certificates {
    /// PEM: the authority's certificate.
    pub authority: PathBuf,
    /// PEM: the server's certificate for `localhost` and 127.0.0.1.
    pub certificate: PathBuf,
    /// PEM: the server's private key.
    pub key: PathBuf,
}

impl Certificates {
    /// Makes them in `folder`, valid for two days around now.
    ///
    /// # Errors
    /// When openssl is missing or fails.
    pub fn make(folder: &Path) -> Result<Self> {
        let file = |name: &str| folder.join(name);
        let path = |name: &str| file(name).display().to_string();
        let openssl = |arguments: &str, more: &[(&str, String)]| {
            let mut line: Vec<String> = arguments.split(' ').map(str::to_owned).collect();
            line.insert(0, "openssl".to_owned());
            for (option, value) in more {
                line.extend([(*option).to_owned(), value.clone()]);
            }
            run(&line)
        };
        let new_key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
        openssl(
            &format!("req -x509 {new_key} -days 2 -subj /CN=Rapport-Test-Authority"),
            &[("-keyout", path("authority.key")), ("-out", path("authority.pem"))],
        )?;
        openssl(
            &format!("req {new_key} -subj /CN=localhost"),
            &[("-keyout", path("server.key")), ("-out", path("server.csr"))],
        )?;
        std::fs::write(file("server.ext"), "subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")?;
        openssl(
            "x509 -req -days 2 -CAcreateserial",
            &[
                ("-in", path("server.csr")),
                ("-CA", path("authority.pem")),
                ("-CAkey", path("authority.key")),
                ("-extfile", path("server.ext")),
                ("-out", path("server.pem")),
            ],
        )?;
        // The servers run as other users; the key protects nothing.
        run(&["chmod".to_owned(), "644".to_owned(), path("server.key")])?;
        Ok(Self { authority: file("authority.pem"), certificate: file("server.pem"), key: file("server.key") })
    }
}
