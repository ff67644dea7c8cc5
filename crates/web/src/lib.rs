//! The pages: agents' desk and settings, and the live layer under them.
//!
//! `routes.rs` holds every address with the right it needs. Each area is a folder with its handlers (take extractors, call one
//! action, render or redirect), its pages (functions from plain data to markup) and, where the two differ, its `shapes`.
//! Everything important works as plain links and forms; the modules in `assets/js` make it quick.

mod assets;
mod clocks;
mod components;
mod customers;
mod errors;
mod fields;
#[cfg(test)]
mod gallery;
mod guard;
mod handoffs;
mod inbox;
mod language;
mod live;
mod macros;
mod notifications;
mod offline;
mod onboarding;
mod problems;
mod procedures;
mod reports;
mod reviews;
mod rights;
mod routes;
mod rules;
mod search;
mod session;
mod settings;
mod sides;
mod views;
mod visit;

use std::sync::Arc;

pub use routes::router;

/// What the pages need to know of the installation.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The address under which browsers reach the desk, as `https://desk.example.com`; none when it is not known. With `https`
    /// cookies are sent over TLS only.
    pub public_url: Option<String>,
    /// The largest file that may be attached, in bytes.
    pub upload_limit: usize,
    /// The language of pages for whom neither their choice nor their browser names one.
    pub default_language: words::Language,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { public_url: None, upload_limit: 20 * 1024 * 1024, default_language: words::Language::En }
    }
}

impl Settings {
    /// Whether cookies may only travel over TLS.
    fn secure(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// What every handler can reach.
#[derive(Clone)]
pub(crate) struct Web(Arc<Inner>);

struct Inner {
    app: desk::App,
    settings: Settings,
    presence: live::Presence,
}

impl Web {
    fn new(app: desk::App, settings: Settings) -> Web {
        Web(Arc::new(Inner { app, settings, presence: live::Presence::default() }))
    }

    /// The product.
    pub(crate) fn app(&self) -> &desk::App {
        &self.0.app
    }

    /// What is known of the installation.
    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Who looks at what.
    pub(crate) fn presence(&self) -> &live::Presence {
        &self.0.presence
    }
}
