//! What customers agreed to and objected to, by purpose: an append-only ledger, and what follows from it. "Do not contact" stands above all.

use super::{CustomerId, rules::choice};
use crate::{Desk, Error, Event, Result, people::AgentId};
use base::{
    db::{DbError, FromValue, Value},
    id_type, params, row, statements,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

id_type! {
    /// An entry of the ledger.
    EntryId
}

choice! {
    /// What we would write for.
    Purpose {
        /// Anything at all: to object to this is "do not contact".
        #[default]
        AnyContact = "any_contact",
        /// Messages that belong to a matter: acknowledgements, news of it.
        Service = "service",
        /// Asking how it went.
        Surveys = "surveys",
        /// News, offers, invitations.
        Outreach = "outreach",
    }
}

choice! {
    /// What the customer said.
    Answer {
        /// Nothing: as if never asked.
        #[default]
        Unasked = "unasked",
        /// Yes.
        Agreed = "agreed",
        /// No.
        Objected = "objected",
    }
}

choice! {
    /// How we know.
    Source {
        /// An agent wrote it down.
        #[default]
        Agent = "agent",
        /// The customer wrote it to us.
        Message = "message",
        /// The customer said it on the phone or at the desk.
        Spoken = "spoken",
        /// A form of ours.
        Form = "form",
        /// It was brought along from elsewhere.
        Import = "import",
        /// The customer turned out to be another one, of whom it was known.
        Merge = "merge",
    }
}

macro_rules! kept_by_place {
    ($($name:ident),*) => { $(
        impl From<$name> for Value {
            fn from(value: $name) -> Self {
                Value::Int(value as i64)
            }
        }
        impl FromValue for $name {
            fn from_value(value: Value) -> std::result::Result<Self, DbError> {
                let number = i64::from_value(value)?;
                let known = usize::try_from(number).ok().and_then(|place| $name::ALL.get(place)).copied();
                known.ok_or_else(|| DbError::Internal(format!("{number} is no {}", stringify!($name))))
            }
        }
    )* };
}
kept_by_place!(Purpose, Answer, Source);

statements! {
    INSERT = "insert into consent_entry (workspace_id, customer_id, id, purpose, answer, source, evidence, at, recorded_at, agent_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    SET = "insert into consent (workspace_id, customer_id, purpose, answer, entry_id, at) values ($1, $2, $3, $4, $5, $6)
        on conflict (workspace_id, customer_id, purpose) do update set answer = excluded.answer, entry_id = excluded.entry_id, at = excluded.at";
    PRESENT = "select purpose, answer, at from consent where workspace_id = $1 and customer_id = $2";
    LEDGER = "select id, purpose, answer, source, evidence, at, recorded_at, agent_id from consent_entry
        where workspace_id = $1 and customer_id = $2 and id < $3 order by id desc limit $4";
    LEDGER_BY_TIME = "select id, purpose, answer, source, evidence, at, recorded_at, agent_id from consent_entry
        where workspace_id = $1 and customer_id = $2 and (recorded_at, id) < ($3, $4) order by recorded_at desc, id desc limit $5";
    SET_DO_NOT_CONTACT = "update customer set do_not_contact = $3 where workspace_id = $1 and id = $2";
}

row! {
    /// An entry of the ledger.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Entry {
        /// Its id; ids ascend in the order in which entries were written.
        pub id: EntryId,
        /// For what.
        pub purpose: Purpose,
        /// What they said.
        pub answer: Answer,
        /// How we know.
        pub source: Source,
        /// Where it can be seen: a quotation, a link, the number of a conversation.
        pub evidence: String,
        /// When they said it.
        pub at: Timestamp,
        /// When it was written down.
        pub recorded_at: Timestamp,
        /// Who wrote it down.
        pub agent_id: Option<AgentId>,
    }
}

/// What a customer has said so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consents(Vec<(Purpose, Answer, Timestamp)>);

impl Consents {
    /// What they said about a purpose, and since when.
    pub fn answer(&self, purpose: Purpose) -> (Answer, Option<Timestamp>) {
        let found = self.0.iter().find(|(of, ..)| *of == purpose);
        found.map_or((Answer::Unasked, None), |(_, answer, at)| (*answer, Some(*at)))
    }

    /// Whether they want to hear from nobody.
    pub fn do_not_contact(&self) -> bool {
        self.answer(Purpose::AnyContact).0 == Answer::Objected
    }

    /// Whether we may write to them without an agent having written it. What belongs to a matter, and asking how it went, may be sent
    /// until they object; news and offers only once they have agreed.
    pub fn may(&self, purpose: Purpose) -> bool {
        if self.do_not_contact() {
            return false;
        }
        match (purpose, self.answer(purpose).0) {
            (_, Answer::Objected) => false,
            (Purpose::Outreach, answer) => answer == Answer::Agreed,
            _ => true,
        }
    }
}

/// What a customer has said so far.
///
/// # Errors
/// The store's.
pub async fn present(desk: &mut Desk<'_>, customer: CustomerId) -> Result<Consents> {
    Ok(Consents(desk.tx().rows(PRESENT, params![desk.workspace(), customer]).await?))
}

/// Whether we may write to a customer for a purpose without an agent having written it.
///
/// # Errors
/// The store's.
pub async fn may(desk: &mut Desk<'_>, customer: CustomerId, purpose: Purpose) -> Result<bool> {
    Ok(present(desk, customer).await?.may(purpose))
}

/// Refuses to go on when a customer wants not to be contacted and the agent has not confirmed that it is right to.
///
/// # Errors
/// [`Error::Conflict`] `do_not_contact`.
pub async fn confirm_contact(desk: &mut Desk<'_>, customer: CustomerId, confirmed: bool) -> Result<()> {
    if !confirmed && super::find(desk, customer).await?.do_not_contact {
        return Err(Error::Conflict("do_not_contact"));
    }
    Ok(())
}

/// The ledger of a customer, newest first, from before `before`.
///
/// # Errors
/// The store's.
pub async fn ledger(
    desk: &mut Desk<'_>,
    customer: CustomerId,
    before: Option<EntryId>,
    limit: i64,
) -> Result<Vec<Entry>> {
    let before = before.unwrap_or(EntryId(Uuid::max()));
    Ok(desk.tx().rows(LEDGER, params![desk.workspace(), customer, before, limit]).await?)
}

/// The ledger of a customer by time, newest first, from behind `after`.
///
/// # Errors
/// The store's.
pub async fn ledger_by_time(
    desk: &mut Desk<'_>,
    customer: CustomerId,
    after: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> Result<Vec<Entry>> {
    let (at, id) = after.unwrap_or((Timestamp::MAX, Uuid::max()));
    Ok(desk.tx().rows(LEDGER_BY_TIME, params![desk.workspace(), customer, at, id, limit]).await?)
}

/// What is written down.
#[derive(Debug, Clone, Default)]
pub struct NewEntry {
    /// For what.
    pub purpose: Purpose,
    /// What they said.
    pub answer: Answer,
    /// How we know.
    pub source: Source,
    /// Where it can be seen.
    pub evidence: String,
    /// When they said it; now, when it is not known.
    pub at: Option<Timestamp>,
}

/// Writes down what a customer said. Nothing is ever changed or taken out.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`]; [`Error::Conflict`] when they were merged.
pub async fn record(desk: &mut Desk<'_>, customer: CustomerId, new: NewEntry) -> Result<EntryId> {
    if new.evidence.chars().count() > 2000 {
        return Err(Error::field("evidence", "too_long"));
    }
    let at = new.at.unwrap_or(desk.now());
    if at > desk.now() {
        return Err(Error::field("at", "not_past"));
    }
    super::lock_living(desk, customer).await?;
    write(desk, customer, &new, at).await
}

async fn write(desk: &mut Desk<'_>, customer: CustomerId, new: &NewEntry, at: Timestamp) -> Result<EntryId> {
    let id = EntryId(desk.new_id());
    let (workspace, now) = (desk.workspace(), desk.now());
    let agent = desk.agent().ok();
    let evidence = new.evidence.trim();
    let mut statements = vec![
        (
            INSERT,
            params![workspace, customer, id, new.purpose, new.answer, new.source, evidence, at, now, agent].to_vec(),
        ),
        (SET, params![workspace, customer, new.purpose, new.answer, id, at].to_vec()),
    ];
    if new.purpose == Purpose::AnyContact {
        statements.push((SET_DO_NOT_CONTACT, params![workspace, customer, new.answer == Answer::Objected].to_vec()));
    }
    desk.tx().exec_all(&statements).await?;
    desk.emit(Event::CustomerChanged { customer });
    Ok(id)
}

/// Of two customers that are one, the more careful answer holds: an objection of either, else an agreement of both or of the one who was asked.
pub(crate) async fn join(
    desk: &mut Desk<'_>,
    from: CustomerId,
    to: CustomerId,
    name: &str,
) -> Result<Vec<(Purpose, Answer)>> {
    let (theirs, own) = (present(desk, from).await?, present(desk, to).await?);
    let mut before = Vec::new();
    for purpose in Purpose::ALL {
        let ((their, at), (mine, _)) = (theirs.answer(*purpose), own.answer(*purpose));
        if their > mine {
            before.push((*purpose, mine));
            let new =
                NewEntry { purpose: *purpose, answer: their, source: Source::Merge, evidence: name.to_owned(), at };
            write(desk, to, &new, at.unwrap_or(desk.now())).await?;
        }
    }
    Ok(before)
}

/// Takes back what [`join`] did, by further entries, where nothing else was said since.
pub(crate) async fn part(
    desk: &mut Desk<'_>,
    to: CustomerId,
    joined: Timestamp,
    before: &[(Purpose, Answer)],
    name: &str,
) -> Result<()> {
    let since = ledger(desk, to, None, 200).await?;
    for (purpose, answer) in before {
        let said_since =
            since.iter().any(|one| one.purpose == *purpose && one.source != Source::Merge && one.recorded_at > joined);
        if said_since {
            continue;
        }
        let new =
            NewEntry { purpose: *purpose, answer: *answer, source: Source::Merge, evidence: name.to_owned(), at: None };
        write(desk, to, &new, desk.now()).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(answers: &[(Purpose, Answer)]) -> Consents {
        Consents(answers.iter().map(|(purpose, answer)| (*purpose, *answer, Timestamp::UNIX_EPOCH)).collect())
    }

    #[test]
    fn who_was_never_asked_gets_service_and_surveys_but_no_news() {
        let unasked = said(&[]);
        assert!(unasked.may(Purpose::Service) && unasked.may(Purpose::Surveys) && !unasked.may(Purpose::Outreach));
        assert!(said(&[(Purpose::Outreach, Answer::Agreed)]).may(Purpose::Outreach));
    }

    #[test]
    fn do_not_contact_stands_above_every_agreement() {
        let all = [Purpose::Service, Purpose::Surveys, Purpose::Outreach];
        let mut answers: Vec<_> = all.iter().map(|purpose| (*purpose, Answer::Agreed)).collect();
        assert!(all.iter().all(|purpose| said(&answers).may(*purpose)));
        answers.push((Purpose::AnyContact, Answer::Objected));
        assert!(!all.iter().any(|purpose| said(&answers).may(*purpose)));
    }

    #[test]
    fn an_objection_holds_for_its_purpose_only() {
        let objected = said(&[(Purpose::Surveys, Answer::Objected)]);
        assert!(!objected.may(Purpose::Surveys) && objected.may(Purpose::Service));
    }

    #[test]
    fn an_objection_counts_more_than_an_agreement_and_that_more_than_silence() {
        assert!(Answer::Objected > Answer::Agreed && Answer::Agreed > Answer::Unasked);
    }
}
