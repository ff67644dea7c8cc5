//! SQL and rows of reviews.

use super::{ReviewId, Reviewer, State};
use crate::{
    Desk, Error, Result,
    conversations::{ConversationId, MessageId},
    people::{AgentId, TeamId},
};
use base::{db::DbError, params, row, statements};
use jiff::Timestamp;

macro_rules! columns {
    () => {
        "id, conversation_id, author_id, to_agent, to_team, remark, asked_text, text, revision, edited_by, state, answer, seen_id,
        asked_at, decided_by, decided_at, message_id"
    };
}

statements! {
    INSERT = concat!("insert into review (workspace_id, ", columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, $8, $8, 0, null, $9, '', $10, $11, null, null, null)");
    FIND = concat!("select ", columns!(), " from review where workspace_id = $1 and id = $2");
    // Takes the row on PostgreSQL until the commit.
    LOCK = concat!("update review set state = state where workspace_id = $1 and id = $2 returning ", columns!());
    OPEN = concat!("select ", columns!(), " from review where workspace_id = $1 and conversation_id = $2 and state <= 2");
    LAST = concat!("select ", columns!(), " from review where workspace_id = $1 and conversation_id = $2 order by id desc limit 1");
    BY_MESSAGE = concat!("select ", columns!(), " from review where workspace_id = $1 and message_id = $2 order by id desc limit 1");
    SET_TEXT = "update review set text = $3, revision = revision + 1, edited_by = $4 where workspace_id = $1 and id = $2";
    DECIDE = "update review set state = $3, answer = $4, decided_by = $5, decided_at = $6 where workspace_id = $1 and id = $2";
    SET_STATE = "update review set state = $3 where workspace_id = $1 and id = $2";
    SENT = "update review set state = $3, message_id = $4 where workspace_id = $1 and id = $2";
    MOVE = "update review set conversation_id = $3 where workspace_id = $1 and id = $2";
}

row! {
    /// A draft that waits, or waited, for a review.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Review {
        /// Its id.
        pub id: ReviewId,
        /// In which conversation.
        pub conversation_id: ConversationId,
        /// Who wrote it.
        pub author: AgentId,
        pub(super) to_agent: Option<AgentId>,
        pub(super) to_team: Option<TeamId>,
        /// What the author says to the reviewer.
        pub remark: String,
        /// What the author wrote.
        pub asked_text: String,
        /// What it is now.
        pub text: String,
        /// Goes up with each change of the text.
        pub revision: i32,
        /// Who changed it last.
        pub edited_by: Option<AgentId>,
        /// How far it has got.
        pub state: State,
        /// What the reviewer says to the author.
        pub answer: String,
        /// The newest message that the author had seen.
        pub seen: Option<MessageId>,
        /// When it was asked for.
        pub asked_at: Timestamp,
        /// Who approved it or gave it back.
        pub decided_by: Option<AgentId>,
        /// When.
        pub decided_at: Option<Timestamp>,
        /// What it became.
        pub message: Option<MessageId>,
    }
}

impl Review {
    /// Whom the author asked.
    pub fn reviewer(&self) -> Reviewer {
        match (self.to_agent, self.to_team) {
            (Some(agent), _) => Reviewer::Agent(agent),
            (None, Some(team)) => Reviewer::Team(team),
            (None, None) => Reviewer::Anyone,
        }
    }
}

/// A review to be asked for.
pub(super) struct New<'a> {
    pub(super) id: ReviewId,
    pub(super) conversation: ConversationId,
    pub(super) author: AgentId,
    pub(super) to: Reviewer,
    pub(super) remark: &'a str,
    pub(super) text: &'a str,
    pub(super) seen: Option<MessageId>,
}

pub(super) async fn insert(desk: &Desk<'_>, new: &New<'_>) -> Result<()> {
    let (to_agent, to_team) = match new.to {
        Reviewer::Anyone => (None, None),
        Reviewer::Agent(agent) => (Some(agent), None),
        Reviewer::Team(team) => (None, Some(team)),
    };
    let (w, now) = (desk.workspace(), desk.now());
    let row = params![
        w,
        new.id,
        new.conversation,
        new.author,
        to_agent,
        to_team,
        new.remark,
        new.text,
        State::Asked,
        new.seen,
        now
    ];
    match desk.tx().exec(INSERT, row).await {
        Err(DbError::Unique(_)) => Err(Error::Conflict("in_review_already")),
        Err(other) => Err(other.into()),
        Ok(_) => Ok(()),
    }
}

pub(super) async fn find(desk: &Desk<'_>, id: ReviewId) -> Result<Review> {
    desk.tx().row(FIND, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn lock(desk: &Desk<'_>, id: ReviewId) -> Result<Review> {
    desk.tx().row(LOCK, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn open(desk: &Desk<'_>, conversation: ConversationId) -> Result<Option<Review>> {
    Ok(desk.tx().row(OPEN, params![desk.workspace(), conversation]).await?)
}

pub(super) async fn last(desk: &Desk<'_>, conversation: ConversationId) -> Result<Option<Review>> {
    Ok(desk.tx().row(LAST, params![desk.workspace(), conversation]).await?)
}

pub(super) async fn by_message(desk: &Desk<'_>, message: MessageId) -> Result<Option<Review>> {
    Ok(desk.tx().row(BY_MESSAGE, params![desk.workspace(), message]).await?)
}

pub(super) async fn set_text(desk: &Desk<'_>, id: ReviewId, text: &str, by: AgentId) -> Result<()> {
    desk.tx().exec(SET_TEXT, params![desk.workspace(), id, text, by]).await?;
    Ok(())
}

pub(super) async fn decide(desk: &Desk<'_>, id: ReviewId, state: State, answer: &str, by: AgentId) -> Result<()> {
    desk.tx().exec(DECIDE, params![desk.workspace(), id, state, answer, by, desk.now()]).await?;
    Ok(())
}

pub(super) async fn set_state(desk: &Desk<'_>, id: ReviewId, state: State) -> Result<()> {
    desk.tx().exec(SET_STATE, params![desk.workspace(), id, state]).await?;
    Ok(())
}

pub(super) async fn sent(desk: &Desk<'_>, id: ReviewId, message: MessageId) -> Result<()> {
    desk.tx().exec(SENT, params![desk.workspace(), id, State::Sent, message]).await?;
    Ok(())
}

pub(super) async fn move_to(desk: &Desk<'_>, id: ReviewId, to: ConversationId) -> Result<()> {
    desk.tx().exec(MOVE, params![desk.workspace(), id, to]).await?;
    Ok(())
}
