//! Sending the answer to all: who gets what, who does not and why, how far it has got.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use base::html::from_markdown;
use desk::Error;
use desk::problems::{self, Afterwards, Decided, Plan, Problem, Progress, Reason, Send, SendId, Told, Wish};
use http::StatusCode;
use maud::{Markup, html};
use serde::Deserialize;

use super::load::PAGE;
use super::pages::sheet;
use super::words;
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{checkbox, select};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::prose::cleaned;
use crate::components::time::Reader;
use crate::components::{Icon, icon, small_icon};
use crate::customers::handlers::page_of;
use crate::errors::Refusal;
use crate::fields::Fields;
use crate::inbox::list::subject_words;
use crate::settings::frame::{crumb, panel, sheet_head};
use crate::visit::{Visit, back_to};

/// How one looks ahead.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    only_open: String,
    #[serde(default)]
    afterwards: String,
    #[serde(default)]
    after: String,
    /// Boxes that are not ticked are not sent: only with this does their absence say something.
    #[serde(default)]
    looked: String,
}

/// What is chosen.
#[derive(Clone, Copy, Debug)]
struct Choice {
    only_open: bool,
    afterwards: Afterwards,
}

impl Choice {
    fn of(asked: &Asked, problem: &Problem) -> Choice {
        let usual = if problem.is_open() { Afterwards::Nothing } else { Afterwards::Resolve };
        Choice {
            only_open: asked.looked.is_empty() || !asked.only_open.is_empty(),
            afterwards: asked.afterwards.parse().unwrap_or(usual),
        }
    }
}

/// `GET /problems/{number}/send`: who gets what.
pub(crate) async fn look_ahead(
    visit: Visit,
    Path(number): Path<i64>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    page(&visit, number, asked, None, StatusCode::OK).await
}

async fn page(
    visit: &Visit,
    number: i64,
    asked: Asked,
    wrong: Option<&str>,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let wanted = asked.clone();
    let (problem, choice, plan, decided, unknown) = visit
        .read(move |desk| {
            Box::pin(async move {
                let problem = problems::find_by_number(desk, number).await?;
                let choice = Choice::of(&wanted, &problem);
                let plan = problems::plan(desk, &problem, choice.only_open).await?;
                let after = wanted.after.parse().ok();
                let decided = problems::look_ahead(desk, &problem, choice.only_open, after, PAGE as i64 + 1).await?;
                let unknown = problems::answer(desk, &problem).await?.unknown_variables();
                Ok((problem, choice, plan, decided, unknown))
            })
        })
        .await?;
    let only_open = if choice.only_open { "&only_open=yes" } else { "" };
    let next = |one: &Decided| {
        let key = one.member.key();
        format!("/problems/{number}/send?looked=yes{only_open}&afterwards={}&after={key}", choice.afterwards.word())
    };
    let (decided, more) = page_of(decided, PAGE, next);
    let w = visit.reader.words;
    let unknown = (!unknown.is_empty()).then(|| w.problems_unknown_variable(unknown.join(", ")));
    let wrong = wrong.map(str::to_owned).or(unknown.clone());
    let looked = Looked { problem, choice, plan, decided, more, wrong, may_send: unknown.is_none() };
    Ok((status, looked.page(&screen)).into_response())
}

/// `POST /problems/{number}/send`
pub(crate) async fn send(visit: Visit, Path(number): Path<i64>, fields: Fields) -> Result<Response, Refusal> {
    let wish = Wish {
        revision: fields.get("revision").parse().unwrap_or(-1),
        only_open: fields.has("only_open"),
        afterwards: fields.get("afterwards").parse().unwrap_or(Afterwards::Nothing),
    };
    let begun = visit
        .write(move |desk| {
            Box::pin(async move {
                let id = problems::find_by_number(desk, number).await?.id;
                problems::send(desk, id, wish).await
            })
        })
        .await;
    let w = visit.reader.words;
    let words = match begun {
        Ok(_) => return Ok(back_to(&format!("/problems/{number}"), "")),
        Err(Refusal(Error::Conflict("changed"))) => w.problems_changed_meanwhile(),
        Err(Refusal(Error::Conflict("under_way"))) => w.problems_under_way(),
        Err(Refusal(Error::Conflict("nobody"))) => w.problems_nobody_left(),
        Err(Refusal(Error::Invalid(_))) => w.problems_no_text_yet(),
        Err(other) => return Err(other),
    };
    let asked = Asked {
        only_open: fields.text("only_open"),
        afterwards: fields.text("afterwards"),
        after: String::new(),
        looked: "yes".to_owned(),
    };
    page(&visit, number, asked, Some(words), StatusCode::CONFLICT).await
}

/// `POST /problem-sends/{id}/stop`
pub(crate) async fn stop(visit: Visit, Path(id): Path<SendId>) -> Result<Response, Refusal> {
    let number = visit
        .write(move |desk| {
            Box::pin(async move {
                let problem = problems::stop(desk, id).await?;
                Ok(problems::find(desk, problem).await?.number)
            })
        })
        .await?;
    Ok(back_to(&format!("/problems/{number}"), ""))
}

/// What a send's page is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Behind {
    #[serde(default)]
    after: String,
}

/// `GET /problem-sends/{id}`: who did not get it, and why.
pub(crate) async fn told(
    visit: Visit,
    Path(id): Path<SendId>,
    Query(behind): Query<Behind>,
) -> Result<Response, Refusal> {
    let screen = visit.screen().await?;
    let (send, problem, rows) = visit
        .read(move |desk| {
            Box::pin(async move {
                let send = problems::find_send(desk, id).await?;
                let problem = problems::find(desk, send.problem_id).await?;
                let rows = problems::told(desk, id, behind.after.parse().ok(), PAGE as i64 + 1).await?;
                Ok((send, problem, rows))
            })
        })
        .await?;
    let (rows, more) = page_of(rows, PAGE, |row: &Told| format!("/problem-sends/{id}?after={}", row.key()));
    Ok(told_page(&screen, &send, &problem, &rows, more.as_deref()).into_response())
}

/// What the page before sending shows.
struct Looked {
    problem: Problem,
    choice: Choice,
    plan: Plan,
    decided: Vec<Decided>,
    more: Option<String>,
    wrong: Option<String>,
    may_send: bool,
}

impl Looked {
    fn page(&self, screen: &Screen) -> Markup {
        let w = screen.reader.words;
        let problem = &self.problem;
        let address = format!("/problems/{}/send", problem.number);
        let reached = self.plan.reached();
        let afterwards = [
            (Afterwards::Nothing, w.problems_afterwards_nothing()),
            (Afterwards::Resolve, w.problems_afterwards_resolve()),
            (Afterwards::Wait, w.problems_afterwards_wait()),
        ];
        let afterwards: Vec<_> =
            afterwards.iter().map(|(value, words)| (value.word().to_owned(), (*words).to_owned())).collect();
        let content = html! {
            div { (crumb(&format!("/problems/{}", problem.number), &problem.title)) (sheet_head(w.problems_who_gets_what(), w.problems_who_gets_what_about(), None)) }
            @if let Some(wrong) = &self.wrong { div.notice.bad role="alert" { (icon(Icon::Error)) p { (wrong) } } }
            (panel(w.problems_sums(), "", html! {
                div.table-scroll tabindex="0" role="group" aria-label=(w.problems_sums()) {
                    table.table {
                        thead { tr { th scope="col" { (w.problems_what()) } th.number scope="col" { (w.problems_conversations_head()) } } }
                        tbody {
                            @for (language, count) in &self.plan.texts { tr { th scope="row" { (w.problems_gets(words::language(w, language))) } td.number { (w.number(*count)) } } }
                            @for (reason, count) in &self.plan.without { tr { th scope="row" { (w.problems_gets_nothing()) " " (words::reason(w, *reason, "")) } td.number { (w.number(*count)) } } }
                            @if self.plan.texts.is_empty() && self.plan.without.is_empty() { tr { td colspan="2" { (w.problems_no_members()) } } }
                        }
                    }
                }
                @if self.plan.more { div.panel-foot { p.hint { (w.problems_more_than_summed()) } } }
                form method="post" action=(address) {
                    input type="hidden" name="revision" value=(problem.revision);
                    input type="hidden" name="looked" value="yes";
                    div.panel-body {
                        (checkbox("only_open", "yes", w.problems_only_open(), w.problems_only_open_about(), self.choice.only_open))
                        (select("afterwards", w.problems_afterwards(), &afterwards, self.choice.afterwards.word(), ""))
                    }
                    div.form-foot.panel-foot {
                        button.button.primary type="submit" data-does="send-to-all" disabled[reached == 0 || !self.may_send] { (w.problems_send_to(reached)) }
                        button.button type="submit" formmethod="get" formaction=(address) { (w.problems_look_again()) }
                        a.button.quiet href={ "/problems/" (problem.number) } { (w.common_cancel()) }
                    }
                }
            }))
            section.panel aria-label=(w.problems_conversations_head()) {
                header { h2 { (w.problems_conversations_head()) } }
                @if self.decided.is_empty() { (empty(Icon::Problem, w.problems_no_members(), w.problems_no_members_about(), None)) }
                ul.rows { @for one in &self.decided { li { (row(one, screen)) } } }
            }
            @if let Some(more) = &self.more { p.list-foot { a.button href=(more) { (w.common_show_more()) } } }
        };
        sheet(screen, w.problems_who_gets_what(), content)
    }
}

/// A conversation with what it gets, or why nothing.
fn row(one: &Decided, screen: &Screen) -> Markup {
    let w = screen.reader.words;
    let member = &one.member;
    html! {
        div.main {
            a.title href={ "/c/" (member.number) } { span.cut dir="auto" { (member.customer_name) } }
            span.detail dir="auto" { "#" (member.number) " " (subject_words(w, &member.subject)) }
            @if let Ok(written) = &one.written {
                details.fold {
                    summary { (small_icon(Icon::Down)) (w.problems_gets(words::language(w, &written.language))) }
                    div.preview { div.message-body dir="auto" lang=(written.language) { (cleaned(&from_markdown(&written.text))) } }
                }
            }
        }
        @match &one.written {
            Ok(_) => (pill(w.problems_gets_it(), Tone::Ok)),
            Err((reason, detail)) => {
                (pill(w.problems_gets_nothing(), if *reason == Reason::Answered { Tone::Quiet } else { Tone::Warn }))
                span.detail { (words::reason(w, *reason, detail)) }
            },
        }
    }
}

fn told_page(screen: &Screen, send: &Send, problem: &Problem, rows: &[Told], more: Option<&str>) -> Markup {
    let w = screen.reader.words;
    let content = html! {
        div { (crumb(&format!("/problems/{}", problem.number), &problem.title)) (sheet_head(w.problems_unreached(), &sums(send, &screen.reader), None)) }
        section.panel aria-label=(w.problems_unreached()) {
            @if rows.is_empty() { (empty(Icon::Ok, w.problems_all_reached(), w.problems_all_reached_about(), None)) }
            ul.rows { @for one in rows { li {
                div.main {
                    a.title href={ "/c/" (one.number) } { span.cut dir="auto" { (one.customer_name) } }
                    span.detail dir="auto" { "#" (one.number) " " (subject_words(w, &one.subject)) }
                }
                span.detail { @if let Some(reason) = one.reason { (words::reason(w, reason, &one.detail)) } }
            } } }
        }
        @if let Some(more) = more { p.list-foot { a.button href=(more) { (w.common_show_more()) } } }
    };
    sheet(screen, w.problems_unreached(), content)
}

/// What a send has come to, in a sentence or two.
fn sums(send: &Send, reader: &Reader) -> String {
    let w = reader.words;
    let mut said = vec![w.problems_sent(send.sent)];
    if send.passed_over > 0 {
        said.push(w.problems_sums_passed_over(send.passed_over));
    }
    if send.failed > 0 {
        said.push(w.problems_sums_failed(send.failed));
    }
    said.join(" ")
}

/// How far the last send of a problem has got; live updates replace it.
pub(crate) fn status(problem: problems::ProblemId, send: Option<&(Send, String)>, reader: &Reader) -> Markup {
    let w = reader.words;
    html! {
        div.bulk-status.problem-send id={ "problem-send-" (problem) } role="status" {
            @if let Some((send, who)) = send {
                @let done = send.sent + send.passed_over + send.failed;
                @match send.state {
                    Progress::Running if done == 0 && reader.now < send.begins_at => p { (w.problems_about_to_begin(who)) },
                    Progress::Running => {
                        p { (w.problems_going_out(who, done, send.total.max(done))) }
                        progress max=(send.total.max(done).max(1)) value=(done) aria-label=(w.bulk_progress()) {}
                    },
                    Progress::Stopped => p { (w.problems_stopped()) " " (sums(send, reader)) },
                    Progress::Done => p { (sums(send, reader)) " " (reader.age(send.begins_at, "muted")) },
                }
                @if send.state == Progress::Running { (button::post(&format!("/problem-sends/{}/stop", send.id), &[], button::plain(w.bulk_stop()))) }
                @if send.passed_over + send.failed > 0 { a.link href={ "/problem-sends/" (send.id) } { (w.problems_unreached()) } }
            }
        }
    }
}
