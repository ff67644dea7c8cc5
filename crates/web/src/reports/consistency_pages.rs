//! Consistency: groups of like cases side by side, and the list behind each figure.

use std::collections::HashMap;

use desk::consistency::{
    BLOCK, By, Case, CasePage, Compared, Figure, Group, MOST, Report, Row, Spread, Times, Verdict,
};
use desk::conversations::{Priority, Status};
use maud::{Markup, html};
use uuid::Uuid;
use words::Words;

use super::consistency::Asked;
use super::frame::{Tab, channel_words, frame, short_number, time_words};
use crate::components::empty::empty;
use crate::components::field::{notice, select};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::{Icon, icon};
use crate::inbox::list::subject_words;
use crate::settings::frame::{crumb, sheet_head};

const HERE: &str = "/reports/consistency";

/// Names by id.
pub(crate) struct Names {
    pub(crate) agents: HashMap<Uuid, String>,
    pub(crate) teams: HashMap<Uuid, String>,
}

/// What cases can be narrowed down by.
pub(crate) struct Choices {
    pub(crate) teams: Vec<(Uuid, String)>,
    pub(crate) types: Vec<(Uuid, String)>,
    pub(crate) tags: Vec<(Uuid, String)>,
    pub(crate) channels: Vec<String>,
}

/// The report.
pub(crate) fn report(screen: &Screen, asked: &Asked, compared: &Compared, names: &Names, choices: &Choices) -> Markup {
    let words = screen.reader.words;
    let report = &compared.report;
    frame(
        screen,
        Tab::Consistency,
        words.consistency_title(),
        html! {
            (sheet_head(words.consistency_title(), words.consistency_sentence(), None))
            (form(asked, choices, words))
            @if compared.reading { (notice(Icon::Info, "", words.consistency_reading())) }
            @if compared.cut { (notice(Icon::Info, "", &words.consistency_cut(words.number(MOST as i64)))) }
            section.panel aria-label=(by_words(asked.by(), words)) {
                @if report.rows.is_empty() { (empty(Icon::Chart, words.consistency_none(), words.consistency_none_why(), None)) }
                @else {
                    @if report.response_spread.is_some() || report.resolution_spread.is_some() {
                        ul.plain-list {
                            @if let Some(spread) = report.response_spread { li { (spread_words(spread, true, words)) } }
                            @if let Some(spread) = report.resolution_spread { li { (spread_words(spread, false, words)) } }
                        }
                    }
                    (table(asked, report, names, words))
                }
            }
            p.secondary { (words.consistency_how()) }
        },
    )
}

fn by_words(by: By, words: Words) -> &'static str {
    match by {
        By::Agent => words.consistency_agents(),
        By::Team => words.consistency_teams(),
        By::Channel => words.consistency_channels(),
        By::Shift => words.consistency_shifts(),
    }
}

fn spread_words(spread: Spread, response: bool, words: Words) -> String {
    let say = |number| short_number(words, number);
    let (ratio, low, high) = (say(spread.ratio), say(spread.sure.0), say(spread.sure.1));
    if response {
        words.consistency_spread_response(ratio, low, high)
    } else {
        words.consistency_spread_resolution(ratio, low, high)
    }
}

fn form(asked: &Asked, choices: &Choices, words: Words) -> Markup {
    let any = |mut options: Vec<(String, String)>| {
        options.insert(0, (String::new(), words.reports_any().to_owned()));
        options
    };
    let named = |known: &[(Uuid, String)]| any(known.iter().map(|(id, name)| (id.to_string(), name.clone())).collect());
    let by: Vec<(String, String)> =
        By::ALL.iter().map(|by| (by.word().to_owned(), by_words(*by, words).to_owned())).collect();
    let days = [30_i64, 90].map(|days| (days.to_string(), words.reports_last_days(words.number(days))));
    let channels =
        any(choices.channels.iter().map(|channel| (channel.clone(), channel_words(words, channel))).collect());
    let priorities = any(Priority::ALL
        .iter()
        .map(|priority| (priority.word().to_owned(), priority_words(*priority, words).to_owned()))
        .collect());
    html! {
        section.panel aria-label=(words.reports_show()) {
            form.report-choices action=(HERE) {
                (select("by", words.consistency_by(), &by, asked.by().word(), ""))
                (select("days", words.reports_days(), &days, &asked.days().to_string(), ""))
                @if choices.types.len() > 1 { (select("type", words.consistency_type(), &named(&choices.types), &asked.kind, "")) }
                @if !choices.tags.is_empty() { (select("tag", words.consistency_tag(), &named(&choices.tags), &asked.tag, "")) }
                @if choices.channels.len() > 1 { (select("channel", words.reports_channel(), &channels, &asked.channel, "")) }
                (select("priority", words.consistency_priority(), &priorities, &asked.priority, ""))
                @if !choices.teams.is_empty() { (select("team", words.reports_team(), &named(&choices.teams), &asked.team, "")) }
                button.button type="submit" { (words.reports_show()) }
            }
        }
    }
}

fn priority_words(priority: Priority, words: Words) -> &'static str {
    match priority {
        Priority::Low => words.common_low(),
        Priority::Normal => words.common_normal(),
        Priority::High => words.common_high(),
        Priority::Urgent => words.common_urgent(),
    }
}

/// What a group is called.
fn group_words(group: &Group, names: &Names, words: Words) -> String {
    let named = |known: &HashMap<Uuid, String>, id: Option<Uuid>, none: &str| match id {
        Some(id) => known.get(&id).cloned().unwrap_or_else(|| words.consistency_gone().to_owned()),
        None => none.to_owned(),
    };
    match group {
        Group::Agent(agent) => named(&names.agents, agent.map(|id| id.0), words.consistency_nobody()),
        Group::Team(team) => named(&names.teams, team.map(|id| id.0), words.consistency_no_team()),
        Group::Channel(channel) => channel_words(words, channel),
        Group::Shift(hour) => words.consistency_hours_of_day(words.number(*hour), words.number(hour + BLOCK)),
    }
}

fn table(asked: &Asked, report: &Report, names: &Names, words: Words) -> Markup {
    html! {
        div.table-scroll tabindex="0" {
            table.figures.compared {
                thead { tr {
                    th scope="col" { (words.consistency_group()) }
                    th.number scope="col" { (words.consistency_cases()) }
                    th scope="col" { (words.consistency_response()) }
                    th scope="col" { (words.consistency_resolution()) }
                    th scope="col" { (words.consistency_reopened()) }
                } }
                tbody {
                    @for row in &report.rows { (line(asked, row, names, words)) }
                    @if report.rows.len() > 1 {
                        tr.all {
                            th scope="row" { (words.consistency_everyone()) }
                            td.number { (words.number(report.count as i64)) }
                            td { (times(report.response, None, None, words)) }
                            td { (times(report.resolution, None, None, words)) }
                            td { (words.reports_percent(short_number(words, report.reopened.percent()))) }
                        }
                    }
                }
            }
        }
    }
}

fn line(asked: &Asked, row: &Row, names: &Names, words: Words) -> Markup {
    let cases = |figure| cases_address(asked, &row.group, figure);
    let timed = (words.consistency_quicker(), words.consistency_slower());
    let counted = (words.consistency_less(), words.consistency_more());
    html! {
        tr {
            th scope="row" dir="auto" { (group_words(&row.group, names, words)) }
            td.number { a.link href=(cases(Figure::Answered)) { (words.number(row.count as i64)) } }
            td { (times(row.response, Some(&cases(Figure::Answered)), Some((row.response_verdict, timed)), words)) }
            td { (times(row.resolution, Some(&cases(Figure::Settled)), Some((row.resolution_verdict, timed)), words)) }
            td {
                @let share = words.reports_percent(short_number(words, row.reopened.percent()));
                @if row.reopened.count > 0 { a.link href=(cases(Figure::Reopened)) { (share) } } @else { (share) }
                (verdict(row.reopened_verdict, counted, words))
            }
        }
    }
}

fn cases_address(asked: &Asked, group: &Group, figure: Figure) -> String {
    let group: String = group.word().chars().filter(|c| c.is_alphanumeric() || *c == '-' || *c == '_').collect();
    format!("{}&group={group}&figure={}", asked.address("/reports/consistency/cases"), figure.word())
}

fn times(
    times: Option<Times>,
    href: Option<&str>,
    judged: Option<(Verdict, (&'static str, &'static str))>,
    words: Words,
) -> Markup {
    let Some(times) = times else { return html! { span.secondary { "–" } } };
    let median = time_words(words, times.median);
    html! {
        @match href { Some(href) => a.link href=(href) { (median) }, None => (median) }
        span.detail { (words.consistency_quartiles(time_words(words, times.lower), time_words(words, times.upper))) }
        @if let Some((judgement, said)) = judged { (verdict(judgement, said, words)) }
    }
}

/// What a group is against the others, in words; `less` is never bad.
fn verdict(verdict: Verdict, (less, more): (&'static str, &'static str), words: Words) -> Markup {
    match verdict {
        Verdict::TooFew => html! { span.detail { (words.consistency_too_few()) } },
        Verdict::Alike => html! { span.detail { (words.consistency_alike()) } },
        Verdict::Less => html! { span.judged { (pill(less, Tone::Ok)) } },
        Verdict::More => html! { span.judged { (pill(more, Tone::Warn)) } },
    }
}

/// The cases behind a figure.
pub(crate) fn cases(
    screen: &Screen,
    asked: &Asked,
    group: &Group,
    figure: Figure,
    page: &CasePage,
    names: &Names,
) -> Markup {
    let words = screen.reader.words;
    let title = match figure {
        Figure::Answered => words.consistency_list_answered(),
        Figure::Settled => words.consistency_list_settled(),
        Figure::Reopened => words.consistency_list_reopened(),
    };
    let about =
        format!("{} · {}", group_words(group, names, words), words.reports_last_days(words.number(asked.days())));
    let more = page.next.map(|next| format!("{}&after={next}", cases_address(asked, group, figure)));
    frame(
        screen,
        Tab::Consistency,
        title,
        html! {
            div { (crumb(&asked.address(HERE), words.consistency_title())) (sheet_head(title, &about, None)) }
            section.panel aria-label=(title) {
                @if page.cases.is_empty() && more.is_none() { (empty(Icon::Chart, words.consistency_none(), words.consistency_none_why(), None)) }
                ul.rows { @for case in &page.cases { li { (case_line(screen, case)) } } }
            }
            @if let Some(more) = more { p.list-foot { a.button href=(more) { (words.consistency_earlier()) } } }
        },
    )
}

fn case_line(screen: &Screen, case: &Case) -> Markup {
    let words = screen.reader.words;
    let resolved = case.status == Status::Resolved;
    html! {
        (icon(Icon::Inbox))
        div.main {
            a.title href={ "/c/" (case.number) } { span.cut dir="auto" { (subject_words(words, &case.subject)) } }
            span.detail dir="auto" {
                (case.customer_name) " · " (words.consistency_case_response(time_words(words, case.fact.response)))
                @if let Some(resolution) = case.fact.resolution { " · " (words.consistency_case_resolution(time_words(words, resolution))) }
            }
        }
        @if case.fact.reopened > 0 { (pill(words.consistency_reopened(), Tone::Warn)) }
        (pill(if resolved { words.common_resolved() } else { words.common_open() }, if resolved { Tone::Quiet } else { Tone::Accent }))
        (screen.reader.age(case.fact.answered_at, "detail"))
    }
}
