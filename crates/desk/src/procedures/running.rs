//! What agents do with the procedure of a conversation.

use super::{
    Marks, Path, Procedure, ProcedureId, RunId, State, Step, Version, What,
    rules::{self, Cap, path},
    store::{self, Mark, Run},
};
use crate::{
    Actor, Desk, Error, Event, Result,
    conversations::{self, ConversationId, Status},
    fields, macros,
    people::{self, AgentId},
};
use std::collections::HashSet;

/// The longest reason, in characters.
const MOST_REASON: usize = 1_000;

/// The procedure of a conversation, with all that its page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The procedure.
    pub procedure: Procedure,
    /// How far it has got.
    pub run: Run,
    /// The version that the conversation has.
    pub version: Version,
    /// What is done.
    pub marks: Vec<Mark>,
    /// The way that follows from it.
    pub path: Path,
}

impl Shown {
    /// What is done of a step.
    pub fn mark(&self, step: &Step) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.step == step.key)
    }
}

/// The procedure of a conversation, if it has one.
///
/// # Errors
/// The store's.
pub async fn of_conversation(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<Option<Shown>> {
    let Some(run) = store::current(desk, conversation).await? else { return Ok(None) };
    let procedure = store::find(desk, run.procedure_id).await?;
    let version = store::version(desk, run.procedure_id, run.version).await?;
    let marks = store::marks(desk, run.id).await?;
    let path = path(&version.steps, &store::as_marks(&marks));
    Ok(Some(Shown { procedure, run, version, marks, path }))
}

/// The steps that have to be done before a conversation is resolved, by their titles.
///
/// # Errors
/// The store's.
pub async fn missing(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<Vec<String>> {
    let Some(shown) = of_conversation(desk, conversation).await?.filter(|one| one.run.state == State::Going) else {
        return Ok(Vec::new());
    };
    let names = fields::fields(desk).await?;
    let steps = shown.path.missing.iter().filter_map(|at| shown.version.steps.get(*at));
    Ok(steps.map(|step| title(step, &names)).collect())
}

/// What a step is called: a fact without a title by its field.
fn title(step: &Step, known: &[fields::Field]) -> String {
    match step.what {
        What::Fact(field) if step.title.is_empty() => {
            known.iter().find(|one| one.id == field).map(|one| one.name.clone()).unwrap_or_default()
        }
        _ => step.title.clone(),
    }
}

/// Begins a procedure in a conversation, in place of another one; one that was taken off goes on where it was.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Conflict`] `resolved` when the matter is settled, `procedure_archived` when it begins no more.
pub async fn begin(desk: &mut Desk<'_>, conversation: ConversationId, id: ProcedureId) -> Result<()> {
    desk.agent()?;
    let status = conversations::find(desk, conversation).await?.status;
    if !status.is_listed() {
        return Err(Error::NotFound);
    }
    if status == Status::Resolved {
        return Err(Error::Conflict("resolved"));
    }
    let procedure = store::find(desk, id).await?;
    if procedure.archived_at.is_some() {
        return Err(Error::Conflict("procedure_archived"));
    }
    if let Some(now) = store::lock_current(desk, conversation).await? {
        if now.procedure_id == id {
            return Ok(());
        }
        leave(desk, now, State::Replaced).await?;
    }
    match store::last_of(desk, conversation, id).await? {
        Some(last) if last.state == State::TakenOff => take_up(desk, last, &procedure).await,
        _ => start(desk, conversation, &procedure, true).await,
    }
}

/// What was taken off goes on where it was.
async fn take_up(desk: &mut Desk<'_>, run: Run, procedure: &Procedure) -> Result<()> {
    let run = set_state(desk, run, State::Going, 0).await?;
    desk.emit(Event::ProcedureBegun { conversation: run.conversation_id, name: procedure.name.clone() });
    learn(desk, &run).await?;
    recount(desk, run).await.map(drop)
}

/// Begins a procedure, in its newest version, where there is none.
pub(super) async fn start(
    desk: &mut Desk<'_>,
    conversation: ConversationId,
    procedure: &Procedure,
    by_hand: bool,
) -> Result<()> {
    let run = Run {
        id: RunId(desk.new_id()),
        conversation_id: conversation,
        procedure_id: procedure.id,
        version: procedure.version,
        state: State::Going,
        left_step: 0,
        by_hand,
        missing: 0,
        steps_taken: 0,
        messages: 0,
        handoffs: 0,
        escalated_at: None,
        escalated_for: None,
        begun_by: desk.agent().ok().filter(|_| by_hand),
        begun_at: desk.now(),
        ended_at: None,
    };
    store::insert_run(desk, &run).await?;
    store::add_to_count(desk, &run, 0, 0, 1).await?;
    store::add_to_count(desk, &run, State::Going as i16, 0, 1).await?;
    let begun = Event::ProcedureBegun { conversation, name: procedure.name.clone() };
    if by_hand {
        desk.emit(begun)
    } else {
        desk.emit_as(Actor::System, begun)
    }
    learn(desk, &run).await?;
    recount(desk, run).await.map(drop)
}

/// Facts that are known already are asked no more.
async fn learn(desk: &mut Desk<'_>, run: &Run) -> Result<()> {
    let steps = store::version(desk, run.procedure_id, run.version).await?.steps;
    if !steps.iter().any(|step| matches!(step.what, What::Fact(_))) {
        return Ok(());
    }
    let held = fields::values(desk, run.conversation_id.0).await?;
    let known: HashSet<i32> = store::marks(desk, run.id).await?.iter().map(|mark| mark.step).collect();
    for step in &steps {
        let What::Fact(field) = step.what else { continue };
        match (held.get(&field).is_some_and(|held| !held.is_empty()), known.contains(&step.key)) {
            (true, false) => store::put_mark(desk, run.id, step.key, None, None).await?,
            (false, true) => _ = store::delete_mark(desk, run.id, step.key).await?,
            _ => {}
        }
    }
    Ok(())
}

/// Brings a run to another state, and its figures with it.
pub(super) async fn set_state(desk: &mut Desk<'_>, mut run: Run, state: State, left_step: i32) -> Result<Run> {
    if (run.state, run.left_step) != (state, left_step) {
        store::add_to_count(desk, &run, run.state as i16, run.left_step, -1).await?;
        store::add_to_count(desk, &run, state as i16, left_step, 1).await?;
    }
    (run.state, run.left_step) = (state, left_step);
    run.ended_at = (state != State::Going).then(|| run.ended_at.unwrap_or(desk.now()));
    store::update_run(desk, &run).await?;
    Ok(run)
}

/// The first step that is not done: where the way is left.
async fn first_open(desk: &mut Desk<'_>, run: &Run, required: bool) -> Result<i32> {
    let steps = store::version(desk, run.procedure_id, run.version).await?.steps;
    let way = path(&steps, &store::as_marks(&store::marks(desk, run.id).await?));
    let at = if required { way.missing.first().copied().or(way.next) } else { way.next };
    Ok(at.and_then(|at| steps.get(at)).map_or(0, |step| step.key))
}

/// Ends a run before its end, if it has not reached that.
pub(super) async fn leave(desk: &mut Desk<'_>, run: Run, state: State) -> Result<Run> {
    let required = matches!(state, State::Overridden);
    let at = first_open(desk, &run, required).await?;
    set_state(desk, run, state, at).await
}

/// Reckons anew what is missing and whether all is done; says so when it just came to that.
pub(super) async fn recount(desk: &mut Desk<'_>, mut run: Run) -> Result<Run> {
    let steps = store::version(desk, run.procedure_id, run.version).await?.steps;
    let way = path(&steps, &store::as_marks(&store::marks(desk, run.id).await?));
    run.missing = i32::try_from(way.missing.len()).unwrap_or(i32::MAX);
    let (state, left) = match run.state {
        _ if way.is_finished() => (State::Finished, 0),
        State::Finished => (State::Going, 0),
        other => (other, run.left_step),
    };
    let finished = state == State::Finished && run.state != State::Finished;
    let run = set_state(desk, run, state, left).await?;
    if finished {
        let name = store::find(desk, run.procedure_id).await?.name;
        desk.emit(Event::ProcedureFinished { conversation: run.conversation_id, name });
    }
    Ok(run)
}

/// The run of a conversation with its steps, taken for this unit of work.
async fn taken(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<(Run, Vec<Step>, Marks)> {
    let run = store::lock_current(desk, conversation).await?.ok_or(Error::Conflict("no_procedure"))?;
    let steps = store::version(desk, run.procedure_id, run.version).await?.steps;
    let marks = store::as_marks(&store::marks(desk, run.id).await?);
    Ok((run, steps, marks))
}

/// A step on the way, by its key.
fn on_the_way<'a>(steps: &'a [Step], marks: &Marks, key: i32) -> Result<&'a Step> {
    let at = steps.iter().position(|step| step.key == key).ok_or(Error::NotFound)?;
    let is_on = path(steps, marks).steps.contains(&at);
    if is_on { steps.get(at).ok_or(Error::NotFound) } else { Err(Error::Conflict("off_the_way")) }
}

/// Marks a step as done, or takes that back. Facts are done by filling in their field, decisions by [`decide`].
///
/// # Errors
/// [`Error::Conflict`]: `no_procedure`, `off_the_way`; [`Error::Invalid`] when it is not done like that; [`Error::NotFound`].
pub async fn tick(desk: &mut Desk<'_>, conversation: ConversationId, key: i32, done: bool) -> Result<()> {
    let (run, steps, marks) = taken(desk, conversation).await?;
    let step = on_the_way(&steps, &marks, key)?;
    if !matches!(step.what, What::Task | What::Text) {
        return Err(Error::field("step", "not_allowed"));
    }
    mark(desk, run, step, done.then_some(None), &marks).await
}

/// Answers a decision, or takes the answer back. What was done on the way that is left stays, and counts when it is come back to.
///
/// # Errors
/// As [`tick`]; [`Error::Forbidden`] when it is for others to decide.
pub async fn decide(desk: &mut Desk<'_>, conversation: ConversationId, key: i32, answer: Option<i32>) -> Result<()> {
    let (run, steps, marks) = taken(desk, conversation).await?;
    let step = on_the_way(&steps, &marks, key)?;
    let What::Decision { answers, who } = &step.what else { return Err(Error::field("step", "not_allowed")) };
    let agent = people::agent(desk, desk.agent()?).await?;
    let teams: Vec<_> = people::teams_of(desk, agent.id).await?.into_iter().map(|team| team.id).collect();
    if !who.may(agent.role, &teams) {
        return Err(Error::Forbidden);
    }
    if answer.is_some_and(|answer| usize::try_from(answer).map_or(true, |answer| answer >= answers.len())) {
        return Err(Error::field("answer", "not_allowed"));
    }
    mark(desk, run, step, answer.map(Some), &marks).await
}

/// Puts a mark at a step or takes it away; nothing when it is like that already. Whoever did it first did it.
async fn mark(desk: &mut Desk<'_>, run: Run, step: &Step, to: Option<Option<i32>>, marks: &Marks) -> Result<()> {
    if marks.get(&step.key).copied() == to {
        return Ok(());
    }
    let agent: AgentId = desk.agent()?;
    match to {
        Some(answer) => store::put_mark(desk, run.id, step.key, answer, Some(agent)).await?,
        None => _ = store::delete_mark(desk, run.id, step.key).await?,
    }
    let answer = match (&step.what, to.flatten()) {
        (What::Decision { answers, .. }, Some(answer)) => {
            usize::try_from(answer).ok().and_then(|at| answers.get(at)).map(|one| one.text.clone())
        }
        _ => None,
    };
    let (conversation, title) = (run.conversation_id, step.title.clone());
    desk.emit(Event::ProcedureStep { conversation, title, done: to.is_some(), answer });
    let run = recount(desk, Run { steps_taken: run.steps_taken + 1, ..run }).await?;
    check_caps(desk, run).await
}

/// The words of a text to use, filled in for this conversation; the step is done by that.
///
/// # Errors
/// As [`tick`].
pub async fn text_of(desk: &mut Desk<'_>, conversation: ConversationId, key: i32) -> Result<macros::Filled> {
    let (run, steps, marks) = taken(desk, conversation).await?;
    let step = on_the_way(&steps, &marks, key)?;
    if step.what != What::Text {
        return Err(Error::field("step", "not_allowed"));
    }
    let about = conversations::find(desk, conversation).await?;
    let standard = macros::languages(desk).await?.standard;
    let language = base::mail::language_of(&step.text).map_or(standard, str::to_owned);
    let filled = macros::fill(&step.text, &macros::values(desk, &about, &language).await?);
    mark(desk, run, step, Some(None), &marks).await?;
    Ok(filled)
}

/// Takes the procedure off a conversation; [`begin`] takes it up again where it was.
///
/// # Errors
/// [`Error::Conflict`] `no_procedure`.
pub async fn take_off(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<ProcedureId> {
    desk.agent()?;
    let run = store::lock_current(desk, conversation).await?.ok_or(Error::Conflict("no_procedure"))?;
    let name = store::find(desk, run.procedure_id).await?.name;
    let run = leave(desk, run, State::TakenOff).await?;
    desk.emit(Event::ProcedureTakenOff { conversation, name });
    Ok(run.procedure_id)
}

/// Goes on with the newest version: what is done stays done where the step is still the same.
///
/// # Errors
/// [`Error::Conflict`] `no_procedure`.
pub async fn go_on_with_newest(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<()> {
    desk.agent()?;
    let (run, old, marks) = taken(desk, conversation).await?;
    let procedure = store::find(desk, run.procedure_id).await?;
    if run.version == procedure.version {
        return Ok(());
    }
    let new = store::version(desk, run.procedure_id, procedure.version).await?.steps;
    let kept = rules::carried(&old, &new, &marks);
    for (step, answer) in &marks {
        match kept.get(step) {
            None => _ = store::delete_mark(desk, run.id, *step).await?,
            Some(now) if now != answer => store::set_answer(desk, run.id, *step, *now).await?,
            Some(_) => {}
        }
    }
    // It is counted with the version that it has.
    store::add_to_count(desk, &run, 0, 0, -1).await?;
    store::add_to_count(desk, &run, run.state as i16, run.left_step, -1).await?;
    let left_step = if new.iter().any(|step| step.key == run.left_step) { run.left_step } else { 0 };
    let run = Run { version: procedure.version, left_step, ..run };
    store::add_to_count(desk, &run, 0, 0, 1).await?;
    store::add_to_count(desk, &run, run.state as i16, run.left_step, 1).await?;
    desk.emit(Event::ProcedureRenewed { conversation, name: procedure.name, version: procedure.version });
    learn(desk, &run).await?;
    recount(desk, run).await.map(drop)
}

/// Resolves a conversation although required steps are missing.
///
/// # Errors
/// [`Error::Invalid`]: `reason` is `required` or `too_long`; otherwise as [`conversations::resolve`].
pub async fn resolve_anyway(desk: &mut Desk<'_>, conversation: ConversationId, reason: &str) -> Result<()> {
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > MOST_REASON {
        return Err(Error::field("reason", if reason.is_empty() { "required" } else { "too_long" }));
    }
    let steps = missing(desk, conversation).await?;
    if let Some(run) = store::lock_current(desk, conversation).await?.filter(|run| run.state == State::Going)
        && !steps.is_empty()
    {
        let run = leave(desk, run, State::Overridden).await?;
        store::insert_override(desk, &run, run.left_step, reason).await?;
        store::add_to_count(desk, &run, super::figures::OVERRIDES, 0, 1).await?;
        desk.emit(Event::ProcedureOverridden { conversation, steps, reason: reason.to_owned() });
    }
    conversations::resolve(desk, conversation).await
}

/// Says once that it is too much.
pub(super) async fn check_caps(desk: &mut Desk<'_>, run: Run) -> Result<()> {
    if run.escalated_at.is_some() || !run.state.is_current() {
        return Ok(());
    }
    let procedure = store::find(desk, run.procedure_id).await?;
    let taken = [run.steps_taken, run.messages, run.handoffs];
    let Some(cap) = rules::exceeded(taken, procedure.most) else { return Ok(()) };
    let run = Run { escalated_at: Some(desk.now()), escalated_for: Some(cap), ..run };
    store::update_run(desk, &run).await?;
    let most = most_of(&procedure, cap);
    let conversation = run.conversation_id;
    desk.emit_as(Actor::System, Event::ProcedureEscalated { conversation, procedure: procedure.id, cap, most });
    if !procedure.tag.is_empty() {
        conversations::add_tag(desk, conversation, &procedure.tag).await?;
    }
    Ok(())
}

/// How much there may be.
fn most_of(procedure: &Procedure, cap: Cap) -> i32 {
    let at = Cap::ALL.iter().position(|one| *one == cap);
    at.and_then(|at| procedure.most.get(at).copied().flatten()).unwrap_or(0)
}

/// The marks of facts follow their field.
pub(super) async fn field_set(desk: &mut Desk<'_>, actor: Actor, run: Run, field: fields::FieldId) -> Result<()> {
    let steps = store::version(desk, run.procedure_id, run.version).await?.steps;
    let asks: Vec<&Step> = steps.iter().filter(|step| step.what == What::Fact(field)).collect();
    if asks.is_empty() {
        return Ok(());
    }
    let is_known = fields::values(desk, run.conversation_id.0).await?.get(&field).is_some_and(|held| !held.is_empty());
    let marks = store::as_marks(&store::marks(desk, run.id).await?);
    let mut taken = 0;
    for step in asks {
        match (is_known, marks.contains_key(&step.key)) {
            (true, false) => {
                let by = if let Actor::Agent(agent) = actor { Some(agent) } else { None };
                store::put_mark(desk, run.id, step.key, None, by).await?;
                taken += 1;
            }
            (false, true) => {
                store::delete_mark(desk, run.id, step.key).await?;
                taken += 1;
            }
            _ => {}
        }
    }
    if taken == 0 {
        return Ok(());
    }
    let run = recount(desk, Run { steps_taken: run.steps_taken + taken, ..run }).await?;
    check_caps(desk, run).await
}
