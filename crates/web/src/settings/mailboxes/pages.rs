//! The pages of mailboxes.

use desk::finding::{Finding, FindingState};
use jiff::Timestamp;
use maud::{Markup, html};

use super::super::frame::{Tab, crumb, panel, settings, sheet_head};
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{Filled, Text, checkbox, general_errors, notice, select, text_area};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
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

/// The list.
pub(crate) fn list(screen: &Screen, mailboxes: &[MailboxShown]) -> Markup {
    let add = || button::link_primary("/settings/mailboxes/new", "Connect a mailbox", Icon::Plus);
    settings(
        screen,
        Tab::Mailboxes,
        "Mailboxes",
        html! {
            (sheet_head("Mailboxes", "Mail to these addresses becomes conversations; answers leave from them.", (!mailboxes.is_empty()).then(add)))
            section.panel aria-label="Mailboxes" {
                @if mailboxes.is_empty() {
                    (empty(Icon::Mail, "No mailbox yet", "Connect the address that your customers write to.", Some(add())))
                } @else {
                    ul.rows {
                        @for mailbox in mailboxes {
                            li {
                                (icon(Icon::Mail))
                                div.main {
                                    a.title href={ "/settings/mailboxes/" (mailbox.id) } { span.cut { (mailbox.address) } }
                                    span.detail { (mailbox.name) @if let Health::Bad(why) = &mailbox.health { " · " (why) } }
                                }
                                @if !mailbox.sends { (pill("Cannot send", Tone::Warn)) }
                                (health_pill(&mailbox.health))
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
    let (title, action) = match mailbox {
        Some(mailbox) => (mailbox.address.as_str(), format!("/settings/mailboxes/{}", mailbox.id)),
        None => ("Connect a mailbox", "/settings/mailboxes".to_owned()),
    };
    let kept = if mailbox.is_some() {
        "Leave it empty to keep the one that is stored. It is never shown."
    } else {
        "Stored encrypted. It is never shown again."
    };
    let existing = filled.value("import_existing") == "on";
    let words = screen.reader.words;
    settings(
        screen,
        Tab::Mailboxes,
        title,
        html! {
            div { (crumb("/settings/mailboxes", "Mailboxes")) (sheet_head(title, "", mailbox.map(|mailbox| health_pill(&mailbox.health)))) }
            @if let Some(mailbox) = mailbox { (connection(screen, mailbox, &action)) }
            form.sheet method="post" action=(action) {
                (general_errors(filled, FIELDS))
                (panel("Address", "", html! { div.panel-body { div.columns {
                    (Text::new("address", "E-mail address").kind("email").placeholder("help@example.com").required().show(filled))
                    (Text::new("name", "Name").hint("Customers see it as the sender.").placeholder("Example Support").required().show(filled))
                }
                (text_area("aliases", words.mail_aliases(), "sales@example.com", filled))
                p.hint { (words.mail_aliases_hint()) }
                } }))
                (panel("Mail in (IMAP)", "New mail is noticed at once where the server can say so, otherwise by looking every half minute. Leave the server empty if mail is delivered here by SMTP or LMTP.", html! { div.panel-body {
                    (server("imap", filled, "imap.example.com", "993"))
                    (credentials("imap", filled, kept))
                    (Text::new("imap_folder", "Folder").placeholder("INBOX").show(filled))
                    (checkbox("import_existing", "on", "Take in the mail that is there already", "Otherwise only what comes from now on.", existing))
                    (folders(filled))
                } }))
                (panel("Answers out (SMTP)", "Without it, customers cannot be answered.", html! { div.panel-body {
                    (server("smtp", filled, "smtp.example.com", "465"))
                    (credentials("smtp", filled, kept))
                } }))
                (panel("Sending", "", html! { div.panel-body {
                    (text_area("auto_reply", "Automatic answer to new conversations", "Thank you for writing. Your number is #{number}. We answer within a day.", filled))
                    p.hint { "Empty for none. " code { "{number}" } " and " code { "{subject}" } " are filled in. Each writer gets it once a day at most; machines, lists and no-reply addresses never." }
                    (Text::new("per_hour", "Most messages in an hour").kind("number").hint("As many as the provider allows. The rest waits. Empty for no limit.").show(filled))
                    (checkbox("reply_tokens", "on", "Signed reply addresses", "Answers are asked for at an address such as name+r-…@, so that they find their conversation wherever servers drop references. Only for servers that deliver addresses with a plus.", filled.value("reply_tokens") == "on"))
                } }))
                (sign_in(filled, kept))
                (panel("Certificate authority", "Only for servers whose certificate no public authority has signed.", html! { div.panel-body {
                    (text_area("ca_pem", "Certificate (PEM)", "-----BEGIN CERTIFICATE-----", filled))
                } }))
                (panel("Forged senders", "Your mail server examines where each mail comes from and writes down what it found. Rapport believes only your own server, by the name it signs with. Known providers need no name here.", html! { div.panel-body {
                    (Text::new("authserv_id", "Name of the server in Authentication-Results").placeholder("mx.example.com").show(filled))
                } }))
                div.form-foot {
                    (button::primary(if mailbox.is_some() { "Save" } else { "Connect" }))
                    a.button.quiet href="/settings/mailboxes" { "Cancel" }
                }
            }
        },
    )
}

/// How it does, and the buttons that try it or rest it.
fn connection(screen: &Screen, mailbox: &MailboxShown, action: &str) -> Markup {
    let resting = mailbox.health == Health::Off;
    html! {
        @match &mailbox.health {
            Health::Bad(why) => (notice(Icon::Error, "bad", why)),
            Health::Unknown => (notice(Icon::Clock, "", "It is being tried for the first time. Reload to see how it went.")),
            Health::Off => (notice(Icon::Info, "", "Paused: no mail is taken from it, and answers wait.")),
            Health::Good => {},
        }
        section.panel aria-label="Connection" {
            div.panel-body {
                dl.facts {
                    dt { "Takes mail in" } dd { (if mailbox.fetches { "By IMAP" } else { "By delivery only" }) }
                    dt { "Sends answers" } dd { (if mailbox.sends { "By SMTP" } else { "No" }) }
                    @if let Some(at) = mailbox.connected_at { dt { "Last connected" } dd { (screen.reader.moment(at)) } }
                }
            }
            @if !mailbox.findings.is_empty() { (findings(&mailbox.findings)) }
            div.form-foot.panel-foot {
                @if let Some(provider) = mailbox.provider {
                    a.button.primary href={ (action) "/sign-in" } { "Sign in with " (provider) }
                }
                @if resting { (button::post(&format!("{action}/activation"), &[("active", "yes")], button::plain("Resume"))) }
                @else {
                    (button::post(&format!("{action}/test"), &[], html! { button.button type="submit" { (icon(Icon::Refresh)) "Test the connection" } }))
                    (button::post(&format!("{action}/activation"), &[("active", "no")], button::danger("Pause")))
                }
            }
        }
    }
}

/// What is done with mail on its server, and whether mail sent by other programs is taken in.
fn folders(filled: &Filled) -> Markup {
    let after = [("keep", "Leave it as it was"), ("move", "Move it to a folder"), ("delete", "Delete it")]
        .map(|(value, words)| (value.to_owned(), words.to_owned()));
    let follow = filled.value("follow_sent") == "on";
    html! {
        div.columns {
            (select("after_fetch", "A mail that is stored here", &after, filled.value("after_fetch"), "What happens to it on its server. Rapport keeps its own copy of every mail."))
            (Text::new("move_to", "Move it to").hint("Made when it is missing. Only for mail that is moved.").placeholder("Rapport").show(filled))
        }
        (checkbox("follow_sent", "on", "Take in answers that are written in other mail programs", "They are read from the folder for sent mail and count as answers.", follow))
        (Text::new("sent_folder", "Folder for sent mail").hint("Leave it empty to have it found.").placeholder("Sent").show(filled))
    }
}

/// What a test found, one line a check; the state is said in words, too.
fn findings(findings: &[Finding]) -> Markup {
    html! {
        ul.rows.findings aria-label="What the test found" {
            @for finding in findings {
                li {
                    div.main { span.title { (finding.check) } span.detail { (finding.words) } }
                    (match finding.state {
                        FindingState::Ok => pill("Works", Tone::Ok),
                        FindingState::Warn => pill("Look at this", Tone::Warn),
                        FindingState::Fail => pill("Does not work", Tone::Bad),
                    })
                }
            }
        }
    }
}

/// How the mailbox is opened.
fn sign_in(filled: &Filled, kept: &str) -> Markup {
    let ways = [
        ("password", "By the passwords above"),
        ("google", "Sign in with Google"),
        ("microsoft", "Sign in with Microsoft"),
        ("custom", "Sign in with another provider (OAuth 2.0)"),
    ]
    .map(|(value, words)| (value.to_owned(), words.to_owned()));
    let custom = filled.value("oauth_provider") == "custom";
    panel(
        "Sign-in",
        "Google and Microsoft open mailboxes to programs that somebody lets in, not to passwords. Register Rapport there first; the manual says how. Save, then sign in above.",
        html! { div.panel-body {
            (select("oauth_provider", "The mailbox is opened", &ways, filled.value("oauth_provider"), ""))
            div.columns {
                (Text::new("oauth_client_id", "Client ID").show(filled))
                (Text::new("oauth_client_secret", "Client secret").kind("password").hint(kept).autocomplete("new-password").show(filled))
            }
            details.fold open[custom] {
                summary { "Addresses of another provider" }
                (Text::new("oauth_authorize_url", "Where people say yes").placeholder("https://login.example.com/authorize").show(filled))
                (Text::new("oauth_token_url", "Where tokens are given").placeholder("https://login.example.com/token").show(filled))
                (Text::new("oauth_scope", "Scope").show(filled))
            }
        } },
    )
}

fn server(protocol: &str, filled: &Filled, host: &str, port: &str) -> Markup {
    let security =
        [("tls", "TLS from the start"), ("start_tls", "STARTTLS"), ("none", "Not encrypted (only on this machine)")]
            .map(|(value, words)| (value.to_owned(), words.to_owned()));
    let name = |field: &str| format!("{protocol}_{field}");
    html! {
        div.with-port {
            (Text::new(&name("host"), "Server").placeholder(host).show(filled))
            (Text::new(&name("port"), "Port").kind("number").placeholder(port).show(filled))
        }
        (select(&name("security"), "Encryption", &security, filled.value(&name("security")), ""))
    }
}

fn credentials(protocol: &str, filled: &Filled, kept: &str) -> Markup {
    let name = |field: &str| format!("{protocol}_{field}");
    html! {
        div.columns {
            (Text::new(&name("username"), "User name").show(filled))
            (Text::new(&name("password"), "Password").kind("password").hint(kept).autocomplete("new-password").show(filled))
        }
    }
}

fn health_pill(health: &Health) -> Markup {
    match health {
        Health::Unknown => pill("Not tried yet", Tone::Quiet),
        Health::Good => pill("Works", Tone::Ok),
        Health::Bad(_) => pill("Trouble", Tone::Bad),
        Health::Off => pill("Paused", Tone::Quiet),
    }
}
