//! The page of domains.

use base::mail::dkim::Algorithm;
use desk::domains::{MailDomain, Published};
use maud::{Markup, html};
use words::Words;

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
    let say = screen.reader.words;
    settings(
        screen,
        Tab::Domains,
        say.settings_domains(),
        html! {
            (sheet_head(say.settings_domains(), say.domains_what(), None))
            @if domains.is_empty() {
                section.panel aria-label=(say.settings_domains()) {
                    (empty(Icon::Ok, say.domains_none(), say.domains_none_why(), None))
                }
            }
            @for domain in domains {
                (one(say, domain, found.filter(|(name, _)| *name == domain.domain).map(|(_, found)| found)))
            }
            (panel(say.domains_add(), say.domains_add_what(), html! {
                form method="post" action="/settings/domains" {
                    div.panel-body {
                        (general_errors(filled, &["domain"]))
                        (Text::new("domain", say.domains_domain()).required().placeholder("example.com").show(filled))
                        (select("algorithm", say.domains_kind_of_key(), &kinds(say), filled.value("algorithm"), say.domains_kind_hint()))
                    }
                    div.form-foot.panel-foot { (button::primary(say.common_add())) }
                }
            }))
        },
    )
}

fn kinds(say: Words) -> [(String, String); 2] {
    [("rsa", say.domains_rsa()), ("ed25519", "Ed25519")].map(|(value, words)| (value.to_owned(), words.to_owned()))
}

fn one(say: Words, domain: &MailDomain, found: Option<&Published>) -> Markup {
    let kind = match domain.algorithm {
        Algorithm::Rsa => say.domains_rsa(),
        Algorithm::Ed25519 => "Ed25519",
    };
    let action = |what: &str| format!("/settings/domains/{what}");
    let name = domain.domain.as_str();
    html! {
        section.panel aria-label=(name) {
            header {
                div.grow { h2 { (name) } p { (say.domains_publish()) } }
                @if domain.active { (pill(say.domains_signs(), Tone::Ok)) } @else { (pill(say.domains_does_not_sign(), Tone::Quiet)) }
            }
            div.panel-body {
                @if let Some(found) = found { (what_was_found(say, domain, found)) }
                dl.facts { dt { (say.domains_kind()) } dd { "TXT, " (kind) } }
                (copyable(&format!("name-{name}"), say.common_name(), say.domains_copy_name(), &domain.record_name()))
                (copyable(&format!("record-{name}"), say.domains_value(), say.domains_copy_value(), &domain.record()))
            }
            div.form-foot.panel-foot {
                (button::post(&action("check"), &[("domain", name)], button::plain(say.domains_check_now())))
                @if domain.active {
                    (button::post(&action("activation"), &[("domain", name), ("active", "no")], button::plain(say.domains_stop())))
                } @else {
                    (button::post(&action("activation"), &[("domain", name), ("active", "yes")], button::primary(say.domains_start())))
                    (button::post(&action("removal"), &[("domain", name)], button::danger(say.domains_delete_keys())))
                }
            }
        }
    }
}

/// A text to be taken elsewhere, with a button that scripts show.
fn copyable(id: &str, label: &str, copy: &str, text: &str) -> Markup {
    html! {
        div.field {
            label for=(id) { (label) }
            textarea.input.copyable id=(id) readonly rows="2" spellcheck="false" dir="ltr" { (text) }
            div { button.button type="button" data-copy=(id) hidden { (copy) } }
        }
    }
}

fn what_was_found(say: Words, domain: &MailDomain, found: &Published) -> Markup {
    match found {
        Published::Found if domain.active => notice(Icon::Ok, "ok", say.domains_found_active()),
        Published::Found => notice(Icon::Ok, "ok", say.domains_found()),
        Published::Missing => notice(Icon::Warning, "warn", say.domains_missing()),
        Published::Different(other) => {
            let words = say.domains_different(other);
            notice(Icon::Error, "bad", &words)
        }
        Published::Unknown(why) => notice(Icon::Warning, "warn", &say.domains_unknown(why)),
    }
}
