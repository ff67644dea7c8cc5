//! What a rule would have done: looks back through the log of events, newest first, page by page, beside the daily work.
//!
//! The log tells what happened when; of a conversation's other properties only today's are known, and the conditions are asked of those.

use super::{
    Cause, Definition, Progress, RuleId, Simulation, SimulationId, Trigger, jobs,
    rules::{Mark, would_fire},
    store,
};
use crate::{
    App, Desk, Error, Event, Happened, Result, Scope,
    calendars::{self, Calendar},
    conversations::{self, ConversationId, MessageKind, views},
};
use base::events;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// How far back one may look.
pub const MOST_MONTHS: i64 = 12;
/// So many events are read at once.
const PAGE: i64 = 500;
/// So many are looked at in all: beyond that a longer time tells nothing new.
const MOST_EVENTS: i64 = 300_000;
/// So many conversations are listed; how often it would have acted is counted on.
const MOST_HITS: i64 = 5_000;

/// Looks at what a rule would have done in the last months, in the background.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] `under_way_already` while one goes on.
pub async fn simulate(desk: &mut Desk<'_>, id: RuleId, months: i64) -> Result<SimulationId> {
    let by = desk.agent()?;
    let rule = super::find(desk, id).await?;
    if store::last_simulation(desk, id).await?.is_some_and(|last| last.state == Progress::Running) {
        return Err(Error::Conflict("simulated_already"));
    }
    let span = SignedDuration::from_hours(months.clamp(1, MOST_MONTHS) * 30 * 24);
    let from = desk.now().checked_sub(span).map_err(Error::internal)?;
    let simulation = SimulationId(desk.new_id());
    store::insert_simulation(desk, simulation, &rule, from, by).await?;
    jobs::order_simulation(desk, simulation).await?;
    Ok(simulation)
}

/// One look back, from its beginning: what an interrupted one had found is found again.
struct Look {
    scope: Scope,
    simulation: Simulation,
    definition: Definition,
    /// Whether the conditions hold, by conversation.
    holds: HashMap<ConversationId, bool>,
    /// What happened to conversations, newest first, for rules of time.
    past: HashMap<ConversationId, Vec<(Timestamp, Mark)>>,
}

pub(super) async fn look(app: &App, scope: Scope, id: SimulationId) -> Result<()> {
    let mut simulation =
        app.read(scope, move |desk| Box::pin(async move { store::simulation(desk, id).await })).await?;
    if simulation.state != Progress::Running {
        return Ok(());
    }
    let definition = simulation.definition()?;
    (simulation.looked_at, simulation.fired) = (0, 0);
    let mut look = Look { scope, simulation, definition, holds: HashMap::new(), past: HashMap::new() };
    app.write(scope, move |desk| Box::pin(async move { store::forget_hits(desk, id).await })).await?;
    let mut before = i64::MAX;
    let state = loop {
        let page = app.read(scope, move |desk| Box::pin(async move { read(desk, before).await })).await?;
        let Some(last) = page.last() else { break Progress::Done };
        before = last.seq;
        let is_last = last.at < look.simulation.from_at;
        let inside: Vec<Happened> = page.into_iter().filter(|one| one.at >= look.simulation.from_at).collect();
        look.simulation.looked_at += inside.len() as i64;
        look.simulation.reached_at =
            inside.last().map_or(look.simulation.from_at, |one| one.at).min(look.simulation.reached_at);
        let hits = look.page(app, inside).await?;
        look.keep(app, hits, Progress::Running).await?;
        if is_last {
            break Progress::Done;
        }
        if look.simulation.looked_at >= MOST_EVENTS {
            break Progress::Cut;
        }
    };
    look.end(app, state).await
}

async fn read(desk: &mut Desk<'_>, before: i64) -> Result<Vec<Happened>> {
    let rows = events::before(desk.tx(), desk.workspace().0, before, PAGE, None).await?;
    Ok(rows.iter().filter_map(Happened::from_recorded).collect())
}

/// Whether a machine wrote each of the messages that arrived in a page; what is not there any more counts as a person's.
async fn machines(desk: &mut Desk<'_>, page: &[Happened]) -> Result<Vec<bool>> {
    let mut machines = Vec::with_capacity(page.len());
    for one in page {
        machines.push(match &one.event {
            Event::MessageReceived { message, .. } => match conversations::message(desk, *message).await {
                Ok(message) => message.kind != MessageKind::Incoming,
                Err(Error::NotFound) => false,
                Err(other) => return Err(other),
            },
            _ => false,
        });
    }
    Ok(machines)
}

impl Look {
    /// The conversations of a page that the rule would have acted on.
    async fn page(&mut self, app: &App, page: Vec<Happened>) -> Result<Vec<(Timestamp, ConversationId)>> {
        let asked = page.clone();
        let machines = app.read(self.scope, move |desk| Box::pin(async move { machines(desk, &asked).await }));
        let machines = machines.await?;
        let happened = page.iter().zip(machines);
        let candidates: Vec<(Timestamp, ConversationId)> = match &self.definition.when {
            Trigger::Events(causes) => happened
                .filter(|(one, machine)| Cause::of(&one.event, *machine).is_some_and(|cause| causes.contains(&cause)))
                .filter_map(|(one, _)| Some((one.at, one.event.conversation()?)))
                .collect(),
            Trigger::Time(_) => {
                for (one, machine) in happened {
                    if let (Some(mark), Some(of), false) = (Mark::of(&one.event), one.event.conversation(), machine) {
                        self.past.entry(of).or_default().push((one.at, mark));
                    }
                }
                Vec::new()
            }
        };
        self.ask(app, candidates.iter().map(|(_, of)| *of)).await?;
        Ok(candidates.into_iter().filter(|(_, of)| self.holds.get(of) == Some(&true)).collect())
    }

    /// Asks whether the conditions hold of conversations that were not asked about yet.
    async fn ask(&mut self, app: &App, of: impl Iterator<Item = ConversationId>) -> Result<()> {
        let mut unknown: Vec<ConversationId> = of.filter(|id| !self.holds.contains_key(id)).collect();
        unknown.sort_unstable();
        unknown.dedup();
        for some in unknown.chunks(100) {
            let (some, filter) = (some.to_vec(), self.definition.filter.clone());
            let answers: Vec<(ConversationId, bool)> = app
                .read(self.scope, move |desk| {
                    Box::pin(async move {
                        let mut answers = Vec::with_capacity(some.len());
                        for id in some {
                            let holds = match views::facts_for_nobody(desk, id).await {
                                Ok((facts, looking)) => filter.shows(&facts, &looking),
                                Err(Error::NotFound) => false,
                                Err(other) => return Err(other),
                            };
                            answers.push((id, holds));
                        }
                        Ok(answers)
                    })
                })
                .await?;
            self.holds.extend(answers);
        }
        Ok(())
    }

    async fn keep(&mut self, app: &App, hits: Vec<(Timestamp, ConversationId)>, state: Progress) -> Result<()> {
        let room = usize::try_from(MOST_HITS - self.simulation.fired).unwrap_or(0);
        self.simulation.fired += hits.len() as i64;
        self.simulation.state = state;
        let (id, now, listed) =
            (self.simulation.id, self.simulation.clone(), hits.into_iter().take(room).collect::<Vec<_>>());
        app.write(self.scope, move |desk| {
            Box::pin(async move {
                store::insert_hits(desk, id, &listed).await?;
                store::go_on(desk, &now).await
            })
        })
        .await
    }

    /// Rules of time are decided at the end, when the whole past of each conversation is known.
    async fn end(mut self, app: &App, state: Progress) -> Result<()> {
        self.simulation.reached_at = self.simulation.from_at;
        if let Trigger::Time(wait) = self.definition.when {
            let calendar: Calendar =
                app.read(self.scope, |desk| Box::pin(async move { calendars::default_calendar(desk).await })).await?;
            let now = self.simulation.created_at;
            let mut hits = Vec::new();
            for (of, mut past) in std::mem::take(&mut self.past) {
                past.reverse();
                let fired = would_fire(wait.since, &past, |from| wait.due(from, &calendar), now);
                hits.extend(fired.into_iter().map(|at| (at, of)));
            }
            hits.sort_unstable_by(|one, other| other.cmp(one));
            self.ask(app, hits.iter().map(|(_, of)| *of)).await?;
            hits.retain(|(_, of)| self.holds.get(of) == Some(&true));
            for some in hits.chunks(500) {
                self.keep(app, some.to_vec(), Progress::Running).await?;
            }
        }
        self.keep(app, Vec::new(), state).await
    }
}
