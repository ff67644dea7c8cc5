//! How likely it is that two customers are the same, and why.

use crate::customers::{Customer, IdentityKind, e164, is_public_domain, likeness_of_account, name_parts};
use base::text;

/// Why two customers may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Their addresses are variants of one.
    AddressVariant,
    /// They have the same phone number.
    SamePhone,
    /// They have accounts of the same name.
    SameAccount,
    /// They have the same name.
    SameName,
    /// They belong to the same organisation.
    SameOrganisation,
    /// The name of one is the beginning of the other's address.
    NameInAddress,
}

impl Reason {
    fn weight(self) -> u32 {
        match self {
            Reason::AddressVariant => 70,
            Reason::SamePhone => 60,
            Reason::SameAccount => 40,
            Reason::SameName => 35,
            Reason::SameOrganisation => 30,
            Reason::NameInAddress => 15,
        }
    }
}

/// What is compared of a customer.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The customer.
    pub customer: &'a Customer,
    /// Their addresses.
    pub addresses: &'a [String],
    /// Numbers that they call from, and their accounts.
    pub others: &'a [(IdentityKind, String)],
}

impl Compared<'_> {
    /// All phone numbers, in one form as far as they say of which country they are.
    fn phones(&self) -> Vec<String> {
        let calls = self.others.iter().filter(|(kind, _)| *kind == IdentityKind::Phone).map(|(_, number)| number);
        let phone = self.customer.phone.iter().map(|phone| e164(phone).unwrap_or_else(|| phone.clone()));
        calls.cloned().chain(phone).collect()
    }

    /// The names of all accounts, whatever the network.
    fn accounts(&self) -> impl Iterator<Item = String> {
        let accounts = self.others.iter().filter(|(kind, _)| *kind == IdentityKind::Account);
        accounts.map(|(_, value)| likeness_of_account(value))
    }
}

/// From this on two customers are suggested as one.
pub const LIKELY: u32 = 60;

/// How likely it is that two customers are the same, from 0 to 100, with the reasons. The same in both directions.
pub fn score(one: Compared<'_>, other: Compared<'_>) -> (u32, Vec<Reason>) {
    let mut reasons = Vec::new();
    let alike = |a: &str, b: &str| crate::customers::likeness(a) == crate::customers::likeness(b);
    if one.addresses.iter().any(|a| other.addresses.iter().any(|b| alike(a, b))) {
        reasons.push(Reason::AddressVariant);
    }
    let phones = other.phones();
    if one.phones().iter().any(|phone| phones.contains(phone)) {
        reasons.push(Reason::SamePhone);
    }
    let accounts: Vec<String> = other.accounts().collect();
    // Short names are many people's.
    if one.accounts().any(|name| name.chars().count() > 6 && accounts.contains(&name)) {
        reasons.push(Reason::SameAccount);
    }
    let (first, second) = (one.customer.known_name().map(folded), other.customer.known_name().map(folded));
    // One word is shared by many.
    if first.is_some() && first == second && first.as_ref().is_some_and(|words| words.len() > 1) {
        reasons.push(Reason::SameName);
    }
    if one.customer.organisation_id.is_some() && one.customer.organisation_id == other.customer.organisation_id {
        reasons.push(Reason::SameOrganisation);
    }
    if named_in(one, other) || named_in(other, one) {
        reasons.push(Reason::NameInAddress);
    }
    let score = reasons.iter().map(|reason| reason.weight()).sum::<u32>().min(100);
    // Belonging together alone, and an address that fits, are what all colleagues have.
    let telling = reasons.iter().any(|reason| !matches!(reason, Reason::SameOrganisation | Reason::NameInAddress));
    if telling { (score, reasons) } else { (0, Vec::new()) }
}

/// The words of a name whatever their order.
fn folded(name: &str) -> Vec<String> {
    let mut words: Vec<String> = text::parts(name, 10).into_iter().map(|part| part.text).collect();
    words.sort();
    words
}

/// Whether the whole name of one is what an address of the other is made of: Ana Lind, ana.lind@….
fn named_in(one: Compared<'_>, other: Compared<'_>) -> bool {
    let Some(name) = one.customer.known_name() else { return false };
    let (first, last) = name_parts(name);
    if first == last || !name.is_ascii() {
        return false;
    }
    let (first, last) = (first.to_lowercase(), last.to_lowercase());
    other.addresses.iter().filter_map(|address| address.split_once('@')).any(|(local, domain)| {
        let plain = local.split('+').next().unwrap_or_default().replace(['.', '-', '_'], "");
        (plain == format!("{first}{last}") || plain == format!("{last}{first}")) && is_public_domain(domain)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::{CustomerId, OrganisationId};
    use jiff::Timestamp;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn customer(name: &str) -> Customer {
        Customer::new(CustomerId(Uuid::nil()), name, Timestamp::UNIX_EPOCH)
    }

    fn compare(one: &Customer, a: &[&str], other: &Customer, b: &[&str]) -> (u32, Vec<Reason>) {
        let own = |list: &[&str]| list.iter().map(|&one| one.to_owned()).collect::<Vec<_>>();
        let (a, b) = (own(a), own(b));
        let compared = |customer, addresses| Compared { customer, addresses, others: &[] };
        score(compared(one, &a), compared(other, &b))
    }

    #[test]
    fn a_plus_tag_makes_no_other_person() {
        let (score, reasons) =
            compare(&customer("Ana"), &["ana@x.example"], &customer("ana+shop@x.example"), &["ana+shop@x.example"]);
        assert!(score >= LIKELY && reasons == [Reason::AddressVariant]);
    }

    #[test]
    fn namesakes_are_suggested_only_within_one_organisation() {
        let (mut one, mut other) = (customer("Ana Lind"), customer("LIND, Ana"));
        let namesakes = compare(&one, &["ana@x.example"], &other, &["al@y.example"]);
        assert!(namesakes.0 < LIKELY, "{namesakes:?}");
        let organisation = Some(OrganisationId(Uuid::from_u128(5)));
        (one.organisation_id, other.organisation_id) = (organisation, organisation);
        let (score, reasons) = compare(&one, &["ana@x.example"], &other, &["al@y.example"]);
        assert!(score >= LIKELY);
        assert_eq!(reasons, [Reason::SameName, Reason::SameOrganisation]);
    }

    #[test]
    fn a_number_that_one_calls_from_and_the_other_has_in_their_profile_is_one_number() {
        let (one, mut other) = (customer("Ana"), customer("Lind"));
        other.phone = Some("004930901820".into());
        let calls = [(IdentityKind::Phone, "+4930901820".to_owned())];
        let with = |customer, others| Compared { customer, addresses: &[], others };
        assert_eq!(score(with(&one, &calls), with(&other, &[])), (60, vec![Reason::SamePhone]));
        assert_eq!(score(with(&other, &[]), with(&one, &calls)), (60, vec![Reason::SamePhone]));
    }

    #[test]
    fn accounts_of_one_name_are_a_hint_and_with_the_name_a_reason() {
        let on = |value: &str| [(IdentityKind::Account, value.to_owned())];
        let (ours, theirs) = (on("instagram:ana_lind"), on("mastodon:ana_lind@social.example"));
        let with = |customer, others| Compared { customer, addresses: &[], others };
        let (ana, lind) = (customer("Ana Lind"), customer("Lind, Ana"));
        let (other, another) = (customer("Ana"), customer("A. L."));
        let (hint, reasons) = score(with(&other, &ours), with(&another, &theirs));
        assert_eq!((hint < LIKELY, reasons), (true, vec![Reason::SameAccount]));
        assert!(score(with(&ana, &ours), with(&lind, &theirs)).0 >= LIKELY);
        let (short, shorter) = (on("x:ana"), on("tiktok:ana"));
        assert!(score(with(&other, &short), with(&another, &shorter)).1.is_empty());
    }

    #[test]
    fn colleagues_are_not_one_person() {
        let organisation = Some(OrganisationId(Uuid::from_u128(5)));
        let (mut one, mut other) = (customer("Ana Lind"), customer("Bob Berg"));
        (one.organisation_id, other.organisation_id) = (organisation, organisation);
        assert_eq!(compare(&one, &["ana@x.example"], &other, &["bob@x.example"]), (0, vec![]));
    }

    #[test]
    fn a_shared_phone_is_told_as_the_reason() {
        let (mut one, mut other) = (customer("Ana Lind"), customer("Bob Berg"));
        (one.phone, other.phone) = (Some("+4930123456".into()), Some("+4930123456".into()));
        assert_eq!(compare(&one, &[], &other, &[]), (60, vec![Reason::SamePhone]));
    }

    #[test]
    fn addresses_without_names_are_not_all_the_same() {
        assert_eq!(
            compare(&customer("a@x.example"), &["a@x.example"], &customer("b@x.example"), &["b@x.example"]).0,
            0
        );
    }

    proptest! {
        #[test]
        fn it_is_the_same_in_both_directions(a in "[A-C][a-b]{0,2} [A-B][a-b]{0,2}", b in "[A-C][a-b]{0,2} [A-B][a-b]{0,2}", x in "[a-b.+]{1,4}", y in "[a-b.+]{1,4}") {
            let (one, other) = (customer(&a), customer(&b));
            let (x, y) = (format!("{x}@gmail.com"), format!("{y}@gmail.com"));
            prop_assert_eq!(compare(&one, &[&x], &other, &[&y]), compare(&other, &[&y], &one, &[&x]));
        }
    }
}
