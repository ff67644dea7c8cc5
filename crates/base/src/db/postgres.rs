//! PostgreSQL: a pool for units of work, and one for queries whose plan must fit their values.

use super::{DbError, MayRetry, Tx, Work, tx::Handle};
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use std::time::Duration;
use tokio_postgres::{Config, NoTls, config::SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How often a unit of work is run again after a serialization failure or a deadlock.
const ATTEMPTS: u32 = 8;
const WAIT_FOR_CONNECTION: Duration = Duration::from_secs(10);

#[derive(Clone)]
pub(super) struct Postgres {
    writers: Pool,
    readers: Pool,
}

impl Postgres {
    pub(super) async fn open(url: &str, connections: usize) -> Result<Self, DbError> {
        let config: Config =
            url.parse().map_err(|error| DbError::Unavailable(format!("the database address is not right: {error}")))?;
        // Compiling a query costs more than any of ours takes.
        let common =
            "-c statement_timeout=30000 -c lock_timeout=20000 -c idle_in_transaction_session_timeout=60000 -c jit=off";
        let writers = pool(&config, common, connections)?;
        // A generic plan for a dynamic list walks the whole workspace; planning each query anew costs far less.
        let readers = pool(&config, &format!("{common} -c plan_cache_mode=force_custom_plan"), connections)?;
        drop(writers.get().await?);
        Ok(Self { writers, readers })
    }

    pub(super) async fn write<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: for<'b> FnOnce(&'b Tx<'b>) -> Work<'b, T, E> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + MayRetry + Send + 'static,
    {
        retried(&self.writers, body, false).await
    }

    pub(super) async fn read<T, E, F>(&self, body: F) -> Result<T, E>
    where
        F: for<'b> FnOnce(&'b Tx<'b>) -> Work<'b, T, E> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + MayRetry + Send + 'static,
    {
        retried(&self.readers, body, true).await
    }
}

fn pool(config: &Config, options: &str, connections: usize) -> Result<Pool, DbError> {
    let mut config = config.clone();
    config.application_name("rapport").connect_timeout(WAIT_FOR_CONNECTION);
    let given = config.get_options().unwrap_or_default().to_owned();
    config.options(format!("{options} {given}").trim());
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    // Debian's servers offer TLS with a certificate that nobody can check: it is used when asked for, and checked then.
    let manager = if config.get_ssl_mode() == SslMode::Require {
        Manager::from_config(config, MakeRustlsConnect::new(tls()?), recycling)
    } else {
        config.ssl_mode(SslMode::Disable);
        Manager::from_config(config, NoTls, recycling)
    };
    Pool::builder(manager)
        .max_size(connections)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(WAIT_FOR_CONNECTION))
        .build()
        .map_err(|error| DbError::Internal(error.to_string()))
}

/// TLS that trusts the system's certificate authorities.
fn tls() -> Result<rustls::ClientConfig, DbError> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = rustls::crypto::ring::default_provider().into();
    let versions = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = versions.map_err(|error| DbError::Internal(error.to_string()))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

async fn retried<T, E, F>(pool: &Pool, body: F, snapshot: bool) -> Result<T, E>
where
    F: for<'b> FnOnce(&'b Tx<'b>) -> Work<'b, T, E> + Clone + Send + 'static,
    E: From<DbError> + MayRetry,
{
    let mut attempt = 1;
    loop {
        match once(pool, body.clone(), snapshot).await {
            Err(error) if error.may_retry() && attempt < ATTEMPTS => {
                tokio::time::sleep(Duration::from_millis(2 << attempt)).await;
                attempt += 1;
            }
            result => return result,
        }
    }
}

async fn once<T, E, F>(pool: &Pool, body: F, snapshot: bool) -> Result<T, E>
where
    F: for<'b> FnOnce(&'b Tx<'b>) -> Work<'b, T, E>,
    E: From<DbError>,
{
    let mut connection = pool.get().await.map_err(DbError::from)?;
    let transaction = if snapshot {
        let isolation = tokio_postgres::IsolationLevel::RepeatableRead;
        connection.build_transaction().isolation_level(isolation).read_only(true).start().await
    } else {
        connection.transaction().await
    }
    .map_err(DbError::from)?;
    let result = body(&Tx(Handle::Postgres(&transaction))).await?;
    transaction.commit().await.map_err(DbError::from)?;
    Ok(result)
}
