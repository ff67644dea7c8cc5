//! Mentions in notes: `@Sam Okafor` or `@Billing`. Whoever is mentioned follows the conversation from then on, is notified, and
//! finds it in the view "Mentions" while it is open.

use super::{Conversation, ConversationId, CountedView, MessageId, Status, follow};
use crate::{
    Desk, Event, Result,
    people::{self, AgentId, TeamId},
};
use base::{db::Value, params, statements};

statements! {
    MENTION = "insert into mention (workspace_id, conversation_id, agent_id, status, last_activity_at, mentioned_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (workspace_id, conversation_id, agent_id) do nothing";
    COPIES = "update mention set status = $3, last_activity_at = $4 where workspace_id = $1 and conversation_id = $2";
    IS_MENTIONED = "select 1 from mention where workspace_id = $1 and conversation_id = $2 and agent_id = $3";
    MENTIONED_IN = "select agent_id from mention where workspace_id = $1 and conversation_id = $2";
}

/// More people than this are mentioned by nobody on purpose.
const MOST: usize = 50;

/// Somebody or some people who can be mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mentionable {
    /// An agent.
    Agent(AgentId),
    /// All members of a team.
    Team(TeamId),
}

/// Who is mentioned in a text, with where: the longest name that fits behind an `@` that no word goes before. Names in code count
/// too: whoever writes a name behind an `@` means somebody.
pub fn find_mentions(text: &str, known: &[(Mentionable, String)]) -> Vec<(std::ops::Range<usize>, Vec<Mentionable>)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('@').map(|at| from + at) {
        from = at + 1;
        if text[..at].chars().next_back().is_some_and(|before| before.is_alphanumeric() || "._-+".contains(before)) {
            continue;
        }
        let rest = &text[at + 1..];
        let fits = |name: &str| {
            let end = prefix_of(rest, name)?;
            let next = rest[end..].chars().next();
            (!next.is_some_and(char::is_alphanumeric)).then_some(end)
        };
        let Some(longest) = known.iter().filter_map(|(_, name)| fits(name)).max() else { continue };
        let who = known.iter().filter(|(_, name)| fits(name) == Some(longest)).map(|(who, _)| *who).collect();
        found.push((at..at + 1 + longest, who));
        from = at + 1 + longest;
    }
    found
}

/// How much of a text a name at its beginning takes, whatever its case.
fn prefix_of(text: &str, name: &str) -> Option<usize> {
    let mut rest = text.char_indices();
    for wanted in name.chars() {
        let (_, have) = rest.next()?;
        if !have.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    (!name.is_empty()).then(|| rest.next().map_or(text.len(), |(at, _)| at))
}

/// Who can be mentioned: active agents and teams, with their names.
///
/// # Errors
/// The store's.
pub async fn mentionable(desk: &mut Desk<'_>) -> Result<Vec<(Mentionable, String)>> {
    let agents = people::agents(desk).await?.into_iter().filter(|agent| agent.active);
    let mut known: Vec<_> = agents.map(|agent| (Mentionable::Agent(agent.id), agent.name)).collect();
    known.extend(people::teams(desk).await?.into_iter().map(|team| (Mentionable::Team(team.id), team.name)));
    Ok(known)
}

/// Records whom a note mentions, except its writer.
pub(super) async fn record(
    desk: &mut Desk<'_>,
    conversation: &Conversation,
    message: MessageId,
    text: &str,
) -> Result<()> {
    if !text.contains('@') {
        return Ok(());
    }
    let known = mentionable(desk).await?;
    let mentioned: Vec<Mentionable> = find_mentions(text, &known).into_iter().flat_map(|(_, who)| who).collect();
    if mentioned.is_empty() {
        return Ok(());
    }
    let members = people::team_members(desk).await?;
    let is_active = |agent: AgentId| known.iter().any(|(who, _)| *who == Mentionable::Agent(agent));
    let mut agents: Vec<AgentId> = Vec::new();
    for who in mentioned {
        match who {
            Mentionable::Agent(agent) => agents.push(agent),
            Mentionable::Team(team) => {
                agents.extend(members.iter().filter(|(of, _)| *of == team).map(|(_, agent)| *agent));
            }
        }
    }
    agents.sort_unstable();
    agents.dedup();
    agents.retain(|agent| desk.agent().ok() != Some(*agent) && is_active(*agent));
    for agent in agents.into_iter().take(MOST) {
        let (w, c) = (desk.workspace(), conversation);
        let row = params![w, c.id, agent, c.status, c.last_activity_at, desk.now()];
        if desk.tx().exec(MENTION, row).await? == 1 && conversation.status == Status::Open {
            desk.count(CountedView::Mentions as i16, agent.0, 1);
        }
        follow::follow_as(desk, conversation.id, agent).await?;
        desk.emit(Event::Mentioned { conversation: conversation.id, message, agent });
    }
    Ok(())
}

/// Whether the acting agent is mentioned in its notes.
///
/// # Errors
/// [`crate::Error::Forbidden`].
pub async fn is_mentioned(desk: &mut Desk<'_>, id: ConversationId) -> Result<bool> {
    let params = params![desk.workspace(), id, desk.agent()?];
    Ok(desk.tx().row::<(i32,)>(IS_MENTIONED, params).await?.is_some())
}

/// The statement that keeps the copies.
pub(super) fn copies(desk: &Desk<'_>, c: &Conversation) -> (&'static str, Vec<Value>) {
    (COPIES, params![desk.workspace(), c.id, c.status, c.last_activity_at].to_vec())
}

/// It has become open, or is no longer: counts it for those who were mentioned.
pub(super) async fn count(desk: &mut Desk<'_>, id: ConversationId, by: i64) -> Result<()> {
    let rows: Vec<(AgentId,)> = desk.tx().rows(MENTIONED_IN, params![desk.workspace(), id]).await?;
    for (agent,) in rows {
        desk.count(CountedView::Mentions as i16, agent.0, by);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn known() -> Vec<(Mentionable, String)> {
        let agent = |n, name: &str| (Mentionable::Agent(AgentId(Uuid::from_u128(n))), name.to_owned());
        let team = (Mentionable::Team(TeamId(Uuid::from_u128(9))), "Billing".to_owned());
        vec![agent(1, "Sam"), agent(2, "Sam Okafor"), agent(3, "José Ñúñez"), team]
    }

    fn names(text: &str) -> Vec<String> {
        find_mentions(text, &known()).into_iter().map(|(at, _)| text[at].to_owned()).collect()
    }

    #[test]
    fn the_longest_name_behind_an_at_sign_is_meant() {
        assert_eq!(names("@sam okafor, please. And @Billing: look; @Sam!"), ["@sam okafor", "@Billing", "@Sam"]);
        assert_eq!(names("(@josé ñúñez)"), ["@josé ñúñez"]);
    }

    #[test]
    fn addresses_and_longer_words_are_no_mentions() {
        assert!(names("write to help@billing or @samuel or @ sam or a.b@sam.example").is_empty());
    }

    proptest! {
        #[test]
        fn whoever_is_mentioned_is_found_whatever_stands_around(before in "[^@]{0,20}", after in "[^@]{0,20}") {
            let text = format!("{before} @José Ñúñez, {after}");
            let found = find_mentions(&text, &known());
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(&text[found[0].0.clone()], "@José Ñúñez");
        }

        #[test]
        fn no_text_breaks_it(text in "\\PC{0,60}") {
            for (at, who) in find_mentions(&text, &known()) {
                prop_assert!(!who.is_empty() && text[at].starts_with('@'));
            }
        }
    }
}
