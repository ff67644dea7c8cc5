//! Customers: who writes to us, known by the addresses they write from.

mod store;
pub(crate) mod suppression;

pub use store::{Customer, STATEMENTS};
pub(crate) use suppression::suppress;
pub use suppression::{Suppressed, allow, any_suppressed, suppressed, suppressed_addresses, suppressed_in};

use crate::{Desk, Error, Result};
use base::{id_type, mail::Address};

id_type! {
    /// Somebody who writes to us.
    CustomerId
}

/// The customer who writes from this address; made when there is none yet. A name is taken over while none is known.
///
/// # Errors
/// The store's.
pub async fn identify(desk: &mut Desk<'_>, from: &Address) -> Result<Customer> {
    let address = from.address.trim().to_lowercase();
    if let Some(mut known) = store::find_by_address(desk, &address).await? {
        if let Some(name) = from.name.as_deref().map(str::trim).filter(|name| !name.is_empty())
            && known.name == address
        {
            name.clone_into(&mut known.name);
            store::rename(desk, &known).await?;
        }
        return Ok(known);
    }
    let name = from.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(&address);
    let name: String = name.chars().take(200).collect();
    let customer = Customer { id: CustomerId(desk.new_id()), name, created_at: desk.now() };
    if store::insert_address(desk, &address, customer.id).await? == 0 {
        // Somebody else's unit of work was faster: theirs is the customer.
        return store::find_by_address(desk, &address).await?.ok_or(Error::Conflict("customer"));
    }
    store::insert(desk, &customer).await?;
    Ok(customer)
}

/// The customer who writes from this address, if there is one yet.
///
/// # Errors
/// The store's.
pub async fn find_by_address(desk: &mut Desk<'_>, address: &str) -> Result<Option<Customer>> {
    store::find_by_address(desk, &address.trim().to_lowercase()).await
}

/// One customer.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(desk: &mut Desk<'_>, id: CustomerId) -> Result<Customer> {
    store::find(desk, id).await?.ok_or(Error::NotFound)
}

/// The addresses that a customer writes from.
///
/// # Errors
/// The store's.
pub async fn addresses(desk: &mut Desk<'_>, id: CustomerId) -> Result<Vec<String>> {
    store::addresses(desk, id).await
}
