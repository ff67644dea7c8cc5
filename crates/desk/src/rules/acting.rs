//! What rules do, in the unit of work of their run: all of it, or nothing.

use super::{Action, Did, RunId, running::Occasion, store::RuleOn, webhooks};
use crate::{
    Desk, Error, Event, Result, calendars,
    conversations::{self, Conversation, ConversationId, NotWritten, Status, snooze_until_in_any},
    macros::{self, MacroId},
    people,
};

/// Does what a rule does, in its order.
pub(super) async fn act(desk: &mut Desk<'_>, rule: &RuleOn, run: RunId, occasion: &Occasion) -> Result<Vec<Did>> {
    let mut did = Vec::new();
    for action in &rule.definition.actions {
        let left = one(desk, rule, run, occasion, action).await?;
        did.push(Did { action: action.clone(), left });
    }
    Ok(did)
}

/// Does one thing; why it was left out, where the customer is not to be written to.
async fn one(
    desk: &mut Desk<'_>,
    rule: &RuleOn,
    run: RunId,
    occasion: &Occasion,
    action: &Action,
) -> Result<Option<NotWritten>> {
    let id = occasion.conversation;
    match action {
        Action::Assign(to) => conversations::assign(desk, id, *to).await?,
        Action::Team(to) => conversations::assign_team(desk, id, *to).await?,
        Action::Priority(to) => conversations::set_priority(desk, id, *to).await?,
        Action::Resolve => conversations::resolve(desk, id).await?,
        Action::Reopen => {
            conversations::reopen(desk, id).await?;
            conversations::wake(desk, id).await?;
        }
        Action::Snooze(words) => snooze(desk, id, words).await?,
        Action::Tag(tag) => conversations::add_tag(desk, id, tag).await?,
        Action::Untag(tag) => conversations::remove_tag(desk, id, tag).await?,
        Action::SetField(field, values) => conversations::set_field(desk, id, *field, values).await?,
        Action::Note(text) => _ = conversations::note_by_rule(desk, id, &rule.name, text).await?,
        Action::Message(text) => return message(desk, id, text, None).await,
        Action::Macro(used) => return use_macro(desk, id, *used).await,
        Action::Webhook(address) => webhooks::order(desk, rule, run, occasion, address).await?,
        Action::Ask(agent, text) => {
            let had_it = conversations::find(desk, id).await?.assignee_id == Some(*agent);
            conversations::assign(desk, id, Some(*agent)).await?;
            let message = conversations::note_by_rule(desk, id, &rule.name, text).await?;
            // Whoever gets it is told of that; whoever had it already is told of the note.
            if had_it {
                desk.emit(Event::Mentioned { conversation: id, message, agent: *agent });
            }
        }
    }
    Ok(None)
}

/// Words of time are meant where the desk is. What is settled stays so.
async fn snooze(desk: &mut Desk<'_>, id: ConversationId, words: &str) -> Result<()> {
    if conversations::find(desk, id).await?.status == Status::Resolved {
        return Ok(());
    }
    let zone = calendars::default_calendar(desk).await?.zone;
    let until = snooze_until_in_any(words, desk.now(), &zone).ok_or(Error::field("until", "not_understood"))?;
    conversations::snooze(desk, id, until).await
}

/// In whose name texts are filled in: whoever is responsible, else the desk.
async fn writer(desk: &mut Desk<'_>, conversation: &Conversation) -> Result<String> {
    match conversation.assignee_id {
        Some(agent) => Ok(people::agent(desk, agent).await?.name),
        None => desk.workspace_name().await,
    }
}

async fn message(
    desk: &mut Desk<'_>,
    id: ConversationId,
    text: &str,
    language: Option<String>,
) -> Result<Option<NotWritten>> {
    let conversation = conversations::find(desk, id).await?;
    let language = match language {
        Some(language) => language,
        None => macros::wanted_languages(desk, id).await?.into_iter().next().unwrap_or_default(),
    };
    let writer = writer(desk, &conversation).await?;
    let values = macros::values_by(desk, &conversation, &language, &writer).await?;
    let filled = macros::fill(text, &values);
    if !filled.gaps.is_empty() {
        return Err(Error::field("body", "gaps"));
    }
    Ok(conversations::write_by_rule(desk, id, &filled.text).await?.err())
}

async fn use_macro(desk: &mut Desk<'_>, id: ConversationId, used: MacroId) -> Result<Option<NotWritten>> {
    let found = macros::find_shared(desk, used).await?;
    let left = match macros::text_for(desk, id, used).await? {
        Some((language, text)) => message(desk, id, &text, Some(language)).await?,
        None => None,
    };
    let zone = calendars::default_calendar(desk).await?.zone;
    macros::act_by_rule(desk, id, &found, &zone).await?;
    Ok(left)
}
