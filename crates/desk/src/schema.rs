//! The schema's steps, and all SQL texts of all stores for the test that prepares them on both engines.

use base::migrate::Migration;

/// The schema's steps in their order.
pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, name: "foundation", sql: include_str!("../../../migrations/0001_foundation.sql") },
    Migration { version: 2, name: "mail", sql: include_str!("../../../migrations/0002_mail.sql") },
    Migration { version: 3, name: "addresses", sql: include_str!("../../../migrations/0003_addresses.sql") },
    Migration { version: 4, name: "views", sql: include_str!("../../../migrations/0004_views.sql") },
    Migration { version: 5, name: "customers", sql: include_str!("../../../migrations/0005_customers.sql") },
    Migration { version: 6, name: "together", sql: include_str!("../../../migrations/0006_together.sql") },
    Migration { version: 7, name: "search", sql: include_str!("../../../migrations/0007_search.sql") },
    Migration { version: 9, name: "reviews", sql: include_str!("../../../migrations/0009_reviews.sql") },
];

/// Every SQL text by the store that holds it.
pub const STATEMENTS: &[(&str, &[(&str, &str)])] = &[
    ("base::queue", base::queue::STATEMENTS),
    ("base::events", base::events::STATEMENTS),
    ("base::search", base::search::STATEMENTS),
    ("app", crate::app::STATEMENTS),
    ("desk", crate::desk::STATEMENTS),
    ("brakes", crate::brakes::STATEMENTS),
    ("settings", crate::settings::STATEMENTS),
    ("suppression", crate::customers::suppression::STATEMENTS),
    ("people", crate::people::STATEMENTS),
    ("customers", crate::customers::STATEMENTS),
    ("customers::consent", crate::customers::consent::STATEMENTS),
    ("customers::fields", crate::customers::fields::STATEMENTS),
    ("customers::notes", crate::customers::notes::STATEMENTS),
    ("customers::organisations", crate::customers::organisations::STATEMENTS),
    ("mailboxes", crate::mailboxes::STATEMENTS),
    ("domains", crate::domains::STATEMENTS),
    ("conversations", crate::conversations::STATEMENTS),
    ("fields", crate::fields::STATEMENTS),
    ("conversations::follow", crate::conversations::follow::STATEMENTS),
    ("conversations::link", crate::conversations::link::STATEMENTS),
    ("conversations::views", crate::conversations::views::STATEMENTS),
    ("bulk", crate::bulk::STATEMENTS),
    ("conversations::rearrange", crate::conversations::rearrange::STATEMENTS),
    ("conversations::mentions", crate::conversations::mentions::STATEMENTS),
    ("conversations::holding", crate::conversations::holding::STATEMENTS),
    ("conversations::in_review", crate::conversations::in_review::STATEMENTS),
    ("sides", crate::sides::STATEMENTS),
    ("handoffs", crate::handoffs::STATEMENTS),
    ("reviews", crate::reviews::STATEMENTS),
    ("notifications", crate::notifications::STATEMENTS),
    ("macros", crate::macros::STATEMENTS),
    ("conversations::whose", crate::conversations::whose::STATEMENTS),
    ("stories", crate::stories::STATEMENTS),
    ("duplicates", crate::duplicates::STATEMENTS),
    ("repetitions", crate::repetitions::STATEMENTS),
    ("intake", crate::intake::STATEMENTS),
    ("quarantine", crate::quarantine::STATEMENTS),
];
