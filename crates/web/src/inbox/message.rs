//! One message, one event.

use desk::conversations::Written;
use maud::{Markup, html};
use words::Words;

use super::invitation::card;
use super::shapes::{Delivery, Entry, FileShown, MessageShown, MessageText, Side, size_words};
use crate::components::prose::{cleaned, paragraphs};
use crate::components::slots::{SLOTS, filled};
use crate::components::time::Reader;
use crate::components::{Icon, icon, small_icon};

/// A message or an event, with the id `m-…` by which it is replaced.
pub(crate) fn entry(entry: &Entry, reader: &Reader) -> Markup {
    let say = reader.words;
    match entry {
        Entry::Message(message) => article(message, reader),
        Entry::Event { id, words, other, undo, at } => html! {
            div.event-line id={ "m-" (id) } {
                (words)
                @if let Some(number) = other { " " a.link href={ "/c/" (number) } { "#" (number) } }
                " " (reader.clock(*at))
                @if let Some(undo) = undo {
                    " " form.inline method="post" action={ "/rearrangements/" (undo) "/undo" } { button.link type="submit" { (say.message_undo()) } }
                }
            }
        },
    }
}

fn article(message: &MessageShown, reader: &Reader) -> Markup {
    let say = reader.words;
    let failed = matches!(message.delivery, Some(Delivery::Failed(_)));
    html! {
        article.message.agent[message.side == Side::Agent].note[message.side == Side::Note].failed[failed] id={ "m-" (message.id) } data-message=(message.message_id) {
            header {
                span.from dir="auto" { (message.from) }
                @if let Some(address) = &message.address { span.muted { (address) } }
                @if message.side == Side::Note { span.badge { (say.message_internal_note()) } }
                @if message.automatic { span.badge { (say.message_automatic()) } }
                (reader.clock(message.at))
                a.icon-button.tight.message-more href={ "/messages/" (message.message_id) } aria-label=(say.message_about()) title=(say.message_about_more()) { (small_icon(Icon::More)) }
            }
            @if let Some(doubt) = &message.doubt { (suspicion(say, doubt)) }
            (written(message.written, reader))
            @if let Some(invitation) = &message.invitation { (card(invitation, reader)) }
            div.message-body dir="auto" lang=[message.language.as_deref()] {
                @match &message.words {
                    MessageText::Plain(text) => (paragraphs(text)),
                    MessageText::Written(html) => (cleaned(html)),
                }
            }
            @if message.more {
                details.fold.quoted data-whole={ "/messages/" (message.message_id) "/text" } {
                    summary aria-label=(say.message_whole_text_with_quotes()) title=(say.message_whole_text_with_quotes()) { "···" }
                    div.quoted-text dir="auto" lang=[message.language.as_deref()] { a.link href={ "/messages/" (message.message_id) "/text" } { (say.message_whole_text()) } }
                }
            }
            (files(say, &message.files))
            @for warning in &message.warnings { p.delivery.odd { (icon(Icon::Warning)) (warning) } }
            @if message.original { (original(say, &message.message_id, message.raw)) }
            @if let Some(who) = &message.approved_by { p.delivery { (icon(Icon::Check)) (say.reviews_message_approved(who)) } }
            @if let Some(delivery) = &message.delivery { (delivery_line(delivery, &message.message_id, reader)) }
        }
    }
}

/// When it was written, where that is not when it arrived.
fn written(written: Written, reader: &Reader) -> Markup {
    let words = reader.words;
    match written {
        Written::WhenItArrived => html! {},
        Written::Before(at) => {
            html! { p.written { (icon(Icon::Clock)) (words.mail_written_before(reader.moment_words(at))) } }
        }
        Written::Unbelievable { claimed } => {
            html! { p.written.odd { (icon(Icon::Warning)) (words.mail_written_unbelievable(reader.moment_words(claimed))) } }
        }
    }
}

/// Stands before the text, so that it is read and heard first.
fn suspicion(say: Words, doubt: &str) -> Markup {
    html! {
        div.notice.warn.suspicion role="note" aria-label=(say.message_warning()) {
            (icon(Icon::Warning))
            p { strong { (say.message_not_from_them()) } " " (doubt) " " (say.message_ask_them()) }
        }
    }
}

/// The sender's own formatting, in a frame that can do nothing; remote pictures only when asked for.
fn original(say: Words, id: &str, raw: bool) -> Markup {
    html! {
        details.fold {
            summary { (small_icon(Icon::Mail)) (say.message_original()) }
            div.original {
                iframe src={ "/messages/" (id) "/body" } name={ "body-" (id) } title=(say.message_with_original()) loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" {}
                p.tools {
                    a.link href={ "/messages/" (id) "/body?images=load" } target={ "body-" (id) } { (say.message_load_images()) }
                    a.link href={ "/messages/" (id) "/body" } target="_blank" rel="noopener" { (say.message_own_page()) }
                    @if raw { a.link href={ "/messages/" (id) "/raw" } download={ (id) ".eml" } { (say.message_download()) } }
                }
            }
        }
    }
}

/// Files to look at or to download.
pub(crate) fn files(say: Words, files: &[FileShown]) -> Markup {
    html! {
        @if !files.is_empty() {
            ul.attachments aria-label=(say.message_attachments()) {
                @for file in files {
                    li {
                        @if file.picture {
                            a.thumbnail href=(file.url) target="_blank" rel="noopener" { img src=(file.url) alt=(file.name) loading="lazy"; }
                        } @else {
                            a.attachment href=(file.url) download=(file.name) { (icon(Icon::File)) span.cut { (file.name) } span.size { (size_words(say, file.size)) } }
                        }
                    }
                }
            }
        }
    }
}

fn delivery_line(delivery: &Delivery, id: &str, reader: &Reader) -> Markup {
    let say = reader.words;
    let act = |what: &str, words: &str| {
        html! { form.inline method="post" action={ "/messages/" (id) "/" (what) } { button.link type="submit" { (words) } } }
    };
    match delivery {
        Delivery::Waiting { at, scheduled: true } => {
            html! { div.delivery { (icon(Icon::Clock)) span { (filled(&say.message_leaves_at(SLOTS[0]), &[reader.moment(*at)])) } (act("send-now", say.message_send_now())) (act("recall", say.message_call_back())) } }
        }
        Delivery::Waiting { scheduled: false, .. } => {
            html! { div.delivery { (icon(Icon::Clock)) span { (say.message_leaves_soon()) } (act("recall", say.message_undo())) } }
        }
        Delivery::Queued => html! { p.delivery { (icon(Icon::Clock)) (say.message_sending()) } },
        Delivery::Deferred(why) => {
            html! { p.delivery { (icon(Icon::Clock)) (say.message_deferred(why)) } }
        }
        Delivery::Kept => html! { p.delivery { (icon(Icon::Info)) (say.welcome_sample_kept()) } },
        Delivery::Sent => html! { p.delivery { (icon(Icon::Check)) (say.message_sent()) } },
        Delivery::Failed(why) => {
            html! { div.delivery.bad { (icon(Icon::Error)) span { (say.message_not_delivered(why)) } (act("send-again", say.message_send_again())) } }
        }
        Delivery::Unconfirmed => {
            html! { div.delivery.bad { (icon(Icon::Warning)) span { (say.message_unconfirmed()) } (act("send-again", say.message_send_again())) (act("confirm-sent", say.message_it_arrived())) } }
        }
    }
}

/// What a message of the viewer looks like before the server has answered; scripts clone it.
pub(crate) fn template(say: Words, name: &str) -> Markup {
    html! {
        template id="pending-message" {
            article.message.agent.pending {
                header { span.from dir="auto" { (name) } span.badge hidden { (say.message_internal_note()) } span.muted { (say.message_now()) } }
                div.message-body dir="auto" {}
                p.delivery { span.when-pending { (icon(Icon::Clock)) } span.when-failed { (icon(Icon::Error)) } span.words { (say.message_sending()) } button.link type="button" hidden { (say.message_retry()) } }
            }
        }
    }
}
