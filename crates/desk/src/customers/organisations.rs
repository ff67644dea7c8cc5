//! Organisations: companies, schools, offices that several customers belong to. Who writes from one of their domains joins by itself.

use super::{CustomerId, rules, store};
use crate::{Desk, Error, Event, Result};
use async_trait::async_trait;
use base::{
    id_type, params,
    queue::{Claimed, JobError, NewJob},
    row, statements,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

id_type! {
    /// An organisation.
    OrganisationId
}

statements! {
    FIND = "select id, name, notes, created_at from organisation where workspace_id = $1 and id = $2";
    LIST = "select name_key, id, name from organisation where workspace_id = $1 and name_key >= $2 and name_key < $3 and (name_key, id) > ($4, $5)
        order by name_key, id limit $6";
    NAMES_OF_50 = concat!("select id, name from organisation where workspace_id = $1 and id in (", store::fifty!(), ")");
    DOMAINS_OF_50 = concat!("select organisation_id, domain from organisation_domain where workspace_id = $1 and organisation_id in (", store::fifty!(), ")
        order by domain");
    INSERT = "insert into organisation (workspace_id, id, name, name_key, notes, created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $6)";
    UPDATE = "update organisation set name = $3, name_key = $4, notes = $5, updated_at = $6 where workspace_id = $1 and id = $2";
    OF_DOMAIN = "select organisation_id from organisation_domain where workspace_id = $1 and domain = $2";
    ADD_DOMAIN = "insert into organisation_domain (workspace_id, domain, organisation_id) values ($1, $2, $3) on conflict do nothing";
    REMOVE_DOMAIN = "delete from organisation_domain where workspace_id = $1 and domain = $2 and organisation_id = $3";
}

row! {
    /// An organisation.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Organisation {
        /// Its id.
        pub id: OrganisationId,
        /// Its name.
        pub name: String,
        /// What colleagues should know; Markdown.
        pub notes: String,
        /// When it was made.
        pub created_at: Timestamp,
    }
}

/// An organisation as lists show it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its domains.
    pub domains: Vec<String>,
    /// Where the list goes on behind this row.
    pub key: OrganisationKey,
}

/// Where a page of organisations goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationKey(String, OrganisationId);

impl std::fmt::Display for OrganisationKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.1, self.0)
    }
}

impl std::str::FromStr for OrganisationKey {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let (id, key) = text.split_once('.').ok_or(())?;
        Ok(Self(key.to_owned(), id.parse().map_err(drop)?))
    }
}

/// One organisation.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(desk: &mut Desk<'_>, id: OrganisationId) -> Result<Organisation> {
    desk.tx().row(FIND, params![desk.workspace(), id]).await?.ok_or(Error::NotFound)
}

/// Organisations by name; those whose name begins so, when something is asked for.
///
/// # Errors
/// The store's.
pub async fn list(desk: &mut Desk<'_>, query: &str, after: Option<OrganisationKey>, limit: i64) -> Result<Vec<Listed>> {
    let asked = if query.trim().is_empty() { String::new() } else { rules::key(query) };
    let OrganisationKey(key, id) = after.unwrap_or(OrganisationKey(String::new(), OrganisationId(Uuid::nil())));
    let end = format!("{asked}\u{10ffff}");
    let params = params![desk.workspace(), asked, end, key, id, limit.clamp(1, 200)];
    let rows: Vec<(String, OrganisationId, String)> = desk.tx().rows(LIST, params).await?;
    let ids: Vec<OrganisationId> = rows.iter().map(|(_, id, _)| *id).collect();
    let mut domains: HashMap<OrganisationId, Vec<String>> = HashMap::new();
    for (id, domain) in domains_of(desk, &ids).await? {
        domains.entry(id).or_default().push(domain);
    }
    let listed = |(key, id, name)| Listed {
        id,
        name,
        domains: domains.remove(&id).unwrap_or_default(),
        key: OrganisationKey(key, id),
    };
    Ok(rows.into_iter().map(listed).collect())
}

/// The organisation that is called so; names are unique, however they are written.
///
/// # Errors
/// The store's.
pub async fn by_name(desk: &mut Desk<'_>, name: &str) -> Result<Option<(OrganisationId, String)>> {
    let key = rules::key(name);
    let found = list(desk, name, None, 5).await?;
    Ok(found.into_iter().find(|one| rules::key(&one.name) == key).map(|one| (one.id, one.name)))
}

async fn domains_of(desk: &Desk<'_>, ids: &[OrganisationId]) -> Result<Vec<(OrganisationId, String)>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(50) {
        found.extend(desk.tx().rows(DOMAINS_OF_50, &store::up_to_fifty(desk, chunk.iter().map(|id| id.0))).await?);
    }
    Ok(found)
}

/// The domains of one organisation.
///
/// # Errors
/// The store's.
pub async fn domains(desk: &mut Desk<'_>, id: OrganisationId) -> Result<Vec<String>> {
    Ok(domains_of(desk, &[id]).await?.into_iter().map(|(_, domain)| domain).collect())
}

pub(super) async fn name(desk: &Desk<'_>, id: OrganisationId) -> Result<Option<String>> {
    let found: Option<Organisation> = desk.tx().row(FIND, params![desk.workspace(), id]).await?;
    Ok(found.map(|found| found.name))
}

pub(super) async fn names(desk: &Desk<'_>, ids: &[OrganisationId]) -> Result<HashMap<OrganisationId, String>> {
    let mut found = HashMap::new();
    for chunk in ids.chunks(50) {
        let rows = desk.tx().rows(NAMES_OF_50, &store::up_to_fifty(desk, chunk.iter().map(|id| id.0))).await?;
        found.extend::<Vec<(OrganisationId, String)>>(rows);
    }
    Ok(found)
}

/// The organisation that writes from an address's domain; none for public mail providers.
pub(super) async fn of_domain(desk: &Desk<'_>, address: &str) -> Result<Option<OrganisationId>> {
    let Some(domain) = rules::domain_of(address).filter(|domain| !rules::is_public_domain(domain)) else {
        return Ok(None);
    };
    let found = desk.tx().row::<(OrganisationId,)>(OF_DOMAIN, params![desk.workspace(), domain]).await?;
    Ok(found.map(|(id,)| id))
}

fn checked(name: &str, notes: &str) -> Result<()> {
    if name.is_empty() {
        return Err(Error::field("name", "required"));
    }
    if name.chars().count() > 200 {
        return Err(Error::field("name", "too_long"));
    }
    if notes.len() > 20_000 {
        return Err(Error::field("notes", "too_long"));
    }
    Ok(())
}

/// The domains that somebody wrote, parted by spaces or commas.
fn checked_domains(text: &str) -> Result<Vec<String>> {
    let mut domains: Vec<String> = Vec::new();
    for word in text.split([' ', ',', ';', '\n', '\r', '\t']).filter(|word| !word.is_empty()) {
        let domain = rules::domain(word).ok_or(Error::field("domains", "not_a_domain"))?;
        if rules::is_public_domain(&domain) {
            return Err(Error::field("domains", "public_domain"));
        }
        if !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    if domains.len() > 50 { Err(Error::field("domains", "too_many")) } else { Ok(domains) }
}

/// Makes an organisation; whoever writes from its domains joins, also those who have written before.
///
/// # Errors
/// [`Error::Invalid`]: a domain of a public mail provider, or of another organisation, is refused.
pub async fn create(desk: &mut Desk<'_>, name: &str, domains: &str, notes: &str) -> Result<OrganisationId> {
    let (name, notes) = (name.trim(), notes.trim());
    checked(name, notes)?;
    let domains = checked_domains(domains)?;
    let id = OrganisationId(desk.new_id());
    desk.tx().exec(INSERT, params![desk.workspace(), id, name, rules::key(name), notes, desk.now()]).await?;
    for domain in domains {
        add_domain(desk, id, &domain).await?;
    }
    desk.emit(Event::OrganisationChanged { organisation: id });
    Ok(id)
}

/// Changes an organisation. Who joined by a domain that goes stays.
///
/// # Errors
/// As [`create`], and [`Error::NotFound`].
pub async fn edit(desk: &mut Desk<'_>, id: OrganisationId, name: &str, domains: &str, notes: &str) -> Result<()> {
    let (name, notes) = (name.trim(), notes.trim());
    checked(name, notes)?;
    let wanted = checked_domains(domains)?;
    let before = find(desk, id).await?;
    desk.tx().exec(UPDATE, params![desk.workspace(), id, name, rules::key(name), notes, desk.now()]).await?;
    let there = self::domains(desk, id).await?;
    for gone in there.iter().filter(|domain| !wanted.contains(domain)) {
        desk.tx().exec(REMOVE_DOMAIN, params![desk.workspace(), gone, id]).await?;
    }
    for new in wanted.iter().filter(|domain| !there.contains(domain)) {
        add_domain(desk, id, new).await?;
    }
    if before.name != name {
        order(desk, Walk::Rename { organisation: id, after: None }).await?;
    }
    desk.emit(Event::OrganisationChanged { organisation: id });
    Ok(())
}

async fn add_domain(desk: &mut Desk<'_>, id: OrganisationId, domain: &str) -> Result<()> {
    if desk.tx().exec(ADD_DOMAIN, params![desk.workspace(), domain, id]).await? == 0 {
        return Err(Error::field("domains", "taken"));
    }
    order(desk, Walk::Join { organisation: id, domain: domain.to_owned(), after: CustomerId(Uuid::nil()) }).await
}

/// What is done to many customers of an organisation, and how far it has got.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Walk {
    /// Those who write from a domain join.
    Join { organisation: OrganisationId, domain: String, after: CustomerId },
    /// They are found by its new name.
    Rename { organisation: OrganisationId, after: Option<(String, CustomerId)> },
}

const WALK: &str = "walk_organisation";
/// Customers in one unit of work.
const CHUNK: i64 = 100;

async fn order(desk: &mut Desk<'_>, walk: Walk) -> Result<()> {
    let payload = serde_json::to_string(&walk).map_err(Error::internal)?;
    let run_at = desk.now();
    desk.enqueue(NewJob { kind: WALK, payload, run_at, dedupe_key: None }).await
}

/// Goes through the customers that a change of an organisation touches, so many at a time.
pub(crate) struct WalkOrganisation;

#[async_trait]
impl crate::jobs::Handler for WalkOrganisation {
    fn kind(&self) -> &'static str {
        WALK
    }

    async fn run(&self, app: &crate::App, job: &Claimed) -> Result<crate::jobs::Done, JobError> {
        let scope = crate::WorkspaceId(job.workspace_id).as_system();
        let mut next: Option<Walk> =
            Some(serde_json::from_str(&job.payload).map_err(|error| JobError::Fail(error.to_string()))?);
        while let Some(walk) = next {
            next = app.write(scope, move |desk| Box::pin(async move { step(desk, walk).await })).await?;
        }
        Ok(crate::jobs::Done::Effects)
    }
}

/// One chunk; gives the next.
async fn step(desk: &mut Desk<'_>, walk: Walk) -> Result<Option<Walk>> {
    match walk {
        Walk::Join { organisation, domain, after } => {
            let ids = store::with_word(desk, &format!("@{domain}"), after, CHUNK).await?;
            let last = ids.last().copied().filter(|_| ids.len() as i64 == CHUNK);
            for id in ids {
                let mut customer = super::lock(desk, id).await?;
                if customer.organisation_id.is_some() || customer.organisation_by_hand || customer.merged_into.is_some()
                {
                    continue;
                }
                customer.organisation_id = Some(organisation);
                super::save(desk, &customer).await?;
                super::follow(desk, id).await?;
            }
            Ok(last.map(|after| Walk::Join { organisation, domain, after }))
        }
        Walk::Rename { organisation, after } => {
            let rows = store::of_organisation(desk, organisation, after, CHUNK).await?;
            let last =
                rows.last().map(|(key, customer)| (key.clone(), customer.id)).filter(|_| rows.len() as i64 == CHUNK);
            for (_, customer) in rows {
                super::index(desk, &customer).await?;
            }
            Ok(last.map(|after| Walk::Rename { organisation, after: Some(after) }))
        }
    }
}
