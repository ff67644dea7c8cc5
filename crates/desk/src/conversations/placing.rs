//! Finds where a message belongs that arrives: who wrote it, as far as that can be believed, and to what that leads. Reads only.

use super::{
    Conversation, ConversationId, Header, Incoming, MessageId, Nature, Person, Trust,
    store::{self, Referenced},
    threading::{Candidate, Recent, Sender, Threading, answered_ids, by_subject, continues, thread},
    trust::{is_from_us, trust},
};
use crate::{
    Desk, Result,
    customers::{self, CustomerId},
    mailboxes::{self, OwnAddresses},
};
use base::mail::Address;
use std::collections::HashSet;

/// Who wrote a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writer<'a> {
    /// Their address.
    pub(super) address: &'a Address,
    /// One of our own mailboxes did.
    pub(super) is_us: bool,
    /// It says that one of our own mailboxes did.
    pub(super) names_us: bool,
    /// How far that can be believed.
    pub(super) sender: Sender,
}

/// Where a message would go.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// The conversation; none for one of its own.
    pub conversation: Option<Conversation>,
    /// Why.
    pub why: Threading,
    /// The same mail is there already.
    pub is_known: bool,
    /// It is a report about a message of that conversation.
    pub is_report: bool,
    /// It counts as written by one of our own mailboxes.
    pub is_ours: bool,
    /// How far its sender can be believed.
    pub sender: Sender,
}

/// Where a message would go if it arrived now; `answers` is the conversation whose signed reply address it was sent to. Changes nothing.
///
/// # Errors
/// The store's.
pub async fn placement(desk: &mut Desk<'_>, incoming: &Incoming, answers: Option<ConversationId>) -> Result<Placement> {
    let own = mailboxes::own_addresses(desk).await?;
    let writer = writer(incoming, &own);
    let known = already_here(desk, incoming, &writer).await?;
    let bounced = bounced_message(desk, incoming).await?;
    let (place, why) = match (&known, bounced) {
        (Some(known), _) => (Some(known.conversation_id), Threading::New),
        (None, Some((_, conversation))) => (Some(conversation), Threading::New),
        (None, None) => place(desk, incoming, answers, &writer).await?,
    };
    let conversation = match place {
        Some(id) => Some(store::find(desk, id).await?),
        None => None,
    };
    let (is_known, is_report) = (known.is_some(), bounced.is_some());
    Ok(Placement { conversation, why, is_known, is_report, is_ours: writer.is_us, sender: writer.sender })
}

/// Who wrote it. A form that sends in our own name gives the customer as Reply-To.
pub(super) fn writer<'a>(incoming: &'a Incoming, own: &OwnAddresses) -> Writer<'a> {
    let from = &incoming.from;
    if incoming.ours {
        return Writer { address: from, is_us: true, names_us: true, sender: Sender::Believed };
    }
    let (verdicts, names_us) = (&incoming.header.verdicts, own.contains(&from.address));
    let trust = trust(Some(&Person::from(from)), verdicts);
    if !names_us {
        let sender = if matches!(trust, Trust::Suspicious(_)) { Sender::Doubted } else { Sender::Believed };
        return Writer { address: from, is_us: false, names_us, sender };
    }
    let sender = if is_from_us(&trust, &verdicts.by) { Sender::Believed } else { Sender::NotUs };
    let customer = incoming.reply_to.iter().find(|address| !own.contains(&address.address));
    let is_us = customer.is_none() && sender == Sender::Believed;
    Writer { address: customer.unwrap_or(from), is_us, names_us, sender }
}

/// The same mail by another way (two mailboxes, a copy to ourselves): same Message-ID and same content. Another mail that
/// happens to carry a known Message-ID is a mail of its own, and an empty id identifies nothing. Of our own mail, what other servers
/// did to it on its way back does not matter, nor whether it can still be verified: nothing of it is shown a second time.
pub(super) async fn already_here(
    desk: &Desk<'_>,
    incoming: &Incoming,
    writer: &Writer<'_>,
) -> Result<Option<Referenced>> {
    let Some(id) = &incoming.rfc_message_id else { return Ok(None) };
    let is_copy = writer.names_us && *writer.address == incoming.from;
    let known = store::referenced(desk, id).await?;
    Ok(known.into_iter().find(|known| {
        let same = known.content_hash.as_deref() == Some(&incoming.content_hash[..]);
        same || (is_copy && known.kind.is_ours())
    }))
}

/// Which of our messages a delivery report is about.
pub(super) async fn bounced_message(
    desk: &Desk<'_>,
    incoming: &Incoming,
) -> Result<Option<(MessageId, ConversationId)>> {
    let Nature::Bounce { original: Some(original), .. } = &incoming.nature else { return Ok(None) };
    let known = store::referenced(desk, original).await?;
    Ok(known.into_iter().find(|known| known.kind.is_ours()).map(|known| (known.message_id, known.conversation_id)))
}

/// Where it belongs, and why.
pub(super) async fn place(
    desk: &mut Desk<'_>,
    incoming: &Incoming,
    answers: Option<ConversationId>,
    writer: &Writer<'_>,
) -> Result<(Option<ConversationId>, Threading)> {
    let candidates = candidates(desk, incoming, answers, writer).await?;
    let is_settled = !candidates.is_empty() || incoming.nature != Nature::Person;
    if is_settled || writer.is_us || writer.sender == Sender::NotUs {
        return Ok(thread(&candidates, writer.sender, &incoming.from.address));
    }
    let address = writer.address.address.trim().to_lowercase();
    let Some(customer) = customers::find_by_address(desk, &address).await? else { return Ok((None, Threading::New)) };
    let recent: Vec<Recent> = store::recent_of(desk, customer.id).await?;
    let Some((found, subject)) = of_subject(desk, incoming, customer.id, recent, writer.sender).await? else {
        return Ok((None, Threading::New));
    };
    if !store::takes_part(desk, found.conversation, &address).await? {
        return Ok((None, Threading::New));
    }
    if writer.sender == Sender::Doubted {
        let from = incoming.from.address.clone();
        return Ok((None, Threading::Unverified { from, number: found.number }));
    }
    Ok((Some(found.conversation), Threading::Subject { subject }))
}

/// The one conversation that a mail continues by its subject. One that a mail began which may be forged is none, or a forger could
/// draw what the customer writes next away from where it belongs; only another doubted mail is told of it.
async fn of_subject(
    desk: &Desk<'_>,
    incoming: &Incoming,
    customer: CustomerId,
    recent: Vec<Recent>,
    sender: Sender,
) -> Result<Option<(Recent, String)>> {
    let at = incoming.at(desk.now());
    if !recent.iter().any(|one| continues(&incoming.subject, at, one).is_some()) {
        return Ok(None);
    }
    let openings = store::openings_of(desk, customer).await?;
    let is_doubted = |header: &Header| matches!(header.trust(), Trust::Suspicious(_));
    let doubted: HashSet<_> = openings.into_iter().filter(|(_, header)| is_doubted(header)).map(|(id, _)| id).collect();
    let (doubted, sound): (Vec<_>, Vec<_>) = recent.into_iter().partition(|one| doubted.contains(&one.conversation));
    let found = by_subject(&incoming.subject, at, &sound);
    Ok(found.or_else(|| by_subject(&incoming.subject, at, &doubted).filter(|_| sender == Sender::Doubted)))
}

async fn candidates(
    desk: &Desk<'_>,
    incoming: &Incoming,
    answers: Option<ConversationId>,
    writer: &Writer<'_>,
) -> Result<Vec<Candidate>> {
    let address = writer.address.address.trim().to_lowercase();
    let mut named: Vec<(ConversationId, i64, Option<String>)> = Vec::new();
    if let Some(answered) = answers
        && let Some((conversation, number)) = store::where_it_is_now(desk, answered).await?
    {
        named.push((conversation, number, None));
    }
    let mut candidates = Vec::new();
    for id in std::iter::once(None)
        .chain(answered_ids(incoming.in_reply_to.as_deref(), &incoming.references).into_iter().map(Some))
    {
        if let Some(id) = id {
            let known = store::referenced(desk, id).await?.into_iter();
            named.extend(known.map(|known| (known.conversation_id, known.number, Some(id.to_owned()))));
        }
        for (conversation, number, rfc_message_id) in named.drain(..) {
            let sender_takes_part = writer.is_us || store::takes_part(desk, conversation, &address).await?;
            candidates.push(Candidate { conversation, number, rfc_message_id, sender_takes_part });
            if sender_takes_part {
                return Ok(candidates);
            }
        }
    }
    Ok(candidates)
}
