//! Linked problems: many conversations, one cause, one answer to all, each in its customer's language.
//!
//! `members` says which conversations are part of which problem, `sends` brings the answer to all of them, `jobs` goes on with that in the
//! background, one conversation in a unit of work, so that one that fails never stops the rest.

mod jobs;
mod members;
mod rules;
mod sends;
mod store;

pub use jobs::AnswerAll;
pub(crate) use members::hear;
pub use members::{MemberKey, add, is_answered, members, of_conversation, put, take_out, unanswered, unsettled};
pub use rules::{Afterwards, Answer, Asked, Outcome, Progress, Reason, State, decide};
pub use sends::{
    Decided, ItemKey, Plan, Wish, Written, find_send, go_on, last_send, look_ahead, plan, preview, send, sends, stop,
    told,
};
pub use store::{Member, STATEMENTS, Send, Told};

pub use crate::conversations::ProblemId;
use crate::{
    Desk, Error, Event, Result,
    conversations::ConversationId,
    people::{self, AgentId},
};
use base::{id_type, row};
use jiff::Timestamp;

id_type! {
    /// A sending of an answer to all.
    SendId
}

/// How many open problems are looked through for what was typed.
const LOOKED_THROUGH: i64 = 500;

row! {
    /// What many conversations have as their one cause.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Problem {
        /// Its id.
        pub id: ProblemId,
        /// The number people call it by, unique in the workspace.
        pub number: i64,
        /// What it is, on one line.
        pub title: String,
        /// What is known, for colleagues; Markdown.
        pub known: String,
        /// Whether it is still there.
        pub state: State,
        /// Who looks after it.
        pub owner_id: Option<AgentId>,
        /// Who opened it.
        pub opened_by: AgentId,
        /// When.
        pub opened_at: Timestamp,
        /// When a conversation was last added, or it was last changed.
        pub used_at: Timestamp,
        /// When it was solved.
        pub solved_at: Option<Timestamp>,
        /// Who said so.
        pub solved_by: Option<AgentId>,
        /// How many conversations are part of it.
        pub conversations: i64,
        /// Which answer is being written: nobody gets the same one twice.
        pub answer: i64,
        /// Counts up with every change of the answer.
        pub revision: i64,
        /// The language whose text goes to those for whom there is none.
        pub standard: Option<String>,
    }
}

impl Problem {
    /// Its place in the list.
    pub fn key(&self) -> ProblemKey {
        ProblemKey(self.used_at, self.id)
    }

    /// Whether it is still there.
    pub fn is_open(&self) -> bool {
        self.state == State::Open
    }
}

/// A problem's place in the list: the last used first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProblemKey(pub(crate) Timestamp, pub(crate) ProblemId);

impl std::fmt::Display for ProblemKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0.as_microsecond(), self.1)
    }
}

impl std::str::FromStr for ProblemKey {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let (at, id) = text.split_once('.').ok_or(())?;
        Ok(Self(moment(at)?, id.parse().map_err(|_| ())?))
    }
}

fn moment(text: &str) -> std::result::Result<Timestamp, ()> {
    Timestamp::from_microsecond(text.parse().map_err(|_| ())?).map_err(|_| ())
}

/// What can be changed of a problem besides its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemForm {
    /// What it is, on one line.
    pub title: String,
    /// What is known; Markdown.
    pub known: String,
    /// Who looks after it.
    pub owner: Option<AgentId>,
}

/// Opens a problem; whoever does looks after it. `first` becomes part of it.
///
/// # Errors
/// [`Error::Invalid`]; as [`add`] for the conversation.
pub async fn open(desk: &mut Desk<'_>, title: &str, first: Option<ConversationId>) -> Result<ProblemId> {
    let title = rules::checked_title(title).map_err(|problem| Error::Invalid(vec![problem]))?;
    let (id, by) = (ProblemId(desk.new_id()), desk.agent()?);
    store::insert(desk, id, &title, by).await?;
    desk.emit(Event::ProblemOpened { problem: id });
    if let Some(first) = first {
        add(desk, id, first).await?;
    }
    Ok(id)
}

/// One problem.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(desk: &mut Desk<'_>, id: ProblemId) -> Result<Problem> {
    store::find(desk, id).await
}

/// The problem of that number.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find_by_number(desk: &mut Desk<'_>, number: i64) -> Result<Problem> {
    store::find_by_number(desk, number).await
}

/// Problems, those last used first, from behind `after`.
///
/// # Errors
/// The store's.
pub async fn list(desk: &mut Desk<'_>, state: State, after: Option<ProblemKey>, limit: i64) -> Result<Vec<Problem>> {
    store::list(desk, state, after, limit).await
}

/// Open problems that may be meant by what was typed, the likeliest first: those last used.
///
/// # Errors
/// The store's.
pub async fn meant(desk: &mut Desk<'_>, query: &str, limit: usize) -> Result<Vec<Problem>> {
    let looked_through = if query.trim().is_empty() { limit as i64 } else { LOOKED_THROUGH };
    let mut found = store::list(desk, State::Open, None, looked_through).await?;
    found.retain(|problem| rules::is_meant(problem.number, &problem.title, query));
    found.truncate(limit);
    Ok(found)
}

/// Changes what a problem is called, what is known of it and who looks after it.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::NotFound`].
pub async fn edit(desk: &mut Desk<'_>, id: ProblemId, form: ProblemForm) -> Result<()> {
    let mut wrong = Vec::new();
    let title = rules::checked_title(&form.title).map_err(|problem| wrong.push(problem)).unwrap_or_default();
    let known = rules::checked_known(&form.known).map_err(|problem| wrong.push(problem)).unwrap_or_default();
    if let Some(owner) = form.owner
        && !people::agents(desk).await?.iter().any(|agent| agent.id == owner)
    {
        wrong.push(crate::FieldError { field: "owner", problem: "not_allowed" });
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let before = store::lock(desk, id).await?;
    let after = Problem { title, known, owner_id: form.owner, ..before.clone() };
    change(desk, &before, after, Event::ProblemChanged { problem: id }).await
}

/// Writes what became of a problem, if that is something else.
async fn change(desk: &mut Desk<'_>, before: &Problem, after: Problem, event: Event) -> Result<()> {
    if *before != after {
        store::update(desk, &Problem { used_at: desk.now(), ..after }).await?;
        desk.emit(event);
    }
    Ok(())
}

/// The problem is not there any more. Its conversations stay as they are until they get the answer.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn solve(desk: &mut Desk<'_>, id: ProblemId) -> Result<()> {
    let (before, by, now) = (store::lock(desk, id).await?, desk.agent()?, desk.now());
    if before.state == State::Solved {
        return Ok(());
    }
    let after = Problem { state: State::Solved, solved_at: Some(now), solved_by: Some(by), ..before.clone() };
    change(desk, &before, after, Event::ProblemSolved { problem: id }).await
}

/// The problem is there again, or still.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn reopen(desk: &mut Desk<'_>, id: ProblemId) -> Result<()> {
    let before = store::lock(desk, id).await?;
    let after = Problem { state: State::Open, solved_at: None, solved_by: None, ..before.clone() };
    change(desk, &before, after, Event::ProblemReopened { problem: id }).await
}

/// The answer that is being written.
///
/// # Errors
/// The store's.
pub async fn answer(desk: &mut Desk<'_>, problem: &Problem) -> Result<Answer> {
    Ok(Answer { texts: store::texts(desk, problem.id).await?, standard: problem.standard.clone() })
}

/// Changes the answer. `seen` is the revision that was changed: what somebody else has written meanwhile is not written over.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Conflict`] `changed` when somebody else changed it; [`Error::NotFound`].
pub async fn save_answer(desk: &mut Desk<'_>, id: ProblemId, seen: i64, answer: Answer) -> Result<()> {
    let answer = answer.tidied();
    let wrong = answer.problems();
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let before = store::lock(desk, id).await?;
    let known = self::answer(desk, &before).await?;
    if known == answer {
        return Ok(());
    }
    if before.revision != seen {
        return Err(Error::Conflict("changed"));
    }
    store::set_texts(desk, id, &answer.texts).await?;
    let after = Problem { standard: answer.standard, revision: before.revision + 1, ..before.clone() };
    change(desk, &before, after, Event::ProblemChanged { problem: id }).await
}

/// Begins another answer, as when there is news after the first: everybody can get it, also those who have the one before.
///
/// # Errors
/// [`Error::Conflict`] `under_way` while the one before goes out; [`Error::NotFound`].
pub async fn begin_another(desk: &mut Desk<'_>, id: ProblemId) -> Result<()> {
    let before = store::lock(desk, id).await?;
    if sends::last_send(desk, id).await?.is_some_and(|send| send.state == Progress::Running) {
        return Err(Error::Conflict("under_way"));
    }
    store::set_texts(desk, id, &[]).await?;
    let (answer, revision) = (before.answer + 1, before.revision + 1);
    let after = Problem { answer, revision, standard: None, ..before.clone() };
    change(desk, &before, after, Event::ProblemChanged { problem: id }).await
}

/// Which languages the customers of its conversations read, with how many conversations; empty where it is not known.
///
/// # Errors
/// The store's.
pub async fn languages(desk: &mut Desk<'_>, id: ProblemId) -> Result<Vec<(String, i64)>> {
    store::languages(desk, id).await
}
