//! `rapport serve`: everything, until a signal says stop.

use std::net::SocketAddr;

use anyhow::Context;
use api::Readiness;
use axum::Router;
use base::db::Db;
use tokio::net::TcpListener;

use crate::{
    config::Config,
    house::{House, Occupied},
    logs,
    stop::Stop,
};

/// Starts, serves, and stops in good order.
///
/// # Errors
/// What kept it from starting, or work that did not finish in the time given.
pub(crate) async fn run(config: Config) -> anyhow::Result<()> {
    logs::start(&config.log);
    let stop = Stop::on_signals()?;
    let _occupied = Occupied::claim(&config.data_dir)?;
    let listener = listen(config.listen).await?;
    let house = House::open(&config).await?;
    let routes = Router::new().merge(api::router(readiness(&house)));
    tracing::info!(listen = %listener.local_addr()?, url = config.public_url, "ready");
    serve(listener, routes, &stop);
    stop.token().cancelled().await;
    if !stop.finish(config.stop_within).await {
        tracing::warn!(seconds = config.stop_within.as_secs(), "some work did not finish in time and was cut off");
    }
    tracing::info!("stopped");
    Ok(())
}

/// Binds the address before anything is opened, so that a port in use is said at once.
async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address} (setting listen)"))
}

fn serve(listener: TcpListener, routes: Router, stop: &Stop) {
    let stopped = stop.token().cancelled_owned();
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    stop.spawn(async move {
        if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(stopped).await {
            tracing::error!(%error, "serving pages failed");
        }
    });
}

fn readiness(house: &House) -> Readiness {
    let (reading, writing, blobs) = (house.db.clone(), house.db.clone(), house.blobs.clone());
    Readiness::new()
        .check("store", move || answers(reading.clone()))
        .check("writer", move || writes(writing.clone()))
        .check("blobs", move || {
            let blobs = blobs.clone();
            async move { blobs.check().await.map_err(|error| error.to_string()) }
        })
}

async fn answers(db: Db) -> Result<(), String> {
    db.read::<(), base::db::DbError, _>(|_| Box::pin(async { Ok(()) })).await.map_err(|error| error.to_string())
}

/// An empty unit of work goes all the way through the writer's queue.
async fn writes(db: Db) -> Result<(), String> {
    db.write::<(), base::db::DbError, _>(|_| Box::pin(async { Ok(()) })).await.map_err(|error| error.to_string())
}
