//! The fields that a workspace adds to its customers and organisations.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use desk::Error;
use desk::customers::fields::{self, Field, FieldId, Kind, Owner};
use http::StatusCode;
use maud::{Markup, html};

use super::form::refused;
use super::frame::{Tab, frame};
use super::names;
use crate::components::button;
use crate::components::field::{Filled, Text, general_errors, select, text_area};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::{Icon, icon};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::settings::frame::{panel, sheet_head};
use crate::visit::{Visit, back_to};

const HERE: &str = "/customers/fields";

fn owner(fields: &Fields) -> Owner {
    if fields.get("owner") == "organisations" { Owner::Organisations } else { Owner::Customers }
}

/// `GET /customers/fields`
pub(crate) async fn list(visit: Visit) -> Result<Response, Refusal> {
    list_page(&visit, Filled::default(), StatusCode::OK).await
}

/// `POST /customers/fields`
pub(crate) async fn add(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let (owner, name, options) = (owner(&fields), fields.text("name"), fields.text("options"));
    let kind = fields.get("kind").parse::<Kind>().unwrap_or_default();
    let added = visit
        .write(move |desk| Box::pin(async move { fields::add(desk, owner, &name, kind, &options).await.map(drop) }));
    answer(&visit, &fields, added.await, "added").await
}

/// `POST /customers/fields/{id}`
pub(crate) async fn change(visit: Visit, Path(id): Path<FieldId>, fields: Fields) -> Result<Response, Refusal> {
    let (owner, name, options) = (owner(&fields), fields.text("name"), fields.text("options"));
    let changed =
        visit.write(move |desk| Box::pin(async move { fields::change(desk, owner, id, &name, &options).await }));
    let shown = Fields(Vec::new());
    answer(&visit, &shown, changed.await, "saved").await
}

/// `POST /customers/fields/{id}/archive`
pub(crate) async fn archive(visit: Visit, Path(id): Path<FieldId>, fields: Fields) -> Result<Response, Refusal> {
    let archived = fields.get("archived") == "on";
    visit.write(move |desk| Box::pin(async move { fields::archive(desk, id, archived).await })).await?;
    Ok(back_to(HERE, "saved"))
}

async fn answer(visit: &Visit, fields: &Fields, result: Result<(), Refusal>, done: &str) -> Result<Response, Refusal> {
    match result {
        Ok(()) => Ok(back_to(HERE, done)),
        Err(Refusal(Error::Invalid(problems))) => {
            list_page(visit, refused(fields, &problems, visit.reader.words), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

async fn list_page(visit: &Visit, filled: Filled, status: StatusCode) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (customers, organisations) = visit
        .read(|desk| {
            Box::pin(async move {
                Ok((fields::list(desk, Owner::Customers).await?, fields::list(desk, Owner::Organisations).await?))
            })
        })
        .await?;
    Ok((status, page(&screen, &customers, &organisations, &filled)).into_response())
}

fn page(screen: &Screen, customers: &[Field], organisations: &[Field], filled: &Filled) -> Markup {
    let words = screen.reader.words;
    let kinds: Vec<_> =
        Kind::ALL.iter().map(|kind| (kind.word().to_owned(), names::field_kind(*kind, words).to_owned())).collect();
    let owners = [("customers", words.customers_title()), ("organisations", words.customers_organisations())]
        .map(|(value, name)| (value.to_owned(), name.to_owned()));
    frame(
        screen,
        Tab::Fields,
        words.customers_fields(),
        false,
        html! {
            (sheet_head(words.customers_fields(), words.customers_fields_hint(), None))
            @for (owner, title, all) in [("customers", words.customers_title(), customers), ("organisations", words.customers_organisations(), organisations)] {
                @if !all.is_empty() { (panel(title, "", html! { ul.rows { @for field in all { (row(field, owner, screen)) } } })) }
            }
            (panel(words.customers_field_add(), "", html! {
                form method="post" action=(HERE) {
                    div.panel-body {
                        (general_errors(filled, &["name", "options"]))
                        div.columns {
                            (Text::new("name", words.customers_name()).required().show(filled))
                            (select("owner", words.customers_field_owner(), &owners, filled.value("owner"), ""))
                            (select("kind", words.customers_field_kind(), &kinds, filled.value("kind"), ""))
                        }
                        (text_area("options", words.customers_field_options(), "", filled))
                    }
                    div.form-foot.panel-foot { (button::primary(words.customers_add())) }
                }
            }))
        },
    )
}

fn row(field: &Field, owner: &str, screen: &Screen) -> Markup {
    let words = screen.reader.words;
    let base = format!("{HERE}/{}", field.id);
    html! {
        li {
            (icon(Icon::Tag))
            div.main {
                span.title dir="auto" { (field.name) @if field.archived { (pill(words.customers_field_archived(), Tone::Quiet)) } }
                span.detail dir="auto" { (names::field_kind(field.kind, words)) @if !field.options.is_empty() { ": " (field.options.join(", ")) } }
                details.fold {
                    summary { (words.customers_edit()) }
                    form.consent-form method="post" action=(base) {
                        input type="hidden" name="owner" value=(owner);
                        input.input name="name" value=(field.name) aria-label=(words.customers_name()) required;
                        @if field.kind == Kind::Choice { textarea.input name="options" rows="4" aria-label=(words.customers_field_options()) { (field.options.join("\n")) } }
                        (button::plain(words.common_save()))
                    }
                }
            }
            (button::post(&format!("{base}/archive"), &[("archived", names::switch(!field.archived))], html! {
                button.button.quiet type="submit" { @if field.archived { (words.customers_field_bring_back()) } @else { (words.customers_field_archive()) } }
            }))
        }
    }
}
