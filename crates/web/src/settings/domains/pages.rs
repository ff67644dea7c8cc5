//! The page of domains.

use base::mail::dkim::Algorithm;
use desk::domains::{MailDomain, Published};
use maud::{Markup, html};

use super::super::frame::{Tab, panel, settings, sheet_head};
use crate::components::Icon;
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{Filled, Text, general_errors, notice, select};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};

/// All domains, each with its record, and the form for a new one. `found` is what was just looked up for one of them.
pub(crate) fn list(
    screen: &Screen,
    domains: &[MailDomain],
    found: Option<&(String, Published)>,
    filled: &Filled,
) -> Markup {
    settings(
        screen,
        Tab::Domains,
        "Domains",
        html! {
            (sheet_head("Domains", "Signed mail (DKIM) is told from forged mail, and arrives where unsigned mail is refused.", None))
            @if domains.is_empty() {
                section.panel aria-label="Domains" {
                    (empty(Icon::Ok, "No mail is signed here yet", "Add the domain of your mailboxes, unless the server that they send through signs for it already.", None))
                }
            }
            @for domain in domains {
                (one(domain, found.filter(|(name, _)| *name == domain.domain).map(|(_, found)| found)))
            }
            (panel("Add a domain", "Keys are drawn; the private one is stored encrypted and never shown.", html! {
                form method="post" action="/settings/domains" {
                    div.panel-body {
                        (general_errors(filled, &["domain"]))
                        (Text::new("domain", "Domain").required().placeholder("example.com").show(filled))
                        (select("algorithm", "Kind of key", &kinds(), filled.value("algorithm"), "Every receiver understands RSA."))
                    }
                    div.form-foot.panel-foot { (button::primary("Add")) }
                }
            }))
        },
    )
}

fn kinds() -> [(String, String); 2] {
    [("rsa", "RSA, 2048 bits"), ("ed25519", "Ed25519")].map(|(value, words)| (value.to_owned(), words.to_owned()))
}

fn one(domain: &MailDomain, found: Option<&Published>) -> Markup {
    let kind = match domain.algorithm {
        Algorithm::Rsa => "RSA, 2048 bits",
        Algorithm::Ed25519 => "Ed25519",
    };
    let action = |what: &str| format!("/settings/domains/{what}");
    let name = domain.domain.as_str();
    html! {
        section.panel aria-label=(name) {
            header {
                div.grow { h2 { (name) } p { "Publish this record with the provider of the domain's DNS." } }
                @if domain.active { (pill("Signs", Tone::Ok)) } @else { (pill("Does not sign yet", Tone::Quiet)) }
            }
            div.panel-body {
                @if let Some(found) = found { (what_was_found(domain, found)) }
                dl.facts { dt { "Kind" } dd { "TXT, " (kind) } }
                (copyable(&format!("name-{name}"), "Name", &domain.record_name()))
                (copyable(&format!("record-{name}"), "Value", &domain.record()))
            }
            div.form-foot.panel-foot {
                (button::post(&action("check"), &[("domain", name)], button::plain("Check now")))
                @if domain.active {
                    (button::post(&action("activation"), &[("domain", name), ("active", "no")], button::plain("Stop signing")))
                } @else {
                    (button::post(&action("activation"), &[("domain", name), ("active", "yes")], button::primary("Start signing")))
                    (button::post(&action("removal"), &[("domain", name)], button::danger("Delete the keys")))
                }
            }
        }
    }
}

/// A text to be taken elsewhere, with a button that scripts show.
fn copyable(id: &str, label: &str, text: &str) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            textarea.input.copyable id=(id) readonly rows="2" spellcheck="false" dir="ltr" { (text) }
            div { button.button type="button" data-copy=(id) hidden { "Copy the " (label.to_lowercase()) } }
        }
    }
}

fn what_was_found(domain: &MailDomain, found: &Published) -> Markup {
    match found {
        Published::Found if domain.active => notice(Icon::Ok, "ok", "The record is published, and mail is signed."),
        Published::Found => notice(Icon::Ok, "ok", "The record is published. Start signing when you like."),
        Published::Missing => notice(
            Icon::Warning,
            "warn",
            "The record is not there yet. After a change it can take up to some hours until it is seen everywhere.",
        ),
        Published::Different(other) => {
            let words = format!("Another record stands there, so signing stays as it is: {other}");
            notice(Icon::Error, "bad", &words)
        }
        Published::Unknown(why) => notice(Icon::Warning, "warn", &format!("It could not be looked up now: {why}.")),
    }
}
