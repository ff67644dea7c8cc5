//! Organisations: the list, the page of one, and its form.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use desk::customers::fields::{self, Field, Owner};
use desk::customers::organisations::{self, Listed, Organisation};
use desk::customers::{self, OrganisationId};
use desk::{Error, conversations};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::form::{own_fields, read_own, refused};
use super::frame::{Tab, frame, search};
use super::handlers::{PAGE, page_of};
use super::pages::{person, prose};
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{Filled, Text, general_errors, text_area};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::{Icon, icon};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::list::subject_words;
use crate::rights::url_encoded;
use crate::settings::frame::{crumb, panel, sheet_head};
use crate::visit::{Visit, back_to};

/// Conversations of a page.
const CONVERSATIONS: usize = 20;

/// What is searched for and where pages go on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    people: String,
}

/// `GET /organisations`
pub(crate) async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (query, after) = (asked.q.clone(), asked.after.parse().ok());
    let rows = visit
        .read(move |desk| Box::pin(async move { organisations::list(desk, &query, after, PAGE as i64 + 1).await }))
        .await?;
    let next = |row: &Listed| {
        format!("/organisations?q={}&after={}", url_encoded(&asked.q), url_encoded(&row.key.to_string()))
    };
    let (rows, more) = page_of(rows, PAGE, next);
    Ok(list_page(&screen, &asked.q, &rows, more.as_deref()).into_response())
}

fn list_page(screen: &Screen, query: &str, rows: &[Listed], more: Option<&str>) -> Markup {
    let words = screen.reader.words;
    let title = words.customers_organisations();
    let new = button::link_primary("/organisations/new", words.customers_organisation_new(), Icon::Plus);
    frame(
        screen,
        Tab::Organisations,
        title,
        false,
        html! {
            (sheet_head(title, words.customers_organisations_hint(), Some(new)))
            (search("/organisations", query, words.customers_name(), words.customers_search()))
            section.panel aria-label=(title) {
                @if rows.is_empty() && query.trim().is_empty() { (empty(Icon::Users, words.customers_organisations_none(), "", None)) }
                @else if rows.is_empty() { (empty(Icon::Search, words.customers_not_found(), "", None)) }
                @else {
                    ul.rows {
                        @for row in rows {
                            li { (icon(Icon::Users)) div.main {
                                a.title href={ "/organisations/" (row.id) } { span.cut dir="auto" { (row.name) } }
                                span.detail { (row.domains.join(", ")) }
                            } }
                        }
                    }
                }
            }
            @if let Some(more) = more { p.list-foot { a.button href=(more) { (words.customers_more()) } } }
        },
    )
}

/// `GET /organisations/new`
pub(crate) async fn new(visit: Visit) -> Result<Response, Refusal> {
    form_page(&visit, None, Filled::default(), StatusCode::OK).await
}

/// `POST /organisations`
pub(crate) async fn create(visit: Visit, fields: Fields) -> Result<Response, Refusal> {
    let (name, domains, notes, own) =
        (fields.text("name"), fields.text("domains"), fields.text("notes"), read_own(&fields));
    let made = visit
        .write(move |desk| {
            Box::pin(async move {
                let id = organisations::create(desk, &name, &domains, &notes).await?;
                fields::fill(desk, Owner::Organisations, id.0, &own).await?;
                Ok(id)
            })
        })
        .await;
    match made {
        Ok(id) => Ok(back_to(&format!("/organisations/{id}"), "added")),
        Err(Refusal(Error::Invalid(problems))) => {
            let filled = refused(&fields, &problems, visit.reader.words);
            form_page(&visit, None, filled, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// `POST /organisations/{id}`
pub(crate) async fn save(visit: Visit, Path(id): Path<OrganisationId>, fields: Fields) -> Result<Response, Refusal> {
    let (name, domains, notes, own) =
        (fields.text("name"), fields.text("domains"), fields.text("notes"), read_own(&fields));
    let saved = visit
        .write(move |desk| {
            Box::pin(async move {
                organisations::edit(desk, id, &name, &domains, &notes).await?;
                fields::fill(desk, Owner::Organisations, id.0, &own).await
            })
        })
        .await;
    match saved {
        Ok(()) => Ok(back_to(&format!("/organisations/{id}"), "saved")),
        Err(Refusal(Error::Invalid(problems))) => {
            let filled = refused(&fields, &problems, visit.reader.words);
            form_page(&visit, Some(id), filled, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other),
    }
}

/// `GET /organisations/{id}/edit`
pub(crate) async fn edit(visit: Visit, Path(id): Path<OrganisationId>) -> Result<Response, Refusal> {
    let (one, domains) = visit
        .read(move |desk| {
            Box::pin(async move { Ok((organisations::find(desk, id).await?, organisations::domains(desk, id).await?)) })
        })
        .await?;
    let filled = Filled::default().with("name", one.name).with("domains", domains.join(", ")).with("notes", one.notes);
    form_page(&visit, Some(id), filled, StatusCode::OK).await
}

async fn form_page(
    visit: &Visit,
    id: Option<OrganisationId>,
    filled: Filled,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let words = screen.reader.words;
    let own: Vec<(Field, String)> = visit
        .read(move |desk| {
            Box::pin(async move {
                let nobody = desk.new_id();
                fields::values(desk, Owner::Organisations, id.map_or(nobody, |id| id.0)).await
            })
        })
        .await?;
    let (action, title) = match id {
        Some(id) => (format!("/organisations/{id}"), words.customers_edit()),
        None => ("/organisations".to_owned(), words.customers_organisation_new()),
    };
    let page = frame(
        &screen,
        Tab::Organisations,
        title,
        false,
        html! {
            div { (crumb(&action, words.customers_organisations())) (sheet_head(title, "", None)) }
            form.sheet method="post" action=(action) {
                section.panel aria-label=(words.customers_organisation()) {
                    div.panel-body {
                        (general_errors(&filled, &["name", "domains", "notes", "field"]))
                        (Text::new("name", words.customers_name()).required().show(&filled))
                        (Text::new("domains", words.customers_domains()).hint(words.customers_domains_hint()).placeholder("example.com").show(&filled))
                        (text_area("notes", words.customers_notes(), "", &filled))
                    }
                }
                @if !own.is_empty() { (own_fields(&own, &filled, words)) }
                div.form-foot { (button::primary(words.common_save())) a.button href=(action) { (words.common_cancel()) } }
            }
        },
    );
    Ok((status, page).into_response())
}

struct Shown {
    one: Organisation,
    domains: Vec<String>,
    own: Vec<(Field, String)>,
    people: Vec<customers::Listed>,
    more_people: Option<String>,
    conversations: Vec<conversations::Listed>,
    earlier: Option<String>,
}

/// `GET /organisations/{id}`
pub(crate) async fn show(
    visit: Visit,
    Path(id): Path<OrganisationId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (after, people_after) = (asked.after.parse().ok(), asked.people.parse().ok());
    let shown = visit
        .read(move |desk| {
            Box::pin(async move {
                let people = customers::of_organisation(desk, id, people_after, PAGE as i64 + 1).await?;
                let (people, more_people) = page_of(people, PAGE, |row| {
                    format!("/organisations/{id}?people={}", url_encoded(&row.key.to_string()))
                });
                let all = conversations::list_of_organisation(desk, id, after, CONVERSATIONS as i64 + 1).await?;
                let key = |one: &conversations::Listed| {
                    format!("/organisations/{id}?after={}", one.key(conversations::Order::Activity))
                };
                let (conversations, earlier) = page_of(all, CONVERSATIONS, key);
                Ok(Shown {
                    one: organisations::find(desk, id).await?,
                    domains: organisations::domains(desk, id).await?,
                    own: fields::values(desk, Owner::Organisations, id.0).await?,
                    people,
                    more_people,
                    conversations,
                    earlier,
                })
            })
        })
        .await?;
    Ok(page(&screen, &shown).into_response())
}

fn page(screen: &Screen, shown: &Shown) -> Markup {
    let words = screen.reader.words;
    let one = &shown.one;
    let filled: Vec<_> = shown.own.iter().filter(|(_, value)| !value.is_empty()).collect();
    let edit = html! { a.button href={ "/organisations/" (one.id) "/edit" } data-does="edit" { (icon(Icon::Edit)) (words.customers_edit()) } };
    frame(
        screen,
        Tab::Organisations,
        &one.name,
        true,
        html! {
            div {
                (crumb("/organisations", words.customers_organisations()))
                header.sheet-head { div.words { h1 dir="auto" { (one.name) } p { (shown.domains.join(", ")) } } (edit) }
            }
            div.customer-columns {
                div.column {
                    (panel(words.customers_story(), "", html! {
                        @if shown.conversations.is_empty() { (empty(Icon::Inbox, words.customers_story_none(), "", None)) }
                        ul.rows {
                            @for listed in &shown.conversations {
                                li {
                                    (icon(Icon::Mail))
                                    div.main {
                                        a.title href={ "/c/" (listed.row.number) } { span.cut dir="auto" { (subject_words(words, &listed.row.subject)) } @if listed.row.status == conversations::Status::Open { (pill(words.customers_open(), Tone::Accent)) } }
                                        span.detail.cut dir="auto" { (listed.row.customer_name) " · " (listed.row.preview) }
                                    }
                                    (screen.reader.age(listed.row.last_activity_at, "detail"))
                                }
                            }
                        }
                        @if let Some(earlier) = &shown.earlier { p.list-foot { a.button href=(earlier) { (words.customers_earlier()) } } }
                    }))
                }
                div.column {
                    @if !one.notes.is_empty() { (panel(words.customers_notes(), "", html! { div.panel-body.message-body { (prose(&one.notes)) } })) }
                    @if !filled.is_empty() {
                        (panel(words.customers_fields(), "", html! { dl.facts.panel-body { @for (field, value) in filled { dt dir="auto" { (field.name) } dd dir="auto" { (value) } } } }))
                    }
                    (panel(words.customers_people(), "", html! {
                        @if shown.people.is_empty() { (empty(Icon::User, words.customers_people_none(), "", None)) }
                        ul.rows { @for one in &shown.people { (person(one, words)) } }
                        @if let Some(more) = &shown.more_people { p.list-foot { a.button href=(more) { (words.customers_more()) } } }
                    }))
                }
            }
        },
    )
}
