//! How many clocks were met and missed, and the list of those that were missed.

use std::collections::{BTreeMap, HashMap};

use axum::extract::Query;
use axum::response::{IntoResponse, Response};
use desk::clocks::{self, Attainment, ClockKept, MissedKey, PolicyId};
use desk::conversations::waits::{self, Calibration};
use desk::conversations::{self, ConversationId, FoundRow, Holder};
use jiff::{SignedDuration, Timestamp, ToSpan};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;
use words::Words;

use super::kind_words;
use crate::components::empty::empty;
use crate::components::page::Screen;
use crate::components::{Icon, icon};
use crate::errors::Refusal;
use crate::inbox::list::subject_words;
use crate::inbox::load::{self, Names};
use crate::reports::frame::{Tab, frame};
use crate::settings::frame::{crumb, sheet_head};
use crate::visit::Visit;

const BASE: &str = "/reports/service-levels";
/// The times that can be asked for, in days.
const TIMES: [i32; 3] = [7, 30, 90];
/// So many lines are one page.
const PAGE: i64 = 50;

/// Which time, whose, and from where on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    days: Option<i32>,
    holder: Option<Uuid>,
    before: Option<String>,
}

impl Asked {
    fn days(&self) -> i32 {
        self.days.filter(|days| TIMES.contains(days)).unwrap_or(30)
    }
}

/// One line of a table: what it is about, met, missed, and where the missed ones are listed.
struct Line {
    name: String,
    met: i64,
    missed: i64,
    href: Option<String>,
}

/// `GET /reports/service-levels`: `days` is 7, 30 or 90.
pub(crate) async fn show(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let (screen, words, days) = (visit.screen().await?, visit.reader.words, asked.days());
    let today = visit.reader.now.to_zoned(visit.reader.zone.clone()).date();
    let (sums, policies, names, told) = visit
        .read(move |desk| {
            Box::pin(async move {
                let to = today.tomorrow().unwrap_or(today);
                let from = to.checked_sub(days.days()).unwrap_or(today);
                let sums = clocks::attainment(desk, from, to).await?;
                let (_, names) = load::choices(desk, words).await?;
                let since = desk.now() - SignedDuration::from_hours(24 * i64::from(days));
                let told = waits::calibration(desk, since).await?;
                Ok((sums, clocks::policy_names(desk).await?, names, told))
            })
        })
        .await?;
    Ok(page(&screen, days, &sums, &policies, &names, told).into_response())
}

/// Sums of what is counted under the same key, in the keys' order.
fn by<K: Ord>(sums: &[Attainment], key: impl Fn(&Attainment) -> K) -> BTreeMap<K, (i64, i64)> {
    sums.iter().fold(BTreeMap::new(), |mut found, sum| {
        let entry: &mut (i64, i64) = found.entry(key(sum)).or_default();
        *entry = (entry.0 + sum.met, entry.1 + sum.missed);
        found
    })
}

fn page(
    screen: &Screen,
    days: i32,
    sums: &[Attainment],
    policies: &HashMap<PolicyId, String>,
    names: &Names,
    told: Calibration,
) -> Markup {
    let words = screen.reader.words;
    let missed = |holder: Option<Uuid>| {
        let holder = holder.map(|id| format!("&holder={id}")).unwrap_or_default();
        format!("{BASE}/missed?days={days}{holder}")
    };
    let line = |name: &str, (met, missed): (i64, i64), href| Line { name: name.to_owned(), met, missed, href };
    let kinds = by(sums, |sum| sum.kind).into_iter().map(|(kind, sum)| line(kind_words(words, kind), sum, None));
    let levels = by(sums, |sum| sum.policy)
        .into_iter()
        .map(|(policy, sum)| line(policies.get(&policy).map_or("", String::as_str), sum, None));
    let holders = by(sums, |sum| holder_key(sum.holder)).into_iter().map(|((_, id), sum)| {
        let holder = sums.iter().map(|sum| sum.holder).find(|holder| holder_key(*holder).1 == id);
        line(&holder_name(holder.unwrap_or(Holder::Nobody), names, words), sum, id.map(|id| missed(Some(id))))
    });
    let all = line(words.reports_any(), by(sums, |_| ()).remove(&()).unwrap_or_default(), Some(missed(None)));
    let content = html! {
            (sheet_head(words.clocks_report(), words.clocks_report_what(), None))
            nav.filter aria-label=(words.clocks_report()) {
                @for each in TIMES { a.button.quiet[each != days] href={ (BASE) "?days=" (each) } aria-current=[(each == days).then_some("page")] { (words.reports_last_days(words.number(i64::from(each)))) } }
            }
            @if sums.is_empty() {
                section.panel { (empty(Icon::Waiting, words.clocks_report_none(), "", screen.me.admin.then(|| html! {
                    a.link href="/settings/service-levels" { (words.clocks_title()) }
                }))) }
            } @else {
                (table(words.clocks_by_target(), &kinds.chain([all]).collect::<Vec<_>>(), words))
                (table(words.clocks_by_level(), &levels.collect::<Vec<_>>(), words))
                (table(words.clocks_by_holder(), &holders.collect::<Vec<_>>(), words))
            }
            @if told != Calibration::default() {
                section.panel aria-label=(words.clocks_estimates()) {
                    header { div.grow { h2 { (words.clocks_estimates()) } p { (words.clocks_estimates_what(words.number(waits::CERTAINTY))) } } }
                    dl.panel-body.facts { dt { (words.clocks_estimates_held()) } dd {
                        (told.held * 100 / (told.held + told.missed)) " % " span.muted { (words.clocks_of(words.number(told.held), words.number(told.held + told.missed))) }
                    } }
                }
            }
    };
    frame(screen, Tab::Levels, words.clocks_report(), content)
}

fn holder_key(holder: Holder) -> (u8, Option<Uuid>) {
    match holder {
        Holder::Agent(id) => (0, Some(id.0)),
        Holder::Team(id) => (1, Some(id.0)),
        Holder::Nobody => (2, None),
    }
}

fn holder_name(holder: Holder, names: &Names, words: Words) -> String {
    match holder {
        Holder::Agent(id) => names.agent(id).name,
        Holder::Team(id) => names.team(id).name,
        Holder::Nobody => words.clocks_nobody().to_owned(),
    }
}

fn table(title: &str, lines: &[Line], words: Words) -> Markup {
    html! {
        section.panel aria-label=(title) {
            div.table-scroll tabindex="0" role="group" aria-label=(title) {
                table.figures {
                    thead { tr { th scope="col" { (title) } th.number scope="col" { (words.clocks_share()) } th.number scope="col" { (words.clocks_missed_list()) } } }
                    tbody { @for line in lines { (row(line, words)) } }
                }
            }
        }
    }
}

fn row(line: &Line, words: Words) -> Markup {
    let all = line.met + line.missed;
    // Rounded down: only all of them are 100 %.
    let percent = if all == 0 { 0 } else { line.met * 100 / all };
    html! {
        tr {
            th scope="row" dir="auto" { (line.name) }
            td.number { (percent) " % " span.muted { (words.clocks_of(words.number(line.met), words.number(all))) } }
            td.number { @match &line.href { Some(href) if line.missed > 0 => a.link href=(href) { (line.missed) }, _ => (line.missed) } }
        }
    }
}

/// `GET /reports/service-levels/missed`: of one `holder` or all, the newest first, from `before` on.
pub(crate) async fn missed(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Refusal> {
    let (screen, words, days, holder) = (visit.screen().await?, visit.reader.words, asked.days(), asked.holder);
    let before = asked.before.as_deref().and_then(read_key);
    let since =
        visit.reader.now.checked_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN);
    let (missed, found, names) = visit
        .read(move |desk| {
            Box::pin(async move {
                let missed = clocks::missed(desk, since, before, holder, PAGE).await?;
                let ids: Vec<ConversationId> = missed.iter().map(|one| one.conversation).collect();
                let found = conversations::in_brief(desk, &ids).await?;
                let (_, names) = load::choices(desk, words).await?;
                Ok((missed, found, names))
            })
        })
        .await?;
    let found: HashMap<ConversationId, FoundRow> = found.into_iter().map(|row| (row.id, row)).collect();
    let holder_part = holder.map(|id| format!("&holder={id}")).unwrap_or_default();
    let more = missed.last().filter(|_| missed.len() as i64 == PAGE).and_then(|last| {
        let at = last.clock.breached_at?.as_microsecond();
        let kind = last.clock.kind as i16;
        Some(format!("{BASE}/missed?days={days}{holder_part}&before={at}.{}.{kind}", last.conversation))
    });
    let content = html! {
            div { (crumb(&format!("{BASE}?days={days}"), words.clocks_report())) (sheet_head(words.clocks_missed_list(), &words.reports_last_days(words.number(i64::from(days))), None)) }
            section.panel aria-label=(words.clocks_missed_list()) {
                @if missed.is_empty() { (empty(Icon::Ok, words.clocks_missed_none(), "", None)) }
                ul.rows { @for one in &missed { @if let Some(row) = found.get(&one.conversation) { li { (missed_line(&screen, one, row, &names)) } } } }
                @if let Some(more) = more { div.panel-foot { a.button.quiet href=(more) { (words.common_show_more()) } } }
            }
    };
    Ok(frame(&screen, Tab::Levels, words.clocks_missed_list(), content).into_response())
}

/// `1769000000000000.0190….1`: when the last one was missed, whose it was, and its kind's number.
fn read_key(text: &str) -> Option<MissedKey> {
    let (at, rest) = text.split_once('.')?;
    let (id, kind) = rest.split_once('.')?;
    Some((Timestamp::from_microsecond(at.parse().ok()?).ok()?, id.parse().ok()?, kind.parse().ok()?))
}

fn missed_line(screen: &Screen, one: &ClockKept, row: &FoundRow, names: &Names) -> Markup {
    let words = screen.reader.words;
    html! {
        (icon(Icon::Waiting))
        div.main {
            a.title href={ "/c/" (row.number) } { span.cut dir="auto" { "#" (row.number) " " (subject_words(words, &row.subject)) } }
            span.detail dir="auto" {
                (kind_words(words, one.clock.kind))
                @if let Some(at) = one.clock.breached_at { " · " (words.clocks_missed_when(screen.reader.moment_words(at))) }
                @if let Some((_, holder)) = one.counted { " · " (holder_name(holder, names, words)) }
            }
        }
    }
}
