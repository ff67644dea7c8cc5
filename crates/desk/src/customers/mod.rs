//! Customers: who writes to us, how they want to be written to, where they belong and what they agreed to.
//!
//! They are recognised by their identities (addresses now, other ways later). `organisations` is where they belong, `notes` what colleagues
//! should know, `fields` what a workspace adds, `consent` what they agreed to, `suppression` which addresses get nothing.

pub mod consent;
pub mod fields;
pub mod notes;
pub mod organisations;
mod rules;
mod store;
pub(crate) mod suppression;
mod written;

pub use organisations::{Organisation, OrganisationId};
pub(crate) use rules::likeness_of_account;
pub use rules::{
    Customer, Form, Need, Preferences, There, Way, asked_words, domain_of, greeting, is_public_domain, likeness,
    name_parts, phone, there, variables,
};
pub use store::{Identity, STATEMENTS};
pub(crate) use suppression::suppress;
pub use suppression::{Suppressed, allow, any_suppressed, suppressed, suppressed_addresses, suppressed_in};
pub use written::{NETWORKS, Network, Written, account, e164, phone_shown};

use crate::{Desk, Error, Event, Result, people};
use base::{id_type, mail::Address};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

id_type! {
    /// Somebody who writes to us.
    CustomerId
}

/// By what a customer is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum IdentityKind {
    /// An e-mail address.
    Email = 1,
    /// A phone number that calls and messages come from.
    Phone = 2,
    /// An account of a chat or of a social network.
    Account = 3,
}

impl IdentityKind {
    /// All of them.
    pub const ALL: &[IdentityKind] = &[IdentityKind::Email, IdentityKind::Phone, IdentityKind::Account];

    /// Its word in forms.
    pub fn word(self) -> &'static str {
        match self {
            IdentityKind::Email => "email",
            IdentityKind::Phone => "phone",
            IdentityKind::Account => "account",
        }
    }
}

/// The longest name, and the longest other text of one line.
const MOST_LETTERS: usize = 200;
/// Addresses of one customer.
const MOST_ADDRESSES: usize = 50;

/// The customer who writes from this address; made when there is none yet. A name is taken over while none is known; a new customer
/// joins the organisation of their domain.
///
/// # Errors
/// The store's.
pub async fn identify(desk: &mut Desk<'_>, from: &Address) -> Result<Customer> {
    let address = from.address.trim().to_lowercase();
    if let Some(mut known) = store::find_by_identity(desk, IdentityKind::Email, &address).await? {
        if let Some(name) = from.name.as_deref().map(str::trim).filter(|name| !name.is_empty())
            && known.name == address
        {
            known.name = name.chars().take(MOST_LETTERS).collect();
            store::update(desk, &known).await?;
            index(desk, &known).await?;
        }
        return Ok(known);
    }
    let name = from.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(&address);
    let name: String = name.chars().take(MOST_LETTERS).collect();
    let mut customer = Customer::new(CustomerId(desk.new_id()), &name, desk.now());
    customer.organisation_id = organisations::of_domain(desk, &address).await?;
    if store::insert_identity(desk, IdentityKind::Email, &address, customer.id).await? == 0 {
        // Somebody else's unit of work was faster: theirs is the customer.
        let found = store::find_by_identity(desk, IdentityKind::Email, &address).await?;
        return found.ok_or(Error::Conflict("customer"));
    }
    store::insert(desk, &customer).await?;
    index(desk, &customer).await?;
    Ok(customer)
}

/// The customer who writes from this address, if there is one yet.
///
/// # Errors
/// The store's.
pub async fn find_by_address(desk: &mut Desk<'_>, address: &str) -> Result<Option<Customer>> {
    store::find_by_identity(desk, IdentityKind::Email, &address.trim().to_lowercase()).await
}

/// One customer; of one that was merged, who they turned out to be.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(desk: &mut Desk<'_>, id: CustomerId) -> Result<Customer> {
    if let Some(known) = desk.recall("customer", id.0) {
        return Ok(known);
    }
    let mut found = store::find(desk, id).await?.ok_or(Error::NotFound)?;
    // Merges may follow one another, but not in a circle: who was merged away takes nobody in.
    for _ in 0..20 {
        let Some(into) = found.merged_into else { break };
        found = store::find(desk, into).await?.ok_or(Error::NotFound)?;
    }
    Ok(desk.remember("customer", id.0, found))
}

/// One customer, for changing: nobody else changes them until this unit of work ends. Also one that was merged.
pub(crate) async fn lock(desk: &mut Desk<'_>, id: CustomerId) -> Result<Customer> {
    store::lock(desk, id).await?.ok_or(Error::NotFound)
}

async fn lock_living(desk: &mut Desk<'_>, id: CustomerId) -> Result<Customer> {
    let customer = lock(desk, id).await?;
    if customer.merged_into.is_some() { Err(Error::Conflict("merged")) } else { Ok(customer) }
}

/// Writes a customer and makes them findable by what they are called now.
pub(crate) async fn save(desk: &mut Desk<'_>, customer: &Customer) -> Result<()> {
    store::update(desk, customer).await?;
    index(desk, customer).await
}

pub(super) async fn index(desk: &Desk<'_>, customer: &Customer) -> Result<()> {
    if customer.merged_into.is_some() {
        return store::set_words(desk, customer.id, []).await;
    }
    let addresses: Vec<String> =
        store::identities(desk, customer.id).await?.into_iter().map(|identity| identity.value).collect();
    let organisation = match customer.organisation_id {
        Some(id) => organisations::name(desk, id).await?,
        None => None,
    };
    let words = rules::words(&customer.name, &addresses, customer.phone.as_deref(), organisation.as_deref());
    store::set_words(desk, customer.id, words).await
}

/// The addresses that a customer writes from, the oldest first.
///
/// # Errors
/// The store's.
pub async fn addresses(desk: &mut Desk<'_>, id: CustomerId) -> Result<Vec<String>> {
    let all = store::identities(desk, id).await?;
    Ok(all.into_iter().filter(|one| one.kind == IdentityKind::Email).map(|one| one.value).collect())
}

/// By what a customer is recognised, the oldest first.
///
/// # Errors
/// The store's.
pub async fn identities(desk: &mut Desk<'_>, id: CustomerId) -> Result<Vec<Identity>> {
    store::identities(desk, id).await
}

/// What an agent fills in about a customer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerForm {
    /// Their name.
    pub name: String,
    /// Phone number as it was written; empty for none.
    pub phone: String,
    /// How they want to be written to.
    pub preferences: Preferences,
}

/// Checks a form; what is wrong is said of each field.
fn checked(form: CustomerForm) -> Result<(String, Option<String>, Preferences)> {
    let mut wrong = Vec::new();
    let mut problem = |field, problem| wrong.push(crate::FieldError { field, problem });
    let name = form.name.trim().to_owned();
    if name.is_empty() {
        problem("name", "required");
    }
    if name.chars().count() > MOST_LETTERS {
        problem("name", "too_long");
    }
    let phone = rules::phone(&form.phone);
    if phone.is_none() && !form.phone.trim().is_empty() {
        problem("phone", "not_a_phone_number");
    }
    let mut wishes = form.preferences;
    for text in [
        &mut wishes.greeting_name,
        &mut wishes.pronouns,
        &mut wishes.language,
        &mut wishes.time_zone,
        &mut wishes.needs_note,
    ] {
        *text = text.trim().to_owned();
    }
    for (field, text) in [("greeting_name", &wishes.greeting_name), ("pronouns", &wishes.pronouns)] {
        if text.chars().count() > 80 {
            problem(field, "too_long");
        }
    }
    if wishes.needs_note.chars().count() > 500 {
        problem("needs_note", "too_long");
    }
    if !wishes.time_zone.is_empty() && jiff::tz::TimeZone::get(&wishes.time_zone).is_err() {
        problem("time_zone", "not_a_time_zone");
    }
    if let (Some(from), Some(until)) = (wishes.hours_from, wishes.hours_until)
        && from >= until
    {
        problem("hours_until", "not_after");
    }
    if wrong.is_empty() { Ok((name, phone, wishes)) } else { Err(Error::Invalid(wrong)) }
}

/// An e-mail address as it is kept.
fn checked_address(address: &str) -> Result<String> {
    let address = people::normalize_email(address);
    if people::is_address(&address) { Ok(address) } else { Err(Error::field("address", "not_an_address")) }
}

/// Makes a customer by hand.
///
/// # Errors
/// [`Error::Invalid`], also when somebody else has the address.
pub async fn create(desk: &mut Desk<'_>, form: CustomerForm, address: &str) -> Result<CustomerId> {
    let (name, phone, preferences) = checked(form)?;
    let address = match address.trim() {
        "" => None,
        address => Some(checked_address(address)?),
    };
    let mut customer = Customer { phone, preferences, ..Customer::new(CustomerId(desk.new_id()), &name, desk.now()) };
    if let Some(address) = &address {
        if store::insert_identity(desk, IdentityKind::Email, address, customer.id).await? == 0 {
            return Err(Error::field("address", "taken"));
        }
        customer.organisation_id = organisations::of_domain(desk, address).await?;
    }
    store::insert(desk, &customer).await?;
    save(desk, &customer).await?;
    desk.emit(Event::CustomerChanged { customer: customer.id });
    Ok(customer.id)
}

/// Changes what is known of a customer.
///
/// # Errors
/// [`Error::Invalid`], [`Error::NotFound`]; [`Error::Conflict`] when they were merged.
pub async fn edit(desk: &mut Desk<'_>, id: CustomerId, form: CustomerForm) -> Result<()> {
    let (name, phone, preferences) = checked(form)?;
    let before = lock_living(desk, id).await?;
    let renamed = before.name != name;
    let after = Customer { name, phone, preferences, ..before.clone() };
    if after == before {
        return Ok(());
    }
    save(desk, &after).await?;
    if renamed {
        follow(desk, id).await?;
    }
    desk.emit(Event::CustomerChanged { customer: id });
    Ok(())
}

/// Adds an address that a customer writes from, a number that they call from, or an account of theirs.
///
/// # Errors
/// [`Error::Invalid`], also when somebody else has it; [`Error::NotFound`].
pub async fn add_identity(desk: &mut Desk<'_>, id: CustomerId, what: Written, text: &str) -> Result<()> {
    let (kind, value) = what.kept(text).map_err(|problem| Error::field("address", problem))?;
    let mut customer = lock_living(desk, id).await?;
    if store::identities(desk, id).await?.len() >= MOST_ADDRESSES {
        return Err(Error::field("address", "too_many"));
    }
    if store::insert_identity(desk, kind, &value, id).await? == 0 {
        let theirs = store::find_by_identity(desk, kind, &value).await?;
        return if theirs.is_some_and(|theirs| theirs.id == id) {
            Ok(())
        } else {
            Err(Error::field("address", "taken"))
        };
    }
    if kind == IdentityKind::Email && customer.organisation_id.is_none() && !customer.organisation_by_hand {
        customer.organisation_id = organisations::of_domain(desk, &value).await?;
        if customer.organisation_id.is_some() {
            follow(desk, id).await?;
        }
    }
    save(desk, &customer).await?;
    desk.emit(Event::CustomerChanged { customer: id });
    Ok(())
}

/// Takes an identity, as it is kept, off a customer. What was written from it stays with them; who writes from it next is somebody new.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn remove_identity(desk: &mut Desk<'_>, id: CustomerId, kind: IdentityKind, value: &str) -> Result<()> {
    let customer = lock_living(desk, id).await?;
    if store::delete_identity(desk, kind, value, id).await? == 0 {
        return Ok(());
    }
    index(desk, &customer).await?;
    desk.emit(Event::CustomerChanged { customer: id });
    Ok(())
}

/// Gives addresses of one customer to another; returns which went.
pub(crate) async fn move_identities(
    desk: &mut Desk<'_>,
    from: CustomerId,
    to: CustomerId,
    which: Option<&[(IdentityKind, String)]>,
) -> Result<Vec<(IdentityKind, String)>> {
    let all: Vec<(IdentityKind, String)> =
        store::identities(desk, from).await?.into_iter().map(|one| (one.kind, one.value)).collect();
    let mut moved = Vec::new();
    for (kind, value) in all {
        if which.is_none_or(|which| which.iter().any(|one| *one == (kind, value.clone())))
            && store::move_identity(desk, (kind, &value), from, to).await? == 1
        {
            moved.push((kind, value));
        }
    }
    Ok(moved)
}

/// Sets where a customer belongs, by hand: domains decide no longer.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn set_organisation(desk: &mut Desk<'_>, id: CustomerId, organisation: Option<OrganisationId>) -> Result<()> {
    let mut customer = lock_living(desk, id).await?;
    if let Some(organisation) = organisation {
        organisations::find(desk, organisation).await?;
    }
    if customer.organisation_id == organisation && customer.organisation_by_hand {
        return Ok(());
    }
    customer.organisation_id = organisation;
    customer.organisation_by_hand = true;
    save(desk, &customer).await?;
    follow(desk, id).await?;
    desk.emit(Event::CustomerChanged { customer: id });
    Ok(())
}

/// The job by which a customer's conversations follow what changed of them: name and organisation are copied there.
pub const FOLLOW_CUSTOMER: &str = "follow_customer";

/// Orders it.
pub(crate) async fn follow(desk: &mut Desk<'_>, id: CustomerId) -> Result<()> {
    let payload = serde_json::to_string(&id).map_err(Error::internal)?;
    let run_at = desk.now();
    // Without a key: a job that runs already may have passed the conversation that another change is for.
    desk.enqueue(base::queue::NewJob { kind: FOLLOW_CUSTOMER, payload, run_at, dedupe_key: None }).await
}

/// Where a page of the list goes on: the last row's key and id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerKey(pub String, pub CustomerId);

impl std::fmt::Display for CustomerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.1, self.0)
    }
}

impl std::str::FromStr for CustomerKey {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let (id, key) = text.split_once('.').ok_or(())?;
        Ok(Self(key.to_owned(), id.parse().map_err(drop)?))
    }
}

/// A customer as lists show them.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The customer.
    pub customer: Customer,
    /// Their addresses, the oldest first.
    pub addresses: Vec<String>,
    /// The numbers that they call from, and their accounts.
    pub others: Vec<(IdentityKind, String)>,
    /// The name of their organisation.
    pub organisation: Option<String>,
    /// All their conversations, and the open ones.
    pub conversations: (i64, i64),
    /// Where the list goes on behind this row.
    pub key: CustomerKey,
}

/// A page of customers: by name, or those whom words of name, address, phone or organisation name.
///
/// # Errors
/// The store's; any text is a valid query.
pub async fn list(desk: &mut Desk<'_>, query: &str, after: Option<CustomerKey>, limit: i64) -> Result<Vec<Listed>> {
    let words = rules::asked_words(query);
    let rows = store::list(desk, &words, after.map(|key| (key.0, key.1)), limit.clamp(1, 200)).await?;
    listed(desk, rows).await
}

/// The one customer who has this address or is called so; none when nobody is, or several are.
///
/// # Errors
/// The store's.
pub async fn by_address_or_name(desk: &mut Desk<'_>, text: &str) -> Result<Option<CustomerId>> {
    if text.contains('@') {
        return Ok(find_by_address(desk, text).await?.map(|found| found.id));
    }
    let key = rules::key(text);
    let named = list(desk, text, None, 50).await?.into_iter().filter(|one| rules::key(&one.customer.name) == key);
    let named: Vec<CustomerId> = named.map(|one| one.customer.id).collect();
    Ok(if let [one] = named.as_slice() { Some(*one) } else { None })
}

/// A page of an organisation's people, by name.
///
/// # Errors
/// The store's.
pub async fn of_organisation(
    desk: &mut Desk<'_>,
    organisation: OrganisationId,
    after: Option<CustomerKey>,
    limit: i64,
) -> Result<Vec<Listed>> {
    let after = after.map(|key| (key.0, key.1));
    let rows = store::of_organisation(desk, organisation, after, limit.clamp(1, 200)).await?;
    listed(desk, rows).await
}

/// A customer with what lists show of them.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn listed_one(desk: &mut Desk<'_>, id: CustomerId) -> Result<Listed> {
    let customer = find(desk, id).await?;
    let mut rows = listed(desk, vec![(String::new(), customer)]).await?;
    rows.pop().ok_or(Error::NotFound)
}

/// Customers with what lists show of them.
///
/// # Errors
/// The store's.
pub async fn listed_these(desk: &mut Desk<'_>, customers: Vec<Customer>) -> Result<Vec<Listed>> {
    listed(desk, customers.into_iter().map(|customer| (String::new(), customer)).collect()).await
}

async fn listed(desk: &mut Desk<'_>, rows: Vec<(String, Customer)>) -> Result<Vec<Listed>> {
    let ids: Vec<CustomerId> = rows.iter().map(|(_, customer)| customer.id).collect();
    let mut addresses: HashMap<CustomerId, Vec<String>> = HashMap::new();
    let mut others: HashMap<CustomerId, Vec<(IdentityKind, String)>> = HashMap::new();
    for (id, kind, value) in store::identities_of_these(desk, &ids).await? {
        match kind {
            IdentityKind::Email => addresses.entry(id).or_default().push(value),
            IdentityKind::Phone | IdentityKind::Account => others.entry(id).or_default().push((kind, value)),
        }
    }
    let mut counts: HashMap<CustomerId, (i64, i64)> = HashMap::new();
    for (view, id, count) in store::counts_of_these(desk, &ids).await? {
        let of = counts.entry(id).or_default();
        if view == 101 { of.0 = count } else { of.1 = count }
    }
    let places: Vec<OrganisationId> = rows.iter().filter_map(|(_, customer)| customer.organisation_id).collect();
    let names = organisations::names(desk, &places).await?;
    Ok(rows
        .into_iter()
        .map(|(key, customer)| Listed {
            addresses: addresses.remove(&customer.id).unwrap_or_default(),
            others: others.remove(&customer.id).unwrap_or_default(),
            organisation: customer.organisation_id.and_then(|id| names.get(&id).cloned()),
            conversations: counts.get(&customer.id).copied().unwrap_or_default(),
            key: CustomerKey(key, customer.id),
            customer,
        })
        .collect())
}

/// Customers that share a variant of an address, the phone or the name with this one.
pub(crate) async fn likely_same(desk: &mut Desk<'_>, customer: &Customer) -> Result<Vec<Customer>> {
    store::likely_same(desk, customer).await
}
