//! The form that begins a side conversation; how a conversation names those beside it, and a side conversation the one it belongs to.

use maud::{Markup, html};

use crate::components::button;
use crate::components::field::{Filled, Text, checkbox, general_errors, text_area};
use crate::components::page::{Area, Screen, desk};
use crate::components::time::Reader;
use crate::components::{Icon, icon};
use crate::inbox::list::subject_words;
use crate::inbox::shapes::Thread;
use crate::settings::frame::{crumb, sheet_head};

/// A file of the customer's conversation that can go along.
#[derive(Clone, Debug)]
pub(crate) struct FileChoice {
    /// Its id as text.
    pub(crate) id: String,
    /// Its name.
    pub(crate) name: String,
    /// It was chosen.
    pub(crate) chosen: bool,
}

/// What the form shows besides what is filled in.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// The conversation's number.
    pub(crate) number: i64,
    /// Its subject.
    pub(crate) subject: String,
    /// Files that can go along.
    pub(crate) files: Vec<FileChoice>,
}

/// The form.
pub(crate) fn form(screen: &Screen, form: &Form, filled: &Filled) -> Markup {
    let w = screen.reader.words;
    let content = html! {
        main.settings-main id="main" tabindex="-1" { div.sheet {
            div { (crumb(&format!("/c/{}", form.number), subject_words(w, &form.subject))) (sheet_head(w.sides_new(), w.sides_about(), None)) }
            section.panel aria-label=(w.sides_new()) {
                form method="post" action={ "/c/" (form.number) "/sides" } {
                    input type="hidden" name="client_id" value=(filled.value("client_id"));
                    div.panel-body {
                        (general_errors(filled, &["to", "subject", "body"]))
                        (Text::new("to", w.sides_to()).hint(w.sides_to_about()).required().autofocus().show(filled))
                        (Text::new("subject", w.sides_subject()).required().show(filled))
                        (text_area("body", w.sides_text(), "", filled))
                        @if !form.files.is_empty() {
                            fieldset.field {
                                legend.label { (w.sides_files()) }
                                div.choices { @for file in &form.files { (checkbox("file", &file.id, &file.name, "", file.chosen)) } }
                            }
                        }
                    }
                    div.form-foot.panel-foot { (button::primary(w.sides_send())) }
                }
            }
        } }
    };
    desk(screen, w.sides_new(), Area::Inbox, content)
}

/// Those beside a conversation, in the pane at the side; live updates replace it.
pub(crate) fn beside(thread: &Thread, reader: &Reader) -> Markup {
    let w = reader.words;
    html! {
        section.section id="part-sides" hidden[thread.parent.is_some()] {
            @if thread.parent.is_none() {
                h3 { (w.sides_title()) }
                @if !thread.sides.is_empty() {
                    ul.others.sides { @for side in &thread.sides {
                        li { a href={ "/c/" (side.number) } { span.cut dir="auto" { (subject_words(w, &side.subject)) } span.state.cut dir="auto" { (side.with) " · " (reader.age(side.at, "")) } @if !side.preview.is_empty() { span.state.cut dir="auto" { (side.preview) } } } }
                    } }
                }
                a.link href={ "/c/" (thread.number) "/sides/new" } { (w.sides_new()) }
            }
        }
    }
}

/// On top of a side conversation.
pub(crate) fn belongs_to(thread: &Thread, reader: &Reader) -> Markup {
    let w = reader.words;
    html! {
        @if let Some((number, subject)) = &thread.parent {
            div.notice.side-of { (icon(Icon::Users)) p { (w.sides_belongs()) " " a.link href={ "/c/" (number) } dir="auto" { "#" (number) " " (subject_words(w, subject)) } } }
        }
    }
}
