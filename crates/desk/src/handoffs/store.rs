//! SQL and rows of hand-offs.

use super::{HandoffId, Receiver, State};
use crate::{
    Desk, Error, Result,
    conversations::ConversationId,
    people::{AgentId, TeamId},
};
use base::{params, row, statements};
use jiff::Timestamp;

macro_rules! columns {
    () => {
        "id, conversation_id, from_agent, before_agent, before_team, to_agent, to_team, asked, tried, promised, known, state, reason,
        asked_at, decided_by, decided_at"
    };
}

statements! {
    INSERT = concat!("insert into handoff (workspace_id, ", columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, null, null)");
    FIND = concat!("select ", columns!(), " from handoff where workspace_id = $1 and id = $2");
    PENDING = concat!("select ", columns!(), " from handoff where workspace_id = $1 and conversation_id = $2 and state = 1");
    OF_CONVERSATION = concat!("select ", columns!(), " from handoff where workspace_id = $1 and conversation_id = $2 order by id desc limit 50");
    DECIDE = "update handoff set state = $3, reason = $4, decided_by = $5, decided_at = $6 where workspace_id = $1 and id = $2 and state = 1";
}

row! {
    /// A hand-off.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Handoff {
        /// Its id.
        pub id: HandoffId,
        /// Of which conversation.
        pub conversation_id: ConversationId,
        /// Who gave it.
        pub from_agent: AgentId,
        /// Whose it was.
        pub before_agent: Option<AgentId>,
        /// Which team's it was.
        pub before_team: Option<TeamId>,
        pub(super) to_agent: Option<AgentId>,
        pub(super) to_team: Option<TeamId>,
        /// What the customer asks for.
        pub asked: String,
        /// What was tried.
        pub tried: String,
        /// What was promised.
        pub promised: String,
        /// What is known besides.
        pub known: String,
        /// How far it has got.
        pub state: State,
        /// Why it was declined.
        pub reason: String,
        /// When it was asked for.
        pub asked_at: Timestamp,
        /// Who decided.
        pub decided_by: Option<AgentId>,
        /// When.
        pub decided_at: Option<Timestamp>,
    }
}

impl Handoff {
    /// To whom.
    pub fn receiver(&self) -> Option<Receiver> {
        self.to_agent.map(Receiver::Agent).or(self.to_team.map(Receiver::Team))
    }

    pub(super) fn new(
        id: HandoffId,
        conversation_id: ConversationId,
        from_agent: AgentId,
        to: Receiver,
        asked_at: Timestamp,
    ) -> Self {
        let (to_agent, to_team) = match to {
            Receiver::Agent(agent) => (Some(agent), None),
            Receiver::Team(team) => (None, Some(team)),
        };
        Self {
            id,
            conversation_id,
            from_agent,
            before_agent: None,
            before_team: None,
            to_agent,
            to_team,
            asked: String::new(),
            tried: String::new(),
            promised: String::new(),
            known: String::new(),
            state: State::Asked,
            reason: String::new(),
            asked_at,
            decided_by: None,
            decided_at: None,
        }
    }
}

pub(super) async fn insert(desk: &Desk<'_>, h: &Handoff) -> Result<()> {
    let row = params![
        desk.workspace(),
        h.id,
        h.conversation_id,
        h.from_agent,
        h.before_agent,
        h.before_team,
        h.to_agent,
        h.to_team,
        &h.asked,
        &h.tried,
        &h.promised,
        &h.known,
        h.state,
        &h.reason,
        h.asked_at
    ];
    desk.tx().exec(INSERT, row).await?;
    Ok(())
}

pub(super) async fn find(desk: &Desk<'_>, id: HandoffId) -> Result<Handoff> {
    desk.tx().row(FIND, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn pending(desk: &Desk<'_>, conversation: ConversationId) -> Result<Option<Handoff>> {
    Ok(desk.tx().row(PENDING, params![desk.workspace(), conversation]).await?)
}

pub(super) async fn of_conversation(desk: &Desk<'_>, conversation: ConversationId) -> Result<Vec<Handoff>> {
    Ok(desk.tx().rows(OF_CONVERSATION, params![desk.workspace(), conversation]).await?)
}

/// Decides one that waits; how many did.
pub(super) async fn decide(
    desk: &Desk<'_>,
    id: HandoffId,
    state: State,
    reason: &str,
    by: Option<AgentId>,
) -> Result<u64> {
    Ok(desk.tx().exec(DECIDE, params![desk.workspace(), id, state, reason, by, desk.now()]).await?)
}
