//! Macros: words and actions that are used again and again, shared and measured. A snippet is a macro without actions.
//!
//! Using one with a text puts the text into the draft; what it does besides waits for the send and is done in the same unit of
//! work, and taken back with it. One without a text acts at once, and can be undone.

mod rules;
mod store;

pub(crate) use rules::is_language;
pub use rules::{
    About, Actions, Asker, Assignee, Audience, Belongs, Filled, NewMacro, OwnVariable, ToTeam, VARIABLES, Values, fill,
    first_name, gaps_in, pick, unknown_variables,
};
pub use store::{Macro, Pending, STATEMENTS};

use crate::{
    Actor, Desk, Error, Event, Result,
    conversations::{self, Conversation, ConversationId, MessageId, MessageKind, Status, Until},
    customers::{
        self,
        fields::{self as customer_fields, Owner},
    },
    fields,
    people::{self, AgentId},
    settings,
};
use base::{id_type, mail::language_of};
use jiff::tz::TimeZone;
use rules::Properties;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::Run;

id_type! {
    /// A macro.
    MacroId
}
id_type! {
    /// One use of a macro.
    RunId
}

const SETTINGS: &str = "languages";

/// In which language the desk writes where a customer's is not known, or there is no text in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Languages {
    /// A BCP 47 tag.
    pub standard: String,
}

impl Default for Languages {
    fn default() -> Self {
        Self { standard: "en".into() }
    }
}

/// In which language the desk writes.
///
/// # Errors
/// The store's.
pub async fn languages(desk: &mut Desk<'_>) -> Result<Languages> {
    settings::get(desk, SETTINGS).await
}

/// Says in which language the desk writes.
///
/// # Errors
/// [`Error::Invalid`] when it is no language tag; [`Error::Forbidden`] for those who are no administrators.
pub async fn set_languages(desk: &mut Desk<'_>, standard: &str) -> Result<()> {
    if asker(desk).await?.role < people::Role::Admin {
        return Err(Error::Forbidden);
    }
    let standard = standard.trim().to_lowercase();
    if !rules::is_language(&standard) {
        return Err(Error::field("language", "not_a_language"));
    }
    settings::set(desk, SETTINGS, &Languages { standard }).await
}

/// Who asks.
///
/// # Errors
/// [`Error::Forbidden`] when it is not an agent.
pub async fn asker(desk: &mut Desk<'_>) -> Result<Asker> {
    let agent = people::agent(desk, desk.agent()?).await?;
    let teams = people::teams_of(desk, agent.id).await?.into_iter().map(|team| team.id).collect();
    Ok(Asker { id: agent.id, role: agent.role, teams })
}

/// The macros that the acting agent may use, by folder and name.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn usable(desk: &mut Desk<'_>) -> Result<Vec<Macro>> {
    let asker = asker(desk).await?;
    let mut all = store::all(desk).await?;
    all.retain(|one| one.belongs().may_use(&asker));
    all.sort_by_cached_key(|one| rules::order(&one.folder, &one.name, one.id));
    Ok(all)
}

/// In which languages each macro has a text.
///
/// # Errors
/// The store's.
pub async fn languages_by_macro(desk: &mut Desk<'_>) -> Result<HashMap<MacroId, Vec<String>>> {
    let mut by_macro: HashMap<MacroId, Vec<String>> = HashMap::new();
    for (id, language, _) in store::all_texts(desk).await? {
        by_macro.entry(id).or_default().push(language);
    }
    Ok(by_macro)
}

/// A macro with its texts, and whether the acting agent may change it.
///
/// # Errors
/// [`Error::NotFound`], also when it is not theirs to use.
pub async fn find(desk: &mut Desk<'_>, id: MacroId) -> Result<(Macro, Vec<(String, String)>, bool)> {
    let asker = asker(desk).await?;
    let found = store::find(desk, id).await?;
    if !found.belongs().may_use(&asker) {
        return Err(Error::NotFound);
    }
    let texts = store::texts(desk, id).await?;
    let may_change = found.belongs().may_change(&asker);
    Ok((found, texts, may_change))
}

/// Makes a macro.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Forbidden`] when it is for people whom the acting agent may not make one for.
pub async fn create(desk: &mut Desk<'_>, new: NewMacro) -> Result<MacroId> {
    let (asker, new) = checked(desk, new).await?;
    let id = MacroId(desk.new_id());
    store::insert(desk, id, asker.id, &new).await?;
    desk.emit(Event::MacrosChanged);
    Ok(id)
}

/// Changes a macro.
///
/// # Errors
/// [`Error::Invalid`]; [`Error::Forbidden`]; [`Error::NotFound`].
pub async fn update(desk: &mut Desk<'_>, id: MacroId, new: NewMacro) -> Result<()> {
    let (asker, mut new) = checked(desk, new).await?;
    let known = store::find(desk, id).await?;
    if !known.belongs().may_change(&asker) {
        return Err(Error::Forbidden);
    }
    if let Belongs::Personal(_) = new.belongs {
        new.belongs = Belongs::Personal(known.owner_id);
    }
    store::update(desk, id, &new).await?;
    desk.emit(Event::MacrosChanged);
    Ok(())
}

async fn checked(desk: &mut Desk<'_>, new: NewMacro) -> Result<(Asker, NewMacro)> {
    let asker = asker(desk).await?;
    let new = new.tidied();
    let mut problems = new.problems(&own_variables(desk).await?, desk.now());
    if let Some(Assignee::Agent(agent)) = new.actions.assignee
        && !people::agents(desk).await?.iter().any(|known| known.id == agent)
    {
        problems.push(crate::FieldError { field: "assignee", problem: "not_allowed" });
    }
    let teams = people::teams(desk).await?;
    let known = |team| teams.iter().any(|one| one.id == team);
    if matches!(new.actions.team, Some(ToTeam::Team(team)) if !known(team))
        || matches!(new.belongs, Belongs::Team(team) if !known(team))
    {
        problems.push(crate::FieldError { field: "team", problem: "not_allowed" });
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if !new.belongs.may_change(&asker) {
        return Err(Error::Forbidden);
    }
    Ok((asker, new))
}

/// Deletes a macro. What it has done stays.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`].
pub async fn delete(desk: &mut Desk<'_>, id: MacroId) -> Result<()> {
    let asker = asker(desk).await?;
    if !store::find(desk, id).await?.belongs().may_change(&asker) {
        return Err(Error::Forbidden);
    }
    store::delete(desk, id).await?;
    desk.emit(Event::MacrosChanged);
    Ok(())
}

/// The variables that stand for the desk's own fields, of conversations and of customers. Of two fields with names that come to the
/// same, the first one counts.
///
/// # Errors
/// The store's.
pub async fn own_variables(desk: &mut Desk<'_>) -> Result<Vec<OwnVariable>> {
    let of_conversations = fields::fields(desk).await?.into_iter().filter(|one| one.archived_at.is_none());
    let of_customers = customer_fields::list(desk, Owner::Customers).await?.into_iter().filter(|one| !one.archived);
    let named = of_conversations
        .map(|one| (rules::OF_CONVERSATION, one.name))
        .chain(of_customers.map(|one| (rules::OF_CUSTOMER, one.name)));
    let mut own: Vec<OwnVariable> = Vec::new();
    for (begin, field) in named {
        if let Some(name) = rules::own_variable(begin, &field).filter(|name| own.iter().all(|one| one.name != *name)) {
            own.push(OwnVariable { name, field });
        }
    }
    Ok(own)
}

/// What the desk's own fields hold of a conversation and its customer.
async fn own_values(desk: &mut Desk<'_>, conversation: &Conversation, mut values: Values) -> Result<Values> {
    let held = fields::values(desk, conversation.id.0).await?;
    if !held.is_empty() {
        for field in fields::fields(desk).await?.iter().filter(|one| one.archived_at.is_none()) {
            let words: Vec<&str> = held.get(&field.id).into_iter().flatten().map(|one| one.value.as_str()).collect();
            if let Some(name) = rules::own_variable(rules::OF_CONVERSATION, &field.name) {
                values = values.with(&name, &words.join(", "));
            }
        }
    }
    for (field, value) in customer_fields::values(desk, Owner::Customers, conversation.customer_id.0).await? {
        if field.archived {
            continue;
        }
        if let Some(name) = rules::own_variable(rules::OF_CUSTOMER, &field.name) {
            values = values.with(&name, &value);
        }
    }
    Ok(values)
}

/// What the variables stand for in a conversation, for the acting agent, in a text of that language.
///
/// # Errors
/// The store's.
pub async fn values(desk: &mut Desk<'_>, conversation: &Conversation, language: &str) -> Result<Values> {
    let agent = people::agent(desk, desk.agent()?).await?;
    values_by(desk, conversation, language, &agent.name).await
}

/// As [`values`], in the name of `writer`.
///
/// # Errors
/// The store's.
pub(crate) async fn values_by(
    desk: &mut Desk<'_>,
    conversation: &Conversation,
    language: &str,
    writer: &str,
) -> Result<Values> {
    let customer = customers::find(desk, conversation.customer_id).await?;
    let address = customers::addresses(desk, conversation.customer_id).await?.into_iter().next().unwrap_or_default();
    let teams = people::teams(desk).await?;
    let team = teams.iter().find(|team| Some(team.id) == conversation.team_id).map_or("", |team| team.name.as_str());
    let about = About {
        customer: &customer,
        name: &conversation.customer_name,
        address: &address,
        agent: writer,
        number: conversation.number,
        subject: &conversation.subject,
        team,
        desk: &desk.workspace_name().await?,
    };
    let values = about.values(language);
    own_values(desk, conversation, values).await
}

/// The languages to write to a customer in, best first: their own, as far as their last words tell, then the desk's.
///
/// # Errors
/// The store's.
pub async fn wanted_languages(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<Vec<String>> {
    let theirs = language_of_words(desk, conversation).await?;
    Ok(theirs.into_iter().chain([languages(desk).await?.standard]).collect())
}

/// The language of a customer's last words, where it is sure.
///
/// # Errors
/// The store's.
pub async fn language_of_words(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<Option<String>> {
    let newest = conversations::thread(desk, conversation, None, 20).await?;
    let theirs = newest.iter().rev().filter(|one| one.kind == MessageKind::Incoming);
    Ok(theirs.take(3).find_map(|one| language_of(&one.body)).map(str::to_owned))
}

/// What using a macro came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Used {
    /// Its text is to be put into the draft; its actions wait for the send.
    PutIn {
        /// The text, filled in.
        filled: Filled,
        /// In which language it is.
        language: String,
        /// In which it was wanted, when that is another.
        wanted: Option<String>,
    },
    /// It had no text: its actions are done.
    Done(RunId),
}

/// Uses a macro in a conversation.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn use_in(desk: &mut Desk<'_>, conversation: ConversationId, id: MacroId) -> Result<Used> {
    let (found, texts, _) = find(desk, id).await?;
    let agent = desk.agent()?;
    let about = conversations::find(desk, conversation).await?;
    let wanted = wanted_languages(desk, conversation).await?;
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let have: Vec<&str> = texts.iter().map(|(language, _)| language.as_str()).collect();
    let Some(at) = pick(&have, &wanted) else {
        let run = carry_out(desk, conversation, agent, id, &found.actions(), String::new(), None).await?;
        store::count_use(desk, id, 1, 0, 0).await?;
        return Ok(Used::Done(run));
    };
    let (language, text) = &texts[at];
    let filled = fill(text, &values(desk, &about, language).await?);
    store::put_pending(desk, agent, conversation, id, &filled.text, &store::json(&found.actions())).await?;
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    let first = wanted.first().copied().unwrap_or_default();
    let wanted = (primary(first) != primary(language)).then(|| first.to_owned());
    Ok(Used::PutIn { filled, language: language.clone(), wanted })
}

/// A macro that others than its maker use.
///
/// # Errors
/// [`Error::NotFound`], also when it is somebody's own.
pub(crate) async fn find_shared(desk: &mut Desk<'_>, id: MacroId) -> Result<Macro> {
    let found = store::find(desk, id).await?;
    if matches!(found.belongs(), Belongs::Personal(_)) { Err(Error::NotFound) } else { Ok(found) }
}

/// All macros that others than their makers use, by folder and name.
///
/// # Errors
/// The store's.
pub async fn shared(desk: &mut Desk<'_>) -> Result<Vec<Macro>> {
    let mut all = store::all(desk).await?;
    all.retain(|one| !matches!(one.belongs(), Belongs::Personal(_)));
    all.sort_by_cached_key(|one| rules::order(&one.folder, &one.name, one.id));
    Ok(all)
}

/// The text of a macro in the language of the customer's, where it has any.
///
/// # Errors
/// The store's.
pub(crate) async fn text_for(
    desk: &mut Desk<'_>,
    conversation: ConversationId,
    id: MacroId,
) -> Result<Option<(String, String)>> {
    let texts = store::texts(desk, id).await?;
    let wanted = wanted_languages(desk, conversation).await?;
    let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let have: Vec<&str> = texts.iter().map(|(language, _)| language.as_str()).collect();
    Ok(pick(&have, &wanted).and_then(|at| texts.get(at).cloned()))
}

/// Does what a macro does besides its text, where no agent uses it: what would go to whoever uses it stays where it is. Words of time are
/// meant in `zone`.
///
/// # Errors
/// As the actions' own.
pub(crate) async fn act_by_rule(
    desk: &mut Desk<'_>,
    conversation: ConversationId,
    found: &Macro,
    zone: &TimeZone,
) -> Result<()> {
    let mut actions = found.actions();
    actions.assignee = actions.assignee.filter(|to| *to != Assignee::Me);
    let was = Properties::of(&conversations::find(desk, conversation).await?);
    let became = actions.wanted(&was, AgentId(uuid::Uuid::nil()), desk.now(), zone);
    change(desk, conversation, &was, became).await?;
    change_tags(desk, conversation, &actions.tags, &actions.untags).await?;
    store::count_use(desk, found.id, 1, 0, 0).await
}

/// The macros that wait in the acting agent's draft.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn pending(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<Vec<Pending>> {
    store::pending(desk, desk.agent()?, conversation).await
}

/// Leaves a macro's actions out of the send; its words stay in the draft.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn leave_out(desk: &mut Desk<'_>, conversation: ConversationId, id: MacroId) -> Result<()> {
    store::drop_one_pending(desk, desk.agent()?, conversation, id).await
}

/// Leaves all macros out: the draft was thrown away.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn leave_all_out(desk: &mut Desk<'_>, conversation: ConversationId) -> Result<()> {
    store::drop_pending(desk, desk.agent()?, conversation).await
}

/// Fails when words of an answer still name a variable that nobody has filled in.
///
/// # Errors
/// [`Error::Invalid`]: `body` is `gaps`.
pub fn check_gaps(text: &str) -> Result<()> {
    if gaps_in(text).is_empty() { Ok(()) } else { Err(Error::field("body", "gaps")) }
}

#[derive(Debug, Serialize, Deserialize)]
struct Before {
    was: Properties,
    became: Properties,
    tagged: Vec<String>,
    untagged: Vec<String>,
}

/// In which zone an agent's words of time are meant.
async fn zone_of(desk: &mut Desk<'_>, agent: AgentId) -> Result<TimeZone> {
    let name = people::agent(desk, agent).await?.preferences().time_zone;
    Ok(TimeZone::get(&name).unwrap_or(TimeZone::UTC))
}

/// Does what a macro does besides its text, and remembers what undoing it restores.
async fn carry_out(
    desk: &mut Desk<'_>,
    conversation: ConversationId,
    agent: AgentId,
    id: MacroId,
    actions: &Actions,
    text: String,
    message: Option<(MessageId, bool)>,
) -> Result<RunId> {
    let was = Properties::of(&conversations::find(desk, conversation).await?);
    let zone = zone_of(desk, agent).await?;
    let became = actions.wanted(&was, agent, desk.now(), &zone);
    let has: Vec<String> = conversations::tags_of(desk, conversation).await?.into_iter().map(|tag| tag.name).collect();
    let tagged: Vec<String> = actions.tags.iter().filter(|tag| !has.contains(tag)).cloned().collect();
    let untagged: Vec<String> = actions.untags.iter().filter(|tag| has.contains(tag)).cloned().collect();
    let became = change(desk, conversation, &was, became).await?;
    change_tags(desk, conversation, &tagged, &untagged).await?;
    let before = Before { was, became, tagged, untagged };
    let run = Run {
        id: RunId(desk.new_id()),
        macro_id: id,
        conversation_id: conversation,
        agent_id: agent,
        message_id: message.map(|(message, _)| message),
        text,
        actions: store::json(actions),
        before: serde_json::to_string(&before).map_err(Error::internal)?,
        edited: message.is_some_and(|(_, edited)| edited),
    };
    store::insert_run(desk, &run).await?;
    Ok(run.id)
}

/// Brings the conversation's properties from `now` to `to`. An agent who has left is passed over. Returns what became of them.
async fn change(
    desk: &mut Desk<'_>,
    conversation: ConversationId,
    now: &Properties,
    mut to: Properties,
) -> Result<Properties> {
    if to.assignee != now.assignee {
        match conversations::assign(desk, conversation, to.assignee).await {
            Ok(()) => {}
            Err(Error::Invalid(_) | Error::NotFound) => to.assignee = now.assignee,
            Err(other) => return Err(other),
        }
    }
    if to.team != now.team {
        match conversations::assign_team(desk, conversation, to.team).await {
            Ok(()) => {}
            Err(Error::NotFound) => to.team = now.team,
            Err(other) => return Err(other),
        }
    }
    if to.priority != now.priority {
        conversations::set_priority(desk, conversation, to.priority).await?;
    }
    if (to.status, to.snoozed_until) != (now.status, now.snoozed_until) {
        let open_it = now.status == Status::Resolved && to.status != Status::Resolved;
        if open_it {
            conversations::reopen(desk, conversation).await?;
        }
        match to.status {
            Status::Resolved => conversations::resolve(desk, conversation).await?,
            Status::Snoozed => {
                let until = to.snoozed_until.map_or(Until::Reply, Until::At);
                match conversations::snooze(desk, conversation, until).await {
                    Ok(()) => {}
                    // Its moment has passed since.
                    Err(Error::Invalid(_)) => (to.status, to.snoozed_until) = (now.status, now.snoozed_until),
                    Err(other) => return Err(other),
                }
            }
            _ if now.status == Status::Snoozed => conversations::wake(desk, conversation).await?,
            _ if !open_it => conversations::reopen(desk, conversation).await?,
            _ => {}
        }
    }
    Ok(to)
}

async fn change_tags(desk: &mut Desk<'_>, id: ConversationId, on: &[String], off: &[String]) -> Result<()> {
    for tag in on {
        conversations::add_tag(desk, id, tag).await?;
    }
    for tag in off {
        conversations::remove_tag(desk, id, tag).await?;
    }
    Ok(())
}

/// Takes back what a macro did at once. What somebody has changed since stays. Returns the conversation.
///
/// # Errors
/// [`Error::Conflict`] when it was taken back already.
pub async fn undo(desk: &mut Desk<'_>, id: RunId) -> Result<ConversationId> {
    let run = store::run(desk, id).await?.ok_or(Error::Conflict("undone_already"))?;
    take_back(desk, &run).await?;
    Ok(run.conversation_id)
}

async fn take_back(desk: &mut Desk<'_>, run: &Run) -> Result<()> {
    if store::undo_run(desk, run.id).await? == 0 {
        return Err(Error::Conflict("undone_already"));
    }
    let before: Before = serde_json::from_str(&run.before).map_err(Error::internal)?;
    let now = Properties::of(&conversations::find(desk, run.conversation_id).await?);
    change(desk, run.conversation_id, &now, now.undone(&before.was, &before.became)).await?;
    change_tags(desk, run.conversation_id, &before.untagged, &before.tagged).await?;
    store::count_use(desk, run.macro_id, -1, -i64::from(run.edited), 0).await
}

/// Hears what happened: a draft with macros was sent, an answer was called back, a customer came back.
pub(crate) async fn hear(desk: &mut Desk<'_>, actor: Actor, event: &Event) -> Result<()> {
    match (event, actor) {
        (
            Event::ReplyWritten { conversation, message } | Event::NoteWritten { conversation, message },
            Actor::Agent(agent),
        ) => sent(desk, agent, *conversation, *message).await,
        (Event::Recalled { message, .. }, _) => recalled(desk, *message).await,
        (Event::Reopened { conversation }, Actor::Customer(_)) => {
            for id in store::reopened(desk, *conversation).await? {
                store::count_use(desk, id, 0, 0, 1).await?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

async fn sent(desk: &mut Desk<'_>, agent: AgentId, conversation: ConversationId, message: MessageId) -> Result<()> {
    let waiting = store::pending(desk, agent, conversation).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let body = conversations::message(desk, message).await?.body;
    for one in waiting {
        let edited = rules::was_edited(&one.text, &body);
        let actions = one.actions();
        carry_out(desk, conversation, agent, one.id, &actions, one.text, Some((message, edited))).await?;
        store::count_use(desk, one.id, 1, i64::from(edited), 0).await?;
    }
    store::drop_pending(desk, agent, conversation).await?;
    conversations::remember_changes(desk, message).await
}

/// The answer is a draft again: what its macros did is taken back and waits with it.
async fn recalled(desk: &mut Desk<'_>, message: MessageId) -> Result<()> {
    for run in store::runs_of_message(desk, message).await? {
        take_back(desk, &run).await?;
        let (agent, id) = (run.agent_id, run.macro_id);
        store::put_pending(desk, agent, run.conversation_id, id, &run.text, &run.actions).await?;
    }
    Ok(())
}
