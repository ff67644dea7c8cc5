//! Writing the answer: a text for each language that is read, and the one for all others.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use desk::Error;
use desk::problems::{self, Answer};
use http::StatusCode;
use maud::{Markup, html};

use super::load::{self, Shown, Wanted};
use super::{pages, words};
use crate::components::button;
use crate::components::field::{Filled, general_errors, select, text_area};
use crate::components::page::Screen;
use crate::components::pill::tag;
use crate::components::prose::cleaned;
use crate::components::{Icon, icon, small_icon};
use crate::customers::names;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::settings::frame::panel;
use crate::visit::{Visit, back_to};
use base::html::from_markdown;
use desk::macros::VARIABLES;

/// The answer as it is written: an editor for each language.
pub(crate) fn editor(screen: &Screen, shown: &Shown) -> Markup {
    let w = screen.reader.words;
    let number = shown.problem.number;
    let rows = rows(shown);
    let chosen = shown.filled.value("standard");
    let mut standards = vec![(String::new(), w.problems_standard_none().to_owned())];
    let mut offered: Vec<&str> = rows.iter().map(|(language, _)| language.as_str()).collect();
    if !chosen.is_empty() && !offered.contains(&chosen) {
        offered.push(chosen);
    }
    standards.extend(offered.into_iter().map(|language| (language.to_owned(), words::language(w, language))));
    let mut further = vec![(String::new(), w.problems_choose_language().to_owned())];
    let known = names::LANGUAGES.iter().filter(|(code, _)| !rows.iter().any(|(have, _)| have == code));
    further.extend(known.map(|(code, name)| ((*code).to_owned(), (*name).to_owned())));
    let unknown = shown.answer.unknown_variables();
    panel(
        w.problems_answer(),
        w.problems_answer_about(),
        html! {
            form method="post" action={ "/problems/" (number) "/answer" } {
                input type="hidden" name="revision" value=(shown.problem.revision);
                div.panel-body {
                    (general_errors(&shown.filled, &["text", "language"]))
                    @if let Some(wrong) = shown.filled.error("text") { div.notice.bad role="alert" { (icon(Icon::Error)) p { (wrong) } } }
                    @if let Some(wrong) = shown.filled.error("language") { div.notice.bad role="alert" { (icon(Icon::Error)) p { (wrong) } } }
                    @if !unknown.is_empty() { div.notice.warn role="status" { (icon(Icon::Warning)) p { (w.problems_unknown_variable(unknown.join(", "))) } } }
                    @for (at, (language, count)) in rows.iter().enumerate() {
                        input type="hidden" name={ "language-" (at) } value=(language);
                        @let label = if *count > 0 { w.problems_text_for(*count, words::language(w, language)) } else { words::language(w, language) };
                        (text_area(&format!("text-{at}"), &label, "", &shown.filled))
                        (preview(screen, shown, language))
                    }
                    @let unknown = shown.languages.iter().find(|(language, _)| language.is_empty());
                    @if let Some((_, count)) = unknown { p.hint { (w.problems_unknown_languages(*count)) } }
                    details.fold open[rows.is_empty()] {
                        summary { (small_icon(Icon::Plus)) (w.problems_further_language()) }
                        (select("language", w.problems_language(), &further, shown.filled.value("language"), ""))
                        (text_area("text", w.problems_text(), "", &shown.filled))
                    }
                    (select("standard", w.problems_standard(), &standards, chosen, w.problems_standard_about()))
                    details.fold {
                        summary { (small_icon(Icon::Down)) (w.macros_variables()) }
                        p.hint { (w.problems_variables_about()) }
                        ul.variables { @for variable in VARIABLES { li { code { "{{" (variable) "|…}}" } } } }
                    }
                }
                div.form-foot.panel-foot {
                    button.button.primary type="submit" name="then" value="send" { (w.problems_save_and_send()) }
                    (button::plain(w.common_save()))
                }
            }
            @if shown.send.as_ref().is_some_and(|(send, _)| send.number == shown.problem.answer && !send.is_running()) {
                form.form-foot.panel-foot method="post" action={ "/problems/" (number) "/answer/another" } {
                    p.hint { (w.problems_another_about()) }
                    (button::plain(w.problems_another()))
                }
            }
        },
    )
}

/// The languages that have an editor, with how many conversations read them: those that are read, and those that have a text.
fn rows(shown: &Shown) -> Vec<(String, i64)> {
    let filled = (0..100).map_while(|at| Some(shown.filled.value(&format!("language-{at}"))).filter(|l| !l.is_empty()));
    let mut rows: Vec<(String, i64)> = filled.map(|language| (language.to_owned(), 0)).collect();
    for (language, count) in shown.languages.iter().filter(|(language, _)| !language.is_empty()) {
        match rows.iter_mut().find(|(known, _)| known == language) {
            Some((_, known)) => *known = *count,
            None => rows.push((language.clone(), *count)),
        }
    }
    rows
}

/// The text of a language as one of the conversations gets it.
fn preview(screen: &Screen, shown: &Shown, language: &str) -> Markup {
    let w = screen.reader.words;
    html! {
        @if let Some((_, member, filled)) = shown.previews.iter().find(|(of, ..)| of == language) {
            details.fold {
                summary { (small_icon(Icon::Down)) (w.problems_preview_for(&member.customer_name)) }
                div.preview {
                    (tag(language))
                    div.message-body dir="auto" lang=(language) { (cleaned(&from_markdown(&filled.text))) }
                }
                @if !filled.gaps.is_empty() { p.hint { (w.problems_reason_gap(filled.gaps.join(", "))) } }
            }
        }
    }
}

/// The answer as it was filled in.
fn entered(fields: &Fields) -> Answer {
    let numbered = (0..100).map_while(|at| {
        let text = format!("text-{at}");
        fields.has(&text).then(|| (fields.text(&format!("language-{at}")), fields.text(&text)))
    });
    let further = Some((fields.text("language"), fields.text("text"))).filter(|(_, text)| !text.trim().is_empty());
    let standard = Some(fields.text("standard")).filter(|standard| !standard.is_empty());
    Answer { texts: numbered.chain(further).collect(), standard }
}

/// `POST /problems/{number}/answer`
pub(crate) async fn save(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let (answer, seen) = (entered(&fields), fields.get("revision").parse().unwrap_or(-1));
    let saved = visit
        .write(move |desk| {
            Box::pin(async move {
                let id = problems::find_by_number(desk, number).await?.id;
                problems::save_answer(desk, id, seen, answer).await
            })
        })
        .await;
    let w = visit.reader.words;
    let (status, filled) = match saved {
        Ok(()) if fields.get("then") == "send" => return Ok(back_to(&format!("/problems/{number}/send"), "")),
        Ok(()) => return Ok(back_to(&format!("/problems/{number}"), "saved")),
        Err(Refusal(Error::Invalid(wrong))) => {
            let filled = wrong.iter().fold(kept(&fields), |filled, one| match one.field {
                "language" => filled.wrong("language", w.problems_language_wrong()),
                field => filled.wrong(field, crate::fields::words(w, one)),
            });
            (StatusCode::UNPROCESSABLE_ENTITY, filled)
        }
        Err(Refusal(Error::Conflict("changed"))) => {
            (StatusCode::CONFLICT, kept(&fields).wrong("", w.problems_answer_changed()))
        }
        Err(other) => return Err(other),
    };
    let screen = visit.screen().await?;
    let mut shown =
        visit.read(move |desk| Box::pin(async move { load::shown(desk, w, number, Wanted::default()).await })).await?;
    shown.filled = filled;
    Ok((status, pages::problem(&screen, &shown)).into_response())
}

fn kept(fields: &Fields) -> Filled {
    fields.0.iter().fold(Filled::default(), |filled, (name, value)| filled.with(name, value))
}

/// `POST /problems/{number}/answer/another`
pub(crate) async fn another(visit: Visit, Path(number): Path<i64>) -> Result<Response, Refusal> {
    visit
        .write(move |desk| {
            Box::pin(async move {
                let id = problems::find_by_number(desk, number).await?.id;
                problems::begin_another(desk, id).await
            })
        })
        .await?;
    Ok(back_to(&format!("/problems/{number}"), ""))
}
