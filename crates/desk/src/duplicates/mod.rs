//! Duplicates: customers who are the same person. Suggestions with their reasons, merging, and undoing that.
//!
//! A merge moves what recognises a customer and whose the conversations are. It moves nobody into a conversation or out of it, and no
//! message: an answer goes to the address that wrote in that conversation, before, during and after a merge. Conversations move in chunks,
//! the first at once, the rest by a durable job; undoing gives back exactly what was taken.

mod rules;
mod store;

pub use rules::{Compared, LIKELY, Reason, score};
pub use store::{Merge, STATEMENTS, State};

use crate::{
    App, Desk, Error, Event, Result, WorkspaceId,
    conversations::whose,
    customers::{
        self, Customer, CustomerId, IdentityKind, Listed,
        consent::{Answer, Purpose},
        fields::FieldId,
        notes::{self, NoteId},
    },
    jobs::{Done, Handler},
};
use async_trait::async_trait;
use base::{
    id_type,
    queue::{Claimed, JobError, NewJob},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

id_type! {
    /// Two customers that became one.
    MergeId
}

/// Conversations that move in one unit of work.
const CHUNK: i64 = 50;

/// A customer who may be the same as another one.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// Who.
    pub who: Listed,
    /// How likely, from 0 to 100.
    pub score: u32,
    /// Why.
    pub reasons: Vec<Reason>,
}

fn compared(one: &Listed) -> Compared<'_> {
    Compared { customer: &one.customer, addresses: &one.addresses, others: &one.others }
}

/// Who may be the same person as this customer, the likeliest first. Whom an agent said it is not, is left out.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn suggestions(desk: &mut Desk<'_>, id: CustomerId) -> Result<Vec<Suggestion>> {
    let own = customers::listed_one(desk, id).await?;
    let likely = customers::likely_same(desk, &own.customer).await?;
    if likely.is_empty() {
        return Ok(Vec::new());
    }
    let others = store::told_apart(desk, own.customer.id).await?;
    let mut found = Vec::new();
    for who in customers::listed_these(desk, likely).await? {
        let (score, reasons) = score(compared(&own), compared(&who));
        if score >= LIKELY && !others.contains(&who.customer.id) {
            found.push(Suggestion { who, score, reasons });
        }
    }
    found.sort_by_key(|one| (std::cmp::Reverse(one.score), one.who.customer.id));
    found.truncate(5);
    Ok(found)
}

/// Says that two customers are not the same person: they are suggested no more.
///
/// # Errors
/// [`Error::Forbidden`] when it is not an agent who acts.
pub async fn tell_apart(desk: &mut Desk<'_>, one: CustomerId, other: CustomerId) -> Result<()> {
    store::tell_apart(desk, one, other).await
}

/// What a merge found, for undoing it.
#[derive(Debug, Serialize, Deserialize)]
struct Before {
    identities: Vec<(IdentityKind, String)>,
    notes: Vec<NoteId>,
    fields: Vec<FieldId>,
    consents: Vec<(Purpose, Answer)>,
    /// What of the other was filled in from this one, since it was empty.
    took_name: Option<String>,
    took_phone: bool,
    took_organisation: bool,
    took_preferences: bool,
    from_name: String,
}

/// Merges `from` into `to`: addresses, conversations, notes, and what is known of the one and not of the other.
///
/// # Errors
/// [`Error::Invalid`] when it is the same; [`Error::Conflict`] when one of them was merged already, or conversations of an earlier merge are still
/// moving; [`Error::NotFound`].
pub async fn merge(desk: &mut Desk<'_>, from: CustomerId, to: CustomerId) -> Result<MergeId> {
    let (mut from, mut to) = lock_both(desk, from, to).await?;
    if from.merged_into.is_some() || to.merged_into.is_some() {
        return Err(Error::Conflict("merged"));
    }
    // What is still on its way to one who then is gone would never arrive.
    let moving = |merge: &Merge| matches!(merge.state, State::Moving | State::MovingBack);
    if store::of_customer(desk, from.id).await?.iter().any(moving) {
        return Err(Error::Conflict("moving"));
    }
    let agent = desk.agent()?;
    let id = MergeId(desk.new_id());
    let mut before = Before {
        identities: customers::move_identities(desk, from.id, to.id, None).await?,
        notes: notes::move_all(desk, from.id, to.id).await?,
        fields: customers::fields::take_over(desk, from.id.0, to.id.0).await?,
        consents: customers::consent::join(desk, from.id, to.id, &from.name).await?,
        took_name: None,
        took_phone: to.phone.is_none() && from.phone.is_some(),
        took_organisation: to.organisation_id.is_none() && !to.organisation_by_hand && from.organisation_id.is_some(),
        took_preferences: to.preferences == customers::Preferences::default(),
        from_name: from.name.clone(),
    };
    // What the ledger wrote of it.
    to.do_not_contact = customers::lock(desk, to.id).await?.do_not_contact;
    if to.known_name().is_none() && from.known_name().is_some() {
        before.took_name = Some(std::mem::replace(&mut to.name, from.name.clone()));
    }
    if before.took_phone {
        to.phone.clone_from(&from.phone);
    }
    if before.took_organisation {
        to.organisation_id = from.organisation_id;
    }
    if before.took_preferences {
        to.preferences = from.preferences.clone();
    }
    from.merged_into = Some(to.id);
    customers::save(desk, &from).await?;
    customers::save(desk, &to).await?;
    let json = serde_json::to_string(&before).map_err(Error::internal)?;
    store::insert(desk, id, (from.id, to.id), agent, &json).await?;
    if before.took_name.is_some() || before.took_organisation {
        customers::follow(desk, to.id).await?;
    }
    move_chunk(desk, id, &from, &to).await?;
    // Once more after this: what arrives at this very moment may still find the one who is gone.
    order(desk, id).await?;
    desk.emit(Event::CustomersMerged { customer: to.id, from: from.id, undone: false });
    Ok(id)
}

/// Undoes a merge. What was taken goes back; conversations that began since with an address that goes back go with it.
///
/// # Errors
/// [`Error::Conflict`] when it was undone already, or one of the two has been merged elsewhere since.
pub async fn undo(desk: &mut Desk<'_>, id: MergeId) -> Result<CustomerId> {
    let merge = store::lock(desk, id).await?;
    if !matches!(merge.state, State::Moving | State::Done) {
        return Err(Error::Conflict("undone_already"));
    }
    let (mut from, mut to) = lock_both(desk, merge.from_id, merge.to_id).await?;
    if to.merged_into.is_some() || from.merged_into != Some(to.id) {
        return Err(Error::Conflict("merged"));
    }
    let before: Before = serde_json::from_str(&merge.before).map_err(Error::internal)?;
    customers::move_identities(desk, to.id, from.id, Some(&before.identities)).await?;
    notes::move_back(desk, to.id, from.id, &before.notes).await?;
    customers::fields::give_back(desk, from.id.0, to.id.0, &before.fields).await?;
    customers::consent::part(desk, to.id, merge.at, &before.consents, &before.from_name).await?;
    to.do_not_contact = customers::lock(desk, to.id).await?.do_not_contact;
    from.merged_into = None;
    // What an agent has changed since stays as they left it.
    if let Some(name) = before.took_name.filter(|_| to.name == from.name) {
        to.name = name;
    }
    if before.took_phone && to.phone == from.phone {
        to.phone = None;
    }
    if before.took_organisation && to.organisation_id == from.organisation_id && !to.organisation_by_hand {
        to.organisation_id = None;
    }
    if before.took_preferences && to.preferences == from.preferences {
        to.preferences = customers::Preferences::default();
    }
    customers::save(desk, &from).await?;
    customers::save(desk, &to).await?;
    customers::follow(desk, to.id).await?;
    store::set_state(desk, id, State::MovingBack).await?;
    give_back_chunk(desk, id, &from, &to).await?;
    order(desk, id).await?;
    desk.emit(Event::CustomersMerged { customer: to.id, from: from.id, undone: true });
    Ok(from.id)
}

/// Merges that a customer took part in, newest first; those that can be undone say so by their state.
///
/// # Errors
/// The store's.
pub async fn merges_of(desk: &mut Desk<'_>, id: CustomerId) -> Result<Vec<Merge>> {
    store::of_customer(desk, id).await
}

/// What a merged customer was called, for the page that offers to undo it.
///
/// # Errors
/// [`Error::Internal`] when it cannot be read.
pub fn name_of(merge: &Merge) -> Result<String> {
    Ok(serde_json::from_str::<Before>(&merge.before).map_err(Error::internal)?.from_name)
}

/// Both are locked in one order, whoever merges whom into whom.
async fn lock_both(desk: &mut Desk<'_>, one: CustomerId, other: CustomerId) -> Result<(Customer, Customer)> {
    if one == other {
        return Err(Error::field("customer", "same"));
    }
    let mut both = [one, other];
    both.sort_unstable();
    let (first, second) = (customers::lock(desk, both[0]).await?, customers::lock(desk, both[1]).await?);
    Ok(if first.id == one { (first, second) } else { (second, first) })
}

const MOVE: &str = "move_customers_conversations";

async fn order(desk: &mut Desk<'_>, id: MergeId) -> Result<()> {
    let payload = serde_json::to_string(&id).map_err(Error::internal)?;
    let run_at = desk.now();
    desk.enqueue(NewJob { kind: MOVE, payload, run_at, dedupe_key: None }).await
}

/// Moves some conversations; whether there may be more.
async fn move_chunk(desk: &mut Desk<'_>, id: MergeId, from: &Customer, to: &Customer) -> Result<bool> {
    let ids = whose::of_customer(desk, from.id, CHUNK).await?;
    let mut moved = 0;
    for conversation in &ids {
        if let Some(name) = whose::hand_over(desk, *conversation, from.id, to.id, &to.name).await? {
            store::remember(desk, id, *conversation, &name).await?;
            moved += 1;
        }
    }
    store::count_moved(desk, id, moved).await?;
    let more = ids.len() as i64 == CHUNK;
    if !more {
        store::set_state(desk, id, State::Done).await?;
    }
    Ok(more)
}

/// Gives some conversations back; whether there may be more.
async fn give_back_chunk(desk: &mut Desk<'_>, id: MergeId, from: &Customer, to: &Customer) -> Result<bool> {
    let taken = store::remembered(desk, id, CHUNK).await?;
    for (conversation, name) in &taken {
        whose::hand_over(desk, *conversation, to.id, from.id, name).await?;
        store::forget(desk, id, *conversation).await?;
    }
    let more = taken.len() as i64 == CHUNK;
    if !more {
        store::set_state(desk, id, State::Undone).await?;
    }
    Ok(more)
}

/// Of the conversations that began after a merge, those go with an address that goes back in which it takes part and none of the other's.
async fn give_new_ones(desk: &mut Desk<'_>, from: &Customer, to: &Customer, after: Uuid) -> Result<Option<Uuid>> {
    let ids = whose::begun_since(desk, to.id, after, CHUNK).await?;
    let theirs = customers::addresses(desk, from.id).await?;
    let own = customers::addresses(desk, to.id).await?;
    for id in &ids {
        let there = whose::addresses(desk, *id).await?;
        if there.iter().any(|address| theirs.contains(address)) && !there.iter().any(|address| own.contains(address)) {
            whose::hand_over(desk, *id, to.id, from.id, &from.name).await?;
        }
    }
    Ok(ids.last().map(|id| id.0).filter(|_| ids.len() as i64 == CHUNK))
}

/// Moves the conversations of merged customers, or moves them back, so many at a time.
pub(crate) struct MoveConversations;

#[async_trait]
impl Handler for MoveConversations {
    fn kind(&self) -> &'static str {
        MOVE
    }

    async fn run(&self, app: &App, job: &Claimed) -> Result<Done, JobError> {
        let id: MergeId = serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?;
        let scope = WorkspaceId(job.workspace_id).as_system();
        while app.write(scope, move |desk| Box::pin(async move { step(desk, id).await })).await? {}
        let mut after = Some(id.0);
        while let Some(last) = after {
            after = app.write(scope, move |desk| Box::pin(async move { after_undo(desk, id, last).await })).await?;
        }
        Ok(Done::Effects)
    }
}

async fn step(desk: &mut Desk<'_>, id: MergeId) -> Result<bool> {
    let merge = store::lock(desk, id).await?;
    let (from, to) = lock_both(desk, merge.from_id, merge.to_id).await?;
    match merge.state {
        // Also when it is done: somebody may have written while it was.
        State::Moving | State::Done if from.merged_into == Some(to.id) => move_chunk(desk, id, &from, &to).await,
        State::MovingBack => give_back_chunk(desk, id, &from, &to).await,
        _ => Ok(false),
    }
}

async fn after_undo(desk: &mut Desk<'_>, id: MergeId, after: Uuid) -> Result<Option<Uuid>> {
    let merge = store::lock(desk, id).await?;
    if merge.state != State::Undone {
        return Ok(None);
    }
    let (from, to) = lock_both(desk, merge.from_id, merge.to_id).await?;
    if from.merged_into.is_some() || to.merged_into.is_some() {
        return Ok(None);
    }
    give_new_ones(desk, &from, &to, after).await
}
