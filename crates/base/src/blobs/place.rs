//! Where blobs lie: a folder of this machine, or a bucket of an S3-compatible server.

use std::{path::PathBuf, sync::Arc};

use object_store::{ClientOptions, aws::AmazonS3Builder, local::LocalFileSystem, prefix::PrefixStore};

use super::{BlobError, Blobs};
use crate::secret::Secret;

/// Where blobs lie.
#[derive(Clone, Debug)]
pub enum Place {
    /// A folder; made when it is missing.
    Folder(PathBuf),
    /// A bucket, which must exist.
    S3(S3),
}

/// A bucket of an S3-compatible server.
#[derive(Clone, Debug)]
pub struct S3 {
    /// Name of the bucket.
    pub bucket: String,
    /// Region; servers of one's own usually take `us-east-1`.
    pub region: String,
    /// Address of the server (`https://s3.example`); empty for Amazon's own. The bucket goes into the path.
    pub endpoint: String,
    /// Whom we are for the server.
    pub access_key_id: Secret<String>,
    /// And its password.
    pub secret_access_key: Secret<String>,
    /// Put before every name, so that a bucket can be shared; may be empty.
    pub prefix: String,
}

impl Blobs {
    /// Opens the store. A folder is made when it is missing; a bucket is not asked before it is used.
    ///
    /// # Errors
    /// `Place` when the folder cannot be made or the bucket's settings make no sense.
    pub fn open(place: &Place) -> Result<Self, BlobError> {
        match place {
            Place::Folder(folder) => {
                let wrong = |error: &dyn std::fmt::Display| BlobError::Place(format!("{}: {error}", folder.display()));
                std::fs::create_dir_all(folder).map_err(|error| wrong(&error))?;
                let store = LocalFileSystem::new_with_prefix(folder).map_err(|error| wrong(&error))?.with_fsync(true);
                Ok(Self { store: Arc::new(store), folder: Some(folder.clone()) })
            }
            Place::S3(s3) => {
                // The HTTP client takes the process's provider of ciphers; a second installation is refused, which is fine.
                let _already_there = rustls::crypto::ring::default_provider().install_default();
                let mut builder = AmazonS3Builder::new()
                    .with_bucket_name(&s3.bucket)
                    .with_region(&s3.region)
                    .with_access_key_id(s3.access_key_id.reveal())
                    .with_secret_access_key(s3.secret_access_key.reveal())
                    .with_client_options(ClientOptions::new().with_allow_http(s3.endpoint.starts_with("http://")));
                if !s3.endpoint.is_empty() {
                    builder = builder.with_endpoint(&s3.endpoint);
                }
                let store = builder.build().map_err(|error| BlobError::Place(error.to_string()))?;
                Ok(Self { store: Arc::new(PrefixStore::new(store, s3.prefix.as_str())), folder: None })
            }
        }
    }
}
