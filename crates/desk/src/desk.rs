//! `Desk`: one unit of work. It knows the transaction, who acts, in which workspace and when; it gathers what happened, the
//! changes of the views' counts and the jobs ordered, and commits all of that together.

use crate::{
    Error, Event, Result,
    customers::CustomerId,
    notifications::Wording,
    people::AgentId,
    rules::{RuleId, RuleOn},
};
use base::{
    db::{Tx, Value},
    events,
    id::Ids,
    id_type, params,
    queue::{self, NewJob},
    statements,
};
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};
use uuid::Uuid;

id_type! {
    /// A company's part of the installation: every record belongs to one.
    WorkspaceId
}

statements! {
    ADD_TO_COUNT = "insert into view_count (workspace_id, view, key, count) values ($1, $2, $3, $4)
        on conflict (workspace_id, view, key) do update set count = view_count.count + excluded.count";
    WORKSPACE_NAME = "select name from workspace where workspace_id = $1";
    NEXT_NUMBER = "update workspace set conversation_number = conversation_number + 1 where workspace_id = $1
        returning conversation_number";
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Rapport itself: a job, a channel, the command line.
    System,
    /// An agent.
    Agent(AgentId),
    /// A customer, by writing.
    Customer(CustomerId),
}

impl Actor {
    pub(crate) fn to_columns(self) -> (i16, Option<Uuid>) {
        match self {
            Actor::System => (0, None),
            Actor::Agent(id) => (1, Some(id.0)),
            Actor::Customer(id) => (2, Some(id.0)),
        }
    }

    pub(crate) fn from_columns(kind: i16, id: Option<Uuid>) -> Self {
        match (kind, id) {
            (1, Some(id)) => Actor::Agent(AgentId(id)),
            (2, Some(id)) => Actor::Customer(CustomerId(id)),
            _ => Actor::System,
        }
    }
}

/// In which workspace, and as whom, a unit of work runs.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// The workspace that every query carries.
    pub workspace: WorkspaceId,
    /// Who acts.
    pub actor: Actor,
}

/// Answers of the store by what was asked, and of which thing.
type Asked = HashMap<(&'static str, Uuid), Box<dyn Any + Send + Sync>>;

/// One unit of work.
pub struct Desk<'t> {
    tx: &'t Tx<'t>,
    scope: Scope,
    now: Timestamp,
    ids: Ids,
    wording: Option<Arc<dyn Wording>>,
    /// What was asked of the store before, in a unit that only reads: its snapshot answers the same again.
    asked: Option<Asked>,
    events: Vec<(Actor, Event)>,
    counts: BTreeMap<(i16, Uuid), i64>,
    /// Additions to sums that many units share.
    sums: Vec<(&'static str, Vec<Value>)>,
    jobs: bool,
    /// Jobs for many things at once, by their kind: ordered when the unit ends.
    for_each: BTreeMap<&'static str, BTreeSet<Uuid>>,
    /// The rules by which this happens, the first one first; empty when it is no rule's doing.
    chain: Vec<RuleId>,
    /// The rules that are on, once somebody has asked for them.
    pub(crate) rules_on: Option<Arc<Vec<RuleOn>>>,
}

/// So many things at most are one job's.
const THINGS_OF_A_JOB: usize = 100;

/// The payload of the jobs that [`Desk::order_for`] orders.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ForThese {
    /// The things.
    pub(crate) ids: Vec<Uuid>,
}

/// What a committed unit of work leaves for others to notice.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Traces {
    pub(crate) newest_event: Option<i64>,
    pub(crate) jobs: bool,
}

impl<'t> Desk<'t> {
    pub(crate) fn new(
        tx: &'t Tx<'t>,
        scope: Scope,
        now: Timestamp,
        ids: Ids,
        wording: Option<Arc<dyn Wording>>,
    ) -> Self {
        Self {
            tx,
            scope,
            now,
            ids,
            wording,
            asked: None,
            events: Vec::new(),
            counts: BTreeMap::new(),
            sums: Vec::new(),
            jobs: false,
            for_each: BTreeMap::new(),
            chain: Vec::new(),
            rules_on: None,
        }
    }

    /// Says that what this unit of work does is the doing of these rules, the first one first.
    pub(crate) fn acts_by(&mut self, chain: Vec<RuleId>) {
        self.chain = chain;
    }

    /// The rules whose doing this is.
    pub(crate) fn chain(&self) -> &[RuleId] {
        &self.chain
    }

    /// As one that only reads.
    pub(crate) fn reading(self) -> Self {
        Self { asked: Some(HashMap::new()), ..self }
    }

    /// What `what`, of the thing of this id, was when it was asked before in this unit; none where it may have changed since.
    pub(crate) fn recall<T: Clone + 'static>(&self, what: &'static str, of: Uuid) -> Option<T> {
        self.asked.as_ref()?.get(&(what, of))?.downcast_ref().cloned()
    }

    /// Keeps an answer for [`Desk::recall`], and gives it back.
    pub(crate) fn remember<T: Clone + Send + Sync + 'static>(&mut self, what: &'static str, of: Uuid, found: T) -> T {
        if let Some(asked) = &mut self.asked {
            asked.insert((what, of), Box::new(found.clone()));
        }
        found
    }

    /// The transaction, for stores.
    pub(crate) fn tx(&self) -> &'t Tx<'t> {
        self.tx
    }

    /// The workspace of this unit of work.
    pub fn workspace(&self) -> WorkspaceId {
        self.scope.workspace
    }

    /// Who acts.
    pub fn actor(&self) -> Actor {
        self.scope.actor
    }

    /// The acting agent.
    ///
    /// # Errors
    /// [`Error::Forbidden`] when it is not an agent who acts.
    pub fn agent(&self) -> Result<AgentId> {
        match self.scope.actor {
            Actor::Agent(id) => Ok(id),
            _ => Err(Error::Forbidden),
        }
    }

    /// The moment at which this unit of work began.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// A moment on a wall in words, as customers who read this language are told it.
    pub(crate) fn moment_words(&self, language: &str, at: &Zoned) -> String {
        match &self.wording {
            Some(wording) => wording.moment(language, at),
            None => at.strftime("%Y-%m-%d %H:%M").to_string(),
        }
    }

    /// The newest event of this workspace, as this unit of work sees it.
    ///
    /// # Errors
    /// The store's.
    pub async fn newest_event(&self) -> Result<i64> {
        Ok(base::events::newest(self.tx, self.scope.workspace.0).await?)
    }

    /// A new time-ordered id.
    pub fn new_id(&self) -> Uuid {
        self.ids.next()
    }

    /// A new id that stands among those of that moment.
    pub(crate) fn new_id_at(&self, moment: Timestamp) -> Uuid {
        self.ids.at(moment)
    }

    /// Records that something happened; it is written with the commit.
    pub fn emit(&mut self, event: Event) {
        self.events.push((self.scope.actor, event));
    }

    /// As [`Desk::emit`], on behalf of somebody else than the unit's actor.
    pub fn emit_as(&mut self, actor: Actor, event: Event) {
        self.events.push((actor, event));
    }

    /// What has happened in this unit so far, by its place.
    pub(crate) fn happened(&self, place: usize) -> Option<(Actor, Event)> {
        self.events.get(place).cloned()
    }

    /// What the workspace is called.
    ///
    /// # Errors
    /// The store's.
    pub async fn workspace_name(&self) -> Result<String> {
        Ok(self.tx.one::<(String,)>(WORKSPACE_NAME, params![self.scope.workspace]).await?.0)
    }

    /// Changes a view's kept count by `by` when this unit commits.
    pub(crate) fn count(&mut self, view: i16, key: Uuid, by: i64) {
        *self.counts.entry((view, key)).or_default() += by;
    }

    /// Adds to a sum that many units share, when this unit commits: written behind the events, whose number is drawn one unit after another,
    /// so that nobody waits for a sum that somebody else still holds.
    pub(crate) fn add_to_sum(&mut self, sql: &'static str, params: Vec<Value>) {
        self.sums.push((sql, params));
    }

    /// Orders a job together with this unit's changes.
    ///
    /// # Errors
    /// The store's.
    pub async fn enqueue(&mut self, job: NewJob) -> Result<()> {
        self.jobs = true;
        Ok(queue::enqueue(self.tx, self.scope.workspace.0, self.new_id(), self.now, &job).await?)
    }

    /// Orders that a job of this kind, whose payload is [`ForThese`], does something with a thing; nobody waits for it. All things of a
    /// unit of work become few jobs. A job of one thing is not made twice.
    pub(crate) fn order_for(&mut self, kind: &'static str, id: Uuid) {
        self.for_each.entry(kind).or_default().insert(id);
    }

    async fn order_collected(&mut self) -> Result<()> {
        for (kind, ids) in std::mem::take(&mut self.for_each) {
            let ids: Vec<Uuid> = ids.into_iter().collect();
            for some in ids.chunks(THINGS_OF_A_JOB) {
                let payload = serde_json::to_string(&ForThese { ids: some.to_vec() }).map_err(Error::internal)?;
                let dedupe_key = if let [one] = some { Some(one.simple().to_string()) } else { None };
                let job = NewJob { kind, payload, run_at: self.now, dedupe_key };
                self.enqueue_behind(job).await?;
            }
        }
        Ok(())
    }

    /// Orders a job that nobody waits for together with this unit's changes.
    ///
    /// # Errors
    /// The store's.
    pub(crate) async fn enqueue_behind(&mut self, job: NewJob) -> Result<()> {
        self.jobs = true;
        Ok(queue::enqueue_behind(self.tx, self.scope.workspace.0, self.new_id(), self.now, &job).await?)
    }

    /// Says that jobs became due other than by [`Desk::enqueue`].
    pub(crate) fn jobs_are_due(&mut self) {
        self.jobs = true;
    }

    /// Draws the number of a new conversation. Locks the workspace's row until the commit: call it as late as possible,
    /// and touch rows that others may hold before it, never after.
    pub(crate) async fn next_conversation_number(&self) -> Result<i64> {
        Ok(self.tx.one::<(i64,)>(NEXT_NUMBER, params![self.scope.workspace]).await?.0)
    }

    /// Writes events and counts; the caller commits right after.
    pub(crate) async fn flush(mut self) -> Result<Traces> {
        self.order_collected().await?;
        let workspace = self.scope.workspace;
        let mut traces = Traces { newest_event: None, jobs: self.jobs };
        if !self.events.is_empty() {
            let rows: Vec<_> = self.events.iter().map(|(actor, event)| event.to_new(*actor)).collect();
            traces.newest_event = Some(events::append(self.tx, workspace.0, self.now, &rows).await?);
        }
        let counts = self
            .counts
            .iter()
            .filter(|(_, by)| **by != 0)
            .map(|((view, key), by)| (ADD_TO_COUNT, params![workspace, *view, *key, *by].to_vec()));
        let counts: Vec<(&str, Vec<Value>)> = counts.chain(self.sums).collect();
        self.tx.exec_all(&counts).await?;
        Ok(traces)
    }
}
