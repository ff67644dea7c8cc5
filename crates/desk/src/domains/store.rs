//! SQL and rows of domains.

use super::{MailDomain, rules};
use crate::{Desk, Result};
use base::{db::DbError, mail::dkim::Algorithm, params, row, statements};

statements! {
    ALL = "select domain, selector, algorithm, public_key, private_key, active from mail_domain where workspace_id = $1
        order by domain";
    FIND = "select domain, selector, algorithm, public_key, private_key, active from mail_domain
        where workspace_id = $1 and domain = $2";
    INSERT = "insert into mail_domain (workspace_id, domain, selector, algorithm, public_key, private_key, active, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    SET_ACTIVE = "update mail_domain set active = $3 where workspace_id = $1 and domain = $2";
    DELETE = "delete from mail_domain where workspace_id = $1 and domain = $2";
}

row! {
    pub(super) struct DomainRow {
        domain: String,
        selector: String,
        algorithm: String,
        public_key: String,
        pub(super) private_key: Vec<u8>,
        active: bool,
    }
}

impl DomainRow {
    /// The domain without its private key.
    pub(super) fn closed(&self) -> MailDomain {
        MailDomain {
            domain: self.domain.clone(),
            selector: self.selector.clone(),
            algorithm: rules::algorithm(&self.algorithm),
            public_key: self.public_key.clone(),
            active: self.active,
        }
    }
}

pub(super) async fn all(desk: &Desk<'_>) -> Result<Vec<DomainRow>> {
    Ok(desk.tx().rows(ALL, params![desk.workspace()]).await?)
}

pub(super) async fn find(desk: &Desk<'_>, domain: &str) -> Result<Option<DomainRow>> {
    Ok(desk.tx().row(FIND, params![desk.workspace(), domain]).await?)
}

pub(super) async fn insert(desk: &Desk<'_>, domain: &MailDomain, private_key: &[u8]) -> Result<u64, DbError> {
    let MailDomain { domain, selector, algorithm, public_key, active } = domain;
    let algorithm = match algorithm {
        Algorithm::Rsa => "rsa",
        Algorithm::Ed25519 => "ed25519",
    };
    let params = params![desk.workspace(), domain, selector, algorithm, public_key, private_key, *active, desk.now()];
    desk.tx().exec(INSERT, params).await
}

pub(super) async fn set_active(desk: &Desk<'_>, domain: &str, active: bool) -> Result<u64> {
    Ok(desk.tx().exec(SET_ACTIVE, params![desk.workspace(), domain, active]).await?)
}

pub(super) async fn delete(desk: &Desk<'_>, domain: &str) -> Result<u64> {
    Ok(desk.tx().exec(DELETE, params![desk.workspace(), domain]).await?)
}
