//! From the product's reviews to what pages show.

use base::html::from_markdown;
use desk::conversations::ConversationId;
use desk::reviews::{self, Act, Part, Review, Reviewer, State};
use desk::{Desk, Result};

use crate::inbox::bodies::is_safe_picture;
use crate::inbox::load::Names;
use crate::inbox::shapes::{FileShown, ReviewShown};

/// The draft that a conversation shows under its messages: one that waits, else one that was given back, to its author.
pub(crate) async fn shown(desk: &mut Desk<'_>, id: ConversationId, names: &Names) -> Result<Option<ReviewShown>> {
    let last = reviews::last(desk, id).await?;
    let Some(last) = last.filter(|last| last.state.is_open() || last.state == State::Returned) else { return Ok(None) };
    let part = reviews::part(desk, &last).await?;
    let is_returned = last.state == State::Returned;
    if is_returned && part != Part::Author {
        return Ok(None);
    }
    let files = if is_returned { Vec::new() } else { reviews::files(desk, &last).await? };
    let files = files.iter().map(|file| FileShown {
        url: format!("/reviews/{}/files/{}", last.id, file.id),
        name: file.name.clone(),
        size: u64::try_from(file.size).unwrap_or(0),
        picture: is_safe_picture(&file.content_type),
    });
    let may = |act: Act| act.is_allowed(part, last.state);
    Ok(Some(ReviewShown {
        id: last.id.to_string(),
        by: names.agent(last.author).name,
        mine: part == Part::Author,
        to: reviewer_words(&last, names),
        decided_by: last.decided_by.map(|by| names.agent(by).name),
        remark: last.remark.clone(),
        answer: last.answer.clone(),
        html: from_markdown(&last.text),
        changes: if last.text == last.asked_text { Vec::new() } else { reviews::changes(&last.asked_text, &last.text) },
        text: last.text.clone(),
        revision: last.revision,
        state: last.state,
        files: files.collect(),
        at: last.decided_at.unwrap_or(last.asked_at),
        moved_on: last.state.is_open() && reviews::is_overtaken(desk, &last).await?,
        may_edit: may(Act::Edit),
        may_approve: may(Act::Approve),
        may_send: may(Act::Send),
        may_withdraw: may(Act::Withdraw),
        may_note: may(Act::Note),
        warning: None,
    }))
}

/// Whom it was asked of, by name; none for anyone.
fn reviewer_words(review: &Review, names: &Names) -> Option<String> {
    match review.reviewer() {
        Reviewer::Anyone => None,
        Reviewer::Agent(id) => Some(names.agent(id).name),
        Reviewer::Team(id) => Some(names.team(id).name),
    }
}
