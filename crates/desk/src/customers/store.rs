//! SQL and rows of customers.

use super::CustomerId;
use crate::{Desk, Result};
use base::{params, row, statements};
use jiff::Timestamp;

statements! {
    FIND = "select id, name, created_at from customer where workspace_id = $1 and id = $2";
    FIND_BY_ADDRESS = "select c.id, c.name, c.created_at from customer_address a
        join customer c on c.workspace_id = a.workspace_id and c.id = a.customer_id
        where a.workspace_id = $1 and a.address = $2";
    INSERT = "insert into customer (workspace_id, id, name, created_at) values ($1, $2, $3, $4)";
    RENAME = "update customer set name = $3 where workspace_id = $1 and id = $2";
    INSERT_ADDRESS = "insert into customer_address (workspace_id, address, customer_id, created_at) values ($1, $2, $3, $4)
        on conflict do nothing";
    ADDRESSES = "select address from customer_address where workspace_id = $1 and customer_id = $2 order by created_at, address";
}

row! {
    /// Somebody who writes to us.
    #[derive(Debug, Clone)]
    pub struct Customer {
        /// Their id.
        pub id: CustomerId,
        /// Their name; their address while no name is known.
        pub name: String,
        /// When they first wrote.
        pub created_at: Timestamp,
    }
}

pub(super) async fn find(desk: &Desk<'_>, id: CustomerId) -> Result<Option<Customer>> {
    Ok(desk.tx().row(FIND, params![desk.workspace(), id]).await?)
}

pub(super) async fn find_by_address(desk: &Desk<'_>, address: &str) -> Result<Option<Customer>> {
    Ok(desk.tx().row(FIND_BY_ADDRESS, params![desk.workspace(), address]).await?)
}

pub(super) async fn insert(desk: &Desk<'_>, customer: &Customer) -> Result<()> {
    let Customer { id, name, created_at } = customer;
    desk.tx().exec(INSERT, params![desk.workspace(), id, name, created_at]).await?;
    Ok(())
}

pub(super) async fn rename(desk: &Desk<'_>, customer: &Customer) -> Result<()> {
    desk.tx().exec(RENAME, params![desk.workspace(), customer.id, &customer.name]).await?;
    Ok(())
}

pub(super) async fn insert_address(desk: &Desk<'_>, address: &str, customer: CustomerId) -> Result<u64> {
    Ok(desk.tx().exec(INSERT_ADDRESS, params![desk.workspace(), address, customer, desk.now()]).await?)
}

pub(super) async fn addresses(desk: &Desk<'_>, id: CustomerId) -> Result<Vec<String>> {
    let rows = desk.tx().rows::<(String,)>(ADDRESSES, params![desk.workspace(), id]).await?;
    Ok(rows.into_iter().map(|(address,)| address).collect())
}
