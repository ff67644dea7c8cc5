//! What a conversation shows of its procedure.

use desk::procedures::{Cap, State};
use jiff::Timestamp;

use crate::inbox::shapes::FieldShown;

/// What a conversation shows of procedures.
#[derive(Clone, Debug, Default)]
pub(crate) enum ProcedureShown {
    /// The desk has none.
    #[default]
    Nothing,
    /// One can be begun.
    CanBegin,
    /// This one.
    Has(Box<Progress>),
}

/// How far a procedure has got.
#[derive(Clone, Debug)]
pub(crate) struct Progress {
    /// The procedure's id as text.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: String,
    /// Which version the conversation has.
    pub(crate) version: i32,
    /// The newest one, when that is another.
    pub(crate) newest: Option<i32>,
    /// How far it has got.
    pub(crate) state: State,
    /// How many steps are done.
    pub(crate) done: usize,
    /// Of how many.
    pub(crate) total: usize,
    /// No decision on the way is open.
    pub(crate) whole: bool,
    /// Required steps are missing.
    pub(crate) missing: bool,
    /// What became too much, and how much there may be.
    pub(crate) too_much: Option<(Cap, i32)>,
    /// The steps on the way as far as it is known.
    pub(crate) steps: Vec<StepShown>,
}

/// A step on the way.
#[derive(Clone, Debug)]
pub(crate) struct StepShown {
    /// What it is known by.
    pub(crate) key: i32,
    /// What is to be done.
    pub(crate) title: String,
    /// More about it.
    pub(crate) text: String,
    /// It is needed before resolving.
    pub(crate) required: bool,
    /// It is the first that is not done.
    pub(crate) next: bool,
    /// What kind of step it is.
    pub(crate) what: StepKind,
    /// Who did it and when; nobody where it was known already.
    pub(crate) done: Option<(Option<String>, Timestamp)>,
}

/// What kind of step it is.
#[derive(Clone, Debug)]
pub(crate) enum StepKind {
    /// Something to do.
    Task,
    /// Something to know; nothing when its field is gone.
    Fact(Option<FieldShown>),
    /// Words to put into the answer.
    Text,
    /// A question.
    Decision {
        /// Its answers.
        answers: Vec<String>,
        /// The one that was given.
        given: Option<usize>,
        /// The viewer may decide.
        may: bool,
        /// Who may, where not everyone does.
        who: Option<String>,
    },
}
