//! How often a version of a procedure began and was finished, and where its way was left; each figure with its conversations.

use super::{
    Override, OverrideId, ProcedureId, RunId, State,
    store::{self, Run},
};
use crate::{Desk, Result};
use uuid::Uuid;

/// Where those that were overridden are counted, however they went on.
pub(super) const OVERRIDES: i16 = 20;

/// So many runs of a version are in a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// So many began.
    Begun(i64),
    /// So many are in a state, left at a step; 0 for none.
    In(State, i32, i64),
    /// So often one was resolved although steps were missing.
    Overrides(i64),
}

/// The figures of a version that are not nothing.
///
/// # Errors
/// The store's.
pub async fn figures(desk: &mut Desk<'_>, procedure: ProcedureId, version: i32) -> Result<Vec<Figure>> {
    let counts = store::counts(desk, procedure, version).await?;
    let figure = |(state, step, count): (i16, i32, i64)| match state {
        _ if count <= 0 => None,
        0 => Some(Figure::Begun(count)),
        OVERRIDES => Some(Figure::Overrides(count)),
        state => {
            let state = State::ALL.iter().find(|one| **one as i16 == state)?;
            Some(Figure::In(*state, step, count))
        }
    };
    Ok(counts.into_iter().filter_map(figure).collect())
}

/// How often each step of a version is where the way was left, with how it was.
pub fn left_at(figures: &[Figure], step: i32) -> Vec<(State, i64)> {
    let left = |figure: &Figure| match figure {
        Figure::In(state, at, count) if *at == step && state.is_left() => Some((*state, *count)),
        _ => None,
    };
    figures.iter().filter_map(left).collect()
}

/// Conversations that began a version, or those that are in a state, left at a step; newest first.
///
/// # Errors
/// The store's.
pub async fn runs(
    desk: &mut Desk<'_>,
    of: (ProcedureId, i32),
    state: Option<(State, i32)>,
    before: Option<RunId>,
    limit: i64,
) -> Result<Vec<Run>> {
    let (before, limit) = (before.unwrap_or(RunId(Uuid::max())), limit.clamp(1, 201));
    match state {
        Some(state) => store::in_state(desk, of, state, before, limit).await,
        None => store::begun(desk, of, before, limit).await,
    }
}

/// Those that were resolved although steps were missing, with the reasons, newest first.
///
/// # Errors
/// The store's.
pub async fn overrides(
    desk: &mut Desk<'_>,
    of: (ProcedureId, i32),
    before: Option<OverrideId>,
    limit: i64,
) -> Result<Vec<Override>> {
    store::overrides(desk, of, before.unwrap_or(OverrideId(Uuid::max())), limit.clamp(1, 201)).await
}
