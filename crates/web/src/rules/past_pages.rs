//! The pages of a rule's past: its log, its versions, what it would have done.

use desk::rules::{Definition, Hit, Outcome, Progress, Rule, Run, Simulation, Version};
use maud::{Markup, html};

use super::words::{self, Context};
use crate::components::button;
use crate::components::empty::empty;
use crate::components::field::{notice, select};
use crate::components::page::Screen;
use crate::components::pill::{Tone, pill};
use crate::components::{Icon, icon};
use crate::inbox::list::subject_words;
use crate::settings::frame::{Tab, crumb, panel, settings, sheet_head};

const BASE: &str = "/settings/rules";

fn head(rule: &Rule, title: &str, sentence: &str) -> Markup {
    html! { div { (crumb(&format!("{BASE}/{}", rule.id), &rule.name)) (sheet_head(title, sentence, None)) } }
}

/// A run: with which conversation or by which rule, when, for what, which conditions held, what was done.
pub(crate) fn run_entry(run: &Run, context: &Context, admin: bool, of_rule: bool) -> Markup {
    let reader = &context.reader;
    let w = reader.words;
    let tone = if run.outcome == Outcome::Done { Tone::Ok } else { Tone::Warn };
    let held: Vec<String> = run.held().iter().flat_map(|one| context.conditions(one)).collect();
    let did: Vec<String> = run.did().iter().map(|one| context.did(one)).collect();
    html! {
        (icon(Icon::Rule))
        div.main {
            @if of_rule {
                a.title href={ "/c/" (run.number) } { span.cut dir="auto" { "#" (run.number) " " (subject_words(w, &run.subject)) } (pill(words::outcome(w, run.outcome), tone)) }
            } @else if admin {
                a.title href={ (BASE) "/" (run.rule_id) } { span.cut dir="auto" { (run.name) } (pill(words::outcome(w, run.outcome), tone)) }
            } @else {
                span.title { span.cut dir="auto" { (run.name) } (pill(words::outcome(w, run.outcome), tone)) }
            }
            span.detail { (reader.moment(run.at)) " · " (w.rules_version(run.version.to_string())) }
            dl.facts.rule-facts {
                dt { (w.rules_when()) } dd { (words::ran_for(w, run)) }
                @if !held.is_empty() { dt { (w.rules_held()) } dd { @for one in &held { span.line dir="auto" { (one) } } } }
                @if !did.is_empty() { dt { (w.rules_did()) } dd { @for one in &did { span.line dir="auto" { (one) } } } }
                @match run.outcome {
                    Outcome::Failed => { dt { (w.rules_failed_because()) } dd dir="auto" { (words::why(w, &run.why)) } },
                    Outcome::Braked => { dt { (w.rules_failed_because()) } dd { (w.rules_braked_why()) } },
                    Outcome::Looped => { dt { (w.rules_failed_because()) } dd { (w.rules_looped_why()) } },
                    Outcome::Done => {}
                }
            }
        }
    }
}

/// What a rule did.
pub(crate) fn runs(screen: &Screen, rule: &Rule, runs: &[Run], more: bool, context: &Context) -> Markup {
    let w = screen.reader.words;
    let content = html! {
        (head(rule, w.rules_log(), w.rules_log_about()))
        section.panel aria-label=(w.rules_log()) {
            @if runs.is_empty() { (empty(Icon::Rule, w.rules_log_none(), "", None)) }
            ul.rows { @for run in runs { li { (run_entry(run, context, true, true)) } } }
            @if let Some(last) = runs.last().filter(|_| more) {
                div.panel-foot { a.button.quiet href={ (BASE) "/" (rule.id) "/runs?before=" (last.id) } { (icon(Icon::Down)) (w.rules_earlier()) } }
            }
        }
    };
    settings(screen, Tab::Rules, w.rules_log(), content)
}

/// When, if and then of a rule, in words.
fn in_words(definition: &Definition, context: &Context) -> Markup {
    let w = context.reader.words;
    let conditions = context.conditions(&definition.filter);
    html! {
        dl.facts.rule-facts {
            dt { (w.rules_when()) } dd { (words::when(w, &definition.when)) }
            dt { (w.rules_if()) } dd { @if conditions.is_empty() { (w.rules_always()) } @for one in &conditions { span.line dir="auto" { (one) } } }
            dt { (w.rules_then()) } dd { @for action in &definition.actions { span.line dir="auto" { (context.action(action)) } } }
        }
    }
}

/// The versions of a rule, newest first.
pub(crate) fn versions(
    screen: &Screen,
    rule: &Rule,
    versions: &[(Definition, String, Version)],
    more: bool,
    context: &Context,
) -> Markup {
    let w = screen.reader.words;
    let content = html! {
        (head(rule, w.rules_versions(), w.rules_versions_about()))
        section.panel aria-label=(w.rules_versions()) {
            ul.rows { @for (definition, who, version) in versions {
                li {
                    (icon(Icon::Edit))
                    div.main {
                        span.title { span.cut dir="auto" { (w.rules_version(version.version.to_string())) " · " (version.name) } @if version.version == rule.version { (pill(w.rules_current(), Tone::Accent)) } }
                        span.detail dir="auto" { (who) " · " (screen.reader.moment(version.created_at)) }
                        (in_words(definition, context))
                    }
                    @if version.version != rule.version {
                        div.actions { (button::post(&format!("{BASE}/{}/versions", rule.id), &[("version", &version.version.to_string())], button::plain(w.rules_put_back()))) }
                    }
                }
            } }
            @if let Some((.., last)) = versions.last().filter(|_| more) {
                div.panel-foot { a.button.quiet href={ (BASE) "/" (rule.id) "/versions?before=" (last.version) } { (icon(Icon::Down)) (w.rules_earlier()) } }
            }
        }
    };
    settings(screen, Tab::Rules, w.rules_versions(), content)
}

/// What a rule would have done.
pub(crate) fn simulation(screen: &Screen, rule: &Rule, last: Option<&Simulation>, hits: &[Hit], more: bool) -> Markup {
    let w = screen.reader.words;
    let here = format!("{BASE}/{}/simulation", rule.id);
    let months: Vec<(String, String)> =
        [1_i64, 3, 6, 12].map(|months| (months.to_string(), w.rules_months(months))).to_vec();
    let running = last.is_some_and(|last| last.state == Progress::Running);
    let content = html! {
        (head(rule, w.rules_simulation(), w.rules_simulation_about()))
        (panel(w.rules_simulate(), w.rules_simulate_about(), html! {
            form method="post" action=(here) {
                div.panel-body { (select("months", w.rules_over(), &months, "1", "")) }
                div.form-foot.panel-foot {
                    @if running { a.button href=(here) { (icon(Icon::Refresh)) (w.rules_reload()) } }
                    @else { (button::primary(w.rules_simulate_start())) }
                }
            }
        }))
        @if let Some(last) = last {
            section.panel aria-label=(w.rules_result()) {
                header { div.grow {
                    h2 {
                        @if running { (w.rules_so_far(last.fired, last.percent())) } @else { (w.rules_would_have(last.fired)) }
                    }
                    p { (w.rules_looked_at(last.looked_at, screen.reader.moment_words(last.from_at))) " · " (w.rules_version(last.version.to_string())) }
                } }
                @if last.state == Progress::Cut { div.panel-body { (notice(Icon::Info, "", w.rules_cut())) } }
                @if last.version != rule.version { div.panel-body { (notice(Icon::Warning, "warn", w.rules_older_version())) } }
                @if hits.is_empty() && !running { (empty(Icon::Inbox, w.rules_none_found(), "", None)) }
                ul.rows.compact { @for hit in hits {
                    li {
                        a.title href={ "/c/" (hit.number) } { span.cut dir="auto" { "#" (hit.number) " " (subject_words(w, &hit.subject)) } }
                        span.detail.cut dir="auto" { (hit.customer_name) }
                        span.detail { (screen.reader.moment(hit.at)) }
                    }
                } }
                @if let Some(last) = hits.last().filter(|_| more) {
                    div.panel-foot { a.button.quiet href={ (here) "?before=" (last.at.as_microsecond()) "." (last.conversation_id) } { (icon(Icon::Down)) (w.rules_earlier()) } }
                }
            }
        }
        @if !rule.enabled && last.is_some() && !running {
            div.form-foot { (button::post(&format!("{BASE}/{}/switch", rule.id), &[("on", "yes")], button::primary(w.rules_switch_on()))) }
        }
    };
    settings(screen, Tab::Rules, w.rules_simulation(), content)
}
