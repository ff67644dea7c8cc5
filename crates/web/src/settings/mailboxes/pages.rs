//! The pages of mailboxes.

use desk::finding::{Finding, FindingState};
use jiff::Timestamp;
use maud::{Markup, html};
use words::{Language, Words};

use super::super::frame::{Tab, crumb, panel, settings, sheet_head};
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{Filled, Text, checkbox, general_errors, notice, select, text_area};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::slots::{SLOTS, filled as filled_in};
use crate::components::{Icon, icon};

/// How a mailbox does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Health {
    /// It has not been tried.
    Unknown,
    /// It works.
    Good,
    /// It does not, and why.
    Bad(String),
    /// It is switched off.
    Off,
}

/// One mailbox.
#[derive(Clone, Debug)]
pub(crate) struct MailboxShown {
    /// The id as text.
    pub(crate) id: String,
    /// The address.
    pub(crate) address: String,
    /// The name that customers see.
    pub(crate) name: String,
    /// Mail is fetched.
    pub(crate) fetches: bool,
    /// Answers can leave.
    pub(crate) sends: bool,
    /// How it does.
    pub(crate) health: Health,
    /// When it was last connected.
    pub(crate) connected_at: Option<Timestamp>,
    /// What a test has just found.
    pub(crate) findings: Vec<Finding>,
    /// With whom one signs in for it, where it is opened so.
    pub(crate) provider: Option<&'static str>,
}

/// Every field of the form, so that what is wrong with another one is said above it.
const FIELDS: &[&str] = &[
    "address",
    "name",
    "aliases",
    "imap_host",
    "imap_port",
    "imap_username",
    "imap_password",
    "imap_folder",
    "after_fetch",
    "move_to",
    "sent_folder",
    "smtp_host",
    "smtp_port",
    "smtp_username",
    "smtp_password",
    "auto_reply",
    "per_hour",
    "ca_pem",
    "authserv_id",
    "oauth_provider",
    "oauth_client_id",
    "oauth_client_secret",
    "oauth_authorize_url",
    "oauth_token_url",
    "oauth_scope",
];

/// What customers would be told now, beside the form's fields.
pub(super) const WAIT_NOW: &str = "wait_now";

/// The field of the automatic answer in a language.
pub(super) fn auto_reply_in(language: Language) -> String {
    format!("auto_reply_{}", language.tag())
}

/// The list.
pub(crate) fn list(screen: &Screen, mailboxes: &[MailboxShown]) -> Markup {
    let say = screen.reader.words;
    let add = || button::link_primary("/settings/mailboxes/new", say.mailboxes_connect(), Icon::Plus);
    settings(
        screen,
        Tab::Mailboxes,
        say.settings_mailboxes(),
        html! {
            (sheet_head(say.settings_mailboxes(), say.mailboxes_what(), (!mailboxes.is_empty()).then(add)))
            section.panel aria-label=(say.settings_mailboxes()) {
                @if mailboxes.is_empty() {
                    (empty(Icon::Mail, say.mailboxes_none(), say.mailboxes_none_why(), Some(add())))
                } @else {
                    ul.rows {
                        @for mailbox in mailboxes {
                            li {
                                (icon(Icon::Mail))
                                div.main {
                                    a.title href={ "/settings/mailboxes/" (mailbox.id) } { span.cut { (mailbox.address) } }
                                    span.detail { (mailbox.name) @if let Health::Bad(why) = &mailbox.health { " · " (why) } }
                                }
                                @if !mailbox.sends { (pill(say.mailboxes_cannot_send(), Tone::Warn)) }
                                (health_pill(say, &mailbox.health))
                            }
                        }
                    }
                }
            }
        },
    )
}

/// The form of one mailbox; `mailbox` is `None` for a new one.
pub(crate) fn form(screen: &Screen, mailbox: Option<&MailboxShown>, filled: &Filled) -> Markup {
    let say = screen.reader.words;
    let (title, action) = match mailbox {
        Some(mailbox) => (mailbox.address.as_str(), format!("/settings/mailboxes/{}", mailbox.id)),
        None => (say.mailboxes_connect(), "/settings/mailboxes".to_owned()),
    };
    let kept = if mailbox.is_some() { say.mailboxes_secret_kept() } else { say.mailboxes_secret_new() };
    let existing = filled.value("import_existing") == "on";
    settings(
        screen,
        Tab::Mailboxes,
        title,
        html! {
            div { (crumb("/settings/mailboxes", say.settings_mailboxes())) (sheet_head(title, "", mailbox.map(|mailbox| health_pill(say, &mailbox.health)))) }
            @if let Some(mailbox) = mailbox { (connection(screen, mailbox, &action)) }
            form.sheet method="post" action=(action) {
                (general_errors(filled, FIELDS))
                (panel(say.mailboxes_address(), "", html! { div.panel-body { div.columns {
                    (Text::new("address", say.common_email()).kind("email").placeholder("help@example.com").required().show(filled))
                    (Text::new("name", say.common_name()).hint(say.mailboxes_name_hint()).placeholder(say.mailboxes_name_example()).required().show(filled))
                }
                (text_area("aliases", say.mail_aliases(), "sales@example.com", filled))
                p.hint { (say.mail_aliases_hint()) }
                } }))
                (panel(say.mailboxes_in(), say.mailboxes_in_what(), html! { div.panel-body {
                    (server(say, "imap", filled, "imap.example.com", "993"))
                    (credentials(say, "imap", filled, kept))
                    (Text::new("imap_folder", say.mailboxes_folder()).placeholder("INBOX").show(filled))
                    (checkbox("import_existing", "on", say.mailboxes_import(), say.mailboxes_import_hint(), existing))
                    (folders(say, filled))
                } }))
                (panel(say.mailboxes_out(), say.mailboxes_out_what(), html! { div.panel-body {
                    (server(say, "smtp", filled, "smtp.example.com", "465"))
                    (credentials(say, "smtp", filled, kept))
                } }))
                (panel(say.mailboxes_sending(), "", html! { div.panel-body {
                    (text_area("auto_reply", say.mailboxes_auto_reply(), say.mailboxes_auto_reply_example(), filled))
                    p.hint { (filled_in(&say.mailboxes_auto_reply_hint(SLOTS[0], SLOTS[1]), &[html! { code { "{number}" } }, html! { code { "{subject}" } }])) }
                    p.hint { (filled_in(&say.mailboxes_auto_reply_wait(SLOTS[0]), &[html! { code { "{wait}" } }])) " " (filled.value(WAIT_NOW)) }
                    details.fold open[Language::ALL.iter().any(|language| !filled.value(&auto_reply_in(*language)).is_empty())] {
                        summary { (say.mailboxes_auto_reply_languages()) }
                        p.hint { (say.mailboxes_auto_reply_languages_hint()) }
                        @for language in Language::ALL { (text_area(&auto_reply_in(*language), language.own_name(), "", filled)) }
                    }
                    (Text::new("per_hour", say.mailboxes_per_hour()).kind("number").hint(say.mailboxes_per_hour_hint()).show(filled))
                    (checkbox("reply_tokens", "on", say.mailboxes_reply_tokens(), say.mailboxes_reply_tokens_hint(), filled.value("reply_tokens") == "on"))
                } }))
                (sign_in(say, filled, kept))
                (panel(say.mailboxes_certificate(), say.mailboxes_certificate_what(), html! { div.panel-body {
                    (text_area("ca_pem", say.mailboxes_certificate_pem(), "-----BEGIN CERTIFICATE-----", filled))
                } }))
                (panel(say.mailboxes_forged(), say.mailboxes_forged_what(), html! { div.panel-body {
                    (Text::new("authserv_id", say.mailboxes_authserv()).placeholder("mx.example.com").show(filled))
                } }))
                div.form-foot {
                    (button::primary(if mailbox.is_some() { say.common_save() } else { say.mailboxes_connect_now() }))
                    a.button.quiet href="/settings/mailboxes" { (say.common_cancel()) }
                }
            }
        },
    )
}

/// How it does, and the buttons that try it or rest it.
fn connection(screen: &Screen, mailbox: &MailboxShown, action: &str) -> Markup {
    let say = screen.reader.words;
    let resting = mailbox.health == Health::Off;
    html! {
        @match &mailbox.health {
            Health::Bad(why) => (notice(Icon::Error, "bad", why)),
            Health::Unknown => (notice(Icon::Clock, "", say.mailboxes_first_try())),
            Health::Off => (notice(Icon::Info, "", say.mailboxes_paused_what())),
            Health::Good => {},
        }
        section.panel aria-label=(say.mailboxes_connection()) {
            div.panel-body {
                dl.facts {
                    dt { (say.mailboxes_takes_in()) } dd { (if mailbox.fetches { say.mailboxes_by_imap() } else { say.mailboxes_by_delivery() }) }
                    dt { (say.mailboxes_sends_answers()) } dd { (if mailbox.sends { say.mailboxes_by_smtp() } else { say.mailboxes_no() }) }
                    @if let Some(at) = mailbox.connected_at { dt { (say.mailboxes_last_connected()) } dd { (screen.reader.moment(at)) } }
                }
            }
            @if !mailbox.findings.is_empty() { (findings(say, &mailbox.findings)) }
            div.form-foot.panel-foot {
                @if let Some(provider) = mailbox.provider {
                    a.button.primary href={ (action) "/sign-in" } { (say.mailboxes_sign_in_with(provider)) }
                }
                @if resting { (button::post(&format!("{action}/activation"), &[("active", "yes")], button::plain(say.mailboxes_resume()))) }
                @else {
                    (button::post(&format!("{action}/test"), &[], html! { button.button type="submit" { (icon(Icon::Refresh)) (say.mailboxes_test()) } }))
                    (button::post(&format!("{action}/activation"), &[("active", "no")], button::danger(say.mailboxes_pause())))
                }
            }
        }
    }
}

/// What is done with mail on its server, and whether mail sent by other programs is taken in.
fn folders(say: Words, filled: &Filled) -> Markup {
    let after = [
        ("keep", say.mailboxes_after_keep()),
        ("move", say.mailboxes_after_move()),
        ("delete", say.mailboxes_after_delete()),
    ]
    .map(|(value, words)| (value.to_owned(), words.to_owned()));
    let follow = filled.value("follow_sent") == "on";
    html! {
        div.columns {
            (select("after_fetch", say.mailboxes_after(), &after, filled.value("after_fetch"), say.mailboxes_after_hint()))
            (Text::new("move_to", say.mailboxes_move_to()).hint(say.mailboxes_move_to_hint()).placeholder("Rapport").show(filled))
        }
        (checkbox("follow_sent", "on", say.mailboxes_follow(), say.mailboxes_follow_hint(), follow))
        (Text::new("sent_folder", say.mailboxes_sent_folder()).hint(say.mailboxes_sent_folder_hint()).placeholder("Sent").show(filled))
    }
}

/// What a test found, one line a check; the state is said in words, too.
fn findings(say: Words, findings: &[Finding]) -> Markup {
    html! {
        ul.rows.findings aria-label=(say.mailboxes_findings()) {
            @for finding in findings {
                li {
                    div.main { span.title { (finding.check) } span.detail { (finding.words) } }
                    (match finding.state {
                        FindingState::Ok => pill(say.common_works(), Tone::Ok),
                        FindingState::Warn => pill(say.mailboxes_look_at_this(), Tone::Warn),
                        FindingState::Fail => pill(say.mailboxes_does_not_work(), Tone::Bad),
                    })
                }
            }
        }
    }
}

/// How the mailbox is opened.
fn sign_in(say: Words, filled: &Filled, kept: &str) -> Markup {
    let ways = [
        ("password", say.mailboxes_way_password().to_owned()),
        ("google", say.mailboxes_sign_in_with("Google")),
        ("microsoft", say.mailboxes_sign_in_with("Microsoft")),
        ("custom", say.mailboxes_way_custom().to_owned()),
    ]
    .map(|(value, words)| (value.to_owned(), words));
    let custom = filled.value("oauth_provider") == "custom";
    panel(
        say.mailboxes_sign_in(),
        say.mailboxes_sign_in_what(),
        html! { div.panel-body {
            (select("oauth_provider", say.mailboxes_opened(), &ways, filled.value("oauth_provider"), ""))
            div.columns {
                (Text::new("oauth_client_id", say.mailboxes_client_id()).show(filled))
                (Text::new("oauth_client_secret", say.mailboxes_client_secret()).kind("password").hint(kept).autocomplete("new-password").show(filled))
            }
            details.fold open[custom] {
                summary { (say.mailboxes_other_addresses()) }
                (Text::new("oauth_authorize_url", say.mailboxes_authorize_url()).placeholder("https://login.example.com/authorize").show(filled))
                (Text::new("oauth_token_url", say.mailboxes_token_url()).placeholder("https://login.example.com/token").show(filled))
                (Text::new("oauth_scope", say.mailboxes_scope()).show(filled))
            }
        } },
    )
}

fn server(say: Words, protocol: &str, filled: &Filled, host: &str, port: &str) -> Markup {
    let security = [("tls", say.mailboxes_tls()), ("start_tls", "STARTTLS"), ("none", say.mailboxes_not_encrypted())]
        .map(|(value, words)| (value.to_owned(), words.to_owned()));
    let name = |field: &str| format!("{protocol}_{field}");
    html! {
        div.with-port {
            (Text::new(&name("host"), say.mailboxes_server()).placeholder(host).show(filled))
            (Text::new(&name("port"), say.mailboxes_port()).kind("number").placeholder(port).show(filled))
        }
        (select(&name("security"), say.mailboxes_encryption(), &security, filled.value(&name("security")), ""))
    }
}

fn credentials(say: Words, protocol: &str, filled: &Filled, kept: &str) -> Markup {
    let name = |field: &str| format!("{protocol}_{field}");
    html! {
        div.columns {
            (Text::new(&name("username"), say.mailboxes_user_name()).show(filled))
            (Text::new(&name("password"), say.common_password()).kind("password").hint(kept).autocomplete("new-password").show(filled))
        }
    }
}

fn health_pill(say: Words, health: &Health) -> Markup {
    match health {
        Health::Unknown => pill(say.mailboxes_not_tried(), Tone::Quiet),
        Health::Good => pill(say.common_works(), Tone::Ok),
        Health::Bad(_) => pill(say.mailboxes_trouble(), Tone::Bad),
        Health::Off => pill(say.common_paused(), Tone::Quiet),
    }
}
