//! The frame of all settings pages: their list at the side, a sheet in the middle.

use maud::{Markup, html};
use words::Words;

use crate::components::page::{Area, Screen, desk};
use crate::components::{Icon, icon};
use crate::inbox::shortcuts::Say;

/// The pages of settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    /// Name, password, sessions.
    Profile,
    /// Single keys.
    Keyboard,
    /// What one is told.
    Notifications,
    /// Words and actions that are used again.
    Macros,
    /// Agents.
    People,
    /// Teams.
    Teams,
    /// When the desk is open.
    Hours,
    /// By when things are due.
    Levels,
    /// What happens by itself.
    Rules,
    /// What is promised, and who is planned when.
    Staffing,
    /// Types of conversations and their fields.
    Fields,
    /// Playbooks.
    Procedures,
    /// Ways in and out of mail.
    Mailboxes,
    /// Mail that could not be read, addresses that could not be reached.
    Quarantine,
    /// Domains that mail is signed for.
    Domains,
    /// What is masked in mail.
    Redaction,
    /// What the interface says.
    Languages,
    /// Work that did not succeed.
    Jobs,
}

/// A page in the navigation: which, where, its picture and its title.
pub(crate) type Page = (Tab, &'static str, Icon, Say);

/// Everybody's own.
pub(crate) const OWN: &[Page] = &[
    (Tab::Profile, "/settings/profile", Icon::User, Words::settings_profile),
    (Tab::Keyboard, "/settings/keyboard", Icon::Keyboard, Words::settings_keyboard),
    (Tab::Notifications, "/settings/notifications", Icon::Bell, Words::notifications_title),
    (Tab::Macros, "/settings/macros", Icon::Macro, Words::macros_title),
];

/// The desk's.
pub(crate) const DESK: &[Page] = &[
    (Tab::People, "/settings/people", Icon::Users, Words::settings_people),
    (Tab::Teams, "/settings/teams", Icon::Archive, Words::settings_teams),
    (Tab::Hours, "/settings/hours", Icon::Clock, Words::hours_title),
    (Tab::Levels, "/settings/service-levels", Icon::Waiting, Words::clocks_title),
    (Tab::Rules, "/settings/rules", Icon::Rule, Words::rules_title),
    (Tab::Staffing, "/settings/staffing", Icon::Chart, Words::staffing_settings),
    (Tab::Fields, "/settings/fields", Icon::Filter, Words::fields_title),
    (Tab::Procedures, "/settings/procedures", Icon::Check, Words::procedures_title),
    (Tab::Mailboxes, "/settings/mailboxes", Icon::Mail, Words::settings_mailboxes),
    (Tab::Redaction, "/settings/redaction", Icon::Edit, Words::settings_masking),
    (Tab::Quarantine, "/settings/quarantine", Icon::Warning, Words::settings_trouble),
    (Tab::Domains, "/settings/domains", Icon::Ok, Words::settings_domains),
    (Tab::Languages, "/settings/languages", Icon::Flag, Words::settings_languages),
    (Tab::Jobs, "/settings/jobs", Icon::Requeue, Words::settings_jobs),
];

/// A page of settings. `head` is its title with what it is for; `content` its panels.
pub(crate) fn settings(screen: &Screen, tab: Tab, title: &str, content: Markup) -> Markup {
    framed(screen, Some(tab), title, content)
}

/// The page that all of them are found on.
pub(crate) fn home(screen: &Screen, title: &str, content: Markup) -> Markup {
    framed(screen, None, title, content)
}

fn framed(screen: &Screen, tab: Option<Tab>, title: &str, content: Markup) -> Markup {
    let say = screen.reader.words;
    let list = |entries: &[Page]| {
        html! {
            @for (entry, href, picture, words) in entries {
                a.view-link href=(href) aria-current=[(Some(*entry) == tab).then_some("page")] { (icon(*picture)) span { (words(say)) } }
            }
        }
    };
    desk(
        screen,
        title,
        Area::Settings,
        html! {
            div.settings {
                nav.settings-nav aria-label=(say.settings_title()) {
                    a.view-link href="/settings" aria-current=[tab.is_none().then_some("page")] { (icon(Icon::Search)) span { (say.find_settings()) } }
                    h2 { (say.settings_you()) }
                    (list(OWN))
                    @if screen.me.admin { h2 { (say.settings_desk()) } (list(DESK)) }
                }
                main.settings-main id="main" tabindex="-1" { div.sheet { (content) } }
            }
        },
    )
}

/// The head of a sheet.
pub(crate) fn sheet_head(title: &str, sentence: &str, action: Option<Markup>) -> Markup {
    html! {
        header.sheet-head {
            div.words { h1 { (title) } @if !sentence.is_empty() { p { (sentence) } } }
            @if let Some(action) = action { (action) }
        }
    }
}

/// The way back from a sheet to the list it belongs to.
pub(crate) fn crumb(href: &str, words: &str) -> Markup {
    html! { a.crumb href=(href) { (crate::components::small_icon(Icon::Back)) (words) } }
}

/// A panel with a heading.
pub(crate) fn panel(title: &str, sentence: &str, content: Markup) -> Markup {
    html! {
        section.panel aria-label=(title) {
            header { div.grow { h2 { (title) } @if !sentence.is_empty() { p { (sentence) } } } }
            (content)
        }
    }
}
