//! From the product's hand-offs to what pages show.

use desk::conversations::{ConversationId, Holder};
use desk::handoffs::{self, Handoff, Receiver, State};
use desk::{Desk, Result};

use crate::inbox::load::Names;
use crate::inbox::shapes::HandoffShown;

/// The hand-off that the conversation shows on top: one that waits for an answer, else the last one when it was given back.
pub(crate) async fn shown(desk: &mut Desk<'_>, id: ConversationId, names: &Names) -> Result<Option<HandoffShown>> {
    let Some(last) = handoffs::of_conversation(desk, id).await?.into_iter().next() else { return Ok(None) };
    // What was accepted stays in sight of whoever has it: that is what it was written for.
    if last.state == State::Withdrawn {
        return Ok(None);
    }
    let waits = last.state == State::Asked;
    let me = desk.agent()?;
    let may_decide = waits && handoffs::may_decide(desk, me, &last).await?;
    Ok(Some(HandoffShown {
        id: last.id.to_string(),
        from: names.agent(last.from_agent).name,
        to: receiver_words(&last, names),
        may_decide,
        may_withdraw: waits && last.from_agent == me,
        waits,
        declined: (last.state == State::Declined)
            .then(|| (last.decided_by.map(|by| names.agent(by).name).unwrap_or_default(), last.reason.clone())),
        at: last.asked_at,
        brief: [last.asked, last.tried, last.promised, last.known],
    }))
}

/// To whom it went.
pub(crate) fn receiver_words(handoff: &Handoff, names: &Names) -> String {
    match handoff.receiver() {
        Some(Receiver::Agent(id)) => names.agent(id).name,
        Some(Receiver::Team(id)) => names.team(id).name,
        None => String::new(),
    }
}

/// Who holds it, by name; none for nobody.
pub(crate) fn holder_words(holder: Holder, names: &Names) -> Option<String> {
    match holder {
        Holder::Nobody => None,
        Holder::Agent(id) => Some(names.agent(id).name),
        Holder::Team(id) => Some(names.team(id).name),
    }
}
