//! Following a conversation, keeping it on top, and what it has to do with others.

use axum::extract::Path;
use axum::response::Response;
use desk::Error;
use desk::conversations::{self, LinkKind};
use maud::{Markup, html};

use super::actions::{answer, find};
use super::list::subject_words;
use super::shapes::{LinkShown, Thread};
use super::thread::origin;
use crate::components::button;
use crate::components::time::Reader;
use crate::components::{Icon, icon, small_icon};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::visit::Visit;

/// The buttons that follow and keep on top.
pub(crate) fn marks(thread: &Thread, reader: &Reader) -> Markup {
    let words = &reader.words;
    let toggle = |does: &str, opposite: &str, on: bool, picture: Icon, label: &str, key: &str| {
        let (path, name) = (does, does);
        let (was, next) = if on { ("yes", "") } else { ("", "yes") };
        let keys = if key == "P" { "Shift+P" } else { key };
        html! {
            form method="post" action={ "/c/" (thread.number) "/" (path) } data-action=(if on { opposite } else { does })
                data-undo-name=(name) data-undo-value=(was) {
                (origin(thread))
                button.icon-button.toggle type="submit" name=(name) value=(next) aria-pressed=(on) data-does=(does)
                    aria-label=(label) title={ (label) " (" (key) ")" } aria-keyshortcuts=(keys) { (icon(picture)) }
            }
        }
    };
    html! {
        div.marks id="part-marks" {
            (toggle("follow", "unfollow", thread.following, Icon::Star, words.relations_follow(), "s"))
            (toggle("pin", "unpin", thread.pinned, Icon::Pin, words.relations_pin(), "P"))
            @if thread.sample {
                form method="post" action={ "/c/" (thread.number) "/sample/deletion" } {
                    button.icon-button type="submit" aria-label=(words.welcome_sample_delete()) title=(words.welcome_sample_delete()) { (icon(Icon::Trash)) }
                }
            }
        }
    }
}

/// What one conversation is to the other, in words.
fn kind_words(kind: LinkKind, reversed: bool, reader: &Reader) -> &'static str {
    let words = &reader.words;
    match (kind, reversed) {
        (LinkKind::DuplicateOf, false) => words.relations_duplicate_of(),
        (LinkKind::DuplicateOf, true) => words.relations_has_duplicate(),
        (LinkKind::CausedBy, false) => words.relations_caused_by(),
        (LinkKind::CausedBy, true) => words.relations_causes(),
        (LinkKind::Related, _) => words.relations_related(),
    }
}

/// The conversations that belong to this one, and the form for another.
pub(crate) fn links(thread: &Thread, reader: &Reader) -> Markup {
    let words = &reader.words;
    html! {
        section.section id="part-links" {
            h3 { (words.relations_links()) }
            @if !thread.links.is_empty() {
                ul.others.links {
                    @for link in &thread.links { li { (link_line(link, thread, reader)) } }
                }
            }
            details.add-link {
                summary { (small_icon(Icon::Plus)) (words.relations_add()) }
                form.stack method="post" action={ "/c/" (thread.number) "/links" } data-action="link" {
                    (origin(thread))
                    label.label for="link-kind" { (words.relations_this_is()) }
                    select.input id="link-kind" name="kind" {
                        @for kind in [LinkKind::Related, LinkKind::DuplicateOf, LinkKind::CausedBy] { option value=(kind.word()) { (kind_words(kind, false, reader)) } }
                    }
                    label.label for="link-number" { (words.relations_number()) }
                    input.input id="link-number" name="number" inputmode="numeric" autocomplete="off" required list="link-choices";
                    datalist id="link-choices" { @for other in &thread.others { option value=(other.number) { (subject_words(reader.words, &other.subject)) } } }
                    (button::primary(words.relations_link()))
                }
            }
        }
    }
}

fn link_line(link: &LinkShown, thread: &Thread, reader: &Reader) -> Markup {
    html! {
        a href={ "/c/" (link.number) } {
            span.cut dir="auto" { (subject_words(reader.words, &link.subject)) }
            span.state { (kind_words(link.kind, link.reversed, reader)) " · #" (link.number) }
        }
        form method="post" action={ "/c/" (thread.number) "/links/remove" } data-action="unlink"
            data-undo-url={ "/c/" (thread.number) "/links" } data-undo-name="kind" data-undo-value=(link.kind.word()) {
            (origin(thread))
            button.icon-button.tight type="submit" name="number" value=(link.number) aria-label=(reader.words.relations_unlink(format!("#{}", link.number))) { (small_icon(Icon::Close)) }
        }
    }
}

/// `POST /c/{number}/follow`: `follow` is `yes`, or empty.
pub(crate) async fn follow(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let (id, on) = (find(&visit, number).await?.id, fields.get("follow") == "yes");
    visit
        .write(move |desk| {
            Box::pin(async move {
                match on {
                    true => conversations::follow(desk, id).await,
                    false => conversations::unfollow(desk, id).await,
                }
            })
        })
        .await?;
    answer(&visit, number, &fields).await
}

/// `POST /c/{number}/pin`: `pin` is `yes`, or empty.
pub(crate) async fn pin(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let (id, on) = (find(&visit, number).await?.id, fields.get("pin") == "yes");
    visit
        .write(move |desk| {
            Box::pin(async move {
                match on {
                    true => conversations::pin(desk, id).await,
                    false => conversations::unpin(desk, id).await,
                }
            })
        })
        .await?;
    answer(&visit, number, &fields).await
}

/// `POST /c/{number}/links`
pub(crate) async fn link(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let kind: LinkKind = fields.get("kind").parse().map_err(|()| Refusal(Error::field("kind", "not_allowed")))?;
    let other = number_of(&fields)?;
    visit
        .write(move |desk| {
            Box::pin(async move {
                let id = conversations::find_by_number(desk, number).await?.id;
                let other = conversations::find_by_number(desk, other).await.map_err(no_such)?.id;
                conversations::link(desk, id, other, kind).await
            })
        })
        .await?;
    answer(&visit, number, &fields).await
}

/// `POST /c/{number}/links/remove`
pub(crate) async fn unlink(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let other = number_of(&fields)?;
    visit
        .write(move |desk| {
            Box::pin(async move {
                let id = conversations::find_by_number(desk, number).await?.id;
                let other = conversations::find_by_number(desk, other).await.map_err(no_such)?.id;
                conversations::unlink(desk, id, other).await
            })
        })
        .await?;
    answer(&visit, number, &fields).await
}

fn number_of(fields: &Fields) -> Result<i64, Refusal> {
    let number = fields.get("number").trim().trim_start_matches('#').parse();
    number.map_err(|_| Refusal(Error::field("number", "not_a_number")))
}

fn no_such(error: Error) -> Error {
    match error {
        Error::NotFound => Error::field("number", "unknown"),
        other => other,
    }
}
