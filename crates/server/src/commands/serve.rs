//! `rapport serve`: everything, until a signal says stop.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use api::Readiness;
use axum::Router;
use channels::email::{self, Certificate, Email, Listeners};
use desk::{App, clocks, jobs, upkeep};
use tokio::net::TcpListener;

use crate::{
    config::Config,
    house::{House, Occupied},
    logs,
    stop::Stop,
};

/// How often it is seen to that the hourly chores are ordered: a workspace may have been created meanwhile.
const CHORES: Duration = Duration::from_secs(600);

/// Starts, serves, and stops in good order.
///
/// # Errors
/// What kept it from starting.
pub(crate) async fn run(config: Config) -> anyhow::Result<()> {
    logs::start(&config.log);
    let stop = Stop::on_signals()?;
    let _occupied = Occupied::claim(&config.data_dir)?;
    let doors = Doors::open(&config).await?;
    let app = House::open(&config).await?.start().await?;
    app.set_dns(config.dns());
    app.add_channel(Arc::new(Email));
    start(&app, &config, doors, &stop).await?;
    tracing::info!(listen = %config.listen, url = config.public_url, "ready");
    until_stopped(&config, &stop).await;
    Ok(())
}

/// The ports, opened before anything else, so that one in use is said at once.
pub(super) struct Doors {
    pages: TcpListener,
    mail: Listeners,
}

impl Doors {
    /// Opens the ports that the settings name.
    ///
    /// # Errors
    /// Which one cannot be opened, and the setting that names it.
    pub(super) async fn open(config: &Config) -> anyhow::Result<Self> {
        let pages = TcpListener::bind(config.listen).await;
        let pages = pages.with_context(|| format!("cannot listen on {} (setting listen)", config.listen))?;
        let settings = &config.mail_listener;
        let mail = Listeners::bind(settings.smtp, settings.lmtp, settings.max_size).await;
        let mut mail = mail.context("settings mail_listener.smtp and mail_listener.lmtp")?;
        if let Some((certificate, key)) = &settings.tls {
            let certificate = Certificate::open(certificate.clone(), key.clone());
            mail = mail.with_certificate(
                certificate.context("settings mail_listener.tls_certificate and mail_listener.tls_key")?,
            );
        }
        let mail = mail.trusting(settings.trusted_relays.clone());
        for address in mail.addresses() {
            tracing::info!(%address, "taking mail in");
        }
        Ok(Self { pages, mail })
    }
}

/// Starts all that runs beside the caller: pages, mail, jobs, chores.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn start(app: &App, config: &Config, doors: Doors, stop: &Stop) -> anyhow::Result<()> {
    jobs::take_up(app).await?;
    work(app, config, stop);
    stop.spawn(email::run(app.clone(), doors.mail, stop.token()));
    let pages = web::Settings {
        public_url: Some(config.public_url.clone()),
        default_language: config.default_language,
        ..web::Settings::default()
    };
    let routes = Router::new().merge(api::router(readiness(app))).merge(web::router(app.clone(), pages));
    serve(doors.pages, routes, stop);
    Ok(())
}

/// Waits for a signal, then for what is in progress.
pub(super) async fn until_stopped(config: &Config, stop: &Stop) {
    stop.token().cancelled().await;
    if !stop.finish(config.stop_within).await {
        tracing::warn!(seconds = config.stop_within.as_secs(), "some work did not finish in time and was cut off");
    }
    tracing::info!("stopped");
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

fn work(app: &App, config: &Config, stop: &Stop) {
    let handlers = jobs::handlers().into_iter().chain(upkeep::handlers(config.keep_orphans)).collect();
    stop.spawn(jobs::work(app.clone(), handlers, config.workers, stop.token(), config.stop_within));
    stop.spawn(clocks::keep(app.clone(), stop.token()));
    let (app, stopped) = (app.clone(), stop.token());
    stop.spawn(async move {
        while !stopped.is_cancelled() {
            if let Err(error) = upkeep::order(&app).await {
                tracing::warn!(%error, "the hourly chores could not be ordered");
            }
            tokio::select! {
                () = tokio::time::sleep(CHORES) => {}
                () = stopped.cancelled() => {}
            }
        }
    });
}

fn readiness(app: &App) -> Readiness {
    let (store, blobs) = (app.clone(), app.clone());
    Readiness::new()
        .check("store", move || {
            let app = store.clone();
            async move { app.check().await.map_err(|error| error.to_string()) }
        })
        .check("blobs", move || {
            let app = blobs.clone();
            async move { app.blobs().check().await.map_err(|error| error.to_string()) }
        })
}
