//! Hears what happened, and lets one rule after the other look at it, each in a unit of work of its own.

use super::{
    Action, Cause, Outcome, RuleId, RunId, Since, Trigger, acting,
    jobs::RUN_RULES,
    rules::is_loop,
    store::{self, Heard, NewRun, RuleOn},
    waiting,
};
use crate::{
    Actor, Desk, Error, Event, Result,
    brakes::{self, Limit},
    conversations::{
        self, ConversationId, MessageKind,
        views::{self, Facts, Looking},
    },
};
use jiff::SignedDuration;
use std::sync::Arc;
use uuid::Uuid;

/// So often rules act on one conversation: more is a loop that nothing else has stopped.
const PER_CONVERSATION: Limit = Limit { times: 20, within: SignedDuration::from_hours(1) };

/// The rules that are on, in their order; read once in a unit of work.
pub(super) async fn rules_on(desk: &mut Desk<'_>) -> Result<Arc<Vec<RuleOn>>> {
    if let Some(known) = &desk.rules_on {
        return Ok(known.clone());
    }
    let on = Arc::new(store::on(desk).await?);
    desk.rules_on = Some(on.clone());
    Ok(on)
}

/// Hears what happened: what rules wait for is remembered for them, and whose time comes when is reckoned anew.
pub(crate) async fn hear(desk: &mut Desk<'_>, _: Actor, event: &Event) -> Result<()> {
    if matches!(event, Event::RulesChanged) {
        desk.rules_on = None;
    }
    let Some(conversation) = event.conversation() else { return Ok(()) };
    let on = rules_on(desk).await?;
    if on.is_empty() {
        return Ok(());
    }
    let machine = match event {
        Event::MessageReceived { message, .. } => {
            conversations::message(desk, *message).await?.kind != MessageKind::Incoming
        }
        _ => false,
    };
    if let Some(cause) = Cause::of(event, machine)
        && on.iter().any(|rule| rule.waits_for(cause))
    {
        let id = desk.new_id();
        let chain = desk.chain().to_vec();
        store::insert_event(desk, id, conversation, cause, &chain).await?;
        desk.order_for(RUN_RULES, id);
    }
    if waiting::may_change(event) { waiting::arm(desk, conversation, &on).await } else { Ok(()) }
}

impl RuleOn {
    fn waits_for(&self, cause: Cause) -> bool {
        matches!(&self.definition.when, Trigger::Events(causes) if causes.contains(&cause))
    }
}

/// For what a rule looks at a conversation.
pub(super) struct Occasion {
    pub(super) conversation: ConversationId,
    /// Once is enough for each.
    pub(super) cause_id: Uuid,
    pub(super) cause: std::result::Result<Cause, Since>,
    /// By which rules it came to that.
    pub(super) chain: Vec<RuleId>,
}

impl Occasion {
    fn of(heard: &Heard) -> Self {
        let chain = heard.chain();
        Self { conversation: heard.conversation_id, cause_id: heard.id, cause: Ok(heard.cause), chain }
    }
}

/// What is next for something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// This rule's conditions hold.
    Try(RuleId),
    /// No further rule wants it.
    Nothing,
    /// Somebody has done it already.
    Gone,
}

/// Which rule is next to look at something that happened. Those that pass it by cost no write.
pub(super) async fn next(desk: &mut Desk<'_>, id: Uuid) -> Result<Next> {
    let Some(heard) = store::event(desk, id).await? else { return Ok(Next::Gone) };
    let on = rules_on(desk).await?;
    let mut left: Vec<&RuleOn> = Vec::new();
    for rule in on.iter() {
        if (rule.position, rule.id) > (heard.after_position, heard.after_rule) && rule.waits_for(heard.cause) {
            left.push(rule);
        }
    }
    if left.is_empty() {
        return Ok(Next::Nothing);
    }
    let Some((facts, looking)) = facts(desk, heard.conversation_id).await? else { return Ok(Next::Nothing) };
    let wanted = left.into_iter().find(|rule| rule.definition.filter.shows(&facts, &looking));
    Ok(wanted.map_or(Next::Nothing, |rule| Next::Try(rule.id)))
}

async fn facts(desk: &mut Desk<'_>, id: ConversationId) -> Result<Option<(Facts, Looking)>> {
    match views::facts_for_nobody(desk, id).await {
        Ok(found) => Ok(Some(found)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Lets a rule act on what happened, and goes on behind it.
pub(super) async fn step(desk: &mut Desk<'_>, id: Uuid, rule: RuleId) -> Result<()> {
    let Some(heard) = store::event(desk, id).await? else { return Ok(()) };
    let on = rules_on(desk).await?;
    let Some(rule) = on.iter().find(|one| one.id == rule) else { return Ok(()) };
    // Whoever took it first has it on PostgreSQL until the commit.
    if store::advance(desk, id, rule.position, rule.id).await? == 0 {
        return Ok(());
    }
    try_rule(desk, rule, &Occasion::of(&heard)).await
}

/// A rule failed on what happened: that is remembered, and the next one looks at it.
pub(super) async fn fail_step(desk: &mut Desk<'_>, id: Uuid, rule: RuleId, why: &str) -> Result<()> {
    let Some(heard) = store::event(desk, id).await? else { return Ok(()) };
    let position = store::find(desk, rule).await?.position;
    store::advance(desk, id, position, rule).await?;
    record_failure(desk, rule, &Occasion::of(&heard), why).await
}

/// No rule wants it any more.
pub(super) async fn end(desk: &mut Desk<'_>, id: Uuid) -> Result<()> {
    store::forget_event(desk, id).await
}

/// Acts where the conditions hold, unless it has for that already, it follows from itself, or too much happens.
pub(super) async fn try_rule(desk: &mut Desk<'_>, rule: &RuleOn, occasion: &Occasion) -> Result<()> {
    match conversations::lock_any(desk, occasion.conversation).await {
        Ok(_) => {}
        Err(Error::NotFound) => return Ok(()),
        Err(other) => return Err(other),
    }
    let Some((facts, looking)) = facts(desk, occasion.conversation).await? else { return Ok(()) };
    let filter = &rule.definition.filter;
    if !filter.shows(&facts, &looking) || store::has_run(desk, rule.id, occasion.cause_id).await? {
        return Ok(());
    }
    let run = RunId(desk.new_id());
    let (outcome, did) = if is_loop(&occasion.chain, rule.id) {
        (Outcome::Looped, Vec::new())
    } else if brakes::pass(desk, &format!("rules:of:{}", occasion.conversation), PER_CONVERSATION).await?.is_err() {
        (Outcome::Braked, Vec::new())
    } else {
        desk.acts_by(occasion.chain.iter().copied().chain([rule.id]).collect());
        (Outcome::Done, acting::act(desk, rule, run, occasion).await?)
    };
    let held = filter.held(&facts, &looking);
    keep(desk, run, (rule.id, rule.version), occasion, (outcome, &did, &held, "")).await?;
    if outcome == Outcome::Done {
        // Whether a program that is told takes it is not known yet: it counts then.
        let tells = rule.definition.actions.iter().any(|action| matches!(action, Action::Webhook(_)));
        let budget = store::lock(desk, rule.id).await?.budget();
        let budget = if tells { budget } else { budget.after(true) };
        store::set_budget(desk, rule.id, &budget, true).await?;
        let (conversation, name) = (occasion.conversation, rule.name.clone());
        desk.emit(Event::RuleFired { conversation, rule: rule.id, name });
    }
    Ok(())
}

type Became<'a> = (Outcome, &'a [super::Did], &'a [conversations::Filter], &'a str);

async fn keep(
    desk: &Desk<'_>,
    id: RunId,
    rule: (RuleId, i32),
    occasion: &Occasion,
    (outcome, did, held, why): Became<'_>,
) -> Result<bool> {
    let Occasion { conversation, cause_id, cause, .. } = *occasion;
    store::insert_run(desk, &NewRun { id, rule, conversation, cause_id, cause, outcome, did, held, why }).await
}

/// A rule failed, and changed nothing by that.
pub(super) async fn record_failure(desk: &mut Desk<'_>, id: RuleId, occasion: &Occasion, why: &str) -> Result<()> {
    let rule = store::lock(desk, id).await?;
    let run = RunId(desk.new_id());
    if keep(desk, run, (id, rule.version), occasion, (Outcome::Failed, &[], &[], why)).await? {
        spend(desk, id, occasion.conversation, why).await?;
    }
    Ok(())
}

/// What a rule told was taken.
pub(super) async fn earn(desk: &mut Desk<'_>, id: RuleId) -> Result<()> {
    let budget = store::lock(desk, id).await?.budget().after(true);
    store::set_budget(desk, id, &budget, false).await
}

/// One more failure; a rule that has failed too often is switched off, and those who look after the desk are told.
pub(super) async fn spend(desk: &mut Desk<'_>, id: RuleId, conversation: ConversationId, why: &str) -> Result<()> {
    let rule = store::lock(desk, id).await?;
    let budget = rule.budget().after(false);
    if !rule.enabled || !budget.is_spent() {
        return store::set_budget(desk, id, &budget, false).await;
    }
    store::set_enabled(desk, id, None, Some(why)).await?;
    tracing::warn!(workspace = %desk.workspace(), rule = %id, why, "a rule failed too often and is switched off");
    desk.emit(Event::RuleSwitchedOff { conversation, rule: id, name: rule.name });
    desk.emit(Event::RulesChanged);
    Ok(())
}

/// Why a rule failed, as it is kept: a word that pages know, or what was said.
pub(super) fn why(error: &Error) -> String {
    match error {
        Error::Conflict(what) => (*what).to_owned(),
        Error::Invalid(fields) => {
            fields.first().map_or_else(String::new, |one| format!("{}:{}", one.field, one.problem))
        }
        Error::NotFound => "gone".to_owned(),
        other => other.to_string(),
    }
}
