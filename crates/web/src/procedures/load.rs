//! From the product's records to what a conversation shows of its procedure.

use std::collections::HashMap;

use desk::conversations::ConversationId;
use desk::fields::{self, Field, FieldId, Held};
use desk::people::{self, Role, TeamId};
use desk::procedures::{self, Cap, Procedure, Shown, Step, What, Who};
use desk::{Desk, Result};
use words::Words;

use super::shapes::{ProcedureShown, Progress, StepKind, StepShown};
use crate::inbox::load::Names;
use crate::inbox::shapes::FieldShown;

/// What a conversation shows.
pub(crate) async fn of_conversation(
    desk: &mut Desk<'_>,
    id: ConversationId,
    say: Words,
    names: &Names,
) -> Result<ProcedureShown> {
    let Some(shown) = procedures::of_conversation(desk, id).await? else {
        let any = procedures::all(desk).await?.iter().any(|one| one.archived_at.is_none());
        return Ok(if any { ProcedureShown::CanBegin } else { ProcedureShown::Nothing });
    };
    let agent = people::agent(desk, desk.agent()?).await?;
    let teams: Vec<TeamId> = people::teams_of(desk, agent.id).await?.into_iter().map(|team| team.id).collect();
    let known = fields::fields(desk).await?;
    let held = fields::values(desk, id.0).await?;
    let viewer = Viewer { role: agent.role, teams, known, held, names, say };
    Ok(ProcedureShown::Has(Box::new(viewer.progress(&shown))))
}

/// Who looks, and what is needed to name things to them.
struct Viewer<'a> {
    role: Role,
    teams: Vec<TeamId>,
    known: Vec<Field>,
    held: HashMap<FieldId, Vec<Held>>,
    names: &'a Names,
    say: Words,
}

impl Viewer<'_> {
    fn progress(&self, shown: &Shown) -> Progress {
        let Shown { procedure, run, version, path, .. } = shown;
        let step = |at: &usize| version.steps.get(*at).map(|step| self.step(shown, step, path.next == Some(*at)));
        Progress {
            id: procedure.id.to_string(),
            name: procedure.name.clone(),
            version: run.version,
            newest: (procedure.version != run.version && procedure.archived_at.is_none()).then_some(procedure.version),
            state: run.state,
            done: path.done.len(),
            total: path.total,
            whole: path.whole,
            missing: !path.missing.is_empty(),
            too_much: run.escalated_for.map(|cap| (cap, most(procedure, cap))),
            steps: path.steps.iter().filter_map(step).collect(),
        }
    }

    fn step(&self, shown: &Shown, step: &Step, next: bool) -> StepShown {
        let mark = shown.mark(step).filter(|_| {
            let at = shown.version.steps.iter().position(|one| one.key == step.key);
            at.is_some_and(|at| shown.path.done.contains(&at))
        });
        let what = match &step.what {
            What::Task => StepKind::Task,
            What::Text => StepKind::Text,
            What::Fact(id) => StepKind::Fact(self.field(*id, step.required)),
            What::Decision { answers, who } => StepKind::Decision {
                answers: answers.iter().map(|one| one.text.clone()).collect(),
                given: mark.and_then(|mark| usize::try_from(mark.answer?).ok()),
                may: who.may(self.role, &self.teams),
                who: who_words(*who, self.names, self.say),
            },
        };
        let title = match &what {
            StepKind::Fact(Some(field)) if step.title.is_empty() => field.name.clone(),
            _ => step.title.clone(),
        };
        StepShown {
            key: step.key,
            title,
            text: step.text.clone(),
            required: step.is_required(),
            next,
            what,
            done: mark.map(|mark| (mark.agent_id.map(|id| self.names.agent(id).name), mark.at)),
        }
    }

    fn field(&self, id: FieldId, required: bool) -> Option<FieldShown> {
        let field = self.known.iter().find(|field| field.id == id)?;
        let held = self.held.get(&id).into_iter().flatten();
        Some(FieldShown {
            id: id.to_string(),
            name: field.name.clone(),
            kind: field.kind,
            required,
            options: field.limits.options.clone(),
            values: held.map(|held| held.value.clone()).collect(),
        })
    }
}

/// Who may decide, in words; nothing where everyone may.
pub(crate) fn who_words(who: Who, names: &Names, say: Words) -> Option<String> {
    match who {
        Who::Anyone | Who::Role(Role::Agent) => None,
        Who::Role(Role::Admin) => Some(say.procedures_who_admins().to_owned()),
        Who::Role(Role::Owner) => Some(say.procedures_who_owners().to_owned()),
        Who::Team(team) => Some(names.team(team).name),
    }
}

/// How much of it there may be.
pub(crate) fn most(procedure: &Procedure, cap: Cap) -> i32 {
    let at = Cap::ALL.iter().position(|one| *one == cap);
    at.and_then(|at| procedure.most.get(at).copied().flatten()).unwrap_or(0)
}
