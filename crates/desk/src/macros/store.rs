//! SQL and rows of macros, their texts, what waits in drafts, and their runs.

use super::{Actions, Audience, Belongs, MacroId, NewMacro, RunId};
use crate::{
    Desk, Error, Result,
    conversations::{ConversationId, MessageId},
    people::{AgentId, TeamId},
};
use base::{params, row, statements};
use jiff::Timestamp;

macro_rules! columns {
    () => {
        "id, name, folder, audience, team_id, owner_id, actions, used, edited, reopened, updated_at"
    };
}
macro_rules! run_columns {
    () => {
        "id, macro_id, conversation_id, agent_id, message_id, text, actions, before, edited"
    };
}

statements! {
    ALL = concat!("select ", columns!(), " from macro where workspace_id = $1 order by folder, name, id limit 2000");
    FIND = concat!("select ", columns!(), " from macro where workspace_id = $1 and id = $2");
    INSERT = "insert into macro (workspace_id, id, name, folder, audience, team_id, owner_id, actions, used, edited, reopened, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, $9, $9)";
    UPDATE = "update macro set name = $3, folder = $4, audience = $5, team_id = $6, actions = $7, updated_at = $8
        where workspace_id = $1 and id = $2";
    DELETE = "delete from macro where workspace_id = $1 and id = $2";
    COUNT_USE = "update macro set used = used + $3, edited = edited + $4, reopened = reopened + $5 where workspace_id = $1 and id = $2";
    TEXTS = "select language, body from macro_text where workspace_id = $1 and macro_id = $2 order by language";
    ALL_TEXTS = "select macro_id, language, body from macro_text where workspace_id = $1 order by macro_id, language limit 20000";
    DELETE_TEXTS = "delete from macro_text where workspace_id = $1 and macro_id = $2";
    INSERT_TEXT = "insert into macro_text (workspace_id, macro_id, language, body) values ($1, $2, $3, $4)";
    PUT_PENDING = "insert into macro_pending (workspace_id, agent_id, conversation_id, macro_id, text, actions, at)
        values ($1, $2, $3, $4, $5, $6, $7) on conflict (workspace_id, agent_id, conversation_id, macro_id) do update set
        text = excluded.text, actions = excluded.actions, at = excluded.at";
    PENDING = "select p.macro_id, m.name, p.text, p.actions from macro_pending p
        join macro m on m.workspace_id = p.workspace_id and m.id = p.macro_id
        where p.workspace_id = $1 and p.agent_id = $2 and p.conversation_id = $3 order by p.at, p.macro_id limit 50";
    DROP_PENDING = "delete from macro_pending where workspace_id = $1 and agent_id = $2 and conversation_id = $3";
    DROP_ONE_PENDING = "delete from macro_pending where workspace_id = $1 and agent_id = $2 and conversation_id = $3 and macro_id = $4";
    DROP_PENDING_OF = "delete from macro_pending where workspace_id = $1 and macro_id = $2";
    INSERT_RUN = "insert into macro_run (workspace_id, id, macro_id, conversation_id, agent_id, message_id, text, actions, before, edited, reopened, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false, $11)";
    RUN = concat!("select ", run_columns!(), " from macro_run where workspace_id = $1 and id = $2 and undone_at is null");
    RUNS_OF_MESSAGE = concat!("select ", run_columns!(), " from macro_run where workspace_id = $1 and message_id = $2 and undone_at is null order by id");
    UNDO_RUN = "update macro_run set undone_at = $3 where workspace_id = $1 and id = $2 and undone_at is null";
    REOPENED_RUNS = "update macro_run set reopened = true where workspace_id = $1 and conversation_id = $2 and undone_at is null and not reopened
        returning macro_id";
}

row! {
    /// A macro without its texts.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Macro {
        /// Its id.
        pub id: MacroId,
        /// What it is called.
        pub name: String,
        /// In which folder it lies; empty for none.
        pub folder: String,
        /// Whose it is.
        pub audience: Audience,
        /// Which team's, if a team's.
        pub team_id: Option<TeamId>,
        /// Who made it.
        pub owner_id: AgentId,
        actions: String,
        /// How often it was used.
        pub used: i64,
        /// How often its text was changed before it was sent.
        pub edited: i64,
        /// How often the customer came back to a settled matter after it.
        pub reopened: i64,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

impl Macro {
    /// Whose it is, in full.
    pub fn belongs(&self) -> Belongs {
        match (self.audience, self.team_id) {
            (Audience::Team, Some(team)) => Belongs::Team(team),
            (Audience::Everyone, _) => Belongs::Everyone,
            _ => Belongs::Personal(self.owner_id),
        }
    }

    /// What it does besides its text.
    pub fn actions(&self) -> Actions {
        serde_json::from_str(&self.actions).unwrap_or_default()
    }
}

row! {
    /// A macro that was put into a draft.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Pending {
        /// Which.
        pub id: MacroId,
        /// What it is called.
        pub name: String,
        /// What was put in.
        pub text: String,
        actions: String,
    }
}

impl Pending {
    /// What it does with the send.
    pub fn actions(&self) -> Actions {
        serde_json::from_str(&self.actions).unwrap_or_default()
    }
}

row! {
    pub(super) struct Run {
        pub(super) id: RunId,
        pub(super) macro_id: MacroId,
        pub(super) conversation_id: ConversationId,
        pub(super) agent_id: AgentId,
        pub(super) message_id: Option<MessageId>,
        pub(super) text: String,
        pub(super) actions: String,
        pub(super) before: String,
        pub(super) edited: bool,
    }
}

fn columns_of(belongs: Belongs) -> (Audience, Option<TeamId>) {
    match belongs {
        Belongs::Everyone => (Audience::Everyone, None),
        Belongs::Team(team) => (Audience::Team, Some(team)),
        Belongs::Personal(_) => (Audience::Personal, None),
    }
}

pub(super) fn json(actions: &Actions) -> String {
    serde_json::to_string(actions).unwrap_or_default()
}

pub(super) async fn all(desk: &Desk<'_>) -> Result<Vec<Macro>> {
    Ok(desk.tx().rows(ALL, params![desk.workspace()]).await?)
}

pub(super) async fn find(desk: &Desk<'_>, id: MacroId) -> Result<Macro> {
    desk.tx().row(FIND, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn texts(desk: &Desk<'_>, id: MacroId) -> Result<Vec<(String, String)>> {
    Ok(desk.tx().rows(TEXTS, params![desk.workspace(), id]).await?)
}

pub(super) async fn all_texts(desk: &Desk<'_>) -> Result<Vec<(MacroId, String, String)>> {
    Ok(desk.tx().rows(ALL_TEXTS, params![desk.workspace()]).await?)
}

pub(super) async fn insert(desk: &Desk<'_>, id: MacroId, owner: AgentId, new: &NewMacro) -> Result<()> {
    let (audience, team) = columns_of(new.belongs);
    let (w, actions) = (desk.workspace(), json(&new.actions));
    let row = params![w, id, &new.name, &new.folder, audience, team, owner, actions, desk.now()];
    desk.tx().exec(INSERT, row).await?;
    set_texts(desk, id, new).await
}

pub(super) async fn update(desk: &Desk<'_>, id: MacroId, new: &NewMacro) -> Result<()> {
    let (audience, team) = columns_of(new.belongs);
    let (w, actions) = (desk.workspace(), json(&new.actions));
    desk.tx().exec(UPDATE, params![w, id, &new.name, &new.folder, audience, team, actions, desk.now()]).await?;
    set_texts(desk, id, new).await
}

async fn set_texts(desk: &Desk<'_>, id: MacroId, new: &NewMacro) -> Result<()> {
    let w = desk.workspace();
    desk.tx().exec(DELETE_TEXTS, params![w, id]).await?;
    let rows: Vec<_> = new.texts.iter().map(|(l, text)| (INSERT_TEXT, params![w, id, l, text].to_vec())).collect();
    Ok(desk.tx().exec_all(&rows).await?)
}

pub(super) async fn delete(desk: &Desk<'_>, id: MacroId) -> Result<()> {
    let key = || params![desk.workspace(), id].to_vec();
    Ok(desk.tx().exec_all(&[(DELETE, key()), (DELETE_TEXTS, key()), (DROP_PENDING_OF, key())]).await?)
}

pub(super) async fn count_use(desk: &Desk<'_>, id: MacroId, used: i64, edited: i64, reopened: i64) -> Result<()> {
    desk.tx().exec(COUNT_USE, params![desk.workspace(), id, used, edited, reopened]).await?;
    Ok(())
}

pub(super) async fn put_pending(
    desk: &Desk<'_>,
    agent: AgentId,
    conversation: ConversationId,
    id: MacroId,
    text: &str,
    actions: &str,
) -> Result<()> {
    let row = params![desk.workspace(), agent, conversation, id, text, actions, desk.now()];
    desk.tx().exec(PUT_PENDING, row).await?;
    Ok(())
}

pub(super) async fn pending(desk: &Desk<'_>, agent: AgentId, conversation: ConversationId) -> Result<Vec<Pending>> {
    Ok(desk.tx().rows(PENDING, params![desk.workspace(), agent, conversation]).await?)
}

pub(super) async fn drop_pending(desk: &Desk<'_>, agent: AgentId, conversation: ConversationId) -> Result<()> {
    desk.tx().exec(DROP_PENDING, params![desk.workspace(), agent, conversation]).await?;
    Ok(())
}

pub(super) async fn drop_one_pending(
    desk: &Desk<'_>,
    agent: AgentId,
    conversation: ConversationId,
    id: MacroId,
) -> Result<()> {
    desk.tx().exec(DROP_ONE_PENDING, params![desk.workspace(), agent, conversation, id]).await?;
    Ok(())
}

pub(super) async fn insert_run(desk: &Desk<'_>, run: &Run) -> Result<()> {
    let row = params![
        desk.workspace(),
        run.id,
        run.macro_id,
        run.conversation_id,
        run.agent_id,
        run.message_id,
        &run.text,
        &run.actions,
        &run.before,
        run.edited,
        desk.now()
    ];
    desk.tx().exec(INSERT_RUN, row).await?;
    Ok(())
}

pub(super) async fn run(desk: &Desk<'_>, id: RunId) -> Result<Option<Run>> {
    Ok(desk.tx().row(RUN, params![desk.workspace(), id]).await?)
}

pub(super) async fn runs_of_message(desk: &Desk<'_>, message: MessageId) -> Result<Vec<Run>> {
    Ok(desk.tx().rows(RUNS_OF_MESSAGE, params![desk.workspace(), message]).await?)
}

pub(super) async fn undo_run(desk: &Desk<'_>, id: RunId) -> Result<u64> {
    Ok(desk.tx().exec(UNDO_RUN, params![desk.workspace(), id, desk.now()]).await?)
}

/// Marks the runs in a conversation as reopened afterwards; the macros that this is new of.
pub(super) async fn reopened(desk: &Desk<'_>, conversation: ConversationId) -> Result<Vec<MacroId>> {
    let rows: Vec<(MacroId,)> = desk.tx().rows(REOPENED_RUNS, params![desk.workspace(), conversation]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
