//! Types of conversations and their fields: the lists, and the form of one field.

use desk::fields::{ConversationType, Field, FieldKind};
use maud::{Markup, html};

use super::super::frame::{Tab, crumb, panel, settings, sheet_head};
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{Filled, Text, checkbox, general_errors, select, text_area};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::time::Reader;
use crate::components::{Icon, icon};

const BASE: &str = "/settings/fields";

/// What a field can hold, in words.
pub(crate) fn kind_words(kind: FieldKind, reader: &Reader) -> &'static str {
    let words = &reader.words;
    match kind {
        FieldKind::Text => words.fields_text(),
        FieldKind::Number => words.fields_a_number(),
        FieldKind::Date => words.fields_date(),
        FieldKind::Choice => words.fields_choice(),
        FieldKind::Choices => words.fields_choices(),
        FieldKind::Checkbox => words.fields_checkbox(),
        FieldKind::Url => words.fields_url(),
    }
}

/// All types and fields.
pub(crate) fn list(screen: &Screen, types: &[ConversationType], fields: &[Field], filled: &Filled) -> Markup {
    let reader = &screen.reader;
    let words = &reader.words;
    settings(
        screen,
        Tab::Fields,
        words.fields_title(),
        html! {
            (sheet_head(words.fields_title(), words.fields_sentence(), Some(button::link_primary("/settings/fields/new", words.fields_add_field(), Icon::Plus))))
            section.panel aria-label=(words.fields_list()) {
                header { h2 { (words.fields_list()) } }
                @if fields.is_empty() { (empty(Icon::Edit, words.fields_none(), words.fields_none_why(), None)) }
                @else { ul.rows { @for field in fields { li { (field_line(field, types, reader)) } } } }
            }
            section.panel aria-label=(words.fields_types()) {
                header { h2 { (words.fields_types()) } }
                @if types.is_empty() { (empty(Icon::Archive, words.fields_types_none(), words.fields_types_none_why(), None)) }
                @else { ul.rows { @for one in types { li { (type_line(one, reader)) } } } }
            }
            (panel(words.fields_add_type(), "", html! {
                form method="post" action="/settings/fields/types" {
                    div.panel-body { (general_errors(filled, &["name"])) (Text::new("name", words.fields_name()).required().show(filled)) }
                    div.form-foot.panel-foot { (button::primary(words.fields_add_type())) }
                }
            }))
        },
    )
}

fn type_line(one: &ConversationType, reader: &Reader) -> Markup {
    let words = &reader.words;
    let id = one.id;
    html! {
        (icon(Icon::Archive))
        div.main {
            span.title {
                span.cut dir="auto" { (one.name) }
                @if one.is_default { (pill(words.fields_default(), Tone::Accent)) }
                @if one.archived_at.is_some() { (pill(words.fields_archived(), Tone::Quiet)) }
            }
        }
        div.actions {
            @if !one.is_default { (button::post(&format!("{BASE}/types/{id}"), &[("do", "default")], button::plain(words.fields_make_default()))) }
            @if one.archived_at.is_some() { (button::post(&format!("{BASE}/types/{id}"), &[("do", "unarchive")], button::plain(words.fields_unarchive()))) }
            @else if !one.is_default { (button::post(&format!("{BASE}/types/{id}"), &[("do", "archive")], button::plain(words.fields_archive()))) }
        }
    }
}

fn field_line(field: &Field, types: &[ConversationType], reader: &Reader) -> Markup {
    let words = &reader.words;
    let of = types
        .iter()
        .find(|one| Some(one.id) == field.type_id)
        .map_or(words.fields_every_type(), |one| one.name.as_str());
    let place = |way: &str, picture: Icon, label: String| {
        html! {
            form method="post" action={ (BASE) "/" (field.id) "/place" } {
                button.icon-button type="submit" name="way" value=(way) aria-label=(label) title=(label) { (icon(picture)) }
            }
        }
    };
    html! {
        div.main {
            a.title href={ (BASE) "/" (field.id) } {
                span.cut dir="auto" { (field.name) }
                @if field.archived_at.is_some() { (pill(words.fields_archived(), Tone::Quiet)) }
            }
            span.detail { (kind_words(field.kind, reader)) " · " span dir="auto" { (of) } @if field.required { " · " (words.fields_required_hint()) } }
        }
        @if field.archived_at.is_none() {
            div.actions {
                (place("up", Icon::Up, words.fields_up(&field.name)))
                (place("down", Icon::Down, words.fields_down(&field.name)))
            }
        }
    }
}

/// The form of one field; a new one when there is none yet.
pub(crate) fn edit(screen: &Screen, field: Option<&Field>, types: &[ConversationType], filled: &Filled) -> Markup {
    let reader = &screen.reader;
    let words = &reader.words;
    let title = field.map_or(words.fields_add_field(), |field| field.name.as_str());
    let action = field.map_or_else(|| format!("{BASE}/new"), |field| format!("{BASE}/{}", field.id));
    let every = (String::new(), words.fields_every_type().to_owned());
    let belongs: Vec<(String, String)> =
        std::iter::once(every).chain(types.iter().map(|one| (one.id.to_string(), one.name.clone()))).collect();
    let kinds: Vec<(String, String)> =
        FieldKind::ALL.iter().map(|kind| (kind.word().to_owned(), kind_words(*kind, reader).to_owned())).collect();
    let kind = field.map(|field| field.kind);
    let to_archive = if field.is_some_and(|field| field.archived_at.is_some()) { "no" } else { "yes" };
    let is = |wanted: &[FieldKind]| kind.is_none_or(|kind| wanted.contains(&kind));
    settings(
        screen,
        Tab::Fields,
        title,
        html! {
            div { (crumb(BASE, words.fields_title())) (sheet_head(title, "", None)) }
            section.panel aria-label=(title) {
                form method="post" action=(action) {
                    div.panel-body {
                        (general_errors(filled, &["name", "min", "max", "pattern", "options"]))
                        (Text::new("name", words.fields_name()).required().show(filled))
                        (select("type", words.fields_for_type(), &belongs, filled.value("type"), ""))
                        @match kind {
                            Some(kind) => { p { span.muted { (words.fields_kind()) ": " } (kind_words(kind, reader)) } }
                            None => { (select("kind", words.fields_kind(), &kinds, filled.value("kind"), "")) }
                        }
                        @if is(&[FieldKind::Choice, FieldKind::Choices]) { (text_area("options", words.fields_options(), "", filled)) }
                        @if is(&[FieldKind::Number, FieldKind::Date, FieldKind::Text]) {
                            div.pair { (Text::new("min", words.fields_min()).show(filled)) (Text::new("max", words.fields_max()).hint(words.fields_bounds_hint()).show(filled)) }
                        }
                        @if is(&[FieldKind::Text]) { (Text::new("pattern", words.fields_pattern()).hint(words.fields_pattern_hint()).show(filled)) }
                        (checkbox("required", "yes", words.fields_required(), "", filled.value("required") == "yes"))
                    }
                    div.form-foot.panel-foot { (button::primary(words.common_save())) }
                }
            }
            @if let Some(field) = field {
                @let archived = field.archived_at.is_some();
                @let label = if archived { words.fields_unarchive() } else { words.fields_archive() };
                (panel(label, words.fields_archive_hint(), html! {
                    form.form-foot.panel-foot method="post" action={ (BASE) "/" (field.id) "/archive" } {
                        input type="hidden" name="archived" value=(to_archive);
                        (button::plain(label))
                    }
                }))
            }
        },
    )
}
