//! The list of problems, the page of one, and the forms of what is known.

use base::html::from_markdown;
use desk::problems::{Member, Problem, State};
use maud::{Markup, html};

use super::load::{AT_ONCE, Shown};
use super::{answering, choosing, sending, words};
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{Filled, Text, general_errors, select, text_area};
use crate::components::page::{Area, Screen, desk};
use crate::components::pill::{Tone, pill, tag};
use crate::components::prose::cleaned;
use crate::components::{Icon, icon, small_icon};
use crate::inbox::list::subject_words;
use crate::inbox::shapes::Choices;
use crate::settings::frame::{crumb, panel, sheet_head};

/// A sheet of its own.
pub(crate) fn sheet(screen: &Screen, title: &str, content: Markup) -> Markup {
    let content = html! { main.settings-main id="main" tabindex="-1" { div.sheet { (content) } } };
    desk(screen, title, Area::Problems, content)
}

/// The list, with the open ones or those that are solved.
pub(crate) fn list(screen: &Screen, state: State, rows: &[Problem], more: Option<&str>) -> Markup {
    let w = screen.reader.words;
    let new = html! { a.button.primary href="/problems/new" data-does="new-problem" { (icon(Icon::Plus)) (w.problems_new()) } };
    let tabs = [(State::Open, w.common_open()), (State::Solved, w.problems_solved())];
    let content = html! {
        (sheet_head(w.problems_title(), w.problems_about(), Some(new)))
        nav.sorts aria-label=(w.problems_title()) {
            @for (one, name) in tabs { a.sort href={ "/problems?state=" (one.word()) } aria-current=[(one == state).then_some("page")] { (name) } }
        }
        section.panel aria-label=(w.problems_title()) {
            @if rows.is_empty() {
                @match state {
                    State::Open => (empty(Icon::Problem, w.problems_none_open(), w.problems_none_open_about(), None)),
                    State::Solved => (empty(Icon::Problem, w.problems_none_solved(), w.problems_none_solved_about(), None)),
                }
            } @else {
                ul.rows { @for one in rows { li {
                    (icon(Icon::Problem))
                    div.main {
                        a.title href={ "/problems/" (one.number) } { span.cut dir="auto" { (one.title) } }
                        span.detail { "#" (one.number) " · " (w.problems_conversations(one.conversations)) }
                    }
                    (screen.reader.age(one.used_at, "detail"))
                } } }
            }
        }
        @if let Some(more) = more { p.list-foot { a.button href=(more) { (w.common_show_more()) } } }
    };
    sheet(screen, w.problems_title(), content)
}

/// The form that opens one.
pub(crate) fn new(screen: &Screen, filled: &Filled) -> Markup {
    let w = screen.reader.words;
    let content = html! {
        div { (crumb("/problems", w.problems_title())) (sheet_head(w.problems_new(), w.problems_new_about(), None)) }
        section.panel aria-label=(w.problems_new()) {
            form method="post" action="/problems" {
                div.panel-body { (general_errors(filled, &["title"])) (Text::new("title", w.problems_name()).hint(w.problems_name_about()).required().autofocus().show(filled)) }
                div.form-foot.panel-foot { (button::primary(w.problems_open_it())) }
            }
        }
    };
    sheet(screen, w.problems_new(), content)
}

/// The form of its name, what is known and who looks after it.
pub(crate) fn edit(screen: &Screen, number: i64, choices: &Choices, filled: &Filled) -> Markup {
    let w = screen.reader.words;
    let mut owners = vec![(String::new(), w.common_nobody().to_owned())];
    owners.extend(choices.agents.iter().map(|agent| (agent.id.clone(), agent.name.clone())));
    let address = format!("/problems/{number}");
    let content = html! {
        div { (crumb(&address, &format!("#{number}"))) (sheet_head(w.problems_edit(), "", None)) }
        section.panel aria-label=(w.problems_edit()) {
            form method="post" action={ (address) "/edit" } {
                div.panel-body {
                    (general_errors(filled, &["title", "known"]))
                    (Text::new("title", w.problems_name()).required().show(filled))
                    (text_area("known", w.problems_known(), w.problems_known_hint(), filled))
                    (select("owner", w.problems_owner(), &owners, filled.value("owner"), ""))
                }
                div.form-foot.panel-foot { (button::primary(w.common_save())) a.button.quiet href=(address) { (w.common_cancel()) } }
            }
        }
    };
    sheet(screen, w.problems_edit(), content)
}

/// The page of one problem.
pub(crate) fn problem(screen: &Screen, shown: &Shown) -> Markup {
    let w = screen.reader.words;
    let problem = &shown.problem;
    let content = html! {
        div {
            (crumb("/problems", w.problems_title()))
            header.sheet-head {
                div.words {
                    h1 dir="auto" { (problem.title) }
                    p { (words::state(w, problem.state)) " #" (problem.number) " · " (w.problems_conversations(problem.conversations)) }
                }
                div.actions { (actions(screen, problem)) }
            }
        }
        @if let Some(taken) = shown.taken {
            div.notice role="status" { p { (w.problems_taken_out(format!("#{taken}"))) } (choosing::undo_form(taken, problem.number, &screen.reader)) }
        }
        (crate::inbox::bulk::status(shown.bulk.as_ref(), &screen.reader))
        @if !problem.is_open() { (solved(screen, shown)) }
        (sending::status(problem.id, shown.send.as_ref(), &screen.reader))
        div.customer-columns {
            div.column { (answering::editor(screen, shown)) }
            div.column { (known(screen, shown)) (members(screen, shown)) }
        }
    };
    let content = html! { main.settings-main id="main" tabindex="-1" { div.sheet.wide { (content) } } };
    desk(screen, &problem.title, Area::Problems, content)
}

fn actions(screen: &Screen, problem: &Problem) -> Markup {
    let w = screen.reader.words;
    let address = format!("/problems/{}", problem.number);
    html! {
        a.button href={ (address) "/edit" } data-does="edit" { (icon(Icon::Edit)) (w.problems_edit()) }
        form method="post" action={ (address) "/state" } {
            @if problem.is_open() { button.button type="submit" name="state" value="solved" data-does="resolve" { (icon(Icon::Check)) (w.problems_solve()) } }
            @else { button.button type="submit" name="state" value="open" data-does="reopen" { (icon(Icon::Reopen)) (w.problems_reopen()) } }
        }
    }
}

/// That it is solved, and what remains to be done.
fn solved(screen: &Screen, shown: &Shown) -> Markup {
    let w = screen.reader.words;
    let problem = &shown.problem;
    html! {
        div.notice.ok role="status" {
            (icon(Icon::Ok))
            p {
                (w.problems_solved_by(shown.solved_by.as_deref().unwrap_or_default())) " "
                @if let Some(at) = problem.solved_at { (screen.reader.moment(at)) }
                @if shown.unanswered > 0 { br; (w.problems_without_answer(shown.unanswered)) }
            }
            @if shown.unanswered > 0 && !shown.answer.texts.is_empty() { a.button href={ "/problems/" (problem.number) "/send" } { (w.problems_send_it()) } }
            @if shown.unsettled > 0 {
                form method="post" action={ "/problems/" (problem.number) "/resolution" } {
                    button.button type="submit" { @if shown.unsettled >= AT_ONCE { (w.problems_resolve_first(shown.unsettled)) } @else { (w.problems_resolve_all(shown.unsettled)) } }
                }
            }
        }
    }
}

fn known(screen: &Screen, shown: &Shown) -> Markup {
    let w = screen.reader.words;
    let problem = &shown.problem;
    panel(
        w.problems_known(),
        w.problems_known_about(),
        html! {
            div.panel-body {
                @if problem.known.is_empty() { p.hint { (w.problems_known_nothing()) } }
                @else { div.message-body dir="auto" { (cleaned(&from_markdown(&problem.known))) } }
                dl.facts {
                    dt { (w.problems_owner()) } dd { (shown.owner.as_deref().unwrap_or(w.common_nobody())) }
                    dt { (w.problems_opened_by()) } dd { (shown.opened_by) " · " (screen.reader.moment(problem.opened_at)) }
                }
            }
        },
    )
}

fn members(screen: &Screen, shown: &Shown) -> Markup {
    let w = screen.reader.words;
    html! {
        section.panel aria-label=(w.problems_conversations_head()) {
            header { div.grow {
                h2 { (w.problems_conversations_head()) }
                @if !shown.languages.is_empty() { p.languages-read { @for (language, count) in &shown.languages { span.tag { (w.problems_read_by(words::language(w, language), *count)) } " " } } }
            } }
            @if shown.members.is_empty() { (empty(Icon::Problem, w.problems_no_members(), w.problems_no_members_about(), None)) }
            @else { ul.rows { @for member in &shown.members { li { (row(screen, member)) } } } }
        }
        @if let Some(more) = &shown.more { p.list-foot { a.button href=(more) { (w.common_show_more()) } } }
    }
}

fn row(screen: &Screen, member: &Member) -> Markup {
    let w = screen.reader.words;
    html! {
        div.main {
            a.title href={ "/c/" (member.number) } { span.cut dir="auto" { (member.customer_name) } }
            span.detail dir="auto" { "#" (member.number) " " (subject_words(w, &member.subject)) }
            span.marks-line {
                (pill(words::status(w, member.status), Tone::Quiet))
                @if !member.language.is_empty() { (tag(&member.language)) }
                (words::outcome(w, member))
            }
        }
        form method="post" action={ "/c/" (member.number) "/problem/removal" } {
            input type="hidden" name="back" value="problem";
            button.icon-button.tight type="submit" aria-label={ (w.problems_take_out()) " #" (member.number) } title=(w.problems_take_out()) { (small_icon(Icon::Close)) }
        }
    }
}
