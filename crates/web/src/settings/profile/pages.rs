//! One's own name, password and sessions.

use jiff::Timestamp;
use maud::{Markup, html};
use words::Language;

use super::super::frame::{Tab, panel, settings, sheet_head};
use crate::components::button;
use crate::components::field::{Filled, Text, general_errors, select};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::slots::{SLOTS, filled};
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
    let say = screen.reader.words;
    let undo = [
        ("0", say.profile_undo_off().to_owned()),
        ("5", say.common_seconds(5)),
        ("10", say.common_seconds(10)),
        ("20", say.common_seconds(20)),
        ("30", say.common_seconds(30)),
        ("60", say.profile_undo_minute().to_owned()),
    ]
    .map(|(value, words)| (value.to_owned(), words));
    let themes = [
        ("system", say.profile_theme_system()),
        ("light", say.profile_theme_light()),
        ("dark", say.profile_theme_dark()),
    ]
    .map(|(value, words)| (value.to_owned(), words.to_owned()));
    let swipes = [("on", say.profile_swipe_on()), ("off", say.profile_undo_off())]
        .map(|(value, words)| (value.to_owned(), words.to_owned()));
    let own_names = Language::ALL.iter().map(|language| (language.tag().to_owned(), language.own_name().to_owned()));
    let languages: Vec<(String, String)> =
        std::iter::once((String::new(), say.profile_language_of_browser().to_owned())).chain(own_names).collect();
    settings(
        screen,
        Tab::Profile,
        say.settings_profile(),
        html! {
            (sheet_head(say.settings_profile(), say.profile_what(), None))
            (panel(say.settings_you(), "", html! {
                form method="post" action="/settings/profile" {
                    div.panel-body {
                        (general_errors(name, &["name"]))
                        div.columns {
                            (Text::new("name", say.common_name()).hint(say.profile_name_hint()).required().autocomplete("name").show(name))
                            (select("theme", say.profile_appearance(), &themes, name.value("theme"), ""))
                            (select("language", say.profile_language(), &languages, name.value("language"), say.profile_language_hint()))
                            (select("undo_seconds", say.profile_undo(), &undo, name.value("undo_seconds"), say.profile_undo_hint()))
                        }
                        (select("swipe", say.profile_swipe(), &swipes, name.value("swipe"), say.profile_swipe_hint()))
                        (Text::new("time_zone", say.profile_time_zone()).hint(say.profile_time_zone_hint()).show(name))
                        p.secret-note { (filled(&say.profile_sign_in_as(SLOTS[0]), &[html! { strong { (screen.me.email) } }])) }
                    }
                    div.form-foot.panel-foot { (button::primary(say.common_save())) }
                }
            }))
            (panel(say.common_password(), say.profile_password_what(), html! {
                form method="post" action="/settings/password" {
                    div.panel-body {
                        (general_errors(password, &["current", "password"]))
                        input.visually-hidden type="email" name="username" value=(screen.me.email) autocomplete="username" readonly tabindex="-1" aria-hidden="true";
                        div.columns {
                            (Text::new("current", say.profile_current_password()).kind("password").required().autocomplete("current-password").show(password))
                            (Text::new("password", say.common_new_password()).kind("password").hint(say.common_password_hint()).required().autocomplete("new-password").show(password))
                        }
                    }
                    div.form-foot.panel-foot { (button::primary(say.profile_change_password())) }
                }
            }))
            (panel(say.profile_signed_in_on(), "", html! {
                ul.rows {
                    @for session in sessions {
                        li {
                            (icon(Icon::Device))
                            div.main {
                                span.title { span.cut { (session.browser) } @if session.current { (pill(say.profile_this_browser(), Tone::Accent)) } }
                                span.detail { (filled(&say.profile_session(SLOTS[0], SLOTS[1]), &[screen.reader.moment(session.since), screen.reader.moment(session.seen)])) }
                            }
                        }
                    }
                }
                form.form-foot.panel-foot method="post" action="/sign-out/everywhere" { (button::danger(say.profile_sign_out_everywhere())) }
            }))
        },
    )
}
