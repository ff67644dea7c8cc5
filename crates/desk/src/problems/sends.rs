//! Sending an answer to all conversations of a problem: looking ahead who gets what, beginning, stopping, and one conversation after the
//! other.

use super::{
    Afterwards, Answer, Member, MemberKey, Outcome, Problem, ProblemId, Progress, Reason, Send, SendId, Told, decide,
    jobs, rules, store,
};
use crate::{
    Desk, Error, Event, FieldError, Result,
    conversations::{self, ConversationId, MessageId, NewReply, Status, Until},
    customers::consent,
    macros::{self, About, fill},
    people::{self, Agent, Team},
};
use jiff::SignedDuration;
use uuid::Uuid;

/// How many conversations are decided at once when one looks ahead.
const CHUNK: i64 = 200;
/// How far one looks ahead for the sums; the pages show everybody.
const SUMMED: usize = 2_000;
/// How far those are counted who get the answer.
const COUNTED: i64 = 100_000;

/// How an answer is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// The revision of the answer that was looked at.
    pub revision: i64,
    /// Only to what is not settled.
    pub only_open: bool,
    /// What is done with a conversation that has it.
    pub afterwards: Afterwards,
}

/// What a conversation would get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// In which language.
    pub language: String,
    /// The text, filled in; Markdown.
    pub text: String,
}

/// A conversation, and what it would get or why nothing, and of what.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// Which.
    pub member: Member,
    /// What it would get.
    pub written: std::result::Result<Written, (Reason, String)>,
}

/// Who gets what, in sums.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// How many get the text of which language.
    pub texts: Vec<(String, i64)>,
    /// How many get none, and why.
    pub without: Vec<(Reason, i64)>,
    /// There are more conversations than were looked at.
    pub more: bool,
}

impl Plan {
    /// How many get a text.
    pub fn reached(&self) -> i64 {
        self.texts.iter().map(|(_, count)| count).sum()
    }

    fn add(&mut self, decided: &Decided) {
        match &decided.written {
            Ok(written) => match self.texts.iter_mut().find(|(language, _)| *language == written.language) {
                Some((_, count)) => *count += 1,
                None => self.texts.push((written.language.clone(), 1)),
            },
            Err((reason, _)) => match self.without.iter_mut().find(|(known, _)| known == reason) {
                Some((_, count)) => *count += 1,
                None => self.without.push((*reason, 1)),
            },
        }
    }
}

/// Whoever writes to all of them, with what texts are filled from.
struct Writer {
    agent: Agent,
    teams: Vec<Team>,
    desk: String,
}

impl Writer {
    async fn acting(desk: &mut Desk<'_>) -> Result<Self> {
        let agent = people::agent(desk, desk.agent()?).await?;
        Ok(Self { agent, teams: people::teams(desk).await?, desk: desk.workspace_name().await? })
    }

    fn fill(&self, member: &Member, language: &str, text: &str) -> macros::Filled {
        let team = self.teams.iter().find(|team| Some(team.id) == member.team_id).map_or("", |team| team.name.as_str());
        let about = About {
            customer: &member.customer(),
            name: &member.customer_name,
            address: member.address(),
            agent: &self.agent.name,
            number: member.number,
            subject: &member.subject,
            team,
            desk: &self.desk,
        };
        fill(text, &about.values(language))
    }

    fn decide(&self, member: Member, answer: &Answer, only_open: bool) -> Decided {
        let written = match decide(&member.asked(), answer, only_open) {
            Ok((language, text)) => {
                let filled = self.fill(&member, language, text);
                if filled.gaps.is_empty() {
                    Ok(Written { language: language.to_owned(), text: filled.text })
                } else {
                    Err((Reason::Gap, filled.gaps.join(", ")))
                }
            }
            Err(Reason::Suppressed) => Err((Reason::Suppressed, member.suppressed.clone().unwrap_or_default())),
            Err(reason) => Err((reason, String::new())),
        };
        Decided { member, written }
    }
}

/// What the conversations behind `after` would get, for whoever looks.
///
/// # Errors
/// [`Error::Forbidden`] when it is not an agent.
pub async fn look_ahead(
    desk: &mut Desk<'_>,
    problem: &Problem,
    only_open: bool,
    after: Option<MemberKey>,
    limit: i64,
) -> Result<Vec<Decided>> {
    let writer = Writer::acting(desk).await?;
    let answer = super::answer(desk, problem).await?;
    let members = store::members(desk, problem, writer.agent.id, after, limit).await?;
    Ok(members.into_iter().map(|member| writer.decide(member, &answer, only_open)).collect())
}

/// Who gets what, in sums over the first two thousand conversations.
///
/// # Errors
/// As [`look_ahead`].
pub async fn plan(desk: &mut Desk<'_>, problem: &Problem, only_open: bool) -> Result<Plan> {
    let writer = Writer::acting(desk).await?;
    let answer = super::answer(desk, problem).await?;
    let (mut plan, mut after, mut seen) = (Plan::default(), None, 0);
    loop {
        let members = store::members(desk, problem, writer.agent.id, after, CHUNK).await?;
        let is_last = (members.len() as i64) < CHUNK;
        after = members.last().map(Member::key);
        seen += members.len();
        for member in members {
            plan.add(&writer.decide(member, &answer, only_open));
        }
        if is_last || seen >= SUMMED {
            plan.more = !is_last;
            plan.without.sort_by_key(|(reason, _)| *reason);
            return Ok(plan);
        }
    }
}

/// A text as one of the conversations given would get it, whose customer reads that language; none when nobody does.
///
/// # Errors
/// As [`look_ahead`].
pub async fn preview(
    desk: &mut Desk<'_>,
    members: &[Member],
    answer: &Answer,
) -> Result<Vec<(String, Member, macros::Filled)>> {
    let writer = Writer::acting(desk).await?;
    let mut previews = Vec::new();
    for (language, text) in &answer.texts {
        let gets_it = |member: &&Member| answer.text_for(&member.language).is_some_and(|(have, _)| have == language);
        if let Some(member) = members.iter().find(gets_it) {
            previews.push((language.clone(), member.clone(), writer.fill(member, language, text)));
        }
    }
    Ok(previews)
}

/// Begins to send the answer to all conversations that have not got it. Nothing leaves before the time has passed in which the agent may
/// call their answers back; what was added later waits for another send.
///
/// # Errors
/// [`Error::Invalid`] when there is no text, or a text names a variable that does not exist; [`Error::Conflict`] `changed` when the answer
/// is another one than was looked at, `under_way` while one goes out, `nobody` when all have it; [`Error::NotFound`].
pub async fn send(desk: &mut Desk<'_>, id: ProblemId, wish: Wish) -> Result<SendId> {
    let problem = store::lock(desk, id).await?;
    if problem.revision != wish.revision {
        return Err(Error::Conflict("changed"));
    }
    let answer = super::answer(desk, &problem).await?;
    if answer.texts.is_empty() {
        return Err(Error::field("text", "required"));
    }
    if !answer.unknown_variables().is_empty() {
        return Err(Error::Invalid(vec![FieldError { field: "text", problem: "unknown_variable" }]));
    }
    if last_send(desk, id).await?.is_some_and(|send| send.state == Progress::Running) {
        return Err(Error::Conflict("under_way"));
    }
    let total = store::unanswered(desk, &problem, COUNTED).await?;
    if total == 0 {
        return Err(Error::Conflict("nobody"));
    }
    let agent = people::agent(desk, desk.agent()?).await?;
    let held = SignedDuration::from_secs(i64::from(agent.preferences().undo_seconds));
    let send = Send {
        id: SendId(desk.new_id()),
        problem_id: id,
        number: problem.answer,
        agent_id: agent.id,
        answer,
        only_open: wish.only_open,
        afterwards: wish.afterwards,
        state: Progress::Running,
        after: None,
        total,
        sent: 0,
        passed_over: 0,
        failed: 0,
        created_at: desk.now(),
        begins_at: desk.now().checked_add(held).map_err(Error::internal)?,
    };
    store::insert_send(desk, &send).await?;
    store::touch(desk, id).await?;
    jobs::order(desk, send.id, send.begins_at).await?;
    desk.emit(Event::ProblemWent { problem: id });
    Ok(send.id)
}

/// Stops a send; who has the answer has it. Before it has begun, nobody has.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn stop(desk: &mut Desk<'_>, id: SendId) -> Result<ProblemId> {
    let mut send = store::lock_send(desk, id).await?;
    if send.state == Progress::Running {
        send.state = Progress::Stopped;
        store::update_send(desk, &send).await?;
        desk.emit(Event::ProblemWent { problem: send.problem_id });
    }
    Ok(send.problem_id)
}

/// One send.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find_send(desk: &mut Desk<'_>, id: SendId) -> Result<Send> {
    store::find_send(desk, id).await
}

/// The sends of a problem, newest first.
///
/// # Errors
/// The store's.
pub async fn sends(desk: &mut Desk<'_>, id: ProblemId, limit: i64) -> Result<Vec<Send>> {
    store::sends(desk, id, limit).await
}

/// The newest send of a problem.
///
/// # Errors
/// The store's.
pub async fn last_send(desk: &mut Desk<'_>, id: ProblemId) -> Result<Option<Send>> {
    Ok(store::sends(desk, id, 1).await?.pop())
}

/// The place of a conversation among those of a send: by what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemKey(pub(super) Outcome, pub(super) ConversationId);

impl ItemKey {
    /// Behind those that have the answer.
    pub const UNREACHED: ItemKey = ItemKey(Outcome::Sent, ConversationId(Uuid::max()));
}

impl std::fmt::Display for ItemKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0.word(), self.1)
    }
}

impl std::str::FromStr for ItemKey {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let (outcome, id) = text.split_once('.').ok_or(())?;
        Ok(Self(outcome.parse()?, id.parse().map_err(|_| ())?))
    }
}

/// The conversations of a send that have no answer, or not all of it, with the reasons.
///
/// # Errors
/// The store's.
pub async fn told(desk: &mut Desk<'_>, id: SendId, after: Option<ItemKey>, limit: i64) -> Result<Vec<Told>> {
    store::told(desk, id, after.unwrap_or(ItemKey::UNREACHED), limit).await
}

/// Answers one more conversation; whether there may be another. An error is of this conversation alone: the job goes on behind it.
///
/// # Errors
/// What kept the conversation from being answered; nothing was changed then.
pub async fn go_on(desk: &mut Desk<'_>, id: SendId) -> Result<bool> {
    let mut send = store::lock_send(desk, id).await?;
    if send.state != Progress::Running {
        return Ok(false);
    }
    let Some(member) = store::next(desk, &send).await? else {
        send.state = Progress::Done;
        return settle(desk, &send, false).await;
    };
    send.after = Some(member.key());
    let conversation = member.conversation_id;
    let decided = Writer::acting(desk).await?.decide(member, &send.answer, send.only_open);
    match decided.written {
        Ok(written) => {
            let message = write(desk, &send, &decided.member, written).await?;
            let reason = follow(desk, &send, conversation).await?;
            let outcome = if reason.is_some() { Outcome::Partly } else { Outcome::Sent };
            let reason = reason.map(|reason| (reason, String::new()));
            store::put_item(desk, &send, conversation, outcome, reason, Some(message)).await?;
            send.sent += 1;
        }
        Err(reason) => {
            store::put_item(desk, &send, conversation, Outcome::PassedOver, Some(reason), None).await?;
            send.passed_over += 1;
        }
    }
    settle(desk, &send, true).await
}

/// Goes on behind a conversation that could not be answered, and remembers why.
pub(super) async fn pass_by(desk: &mut Desk<'_>, id: SendId, reason: (Reason, String)) -> Result<bool> {
    let mut send = store::lock_send(desk, id).await?;
    let (true, Some(member)) = (send.state == Progress::Running, store::next(desk, &send).await?) else {
        return Ok(false);
    };
    send.after = Some(member.key());
    store::put_item(desk, &send, member.conversation_id, Outcome::Failed, Some(reason), None).await?;
    send.failed += 1;
    settle(desk, &send, true).await
}

async fn settle(desk: &mut Desk<'_>, send: &Send, goes_on: bool) -> Result<bool> {
    store::update_send(desk, send).await?;
    desk.emit(Event::ProblemWent { problem: send.problem_id });
    Ok(goes_on)
}

/// Answers in the ordinary way, as whoever sends. The same answer of a problem is the same message, however often it is tried.
async fn write(desk: &mut Desk<'_>, send: &Send, member: &Member, written: Written) -> Result<MessageId> {
    consent::confirm_contact(desk, member.customer_id, false).await?;
    let reply = NewReply {
        conversation: member.conversation_id,
        client_id: Some(client_id(send, member.conversation_id)),
        markdown: written.text,
        from: None,
        to: None,
        cc: None,
        uploads: Vec::new(),
        seen: None,
        send_anyway: true,
        leaves_at: None,
    };
    conversations::reply(desk, reply).await
}

/// The id of an answer in a conversation, from which follows that nobody has it twice. Two conversations that are merged may both have one.
fn client_id(send: &Send, conversation: ConversationId) -> Uuid {
    let answer = send.problem_id.0.as_u128() ^ u128::from(send.number.unsigned_abs());
    Uuid::from_u128(answer ^ conversation.0.as_u128())
}

/// What is to be done with a conversation that has the answer; why it could not be, if so.
async fn follow(desk: &mut Desk<'_>, send: &Send, conversation: ConversationId) -> Result<Option<Reason>> {
    let done = match send.afterwards {
        Afterwards::Nothing => Ok(()),
        Afterwards::Resolve => conversations::resolve(desk, conversation).await,
        Afterwards::Wait if conversations::find(desk, conversation).await?.status == Status::Resolved => Ok(()),
        Afterwards::Wait => conversations::snooze(desk, conversation, Until::Reply).await,
    };
    match done {
        Err(Error::Conflict("fields_missing")) => Ok(Some(Reason::FieldsMissing)),
        Err(Error::Conflict("steps_missing")) => Ok(Some(Reason::StepsMissing)),
        other => other.map(|()| None),
    }
}

/// Why a conversation could not be answered, as far as a person can do something about it.
pub(super) fn reason_of(error: &Error) -> (rules::Reason, String) {
    let reason = match error {
        Error::Conflict("no_mailbox") => Reason::NoMailbox,
        Error::Conflict("do_not_contact") => Reason::DoNotContact,
        Error::Invalid(fields) if fields.iter().any(|field| field.problem == "suppressed") => Reason::Suppressed,
        Error::Invalid(fields) if fields.iter().any(|field| field.field == "to") => Reason::NoAddress,
        other => return (Reason::Other, other.to_string()),
    };
    (reason, String::new())
}
