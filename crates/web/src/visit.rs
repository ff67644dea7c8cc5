//! One request of somebody who is signed in: who they are, how they read, what they asked for.

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use desk::people::{Role, Viewer};
use desk::{Desk, Error, Scope};
use http::HeaderMap;
use http::request::Parts;
use jiff::tz::TimeZone;

use crate::Web;
use crate::components::page::{Me, Screen};
use crate::components::time::Reader;
use crate::errors::Refusal;
use crate::language;

/// The header by which a script asks for a part of a page.
pub(crate) const FRAGMENT: &str = "x-fragment";

/// Whether a script asks, so that short words or operations are wanted instead of pages and redirects.
pub(crate) fn is_fragment(headers: &HeaderMap) -> bool {
    headers.contains_key(FRAGMENT)
}

/// A request of somebody who is signed in.
#[derive(Clone)]
pub(crate) struct Visit {
    /// What every handler can reach.
    pub(crate) web: Web,
    /// Who asks.
    pub(crate) viewer: Viewer,
    /// When and where they read.
    pub(crate) reader: Reader,
    /// Which part of the page a script asks for, if one does.
    pub(crate) fragment: Option<String>,
    /// What was just done, from the address.
    pub(crate) done: Option<String>,
    /// The script only fetches ahead: nothing is seen yet.
    pub(crate) ahead: bool,
}

impl FromRequestParts<Web> for Visit {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Visit, Refusal> {
        let viewer = parts.extensions.get::<Viewer>().cloned().ok_or(Refusal(Error::Forbidden))?;
        let cookies = CookieJar::from_headers(&parts.headers);
        let text = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let words = language::of_viewer(&viewer, &parts.headers, web.settings());
        let reader = Reader { now: web.app().now(), zone: zone(&viewer, &cookies), words };
        Ok(Visit {
            web: web.clone(),
            reader,
            fragment: text(FRAGMENT),
            done: query_value(parts.uri.query().unwrap_or_default(), "done"),
            ahead: parts.headers.contains_key("x-ahead"),
            viewer,
        })
    }
}

impl Visit {
    /// The scope of what they do.
    pub(crate) fn scope(&self) -> Scope {
        self.viewer.scope()
    }

    /// Changes something as the viewer.
    pub(crate) async fn write<T, F>(&self, body: F) -> Result<T, Refusal>
    where
        F: for<'b, 't> FnOnce(&'b mut Desk<'t>) -> base::db::Work<'b, T, Error> + Clone + Send + 'static,
        T: Send + 'static,
    {
        Ok(self.web.app().write(self.scope(), body).await?)
    }

    /// Reads something as the viewer.
    pub(crate) async fn read<T, F>(&self, body: F) -> Result<T, Refusal>
    where
        F: for<'b, 't> FnOnce(&'b mut Desk<'t>) -> base::db::Work<'b, T, Error> + Clone + Send + 'static,
        T: Send + 'static,
    {
        Ok(self.web.app().read(self.scope(), body).await?)
    }

    /// What every page needs to know. Taken before the page's own data, so that what happens in between is sent again rather
    /// than missed.
    pub(crate) async fn screen(&self) -> Result<Screen, Refusal> {
        let admin = self.viewer.role >= Role::Admin;
        let now = self.read(move |desk| {
            Box::pin(async move {
                let (sequence, unread) = (desk.newest_event().await?, desk::notifications::unread(desk).await?);
                let first_steps = if admin { desk::onboarding::checklist(desk).await? } else { None };
                Ok((sequence, unread, first_steps))
            })
        });
        let (sequence, unread, first_steps) = now.await?;
        // Once all of them are done, their list has had its day.
        if first_steps.as_ref().is_some_and(|progress| !progress.is_shown()) {
            self.write(|unit| Box::pin(async move { desk::onboarding::dismiss(unit, true).await })).await?;
        }
        let first_steps = first_steps.filter(|progress| progress.is_shown());
        let first_steps = first_steps.map(|progress| (progress.done(), progress.steps().len()));
        Ok(Screen { unread: u64::try_from(unread).unwrap_or(0), first_steps, ..self.screen_at(sequence) })
    }

    /// As [`Visit::screen`], for fragments, whose page knows its events already.
    pub(crate) fn screen_at(&self, sequence: i64) -> Screen {
        Screen {
            reader: self.reader.clone(),
            me: Me {
                id: self.viewer.agent_id.to_string(),
                name: self.viewer.name.clone(),
                email: self.viewer.email.clone(),
                admin: self.viewer.role >= Role::Admin,
            },
            shortcuts: self.viewer.preferences.shortcuts,
            swipe: self.viewer.preferences.swipe,
            keys: self.viewer.preferences.keys.clone(),
            theme: self.viewer.preferences.theme.clone(),
            sequence,
            done: self.done.clone(),
            unread: 0,
            first_steps: None,
        }
    }

    /// Whether a script asks for that part of the page.
    pub(crate) fn wants(&self, part: &str) -> bool {
        self.fragment.as_deref() == Some(part)
    }
}

/// The zone that the viewer chose, else the one that their browser told, else UTC.
fn zone(viewer: &Viewer, cookies: &CookieJar) -> TimeZone {
    let chosen = Some(viewer.preferences.time_zone.clone()).filter(|name| !name.is_empty());
    let told = || cookies.get("zone").map(|cookie| cookie.value().replace("%2F", "/"));
    chosen.or_else(told).and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC)
}

/// The plain value of a word in a query; for words that we write ourselves.
fn query_value(query: &str, name: &str) -> Option<String> {
    query
        .split('&')
        .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name))
        .map(|(_, value)| value.to_owned())
}

/// After a change: to `address`, where `done` is said once.
pub(crate) fn back_to(address: &str, done: &str) -> Response {
    let sign = if address.contains('?') { '&' } else { '?' };
    let address = if done.is_empty() { address.to_owned() } else { format!("{address}{sign}done={done}") };
    Redirect::to(&address).into_response()
}
