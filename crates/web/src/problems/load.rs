//! What the page of a problem shows, and what a conversation shows of its problem.

use desk::bulk::{Bulk, BulkId};
use desk::conversations::ConversationId;
use desk::problems::{self, Answer, Member, MemberKey, Problem, ProblemId, Send, State};
use desk::{Desk, Result, macros, people};
use maud::Markup;

use super::sending;
use crate::components::field::Filled;
use crate::components::time::Reader;
use crate::inbox::load::choices;
use crate::inbox::shapes::{Choices, Named, ProblemShown};
use words::Words;

/// Conversations on a page.
pub(crate) const PAGE: usize = 50;
/// How many are resolved at once.
pub(crate) const AT_ONCE: i64 = desk::bulk::AT_ONCE as i64;

/// Everything that the page of a problem shows.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// The problem.
    pub(crate) problem: Problem,
    /// Who looks after it, who opened it, who said that it is solved.
    pub(crate) owner: Option<String>,
    /// Who opened it.
    pub(crate) opened_by: String,
    /// Who said that it is solved.
    pub(crate) solved_by: Option<String>,
    /// Which languages are read, with how many conversations.
    pub(crate) languages: Vec<(String, i64)>,
    /// The answer as it is kept.
    pub(crate) answer: Answer,
    /// Each text as one of the conversations gets it.
    pub(crate) previews: Vec<(String, Member, macros::Filled)>,
    /// A page of its conversations, and where they go on.
    pub(crate) members: Vec<Member>,
    /// The address of the next page.
    pub(crate) more: Option<String>,
    /// How many have not got the answer.
    pub(crate) unanswered: i64,
    /// How many are not settled, as far as they can be resolved at once.
    pub(crate) unsettled: i64,
    /// The last send of the answer, with who sends it.
    pub(crate) send: Option<(Send, String)>,
    /// A conversation that was just taken out.
    pub(crate) taken: Option<i64>,
    /// A change to its conversations that was just made.
    pub(crate) bulk: Option<Bulk>,
    /// What the answer's form holds, and what is wrong with it.
    pub(crate) filled: Filled,
}

/// What the page of a problem was asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// Behind which conversation.
    pub(crate) after: Option<MemberKey>,
    /// A conversation that was just taken out.
    pub(crate) taken: Option<i64>,
    /// A change to its conversations.
    pub(crate) bulk: Option<BulkId>,
}

/// The page of a problem.
pub(crate) async fn shown(desk: &mut Desk<'_>, say: Words, number: i64, wanted: Wanted) -> Result<Shown> {
    let problem = problems::find_by_number(desk, number).await?;
    let (_, names) = choices(desk, say).await?;
    let answer = problems::answer(desk, &problem).await?;
    let mut members = problems::members(desk, &problem, wanted.after, PAGE as i64 + 1).await?;
    let has_more = members.len() > PAGE;
    members.truncate(PAGE);
    let more = members.last().filter(|_| has_more).map(|last| format!("/problems/{number}?after={}", last.key()));
    let send = problems::last_send(desk, problem.id).await?;
    let filled = answer.texts.iter().enumerate().fold(
        Filled::default().with("standard", answer.standard.clone().unwrap_or_default()),
        |filled, (at, (language, text))| {
            filled.with(&format!("language-{at}"), language).with(&format!("text-{at}"), text)
        },
    );
    Ok(Shown {
        owner: problem.owner_id.map(|id| names.agent(id).name),
        opened_by: names.agent(problem.opened_by).name,
        solved_by: problem.solved_by.map(|id| names.agent(id).name),
        languages: problems::languages(desk, problem.id).await?,
        previews: problems::preview(desk, &members, &answer).await?,
        unanswered: problems::unanswered(desk, &problem).await?,
        unsettled: problems::unsettled(desk, problem.id, AT_ONCE).await?.len() as i64,
        send: send.map(|send| {
            let who = names.agent(send.agent_id).name;
            (send, who)
        }),
        taken: wanted.taken,
        bulk: crate::inbox::bulk::shown(desk, wanted.bulk).await?.filter(|_| wanted.bulk.is_some()),
        problem,
        answer,
        members,
        more,
        filled,
    })
}

/// What a conversation shows of its problem.
pub(crate) async fn of_conversation(desk: &mut Desk<'_>, id: ConversationId) -> Result<Option<ProblemShown>> {
    let Some(problem) = problems::of_conversation(desk, id).await? else { return Ok(None) };
    Ok(Some(ProblemShown {
        number: problem.number,
        answered: problems::is_answered(desk, &problem, id).await?,
        has_text: !problems::answer(desk, &problem).await?.texts.is_empty(),
        solved: !problem.is_open(),
        conversations: problem.conversations,
        title: problem.title,
    }))
}

/// How far the last send of a problem has got.
pub(crate) async fn send_status(desk: &mut Desk<'_>, id: ProblemId, reader: &Reader) -> Result<Markup> {
    let send = problems::last_send(desk, id).await?;
    let who = match &send {
        Some(send) => people::agent(desk, send.agent_id).await?.name,
        None => String::new(),
    };
    Ok(sending::status(id, send.map(|send| (send, who)).as_ref(), reader))
}

fn named(problem: Problem) -> Named {
    Named { id: problem.id.to_string(), name: format!("#{} {}", problem.number, problem.title) }
}

/// Open problems that menus offer: those last used.
pub(crate) async fn offered(desk: &mut Desk<'_>) -> Result<Vec<Named>> {
    Ok(problems::meant(desk, "", 12).await?.into_iter().map(named).collect())
}

/// Problems that a view can ask for: the open ones, and those solved last.
pub(crate) async fn asked_for(desk: &mut Desk<'_>) -> Result<Vec<Named>> {
    let mut all = problems::list(desk, State::Open, None, 200).await?;
    all.extend(problems::list(desk, State::Solved, None, 100).await?);
    Ok(all.into_iter().map(named).collect())
}

/// Agents who can look after a problem.
pub(crate) async fn owners(desk: &mut Desk<'_>, say: Words) -> Result<Choices> {
    Ok(choices(desk, say).await?.0)
}
