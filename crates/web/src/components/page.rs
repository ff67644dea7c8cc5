//! The document around every page, and the rail of the signed-in desk.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use words::Words;

use super::avatar::{Size, avatar};
use super::menu::{Place, link_item, menu};
use super::time::Reader;
use super::{Icon, icon};
use crate::assets;
use crate::inbox::list::{count_id, count_words};
use crate::inbox::shortcuts;
use crate::settings::keyboard::keys::Chosen;

/// Who looks at the page.
#[derive(Clone, Debug)]
pub(crate) struct Me {
    /// The agent's id as text.
    pub(crate) id: String,
    /// The name that customers and colleagues see.
    pub(crate) name: String,
    /// The address for signing in.
    pub(crate) email: String,
    /// May change the settings of the whole desk.
    pub(crate) admin: bool,
}

/// What every page of the signed-in desk needs to know.
#[derive(Clone, Debug)]
pub(crate) struct Screen {
    /// When and where it is read.
    pub(crate) reader: Reader,
    /// Who looks.
    pub(crate) me: Me,
    /// Whether single keys do something.
    pub(crate) shortcuts: bool,
    /// Whether rows can be swiped on a phone.
    pub(crate) swipe: bool,
    /// Keys that they chose in place of the desk's own.
    pub(crate) keys: Chosen,
    /// `system`, `light` or `dark`.
    pub(crate) theme: String,
    /// The number of the last event that the page knows of; live updates start behind it.
    pub(crate) sequence: i64,
    /// What was just done, to be said once.
    pub(crate) done: Option<String>,
    /// How many notifications the viewer has not read.
    pub(crate) unread: u64,
    /// How many of the first steps are done, of how many, while their list is shown to the viewer.
    pub(crate) first_steps: Option<(usize, usize)>,
}

/// Where in the desk a page belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Area {
    /// Conversations.
    Inbox,
    /// Customers and organisations.
    Customers,
    /// Linked problems.
    Problems,
    /// How well the desk does.
    Reports,
    /// Search over everything.
    Search,
    /// What one is told.
    Notifications,
    /// Settings.
    Settings,
}

/// A page for people who are not signed in, or an error page.
pub(crate) fn door(words: Words, title: &str, content: Markup) -> Markup {
    document(
        words,
        title,
        "system",
        html! {
            body {
                main.door id="main" { div.door-card { (content) } }
            }
        },
    )
}

/// The name of the house with its sign.
pub(crate) fn brand() -> Markup {
    html! { span.brand { img src=(assets::url("favicon.svg")) alt="" width="28" height="28"; "Rapport" } }
}

/// A page of the signed-in desk: rail, content, and what lies above it.
pub(crate) fn desk(screen: &Screen, title: &str, place: Area, content: Markup) -> Markup {
    let say = screen.reader.words;
    document(
        screen.reader.words,
        title,
        &screen.theme,
        html! {
            body.app data-live="/live" data-sequence=(screen.sequence) data-me=(screen.me.id) data-my-name=(screen.me.name)
                data-keys=[(!screen.shortcuts).then_some("off")] data-swipe=[(!screen.swipe).then_some("off")] data-done=[screen.done.as_deref()] {
                a.skip href="#main" { (say.common_skip()) }
                (rail(screen, place))
                (content)
                p.offline-words role="status" { (screen.reader.words.offline_reading()) }
                div.connection id="connection" role="status" {}
                div.toasts id="toasts" role="status" aria-live="polite" {}
                (shortcuts::help_dialog(say, screen.shortcuts, &screen.keys))
                (palette(say))
                // Data, not a script: the browser reads it and runs nothing.
                script type="application/json" id="words" { (PreEscaped(say.scripts())) }
            }
        },
    )
}

fn document(words: Words, title: &str, theme: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(words.tag()) dir=(words.direction().name()) data-theme=(theme) {
            head {
                meta charset="utf-8";
                title { (title) " · Rapport" }
                meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                link rel="icon" type="image/svg+xml" href=(assets::url("favicon.svg"));
                link rel="manifest" href="/manifest.webmanifest";
                link rel="apple-touch-icon" href=(assets::url("images/icon-180.png"));
                meta name="theme-color" content="#2f5bd0";
                link rel="stylesheet" href=(assets::url("app.css"));
                @for module in assets::modules() { link rel="modulepreload" href=(module); }
                script type="module" src=(assets::url("js/main.js")) {}
            }
            (body)
        }
    }
}

fn rail(screen: &Screen, place: Area) -> Markup {
    let say = screen.reader.words;
    let link = |href: &str, picture: Icon, label: &str, keys: &str, here: bool, end: bool| {
        html! {
            a.rail-link.end[end] href=(href) aria-label=(label) aria-current=[here.then_some("page")] aria-keyshortcuts=[(!keys.is_empty()).then_some(keys)] {
                (icon(picture))
                span.tip aria-hidden="true" { (label) @if !keys.is_empty() { kbd { (keys) } } }
            }
        }
    };
    let bell = "g o";
    html! {
        nav.rail aria-label="Rapport" {
            (link("/inbox/open", Icon::Inbox, say.frame_inbox(), "g i", place == Area::Inbox, false))
            (link("/customers", Icon::Users, say.customers_title(), "g c", place == Area::Customers, false))
            (link("/problems", Icon::Problem, say.problems_title(), "g p", place == Area::Problems, false))
            (link("/reports", Icon::Chart, say.reports_title(), "g e", place == Area::Reports, false))
            (link("/search", Icon::Search, say.frame_search(), "/", place == Area::Search, false))
            a.rail-link href="/notifications" aria-current=[(place == Area::Notifications).then_some("page")] aria-keyshortcuts=(bell) {
                (icon(Icon::Bell))
                span.visually-hidden { (say.notifications_title()) " " }
                span.badge-count id=(count_id("notifications")) { (count_words(screen.unread)) }
                span.tip aria-hidden="true" { (say.notifications_title()) kbd { (bell) } }
            }
            @if let Some((done, all)) = screen.first_steps {
                a.rail-link.steps.end href="/welcome" {
                    (icon(Icon::Flag))
                    span.visually-hidden { (say.welcome_title()) ", " (say.welcome_of(done, all)) }
                    progress max=(all) value=(done) aria-hidden="true" {}
                    span.tip aria-hidden="true" { (say.welcome_title()) " · " (say.welcome_of(done, all)) }
                }
            }
            button.rail-link.needs-script.end[screen.first_steps.is_none()] type="button" aria-label=(say.frame_help()) data-does="help" {
                (icon(Icon::Help))
                span.tip aria-hidden="true" { (say.frame_keyboard()) kbd { "?" } }
            }
            (link("/settings", Icon::Settings, say.frame_settings(), "g s", place == Area::Settings, false))
            button.rail-link type="button" popovertarget="account-menu" aria-label=(say.frame_account_of(&screen.me.name)) { (avatar(&screen.me.name, Size::Usual)) }
            (menu("account-menu", say.frame_account(), Place::Start, html! {
                p.menu-head { (screen.me.name) br; (screen.me.email) }
                hr;
                (link_item("/settings/profile", Icon::User, say.frame_profile(), None))
                (link_item("/settings/keyboard", Icon::Keyboard, say.frame_keyboard(), None))
                hr;
                form method="post" action="/sign-out" { button.menu-item type="submit" { (icon(Icon::SignOut)) (say.frame_sign_out()) } }
            }))
        }
    }
}

fn palette(say: Words) -> Markup {
    html! {
        dialog.palette id="palette" aria-label=(say.frame_commands()) {
            input.palette-input id="palette-input" type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" aria-label=(say.frame_type_a_command()) placeholder=(say.frame_type_a_command_here()) autocomplete="off" spellcheck="false";
            div.palette-list id="palette-list" role="listbox" aria-label=(say.frame_commands()) {}
        }
    }
}
