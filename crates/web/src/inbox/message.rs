//! One message, one event.

use maud::{Markup, html};

use super::shapes::{Delivery, Entry, FileShown, MessageShown, MessageText, Side, size_words};
use crate::components::prose::{cleaned, paragraphs};
use crate::components::time::Reader;
use crate::components::{Icon, icon, small_icon};

/// A message or an event, with the id `m-…` by which it is replaced.
pub(crate) fn entry(entry: &Entry, reader: &Reader) -> Markup {
    match entry {
        Entry::Message(message) => article(message, reader),
        Entry::Event { id, words, other, undo, at } => html! {
            div.event-line id={ "m-" (id) } {
                (words)
                @if let Some(number) = other { " " a.link href={ "/c/" (number) } { "#" (number) } }
                " " (reader.clock(*at))
                @if let Some(undo) = undo {
                    " " form.inline method="post" action={ "/rearrangements/" (undo) "/undo" } { button.link type="submit" { "Undo" } }
                }
            }
        },
    }
}

fn article(message: &MessageShown, reader: &Reader) -> Markup {
    let failed = matches!(message.delivery, Some(Delivery::Failed(_)));
    html! {
        article.message.agent[message.side == Side::Agent].note[message.side == Side::Note].failed[failed] id={ "m-" (message.id) } data-message=(message.message_id) {
            header {
                span.from dir="auto" { (message.from) }
                @if let Some(address) = &message.address { span.muted { (address) } }
                @if message.side == Side::Note { span.badge { "Internal note" } }
                @if message.automatic { span.badge { "Automatic" } }
                (reader.clock(message.at))
                a.icon-button.tight.message-more href={ "/messages/" (message.message_id) } aria-label="About this message" title="About this message: why it is here, split off, move" { (small_icon(Icon::More)) }
            }
            @if let Some(doubt) = &message.doubt { (suspicion(doubt)) }
            div.message-body dir="auto" {
                @match &message.words {
                    MessageText::Plain(text) => (paragraphs(text)),
                    MessageText::Written(html) => (cleaned(html)),
                }
            }
            @if message.more {
                details.fold.quoted data-whole={ "/messages/" (message.message_id) "/text" } {
                    summary aria-label="Whole text with quotes" title="Whole text with quotes" { "···" }
                    div.quoted-text dir="auto" { a.link href={ "/messages/" (message.message_id) "/text" } { "The whole text" } }
                }
            }
            (files(&message.files))
            @for warning in &message.warnings { p.delivery.odd { (icon(Icon::Warning)) (warning) } }
            @if message.original { (original(&message.message_id, message.raw)) }
            @if let Some(delivery) = &message.delivery { (delivery_line(delivery, &message.message_id, reader)) }
        }
    }
}

/// Stands before the text, so that it is read and heard first.
fn suspicion(doubt: &str) -> Markup {
    html! {
        div.notice.warn.suspicion role="note" aria-label="Warning about the sender" {
            (icon(Icon::Warning))
            p { strong { "This may not be from who it says." } " " (doubt) " Ask them by another way before you act on it." }
        }
    }
}

/// The sender's own formatting, in a frame that can do nothing; remote pictures only when asked for.
fn original(id: &str, raw: bool) -> Markup {
    html! {
        details.fold {
            summary { (small_icon(Icon::Mail)) "Original formatting" }
            div.original {
                iframe src={ "/messages/" (id) "/body" } name={ "body-" (id) } title="Message with its original formatting" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" {}
                p.tools {
                    a.link href={ "/messages/" (id) "/body?images=load" } target={ "body-" (id) } { "Load remote images" }
                    a.link href={ "/messages/" (id) "/body" } target="_blank" rel="noopener" { "Open on a page of its own" }
                    @if raw { a.link href={ "/messages/" (id) "/raw" } download={ (id) ".eml" } { "Download the e-mail" } }
                }
            }
        }
    }
}

fn files(files: &[FileShown]) -> Markup {
    html! {
        @if !files.is_empty() {
            ul.attachments aria-label="Attachments" {
                @for file in files {
                    li {
                        @if file.picture {
                            a.thumbnail href=(file.url) target="_blank" rel="noopener" { img src=(file.url) alt=(file.name) loading="lazy"; }
                        } @else {
                            a.attachment href=(file.url) download=(file.name) { (icon(Icon::File)) span.cut { (file.name) } span.size { (size_words(file.size)) } }
                        }
                    }
                }
            }
        }
    }
}

fn delivery_line(delivery: &Delivery, id: &str, reader: &Reader) -> Markup {
    let act = |what: &str, words: &str| {
        html! { form.inline method="post" action={ "/messages/" (id) "/" (what) } { button.link type="submit" { (words) } } }
    };
    match delivery {
        Delivery::Waiting { at, scheduled: true } => {
            html! { div.delivery { (icon(Icon::Clock)) span { "Leaves " (reader.moment(*at)) ", unless the customer writes first" } (act("send-now", "Send now")) (act("recall", "Call back")) } }
        }
        Delivery::Waiting { scheduled: false, .. } => {
            html! { div.delivery { (icon(Icon::Clock)) span { "Leaves in a few seconds" } (act("recall", "Undo")) } }
        }
        Delivery::Queued => html! { p.delivery { (icon(Icon::Clock)) "Sending" } },
        Delivery::Deferred(why) => {
            html! { p.delivery { (icon(Icon::Clock)) "Not taken yet, it is tried again: " (why) } }
        }
        Delivery::Sent => html! { p.delivery { (icon(Icon::Check)) "Sent" } },
        Delivery::Failed(why) => {
            html! { div.delivery.bad { (icon(Icon::Error)) span { "Not delivered: " (why) } (act("send-again", "Send again")) } }
        }
        Delivery::Unconfirmed => {
            html! { div.delivery.bad { (icon(Icon::Warning)) span { "The connection broke while this was handed over; it may or may not have arrived." } (act("send-again", "Send again")) (act("confirm-sent", "It arrived")) } }
        }
    }
}

/// What a message of the viewer looks like before the server has answered; scripts clone it.
pub(crate) fn template(name: &str) -> Markup {
    html! {
        template id="pending-message" {
            article.message.agent.pending {
                header { span.from dir="auto" { (name) } span.badge hidden { "Internal note" } span.muted { "now" } }
                div.message-body dir="auto" {}
                p.delivery { span.when-pending { (icon(Icon::Clock)) } span.when-failed { (icon(Icon::Error)) } span.words { "Sending" } button.link type="button" hidden { "Retry" } }
            }
        }
    }
}
