//! The type of a conversation and its fields, beside it.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use desk::conversations;
use desk::fields::{FieldId, FieldKind, TypeId, YES};
use http::StatusCode;
use maud::{Markup, html};

use super::actions::{answer, find, optional_id};
use super::shapes::{FieldShown, Thread};
use super::thread::origin;
use crate::components::button;
use crate::components::page::door;
use crate::components::time::Reader;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::visit::Visit;

/// The section beside a conversation; nothing where the desk has no types and no fields.
pub(crate) fn fields(thread: &Thread, reader: &Reader) -> Markup {
    let words = &reader.words;
    html! {
        section.section.fields id="part-fields" {
            @if !thread.types.is_empty() || !thread.fields.is_empty() {
                h3 { (words.fields_fields()) }
                @if thread.types.len() > 1 {
                    form.stack method="post" action={ "/c/" (thread.number) "/type" } data-action="type" data-undo-name="type"
                        data-undo-value=(thread.type_id.as_deref().unwrap_or_default()) data-autosubmit {
                        (origin(thread))
                        label.label for="type" { (words.fields_type()) }
                        select.input id="type" name="type" {
                            @for one in &thread.types { option value=(one.id) selected[thread.type_id.as_deref() == Some(&one.id)] { (one.name) } }
                        }
                        (save(reader))
                    }
                }
                @for field in &thread.fields { (self::field(field, thread, reader, "field")) }
            }
        }
    }
}

/// Needed only where no script sends the form when it changes.
fn save(reader: &Reader) -> Markup {
    html! { span.without-script { (button::plain(reader.words.common_save())) } }
}

/// One field, ready to be filled in; `place` tells it from the same one elsewhere on the page.
pub(crate) fn field(field: &FieldShown, thread: &Thread, reader: &Reader, place: &str) -> Markup {
    let words = &reader.words;
    let id = format!("{place}-{}", field.id);
    let first = field.values.first().map(String::as_str).unwrap_or_default();
    let input = |kind: &str, mode: &str| {
        html! {
            input.input id=(id) name="value" type=(kind) inputmode=(mode) value=(first) autocomplete="off" aria-required[field.required] step=[(kind == "number").then_some("any")];
        }
    };
    html! {
        form.stack method="post" action={ "/c/" (thread.number) "/fields/" (field.id) } data-action="field" data-undo-name="value"
            data-undo-value=(field.values.join("\n")) data-autosubmit {
            (origin(thread))
            @if field.kind == FieldKind::Choices {
                fieldset {
                    legend.label { (label(field, reader)) }
                    @for option in &field.options {
                        label.choice { input type="checkbox" name="value" value=(option) checked[field.values.contains(option)]; span dir="auto" { (option) } }
                    }
                }
            } @else if field.kind == FieldKind::Checkbox {
                label.choice { input type="checkbox" name="value" value=(YES) checked[!first.is_empty()]; span { (label(field, reader)) } }
            } @else {
                label.label for=(id) { (label(field, reader)) }
                @match field.kind {
                    FieldKind::Choice => {
                        select.input id=(id) name="value" aria-required[field.required] {
                            option value="" { (words.fields_not_set()) }
                            @for option in &field.options { option value=(option) selected[option == first] { (option) } }
                            // An option that was taken away stays where it was chosen.
                            @if !first.is_empty() && !field.options.iter().any(|option| option == first) { option value=(first) selected disabled { (first) } }
                        }
                    }
                    FieldKind::Date => { (input("date", "text")) }
                    FieldKind::Number => { (input("text", "decimal")) }
                    FieldKind::Url => {
                        (input("url", "url"))
                        @if !first.is_empty() { a.link.small href=(first) target="_blank" rel="noreferrer noopener" { (words.fields_open()) } }
                    }
                    _ => { (input("text", "text")) }
                }
            }
            (save(reader))
        }
    }
}

fn label(field: &FieldShown, reader: &Reader) -> Markup {
    html! {
        span dir="auto" { (field.name) }
        @if field.required { span.required title=(reader.words.fields_required_hint()) { " *" } }
    }
}

/// Says which fields have to be filled in before the conversation can be resolved: in a sentence to a script, else on a page.
pub(crate) async fn missing(visit: &Visit, number: i64) -> Result<Response, Refusal> {
    let sentence = missing_words(visit, number).await?;
    let words = &visit.reader.words;
    if visit.fragment.is_some() {
        return Ok((StatusCode::CONFLICT, sentence).into_response());
    }
    let page = door(
        visit.reader.words,
        words.fields_missing_title(),
        html! {
            header { h1 { (words.fields_missing_title()) } p { (sentence) } }
            p { a.button.primary href={ "/c/" (number) } { (words.fields_back()) } }
        },
    );
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// Which fields have to be filled in before the conversation can be resolved, in a sentence.
pub(crate) async fn missing_words(visit: &Visit, number: i64) -> Result<String, Refusal> {
    let names = visit
        .read(move |desk| {
            Box::pin(async move {
                let conversation = conversations::find_by_number(desk, number).await?;
                desk::fields::missing(desk, conversation.type_id, conversation.id.0).await
            })
        })
        .await?;
    Ok(visit.reader.words.fields_missing(names.join(", ")))
}

/// `POST /c/{number}/type`: `type` is an id, or empty for the default.
pub(crate) async fn set_type(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let to: Option<TypeId> = optional_id(fields.get("type"))?;
    let id = find(&visit, number).await?.id;
    visit.write(move |desk| Box::pin(async move { conversations::set_type(desk, id, to).await })).await?;
    answer(&visit, number, &fields).await
}

/// `POST /c/{number}/fields/{id}`: every `value`, one on each line; none empties the field.
pub(crate) async fn set_field(
    visit: Visit,
    Path((number, field)): Path<(i64, FieldId)>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let given: Vec<String> = fields.all("value").iter().flat_map(|value| value.lines()).map(str::to_owned).collect();
    let id = find(&visit, number).await?.id;
    visit.write(move |desk| Box::pin(async move { conversations::set_field(desk, id, field, &given).await })).await?;
    answer(&visit, number, &fields).await
}
