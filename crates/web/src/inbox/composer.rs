//! Where an answer or a note is written. A plain form; scripts add drafts, uploads and keys.

use maud::{Markup, html};

use super::shapes::{Thread, Upload, size_words};
use crate::components::button;
use crate::components::menu::{Place, menu};
use crate::components::time::Reader;
use crate::components::{Icon, icon, small_icon};
use crate::customers::beside;

/// The form. It is never part of what live updates replace.
pub(crate) fn composer(thread: &Thread, reader: &Reader) -> Markup {
    let draft = &thread.draft;
    html! {
        form.composer id="composer" method="post" action={ "/c/" (thread.number) "/messages" } enctype="multipart/form-data" aria-label="Answer" data-number=(thread.number) {
            (super::thread::origin(thread))
            input type="hidden" name="client_id" value=(thread.client_id);
            input type="hidden" name="seen" value=(thread.last_message);
            div id="composer-warning" role="alert" {
                @if let Some(newer) = &thread.overtaken { (overtaken(newer)) }
                @if thread.unwanted { (beside::do_not_contact(&thread.beside.name, reader.words)) }
                @if let Some(wrong) = &thread.wrong { div.composer-warning { (icon(Icon::Error)) p.words { (wrong) } } }
            }
            div.composer-head {
                fieldset {
                    legend.visually-hidden { "What to write" }
                    label.kind { input.kind-reply type="radio" name="kind" value="reply" checked[!draft.note] data-does="reply" aria-keyshortcuts="r"; "Reply" (button::key("r")) }
                    label.kind { input.kind-note type="radio" name="kind" value="note" checked[draft.note] data-does="note" aria-keyshortcuts="n"; "Note" (button::key("n")) }
                }
                p.composer-to.cut {
                    span.for-reply { "To " (thread.recipients) }
                    span.for-note { "Only your colleagues see this" }
                }
            }
            (beside::wishes_line(&thread.beside, reader))
            textarea name="body" id="composer-body" aria-label="Message" placeholder="Write here… Markdown works" dir="auto" { (draft.body) }
            (beside::known_lines(&thread.beside, reader.words))
            ul.tray id="tray" aria-label="Files to send" { @for upload in &draft.uploads { (upload_item(thread.number, upload)) } }
            div.composer-bar {
                input.without-script type="file" name="files" multiple aria-label="Attach files";
                button.icon-button.needs-script type="button" data-attach aria-label="Attach files" title="Attach files" { (icon(Icon::Attach)) }
                button.icon-button.needs-script.format type="button" data-wrap="**" aria-label="Bold" title="Bold (Ctrl+B)" { (icon(Icon::Bold)) }
                button.icon-button.needs-script.format type="button" data-wrap="_" aria-label="Italic" title="Italic (Ctrl+I)" { (icon(Icon::Italic)) }
                button.icon-button.needs-script.format type="button" data-wrap="`" aria-label="Code" title="Code (Ctrl+E)" { (icon(Icon::Code)) }
                button.icon-button.needs-script.format type="button" data-wrap="link" aria-label="Link" title="Link (Ctrl+Shift+L)" { (icon(Icon::Link)) }
                span.saved.cut id="saved" role="status" { @if let Some(at) = draft.saved_at { "Saved " (reader.clock(at)) } }
                span.joined {
                    button.button.primary type="submit" name="then" value="stay" data-does="send" aria-keyshortcuts="Control+Enter" {
                        span.for-reply-only { "Send" } span.for-note-only { "Add note" } (button::key("Ctrl ↵"))
                    }
                    button.button.primary type="button" popovertarget="send-menu" aria-label="More ways to send" { (small_icon(Icon::Down)) }
                }
                (menu("send-menu", "More ways to send", Place::Above, html! {
                    button.menu-item type="submit" name="then" value="resolve" data-does="send-resolve" aria-keyshortcuts="Control+Shift+Enter" {
                        (icon(Icon::Resolve)) span.for-reply-only { "Send and resolve" } span.for-note-only { "Add note and resolve" } (button::key("Ctrl ⇧ ↵"))
                    }
                    div.menu-later.for-reply-only {
                        hr;
                        p.menu-head { "Send later" }
                        @if let Some(morning) = beside::their_morning(&thread.beside, reader.now) {
                            button.menu-item type="submit" name="later" value="theirs" { (icon(Icon::User)) (reader.words.customers_send_theirs(reader.words.moment(&morning))) }
                        }
                        button.menu-item type="submit" name="later" value="hour" { (icon(Icon::Clock)) "In an hour" }
                        button.menu-item type="submit" name="later" value="tomorrow" { (icon(Icon::Clock)) "Tomorrow at 9" }
                        button.menu-item type="submit" name="later" value="monday" { (icon(Icon::Clock)) "Monday at 9" }
                        div.menu-moment {
                            input.input type="datetime-local" name="at" aria-label="Another moment";
                            button.button type="submit" name="later" value="at" { "Set" }
                        }
                        hr;
                    }
                    button.menu-item type="submit" formaction={ "/c/" (thread.number) "/draft/discard" } data-discard { (icon(Icon::Trash)) "Discard draft" }
                }))
            }
        }
    }
}

/// Says that somebody was faster, and lets the writer decide. Nothing is lost, nothing is sent by itself.
pub(crate) fn overtaken(newer: &str) -> Markup {
    html! {
        div.composer-warning {
            (icon(Icon::Warning))
            p.words { (newer) " while you were writing. Your answer has not been sent." }
            a.button href="#messages" data-review { "Review" }
            button.button type="submit" name="anyway" value="yes" { "Send anyway" }
        }
    }
}

/// One file that will be sent.
pub(crate) fn upload_item(number: i64, upload: &Upload) -> Markup {
    html! {
        li.attachment {
            (icon(Icon::File)) span.cut { (upload.name) } span.size { (size_words(upload.size)) }
            input type="hidden" name="attachment" value=(upload.id);
            button.icon-button.tight type="submit" formnovalidate formaction={ "/c/" (number) "/attachments/" (upload.id) "/removal" } data-remove aria-label={ "Remove " (upload.name) } { (small_icon(Icon::Close)) }
        }
    }
}
