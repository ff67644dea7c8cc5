//! SQL and rows of problems, their conversations, their answers and what became of these.

use super::{
    Afterwards, Answer, ItemKey, MemberKey, Outcome, Problem, ProblemId, ProblemKey, Progress, Reason, SendId, State,
};
use crate::{
    Desk, Error, Result,
    conversations::{ConversationId, MessageId, Status},
    customers::{Customer, CustomerId, Preferences},
    people::{AgentId, TeamId},
};
use base::{params, row, statements};
use jiff::Timestamp;

macro_rules! columns {
    () => {
        "id, number, title, known, state, owner_id, opened_by, opened_at, used_at, solved_at, solved_by, conversations, answer, revision, standard"
    };
}
macro_rules! member_columns {
    () => {
        "m.conversation_id, c.number, c.subject, c.customer_id, c.customer_name, c.status, c.team_id, u.preferences, u.do_not_contact, m.language, m.added_at,
        (select a.value from customer_identity a where a.workspace_id = c.workspace_id and a.customer_id = c.customer_id and a.kind = 1
            order by a.created_at, a.value limit 1),
        (select s.address from participant p join suppressed_address s on s.workspace_id = p.workspace_id and s.address = p.address
            where p.workspace_id = c.workspace_id and p.conversation_id = c.id order by s.address limit 1),
        exists (select 1 from participant p where p.workspace_id = c.workspace_id and p.conversation_id = c.id),
        exists (select 1 from draft d where d.workspace_id = c.workspace_id and d.agent_id = $4 and d.conversation_id = c.id and d.body <> ''),
        i.outcome, i.reason, i.detail, i.message_id
        from problem_member m
        join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
        join customer u on u.workspace_id = c.workspace_id and u.id = c.customer_id
        left join problem_item i on i.workspace_id = m.workspace_id and i.problem_id = m.problem_id and i.answer = $3
            and i.conversation_id = m.conversation_id
        where m.workspace_id = $1 and m.problem_id = $2 and not m.gone and (m.added_at, m.conversation_id) > ($5, $6)"
    };
}
macro_rules! send_columns {
    () => {
        "id, problem_id, answer, agent_id, texts, only_open, afterwards, state, after_at, after_id, total, sent, passed_over, failed, created_at, begins_at"
    };
}

statements! {
    NEXT_NUMBER = "update workspace set problem_number = problem_number + 1 where workspace_id = $1 returning problem_number";
    INSERT = concat!("insert into problem (workspace_id, ", columns!(), ")
        values ($1, $2, $3, $4, '', 1, $5, $5, $6, $6, null, null, 0, 1, 0, null)");
    FIND = concat!("select ", columns!(), " from problem where workspace_id = $1 and id = $2");
    FIND_BY_NUMBER = concat!("select ", columns!(), " from problem where workspace_id = $1 and number = $2");
    // Takes the row on PostgreSQL, so that one change follows the other.
    LOCK = concat!("update problem set title = title where workspace_id = $1 and id = $2 returning ", columns!());
    LIST = concat!("select ", columns!(), " from problem where workspace_id = $1 and state = $2 and (used_at, id) < ($3, $4)
        order by used_at desc, id desc limit $5");
    UPDATE = "update problem set title = $3, known = $4, state = $5, owner_id = $6, used_at = $7, solved_at = $8, solved_by = $9, answer = $10,
        revision = $11, standard = $12 where workspace_id = $1 and id = $2";
    COUNT = "update problem set conversations = conversations + $3 where workspace_id = $1 and id = $2";
    USE = "update problem set used_at = $3 where workspace_id = $1 and id = $2";
    TEXTS = "select language, body from problem_text where workspace_id = $1 and problem_id = $2 order by language";
    DELETE_TEXTS = "delete from problem_text where workspace_id = $1 and problem_id = $2";
    INSERT_TEXT = "insert into problem_text (workspace_id, problem_id, language, body) values ($1, $2, $3, $4)";
    LANGUAGES = "select language, conversations from problem_language where workspace_id = $1 and problem_id = $2 and conversations > 0
        order by conversations desc, language limit 200";
    COUNT_LANGUAGE = "insert into problem_language (workspace_id, problem_id, language, conversations) values ($1, $2, $3, $4)
        on conflict (workspace_id, problem_id, language) do update set conversations = problem_language.conversations + excluded.conversations";
    MEMBERSHIP = "select problem_id, language, gone, merged_from from problem_member where workspace_id = $1 and conversation_id = $2";
    JOIN = "insert into problem_member (workspace_id, conversation_id, problem_id, added_at, added_by, language, gone, merged_from)
        values ($1, $2, $3, $4, $5, $6, false, $7)";
    LEAVE = "delete from problem_member where workspace_id = $1 and conversation_id = $2";
    SET_GONE = "update problem_member set gone = $3 where workspace_id = $1 and conversation_id = $2";
    SET_LANGUAGE = "update problem_member set language = $3 where workspace_id = $1 and conversation_id = $2";
    OF_CUSTOMER = "select m.conversation_id from conversation c
        join problem_member m on m.workspace_id = c.workspace_id and m.conversation_id = c.id
        where c.workspace_id = $1 and c.customer_id = $2 order by c.id limit 500";
    MEMBERS = concat!("select ", member_columns!(), " order by m.added_at, m.conversation_id limit $7");
    // Who has the answer, or is getting it, is not asked again.
    NEXT = concat!("select ", member_columns!(), " and m.added_at <= $7 and i.message_id is null order by m.added_at, m.conversation_id limit 1");
    UNANSWERED = "select count(*) from (select 1 from problem_member m
        left join problem_item i on i.workspace_id = m.workspace_id and i.problem_id = m.problem_id and i.answer = $3
            and i.conversation_id = m.conversation_id
        where m.workspace_id = $1 and m.problem_id = $2 and not m.gone and i.message_id is null limit $4) as unanswered";
    IS_ANSWERED = "select 1 from problem_item where workspace_id = $1 and problem_id = $2 and answer = $3 and conversation_id = $4
        and message_id is not null";
    UNSETTLED = "select c.number from problem_member m
        join conversation c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
        where m.workspace_id = $1 and m.problem_id = $2 and not m.gone and c.status in (1, 2) order by m.added_at, m.conversation_id limit $3";
    INSERT_SEND = concat!("insert into problem_send (workspace_id, ", send_columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, $8, 1, null, null, $9, 0, 0, 0, $10, $11)");
    FIND_SEND = concat!("select ", send_columns!(), " from problem_send where workspace_id = $1 and id = $2");
    LOCK_SEND = concat!("update problem_send set state = state where workspace_id = $1 and id = $2 returning ", send_columns!());
    SENDS = concat!("select ", send_columns!(), " from problem_send where workspace_id = $1 and problem_id = $2 order by id desc limit $3");
    UPDATE_SEND = "update problem_send set state = $3, after_at = $4, after_id = $5, sent = $6, passed_over = $7, failed = $8, total = $9
        where workspace_id = $1 and id = $2";
    COUNT_SEND = "update problem_send set sent = sent + $3, failed = failed - $3 where workspace_id = $1 and id = $2";
    PUT_ITEM = "insert into problem_item (workspace_id, problem_id, answer, conversation_id, send_id, outcome, reason, detail, message_id, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (workspace_id, problem_id, answer, conversation_id) do update set
        send_id = excluded.send_id, outcome = excluded.outcome, reason = excluded.reason, detail = excluded.detail,
        message_id = excluded.message_id, at = excluded.at where problem_item.message_id is null";
    CARRY_ITEMS = "insert into problem_item (workspace_id, problem_id, answer, conversation_id, send_id, outcome, reason, detail, message_id, at)
        select workspace_id, problem_id, answer, $4, send_id, outcome, reason, detail, message_id, at from problem_item
        where workspace_id = $1 and problem_id = $2 and conversation_id = $3 and message_id is not null
        on conflict (workspace_id, problem_id, answer, conversation_id) do update set
        send_id = excluded.send_id, outcome = excluded.outcome, reason = excluded.reason, detail = excluded.detail,
        message_id = excluded.message_id, at = excluded.at where problem_item.message_id is null";
    CARRY_BACK = "delete from problem_item where workspace_id = $1 and problem_id = $2 and conversation_id = $4 and message_id in
        (select message_id from problem_item where workspace_id = $1 and problem_id = $2 and conversation_id = $3 and message_id is not null)";
    ITEM_OF_MESSAGE = "select problem_id, answer, conversation_id, send_id, outcome from problem_item
        where workspace_id = $1 and message_id = $2 order by at, conversation_id limit 10";
    SET_OUTCOME = "update problem_item set outcome = $5, reason = $6, at = $7
        where workspace_id = $1 and problem_id = $2 and answer = $3 and conversation_id = $4";
    ITEMS_OF_SEND = "select i.outcome, i.reason, i.detail, i.conversation_id, c.number, c.subject, c.customer_name from problem_item i
        join conversation c on c.workspace_id = i.workspace_id and c.id = i.conversation_id
        where i.workspace_id = $1 and i.send_id = $2 and (i.outcome, i.conversation_id) > ($3, $4)
        order by i.outcome, i.conversation_id limit $5";
}

row! {
    /// Of which problem a conversation is part.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(super) struct Membership {
        pub(super) problem_id: ProblemId,
        pub(super) language: String,
        pub(super) gone: bool,
        pub(super) merged_from: Option<ConversationId>,
    }
}

row! {
    /// A conversation of a problem, with all that is asked before it gets the answer.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Member {
        /// Which.
        pub conversation_id: ConversationId,
        /// Its number.
        pub number: i64,
        /// Its subject.
        pub subject: String,
        /// Whose it is.
        pub customer_id: CustomerId,
        /// What they are called.
        pub customer_name: String,
        /// Whether it still needs somebody.
        pub status: Status,
        /// Which team has it.
        pub team_id: Option<TeamId>,
        preferences: Preferences,
        do_not_contact: bool,
        /// Which language they read; empty where it is not known.
        pub language: String,
        /// When it became part of the problem.
        pub added_at: Timestamp,
        address: Option<String>,
        /// An address in it that mail came back from for good.
        pub suppressed: Option<String>,
        takes_part: bool,
        has_draft: bool,
        /// What became of the answer in it; none where it was not sent to it yet.
        pub outcome: Option<Outcome>,
        reason: Option<Reason>,
        detail: Option<String>,
        /// The answer in it.
        pub message_id: Option<MessageId>,
    }
}

impl Member {
    /// What is asked of it.
    pub fn asked(&self) -> super::Asked<'_> {
        super::Asked {
            language: &self.language,
            status: self.status,
            answered: self.message_id.is_some(),
            do_not_contact: self.do_not_contact,
            reachable: self.takes_part || self.address.is_some(),
            suppressed: self.suppressed.is_some(),
            has_draft: self.has_draft,
        }
    }

    /// Its customer, as far as texts ask.
    pub(super) fn customer(&self) -> Customer {
        let mut customer = Customer::new(self.customer_id, &self.customer_name, self.added_at);
        customer.preferences = self.preferences.clone();
        customer
    }

    /// The address that its customer writes from; empty for none.
    pub(super) fn address(&self) -> &str {
        self.address.as_deref().unwrap_or_default()
    }

    /// Why the answer is not there, or not all of it was done, and of what.
    pub fn reason(&self) -> Option<(Reason, &str)> {
        Some((self.reason?, self.detail.as_deref().unwrap_or_default()))
    }

    /// Its place among the problem's conversations.
    pub fn key(&self) -> MemberKey {
        MemberKey(self.added_at, self.conversation_id)
    }
}

row! {
    struct SendRow {
        id: SendId,
        problem_id: ProblemId,
        answer: i64,
        agent_id: AgentId,
        texts: String,
        only_open: bool,
        afterwards: Afterwards,
        state: Progress,
        after_at: Option<Timestamp>,
        after_id: Option<ConversationId>,
        total: i64,
        sent: i64,
        passed_over: i64,
        failed: i64,
        created_at: Timestamp,
        begins_at: Timestamp,
    }
}

/// An answer on its way to all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Send {
    /// Its id.
    pub id: SendId,
    /// Of which problem.
    pub problem_id: ProblemId,
    /// Which of the problem's answers.
    pub number: i64,
    /// Who sends it.
    pub agent_id: AgentId,
    /// What is sent.
    pub answer: Answer,
    /// Only to what is not settled.
    pub only_open: bool,
    /// What is done with a conversation that has it.
    pub afterwards: Afterwards,
    /// How far it has got.
    pub state: Progress,
    /// Behind which member it goes on.
    pub(super) after: Option<MemberKey>,
    /// How many it is about, at least.
    pub total: i64,
    /// How many have it.
    pub sent: i64,
    /// How many were passed over.
    pub passed_over: i64,
    /// How many it failed for.
    pub failed: i64,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Until then it can be called off whole.
    pub begins_at: Timestamp,
}

impl Send {
    /// Whether it is about to begin, or goes on.
    pub fn is_running(&self) -> bool {
        self.state == Progress::Running
    }
}

impl SendRow {
    fn send(self) -> Result<Send> {
        Ok(Send {
            id: self.id,
            problem_id: self.problem_id,
            number: self.answer,
            agent_id: self.agent_id,
            answer: serde_json::from_str(&self.texts).map_err(Error::internal)?,
            only_open: self.only_open,
            afterwards: self.afterwards,
            state: self.state,
            after: self.after_at.zip(self.after_id).map(|(at, id)| MemberKey(at, id)),
            total: self.total,
            sent: self.sent,
            passed_over: self.passed_over,
            failed: self.failed,
            created_at: self.created_at,
            begins_at: self.begins_at,
        })
    }
}

row! {
    pub(super) struct Item {
        pub(super) problem_id: ProblemId,
        pub(super) answer: i64,
        pub(super) conversation_id: ConversationId,
        pub(super) send_id: SendId,
        pub(super) outcome: Outcome,
    }
}

row! {
    /// What became of a send in one conversation.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Told {
        /// What.
        pub outcome: Outcome,
        /// Why.
        pub reason: Option<Reason>,
        /// Of what: an address, a variable.
        pub detail: String,
        conversation_id: ConversationId,
        /// The conversation's number.
        pub number: i64,
        /// Its subject.
        pub subject: String,
        /// Whose it is.
        pub customer_name: String,
    }
}

impl Told {
    /// Its place among those of the send.
    pub fn key(&self) -> ItemKey {
        ItemKey(self.outcome, self.conversation_id)
    }
}

pub(super) async fn insert(desk: &Desk<'_>, id: ProblemId, title: &str, by: AgentId) -> Result<i64> {
    let (number,) = desk.tx().one::<(i64,)>(NEXT_NUMBER, params![desk.workspace()]).await?;
    desk.tx().exec(INSERT, params![desk.workspace(), id, number, title, by, desk.now()]).await?;
    Ok(number)
}

pub(super) async fn find(desk: &Desk<'_>, id: ProblemId) -> Result<Problem> {
    desk.tx().row(FIND, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn find_by_number(desk: &Desk<'_>, number: i64) -> Result<Problem> {
    desk.tx().row(FIND_BY_NUMBER, params![desk.workspace(), number]).await?.ok_or(Error::NotFound)
}

pub(super) async fn lock(desk: &Desk<'_>, id: ProblemId) -> Result<Problem> {
    desk.tx().row(LOCK, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn list(desk: &Desk<'_>, state: State, after: Option<ProblemKey>, limit: i64) -> Result<Vec<Problem>> {
    let ProblemKey(at, id) = after.unwrap_or(ProblemKey(Timestamp::MAX, ProblemId(uuid::Uuid::max())));
    Ok(desk.tx().rows(LIST, params![desk.workspace(), state, at, id, limit]).await?)
}

pub(super) async fn update(desk: &Desk<'_>, problem: &Problem) -> Result<()> {
    let row = params![
        desk.workspace(),
        problem.id,
        &problem.title,
        &problem.known,
        problem.state,
        problem.owner_id,
        problem.used_at,
        problem.solved_at,
        problem.solved_by,
        problem.answer,
        problem.revision,
        problem.standard.as_deref()
    ];
    desk.tx().exec(UPDATE, row).await?;
    Ok(())
}

pub(super) async fn touch(desk: &Desk<'_>, id: ProblemId) -> Result<()> {
    desk.tx().exec(USE, params![desk.workspace(), id, desk.now()]).await?;
    Ok(())
}

pub(super) async fn texts(desk: &Desk<'_>, id: ProblemId) -> Result<Vec<(String, String)>> {
    Ok(desk.tx().rows(TEXTS, params![desk.workspace(), id]).await?)
}

pub(super) async fn set_texts(desk: &Desk<'_>, id: ProblemId, texts: &[(String, String)]) -> Result<()> {
    desk.tx().exec(DELETE_TEXTS, params![desk.workspace(), id]).await?;
    let row =
        |(language, body): &(String, String)| (INSERT_TEXT, params![desk.workspace(), id, language, body].to_vec());
    let rows: Vec<_> = texts.iter().map(row).collect();
    Ok(desk.tx().exec_all(&rows).await?)
}

pub(super) async fn languages(desk: &Desk<'_>, id: ProblemId) -> Result<Vec<(String, i64)>> {
    Ok(desk.tx().rows(LANGUAGES, params![desk.workspace(), id]).await?)
}

pub(super) async fn membership(desk: &Desk<'_>, conversation: ConversationId) -> Result<Option<Membership>> {
    Ok(desk.tx().row(MEMBERSHIP, params![desk.workspace(), conversation]).await?)
}

/// So many more, or fewer, conversations of that language are part of the problem.
pub(super) async fn count(desk: &Desk<'_>, id: ProblemId, language: &str, by: i64) -> Result<()> {
    desk.tx().exec(COUNT, params![desk.workspace(), id, by]).await?;
    desk.tx().exec(COUNT_LANGUAGE, params![desk.workspace(), id, language, by]).await?;
    Ok(())
}

pub(super) async fn join(
    desk: &Desk<'_>,
    conversation: ConversationId,
    id: ProblemId,
    by: Option<AgentId>,
    language: &str,
    merged_from: Option<ConversationId>,
) -> Result<()> {
    let row = params![desk.workspace(), conversation, id, desk.now(), by, language, merged_from];
    desk.tx().exec(JOIN, row).await?;
    count(desk, id, language, 1).await
}

pub(super) async fn leave(desk: &Desk<'_>, conversation: ConversationId, was: &Membership) -> Result<()> {
    desk.tx().exec(LEAVE, params![desk.workspace(), conversation]).await?;
    if was.gone { Ok(()) } else { count(desk, was.problem_id, &was.language, -1).await }
}

pub(super) async fn set_gone(
    desk: &Desk<'_>,
    conversation: ConversationId,
    was: &Membership,
    gone: bool,
) -> Result<()> {
    desk.tx().exec(SET_GONE, params![desk.workspace(), conversation, gone]).await?;
    count(desk, was.problem_id, &was.language, if gone { -1 } else { 1 }).await
}

pub(super) async fn set_language(
    desk: &Desk<'_>,
    conversation: ConversationId,
    was: &Membership,
    language: &str,
) -> Result<()> {
    desk.tx().exec(SET_LANGUAGE, params![desk.workspace(), conversation, language]).await?;
    if !was.gone {
        for (language, by) in [(was.language.as_str(), -1), (language, 1)] {
            desk.tx().exec(COUNT_LANGUAGE, params![desk.workspace(), was.problem_id, language, by]).await?;
        }
    }
    Ok(())
}

pub(super) async fn of_customer(desk: &Desk<'_>, customer: CustomerId) -> Result<Vec<ConversationId>> {
    let rows: Vec<(ConversationId,)> = desk.tx().rows(OF_CUSTOMER, params![desk.workspace(), customer]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

pub(super) async fn members(
    desk: &Desk<'_>,
    problem: &Problem,
    viewer: AgentId,
    after: Option<MemberKey>,
    limit: i64,
) -> Result<Vec<Member>> {
    let MemberKey(at, id) = after.unwrap_or(MemberKey::FIRST);
    let asked = params![desk.workspace(), problem.id, problem.answer, viewer, at, id, limit];
    Ok(desk.tx().rows(MEMBERS, asked).await?)
}

/// The next one that a send has not asked yet.
pub(super) async fn next(desk: &Desk<'_>, send: &Send) -> Result<Option<Member>> {
    let MemberKey(at, id) = send.after.unwrap_or(MemberKey::FIRST);
    let asked = params![desk.workspace(), send.problem_id, send.number, send.agent_id, at, id, send.created_at];
    Ok(desk.tx().row(NEXT, asked).await?)
}

/// How many have not got the answer, as far as `limit`.
pub(super) async fn unanswered(desk: &Desk<'_>, problem: &Problem, limit: i64) -> Result<i64> {
    let asked = params![desk.workspace(), problem.id, problem.answer, limit];
    Ok(desk.tx().one::<(i64,)>(UNANSWERED, asked).await?.0)
}

pub(super) async fn is_answered(desk: &Desk<'_>, problem: &Problem, conversation: ConversationId) -> Result<bool> {
    let asked = params![desk.workspace(), problem.id, problem.answer, conversation];
    Ok(desk.tx().row::<(i32,)>(IS_ANSWERED, asked).await?.is_some())
}

pub(super) async fn unsettled(desk: &Desk<'_>, id: ProblemId, limit: i64) -> Result<Vec<i64>> {
    let rows: Vec<(i64,)> = desk.tx().rows(UNSETTLED, params![desk.workspace(), id, limit]).await?;
    Ok(rows.into_iter().map(|(number,)| number).collect())
}

pub(super) async fn insert_send(desk: &Desk<'_>, send: &Send) -> Result<()> {
    let texts = serde_json::to_string(&send.answer).map_err(Error::internal)?;
    let row = params![
        desk.workspace(),
        send.id,
        send.problem_id,
        send.number,
        send.agent_id,
        texts,
        send.only_open,
        send.afterwards,
        send.total,
        send.created_at,
        send.begins_at
    ];
    desk.tx().exec(INSERT_SEND, row).await?;
    Ok(())
}

pub(super) async fn find_send(desk: &Desk<'_>, id: SendId) -> Result<Send> {
    desk.tx().row::<SendRow>(FIND_SEND, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)?.send()
}

pub(super) async fn lock_send(desk: &Desk<'_>, id: SendId) -> Result<Send> {
    desk.tx().row::<SendRow>(LOCK_SEND, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)?.send()
}

pub(super) async fn sends(desk: &Desk<'_>, id: ProblemId, limit: i64) -> Result<Vec<Send>> {
    let rows = desk.tx().rows::<SendRow>(SENDS, params![desk.workspace(), id, limit]).await?;
    rows.into_iter().map(SendRow::send).collect()
}

pub(super) async fn update_send(desk: &Desk<'_>, send: &Send) -> Result<()> {
    let (at, id) = (send.after.map(|key| key.0), send.after.map(|key| key.1));
    let row =
        params![desk.workspace(), send.id, send.state, at, id, send.sent, send.passed_over, send.failed, send.total];
    desk.tx().exec(UPDATE_SEND, row).await?;
    Ok(())
}

/// So many more of a send's answers arrived than was thought, or fewer.
pub(super) async fn count_arrived(desk: &Desk<'_>, id: SendId, by: i64) -> Result<()> {
    desk.tx().exec(COUNT_SEND, params![desk.workspace(), id, by]).await?;
    Ok(())
}

pub(super) async fn put_item(
    desk: &Desk<'_>,
    send: &Send,
    conversation: ConversationId,
    outcome: Outcome,
    reason: Option<(Reason, String)>,
    message: Option<MessageId>,
) -> Result<()> {
    let (reason, detail) = reason.unzip();
    let detail = detail.unwrap_or_default();
    let (w, now) = (desk.workspace(), desk.now());
    let row = params![w, send.problem_id, send.number, conversation, send.id, outcome, reason, detail, message, now];
    desk.tx().exec(PUT_ITEM, row).await?;
    Ok(())
}

/// What `from` has got of a problem's answers, `to` has as well.
pub(super) async fn carry_items(
    desk: &Desk<'_>,
    id: ProblemId,
    from: ConversationId,
    to: ConversationId,
) -> Result<()> {
    desk.tx().exec(CARRY_ITEMS, params![desk.workspace(), id, from, to]).await?;
    Ok(())
}

/// Takes [`carry_items`] back.
pub(super) async fn carry_back(desk: &Desk<'_>, id: ProblemId, from: ConversationId, to: ConversationId) -> Result<()> {
    desk.tx().exec(CARRY_BACK, params![desk.workspace(), id, from, to]).await?;
    Ok(())
}

pub(super) async fn items_of_message(desk: &Desk<'_>, message: MessageId) -> Result<Vec<Item>> {
    Ok(desk.tx().rows(ITEM_OF_MESSAGE, params![desk.workspace(), message]).await?)
}

pub(super) async fn set_outcome(desk: &Desk<'_>, item: &Item, outcome: Outcome, reason: Option<Reason>) -> Result<()> {
    let row =
        params![desk.workspace(), item.problem_id, item.answer, item.conversation_id, outcome, reason, desk.now()];
    desk.tx().exec(SET_OUTCOME, row).await?;
    Ok(())
}

/// What became of a send, by outcome, from behind `after`.
pub(super) async fn told(desk: &Desk<'_>, id: SendId, after: ItemKey, limit: i64) -> Result<Vec<Told>> {
    let ItemKey(outcome, conversation) = after;
    Ok(desk.tx().rows(ITEMS_OF_SEND, params![desk.workspace(), id, outcome, conversation, limit]).await?)
}
