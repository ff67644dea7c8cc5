//! Procedures: playbooks by kind of conversation. Each has numbered versions of steps that never change; a conversation keeps the version
//! with which it began. `running` is what agents do with one, `hearing` what follows by itself, `figures` where its way is left.

mod figures;
mod hearing;
mod rules;
mod running;
mod store;

pub use figures::{Figure, figures, left_at, overrides, runs};
pub(crate) use hearing::hear;
pub use rules::{
    Answer, Cap, For, MOST_ANSWERS, MOST_STEPS, Marks, Path, State, Step, StepProblem, To, What, Who, path, problems,
};
pub use running::{
    Shown, begin, decide, go_on_with_newest, missing, of_conversation, resolve_anyway, take_off, text_of, tick,
};
pub use store::{Mark, Override, Procedure, Run, STATEMENTS, Version};

use crate::{
    Desk, Error, Event, FieldError, Result, conversations, fields,
    people::{self, AgentId, Role},
};
use base::id_type;

id_type! {
    /// A playbook.
    ProcedureId
}
id_type! {
    /// A playbook in a conversation.
    RunId
}
id_type! {
    /// Resolving although steps were missing.
    OverrideId
}

/// The most procedures of a workspace, also archived ones.
const MOST: usize = 200;
/// The highest limit that can be set.
const HIGHEST: i32 = 100_000;

/// A procedure to be made or changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ProcedureForm {
    /// What it is called.
    pub name: String,
    /// For which conversations it is.
    pub is_for: For,
    /// Its steps.
    pub steps: Vec<Step>,
    /// What is too much in one conversation, in the order of [`Cap::ALL`]; none for no limit.
    pub most: [Option<i32>; 3],
    /// Who is told of it; none for all administrators.
    pub lead_id: Option<AgentId>,
    /// The tag that such a conversation gets; empty for none.
    pub tag: String,
}

/// All procedures by name, also archived ones.
///
/// # Errors
/// The store's.
pub async fn all(desk: &mut Desk<'_>) -> Result<Vec<Procedure>> {
    store::all(desk).await
}

/// One procedure.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(desk: &mut Desk<'_>, id: ProcedureId) -> Result<Procedure> {
    store::find(desk, id).await
}

/// One version of a procedure.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn version(desk: &mut Desk<'_>, id: ProcedureId, number: i32) -> Result<Version> {
    store::version(desk, id, number).await
}

/// Versions of a procedure before that number, newest first.
///
/// # Errors
/// The store's.
pub async fn versions(desk: &mut Desk<'_>, id: ProcedureId, before: i32, limit: i64) -> Result<Vec<Version>> {
    store::versions(desk, id, before, limit.clamp(1, 200)).await
}

/// Makes a procedure with its first version.
///
/// # Errors
/// [`Error::Invalid`]: `name`, `steps`, `conditions`, `most`, `lead`, `tag`; [`Error::Conflict`] when there are too many.
pub async fn create(desk: &mut Desk<'_>, form: ProcedureForm) -> Result<ProcedureId> {
    let form = checked(desk, form).await?;
    if store::all(desk).await?.len() >= MOST {
        return Err(Error::Conflict("too_many_procedures"));
    }
    let ProcedureForm { name, is_for, steps, most, lead_id, tag } = form;
    let id = ProcedureId(desk.new_id());
    let last_key = highest(&steps);
    let created_at = desk.now();
    let made = Procedure { id, name, is_for, version: 1, last_key, most, lead_id, tag, created_at, archived_at: None };
    store::insert(desk, &made).await?;
    store::insert_version(desk, id, 1, &steps).await?;
    desk.emit(Event::ProceduresChanged);
    Ok(id)
}

/// Changes a procedure; other steps are a new version. `seen` is the version that whoever changes it had before their eyes.
///
/// # Errors
/// As [`create`]; [`Error::Conflict`] `procedure_changed` when somebody else made a version meanwhile; [`Error::NotFound`].
pub async fn change(desk: &mut Desk<'_>, id: ProcedureId, seen: i32, form: ProcedureForm) -> Result<()> {
    let form = checked(desk, form).await?;
    let was = store::lock(desk, id).await?;
    let before = store::version(desk, id, was.version).await?;
    let is_new = before.steps != form.steps;
    if is_new && seen != was.version {
        return Err(Error::Conflict("procedure_changed"));
    }
    let ProcedureForm { name, is_for, steps, most, lead_id, tag } = form;
    let version = was.version + i32::from(is_new);
    let last_key = was.last_key.max(highest(&steps));
    store::update(desk, &Procedure { name, is_for, version, last_key, most, lead_id, tag, ..was }).await?;
    if is_new {
        store::insert_version(desk, id, version, &steps).await?;
    }
    desk.emit(Event::ProceduresChanged);
    Ok(())
}

/// Lets a procedure begin no more, or again. Conversations that have it keep it.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn archive(desk: &mut Desk<'_>, id: ProcedureId, archived: bool) -> Result<()> {
    let at = archived.then(|| desk.now());
    if store::archive(desk, id, at).await? == 0 {
        return Err(Error::NotFound);
    }
    desk.emit(Event::ProceduresChanged);
    Ok(())
}

/// Who is told that it is too much.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn leads(desk: &mut Desk<'_>, id: ProcedureId) -> Result<Vec<AgentId>> {
    let lead = store::find(desk, id).await?.lead_id;
    let agents = people::agents(desk).await?;
    if let Some(lead) = agents.iter().find(|one| Some(one.id) == lead && one.active) {
        return Ok(vec![lead.id]);
    }
    Ok(agents.iter().filter(|one| one.active && one.role >= Role::Admin).map(|one| one.id).collect())
}

fn highest(steps: &[Step]) -> i32 {
    steps.iter().map(|step| step.key).max().unwrap_or(0)
}

async fn checked(desk: &mut Desk<'_>, form: ProcedureForm) -> Result<ProcedureForm> {
    let mut problems = Vec::new();
    let mut wrong = |field, problem| problems.push(FieldError { field, problem });
    let name = form.name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => wrong("name", "required"),
        1..=80 => {}
        _ => wrong("name", "too_long"),
    }
    let steps = rules::tidied(form.steps);
    match steps.len() {
        0 => wrong("steps", "required"),
        1..=MOST_STEPS if rules::problems(&steps).is_empty() => {}
        1..=MOST_STEPS => wrong("steps", "invalid"),
        _ => wrong("steps", "too_many"),
    }
    let conditions = form.is_for.conditions.map(conversations::views::Filter::pruned);
    let conditions = conditions.filter(|one| !one.conditions().is_empty());
    if let Some(conditions) = &conditions {
        if let Some(problem) = conditions.problem() {
            wrong("conditions", problem);
        } else if rules::is_personal(conditions) {
            wrong("conditions", "personal");
        }
    }
    if form.most.iter().flatten().any(|most| !(1..=HIGHEST).contains(most)) {
        wrong("most", "not_a_count");
    }
    let tag = form.tag.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if tag.chars().count() > 40 || tag.chars().any(char::is_control) {
        wrong("tag", "too_long");
    }
    if let Some(lead) = form.lead_id
        && !people::agents(desk).await?.iter().any(|one| one.id == lead && one.active)
    {
        wrong("lead", "not_allowed");
    }
    let type_id = form.is_for.type_id;
    if type_id.is_some() && !fields::types(desk).await?.iter().any(|one| Some(one.id) == type_id) {
        wrong("type", "not_allowed");
    }
    let known = fields::fields(desk).await?;
    let teams = people::teams(desk).await?;
    let is_known = |step: &Step| match &step.what {
        What::Fact(field) => known.iter().any(|one| one.id == *field),
        What::Decision { who: Who::Team(team), .. } => teams.iter().any(|one| one.id == *team),
        _ => true,
    };
    if !steps.iter().all(is_known) {
        wrong("steps", "invalid");
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    Ok(ProcedureForm { name, is_for: For { type_id, conditions }, steps, tag, ..form })
}
