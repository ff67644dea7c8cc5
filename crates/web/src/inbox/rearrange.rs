//! Merging, splitting, moving a message, undoing; and the page of one message that offers it and says why it is where it is.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use desk::conversations::{self, Examiner, Header, Message, MessageId, RearrangementId, Threading, Trust, View};
use desk::{Desk, Error, Result};
use maud::{Markup, html};
use words::Words;

use super::list::subject_words;
use super::load;
use super::shapes::Other;
use crate::components::page::{Area, Screen, desk as frame};
use crate::components::slots::{SLOTS, filled};
use crate::components::{Icon, button, icon};
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::settings::frame::panel;
use crate::visit::{Visit, back_to};

/// `POST /c/{number}/merge`: `number` is the conversation that it goes into.
pub(crate) async fn merge(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let into = number_of(fields.get("number"))?;
    visit
        .write(move |desk| {
            Box::pin(async move {
                let from = conversations::find_by_number(desk, number).await?.id;
                let to = other(desk, into).await?;
                conversations::merge(desk, from, to).await
            })
        })
        .await?;
    Ok(back_to(&format!("/c/{into}"), "merged"))
}

/// `POST /messages/{id}/split`: the message and all after it; with `alone` the message only.
pub(crate) async fn split(visit: Visit, Path(id): Path<MessageId>, fields: Fields) -> Result<Response, Refusal> {
    let alone = !fields.get("alone").is_empty();
    let split = visit.write(move |desk| Box::pin(async move { conversations::split(desk, id, alone).await }));
    let (_, number) = split.await?;
    Ok(back_to(&format!("/c/{number}"), "split"))
}

/// `POST /messages/{id}/move`: `number` is the conversation that it goes to.
pub(crate) async fn move_message(visit: Visit, Path(id): Path<MessageId>, fields: Fields) -> Result<Response, Refusal> {
    let into = number_of(fields.get("number"))?;
    visit
        .write(move |desk| {
            Box::pin(async move {
                let to = other(desk, into).await?;
                conversations::move_message(desk, id, to).await
            })
        })
        .await?;
    Ok(back_to(&format!("/c/{into}"), "moved"))
}

/// `POST /rearrangements/{id}/undo`: leads to the conversation whose messages are back.
pub(crate) async fn undo(visit: Visit, Path(id): Path<RearrangementId>) -> Result<Response, Refusal> {
    let number = visit.write(move |desk| Box::pin(async move { conversations::undo(desk, id).await })).await?;
    Ok(back_to(&format!("/c/{number}"), "undone"))
}

/// `GET /messages/{id}`
pub(crate) async fn about(visit: Visit, Path(id): Path<MessageId>) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (message, number, count, others) = visit
        .read(move |desk| {
            Box::pin(async move {
                let message = conversations::message(desk, id).await?;
                let conversation = conversations::find(desk, message.conversation_id).await?;
                let theirs = conversations::list(desk, View::Customer(conversation.customer_id), None, 20).await?;
                let others: Vec<Other> = theirs
                    .into_iter()
                    .filter(|other| other.row.id != conversation.id)
                    .map(|other| Other {
                        number: other.row.number,
                        subject: other.row.subject,
                        resolved: other.row.status == conversations::Status::Resolved,
                    })
                    .collect();
                Ok((message, conversation.number, conversation.message_count, others))
            })
        })
        .await?;
    Ok(page(&screen, &message, number, count > 1, &others).into_response())
}

async fn other(desk: &mut Desk<'_>, number: i64) -> Result<conversations::ConversationId> {
    match conversations::find_by_number(desk, number).await {
        Err(Error::NotFound) => Err(Error::field("number", "unknown")),
        found => Ok(found?.id),
    }
}

fn number_of(text: &str) -> Result<i64, Refusal> {
    text.trim().trim_start_matches('#').parse().map_err(|_| Refusal(Error::field("number", "unknown")))
}

fn page(screen: &Screen, message: &Message, number: i64, can_leave: bool, others: &[Other]) -> Markup {
    let say = screen.reader.words;
    let header = Header::of(message);
    let id = message.id.to_string();
    let people = |people: &[conversations::Person]| {
        let all = people.iter().map(|person| match &person.name {
            Some(name) if *name != person.address => format!("{name} <{}>", person.address),
            _ => person.address.clone(),
        });
        all.collect::<Vec<_>>().join(", ")
    };
    frame(
        screen,
        say.about_title(),
        Area::Inbox,
        html! {
            main.settings-main id="main" tabindex="-1" {
                div.sheet {
                    a.crumb href={ "/c/" (number) } { (icon(Icon::Back)) (say.about_conversation(number.to_string())) }
                    header.sheet-head { div.words { h1 { (say.about_this_message()) } p dir="auto" { (conversations::preview_of(&message.body)) } } }
                    section.panel aria-label=(say.about_where_from()) {
                        div.panel-body {
                            dl.facts {
                                @if !header.from.is_empty() { dt { (say.about_from()) } dd dir="auto" { (people(&header.from)) } }
                                @if !header.to.is_empty() { dt { (say.about_to()) } dd dir="auto" { (people(&header.to)) } }
                                @if !header.cc.is_empty() { dt { (say.about_copies()) } dd dir="auto" { (people(&header.cc)) } }
                                @if !header.subject.is_empty() { dt { (say.about_subject()) } dd dir="auto" { (header.subject) } }
                                dt { (say.about_arrived()) } dd { (screen.reader.moment(message.created_at)) }
                                @if let Some(date) = header.date.as_deref().and_then(|date| date.parse().ok()) { dt { (say.about_written()) } dd { (screen.reader.moment(date)) } }
                                @if let Some(why) = &header.threading { dt { (say.about_why_here()) } dd { (why_words(say, why)) " " (confidence_words(say, why)) } }
                                (origin(say, &header))
                                @if let Some(rfc_id) = &message.rfc_message_id { dt { "Message-ID" } dd { code.long { (rfc_id) } } }
                            }
                            @if message.raw_blob.is_some() { p { a.link href={ "/messages/" (id) "/raw" } download={ (id) ".eml" } { (say.about_download()) } } }
                        }
                    }
                    @if can_leave {
                        (panel(say.about_another_topic(), say.about_another_topic_why(), html! {
                            div.form-foot.panel-foot {
                                form method="post" action={ "/messages/" (id) "/split" } { button.button type="submit" { (icon(Icon::Split)) (say.about_split_all()) } }
                                form method="post" action={ "/messages/" (id) "/split" } { button.button type="submit" name="alone" value="yes" { (icon(Icon::Split)) (say.about_split_one()) } }
                            }
                        }))
                        (panel(say.about_elsewhere(), say.about_elsewhere_why(), html! {
                            form.panel-body method="post" action={ "/messages/" (id) "/move" } {
                                div.field {
                                    label for="number" { (say.about_move_to()) }
                                    input.input id="number" name="number" inputmode="numeric" placeholder=(say.common_number()) autocomplete="off" required list="move-choices";
                                    datalist id="move-choices" { @for other in others { option value=(other.number) { (subject_words(say, &other.subject)) } } }
                                }
                                div { (button::primary(say.about_move())) }
                            }
                        }))
                    }
                }
            }
        },
    )
}

/// Why a message was put where it is, in words.
fn why_words(say: Words, why: &Threading) -> Markup {
    match why {
        Threading::New => html! { (say.about_why_new()) },
        Threading::Reference { rfc_message_id } => {
            filled(&say.about_why_reference(SLOTS[0]), &[html! { code { (rfc_message_id) } }])
        }
        Threading::ReplyAddress => {
            html! { (say.about_why_address()) }
        }
        Threading::Subject { .. } => {
            html! { (say.about_why_subject()) }
        }
        Threading::Unverified { from, number } => html! {
            (say.mail_unverified_why(from)) " "
            a.link href={ "/c/" (number) } { (say.mail_unverified_other(number.to_string())) } "."
        },
        Threading::Stranger { rfc_message_id, number } => {
            let other = match number {
                Some(number) => {
                    html! { a.link href={ "/c/" (number) } { (say.about_that_conversation(number.to_string())) } }
                }
                None => html! { (say.about_another_conversation()) },
            };
            filled(&say.about_why_stranger(SLOTS[0], SLOTS[1]), &[html! { code { (rfc_message_id) } }, other])
        }
    }
}

fn confidence_words(say: Words, why: &Threading) -> &'static str {
    use conversations::Confidence as C;
    match why.confidence() {
        Some(C::Certain) => say.about_certain(),
        Some(C::High) => say.about_very_likely(),
        Some(C::Medium) => say.about_likely(),
        None => "",
    }
}

/// What was found out about where it comes from, and by whom.
fn origin(say: Words, header: &Header) -> Markup {
    let verdicts = &header.verdicts;
    let by = match &verdicts.by {
        Examiner::Nobody => return html! {},
        Examiner::Ourselves => "Rapport".to_owned(),
        Examiner::Server(name) if name.is_empty() => say.about_your_server().to_owned(),
        Examiner::Server(name) => say.about_your_server_named(name),
        Examiner::Unconfirmed(name) => say.about_unconfirmed_server(name),
    };
    let fact = match header.trust() {
        Trust::Confirmed => say.about_confirmed().to_owned(),
        Trust::Unknown => say.about_not_known().to_owned(),
        Trust::Suspicious(doubt) => load::doubt_words(say, &doubt),
    };
    let checks = [("SPF", &verdicts.spf), ("DKIM", &verdicts.dkim), ("DMARC", &verdicts.dmarc), ("ARC", &verdicts.arc)];
    html! {
        dt { (say.about_really()) } dd { (fact) }
        @for (check, verdict) in checks {
            @if let Some(verdict) = verdict {
                dt { (check) } dd { (verdict.result) @if let Some(domain) = &verdict.domain { " (" (domain) ")" } }
            }
        }
        dt { (say.about_examined_by()) } dd { (by) }
    }
}
