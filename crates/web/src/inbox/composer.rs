//! Where an answer or a note is written. A plain form; scripts add drafts, uploads and keys.

use maud::{Markup, html};
use words::Words;

use super::shapes::{Thread, Upload, size_words};
use crate::components::button;
use crate::components::menu::{Place, menu};
use crate::components::slots::{SLOTS, filled};
use crate::components::time::Reader;
use crate::components::{Icon, icon, small_icon};
use crate::customers::beside;

/// The form. It is never part of what live updates replace.
pub(crate) fn composer(thread: &Thread, reader: &Reader) -> Markup {
    let say = reader.words;
    let draft = &thread.draft;
    html! {
        form.composer id="composer" method="post" action={ "/c/" (thread.number) "/messages" } enctype="multipart/form-data" aria-label=(say.composer_answer()) data-number=(thread.number) {
            (super::thread::origin(thread))
            input type="hidden" name="client_id" value=(thread.client_id);
            input type="hidden" name="seen" value=(thread.last_message);
            div id="composer-warning" role="alert" {
                @if let Some(newer) = &thread.overtaken { (overtaken(say, newer)) }
                @if let Some(names) = &thread.gaps { (gaps(names, reader)) }
                @if thread.unwanted { (beside::do_not_contact(&thread.beside.name, say)) }
                @if let Some(wrong) = &thread.wrong { div.composer-warning { (icon(Icon::Error)) p.words { (wrong) } } }
            }
            div.composer-head {
                fieldset {
                    legend.visually-hidden { (say.composer_what()) }
                    label.kind { input.kind-reply type="radio" name="kind" value="reply" checked[!draft.note] data-does="reply" aria-keyshortcuts="r"; (say.composer_reply()) (button::key("r")) }
                    label.kind { input.kind-note type="radio" name="kind" value="note" checked[draft.note] data-does="note" aria-keyshortcuts="n"; (say.composer_note()) (button::key("n")) }
                }
                p.composer-to.cut {
                    span.for-reply { (say.composer_to(&thread.recipients)) }
                    span.for-note { (say.composer_only_colleagues()) }
                }
            }
            @if !thread.senders.is_empty() {
                p.composer-from {
                    label for="composer-from" { (say.mail_send_from()) }
                    select id="composer-from" name="from" { @for sender in &thread.senders { option value=(sender) selected[*sender == thread.sender] { (sender) } } }
                }
            }
            @if thread.sample { p.composer-sample.for-reply-only { (icon(Icon::Info)) (say.welcome_sample_stays()) } }
            (beside::wishes_line(&thread.beside, reader))
            div.complete id="complete" role="listbox" aria-label={ (say.macros_title()) ", " (say.macros_mention()) } hidden {}
            textarea name="body" id="composer-body" aria-label=(say.composer_message()) placeholder=(say.composer_write_here()) dir="auto" aria-autocomplete="list" aria-controls="complete" { (draft.body) }
            (crate::macros::using::pending(thread, reader))
            (beside::known_lines(&thread.beside, say))
            ul.tray id="tray" aria-label=(say.composer_files_to_send()) { @for upload in &draft.uploads { (upload_item(say, thread.number, upload)) } }
            div.composer-bar {
                input.without-script type="file" name="files" multiple aria-label=(say.composer_attach());
                a.icon-button href={ "/c/" (thread.number) "/macros" } data-macros data-does="macro" aria-label=(say.macros_open()) title={ (say.macros_open()) " (m)" } aria-keyshortcuts="m" { (icon(Icon::Macro)) }
                button.icon-button.needs-script type="button" data-attach aria-label=(say.composer_attach()) title=(say.composer_attach()) { (icon(Icon::Attach)) }
                button.icon-button.needs-script.format type="button" data-wrap="**" aria-label=(say.composer_bold()) title=(say.composer_bold_key()) { (icon(Icon::Bold)) }
                button.icon-button.needs-script.format type="button" data-wrap="_" aria-label=(say.composer_italic()) title=(say.composer_italic_key()) { (icon(Icon::Italic)) }
                button.icon-button.needs-script.format type="button" data-wrap="`" aria-label=(say.composer_code()) title=(say.composer_code_key()) { (icon(Icon::Code)) }
                button.icon-button.needs-script.format type="button" data-wrap="link" aria-label=(say.composer_link()) title=(say.composer_link_key()) { (icon(Icon::Link)) }
                span.saved.cut id="saved" role="status" { @if let Some(at) = draft.saved_at { (filled(&say.composer_saved(SLOTS[0]), &[reader.clock(at)])) } }
                span.joined {
                    button.button.primary type="submit" name="then" value="stay" data-does="send" aria-keyshortcuts="Control+Enter" {
                        span.for-reply-only { (say.composer_send()) } span.for-note-only { (say.composer_add_note()) } (button::key("Ctrl ↵"))
                    }
                    button.button.primary type="button" popovertarget="send-menu" aria-label=(say.composer_more_ways()) { (small_icon(Icon::Down)) }
                }
                (menu("send-menu", say.composer_more_ways(), Place::Above, html! {
                    button.menu-item type="submit" name="then" value="resolve" data-does="send-resolve" aria-keyshortcuts="Control+Shift+Enter" {
                        (icon(Icon::Resolve)) span.for-reply-only { (say.composer_send_and_resolve()) } span.for-note-only { (say.composer_note_and_resolve()) } (button::key("Ctrl ⇧ ↵"))
                    }
                    button.menu-item.for-reply-only type="submit" formaction={ "/c/" (thread.number) "/review/draft" } data-ask-review data-does="ask-review" aria-keyshortcuts="Shift+R" {
                        (icon(Icon::Users)) (say.reviews_ask()) (button::key("R"))
                    }
                    div.menu-later.for-reply-only {
                        hr;
                        p.menu-head { (say.composer_send_later()) }
                        @if let Some(morning) = beside::their_morning(&thread.beside, reader.now) {
                            button.menu-item type="submit" name="later" value="theirs" { (icon(Icon::User)) (say.customers_send_theirs(say.moment(&morning))) }
                        }
                        button.menu-item type="submit" name="later" value="hour" { (icon(Icon::Clock)) (say.composer_in_an_hour()) }
                        button.menu-item type="submit" name="later" value="tomorrow" { (icon(Icon::Clock)) (say.composer_tomorrow()) }
                        button.menu-item type="submit" name="later" value="monday" { (icon(Icon::Clock)) (say.composer_monday()) }
                        div.menu-moment {
                            input.input type="datetime-local" name="at" aria-label=(say.composer_another_moment());
                            button.button type="submit" name="later" value="at" { (say.composer_set()) }
                        }
                        hr;
                    }
                    button.menu-item type="submit" formaction={ "/c/" (thread.number) "/draft/discard" } data-discard { (icon(Icon::Trash)) (say.composer_discard()) }
                }))
            }
        }
    }
}

/// The macros to choose from by keyboard.
pub(crate) fn macro_palette(reader: &Reader) -> Markup {
    let w = reader.words;
    html! {
        dialog.palette id="macro-palette" aria-label=(w.macros_use_title()) {
            input.palette-input id="macro-input" type="text" role="combobox" aria-expanded="true" aria-controls="macro-list" aria-autocomplete="list" aria-label=(w.macros_search()) placeholder=(w.macros_search()) autocomplete="off" spellcheck="false";
            div.palette-list id="macro-list" role="listbox" aria-label=(w.macros_title()) {}
            p.palette-none id="macro-none" role="status" hidden { (w.macros_none_found()) }
        }
    }
}

/// Says what is not filled in, and lets the writer decide.
pub(crate) fn gaps(names: &str, reader: &Reader) -> Markup {
    html! {
        div.composer-warning {
            (icon(Icon::Warning))
            p.words { (reader.words.macros_gaps(names)) }
            button.button type="submit" name="gaps" value="yes" { (reader.words.macros_send_gaps()) }
        }
    }
}

/// Says that somebody was faster, and lets the writer decide. Nothing is lost, nothing is sent by itself.
pub(crate) fn overtaken(say: Words, newer: &str) -> Markup {
    html! {
        div.composer-warning {
            (icon(Icon::Warning))
            p.words { (say.composer_overtaken(newer)) }
            a.button href="#messages" data-review { (say.composer_review()) }
            button.button type="submit" name="anyway" value="yes" { (say.composer_send_anyway()) }
        }
    }
}

/// One file that will be sent.
pub(crate) fn upload_item(say: Words, number: i64, upload: &Upload) -> Markup {
    html! {
        li.attachment {
            (icon(Icon::File)) span.cut { (upload.name) } span.size { (size_words(say, upload.size)) }
            input type="hidden" name="attachment" value=(upload.id);
            button.icon-button.tight type="submit" formnovalidate formaction={ "/c/" (number) "/attachments/" (upload.id) "/removal" } data-remove aria-label=(say.composer_remove(&upload.name)) { (small_icon(Icon::Close)) }
        }
    }
}
