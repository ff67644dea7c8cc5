//! One's own name, password and sessions.

use jiff::Timestamp;
use maud::{Markup, html};
use words::Language;

use super::super::frame::{Tab, panel, settings, sheet_head};
use crate::components::button;
use crate::components::field::{Filled, Text, general_errors, select};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::{Icon, icon};

/// A browser in which the viewer is signed in.
#[derive(Clone, Debug)]
pub(crate) struct SessionShown {
    /// The browser, as it calls itself.
    pub(crate) browser: String,
    /// When it signed in.
    pub(crate) since: Timestamp,
    /// When it last asked for something.
    pub(crate) seen: Timestamp,
    /// It is the one that asks.
    pub(crate) current: bool,
}

/// The page.
pub(crate) fn page(screen: &Screen, name: &Filled, password: &Filled, sessions: &[SessionShown]) -> Markup {
    let undo = [
        ("0", "Off"),
        ("5", "5 seconds"),
        ("10", "10 seconds"),
        ("20", "20 seconds"),
        ("30", "30 seconds"),
        ("60", "A minute"),
    ]
    .map(|(value, words)| (value.to_owned(), words.to_owned()));
    let themes = [("system", "As the system has it"), ("light", "Light"), ("dark", "Dark")]
        .map(|(value, words)| (value.to_owned(), words.to_owned()));
    let words = screen.reader.words;
    let own_names = Language::ALL.iter().map(|language| (language.tag().to_owned(), language.own_name().to_owned()));
    let languages: Vec<(String, String)> =
        std::iter::once((String::new(), words.profile_language_of_browser().to_owned())).chain(own_names).collect();
    settings(
        screen,
        Tab::Profile,
        "Profile",
        html! {
            (sheet_head("Profile", "What belongs to you alone.", None))
            (panel("You", "", html! {
                form method="post" action="/settings/profile" {
                    div.panel-body {
                        (general_errors(name, &["name"]))
                        div.columns {
                            (Text::new("name", "Name").hint("Customers see it on your answers.").required().autocomplete("name").show(name))
                            (select("theme", "Appearance", &themes, name.value("theme"), ""))
                            (select("language", words.profile_language(), &languages, name.value("language"), words.profile_language_hint()))
                            (select("undo_seconds", "Undo send", &undo, name.value("undo_seconds"), "How long an answer waits before it leaves, so that it can be called back."))
                        }
                        (Text::new("time_zone", "Time zone").hint("As Europe/Warsaw. Empty: the one of your browser.").show(name))
                        p.secret-note { "You sign in as " strong { (screen.me.email) } ". An administrator can change the address." }
                    }
                    div.form-foot.panel-foot { (button::primary("Save")) }
                }
            }))
            (panel("Password", "Changing it signs you out everywhere else.", html! {
                form method="post" action="/settings/password" {
                    div.panel-body {
                        (general_errors(password, &["current", "password"]))
                        input.visually-hidden type="email" name="username" value=(screen.me.email) autocomplete="username" readonly tabindex="-1" aria-hidden="true";
                        div.columns {
                            (Text::new("current", "Current password").kind("password").required().autocomplete("current-password").show(password))
                            (Text::new("password", "New password").kind("password").hint("At least 10 characters.").required().autocomplete("new-password").show(password))
                        }
                    }
                    div.form-foot.panel-foot { (button::primary("Change password")) }
                }
            }))
            (panel("Signed in on", "", html! {
                ul.rows {
                    @for session in sessions {
                        li {
                            (icon(Icon::Device))
                            div.main {
                                span.title { span.cut { (session.browser) } @if session.current { (pill("This browser", Tone::Accent)) } }
                                span.detail { "Since " (screen.reader.moment(session.since)) " · last used " (screen.reader.moment(session.seen)) }
                            }
                        }
                    }
                }
                form.form-foot.panel-foot method="post" action="/sign-out/everywhere" { (button::danger("Sign out everywhere")) }
            }))
        },
    )
}
