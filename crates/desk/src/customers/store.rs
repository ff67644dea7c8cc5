//! SQL and rows of customers and of what they are recognised and found by.

use super::{Customer, CustomerId, IdentityKind, OrganisationId, rules};
use crate::{Desk, Result};
use base::{
    db::{DbError, Value},
    params, row, statements,
};
use jiff::Timestamp;
use uuid::Uuid;

macro_rules! columns {
    () => {
        "c.id, c.name, c.created_at, c.phone, c.organisation_id, c.organisation_by_hand, c.preferences, c.do_not_contact, c.merged_into"
    };
}
macro_rules! fifty {
    () => {
        "$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
        $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51"
    };
}
pub(super) use fifty;

statements! {
    FIND = concat!("select ", columns!(), " from customer c where c.workspace_id = $1 and c.id = $2");
    // An update that changes nothing locks the row on PostgreSQL; SQLite has one writer anyway.
    LOCK = "update customer set name = name where workspace_id = $1 and id = $2 returning id, name, created_at, phone,
        organisation_id, organisation_by_hand, preferences, do_not_contact, merged_into";
    FIND_BY_IDENTITY = concat!("select ", columns!(), " from customer_identity a
        join customer c on c.workspace_id = a.workspace_id and c.id = a.customer_id
        where a.workspace_id = $1 and a.kind = $2 and a.value = $3");
    INSERT = "insert into customer (workspace_id, id, name, created_at, name_key, organisation_id, updated_at) values ($1, $2, $3, $4, $5, $6, $4)";
    UPDATE = "update customer set name = $3, name_key = $4, phone = $5, organisation_id = $6, organisation_by_hand = $7, preferences = $8,
        do_not_contact = $9, merged_into = $10, updated_at = $11 where workspace_id = $1 and id = $2";
    INSERT_IDENTITY = "insert into customer_identity (workspace_id, kind, value, customer_id, created_at, likeness) values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing";
    DELETE_IDENTITY = "delete from customer_identity where workspace_id = $1 and kind = $2 and value = $3 and customer_id = $4";
    MOVE_IDENTITY = "update customer_identity set customer_id = $5 where workspace_id = $1 and kind = $2 and value = $3 and customer_id = $4";
    IDENTITIES = "select kind, value, created_at from customer_identity where workspace_id = $1 and customer_id = $2
        order by created_at, value limit 100";
    IDENTITIES_OF_50 = concat!("select customer_id, kind, value from customer_identity where workspace_id = $1 and customer_id in (", fifty!(), ")
        order by customer_id, created_at, value");
    FORGET_WORDS = "delete from customer_word where workspace_id = $1 and customer_id = $2";
    ADD_WORD = "insert into customer_word (workspace_id, word, customer_id) values ($1, $2, $3) on conflict do nothing";
    BY_NAME = concat!("select c.name_key, ", columns!(), " from customer c where c.workspace_id = $1 and c.merged_into is null
        and (c.name_key, c.id) > ($2, $3) order by c.name_key, c.id limit $4");
    BY_WORDS = concat!("select w.word, ", columns!(), " from customer_word w
        join customer c on c.workspace_id = w.workspace_id and c.id = w.customer_id
        where w.workspace_id = $1 and w.word >= $2 and w.word < $3 and (w.word, w.customer_id) > ($4, $5)
        and exists (select 1 from customer_word o where o.workspace_id = w.workspace_id and o.customer_id = w.customer_id and o.word >= $6 and o.word < $7)
        and exists (select 1 from customer_word o where o.workspace_id = w.workspace_id and o.customer_id = w.customer_id and o.word >= $8 and o.word < $9)
        and not exists (select 1 from customer_word e where e.workspace_id = w.workspace_id and e.customer_id = w.customer_id and e.word >= $2 and e.word < w.word)
        order by w.word, w.customer_id limit $10");
    OF_ORGANISATION = concat!("select c.name_key, ", columns!(), " from customer c where c.workspace_id = $1 and c.organisation_id = $5
        and c.merged_into is null and (c.name_key, c.id) > ($2, $3) order by c.name_key, c.id limit $4");
    COUNTS_OF_50 = concat!("select view, key, count from view_count where workspace_id = $1 and view in (101, 102) and key in (", fifty!(), ")");
    WITH_WORD = "select customer_id from customer_word where workspace_id = $1 and word = $2 and customer_id > $3 order by customer_id limit $4";
    ALIKE = concat!("select distinct ", columns!(), " from customer_identity mine
        join customer_identity other on other.workspace_id = mine.workspace_id and other.likeness = mine.likeness and other.customer_id <> mine.customer_id
        join customer c on c.workspace_id = other.workspace_id and c.id = other.customer_id
        where mine.workspace_id = $1 and mine.customer_id = $2 and c.merged_into is null limit 20");
    SAME_PHONE = concat!("select ", columns!(), " from customer c where c.workspace_id = $1 and c.phone = $3 and c.id <> $2 and c.merged_into is null
        order by c.id limit 20");
    // Numbers that somebody calls from, and what stands on somebody else's page as their number.
    PHONE_OF_OTHERS = concat!("select ", columns!(), " from customer_identity mine
        join customer c on c.workspace_id = mine.workspace_id and c.phone = mine.value and c.id <> mine.customer_id
        where mine.workspace_id = $1 and mine.customer_id = $2 and mine.kind = 2 and c.merged_into is null order by c.id limit 20");
    CALLS_FROM = concat!("select ", columns!(), " from customer_identity theirs
        join customer c on c.workspace_id = theirs.workspace_id and c.id = theirs.customer_id
        where theirs.workspace_id = $1 and theirs.kind = 2 and theirs.value = $3 and c.id <> $2 and c.merged_into is null");
    SAME_NAME = concat!("select ", columns!(), " from customer c where c.workspace_id = $1 and c.name_key = $3 and c.id <> $2 and c.merged_into is null
        order by c.id limit 20");
}

row! {
    /// By what a customer is recognised.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Identity {
        /// What it is.
        pub kind: IdentityKind,
        /// In lower case.
        pub value: String,
        /// Since when it is known.
        pub created_at: Timestamp,
    }
}

row! {
    struct Keyed {
        key: String,
        id: CustomerId,
        name: String,
        created_at: Timestamp,
        phone: Option<String>,
        organisation_id: Option<OrganisationId>,
        organisation_by_hand: bool,
        preferences: rules::Preferences,
        do_not_contact: bool,
        merged_into: Option<CustomerId>,
    }
}

impl Keyed {
    fn parted(self) -> (String, Customer) {
        let Keyed {
            key,
            id,
            name,
            created_at,
            phone,
            organisation_id,
            organisation_by_hand,
            preferences,
            do_not_contact,
            merged_into,
        } = self;
        let customer = Customer {
            id,
            name,
            created_at,
            phone,
            organisation_id,
            organisation_by_hand,
            preferences,
            do_not_contact,
            merged_into,
        };
        (key, customer)
    }
}

pub(super) async fn find(desk: &Desk<'_>, id: CustomerId) -> Result<Option<Customer>> {
    Ok(desk.tx().row(FIND, params![desk.workspace(), id]).await?)
}

pub(super) async fn lock(desk: &Desk<'_>, id: CustomerId) -> Result<Option<Customer>> {
    Ok(desk.tx().row(LOCK, params![desk.workspace(), id]).await?)
}

pub(super) async fn find_by_identity(desk: &Desk<'_>, kind: IdentityKind, value: &str) -> Result<Option<Customer>> {
    Ok(desk.tx().row(FIND_BY_IDENTITY, params![desk.workspace(), kind, value]).await?)
}

pub(super) async fn insert(desk: &Desk<'_>, customer: &Customer) -> Result<()> {
    let Customer { id, name, created_at, organisation_id, .. } = customer;
    desk.tx().exec(INSERT, params![desk.workspace(), id, name, created_at, rules::key(name), *organisation_id]).await?;
    Ok(())
}

pub(super) async fn update(desk: &Desk<'_>, customer: &Customer) -> Result<()> {
    let c = customer;
    let params = params![
        desk.workspace(),
        c.id,
        &c.name,
        rules::key(&c.name),
        c.phone.as_deref(),
        c.organisation_id,
        c.organisation_by_hand,
        &c.preferences,
        c.do_not_contact,
        c.merged_into,
        desk.now()
    ];
    desk.tx().exec(UPDATE, params).await?;
    Ok(())
}

pub(super) async fn insert_identity(
    desk: &Desk<'_>,
    kind: IdentityKind,
    value: &str,
    customer: CustomerId,
) -> Result<u64> {
    let likeness = match kind {
        IdentityKind::Email => rules::likeness(value),
        IdentityKind::Phone => value.to_owned(),
        IdentityKind::Account => rules::likeness_of_account(value),
    };
    let params = params![desk.workspace(), kind, value, customer, desk.now(), likeness];
    Ok(desk.tx().exec(INSERT_IDENTITY, params).await?)
}

pub(super) async fn delete_identity(
    desk: &Desk<'_>,
    kind: IdentityKind,
    value: &str,
    customer: CustomerId,
) -> Result<u64> {
    Ok(desk.tx().exec(DELETE_IDENTITY, params![desk.workspace(), kind, value, customer]).await?)
}

pub(super) async fn move_identity(
    desk: &Desk<'_>,
    (kind, value): (IdentityKind, &str),
    from: CustomerId,
    to: CustomerId,
) -> Result<u64> {
    Ok(desk.tx().exec(MOVE_IDENTITY, params![desk.workspace(), kind, value, from, to]).await?)
}

pub(super) async fn identities(desk: &Desk<'_>, id: CustomerId) -> Result<Vec<Identity>> {
    Ok(desk.tx().rows(IDENTITIES, params![desk.workspace(), id]).await?)
}

/// Makes a customer findable by these words and no others.
pub(super) async fn set_words(desk: &Desk<'_>, id: CustomerId, words: impl IntoIterator<Item = String>) -> Result<()> {
    desk.tx().exec(FORGET_WORDS, params![desk.workspace(), id]).await?;
    let words: Vec<(&str, Vec<Value>)> =
        words.into_iter().map(|word| (ADD_WORD, params![desk.workspace(), word, id].to_vec())).collect();
    Ok(desk.tx().exec_all(&words).await?)
}

/// Behind every word that begins with `prefix`.
fn end_of(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}

pub(super) async fn list(
    desk: &Desk<'_>,
    words: &[String],
    after: Option<(String, CustomerId)>,
    limit: i64,
) -> Result<Vec<(String, Customer)>> {
    let (key, id) = after.unwrap_or((String::new(), CustomerId(Uuid::nil())));
    let workspace = desk.workspace();
    let rows: Vec<Keyed> = match words.first() {
        None => desk.tx().rows(BY_NAME, params![workspace, key, id, limit]).await?,
        Some(first) => {
            let word = |place: usize| words.get(place).map_or("", String::as_str);
            let (second, third) = (word(1), word(2));
            let params =
                params![workspace, first, end_of(first), key, id, second, end_of(second), third, end_of(third), limit];
            desk.tx().rows(BY_WORDS, params).await?
        }
    };
    Ok(rows.into_iter().map(Keyed::parted).collect())
}

pub(super) async fn of_organisation(
    desk: &Desk<'_>,
    organisation: OrganisationId,
    after: Option<(String, CustomerId)>,
    limit: i64,
) -> Result<Vec<(String, Customer)>> {
    let (key, id) = after.unwrap_or((String::new(), CustomerId(Uuid::nil())));
    let rows: Vec<Keyed> =
        desk.tx().rows(OF_ORGANISATION, params![desk.workspace(), key, id, limit, organisation]).await?;
    Ok(rows.into_iter().map(Keyed::parted).collect())
}

/// `ids` filled up to fifty, so that one statement serves any number of them.
pub(super) fn up_to_fifty(desk: &Desk<'_>, ids: impl Iterator<Item = Uuid>) -> Vec<Value> {
    let mut params = params![desk.workspace()].to_vec();
    params.extend(ids.chain(std::iter::repeat(Uuid::nil())).take(50).map(Value::Uuid));
    params
}

pub(super) async fn identities_of_these(
    desk: &Desk<'_>,
    ids: &[CustomerId],
) -> Result<Vec<(CustomerId, IdentityKind, String)>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(50) {
        found.extend(desk.tx().rows(IDENTITIES_OF_50, &up_to_fifty(desk, chunk.iter().map(|id| id.0))).await?);
    }
    Ok(found)
}

/// The kept counts of customers: 101 all conversations, 102 open ones.
pub(super) async fn counts_of_these(desk: &Desk<'_>, ids: &[CustomerId]) -> Result<Vec<(i16, CustomerId, i64)>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(50) {
        found.extend(
            desk.tx()
                .rows::<(i16, CustomerId, i64)>(COUNTS_OF_50, &up_to_fifty(desk, chunk.iter().map(|id| id.0)))
                .await?,
        );
    }
    Ok(found)
}

pub(super) async fn with_word(desk: &Desk<'_>, word: &str, after: CustomerId, limit: i64) -> Result<Vec<CustomerId>> {
    let rows = desk.tx().rows::<(CustomerId,)>(WITH_WORD, params![desk.workspace(), word, after, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Customers that share something with this one: a variant of an address, the phone, the name.
pub(super) async fn likely_same(desk: &Desk<'_>, customer: &Customer) -> Result<Vec<Customer>> {
    let (workspace, id) = (desk.workspace(), customer.id);
    let mut found: Vec<Customer> = desk.tx().rows(ALIKE, params![workspace, id]).await?;
    if let Some(phone) = &customer.phone {
        found.extend(desk.tx().rows::<Customer>(SAME_PHONE, params![workspace, id, phone]).await?);
        if let Some(number) = super::written::e164(phone) {
            found.extend(desk.tx().rows::<Customer>(CALLS_FROM, params![workspace, id, number]).await?);
        }
    }
    found.extend(desk.tx().rows::<Customer>(PHONE_OF_OTHERS, params![workspace, id]).await?);
    if let Some(name) = customer.known_name() {
        found.extend(desk.tx().rows::<Customer>(SAME_NAME, params![workspace, id, rules::key(name)]).await?);
    }
    found.sort_by_key(|one| one.id);
    found.dedup_by_key(|one| one.id);
    Ok(found)
}

impl From<IdentityKind> for Value {
    fn from(kind: IdentityKind) -> Self {
        Value::Int(kind as i64)
    }
}

impl base::db::FromValue for IdentityKind {
    fn from_value(value: Value) -> Result<Self, DbError> {
        let number = i64::from_value(value)?;
        let known = IdentityKind::ALL.iter().find(|kind| **kind as i64 == number);
        known.copied().ok_or_else(|| DbError::Internal(format!("{number} is no kind of identity")))
    }
}
